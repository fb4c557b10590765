"""The vocabularies: files of rows in ``data/``, read and checked here."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read_table(path: Path, columns: Iterable[str] = ()) -> list[dict[str, str]]:
    """Rows of a CSV file as text; ValueError names file and column or line when one is missing or malformed."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        named = reader.fieldnames or ()
        missing = set(columns) - set(named)
        if missing:
            raise ValueError(f"{path.name}: column {', '.join(sorted(missing))} is missing")
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise ValueError(f"{path.name} line {reader.line_num}: {len(named)} cells are wanted; quote commas")
            rows.append(row)
        return rows


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``data/name``; raises ValueError as `read_table` does."""
    return read_table(DATA / name)
