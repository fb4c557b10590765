"""What a load of a source should look like, and how far a reading is from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.records import Reading, Reject
from sources.table import Issues


@dataclass(frozen=True, slots=True)
class Expectations:
    """What a load of a source should look like. Shares are of the records, 0 to 1."""

    records_at_least: int
    """Of a complete release; a filtered export or an increment may be of any size."""
    records_at_most: int
    shares: Mapping[str, float]
    """Share of records with a date, place, point or figure."""


ENOUGH_FOR_SHARES = 20
"""Records from which on a share means something."""
FAR_BELOW = 0.5
"""A load with less than half of what is expected is held back; anything else below only warns."""


def compare(readings: Sequence[Reading], expects: Expectations, source: str, *, complete: bool) -> list[Reject]:
    """Compare the batches of one load with what its source expects. What is marked ``hold:`` is not to be published."""
    issues = Issues(source, f"{source}.load")
    loaded = [facts for reading in readings for facts in reading.facts]
    count = len(loaded)
    if complete and count < expects.records_at_least:
        _below("records", count, expects.records_at_least, issues)
    if count > expects.records_at_most:
        issues.add(f"{count} records, at most {expects.records_at_most} expected", value=count, stage="warn")
    if count >= ENOUGH_FOR_SHARES:
        for name, expected in expects.shares.items():
            share = sum(_HAS[name](facts) for facts in loaded) / count
            if share < expected:
                _below(f"share of records with a {name}", round(share, 3), expected, issues)
    return issues.found


def _below(what: str, found: float, expected: float, issues: Issues) -> None:
    far = found < expected * FAR_BELOW
    check = f"{what}: {found}, at least {expected} expected"
    issues.add(f"hold: {check}" if far else check, value=found, stage="validate" if far else "warn")


_HAS = {
    "figure": lambda facts: any(c.low is not None or c.best is not None or c.high is not None for c in facts.claims),
    "date": lambda facts: any(c.date_start or c.period_end for c in facts.claims),
    "place": lambda facts: any(c.place_text for c in facts.claims),
    "point": lambda facts: any(c.lat is not None for c in facts.claims),
}
