"""Words where phrases open: trying a pattern only there must find what a search through the whole text finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extraction.mentions import accusations as blame
from extraction.mentions import dates, periods, places, weapons
from extraction.words.index import DIGIT, Index, any_between, index_of, openings
from extraction.words.numbers import fold_case

CORPUS = Path(__file__).parents[2] / "evaluation" / "corpus" / "texts"
PLAIN = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.rglob("*"))[:150] if path.is_file())
LED: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {
    **{f"date {number}": pair for number, pair in enumerate(dates._OPENINGS.items())},
    "period": (periods._PERIOD, periods._PERIOD_OPENINGS),
    "weapon": weapons._pattern()[:2],
}


@pytest.mark.parametrize("name", LED)
def test_opening_words_miss_nothing(name: str) -> None:
    pattern, words = LED[name]
    folded = fold_case(PLAIN)
    assert [hit.span() for hit in index_of(folded).led(pattern, words)] == [
        hit.span() for hit in pattern.finditer(folded)
    ]


def test_opening_words_of_deeds_miss_nothing() -> None:
    hits = blame._demonym_deed()[0].finditer(PLAIN)
    assert [deed[:2] for deed in blame._deeds(PLAIN)] == [hit.span(1) for hit in hits]


def test_words_that_show_a_place_miss_nothing() -> None:
    found = [hit.span() for pattern, _ in places._unknown_patterns() for hit in pattern.finditer(PLAIN)]
    assert [hit.span() for hit in places._shown(PLAIN)] == found


def test_prepositions_miss_nothing() -> None:
    plain = PLAIN[:40_000]
    for start in (hit.start() for hit in re.finditer(r"[A-Z]\w+", plain)):
        told = places._PREP.search(plain, max(0, start - 80, plain.rfind("\n", 0, start) + 1), start)
        if told is not None:
            assert places.preposition(plain, start) == told[1].lower()


def test_matches_do_not_overlap() -> None:
    index = Index("one two one two one")
    assert [hit.span() for hit in index.led(re.compile(r"one(?: two one)?"), frozenset({"one"}))] == [(0, 11), (16, 19)]


def test_a_word_is_whole_and_digits_are_one_class() -> None:
    index = Index("on the 12th, not 12 upon 7")
    assert index.starts(frozenset({"on"})) == [0]
    assert index.starts(frozenset({"12", "12th"})) == [7, 17]
    assert index.starts(frozenset({DIGIT})) == [7, 17, 25]
    assert index.starts(frozenset({"absent"})) == []


def test_first_words() -> None:
    assert openings(["air strike", "U.S.", "car-bomb"]) == {"air", "u", "car"}


@pytest.mark.parametrize(("start", "end", "found"), [(0, 3, False), (0, 4, True), (3, 9, True), (4, 9, False)])
def test_something_between(start: int, end: int, found: bool) -> None:
    assert any_between([3, 9], start, end) is found
