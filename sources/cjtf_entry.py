"""One allegation of a Coalition civilian casualty report: where it stands in the text, and what it decides.

Grammar (domain notes §2.2): ``[n.] {Date}, {near|in} {Place}[, {Province}], {Country}[,] via {whom} report. {finding}
[allegation number/code MGRS]``; every part can be missing. Formulas of findings, sections, countries and the names of
those who reported are data (`sources/data/cjtf_*.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from schemas.records import OfficialEntry
from sources import mgrs
from sources.cjtf_harm import Mention, conceded, find_harm
from sources.cjtf_words import DATE, parse_dates
from sources.fields import data_table

_NUMBERING = r"(?P<printed>(?<!\w)\(?\d{1,3}\s?[.)]+\s*)?"
# A date with a blank line after it is a report's, not an entry's
_OWN_LINE = re.compile(r"\n[^\S\n]*\n")
_LONGEST_PLACE = 80
_DATELINE = re.compile(
    rf"{_NUMBERING}(?:\b(?:On|Between|From)\s+)?(?<![\w/])(?P<date>{DATE})\s*[,;]?\s*", re.IGNORECASE
)
_UNDATED = re.compile(
    rf"^[ \t]*(?P<printed>\(?\d{{1,3}}[.)]+[ \t]*)(?P<date>)(?!\s*(?:On\s+)?{DATE})(?=(?:near|in|at)\s)",
    re.IGNORECASE | re.MULTILINE,
)
_PREPOSITION = re.compile(
    r"(?:(?:on|in)\s+the\s+vicinity\s+of|(?:north|south|east|west)(?:[- ]?(?:east|west))?\s+of|outside(?:\s+of)?"
    r"|close\s+to|IVO|near|in|at|on|around|by)\s+(?!(?:least|most|this|that|all|total|addition|response)\b)(?:the\s+)?",
    re.IGNORECASE,
)
_PLACE_ENDS = re.compile(r"[,\s]\s*via\b|:|,?\s+during\s+(?:an?|strikes?)\b|(?<=[A-Za-z\]]{2})\.(?=\s|$)|\n\s*\n")
_VIA = re.compile(r"[\s,]*\bvia:?\s+(?P<via>.{2,80}?)\s*(?:[:;(]|(?<=[A-Za-z]{2})[.,](?=\s|$)|\n\s*\n|$)", re.DOTALL)
_OCCURRED = re.compile(
    rf"\b(?:occurred|took\s+place|conducted)\s+(?:on\s+)?(?P<date>{DATE})[^.]{{0,60}}?\b(?:in|near|at)\s+(?P<place>(?-i:[A-Z])[^.]+)",
    re.IGNORECASE,
)
_SELF_REPORTED = re.compile(r"\bself-reported\b", re.IGNORECASE)
_MGRS = re.compile(r"(?<![A-Z0-9])\d{1,3}\s?[A-Z]\s?[A-Z]{2}\s?(?:\d{2,5}\s\d{2,5}(?![\d/])|\d{2,12}(?!\d))")
_CODE = r"[A-Z]{1,3}-?\d{1,5}[a-z]{0,2}"
_TAIL = re.compile(
    rf"(?<![\d,+/-])(?P<no>\d{{1,5}})?(?P<slash>\s*/)?\s*(?P<codes>\b{_CODE}(?:\s*(?:/|,|and|&)\s*{_CODE})*\b)?"
    rf"[\s/]*(?P<mgrs>{_MGRS.pattern}|[Nn]o\s+MGRS)?"
)
_NOTE = re.compile(r"\[[^\]]*\]")
_BARE_NUMBER = re.compile(r"\((\d{1,5})\)\W*$")
_ALLEGED = re.compile(r"\b(?:alleged|allegedly|reportedly|claimed|accused|reported\s+that)\b", re.IGNORECASE)
_NO_HARM = re.compile(
    r"\bno\s+civilians?\s+(?:were|was|had\s+been)\s+(?:\w+ly\s+)?(?:harmed|killed|injured|wounded|hurt)\b"
    r"|\bwith\s+no\s+(?:assessed\s+)?civilian\s+casualties\b",
    re.IGNORECASE,
)
_REOPENED = re.compile(r"\bre-?opened\b", re.IGNORECASE)
# Bounding box of Iraq and Syria (WGS 84 degrees): a slip of one letter moves a reference by hundreds of kilometres
_SOUTH, _NORTH, _WEST, _EAST = 29.0, 37.5, 35.5, 48.8
_DECIDED = ("credible", "non_credible", "duplicate", "open")
_JOINING_WORD = re.compile(r"(?:,|\b(?:on|of|and|that|in|from|between|the|since|until|by|published|released))\s*$")


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry with what its claims and positions are built from. Spans are code points of the document's text."""

    entry: OfficialEntry
    mentions: tuple[Mention, ...]
    """Civilians and fighters whose harm the entry concedes or states."""
    finding_span: tuple[int, int]
    no_harm: tuple[int, int] | None
    """Where the entry says outright that nobody was harmed."""
    reopened: bool
    date_text: str | None
    oddities: tuple[tuple[str, str, str | None], ...]
    """(column, what is odd, value): kept, and told."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The dateline of an entry: its date, place, country and informant, and where its prose begins."""

    begins: int
    """Where the entry begins, with the number that the report gives it."""
    start: int
    body: int
    date_text: str | None = None
    days: tuple[date, date] | None = None
    place: str | None = None
    country: str | None = None
    via: str | None = None
    listed: bool = True
    """False for a statement without a dateline, which is taken as one entry."""


def find_decisions(text: str, released: date | None, is_report: bool) -> tuple[Decision, ...]:
    """Every entry of ``text``, numbered from 1 in order. Without any dateline a text that is no report is one entry."""
    sections = _sections(text)
    heads = sorted(_heads(text), key=lambda head: head.start)
    if not heads and not is_report and text.strip():
        heads = [_headless(text)]
    decisions = []
    for index, head in enumerate(heads):
        limit = heads[index + 1].begins if index + 1 < len(heads) else len(text)
        limit = min([limit, *(start for start, _ in sections if start > head.body)])
        end = head.start + len(text[head.start : limit].rstrip(" \t\r\n\"“”'"))
        section = next((name for start, name in reversed(sections) if start <= head.start and name != "end"), None)
        decisions.append(_decide(text, head, end, index + 1, section, released))
    return tuple(decisions)


def _heads(text: str) -> Iterator[_Head]:
    """Where entries begin, unordered: at datelines, and at numbered lines with a place or informant but no date."""
    for match in _DATELINE.finditer(text):
        head = _read_head(text, match) if _starts_entry(text, match) else None
        if head:
            yield head
    for match in _UNDATED.finditer(text):
        head = _read_head(text, match)
        if head:
            yield head


def _starts_entry(text: str, match: re.Match[str]) -> bool:
    """True where a dateline can begin: at the start, after a number, a sentence's end or a line that is complete."""
    before = text[: match.start()].rstrip(" \t\"“”'.(")
    if not before or match["printed"]:
        return True
    if before.endswith("\n"):
        return not _JOINING_WORD.search(before.rstrip())
    gap = text[len(before) : match.start()]
    return "." in gap or before[-1] in ":;!?)]"


def _read_head(text: str, match: re.Match[str]) -> _Head | None:
    """The dateline that begins with the date ``match``, or None when neither place nor informant follows it."""
    if _OWN_LINE.search(text, match.end("date"), match.end()):
        return None
    ends = _PLACE_ENDS.search(text, match.end() - 1, match.end() + 160)
    zone_end = ends.start() if ends else min(len(text), match.end() + 160)
    zone = text[match.end() : zone_end]
    place, country, used = _place(zone)
    via = _VIA.match(text, match.end() + used) or _VIA.match(text, zone_end)
    if not (via or country):
        named = ends is not None and len(zone) <= _LONGEST_PLACE and _PREPOSITION.match(zone) is not None
        if not named and text[: match.start()].strip():
            return None
        # A statement cut short: only the date is sure
        place, used = (place, used) if named else (None, 0)
    body = via.end() if via else match.end() + used
    return _Head(
        begins=match.start(),
        start=match.start("date") if match["printed"] else match.start(),
        body=body,
        date_text=match["date"] or None,
        days=parse_dates(match["date"]),
        place=place,
        country=country,
        via=_informant(via["via"]) if via else None,
    )


def _headless(text: str) -> _Head:
    """A statement without a dateline: a date and place are taken where it says that something occurred there."""
    start = len(text) - len(text.lstrip(" \t\r\n\"“'"))
    via = "self-report" if _SELF_REPORTED.search(text) else None
    occurred = _OCCURRED.search(text)
    if occurred is None:
        return _Head(begins=start, start=start, body=start, via=via, listed=False)
    place, country, _ = _place(occurred["place"])
    days = parse_dates(occurred["date"])
    place = place if country else None
    return _Head(start, start, occurred.end(), occurred["date"], days, place, country, via, listed=False)


def _place(zone: str) -> tuple[str | None, str | None, int]:
    """Place as written, ISO 3166-1 alpha-3 country, and how much of the zone they take."""
    preposition = _PREPOSITION.match(zone)
    start = preposition.end() if preposition else 0
    found = _country_pattern().search(zone)
    used = found.end() if found else len(zone)
    place = re.sub(r"\s+", " ", zone[start : found.start() if found else len(zone)]).strip(" ,")
    return place or None, _countries()[found[0].lower()] if found else None, used


def _informant(written: str) -> str:
    """Who reported, normalised: the word "report" is dropped, and the names in `cjtf_via.csv` have one form."""
    bare = re.sub(r"\s*\b(?<!-)reports?\b", "", re.sub(r"\s+", " ", written), flags=re.IGNORECASE).strip(" ,.")
    parts = re.split(r"\s*(\band\b|,|&)\s*", bare)
    named = [_informants().get(part.lower(), part) for part in parts]
    return re.sub(r"\s+,", ",", " ".join(part for part in named if part))


def _decide(text: str, head: _Head, end: int, entry_no: int, section: str | None, released: date | None) -> Decision:
    body = text[head.body : end]
    stated = tuple(_moved(mention, head.body) for mention in find_harm(body))
    mentions = tuple(m for m in stated if not _is_alleged(text, m, head.body, end))
    finding, reason, at = _finding(body, head.body, mentions, section)
    revised: tuple[Mention, ...] = ()
    if finding == "correction":
        revised = tuple(m for m in stated if m.quote[0] < head.body + at[0])
        mentions = tuple(m for m in mentions if m not in revised)
    elif finding not in ("credible", "duplicate"):
        mentions = ()
    no_harm = _NO_HARM.search(body) if finding == "non_credible" else None
    killed, injured = (_figure(harm, mentions, revised, no_harm is not None) for harm in ("killed", "injured"))
    references = tuple(dict.fromkeys(re.sub(r"\s", "", found[0]) for found in _MGRS.finditer(body)))
    points = [_point(reference) for reference in references]
    point = next((point for point in points if point), None)
    number, codes = _numbers(body)
    entry = OfficialEntry(
        entry_no=entry_no,
        finding=finding,
        quote=text[head.start : end],
        quote_start=head.start,
        quote_end=end,
        reason=reason,
        date_start=head.days[0] if head.days else None,
        date_end=head.days[1] if head.days else None,
        place_text=head.place,
        country=head.country,
        via=head.via,
        allegation_no=number,
        codes=codes,
        mgrs=references,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        killed_conceded=killed,
        injured_conceded=injured,
        combatants_killed=conceded(mentions, "killed", combatants=True),
    )
    return Decision(
        entry=entry,
        mentions=mentions,
        finding_span=_sentence(text, head.body + at[0], head.body + at[1], head.body, end)
        if body.strip()
        else (head.start, end),
        no_harm=(head.body + no_harm.start(), head.body + no_harm.end()) if no_harm else None,
        date_text=head.date_text,
        reopened=section == "reopened" or _REOPENED.search(text, head.start, end) is not None,
        oddities=tuple(_oddities(entry, head, points, released)),
    )


def _finding(
    body: str, offset: int, mentions: tuple[Mention, ...], section: str | None
) -> tuple[str, str | None, tuple[int, int]]:
    """Finding, reason and where it is said: a formula first, then harm conceded, then the section of the entry."""
    civilians = [mention for mention in mentions if not mention.is_fighters]
    for finding, reason, pattern in _formulas():
        if finding == "open" and civilians:
            break
        found = pattern.search(body)
        if found:
            return finding, reason, found.span()
    whole = (0, len(body))
    if civilians:
        return "credible", None, (civilians[0].quote[0] - offset, civilians[-1].quote[1] - offset)
    return section if section in _DECIDED else "not_stated", None, whole


def _figure(harm: str, mentions: tuple[Mention, ...], revised: tuple[Mention, ...], none_harmed: bool) -> int | None:
    """People of one harm conceded; 0 where nobody was harmed, or where a correction takes an earlier number back."""
    figure = conceded(mentions, harm)
    if figure is None and (none_harmed or conceded(revised, harm) is not None):
        return 0
    return figure


def _is_alleged(text: str, mention: Mention, start: int, end: int) -> bool:
    """True when the sentence, up to the mention, says that others claim it."""
    sentence, _ = _sentence(text, *mention.quote, start, end)
    return _ALLEGED.search(text, sentence, mention.quote[1]) is not None


def _moved(mention: Mention, by: int) -> Mention:
    value, quote = mention.value, mention.quote
    return replace(mention, value=(value[0] + by, value[1] + by), quote=(quote[0] + by, quote[1] + by))


def _point(reference: str) -> tuple[float, float] | None:
    """Latitude and longitude of a grid reference in Iraq or Syria; None for one that is mistyped or leads elsewhere."""
    point = mgrs.to_lat_lon(reference)
    return point if point and _SOUTH <= point[0] <= _NORTH and _WEST <= point[1] <= _EAST else None


def _numbers(body: str) -> tuple[str | None, tuple[str, ...]]:
    """Allegation number and the codes of monitors ("CS1930", "AI-24") from an entry's tail and its bracketed notes."""
    number: str | None = None
    codes: list[str] = []
    for tail in _TAIL.finditer(body):
        parts = (tail["no"], tail["codes"], tail["mgrs"])
        if sum(part is not None for part in parts) >= 2:
            number = tail["no"] or number
            codes += re.findall(_CODE, tail["codes"] or "")
    for note in _NOTE.finditer(body):
        codes += re.findall(rf"\b{_CODE}\b", note[0])
    if number is None:
        bare = _BARE_NUMBER.search(body)
        number = bare[1] if bare else None
    return number, tuple(dict.fromkeys(codes))


def _oddities(
    entry: OfficialEntry, head: _Head, points: list[tuple[float, float] | None], released: date | None
) -> Iterator[tuple[str, str, str | None]]:
    if head.listed and head.date_text is None:
        yield "date_start", "the entry states no date", None
    elif head.date_text and head.days is None:
        yield "date_start", "no such day; the date is left empty", head.date_text
    elif entry.date_end and released and entry.date_end > released:
        yield "date_start", "later than the report's release; kept as written", head.date_text
    for reference, point in zip(entry.mgrs, points, strict=True):
        if point is None:
            yield "mgrs", "no grid reference in Iraq or Syria; kept without coordinates", reference
    if entry.finding == "not_stated":
        yield "finding", "no finding is stated (cut short?)", None


def _sentence(text: str, start: int, end: int, lowest: int, highest: int) -> tuple[int, int]:
    """The sentence around a span, within bounds."""
    before = max((found.end() for found in re.finditer(r"\A\s+|[.:;]\s+", text[lowest:start])), default=0)
    after = re.compile(r"[.;](?=\s|$)").search(text, max(end - 1, start), highest)
    return lowest + before, after.end() if after else highest


def _sections(text: str) -> list[tuple[int, str]]:
    """Where each section begins (the sentence that announces it) and the finding that its entries share."""
    found = [(match.start(), name) for name, pattern in _section_patterns() for match in pattern.finditer(text)]
    return sorted((max(text.rfind("\n", 0, at), text.rfind(". ", 0, at) + 1, -1) + 1, name) for at, name in found)


@cache
def _formulas() -> tuple[tuple[str, str | None, re.Pattern[str]], ...]:
    return tuple(
        (row["finding"], row["reason"] or None, re.compile(row["pattern"], re.IGNORECASE))
        for row in data_table("cjtf_findings.csv")
    )


@cache
def _section_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    flags = re.IGNORECASE | re.MULTILINE
    return tuple((row["section"], re.compile(row["pattern"], flags)) for row in data_table("cjtf_sections.csv"))


@cache
def _informants() -> dict[str, str]:
    return {row["written"]: row["via"] for row in data_table("cjtf_via.csv")}


@cache
def _countries() -> dict[str, str]:
    return {row["name"].lower(): row["country"] for row in data_table("cjtf_countries.csv")}


@cache
def _country_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_countries())})\b(?![-–’'])", re.IGNORECASE)
