"""From the labels of an Airwars page to the columns of its table, so that one module reads the figures of both.

A page's document is its labels and values as JSON; every figure points back to the value that it was read from. The
assessment, which is prose, is a document of its own and goes through the extractor.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from schemas.records import Claim, Document, Facts, IncidentRecord, Perpetrator
from sources import airwars
from sources.airwars.page_text import POSITION_LABEL, Page, terms
from sources.airwars.page_values import days, first_grading, strike_names, value_of, variant
from sources.airwars.parties import (
    CLAIMANT,
    Finding,
    actors,
    assessment,
    cell,
    folded,
    grading,
    perpetrators,
    positions,
)  # fmt: skip
from sources.fields import RecordText, Span, record_document, record_text
from sources.reading import Received
from sources.table import Issues

_FIGURE = re.compile(r"\s*(\d[\d,]*)(?:\s*[–—-]\s*(\d[\d,]*))?(?=\s|\(|\\n|$)")
_PART = re.compile(r"((\d[\d,]*)(?:[–—-](\d[\d,]*))?)\s*([A-Za-z_]+(?: [A-Za-z_]+)*)")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)")
_ACCURACY = re.compile(r"(?:location is to|Accuracy:)\s+(.+?)(?:\s+level\b|\s+Continue to map|$)", re.MULTILINE)
_CODE = re.compile(r"[A-Z]{2,}\d+[a-z]?")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(slots=True)
class Found:
    """One incident with the columns of Airwars' table, and where in the record's text each stands."""

    native_id: str
    record: dict[str, Any]
    """As received, without victims."""
    rt: RecordText
    columns: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    known: frozenset[str] = frozenset()
    """Parties that Airwars names as known."""
    country: str | None = None
    url: str | None = None
    prose: str | None = None


def facts_of(found: Found, received: Received, issues: Issues) -> Iterator[Facts]:
    """The facts of one incident, and its assessment as a document of prose."""
    incident = _incident(found, issues)
    blamed = tuple(_stance(each, found.known) for each in perpetrators(found.columns, found.findings, issues))
    claims = tuple(
        _dated(claim, found) for claim in airwars.claims_of(found.columns, found.rt, incident, blamed, issues)
    )
    graded = tuple(grading(found.columns, found.rt, issues))
    document = record_document(
        found.rt, found.record, "airwars", found.native_id, received, title=incident.title, publisher=CLAIMANT,
        language="en", licence=airwars.LICENCE, redistributable=airwars.REDISTRIBUTABLE,
    )  # fmt: skip
    document = replace(document, source="airwars_pages", doc_type="incident_page", url=found.url or received.url)
    yield Facts(
        document=document, claims=claims, positions=positions(found.findings, claims),
        assessments=(*graded, *map(assessment, found.findings)), incident=incident, extractor=airwars.NAME,
        extractor_version=airwars.VERSION, is_prose=False, rejects=issues.take(),
    )  # fmt: skip
    if found.prose:
        yield Facts(_prose(document, found.prose))


def from_page(page: Page, received: Received, issues: Issues) -> Found:
    """Read the labels of a page into the columns of the table; what does not pass goes to ``issues``."""
    said = {key: label for label, key in page.keys.items() if key and label in page.fields}
    url = page.url or received.url or _told(received, "url")
    record = {
        **({"airwars_id": page.native_id} if page.native_id else {}),
        **({"url": url} if url else {}),
        **page.fields,
    }
    issues.record = record
    rt = record_text(record, tuple(record))
    found = Found(_native_id(page, url, said, issues), record, rt, url=url, prose="\n\n".join(page.prose) or None)
    spans: dict[str, Span] = {}
    _codes_and_place(page, said, found, spans, issues)
    for name in ("civ_killed", "civ_injured", "mil_killed", "mil_injured"):
        if name in said:
            _figures(name, said[name], found, spans, issues)
    _grade(page, said, found, spans, issues)
    _parties(page, said, found, issues)
    found.rt = RecordText(rt.text, rt.spans | spans)
    return found


def _codes_and_place(page: Page, said: Mapping[str, str], found: Found, spans: dict[str, Span], issues: Issues) -> None:
    for column in ("code", "previous_codes", "strike_status", "harm_reported", "infrastructure", "cause"):
        if column in said:
            found.columns[column] = " ".join(str(page.fields[said[column]]).split())
    found.columns.setdefault("code", " ".join(_stray_codes(page, said)))
    types = page.fields[said["strike_type"]] if "strike_type" in said else ", ".join(terms(page, "strike_type"))
    found.columns["strike_type"] = strike_names(types)
    if "date" in said:
        _date(page.fields[said["date"]], found)
        spans["date"] = found.rt.spans[said["date"]]
    if "location" in said:
        _place(page.fields[said["location"]], found)
    country = page.fields.get(said.get("country", ""), "") or next(iter(terms(page, "country")), "")
    found.country = value_of("country", country) or found.country
    if "geolocation" in said:
        _point(page.fields[said["geolocation"]], found, issues)


def _stray_codes(page: Page, said: Mapping[str, str]) -> list[str]:
    """Codes at the end of the conflicts, where some pages of 2026 put them instead of under a label of their own."""
    last = str(page.fields.get(said.get("conflict", ""), "")).rpartition("\n")[2].split()
    return last if all(map(_CODE.fullmatch, last)) else []


def _date(written: str, found: Found) -> None:
    first, last = days(written)
    # What is no date is passed on as written, and refused with the other columns.
    found.columns["date"] = first.isoformat() if first else written
    if last is not None:
        found.columns["date_end"], found.columns["date_type"] = last.isoformat(), "date_range"


def _place(written: str, found: Found) -> None:
    """Local name, English name, region and country of a location: all on one line, or one name on a line of its own."""
    first, *others = ([part.strip() for part in line.split(",") if part.strip()] for line in written.split("\n"))
    beside = [part for line in others for part in line]
    latin = [part for part in first if _LATIN.search(part)]
    while latin and (country := value_of("country", latin[-1])):
        found.country = country
        latin.pop()
    english = [part for part in beside if _LATIN.search(part)]
    if len(latin) > 1 or (latin and english):
        found.columns["region"] = latin.pop()
    found.columns["location_en"] = ", ".join(latin + english) or None
    found.columns["location_ar"] = ", ".join(part for part in first + beside if not _LATIN.search(part)) or None


def _point(written: str, found: Found, issues: Issues) -> None:
    match = _POINT.search(written)
    if match is None:
        issues.add("not a latitude and a longitude", column="geolocation", value=written)
        return
    found.columns["lat"], found.columns["lon"] = match.groups()
    accuracy = _ACCURACY.search(written)
    if accuracy:
        found.columns["geo_accuracy"] = value_of("geo_accuracy", accuracy[1]) or accuracy[1]


def _figures(name: str, label: str, found: Found, spans: dict[str, Span], issues: Issues) -> None:
    """A value such as ``28 – 58 (6–12 children6–12 women2 men)``: the total, and its parts as columns of their own."""
    place, start, end, value_start, value_end = found.rt.spans[label]
    written = found.rt.text[value_start:value_end]
    total, brackets, parts = written.partition("(")
    match = _FIGURE.match(total)
    if match:
        low, high = match[1], match[2] or match[1]
        _bound(name, (low, high), found)
        first, last = value_start + match.start(1), value_start + match.end()
        spans[f"{name}_min"] = spans[f"{name}_max"] = (place, start, end, first, last)
    elif (name_of := total.replace("\\n", " ").strip()) and value_of("no_figure", name_of) is None:
        issues.add("not a number or range of people", column=label, value=name_of)
    offset = value_start + len(total) + len(brackets)
    for part in _PART.finditer(parts):
        group = value_of("people", part[4])
        if group is None:
            issues.add("a group of people that has no column; kept in the record", column=label, value=part[0])
            continue
        column = f"{group}_{name.partition('_')[2]}"
        _bound(column, (part[2], part[3] or part[2]), found)
        at = (place, start, end, offset + part.start(1), offset + part.end(1))
        spans[f"{column}_min"] = spans[f"{column}_max"] = at


def _bound(column: str, bounds: tuple[str, str], found: Found) -> None:
    for end, written in zip(("min", "max"), bounds, strict=True):
        found.columns[f"{column}_{end}"] = int(written.replace(",", ""))


def _grade(page: Page, said: Mapping[str, str], found: Found, spans: dict[str, Span], issues: Issues) -> None:
    """The grading, by the machine term before the label; a page that contradicts itself is noted."""
    term = next(filter(None, (value_of("grading", each) for each in terms(page, "civilian_harm_status"))), None)
    written = str(page.fields.get(said.get("grading", ""), ""))
    label = first_grading(written)
    if not (term or written):
        return
    if term and label and term != label:
        issues.add(f"graded {label} in its text and {term} in its terms", column="grading", value=written, stage="warn")
    found.columns["grading"] = term or label or written
    spans["grading"] = found.rt.spans[said["grading"] if written else "terms"]


def _parties(page: Page, said: Mapping[str, str], found: Found, issues: Issues) -> None:
    named: dict[str, None] = {}
    known: set[str] = set()
    for kind in ("known", "suspected"):
        for label in [label for label, key in page.keys.items() if key == kind and label in page.fields]:
            for word in (word.strip() for word in page.fields[label].split(",")):
                named.setdefault(variant(word))
                if kind == "known":
                    known.add(actors().get(folded(variant(word)), ""))
    if not named:
        named = dict.fromkeys(variant(term) for term in terms(page, "belligerent"))
    found.columns["military_actors"] = ", ".join(named)
    found.known = frozenset(known - {""})
    found.findings = tuple(filter(None, (_finding(page, name, found.rt, issues) for name in page.parties)))


def _finding(page: Page, name: str, rt: RecordText, issues: Issues) -> Finding | None:
    """What one party's part of the page says; None where it names no position, or none or nobody that is known."""
    part: dict[str, Any] = page.fields[name]
    position = next((label for label in part if label.casefold().endswith(POSITION_LABEL)), None)
    if position is None:
        return None
    stated = next((label for label in part if page.keys.get(label) in ("known", "suspected")), None)
    party = variant(str(part[stated]) if stated else position[: -len(POSITION_LABEL)].strip())
    actor = actors().get(folded(party))
    if actor is None:
        issues.add(f"unknown party in {name}", column=name, value=party)
    finding = value_of("finding", str(part[position]).split("\n")[0])
    if finding is None:
        issues.add("unknown finding", column=position, value=part[position])
    if not actor or finding is None:
        return None
    by_key = {page.keys[label]: label for label in part if page.keys.get(label)}
    killed = _conceded(part, by_key.get("killed_conceded"), issues)
    injured = _conceded(part, by_key.get("injured_conceded"), issues)
    reason = str(part[by_key["reason"]]).split("\n")[0] if "reason" in by_key else None
    told = [rt.spans[f"{name}.{label}"] for label in part if label == position or page.keys.get(label) in _QUOTED]
    start, end = min(span[1] for span in told), max(span[2] for span in told)
    stance = value_of("stance", stated.split()[0]) if stated else None
    reason = (value_of("reason", reason) or reason) if reason else None
    return Finding(actor, stance, finding, *killed, rt.text[start:end], start, end, *injured, reason)


_QUOTED = frozenset({"killed_conceded", "injured_conceded", "reason"})


def _conceded(part: Mapping[str, Any], label: str | None, issues: Issues) -> tuple[int | None, int | None]:
    written = str(part[label]).split("\n")[0] if label else ""
    match = re.fullmatch(_FIGURE.pattern, written)
    if match:
        low, high = (int(each.replace(",", "")) for each in (match[1], match[2] or match[1]))
        if low <= high:
            return low, high
    if written and value_of("no_figure", written) is None:
        issues.add("the deaths or injuries conceded are no range", column=label, value=written)
    return None, None


def _incident(found: Found, issues: Issues) -> IncidentRecord:
    region = found.columns.get("region")
    area = airwars.areas().get(folded(region)) if region else None
    # Only Syria's areas are in the table of areas; elsewhere the page's own country and region stand.
    columns = found.columns if area and area[1] == (found.country or area[1]) else found.columns | {"region": None}
    incident = airwars.incident_of(columns, found.native_id, issues)
    where = ", ".join(dict.fromkeys(filter(None, (incident.place_text, incident.admin1 or region))))
    ids = tuple(each for each in incident.external_ids if each[0] != "airwars_id" or each[1].isdecimal())
    return replace(
        incident,
        title=": ".join(filter(None, (cell(found.columns, "code"), where))) or None,
        admin1=incident.admin1 or region,
        country=found.country or incident.country,
        external_ids=ids,
    )


def _stance(blamed: Perpetrator, known: frozenset[str]) -> Perpetrator:
    named_as_known = blamed.actor in known and blamed.stance == "possible"
    return replace(blamed, stance="alleged") if named_as_known else blamed


def _dated(claim: Claim, found: Found) -> Claim:
    written = found.rt.value("date")[0] if "date" in found.rt.spans else None
    return replace(claim, date_text=written if claim.date_start else None)


def _prose(page: Document, text: str) -> Document:
    name = f"{page.document_name}#assessment"
    return replace(
        page,
        # With its name: incidents of one night may share an assessment word for word.
        document_id=hashlib.sha256(f"{name}\n{text}".encode()).hexdigest(),
        document_name=name, version_key=name, locator=f"{page.locator}#assessment", text=text, record=None,
    )  # fmt: skip


def _native_id(page: Page, url: str | None, said: Mapping[str, str], issues: Issues) -> str:
    """The number of the page, else the end of its address, else its codes, which other incidents may carry too."""
    slug = urlsplit(url).path.rstrip("/").rpartition("/")[2] if url else ""
    if page.native_id or slug:
        return page.native_id or slug
    code = "-".join(str(page.fields[said["code"]]).split() if "code" in said else _stray_codes(page, said))
    issues.add(
        "the page has neither number nor address: known by its code", column="airwars_id", value=code, stage="warn"
    )
    return code


def _told(received: Received, key: str) -> str | None:
    value = received.metadata.get(key)
    return value if isinstance(value, str) and value else None
