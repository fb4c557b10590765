"""The ``casualties`` command. It imports the code of a command only when that command runs, and never Prefect.

Exit status: 0 done (rejected rows are counted, not failures); 1 something could not be read or written; 2 wrong usage,
which includes a query or an export that the warehouse refuses.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.commands import COMMANDS

DEFAULT_WAREHOUSE = "casualties.duckdb"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; ``argv`` defaults to the process's own. Returns the exit status (argparse exits)."""
    args_given = list(sys.argv[1:] if argv is None else argv)
    args = build_parser(args_given).parse_args(args_given)
    try:
        return _run(args)
    except BrokenPipeError:
        # The reader went away (``| head``): nothing left to say, and Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("casualties: stopped; the warehouse is as it was before", file=sys.stderr)
        return 130


def _run(args: argparse.Namespace) -> int:
    try:
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:
        ending = status_of(error)
        if ending is None:
            raise
        print(f"casualties: {error}", file=sys.stderr)
        return ending


def status_of(error: Exception) -> int | None:
    """Exit status of an error whose text is meant for the user; None for a fault of ours, which keeps its traceback."""
    # Only now: a command that goes well does not wait for these.
    import sources
    import warehouse

    if isinstance(error, warehouse.QueryRefused | warehouse.ExportRefused | sources.UnknownSourceError):
        return 2
    return 1 if isinstance(error, warehouse.WarehouseError | sources.SnapshotError | MemoryError) else None


def build_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """The parser for this command line: every command by name and summary, the options of the one that is called."""
    parser = argparse.ArgumentParser(
        prog="casualties",
        description="Who says that how many of whom were harmed, where, when, by whom, in which words.",
        epilog="examples:\n"
        "  casualties ingest examples/\n"
        '  casualties sql "SELECT quote, low, high, claimant FROM mart.claim_flat"\n'
        "  casualties ingest --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    called = next((word for word in argv if word in COMMANDS), None)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        if name == called:
            _configure(command, name)
    return parser


def _configure(parser: argparse.ArgumentParser, name: str) -> None:
    module = importlib.import_module(f"flows.commands.{name}")
    parser.add_argument(
        "--warehouse", type=Path, metavar="FILE", action=_Named,
        default=os.environ.get("CASUALTIES_WAREHOUSE") or DEFAULT_WAREHOUSE,
        help=f"the DuckDB file (else CASUALTIES_WAREHOUSE, else {DEFAULT_WAREHOUSE} in this folder)",
    )  # fmt: skip
    module.configure(parser)
    parser.set_defaults(run=module.run, warehouse_named=False)


class _Named(argparse.Action):
    """Notes that the warehouse was named on the command line: then no publication stands in for it."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:  # fmt: skip
        namespace.warehouse, namespace.warehouse_named = values, True


if __name__ == "__main__":
    sys.exit(main())
