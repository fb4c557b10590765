"""Real statements, where the measuring data is there: agreement with labels made by hand, and no crash on the rest."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.records import Facts, OfficialEntry
from sources import cjtf
from sources.reading import Received

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = SHARED / "gold" / "cjtf.jsonl"
ALL = SHARED / "data" / "cjtf_statements.jsonl"

FLOORS = {
    "finding": 0.98,
    "killed_conceded": 0.97,
    "injured_conceded": 0.97,
    "date_start": 0.98,
    "date_end": 0.98,
    "place_text": 0.95,
    "country": 0.95,
    "via": 0.97,
    "allegation_no": 0.99,
    "codes": 0.99,
    "mgrs": 0.99,
    "combatants_killed": 0.99,
}
LABELS = {"killed_conceded": "killed", "injured_conceded": "injured", "place_text": "place"}


def facts(path: Path) -> list[Facts]:
    if not path.is_file():
        pytest.skip(f"the measuring data is not here: {path.parent.name}/{path.name}")
    readings = list(cjtf.read(Received(path, path.name, path.name, "0" * 64, datetime(2026, 1, 1))))
    assert all(reading.failed is None and not reading.rejects for reading in readings)
    return [found for reading in readings for found in reading.facts]


def value(entry: OfficialEntry, column: str) -> Any:
    found = getattr(entry, column)
    if isinstance(found, date):
        return found.isoformat()
    return list(found) if isinstance(found, tuple) else found


def test_statements_labelled_by_hand() -> None:
    found = {read.document.document_name: read for read in facts(GOLD)}
    labels = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    right = dict.fromkeys(FLOORS, 0)
    for label in labels:
        (entry,) = found[label["statement_id"]].entries
        for column in FLOORS:
            read, wanted = value(entry, column), label[LABELS.get(column, column)]
            if column == "via":
                read, wanted = (text and text.lower() for text in (read, wanted))
            right[column] += read == wanted
    below = {column: n for column, n in right.items() if n < FLOORS[column] * len(labels)}
    assert not below, f"of {len(labels)}: {below}"


def test_all_statements_are_read_and_anchored() -> None:
    found = facts(ALL)
    assert len(found) == sum(1 for line in ALL.read_text(encoding="utf-8").splitlines() if line.strip())
    for read in found:
        text = read.document.text
        for part in (*read.entries, *read.claims, *read.positions):
            assert text[part.quote_start : part.quote_end] == part.quote
        (entry,) = read.entries
        civilians = [
            c for c in read.claims if c.victim_class != "combatant" and c.harm == "killed" and c.part_of is None
        ]
        if entry.killed_conceded:
            assert sum(claim.best or 0 for claim in civilians) == entry.killed_conceded
