"""Promises that hold for any text: no crash, exact quotes, ordered bounds, parts below wholes, the same twice."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from promises import any_texts, articles, broken, changed_by_what_follows, days, plain_texts, reports, word_salads

from extraction import extract

# Fixed seeds: a build that fails for one fails for all; the search for new texts is `tests/fuzz/long_fuzz.py`.
quick = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(plain_texts)
@example("\ud83d\ude00 12 killed")
@example("\x00\x1f12 people were killed\x85\u2028")
def test_any_unicode_text_is_read(text: str) -> None:
    assert broken(text) == []


@quick
@given(word_salads, days)
def test_any_order_of_words_is_read(text: str, published: date | None) -> None:
    assert broken(text, published) == []


@quick
@given(reports, days)
def test_any_chain_of_clauses_of_harm_is_read(text: str, published: date | None) -> None:
    assert broken(text, published) == []


@quick
@given(any_texts, days)
def test_mixtures_are_read(text: str, published: date | None) -> None:
    assert broken(text, published) == []


@quick
@given(st.one_of(articles, reports))
def test_an_unrelated_paragraph_after_the_text_changes_nothing(text: str) -> None:
    assert changed_by_what_follows(text) == []


def test_the_sentences_of_the_strategies_do_hold_claims() -> None:
    assert len(extract("At least 12 people, including three children, were killed in Idlib.").claims) == 2
