"""Texts of our own, the command as a function, and Prefect's harness once a session."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows import cli

ARTICLE = (
    "QAMISHLI - At least 14 people, including three children, were killed when an airstrike hit a bakery "
    "in Hajin on Tuesday, the Syrian Observatory for Human Rights said.\n\nNine others were wounded.\n"
)


@dataclass
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def casualties(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """Run ``casualties ARGS`` in this process, in ``tmp_path``, on the warehouse ``w.duckdb`` there.

    Publishing takes most of a second and has tests of its own: ``ingest`` leaves it unless ``published`` is said.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASUALTIES_WAREHOUSE", "w.duckdb")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*args: object, published: bool = False) -> Outcome:
        capsys.readouterr()
        if args[:1] == ("ingest",) and not published:
            args = (*args, "--no-publish")
        try:
            status = cli.main([str(arg) for arg in args])
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run


@pytest.fixture
def ask(casualties: Callable[..., Outcome]) -> Callable[[str], list[dict[str, Any]]]:
    """The rows of a query on the test's warehouse."""

    def rows(sql: str) -> list[dict[str, Any]]:
        answer = casualties("sql", sql, "--format", "json")
        assert answer.status == 0, answer.err
        result: list[dict[str, Any]] = json.loads(answer.out)
        return result

    return rows


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "article.txt.meta.json").write_text(
        json.dumps({"publisher": "Example Wire", "published": "2018-11-08", "title": "Bakery hit"}), encoding="utf-8"
    )
    return path


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Prefect with a database and a result storage of its own; takes seconds, so once a session."""
    from prefect.settings import PREFECT_HOME, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    home = tmp_path_factory.mktemp("prefect")
    with temporary_settings({PREFECT_HOME: home}), prefect_test_harness(server_startup_timeout=120):
        yield
