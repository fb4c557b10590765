"""UCDP georeferenced events (GED) and Candidate events: CSV releases and the API.

Definitions: an event is armed force by an organised actor with at least one direct death, at one place and time;
there are no injuries. ``best`` is the sum of ``deaths_a``, ``deaths_b`` (the dead of either side),
``deaths_civilians`` and ``deaths_unknown``; ``low`` and ``high`` are the ends of what sources report. A part of 0
says that none of the dead were put there, not that nobody of that kind died, so it makes no claim. ``event_clarity``
2 adds up several events: a period claim, no incident. Precision codes: ``data/ucdp_codes.csv`` (GED codebook).
Licence: CC BY 4.0; cite Sundberg & Melander 2013 and Hegre et al. 2020.
Quirks: files are versioned (25.1 yearly, 26.0.7 a month of Candidate events, 26.01.26.06 a quarter); a Candidate
event may change or vanish in a later release. ``number_of_sources`` is -1 where not coded.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from schemas.records import Claim, Facts, IncidentRecord, Perpetrator, Reading, Reject
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
)
from sources.reading import Received
from sources.table import Issues, Row, bundle_header, read_batches

NAME = "ucdp"
TITLE = "UCDP georeferenced events (GED and Candidate)"
CLAIMANT = "UCDP"
LICENCE = "CC-BY-4.0"
REDISTRIBUTABLE = True
VERSION = "1"
"""Of the reading below: a change of it makes the warehouse read its records again."""

COLUMNS = tuple(row["column"] for row in data_table("ucdp_columns.csv"))
OPTIONAL = frozenset({"iso3"})
"""Added by the Humanitarian Data Exchange."""
REQUIRED = ("id", "best", "date_start")
EXPECTS = Expectations(
    records_at_least=500, records_at_most=600_000, shares={"figure": 0.98, "date": 0.98, "place": 0.95, "point": 0.95}
)
DATE_FORMATS = ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y")

_PARTS = (
    ("deaths_a", "combatant"),
    ("deaths_b", "combatant"),
    ("deaths_civilians", "civilian"),
    ("deaths_unknown", "unknown"),
)
_RELEASE_IN_NAME = re.compile(r"ged(?:event)?[_-]?v?(\d{2}(?:[._]\d{1,2}){1,3}|\d{3})(?!\d)", re.IGNORECASE)


def recognises(head: bytes, name: str) -> bool:
    """True when the first bytes of an input look like UCDP events: a CSV release, a page or a bundle of the API."""
    return all(column in head for column in (b"type_of_violence", b"deaths_civilians", b"where_prec"))


def release_of(name: str) -> str | None:
    """The release that a file name tells, or None: ``GEDEvent_v25_1.csv`` is 25.1, ``ged251.csv`` too."""
    found = _RELEASE_IN_NAME.search(name)
    if not found:
        return None
    digits = found.group(1)
    return f"{digits[:2]}.{digits[2]}" if digits.isdigit() else digits.replace("_", ".")


def covers(release: str) -> tuple[date, date] | None:
    """The days a release covers completely: all since 1989 for a yearly one, its months for a Candidate release."""
    numbers = [int(part) for part in release.split(".")]
    year = 2000 + numbers[0]
    match numbers:
        case [_, _]:
            return date(1989, 1, 1), date(year - 1, 12, 31)
        case [_, 0, month] if 1 <= month <= 12:
            return date(year, month, 1), _last_day(year, month)
        case [_, first, last_year, last] if 1 <= first <= 12 and 1 <= last <= 12:
            return date(year, first, 1), _last_day(2000 + last_year, last)
    return None


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def read(received: Received) -> Iterator[Reading]:
    """Read a CSV release, an API page or a bundle of pages, in batches; broken rows and figures are in the rejects.

    The release is the bundle's, the sidecar's, or the file name's. A filtered bundle or a single page covers no days.
    """
    issues = Issues(NAME, "ucdp.event")
    header = bundle_header(received)
    release = header.get("release") or received.metadata.get("release") or release_of(received.name)
    whole = header.get("complete", not received.head(64).lstrip().startswith(b"{"))
    period = covers(release) if release and whole else None
    batches = read_batches(
        received, COLUMNS, REQUIRED, ("Result",), lambda row: _event(row, received, issues), issues, OPTIONAL
    )
    for reading in batches:
        yield replace(reading, release=release, covers=None if reading.failed else period)


def _event(row: Row, received: Received, issues: Issues) -> Facts | None:
    record = row.values
    native_id = str(record.get("id") or "").strip()
    if not native_id:
        issues.add(f"record {row.number} has no id", column="id", stage="read")
        return None
    own = Issues(NAME, issues.schema, {"id": native_id})
    rt = record_text(record, COLUMNS)
    common = _where_and_when(record, own)
    return Facts(
        document=record_document(rt, record, NAME, native_id, received, **_describe(record)),
        claims=_claims(record, rt, common, own),
        incident=_incident(record, native_id, common),
        extractor=NAME,
        extractor_version=VERSION,
        is_prose=False,
        rejects=tuple(own.found),
    )


def _describe(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "publisher": CLAIMANT,
        "title": _text(record, "conflict_name") or _text(record, "dyad_name"),
        "licence": LICENCE,
        "redistributable": REDISTRIBUTABLE,
    }


def _text(record: Mapping[str, Any], column: str) -> str | None:
    return str(record.get(column) or "").strip() or None


def _where_and_when(record: Mapping[str, Any], issues: Issues) -> dict[str, Any]:
    """The fields of place and time that claims and incident share."""
    start = day(record.get("date_start"), "date_start", DATE_FORMATS, issues)
    end = day(record.get("date_end"), "date_end", DATE_FORMATS, issues)
    if start and end and end < start:
        issues.add("the event ends before it begins; the end is left out", column="date_end", value=record["date_end"])
        end = None
    country = str(record.get("country_id") or "").strip()
    return {
        "date_start": start,
        "date_end": end or start,
        "date_precision": _code(record, "date_prec", issues) if start else None,
        "place_text": _text(record, "where_coordinates"),
        "country": _text(record, "iso3") or _countries().get(country),
        "lat": degrees(record.get("latitude"), "latitude", 90, issues),
        "lon": degrees(record.get("longitude"), "longitude", 180, issues),
        "geo_precision": _code(record, "where_prec", issues),
    }


def _code(record: Mapping[str, Any], column: str, issues: Issues) -> str | None:
    return coded(record.get(column), column, code_table("ucdp_codes.csv", column), issues)


@cache
def _countries() -> dict[str, str]:
    return {row["country_id"]: row["iso3"] for row in data_table("ucdp_countries.csv")}


def _claims(record: Mapping[str, Any], rt: RecordText, common: Mapping[str, Any], issues: Issues) -> tuple[Claim, ...]:
    """The total with its range, then the dead of either side, civilians and unknown as its parts."""
    violence = _code(record, "type_of_violence", issues)
    clarity = _code(record, "event_clarity", issues) or "incident"
    period = {"period_start": common["date_start"], "period_end": common["date_end"]} if clarity == "period" else {}
    shared = {
        **common,
        **period,
        "scope": clarity,
        "harm": "killed",
        "claimant": CLAIMANT,
        "place_context": tuple(name for c in ("adm_2", "adm_1", "country") if (name := _text(record, c))),
        "date_basis": "explicit" if common["date_start"] else None,
        "date_text": _text(record, "date_start"),
    }
    parts = {column: figure(record.get(column), column, issues) for column, _ in _PARTS}
    total = _total(record, rt, parts, shared, _perpetrators(record, violence, None), issues)
    claims = [total] if total else []
    for column, victim_class in _PARTS:
        count = parts[column]
        if count:
            claims.append(
                Claim(
                    number=len(claims) + 1,
                    **rt.anchor(column),
                    low=count,
                    best=count,
                    high=count,
                    qualifier="exact",
                    victim_class=victim_class,
                    part_of=total.number if total else None,
                    partition=total is not None and sum(p or 0 for p in parts.values()) == total.best,
                    perpetrators=_perpetrators(record, violence, column),
                    rules=(f"ucdp:{column}",),
                    **shared,
                )
            )
    return tuple(claims)


def _total(
    record: Mapping[str, Any],
    rt: RecordText,
    parts: Mapping[str, int | None],
    shared: Mapping[str, Any],
    perpetrators: tuple[Perpetrator, ...],
    issues: Issues,
) -> Claim | None:
    low, best, high = (figure(record.get(column), column, issues) for column in ("low", "best", "high"))
    if best is not None and low is not None and low > best:
        issues.add(f"low is above best ({best}); low is left out", column="low", value=record["low"])
        low = None
    if best is not None and high is not None and high < best:
        issues.add(f"high is below best ({best}); high is left out", column="high", value=record["high"])
        high = None
    if best is None and low is None and high is None:
        return None
    known = [count for count in parts.values() if count is not None]
    if best is not None and len(known) == len(_PARTS) and sum(known) != best:
        issues.add(
            f"best is not the sum of its parts ({sum(known)})", column="best", value=record["best"], stage="warn"
        )
    column = next(name for name, found in (("best", best), ("low", low), ("high", high)) if found is not None)
    both = bool(parts["deaths_civilians"]) and bool(parts["deaths_a"] or parts["deaths_b"])
    return Claim(
        number=1,
        **rt.anchor(column, "best", "high", "low"),
        low=low,
        best=best,
        high=high,
        qualifier="range" if not low == best == high else "exact" if best else "none_reported",
        victim_class="mixed" if both else "unknown",
        perpetrators=perpetrators,
        rules=("ucdp:total",),
        **shared,
    )


def _perpetrators(record: Mapping[str, Any], violence: str | None, column: str | None) -> tuple[Perpetrator, ...]:
    """One-sided: side_a is blamed. Between two sides: each for the other's dead, both possibly for everybody else."""
    side_a, side_b = _text(record, "side_a"), _text(record, "side_b")
    if violence == "one_sided":
        blamed = [(side_a, "alleged")] if column != "deaths_a" else []
    elif violence is None:
        blamed = []
    else:
        opposite = {"deaths_a": side_b, "deaths_b": side_a}.get(column or "")
        blamed = [(opposite, "alleged")] if opposite else [(side_a, "possible"), (side_b, "possible")]
    return tuple(Perpetrator(actor, stance, CLAIMANT) for actor, stance in blamed if actor)


def _incident(record: Mapping[str, Any], native_id: str, common: Mapping[str, Any]) -> IncidentRecord | None:
    """The event as an anchor for linking; None where the record adds up several events."""
    if code_table("ucdp_codes.csv", "event_clarity").get(str(record.get("event_clarity")).strip()) == "period":
        return None
    return IncidentRecord(
        title=_text(record, "source_headline") or _text(record, "dyad_name"),
        admin1=_text(record, "adm_1"),
        external_ids=((NAME, native_id),),
        **common,
    )


def expectations(readings: Sequence[Reading]) -> list[Reject]:
    """Compare a load with `EXPECTS`: ``hold:`` at stage validate is far below, stage warn is below or far above."""
    return compare(readings, EXPECTS, NAME, complete=all(reading.covers for reading in readings))


def vanished(previous: Mapping[str, date | None], readings: Sequence[Reading]) -> set[str]:
    """The ids of ``previous`` (id -> date_start) that a newer, complete release should hold and does not.

    Only days that the release covers count: a Candidate month says nothing of other months. A record that was refused
    is not gone, and where lines could not be read at all (a file cut off) nobody knows which records they were. Empty
    unless every one of ``readings`` (the batches of one load) is of a complete release.
    """
    if any(reject.stage == "read" and reject.record is None for one in readings for reject in one.rejects):
        return set()
    periods = {reading.covers for reading in readings}
    period = periods.pop() if len(periods) == 1 else None
    if period is None:
        return set()
    present = {str(facts.document.locator) for reading in readings for facts in reading.facts}
    rejects = (reject for reading in readings for reject in reading.rejects)
    present |= {str(reject.record["id"]) for reject in rejects if reject.record and "id" in reject.record}
    return {
        name for name, start in previous.items() if start and period[0] <= start <= period[1] and name not in present
    }
