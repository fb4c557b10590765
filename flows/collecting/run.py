"""Collecting as plain functions: what is new at the configured sources comes into the warehouse, politely.

Sources are visited side by side, each in its own thread; loading is done by one at a time. A source that fails stops
no other. Articles are loaded in batches, each with its rows of ``ops.fetch``: a run that is killed loses at most what
it had fetched since the last batch, and the next one fetches that again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sources
import warehouse
from flows.collecting import intake
from flows.collecting.desk import Desk, Wish, patiently
from flows.collecting.ledger import Journal, Ledger, attempt_row
from flows.collecting.pages import Pages
from flows.collecting.turn import Turn
from sources.config import PAGE_KINDS, Config, ConfigError, Secret, Source
from sources.finding import FindingError, Found
from sources.http import Attempt, FetchError
from sources.paging import ApiError
from sources.visiting import Visitor
from warehouse import fetches

log = logging.getLogger(__name__)

SOURCES_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What collecting one source gave: a row of the summary."""

    source: str
    found: int
    """Articles that were to be looked at in this run."""
    new: int
    changed: int
    unchanged: int
    refused: int
    """Walls, empty and missing pages, what robots.txt forbids: recorded, not loaded."""
    failed: int
    """Tried in vain; most of them wait for the next run."""
    waiting: int
    trouble: str | None
    """Why the source as a whole, or a part of it, failed."""
    seconds: float
    listed: tuple[Found, ...] = ()
    """Of a dry run: what would be fetched."""


COLUMNS = ("source", "found", "new", "changed", "unchanged", "refused", "failed", "waiting", "seconds", "trouble")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run gave, a row a source. It is a table, too (`flows.render.Rows`)."""

    outcomes: tuple[Outcome, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return COLUMNS

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        return [tuple(getattr(outcome, name) for name in COLUMNS) for outcome in self.outcomes]

    @property
    def failed(self) -> list[str]:
        """A sentence for each source that failed, as a whole or in part."""
        return [f"{outcome.source}: {outcome.trouble}" for outcome in self.outcomes if outcome.trouble]

    @property
    def loaded(self) -> int:
        """Articles that are new or changed."""
        return sum(outcome.new + outcome.changed for outcome in self.outcomes)


def now() -> datetime:
    """This moment as the warehouse has it: UTC without a time zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def chosen(config: Config, names: Sequence[str], ledger: Ledger, *, only_due: bool, at: datetime) -> list[Source]:
    """The sources of ``names`` (else all that are enabled); with ``only_due`` those whose time has come.

    Raises `ConfigError` for a name that is not configured.
    """
    unknown = [name for name in names if name not in config.sources]
    if unknown:
        raise ConfigError(f"no source is called {unknown[0]!r}; there are {', '.join(config.sources)}")
    if names:
        return [config.sources[name] for name in dict.fromkeys(names)]
    enabled = [source for source in config.sources.values() if source.enabled]
    return [s for s in enabled if not only_due or (next_due(s, ledger) or at) <= at + timedelta(minutes=2)]


def next_due(source: Source, ledger: Ledger) -> datetime | None:
    """When the source is to be collected next; None at once."""
    last = ledger.state(source.name).last_try
    return last + timedelta(hours=source.every_hours) if last else None


def collect(
    config: Config, path: Path, selected: Sequence[Source], wish: Wish | None = None, *,
    secret: Callable[[Secret], str], flow: str = "collect", flow_run_id: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Summary:  # fmt: skip
    """Collect ``selected`` sources into the warehouse at ``path``.

    What fails is told in the summary and tried again by the next run.

    Raises:
        CollectBusyError: another run is collecting into this warehouse.
        warehouse.WarehouseError: the warehouse cannot be written at all.
    """
    wish = wish or Wish()
    ledger = Ledger(path)
    if wish.dry_run:
        return _visit_all(config, path, selected, wish, secret, ledger, None, (flow, flow_run_id), sleep)
    with ledger.running():
        patiently(lambda: _take_over(path, ledger), sleep)
        journal = Journal(ledger, now())
        summary = _visit_all(config, path, selected, wish, secret, ledger, journal, (flow, flow_run_id), sleep)
        journal.close()
        return summary


def _take_over(path: Path, ledger: Ledger) -> None:
    """Record what stopped runs left behind, and all of history when the warehouse was made anew."""
    fetches.record_fetches(path, ledger.leftovers(everything=not fetches.has_fetches(path)))
    ledger.close_leftovers()


def _visit_all(
    config: Config, path: Path, selected: Sequence[Source], wish: Wish, secret: Callable[[Secret], str],
    ledger: Ledger, journal: Journal | None, run: tuple[str, str | None], sleep: Callable[[float], None],
) -> Summary:  # fmt: skip
    robots_rows: list[dict[str, Any]] = []

    def on_attempt(attempt: Attempt) -> None:
        row = attempt_row("robots.txt", attempt)
        robots_rows.append(row)
        if journal:
            journal.write([row], settled=True)

    visitor = Visitor(config.contact, allow_hosts=config.allow_hosts, on_attempt=on_attempt, sleep=sleep)
    desk = Desk(config, path, wish, visitor, ledger, journal, secret, run, threading.Lock(), sleep)
    with ThreadPoolExecutor(min(SOURCES_AT_ONCE, max(1, len(selected))), "source") as pool:
        outcomes = tuple(pool.map(lambda source: _one(desk, source), selected))
    if journal:
        patiently(lambda: fetches.record_fetches(path, robots_rows), sleep)
    return Summary(outcomes)


def _one(desk: Desk, source: Source) -> Outcome:
    """One source, whatever happens to it."""
    started = time.monotonic()
    turn = Turn(desk, source)
    take(turn)
    state = turn.state
    return Outcome(
        source.name, turn.looked_at, state.new, state.changed, state.unchanged, state.refused, state.failed,
        len(state.waiting), state.trouble, round(time.monotonic() - started, 1),
        tuple(one.found for one in state.waiting) if desk.journal is None else (),
    )  # fmt: skip


def take(turn: Turn) -> None:
    """Collect the source whose turn it is. Never raises: what went wrong is in ``turn.state.trouble``."""
    state = turn.state
    state.new = state.changed = state.unchanged = state.refused = state.failed = 0
    state.trouble, state.last_try = None, turn.at
    try:
        if turn.source.kind in PAGE_KINDS:
            Pages(turn).collect()
        else:
            intake.collect(turn)
        if state.trouble is None:
            state.last_success = turn.at
    except (
        FetchError, FindingError, ConfigError, ApiError, warehouse.WarehouseError, sources.SnapshotError, OSError,
        MemoryError,
    ) as error:  # fmt: skip
        state.trouble = str(error) or type(error).__name__
    except Exception as error:  # a fault of ours in one source must not cost the others
        log.exception("collecting %s failed", turn.source.name)
        state.trouble = f"a fault of this program ({type(error).__name__}: {error}); please report it"
    turn.save()
