"""One module a command, imported only when it runs. Each offers ``configure(parser)`` and ``run(args) -> exit status``.

A new command is a module here and a line in ``COMMANDS``; the order is the order of ``casualties --help``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")

COMMANDS = {
    "ingest": "read articles and monitor reports into the warehouse (the main job)",
    "sql": "ask the warehouse a question in SQL (read-only)",
    "export": "write a view as JSON lines, CSV or Parquet",
    "rejects": "list what was refused, with the reason",
    "status": "what the warehouse holds, one row a source",
    "collect": "fetch what is new at the configured sources",
    "publish": "copy the warehouse for readers, in one step",
    "sources": "check or list the configured sources",
    "serve": "collect and publish by the clock on this machine",
    "explain": "show the words and rules behind one claim",
    "held": "loads far below what their source should give, and publishing them",
    "link": "link claims to incidents anew, after places or decisions have changed",
    "places": "take in a gazetteer, or list the places that none knows",
    "actors": "list the claimants and accused that the vocabulary does not know",
    "review": "what a person should look at, and decisions taken back",
    "mapping": "propose a mapping file for a new table",
    "rebuild": "make the warehouse anew from the snapshot store",
}


def positive(text: str) -> int:
    """An argument that counts something. Raises `argparse.ArgumentTypeError` unless it is a whole number above zero."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def config_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--config FILE``."""
    parser.add_argument(
        "--config", type=Path, metavar="FILE", default=os.environ.get("CASUALTIES_SOURCES") or "sources.toml",
        help="the configuration (else CASUALTIES_SOURCES, else sources.toml in this folder)",
    )  # fmt: skip


def from_warehouse(args: argparse.Namespace, ask: Callable[[Path], Answer]) -> Answer:
    """What ``ask`` gives of the warehouse; of its newest publication while it is being written.

    With ``--warehouse FILE`` it is FILE or nothing. Raises what ``ask`` raises.
    """
    import warehouse
    from warehouse import publishing

    try:
        return ask(args.warehouse)
    except warehouse.WarehouseBusy:
        published = None if args.warehouse_named else publishing.newest_publication(args.warehouse)
        if published is None:
            raise
    at = publishing.published_at(published)
    print(f"{args.warehouse} is being written: this is its publication of {at:%Y-%m-%d %H:%M} UTC", file=sys.stderr)
    return ask(published)
