"""Which side of a fight the dead of a statement were on: a state's forces, or those who fight them."""

from __future__ import annotations

import re

from extraction.names.actors import actors, canonical, is_of_state
from extraction.tolls.statements import Statement
from extraction.words.lexicon import sought, victims, words
from schemas.records import Claim

_FORCES = words("sides", "forces")
_FIGHTERS = words("sides", "fighters")
_NAME = re.compile(r"[ \w'’-]{0,24}?\b((?:[A-Z][\w'’-]*)(?: (?:[A-Z][\w'’-]*))*)")
"""The name in the words behind a number ("35 Boko Haram members", "ten fighters of the Shining Path")."""
_SECURITY = sought("sides", "security")
STATE, AGAINST = "state", "against"


def side(statement: Statement) -> str | None:
    """``state`` for a state's forces, ``against`` for those who fight them, None where the words tell neither."""
    sides = {_side(claim) for claim in statement.claims}
    return sides.pop() if len(sides) == 1 else None


def roles(claim: Claim) -> frozenset[str]:
    """The role that *claim* counts, in the plural of the vocabulary ("BLA militant" is militants)."""
    if not claim.role:
        return frozenset()
    last = claim.role.casefold().split()[-1]
    known = victims().get(last)
    return frozenset({known.role if known is not None and known.role else last})


def _side(claim: Claim) -> str | None:
    if claim.victim_class != "combatant":
        return None
    if "attacker" in claim.flags:
        return AGAINST
    told = roles(claim)
    if told & _FIGHTERS:
        return AGAINST
    return STATE if told & _FORCES or _SECURITY.search(claim.role or "") else _of_the_named(claim)


def _of_the_named(claim: Claim) -> str | None:
    """The side of the party that the people are called by ("killed 35 Boko Haram")."""
    end = (claim.value_end or claim.quote_end) - claim.quote_start
    named = _NAME.match(claim.quote, end)
    known = actors().get(canonical(named[1])) if named is not None else None
    if known is None:
        return None
    if known.kind == "armed_group":
        return AGAINST
    return STATE if is_of_state(known.name) else None
