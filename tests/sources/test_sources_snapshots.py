"""The snapshot store: what is kept, when it is kept again, what happens to damage, and reading it all again."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

import sources
from schemas.records import Document, Facts
from sources import SnapshotError, SnapshotStore

MONDAY, TUESDAY, FRIDAY = (datetime(2024, 1, day, 8, 30) for day in (1, 2, 5))


def load(folder: Path, at: datetime, *targets: Path) -> list[Document]:
    store = SnapshotStore(folder, at)
    return [facts.document for target in targets for facts in found(sources.read(str(target), store=store))]


def found(readings: object) -> list[Facts]:
    return [facts for reading in readings for facts in reading.facts]  # type: ignore[attr-defined]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "w.files" / "snapshots"


def objects(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "objects").glob("*/*"))


def sidecars(folder: Path) -> list[Path]:
    return sorted((folder / "receipts").glob("*/*.json"))


def test_one_object_and_one_sidecar_a_file(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path / "a.jsonl", "".join(f'{{"id": "{n}", "text": "{n} were killed."}}\n' for n in range(2_000)))
    documents = load(folder, MONDAY, path)
    (kept,), (sidecar,) = objects(folder), sidecars(folder)
    assert kept.read_bytes() == path.read_bytes()
    assert len(documents) == 2_000
    assert {document.snapshot_id for document in documents} == {kept.name}
    told = json.loads(sidecar.read_text(encoding="utf-8"))
    assert (told["sha256"], told["size"], told["origin"]) == (kept.name, path.stat().st_size, str(path))
    assert (told["name"], told["reader"], told["received_at"]) == ("a.jsonl", "files", "2024-01-01T08:30:00.000000")


def test_the_same_again_adds_nothing_and_keeps_its_time(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path / "a.txt", "Two were killed.")
    first = load(folder, MONDAY, path)
    before = {file: file.stat().st_mtime_ns for file in objects(folder) + sidecars(folder)}
    assert load(folder, TUESDAY, path) == first
    assert {file: file.stat().st_mtime_ns for file in objects(folder) + sidecars(folder)} == before


def test_two_places_one_object(tmp_path: Path, folder: Path) -> None:
    load(folder, MONDAY, write(tmp_path / "a.txt", "Two were killed."), write(tmp_path / "b.txt", "Two were killed."))
    assert (len(objects(folder)), len(sidecars(folder))) == (1, 2)


def test_better_metadata_is_a_new_receipt_of_the_same_bytes(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path / "a.txt", "Two were killed on Monday.")
    (first,) = load(folder, MONDAY, path)
    write(tmp_path / "a.txt.meta.json", '{"published": "2024-01-02"}')
    (second,) = load(folder, TUESDAY, path)
    assert first.document_id == second.document_id
    assert (first.published, str(second.published)) == (None, "2024-01-02")
    assert (len(objects(folder)), len(sidecars(folder))) == (1, 2)


def test_a_text_that_comes_back_is_received_again(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "a.txt"
    for at, text in ((MONDAY, "Two killed."), (TUESDAY, "Three killed."), (FRIDAY, "Two killed.")):
        load(folder, at, write(path, text))
    assert [receipt.received_at for receipt in SnapshotStore(folder).receipts()] == [MONDAY, TUESDAY, FRIDAY]
    assert len(objects(folder)) == 2


def test_rereading_gives_the_same_documents_in_the_same_order(tmp_path: Path, folder: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    write(texts / "b.txt", "Two were killed.")
    write(texts / "a.txt", "Six were hurt.")
    write(
        texts / "manifest.jsonl", '{"document_name": "a.txt", "publisher": "Orontes Wire", "published": "2018-02-30"}\n'
    )
    monday = load(folder, MONDAY, texts, write(tmp_path / "c.jsonl", '{"id": "x", "text": "Nobody was hurt."}\n'))
    tuesday = load(folder, TUESDAY, write(texts / "b.txt", "Three were killed."))
    for path in (*texts.iterdir(), tmp_path / "c.jsonl"):
        path.unlink()
    store = SnapshotStore(folder)
    again = [[facts.document for facts in found(sources.reread(store, load))] for load in store.loads()]
    assert again == [monday, tuesday]


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_a_damaged_object_is_named(tmp_path: Path, folder: Path, harm: str) -> None:
    path = write(tmp_path / "a.txt", "Two were killed.")
    load(folder, MONDAY, path)
    (kept,) = objects(folder)
    kept.write_text("Ten were killed.", encoding="utf-8") if harm == "change" else kept.unlink()
    store = SnapshotStore(folder)
    with pytest.raises(SnapshotError, match=kept.name):
        list(sources.reread(store, list(store.receipts())))


def test_an_object_cut_short_is_mended_by_the_next_load(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path / "a.txt", "Two were killed.")
    load(folder, MONDAY, path)
    (kept,) = objects(folder)
    kept.write_text("Two", encoding="utf-8")
    (document,) = load(folder, TUESDAY, path)
    assert document.text == kept.read_text(encoding="utf-8") == "Two were killed."


def test_a_damaged_sidecar_is_named(tmp_path: Path, folder: Path) -> None:
    load(folder, MONDAY, write(tmp_path / "a.txt", "Two were killed."))
    (sidecar,) = sidecars(folder)
    sidecar.write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match=sidecar.name):
        list(SnapshotStore(folder).receipts())


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    # A file where the folder should be stands for every reason why writing fails, for root too.
    write(tmp_path / "w.files", "in the way")
    with pytest.raises(SnapshotError, match=r"cannot be written.*nothing of this input was loaded"):
        load(tmp_path / "w.files" / "snapshots", MONDAY, write(tmp_path / "a.txt", "Two were killed."))


def test_nothing_half_written_stays_behind(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path / "a.txt", "Two were killed.")
    wrong = sources.Received(path, "a.txt", str(path), "0" * 64, MONDAY)
    with pytest.raises(SnapshotError, match="changed while it was read"):
        SnapshotStore(folder, MONDAY).put(wrong, "files")
    assert [file for file in folder.rglob("*") if file.is_file()] == []


def test_names_that_are_no_utf8_survive(folder: Path) -> None:
    received = sources.Received(
        b"Two were killed.", "caf\udce9.txt", "/x/caf\udce9.txt", sha(b"Two were killed."), MONDAY
    )
    SnapshotStore(folder, MONDAY).put(received, "files")
    (receipt,) = SnapshotStore(folder).receipts()
    assert receipt.origin == "/x/caf\udce9.txt"


def sha(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()
