"""What killed: the weapon nearest to the claim."""

from __future__ import annotations

import re
from functools import lru_cache

from extraction import lexicon
from extraction.numbers import any_of


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {phrase: row["weapon"] for row in lexicon.rows("weapons.csv") for phrase in row["phrases"].split("|")}
    words = any_of(kinds).replace(r"\s+", "[ -]")
    return re.compile(rf"\b{words}\b"), kinds


def mentions(
    folded: str, start: int, end: int, from_aircraft: frozenset[str] = frozenset()
) -> list[tuple[int, int, str]]:
    """(start, end, weapon) of each weapon word in ``folded[start:end]``, a text in lower case; *from_aircraft* are its
    words that mean airstrikes (`dropped`).
    """
    pattern, kinds = _pattern()
    found = []
    for hit in pattern.finditer(folded, start, end):
        phrase = hit.group().replace("-", " ")
        found.append((hit.start(), hit.end(), "airstrike" if phrase in from_aircraft else kinds[phrase]))
    return found


def dropped(folded: str) -> frozenset[str]:
    """Words of a text in lower case that mean strikes from the air here, though elsewhere they do not: "bombs" where
    aircraft are told of and nothing planted, "bombardment" where no artillery is.
    """
    told = {hit.group().replace("-", " ") for hit in _pattern()[0].finditer(folded)}
    kinds = _pattern()[1]
    if not any(kinds[phrase] == "airstrike" for phrase in told):
        return frozenset()
    open_words = {row["weapon"]: set(row["from_aircraft"].split("|")) for row in lexicon.rows("weapons.csv")}
    clear = {kinds[phrase] for phrase in told if phrase not in open_words[kinds[phrase]]}
    return frozenset(word for kind, words in open_words.items() if kind not in clear for word in words & told)


def nearest(found: list[tuple[int, int, str]], at: int) -> str | None:
    """The weapon of the mention nearest to offset *at*; "attack", "clash" and the like only where nothing better is
    named.
    """
    found = [hit for hit in found if hit[2] != "other"] or found
    return min(found, key=lambda hit: min(abs(hit[0] - at), abs(hit[1] - at)))[2] if found else None
