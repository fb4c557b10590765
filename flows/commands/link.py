"""``casualties link``: places resolved and claims linked to incidents anew. `ingest` ends with it by itself."""

from __future__ import annotations

import argparse
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.epilog = (
        "ingest, review --load and places import link by themselves; this is for a file of decisions\n"
        "or places that was put beside the warehouse by hand.\n\n"
        "examples:\n  casualties link\n  casualties link --warehouse syria.duckdb"
    )


def run(args: argparse.Namespace) -> int:
    """Link and say what came of it; 0. Raises `warehouse.WarehouseError`."""
    import warehouse

    done = warehouse.link(args.warehouse)
    print(
        f"{done.incidents:,} incidents, {done.claims:,} claims linked to one; {done.places - done.unresolved:,} of"
        f" {done.places:,} places known; {done.changed:,} rows changed",
        file=sys.stderr,
    )
    return 0
