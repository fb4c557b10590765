"""Rows on stdout: what fits, what is left out and said so, what other programs can read."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from flows import render


@dataclass
class Table:
    """Stands for the answer of a query."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def written(table: Table, fmt: str) -> str:
    out = io.StringIO()
    render.write(table, fmt, out)
    return out.getvalue()


def test_json_is_one_list_with_dates_numbers_lists_and_nulls() -> None:
    table = Table(("day", "n", "names", "who", "share"),
                  [(date(2018, 7, 12), Decimal(54), ["SOHR", "SANA"], None, float("nan"))])  # fmt: skip
    assert json.loads(written(table, "json")) == [
        {"day": "2018-07-12", "n": 54, "names": ["SOHR", "SANA"], "who": None, "share": None}
    ]


def test_json_of_no_rows_is_an_empty_list() -> None:
    assert json.loads(written(Table(("a",), []), "json")) == []


def test_json_loses_no_value_when_two_columns_share_a_name() -> None:
    assert json.loads(written(Table(("n", "n"), [(1, 2)]), "json")) == [{"n": 1, "n_2": 2}]


def test_csv_keeps_quotes_line_breaks_and_structures() -> None:
    table = Table(("quote", "who"), [('"two", he\nsaid', [{"actor": "SDF"}]), (None, [])])
    rows = list(csv.reader(io.StringIO(written(table, "csv"))))
    assert rows == [["quote", "who"], ['"two", he\nsaid', '[{"actor": "SDF"}]'], ["", "[]"]]


def test_a_table_is_never_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    table = Table(("quote", "low"), [("a very long clause " * 20, 54)])
    lines = written(table, "table").splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[-1].split()[-1] == "54"


def test_columns_that_do_not_fit_are_left_out_and_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    names = tuple(f"column_{number:02}" for number in range(30))
    text = written(Table(names, [tuple("x" * 20 for _ in names)]), "table")
    assert "column_00" in text
    assert "column_29" not in text
    left_out = 30 - sum(name in text for name in names)
    assert f"{left_out} more columns" in capsys.readouterr().err


def test_rows_beyond_the_limit_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(number,) for number in range(render.TABLE_ROWS + 7)]
    text = written(Table(("n",), rows), "table")
    assert str(render.TABLE_ROWS - 1) in text
    assert str(render.TABLE_ROWS + 6) not in text
    assert "7 more rows" in capsys.readouterr().err


def test_a_text_cannot_steer_the_terminal_nor_use_markup() -> None:
    text = written(Table(("quote",), [("\x1b[2J\x9b31m[red]gone[/red]\r\n",)]), "table")
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "[red]gone[/red]" in text


def test_colour_only_on_a_terminal_and_never_with_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for out, coloured in ((Terminal(), True), (io.StringIO(), False)):
        render.console(out).print("x", style="red")
        assert ("\x1b[31m" in out.getvalue()) is coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    render.console(plain).print("x", style="red")
    assert "\x1b[31m" not in plain.getvalue()
