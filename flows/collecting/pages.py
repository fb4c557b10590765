"""Sources that list pages: look at the lists, fetch what is due, load it in batches, remember what is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import sources
from flows import pipeline
from flows.collecting import visits
from flows.collecting.ledger import Waiting
from flows.collecting.turn import Turn
from flows.collecting.visits import LIST, LOADED, VISITED, Page
from sources.finding import Found
from sources.finding.discovery import Discovery, discover
from warehouse import fetches

BATCH_PAGES = 50
BATCH_BYTES = 30_000_000
"""What is held in memory before it is loaded, and lost when the run is killed."""
MOST_FAILURES = 5
"""After so many failures in a row the site is left alone until the next run."""


class Pages:
    """The pages of one source in one run."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.desk = turn.desk
        self.source = turn.source
        self.state = turn.state

    def collect(self) -> None:
        """Raises what `flows.collecting.run` catches of a source."""
        self.turn.visits = self.desk.alone(lambda: fetches.visits(self.desk.path, (*VISITED, LIST), LOADED))
        discovery = self._discover()
        queue = self._queue(discovery.found)
        self.state.waiting = queue
        self.turn.looked_at = len(queue)
        self.state.trouble = "; ".join(discovery.troubles) or None
        if self.desk.journal is None:
            return
        # Before anything is fetched: from here on no article can be lost, whatever becomes of its list.
        self.desk.ledger.save(self.source.name, self.state)
        ready = [one for one in queue if one.not_before is None or one.not_before <= self.turn.at]
        self._fetch(ready[: self.desk.wish.limit or self.source.limit])

    def _discover(self) -> Discovery:
        since, until = self.turn.span()
        if self.source.kind != "gdelt":
            since = self.desk.wish.since or self.turn.at - timedelta(days=self.source.days)
        discovery = discover(self.source, self.turn.ask, since, until, self._last_list)
        for row in self.turn.rows:
            if row["url"] in discovery.broken:
                row |= {"etag": None, "last_modified": None}
                row["outcome"] = "list not readable" if row["outcome"] == LIST else row["outcome"]
        if self.source.kind == "gdelt" and not discovery.troubles and not self.desk.wish.since:
            self.state.covered = until.isoformat()
        return discovery

    def _last_list(self, url: str) -> datetime | None:
        visit = self.turn.visits.get(url)
        return visit.last if visit and visit.outcome == LIST and not self.desk.wish.since else None

    def _queue(self, found: Sequence[Found]) -> list[Waiting]:
        """What waits from earlier runs, what is listed and due, and what is young enough to be looked at again."""
        wanted = {one.found.url: one for one in self.state.waiting if self.source.wants(one.found.url)}
        for one in found:
            if one.url in wanted or not self.source.wants(one.url) or not self._in_span(one):
                continue
            if visits.is_due(one.changed, self.turn.visits.get(one.url), self.source, self.turn.at):
                wanted[one.url] = Waiting(one)
        for url, visit in self.turn.visits.items():
            ours = visit.source == self.source.name and visit.outcome != LIST
            if ours and url not in wanted and visits.is_young(visit, self.source, self.turn.at):
                wanted[url] = Waiting(Found(url))
        oldest = datetime.min
        return sorted(wanted.values(), key=lambda one: (one.tries, -_age(one.found.changed or oldest)))

    def _in_span(self, found: Found) -> bool:
        day = found.published or (found.changed.date() if found.changed else None)
        wish = self.desk.wish
        if day is None:
            return True
        return (not wish.since or day >= wish.since.date()) and (not wish.until or day <= wish.until.date())

    def _fetch(self, ready: Sequence[Waiting]) -> None:
        manners = self.source.manners(self.desk.secret)
        batch: list[Page] = []
        failures = 0
        for number, waiting in enumerate(ready, start=1):
            page = visits.fetch(
                waiting, self.turn.visits.get(waiting.found.url), self.desk.visitor, self.source, manners,
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
        self.turn.record([row for page in batch for row in page.rows(self.source.name)])
        done = {page.url: page.retry for page in batch}
        waiting = [done.get(one.found.url) if one.found.url in done else one for one in self.state.waiting]
        self.state.waiting = [one for one in waiting if one]
        self._count(batch)
        self.desk.ledger.save(self.source.name, self.state)

    def _name_outcomes(self, batch: list[Page]) -> None:
        texts = {key: text for _, found in visits.articles_of(batch) for key, text in found.items()}
        same = fetches.same_texts(self.desk.path, texts)
        for page, found in visits.articles_of(batch):
            visit = self.turn.visits.get(page.url)
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
        self.turn.load_readings(readings)

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

