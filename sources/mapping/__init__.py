"""Any table, read by a mapping file: CSV or a JSON list, one record a row.

What a mapping file says is in `sources.mapping.file`; `propose` writes a first one for a new table. Shipped mappings:
Iraq Body Count, the drone strike sheets of the Bureau of Investigative Journalism, the daily JSON of TechForPalestine.
A pair of a minimum and a maximum becomes one claim with both bounds; a running total gets the scope ``cumulative``
and the day it was given as the end of its period. The licence is the mapping file's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from schemas.records import Claim, Facts, IncidentRecord, Perpetrator, Reading
from sources.expectations import Tally
from sources.fields import RecordText, day, degrees, figure, record_document, record_text
from sources.mapping.file import Figure, MappingError, TableMapping, load, parse_text, shipped, text_of
from sources.mapping.proposal import propose
from sources.reading import Received, failure
from sources.table import LIST_KEYS, Issues, Row, UnreadableError, check_head, flat, read_batches

__all__ = ["MappingError", "TableMapping", "load", "propose", "read", "recognises", "shipped", "text_of"]

NAME = "mapping"
LICENCE: str | None = None
"""Every mapping file tells its own."""
REDISTRIBUTABLE = False
VERSION = "1"
"""Of the reading below: a change of it makes the warehouse read its records again."""
HOURS_A_DAY = 24


def recognises(head: bytes, name: str) -> bool:
    """True when the first bytes of an input hold every column that one of the shipped mappings needs."""
    return _shipped_for(head) is not None


def read(received: Received, mapping: TableMapping | None = None) -> Iterator[Reading]:
    """Read a table in batches by ``mapping``; broken rows and figures are in the rejects, the rest loads.

    Without one the mapping is the TOML text under ``mapping`` in what was told beside the table, else the shipped one
    that fits the columns. A mapping that cannot be used is a failed reading.
    """
    told = received.metadata.get("mapping")
    try:
        named = parse_text(told, f"the mapping of {received.name}") if isinstance(told, str) else None
    except MappingError as error:
        yield failure(NAME, received.origin, str(error))
        return
    mapping = mapping or named or _shipped_for(received.head())
    if mapping is None:
        yield failure(NAME, received.origin, _without_mapping(received))
        return
    yield from _read(received, mapping)


def _without_mapping(received: Received) -> str:
    """Why no mapping was found: the input is no table at all, or has columns that none of them knows."""
    try:
        check_head(received)
    except UnreadableError as error:
        return f"it {str(error).removeprefix(received.name).strip()}"
    return (
        f"no mapping fits its columns: name one with --mapping ({', '.join(shipped())}, or a file of your own; "
        "casualties mapping new TABLE writes a first one)"
    )


def _read(received: Received, mapping: TableMapping) -> Iterator[Reading]:
    """The batches of the table; the last one tells how far the whole is from what the mapping expects."""
    issues = Issues(mapping.name, f"{mapping.name}.record")
    tally = Tally(mapping.expects)
    # A table of a shipped kind may be an excerpt; whoever writes a mapping knows the table it is for.
    whole = "release" in received.metadata or mapping.name not in shipped()
    batches = read_batches(
        received,
        mapping.columns,
        mapping.id_columns,
        (mapping.list_key,) if mapping.list_key else LIST_KEYS,
        lambda row: _record(row, received, mapping, issues),
        issues,
    )
    for reading in batches:
        tally.add(reading)
        yield reading
    odd = tally.found(mapping.name, complete=whole)
    if odd:
        yield Reading(rejects=tuple(odd))


def _shipped_for(head: bytes) -> TableMapping | None:
    fits = (mapping for mapping in _all_shipped() if all(name.encode() in head for name in mapping.recognise))
    return next(fits, None)


@cache
def _all_shipped() -> tuple[TableMapping, ...]:
    return tuple(load(path) for path in shipped().values())


def _record(row: Row, received: Received, mapping: TableMapping, issues: Issues) -> Facts | None:
    record = flat(row.values)
    native_id = " ".join(text for column in mapping.id_columns if (text := _text(record.get(column))))
    if mapping.id_columns and not native_id:
        issues.add(
            f"record {row.number} has no {' or '.join(mapping.id_columns)}", column=mapping.id_columns[0], stage="read"
        )
        return None
    native_id = native_id or str(row.number)
    own = Issues(mapping.name, issues.schema, {"id": native_id})
    rt = record_text(row.values, mapping.columns)
    when, where = _when(record, mapping, own), _where(record, mapping, own)
    claimant = mapping.claimant.of(record, own)
    described: dict[str, Any] = {
        "publisher": mapping.title or mapping.claimant.constant,
        "licence": mapping.licence,
        "redistributable": mapping.redistributable,
        "published": when["date_start"] if mapping.published else None,
        "published_basis": "explicit" if mapping.published and when["date_start"] else "none",
    }
    anchor = IncidentRecord(external_ids=((mapping.name, native_id),), **when, **where)
    return Facts(
        document=record_document(rt, row.values, mapping.name, native_id, received, **described),
        claims=_claims(record, rt, mapping, claimant, when | where, own) if claimant else (),
        incident=anchor if mapping.incident else None,
        extractor=mapping.name,
        extractor_version=VERSION,
        is_prose=False,
        rejects=tuple(own.found),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value).strip() or None


def _when(record: Mapping[str, Any], mapping: TableMapping, issues: Issues) -> dict[str, Any]:
    start, end = (
        day(record.get(column), column, mapping.date_formats, issues) if column else None
        for column in (mapping.date_start, mapping.date_end)
    )
    if start and end and end < start:
        issues.add("ends before it begins; the end is left out", column=mapping.date_end, value=end.isoformat())
        end = None
    precision = (
        "day_range" if start and end and end > start and mapping.date_precision == "day" else mapping.date_precision
    )
    return {"date_start": start, "date_end": end or start, "date_precision": precision if start else None}


def _where(record: Mapping[str, Any], mapping: TableMapping, issues: Issues) -> dict[str, Any]:
    return {
        "place_text": mapping.place.of(record, issues),
        "country": mapping.country.of(record, issues),
        "lat": degrees(record.get(mapping.lat), mapping.lat, 90, issues) if mapping.lat else None,
        "lon": degrees(record.get(mapping.lon), mapping.lon, 180, issues) if mapping.lon else None,
        "geo_precision": mapping.geo_precision.of(record, issues),
        "weapon": mapping.weapon.of(record, issues),
    }


def _claims(
    record: Mapping[str, Any],
    rt: RecordText,
    mapping: TableMapping,
    claimant: str,
    common: Mapping[str, Any],
    issues: Issues,
) -> tuple[Claim, ...]:
    actors = [(blamed.actor.of(record, issues), blamed.stance) for blamed in mapping.perpetrators]
    shared = {
        "claimant": claimant,
        "perpetrators": tuple(Perpetrator(actor, stance, claimant) for actor, stance in actors if actor),
        "place_context": tuple(name for column in mapping.place_context if (name := _text(record.get(column))))
        + tuple(name for name in (mapping.admin1.of(record, issues),) if name),
        **{name: common[name] for name in ("place_text", "country", "lat", "lon", "geo_precision", "weapon")},
    }
    claims: list[Claim] = []
    numbers: dict[str, int] = {}
    for figure_ in mapping.figures:
        found = _count(record, rt, figure_, issues) if figure_.given(record) else None
        if found is None:
            continue
        number = len(claims) + 1
        if figure_.name:
            numbers[figure_.name] = number
        part_of = numbers.get(figure_.part_of) if figure_.part_of else None
        dates = _dates(record, mapping, figure_, common, issues)
        claims.append(Claim(number=number, part_of=part_of, **found, **dates, **shared))
    return tuple(claims)


def _count(record: Mapping[str, Any], rt: RecordText, figure_: Figure, issues: Issues) -> dict[str, Any] | None:
    """The fields of a claim that one figure gives; None where the record has none or its bounds are crossed."""
    low, best, high = (
        figure(record.get(column), column, issues) if column else None
        for column in (figure_.low, figure_.best, figure_.high)
    )
    known = [bound for bound in (low, best, high) if bound is not None]
    if not known:
        return None
    if known != sorted(known):
        issues.add(
            f"{' and '.join(figure_.columns)} are the wrong way round: the figure is left out",
            column=figure_.columns[0],
            value=", ".join(map(str, known)),
        )
        return None
    if figure_.low is None and figure_.high is None:
        low = high = best
    qualifier = _qualifier(low, high)
    if qualifier in ("exact", "none_reported", "at_least") and best is None:
        best = low
    present = [c for c in figure_.columns if _text(record.get(c)) is not None]
    return {
        **rt.anchor(*present),
        "low": low,
        "best": best,
        "high": high,
        "qualifier": qualifier,
        "harm": figure_.harm,
        "victim_class": figure_.victim_class,
        "scope": figure_.scope,
        "demographic": figure_.demographic,
        "role": figure_.role,
        "rules": tuple(f"mapping:{column}" for column in present),
    }


def _qualifier(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return "range" if low != high else "exact" if high else "none_reported"
    return "at_least" if high is None else "at_most"


def _dates(
    record: Mapping[str, Any], mapping: TableMapping, figure_: Figure, common: Mapping[str, Any], issues: Issues
) -> dict[str, Any]:
    """The dates of an incident, or the period of a running total or of a stretch of days that ends on the day given."""
    start, end = common["date_start"], common["date_end"]
    if figure_.scope == "cumulative":
        return {"period_start": mapping.period_start, "period_end": end}
    if figure_.scope == "period" and mapping.period_hours:
        return {"period_start": _first_day(record, mapping.period_hours, start, issues), "period_end": end}
    if figure_.scope == "period":
        return {"period_start": start, "period_end": end}
    return {
        "date_start": start,
        "date_end": end,
        "date_precision": common["date_precision"],
        "date_basis": "explicit" if start else None,
        "date_text": _text(record.get(mapping.date_start)) if mapping.date_start else None,
    }


def _first_day(record: Mapping[str, Any], column: str, last: date | None, issues: Issues) -> date | None:
    hours = figure(record.get(column), column, issues)
    return last - timedelta(days=max(hours // HOURS_A_DAY - 1, 0)) if last and hours is not None else None
