"""Invented articles and records of any number, for measuring what linking costs. Always the same for the same size."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import warehouse
from extraction.names.gazetteer import Place, load_places
from schemas.records import Claim, Document, Facts, IncidentRecord, Perpetrator

CLAIMS_EACH = 5
"""Claims of one article: a total and two parts of one event, and two of another."""
BATCH = 20_000
PARTIES = ("US-led Coalition", "Russian forces", "Syrian government forces", "IS")
FIRST = date(2014, 8, 1)
DAYS = 2_200


def _towns() -> list[Place]:
    fit = ("town", "village", "city")
    return [p for p in load_places() if p.country in ("SYR", "IRQ") and p.lat is not None and p.kind in fit]


def _document(name: str, text: str, source: str, published: date) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        document_id=digest, document_name=name, source=source, text=text, version_key=name, snapshot_id=digest,
        doc_type="news_article" if source == "files" else "dataset_row", published=published,
        published_basis="explicit",
    )  # fmt: skip


def _claim(text: str, number: int, start: int, value: str, town: Place, day: date, part_of: int | None) -> Claim:
    people = int(value)
    return Claim(
        number=number, quote=text[start : start + len(value)], quote_start=start, quote_end=start + len(value),
        qualifier="exact", harm="killed", victim_class="civilian", scope="incident", claimant="residents",
        value_text=value, value_start=start, value_end=start + len(value), low=people, best=people, high=people,
        place_text=town.name, country=town.country, date_start=day, date_end=day, date_precision="day",
        weapon="airstrike", part_of=part_of, perpetrators=(Perpetrator(PARTIES[people % 4], "alleged", "residents"),),
    )  # fmt: skip


def article(number: int, draw: random.Random, towns: list[Place]) -> Facts:
    """An article about two events, with `CLAIMS_EACH` claims."""
    told = [(draw.choice(towns), FIRST + timedelta(draw.randrange(DAYS)), draw.randrange(3, 60)) for _ in range(2)]
    text, claims = f"Report {number}.", []
    for town, day, people in told:
        whole = len(claims)
        for value in (str(people), str(people // 2), str(people // 3))[: 3 if whole == 0 else 2]:
            text += f" In {town.name} on {day} killed: "
            claims.append((len(claims), len(text), value, town, day, None if len(claims) == whole else whole))
            text += value + "."
    made = tuple(_claim(text, *one) for one in claims)
    return Facts(_document(f"a{number}.txt", text, "files", max(day for _, day, _ in told)), claims=made)


def record(number: int, draw: random.Random, towns: list[Place]) -> Facts:
    """A monitor's record of one event."""
    town, day, people = draw.choice(towns), FIRST + timedelta(draw.randrange(DAYS)), draw.randrange(1, 60)
    text = f'{{"id": {number}, "killed": {people}, "place": "{town.name}", "day": "{day}"}}'
    claim = _claim(text, 0, text.index(str(people), text.index("killed")), str(people), town, day, None)
    incident = IncidentRecord(
        title=f"{town.name} {number}", date_start=day, date_end=day, date_precision="day", place_text=town.name,
        country=town.country, lat=town.lat, lon=town.lon, geo_precision="village", weapon="airstrike",
        external_ids=(("monitor_id", str(number)),),
    )  # fmt: skip
    return Facts(
        _document(f"monitor:{number}", text, "monitor", day), claims=(claim,), incident=incident, extractor="monitor",
        extractor_version="1", is_prose=False,
    )  # fmt: skip


def _batches(claims: int, incidents: int) -> Iterator[list[Facts]]:
    draw, towns = random.Random(11), _towns()
    for start in range(0, incidents, BATCH):
        yield [record(n, draw, towns) for n in range(start, min(incidents, start + BATCH))]
    for start in range(0, claims // CLAIMS_EACH, BATCH):
        yield [article(n, draw, towns) for n in range(start, min(claims // CLAIMS_EACH, start + BATCH))]


def load(path: Path, claims: int, incidents: int) -> None:
    """Load *claims* claims in articles and *incidents* records into the warehouse *path*; they are not linked."""
    for batch in _batches(claims, incidents):
        warehouse.load(path, batch, flow="bench")


def one_more(path: Path) -> None:
    """Load one further article."""
    warehouse.load(path, [article(10**9, random.Random(12), _towns())], flow="bench")
