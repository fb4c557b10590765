"""ACLED events: CSV and JSON exports, the API with its increments, and the feed of deleted events.

Definitions: ``fatalities`` is one number an event, for all sides together, as reported and unverified; the lowest
figure when reports differ; nobody injured is counted, and no victim is called civilian. Vague words are coded tens =
10, dozens = 12, hundreds = 100, and an unknown number 10, or 3 where violence is lower: such figures are kept as they
are and flagged (``data/acled_placeholders.csv``). ``actor1`` and ``actor2`` do not tell attacker and attacked; who is
blamed is read from them only where one of them is civilian or missing. Zero is claimed, as no deaths reported.
Licence: not to be passed on as rows (ACLED end-user agreement), so every record has ``redistributable`` False.
Quirks: events are revised for years and deleted ones are only in the deletions feed; ``iso`` is numeric, Kosovo 0;
dates are ``2024-02-06`` in the API and ``06 February 2024`` in exports; coders' dates stand for a week or month when
``time_precision`` is 2 or 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from schemas.records import Claim, Facts, IncidentRecord, Perpetrator, Reading, Reject, Withdrawal
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
from sources.table import Issues, Row, UnreadableError, read_batches, read_rows

NAME = "acled"
TITLE = "ACLED (Armed Conflict Location & Event Data)"
CLAIMANT = "ACLED"
LICENCE = "ACLED end-user agreement: non-commercial, no redistribution of rows"
REDISTRIBUTABLE = False
VERSION = "1"
"""Of the reading below: a change of it makes the warehouse read its records again."""

COLUMNS = tuple(row["column"] for row in data_table("acled_columns.csv"))
REQUIRED = ("event_id_cnty", "event_date", "fatalities")
EXPECTS = Expectations(
    records_at_least=0,  # an increment may be empty
    records_at_most=3_000_000,
    shares={"figure": 0.99, "date": 0.99, "place": 0.98, "point": 0.98},
)
DATE_FORMATS = ("%d %B %Y", "%d-%b-%Y", "%d-%b-%y")

_NOT_ATTACKERS = ("Civilians", "Protesters")
_NOT_ATTACKER_CODES = frozenset({"6", "7", "Protesters", "Civilians"})


def recognises(head: bytes, name: str) -> bool:
    """True when the first bytes of an input look like ACLED events or its list of deleted ones."""
    return b"event_id_cnty" in head and (b"sub_event_type" in head or b"deleted_timestamp" in head)


def read(received: Received) -> Iterator[Reading]:
    """Read an export, an API page, a bundle of pages, or the same of the deletions feed, in batches.

    Broken rows and figures are in the rejects, the rest loads.
    """
    if b"deleted_timestamp" in received.head():
        yield _deletions(received)
        return
    issues = Issues(NAME, "acled.event")
    yield from read_batches(received, COLUMNS, REQUIRED, ("data",), lambda row: _event(row, received, issues), issues)


def _deletions(received: Received) -> Reading:
    """One `Withdrawal` an event of the deletions feed."""
    issues, gone, failed = Issues(NAME, "acled.deleted"), dict[str, Withdrawal](), None
    try:
        for row in read_rows(received, ("event_id_cnty", "deleted_timestamp"), ("data",), issues):
            native_id = _text(row.values, "event_id_cnty")
            if native_id:
                when = _timestamp(row.values.get("deleted_timestamp"), "deleted_timestamp", issues)
                gone[native_id] = Withdrawal(f"{NAME}:{native_id}", "deleted by ACLED", when)
            else:
                issues.add(f"record {row.number} has no id", column="event_id_cnty", stage="read")
    except UnreadableError as error:
        failed = str(error)
    return Reading(rejects=issues.take(), failed=failed, withdrawn=tuple(gone.values()))


def latest_timestamp(readings: Sequence[Reading]) -> int | None:
    """The newest ``timestamp`` (Unix seconds) of a load: where the next increment begins. None for no events."""
    records = (facts.document.record or {} for reading in readings for facts in reading.facts)
    stamps = (str(record.get("timestamp") or "") for record in records)
    return max((int(stamp) for stamp in stamps if stamp.isdigit()), default=None)


def expectations(readings: Sequence[Reading]) -> list[Reject]:
    """Compare a load with `EXPECTS`: ``hold:`` at stage validate is far below, stage warn is below or far above."""
    return compare(readings, EXPECTS, NAME, complete=True)


def _event(row: Row, received: Received, issues: Issues) -> Facts | None:
    record = row.values
    native_id = _text(record, "event_id_cnty")
    if not native_id:
        issues.add(f"record {row.number} has no id", column="event_id_cnty", stage="read")
        return None
    own = Issues(NAME, issues.schema, {"event_id_cnty": native_id})
    rt = record_text(record, COLUMNS)
    common = _where_and_when(record, own)
    claim = _claim(record, rt, common, own)
    described: dict[str, Any] = {"publisher": CLAIMANT, "licence": LICENCE, "redistributable": REDISTRIBUTABLE}
    return Facts(
        document=record_document(rt, record, NAME, native_id, received, **described),
        claims=(claim,) if claim else (),
        incident=IncidentRecord(
            title=" in ".join(name for c in ("sub_event_type", "location") if (name := _text(record, c))) or None,
            admin1=_text(record, "admin1"),
            external_ids=((NAME, native_id),),
            **common,
        ),
        extractor=NAME,
        extractor_version=VERSION,
        is_prose=False,
        rejects=tuple(own.found),
    )


def _text(record: Mapping[str, Any], column: str) -> str | None:
    value = record.get(column)
    return None if value is None else str(value).strip() or None


def _where_and_when(record: Mapping[str, Any], issues: Issues) -> dict[str, Any]:
    """The fields of place, time and weapon that claim and incident share."""
    when = day(record.get("event_date"), "event_date", DATE_FORMATS, issues)
    _timestamp(record.get("timestamp"), "timestamp", issues)
    return {
        "date_start": when,
        "date_end": when,
        "date_precision": _code(record, "time_precision", issues) if when else None,
        "place_text": _text(record, "location"),
        "country": coded(record.get("iso"), "iso", _countries(), issues),
        "lat": degrees(record.get("latitude"), "latitude", 90, issues),
        "lon": degrees(record.get("longitude"), "longitude", 180, issues),
        "geo_precision": _code(record, "geo_precision", issues),
        "weapon": coded(record.get("sub_event_type"), "sub_event_type", _weapons(), issues) or None,
    }


def _claim(record: Mapping[str, Any], rt: RecordText, common: Mapping[str, Any], issues: Issues) -> Claim | None:
    coded(record.get("event_type"), "event_type", _event_types(), issues)
    count = figure(record.get("fatalities"), "fatalities", issues)
    if count is None:
        return None
    flag = _placeholders().get(count)
    return Claim(
        number=1,
        **rt.anchor("fatalities"),
        low=count,
        best=count,
        high=count,
        qualifier="exact" if count else "none_reported",
        harm="killed",
        victim_class="unknown",
        scope="incident",
        claimant=CLAIMANT,
        perpetrators=_perpetrators(record) if count else (),
        place_context=tuple(name for c in ("admin3", "admin2", "admin1", "country") if (name := _text(record, c))),
        date_text=_text(record, "event_date"),
        date_basis="explicit" if common["date_start"] else None,
        flags=(flag,) if flag else (),
        rules=("acled:reported_fatalities", *((f"acled:{flag}",) if flag else ())),
        **common,
    )


def _perpetrators(record: Mapping[str, Any]) -> tuple[Perpetrator, ...]:
    """The one armed actor of an event is alleged; of two, each is possible; civilians and protesters are not blamed."""
    actors = [
        actor
        for number in ("1", "2")
        if (actor := _text(record, f"actor{number}"))
        and not actor.startswith(_NOT_ATTACKERS)
        and _text(record, f"inter{number}") not in _NOT_ATTACKER_CODES
    ]
    stance = "alleged" if len(actors) == 1 else "possible"
    return tuple(Perpetrator(actor, stance, CLAIMANT) for actor in actors)


def _timestamp(value: Any, column: str, issues: Issues) -> datetime | None:
    """Unix seconds as UTC without a zone; None where empty, reported where it is none."""
    written = "" if value is None else str(value).strip()
    if not written:
        return None
    if not written.isdigit() or len(written) > 11:
        issues.add("not Unix seconds", column=column, value=value)
        return None
    return datetime.fromtimestamp(int(written), UTC).replace(tzinfo=None)


def _code(record: Mapping[str, Any], column: str, issues: Issues) -> str | None:
    return coded(record.get(column), column, code_table("acled_codes.csv", column), issues)


@cache
def _countries() -> dict[str, str]:
    return {row["iso"]: row["iso3"] for row in data_table("acled_countries.csv")}


@cache
def _weapons() -> dict[str, str]:
    return {row["sub_event_type"]: row["weapon"] for row in data_table("acled_event_types.csv")}


@cache
def _event_types() -> dict[str, str]:
    return {row["event_type"]: row["event_type"] for row in data_table("acled_event_types.csv")}


@cache
def _placeholders() -> dict[int, str]:
    return {int(row["fatalities"]): row["flag"] for row in data_table("acled_placeholders.csv")}
