"""Who is blamed for a harm, how surely, and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from functools import cache

from extraction.actors import ActorMention, canonical, parent_of
from extraction.drafts import Draft
from extraction.gazetteer import load_countries
from schemas.records import Perpetrator

_SPEAKERS = re.compile(
    r"\b(?:officials?|ministry|authorities|minister|president|embassy|media|parliament)$", re.IGNORECASE
)
ARMED = frozenset({"state_military", "coalition", "armed_group", "government"})
_EVENTS = (
    r"(?:air[- ]?strikes?|strikes?|air[- ]?raids?|raids?|shelling|bombardments?|bombings?|bombs?|missiles?|rockets?|rocket fire|drones?|attacks?|assaults?|offensives?|operations?|gunfire|fire|warplanes?|jets?|"
    r"fighter jets?|aircraft|planes?|helicopters?|gunships?|artillery|mortars?|shells?|bullets?|snipers?|tanks?|mines?|ambush(?:es)?|campaign|aggression|incursion|massacres?|munitions?|UAVs?|howitzers?|"
    r"barrel bombs?|projectiles?|acts? of aggression|war)"
)
_BODIES = (
    r"(?:forces?|troops?|soldiers?|militants?|fighters?|insurgents?|gunmen|rebels?|militiamen|army|military|police|air force|navy|security forces|members?|terrorists?|terrorist group|militant group|extremists?|"
    r"group|militia|militias|guerrillas?|commandos|occupation forces?|settlers?|border guards?|gendarmes?|pilots?|snipers?|suicide bombers?|bombers?|extremist group|jihadists?|regime|authorities|agents|enemy|occupation|aggressors?)"
)
_EVENT_AFTER = re.compile(
    rf"['’]?s?\s+(?:(?!in\b|of\b|on\b|at\b|by\b|and\b|said\b|to\b|for\b|from\b|that\b|the\b)\w[\w-]*\s+){{0,3}}?{_EVENTS}\b",
    re.IGNORECASE,
)
_DOES = (
    r"(?:killed|kills?|killing|wounded|wounding|injured|injuring|bombed|bombs|bombards?|bombarded|struck|strikes?|shelled|shells|targeted|targets?|targeting|attacked|attacks?|attacking|fired|fires|firing|launched|launches|"
    r"opened fire|carried out|carry out|conducted|stormed|shot|hit|hits|raided|raids|ambushed|executed|beheaded|massacred|abducted|kidnapped|murdered|neutrali[sz]ed|destroyed|detonated|set off|dropped|took|taken|left|"
    r"assassinated|slaughtered|claimed responsibility|claimed the (?:attack|bombing)|claimed credit|(?:was|were|is|are) (?:responsible|behind)|gunned|blew|burned|looted|invaded|overran|besieged|detained|arrested|planted|"
    r"committed|perpetrated|pounded|unleashed|caused|exploded|admitted|acknowledged|intensified|resumed)"
)
_ACTS_AFTER = re.compile(
    rf"^(?:['’]s?)?(?:\s+(?:[\w-]+\s+)?{_BODIES})?(?:\s*\([^()]{{1,25}}\))?(?:,? (?:who|which|that))?"
    rf"(?:\s+(?:on \w+day|late \w+|early \w+|has|have|had|also|may have|might have|reportedly|allegedly|later|then|again|recently|and|\w+ly|yesterday|today))*\s+{_DOES}\b",
    re.IGNORECASE,
)
_AGENT_BEFORE = re.compile(
    r"(?:(?<!controlled )(?<!held )(?<!run )(?<!backed )(?<!supported )(?<!led )(?<!ruled )(?<!occupied )(?<!used )(?<!manned )(?<!besieged )(?<!guarded )(?<!seized )(?<!captured )(?<!overrun )"
    r"(?<!retaken )(?<!published )(?<!reported )(?<!released )(?<!issued )(?<!confirmed )(?<!denied )(?<!followed )(?<!joined )(?<!accompanied )(?<!funded )(?<!treated )(?<!governed )(?<!worn )"
    r"(?<!dominated )(?<!organised )(?<!made )(?<!carried )(?<!quoted )(?<!documented )\bby|\bblam(?:ed|ing|es)(?: it on| the [\w ]{3,30} on)?|\baccus(?:ed|ing|es)|\bresponsibility (?:on|to)|\bhands of|"
    r"\bblame (?:to|on)|\bfired from|\bbelong(?:s|ed|ing)? to|\bperpetrated by|\bwork of|\b(?:planes|jets|warplanes|aircraft|helicopters|drones|gunmen|rebels|fighters|militants|bombers) (?:of|from))\s+"
    r"(?:the\s+|a\s+|an\s+|suspected\s+|alleged\s+|unidentified\s+|several\s+|armed\s+|local\s+|members of\s+|militants (?:from|of)\s+|fighters (?:from|of)\s+|[\w]+ly\s+|\d+\s+|two\s+|three\s+)*$",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(
    r"^(?:\s*\([^()]{1,25}\))?\s+or\s+(?:of\s+|an?\s+|the\s+)*[\w' -]{3,40}?(?=\s+(?:had|has|have|was|were|carried|conducted|launched|dropped|fired|struck|killed|attacked)\b)"
)
_SAYS_IT_DID = re.compile(
    r"^[^.;]{0,60}?\b(?:said|says|claimed|announced|boasted|stated)\b[^.;]{0,60}?\b(?:it|its (?:fighters|men|members|forces|gunmen|bombers?)|they)\s+(?:had |have |has |were |was )?"
    r"(?:carried out|behind|staged|conducted|planted|attacked|killed|executed|responsible|targeted|ambushed|shot)\b",
    re.IGNORECASE,
)
_NOT_DOER = re.compile(
    r"\b(?:against|on|targeting|targeted|hit|hitting|with|fighting|battling|at|near|between|including|clashes with|war on|supporting|defeat|held by|controlled by|run by|backed by|retake|in|across|from|to|into|"
    r"over|inside|outside|around|throughout|towards?|neighbou?ring)\s+(?:the\s+|a\s+|an\s+|suspected\s+|alleged\s+)*$",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:suspected|believed|thought|alleged(?:ly)?|reportedly|apparent(?:ly)?|possibl[ey]|may have|might have|likely|presumed|probably|appeared to|appears to|said to be|unclear|not clear|unknown whether|"
    r"suspicion)\b",
    re.IGNORECASE,
)
_CLAIMED = re.compile(
    r"\b(?:claim(?:ed|s|ing)?(?: the)? (?:responsibility|credit)|responsibility (?:was|has been) claimed|was claimed by|said it (?:had )?(?:carried out|was behind)|took responsibility|"
    r"claimed the (?:attack|bombing|blast|assault|raid))\b",
    re.IGNORECASE,
)
_UNDECIDED = re.compile(
    r"\b(?:(?:not|un)(?: immediately)?[ -]?(?:clear|known|certain)|uncertain|could not say|did not say)\b[^.;]{0,20}\b(?:if|whether|who)\b",
    re.IGNORECASE,
)


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
            or bool(_SAYS_IT_DID.match(after))
            and mention.kind == "armed_group"
            or bool(re.search(r"claimed by\W+(?:the )?(?:\w+ )?$", before))
        )
        found.append(Blame(mention.name, mention.start, doubt or bool(_HEDGE.search(near)), claimed, mention.kind))
    return found


def _is_doer(mention: ActorMention, before: str, after: str) -> bool:
    """Whether the words around *mention* make it the one who acted: its deed follows, its verb follows, or "by" stands before."""
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
    """ "Turkish drone", "Israeli shelling", "regime bombardment": a country's name before a deed stands for its forces."""
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
        rf"\b({'|'.join(words)})['’]?s?[ -]+(?:(?!in\b|of\b|on\b|at\b|by\b|and\b|said\b)[\w-]+[ -]+){{0,2}}?(?:{_EVENTS}|forces|troops|army|soldiers|military|security forces|police)\b"
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
