"""A small invented story: monitors' records, articles and an official report about a few events around Hajin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from schemas.records import (
    Assessment,
    Claim,
    Facts,
    IncidentRecord,
    OfficialEntry,
    OfficialReport,
    Perpetrator,
    Position,
)

from .conftest import Place, make_claim, make_document

TOWNS = {
    "Hajin": Place("Hajin", "Deir ez-Zor", "SYR", 34.69, 40.83, "town"),
    "Hajeen": Place("Hajin", "Deir ez-Zor", "SYR", 34.69, 40.83, "town"),
    "Gharanij": Place("Gharanij", "Deir ez-Zor", "SYR", 34.78, 40.74, "village"),
    "Shafah": Place("Shafah", "Deir ez-Zor", "SYR", 34.585, 40.914, "village"),
    "Deir ez-Zor province": Place("Deir ez-Zor", None, "SYR", 35.0, 40.5, "admin1"),
    "Mosul": Place("Mosul", "Nineveh", "IRQ", 36.34, 43.13, "city"),
    "Syria": Place("Syria", None, "SYR", 35.0, 38.5, "country"),
}


def atlas(place_text: str, context: tuple[str, ...] = (), country: str | None = None) -> Place | None:
    """A gazetteer of a few towns."""
    return TOWNS.get(place_text)


def record(
    native: str, town: str, day: date, killed: tuple[int, int], *, source: str = "monitor", finding: str | None = None,
    conceded: int | None = None, party: str = "US-led Coalition", **changes: Any,
) -> Facts:  # fmt: skip
    """A monitor's record of an incident, with code ``XX`` + its native id and the finding of the party."""
    text = f'{{"id": "{source}-{native}", "killed": "{killed[0]}-{killed[1]}", "town": "{town}", "day": "{day}"}}'
    document = make_document(
        text=text, document_name=f"{source}:{native}", version_key=f"{source}:{native}", source=source,
        doc_type="dataset_row", record={"id": native}, locator=native, published=date(2020, 1, 1),
        published_basis="explicit",
    )  # fmt: skip
    value = f"{killed[0]}-{killed[1]}"
    place = TOWNS[town]
    claim = make_claim(
        text, value, value, qualifier="range", low=killed[0], high=killed[1], claimant=source.title(),
        victim_class="civilian", lat=place.lat, lon=place.lon, geo_precision="village", date_start=day, date_end=day,
        place_text=town, perpetrators=(Perpetrator(party, "alleged", source.title()),),
    )  # fmt: skip
    incident = IncidentRecord(
        title=f"{town} {native}", date_start=day, date_end=day, date_precision="day", place_text=town, country="SYR",
        lat=place.lat, lon=place.lon, geo_precision="village", weapon="airstrike",
        external_ids=((source, f"XX{native}"), (f"{source}_id", native)),
    )  # fmt: skip
    positions = () if finding is None else (
        Position(party, finding, "id", 2, 4, killed_conceded=conceded),
    )  # fmt: skip
    plain = Facts(
        document, claims=(claim,), positions=positions, assessments=(Assessment("Monitor", "own", "Fair"),),
        incident=incident, extractor=source, extractor_version="1", is_prose=False,
    )  # fmt: skip
    return replace(plain, **changes)


def article(name: str, text: str, *claims: tuple[str, dict[str, Any]], published: date | None = None,
            publisher: str | None = "Paper", positions: tuple[Position, ...] = ()) -> Facts:  # fmt: skip
    """An article whose claims are given as (number as written, what is told of it)."""
    document = make_document(
        text=text, document_name=name, version_key=f"/in/{name}", published=published, publisher=publisher,
        published_basis="explicit" if published else "none",
    )  # fmt: skip
    made = tuple(tell(text, number, value, told) for number, (value, told) in enumerate(claims))
    return Facts(document, claims=made, positions=positions)


def tell(text: str, number: int, value: str, told: dict[str, Any]) -> Claim:
    """A claim whose figure is the digits of *value*, which is its quote unless ``quote`` is told; ``day`` stands for
    both ends of the date.
    """
    day, quote = told.pop("day", None), told.pop("quote", value)
    dates = {} if day is None else {"date_start": day, "date_end": day, "date_precision": "day"}
    digits = "".join(c for c in value if c.isdigit())
    count = {"low": int(digits), "best": int(digits), "high": int(digits)} if digits else {}
    plain: dict[str, Any] = {"place_text": None, "number": number, **count, **dates}
    return make_claim(text, quote, value, **(plain | told))


def statement(name: str, town: str, day: date, finding: str, conceded: int | None = None, **changes: Any) -> Facts:
    """An official statement on one allegation, without any code."""
    text = f"{day:%B %d, %Y}, near {town}, Syria, after a report of a monitor. Found: {finding}. {conceded or ''}"
    document = make_document(
        text=text, document_name=name, version_key=f"/in/{name}", doc_type="official_report", published=date(2019, 6, 1)
    )
    entry = OfficialEntry(
        1, finding, text, 0, len(text), date_start=day, date_end=day, place_text=town, country="SYR",
        killed_conceded=conceded,
    )  # fmt: skip
    position = Position("US-led Coalition", finding, text, 0, len(text), stated_on=date(2019, 6, 1),
                        killed_conceded=conceded)  # fmt: skip
    plain = Facts(
        document, report=OfficialReport("US-led Coalition", closed=1), entries=(entry,), positions=(position,),
        extractor="official", is_prose=False,
    )  # fmt: skip
    return replace(plain, **changes)
