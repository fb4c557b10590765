"""The data dictionary, ``docs/data_dictionary.md``: ``python -m schemas.dictionary [FILE]`` writes it."""

from __future__ import annotations

import argparse
from pathlib import Path

from schemas.declaration import Table, tables
from schemas.enums import enums

HEAD = """# Data dictionary

Made from `schemas/*.toml` by `python -m schemas.dictionary`; a test fails when it differs. Numbers are people unless a
unit is
given, times are UTC, dates are ISO days, offsets count Unicode code points from 0. NULL means that it is not known,
never zero.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _section(table: Table) -> str:
    kind = "view" if table.view else f"table, key ({', '.join(table.key)})"
    lines = [f"### {table.name}", "", f"{table.meaning}. ({kind})", "", "| column | type | meaning |", "|---|---|---|"]
    for column in table.columns:
        notes = [f"unit: {column.unit}"] if column.unit else []
        notes += [f"values: [{column.enum}](#{column.enum})"] if column.enum else []
        notes += ["required"] if column.required else []
        meaning = column.meaning + (f" ({'; '.join(notes)})" if notes else "")
        lines.append(f"| {column.name} | {_cell(column.type)} | {_cell(meaning)} |")
    lines += [""] + [f"- check: `{check}`" for check in table.checks] + ([""] if table.checks else [])
    return "\n".join(lines)


def _enumeration(name: str, meanings: dict[str, str]) -> str:
    rows = [f"| {value} | {_cell(meaning)} |" for value, meaning in meanings.items()]
    return "\n".join([f"### {name}", "", "| value | meaning |", "|---|---|", *rows, ""])


def dictionary() -> str:
    """The whole dictionary as Markdown: the views analysts read first, then the tables behind, then the value lists."""
    views = [_section(table) for table in tables().values() if table.view]
    inner = [_section(table) for table in tables().values() if not table.view]
    lists = [_enumeration(name, meanings) for name, meanings in enums().items()]
    return "\n".join([HEAD, "## Views", "", *views, "## Tables", "", *inner, "## Values", "", *lists])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the data dictionary from the declared columns.")
    parser.add_argument("page", nargs="?", type=Path, default="docs/data_dictionary.md", help="default: %(default)s")
    parser.parse_args().page.write_text(dictionary(), encoding="utf-8")
