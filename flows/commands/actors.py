"""``casualties actors``: claimants and accused whom the vocabulary of actors does not know."""

from __future__ import annotations

import argparse
import sys

from flows import render
from flows.commands import from_warehouse, positive


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("action", choices=("unknown",), help="unknown: those that no canonical name stands for")
    parser.add_argument("--limit", type=positive, default=50, metavar="N", help="the first N (default: 50)")
    parser.add_argument("--format", choices=render.FORMATS, default="table", help="what to print (default: table)")
    parser.epilog = (
        "A canonical name given in `casualties review --export` and `--load` holds for every claim.\n\n"
        "examples:\n  casualties actors unknown\n  casualties actors unknown --format csv > who.csv"
    )


def run(args: argparse.Namespace) -> int:
    """Print the rows of ``mart.unknown_actor``; 0. Raises `warehouse.WarehouseError`."""
    import warehouse

    sql = f"FROM mart.unknown_actor ORDER BY mentions DESC, actor, said_as LIMIT {args.limit}"
    table = from_warehouse(args, lambda path: warehouse.query(path, sql))
    render.write(table, args.format)
    if not table.rows:
        print("every claimant and accused is known", file=sys.stderr)
    return 0
