"""What a load of a source should look like, and how far a reading is from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schemas.records import Facts, Reading, Reject
from sources.table import Issues

HOLD = "hold: "
"""How the check of a reject begins that keeps a load from being published until a person says so."""
ENOUGH_FOR_SHARES = 20
"""Records from which on a share means something."""
FAR_BELOW = 0.5
"""A load with less than half of what is expected is held back; anything else below only warns."""


@dataclass(frozen=True, slots=True)
class Expectations:
    """What a load of a source should look like. Shares are of the records, 0 to 1."""

    records_at_least: int
    """Of a complete release; a filtered export or an increment may be of any size."""
    records_at_most: int
    shares: Mapping[str, float]
    """Share of records with a date, place, point, figure or finding."""


@dataclass(slots=True)
class Tally:
    """Counts the records of a load while they are read."""

    expects: Expectations
    records: int = 0
    have: Counter[str] = field(default_factory=Counter)

    def add(self, reading: Reading) -> None:
        """Count one batch."""
        self.records += len(reading.facts)
        for name in self.expects.shares:
            self.have[name] += sum(_HAS[name](facts) for facts in reading.facts)

    def found(self, source: str, *, complete: bool) -> list[Reject]:
        """How far it is from what is expected; a check that begins with `HOLD` is far below."""
        issues = Issues(source, f"{source}.load")
        count, expects = self.records, self.expects
        if complete and count < expects.records_at_least:
            _below("records", count, expects.records_at_least, issues)
        if count > expects.records_at_most:
            issues.add(f"{count} records, at most {expects.records_at_most} expected", value=count, stage="warn")
        if count >= ENOUGH_FOR_SHARES:
            for name, expected in expects.shares.items():
                share = self.have[name] / count
                if share < expected:
                    _below(f"share of records with a {name}", round(share, 3), expected, issues)
        return issues.found


def compare(readings: Iterable[Reading], expects: Expectations, source: str, *, complete: bool) -> list[Reject]:
    """Compare the batches of one load with what its source expects. What is marked ``hold:`` is not to be published."""
    tally = Tally(expects)
    for reading in readings:
        tally.add(reading)
    return tally.found(source, complete=complete)


def is_hold(reject: Reject) -> bool:
    """Whether the reject keeps its load from being published."""
    return reject.check.startswith(HOLD)


def _below(what: str, found: float, expected: float, issues: Issues) -> None:
    far = found < expected * FAR_BELOW
    check = f"{what}: {found}, at least {expected} expected"
    issues.add(f"{HOLD}{check}" if far else check, value=found, stage="validate" if far else "warn")


def _has_finding(facts: Facts) -> bool:
    return any(entry.finding != "not_stated" for entry in facts.entries)


_HAS = {
    "figure": lambda facts: any(c.low is not None or c.best is not None or c.high is not None for c in facts.claims),
    "date": lambda facts: any(c.date_start or c.period_end for c in facts.claims),
    "place": lambda facts: any(c.place_text for c in facts.claims),
    "point": lambda facts: any(c.lat is not None for c in facts.claims),
    "finding": _has_finding,
}
