"""``casualties mapping new``: a first mapping file for a table that no source module knows."""

from __future__ import annotations

import argparse
import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.reading import Received


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("action", choices=("new",), help="new: propose one from the names and values of the columns")
    parser.add_argument("table", type=Path, metavar="TABLE", help="a CSV file or a JSON list of records")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write the TOML (default: stdout)")
    parser.epilog = (
        "Read the proposal before use: what could not be guessed is left as a comment. Then\n"
        "casualties ingest TABLE --mapping FILE (in a folder: its text under the key mapping of TABLE.meta.json).\n\n"
        "examples:\n"
        "  casualties mapping new incidents.csv\n"
        "  casualties mapping new incidents.csv -o incidents.toml"
    )


def run(args: argparse.Namespace) -> int:
    """Print or write the proposal; 1 when the table cannot be read or the file is there already."""
    from sources import mapping
    from sources.table import UnreadableError

    try:
        proposal = mapping.propose(_received(args.table))
        if args.output is None:
            print(proposal, end="" if proposal.endswith("\n") else "\n")
            return 0
        # "x": a mapping that someone has finished by hand is not overwritten.
        with args.output.open("x", encoding="utf-8", newline="\n") as out:
            out.write(proposal)
    except UnreadableError as error:
        print(f"casualties: {args.table}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"casualties: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"a first mapping written to {args.output}: read it before use", file=sys.stderr)
    return 0


def _received(path: Path) -> Received:
    from sources.reading import Received

    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Received(path, path.name, str(path.resolve()), digest, datetime.now(UTC).replace(tzinfo=None))
