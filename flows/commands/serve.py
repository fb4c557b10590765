"""``casualties serve``: collecting and publishing by the clock on one machine, without any set-up."""

from __future__ import annotations

import argparse

from flows.commands import config_option, positive


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    config_option(parser)
    parser.add_argument("--every", type=positive, default=60, metavar="MINUTES",
                        help="minutes between two runs (default: 60)")  # fmt: skip
    parser.epilog = (
        "Runs until it is stopped (Ctrl-C). Each run takes the sources whose every_hours have passed, and publishes.\n"
        "With PREFECT_API_URL set, runs, summaries and schedule are in that server's UI (docs/collecting.md).\n\n"
        "examples:\n  casualties serve\n  casualties serve --every 15 --warehouse syria.duckdb"
    )


def run(args: argparse.Namespace) -> int:
    """Serve until stopped; 2 when ``sources.toml`` is wrong."""
    import sys

    from sources.config import ConfigError, load

    try:
        load(args.config)
    except ConfigError as error:
        print(f"casualties: {error}", file=sys.stderr)
        return 2
    from flows.serving import serve

    serve(args.config.absolute(), args.warehouse.absolute(), minutes=args.every)
    return 0
