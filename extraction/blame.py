"""Who is blamed for a harm, how surely, and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extraction.actors import ActorMention, canonical, parent_of
from extraction.drafts import Draft
from extraction.gazetteer import load_countries
from extraction.lexicon import pattern
from schemas.records import Perpetrator

_SPEAKERS = re.compile(
    r"\b(?:officials?|ministry|authorities|minister|president|embassy|media|parliament)$", re.IGNORECASE
)
ARMED = frozenset({"state_military", "coalition", "armed_group", "government"})
_EVENTS = pattern("blame", "events").pattern
_EVENT_AFTER = pattern("blame", "event_after")
_ACTS_AFTER = pattern("blame", "acts_after")
_AGENT_BEFORE = pattern("blame", "agent_before")
_ALTERNATIVE = pattern("blame", "alternative")
_SAYS_IT_DID = pattern("blame", "says_it_did")
_NOT_DOER = pattern("blame", "not_doer")
_HEDGE = pattern("blame", "hedge")
_CLAIMED = pattern("blame", "claimed")
_UNDECIDED = pattern("blame", "undecided")


@dataclass(frozen=True, slots=True)
class Blame:
    """An actor that a sentence names as the one who did harm."""

    actor: str
    at: int
    hedged: bool
    claimed: bool
    kind: str


def blamed(
    plain: str,
    start: int,
    end: int,
    actors: Sequence[ActorMention],
    taken: Sequence[tuple[int, int]],
    coalition: str | None = None,
) -> list[Blame]:
    """The actors that ``plain[start:end]`` names as doers of violence; *taken* are the spans of victims and voices."""
    found: list[Blame] = []
    for mention in sorted([*actors, *doers_by_demonym(plain, start, end, actors, coalition)], key=lambda m: m.start):
        if mention.kind not in ARMED or _SPEAKERS.search(mention.name) or any(a <= mention.start < b for a, b in taken):
            continue
        before = plain[max(start, mention.start - 60) : mention.start]
        after = plain[mention.end : min(end, mention.end + 150)]
        if not _is_doer(mention, before, after):
            continue
        near = plain[max(start, mention.start - 45) : min(end, mention.end + 25)]
        doubt = _UNDECIDED.search(plain, max(start, mention.start - 140), mention.start) is not None
        claimed = (
            bool(_CLAIMED.search(plain, mention.start, min(end, mention.end + 60)))
            or (bool(_SAYS_IT_DID.match(after)) and mention.kind == "armed_group")
            or bool(re.search(r"claimed by\W+(?:the )?(?:\w+ )?$", before))
        )
        found.append(Blame(mention.name, mention.start, doubt or bool(_HEDGE.search(near)), claimed, mention.kind))
    return found


def _is_doer(mention: ActorMention, before: str, after: str) -> bool:
    """Whether the words around *mention* make it the one who acted: its deed follows, its verb follows, or "by"
    stands before.
    """
    if _EVENT_AFTER.match(after) and not re.search(r"\b(?:against|targeting)\s+(?:the\s+)?$", before):
        return (
            not mention.place_like
            or mention.text.replace(".", "") in {"US", "UK", "USA"}
            or not _NOT_DOER.search(before)
        )
    if _AGENT_BEFORE.search(before):
        return True
    if _NOT_DOER.search(before):
        return False
    after = _ALTERNATIVE.sub("", after)
    return bool(_ACTS_AFTER.match(after) or _SAYS_IT_DID.match(after))


def doers_by_demonym(
    plain: str, start: int, end: int, named: Sequence[ActorMention], coalition: str | None
) -> list[ActorMention]:
    """ "Turkish drone", "Israeli shelling", "regime bombardment": a country's name before a deed stands for its
    forces.
    """
    found: list[ActorMention] = []
    for hit in _demonym_deed().finditer(plain, start, end):
        if any(m.start <= hit.start() < m.end for m in named):
            continue
        word = hit.group(1)
        if word.lower() == "coalition" and coalition is None:
            continue
        known = {"regime": "Syrian Government", "coalition": coalition or ""}.get(word.lower())
        name = known or ("US-led Coalition" if word.lower().endswith("-led") else canonical(f"{word} forces"))
        found.append(ActorMention(hit.start(), hit.end(1), word, name, "state_military", None))
    return found


@cache
def _demonym_deed() -> re.Pattern[str]:
    words = sorted(
        {re.escape(d) for country in load_countries() for d in country.demonyms}
        | {"US", r"U\.S\.", "American", "[Rr]egime", "NATO", "[Cc]oalition", r"U\.?S\.?-led", "American-led"},
        key=len,
        reverse=True,
    )
    return re.compile(
        rf"\b({'|'.join(words)})['’]?s?[ -]+(?:(?!in\b|of\b|on\b|at\b|by\b|and\b|said\b)[\w-]+[ -]+){{0,2}}?"
        rf"(?:{_EVENTS}|forces|troops|army|soldiers|military|security forces|police|enemy|occupation)\b"
    )


def stances(made: Draft, blames: Sequence[Blame], asserted_by: str | None) -> tuple[Perpetrator, ...]:
    """The perpetrators of *made* with their stance, each actor once."""
    told: dict[str, str] = {}
    for blame in blames:
        told.setdefault(blame.actor, _stance(made, blame))
        if blame.claimed:
            told[blame.actor] = "admitted"
    return tuple(Perpetrator(actor, stance, asserted_by) for actor, stance in told.items())


def _country_of(voice: str) -> str | None:
    """ "Turkish officials" speak for Turkey's forces."""
    first = voice.split()[0] if voice else ""
    return (
        canonical(f"{first} forces")
        if voice.endswith((" officials", " military", " government", " police", " health ministry", " army"))
        else None
    )


def _stance(made: Draft, blame: Blame) -> str:
    voice = canonical(made.claimant)
    same_side = (
        blame.actor in {voice, parent_of(voice)}
        or parent_of(blame.actor) == voice
        or _country_of(made.claimant) == blame.actor
    )
    if same_side and made.qualifier == "none_reported":
        return "denied"
    if blame.claimed or same_side:
        return "admitted"
    return "possible" if blame.hedged else "alleged"
