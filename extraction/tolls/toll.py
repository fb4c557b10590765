"""What a document reports as having happened, every person counted once: from its claims to a toll for each harm.

Three steps. Claims that a reader would not count are left out (running totals, superseded figures, restatements).
Parts are folded into their totals and lists into sums, which gives *statements*. Statements about the same people are
compared (a part, a restatement, a correction, a rival figure), those about other people added. What is a coder's
convention rather than the text's meaning is an option (`TollOptions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.tolls.counting import DEFAULT, TollOptions, presets
from extraction.tolls.occasions import without_history
from extraction.tolls.people import People, place, same_incident
from extraction.tolls.statements import statements, total
from schemas.records import Claim, Toll

__all__ = ["DEFAULT", "TollOptions", "document_tolls", "presets", "tolls_by_counting"]

_LOOSE = frozenset({"vague", "unquantified"})
_ATTACKERS_DIED = "attackers_died_"
"""Flag of a claim beside a suicide attack; the number of attackers follows."""
_OWN_END = "own_end_"
"""Flag of a claim of those whom somebody killed or hurt before an end by their own hand; the number follows."""
_EITHER = "killed_or_injured"
_TOLD_APART = ("killed", "injured")
_DEAD_WORDS = r"\b(?:deaths?|dead|fatalities|kill(?:ed|ing)|martyrs)\b"
_HURT_WORDS = r"\b(?:wound(?:ed|ing)|injur(?:ed|ing|ies)|hurt)\b"
_BOTH = {
    "killed": re.compile(rf"{_DEAD_WORDS}.{{0,9}} (?:and|&) \S|(?:\band|&) (?:the )?{_DEAD_WORDS}", re.IGNORECASE),
    "injured": re.compile(rf"{_HURT_WORDS}.{{0,9}} (?:and|&) \S|(?:\band|&) (?:the )?{_HURT_WORDS}", re.IGNORECASE),
}
"""Words that tell of some people of each harm under one figure ("deaths and injuries")."""
_SHOT = re.compile(r"\bshot\b", re.IGNORECASE)


def document_tolls(claims: Sequence[Claim], options: TollOptions = DEFAULT) -> tuple[Toll, ...]:
    """The toll of each harm that *claims* (all of one document) report, in order of harm.

    Events that are only recalled ("in revenge for the killing of two men") count where the text opens with them and
    tells of nothing else.
    """
    counted: dict[str, list[Claim]] = {}
    kept = [claim for claim in claims if _counts(claim, options) and not _bettered(claim, claims)]
    kept = [claim for claim in kept if "recalled" not in claim.flags] or [
        claim for claim in kept if "opening" in claim.flags
    ]
    kept = without_history(kept)
    for claim in sorted(kept, key=lambda item: (_stands(item), item.number)):
        for harm in {_harm(claim, options), "killed" if "found_dead" in claim.flags else claim.harm}:
            counted.setdefault(harm, []).append(claim)
    if options.shot:
        _count_shot(counted)
    if options.bare_plural:
        _count_some(counted)
    tolls = {harm: _toll(harm, chosen, claims, options) for harm, chosen in counted.items() if chosen}
    if options.implied_attackers and (dead := _implied(claims, counted.get("killed", ()))):
        tolls["killed"] = _plus(tolls.get("killed", Toll("killed", 0, 0, 0)), dead)
    if _EITHER in tolls:
        tolls[_EITHER] = _rest(tolls[_EITHER], [tolls[harm] for harm in _TOLD_APART if harm in tolls])
    return tuple(tolls[harm] for harm in sorted(tolls))


def _stands(claim: Claim) -> int:
    """Where the words for the people stand: their number, or the name of somebody."""
    return claim.quote_start if "named" in claim.flags else claim.value_start or claim.quote_start


def tolls_by_counting(claims: Sequence[Claim]) -> Iterator[Toll]:
    """The tolls by every named set of options, the default first."""
    for name, options in presets().items():
        for toll in document_tolls(claims, options):
            yield replace(toll, counting=name)


def _count_shot(counted: dict[str, list[Claim]]) -> None:
    """Moves the people shot to the killed where *counted* has nobody killed or injured."""
    shot = [claim for claim in counted.get(_EITHER, ()) if _SHOT.search(claim.quote)]
    if shot and not any(claim.high != 0 for harm in _TOLD_APART for claim in counted.get(harm, ())):
        counted["killed"] = shot
        counted[_EITHER] = [claim for claim in counted[_EITHER] if claim not in shot]


def _count_some(counted: dict[str, list[Claim]]) -> None:
    """ "A number of deaths and injuries": some of each, where *counted* has nobody of that harm."""
    told = counted.get(_EITHER, ())
    for harm in _TOLD_APART:
        some = [
            replace(claim, harm=harm, qualifier="unquantified")
            for claim in told
            if claim.qualifier in _LOOSE and _BOTH[harm].search(claim.quote)
        ]
        if some and not any(claim.high != 0 for claim in counted.get(harm, ())):
            counted[harm] = some


def _implied(claims: Sequence[Claim], killed: Sequence[Claim]) -> int:
    """How many attackers must have died beside *killed* although no claim counts them."""
    if any("attacker" in claim.flags for claim in claims):
        return 0
    if ended := _flagged(claims, _OWN_END):
        return ended
    if any(
        claim.victim_class in {"unknown", "mixed"} and claim.high != 0 and claim.part_of is None for claim in killed
    ):
        return 0
    return _flagged(claims, _ATTACKERS_DIED)


def _flagged(claims: Sequence[Claim], name: str) -> int:
    """The largest number that a flag of *claims* beginning with *name* gives; 0 without one."""
    flags = (flag for claim in claims for flag in claim.flags if flag.startswith(name))
    return max((int(flag.removeprefix(name)) for flag in flags), default=0)


def _plus(toll: Toll, people: int) -> Toll:
    low, best, high = (None if value is None else value + people for value in (toll.low, toll.best, toll.high))
    return Toll(toll.harm, low, best, high)


def _rest(either: Toll, told: Sequence[Toll]) -> Toll:
    """What of the "casualties" is not already counted as killed or injured."""
    counted = sum(toll.low or 0 for toll in told)
    low, best, high = (
        None if value is None else max(value - counted, 0) for value in (either.low, either.best, either.high)
    )
    return Toll(either.harm, low, best, high)


def _harm(claim: Claim, options: TollOptions) -> str:
    if (options.missing and claim.harm == "missing") or (options.bodies_found and claim.harm == "bodies_found"):
        return "killed"
    return claim.harm


def _counts(claim: Claim, options: TollOptions) -> bool:
    """Whether a reader would count *claim* at all."""
    if claim.scope in {"period", "cumulative"} and not options.running_totals:
        return False
    if "background" in claim.flags and not options.other_incidents:
        return False
    if "superseded" in claim.flags or claim.segment == "related":
        return False
    if "attacker" in claim.flags and not options.attackers:
        return False
    if claim.victim_class == "combatant" and not options.combatants:
        return False
    return claim.qualifier != "relative" and (claim.qualifier != "unquantified" or options.bare_plural > 0)


def _bettered(claim: Claim, everything: Sequence[Claim]) -> bool:
    """Whether *claim* only names a plural although the text gave a number of that harm before it."""
    return claim.qualifier == "unquantified" and any(
        other.harm == claim.harm
        and other.high != 0
        and other.qualifier != "unquantified"
        and other.quote_start < claim.quote_start
        for other in everything
    )


def _toll(harm: str, chosen: Sequence[Claim], everything: Sequence[Claim], options: TollOptions) -> Toll:
    incidents: list[list[People]] = []
    for statement in statements(chosen, everything, options):
        if not statement.high:
            continue
        same = next((groups for groups in incidents if same_incident(statement, groups[0])), None)
        if same is not None and place(statement, same, options):
            continue
        if not incidents or options.other_incidents:
            incidents.append([People([statement])])
    groups = [group for incident in incidents for group in incident]
    low = sum(group.low for group in groups)
    high = sum(group.high for group in groups)
    best = total(group.told[0].best for group in groups)
    ended = all(any(not item.open for item in group.told) for group in groups)
    return Toll(harm, low, best, high if ended else None)
