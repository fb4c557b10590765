"""The records that cross from one room to another: what sources read, what extraction finds, what the warehouse loads.

Plain frozen dataclasses with no behaviour. Field names are the column names of the warehouse (`schemas/tables`), so
that a record becomes a row without renaming. Offsets count Unicode code points in the document's text; dates are ISO
days; numbers are people; NULL (``None``) is "not known", never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """A text as received. ``document_id`` is the sha-256 of the raw bytes (of the canonical line, for JSONL and
    records)."""

    document_id: str
    document_name: str
    source: str
    """Short name of the source module that read it: ``files``, ``airwars``, ``cjtf``, …"""
    doc_type: str
    text: str
    version_key: str
    """What makes two texts versions of one document: the url, else ``SOURCE:NATIVE_ID``, else input path (and name)."""
    snapshot_id: str
    """sha-256 of the received file or response in the snapshot store."""
    locator: str | None = None
    """Where inside the snapshot: line number or native id; None when the whole object is the document."""
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_basis: str = "none"
    """How ``published`` is known: explicit (given with the text), external (supplied beside it), none."""
    url: str | None = None
    language: str | None = None
    licence: str | None = None
    redistributable: bool = False
    received_at: datetime | None = None
    """UTC, without a time zone."""
    record: dict[str, Any] | None = None
    """The record as received (JSON), with the keys that nothing reads; kept in ``raw.record``."""


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """Who is blamed in one claim, how surely, and by whom."""

    actor: str
    stance: str
    """alleged, possible, admitted, denied"""
    asserted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of human harm, anchored to its quote: the columns of ``mart.claim_flat`` that the text itself
    gives.

    ``number`` is the claim's position within its document; ``part_of`` and ``restates`` name other claims of the
    document by that number. The warehouse turns numbers into ``claim_id`` (`schemas.keys.claim_key`).
    """

    number: int
    quote: str
    quote_start: int
    quote_end: int
    qualifier: str
    harm: str
    victim_class: str
    scope: str
    claimant: str
    value_text: str | None = None
    value_start: int | None = None
    value_end: int | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None
    demographic: str | None = None
    role: str | None = None
    nationality: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    part_of: int | None = None
    restates: int | None = None
    co_claimants: tuple[str, ...] = ()
    claimant_text: str | None = None
    relays: tuple[str, ...] = ()
    perpetrators: tuple[Perpetrator, ...] = ()
    weapon: str | None = None
    place_text: str | None = None
    place_context: tuple[str, ...] = ()
    """Wider places that the text gives for the claim (governorate, country), for telling namesakes apart."""
    country: str | None = None
    """ISO 3166-1 alpha-3 where the text itself tells the country; the gazetteer fills it when linking otherwise."""
    lat: float | None = None
    """WGS 84 degrees, only where the source itself gives a point."""
    lon: float | None = None
    geo_precision: str | None = None
    date_text: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str | None = None
    date_basis: str | None = None
    segment: str = "body"
    """headline, body, caption, related: where in the text it stands."""
    partition: bool = False
    """True when this part and its siblings make up the whole of ``part_of``."""
    flags: tuple[str, ...] = ()
    """Counting facts that document tolls need, e.g. ``attacker`` (the dead attacked), ``superseded``,
    ``additional``."""
    rules: tuple[str, ...] = ()
    """Names of the rules that fired, in order."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Position:
    """What a party says about its responsibility (kinds: CONTRACT, `mart.position_flat`)."""

    actor: str
    position: str
    quote: str
    quote_start: int
    quote_end: int
    target: str | None = None
    relay: str | None = None
    stated_on: date | None = None
    killed_conceded: int | None = None
    injured_conceded: int | None = None
    reason: str | None = None
    about: tuple[int, ...] = ()
    """Numbers of the claims of the same document that it speaks of."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """A grading or finding that a monitor or party records about an incident, in its own scheme."""

    assessor: str
    scheme: str
    """airwars_grading, official_finding, …"""
    grade: str
    subject: str | None = None
    """The belligerent it is about, where it is about one."""
    stance: str | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    injured_low: int | None = None
    injured_high: int | None = None
    assessed_on: date | None = None
    quote: str | None = None
    quote_start: int | None = None
    quote_end: int | None = None


@dataclass(frozen=True, slots=True)
class OfficialReport:
    """The header of a party's own casualty report: how many allegations it received, closed and left open."""

    actor: str
    period_start: date | None = None
    period_end: date | None = None
    released_on: date | None = None
    strikes_total: int | None = None
    engagements_total: int | None = None
    carried_over: int | None = None
    received: int | None = None
    closed: int | None = None
    credible: int | None = None
    non_credible: int | None = None
    duplicate: int | None = None
    reopened: int | None = None
    still_open: int | None = None
    killed: int | None = None
    injured: int | None = None
    cumulative_at_least: int | None = None
    reconciles: bool | None = None
    """carried_over + received - closed = still_open and closed = credible + non_credible + duplicate; None if not
    told."""


@dataclass(frozen=True, slots=True)
class OfficialEntry:
    """One allegation that an official report decides: the columns of ``mart.official_entry_flat``."""

    entry_no: int
    finding: str
    quote: str
    quote_start: int
    quote_end: int
    reason: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    place_text: str | None = None
    country: str | None = None
    via: str | None = None
    allegation_no: str | None = None
    codes: tuple[str, ...] = ()
    mgrs: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    killed_conceded: int | None = None
    injured_conceded: int | None = None
    combatants_killed: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentRecord:
    """An incident as a monitor records it: the anchor for linking, with the monitor's own ids and point."""

    title: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str | None = None
    place_text: str | None = None
    place_local: str | None = None
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geo_precision: str | None = None
    weapon: str | None = None
    external_ids: tuple[tuple[str, str], ...] = ()
    """(system, external_id): ("airwars", "CS1779"), ("airwars_id", "33565"), ("airwars_previous", "S1610")."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place of a gazetteer; ``names`` are its other names, in any script.

    ``kind`` is governorate, district, city, town, village, neighbourhood or camp; ``country`` is ISO 3166-1 alpha-3;
    the point is in WGS 84 degrees.
    """

    native_id: str
    name: str
    names: tuple[str, ...]
    kind: str
    admin1: str
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Reject:
    """A value, row or file that did not pass, with the reason: a row of ``mart.rejected``."""

    source: str
    stage: str
    """read, extract, validate, load, warn (kept, but odd)"""
    check: str
    """What was violated, in words."""
    schema: str | None = None
    column: str | None = None
    failure_case: str | None = None
    record: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """Harm of one kind that a document reports as having happened, every person once (``core.document_toll``)."""

    harm: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    counting: str = "default"
    """Name of the set of counting options."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything read from one document."""

    document: Document
    claims: tuple[Claim, ...] = ()
    positions: tuple[Position, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    report: OfficialReport | None = None
    entries: tuple[OfficialEntry, ...] = ()
    incident: IncidentRecord | None = None
    extractor: str = "rules"
    extractor_version: str = "0"
    is_prose: bool = True
    """True when the text has still to go through the extractor; False when the source gave the facts itself."""
    rejects: tuple[Reject, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A record that its source has taken back: to be marked, never erased."""

    version_key: str
    """Of the documents it is about: ``SOURCE:NATIVE_ID``."""
    reason: str
    withdrawn_at: datetime | None = None
    """When the source took it back, UTC; None where it does not say."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one input path, URL or response gave: facts a document, and what could not be read."""

    facts: tuple[Facts, ...] = ()
    rejects: tuple[Reject, ...] = ()
    """Rows that belong to no document (a broken line, an unreadable file)."""
    failed: str | None = None
    """Why the input as a whole could not be read (exit status 1); None when it could."""
    release: str | None = None
    """Version of the dataset as its source names it (UCDP ``25.1``); None where it has none."""
    covers: tuple[date, date] | None = None
    """First and last day that this release holds completely: an earlier record of these days that is absent here has
    been withdrawn. None when the reading is filtered, broken or not a release."""
    withdrawn: tuple[Withdrawal, ...] = ()
    """What the source itself lists as taken back (ACLED's deletions feed)."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What one source brought in a load that is far below its expectations: kept, and not published until a person
    says so."""

    held_id: str
    source: str
    release: str | None
    reasons: tuple[str, ...]
    readings: tuple[Reading, ...]

    @property
    def documents(self) -> list[Document]:
        """The records that are held back."""
        return [facts.document for reading in self.readings for facts in reading.facts]
