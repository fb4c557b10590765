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


def mentions(folded: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """(start, end, weapon) of each weapon word in ``folded[start:end]``, a text in lower case."""
    pattern, kinds = _pattern()
    return [
        (hit.start(), hit.end(), kinds[hit.group().replace("-", " ")]) for hit in pattern.finditer(folded, start, end)
    ]


def nearest(found: list[tuple[int, int, str]], at: int) -> str | None:
    """The weapon of the mention nearest to offset *at*; "attack", "clash" and the like only where nothing better is
    named.
    """
    found = [hit for hit in found if hit[2] != "other"] or found
    return min(found, key=lambda hit: min(abs(hit[0] - at), abs(hit[1] - at)))[2] if found else None
