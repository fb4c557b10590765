"""Puts rows on stdout: a table that fits the terminal, JSON or CSV. Everything that is not data goes to stderr."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal, Protocol, TextIO

FORMATS = ("table", "json", "csv")
TABLE_ROWS = 500
"""Rows a table shows; JSON and CSV always give all of them."""
NARROWEST = 12
"""Characters below which a text column says nothing any more; columns that would get less are left out."""
GAP = 2
"""Characters between two columns."""


class Rows(Protocol):
    """What is needed of ``warehouse.Table``: names of columns, rows in their order."""

    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> list[tuple[Any, ...]]: ...


def write(table: Rows, fmt: str, out: TextIO | None = None) -> None:
    """Write ``table`` in one of `FORMATS` to ``out`` (stdout)."""
    out = out or sys.stdout
    if fmt == "json":
        out.writelines(_json_lines(table))
    elif fmt == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([_csv_cell(value) for value in row] for row in table.rows)
    else:
        _write_table(table, out)


def _json_lines(table: Rows) -> Iterator[str]:
    names = unique(table.columns)
    yield "["
    for number, row in enumerate(table.rows):
        values = {name: plain(value) for name, value in zip(names, row, strict=True)}
        yield ("\n" if number == 0 else ",\n") + json.dumps(values, ensure_ascii=False, allow_nan=False)
    yield "\n]\n" if table.rows else "]\n"


def unique(names: Sequence[str]) -> list[str]:
    """Column names that can be keys: the second ``n`` becomes ``n_2``, so that no value is lost."""
    taken: list[str] = []
    for name in names:
        candidate, number = name, 1
        while candidate in taken:
            number += 1
            candidate = f"{name}_{number}"
        taken.append(candidate)
    return taken


def plain(value: Any) -> Any:
    """A value as JSON has it: ISO dates, numbers, lists, objects; what is not a number is null."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if value - value == 0 else None
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


def _csv_cell(value: Any) -> Any:
    simple = plain(value)
    return json.dumps(simple, ensure_ascii=False) if isinstance(simple, list | dict) else simple


def cell(value: Any) -> str:
    """A value in one line of a table, without the control characters by which a text could steer the terminal."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    text = value if isinstance(value, str) else str(_csv_cell(value))
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text).split())


def _write_table(table: Rows, out: TextIO) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    width = shutil.get_terminal_size(fallback=(120, 24)).columns
    head = table.rows[:TABLE_ROWS]
    cells = [[cell(value) for value in row] for row in head]
    numeric = [all(isinstance(row[index], int | float | None) for row in head) for index in range(len(table.columns))]
    widths = column_widths(table.columns, cells, numeric, width)
    grid = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for name, number, columns in zip(table.columns, numeric, widths, strict=False):
        justify: Literal["right", "left"] = "right" if number else "left"
        grid.add_column(Text(name), justify=justify, width=columns, no_wrap=True, overflow="ellipsis")
    for row in cells:
        grid.add_row(*(Text(value) for value in row[: len(widths)]))
    console(out, width).print(grid)
    _say_what_is_left_out(len(table.columns) - len(widths), len(table.rows) - len(cells))


def column_widths(
    names: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool], width: int
) -> list[int]:
    """Widths of the leading columns that fit side by side in ``width`` terminal cells; at least one.

    A number is never cut; a text may be, down to its name or `NARROWEST`, and what is left over goes to the texts.
    """
    from rich.cells import cell_len

    content = [max([cell_len(name), *(cell_len(row[i]) for row in cells)]) for i, name in enumerate(names)]
    least = [
        whole if number else min(whole, max(cell_len(name), NARROWEST))
        for name, whole, number in zip(names, content, numeric, strict=True)
    ]
    widths = [min(columns, width) for columns in least[: columns_that_fit(least, width)]]
    spare = width - sum(widths) - GAP * len(widths)
    while spare > 0 and (short := [i for i, columns in enumerate(widths) if columns < content[i]]):
        for i in short[:spare]:
            grown = min(content[i] - widths[i], max(1, spare // len(short)))
            widths[i] += grown
            spare -= grown
    return widths


def columns_that_fit(least: Sequence[int], width: int) -> int:
    """How many leading columns of these least widths stand side by side in ``width`` characters; at least one."""
    used = 0
    for index, needed in enumerate(least):
        used += needed + GAP
        if used > width and index > 0:
            return index
    return len(least)


def _say_what_is_left_out(columns: int, rows: int) -> None:
    if columns:
        print(f"… {columns} more columns: name the ones you want, or --format json", file=sys.stderr)
    if rows:
        print(f"… {rows} more rows: use LIMIT, or --format csv", file=sys.stderr)


def console(out: TextIO, width: int | None = None) -> Any:
    """A rich console on ``out``: colour only on a terminal and never with ``NO_COLOR`` (https://no-color.org)."""
    from rich.console import Console

    terminal = out.isatty()
    return Console(
        file=out, width=width, force_terminal=terminal, no_color=bool(os.environ.get("NO_COLOR")), highlight=False,
        markup=False, legacy_windows=False, color_system="auto" if terminal else None,
    )  # fmt: skip
