"""Places that stand together as one address ("a market in Mayadin, Deir Ezzor province"), and the narrowest of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from extraction.mentions.places import PlaceMention, kind_words, width
from extraction.words.lexicon import pattern

_NEAR = pattern("addresses", "near")
_BORDERS = re.compile(r"\bborder(?:s|ing|ed)\b")
_NEAR_IT = re.compile(rf"(?:{_NEAR.pattern})\s(?:the )?$", re.IGNORECASE)
_SIDE_OF = re.compile(r"\b(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)? of\b", re.IGNORECASE)
_REACH = 70
WIDE = 4
"""Width from which a place is a province, a region or a country: a narrower one may be told elsewhere."""


@cache
def _link() -> re.Pattern[str]:
    kind = "(?:" + "|".join(sorted(map(re.escape, kind_words()), key=len, reverse=True)) + ")"
    return re.compile(pattern("addresses", "link").pattern.replace("KIND", kind), re.IGNORECASE)


def linked(plain: str, one: PlaceMention, other: PlaceMention) -> bool:
    """Whether *other* follows *one* as the place that it lies in or near, not one that it borders."""
    if other.start - one.end > _REACH or other.start < one.end or _BORDERS.search(plain, one.end, other.start):
        return False
    if plain[one.end : other.start] in (" ", " ("):
        return True
    link = _link().fullmatch(plain, one.end, other.start)
    return link is not None and (link["prep"] is not None or width(other) > width(one) or plain[one.end] in "'’")


def address(plain: str, chosen: PlaceMention, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The members of *places*, sorted, that form one address with *chosen*, in order."""
    first = last = next(i for i, m in enumerate(places) if m.start == chosen.start)
    while first > 0 and linked(plain, places[first - 1], places[first]):
        first -= 1
    while last + 1 < len(places) and linked(plain, places[last], places[last + 1]):
        last += 1
    return list(places[first : last + 1])


def innermost(plain: str, chain: Sequence[PlaceMention]) -> PlaceMention:
    """The member of an address that lies inside the others: the first, unless what follows is its part ("Kabul's …",
    "in Syria, near Homs") or tells more nearly where it is ("south of Homs, near …").
    """
    best = chain[0]
    about = _near_itself(plain, best)
    for before, other in pairwise(chain):
        # In brackets a place has its other name: "Abu Kamal (al Bukamal)".
        narrower = width(other) < width(best) and not (width(best) < WIDE and plain[before.end : other.start] == " (")
        near = _NEAR.search(plain, before.end, other.start) is not None
        if best.kind == "governorate" and _SIDE_OF.search(plain, before.end, other.start):
            continue  # "Marib province, east of Sanaa"
        owned = plain[before.end] in "'’" and best is before
        wide = width(best) >= WIDE and not (near and best.kind == "region")
        if owned or (narrower and (wide or (about and near))):
            best, about = other, near
    return best


def country_of(plain: str, best: PlaceMention, chain: Sequence[PlaceMention]) -> str | None:
    """The country of *best*: that of the wider place which its address tells it to lie in ("Santa Cruz, in Bolivia"),
    else its own, else another member's.
    """
    holds = [m for before, m in pairwise(chain) if width(m) >= WIDE and not _NEAR.search(plain, before.end, m.start)]
    row = [*(m for m in holds if m.start > best.start and width(m) > width(best)), best, *chain]
    return next((m.country for m in row if m.country), None)


def _near_itself(plain: str, mention: PlaceMention) -> bool:
    """Whether the place only tells near what something is ("south of Homs")."""
    return _NEAR_IT.search(plain, max(0, mention.start - 25), mention.start) is not None
