"""From what a user names (a file, a folder, ``-``, a URL) to readings: find, keep the bytes, recognise, read."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from schemas.records import Reading, Reject
from sources import registry
from sources.reading import Received, failure
from sources.snapshots import CHUNK, Receipt, SnapshotError, SnapshotStore, digest

MANIFEST = "manifest.jsonl"
SIDECAR = ".meta.json"
OWN_ENDINGS = (".duckdb", ".duckdb.wal", ".files")
"""A warehouse and what stands beside it: never input, also when it lies in the folder that is read."""


@dataclass(slots=True)
class Beside:
    """What the manifest of one folder says about its files, by their names."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """How one target is to be read."""

    source: str | None
    store: SnapshotStore | None
    told: Mapping[str, Any]


def read(
    target: str,
    *,
    source: str | None = None,
    store: SnapshotStore | None = None,
    told: Mapping[str, Any] | None = None,
    allow_hosts: frozenset[str] = frozenset(),
) -> Iterator[Reading]:
    """Read a file, a folder with everything below it, ``-`` (standard input) or an http(s) URL, in batches.

    Bad input never raises: it is a `Reading.failed`, or a reject among good rows. With ``store``, the bytes are
    kept there before they are read. What is ``told`` of every input wins over its sidecar (``mapping``: the text of a
    mapping file). ``allow_hosts`` names hosts that may have a private address (`sources.http`).

    Raises:
        UnknownSourceError: no source is called ``source``.
        SnapshotError: the store cannot be written.
    """
    if source is not None:
        registry.module(source)
    return _read(target, Asked(source, store, told or {}), allow_hosts)


def reread(store: SnapshotStore, receipts: list[Receipt]) -> Iterator[Reading]:
    """Read again what one past load received (`SnapshotStore.loads`), from checked bytes, with the metadata of then.

    Raises `SnapshotError` where an object is missing or damaged.
    """
    for receipt in receipts:
        yield from registry.module(receipt.reader).read(store.open(receipt))


def _read(target: str, asked: Asked, hosts: frozenset[str]) -> Iterator[Reading]:
    at = asked.store.received_at if asked.store else datetime.now(UTC).replace(tzinfo=None)
    if urlsplit(target).scheme in ("http", "https"):
        yield from _from_url(target, asked, at, hosts)
    elif target == "-":
        with _standard_input() as path:
            yield from _from_file(path, "stdin", "-", asked, at, {})
    else:
        path = Path(os.path.abspath(target))  # noqa: PTH100 - Path.absolute keeps "..", and one file would have two names
        yield from _from_path(path, asked, at)


def _from_path(path: Path, asked: Asked, at: datetime) -> Iterator[Reading]:
    if path.is_dir():
        yield from _from_folder(path, asked, at)
    elif not path.exists():
        yield failure(asked.source or "files", str(path), "there is no such file or folder")
    elif path.name == MANIFEST:
        why = "a manifest only describes the files beside it: give its folder"
        yield failure(asked.source or "files", str(path), why)
    elif not path.is_file():
        yield failure(asked.source or "files", str(path), "it is neither a file nor a folder")
    else:
        beside = _manifest(path.parent)
        if path.name in beside.records:
            yield from _rejects(beside.rejects)
        yield from _described(path, beside, asked, at)


def _from_folder(folder: Path, asked: Asked, at: datetime) -> Iterator[Reading]:
    found = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_own(name))
        inputs = sorted(n for n in names if not _is_own(n) and n != MANIFEST and not n.endswith(SIDECAR))
        beside = _manifest(Path(place))
        for name in sorted(beside.records.keys() - set(names)):
            check = f"{MANIFEST} describes {name!r}, which is not in its folder"
            beside.rejects.append(Reject("files", "warn", check, column="document_name", failure_case=name))
        yield from _rejects(beside.rejects)
        for name in inputs:
            found += 1
            yield from _described(Path(place, name), beside, asked, at)
    if not found:
        yield failure(asked.source or "files", str(folder), "the folder holds no file to read")


def _is_own(name: str) -> bool:
    return name.startswith(".") or name.endswith(OWN_ENDINGS)


def _described(
    path: Path, beside: Beside, asked: Asked, at: datetime
) -> Iterator[Reading]:
    metadata = dict(beside.records.get(path.name, {}))
    for sidecar in (path.with_name(path.name + SIDECAR), path.with_name(path.stem + SIDECAR)):
        if sidecar.is_file():
            said = _json_object(sidecar)
            if isinstance(said, Reject):
                yield Reading(rejects=(said,))
            else:
                metadata |= said
            break
    yield from _from_file(path, path.name, str(path), asked, at, metadata)


def _from_file(
    path: Path, name: str, origin: str, asked: Asked, at: datetime,
    metadata: Mapping[str, Any],
) -> Iterator[Reading]:  # fmt: skip
    try:
        metadata = {**metadata, **asked.told}
        received = Received(path, name, origin, digest(path), at, source=asked.source, metadata=metadata)
        yield from _pass_on(received, asked.store)
    except SnapshotError:
        raise
    except OSError as error:
        yield failure(asked.source or "files", origin, f"it cannot be read: {error.strerror or error}")


def _from_url(
    url: str, asked: Asked, at: datetime, hosts: frozenset[str]
) -> Iterator[Reading]:
    import sources.http as http  # httpx takes a tenth of a second to import, and most inputs are files

    try:
        response = http.fetch(url, allow_hosts=hosts)
    except http.FetchError as error:
        yield failure(asked.source or "files", url, str(error))
        return
    declared = {"encoding": response.charset} if response.charset else {}
    received = Received(
        data=response.content, name=_name_of(response.url, response.media_type), origin=url,
        snapshot_id=hashlib.sha256(response.content).hexdigest(), received_at=at, media_type=response.media_type,
        source=asked.source, url=response.url, metadata={**declared, **asked.told},
    )  # fmt: skip
    yield from _pass_on(received, asked.store)


def _name_of(url: str, media_type: str | None) -> str:
    name = unquote(PurePosixPath(urlsplit(url).path).name) or "index"
    if media_type in ("text/html", "application/xhtml+xml") and not name.endswith((".html", ".htm")):
        return f"{name}.html"
    return f"{name}.txt" if media_type == "text/plain" and "." not in name else name


def _pass_on(received: Received, store: SnapshotStore | None) -> Iterator[Reading]:
    if not received.size:
        yield failure(received.source or "files", received.origin, "it is empty")
        return
    if received.source:
        found = registry.module(received.source)
    else:
        recognised = registry.recognise(received.head(), received.name)
        if recognised is None:
            yield failure("files", received.origin, _unknown_format(received))
            return
        found = recognised
    yield from found.read(store.put(received, found.NAME, found.LICENCE) if store else received)


def _unknown_format(received: Received) -> str:
    kind = "it is a binary file of no known format" if b"\x00" in received.head() else "it has no known format"
    return f"{kind}: give .txt, .md, .html, .jsonl or a table, or name its --source ({', '.join(registry.names())})"


@contextmanager
def _standard_input() -> Iterator[Path]:
    """Standard input as a file, so that it can be hashed before it is read and need not fit into memory."""
    with tempfile.NamedTemporaryFile(prefix="casualties-") as spool:
        while chunk := sys.stdin.buffer.read(CHUNK):
            spool.write(chunk)
        spool.flush()
        yield Path(spool.name)


def _manifest(folder: Path) -> Beside:
    """The manifest of a folder; a line that is broken, names no file or names one twice is a reject."""
    beside = Beside()
    path = folder / MANIFEST
    if not path.is_file():
        return beside
    for number, line in enumerate(path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not line.strip():
            continue
        record = _parsed(line, f"{MANIFEST} line {number}")
        name = None if isinstance(record, Reject) else record.get("document_name", record.get("id"))
        if isinstance(record, Reject):
            beside.rejects.append(record)
        elif not isinstance(name, str) or not name:
            beside.rejects.append(
                Reject("files", "read", f"{MANIFEST} line {number} names no file", column="document_name")
            )
        elif name in beside.records:
            check = f"{MANIFEST} line {number} describes {name!r} again; the first is kept"
            beside.rejects.append(Reject("files", "read", check, column="document_name", failure_case=name))
        else:
            beside.records[name] = record
    return beside


def _json_object(path: Path) -> dict[str, Any] | Reject:
    return _parsed(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), path.name)


def _parsed(data: bytes, what: str) -> dict[str, Any] | Reject:
    try:
        record = json.loads(data)
    except (ValueError, RecursionError) as error:
        return Reject(
            "files", "read", f"{what} is not JSON: {error}", failure_case=data[:200].decode("utf-8", "replace")
        )
    if not isinstance(record, dict):
        return Reject(
            "files", "read", f"{what} is not a JSON object", failure_case=data[:200].decode("utf-8", "replace")
        )
    return record


def _rejects(rejects: list[Reject]) -> Iterator[Reading]:
    if rejects:
        yield Reading(rejects=tuple(rejects))
