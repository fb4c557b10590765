"""Confidence: what moves it, what it leaves alone, and whether it means what it says on the project's own texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import confidence, extract, tables
from schemas.records import Claim

TEXT = (
    "Police said 14 people were killed in Tikrit on Monday. A gardener was also killed.\n\n"
    "Later the mayor spoke of 14 killed."
)


def claim(quote: str, **changes: object) -> Claim:
    start = TEXT.index(quote)
    made = Claim(0, quote, start, start + len(quote), "exact", "killed", "unknown", "incident", "police")
    return replace(made, **changes)  # type: ignore[arg-type]


FIRST = claim("14 people were killed", value_text="14", best=14, rules=("passive", "word:killed", "voice:say"))
SECOND = claim("A gardener was also killed", value_text="A gardener", best=1, rules=("passive", "word:killed"))
THIRD = claim("14 killed", value_text="14", best=14, rules=("own",))


def test_features_say_what_was_seen() -> None:
    first, second, third = confidence.features_of([FIRST, SECOND, THIRD], TEXT)
    assert {"rule:passive", "number:digits", "voice", "no place", "no date"} <= set(first)
    assert "number:singular" in second
    assert "voice" not in second
    assert "again" in third
    assert "again" not in first


def test_a_restatement_is_no_repetition() -> None:
    features = confidence.features_of([FIRST, replace(THIRD, restates=0)], TEXT)[1]
    assert "restates" in features
    assert "again" not in features


def test_many_claims_in_one_long_sentence_are_told() -> None:
    words = "two men were killed, " * 15
    found = [Claim(n, "two men", n * 21, n * 21 + 7, "exact", "killed", "unknown", "incident", "x") for n in range(5)]
    assert all({"crowded", "long sentence"} <= set(names) for names in confidence.features_of(found, words))


def test_score_fills_confidence_and_nothing_else() -> None:
    scored = confidence.score([FIRST, SECOND], TEXT)
    assert [replace(item, confidence=1.0) for item in scored] == [FIRST, SECOND]
    assert scored == confidence.score(scored, TEXT)
    assert scored[0].confidence > scored[1].confidence


def test_no_claims_is_fine() -> None:
    assert confidence.score([], "") == ()


@given(st.lists(st.text(max_size=12) | st.sampled_from(sorted(confidence.weights()))))
def test_any_features_give_a_chance(features: list[str]) -> None:
    for chance in (confidence.confidence(features), confidence.full_confidence(features)):
        assert confidence.LOWEST <= chance <= confidence.HIGHEST


def test_unknown_features_weigh_nothing() -> None:
    assert confidence.confidence(["never heard of"]) == confidence.confidence([])


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("always,1,0\nfar,x,0", "'far' are no numbers"),
        ("always,1,0\nfar,1,0\nfar,1,0", "'far' is repeated"),
        ("always,inf,0", "no finite weight"),
        ("far,1,0", "'always' is missing"),
    ],
)
def test_a_faulty_table_is_refused(rows: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "confidence.csv").write_text(f"feature,count,full\n{rows}\n", encoding="utf-8")
    monkeypatch.setattr(tables, "DATA", tmp_path)
    with pytest.raises(ValueError, match=why):
        confidence.weights.__wrapped__()


def test_every_weight_belongs_to_a_feature_that_can_occur() -> None:
    fixed = {"always", "large", "voice", "scope:stated", "scope:guessed", "part", "restates", "background", "pronoun",
             "no place", "no date", "far", "long sentence", "crowded", "again"}  # fmt: skip
    families = ("rule:", "number:", "harm:", "class:", "segment:")
    assert not [name for name in confidence.weights() if name not in fixed and not name.startswith(families)]


def test_real_claims_are_scored_within_the_bounds() -> None:
    text = "At least 14 people, including three children, were killed in Hajin on Tuesday, a monitor said."
    found = extract(text, published=date(2018, 11, 8)).claims
    assert len(found) == 2
    assert all(0.5 < item.confidence <= 1 for item in confidence.score(found, text))
