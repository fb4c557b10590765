"""``casualties rebuild``: the warehouse anew from the bytes as received."""

from __future__ import annotations

import argparse
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.epilog = (
        "The new warehouse takes the old one's place only when it is complete.\n\n"
        "examples:\n  casualties rebuild\n  casualties rebuild --warehouse syria.duckdb"
    )


def run(args: argparse.Namespace) -> int:
    """Rebuild and say how much there was; 0. Raises `warehouse.WarehouseError` and `sources.SnapshotError`."""
    from flows import pipeline

    loaded = pipeline.rebuild(args.warehouse)
    print(f"{loaded.documents:,} documents, {loaded.claims:,} claims, {loaded.rejected:,} rejected", file=sys.stderr)
    return 0
