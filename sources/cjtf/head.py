"""Where the entries of a Coalition report begin: their datelines, with date, place, country and informant.

A dateline gives a date, a place (after near, in or at) with its country, and "via" whom the allegation came; every part
but the first can be missing. Countries and names of informants are data (`cjtf_countries.csv`, `cjtf_via.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from sources.cjtf.words import DATE, parse_dates
from sources.fields import data_table

_NUMBERING = r"(?P<printed>(?<!\w)\(?\d{1,3}\s?[.)]+\s*)?"
# A date with a blank line or a new sentence's line after it is a report's, not an entry's
_OWN_LINE = re.compile(r"\s*\n(?:[^\S\n]*\n|(?-i:[A-Z]))")
_LONGEST_PLACE = 80
_LOOK_BACK = 200
# An entry ends with its grid reference, often without a full stop
_TAIL_END = re.compile(r"(?:\b\d{2}[A-Z]\s?[A-Z]{2}\s?[\d ]+|\bNo\s+MGRS(?:\s+Given)?)\Z", re.IGNORECASE)
_DATELINE = re.compile(
    rf"{_NUMBERING}(?:\b(?:On|Between|From|In(?=[^.:\n]{{5,100}}\bvia\b))\s+)?(?:(?:or\s+)?about\s+)?(?<![\w/])(?P<date>{DATE})\s*(?:[,;]|:(?=\s+(?:near|in|at)\b)|[-–—](?=\s))?\s*",
    re.IGNORECASE,
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
_PLACE_ENDS = re.compile(r"[,\s]\s*(?i:via)\b|:|,?\s+during\s+(?:an?|strikes?)\b|(?<=[A-Za-z\]]{2})\.(?=\s|$)|\n\s*\n")
# Ends at a mark, or where a sentence begins without one; a list of informants may hold commas
_VIA = re.compile(
    r"[\s,]*\b(?i:via):?\s+(?P<via>(?:[^.,:;()]{2,50},\s+)+and\s+[^.,:;()]{2,50}?\b(?i:reports)\b|.{2,80}?)\s*"
    r"(?:[:;(]|(?<=[A-Za-z]{2})[.,](?=\s|$)|(?<=\breport)(?=\s+[A-Z])|(?<=\breports)(?=\s+[A-Z])|\n\s*\n|$)",
    re.DOTALL,
)
_OCCURRED = (
    re.compile(
        rf"\b(?:occurred|took\s+place|conducted)\s+(?:on\s+)?(?P<date>{DATE})[^.]{{0,60}}?\b(?:in|near|at)\s+(?P<place>(?-i:[A-Z])[^.]+)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:strikes?|airstrikes?|raids?|operations?|incidents?)\s+(?:in|near|at)\s+(?P<place>(?-i:[A-Z])[^.]{{2,80}}?),?\s+on\s+(?P<date>{DATE})",
        re.IGNORECASE,
    ),
)
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")
_SELF_REPORTED = re.compile(r"\bself-reported\b", re.IGNORECASE)
_JOINING_WORD = re.compile(r"(?:,|\b(?:on|of|and|that|in|from|between|the|since|until|by|published|released))\s*$")


@dataclass(frozen=True, slots=True)
class Head:
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


def find_heads(text: str) -> Iterator[Head]:
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
    near = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    before = near.rstrip(" \t\"“”'.(")
    if not before or match["printed"]:
        return True
    if before.endswith("\n"):
        return not _JOINING_WORD.search(before.rstrip())
    return "." in near[len(before) :] or before[-1] in ":;!?)]" or _TAIL_END.search(before) is not None


def _read_head(text: str, match: re.Match[str]) -> Head | None:
    """The dateline that begins with the date ``match``, or None when neither place nor informant follows it."""
    if _OWN_LINE.match(text, match.end("date")):
        return None
    ends = _PLACE_ENDS.search(text, match.end() - 1, match.end() + 160)
    zone_end = ends.start() if ends else min(len(text), match.end() + 160)
    zone = text[match.end() : zone_end]
    place, country, used = _place(zone)
    via = _VIA.match(text, match.end() + used) or _VIA.match(text, zone_end)
    if not (via or country):
        named = ends is not None and len(zone) <= _LONGEST_PLACE and _PREPOSITION.match(zone) is not None
        if not named and text[max(0, match.start() - _LOOK_BACK) : match.start()].strip():
            return None
        # A statement cut short: only the date is sure
        place, used = (place, used) if named else (None, 0)
    body = via.end() if via else match.end() + used
    return Head(
        begins=match.start(),
        start=match.start("date") if match["printed"] else match.start(),
        body=body,
        date_text=match["date"] or None,
        days=parse_dates(match["date"]),
        place=place,
        country=country,
        via=_informant(via["via"]) if via else None,
    )


def headless(text: str) -> Head:
    """A statement without a dateline: a date and place are taken where it says that something occurred there."""
    start = len(text) - len(text.lstrip(" \t\r\n\"“'"))
    via = "self-report" if _SELF_REPORTED.search(text) else None
    occurred = next((found for pattern in _OCCURRED if (found := pattern.search(text))), None)
    if occurred is None:
        return Head(begins=start, start=start, body=start, via=via, listed=False)
    place, country, _ = _place(occurred["place"])
    days = parse_dates(occurred["date"])
    place = place if country else None
    return Head(start, start, start, occurred["date"], days, place, country, via, listed=False)


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
    # "self-" may end a line
    line = re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\s+", "-", written))
    bare = re.sub(r"\s*\b(?<!-)reports?\b", "", line, flags=re.IGNORECASE).strip(" ,")
    bare = bare if _INITIALS.search(bare) else bare.rstrip(" ,.")
    parts = re.split(r"\s*(\band\b|,|&)\s*", bare)
    named = [_informants().get(part.lower(), part) for part in parts]
    return re.sub(r"\s+,", ",", " ".join(part for part in named if part))


@cache
def _informants() -> dict[str, str]:
    return {row["written"]: row["via"] for row in data_table("cjtf_via.csv")}


@cache
def _countries() -> dict[str, str]:
    return {row["name"].lower(): row["country"] for row in data_table("cjtf_countries.csv")}


@cache
def _country_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_countries())})\b(?![-–’'])", re.IGNORECASE)
