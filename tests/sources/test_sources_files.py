"""Documents in files: text as it is, metadata beside it, HTML, JSONL, and everything that can be wrong with them."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

import sources
from schemas.records import Facts, Reading, Reject
from sources import files

TEXT = "Three shepherds died near the well of Tal Qaria.\r\nNobody has claimed the attack — yet.\n"


def read(target: Path | str, **options: object) -> list[Reading]:
    return list(sources.read(str(target), **options))  # type: ignore[arg-type]


def facts_of(readings: list[Reading]) -> list[Facts]:
    return [facts for reading in readings for facts in reading.facts]


def rejects_of(readings: list[Reading]) -> list[Reject]:
    loose = [reject for reading in readings for reject in reading.rejects]
    return loose + [reject for facts in facts_of(readings) for reject in facts.rejects]


def only(readings: list[Reading]) -> Facts:
    (facts,) = facts_of(readings)
    return facts


def failure_of(readings: list[Reading]) -> str:
    (failed,) = [reading.failed for reading in readings if reading.failed]
    return failed


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_text_is_the_decoded_file_without_its_mark(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "well.txt"
    path.write_bytes(data)
    document = only(read(path)).document
    assert document.text == TEXT
    assert document.document_id == hashlib.sha256(data).hexdigest() == document.snapshot_id
    assert (document.document_name, document.version_key) == ("well.txt", str(path))
    assert (document.published, document.published_basis) == (None, "none")


def test_sidecar_describes_and_wins_over_the_manifest(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text(TEXT + name, encoding="utf-8")
    lines(
        tmp_path / "manifest.jsonl",
        {"document_name": "a.txt", "publisher": "Orontes Wire", "published": "2021-04-02", "language": "en"},
        {"document_name": "b.md", "publisher": "Orontes Wire", "url": "https://example.org/b", "desk": "north"},
    )
    (tmp_path / "a.txt.meta.json").write_text(
        '{"publisher": "Orontes Daily", "title": "At the well"}', encoding="utf-8"
    )
    first, second = (facts.document for facts in facts_of(read(tmp_path)))
    assert (first.publisher, first.title, first.language) == ("Orontes Daily", "At the well", "en")
    assert (first.published, first.published_basis) == (date(2021, 4, 2), "external")
    assert (second.publisher, second.version_key) == ("Orontes Wire", "https://example.org/b")
    assert second.record is not None
    assert second.record["desk"] == "north"


def test_manifest_lines_that_name_nothing_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    again = {"document_name": "a.txt", "publisher": "Second"}
    gone = {"document_name": "gone.txt"}
    lines(
        tmp_path / "manifest.jsonl", {"document_name": "a.txt", "publisher": "First"}, again, gone, "{broken", {"x": 1}
    )
    readings = read(tmp_path)
    assert only(readings).document.publisher == "First"
    assert sorted((reject.stage, reject.failure_case or "") for reject in rejects_of(readings)) == [
        ("read", ""), ("read", "a.txt"), ("read", "{broken"), ("warn", "gone.txt"),
    ]  # fmt: skip


def test_a_manifest_is_never_a_document(tmp_path: Path) -> None:
    path = lines(tmp_path / "manifest.jsonl", {"document_name": "a.txt", "text": "Two were killed."})
    assert "manifest" in failure_of(read(path))
    readings = read(tmp_path)
    assert not facts_of(readings)
    assert "no file to read" in failure_of(readings)


@pytest.mark.parametrize("published", ["2018-02-30", "yesterday", "2018-13-01", 20180230, "2018"])
def test_a_date_that_is_none_is_quarantined_and_the_document_loads(tmp_path: Path, published: object) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": TEXT, "published": published, "publisher": "Orontes Wire"})
    facts = only(read(path))
    assert (facts.document.published, facts.document.published_basis) == (None, "none")
    assert facts.document.publisher == "Orontes Wire"
    (reject,) = facts.rejects
    assert (reject.stage, reject.column, reject.failure_case) == ("read", "published", str(published))


def test_a_time_after_the_date_is_dropped() -> None:
    assert files.parse_published("2018-02-28T23:10:00Z") == date(2018, 2, 28)
    assert files.parse_published("2018-02-28 and more") is None


def test_jsonl_takes_every_field_and_keeps_unknown_ones(tmp_path: Path) -> None:
    record = {
        "id": 7, "text": TEXT, "title": "At the well", "publisher": "Orontes Wire", "published": "2021-04-02",
        "url": "https://example.org/7", "language": "en", "coder": "second desk",
    }  # fmt: skip
    path = lines(tmp_path / "a.jsonl", record, {"document_name": "plain", "text": "Two were killed."})
    first, second = (facts.document for facts in facts_of(read(path)))
    canonical = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert first.document_id == hashlib.sha256(canonical.encode()).hexdigest()
    assert (first.document_name, first.text, first.locator) == ("7", TEXT, "1")
    assert (first.published, first.published_basis, first.version_key) == (date(2021, 4, 2), "explicit", record["url"])
    assert first.record == {key: value for key, value in record.items() if key != "text"}
    assert second.version_key == f"{path}#plain"


def test_order_of_keys_does_not_change_the_document(tmp_path: Path) -> None:
    one = lines(tmp_path / "a.jsonl", '{"text": "Two were killed.", "id": "x"}')
    two = lines(tmp_path / "b.jsonl", '{"id":"x","text":"Two were killed."}')
    assert only(read(one)).document.document_id == only(read(two)).document.document_id


def test_two_texts_of_one_name_are_two_documents(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"id": "x", "text": "Two were killed."}, {"id": "x", "text": "Six were hurt."})
    first, second = (facts.document for facts in facts_of(read(path)))
    assert first.document_name == second.document_name
    assert first.document_id != second.document_id


def test_bad_lines_stand_beside_good_ones_with_their_number(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        {"id": "a", "text": "Two were killed."}, '{"id": "b", "text": ', {"id": "c"}, "[1, 2]",
        {"id": "d", "text": "  "},
        "",
        '{"id": "e", "text": "half \\ud83d of it"}', {"id": "f", "text": 5}, "[" * 100_000,
        {"id": "g", "text": "Six were hurt."},
    )  # fmt: skip
    readings = read(path)
    assert [facts.document.document_name for facts in facts_of(readings)] == ["a", "g"]
    assert [reading.failed for reading in readings] == [None]
    checks = [reject.check.split(":")[0] for reject in rejects_of(readings)]
    assert checks == ["line 2", "line 3", "line 4", "line 5", "line 7", "line 8", "line 9"]


def test_a_line_that_is_not_utf8_is_rejected_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "caf\xe9 hit, two killed"}\n{"text": "Two were killed."}\n')
    readings = read(path)
    assert only(readings).document.locator == "2"
    assert "not UTF-8" in rejects_of(readings)[0].check


def test_fields_of_the_wrong_kind_are_left_out_alone(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": TEXT, "id": ["x"], "title": 3, "publisher": "Orontes Wire"})
    facts = only(read(path))
    assert (facts.document.title, facts.document.publisher) == (None, "Orontes Wire")
    assert facts.document.document_name == "a.jsonl"
    assert sorted(str(reject.column) for reject in facts.rejects) == ["document_name", "title"]


def test_a_long_line_is_refused_and_the_rest_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "DOCUMENT_BYTES", 1_000)
    long = {"id": "long", "text": "a" * 5_000_000}
    path = lines(tmp_path / "a.jsonl", {"id": "a", "text": "Two were killed."}, long, {"id": "b", "text": "Six hurt."})
    readings = read(path)
    assert [facts.document.document_name for facts in facts_of(readings)] == ["a", "b"]
    (reject,) = rejects_of(readings)
    assert "line 2" in reject.check
    assert "5,000,02" in reject.check


def test_a_text_above_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "DOCUMENT_BYTES", 1_000)
    path = tmp_path / "a.txt"
    path.write_text("a" * 1_001, encoding="utf-8")
    assert "1,001 bytes" in failure_of(read(path))


def test_big_jsonl_comes_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BATCH_DOCUMENTS", 100)
    path = lines(tmp_path / "a.jsonl", *({"id": str(n), "text": f"{n} were killed."} for n in range(250)))
    assert [len(reading.facts) for reading in read(path)] == [100, 100, 50]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("blank.jsonl", b"\n\n", "no text"),
        ("binary.txt", b"ab\x00\x01\x02", "binary"),
        ("latin.txt", "Une école détruite".encode("cp1252"), "0xe9 at offset 4"),
        ("prose.jsonl", b"this is no JSON\nnor this\n", "not JSONL"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "no known format"),
        ("numbers.csv", b"a,b\n1,2\n", "no known format"),
        ("blank.html", b"<html><head><title>x</title></head><body></body></html>", "no main text"),
    ],
)
def test_what_cannot_be_read_says_why_and_the_rest_loads(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    readings = read(tmp_path)
    assert only(readings).document.document_name == "good.txt"
    failed = failure_of(readings)
    assert words in failed
    assert str(tmp_path / name) in failed


def test_a_declared_encoding_is_used_and_an_unknown_one_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Une école détruite".encode("cp1252"))
    sidecar = tmp_path / "a.meta.json"
    sidecar.write_text('{"encoding": "cp1252"}', encoding="utf-8")
    assert only(read(path)).document.text == "Une école détruite"
    sidecar.write_text('{"encoding": "klingon-8"}', encoding="utf-8")
    assert "klingon-8" in failure_of(read(path))


def test_half_a_character_in_a_sidecar_goes_no_further(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt.meta.json").write_text(r'{"title": "at \ud83d", "publisher": "Orontes Wire"}', encoding="utf-8")
    facts = only(read(tmp_path / "a.txt"))
    assert (facts.document.title, facts.document.publisher, facts.document.record) == (None, "Orontes Wire", None)
    assert [reject.column for reject in facts.rejects] == ["title"]


def test_a_broken_sidecar_is_reported_and_the_document_loads(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt.meta.json").write_text("{", encoding="utf-8")
    readings = read(tmp_path / "a.txt")
    assert only(readings).document.text == TEXT
    assert "a.txt.meta.json" in rejects_of(readings)[0].check


def test_missing_paths_and_folders_without_files(tmp_path: Path) -> None:
    assert "no such file" in failure_of(read(tmp_path / "gone.txt"))
    (tmp_path / "deep").mkdir()
    (tmp_path / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    assert "no file to read" in failure_of(read(tmp_path))


def test_a_folder_is_read_with_what_is_below_it_but_not_the_warehouse(tmp_path: Path) -> None:
    for name in ("b.txt", "deep/a.txt", "w.files/snapshots/c.txt", "w.duckdb"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    assert [facts.document.document_name for facts in facts_of(read(tmp_path))] == ["b.txt", "a.txt"]


def test_the_same_file_by_two_paths_is_one_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert only(read("a.txt")).document.version_key == only(read(tmp_path / "x/../a.txt")).document.version_key


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (TEXT.encode(), ["stdin"]),
        (b'{"id": "x", "text": "Two were killed."}\n{"text": "Six were hurt."}\n', ["x", "stdin"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, names: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = [facts.document for facts in facts_of(read("-"))]
    assert [document.document_name for document in found] == names
    # Two texts piped on two days are no versions of each other.
    assert all(document.version_key == f"stdin:{document.document_id}" for document in found)


PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}"><title>Night strike on the mill</title>
<meta property="og:site_name" content="Orontes Wire">
<meta property="article:published_time" content="2021-04-02T08:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/b">Related: 40 killed elsewhere</a></nav><article>
<h1>Night strike on the mill</h1>
<p>At least four millers were killed and nine neighbours wounded when a shell hit the old mill
of Tal Qaria on Thursday night.</p>
<p>The local council’s spokesman said that rescue workers had searched the rubble until dawn –
without finding survivors.</p>
<p>“We heard the shell before we saw anything,” said a neighbour who keeps the café next to the mill
and lost her brother.</p>
</article><footer>© Orontes Wire</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1"])
def test_html_gives_main_text_and_what_the_page_says(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "mill.html"
    path.write_bytes(PAGE.format(charset=charset).encode("utf-8" if charset == "utf-8" else "cp1252"))
    document = only(read(path)).document
    assert "four millers were killed" in document.text
    assert "council’s" in document.text
    assert "café" in document.text
    assert "40 killed elsewhere" not in document.text
    assert (document.title, document.publisher, document.language) == ("Night strike on the mill", "Orontes Wire", "en")
    assert (document.published, document.published_basis) == (date(2021, 4, 2), "explicit")
    assert document.document_id == hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_stands_beside_a_page_wins(tmp_path: Path) -> None:
    path = tmp_path / "mill.html"
    path.write_text(PAGE.format(charset="utf-8"), encoding="utf-8")
    (tmp_path / "mill.html.meta.json").write_text('{"published": "2021-04-03", "publisher": "Desk"}', encoding="utf-8")
    document = only(read(path)).document
    assert (document.published, document.published_basis) == (date(2021, 4, 3), "external")
    assert (document.publisher, document.title) == ("Desk", "Night strike on the mill")


def test_a_date_after_the_day_of_receipt_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "mill.html"
    path.write_text(PAGE.format(charset="utf-8").replace("2021-04-02", "2099-04-02"), encoding="utf-8")
    assert only(read(path)).document.published != date(2099, 4, 2)


def test_own_keys_of_a_source_and_names_that_are_given_stay(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"body": "Two were killed.", "n": "7"}, {"text": "Six hurt.", "body": "other"})
    received = sources.Received(path, "a.jsonl", str(path), "0" * 64, files_time())
    found = facts_of(list(files.read_lines(received, "mine", {"body": "text", "n": "document_name"})))
    assert [(f.document.text, f.document.document_name) for f in found] == [
        ("Two were killed.", "7"),
        ("Six hurt.", "a.jsonl"),
    ]
    assert {facts.document.source for facts in found} == {"mine"}


def files_time() -> object:
    from datetime import datetime

    return datetime(2024, 1, 1)


def test_source_override_and_an_unknown_source(tmp_path: Path) -> None:
    path = tmp_path / "note.dat"
    path.write_text(TEXT, encoding="utf-8")
    assert "no known format" in failure_of(read(path))
    assert only(read(path, source="files")).document.text == TEXT
    with pytest.raises(sources.UnknownSourceError, match="airwars"):
        sources.read(str(path), source="nowhere")
