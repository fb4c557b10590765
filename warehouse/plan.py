"""What a load has to write: which documents are new, which were read otherwise before, which stay as they are.

The same bytes may arrive under several version keys (two paths, a path and a url). The document is described by the one
that tells most, and stays with it; each key keeps its own row in ``raw.document``, so that reloading either changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import duckdb

from schemas.keys import content_key
from schemas.records import Document, Facts

DESCRIBING = ("title", "publisher", "published", "url", "language", "licence")


def metadata_key(document: Document) -> str:
    """Hash of what describes the document (name, kind, title, publisher, dates, licence); not of when it was
    received."""
    parts = [getattr(document, name) for name in DESCRIBING]
    fixed = (
        document.document_name,
        document.source,
        document.doc_type,
        document.published_basis,
        document.redistributable,
    )
    return content_key("metadata", *fixed, *parts)


def richness(document: Document) -> int:
    """How much the metadata tells; a publication date outweighs the rest, because dates of claims hang on it."""
    told = sum(getattr(document, name) is not None for name in DESCRIBING)
    return told + (len(DESCRIBING) if document.published is not None else 0)


@dataclass(frozen=True, slots=True)
class Held:
    """A document as the warehouse has it."""

    version_key: str
    metadata: str
    richness: int
    extractor: str
    extractor_version: str
    current: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """What the warehouse has about the documents that arrive."""

    documents: dict[str, Held] = field(default_factory=dict)
    receipts: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    """(document_id, version_key) → (metadata hash, load number)."""
    latest: dict[str, int] = field(default_factory=dict)
    """version_key → number of the latest load that brought a text under it."""

    def settled(self, document: Document) -> bool:
        """True when *document* is there as it arrives: same words, same metadata, and the latest under its key."""
        receipt = self.receipts.get((document.document_id, document.version_key))
        return receipt == (metadata_key(document), self.latest.get(document.version_key))


def stored(connection: duckdb.DuckDBPyConnection, documents: Iterable[Document]) -> Stored:
    """What *connection*'s warehouse has about *documents* and about other texts of their version keys."""
    arriving = list(documents)
    ids, keys = sorted({d.document_id for d in arriving}), sorted({d.version_key for d in arriving})
    told = " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in DESCRIBING)
    held = connection.execute(
        "SELECT document_id, version_key, metadata_sha256,"
        f" {told} + {len(DESCRIBING)} * (published IS NOT NULL)::INTEGER, extractor, extractor_version, current"
        " FROM core.document WHERE document_id IN (SELECT unnest(?::VARCHAR[]))",
        [ids],
    ).fetchall()
    receipts = connection.execute(
        "SELECT document_id, version_key, metadata_sha256, load_no FROM raw.document"
        " WHERE version_key IN (SELECT unnest(?::VARCHAR[]))",
        [keys],
    ).fetchall()
    latest: dict[str, int] = {}
    for _, version_key, _, load_no in receipts:
        latest[version_key] = max(load_no, latest.get(version_key, 0))
    return Stored(
        {row[0]: Held(*row[1:]) for row in held}, {(row[0], row[1]): (row[2], row[3]) for row in receipts}, latest
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write: readings of new and of changed documents."""

    new: tuple[Facts, ...]
    changed: tuple[Facts, ...]
    unchanged: int

    @property
    def readings(self) -> tuple[Facts, ...]:
        """Facts whose rows are to be written."""
        return self.new + self.changed

    def slices(self, size: int) -> Iterator[Plan]:
        """What is to be written, at most *size* documents at a time."""
        for start in range(0, len(self.new), size):
            yield Plan(self.new[start : start + size], (), 0)
        for start in range(0, len(self.changed), size):
            yield Plan((), self.changed[start : start + size], 0)


def _best(variants: Sequence[Facts], held: Held | None) -> Facts:
    def rank(facts: Facts) -> tuple[int, bool, str, str]:
        document = facts.document
        stays = held is not None and document.version_key == held.version_key
        return (-richness(document), not stays, document.version_key, metadata_key(document))

    return min(variants, key=rank)


def _read_otherwise(facts: Facts, held: Held) -> bool:
    if (facts.extractor, facts.extractor_version) != (held.extractor, held.extractor_version):
        return True
    if facts.document.version_key == held.version_key:
        return metadata_key(facts.document) != held.metadata
    return richness(facts.document) > held.richness


def plan(facts: Sequence[Facts], seen: Sequence[Document], known: Stored) -> Plan:
    """Sorts *facts* (of one load) into new, changed and unchanged documents; *seen* arrived too and were not read
    again."""
    variants: dict[str, list[Facts]] = {}
    for one in facts:
        variants.setdefault(one.document.document_id, []).append(one)
    new, changed = [], []
    for document_id, group in variants.items():
        held = known.documents.get(document_id)
        best = _best(group, held)
        if held is None:
            new.append(best)
        elif _read_otherwise(best, held):
            changed.append(best)
    total = len(variants.keys() | {document.document_id for document in seen})
    return Plan(tuple(new), tuple(changed), total - len(new) - len(changed))


def receipts(arriving: Iterable[Document], known: Stored, accepted: set[str]) -> list[Document]:
    """The arrivals that ``raw.document`` has to note, of the *accepted* documents.

    A text that is new under its key makes this load the latest there: what arrives with it must not count as an older
    version, and is noted again.
    """
    pairs = {(document.document_id, document.version_key): document for document in arriving}
    there = {pair: document for pair, document in pairs.items() if pair[0] in accepted}
    moved = {version_key for document_id, version_key in there if (document_id, version_key) not in known.receipts}
    return [document for pair, document in there.items() if pair[1] in moved or not known.settled(document)]
