"""One allegation of a Coalition civilian casualty report: where it stands in the text, and what it decides.

After the dateline (`cjtf_head`) come the finding in one of the formulas of its year, the harm conceded (`cjtf_harm`),
and a tail with the allegation's number, monitors' codes and the grid reference. The formulas of findings and sections
are data (`cjtf_sections`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from schemas.records import OfficialEntry
from sources.cjtf import mgrs
from sources.cjtf.harm import Mention, conceded, find_harm
from sources.cjtf.head import Head, find_heads, headless
from sources.cjtf.sections import END, Section, find_sections, formulas

_MGRS = re.compile(r"(?<![A-Z0-9])\d{1,3}\s?[A-Z]\s?[A-Z]{2}\s?(?:\d{2,5}\s\d{2,5}(?![\d/])|\d{2,12}(?!\d))")
_CODE = r"[A-Z]{1,3}-?\d{1,5}[a-z]{0,2}"
_TAIL = re.compile(
    rf"(?<![\d,+/-])(?P<no>\d{{1,5}})?(?P<slash>\s*/)?\s*(?P<codes>\b{_CODE}(?:\s*(?:/|,|and|&)\s*{_CODE})*\b)?"
    rf"[\s/]*(?P<mgrs>{_MGRS.pattern}|[Nn]o\s+MGRS)?"
)
_NOTE = re.compile(r"\[[^\[\]]{1,500}\]")
_BARE_NUMBER = re.compile(r"\((\d{1,5})\)\W*$")
_ALLEGED = re.compile(r"\b(?:alleged|allegedly|reportedly|claimed|accused|reported\s+that)\b", re.IGNORECASE)
_NO_HARM = re.compile(
    r"\bno\s+civilians?\s+(?:were|was|had\s+been)\s+(?:\w+ly\s+)?(?:harmed|killed|injured|wounded|hurt)\b"
    r"|\bwith\s+no\s+(?:assessed\s+)?civilian\s+casualties\b",
    re.IGNORECASE,
)
# "previously assessed as", "changed from": the finding that a later one replaces
_FORMER = re.compile(
    r"\b(?:(?:previously|originally|initially|formerly|earlier|first)\s+(?:[\w-]+\s+){0,4}"
    r"|(?:changed|revised|updated|reversed)\s+from\s+(?:an?\s+)?)\Z",
    re.IGNORECASE,
)
_REOPENED = re.compile(r"\bre-?opened\b", re.IGNORECASE)
# Bounding box of Iraq and Syria (WGS 84 degrees): a slip of one letter moves a reference by hundreds of kilometres
_SOUTH, _NORTH, _WEST, _EAST = 29.0, 37.5, 35.5, 48.8
_LONGEST_SENTENCE = 2000
_DECIDED = ("credible", "non_credible", "duplicate", "open")


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


def find_decisions(text: str, released: date | None, is_report: bool) -> tuple[Decision, ...]:
    """Every entry of ``text``, numbered from 1 in order. Without any dateline a text that is no report is one entry."""
    sections = find_sections(text)
    heads = sorted(find_heads(text), key=lambda head: head.start)
    if not heads and not is_report and text.strip():
        heads = [headless(text)]
    decisions = []
    for index, head in enumerate(heads):
        limit = heads[index + 1].begins if index + 1 < len(heads) else len(text)
        limit = min([limit, *(section.start for section in sections if section.start > head.body)])
        end = head.start + len(text[head.start : limit].rstrip(" \t\r\n\"“”'"))
        section = next((s for s in reversed(sections) if s.start <= head.start and s.finding != END), None)
        decisions.append(_decide(text, head, end, index + 1, section, released))
    return tuple(decisions)


def _decide(text: str, head: Head, end: int, entry_no: int, section: Section | None, released: date | None) -> Decision:
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
        reopened=(section is not None and section.finding == "reopened")
        or _REOPENED.search(text, head.start, end) is not None,
        oddities=tuple(_oddities(entry, head, points, released)),
    )


def _finding(
    body: str, offset: int, mentions: tuple[Mention, ...], section: Section | None
) -> tuple[str, str | None, tuple[int, int]]:
    """Finding, reason and where it is said: a formula first, then harm conceded, then the section of the entry."""
    civilians = [mention for mention in mentions if not mention.is_fighters]
    for finding, reason, pattern in formulas():
        if finding == "open" and civilians:
            break
        found = next((m for m in pattern.finditer(body) if not _FORMER.search(body, 0, m.start())), None)
        if found:
            return finding, reason, found.span()
    whole = (0, len(body))
    if civilians:
        return "credible", None, (civilians[0].quote[0] - offset, civilians[-1].quote[1] - offset)
    if section is not None and section.finding in _DECIDED:
        return section.finding, section.reason, whole
    return "not_stated", None, whole


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
    entry: OfficialEntry, head: Head, points: list[tuple[float, float] | None], released: date | None
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
    if entry.finding == "credible" and entry.killed_conceded is None and entry.injured_conceded is None:
        yield "killed_conceded", "credible, but neither deaths nor injuries could be read", None


def _sentence(text: str, start: int, end: int, lowest: int, highest: int) -> tuple[int, int]:
    """The sentence around a span, within bounds."""
    lowest = max(lowest, start - _LONGEST_SENTENCE)
    before = max((found.end() for found in re.finditer(r"\A\s+|[.:;]\s+", text[lowest:start])), default=0)
    after = re.compile(r"[.;](?=\s|$)").search(text, max(end - 1, start), highest)
    return lowest + before, after.end() if after else highest
