"""One source's turn in a run: what it asks for, loads, records and remembers, whatever kind of source it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import warehouse
from flows import extracting, pipeline
from flows.collecting.desk import Desk
from flows.collecting.ledger import attempt_row
from flows.collecting.visits import LIST
from schemas.records import Reading
from sources.config import Source
from sources.http import Attempt, Response
from sources.visiting import Known
from warehouse import fetches
from warehouse.fetches import Visit


class Turn:
    """One source in one run."""

    def __init__(self, desk: Desk, source: Source) -> None:
        self.desk = desk
        self.source = source
        self.state = desk.ledger.state(source.name)
        self.looked_at = 0
        self.at = datetime.now(UTC).replace(tzinfo=None)
        self.visits: dict[str, Visit] = {}
        """What earlier runs know of each address."""
        self.rows: list[dict[str, Any]] = []
        """Rows of ``ops.fetch`` that are in the journal and not yet in the warehouse."""

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

    def ask(self, url: str, accept: frozenset[str], json: dict[str, Any] | None = None) -> Response | None:
        """Fetch a list or an API's answer; None where it is as it was. Attempts become rows. Raises `FetchError`."""
        visit = self.visits.get(url)
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
        self.rows += rows
        if self.desk.journal:
            self.desk.journal.write(rows, settled=False)

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
        settled = [*self.rows, *rows]
        self.desk.alone(lambda: fetches.record_fetches(self.desk.path, settled))
        if self.desk.journal:
            self.desk.journal.write(settled, settled=True)
        self.rows = []

    def save(self) -> None:
        if self.desk.journal is None:
            return
        try:
            if self.rows:
                self.record([])
            self.desk.ledger.save(self.source.name, self.state)
        except (OSError, warehouse.WarehouseError) as error:
            self.state.trouble = self.state.trouble or str(error)
