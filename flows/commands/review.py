"""``casualties review``: what a person should look at goes out, and comes back as decisions that linking obeys."""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from flows import render

BELOW = 0.5
COLUMNS = (
    "claim_id", "confidence", "document_name", "value_text", "harm", "victim_class", "low", "best", "high", "qualifier",
    "claimant", "place_text", "date_start", "scope", "quote", "publisher", "published", "url",
)  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--uncertain", action="store_true", help="list the claims of low confidence, the lowest first")
    what.add_argument("--export", type=Path, metavar="FILE", help="write every open question as a CSV to be filled in")
    what.add_argument("--load", type=Path, metavar="FILE", help="take over the decisions of such a CSV, and link anew")
    parser.add_argument(
        "--below", type=chance, default=BELOW, metavar="P", help=f"--uncertain: confidence under P (default: {BELOW})"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="--uncertain: a CSV (default: a table)")
    parser.epilog = (
        "A text in the CSV that a spreadsheet would run as a formula gets a ' in front.\n\n"
        "examples:\n"
        "  casualties review --uncertain --below 0.8 -o look_at.csv\n"
        "  casualties review --export questions.csv\n"
        "  casualties review --load questions.csv"
    )


def chance(text: str) -> float:
    """An argument from 0 to 1. Raises `argparse.ArgumentTypeError` for anything else."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def run(args: argparse.Namespace) -> int:
    """Do one of the three; 0, or 1 when the file cannot be written. Raises `warehouse.WarehouseError`."""
    if args.export:
        return _export(args)
    if args.load:
        return _load(args)
    return _uncertain(args)


def _export(args: argparse.Namespace) -> int:
    import warehouse

    rows = warehouse.export_reviews(args.warehouse, args.export)
    print(f"{rows:,} questions written to {args.export}: fill in decision and reviewer", file=sys.stderr)
    return 0


def _load(args: argparse.Namespace) -> int:
    import warehouse
    from flows import pipeline

    taken = warehouse.load_reviews(args.warehouse, args.load)
    if taken.taken and not pipeline.publish_decided(args.warehouse):
        warehouse.link(args.warehouse)
    print(f"{taken.taken:,} decisions taken over, {taken.known:,} known, {taken.open:,} open", file=sys.stderr)
    return 0


def _uncertain(args: argparse.Namespace) -> int:
    import warehouse

    table = warehouse.query(
        args.warehouse,
        f"SELECT {', '.join(COLUMNS)} FROM mart.claim_flat WHERE confidence < {args.below!r} "
        "ORDER BY confidence, document_name, quote_start, claim_id",
    )
    if args.output is None:
        render.write(table, "table")
    else:
        try:
            _write(args.output, table)
        except OSError as error:
            print(f"casualties: {args.output}: {error.strerror}", file=sys.stderr)
            return 1
    print(f"{len(table.rows):,} claims below {args.below:g}", file=sys.stderr)
    return 0


def _write(path: Path, table: render.Rows) -> None:
    from warehouse.exporting import spreadsheet_safe

    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(table.columns)
        writer.writerows([spreadsheet_safe(render.plain(value)) for value in row] for row in table.rows)
