"""What a load says beyond the texts of its records: which release they are of, which were taken back, what looks wrong.

Only datasets with versions have it (UCDP, ACLED); an article has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.records import Facts, Reading, Reject, Withdrawal
from sources import acled, ucdp


@dataclass(frozen=True, slots=True)
class Terms:
    """``release`` of all records of one load, the records ``withdrawn`` with it, and what its numbers make odd."""

    release: str | None = None
    withdrawn: tuple[Withdrawal, ...] = ()
    rejects: tuple[Reject, ...] = ()


def terms(readings: Sequence[Reading], previous: Callable[[str], Mapping[str, date | None]]) -> Terms:
    """The terms of one load; ``previous`` gives what stands of a source: native id to first day (`warehouse.held`).

    Two releases in one load cannot be told apart row by row: then none is noted and a warning says so.
    """
    releases = sorted({reading.release for reading in readings if reading.release})
    told = tuple(mark for reading in readings for mark in reading.withdrawn)
    rejects = tuple(_expectations(readings))
    if len(releases) > 1:
        return Terms(None, told, (*rejects, _mixed(releases)))
    release = releases[0] if releases else None
    of_release = [reading for reading in readings if reading.release]
    gone = ucdp.vanished(previous(ucdp.NAME), of_release) if of_release else set()
    marks = (Withdrawal(f"{ucdp.NAME}:{name}", f"not in release {release}") for name in sorted(gone))
    return Terms(release, (*told, *marks), rejects)


def stand(standing: dict[str, dict[str, date | None]], facts: Sequence[Facts], terms: Terms) -> None:
    """Brings ``standing`` (source to native id to first day) up to date with a load that is being replayed."""
    for fact in facts:
        document = fact.document
        if document.source == ucdp.NAME and document.locator is not None:
            first = fact.incident.date_start if fact.incident is not None else None
            standing[document.source][document.locator] = first
    for mark in terms.withdrawn:
        source, _, name = mark.version_key.partition(":")
        standing[source].pop(name, None)


def _expectations(readings: Sequence[Reading]) -> list[Reject]:
    """What each dataset's own expectations say of its part of the load."""
    found: list[Reject] = []
    for module in (ucdp, acled):
        own = [reading for reading in readings if reading.facts and reading.facts[0].document.source == module.NAME]
        found += module.expectations(own) if own else []
    return found


def _mixed(releases: Sequence[str]) -> Reject:
    return Reject(
        ucdp.NAME, "warn", f"releases {', '.join(releases)} came in one load and are not noted: ingest them one by one"
    )
