"""What a careful reader takes from a sentence, in a notation short enough for tables, compared with `extract`.

A case is a text and a string such as ``killed >=12, civilian, says Iraqi police; injured 4, children, of 0``. Claims
are parted by ``;`` and stand in the order of their numbers in the text; all that have a figure must be
named, and no attribute is asked that the string does not name.

=====================  =================================================================================
harm and figure        ``killed 3``; before the figure ``>=`` at least, ``>`` more than, ``<=`` at most, ``<`` fewer
                       than, ``~`` about, ``^`` almost, ``v`` vague (its floor); ``5-7`` a range; ``0`` none reported
``civilian`` …         victim class; ``children``, ``women``, ``men``, ``elderly`` demographic (``all-ages``: none)
``period`` …           scope; ``from D``, ``until D`` its ends
``of N``, ``whole``    part of the N-th claim (from 0); part of none. ``again N`` restates; ``fresh`` restates none
``says A & B``         claimant and co-claimants; ``via X`` relay
``by A: stance``       the perpetrators, ``&`` between several; ``by nobody``
``at P``, ``on D``     place as written, date (``D`` or ``D/D``); ``nowhere``, ``undated``
``value W``            the number as written; ``role R``; ``nation N``; ``flag F``; ``weapon W``; ``segment S``
=====================  =================================================================================

``|`` parts readings that careful readers differ on. An empty string is a text without any figure of human harm.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extraction import extract
from schemas.records import Claim

PUBLISHED = date(2019, 3, 14)
"""A Thursday: the day of publication of every case."""
FAULTS = Path(__file__).parent / "known_faults.toml"
"""Cases that fail today, by text, with the general rule that is missing. A repaired one must be taken out."""
_FIGURE = re.compile(r"(>=|<=|>|<|~|\^|v|)(\d+)(?:-(\d+))?")
_QUALIFIER = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "fewer_than", "~": "about", "^": "almost",
              "v": "vague", "": "exact"}
_GIVEN = {"exact": "lbh", "at_least": "lb", "more_than": "lb", "at_most": "h", "fewer_than": "h", "almost": "bh",
          "about": "b", "vague": "l", "none_reported": "lbh"}
"""Which of low, best and high a figure gives under each qualifier: the table of the public contract."""
_LEADING = re.compile(r"(?:(?:in|on|at|near|outside|around) )?(?:the )?", re.IGNORECASE)
"""Words before a place's name: whether they belong to ``place_text`` is asked by one test of its own."""
_CLASSES = {"civilian", "combatant", "unknown", "mixed"}
_AGES = {"children", "women", "men", "elderly", "all-ages"}
_SCOPES = {"incident", "period", "cumulative", "site"}


def bounds(figure: str) -> tuple[str, int | None, int | None, int | None]:
    """Qualifier, low, best and high (people) of a figure in the notation above."""
    hit = _FIGURE.fullmatch(figure)
    assert hit is not None, f"{figure!r} is no figure"
    n = int(hit[2])
    if hit[3]:
        return "range", n, None, int(hit[3])
    qualifier = "none_reported" if n == 0 else _QUALIFIER[hit[1]]
    low, best, high = (n if end in _GIVEN[qualifier] else None for end in "lbh")
    return qualifier, low, best, high


def _days(start: date | None, end: date | None) -> str:
    return "undated" if start is None else f"{start}" if end in (None, start) else f"{start}/{end}"


def _accused(claim: Claim) -> str:
    return " & ".join(sorted({f"{p.actor}: {p.stance}" for p in claim.perpetrators})) or "nobody"


_READ: dict[str, Callable[[Claim], Any]] = {
    "says": lambda c: " & ".join((c.claimant, *sorted(c.co_claimants))), "via": lambda c: " & ".join(c.relays),
    "by": _accused, "at": lambda c: _LEADING.sub("", c.place_text or "nowhere", count=1),
    "value": lambda c: c.value_text,
    "on": lambda c: _days(c.date_start, c.date_end), "from": lambda c: str(c.period_start),
    "until": lambda c: str(c.period_end), "of": lambda c: c.part_of, "again": lambda c: c.restates,
    "role": lambda c: c.role, "nation": lambda c: c.nationality, "weapon": lambda c: c.weapon,
    "segment": lambda c: c.segment, "country": lambda c: c.country, "date_text": lambda c: c.date_text}
_BARE = {"whole": ("of", "None"), "fresh": ("again", "None"), "nowhere": ("at", "nowhere"),
         "undated": ("on", "undated")}


def _wanted(attribute: str) -> tuple[str, str]:
    for name, values in (("class", _CLASSES), ("age", _AGES), ("scope", _SCOPES)):
        if attribute.split("|")[0] in values:
            return name, attribute
    if attribute in _BARE:
        return _BARE[attribute]
    name, _, value = attribute.partition(" ")
    assert name in _READ or name == "flag", f"{attribute!r} is no attribute of the notation"
    return name, value


def _found(name: str, claim: Claim, numbers: dict[int, int]) -> str:
    """The attribute *name* of *claim* in the notation; relations as positions among the claims shown."""
    if name in ("of", "again"):
        other = _READ[name](claim)
        return str(numbers.get(other, other))
    plain = {"class": claim.victim_class, "age": claim.demographic or "all-ages", "scope": claim.scope}
    return str(plain[name] if name in plain else _READ[name](claim))


def _differs(wanted: str, claim: Claim, numbers: dict[int, int]) -> list[str]:
    head, *attributes = wanted.split(", ")
    want = [(harm, *bounds(figure)) for harm, figure in (reading.split(" ") for reading in head.split("|"))]
    got = (claim.harm, claim.qualifier, claim.low, claim.best, claim.high)
    notes = [] if got in want else [f"want {head}, got {got}"]
    for attribute in attributes:
        name, value = _wanted(attribute)
        found = "|".join(claim.flags) if name == "flag" else _found(name, claim, numbers)
        right = value in claim.flags if name == "flag" else found in value.split("|")
        notes += [] if right else [f"{name}: want {value}, got {found}"]
    return [f"{claim.quote!r}: {note}" for note in notes]


def differences(text: str, expected: str) -> list[str]:
    """Where the claims of *text* differ from *expected*, one line each; empty when the extractor reads as it should."""
    claims = sorted(extract(text, published=PUBLISHED).claims, key=lambda c: (c.value_start or c.quote_start, c.number))
    shown = [claim for claim in claims if claim.qualifier not in ("unquantified", "relative")]
    numbers = {claim.number: position for position, claim in enumerate(shown)}
    for claim in claims:
        assert text[claim.quote_start:claim.quote_end] == claim.quote
    wanted = [part for part in expected.split("; ") if part]
    if len(wanted) != len(shown):
        got = "; ".join(f"{c.harm} {c.qualifier} {c.low}/{c.best}/{c.high} {c.quote!r}" for c in shown)
        return [f"want {len(wanted)} claims ({expected}), got {len(shown)}: {got}"]
    return [line for part, claim in zip(wanted, shown, strict=True) for line in _differs(part, claim, numbers)]


@cache
def known_faults() -> dict[str, str]:
    """Text of each case that is known to fail, with the reason."""
    if not FAULTS.exists():
        return {}
    rows = tomllib.loads(FAULTS.read_text(encoding="utf-8")).get("fault", [])
    return {row["text"]: row["reason"] for row in rows}


def cases(table: Iterable[tuple[str, str]]) -> list[Any]:
    """*table* as parameters, known faults marked: a fault that is repaired fails until its line is taken out."""
    made = []
    for text, expected in table:
        reason = known_faults().get(text)
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        made.append(pytest.param(text, expected, id=re.sub(r"\W+", "-", text)[:60].strip("-"), marks=marks))
    return made
