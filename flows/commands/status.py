"""``casualties status``: what the warehouse holds and what collecting does, one row a source."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from flows import render
from flows.commands import config_option, from_warehouse

COLLECTED = ("last_success", "new", "changed", "failed", "waiting", "next_due", "trouble")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    config_option(parser)
    parser.add_argument("--format", choices=render.FORMATS, default="table", help="what to print (default: table)")
    parser.epilog = (
        "new, changed and failed are of the last time that a source was collected; times are UTC.\n\n"
        "examples:\n  casualties status\n  casualties status --format json"
    )


def run(args: argparse.Namespace) -> int:
    """Print one row a source, and on stderr the counts of the whole; 0. Raises `warehouse.errors.WarehouseError`."""
    import warehouse

    collected = collecting_rows(args.config, args.warehouse)
    try:
        table = from_warehouse(args, warehouse.status)
        counts = from_warehouse(args, warehouse.counts)
    except warehouse.WarehouseMissing:
        if not collected:
            raise
        table, counts = warehouse.Table(("source",), ("VARCHAR",), []), {}
    render.write(joined(table, collected) if collected else table, args.format)
    print(", ".join(f"{number:,} {name}" for name, number in counts.items()), file=sys.stderr)
    return 0


def collecting_rows(config_path: Path, path: Path) -> dict[str, tuple[Any, ...]]:
    """What is remembered of each configured source, by its name; nothing without a configuration."""
    if not config_path.exists():
        return {}
    from flows.collecting.ledger import Ledger
    from sources.config import ConfigError, load

    try:
        config = load(config_path)
    except ConfigError as error:
        print(f"casualties: {error}", file=sys.stderr)
        return {}
    ledger = Ledger(path)
    rows = {}
    for source in config.sources.values():
        state = ledger.state(source.name)
        due = state.last_try + timedelta(hours=source.every_hours) if state.last_try and source.enabled else None
        rows[source.name] = (
            state.last_success, state.new, state.changed, state.failed, len(state.waiting), due,
            state.trouble if source.enabled else "not enabled",
        )  # fmt: skip
    return rows


def joined(table: Any, collected: dict[str, tuple[Any, ...]]) -> Any:
    """The rows of the warehouse and those of collecting, side by side, a source each; either side may be missing."""
    import warehouse

    held = {row[0]: row for row in table.rows}
    nothing = (None,) * (len(table.columns) - 1)
    rows = [
        (*held.get(name, (name, *nothing)), *collected.get(name, (None,) * len(COLLECTED)))
        for name in sorted(held.keys() | collected.keys())
    ]
    types = (*table.types, "TIMESTAMP", *["BIGINT"] * 4, "TIMESTAMP", "VARCHAR")
    return warehouse.Table((*table.columns, *COLLECTED), types, rows)
