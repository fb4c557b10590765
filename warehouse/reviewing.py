"""Reviews: what needs a person goes out as a CSV, and comes back as decisions that every later linking obeys.

Decisions are kept in ``STEM.files/reviews/decisions.csv`` beside the warehouse, apart from everything computed: a
rebuild reads them again. The last decision on a subject counts; the earlier ones stay in the file.

=============  ==========================  =====================================================
subject        subject_id                  decisions
=============  ==========================  =====================================================
claim          claim_id                    right, wrong (leaves incidents and series)
link           claim_id or entry_id and    same, different
               incident_id, with a space
contradiction  two claim_ids               real, explained
place          place_text                  the name of a place that the gazetteer knows
actor          the name as written         the canonical name of the actor
load           held_id                     publish, drop (what was held back)
=============  ==========================  =====================================================
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from schemas.declaration import tables
from schemas.keys import content_key
from schemas.models import frame
from warehouse.connection import files_folder, reading
from warehouse.errors import WarehouseError
from warehouse.exporting import spreadsheet_safe
from warehouse.matching import step_sql

FILE = "decisions.csv"
FIELDS = ("subject", "subject_id", "decision", "reason", "reviewer", "decided_at", "text_sha256")
DECISIONS: dict[str, tuple[str, ...]] = {
    "claim": ("right", "wrong"), "link": ("same", "different"), "contradiction": ("real", "explained"),
    "place": (), "actor": (), "load": ("publish", "drop"),
}  # fmt: skip
"""Subject → allowed decisions; empty where a name is given."""


class ReviewError(WarehouseError):
    """A file of decisions cannot be read, or a row of it is wrong; ``str()`` names file, row and field."""


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What a filled-in CSV gave: decisions that are new or changed, those that stood already, rows left open."""

    taken: int
    known: int
    open: int


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            sample = lines.readline()
            lines.seek(0)
            # A spreadsheet in a country with decimal commas writes semicolons.
            rows = list(csv.DictReader(lines, delimiter=";" if sample.count(";") > sample.count(",") else ","))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReviewError(f"{file} cannot be read as a CSV in UTF-8: {error}") from error
    missing = {"subject", "subject_id", "decision"} - {name.strip().strip('"') for name in re.split("[,;]", sample)}
    if missing:
        raise ReviewError(f"{file} has no column {', '.join(sorted(missing))}: keep the header of the exported file")
    return rows


def _decided(row: dict[str, str], file: Path, line: int, now: datetime) -> dict[str, Any] | None:
    """The decision in *row*, or None when it was left open."""
    plain = {name: (row.get(name) or "").strip() or None for name in FIELDS}
    plain = {
        name: value[1:] if value and spreadsheet_safe(value[1:]) == value else value for name, value in plain.items()
    }
    decision, subject = plain["decision"], plain["subject"]
    if decision is None:
        return None
    if subject not in DECISIONS:
        raise ReviewError(f"{file}, row {line}, subject: {subject} is none of {', '.join(DECISIONS)}")
    allowed = DECISIONS[subject]
    if allowed and decision not in allowed:
        raise ReviewError(f"{file}, row {line}, decision: {decision} is none of {', '.join(allowed)}")
    for name in ("subject_id", "reviewer"):
        if plain[name] is None:
            raise ReviewError(f"{file}, row {line}, {name}: must be given with a decision")
    try:
        decided = datetime.fromisoformat(plain["decided_at"]) if plain["decided_at"] else now
    except ValueError as error:
        raise ReviewError(f"{file}, row {line}, decided_at: {plain['decided_at']} is no ISO date or time") from error
    if decided.tzinfo is not None:
        decided = decided.astimezone(UTC).replace(tzinfo=None)
    key = content_key("review", subject, plain["subject_id"])
    return {**plain, "review_id": key, "decided_at": decided}


def _decisions(file: Path, now: datetime) -> list[dict[str, Any]]:
    found = (_decided(row, file, line, now) for line, row in enumerate(_rows(file), start=2))
    return [one for one in found if one is not None]


def _latest(decisions: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """review_id → the last decision, by time and then by place in the file."""
    return {one["review_id"]: one for one in sorted(decisions, key=lambda one: one["decided_at"])}


def decisions(folder: Path) -> list[dict[str, Any]]:
    """The standing decisions in *folder*; none where there is no file. Raises `ReviewError` naming file, row, field."""
    file = folder / FILE
    return list(_latest(_decisions(file, datetime.min)).values()) if file.exists() else []


def read_reviews(folder: Path) -> pl.DataFrame:
    """The standing decisions in *folder* as rows of ``ops.review``. Raises `ReviewError` naming file, row and field."""
    return frame(tables()["ops.review"], sorted(decisions(folder), key=lambda row: row["review_id"]))[0]


def decide(folder: Path, subject: str, subject_id: str, decision: str, reviewer: str, reason: str | None) -> None:
    """Adds one decision to those in *folder*, made now. Raises `ReviewError`."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    kept = _decisions(folder / FILE, now) if (folder / FILE).exists() else []
    one = {"subject": subject, "subject_id": subject_id, "decision": decision, "reason": reason,
           "reviewer": reviewer, "decided_at": now, "text_sha256": None}  # fmt: skip
    _write(folder, [*kept, one])


def _write(folder: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Makes *rows* the decisions in *folder*, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{FILE}.part"
    with aside.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, FIELDS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**one, "decided_at": one["decided_at"].isoformat()} for one in rows)
    aside.replace(folder / FILE)


def link_reviews(decisions: pl.DataFrame) -> pl.DataFrame:
    """Decisions on links as (subject_id, incident_id, same, words); *decisions* are rows of ``ops.review``."""
    rows = []
    for row in decisions.filter(pl.col("subject") == "link").iter_rows(named=True):
        subject_id, _, incident_id = row["subject_id"].partition(" ")
        words = f"decided by {row['reviewer']} on {row['decided_at']:%Y-%m-%d}"
        words += f": {row['reason']}" if row["reason"] else ""
        same = row["decision"] == "same"
        rows.append({"subject_id": subject_id, "incident_id": incident_id, "same": same, "words": words})
    schema = {"subject_id": pl.String, "incident_id": pl.String, "same": pl.Boolean, "words": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def load_reviews(path: Path, file: Path) -> ReviewSummary:
    """Takes the decisions of the filled-in *file* over into the folder beside the warehouse *path*; all or none.

    Rows without a decision stay open. Link the warehouse afterwards to apply them. Raises `ReviewError`.
    """
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    folder = files_folder(path) / "reviews"
    kept = _decisions(folder / FILE, now) if (folder / FILE).exists() else []
    standing = _latest(kept)
    rows = _rows(file)
    fresh = _decisions(file, now)
    new = [
        one for one in fresh
        if one["review_id"] not in standing
        or any(standing[one["review_id"]][name] != one[name] for name in ("decision", "reason", "reviewer"))
    ]  # fmt: skip
    if new:
        _write(folder, [*kept, *new])
    return ReviewSummary(len(new), len(fresh) - len(new), len(rows) - len(fresh))


def _open_questions(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    cursor = connection.execute(step_sql("questions"))
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def export_reviews(path: Path, out: Path) -> int:
    """Writes what needs a person to the CSV *out*, ready for a spreadsheet; returns the number of rows.

    One row a question: uncertain claims, links left open, contradictions, unknown places and actors, and decisions
    whose text has changed since. ``decision``, ``reason`` and ``reviewer`` are to be filled in. Raises
    `WarehouseError`.
    """
    with reading(path) as connection:
        rows = _open_questions(connection)
    fields = ["subject", "subject_id", "question", "evidence", "document_name", "quote", "times", "allowed",
              "decision", "reason", "reviewer", "decided_at", "text_sha256"]  # fmt: skip
    aside = out.with_name(f"{out.name}.part")
    try:
        with aside.open("w", encoding="utf-8-sig", newline="") as target:
            writer = csv.DictWriter(target, fields, restval="")
            writer.writeheader()
            for row in rows:
                allowed = " / ".join(DECISIONS[row["subject"]]) or "a name"
                safe = {name: spreadsheet_safe(value) for name, value in row.items()}
                writer.writerow({**safe, "allowed": allowed})
        aside.replace(out)
    except OSError as error:
        raise ReviewError(f"cannot write {out}: {error}") from error
    return len(rows)
