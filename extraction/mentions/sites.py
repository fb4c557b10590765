"""What a sentence says of each place that it names: something happened there, somebody spoke there or came from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extraction.mentions.addresses import WIDE, linked
from extraction.mentions.places import PlaceMention, width
from extraction.names.gazetteer import gazetteer
from extraction.words.lexicon import pattern, sought, words

HAPPENED, NAMED, SPOKEN, ELSEWHERE = 0, 1, 2, 3
"""Ranks of a site: an event took place there; it is named beside one; a voice or a clinic is there; what took place
there is another event ("a similar raid in"), or none at all ("its branch in").
"""

_IN = words("sites", "in")
_MOTION = words("sites", "motion")
_PORT = re.compile(r"(?:['’]s)? (?:port|resort|coastal|coast)\b")
_WATER = frozenset({"sea", "river"})
_ON_WATER = frozenset({"in", "on", "near", "off"})
_BEFORE = 90
_SUBJECT = re.compile(
    r"(?:^|[\"',;:.] |\b(?:and|but|that|while|as|when|after|before|what|which|where|because|if|said|says) )$"
)
_WHERE = re.compile(r"(?: [A-Z]\w+){0,3},? where\b")
_ASIDE = sought("sites", "aside")
_HOLDS = sought("sites", "holds")
"""What a party has in a country: nothing happened there by that."""
_AT_EMBASSY = sought("sites", "at_embassy")
_BORDER = pattern("sites", "border")
_BROKE_INTO = sought("sites", "broke_into")
_CARED = sought("sites", "cared")
_ELSEWHERE = sought("sites", "elsewhere")
_TO_HIT = sought("sites", "to_hit")
_WAGED = pattern("sites", "waged")
"""Behind a country that makes war elsewhere ("Russia's war against Ukraine")."""
_STOOD = sought("sites", "stood")
"""Where troops or planes are when nothing says that they fell there."""
_EVENT_AFTER = pattern("sites", "event_after")
_HIT = sought("sites", "hit")
_INSTITUTION = pattern("sites", "institution")
_DONE_TO = sought("sites", "done_to")
_OFFICE = sought("sites", "office")
_SPOKE_AFTER = pattern("sites", "spoke_after")
_SPOKE_BEFORE = sought("sites", "spoke_before")


@dataclass(frozen=True, slots=True)
class Site:
    """A place where something may have happened, the lower its rank the surer."""

    mention: PlaceMention
    rank: int

    @property
    def wide(self) -> bool:
        """Whether a narrower place may be told elsewhere."""
        return width(self.mention) >= WIDE

    @property
    def seat(self) -> bool:
        """Whether it is a capital where somebody spoke: that tells of the country at most."""
        return self.rank == SPOKEN and self.mention.name in _capitals()


_SHARE_IN = re.compile(
    r"\b(?:most|half|many|some|several) of (?:them|whom|those)(?: (?:were|died|fell))? in (?:the )?(?:\w+ of )?$"
)
"""Before the place of a share ("31 people, most of them in the town of")."""


def sites(plain: str, mentions: Iterable[PlaceMention], start: int) -> list[Site]:
    """The sites among *mentions* of the sentence that starts at *start*; what only came from or went to a place, its
    borders and its neighbours are left out.
    """
    found: list[Site] = []
    before: PlaceMention | None = None
    rank: int | None = None
    for mention in mentions:
        # "In the Red Sea village of X", "the Black Sea port of Y": neither lies in the sea.
        ashore = before is not None and before.kind in _WATER and (rank == SPOKEN or _PORT.match(plain, before.end))
        inside = rank in (None, SPOKEN) and not ashore and before is not None and linked(plain, before, mention)
        rank = rank if inside else _rank(plain, mention, start)
        before = mention
        if rank is not None:
            found.append(Site(mention, rank))
    return found


def _rank(plain: str, mention: PlaceMention, start: int) -> int | None:
    before = plain[max(start, mention.start - _BEFORE) : mention.start]
    water = mention.kind in _WATER
    if water and _PORT.match(plain, mention.end):
        return None
    if (water and mention.prep not in _ON_WATER) or _BORDER.match(plain, mention.end):
        return None
    if _ASIDE.search(before):
        return HAPPENED if _AT_EMBASSY.search(before) else None
    if mention.kind == "country" and (_WAGED.match(plain, mention.end) or _HOLDS.search(before)):
        return None
    if _SHARE_IN.search(before):
        return None
    if _ELSEWHERE.search(before):
        return ELSEWHERE
    hit = _HIT.search(before) or _TO_HIT.search(before)
    if _STOOD.search(before) and not hit:
        return SPOKEN
    if mention.prep in _MOTION:
        broke = (mention.prep == "into" and _BROKE_INTO.search(before)) or _TO_HIT.search(before)
        return HAPPENED if broke or _WHERE.match(plain, mention.end) else None
    if mention.prep in _IN and _WHERE.match(plain, mention.end):
        return HAPPENED
    if _CARED.search(before) or _INSTITUTION.match(plain, mention.end) or _SPOKE_BEFORE.search(before):
        return SPOKEN
    if _OFFICE.search(before) and not _DONE_TO.search(before):
        return SPOKEN
    if mention.prep and _SPOKE_AFTER.match(plain, mention.end):
        return SPOKEN
    if water and mention.prep == "in":
        return SPOKEN
    of_event = not mention.text.isupper() and _EVENT_AFTER.match(plain, mention.end)
    if mention.prep in _IN or hit or of_event:
        return HAPPENED
    government = mention.kind == "country" or (mention.name in _capitals() and _SUBJECT.search(before) is not None)
    return SPOKEN if government and not mention.prep else NAMED


@cache
def _capitals() -> frozenset[str]:
    return frozenset(gazetteer().capitals.values())
