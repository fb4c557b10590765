"""What the values of an Airwars page stand for, however they are spaced, dashed and capitalised, and its days."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from sources.airwars import weapons
from sources.airwars.parties import actors
from sources.fields import data_table, parse_day

_BRACKETS = re.compile(r"(.+?)\s*\((.+)\)")
_DASH = re.compile(r"\s*[–—-]\s*")
_DAY_FORMATS = ("%B %d, %Y", "%d %B %Y", "%d %B, %Y", "%B %d %Y")


def value_of(column: str, written: str) -> str | None:
    """What a value of a page stands for in ``column``, however it is spaced, dashed and capitalised; else None."""
    return _values().get((column, squashed(written)))


def squashed(text: str) -> str:
    """Letters and digits alone, folded: a slug and its label come out the same."""
    return re.sub(r"[\W_]+", "", text).casefold()


def first_grading(written: str) -> str | None:
    """The grading with which a value begins: its explanation may stand behind it. None for another word."""
    gradings = (value for (column, _), value in _values().items() if column == "grading")
    return next((value for value in gradings if written.startswith(value)), None)


def variant(word: str) -> str:
    """The spelling of a party in the table of parties, for a label or a slug; the word itself where there is none."""
    return _parties_squashed().get(squashed(word), word.strip())


def strike_names(written: str) -> str:
    """Kinds of strike as the table of weapons spells them, from labels or slugs; "Airstrike (Drone Strike)" is two."""
    named: list[str] = []
    for word in written.split(","):
        finer = _BRACKETS.fullmatch(word.strip())
        for part in finer.groups() if finer and squashed(word) not in _strikes_squashed() else (word,):
            named.append(_strikes_squashed().get(squashed(part), part.strip()))
    return ", ".join(filter(None, named))


def days(written: str) -> tuple[date | None, date | None]:
    """First and last day of "May 3, 2018", "3 May 2018", "May 3–5, 2018", "May 30–June 2, 2018" and the like."""
    text = " ".join(written.split())
    if found := parse_day(text, _DAY_FORMATS):
        return found, None
    parts = _DASH.split(text)
    if len(parts) != 2:
        return None, None
    first, last = parts
    year = last[-4:]
    whole = first if first.endswith(tuple("0123456789")) and re.search(r"\d{4}$", first) else f"{first}, {year}"
    month = first.split()[0] if first[:1].isalpha() else ""
    ends = (last, f"{month} {last}")
    starts = (whole, whole.replace(",", ""), f"{first} {' '.join(last.split()[1:])}")
    start = next(filter(None, (parse_day(each, _DAY_FORMATS) for each in starts)), None)
    end = next(filter(None, (parse_day(each, _DAY_FORMATS) for each in ends)), None)
    return (start, end) if start and end else (None, None)


@cache
def _values() -> dict[tuple[str, str], str]:
    return {(row["column"], squashed(row["written"])): row["value"] for row in data_table("airwars_page_values.csv")}


@cache
def _parties_squashed() -> dict[str, str]:
    return {squashed(name): name for name in actors()}


@cache
def _strikes_squashed() -> dict[str, str]:
    return {squashed(name): name for name in weapons()}
