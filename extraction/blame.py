"""Who is blamed for a harm, how surely, and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.actors import ActorMention, parent_of
from extraction.drafts import Draft
from schemas.records import Perpetrator

_ARMED = frozenset({"state_military", "coalition", "armed_group", "government"})
_DEED = (r"(?:air[- ]?strikes?|strikes?|air[- ]?raids?|raids?|shelling|bombardments?|bombings?|bombs?|missiles?|rockets?|drones?|attacks?|assaults?|offensives?|operations?|fire|gunfire|warplanes?|jets?|"
         r"fighter jets?|aircraft|planes?|helicopters?|artillery|mortars?|shells?|forces?|troops?|soldiers?|militants?|fighters?|insurgents?|gunmen|rebels?|militiamen|army|police|air force|navy|"
         r"security forces|bullets?|snipers?|tanks?|mines?|ambush(?:es)?|campaign|war|aggression|incursion|massacres?|members?|terrorists?|terrorist group|group|militia|militias|guerrillas?|commandos|"
         r"occupation forces|settlers?|border guards?|gendarmes?)")
_FOLLOWED = re.compile(rf"['’]?s?\s+(?:[\w-]+\s+){{0,4}}?{_DEED}\b", re.IGNORECASE)
_VERB = re.compile(r"^[^.;,]{0,70}?\b(?:killed|kills?|killing|wounded|injured|bombed|bombs|bombards?|bombarded|struck|strikes?|shelled|shells|targeted|targets?|attacked|attacks?|fired|fires|launched|launches|opened fire|"
                   r"carried out|conducted|stormed|shot|hit|hits|raided|ambushed|executed|beheaded|massacred|abducted|kidnapped|murdered|neutralised|neutralized|destroyed|detonated|set off|dropped|took|left|"
                   r"assassinated|slaughtered|have killed|had killed|claimed responsibility|claimed the|were responsible|was responsible|is responsible|behind|ambush|gunned)\b", re.IGNORECASE)
_AGENT_BEFORE = re.compile(r"(?:\bby|\bblam(?:ed|ing|es)(?: it on| the \w+ on)?|\baccus(?:ed|ing|es)|\bresponsibility (?:on|to)|\bresponsibility was claimed by|\bhands of|\bblame to|\bfired from|\bdue to|\bresponsible for)\s+"
                           r"(?:the\s+|a\s+|an\s+|suspected\s+|alleged\s+|unidentified\s+|several\s+|\w+ly\s+|\d+\s+|two\s+|three\s+)*$", re.IGNORECASE)
_TARGET_BEFORE = re.compile(r"\b(?:against|on|targeting|targeted|target|struck|hit|hitting|bombed|attacked|of|from|with|fighting|battling|killed|killing|kills|at|near|between|for|including|capture[ds]?|clashes with|"
                            r"neutrali[sz]ed|neutrali[sz]ing|wounded|injured|members of|tied to|linked to|belonging to|loyal to|supporting|defeat|to fight|held by|controlled by|run by|backed by|control of|retake)\s+"
                            r"(?:the\s+|a\s+|an\s+|suspected\s+|alleged\s+|\w+\s+){0,2}$", re.IGNORECASE)
_HEDGE = re.compile(r"\b(?:suspected|believed|thought|alleged(?:ly)?|reportedly|apparent(?:ly)?|possibl[ey]|may have|might have|likely|presumed|probably|appeared to|appears to|said to be|unclear|not clear|unknown whether|"
                    r"suspicion)\b", re.IGNORECASE)
_CLAIMED = re.compile(r"\b(?:claim(?:ed|s|ing)?(?: the)? (?:responsibility|credit)|responsibility (?:was|has been) claimed|was claimed by|said it (?:had )?(?:carried out|was behind)|took responsibility|"
                      r"admitted|acknowledged|confirmed (?:it|that it|its))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Blame:
    """An actor that a sentence names as the one who did harm."""

    actor: str
    at: int
    hedged: bool
    claimed: bool
    kind: str


def blamed(plain: str, start: int, end: int, actors: Sequence[ActorMention], taken: Sequence[tuple[int, int]]) -> list[Blame]:
    """The actors that ``plain[start:end]`` names as doers of violence; *taken* are the spans of victims and voices."""
    found: list[Blame] = []
    for mention in actors:
        if mention.kind not in _ARMED or any(a <= mention.start < b for a, b in taken):
            continue
        before = plain[max(start, mention.start - 60):mention.start]
        after = plain[mention.end:min(end, mention.end + 90)]
        if not _is_doer(before, after):
            continue
        near = plain[max(start, mention.start - 45):min(end, mention.end + 25)]
        claimed = bool(_CLAIMED.search(plain, mention.start, min(end, mention.end + 60))) or bool(re.search(r"claimed by\W+(?:the )?(?:\w+ )?$", before))
        found.append(Blame(mention.name, mention.start, bool(_HEDGE.search(near)), claimed, mention.kind))
    return found


def _is_doer(before: str, after: str) -> bool:
    if _AGENT_BEFORE.search(before):
        return True
    follows = _FOLLOWED.match(after)
    event = follows is not None and not re.search(r"(?:forces?|troops?|soldiers?|militants?|fighters?|insurgents?|gunmen|rebels?|militiamen|army|police|members?|group|terrorists?|militias?|commandos|guerrillas?|navy|air force|"
                                                  r"settlers?|guards?|gendarmes?)$", follows.group(), re.IGNORECASE)
    if event and not re.search(r"\b(?:on|against|targeting|of)\s+(?:the\s+)?$", before):
        return True
    if _TARGET_BEFORE.search(before):
        return False
    return bool(_VERB.match(after))


def stances(made: Draft, blames: Sequence[Blame], asserted_by: str | None) -> tuple[Perpetrator, ...]:
    """The perpetrators of *made* with their stance, each actor once."""
    told: dict[str, str] = {}
    for blame in blames:
        told.setdefault(blame.actor, _stance(made, blame))
        if blame.claimed:
            told[blame.actor] = "admitted"
    return tuple(Perpetrator(actor, stance, asserted_by) for actor, stance in told.items())


def _stance(made: Draft, blame: Blame) -> str:
    same_side = made.claimant == blame.actor or parent_of(made.claimant) == blame.actor or parent_of(blame.actor) == made.claimant
    if same_side and made.qualifier == "none_reported":
        return "denied"
    if blame.claimed or same_side:
        return "admitted"
    return "possible" if blame.hedged else "alleged"
