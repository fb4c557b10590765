"""``casualties rejects``: what was refused, newest first, with the reason."""

from __future__ import annotations

import argparse
import sys

from flows import render
from flows.commands import positive


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--limit", type=positive, default=50, metavar="N", help="newest N rows (default: 50)")
    parser.add_argument("--format", choices=render.FORMATS, default="table", help="what to print (default: table)")
    parser.epilog = "examples:\n  casualties rejects\n  casualties rejects --limit 10000 --format csv > rejects.csv"


def run(args: argparse.Namespace) -> int:
    """Print the rows of ``mart.rejected``; 0. Raises `warehouse.errors.WarehouseError`."""
    import warehouse

    table = warehouse.rejects(args.warehouse, limit=args.limit)
    render.write(table, args.format)
    if not table.rows:
        print("nothing was rejected", file=sys.stderr)
    return 0
