"""What every source module is given and what it must offer: the seam between inputs and sources."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from schemas.records import Reading, Reject

HEAD_BYTES = 65_536
"""What `SourceModule.recognises` is shown of an input."""

DOCUMENT_BYTES = 20_000_000
"""Largest document, in bytes as received (a file, a JSONL line). Larger ones are refused with the reason."""


@dataclass(frozen=True, slots=True)
class Received:
    """One file or response as it came, with where it came from and what was said beside it."""

    data: bytes | Path
    """The bytes, or the file that holds them (in the snapshot store, or where the user keeps it)."""
    name: str
    """File name without folder; ``stdin`` for ``-``; the last part of a URL's path."""
    origin: str
    """Absolute input path, URL, or ``-``."""
    snapshot_id: str
    """sha-256 of the bytes, 64 hex digits."""
    received_at: datetime
    """UTC without a time zone; the same for everything of one load."""
    media_type: str | None = None
    source: str | None = None
    """The source that the user named; None where it was recognised."""
    url: str | None = None
    """Where it was fetched from; None for a file."""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """What a sidecar or manifest says about it (title, publisher, published, …)."""

    @property
    def size(self) -> int:
        """Number of bytes."""
        return len(self.data) if isinstance(self.data, bytes) else self.data.stat().st_size

    def open(self) -> BinaryIO:
        """The bytes as a stream, from the start."""
        return io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data.open("rb")

    def head(self, size: int = HEAD_BYTES) -> bytes:
        """The first ``size`` bytes."""
        with self.open() as stream:
            return stream.read(size)

    def content(self) -> bytes:
        """All bytes at once: for inputs whose size was looked at before."""
        return self.data if isinstance(self.data, bytes) else self.data.read_bytes()


class SourceModule(Protocol):
    """The face of a module in ``sources/``; registering it is one name in `sources.registry.MODULES`."""

    NAME: str
    LICENCE: str | None
    REDISTRIBUTABLE: bool

    def recognises(self, head: bytes, name: str) -> bool:
        """Whether the first bytes, or the file name, show an input of this source. Never raises."""

    def read(self, received: Received) -> Iterator[Reading]:
        """Yield one or more readings, in batches for a big input. Bad input is a `Reading.failed`, no exception."""


def failure(source: str, origin: str, why: str) -> Reading:
    """The reading of an input that could not be read at all: the reason, for people and for the quarantine."""
    reject = Reject(source, "read", why, column=None, failure_case=origin)
    return Reading(rejects=(reject,), failed=f"{origin}: {why}")
