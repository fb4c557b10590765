"""``casualties explain``: one claim, the words that made it, and the rules that read them."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

STYLES = {
    "number": "bold red", "victims": "bold yellow", "harm": "bold magenta", "claimant": "bold cyan",
    "place": "bold green", "date": "bold blue",
}  # fmt: skip
SHOWN = 5
"""Claims named when a prefix fits several."""

# A claim_id is hexadecimal (schemas.keys): what is not cannot name a claim, and what is needs no quoting in SQL.
_ID = re.compile(r"[0-9a-f]+")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("claim", metavar="CLAIM_ID", help="of mart.claim_flat; its first characters do, when unique")
    parser.epilog = (
        "examples:\n"
        "  casualties explain 3f9c21d0\n"
        '  casualties sql "SELECT claim_id, quote FROM mart.claim_flat ORDER BY confidence LIMIT 10"'
    )


def run(args: argparse.Namespace) -> int:
    """Print the claim; 1 when no claim, or more than one, has this id. Raises `warehouse.WarehouseError`."""
    wanted = args.claim.strip().lower()
    found = _claims(args.warehouse, f"starts_with(f.claim_id, '{wanted}')") if _ID.fullmatch(wanted) else []
    if not found:
        print(f"casualties: no claim_id of mart.claim_flat begins with {args.claim!r}", file=sys.stderr)
        return 1
    if len(found) > 1:
        some = ", ".join(row["claim_id"][: len(wanted) + 8] + "…" for row in found[:SHOWN])
        print(f"casualties: several claims begin with {args.claim!r}: {some}", file=sys.stderr)
        return 1
    row = found[0]
    _show(row, _claims(args.warehouse, f"f.part_of = '{row['claim_id']}'"), sys.stdout)
    return 0


def _claims(path: Path, condition: str) -> list[dict[str, Any]]:
    import warehouse

    table = warehouse.query(
        path,
        "SELECT f.*, d.text, whole.quote AS part_of_quote, earlier.quote AS restates_quote"
        " FROM mart.claim_flat f JOIN core.document d USING (document_id)"
        " LEFT JOIN mart.claim_flat whole ON whole.claim_id = f.part_of"
        " LEFT JOIN mart.claim_flat earlier ON earlier.claim_id = f.restates"
        f" WHERE {condition} ORDER BY f.document_id, f.number",
    )
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _show(row: dict[str, Any], parts: Sequence[dict[str, Any]], out: TextIO) -> None:
    from flows import explaining, render

    console = render.console(out)
    described = ", ".join(str(row[name]) for name in ("publisher", "published", "url") if row[name])
    read_by = f"read by {row['extractor']} {row['extractor_version']}, confidence {row['confidence']:.2f}"
    head = f"{row['claim_id']}  {row['document_name']}" + (f" ({described})" if described else "")
    inside = explaining.window(row["text"], row["quote_start"], row["quote_end"])
    pieces = explaining.pieces(row["text"], inside, explaining.marks(row, row["text"], inside))
    told = [*explaining.in_words(row, parts), ("read", read_by)]
    _line(console, [(render.cell(head), "bold")])
    _line(console, [])
    _line(console, _quoted(pieces, console.color_system is not None))
    for title, lines in (("", told), ("rules that fired", list(explaining.fired(row)))):
        width = max((len(name) for name, _ in lines), default=0) + 2
        _line(console, [(title, "bold")])
        for name, sentence in lines:
            _line(console, [(f"  {name:<{width}}", "dim"), (render.cell(sentence), "")])


def _quoted(pieces: Sequence[tuple[str, str | None]], coloured: bool) -> list[tuple[str, str]]:
    """Styled words: in colour with a legend, without it every mark in brackets with its label."""
    shown = [(_plain(words), label) for words, label in pieces]
    if not coloured:
        return [(words if label is None else f"[{label}: {words}]", "") for words, label in shown]
    legend = [part for label in STYLES for part in ((label, STYLES[label]), (" ", ""))]
    return [(words, STYLES.get(label or "", "")) for words, label in shown] + [("\n", ""), *legend]


def _plain(words: str) -> str:
    """One line, without what could steer the terminal; blanks at the ends stay, they part words from marks."""
    from flows import render

    inner = render.cell(words)
    lead, trail = words[:1].isspace(), words[-1:].isspace()
    return " " if not inner else " " * lead + inner + " " * trail


def _line(console: Any, parts: Sequence[tuple[str, str]]) -> None:
    from rich.text import Text

    # Piped output is one line a line: programs that read it do not want it wrapped.
    console.print(Text.assemble(*parts), soft_wrap=not console.is_terminal)
