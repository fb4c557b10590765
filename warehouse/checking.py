"""Checking rows before they are written: the good become typed frames, the refused go to quarantine with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import polars as pl

from schemas.declaration import tables
from schemas.keys import claim_keys
from schemas.models import Failure, validate
from schemas.records import Claim, Facts, Reject
from warehouse.plan import Plan
from warehouse.rows import Batch, Row, add_claim_children, add_details, claim_rows, document_row, misquoted, toll_row
from warehouse.tolls import TollRule

DETAILS = (
    "raw.record", "core.claim_perpetrator", "core.claim_relation", "core.position", "core.assessment",
    "core.official_report", "core.official_entry", "core.incident_record", "core.document_toll",
)  # fmt: skip
"""Tables that hang on a document or on its claims."""


def _refuse(batch: Batch, table: str, rows: Sequence[Row], failures: Sequence[Failure]) -> None:
    """One reject a refused row: its first fault in the columns, the others told behind it."""
    for index, faults in groupby(failures, key=lambda failure: failure.row):
        first, *others = faults
        row = {name: value for name, value in rows[index].items() if name not in ("text", "run_id")}
        check = "; ".join(
            [first.check, *(f"{fault.column}: {fault.check}" if fault.column else fault.check for fault in others)]
        )
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


def checked(batch: Batch, table: str) -> pl.DataFrame:
    """The good rows of *table* in *batch*; the others go to the batch's rejects."""
    # Taken out: the rows of a big load would otherwise stay beside their frames.
    rows = batch.rows.pop(table, [])
    misquotes = _quoting(batch, rows)
    _refuse(batch, table, rows, misquotes)
    bad = {failure.row for failure in misquotes}
    quoted = [row for index, row in enumerate(rows) if index not in bad]
    good, failures = validate(tables()[table], quoted)
    _refuse(batch, table, quoted, failures)
    return good


def _whole(claims: Sequence[Claim]) -> list[Claim]:
    """*claims* with references to claims that are not among them taken off: a part without its total stands for
    itself."""
    there = {None, *(claim.number for claim in claims)}
    return [
        c
        if c.part_of in there and c.restates in there
        else replace(
            c, part_of=c.part_of if c.part_of in there else None, restates=c.restates if c.restates in there else None
        )
        for c in claims
    ]


def _documents(batch: Batch, work: Plan, current: dict[str, bool]) -> pl.DataFrame:
    for facts in work.readings:
        document = facts.document
        batch.texts[document.document_id] = (document.text, document.source)
        batch.add("core.document", document_row(facts, current=current.get(document.document_id, True)))
    return checked(batch, "core.document")


def _add_children(batch: Batch, facts: Facts, keys: Sequence[str], kept: set[str], tolls: TollRule) -> None:
    add_claim_children(batch, facts, keys, kept)
    counted = [claim for claim, key in zip(facts.claims, keys, strict=True) if key in kept]
    for toll in tolls(_whole(counted)):
        batch.add("core.document_toll", toll_row(facts.document.document_id, toll))


def checked_frames(
    batch: Batch, work: Plan, current: dict[str, bool], tolls: TollRule, release: str | None
) -> dict[str, pl.DataFrame]:
    """Frames of every table for the readings of *work*; a refused document or claim takes along what hangs on it.

    *current* tells for documents that are held already whether they are the latest version.
    """
    documents = _documents(batch, work, current)
    kept = set(documents["document_id"].to_list())
    readings = [facts for facts in work.readings if facts.document.document_id in kept]
    return {"core.document": documents, **_frames_below(batch, readings, tolls, release)}


def _frames_below(
    batch: Batch, readings: Sequence[Facts], tolls: TollRule, release: str | None
) -> dict[str, pl.DataFrame]:
    """Frames of the claims of the documents and of all that hangs on the documents or on their claims."""
    keys = [claim_keys(facts.document.document_id, facts.extractor, facts.claims) for facts in readings]
    for facts, mine in zip(readings, keys, strict=True):
        for row in claim_rows(facts, mine):
            batch.add("core.claim", row)
        add_details(batch, facts, mine, release)
    frame = checked(batch, "core.claim")
    claims = set(frame["claim_id"].to_list())
    for facts, mine in zip(readings, keys, strict=True):
        _add_children(batch, facts, mine, claims, tolls)
    return {"core.claim": frame} | {table: checked(batch, table) for table in DETAILS}
