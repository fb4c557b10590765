"""``casualties collect``: what is new at the configured sources, into the warehouse; then a publication."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import TYPE_CHECKING

from flows.commands import config_option, positive

if TYPE_CHECKING:
    from flows.collecting.run import Summary


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="names in sources.toml (default: all enabled)")
    config_option(parser)
    parser.add_argument("--since", type=day, metavar="DATE", help="back-fill: what was published from this day on")
    parser.add_argument("--until", type=day, metavar="DATE", help="back-fill: what was published up to this day")
    parser.add_argument("--limit", type=positive, metavar="N", help="articles a source at most in this run")
    parser.add_argument("--due", action="store_true", help="only sources whose every_hours have passed")
    parser.add_argument("--dry-run", action="store_true", help="list what would be fetched; write nothing")
    parser.add_argument("--no-publish", action="store_true", help="do not publish afterwards")
    parser.epilog = (
        "exit status: 0 every source was collected; 1 a source failed, the rest was loaded (the next run takes up\n"
        "where this one stopped); 2 sources.toml or the command line is wrong\n\n"
        "examples:\n"
        "  casualties collect\n"
        "  casualties collect example-wire --dry-run\n"
        "  casualties collect --since 2026-11-01 --until 2026-11-15 --limit 2000"
    )


def day(text: str) -> date:
    """An ISO day of the command line. Raises `argparse.ArgumentTypeError`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day in the form YYYY-MM-DD") from None


def run(args: argparse.Namespace) -> int:
    """Collect, publish what is new, and print a row a source; 1 when one failed."""
    from flows import render
    from flows.collecting import run as collecting
    from flows.collecting.desk import Wish
    from flows.collecting.ledger import CollectBusyError, Ledger
    from flows.credentials import secret
    from sources.config import ConfigError, load

    wish = Wish(
        since=datetime.combine(args.since, clock.min) if args.since else None,
        until=datetime.combine(args.until, clock.min) + timedelta(days=1, seconds=-1) if args.until else None,
        limit=args.limit, dry_run=args.dry_run,
    )  # fmt: skip
    try:
        config = load(args.config)
        selected = collecting.chosen(
            config, args.sources, Ledger(args.warehouse), only_due=args.due, at=collecting.now()
        )
    except ConfigError as error:
        print(f"casualties: {error}", file=sys.stderr)
        return 2
    try:
        summary = collecting.collect(config, args.warehouse, selected, wish, secret=secret)
    except CollectBusyError as error:
        print(f"casualties: {error}", file=sys.stderr)
        return 1
    _tell(summary, dry=args.dry_run)
    if not args.dry_run and not args.no_publish:
        publish_news(args, summary, config.keep, config.keep_days)
    render.write(summary, "table")
    return 1 if summary.failed else 0


def publish_news(args: argparse.Namespace, summary: Summary, keep: int, keep_days: float | None) -> None:
    """Publish when there is something that no reader has seen yet."""
    import warehouse
    from warehouse import publishing

    if not summary.loaded and publishing.newest_publication(args.warehouse):
        return
    try:
        done = publishing.publish(args.warehouse, keep=keep, keep_days=keep_days)
    except warehouse.WarehouseMissing:
        return  # nothing was ever loaded
    print(f"published: {done.path} ({done.claims:,} claims)", file=sys.stderr)


def _tell(summary: Summary, *, dry: bool) -> None:
    for reason in summary.failed:
        print(f"casualties: {reason}", file=sys.stderr)
    if dry:
        for outcome in summary.outcomes:
            for found in outcome.listed:
                print(f"{outcome.source}\t{found.published or ''}\t{found.url}\t{found.title or ''}", file=sys.stderr)
