"""The incident table of Airwars (airwars.org), one record an incident: https://airwars.org/about/methodology/.

Every figure of the table is a claim of Airwars with its range; children, women and men are inside the civilians. What a
party found, and the deaths that it concedes, are its assessment and position and never a claim of Airwars. A blank is
unknown, never 0. The table's own faults are rejected figure by figure; what is merely odd is kept with a warning.
The public record has no licence that could be found: the rows are not for redistribution.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from schemas.records import Claim, Facts, IncidentRecord, Perpetrator, Reading, Reject
from sources.airwars.parties import (
    CLAIMANT,
    assessment,
    cell,
    findings,
    folded,
    grading,
    listed,
    perpetrators,
    positions,
)  # fmt: skip
from sources.expectations import Expectations, compare
from sources.fields import (
    RecordText,
    code_table,
    coded,
    data_table,
    day,
    degrees,
    figure,
    record_document,
    record_text,
)  # fmt: skip
from sources.reading import Received
from sources.table import DELIMITERS, Issues, Row, read_batches

NAME = "airwars"
LICENCE: str | None = None
REDISTRIBUTABLE = False

VERSION = "1"
LARGEST_FIGURE = 10_000_000
"""People in one incident. Above it stands a phone number or an id, not a toll."""
EXPECTS = Expectations(
    records_at_least=1, records_at_most=100_000, shares={"figure": 0.6, "date": 0.8, "place": 0.8, "point": 0.5}
)
"""From the public record of Syria, 2013-2026: one incident in six has no figure of the killed, one in five no point."""

_OPTIONAL = ("demographic", "part_of", "role")
_CODE = re.compile(r"[A-Z]+\d+[a-z]?")


class _Figure(NamedTuple):
    """One pair of columns, ``NAME_min`` and ``NAME_max``, and what it counts."""

    name: str
    harm: str
    victim_class: str
    demographic: str | None
    part_of: str | None
    role: str | None


def recognises(head: bytes, name: str) -> bool:
    """By the header: the column of Airwars' ids, or at least half of the columns of the table."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    known = set(_columns())
    for delimiter in DELIMITERS:
        try:
            cells = {cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])}
        except csv.Error:
            continue
        if ("airwars_id" in cells and len(cells & known) > 2) or len(cells & known) * 2 >= len(known):
            return True
    return False


def read(received: Received) -> Iterator[Reading]:
    """The records of the table in batches; see `sources.reading.SourceModule`."""
    issues = Issues(NAME, NAME)
    return read_batches(
        received, _columns(), _required(), ("data", "incidents"), lambda row: _record(row, received, issues), issues
    )


def expectations(readings: Sequence[Reading]) -> list[Reject]:
    """Compare a load with `EXPECTS`; an export of part of the table may have any number of records."""
    return compare(readings, EXPECTS, NAME, complete=False)


def _record(row: Row, received: Received, of_table: Issues) -> Facts | None:
    record = row.values
    native_id = cell(record, "airwars_id")
    if native_id is None:
        broken = Issues(NAME, NAME, record)
        broken.add(f"line {row.number}: the record has no airwars_id", column="airwars_id", stage="read")
        of_table.found.extend(broken.found)
        return None
    issues = Issues(NAME, NAME, record)
    rt = record_text(record, _columns())
    incident = incident_of(record, native_id, issues)
    found = findings(record, rt, issues)
    claims = claims_of(record, rt, incident, perpetrators(record, found, issues), issues)
    published = day(record.get("published"), "published", (), issues)
    document = record_document(
        rt, record, NAME, native_id, received, title=incident.title, publisher=CLAIMANT, published=published,
        published_basis="explicit" if published else "none", language="en", licence=LICENCE,
        redistributable=REDISTRIBUTABLE,
    )  # fmt: skip
    return Facts(
        document=replace(document, url=cell(record, "url") or received.url),
        claims=claims,
        positions=positions(found, claims),
        assessments=(*grading(record, rt, issues), *map(assessment, found)),
        incident=incident,
        extractor=NAME,
        extractor_version=VERSION,
        is_prose=False,
        rejects=tuple(issues.found),
    )


def claims_of(
    record: Mapping[str, Any], rt: RecordText, incident: IncidentRecord, blamed: tuple[Perpetrator, ...], issues: Issues
) -> tuple[Claim, ...]:
    """The figures of one incident as claims; ``record`` has the columns of the table, ``rt`` knows where they stand."""
    shared = {
        "scope": "incident", "claimant": CLAIMANT, "perpetrators": blamed, "weapon": incident.weapon,
        "place_text": incident.place_text, "place_context": tuple(filter(None, (incident.admin1,))),
        "country": incident.country, "lat": incident.lat, "lon": incident.lon, "geo_precision": incident.geo_precision,
        "date_text": cell(record, "date") if incident.date_start else None, "date_start": incident.date_start,
        "date_end": incident.date_end, "date_precision": incident.date_precision,
        "date_basis": "explicit" if incident.date_start else None,
    }  # fmt: skip
    claims: dict[str, Claim] = {}
    for each in _figures():
        bounds = _bounds(record, each.name, issues)
        if bounds is None:
            continue
        total = claims.get(each.part_of) if each.part_of else None
        claim = _claim(len(claims) + 1, each, bounds, total, rt, shared)
        if total is not None:
            _compare(claim, total, each, issues)
        claims[each.name] = claim
    return tuple(claims.values())


def _bounds(record: Mapping[str, Any], name: str, issues: Issues) -> tuple[int | None, int | None] | None:
    """Fewest and most of one figure; None where the table has neither, or has them the wrong way round."""
    low, high = (_people(record, f"{name}_{end}", issues) for end in ("min", "max"))
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        check = f"{name}: the fewest are more than the most; the figure is left out"
        issues.add(check, column=f"{name}_min", value=f"{low} > {high}")
        return None
    return low, high


def _people(record: Mapping[str, Any], column: str, issues: Issues) -> int | None:
    count = figure(record.get(column), column, issues)
    if count is not None and count > LARGEST_FIGURE:
        issues.add(f"more than {LARGEST_FIGURE:,} people in one incident", column=column, value=record[column])
        return None
    return count


def _claim(
    number: int, of: _Figure, bounds: tuple[int | None, int | None], total: Claim | None, rt: RecordText,
    shared: Mapping[str, Any],
) -> Claim:  # fmt: skip
    low, high = bounds
    qualifier, best = _qualify(low, high)
    columns = [f"{of.name}_{end}" for end, bound in (("min", low), ("max", high)) if bound is not None]
    quote, quote_start, quote_end = rt.quote(*columns)
    value_text, value_start, value_end = rt.value(columns[0])
    return Claim(
        number=number, quote=quote, quote_start=quote_start, quote_end=quote_end, value_text=value_text,
        value_start=value_start, value_end=value_end, low=low, best=best, high=high, qualifier=qualifier, harm=of.harm,
        victim_class=of.victim_class, demographic=of.demographic, role=of.role, part_of=total.number if total else None,
        rules=(f"{NAME}:{of.name}",), **shared,
    )  # fmt: skip


def _qualify(low: int | None, high: int | None) -> tuple[str, int | None]:
    """Qualifier and best figure of a pair of bounds, by the table of values that the whole package keeps to."""
    if high is None:
        return "at_least", low
    if low is None:
        return "at_most", None
    if low != high:
        return "range", None
    return ("exact" if high else "none_reported"), high


def _compare(part: Claim, total: Claim, of: _Figure, issues: Issues) -> None:
    most = total.high
    known = [bound for bound in (part.low, part.high) if bound is not None and most is not None]
    above = next((bound for bound in known if bound > (most or 0)), None)
    if above is not None:
        check = f"{of.name}: a part is above its total ({of.part_of}: {most})"
        issues.add(check, column=of.name, value=above, stage="warn")


def incident_of(record: Mapping[str, Any], native_id: str, issues: Issues) -> IncidentRecord:
    """The incident of one record with the columns of the table; what does not pass goes to ``issues``."""
    codes = (cell(record, "code") or "").split()
    previous = (cell(record, "previous_codes") or "").split()
    for code in codes:
        if not _CODE.fullmatch(code):
            issues.add("unusual form of an incident code", column="code", value=code, stage="warn")
    place = cell(record, "location_en")
    admin1, country = _area(record, issues)
    where = ", ".join(dict.fromkeys(filter(None, (place, admin1))))
    ids = [(NAME, code) for code in codes] + [("airwars_id", native_id)] + [("airwars_previous", c) for c in previous]
    return IncidentRecord(
        title=": ".join(filter(None, (" ".join(codes), where))) or None,
        place_text=place,
        place_local=cell(record, "location_ar"),
        admin1=admin1,
        country=country,
        weapon=_weapon(record, issues),
        external_ids=tuple(dict.fromkeys(ids)),
        **_point(record, issues),
        **_when(record, issues),
    )


def _when(record: Mapping[str, Any], issues: Issues) -> dict[str, Any]:
    first, last = (day(record.get(column), column, (), issues) for column in ("date", "date_end"))
    kind = coded(record.get("date_type"), "date_type", code_table("airwars_codes.csv", "date_type"), issues)
    if first is None:
        if cell(record, "date") is None:
            issues.add("the date is missing", column="date")
        return {"date_start": None, "date_end": None, "date_precision": None}
    if last is not None and last < first:
        check = f"the period ends before it begins ({first.isoformat()}); its end is left out"
        issues.add(check, column="date_end", value=last.isoformat())
        return {"date_start": first, "date_end": None, "date_precision": "open"}
    if last is None and kind == "date_range":
        return {"date_start": first, "date_end": None, "date_precision": "open"}
    if kind == "date" and last is not None and last != first:
        issues.add("date_type says one day, date_end another", column="date_end", value=last.isoformat(), stage="warn")
    end: date = last or first
    return {"date_start": first, "date_end": end, "date_precision": "day" if end == first else "day_range"}


def _point(record: Mapping[str, Any], issues: Issues) -> dict[str, Any]:
    """Latitude, longitude (WGS 84 degrees) and precision; all NULL unless both coordinates are good."""
    lat, lon = degrees(record.get("lat"), "lat", 90, issues), degrees(record.get("lon"), "lon", 180, issues)
    precisions = code_table("airwars_codes.csv", "geo_accuracy")
    precision = coded(record.get("geo_accuracy"), "geo_accuracy", precisions, issues)
    if lat is None or lon is None:
        return {"lat": None, "lon": None, "geo_precision": None}
    return {"lat": lat, "lon": lon, "geo_precision": precision}


def _area(record: Mapping[str, Any], issues: Issues) -> tuple[str | None, str | None]:
    """Governorate and ISO country as the record tells them; a name that the table of areas lacks is a warning."""
    found: list[tuple[str, str]] = []
    for column in ("region", "governorate"):
        written = cell(record, column)
        area = areas().get(folded(written)) if written else None
        if area:
            found.append(area)
        elif written:
            issues.add(f"unknown {column}: it tells no country", column=column, value=written, stage="warn")
    countries = {country for _, country in found}
    admin1 = next((name for name, _ in found if name), None)
    return (admin1, countries.pop()) if len(countries) == 1 else (None, None)


def _weapon(record: Mapping[str, Any], issues: Issues) -> str | None:
    """The closest weapon that strike type or cause names: the first in the rank of ``airwars_weapons.csv``."""
    named: list[tuple[int, str]] = []
    for column in ("strike_type", "cause"):
        for word in listed(record, column):
            known = weapons().get(folded(word))
            if known is None:
                issues.add(f"unknown value of {column}", column=column, value=word)
            elif known[1]:
                named.append(known)
    return min(named)[1] if named else None


@cache
def _columns() -> tuple[str, ...]:
    return tuple(row["column"] for row in data_table("airwars_columns.csv"))


@cache
def _required() -> tuple[str, ...]:
    return tuple(row["column"] for row in data_table("airwars_columns.csv") if row["required"] == "yes")


@cache
def _figures() -> tuple[_Figure, ...]:
    return tuple(
        _Figure(row["figure"], row["harm"], row["victim_class"], *(row[name] or None for name in _OPTIONAL))
        for row in data_table("airwars_figures.csv")
    )


@cache
def areas() -> dict[str, tuple[str, str]]:
    """Governorate and ISO country by the folded names that Airwars writes for an area."""
    return {folded(row["variant"]): (row["admin1"], row["country"]) for row in data_table("airwars_governorates.csv")}


@cache
def weapons() -> dict[str, tuple[int, str]]:
    """Rank and weapon by the folded strike types and causes that Airwars writes."""
    rows = data_table("airwars_weapons.csv")
    return {folded(row["variant"]): (int(row["rank"] or 0), row["weapon"]) for row in rows}
