"""Facts of our own making, and ways to look at a whole warehouse file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schemas.declaration import tables
from schemas.records import (
    Assessment,
    Claim,
    Document,
    Facts,
    IncidentRecord,
    OfficialEntry,
    OfficialReport,
    Perpetrator,
    Position,
)

TEXT = (
    "Rockets hit Hajin on Monday. At least 12 people, including 3 children, were killed, the town's clinic said ({n})."
)


def make_document(n: int = 0, **changes: Any) -> Document:
    text = changes.pop("text", TEXT.format(n=n))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    plain: dict[str, Any] = {
        "document_id": digest, "document_name": f"d{n}.txt", "source": "files", "doc_type": "news_article",
        "text": text,
        "version_key": f"/in/d{n}.txt", "snapshot_id": digest,
    }  # fmt: skip
    return Document(**(plain | changes))


def make_claim(text: str, quote: str, value: str, **changes: Any) -> Claim:
    start = text.index(quote)
    begin = text.index(value, start)
    plain: dict[str, Any] = {
        "number": 0, "quote": quote, "quote_start": start, "quote_end": start + len(quote), "qualifier": "exact",
        "harm": "killed", "victim_class": "unknown", "scope": "incident", "claimant": "town clinic",
        "value_text": value,
        "value_start": begin, "value_end": begin + len(value), "place_text": "Hajin",
    }  # fmt: skip
    return Claim(**(plain | changes))


def make_facts(n: int = 0, **changes: Any) -> Facts:
    """An article with a total, its part, and a position on the total."""
    document = changes.pop("document", None) or make_document(n)
    text = document.text
    total = make_claim(
        text, "At least 12 people, including 3 children, were killed", "At least 12", qualifier="at_least", low=12,
        best=12,
        perpetrators=(Perpetrator("Russia", "alleged", "town clinic"), Perpetrator("Syrian government", "possible")),
    )  # fmt: skip
    part = make_claim(
        text, "3 children, were killed", "3", number=1, low=3, best=3, high=3, demographic="children", part_of=0
    )
    position = Position("Russia", "denied_strike", "Rockets hit Hajin", 0, 17, about=(0,))
    return replace(Facts(document, claims=(total, part), positions=(position,)), **changes)


def make_record(native_id: str = "7", code: str = "XX7", killed: tuple[int, int] = (2, 5), **changes: Any) -> Facts:
    """A monitor's record of an incident with one figure, a grading and a conceded toll."""
    text = f'{{"code": "{code}", "id": "{native_id}", "killed": "{killed[0]}-{killed[1]}"}}'
    document = make_document(
        text=text, document_name=f"monitor:{native_id}", version_key=f"monitor:{native_id}", source="monitor",
        doc_type="dataset_row", record={"id": native_id, "extra": "kept"},
    )  # fmt: skip
    value = f"{killed[0]}-{killed[1]}"
    claim = make_claim(
        text, value, value, qualifier="range", low=killed[0], high=killed[1], claimant="Monitor",
        victim_class="civilian",
        lat=34.7, lon=40.8, geo_precision="village",
    )  # fmt: skip
    incident = IncidentRecord(
        title="Strike on Hajin", place_text="Hajin", lat=34.7, lon=40.8, geo_precision="village",
        external_ids=(("monitor", code), ("monitor_id", native_id)),
    )  # fmt: skip
    grade = Assessment("Monitor", "own_grading", "Fair", quote=code, quote_start=10, quote_end=10 + len(code))
    conceded = Position("US-led Coalition", "credible", code, 10, 10 + len(code), killed_conceded=2)
    plain = Facts(
        document, claims=(claim,), positions=(conceded,), assessments=(grade,), incident=incident, extractor="monitor",
        extractor_version="1", is_prose=False,
    )  # fmt: skip
    return replace(plain, **changes)


def make_report(code: str = "XX7") -> Facts:
    text = f"1. May 3, 2018, near Hajin, Syria, via self-report. Not credible. 12/{code}"
    document = make_document(text=text, document_name="report", version_key="report", doc_type="official_report")
    entry = OfficialEntry(1, "non_credible", text, 0, len(text), place_text="Hajin", codes=(code,))
    return Facts(
        document, report=OfficialReport("US-led Coalition", closed=1, non_credible=1), entries=(entry,), is_prose=False
    )


@dataclass(frozen=True)
class Place:
    name: str
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geo_precision: str | None = None
    method: str = "exact"
    origin: str = "project"


@dataclass
class Gazetteer:
    """Knows one town, and counts how often it is asked."""

    asked: int = 0

    def __call__(self, place_text: str, context: tuple[str, ...] = (), country: str | None = None) -> Place | None:
        self.asked += 1
        return Place("Hajin", "Deir ez-Zor", "SYR", 34.69, 40.83, "town") if place_text == "Hajin" else None


def dump(path: Path, *, events: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, timestamps included; *events* adds ``ops.run``, which grows with each load."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [name for name, table in tables().items() if not table.view and (events or name != "ops.run")]
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names}


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables of facts without what tells of the load."""
    with duckdb.connect(str(path), read_only=True) as connection:
        found = {}
        for name, table in tables().items():
            if not table.view and name not in ("ops.run", "ops.lineage", "ops.layout"):
                names = ", ".join(
                    f'"{c.name}"' for c in table.columns if not c.stamp and c.name not in ("load_no", "resolved_at")
                )
                found[name] = connection.execute(f"SELECT {names} FROM {name} ORDER BY ALL").fetchall()
        return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


@pytest.fixture
def rows(path: Path) -> Callable[..., list[tuple[Any, ...]]]:
    def run(sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return run
