"""Loads that are held back: their records are kept in ``raw``, and nothing of them is published.

A person says that one may be published (subject ``load``, decision ``publish``, beside the other decisions in
``STEM.files/reviews``); it is then loaded like any other, as what came last.
"""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

from schemas.declaration import tables
from schemas.models import frame
from schemas.records import Hold
from warehouse.checking import checked
from warehouse.connection import files_folder, reading, transaction, writing
from warehouse.errors import WarehouseError
from warehouse.loading import LoadSummary, next_load, write_quarantine, write_run
from warehouse.merge import merge
from warehouse.querying import Table, run
from warehouse.reviewing import decide, decisions
from warehouse.rows import Batch, record_row

PUBLISHED = "SELECT document_id FROM core.document WHERE document_id IN (SELECT unnest(?::VARCHAR[]))"
SUBJECT, PUBLISH = "load", "publish"


class HoldError(WarehouseError):
    """There is no such load, or it cannot be decided on; ``str()`` says what to do."""


def hold(path: Path, one: Hold, *, flow: str, flow_run_id: str | None = None) -> LoadSummary:
    """Keeps the records of *one* in ``raw.record`` and says why in ``raw.held_load``; again it changes no row.

    What the same records say already, published by an earlier load, stays as it is. Raises `WarehouseError`.
    """
    clock, now = time.monotonic(), datetime.now(UTC).replace(tzinfo=None)
    batch = Batch(run_id=uuid.uuid4().hex)
    batch.rejects += [(reject, None) for each in one.readings for reject in each.rejects]
    documents = one.documents
    with writing(path) as connection, transaction(connection):
        there = {row[0] for row in connection.execute(PUBLISHED, [[d.document_id for d in documents]]).fetchall()}
        for document in documents:
            if document.record is not None and document.document_id not in there:
                batch.add("raw.record", record_row(document, one.release, one.held_id))
        merge(connection, "raw.record", checked(batch, "raw.record"))
        row = {
            "held_id": one.held_id, "source": one.source, "release": one.release, "records": len(documents),
            "reasons": list(one.reasons), "snapshots": sorted({d.snapshot_id for d in documents}), "held_at": now,
            "run_id": batch.run_id,
        }  # fmt: skip
        merge(connection, "raw.held_load", frame(tables()["raw.held_load"], [row])[0])
        write_quarantine(connection, batch, [], now)
        summary = LoadSummary(
            batch.run_id, 0, 0, 0, 0, 0, len(batch.rejects), 0, round(time.monotonic() - clock, 3), (_sentence(one),)
        )
        write_run(connection, summary, flow, flow_run_id, next_load(connection), now)
    return summary


def _sentence(one: Hold) -> str:
    named = f"{one.source} release {one.release}" if one.release else one.source
    return f"{named} is held back, not published: {'; '.join(one.reasons)} (casualties held; {one.held_id})"


def held_loads(path: Path) -> Table:
    """Loads that are held back and those that were decided on, the newest first (``mart.held_load``)."""
    with reading(path) as connection:
        return run(connection, "SELECT * FROM mart.held_load ORDER BY held_at DESC, held_id")


def published_holds(path: Path) -> dict[str, datetime]:
    """Ids of the holds that a person said to publish, with the time of the decision (UTC)."""
    standing = decisions(files_folder(path) / "reviews")
    said = (row for row in standing if (row["subject"], row["decision"]) == (SUBJECT, PUBLISH))
    return {row["subject_id"]: row["decided_at"] for row in said}


def held_snapshots(path: Path, held_id: str) -> tuple[str, frozenset[str]]:
    """The whole id of a hold, of which the beginning is enough, and the snapshots that it is made of.

    Raises `HoldError` where no load, or more than one, has such an id.
    """
    sql = "SELECT held_id, snapshots FROM raw.held_load WHERE starts_with(held_id, ?)"
    with reading(path) as connection:
        found = connection.execute(sql, [held_id]).fetchall()
    if len(found) != 1:
        many = "no load" if not found else f"{len(found)} loads"
        raise HoldError(f"{many} held back under an id that begins with {held_id!r}: casualties held lists them")
    return found[0][0], frozenset(found[0][1])


def decide_hold(path: Path, held_id: str, reviewer: str, reason: str | None) -> None:
    """Notes that the load is to be published, by whom and why."""
    decide(files_folder(path) / "reviews", SUBJECT, held_id, PUBLISH, reviewer, reason)
