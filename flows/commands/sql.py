"""``casualties sql``: a question to the warehouse, read-only."""

from __future__ import annotations

import argparse

from flows import render
from flows.commands import from_warehouse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("query", metavar="SQL", help="one SELECT; the views are in the schema mart")
    parser.add_argument("--format", choices=render.FORMATS, default="table", help="what to print (default: table)")
    parser.epilog = (
        "examples:\n"
        '  casualties sql "SELECT publisher, quote, low, high FROM mart.claim_flat WHERE harm = \'killed\'"\n'
        '  casualties sql "DESCRIBE mart.incident_flat"\n'
        '  casualties sql "SELECT * FROM mart.document_toll" --format csv > tolls.csv'
    )


def run(args: argparse.Namespace) -> int:
    """Print the answer; 0. Raises `warehouse.errors.WarehouseError`."""
    import warehouse

    render.write(from_warehouse(args, lambda path: warehouse.query(path, args.query)), args.format)
    return 0
