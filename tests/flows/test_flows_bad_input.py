"""Bad input, each kind tried: a plain sentence or a quarantined row, the rest loaded, the exit status as promised."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOOD = "Shelling killed 12 civilians in Hajin, activists said."


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


UNREADABLE = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "latin1.txt": "Sept personnes tuées à Aïn Issa, vidéo à l'appui".encode("latin-1"),
    "image.png": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "half.json": b'{"a": [1, 2',
    "unknown.csv": b"colour,size\nred,1\n",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_is_named_and_the_rest_is_loaded(
    name: str, casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], good: Path
) -> None:
    good.with_name(name).write_bytes(UNREADABLE[name])
    answer = casualties("ingest", name, good)
    assert answer.status == 1
    assert name in answer.err
    assert "Traceback" not in answer.err
    assert [row["low"] for row in ask("SELECT low FROM mart.claim_flat")] == [12]
    assert name in json.dumps(ask("SELECT * FROM mart.rejected"))


def test_a_missing_file_and_a_missing_folder_are_named(casualties: Callable[..., Any], tmp_path: Path) -> None:
    for missing in ("no/such/folder", "no.txt"):
        answer = casualties("ingest", missing)
        assert answer.status == 1
        assert missing in answer.err


LINES = {
    "broken": (b'{"text": "Shelling killed\n', "line 2"),
    "no text": (line(id="x", title="nothing in it"), "text"),
    "empty text": (line(id="x", text="  "), "text"),
    "text is a number": (line(id="x", text=12), "text"),
    "not an object": (b'["text"]\n', "line 2"),
    "impossible date": (line(id="x", text="Shelling killed 13 soldiers.", published="2018-02-30"), "2018-02-30"),
}


@pytest.mark.parametrize("kind", LINES)
def test_a_bad_line_is_quarantined_and_its_neighbours_load(
    kind: str, casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], tmp_path: Path
) -> None:
    bad, named = LINES[kind]
    (tmp_path / "posts.jsonl").write_bytes(
        line(id="a", text=GOOD) + bad + line(id="b", text="An airstrike killed 21 people in Hajin.")
    )
    answer = casualties("ingest", "posts.jsonl")
    assert answer.status == 0
    assert {row["low"] for row in ask("SELECT low FROM mart.claim_flat")} >= {12, 21}
    [reject] = ask("SELECT * FROM mart.rejected")
    assert named in json.dumps(reject, ensure_ascii=False)


def test_an_impossible_date_costs_the_date_and_not_the_record(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], tmp_path: Path
) -> None:
    (tmp_path / "posts.jsonl").write_bytes(LINES["impossible date"][0])
    assert casualties("ingest", "posts.jsonl").status == 0
    assert ask("SELECT low, published FROM mart.claim_flat") == [{"low": 13, "published": None}]


def test_the_same_document_twice_is_one(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], tmp_path: Path
) -> None:
    (tmp_path / "posts.jsonl").write_bytes(line(id="a", text=GOOD) * 2)
    assert casualties("ingest", "posts.jsonl").status == 0
    assert ask("SELECT count(*) AS n FROM mart.claim_flat") == [{"n": 1}]


def test_two_texts_of_one_name_are_two_documents(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], tmp_path: Path
) -> None:
    (tmp_path / "posts.jsonl").write_bytes(line(id="a", text=GOOD) + line(id="a", text=GOOD.replace("12", "17")))
    assert casualties("ingest", "posts.jsonl").status == 0
    rows = ask("SELECT document_name, low FROM mart.claim_flat ORDER BY low")
    assert rows == [{"document_name": "a", "low": 12}, {"document_name": "a", "low": 17}]


def test_a_line_of_fifty_megabytes_is_refused_with_its_size_and_the_others_load(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], tmp_path: Path
) -> None:
    with (tmp_path / "big.jsonl").open("wb") as out:
        out.write(line(id="a", text=GOOD) + b'{"text": "')
        for _ in range(50):
            out.write(b"no casualties here. " * 50_000)
        out.write(b'"}\n' + line(id="b", text=GOOD.replace("12", "17")))
    assert casualties("ingest", "big.jsonl").status == 0
    assert [row["low"] for row in ask("SELECT low FROM mart.claim_flat ORDER BY low")] == [12, 17]
    [reject] = ask("SELECT * FROM mart.rejected")
    assert "line 2" in reject["check"]
    assert "20,000,000" in reject["check"]


def test_a_text_of_fifty_megabytes_in_one_line_is_refused(casualties: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x" * 50_000_000)
    answer = casualties("ingest", "big.txt")
    assert answer.status == 1
    assert "big.txt" in answer.err


def test_a_file_in_place_of_the_folder_is_named(casualties: Callable[..., Any], good: Path) -> None:
    good.with_name("blocked").write_text("a file", encoding="utf-8")
    answer = casualties("ingest", good, "--warehouse", "blocked/w.duckdb")
    assert answer.status == 1
    assert "blocked" in answer.err
    assert "Traceback" not in answer.err


def test_a_file_that_is_no_warehouse_is_named_and_left_alone(casualties: Callable[..., Any], good: Path) -> None:
    notes = good.with_name("notes.duckdb")
    notes.write_text("not a database " * 300, encoding="utf-8")
    for command in (("ingest", good), ("sql", "SELECT 1")):
        answer = casualties(*command, "--warehouse", notes)
        assert answer.status == 1
        assert "notes.duckdb" in answer.err
    assert notes.read_text(encoding="utf-8").startswith("not a database")


def run_with_full_disk(folder: Path, limit: int) -> subprocess.CompletedProcess[str]:
    """Ingest where no file may grow beyond ``limit`` bytes: what a full disk looks like to a program."""

    def no_space() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "flows.cli", "ingest", "more.txt", "--warehouse", "w.duckdb"]
    return subprocess.run(
        command, cwd=folder, preexec_fn=no_space, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("there", [True, False], ids=["a warehouse is there", "none is there yet"])
@pytest.mark.parametrize("limit", [20, 2_000], ids=["no room for the snapshot", "no room for the warehouse"])
def test_a_full_disk_is_said_and_nothing_of_the_run_is_kept(
    limit: int, there: bool, casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], good: Path
) -> None:
    if there:
        casualties("ingest", good)
    good.with_name("more.txt").write_text(GOOD.replace("12", "19"), encoding="utf-8")
    done = run_with_full_disk(good.parent, limit)
    assert done.returncode == 1, done.stderr
    assert "casualties: " in done.stderr
    assert "Traceback" not in done.stderr
    if there:
        assert [row["low"] for row in ask("SELECT low FROM mart.claim_flat")] == [12]
    # With room again, the same command does the rest.
    assert casualties("ingest", "more.txt").status == 0
    assert {row["low"] for row in ask("SELECT low FROM mart.claim_flat")} == ({12, 19} if there else {19})
