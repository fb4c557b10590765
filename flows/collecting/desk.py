"""What all sources of a run share: what was asked for, the warehouse with its one writer, the visitor of sites."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import warehouse
from flows.collecting.ledger import Journal, Ledger
from sources.config import Config, Secret
from sources.visiting import Visitor

Value = TypeVar("Value")

WAITS_FOR_WRITER = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)
"""Seconds between attempts while another process writes the warehouse."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user asks of a run."""

    since: datetime | None = None
    """UTC without a time zone: nothing older is looked for; a back-fill asks lists in full."""
    until: datetime | None = None
    limit: int | None = None
    """Articles a source at most, instead of the configured number."""
    dry_run: bool = False
    """Only look at the lists: nothing is written."""


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
