"""``casualties publish``: a copy of the warehouse for readers, replaced in one step."""

from __future__ import annotations

import argparse
import sys

from flows.commands import positive


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--keep", type=positive, default=5, metavar="N", help="publications that stay (default: 5)")
    parser.add_argument("--keep-days", type=float, metavar="DAYS", help="take away older ones; the newest always stays")
    parser.epilog = (
        "Beside w.duckdb, w.files/published/casualties.duckdb is what readers open (docs/publishing.md).\n\n"
        "examples:\n  casualties publish\n  casualties publish --keep 24 --keep-days 30"
    )


def run(args: argparse.Namespace) -> int:
    """Publish and say what; 0. Raises `warehouse.errors.WarehouseError`."""
    from warehouse import publishing

    done = publishing.publish(args.warehouse, keep=args.keep, keep_days=args.keep_days)
    print(done.path)
    print(
        f"{done.claims:,} claims, {done.bytes / 1e6:.1f} MB, {done.seconds:.1f} s; Parquet in {done.folder} "
        f"({done.shared_claims:,} claims may be passed on); {done.removed} older publications removed",
        file=sys.stderr,
    )
    return 0
