"""What collecting remembers beside the warehouse, in ``STEM.files/collect``, so that a stopped run loses nothing.

    state/NAME.json      one source: when it was last collected, what came of it, and the articles that still wait
    journal/TIME.jsonl   one run: every attempt to fetch, as it happens; ``.part`` while the run goes on
    lock                 held by the run that is under way

The journal outlives kills and rebuilds: what ``ops.fetch`` lacks is taken from it when the next run begins.
"""

from __future__ import annotations

import fcntl
import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import warehouse
from sources.finding import Found
from sources.http import Attempt
from warehouse.fetches import fetch_key

MOST_TRIES = 12
"""With the waits below an article is tried for six days before it is given up."""


class CollectBusyError(Exception):
    """Another run is collecting into the same warehouse."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that was found and has not been dealt with."""

    found: Found
    tries: int = 0
    not_before: datetime | None = None
    """UTC without a time zone."""

    def failed(self, now: datetime) -> Waiting:
        """The same after one more failure: at once in the next run, then 1, 2, 4 … hours later, at most a day."""
        tries = self.tries + 1
        hours = 0 if tries == 1 else min(2 ** (tries - 2), 24)
        return Waiting(self.found, tries, now + timedelta(hours=hours))


@dataclass(slots=True)
class State:
    """One source between runs. Counts are of the last run; times are UTC without a time zone."""

    last_try: datetime | None = None
    last_success: datetime | None = None
    trouble: str | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    covered: str | None = None
    """How far a search has come (an ISO moment), which release is loaded, or the newest timestamp held."""
    seen: dict[str, str] = field(default_factory=dict)
    """Of a folder: what its files looked like when they were read."""
    waiting: list[Waiting] = field(default_factory=list)


class Ledger:
    """The folder of one warehouse."""

    def __init__(self, path: Path) -> None:
        self.folder = warehouse.files_folder(path) / "collect"

    def state(self, source: str) -> State:
        """What is remembered of ``source``; a fresh state when there is nothing, or nothing that can be read."""
        try:
            raw = json.loads((self.folder / "state" / f"{source}.json").read_bytes())
            return _state(raw)
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            # Only convenience is lost: the warehouse knows what it holds.
            return State()

    def save(self, source: str, state: State) -> None:
        """Remember ``state``, whole or not at all. Raises OSError."""
        target = self.folder / "state" / f"{source}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        aside.write_text(json.dumps(asdict(state), default=_written, ensure_ascii=False), encoding="utf-8")
        aside.replace(target)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Hold the lock. Raises `CollectBusyError` when another run does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CollectBusyError(
                    f"another run is collecting into {self.folder.parent}: try again when it has finished"
                ) from None
            yield

    def leftovers(self, *, everything: bool) -> list[dict[str, Any]]:
        """Rows of ``ops.fetch`` from runs that were stopped (with ``everything``, of all runs), which are closed by it.

        Validators of rows whose bytes may not have been loaded are left out, so that they are asked for in full.
        """
        rows: list[dict[str, Any]] = []
        for path in sorted((self.folder / "journal").glob("*.jsonl*")):
            if everything or path.suffix == ".part":
                rows += _journal_rows(path)
        return rows

    def close_leftovers(self) -> None:
        """The stopped runs' journals are taken over: they are complete now."""
        for path in (self.folder / "journal").glob("*.jsonl.part"):
            path.rename(path.with_suffix(""))


class Journal:
    """The attempts of one run. Threads may write at once."""

    def __init__(self, ledger: Ledger, started: datetime) -> None:
        name = f"{started:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}.jsonl.part"
        self._path = ledger.folder / "journal" / name
        self._guard = threading.Lock()

    def write(self, rows: list[dict[str, Any]], *, settled: bool) -> None:
        """Append rows of ``ops.fetch``; a later line about the same attempt counts. Raises OSError."""
        if not rows:
            return
        lines = [json.dumps({**row, "settled": settled}, default=_written, ensure_ascii=True) for row in rows]
        with self._guard:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="ascii") as stream:
                stream.write("\n".join(lines) + "\n")

    def close(self) -> None:
        """The run has ended well."""
        if self._path.exists():
            self._path.rename(self._path.with_suffix(""))


def attempt_row(source: str, attempt: Attempt) -> dict[str, Any]:
    """An attempt as a row of ``ops.fetch``."""
    row = asdict(attempt)
    return {"fetch_id": fetch_key(source, attempt.url, attempt.started_at), "source": source, **row}


def _journal_rows(path: Path) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for line in path.read_bytes().splitlines():
        try:
            row = json.loads(line)
            row["started_at"] = datetime.fromisoformat(row["started_at"])
            settled = row.pop("settled")
        except (ValueError, KeyError, TypeError):
            continue  # a line that a kill cut off
        if not settled:
            row |= {"etag": None, "last_modified": None}
        found[row["fetch_id"]] = row
    return list(found.values())


def _written(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be remembered")


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _state(raw: Mapping[str, Any]) -> State:
    known = {one.name for one in fields(State)}
    values = {name: value for name, value in raw.items() if name in known}
    values |= {name: _moment(raw.get(name)) for name in ("last_try", "last_success")}
    values["waiting"] = [_waiting(item) for item in raw.get("waiting", [])]
    return State(**values)


def _waiting(raw: Mapping[str, Any]) -> Waiting:
    found = dict(raw["found"])
    found["published"] = date.fromisoformat(found["published"]) if found.get("published") else None
    found["changed"] = _moment(found.get("changed"))
    return Waiting(Found(**found), raw["tries"], _moment(raw.get("not_before")))
