"""Who claims that are silent about it are laid to: what the text's statements of responsibility say of their event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extraction.blame.sides import own_people, same_side
from extraction.words.lexicon import sought
from schemas.records import Claim, Perpetrator, Position

_HEDGE = sought("accusations", "hedge")


def told(claims: Sequence[Claim], positions: Sequence[Position]) -> list[Claim]:
    """*claims* of one text, with those whose doer is not told beside them given whom *positions* hold responsible.

    A party that takes responsibility is added beside others or makes its own stance ``admitted``; blame by somebody
    else only fills what is empty. A party is never held responsible for harm to its own people, nor for its attackers.
    """
    made = list(claims)
    for position in positions:
        party = _held(position)
        if party is None:
            continue
        for number in position.about:
            if made[number].scope == "incident" and not _own_loss(made[number], party):
                made[number] = replace(made[number], perpetrators=_joined(made[number].perpetrators, party))
    return made


def _held(position: Position) -> Perpetrator | None:
    """The party that *position* holds responsible, where it holds one."""
    if position.position == "accepted_responsibility":
        return Perpetrator(position.actor, "admitted", position.actor)
    if position.position == "possible_responsibility":
        return Perpetrator(position.actor, "possible", position.actor)
    if position.position == "blames" and position.target is not None:
        stance = "possible" if _HEDGE.search(position.quote) else "alleged"
        return Perpetrator(position.target, stance, position.actor)
    return None


def _own_loss(claim: Claim, party: Perpetrator) -> bool:
    attackers = {"attacker", "background", "recalled"} & set(claim.flags)
    return bool(attackers) or own_people(party.actor, claim.quote.lower())


def _joined(before: tuple[Perpetrator, ...], party: Perpetrator) -> tuple[Perpetrator, ...]:
    if not before:
        return (party,)
    if party.stance != "admitted":
        return before
    if any(one.actor != party.actor and same_side(one.actor, party.actor) for one in before):
        return tuple(replace(one, stance="admitted") if same_side(one.actor, party.actor) else one for one in before)
    others = tuple(one for one in before if one.actor != party.actor)
    admitted = all(one.stance == "admitted" for one in others)
    return (*others, party) if admitted or len(others) < len(before) else before
