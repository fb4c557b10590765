"""Whom each claim is laid to: the doers of its own sentence, the other side of its fight, else those told around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from extraction.blame.dead import suspects, with_home, words_of
from extraction.blame.fights import GROUP_ROLES, foes, opposed
from extraction.blame.nearby import claimed_later, is_dated_back, is_new, stops_the_doer, told_near
from extraction.blame.sides import own_people
from extraction.blame.stance import stances
from extraction.drafts import Draft
from extraction.mentions.accusations import NOT_DOER, Blame, blame_of, is_against, is_armed
from extraction.mentions.bodies import is_unnamed
from extraction.mentions.settings import Scenes, Setting
from extraction.names.actors import actors, canonical
from extraction.words import lexicon
from extraction.words.lexicon import pattern, sought
from extraction.words.text import REACH
from schemas.records import Perpetrator

_OWN_FORCES = pattern("doers", "own_forces")
_BOTH_SIDES = sought("doers", "both_sides")
_UNKNOWN = sought("doers", "unknown")
_PLAIN_VOICES = frozenset({"narrator", "officials", "authorities", "military officials", "security officials"})
_OPENS_CLAUSE = pattern("doers", "opens_clause")
_REMAINS = re.compile(r"\b(?:bod(?:y|ies)|remains|corpses?)\b")
_AFTER_A_DEED = sought("doers", "after_a_deed")
_AGENT = pattern("doers", "agent")
_SWITCH = pattern("doers", "switch")
_KILLED_OTHERS = pattern("doers", "killed_others")
_AFTER = re.compile(r"\b(?:after|before) (?:[\w'’-]+ ){0,3}$")
_THEN = pattern("doers", "then")
_SAYS = sought("doers", "says")
_WAR_DID = pattern("doers", "war_did")
_NO_STATES = pattern("doers", "no_states")
_CLOSE = 60
"""Code points behind a claim within which its own cause is told."""
_ONE_EVENT = 3
"""How many days apart two incidents of a text may lie to be taken for one."""
_HEADING = 2
"""The last sentence that may be of a heading or lede, which any later one may tell again."""
_PERSONS = lexicon.words("attribution", "offices")
_HARMS = frozenset({"killed", "injured", "killed_or_injured", "detained"})
_WHO = re.compile(r"\bwho (?:\w+ ){0,3}$")
_ITS_OWN = sought("doers", "its_own")
_WHICH = re.compile(
    r"\b(?:after|following|since)\b[^.;]*\b(?:which|that|who) (?:\w+ ){0,2}(?:[^,;.]{0,60} and )?$", re.IGNORECASE
)
_TARGET = pattern("doers", "target")
"""Before those whom the deed was aimed at ("warplanes targeted two militants, killing one")."""
_MAIN_CLAUSE = re.compile(r"[^,;]{0,60}, (?:[\w-]+ ){0,2}")
_WHO_ACTS = re.compile(r"(?: [\w-]+){0,3},? who\b")
"""Behind a party: its own men who act ("Islamic State militants who")."""
_STATES = frozenset({"state_military", "coalition", "government"})
_OF_A_CASE = sought("doers", "of_a_case")
_CASE_REACH = 90
"""Characters before a word of harm within which it is told that somebody stands accused of it."""
_TOTALS = frozenset({"cumulative", "period"})


def lay(drafts: Sequence[Draft], scenes: Scenes) -> None:
    """Fills the perpetrators of every draft, in the order in which a reader would look for them: the claim's own
    sentence, the claims that say the same elsewhere, the fight that it tells of, the sentences around.
    """
    by_sentence: defaultdict[int, list[Draft]] = defaultdict(list)
    for made in drafts:
        by_sentence[made.sentence].append(made)
    apart = _of_other_days(drafts)
    beside = partial(_same_as_beside, beside=by_sentence)
    for step in (_own, _same_as_twin, _fought, beside):
        for made in drafts:
            step(made, scenes)
    recalling = {made.sentence for made in drafts if "recalled" in made.flags}
    told_around = partial(
        _around, fighters=_of_fighters(drafts), stopped=_of_the_stopped(drafts), apart=apart, recalling=recalling
    )
    for step in (told_around, _same_as_twin, _same_as_whole_here):
        for made in drafts:
            step(made, scenes)
    _admitted(drafts)


def _own(made: Draft, scenes: Scenes) -> None:
    """Lays the claim to the doers that its own sentence names."""
    setting = scenes.at(made.sentence)
    before = made.clause.plain[max(made.clause.tokens[0].start, made.start - 60) : made.start]
    ours = _OWN_FORCES.search(before) if made.active and made.claimant != "narrator" else None
    if ours is not None and (_kind_of(made.claimant) == "media" or "voice:blame" in made.rules):
        ours = None  # "The paper reported claims that they …", "The leader accused NATO, after claims that they …"
    if ours is not None and not _of_a_person(made, ours[0]) and not _of_the_bombs(made, ours[0], scenes):
        stance = "denied" if "voice:deny" in made.rules else "admitted"
        made.perpetrators = (Perpetrator(canonical(made.claimant), stance, made.claimant),)
        return
    victims = with_home(words_of(made), scenes)
    fighting = made.victim_class == "combatant"
    mutual = setting.says(_BOTH_SIDES)
    told = [b for b in setting.blames if not mutual and not _of_others(made, b, setting, scenes)]
    case = is_of_a_case(made, scenes)
    told = [b for b in told if not (case and b.kind in _STATES) and not _of_the_same_people(b, victims)]
    if made.active and _WAR_DID.search(made.clause.plain, made.clause.tokens[0].start, made.start):
        return
    if _by_a_bomber(made):
        told = [b for b in told if not _is_state(b.actor)]
    if _ITS_OWN.search(made.clause.plain, made.clause.tokens[0].start, made.end):
        told = [b for b in told if b.actor != canonical(made.claimant)]
    blames = _governing(made, suspects(made, told, victims if fighting else "", scenes))
    remains = _REMAINS.search(victims) or _REMAINS.search(made.clause.plain, made.start, made.end)
    if not blames and not mutual and made.active and made.harm in _HARMS and not remains:
        blames = [b for b in _subject(made, setting, victims if fighting else None) if not (case and b.kind in _STATES)]
    against = fighting and GROUP_ROLES & set(words_of(made).split()) and _is_armed_state(made.claimant)
    if against and made.active and not blames and not told:
        made.perpetrators = (Perpetrator(canonical(made.claimant), "admitted", made.claimant),)
        return
    made.perpetrators = stances(made, blames, scenes.house)


def _of_the_same_people(blame: Blame, victims: str) -> bool:
    """ "28 Israelis died in Palestinian attacks and 189 Palestinians were killed": a people told of by no army's name
    did not harm its own.
    """
    return actors().get(blame.actor) is None and not is_unnamed(blame.actor) and own_people(blame.actor, victims)


def _of_a_person(made: Draft, doer: str) -> bool:
    """ "A police officer said it killed five": no person is "it", which is the attack told of."""
    return doer.startswith("it ") and not _PERSONS.isdisjoint((made.claimant_text or "").lower().split())


def _of_the_bombs(made: Draft, doer: str, scenes: Scenes) -> bool:
    """ "They killed 20 people, police said": a voice that only follows is no "they", where it is not an army's."""
    opening = scenes.plain[made.clause.tokens[0].start : made.start]
    pronoun = doer.split()[0].lower() in {"it", "they", "we"}
    return pronoun and not _SAYS.search(opening) and not is_of_a_force(made.claimant)


def is_of_a_force(voice: str) -> bool:
    """Whether *voice* is an army, a coalition or an armed group."""
    return _kind_of(voice) in {"state_military", "coalition", "armed_group"}


def _kind_of(voice: str) -> str | None:
    """What kind of actor *voice* is; None for one without a row."""
    row = actors().get(canonical(voice))
    return row.kind if row is not None else None


def _is_armed_state(voice: str) -> bool:
    """Whether *voice* is a state's army or a coalition: the strikes that it counts the dead of are its own."""
    return _kind_of(voice) in {"state_military", "coalition"}


def _of_others(made: Draft, blame: Blame, setting: Setting, scenes: Scenes) -> bool:
    """Whether *blame* is told of other dead of the sentence ("12 died, while 9 were killed by …") or of another deed
    ("X fired rockets after an air strike killed nine").
    """
    if _THEN.match(scenes.plain, made.end, max(made.end, blame.at)):
        return True
    last = min(max(made.end, blame.at), made.end + REACH)
    after = _AFTER.search(scenes.plain[made.end : last]) is not None
    if after and _KILLED_OTHERS.match(scenes.plain, blame.at):
        return True
    if "attacker" not in made.flags and made.end < blame.at and stops_the_doer(blame, scenes):
        return True
    if _is_aside(made, scenes) and _MAIN_CLAUSE.fullmatch(scenes.plain, made.end, max(made.end, blame.at)):
        return not (blame.hedged or blame.claimed)
    turn = _SWITCH.search(scenes.plain, made.end, last)
    if turn is not None and any(turn.start() < start < blame.at for start, _ in setting.taken):
        return True
    return blame.at < made.start and _AFTER_A_DEED.search(scenes.plain, blame.at, made.start) is not None


def _is_aside(made: Draft, scenes: Scenes) -> bool:
    """ "After a bombing, which killed 20, police arrested three": the doer of the main clause did not do that."""
    return _WHICH.search(scenes.plain, made.clause.tokens[0].start, made.start) is not None


def is_of_a_case(made: Draft, scenes: Scenes) -> bool:
    """ "Police arrested five people in connection with the slaying of a girl": those who inquire did not do it."""
    first = max(made.clause.tokens[0].start, made.start - _CASE_REACH)
    return _OF_A_CASE.search(scenes.plain, first, made.start) is not None


def _same_as_twin(made: Draft, scenes: Scenes) -> None:
    """A headline and its lede tell of one deed: where one names no doer it has those of the other."""
    twin = made.restates
    if twin is None or (twin.sentence > _HEADING and is_new(scenes.at(made.sentence))):
        return
    if "attacker" not in made.flags | twin.flags:
        made.perpetrators = made.perpetrators or _as_told_by(made, twin)
        twin.perpetrators = twin.perpetrators or _as_told_by(twin, made)


def _as_told_by(made: Draft, other: Draft) -> tuple[Perpetrator, ...]:
    """The perpetrators of *other* as the claimant of *made* would name them: what one party denies, another alleges."""
    same = made.claimant == other.claimant
    return tuple(replace(p, stance="alleged") if p.stance == "denied" and not same else p for p in other.perpetrators)


def _same_as_beside(made: Draft, scenes: Scenes, beside: Mapping[int, Sequence[Draft]]) -> None:
    """ "Seven officers were killed and five wounded": what a sentence tells in one breath, the same party did."""
    if made.perpetrators or "attacker" in made.flags or made.qualifier == "none_reported" or is_of_a_case(made, scenes):
        return
    victims = with_home(words_of(made), scenes)
    for other in beside[made.sentence]:
        if other.perpetrators and other.whole is not made and not opposed(victims, words_of(other)):
            first, last = sorted((made, other), key=lambda d: d.start)
            near = last.start - first.end < 40 and not _SWITCH.search(scenes.plain, first.end, last.start)
            near = near and not _is_aside(first, scenes)
            if near and not any(own_people(p.actor, victims) for p in other.perpetrators):
                made.perpetrators = other.perpetrators
                return


def _admitted(drafts: Sequence[Draft]) -> None:
    """What the text tells of a fight in its own voice is admitted where the party admits the like there ("Troops kill
    14 rebels" above "the army said it killed 14").
    """
    fights = [made for made in drafts if made.victim_class == "combatant"]
    admitted = {p.actor for made in fights for p in made.perpetrators if p.stance == "admitted" and _is_state(p.actor)}
    for made in fights:
        if made.claimant in _PLAIN_VOICES:
            made.perpetrators = tuple(
                replace(p, stance="admitted") if p.stance == "alleged" and p.actor in admitted else p
                for p in made.perpetrators
            )


def _is_state(actor: str) -> bool:
    row = actors().get(actor)
    return row is None or row.kind in {"state_military", "coalition", "government"}


def _fought(made: Draft, scenes: Scenes) -> None:
    """Lays a claim that names no doer to that of its whole, else to the other side of the fight that it tells of."""
    _same_as_whole(made)
    if not made.perpetrators:
        found = foes(made, words_of(made), scenes.at(made.sentence), scenes)
        made.perpetrators = stances(made, found, scenes.house)


def _of_other_days(drafts: Sequence[Draft]) -> set[int]:
    """The claims, by identity, of incidents on another day than the first one that the text dates, or another month."""
    dated = [made for made in drafts if made.date_start is not None and made.scope == "incident"]
    first = next((made.date_start for made in dated if "recalled" not in made.flags), None)
    return {id(d) for d in dated if first and d.date_start and abs((d.date_start - first).days) > _ONE_EVENT}


def _same_as_whole(made: Draft) -> None:
    """A part that names no doer of its own has those of its whole."""
    if not made.perpetrators and made.whole is not None and "attacker" not in made.flags:
        others = tuple(p for p in made.whole.perpetrators if not own_people(p.actor, words_of(made)))
        same = made.claimant == made.whole.claimant or made.claimant in _PLAIN_VOICES
        made.perpetrators = tuple(p if same or p.stance != "admitted" else replace(p, stance="alleged") for p in others)


def _same_as_whole_here(made: Draft, scenes: Scenes) -> None:
    """A part has the doers of its whole in the same sentence, whichever comes first."""
    if made.whole is not None and made.whole.sentence == made.sentence:
        _same_as_whole(made)


def _around(
    made: Draft, scenes: Scenes, fighters: set[int], stopped: set[int], apart: set[int], recalling: set[int]
) -> None:
    """Carries blame over from around, and lets a later claim of responsibility speak for the whole event; *fighters*
    and *stopped* are sentences of other people's dead, *apart* claims of other days, *recalling* sentences that recall
    another attack.
    """
    setting = scenes.at(made.sentence)
    if setting.other or "attacker" in made.flags or _by_other_hands(made) or is_of_a_case(made, scenes):
        return
    if setting.says(_BOTH_SIDES) or setting.says(_UNKNOWN):
        return
    _same_as_whole(made)
    if made.whole is not None and made.whole.sentence == made.sentence and not made.perpetrators:
        return
    victims = with_home(words_of(made), scenes)
    named = {p.actor for p in made.perpetrators}
    nameless = all(is_unnamed(actor) for actor in named)
    elsewhere = "recalled" in made.flags or id(made) in apart or is_dated_back(setting)
    another = made.scope in _TOTALS or elsewhere
    claimed = None if another else claimed_later(made, victims, scenes, recalling)
    if claimed is not None and (nameless or claimed.actor in named):
        made.perpetrators = stances(made, [claimed], scenes.house)
    elif nameless and not (another and made.harm == "displaced"):
        alike = made.victim_class == "combatant" or made.qualifier == "none_reported"
        others = (set() if alike else fighters) | (stopped if (made.number or 0) > 1 else set())
        found = told_near(made, victims, scenes, others, elsewhere=elsewhere)
        if made.scope == "cumulative" or _REMAINS.search(made.clause.plain, made.start, made.end):
            found = [b for b in found if not is_unnamed(b.actor)]
        if _by_a_bomber(made):
            found = [b for b in found if not _is_state(b.actor)]
        if found or not named:
            told = [replace(b, claimed=False) for b in found] if another else found
            made.perpetrators = stances(made, told, scenes.house)


def _by_a_bomber(made: Draft) -> bool:
    """ "… were hurt when a suicide bomber struck": a deed that is no state's."""
    return not made.active and _NO_STATES.search(made.clause.plain, made.end, made.end + _CLOSE) is not None


def _by_other_hands(made: Draft) -> bool:
    """ "Residents of the settlement killed a man": the clause says who did it, though no party."""
    if not made.active or made.clause.plain[made.start : made.end].split()[0].endswith("ing"):
        return False
    hit = _AGENT.search(made.clause.plain, made.clause.tokens[0].start, made.start)
    agent = lexicon.victims().get(hit[1].lower()) if hit is not None else None
    return agent is not None and agent.victim_class == "civilian"


def _of_fighters(drafts: Sequence[Draft]) -> set[int]:
    """The sentences that tell of the present dead of an armed group, and of nobody else's."""
    fighters = {d.sentence for d in drafts if GROUP_ROLES & set(words_of(d).split()) and "background" not in d.flags}
    return fighters - {d.sentence for d in drafts if d.victim_class != "combatant"}


def _of_the_stopped(drafts: Sequence[Draft]) -> set[int]:
    """The sentences that tell only of one person whom police or soldiers killed: "Police shot dead the man"."""
    told: defaultdict[int, list[Draft]] = defaultdict(list)
    for made in drafts:
        told[made.sentence].append(made)
    return {index for index, claims in told.items() if all(_is_stopped(made) for made in claims)}


def _is_stopped(made: Draft) -> bool:
    by_state = any(_is_state(p.actor) or p.actor.endswith("police") for p in made.perpetrators)
    return made.number == 1 and made.harm == "killed" and by_state and made.demographic != "children"


def _subject(made: Draft, setting: Setting, victims: str | None) -> list[Blame]:
    """ "Russian forces fighting to defend … have killed": the party that opens the clause did what its verb says."""
    plain, opening = made.clause.plain, made.clause.tokens[0].start
    for mention in reversed([m for m in setting.actors if m.end < made.start]):
        own = victims is not None and own_people(mention.name, victims)
        opens = mention.start <= opening + 30 or _OPENS_CLAUSE.search(plain, opening, mention.start)
        before = plain[max(opening, mention.start - 60) : mention.start]
        acts = not _told_of_another(plain, mention.end, made.start)
        acts = acts and not mention.place_like and not is_against(before) and not NOT_DOER.search(before)
        acts = acts and not _TARGET.search(before)
        if is_armed(mention) and opens and not own and acts and not _speaks(made, mention.end):
            another = _AFTER_A_DEED.search(plain, mention.end, made.start)
            return [] if another else [blame_of(mention, plain, opening, made.start)]
    return []


def _told_of_another(plain: str, end: int, start: int) -> bool:
    """ "The FBI questioned a friend of the man who shot 49 people": the clause is of somebody else than the party."""
    return _WHO.search(plain, end, start) is not None and _WHO_ACTS.match(plain, end, start) is None


def _speaks(made: Draft, end: int) -> bool:
    """Whether the party named before *end* only says what another did ("Police: Bomb kills four")."""
    return made.clause.plain[end : end + 1] == ":" or _SAYS.search(made.clause.plain, end, made.start) is not None


def _governing(made: Draft, blames: Sequence[Blame]) -> list[Blame]:
    """Of the sentence's doers the nearest to the claim, and those named beside it ("by A or B"); names before armed
    men without one.
    """
    if not blames:
        return []
    whole = made.whole
    made = whole if whole is not None and whole.sentence == made.sentence and whole.active else made
    subjects = [b for b in blames if b.at < made.start] if made.active else []
    blames = subjects or blames
    nearest = min(blames, key=lambda b: abs(b.at - made.start) if b.at < made.start else max(0, b.at - made.end))
    beside = [b for b in blames if abs(b.at - nearest.at) < 60]
    with_name = [b for b in beside if not is_unnamed(b.actor)]
    if with_name and any(b.hedged for b in beside if b not in with_name):
        return [replace(b, hedged=True) for b in with_name]
    return with_name or beside
