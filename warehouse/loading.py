"""Loading facts: validate row by row, put the refused in quarantine, write the rest set-wise in one transaction."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path

import duckdb
import polars as pl

from schemas.declaration import tables
from schemas.keys import claim_keys
from schemas.models import Failure, validate
from schemas.records import Claim, Document, Facts, Reject
from warehouse.connection import reading, transaction, writing
from warehouse.merge import merge, select, write_lineage
from warehouse.plan import Plan, plan, stored
from warehouse.rows import (
    Batch, Row, add_claim_children, add_details, claim_rows, document_row, misquoted, quarantine_rows, receipt_row,
)  # fmt: skip
from warehouse.tolls import TollRule, disjoint_toll

log = logging.getLogger(__name__)

REREAD_DOCUMENT = "t.document_id IN (SELECT document_id FROM reread)"
REREAD_CLAIM = "(t.document_id, t.extractor, t.extractor_version) IN (SELECT document_id, extractor, extractor_version FROM reread)"
CLAIM_OF_REREAD = (
    "t.claim_id IN (SELECT claim_id FROM core.claim JOIN reread USING (document_id, extractor, extractor_version))"
    " OR t.claim_id NOT IN (SELECT claim_id FROM core.claim)"
)
"""What a new reading of a document replaces: all that hangs on the document, and the claims of the same extractor and version."""

GONE = {
    "raw.record": REREAD_DOCUMENT, "core.claim": REREAD_CLAIM, "core.claim_perpetrator": CLAIM_OF_REREAD,
    "core.claim_relation": f"t.method = 'text' AND ({CLAIM_OF_REREAD})", "core.position": REREAD_DOCUMENT,
    "core.assessment": REREAD_DOCUMENT, "core.official_report": REREAD_DOCUMENT, "core.official_entry": REREAD_DOCUMENT,
    "core.incident_record": REREAD_DOCUMENT, "core.document_toll": REREAD_DOCUMENT,
}  # fmt: skip
"""Tables in the order of writing."""


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


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _code_version() -> str:
    try:
        return version("casualty-facts")
    except PackageNotFoundError:
        return "0+source"


def _refuse(batch: Batch, table: str, rows: Sequence[Row], failures: Sequence[Failure]) -> None:
    """One reject a refused row: its first fault in the columns, the others told behind it."""
    for index, faults in groupby(failures, key=lambda failure: failure.row):
        first, *others = faults
        row = {name: value for name, value in rows[index].items() if name not in ("text", "run_id")}
        check = "; ".join([first.check, *(f"{fault.column}: {fault.check}" if fault.column else fault.check for fault in others)])
        document_id = row.get("document_id")
        source = batch.texts.get(str(document_id), ("", "unknown"))[1]
        batch.rejects.append((Reject(source, "validate", check, table, first.column, first.value, row), document_id))


def _quoting(batch: Batch, rows: Sequence[Row]) -> list[Failure]:
    failures = []
    for index, row in enumerate(rows):
        column = misquoted(row, batch.texts[row["document_id"]][0]) if row.get("document_id") in batch.texts else None
        if column:
            failures.append(Failure(index, column, "stands in the text at its offsets", str(row.get(column))))
    return failures


def _checked(batch: Batch, table: str) -> pl.DataFrame:
    """The good rows of *table* in *batch*; the others go to the batch's rejects."""
    rows = batch.rows.get(table, [])
    misquotes = _quoting(batch, rows)
    _refuse(batch, table, rows, misquotes)
    bad = {failure.row for failure in misquotes}
    quoted = [row for index, row in enumerate(rows) if index not in bad]
    good, failures = validate(tables()[table], quoted)
    _refuse(batch, table, quoted, failures)
    return good


def _whole(claims: Sequence[Claim]) -> list[Claim]:
    """*claims* with references to claims that are not among them taken off: a part without its total stands for itself."""
    there = {claim.number for claim in claims}
    return [
        replace(c, part_of=c.part_of if c.part_of in there else None, restates=c.restates if c.restates in there else None)
        for c in claims
    ]


def _frames(batch: Batch, work: Plan, held_current: dict[str, bool], tolls: TollRule, release: str | None) -> dict[str, pl.DataFrame]:
    """Validated frames of every table, in the order of writing. A refused document takes everything of it along."""
    for facts in work.readings:
        document = facts.document
        batch.texts[document.document_id] = (document.text, document.source)
        batch.add("core.document", document_row(facts, current=held_current.get(document.document_id, True)))
    frames = {"core.document": _checked(batch, "core.document")}
    kept = set(frames["core.document"]["document_id"].to_list())
    readings = [facts for facts in work.readings if facts.document.document_id in kept]
    keys = {f.document.document_id: claim_keys(f.document.document_id, f.extractor, f.claims) for f in readings}
    for facts in readings:
        for row in claim_rows(facts, keys[facts.document.document_id]):
            batch.add("core.claim", row)
        add_details(batch, facts, release)
    frames["core.claim"] = _checked(batch, "core.claim")
    claims = set(frames["core.claim"]["claim_id"].to_list())
    for facts in readings:
        mine = keys[facts.document.document_id]
        add_claim_children(batch, facts, mine, claims)
        counted = [claim for claim, key in zip(facts.claims, mine, strict=True) if key in claims]
        for toll in tolls(_whole(counted)):
            row = {"document_id": facts.document.document_id, "harm": toll.harm, "low": toll.low, "best": toll.best, "high": toll.high}
            batch.add("core.document_toll", row)
    return frames | {table: _checked(batch, table) for table in GONE if table not in frames}


def _write(connection: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame], work: Plan, run_id: str) -> None:
    changed = [facts for facts in work.changed]
    reread = {"document_id": [f.document.document_id for f in changed], "extractor": [f.extractor for f in changed],
              "extractor_version": [f.extractor_version for f in changed]}  # fmt: skip
    connection.register("reread", pl.DataFrame(reread, schema=dict.fromkeys(reread, pl.String)).to_arrow())
    try:
        write_lineage(connection, "core.document", merge(connection, "core.document", frames["core.document"]), run_id)
        for table, gone in GONE.items():
            done = merge(connection, table, frames[table], gone=gone if changed else None)
            write_lineage(connection, table, done, run_id)
    finally:
        connection.unregister("reread")


def _write_receipts(connection: duckdb.DuckDBPyConnection, batch: Batch, work: Plan, load_no: int) -> None:
    """Notes where texts arrived, and marks which text is the latest under its version keys."""
    there = {row[0] for row in connection.execute("SELECT document_id FROM core.document").fetchall()} if work.receipts else set()
    for document in work.receipts:
        if document.document_id in there:
            batch.add("raw.document", receipt_row(document, load_no))
    receipts = _checked(batch, "raw.document")
    if receipts.is_empty():
        return
    merge(connection, "raw.document", receipts)
    connection.execute("""
        UPDATE core.document SET current = latest.current FROM (
            SELECT document_id, bool_or(load_no = newest) AS current
            FROM (SELECT document_id, load_no, max(load_no) OVER (PARTITION BY version_key) AS newest FROM raw.document)
            GROUP BY document_id) AS latest
        WHERE latest.document_id = core.document.document_id AND latest.current <> core.document.current""")


def _write_sources(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT source, max(licence) AS licence, bool_and(redistributable) AS redistributable FROM core.document GROUP BY source"
    merge(connection, "ref.source", select(connection, sql))


def _write_quarantine(connection: duckdb.DuckDBPyConnection, batch: Batch, work: Plan, now: datetime) -> None:
    """Adds rejects; those of documents read again that no longer occur are marked as mended."""
    rows, failures = validate(tables()["ops.quarantine"], quarantine_rows(batch.rejects, batch.run_id, now))
    if failures:
        raise ValueError(f"a reject does not fit ops.quarantine: {failures[0]}")
    merge(connection, "ops.quarantine", rows)
    reread = [facts.document.document_id for facts in work.changed]
    if reread:
        connection.execute(
            "UPDATE ops.quarantine SET resolved_at = ?, resolution = 'read again without this fault' WHERE resolved_at IS NULL"
            " AND document_id IN (SELECT unnest(?::VARCHAR[])) AND quarantine_id NOT IN (SELECT unnest(?::VARCHAR[]))",
            [now, reread, rows["quarantine_id"].to_list()],
        )


def load(
    path: Path,
    facts: Iterable[Facts],
    *,
    flow: str,
    rejects: Iterable[Reject] = (),
    seen: Iterable[Document] = (),
    tolls: TollRule | None = None,
    release: str | None = None,
    flow_run_id: str | None = None,
) -> LoadSummary:
    """Loads *facts* into the warehouse *path* (made when missing) in one transaction; the same input again changes no row.

    One call is one load: texts that share a version key and come in different loads are versions of one document.
    *rejects* belong to no document; *seen* are documents that `known` allowed to skip; *tolls* counts a document's claims.
    Rows that fail a declared check go to ``ops.quarantine`` with the reason, good rows beside them load.
    Raises `WarehouseError` (nothing is written then).
    """
    started, clock = _now(), time.monotonic()
    arriving, skipped = list(facts), list(seen)
    batch = Batch(run_id=uuid.uuid4().hex)
    batch.rejects += [(reject, None) for reject in rejects]
    batch.rejects += [(reject, one.document.document_id) for one in arriving for reject in one.rejects]
    with writing(path) as connection, transaction(connection):
        known_rows = stored(connection, [*(one.document for one in arriving), *skipped])
        work = plan(arriving, skipped, known_rows)
        current = {document_id: held.current for document_id, held in known_rows.documents.items()}
        frames = _frames(batch, work, current, tolls or disjoint_toll, release)
        load_no = connection.execute("SELECT coalesce(max(load_no), 0) + 1 FROM ops.run").fetchall()[0][0]
        _write(connection, frames, work, batch.run_id)
        _write_receipts(connection, batch, work, load_no)
        _write_sources(connection)
        _write_quarantine(connection, batch, work, started)
        summary = _summary(batch, work, frames, time.monotonic() - clock)
        run = {"run_id": batch.run_id, "flow": flow, "flow_run_id": flow_run_id, "code_version": _code_version(), "load_no": load_no,
               "started_at": started, "finished_at": _now(), "status": "completed", "documents": summary.documents, "new": summary.new,
               "changed": summary.changed, "unchanged": summary.unchanged, "claims": summary.claims, "rejected": summary.rejected}  # fmt: skip
        merge(connection, "ops.run", validate(tables()["ops.run"], [run])[0])
    log.info("loaded %s: %s", path, summary)
    return summary


def _summary(batch: Batch, work: Plan, frames: dict[str, pl.DataFrame], seconds: float) -> LoadSummary:
    kept = set(frames["core.document"]["document_id"].to_list())
    new = sum(facts.document.document_id in kept for facts in work.new)
    changed = sum(facts.document.document_id in kept for facts in work.changed)
    warned = sum(reject.stage == "warn" for reject, _ in batch.rejects)
    return LoadSummary(
        batch.run_id, new + changed + work.unchanged, new, changed, work.unchanged, frames["core.claim"].height,
        len(batch.rejects) - warned, warned, round(seconds, 3),
    )  # fmt: skip


def known(path: Path, documents: Iterable[Document], *, extractor: str, extractor_version: str) -> set[str]:
    """document_ids of *documents* that are loaded with the same metadata, read by this extractor and version, and current.

    Reading and loading these again would change nothing: pass them to `load` as ``seen``. Empty when *path* does not exist.
    """
    arriving = list(documents)
    if not path.exists() or not arriving:
        return set()
    with reading(path) as connection:
        there = stored(connection, arriving)
    found, unsettled = set(), set()
    for document in arriving:
        held = there.documents.get(document.document_id)
        same = held is not None and (held.extractor, held.extractor_version) == (extractor, extractor_version)
        (found if same and there.settled(document) else unsettled).add(document.document_id)
    return found - unsettled
