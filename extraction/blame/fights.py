"""The other side of a fight: whom the dead of a clash are laid to when no doer of their death is named."""

from __future__ import annotations

import re
from collections import Counter

from extraction.blame.sides import own_people
from extraction.drafts import Draft
from extraction.mentions.accusations import ARMED, Blame, blame_of, is_armed
from extraction.mentions.bodies import is_unnamed
from extraction.mentions.settings import Scenes, Setting
from extraction.names.actors import ActorMention, actors, canonical, parent_of
from extraction.words.lexicon import nationalities, pattern, sought, words

_FIGHT = sought("fights", "fight")
_WITH = sought("fights", "opponent_after")
_FALLEN = pattern("fights", "fallen")
STATE_ROLES = words("fights", "state_roles")
GROUP_ROLES = words("fights", "group_roles")
_SAID = re.compile(
    r" (?:sources |officials |officers |agents )?(?:also |had |have |has )?"
    r"(?:said|says?|told|reported|confirmed|announced)\b"
)
_OFFICES = ("police", "intelligence")
_FORCES = ("police", "army", "military", "forces", "troops")
_STATES = frozenset({"state_military", "coalition", "government"})


def opposed(one: str, other: str) -> bool:
    """Whether the victims' words are of two sides: a state's soldiers or police here, an armed group's men there."""
    sides = [(bool(heads & STATE_ROLES), bool(heads & GROUP_ROLES)) for heads in (set(one.split()), set(other.split()))]
    return {(True, False), (False, True)} == set(sides)


def foes(made: Draft, victims: str, setting: Setting, scenes: Scenes) -> list[Blame]:
    """The side that fought against the dead of *made*, soldiers or militants, where their sentence tells of a fight."""
    if made.victim_class != "combatant" or made.scope not in {"incident", "period"}:
        return []
    if made.flags & {"attacker", "recalled"}:
        return []
    if made.whole is not None and made.whole.sentence == made.sentence:
        return []
    heads = {*victims.split(), *(made.role or "").split()}
    of_state = bool(heads & STATE_ROLES)
    if made.qualifier == "none_reported" or not (of_state or heads & GROUP_ROLES) or not setting.says(_FIGHT):
        return []
    told = _told(made, victims, of_state, setting, scenes)
    if told is not None:
        return [blame_of(told, scenes.plain, max(0, told.start - 70), told.end + 25)]
    party = _speaking(made, of_state)
    return [Blame(party, made.end, False, False, "armed_group")] if party else []


def _told(made: Draft, victims: str, of_state: bool, setting: Setting, scenes: Scenes) -> ActorMention | None:
    """The opponent named with the fight, else in the sentences before, else the one that the text speaks of most."""

    def alive(mention: ActorMention) -> bool:
        speaks = mention.name.endswith(_OFFICES) and _SAID.match(scenes.plain, mention.end)
        return not speaks and not _FALLEN.match(scenes.plain, mention.end)

    near = [near for near in (setting, *scenes.before(made.sentence)) if near is setting or not near.other]
    against = [m for m in setting.actors if _WITH.search(scenes.plain, setting.span.start, m.start)]
    found = [m for m in against if _opposes(m, victims, None) and not (of_state and _serves_here(m, victims, made))]
    found += [m for each in near for m in each.free_actors if _opposes(m, victims, of_state) and alive(m)]
    every = [m for m in scenes.actors if _opposes(m, victims, of_state) and alive(m)]
    by_number = Counter(m.name for m in every).most_common(1)
    found += [m for m in every if m.name == by_number[0][0]][:1]
    return next((m for m in found if not is_unnamed(m.name)), found[0] if found else None)


def _opposes(mention: ActorMention, victims: str, of_state: bool | None) -> bool:
    """Whether *mention* can be the other side: a group for a state's dead, a state's forces for a group's."""
    if not is_armed(mention) or own_people(mention.name, victims):
        return False
    return of_state is None or (mention.kind in _STATES or (of_state and _serves_a_state(mention.name))) is not of_state


def _serves_here(mention: ActorMention, victims: str, made: Draft) -> bool:
    """Whether *mention* is the army of the country where "soldiers" without a nationality fell: they are its own."""
    row = actors().get(mention.name)
    if row is None or row.kind not in _STATES or row.country != made.country:
        return False
    told = set(victims.split())
    return bool({"soldiers", "troops"} & told) and not any(word in nationalities() for word in told)


def _serves_a_state(group: str) -> bool:
    """Whether *group* stands under a state: auxiliaries of an army do not kill its soldiers."""
    above = actors().get(parent_of(group) or "")
    return above is not None and above.kind in _STATES


def _speaking(made: Draft, of_state: bool) -> str | None:
    """The army or group that tells of the dead of the other side."""
    party = canonical(made.claimant)
    row = actors().get(party)
    armed = row.kind in ARMED if row is not None else party.lower().endswith(_FORCES)
    return party if armed and not of_state else None
