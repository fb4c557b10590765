"""What a load says beyond the texts of its records: which release they are of, which were taken back, what looks wrong.

Only datasets with versions have releases (UCDP); an article has none. Every monitor's source states what a load of it
should look like: what is far below is held back until a person says that it may be published.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from schemas.keys import content_key
from schemas.records import Facts, Hold, Reading, Reject, Withdrawal
from sources import registry, ucdp
from sources.expectations import ENOUGH_FOR_SHARES, FAR_BELOW, HOLD, is_hold

STATED = ("ucdp", "acled", "airwars", "airwars_pages", "cjtf", "sohr", "snhr")
"""Sources that look at a whole load; a mapping looks at its own table while it is read."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one load takes of a run: the readings of one release, or all that have none."""

    release: str | None
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """``readings`` that are to be published with their ``release``, the records ``withdrawn`` with it, what the numbers
    make odd, and what is held back."""

    readings: tuple[Reading, ...]
    release: str | None = None
    withdrawn: tuple[Withdrawal, ...] = ()
    rejects: tuple[Reject, ...] = ()
    holds: tuple[Hold, ...] = ()


def parts(readings: Sequence[Reading]) -> list[Part]:
    """The readings of a run release by release, the oldest first: each is a load of its own."""
    groups: dict[str | None, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.release].append(reading)
    return [Part(release, tuple(groups[release])) for release in sorted(groups, key=_age)]


def terms(part: Part, previous: Callable[[str], Mapping[str, date | None]], published: Collection[str]) -> Terms:
    """The terms of one load.

    Args:
        part: what arrives together.
        previous: what stands of a source: native id to first day (`warehouse.held`).
        published: ids of holds that a person has said to publish.
    """
    gone = _gone(part, previous)
    odd = [*_expectations(part.readings), *_shrunk(gone, part, previous)]
    own = {source: [r for r in part.readings if _source(r) == source] for source in _held_sources(part, odd)}
    holds, rejects = [], [reject for reject in odd if not is_hold(reject)]
    for source, readings in own.items():
        told = [r for r in (*odd, *_rejects(readings)) if is_hold(r) and r.source == source]
        held_id = _held_id(source, part.release, readings)
        hold = Hold(held_id, source, part.release, _reasons(told), tuple(map(_without_holds, readings)))
        if hold.held_id not in published:
            holds.append(hold)
        rejects += [replace(r, stage="warn", check=f"published by decision: {_reason(r)}") for r in told]
    held = {hold.source for hold in holds}
    kept = tuple(_without_holds(r) for r in part.readings if _source(r) not in held)
    marks = () if ucdp.NAME in held else tuple(Withdrawal(f"{ucdp.NAME}:{n}", _absent(part)) for n in sorted(gone))
    listed = tuple(mark for reading in kept for mark in reading.withdrawn)
    return Terms(kept, part.release, (*listed, *marks), tuple(r for r in rejects if r.source not in held), tuple(holds))


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


def _age(release: str | None) -> tuple[int, ...]:
    """Orders releases as their source counts them: 25.1 before 26.0.7; none comes first."""
    return tuple(int(number) for number in re.findall(r"\d+", release or ""))


def _source(reading: Reading) -> str:
    """Which source a reading is of."""
    named = (f.document.source for f in reading.facts)
    return next(named, None) or next((reject.source for reject in reading.rejects), "")


def _expectations(readings: Sequence[Reading]) -> list[Reject]:
    """What each source's own expectations say of its part of the load."""
    found: list[Reject] = []
    for name in STATED:
        own = [reading for reading in readings if reading.facts and reading.facts[0].document.source == name]
        module: Any = registry.module(name) if own else None
        found += module.expectations(own) if own else []
    return found


def _gone(part: Part, previous: Callable[[str], Mapping[str, date | None]]) -> set[str]:
    of_release = [reading for reading in part.readings if reading.release]
    return ucdp.vanished(previous(ucdp.NAME), of_release) if of_release else set()


def _shrunk(gone: set[str], part: Part, previous: Callable[[str], Mapping[str, date | None]]) -> list[Reject]:
    """A release that would take back most of what stands is more likely cut off than right."""
    if len(gone) < ENOUGH_FOR_SHARES:
        return []
    covered = [reading.covers for reading in part.readings if reading.covers]
    first, last = covered[0]
    stood = sum(1 for day in previous(ucdp.NAME).values() if day and first <= day <= last)
    if len(gone) < stood * FAR_BELOW:
        return []
    check = f"{HOLD}{len(gone)} of the {stood} records that stand would be withdrawn"
    return [Reject(ucdp.NAME, "validate", check, f"{ucdp.NAME}.load", failure_case=str(len(gone)))]


def _held_sources(part: Part, odd: Sequence[Reject]) -> list[str]:
    return list(dict.fromkeys(r.source for r in (*odd, *_rejects(part.readings)) if is_hold(r)))


def _rejects(readings: Sequence[Reading]) -> list[Reject]:
    return [reject for reading in readings for reject in reading.rejects]


def _without_holds(reading: Reading) -> Reading:
    return replace(reading, rejects=tuple(reject for reject in reading.rejects if not is_hold(reject)))


def _held_id(source: str, release: str | None, readings: Sequence[Reading]) -> str:
    """The same for the same bytes, wherever they come from."""
    bytes_of = sorted({facts.document.snapshot_id for reading in readings for facts in reading.facts})
    return content_key("load", source, release, *bytes_of)


def _reason(reject: Reject) -> str:
    return reject.check.removeprefix(HOLD)


def _reasons(told: Sequence[Reject]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_reason(reject) for reject in told))


def _absent(part: Part) -> str:
    return f"not in release {part.release}"
