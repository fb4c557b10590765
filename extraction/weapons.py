"""What killed: the weapon nearest to the claim."""

from __future__ import annotations

import re
from functools import lru_cache

from extraction import lexicon


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds: dict[str, str] = {}
    for row in lexicon.rows("weapons.csv"):
        for phrase in row["phrases"].split("|"):
            kinds[phrase] = row["weapon"]
    words = "|".join(re.escape(phrase).replace(r"\ ", r"[ -]") for phrase in sorted(kinds, key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE), kinds


def mentions(plain: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """(start, end, weapon) of each weapon word in ``plain[start:end]``."""
    pattern, kinds = _pattern()
    return [(hit.start(), hit.end(), kinds[re.sub(r"[ -]", " ", hit.group().lower())]) for hit in pattern.finditer(plain, start, end)]


def nearest(found: list[tuple[int, int, str]], at: int) -> str | None:
    """The weapon of the mention nearest to offset *at*; "attack", "clash" and the like only where nothing better is named."""
    found = [hit for hit in found if hit[2] != "other"] or found
    return min(found, key=lambda hit: min(abs(hit[0] - at), abs(hit[1] - at)))[2] if found else None
