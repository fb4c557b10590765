"""``casualties held``: loads that were far below what their source should give, and the word that publishes one."""

from __future__ import annotations

import argparse
import sys

from flows import render
from flows.commands import from_warehouse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--publish", metavar="ID", help="publish this one (the beginning of its id is enough)")
    parser.add_argument("--by", metavar="NAME", help="who says so; needed with --publish")
    parser.add_argument("--why", metavar="TEXT", help="for what reason")
    parser.add_argument("--format", choices=render.FORMATS, default="table", help="what to print (default: table)")
    parser.epilog = (
        "A load is held back when it has less than half of the records, or of the shares of records with a date, a\n"
        "place or a figure, that its source states, or when a release would withdraw most of what stands. Its records\n"
        "are in raw.record; nothing of it is in the views until somebody says so.\n\n"
        "examples:\n"
        "  casualties held\n"
        "  casualties held --publish 3f2a --by ana --why 'an excerpt, and meant to be one'"
    )


def run(args: argparse.Namespace) -> int:
    """List the loads, or publish one; 0, or 2 when nobody says so. Raises `warehouse.errors.WarehouseError`."""
    if args.publish is None:
        import warehouse

        render.write(from_warehouse(args, warehouse.held_loads), args.format)
        return 0
    if not args.by:
        print("casualties: --publish needs --by NAME: who says so?", file=sys.stderr)
        return 2
    from flows import pipeline

    summary = pipeline.publish_held(args.warehouse, args.publish, args.by, args.why)
    for sentence in summary.held:
        print(f"casualties: {sentence}", file=sys.stderr)
    render.write(summary, args.format)
    return 0
