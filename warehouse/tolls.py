"""The document toll used where the caller brings no counting rule of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from schemas.records import Claim, Toll

TollRule = Callable[[Sequence[Claim]], Iterable[Toll]]


def counts(claim: Claim) -> bool:
    """True for a figure of an incident that repeats nobody: no part, restatement, superseded figure or teaser."""
    repeated = claim.part_of is not None or claim.restates is not None or "superseded" in claim.flags
    return claim.scope == "incident" and not repeated and claim.segment != "related"


def disjoint_toll(claims: Sequence[Claim]) -> list[Toll]:
    """Sums the counted claims of each harm: people (low, best, high). An open end counts at the figure that the words
    name.

    Harms without any number give no row.
    """
    sums: dict[str, list[int]] = {}
    for claim in claims:
        named = [n for n in (claim.low, claim.best, claim.high) if n is not None]
        if not counts(claim) or not named:
            continue
        low = next(n for n in (claim.low, claim.best, 0) if n is not None)
        high = next(n for n in (claim.high, claim.best, claim.low) if n is not None)
        best = next(n for n in (claim.best, claim.low, claim.high) if n is not None)
        total = sums.setdefault(claim.harm, [0, 0, 0])
        sums[claim.harm] = [total[0] + low, total[1] + best, total[2] + high]
    return [Toll(harm, low, best, high) for harm, (low, best, high) in sorted(sums.items())]
