"""Tables for the tests of UCDP, ACLED and mappings: invented events in real columns."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from schemas.records import Claim, Facts, Reading, Reject
from sources import acled, ucdp
from sources.reading import Received


def received(data: bytes | str, name: str = "table.csv", **metadata: Any) -> Received:
    raw = data.encode() if isinstance(data, str) else data
    key = hashlib.sha256(raw).hexdigest()
    return Received(raw, name, f"/in/{name}", key, datetime(2026, 3, 1, 12), metadata=metadata)


def to_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def ucdp_event(number: int = 1, **changed: Any) -> dict[str, Any]:
    event = dict.fromkeys(ucdp.COLUMNS, "") | {
        "id": str(number),
        "type_of_violence": "3",
        "conflict_name": "Northland: Government",
        "dyad_name": "Red Column - Civilians",
        "side_a": "Red Column",
        "side_b": "Civilians",
        "source_headline": "Villagers shot at a mill",
        "source_original": "village elders",
        "where_prec": "2",
        "where_coordinates": "Tell Karnaf",
        "adm_1": "Aleppo governorate",
        "adm_2": "Jarablus district",
        "latitude": "36.51",
        "longitude": "38.02",
        "country": "Syria",
        "country_id": "652",
        "event_clarity": "1",
        "date_prec": "1",
        "date_start": "2024-05-06 00:00:00.000",
        "date_end": "2024-05-06 00:00:00.000",
        "deaths_a": "0",
        "deaths_b": "0",
        "deaths_civilians": "4",
        "deaths_unknown": "1",
        "best": "5",
        "high": "9",
        "low": "4",
    }
    return event | changed


def acled_event(number: int = 1, **changed: Any) -> dict[str, Any]:
    event = dict.fromkeys(acled.COLUMNS, "") | {
        "event_id_cnty": f"SYR{number}",
        "event_date": "2024-02-06",
        "year": "2024",
        "time_precision": "1",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Blue Brigade",
        "inter1": "Rebel group",
        "actor2": "Civilians (Syria)",
        "inter2": "Civilians",
        "civilian_targeting": "Civilian targeting",
        "iso": "760",
        "country": "Syria",
        "admin1": "Idleb",
        "location": "Tell Karnaf",
        "latitude": "35.9",
        "longitude": "36.6",
        "geo_precision": "1",
        "source": "Elm Radio; Oak News",
        "notes": "On 6 February, shells hit a market.",
        "fatalities": "4",
        "timestamp": "1707400000",
    }
    return event | changed


def ucdp_csv(*events: Mapping[str, Any]) -> str:
    return to_csv(ucdp.COLUMNS, events)


def acled_csv(*events: Mapping[str, Any]) -> str:
    return to_csv(acled.COLUMNS, events)


def joined(readings: Sequence[Reading]) -> tuple[list[Facts], list[Reject], str | None]:
    """All facts, all rejects (of records too), and why something failed."""
    facts = [found for reading in readings for found in reading.facts]
    rejects = [reject for reading in readings for reject in reading.rejects]
    rejects += [reject for found in facts for reject in found.rejects]
    return facts, rejects, next((reading.failed for reading in readings if reading.failed), None)


def assert_anchored(facts: Sequence[Facts]) -> None:
    for found in facts:
        text = found.document.text
        assert found.document.document_id == hashlib.sha256(text.encode()).hexdigest()
        for claim in found.claims:
            assert text[claim.quote_start : claim.quote_end] == claim.quote
            assert text[claim.value_start : claim.value_end] == claim.value_text


def bounds(claim: Claim) -> tuple[int | None, int | None, int | None]:
    return claim.low, claim.best, claim.high
