"""The main job as plain functions: read, skip what is known, extract, load in one transaction, link.

No Prefect here: the commands call `ingest`, the flows call the steps (docs/decisions/0003).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import extraction
import sources
import warehouse
from extraction.tolls.toll import tolls_by_counting
from flows import extracting, releasing
from flows.progress import Progress
from schemas.records import Document, Facts, Reading, Reject

Item = TypeVar("Item")

WAITING = "SELECT DISTINCT held_in FROM raw.record WHERE held_in IS NOT NULL ORDER BY held_in"
"""Holds of which nothing has been published."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run. It is a table of one row, too (`flows.render.Rows`)."""

    documents: int
    """Documents received; ``unchanged`` of them were known already."""
    claims: int
    """Claims written now."""
    rejected: int
    """Rows of quarantine that this input gave."""
    unchanged: int
    failed: tuple[str, ...]
    """A sentence for each input that could not be read at all."""
    seconds: float
    held: tuple[str, ...] = ()
    """A sentence for each load that was kept and not published."""

    @property
    def columns(self) -> tuple[str, ...]:
        return ("documents", "claims", "rejected", "unchanged", "failed inputs", "seconds")

    @property
    def rows(self) -> list[tuple[object, ...]]:
        return [(self.documents, self.claims, self.rejected, self.unchanged, len(self.failed), round(self.seconds, 1))]


@dataclass(frozen=True, slots=True)
class Todo:
    """What of an input is left to do: ``facts`` are new or changed, ``seen`` is in the warehouse as it is."""

    facts: tuple[Facts, ...]
    seen: tuple[Document, ...]


def ingest(
    inputs: Sequence[str], path: Path, *, source: str | None = None, told: Mapping[str, Any] | None = None,
    jobs: int | None = None, progress: Progress | None = None, flow: str = "ingest",
) -> Summary:  # fmt: skip
    """Read ``inputs`` (files, folders, URLs, ``-``) into the warehouse at ``path`` and link it.

    The same input again changes no row. An input that cannot be read is named in ``failed``; the rest is loaded.
    ``told`` is metadata of every input (`sources.read`).

    Raises:
        sources.UnknownSourceError: there is no source of that name.
        sources.SnapshotError: the snapshot store cannot be written.
        warehouse.WarehouseError: the warehouse cannot be written; nothing of this run was loaded.
        MemoryError: an extracting process was killed.
    """
    started = time.monotonic()
    progress = progress or Progress()
    progress.begin("reading", len(inputs))
    store = snapshots(path)
    readings: list[Reading] = []
    for target in inputs:
        readings += read([target], source, store, told)
        progress.advance()
    todo = skip_known(path, [facts for reading in readings for facts in reading.facts])
    progress.begin("extracting", len(todo.facts))
    facts = extracting.extract(todo.facts, jobs=jobs, advance=progress.advance)
    progress.begin("loading", None)
    loaded = load(path, facts, todo.seen, readings, flow=flow)
    return summarize(loaded, failures_of(readings), time.monotonic() - started)


def snapshots(path: Path, received_at: datetime | None = None) -> sources.SnapshotStore:
    """The store of bytes as received, beside the warehouse at ``path``. One time of receipt (UTC) is one load."""
    return sources.SnapshotStore(warehouse.files_folder(path) / "snapshots", received_at)


def read(
    inputs: Sequence[str], source: str | None, store: sources.SnapshotStore, told: Mapping[str, Any] | None = None
) -> list[Reading]:
    """Read every input, its bytes into ``store`` first. What cannot be read is a `Reading` with ``failed``.

    Raises:
        sources.UnknownSourceError: there is no source of that name.
        sources.SnapshotError: the store cannot be written.
    """
    return [reading for target in inputs for reading in sources.read(target, source=source, store=store, told=told)]


def skip_known(path: Path, facts: Sequence[Facts]) -> Todo:
    """Split off what the warehouse already holds, read by the same version of the same extractor."""
    by_reader: dict[tuple[str, str], list[Facts]] = defaultdict(list)
    for fact in facts:
        by_reader[reader_of(fact)].append(fact)
    known: set[str] = set()
    for (extractor, version), group in by_reader.items():
        documents = [fact.document for fact in group]
        known |= warehouse.known(path, documents, extractor=extractor, extractor_version=version)
    return Todo(
        facts=tuple(fact for fact in facts if fact.document.document_id not in known),
        seen=tuple(fact.document for fact in facts if fact.document.document_id in known),
    )


def reader_of(fact: Facts) -> tuple[str, str]:
    """Name and version of what makes the claims of this document: our extractor for prose, else the source's own."""
    if fact.is_prose:
        return extraction.EXTRACTOR, extraction.VERSION
    return fact.extractor, fact.extractor_version


def load(
    path: Path, facts: Sequence[Facts], seen: Sequence[Document], readings: Sequence[Reading], *, flow: str,
    flow_run_id: str | None = None,
) -> warehouse.LoadSummary | None:  # fmt: skip
    """Load everything of one run, then link; None when there was nothing at all to load.

    ``facts`` and ``seen`` are what `skip_known` made of ``readings``, whose rejects and releases are loaded with them.
    It is one transaction, and one more for each release of a dataset and each load that is held back.
    """
    published = warehouse.published_holds(path)
    done: list[warehouse.LoadSummary] = []
    for part in releasing.parts(readings):
        terms = releasing.terms(part, lambda source: warehouse.held(path, source), published)
        done += [warehouse.hold(path, one, flow=flow, flow_run_id=flow_run_id) for one in terms.holds]
        here = {fact.document.document_id for reading in terms.readings for fact in reading.facts}
        new = [fact for fact in facts if fact.document.document_id in here]
        known = [document for document in seen if document.document_id in here]
        rejects = [*rejects_of(terms.readings), *terms.rejects]
        if new or known or rejects or terms.withdrawn:
            done.append(warehouse.load(
                path, new, flow=flow, rejects=rejects, seen=known, tolls=tolls_by_counting, release=terms.release,
                withdrawn=terms.withdrawn, flow_run_id=flow_run_id,
            ))  # fmt: skip
    if not done:
        return None
    warehouse.link(path)
    return warehouse.total(done)


def summarize(loaded: warehouse.LoadSummary | None, failed: Sequence[str], seconds: float) -> Summary:
    """What came of the run, for people."""
    if loaded is None:
        return Summary(0, 0, 0, 0, tuple(failed), seconds)
    return Summary(
        loaded.documents, loaded.claims, loaded.rejected, loaded.unchanged, tuple(failed), seconds, loaded.held
    )


def rejects_of(readings: Sequence[Reading]) -> list[Reject]:
    """Rows that belong to no document."""
    return [reject for reading in readings for reject in reading.rejects]


def failures_of(readings: Sequence[Reading]) -> list[str]:
    """A sentence for each input that could not be read at all."""
    return [reading.failed for reading in readings if reading.failed]


def batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Slices of at most ``size`` items, in order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def rebuild(path: Path, *, jobs: int | None = None) -> warehouse.LoadSummary:
    """Make the warehouse at ``path`` anew from its snapshot store, load by load in the order received.

    Raises:
        sources.SnapshotError: bytes are gone or damaged; the old warehouse stays.
        warehouse.WarehouseError: nothing was received yet, or the file is being written; the old warehouse stays.
    """
    store = snapshots(path)
    published = warehouse.published_holds(path)
    standing: dict[str, dict[str, date | None]] = defaultdict(dict)

    def replay(part: releasing.Part, allowed: Collection[str]) -> Iterator[warehouse.Load]:
        terms = releasing.terms(part, standing.__getitem__, allowed)
        yield from (warehouse.Load("rebuild", held=one) for one in terms.holds)
        facts = extracting.extract([fact for reading in terms.readings for fact in reading.facts], jobs=jobs)
        rejects = [*rejects_of(terms.readings), *terms.rejects]
        if facts or rejects or terms.withdrawn:
            releasing.stand(standing, facts, terms)
            yield warehouse.Load("rebuild", facts, rejects, release=terms.release, withdrawn=terms.withdrawn)

    def loads() -> Iterator[warehouse.Load]:
        # What a person published later counts as loaded then.
        waiting: list[tuple[datetime, releasing.Part]] = []
        for receipts in store.loads():
            due = [part for at, part in waiting if at < receipts[0].received_at]
            waiting = [(at, part) for at, part in waiting if at >= receipts[0].received_at]
            for part in due:
                yield from replay(part, published)
            for part in releasing.parts(list(sources.reread(store, receipts))):
                for load in replay(part, ()):
                    yield load
                    if load.held is not None and load.held.held_id in published:
                        later = releasing.Part(part.release, load.held.readings)
                        waiting.append((published[load.held.held_id], later))
        for _, part in sorted(waiting, key=lambda one: one[0]):
            yield from replay(part, published)

    return warehouse.rebuild(path, loads, tolls=tolls_by_counting)


def publish_held(path: Path, held_id: str, reviewer: str, reason: str | None) -> Summary:
    """Publish what was held back: ``reviewer`` says so, for a ``reason``. The beginning of the id is enough.

    Raises:
        warehouse.HoldError: no load was held back under that id.
        sources.SnapshotError: its bytes are gone or damaged.
    """
    held_id, _ = warehouse.held_snapshots(path, held_id)
    warehouse.decide_hold(path, held_id, reviewer, reason)
    return _publish(path, held_id)


def publish_decided(path: Path) -> list[Summary]:
    """Publish every load that somebody has said to publish and that still waits (`warehouse.load_reviews`).

    Raises:
        sources.SnapshotError: its bytes are gone or damaged.
    """
    said = warehouse.published_holds(path)
    waiting = [row[0] for row in warehouse.query(path, WAITING).rows] if said else []
    return [_publish(path, held_id) for held_id in waiting if held_id in said]


def _publish(path: Path, held_id: str) -> Summary:
    started = time.monotonic()
    store = snapshots(path)
    _, bytes_of = warehouse.held_snapshots(path, held_id)
    first = {receipt.sha256: receipt for receipt in reversed(list(store.receipts())) if receipt.sha256 in bytes_of}
    readings = [reading for receipt in first.values() for reading in sources.reread(store, [receipt])]
    facts = extracting.extract([fact for reading in readings for fact in reading.facts])
    return summarize(load(path, facts, (), readings, flow="held"), (), time.monotonic() - started)
