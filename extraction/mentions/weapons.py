"""What killed: the weapon nearest to the claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from extraction.tables import rows
from extraction.words.index import index_of, openings
from extraction.words.numbers import any_of


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], frozenset[str], dict[str, str]]:
    """The pattern of all weapon words, the words with which they begin, and what each stands for."""
    kinds = {phrase: row["weapon"] for row in rows("weapons.csv") for phrase in row["phrases"].split("|")}
    words = any_of(kinds).replace(r"\s+", "[ -]")
    return re.compile(rf"\b{words}\b"), openings(kinds), kinds


@lru_cache(maxsize=4)
def _named(folded: str) -> list[tuple[int, int, str]]:
    """(start, end, phrase) of each weapon word of a text in lower case."""
    pattern, first, _ = _pattern()
    return [(hit.start(), hit.end(), hit[0].replace("-", " ")) for hit in index_of(folded).led(pattern, first)]


def mentions(
    folded: str, start: int, end: int, from_aircraft: frozenset[str] = frozenset()
) -> list[tuple[int, int, str]]:
    """(start, end, weapon) of each weapon word in ``folded[start:end]``, a text in lower case; *from_aircraft* are its
    words that mean airstrikes (`dropped`).
    """
    named, kinds = _named(folded), _pattern()[2]
    inside = named[bisect_left(named, (start,)) : bisect_left(named, (end,))]
    return [(at, stop, "airstrike" if phrase in from_aircraft else kinds[phrase]) for at, stop, phrase in inside]


def dropped(folded: str) -> frozenset[str]:
    """Words of a text in lower case that mean strikes from the air here, though elsewhere they do not: "bombs" where
    aircraft are told of and nothing planted, "bombardment" where no artillery is.
    """
    told = {phrase for _, _, phrase in _named(folded)}
    kinds = _pattern()[2]
    if not any(kinds[phrase] == "airstrike" for phrase in told):
        return frozenset()
    open_words = {row["weapon"]: set(row["from_aircraft"].split("|")) for row in rows("weapons.csv")}
    clear = {kinds[phrase] for phrase in told if phrase not in open_words[kinds[phrase]]}
    return frozenset(word for kind, words in open_words.items() if kind not in clear for word in words & told)


def nearest(found: list[tuple[int, int, str]], at: int) -> str | None:
    """The weapon of the mention nearest to offset *at*; "attack", "clash" and the like only where nothing better is
    named.
    """
    found = [hit for hit in found if hit[2] != "other"] or found
    return min(found, key=lambda hit: min(abs(hit[0] - at), abs(hit[1] - at)))[2] if found else None
