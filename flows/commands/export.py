"""``casualties export``: a view as a file, for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from flows.commands import from_warehouse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("view", metavar="VIEW", help="claim_flat, document_toll, incident_flat, position_flat, …")
    parser.add_argument("--format", choices=("jsonl", "csv", "parquet"), required=True)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write (default: stdout)")
    parser.add_argument(
        "--for-others", action="store_true", help="leave out what its licence does not allow passing on"
    )
    parser.add_argument(
        "--counting",
        metavar="NAME",
        help="with document_toll: count by a named set of rules (default, rand, muc4, dronestream, airwars)",
    )
    parser.epilog = (
        "examples:\n"
        "  casualties export claim_flat --format jsonl -o claims.jsonl\n"
        "  casualties export incident_flat --format parquet -o incidents.parquet\n"
        "  casualties export mart.document_toll --format csv | head\n"
        "  casualties export document_toll --format csv --counting airwars -o tolls.csv\n"
        "  casualties export claim_flat --format csv --for-others -o claims.csv"
    )


def run(args: argparse.Namespace) -> int:
    """Write the view; 0. Raises `warehouse.errors.WarehouseError`."""
    import warehouse
    from warehouse import publishing

    export = publishing.export_for_others if args.for_others else warehouse.export
    rows = from_warehouse(args, lambda path: export(path, args.view, args.format, args.output, args.counting))
    if args.output:
        print(f"{rows:,} rows written to {args.output}", file=sys.stderr)
    return 0
