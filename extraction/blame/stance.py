"""How surely a claim lays its harm to a doer: alleged, possible, admitted, denied."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.drafts import Draft
from extraction.mentions.accusations import Blame
from extraction.names.actors import actors, canonical, parent_of
from extraction.words.lexicon import pattern, sought, words
from schemas.records import Perpetrator

_STATE_VOICES = words("stance", "state_voices")
_CIVIL = sought("stance", "civil")
_MINISTER = pattern("stance", "minister")
_OFFICES = (
    *(" officials", " authorities", " military", " government", " police", " ministry"),
    *(" army", " forces", " air force", " navy", " troops"),
)


def stances(made: Draft, blames: Sequence[Blame], house: str | None) -> tuple[Perpetrator, ...]:
    """The perpetrators of *made* with their stance, each actor once; *house* is the party that publishes the text and
    speaks where nobody else does.
    """
    told: dict[str, str] = {}
    for blame in blames:
        told.setdefault(blame.actor, _stance(made, blame, house))
        if blame.claimed:
            told[blame.actor] = "admitted"
    return tuple(Perpetrator(actor, stance, made.claimant) for actor, stance in told.items())


def speaks_for(voice: str, actor: str) -> bool:
    """Whether *voice* is *actor*, stands under or above it, or is an office of its state ("Turkish officials")."""
    own, other = _state_of(voice), _state_of(actor)
    return bool({own, parent_of(own)} & {other} or {other, parent_of(other)} & {own})


def _state_of(name: str) -> str:
    """The actor behind *name*: for an office of a state ("Turkish officials", "Somali police") its forces."""
    first = name.split()[0] if name else ""
    row = actors().get(canonical(name))
    if (row is not None and row.kind == "armed_group") or _CIVIL.search(name):
        return canonical(name)
    office = name.lower().endswith(_OFFICES) or _MINISTER.match(name)
    return canonical(f"{first} forces") if office else canonical(name)


def _of_the_state(voice: str, blame: Blame) -> bool:
    """Whether an unnamed office of a state ("police", "military officials") tells of its own forces."""
    return voice.lower() in _STATE_VOICES and blame.kind in {"state_military", "government"}


def _stance(made: Draft, blame: Blame, house: str | None) -> str:
    voice = house if house is not None and made.claimant == "narrator" else made.claimant
    own = speaks_for(voice, blame.actor) or (made.victim_class == "combatant" and _of_the_state(voice, blame))
    disputes = blame.denies or "voice:deny" in made.rules
    if (own and made.qualifier == "none_reported") or (disputes and (own or voice == "narrator")):
        return "denied"
    if blame.claimed or (own and not blame.hedged):
        return "admitted"
    return "possible" if blame.hedged else "alleged"
