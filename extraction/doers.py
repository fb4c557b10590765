"""Whom each claim is laid to: the doers of its own sentence, else those that the sentences around it tell of."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.actors import canonical
from extraction.blame import ARMED, Blame, stances
from extraction.drafts import Draft
from extraction.lexicon import pattern
from extraction.settings import Scenes, Setting
from extraction.sides import own_people
from schemas.records import Perpetrator

_OWN_FORCES = pattern("doers", "own_forces")
_OWNER = pattern("doers", "owner")


def own(made: Draft, setting: Setting) -> None:
    """Lays the claim to the doers that its own sentence names."""
    before = made.clause.plain[made.clause.tokens[0].start : made.start]
    if made.active and made.claimant != "narrator" and _OWN_FORCES.search(before[-60:]):
        made.perpetrators = (Perpetrator(canonical(made.claimant), "admitted", made.claimant),)
        return
    victims = _victims(made)
    fighting = made.victim_class == "combatant"
    blames = _governing(made, [b for b in setting.blames if not fighting or not own_people(b.actor, victims)])
    if not blames and made.active:
        blames = _subject_actor(made, setting)
    made.perpetrators = stances(made, blames, made.claimant)


def _subject_actor(made: Draft, setting: Setting) -> list[Blame]:
    """ "Russian forces fighting to defend … have killed": the party that opens the clause did what its verb says."""
    opening = made.clause.tokens[0].start
    first = [
        m
        for m in setting.actors
        if m.kind in ARMED and m.start <= opening + 4 and not m.place_like and m.end < made.start
    ]
    spoken = made.claimant_text is not None and made.claimant != "narrator"
    return [Blame(first[0].name, first[0].start, False, False, first[0].kind)] if first and not spoken else []


def around(made: Draft, setting: Setting, before: Sequence[Setting], scenes: Scenes) -> None:
    """Carries blame over from around, and lets a later claim of responsibility speak for the whole event."""
    if setting.other or "attacker" in made.flags or (made.scope != "incident" and not before):
        return
    victims = _victims(made)
    claimed = [
        b
        for near in scenes.after(made.sentence)
        if not near.other
        for b in near.blames
        if b.claimed and not own_people(b.actor, victims)
    ]
    named = {p.actor for p in made.perpetrators}
    if claimed and (not named or claimed[0].actor in named):
        made.perpetrators = stances(made, claimed[:1], made.claimant)
    elif not named:
        nearby = [*before, *scenes.after(made.sentence)[:4]] if made.scope == "incident" else before[:1]
        near = next((n for n in nearby if n.blames and not n.other), None)
        made.perpetrators = stances(
            made, [b for b in near.blames if not own_people(b.actor, victims)][:2] if near else [], made.claimant
        )


def _victims(made: Draft) -> str:
    """The victims' words in lower case, with whose they are ("three members of the … brigade")."""
    last = made.clause.tokens[made.group.last - 1].end
    owner = _OWNER.match(made.clause.plain, last)
    return " ".join(made.group.words) + (owner.group().lower() if owner is not None else "")


def _governing(made: Draft, blames: Sequence[Blame]) -> list[Blame]:
    """Of the sentence's doers the nearest to the claim, and those named beside it ("by A or B")."""
    if not blames:
        return []
    nearest = min(blames, key=lambda b: abs(b.at - made.start) if b.at < made.start else max(0, b.at - made.end))
    return [b for b in blames if abs(b.at - nearest.at) < 60]
