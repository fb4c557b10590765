"""``casualties ingest``: the main job. Reads, extracts, checks, loads and links; prints a summary."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from flows.commands import positive


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("inputs", nargs="+", metavar="PATH|URL", help="files, folders, web addresses, or - for stdin")
    parser.add_argument(
        "--source", metavar="NAME", help="what the input is (casualties sources lists them); else its content tells"
    )
    parser.add_argument(
        "--mapping", metavar="FILE", help="the inputs are tables that this mapping file describes (or a shipped one)"
    )
    parser.add_argument(
        "--no-publish", dest="publish", action="store_false", help="leave the copy for readers as it is"
    )
    parser.add_argument("--jobs", type=positive, metavar="N", help="processes that extract (default: one a core)")
    parser.epilog = (
        "exit status: 0 everything was read, also when rows were rejected (casualties rejects lists them);\n"
        "1 an input could not be read at all, the rest was loaded; 2 wrong usage\n\n"
        "examples:\n"
        "  casualties ingest articles/ report.html\n"
        "  casualties ingest incidents.csv --source airwars --warehouse syria.duckdb\n"
        "  casualties ingest table.csv --mapping my.toml\n"
        "  cat post.txt | casualties ingest -"
    )


def run(args: argparse.Namespace) -> int:
    """Ingest and print what came of it; 1 when an input could not be read at all."""
    from flows import pipeline, render
    from flows.progress import Progress

    source, told = args.source, {}
    if args.mapping:
        from sources import mapping

        try:
            told["mapping"] = mapping.text_of(args.mapping)
        except mapping.MappingError as error:
            print(f"casualties: {error}", file=sys.stderr)
            return 2
        if source not in (None, mapping.NAME):
            print(f"casualties: --mapping is for tables, not for --source {source}: give one of them", file=sys.stderr)
            return 2
        source = mapping.NAME
    with Progress() as progress:
        summary = pipeline.ingest(
            args.inputs, args.warehouse, source=source, told=told, jobs=args.jobs, progress=progress
        )
    for reason in summary.failed:
        print(f"casualties: {reason}", file=sys.stderr)
    for sentence in summary.held:
        print(f"casualties: {sentence}", file=sys.stderr)
    render.write(summary, "table")
    if summary.rejected:
        print("rejected rows with their reasons: casualties rejects", file=sys.stderr)
    published = not args.publish or _published(args.warehouse, summary.documents > summary.unchanged)
    return 1 if summary.failed or not published else 0


def _published(path: Path, changed: bool) -> bool:
    """Put the copy for readers in place after a load that changed something, or where there is none; whether that
    went well.
    """
    import warehouse
    from warehouse import publishing

    if not path.exists() or (not changed and publishing.newest_publication(path)):
        return True
    try:
        done = publishing.publish(path)
    except warehouse.WarehouseError as error:
        print(f"casualties: loaded, but not published: {error}", file=sys.stderr)
        return False
    print(f"published: {done.path}", file=sys.stderr)
    return True
