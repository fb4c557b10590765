"""Who is blamed for a harm, how surely, and by whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from extraction.mentions.bodies import regime_of
from extraction.names.actors import ActorMention, army_of, canonical
from extraction.names.gazetteer import load_countries
from extraction.words.index import index_of, openings
from extraction.words.lexicon import function_words, pattern, sought, words
from extraction.words.numbers import any_of, fold_case
from extraction.words.sieve import Sought
from extraction.words.tokens import reporting

_SPEAKERS = re.compile(
    r"\b(?:officials?|ministry|authorities|minister|president|embassy|media|parliament)$", re.IGNORECASE
)
_FORCES = frozenset({"state_military", "coalition"})
_ALLIES = frozenset(
    {"US", "U.S.", "American", "NATO", "Regime", "regime", "Coalition", "coalition", "American-led", "junta", "Junta"}
    | {"US-led", "U.S.-led", "US.-led", "U.S-led", "Saudi-led"}
)
ARMED = frozenset({"state_military", "coalition", "armed_group", "government"})
_EVENTS = pattern("accusations", "events").pattern
_EVENT_AFTER = pattern("accusations", "event_after")
_ACTS_AFTER = pattern("accusations", "acts_after")
_AGENT_BEFORE = sought("accusations", "agent_before")
_DONE_BY = Sought(r"\b(?:\w+(?:ed|en)|\w+ly \w+) by (?:the |an? |suspected |alleged )*$", re.IGNORECASE)
_BY = re.compile(r"\bby\b[^,;]*$", re.IGNORECASE)
_DEED_NEAR = re.compile(rf"^[^.;]{{0,60}}?\b{_EVENTS}\b")
_VIOLENT = sought("accusations", "violent")
_WARDED_OFF = sought("accusations", "warded_off")
_NO_DEED = pattern("accusations", "no_deed")
_TROUBLES = pattern("accusations", "troubles")
"""What befalls a country, whoever does it: "people displaced by Sudan's civil war"."""
_RECKONS = pattern("accusations", "reckons")
_ALTERNATIVE = pattern("accusations", "alternative")
_SAYS_IT_DID = pattern("accusations", "says_it_did")
NOT_DOER = sought("accusations", "not_doer")
"""Words before a name that make it the aim, the place or the other side of a deed."""
_HEDGE = sought("accusations", "hedge")
_CLAIMED = sought("accusations", "claimed")
_CLAIMED_BY = sought("accusations", "claimed_by")
_UNDECIDED = sought("accusations", "undecided")
_JOINED = pattern("accusations", "joined")
_DENIES = sought("accusations", "denies")
_AGAINST = ("anti-", "counter-")
_STRIKES = re.compile(r"\bair ?strikes?$", re.IGNORECASE)
_OWN_REBELS = pattern("accusations", "own_rebels")
_HABIT = pattern("accusations", "habit")
_AMONG_TARGETS = sought("accusations", "among_targets")
_ATTRIBUTED = sought("accusations", "attributed")
_STRUCK = pattern("accusations", "struck")
_DESCRIBED = sought("accusations", "described")
_RANKS = words("accusations", "ranks")
_VEHICLES = words("accusations", "vehicles")
_NO_DEED_BETWEEN = words("accusations", "no_deed_between")
_AIM = sought("accusations", "aim")
_MEANWHILE = pattern("accusations", "meanwhile_doing")
_INQUIRES = pattern("accusations", "inquires")
_DOUBTED_OTHERS = pattern("accusations", "doubted_others")
_GUESSES = sought("accusations", "guesses")
_PREDICATE_ENDS = pattern("accusations", "predicate_ends")
_ADDRESS = Sought(r"\b(?:in|at|near|of|capital|city|town|village|province)\s+(?:the\s+)?$")


_REACH = 140
"""How far before a name, in code points, deaths may be named that are attributed to it."""


@dataclass(frozen=True, slots=True)
class Blame:
    """An actor that a sentence names as the one who did harm."""

    actor: str
    at: int
    hedged: bool
    claimed: bool
    kind: str
    denies: bool = False
    """Whether the sentence says that it denies the deed."""


def blamed(
    plain: str,
    start: int,
    end: int,
    actors: Sequence[ActorMention],
    taken: Sequence[tuple[int, int]],
    coalition: str | None = None,
    here: str | None = None,
) -> list[Blame]:
    """The actors that ``plain[start:end]`` names as doers of violence; *taken* are the spans of victims and voices,
    *here* the country that the text tells of.
    """
    near = sorted([*actors, *doers_by_demonym(plain, start, end, actors, coalition, here)], key=lambda m: m.start)
    groups = {m.start for m in near if m.kind == "armed_group"}
    near = [m for m in near if not (m.place_like and groups & {m.end + len("'s "), m.end + 1})]  # "Sudan's RSF"
    free = [m for m in near if is_armed(m) and not any(a <= m.start < b for a, b in taken)]
    short = {b: a for a, b in pairwise(free) if a.name == b.name and plain[a.end : b.start] == " ("}
    acting = [m for m in free if _acts(m, plain[start : short.get(m, m).start], plain, end, here)]
    found = {m: blame_of(m, plain, start, end) for m in acting}
    for one, other in [*pairwise(free), *pairwise(reversed(free))]:
        first, last = sorted((one, other), key=lambda m: m.start)
        if one in found and _JOINED.fullmatch(plain, first.end, last.start):
            joint = found.get(other) or blame_of(other, plain, start, end)
            found[other] = replace(joint, hedged=joint.hedged or found[one].hedged)
    return [found[m] for m in free if m in found] or _described(plain, start, end, taken)


def _described(plain: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[Blame]:
    """ "by planes which we believe were Russian": whose the arms or men of the deed are thought to be."""
    found: list[Blame] = []
    for at, stop, word in _demonyms_in(plain, start, end):
        before = plain[max(start, at - 110) : at]
        if not any(a <= at < b for a, b in taken) and _DESCRIBED.search(before) and _PREDICATE_ENDS.match(plain, stop):
            found.append(Blame(canonical(f"{word} forces"), at, True, False, "state_military"))
    return found


def is_armed(mention: ActorMention) -> bool:
    """Whether the name is of a party that can do harm: not of those who speak for one ("officials")."""
    return mention.kind in ARMED and not _SPEAKERS.search(mention.name) and not _SPEAKERS.search(mention.text)


def _acts(mention: ActorMention, before: str, plain: str, end: int, here: str | None) -> bool:
    """Whether the sentence makes *mention* do something, *before* being its words before the name, or before the full
    name that it abbreviates; a country where the text plays only says where ("Syria strike").
    """
    after = plain[mention.end : min(end, mention.end + 150)]
    if mention.place_like and _OWN_REBELS.match(after):
        return False  # "Turkey's Kurd rebels kill two"
    if _HABIT.match(after) or is_against(before) or (mention.place_like and _in_address(before, after)):
        return False
    where = mention.place_like and mention.country == here and not after.startswith(("'", "’"))
    doer = _is_doer(mention, before[-60:], after, where=where) or _ATTRIBUTED.search(before[-_REACH:])
    return bool(doer) and _is_told(before)


def is_against(before: str) -> bool:
    """Whether the name behind *before* is that of the enemy: "counter-Taliban operations"."""
    return before.lower().endswith(_AGAINST)


def _in_address(before: str, after: str) -> bool:
    """Whether a country's or capital's name only says where: "in Baghouz, Syria, that", "the capital Ankara"."""
    between = before.endswith(", ") and after.startswith(",")
    return (between or _ADDRESS.search(before) is not None) and not after.startswith(("'", "’"))


def blame_of(mention: ActorMention, plain: str, start: int, end: int) -> Blame:
    """*mention* as a doer, with the doubt and the claim of responsibility that the words beside it tell."""
    before = _DOUBTED_OTHERS.sub(" ", plain[max(start, mention.start - 70) : mention.start])
    near = before + plain[mention.start : min(end, mention.end + 25)]
    doubt = _UNDECIDED.search(plain, max(start, mention.start - 160), mention.start) is not None
    doubt |= _INQUIRES.match(plain[mention.end : end]) is not None
    after = plain[mention.end : min(end, mention.end + 150)]
    claimed = (
        bool(_CLAIMED.search(plain, mention.start, min(end, mention.end + 60)))
        or (bool(_SAYS_IT_DID.match(after)) and mention.kind == "armed_group")
        or bool(_CLAIMED_BY.search(plain[start : mention.start]))
    )
    denies = _DENIES.search(after[:60]) is not None
    return Blame(mention.name, mention.start, doubt or bool(_HEDGE.search(near)), claimed, mention.kind, denies)


def _is_told(before: str) -> bool:
    """Whether the words before the name tell of a deed done: none that is warded off, none since which a war runs, and
    where "by" stands, one of violence.
    """
    if _WARDED_OFF.search(before):
        return False
    by = _BY.search(before[-40:])
    if by is None:
        return True
    done = _DONE_BY.search(before[-40:])
    return _VIOLENT.search(before if done is None else done.group()) is not None


def _is_doer(mention: ActorMention, before: str, after: str, *, where: bool) -> bool:
    """Whether the words around *mention* make it the one who acted: its deed follows, its verb follows, or "by"
    stands before.
    """
    if (_STRIKES.search(mention.text) or _deed_follows(after)) and not _is_aim(before):
        return (
            not mention.place_like
            or mention.text.replace(".", "") in {"US", "UK", "USA"}
            or not (where or (NOT_DOER.search(before) and not after.startswith(("'", "’"))))
        )
    agent = _AGENT_BEFORE.search(before)
    if agent is not None and (_RECKONS.match(after) or (mention.place_like and _TROUBLES.match(after))):
        return False
    if agent is not None:
        said = before[: agent.start()]
        violent = _VIOLENT.search(said) or _ACTS_AFTER.match(after) or _DEED_NEAR.search(after)
        return agent.group().split()[0].lower() not in _RANKS or bool(violent and not _AMONG_TARGETS.search(said))
    if NOT_DOER.search(before) or _STRUCK.match(after):
        return False
    after = _ALTERNATIVE.sub("", after)
    return bool(
        _ACTS_AFTER.match(after)
        or _SAYS_IT_DID.match(after)
        or _MEANWHILE.match(after)
        or (mention.kind in _FORCES and _INQUIRES.match(after))
    )


def _deed_follows(after: str) -> bool:
    """Whether the words *after* a name call a deed its own: "Israeli shelling", "army helicopters fired"; not "Iran
    denies attack", nor vehicles that do no harm ("police helicopters circled").
    """
    hit = _EVENT_AFTER.match(after)
    if hit is None or _NO_DEED.match(after):
        return False
    *between, last = hit.group().lower().split()
    if any(word in reporting() or word in function_words() or word in _NO_DEED_BETWEEN for word in between):
        return False
    return last not in _VEHICLES or _VIOLENT.search(after[hit.end() :]) is not None


def _is_aim(before: str) -> bool:
    return _AIM.search(before) is not None


def doers_by_demonym(
    plain: str, start: int, end: int, named: Sequence[ActorMention], coalition: str | None, here: str | None = None
) -> list[ActorMention]:
    """ "Turkish drone", "Israeli shelling", "regime bombardment": a country's name before a deed stands for its
    forces.
    """
    found: list[ActorMention] = []
    deeds = _deeds(plain)
    for at, stop, word, last in deeds[bisect_left(deeds, (start,)) : bisect_left(deeds, (end,))]:
        if any(m.start <= at < m.end or (m.kind == "armed_group" and stop < m.start < last) for m in named):
            continue  # "Sudan's Rapid Support Forces" are none of its army
        if (word.lower() == "coalition" and coalition is None) or (word.lower() == "junta" and here is None):
            continue
        known = {"regime": regime_of(here), "junta": regime_of(here), "coalition": coalition or ""}.get(word.lower())
        own = canonical(f"{word} {'forces' if army_of(word) == word else 'attackers'}")
        name = known or (f"{_leader(word)}-led Coalition" if word.endswith("-led") else own)
        found.append(ActorMention(at, stop, word, name, "state_military", None))
    return found


def _leader(word: str) -> str:
    """Who leads the coalition that "Saudi-led" or "U.S.-led" stands for."""
    return "Saudi" if word.startswith("Saudi") else "US"


def _demonyms_in(plain: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """(start, end, word) of each word for a country's people in ``plain[start:end]`` where somebody guesses."""
    if not _GUESSES.search(plain, start, end):
        return []
    return [(*hit.span(), hit[0]) for hit in _demonym().finditer(plain, start, end)]


@cache
def _demonym() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of({d for country in load_countries() for d in country.demonyms})}\b")


@lru_cache(maxsize=4)
def _deeds(plain: str) -> list[tuple[int, int, str, int]]:
    """(start, end, word, end of the deed) of each word for a country, its army or its allies before a deed."""
    pattern, first = _demonym_deed()
    return [(*hit.span(1), hit[1], hit.end()) for hit in index_of(fold_case(plain)).led(pattern, first, plain)]


@cache
def _demonym_deed() -> tuple[re.Pattern[str], frozenset[str]]:
    """The pattern of `_deeds`, and the words with which it begins."""
    names = {demonym for country in load_countries() for demonym in country.demonyms} | _ALLIES
    return re.compile(
        rf"\b({any_of(names)})['’]?s?[ -]+(?:(?!in\b|of\b|on\b|at\b|by\b|and\b|said\b)[\w-]+[ -]+){{0,2}}?"
        rf"(?:{_EVENTS}|forces|troops|army|soldiers|military|security forces|police|enemy|occupation)\b"
    ), openings([*names, *(f"{name}s" for name in names)])
