"""``casualties places``: gazetteers of elsewhere come in, and the places that none knows are listed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from flows import render
from flows.commands import from_warehouse, positive


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "action", choices=("import", "unknown"),
        help="import: take in dumps of GeoNames and link anew; unknown: names in claims that no gazetteer knows",
    )  # fmt: skip
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="import: a country each, SY.txt or SY.zip")
    parser.add_argument("--limit", type=positive, default=50, metavar="N", help="unknown: the first N (default: 50)")
    parser.add_argument("--format", choices=render.FORMATS, default="table", help="unknown: what to print")
    parser.epilog = (
        "An import is kept in STEM.files/places/ beside the warehouse; importing a file of that name again replaces\n"
        "it. The project's own table is asked first, imported places where it knows none or only the area around,\n"
        "and only where the country is told.\n\n"
        "examples:\n"
        "  casualties places import SY.txt IQ.zip\n"
        "  casualties places unknown --limit 20\n"
        "  casualties places unknown --format csv > unknown.csv"
    )


def run(args: argparse.Namespace) -> int:
    """Do one of the two; 0, 1 when a dump cannot be read, 2 for wrong usage. Raises `warehouse.WarehouseError`."""
    if (args.action == "import") != bool(args.files):
        print("casualties: places import takes files, places unknown takes none", file=sys.stderr)
        return 2
    return _import(args) if args.files else _unknown(args)


def _import(args: argparse.Namespace) -> int:
    import warehouse
    from sources import geonames

    status = 0
    for file in args.files:
        try:
            count = warehouse.import_places(args.warehouse, file.stem, geonames.read(file))
        except geonames.GeonamesError as error:
            print(f"casualties: {error}", file=sys.stderr)
            status = 1
        else:
            print(f"{count:,} places of {file}", file=sys.stderr)
    if args.warehouse.exists():
        done = warehouse.link(args.warehouse)
        known = done.places - done.unresolved
        print(f"{known:,} of the {done.places:,} place names in claims and records are known now", file=sys.stderr)
    return status


def _unknown(args: argparse.Namespace) -> int:
    import warehouse

    sql = f"FROM mart.unknown_place ORDER BY mentions DESC, place_text LIMIT {args.limit}"
    table = from_warehouse(args, lambda path: warehouse.query(path, sql))
    render.write(table, args.format)
    if not table.rows:
        print("every place that a claim names is known", file=sys.stderr)
    return 0
