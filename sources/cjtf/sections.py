"""The sections of a Coalition report: headings and sentences that announce what the entries below them have in common.

"Credible reports", "The following reports were assessed to be non-credible:", "Insufficient Information" give their
entries a finding and maybe a reason; any other heading ("Way Ahead"), and the closing paragraph with the running total,
only ends the entry before it. The formulas are data (`sources/data/cjtf_sections.csv`, `cjtf_findings.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sources.cjtf.words import DATE
from sources.fields import data_table

END = "end"
"""A section that says nothing of the entries below it."""

_HEADING = re.compile(r"(?:(?<=[.!?)\d\"”])|(?<=\n)|\A)[^\S\n]*\n?(?P<title>[^\S\n]*[A-Z][^\n.,:;!?\d]{2,70})(?=\n|\Z)")
_INTRODUCTION = re.compile(r"(?P<said>[^\n:]{20,600}):[^\S\n]*(?=\n|\Z)")
_DATED = re.compile(DATE, re.IGNORECASE)
_SMALL_WORD = 3
"""Letters up to which a word of a heading may be written small."""


@dataclass(frozen=True, slots=True)
class Section:
    """Where a section begins and what its entries share."""

    start: int
    finding: str
    reason: str | None = None


def find_sections(text: str) -> list[Section]:
    """The sections of ``text`` in order; one that begins where another does counts once, the one that says more."""
    found: dict[int, Section] = {}
    for section in (*_announced(text), *_introduced(text), *_headed(text)):
        found.setdefault(section.start, section)
    return sorted(found.values(), key=lambda section: section.start)


def _announced(text: str) -> Iterator[Section]:
    for name, pattern in _section_patterns():
        for match in pattern.finditer(text):
            yield Section(_begin(text, match.start()), name)


def _introduced(text: str) -> Iterator[Section]:
    """A line that ends in a colon and has the formula of a finding."""
    for match in _INTRODUCTION.finditer(text):
        said = _formula(match["said"])
        if said and not _DATED.search(match["said"]):
            yield Section(_begin(text, match.end("said")), *said)


def _headed(text: str) -> Iterator[Section]:
    for match in _HEADING.finditer(text):
        title = match["title"].strip()
        if all(word[0].isupper() or len(word) <= _SMALL_WORD for word in re.findall(r"[A-Za-z][\w’'-]*", title)):
            yield Section(match.start("title"), *(_formula(title) or (END, None)))


def _formula(said: str) -> tuple[str, str | None] | None:
    return next(((finding, reason) for finding, reason, pattern in formulas() if pattern.search(said)), None)


def _begin(text: str, at: int) -> int:
    """Where the sentence around ``at`` begins."""
    return max(text.rfind("\n", 0, at), text.rfind(". ", 0, at) + 1, -1) + 1


@cache
def formulas() -> tuple[tuple[str, str | None, re.Pattern[str]], ...]:
    """(finding, reason, words) of every formula in which a finding is put, the most telling first."""
    return tuple(
        (row["finding"], row["reason"] or None, re.compile(row["pattern"], re.IGNORECASE))
        for row in data_table("cjtf_findings.csv")
    )


@cache
def _section_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    flags = re.IGNORECASE | re.MULTILINE
    return tuple((row["section"], re.compile(row["pattern"], flags)) for row in data_table("cjtf_sections.csv"))
