"""Loading facts: check row by row, put the refused in quarantine, write the rest set-wise in one transaction."""

from __future__ import annotations

import logging
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb
import polars as pl

from schemas.declaration import tables
from schemas.models import validate
from schemas.records import Document, Facts, Reject, Withdrawal
from warehouse.checking import checked, checked_frames
from warehouse.connection import reading, transaction, writing
from warehouse.errors import WarehouseMissing
from warehouse.layout import check_tables
from warehouse.merge import merge, select, write_lineage
from warehouse.plan import Plan, Stored, plan, receipts, stored
from warehouse.releases import passed, write_history
from warehouse.rows import Batch, quarantine_rows, receipt_row
from warehouse.tolls import TollRule, disjoint_toll

log = logging.getLogger(__name__)

SLICE = 5_000
"""Documents that are checked and written at a time: their rows take many times the room of the facts."""

OF_DOCUMENT = "t.document_id IN (SELECT document_id FROM reread)"
OF_READING = """(t.document_id, t.extractor, t.extractor_version) IN (
    SELECT (document_id, extractor, extractor_version) FROM reread)"""
WITHOUT_CLAIM = "NOT IN (SELECT claim_id FROM core.claim)"
OF_CLAIM = f"""t.claim_id IN (
        SELECT claim_id FROM core.claim JOIN reread USING (document_id, extractor, extractor_version))
    OR t.claim_id {WITHOUT_CLAIM}"""

GONE = {
    "raw.record": OF_DOCUMENT,
    "core.claim": OF_READING,
    "core.claim_perpetrator": OF_CLAIM,
    "core.claim_relation": f"t.method = 'text' AND ({OF_CLAIM} OR t.other_claim_id {WITHOUT_CLAIM})",
    "core.position": OF_DOCUMENT,
    "core.assessment": OF_DOCUMENT,
    "core.official_report": OF_DOCUMENT,
    "core.official_entry": OF_DOCUMENT,
    "core.incident_record": OF_DOCUMENT,
    "core.document_toll": OF_DOCUMENT,
}
"""What a new reading of a document replaces, by table in the order of writing: all that hangs on the document, and the
claims of the same extractor and version. Claims of other extractors and versions stay."""

CURRENT = """
    UPDATE core.document SET current = latest.current FROM (
        SELECT document_id, bool_or(load_no = newest) AS current
        FROM (SELECT document_id, load_no, max(load_no) OVER (PARTITION BY version_key) AS newest FROM raw.document)
        GROUP BY document_id) AS latest
    WHERE latest.document_id = core.document.document_id AND latest.current <> core.document.current"""

MENDED = """
    UPDATE ops.quarantine SET resolved_at = ?, resolution = 'read again without this fault'
    WHERE resolved_at IS NULL AND document_id IN (SELECT unnest(?::VARCHAR[]))
        AND quarantine_id NOT IN (SELECT unnest(?::VARCHAR[]))"""

SOURCES = """
    SELECT source, max(licence) AS licence, bool_and(redistributable) AS redistributable
    FROM core.document GROUP BY source"""


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What a load did. ``claims`` are claims of the documents read now; ``rejected`` leaves warnings out."""

    run_id: str
    documents: int
    new: int
    changed: int
    unchanged: int
    claims: int
    rejected: int
    warned: int
    seconds: float
    held: tuple[str, ...] = ()
    """A sentence for what was kept and not published."""


def total(summaries: Sequence[LoadSummary]) -> LoadSummary:
    """The sum over some loads; ``run_id`` is the last one's."""

    def added(name: str) -> int:
        return sum(getattr(summary, name) for summary in summaries)

    return LoadSummary(
        summaries[-1].run_id, added("documents"), added("new"), added("changed"), added("unchanged"),
        added("claims"), added("rejected"), added("warned"),
        round(sum(summary.seconds for summary in summaries), 3),
        tuple(sentence for summary in summaries for sentence in summary.held),
    )  # fmt: skip


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _code_version() -> str:
    try:
        return version("casualty-facts")
    except PackageNotFoundError:
        return "0+source"


def _write(connection: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame], work: Plan, run_id: str) -> None:
    reread = {
        "document_id": [facts.document.document_id for facts in work.changed],
        "extractor": [facts.extractor for facts in work.changed],
        "extractor_version": [facts.extractor_version for facts in work.changed],
    }
    connection.register("reread", pl.DataFrame(reread, schema=dict.fromkeys(reread, pl.String)).to_arrow())
    try:
        write_lineage(connection, "core.document", merge(connection, "core.document", frames["core.document"]), run_id)
        for table, gone in GONE.items():
            done = merge(connection, table, frames[table], gone=gone if work.changed else None)
            write_lineage(connection, table, done, run_id)
    finally:
        connection.unregister("reread")


def _write_receipts(
    connection: duckdb.DuckDBPyConnection, batch: Batch, arriving: Sequence[Document], known_rows: Stored, load_no: int
) -> None:
    """Notes where texts arrived, and marks which text is the latest under its version keys."""
    ids = sorted({document.document_id for document in arriving})
    sql = "SELECT document_id FROM core.document WHERE document_id IN (SELECT unnest(?::VARCHAR[]))"
    accepted = {row[0] for row in connection.execute(sql, [ids]).fetchall()}
    for document in receipts(arriving, known_rows, accepted):
        batch.add("raw.document", receipt_row(document, load_no))
    rows = checked(batch, "raw.document")
    if not rows.is_empty():
        merge(connection, "raw.document", rows)
        connection.execute(CURRENT)
        merge(connection, "ref.source", select(connection, SOURCES))


def next_load(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the load that begins."""
    number: int = connection.execute("SELECT coalesce(max(load_no), 0) + 1 FROM ops.run").fetchall()[0][0]
    return number


def write_run(
    connection: duckdb.DuckDBPyConnection, summary: LoadSummary, flow: str, flow_run_id: str | None, load_no: int,
    started: datetime,
) -> None:  # fmt: skip
    """Notes a load that has come to its end in ``ops.run``."""
    counted = {name: value for name, value in asdict(summary).items() if name != "held"}
    run = {
        **counted, "flow": flow, "flow_run_id": flow_run_id, "code_version": _code_version(),
        "load_no": load_no, "started_at": started, "finished_at": _now(), "status": "completed",
    }  # fmt: skip
    merge(connection, "ops.run", validate(tables()["ops.run"], [run])[0])


def write_quarantine(
    connection: duckdb.DuckDBPyConnection, batch: Batch, reread: Sequence[str], now: datetime
) -> None:
    """Adds rejects; those of documents *reread* that no longer occur are marked as mended."""
    rows, failures = validate(tables()["ops.quarantine"], quarantine_rows(batch.rejects, batch.run_id, now))
    if failures:
        raise ValueError(f"a reject does not fit ops.quarantine: {failures[0]}")
    merge(connection, "ops.quarantine", rows)
    if reread:
        connection.execute(MENDED, [now, list(reread), rows["quarantine_id"].to_list()])


def load(
    path: Path,
    facts: Iterable[Facts],
    *,
    flow: str,
    rejects: Iterable[Reject] = (),
    seen: Iterable[Document] = (),
    tolls: TollRule | None = None,
    release: str | None = None,
    withdrawn: Iterable[Withdrawal] = (),
    flow_run_id: str | None = None,
) -> LoadSummary:
    """Loads *facts* into the warehouse *path* (made when missing) in one transaction; again it changes no row.

    One call is one load: texts that share a version key and come in different loads are versions of one document.
    *rejects* belong to no document; *seen* are documents that `known` allowed to skip; *tolls* counts the harm in the
    claims of one document; *withdrawn* are records that their source took back, with *release* or in a feed. Rows that
    fail a declared check go to ``ops.quarantine`` with the reason, good rows beside them load. Raises
    `WarehouseError`; nothing is written then.
    """
    started, clock = _now(), time.monotonic()
    read, skipped = list(facts), list(seen)
    arriving = [*(one.document for one in read), *skipped]
    batch = Batch(run_id=uuid.uuid4().hex)
    batch.rejects += [(reject, None) for reject in rejects]
    batch.rejects += [(reject, one.document.document_id) for one in read for reject in one.rejects]
    with writing(path) as connection, transaction(connection):
        held = stored(connection, arriving)
        work = plan(read, skipped, held)
        current = {document_id: document.current for document_id, document in held.documents.items()}
        load_no = next_load(connection)
        written: Counter[str] = Counter()
        for part in work.slices(SLICE):
            frames = checked_frames(batch, part, current, tolls or disjoint_toll, release)
            _write(connection, frames, part, batch.run_id)
            written += _written(part, frames)
        noted = arriving
        if passed(connection, arriving, release):
            # A release that is read again after a newer one does not come back to the front.
            noted = [d for d in arriving if (d.document_id, d.version_key) not in held.receipts]
        _write_receipts(connection, batch, noted, held, load_no)
        write_history(connection, arriving, withdrawn, release, load_no)
        write_quarantine(connection, batch, [one.document.document_id for one in work.changed], started)
        summary = _summary(batch, work, written, time.monotonic() - clock)
        write_run(connection, summary, flow, flow_run_id, load_no, started)
    log.info("loaded %s: %s", path, summary)
    return summary


def _written(part: Plan, frames: dict[str, pl.DataFrame]) -> Counter[str]:
    kept = set(frames["core.document"]["document_id"].to_list())
    return Counter(
        new=sum(facts.document.document_id in kept for facts in part.new),
        changed=sum(facts.document.document_id in kept for facts in part.changed),
        claims=frames["core.claim"].height,
    )


def _summary(batch: Batch, work: Plan, written: Counter[str], seconds: float) -> LoadSummary:
    warned = sum(reject.stage == "warn" for reject, _ in batch.rejects)
    return LoadSummary(
        run_id=batch.run_id, documents=written["new"] + written["changed"] + work.unchanged, new=written["new"],
        changed=written["changed"], unchanged=work.unchanged, claims=written["claims"],
        rejected=len(batch.rejects) - warned, warned=warned, seconds=round(seconds, 3),
    )  # fmt: skip


def known(path: Path, documents: Iterable[Document], *, extractor: str, extractor_version: str) -> set[str]:
    """document_ids of *documents* that are loaded with the same metadata, by this extractor and version, and current.

    Loading these again would change nothing: pass them to `load` as ``seen``. Empty when nothing is loaded yet.
    Raises `WarehouseError`: outdated, busy, unreadable.
    """
    arriving = list(documents)
    try:
        with reading(path) as connection:
            check_tables(connection, path)
            there = stored(connection, arriving)
    except WarehouseMissing:
        return set()
    found: set[str] = set()
    unsettled: set[str] = set()
    for document in arriving:
        held = there.documents.get(document.document_id)
        same = held is not None and (held.extractor, held.extractor_version) == (extractor, extractor_version)
        (found if same and there.settled(document) else unsettled).add(document.document_id)
    return found - unsettled
