"""The quick look before a search: it must let through whatever the pattern finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extraction.words import lexicon
from extraction.words.sieve import Sought

CORPUS = Path(__file__).parents[2] / "evaluation" / "corpus" / "texts"
LINES = [line for path in sorted(CORPUS.glob("*.toml"))[:60] for line in path.read_text(encoding="utf-8").split("\n")]
NAMES = [(module, name) for module, rows in lexicon._patterns().items() for name in rows]


@pytest.mark.parametrize(("module", "name"), NAMES)
def test_nothing_is_missed(module: str, name: str) -> None:
    quick, plain = lexicon.sought(module, name), lexicon.pattern(module, name)
    for line in LINES:
        found, wanted = quick.search(line), plain.search(line)
        assert (found and found.span()) == (wanted and wanted.span()), line


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:strikes?|raids?)\b", ("raid", "strike")),
        (r"\bin (?:an? )?ambush(?:es)?", ("ambush",)),
        (r"\b(?:have|has) fallen", (" fallen",)),
        (r"(?:dozen|\d+) dead", (" dead",)),
        (r"[Tt]he raid", ("he raid",)),
        (r"(?:shot)+ by", ("shot",)),
        (r"(?:raid)?", ()),
        (r"\b(?:in|at)\b", ()),
        (r"\d+|raid", ()),
    ],
)
def test_words_of_a_pattern(pattern: str, words: tuple[str, ...]) -> None:
    assert Sought(pattern).words == words


@pytest.mark.parametrize(
    ("pattern", "endings"),
    [
        (r"\b(?:by|hands of)\s+(?:the\s+|a\s+)*$", ("a", "by", "of", "the")),
        (r"[Nn]ear $", ("ear",)),
        (r"\bair ?strikes?$", ("s", "strike")),
        (r"(?:from|towards?) (?:[0-9] )?$", (*"0123456789", "from", "s", "toward")),
        (r"in$|at $", ("at", "in")),
        (r"in$|at", ()),
        (r"by \w+$", ()),
        (r"by \d+$", ()),
        (r"(?:by )?$", ()),
        (r"by", ()),
    ],
)
def test_endings_of_a_pattern(pattern: str, endings: tuple[str, ...]) -> None:
    assert Sought(pattern).endings == endings


@pytest.mark.parametrize("name", ["accusations.agent_before", "accusations.not_doer", "sites.hit"])
def test_nothing_that_ends_a_text_is_missed(name: str) -> None:
    quick, plain = lexicon.sought(*name.split(".")), lexicon.pattern(*name.split("."))
    assert quick.endings
    for line in LINES:
        for hit in re.finditer(r"\s", line):
            found, wanted = quick.search(line, 0, hit.end()), plain.search(line, 0, hit.end())
            assert (found and found.span()) == (wanted and wanted.span()), line[: hit.end()]


def test_case_and_bounds_are_the_patterns_own() -> None:
    loud = Sought("raid", re.IGNORECASE)
    assert loud.search("A RAID")
    assert not Sought("raid").search("A RAID")
    assert not loud.search("raid here", 1)
    assert not loud.search("a raid", 0, 5)


@pytest.mark.parametrize("text", ["nothing of the kind", ""])
def test_text_without_the_words_is_not_searched(text: str) -> None:
    sought = Sought("raid")
    assert sought.search(text) is None
    assert "_compiled" not in vars(sought)
