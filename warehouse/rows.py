"""Facts as rows of the declared tables, and rejects as rows of the quarantine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from schemas.declaration import tables
from schemas.keys import numbered_keys
from schemas.records import Claim, Document, Facts, Reject, Toll
from warehouse.plan import metadata_key

Row = dict[str, Any]
QUOTED = (("quote", "quote_start", "quote_end"), ("value_text", "value_start", "value_end"))


def as_json(record: object) -> str:
    """*record* as JSON with sorted keys; dates as ISO days, lone surrogates escaped."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False, default=str)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


@cache
def _columns(table: str) -> frozenset[str]:
    return frozenset(tables()[table].names)


def _shared(record: Any, table: str) -> Row:
    """The fields of *record*, a dataclass, that *table* has under the same name."""
    columns = _columns(table)
    told = ((name, getattr(record, name)) for name in record.__dataclass_fields__ if name in columns)
    return {name: list(value) if type(value) is tuple else value for name, value in told}


@dataclass(slots=True)
class Batch:
    """Rows to write, by table, and rejects with the document that they belong to."""

    run_id: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    rejects: list[tuple[Reject, str | None]] = field(default_factory=list)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """document_id → (text, source), for checking quotes and naming the source of a reject."""

    def add(self, table: str, row: Row) -> None:
        """Takes *row* for *table*, stamped with the run."""
        row["run_id"] = self.run_id
        self.rows.setdefault(table, []).append(row)


def document_row(facts: Facts, *, current: bool) -> Row:
    """The row of ``core.document``."""
    document = facts.document
    return {
        **_shared(document, "core.document"),
        "text_sha256": hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "char_len": len(document.text),
        "current": current,
        "metadata_sha256": metadata_key(document),
        "extractor": facts.extractor,
        "extractor_version": facts.extractor_version,
    }


def receipt_row(document: Document, load_no: int) -> Row:
    """The row of ``raw.document``."""
    return {**_shared(document, "raw.document"), "metadata_sha256": metadata_key(document), "load_no": load_no}


def _reading(facts: Facts) -> Row:
    return {
        "document_id": facts.document.document_id,
        "extractor": facts.extractor,
        "extractor_version": facts.extractor_version,
    }


def claim_rows(facts: Facts, keys: Sequence[str]) -> list[Row]:
    """Rows of ``core.claim``, with the keys given."""
    return [
        {**_shared(c, "core.claim"), **_reading(facts), "claim_id": key}
        for c, key in zip(facts.claims, keys, strict=True)
    ]


def _position_rows(facts: Facts, by_number: dict[int, str]) -> list[Row]:
    identity = [
        ("position", facts.document.document_id, p.actor, p.position, p.target, p.relay, p.quote_start, p.quote_end)
        for p in facts.positions
    ]
    return [
        {
            **_shared(p, "core.position"),
            **_reading(facts),
            "position_id": key,
            "about": [by_number[n] for n in p.about if n in by_number],
        }
        for p, key in zip(facts.positions, numbered_keys(identity), strict=True)
    ]


def _assessment_rows(facts: Facts) -> list[Row]:
    identity = [
        ("assessment", facts.document.document_id, a.assessor, a.scheme, a.subject, a.grade, a.quote_start)
        for a in facts.assessments
    ]
    keys = numbered_keys(identity)
    return [
        {**_shared(a, "core.assessment"), **_reading(facts), "assessment_id": key}
        for a, key in zip(facts.assessments, keys, strict=True)
    ]


def _entry_rows(facts: Facts) -> list[Row]:
    keys = numbered_keys([("entry", facts.document.document_id, entry.entry_no) for entry in facts.entries])
    return [
        {**_shared(e, "core.official_entry"), **_reading(facts), "entry_id": key}
        for e, key in zip(facts.entries, keys, strict=True)
    ]


def record_row(document: Document, release: str | None, held_in: str | None = None) -> Row:
    """The row of ``raw.record``; ``held_in`` names the load that is not published."""
    return {
        "document_id": document.document_id, "source": document.source, "record": as_json(document.record),
        "release": release, "held_in": held_in,
    }  # fmt: skip


def add_details(batch: Batch, facts: Facts, keys: Sequence[str], release: str | None) -> None:
    """Adds what hangs on the document beside its claims, whose *keys* positions point to."""
    document = facts.document
    if document.record is not None:
        batch.add("raw.record", record_row(document, release))
    by_number = {claim.number: key for claim, key in zip(facts.claims, keys, strict=True)}
    for table, rows in (
        ("core.position", _position_rows(facts, by_number)),
        ("core.assessment", _assessment_rows(facts)),
        ("core.official_entry", _entry_rows(facts)),
    ):
        for row in rows:
            batch.add(table, row)
    if facts.report is not None:
        batch.add(
            "core.official_report",
            {**_shared(facts.report, "core.official_report"), "document_id": document.document_id},
        )
    if facts.incident is not None:
        ids = [{"system": system, "external_id": external_id} for system, external_id in facts.incident.external_ids]
        row = {
            **_shared(facts.incident, "core.incident_record"),
            "document_id": document.document_id,
            "external_ids": ids,
        }
        batch.add("core.incident_record", row)


def toll_row(document_id: str, toll: Toll) -> Row:
    """The row of ``core.document_toll``."""
    return {**_shared(toll, "core.document_toll"), "document_id": document_id}


def add_claim_children(batch: Batch, facts: Facts, keys: Sequence[str], kept: set[str]) -> None:
    """Adds perpetrators and relations of the claims whose key is *kept*; a relation to a claim that is not there is
    rejected."""
    by_number = {claim.number: key for claim, key in zip(facts.claims, keys, strict=True) if key in kept}
    for claim, key in zip(facts.claims, keys, strict=True):
        if key not in kept:
            continue
        for number, blamed in enumerate(claim.perpetrators):
            batch.add(
                "core.claim_perpetrator",
                {**_shared(blamed, "core.claim_perpetrator"), "claim_id": key, "number": number},
            )
        whole = "partition_of" if claim.partition else "subset_of"
        for column, target, relation in (("part_of", claim.part_of, whole), ("restates", claim.restates, "restates")):
            if target is None:
                continue
            if target not in by_number:
                batch.rejects.append((_dangling(facts, claim, column, target), facts.document.document_id))
                continue
            batch.add(
                "core.claim_relation",
                {
                    "claim_id": key,
                    "other_claim_id": by_number[target],
                    "relation": relation,
                    "method": "text",
                    "score": claim.confidence,
                },
            )


def _dangling(facts: Facts, claim: Claim, column: str, target: int) -> Reject:
    record = {
        "document_name": facts.document.document_name,
        "number": claim.number,
        "quote": claim.quote,
        column: target,
    }
    return Reject(
        facts.document.source,
        "validate",
        "names a claim of the document that was loaded",
        "core.claim",
        column,
        str(target),
        record,
    )


def misquoted(row: Row, text: str) -> str | None:
    """Which column of *row* does not stand in *text* where it says, or None. Rows without offsets quote nothing."""
    for column, start, end in QUOTED:
        begin, stop = row.get(start), row.get(end)
        if isinstance(begin, int) and isinstance(stop, int) and (begin < 0 or text[begin:stop] != row.get(column)):
            return column
    return None


def quarantine_rows(rejects: Sequence[tuple[Reject, str | None]], run_id: str, now: object) -> list[Row]:
    """Rows of ``ops.quarantine``; their keys are made of content, so that a reload finds them there already."""
    rows = []
    for reject, document_id in rejects:
        record = None if reject.record is None else as_json(reject.record)
        row = {name: getattr(reject, name) for name in ("source", "stage", "schema", "column", "check", "failure_case")}
        rows.append({**row, "record": record, "document_id": document_id, "run_id": run_id, "rejected_at": now})
    identity = [
        tuple(row[n] for n in ("document_id", "source", "stage", "schema", "column", "check", "failure_case", "record"))
        for row in rows
    ]
    return [
        {**row, "quarantine_id": key}
        for row, key in zip(rows, numbered_keys([("quarantine", *i) for i in identity]), strict=True)
    ]
