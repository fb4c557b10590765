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

_HEADING = re.compile(
    r"(?:(?<=[.!?)\d\"”])|(?<=\n)|\A)[^\S\n]*\n?(?P<title>[^\S\n]*[A-Z][^\n.,:;!?\d]{2,70})(?=\n(?!\s*[a-z])|\Z)"
)
_INTRODUCTION_ENDS = re.compile(r":[^\S\n]*(?=\n|\Z)")
_LINE_BEFORE = re.compile(r"(?:[.!?:][\"”]?[^\S\n]*|\n\s*)\n")
_LONGEST_INTRODUCTION = 600
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
    """Lines that end in a colon and have the formula of a finding."""
    for colon in _INTRODUCTION_ENDS.finditer(text):
        lowest = max(0, colon.start() - _LONGEST_INTRODUCTION)
        before = max((line.end() for line in _LINE_BEFORE.finditer(text, lowest, colon.start())), default=lowest)
        said = text[before : colon.start()]
        found = _formula(said)
        if found and not _DATED.search(said):
            yield Section(_begin(text, colon.start()), *found)


def _headed(text: str) -> Iterator[Section]:
    for match in _HEADING.finditer(text):
        title = match["title"].strip()
        if all(word[0].isupper() or len(word) <= _SMALL_WORD for word in re.findall(r"[A-Za-z][\w’'-]*", title)):
            said = _formula(title)
            # Behind a sentence on the same line only a finding is a heading: other words begin the next sentence
            if said or text[: match.start("title")].rstrip(" \t")[-1:] in ("", "\n"):
                yield Section(match.start("title"), *(said or (END, None)))


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
