"""A progress bar on a terminal, and nothing anywhere else (docs/decisions/0006-progress-by-rich.md)."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any


class Progress:
    """What a run is doing, shown on stderr while it does it. Use as a context manager; silent without a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            from flows.render import console

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Bar(*columns, console=console(sys.stderr), transient=True)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, doing: str, total: int | None) -> None:
        """Start a stage of ``total`` steps (None: unknown), in place of the last."""
        if self._bar is None:
            return
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(doing, total=total)

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the stage are done."""
        if self._bar is not None:
            self._bar.advance(self._task, steps)
