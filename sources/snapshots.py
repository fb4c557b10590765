"""The snapshot store: every received file or response as it came, so that everything downstream can be made again.

    snapshots/objects/ab/abcd…            the bytes, named by their sha-256
    snapshots/receipts/3f/3f9a….<time>-<sequence>.json   one sidecar a receipt: what, from where, when

The same bytes from two places are one object with two receipts. The same bytes from the same place with the same
metadata are the receipt that is there already, unless something else came from that place in between. Files are
written aside and moved into place, so that a crash leaves nothing half-written; several may write at once.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sources.reading import Received

CHUNK = 1 << 20


class SnapshotError(OSError):
    """The store cannot be written, or is damaged; the text says which file and what to do."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provenance sidecar of one received file or response."""

    sha256: str
    size: int
    """Bytes."""
    name: str
    """File name as received."""
    origin: str
    """Absolute input path, URL, or ``-``."""
    received_at: datetime
    """UTC without a time zone, the same for all of one load."""
    sequence: int
    """Place within its load, from 1."""
    reader: str
    """The source module that reads it."""
    media_type: str | None = None
    licence: str | None = None
    source: str | None = None
    """The source that the user named; None where it was recognised."""
    url: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """What came beside it, from a sidecar or manifest."""


class SnapshotStore:
    """The store in ``folder``. One instance is one load: what is put carries the same ``received_at``.

    Pass ``received_at`` (UTC without a time zone) where several instances work on the same load.
    """

    def __init__(self, folder: Path, received_at: datetime | None = None) -> None:
        self.folder = folder
        self.received_at = received_at or datetime.now(UTC).replace(tzinfo=None)
        self._sequence = 0

    def put(self, received: Received, reader: str, licence: str | None = None) -> Received:
        """Keep the bytes and write the sidecar; return what was received, now read from the store.

        An unchanged input keeps its first receipt, and with it the time when it first came. Raises `SnapshotError`.
        """
        self._sequence += 1
        receipt = Receipt(
            sha256=received.snapshot_id, size=received.size, name=received.name, origin=received.origin,
            received_at=self.received_at, sequence=self._sequence, reader=reader, media_type=received.media_type,
            licence=licence, source=received.source, url=received.url, metadata=dict(received.metadata),
        )  # fmt: skip
        try:
            self._keep(received)
            receipt = self._sign(receipt)
        except SnapshotError:
            raise
        except OSError as error:
            raise SnapshotError(
                f"the snapshot store {self.folder} cannot be written: {error.strerror or error}; "
                "nothing of this input was loaded: free some space or allow writing, then run again"
            ) from error
        return replace(received, data=self._object(receipt.sha256), received_at=receipt.received_at)

    def receipts(self) -> Iterator[Receipt]:
        """Every receipt, in the order received."""
        found = [_parse(path) for path in (self.folder / "receipts").glob("*/*.json")]
        yield from sorted(found, key=lambda receipt: (receipt.received_at, receipt.sequence, receipt.origin))

    def loads(self) -> Iterator[list[Receipt]]:
        """The receipts of each load, loads in the order received."""
        for _, group in groupby(self.receipts(), key=lambda receipt: receipt.received_at):
            yield list(group)

    def open(self, receipt: Receipt) -> Received:
        """What the receipt is about, with its bytes checked. Raises `SnapshotError` where they are gone or changed."""
        path = self._object(receipt.sha256)
        try:
            found = digest(path)
        except OSError as error:
            raise SnapshotError(
                f"the snapshot of {receipt.origin} cannot be read: {path}: {error.strerror}; restore it from a backup"
            ) from error
        if found != receipt.sha256:
            raise SnapshotError(
                f"the snapshot of {receipt.origin} is damaged: {path} has the sha-256 {found}; restore it from a backup"
            )
        return Received(
            data=path, name=receipt.name, origin=receipt.origin, snapshot_id=receipt.sha256,
            received_at=receipt.received_at, media_type=receipt.media_type, source=receipt.source, url=receipt.url,
            metadata=receipt.metadata,
        )  # fmt: skip

    def _object(self, sha256: str) -> Path:
        return self.folder / "objects" / sha256[:2] / sha256

    def _keep(self, received: Received) -> None:
        path = self._object(received.snapshot_id)
        # A length that differs is an object cut off by a full disk or a hand: the bytes at hand are better.
        if path.exists() and path.stat().st_size == received.size:
            return
        _write(path, _checked(received))

    def _sign(self, receipt: Receipt) -> Receipt:
        place = hashlib.sha256(receipt.origin.encode("utf-8", "surrogateescape")).hexdigest()
        shelf = self.folder / "receipts" / place[:2]
        # Names hold the time with all its digits, so that the last by name is the latest.
        earlier = max(shelf.glob(f"{place[:32]}.*.json"), default=None)
        if earlier is not None:
            latest = _parse(earlier)
            if replace(latest, received_at=receipt.received_at, sequence=receipt.sequence) == receipt:
                return latest
        stamp = receipt.received_at.strftime("%Y%m%dT%H%M%S%f")
        body = asdict(receipt) | {"received_at": receipt.received_at.isoformat(timespec="microseconds")}
        # ASCII only: a file name that is no UTF-8 survives as escapes.
        _write(shelf / f"{place[:32]}.{stamp}-{receipt.sequence:08}.json", [json.dumps(body, indent=1).encode("ascii")])
        return receipt


def digest(path: Path) -> str:
    """sha-256 of a file, read in pieces, as 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _checked(received: Received) -> Iterator[bytes]:
    hashed = hashlib.sha256()
    with received.open() as stream:
        while chunk := stream.read(CHUNK):
            hashed.update(chunk)
            yield chunk
    if hashed.hexdigest() != received.snapshot_id:
        raise SnapshotError(f"{received.origin} changed while it was read: run again")


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    """Write aside and move into place; nothing is left behind when writing or ``chunks`` fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with aside.open("xb") as stream:
            stream.writelines(chunks)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _parse(path: Path) -> Receipt:
    try:
        body = json.loads(path.read_bytes())
        return Receipt(**body | {"received_at": datetime.fromisoformat(body["received_at"])})
    except (ValueError, TypeError, KeyError) as error:
        raise SnapshotError(f"the sidecar {path} is damaged: {error}; restore it from a backup") from error
