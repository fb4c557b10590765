"""The parties of the Airwars table: who is named for an incident, what each found, and how Airwars grades it.

The column ``assessments`` lists ``actor:known|suspected:finding:deaths conceded``, one party each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from schemas.records import Assessment, Claim, Perpetrator, Position
from sources.fields import RecordText, code_table, coded, data_table
from sources.table import Issues

CLAIMANT = "Airwars"

_CONCEDED = re.compile(r"(\d*)-(\d*)")
_ELEMENT = re.compile(r"[^;\s][^;]*")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one party found, with the slice of the text that says so: an entry in the column ``assessments``."""

    actor: str
    stance: str | None
    finding: str
    killed_low: int | None
    killed_high: int | None
    quote: str
    start: int
    end: int
    injured_low: int | None = None
    injured_high: int | None = None
    reason: str | None = None


def findings(record: Mapping[str, Any], rt: RecordText, issues: Issues) -> tuple[Finding, ...]:
    """The column ``assessments``, read from the text itself so that every finding has its slice of it."""
    if cell(record, "assessments") is None:
        return ()
    written, offset, _ = rt.value("assessments")
    found: dict[tuple[Any, ...], Finding] = {}
    for match in _ELEMENT.finditer(written):
        quote = match[0].rstrip()
        start = offset + match.start()
        finding = _finding(quote, start, issues)
        if finding is not None:
            key = (finding.actor, finding.stance, finding.finding, finding.killed_low, finding.killed_high)
            found.setdefault(key, finding)
    return tuple(found.values())


def _finding(quote: str, start: int, issues: Issues) -> Finding | None:
    parts = quote.split(":")
    if len(parts) != 4:
        issues.add("not of the form actor:known|suspected:finding:deaths", column="assessments", value=quote)
        return None
    actor = actor_of(parts[0], "assessments", issues)
    stance = coded(parts[1], "assessments", code_table("airwars_codes.csv", "stance"), issues)
    kept = kinds_of_finding().get(parts[2]) is not None
    if not kept:
        issues.add("unknown finding", column="assessments", value=quote)
    low, high = _conceded(parts[3], quote, issues)
    if low and parts[2] != "credible":
        issues.add("deaths conceded without a credible finding", column="assessments", value=quote, stage="warn")
    if not actor or not kept:
        return None
    return Finding(actor, stance, parts[2], low, high, quote, start, start + len(quote))


def _conceded(written: str, quote: str, issues: Issues) -> tuple[int | None, int | None]:
    match = _CONCEDED.fullmatch(written.strip())
    low, high = (int(bound) if bound else None for bound in match.groups()) if match else (None, None)
    if match is None or (low is not None and high is not None and low > high):
        issues.add("the deaths conceded are no range", column="assessments", value=quote)
        return None, None
    return low, high


def perpetrators(record: Mapping[str, Any], findings: Sequence[Finding], issues: Issues) -> tuple[Perpetrator, ...]:
    """Every party once: admitted where it found credible, else alleged (known) or possible (suspected or named)."""
    admitted = {finding.actor for finding in findings if finding.finding == "credible"}
    stances: dict[str, str] = {}
    for finding in findings:
        if finding.stance == "alleged" or finding.actor not in stances:
            stances[finding.actor] = finding.stance or "possible"
    for word in listed(record, "military_actors"):
        actor = actor_of(word, "military_actors", issues)
        if actor:
            stances.setdefault(actor, "possible")
    return tuple(
        Perpetrator(actor, "admitted", actor) if actor in admitted else Perpetrator(actor, stance, CLAIMANT)
        for actor, stance in stances.items()
    )


def positions(findings: Sequence[Finding], claims: Sequence[Claim]) -> tuple[Position, ...]:
    about = tuple(claim.number for claim in claims if claim.victim_class == "civilian" and claim.part_of is None)
    return tuple(
        Position(
            actor=each.actor, position=position, quote=each.quote, quote_start=each.start, quote_end=each.end,
            # The lower end is what is surely conceded; the assessment keeps the range.
            killed_conceded=each.killed_low, injured_conceded=each.injured_low, reason=each.reason, about=about,
        )
        for each in findings
        if (position := kinds_of_finding()[each.finding])
    )  # fmt: skip


def assessment(finding: Finding) -> Assessment:
    return Assessment(
        assessor=finding.actor, scheme="official_finding", grade=finding.finding, subject=finding.actor,
        stance=finding.stance, killed_low=finding.killed_low, killed_high=finding.killed_high,
        injured_low=finding.injured_low, injured_high=finding.injured_high, quote=finding.quote,
        quote_start=finding.start, quote_end=finding.end,
    )  # fmt: skip


def grading(record: Mapping[str, Any], rt: RecordText, issues: Issues) -> Iterator[Assessment]:
    grade = coded(cell(record, "grading"), "grading", code_table("airwars_codes.csv", "grading"), issues)
    if grade:
        quote, start, end = rt.quote("grading")
        yield Assessment(CLAIMANT, "airwars_grading", grade, quote=quote, quote_start=start, quote_end=end)


def cell(record: Mapping[str, Any], column: str) -> str | None:
    value = record.get(column)
    return str(value).strip() or None if value is not None else None


def listed(record: Mapping[str, Any], column: str) -> list[str]:
    return [word for part in (cell(record, column) or "").split(",") if (word := part.strip())]


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def actor_of(written: str, column: str, issues: Issues) -> str | None:
    """The canonical name; None for an unknown belligerent, and for one that is not in the table (reported)."""
    actor = actors().get(folded(written))
    if actor is None:
        issues.add(f"unknown party in {column}", column=column, value=written)
    return actor or None


@cache
def actors() -> dict[str, str]:
    """The canonical name by the folded names that Airwars writes; empty for an unknown belligerent."""
    return {folded(row["variant"]): row["actor"] for row in data_table("airwars_actors.csv")}


@cache
def kinds_of_finding() -> dict[str, str]:
    """The position that a finding amounts to; empty where it is none."""
    return {row["finding"]: row["position"] for row in data_table("airwars_findings.csv")}
