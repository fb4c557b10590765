"""The command line: what starts light, what prints where, which status it ends with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows import cli
from flows.commands import COMMANDS

HEAVY = ("prefect", "polars", "pandera", "httpx", "trafilatura")


def python(code: str, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own, as a user's shell would."""
    return subprocess.run(
        [sys.executable, "-c", code, *args], cwd=cwd, capture_output=True, text=True, check=False, timeout=120
    )


def loaded_after(call: str, cwd: Path) -> set[str]:
    """Which heavy packages a command line has imported when it is done."""
    code = (
        "import sys, contextlib, io\nfrom flows import cli\n"
        f"with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n    cli.main({call})\n"
        f"print(','.join(m for m in {HEAVY!r} if m in sys.modules))"
    )
    done = python(code, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.strip().split(",")) - {""}


@pytest.mark.parametrize("call", [["--help"], *([name, "--help"] for name in COMMANDS)], ids=lambda call: call[0])
def test_help_imports_nothing_heavy(call: list[str], tmp_path: Path) -> None:
    assert loaded_after(repr(call), tmp_path) == set()


def test_sql_imports_nothing_heavy(casualties: Callable[..., Any], article: Path, tmp_path: Path) -> None:
    assert casualties("ingest", article).status == 0
    call = ["sql", "SELECT count(*) AS n FROM mart.claim_flat", "--warehouse", str(tmp_path / "w.duckdb")]
    assert loaded_after(repr(call), tmp_path) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name: str, casualties: Callable[..., Any]) -> None:
    answer = casualties(name, "--help")
    assert answer.status == 0
    assert f"casualties {name}" in answer.out.split("examples:")[1]
    assert "--warehouse" in answer.out


@pytest.mark.parametrize(
    "args",
    [(), ("nonsense",), ("ingest",), ("sql",), ("export", "claim_flat"), ("export", "claim_flat", "--format", "xml"),
     ("rejects", "--limit", "0"), ("ingest", "x", "--jobs", "many")],
)  # fmt: skip
def test_wrong_usage_is_status_2_with_a_usage_line(args: tuple[str, ...], casualties: Callable[..., Any]) -> None:
    answer = casualties(*args)
    assert answer.status == 2
    assert "usage: casualties" in answer.err
    assert answer.out == ""


@pytest.mark.parametrize("args", [("sql", "SELECT 1"), ("status",), ("rejects",), ("rebuild",),
                                  ("export", "claim_flat", "--format", "csv")])  # fmt: skip
def test_a_missing_warehouse_is_named_and_not_created(
    args: tuple[str, ...], casualties: Callable[..., Any], tmp_path: Path
) -> None:
    answer = casualties(*args)
    assert answer.status == 1
    assert answer.err.startswith("casualties: ")
    assert "w.duckdb" in answer.err
    assert answer.out == ""
    assert not (tmp_path / "w.duckdb").exists()


def test_a_query_that_is_wrong_or_would_write_is_refused(casualties: Callable[..., Any], article: Path) -> None:
    casualties("ingest", article)
    wrong = ("SELEC 1", "SELECT nothing FROM mart.claim_flat", "DROP VIEW mart.claim_flat", "DELETE FROM core.claim")
    for query in wrong:
        answer = casualties("sql", query)
        assert (answer.status, answer.out) == (2, ""), query
        assert answer.err.startswith("casualties: ")
        assert "Traceback" not in answer.err


def test_an_unknown_view_is_refused(casualties: Callable[..., Any], article: Path) -> None:
    casualties("ingest", article)
    answer = casualties("export", "no_such_view", "--format", "csv")
    assert answer.status == 2
    assert "no_such_view" in answer.err


def test_the_warehouse_option_goes_before_the_environment(
    casualties: Callable[..., Any], article: Path, tmp_path: Path
) -> None:
    assert casualties("ingest", article, "--warehouse", "other.duckdb").status == 0
    assert (tmp_path / "other.duckdb").exists()
    assert (tmp_path / "other.files").is_dir()
    assert not (tmp_path / "w.duckdb").exists()


def test_the_default_warehouse_is_in_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASUALTIES_WAREHOUSE", raising=False)
    args = cli.build_parser(["status"]).parse_args(["status"])
    assert args.warehouse == Path("casualties.duckdb")


def test_export_to_stdout_and_to_a_file_give_the_same(
    casualties: Callable[..., Any], article: Path, tmp_path: Path
) -> None:
    casualties("ingest", article)
    printed = casualties("export", "claim_flat", "--format", "jsonl")
    written = casualties("export", "mart.claim_flat", "--format", "jsonl", "-o", "claims.jsonl")
    assert printed.status == written.status == 0
    assert printed.out == (tmp_path / "claims.jsonl").read_text(encoding="utf-8")
    assert len(printed.out.splitlines()) >= 3
    assert written.out == ""


def test_another_process_writing_gives_a_plain_sentence(
    casualties: Callable[..., Any], article: Path, tmp_path: Path
) -> None:
    casualties("ingest", article)
    code = "import duckdb, sys\ncon = duckdb.connect('w.duckdb')\nprint('open', flush=True)\nsys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as writer:  # fmt: skip
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        answers = [casualties("sql", "SELECT 1"), casualties("ingest", article)]
        writer.communicate("")
    for answer in answers:
        assert answer.status == 1
        assert "another process" in answer.err
        assert "Traceback" not in answer.err


def test_a_reader_that_goes_away_is_no_error(casualties: Callable[..., Any], article: Path, tmp_path: Path) -> None:
    casualties("ingest", article)
    query = "SELECT range AS n, repeat('x', 200) AS filler FROM range(20000)"
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "flows.cli", "sql", query, "--format", "csv", "--warehouse", "w.duckdb"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, text=True) as process:
        os.close(writing)
        start = os.read(reading, 4)
        # Closed before anything is asserted: a writer that still has a reader would wait for ever.
        os.close(reading)
        _, err = process.communicate(timeout=60)
    assert (start, process.returncode, err) == (b"n,fi", 0, "")


def test_no_colour_and_no_progress_without_a_terminal(casualties: Callable[..., Any], article: Path) -> None:
    answer = casualties("ingest", article)
    assert "\x1b" not in answer.out + answer.err
