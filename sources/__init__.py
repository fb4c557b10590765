"""Where texts and records come from: files, folders, pages, monitor tables. `read` finds the source by itself."""

from sources.inputs import read, reread
from sources.reading import Received, failure
from sources.registry import UnknownSourceError, names
from sources.snapshots import Receipt, SnapshotError, SnapshotStore

__all__ = [
    "Receipt",
    "Received",
    "SnapshotError",
    "SnapshotStore",
    "UnknownSourceError",
    "failure",
    "names",
    "read",
    "reread",
]  # fmt: skip
