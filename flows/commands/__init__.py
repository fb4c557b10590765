"""One module a command, imported only when it runs. Each offers ``configure(parser)`` and ``run(args) -> exit status``.

A new command is a module here and a line in ``COMMANDS``; the order is the order of ``casualties --help``.
"""

from __future__ import annotations

import argparse

COMMANDS = {
    "ingest": "read articles and monitor reports into the warehouse (the main job)",
    "sql": "ask the warehouse a question in SQL (read-only)",
    "export": "write a view as JSON lines, CSV or Parquet",
    "rejects": "list what was refused, with the reason",
    "status": "what the warehouse holds, one row a source",
    "rebuild": "make the warehouse anew from the snapshot store",
}


def positive(text: str) -> int:
    """An argument that counts something. Raises `argparse.ArgumentTypeError` unless it is a whole number above zero."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
