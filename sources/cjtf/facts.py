"""What a Coalition report or statement amounts to: entries and header as claims, positions and oddities.

Conceded harm is claimed by the Coalition of itself (stance admitted), each number at its own words; a finding is a
position; the running total is a cumulative claim, "at least"; a period's total has the credible entries' figures as
parts where they add up to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from schemas.records import Claim, Document, Facts, OfficialEntry, OfficialReport, Perpetrator, Position, Reject
from sources.cjtf.entry import Decision, find_decisions
from sources.cjtf.harm import Mention
from sources.cjtf.report import ACTOR, OPERATION_START, Figure, build_report, find_figures, is_report

NAME = "cjtf"
VERSION = "1"

_POSITIONS = {
    "credible": "credible",
    "correction": "credible",
    "non_credible": "non_credible",
    "duplicate": "duplicate",
    "open": "under_assessment",
}
_WEAPONS = (
    ("shelling", re.compile(r"\b(?:artillery|mortar\s+fire|rocket\s+artillery)\b", re.IGNORECASE)),
    ("gunfire", re.compile(r"\b(?:small[\s-]arms|gunfire|shooting)\b", re.IGNORECASE)),
    ("drone", re.compile(r"\b(?:drone|unmanned|remotely\s+piloted)\b", re.IGNORECASE)),
    ("airstrike", re.compile(r"\b(?:air)?(?:strikes?|craft|raids?)\b|\bmunitions?\b", re.IGNORECASE)),
    ("other", re.compile(r"\b(?:ground\s+raid|ground\s+forces|live\s+fire)\b", re.IGNORECASE)),
)
_METRES = {10: "within_1m", 8: "within_100m", 6: "within_100m"}


def parse_statement(text: str, released: date | None) -> tuple[OfficialEntry, ...]:
    """The entries of a single statement or a whole report, numbered from 1; a text without a dateline is one entry.

    ``released`` only serves to notice impossible dates. Offsets are code points in ``text``.
    """
    return tuple(decision.entry for decision in find_entries(text, released)[0])


def parse_report(text: str, released: date | None) -> OfficialReport | None:
    """The header of a monthly or periodic report; None for a text that gives no header figures."""
    _, figures = find_entries(text, released)
    return build_report(text, figures, released) if figures else None


def interpret(document: Document) -> Facts:
    """Everything that a Coalition report or statement says: header, entries, positions, claims, and what is odd."""
    text = document.text
    decisions, figures = find_entries(text, document.published)
    report = build_report(text, figures, document.published) if figures else None
    claims = list(_header_claims(text, report, figures)) if report else []
    whole = _whole_of_entries(claims, decisions)
    positions: list[Position] = []
    stated_on = document.published or (report.released_on if report else None)
    for decision in decisions:
        own = list(_entry_claims(text, decision, len(claims) + 1, whole))
        positions += _positions(text, decision, stated_on, tuple(claim.number for claim in own))
        claims += own
    return Facts(
        document=document,
        claims=tuple(claims),
        positions=tuple(positions),
        report=report,
        entries=tuple(decision.entry for decision in decisions),
        extractor=NAME,
        extractor_version=VERSION,
        is_prose=False,
        rejects=tuple(_warnings(document, decisions, report)),
    )


def find_entries(text: str, released: date | None) -> tuple[tuple[Decision, ...], dict[str, Figure]]:
    """The entries, and the header figures where they make a header."""
    decisions = find_decisions(text, released, is_report=True)
    figures = find_figures(text, [(d.entry.quote_start, d.entry.quote_end) for d in decisions])
    if not is_report(figures):
        figures = {}
    if not decisions and not figures:
        decisions = find_decisions(text, released, is_report=False)
    return decisions, figures


def _header_claims(text: str, report: OfficialReport, figures: dict[str, Figure]) -> Iterator[Claim]:
    """The running total, and the people killed and injured that the period's credible reports add up to."""
    shared: dict[str, Any] = {"victim_class": "civilian", "claimant": ACTOR, "perpetrators": _admitted()}
    number = 0
    for field, harm, scope in (
        ("cumulative_at_least", "killed", "cumulative"),
        ("killed", "killed", "period"),
        ("injured", "injured", "period"),
    ):
        figure = figures.get(field)
        if figure is None or (scope == "period" and figure.number == 0):
            continue
        number += 1
        at_least = scope == "cumulative"
        yield Claim(
            number=number,
            quote=text[slice(*figure.quote)],
            quote_start=figure.quote[0],
            quote_end=figure.quote[1],
            value_text=text[slice(*figure.value)],
            value_start=figure.value[0],
            value_end=figure.value[1],
            low=figure.number,
            best=figure.number,
            high=None if at_least else figure.number,
            qualifier="at_least" if at_least else "exact",
            harm=harm,
            scope=scope,
            # Reports of a month add up what was decided in it, not what happened in it
            period_start=OPERATION_START if at_least else report.period_start,
            period_end=report.period_end or report.released_on,
            rules=(f"cjtf:{field}",),
            **shared,
        )


def _whole_of_entries(claims: list[Claim], decisions: tuple[Decision, ...]) -> dict[str, int]:
    """Number of the period's total by harm, where the credible entries add up to it and so are its parts."""
    wholes: dict[str, int] = {}
    for claim in claims:
        figures = [
            d.entry.killed_conceded if claim.harm == "killed" else d.entry.injured_conceded
            for d in decisions
            if d.entry.finding == "credible"
        ]
        if claim.scope == "period" and sum(figure or 0 for figure in figures) == claim.best:
            wholes[claim.harm] = claim.number
    return wholes


def _entry_claims(text: str, decision: Decision, first: int, whole: dict[str, int]) -> Iterator[Claim]:
    entry = decision.entry
    named = [(found.start(), weapon) for weapon, pattern in _WEAPONS if (found := pattern.search(entry.quote))]
    digits = len(re.sub(r"^\d+\D+", "", entry.mgrs[0])) if entry.mgrs else 0
    shared: dict[str, Any] = {
        "claimant": ACTOR,
        "scope": "incident",
        # Of several weapons the one named first
        "weapon": min(named)[1] if named else None,
        "place_text": entry.place_text,
        "country": entry.country,
        "lat": entry.lat,
        "lon": entry.lon,
        "geo_precision": _METRES.get(digits, "near_place") if entry.lat is not None else None,
        "date_text": decision.date_text,
        "date_start": entry.date_start,
        "date_end": entry.date_end,
        "date_precision": _precision(entry, decision.date_text),
        "date_basis": "explicit" if entry.date_start else None,
    }
    for index, mention in enumerate(decision.mentions):
        claim = _mention_claim(text, mention, first + index, shared)
        part_of = first + mention.part_of if mention.part_of is not None else None
        restates = first + mention.restates if mention.restates is not None else None
        if part_of is None and entry.finding == "credible" and mention.victim_class != "combatant":
            part_of = whole.get(mention.harm)
        yield replace(claim, part_of=part_of, restates=restates)
    if decision.no_harm:
        yield _no_harm_claim(text, decision.no_harm, first + len(decision.mentions), shared)


def _mention_claim(text: str, mention: Mention, number: int, shared: dict[str, Any]) -> Claim:
    exact = mention.qualifier == "exact"
    return Claim(
        number=number,
        quote=text[slice(*mention.quote)],
        quote_start=mention.quote[0],
        quote_end=mention.quote[1],
        value_text=text[slice(*mention.value)],
        value_start=mention.value[0],
        value_end=mention.value[1],
        low=mention.number if mention.qualifier in ("exact", "at_least", "more_than") else None,
        best=mention.number if mention.qualifier != "at_most" else None,
        high=mention.number if exact or mention.qualifier == "at_most" else None,
        qualifier=mention.qualifier,
        harm=mention.harm,
        victim_class=mention.victim_class,
        perpetrators=_admitted(),
        rules=("cjtf:entry",),
        **shared,
    )


def _no_harm_claim(text: str, span: tuple[int, int], number: int, shared: dict[str, Any]) -> Claim:
    start = span[0] + text[span[0] : span[1]].lower().index("no")
    return Claim(
        number=number,
        quote=text[span[0] : span[1]],
        quote_start=span[0],
        quote_end=span[1],
        value_text=text[start : start + 2],
        value_start=start,
        value_end=start + 2,
        low=0,
        best=0,
        high=0,
        qualifier="none_reported",
        harm="killed_or_injured",
        victim_class="civilian",
        perpetrators=(Perpetrator(ACTOR, "denied", ACTOR),),
        rules=("cjtf:no_harm",),
        **shared,
    )


def _positions(text: str, decision: Decision, stated_on: date | None, about: tuple[int, ...]) -> Iterator[Position]:
    entry = decision.entry
    kinds = [_POSITIONS[entry.finding]] if entry.finding in _POSITIONS else []
    start, end = decision.finding_span
    for position in kinds + ["reopened"] * decision.reopened:
        is_finding = position != "reopened"
        yield Position(
            actor=ACTOR,
            position=position,
            quote=text[start:end],
            quote_start=start,
            quote_end=end,
            stated_on=stated_on,
            killed_conceded=entry.killed_conceded if is_finding else None,
            injured_conceded=entry.injured_conceded if is_finding else None,
            reason=entry.reason if is_finding else None,
            about=about,
        )


def _precision(entry: OfficialEntry, date_text: str | None) -> str | None:
    if entry.date_start is None or date_text is None:
        return None
    if entry.date_start == entry.date_end:
        return "day"
    return "day_range" if re.search(r"\b\d{1,2}\b", date_text) else "month"


def _admitted() -> tuple[Perpetrator, ...]:
    return (Perpetrator(ACTOR, "admitted", ACTOR),)


def _warnings(document: Document, decisions: tuple[Decision, ...], report: OfficialReport | None) -> Iterator[Reject]:
    if report and report.reconciles is False:
        sums = {field: getattr(report, field) for field in _BALANCE}
        check = "carried_over + received - closed = still_open and closed = credible + non_credible + duplicate"
        yield Reject(NAME, "warn", check, "official_report", "reconciles", json.dumps(sums), document.record)
    for decision in decisions:
        for column, check, value in decision.oddities:
            where = f"entry {decision.entry.entry_no} of {document.document_name}: {check}"
            yield Reject(NAME, "warn", where, "official_entry", column, value, document.record)


_BALANCE = ("carried_over", "received", "closed", "credible", "non_credible", "duplicate", "reopened", "still_open")
