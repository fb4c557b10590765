"""One source's turn in a run: look at its lists, fetch what is due, load it in batches, remember what is left."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import sources
import warehouse
from flows import extracting, intake, pipeline, visits
from flows.ledger import Journal, Ledger, Waiting, attempt_row
from flows.visits import LIST, LOADED, VISITED, Page
from schemas.records import Reading
from sources.config import PAGE_KINDS, Config, ConfigError, Secret, Source
from sources.discovery import Discovery, discover
from sources.finding import FindingError, Found
from sources.http import Attempt, FetchError, Response
from sources.paging import ApiError
from sources.visiting import Known, Visitor
from warehouse import fetches
from warehouse.fetches import Visit

if TYPE_CHECKING:
    from flows.collecting import Wish

log = logging.getLogger(__name__)

Value = TypeVar("Value")

BATCH_PAGES = 50
BATCH_BYTES = 30_000_000
"""What is held in memory before it is loaded, and lost when the run is killed."""
MOST_FAILURES = 5
"""After so many failures in a row the site is left alone until the next run."""
WAITS_FOR_WRITER = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)
"""Seconds between attempts while another process writes the warehouse."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What all sources of a run share."""

    config: Config
    path: Path
    wish: Wish
    visitor: Visitor
    ledger: Ledger
    journal: Journal | None
    """None for a dry run."""
    secret: Callable[[Secret], str]
    run: tuple[str, str | None]
    """Flow and flow run that loads are recorded under."""
    writer: threading.Lock
    """Held while the warehouse is open: one at a time."""
    sleep: Callable[[float], None]

    def alone(self, work: Callable[[], Value]) -> Value:
        """What ``work`` on the warehouse gives, done when no other thread is at it and no other process writes it.

        Raises `warehouse.WarehouseBusy` when that takes too long, and what ``work`` raises.
        """
        with self.writer:
            return patiently(work, self.sleep)


def patiently(work: Callable[[], Value], sleep: Callable[[float], None]) -> Value:
    """What ``work`` gives, tried again while another process writes the warehouse. Raises what ``work`` raises."""
    for wait in WAITS_FOR_WRITER:
        try:
            return work()
        except warehouse.WarehouseBusy:
            sleep(wait)
    return work()


class Turn:
    """One source in one run."""

    def __init__(self, desk: Desk, source: Source) -> None:
        self.desk = desk
        self.source = source
        self.state = desk.ledger.state(source.name)
        self.looked_at = 0
        self.at = datetime.now(UTC).replace(tzinfo=None)
        self._rows: list[dict[str, Any]] = []
        self._visits: dict[str, Visit] = {}

    def take(self) -> None:
        """Collect the source. Never raises: what went wrong is in ``state.trouble``."""
        state = self.state
        state.new = state.changed = state.unchanged = state.refused = state.failed = 0
        state.trouble, state.last_try = None, self.at
        try:
            if self.source.kind in PAGE_KINDS:
                self._collect_pages()
            else:
                intake.collect(self)
            if state.trouble is None:
                state.last_success = self.at
        except (
            FetchError, FindingError, ConfigError, ApiError, warehouse.WarehouseError, sources.SnapshotError, OSError,
            MemoryError,
        ) as error:  # fmt: skip
            state.trouble = str(error) or type(error).__name__
        except Exception as error:  # a fault of ours in one source must not cost the others
            log.exception("collecting %s failed", self.source.name)
            state.trouble = f"a fault of this program ({type(error).__name__}: {error}); please report it"
        self._save()

    def _save(self) -> None:
        if self.desk.journal is None:
            return
        try:
            if self._rows:
                self.record([])
            self.desk.ledger.save(self.source.name, self.state)
        except (OSError, warehouse.WarehouseError) as error:
            self.state.trouble = self.state.trouble or str(error)

    # --- finding -----------------------------------------------------------------------------------------------------

    def _collect_pages(self) -> None:
        self._visits = self.desk.alone(lambda: fetches.visits(self.desk.path, (*VISITED, LIST), LOADED))
        discovery = self._discover()
        queue = self._queue(discovery.found)
        self.state.waiting = queue
        self.looked_at = len(queue)
        self.state.trouble = "; ".join(discovery.troubles) or None
        if self.desk.journal is None:
            return
        # Before anything is fetched: from here on no article can be lost, whatever becomes of its list.
        self.desk.ledger.save(self.source.name, self.state)
        ready = [one for one in queue if one.not_before is None or one.not_before <= self.at]
        self._fetch(ready[: self.desk.wish.limit or self.source.limit])

    def span(self) -> tuple[datetime, datetime]:
        """From when to when (UTC) a search looks: as asked, else on from where the last one ended."""
        wish = self.desk.wish
        covered = None if wish.since else self.state.covered
        first = wish.since or self.at - timedelta(days=self.source.days)
        if covered:
            # Searches index late: the last hours are looked at twice.
            with suppress(ValueError):
                first = datetime.fromisoformat(covered) - timedelta(hours=6)
        return first, min(wish.until or self.at, self.at)

    def _discover(self) -> Discovery:
        since, until = self.span()
        if self.source.kind != "gdelt":
            since = self.desk.wish.since or self.at - timedelta(days=self.source.days)
        discovery = discover(self.source, self.ask, since, until, self._last_list)
        for row in self._rows:
            if row["url"] in discovery.broken:
                row |= {"etag": None, "last_modified": None}
                row["outcome"] = "list not readable" if row["outcome"] == LIST else row["outcome"]
        if self.source.kind == "gdelt" and not discovery.troubles and not self.desk.wish.since:
            self.state.covered = until.isoformat()
        return discovery

    def _last_list(self, url: str) -> datetime | None:
        visit = self._visits.get(url)
        return visit.last if visit and visit.outcome == LIST and not self.desk.wish.since else None

    def ask(self, url: str, accept: frozenset[str], json: dict[str, Any] | None = None) -> Response | None:
        """Fetch a list or an API's answer; None where it is as it was. Attempts become rows. Raises `FetchError`."""
        visit = self._visits.get(url)
        known = Known(visit.etag, visit.last_modified) if visit and not self.desk.wish.since and not json else None
        attempts: list[Attempt] = []
        try:
            response = self.desk.visitor.get(
                url, self.source.manners(self.desk.secret), known=known, accept=accept, json=json,
                on_attempt=attempts.append,
            )  # fmt: skip
        finally:
            rows = [attempt_row(self.source.name, attempt) for attempt in attempts]
            if rows and rows[-1]["outcome"] in ("ok", "not modified"):
                # The address that was asked for: a list that redirects is known by it.
                rows[-1] |= {"outcome": LIST, "url": url}
            self.note(rows)
        return None if response.status == 304 else response

    def note(self, rows: list[dict[str, Any]]) -> None:
        """Rows of ``ops.fetch``: into the journal at once, into the warehouse with the next batch."""
        self._rows += rows
        if self.desk.journal:
            self.desk.journal.write(rows, settled=False)

    def _queue(self, found: Sequence[Found]) -> list[Waiting]:
        """What waits from earlier runs, what is listed and due, and what is young enough to be looked at again."""
        wanted = {one.found.url: one for one in self.state.waiting if self.source.wants(one.found.url)}
        for one in found:
            if one.url in wanted or not self.source.wants(one.url) or not self._in_span(one):
                continue
            if visits.is_due(one.changed, self._visits.get(one.url), self.source, self.at):
                wanted[one.url] = Waiting(one)
        for url, visit in self._visits.items():
            ours = visit.source == self.source.name and visit.outcome != LIST
            if ours and url not in wanted and visits.is_young(visit, self.source, self.at):
                wanted[url] = Waiting(Found(url))
        oldest = datetime.min
        return sorted(wanted.values(), key=lambda one: (one.tries, -_age(one.found.changed or oldest)))

    def _in_span(self, found: Found) -> bool:
        day = found.published or (found.changed.date() if found.changed else None)
        wish = self.desk.wish
        if day is None:
            return True
        return (not wish.since or day >= wish.since.date()) and (not wish.until or day <= wish.until.date())

    # --- fetching and loading ----------------------------------------------------------------------------------------

    def _fetch(self, ready: Sequence[Waiting]) -> None:
        manners = self.source.manners(self.desk.secret)
        batch: list[Page] = []
        failures = 0
        for number, waiting in enumerate(ready, start=1):
            page = visits.fetch(
                waiting, self._visits.get(waiting.found.url), self.desk.visitor, self.source, manners,
                datetime.now(UTC).replace(tzinfo=None),
            )  # fmt: skip
            if self.desk.journal:
                self.desk.journal.write(page.rows(self.source.name), settled=False)
            visits.read(page)
            batch.append(page)
            # Only what the site as a whole is to blame for: no answer, or a fault of the server.
            silent = page.error is not None and (page.error.status is None or page.error.status >= 429)
            failures = failures + 1 if silent else 0
            if failures >= MOST_FAILURES:
                self._trouble(f"{failures} failures in a row, the last: {page.outcome}; {len(ready) - number} wait")
                break
            if len(batch) >= BATCH_PAGES or sum(p.received.size for p in batch if p.received) >= BATCH_BYTES:
                self._settle(batch)
                batch = []
        self._settle(batch)

    def _trouble(self, why: str) -> None:
        self.state.trouble = f"{self.state.trouble}; {why}" if self.state.trouble else why

    def _settle(self, batch: list[Page]) -> None:
        """Load a batch, then record it, then forget it: a kill in between repeats work and loses none."""
        if not batch:
            return
        self.desk.alone(lambda: self._name_outcomes(batch))
        kept = [page for page in batch if page.outcome in ("new", "changed") or page.outcome in visits.REFUSED]
        self.desk.alone(lambda: self._load(kept))
        self.record([row for page in batch for row in page.rows(self.source.name)])
        done = {page.url: page.retry for page in batch}
        waiting = [done.get(one.found.url) if one.found.url in done else one for one in self.state.waiting]
        self.state.waiting = [one for one in waiting if one]
        self._count(batch)
        self.desk.ledger.save(self.source.name, self.state)

    def _name_outcomes(self, batch: list[Page]) -> None:
        texts = {key: text for _, found in visits.articles_of(batch) for key, text in found.items()}
        same = fetches.same_texts(self.desk.path, texts)
        for page, found in visits.articles_of(batch):
            visit = self._visits.get(page.url)
            if found.keys() <= same:
                # Only the page around the article differs: no new version.
                page.outcome = "unchanged"
            else:
                page.outcome = "changed" if visit and visit.loaded else "new"

    def _load(self, pages: Sequence[Page]) -> None:
        """Keep the bytes, extract and load; to be done alone."""
        store = pipeline.snapshots(self.desk.path)
        readings = []
        for page in pages:
            if page.received is None:
                continue
            visits.received_at(page, store.received_at)
            module = page.received.source or "articles"
            kept = store.put(page.received, module, self.source.licence)
            readings += list(sources.registry.module(module).read(kept))
        self.load_readings(readings)

    def load_readings(self, readings: Sequence[Reading]) -> None:
        """Extract and load what was read; to be done alone (`Desk.alone`)."""
        facts = [fact for reading in readings for fact in reading.facts]
        todo = pipeline.skip_known(self.desk.path, facts)
        flow, flow_run_id = self.desk.run
        pipeline.load(
            self.desk.path, extracting.extract(todo.facts), todo.seen, readings, flow=flow,
            flow_run_id=flow_run_id,
        )  # fmt: skip

    def record(self, rows: list[dict[str, Any]]) -> None:
        """Put rows into ``ops.fetch``, with those noted before."""
        settled = [*self._rows, *rows]
        self.desk.alone(lambda: fetches.record_fetches(self.desk.path, settled))
        if self.desk.journal:
            self.desk.journal.write(settled, settled=True)
        self._rows = []

    def _count(self, batch: list[Page]) -> None:
        state = self.state
        for page in batch:
            if page.outcome in ("new", "changed"):
                setattr(state, page.outcome, getattr(state, page.outcome) + 1)
            elif page.outcome in ("unchanged", "not modified"):
                state.unchanged += 1
            elif page.outcome in visits.REFUSED:
                state.refused += 1
            else:
                state.failed += 1


def _age(moment: datetime) -> float:
    return (moment - datetime.min).total_seconds()

