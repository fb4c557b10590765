"""``casualties status``: what the warehouse holds, one row a source."""

from __future__ import annotations

import argparse
import sys

from flows import render


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--format", choices=render.FORMATS, default="table", help="what to print (default: table)")
    parser.epilog = "examples:\n  casualties status\n  casualties status --format json"


def run(args: argparse.Namespace) -> int:
    """Print one row a source, and on stderr the counts of the whole; 0. Raises `warehouse.errors.WarehouseError`."""
    import warehouse

    render.write(warehouse.status(args.warehouse), args.format)
    counts = warehouse.counts(args.warehouse)
    print(", ".join(f"{number:,} {name}" for name, number in counts.items()), file=sys.stderr)
    return 0
