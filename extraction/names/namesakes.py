"""Names that stand for something else as well: a person's name, and an abbreviation that two bodies share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from extraction.names.gazetteer import load_countries
from extraction.tables import DATA, read_table
from extraction.words.lexicon import demonyms, function_words, words
from extraction.words.numbers import any_of

_GUARD = DATA / "place_guard.csv"
_BEFORE = re.compile(r"([A-Z][\w'’-]*)\.? $")
_NO_GIVEN_NAME = words("attribution", "no_given_name")


@cache
def _given_names() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Countries and capitals that are given names too, and (word before, name) pairs of well-known people."""
    rows = read_table(_GUARD, ("word", "where", "name", "why"))
    return (
        frozenset(r["word"] for r in rows if r["where"] == "given_name"),
        frozenset((r["word"], r["name"].lower()) for r in rows if r["where"] == "before" and r["name"]),
    )


def is_person(text: str, start: int, end: int) -> bool:
    """Whether a country's name is part of a person's: "Georgia Meloni", "Michael Jordan"."""
    given, pairs = _given_names()
    name = text[start:end].lower()
    before = text[max(0, start - 20) : start].split()
    surname = name in given and re.match(r" [A-Z][a-z]+", text[end : end + 4])
    return bool(surname) or bool(before and (before[-1].lower(), name) in pairs)


def is_surname(text: str, start: int) -> bool:
    """Whether a given name or a title stands before the name at *start*: "Asadullah Wafa", "Mr Haqqani"."""
    hit = _BEFORE.search(text, max(0, start - 24), start)
    if hit is None or hit[1].isupper():
        return False
    word = hit[1].lower()
    return word not in demonyms() | _NO_GIVEN_NAME and word not in function_words() and not word.endswith(("'s", "’s"))


def is_of_another(text: str, start: int, country: str) -> bool:
    """Whether the people of another country than *country* own the body named at *start*: "Sudanese People's
    Liberation Army" is not China's.
    """
    hit = _BEFORE.search(text, max(0, start - 24), start)
    owner = _codes().get(hit[1]) if hit is not None and country else None
    return owner is not None and owner != country


@cache
def _codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 code of each country by its name and the words for its people."""
    return {word: row.iso3 for row in load_countries() for word in (row.country, *row.aliases, *row.demonyms)}


def meant(text: str, bodies: Sequence[tuple[str, str, Sequence[str]]]) -> str:
    """Which of several (name, country, aliases) with one abbreviation *text* means: the one that it writes out, else
    the one whose country it names most, else the first.
    """
    for name, _, aliases in bodies:
        if any(" " in alias and alias in text for alias in (name, *aliases)):
            return name
    named = [(_named(text, country) if country else 0, -place) for place, (_, country, _) in enumerate(bodies)]
    return bodies[-max(named)[1]][0]


@lru_cache(maxsize=64)
def _named(text: str, country: str) -> int:
    """How often *text* names a country, by its ISO 3166-1 alpha-3 code, or its people."""
    return len(_country_words(country).findall(text))


@cache
def _country_words(country: str) -> re.Pattern[str]:
    row = next(row for row in load_countries() if row.iso3 == country)
    return re.compile(rf"\b{any_of({row.country, *row.aliases, *row.demonyms})}")


__all__ = ["is_of_another", "is_person", "is_surname", "meant"]
