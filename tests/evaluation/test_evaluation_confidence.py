"""On the project's own texts confidence means what it says, and right claims stand above wrong ones."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import corpus_loader
import pytest
import scoring

from extraction import confidence, extract

TOLERANCE = 0.1
"""How far the mean confidence may be from the share of right claims on a few hundred claims."""


@pytest.fixture(scope="module")
def judged() -> list[tuple[float, bool]]:
    """(confidence, whether the count is right) of every counted claim of the open texts."""
    found = []
    for text in corpus_loader.load("open"):
        published = text.document["published"]
        claims = extract(text.document["text"], published=date.fromisoformat(published) if published else None).claims
        rows = [asdict(claim) for claim in confidence.score(claims, text.document["text"])]
        rows = [row for row in rows if scoring.counted(row)]
        gold = [row for row in text.gold if scoring.counted(row)]
        right = set(scoring.pair(gold, rows).values())
        found += [(row["confidence"], number in right) for number, row in enumerate(rows)]
    return found


def test_mean_confidence_is_about_the_share_that_is_right(judged: list[tuple[float, bool]]) -> None:
    assert len(judged) > 100
    mean, share = (sum(pair[k] for pair in judged) / len(judged) for k in (0, 1))
    assert mean == pytest.approx(share, abs=TOLERANCE)


def test_right_claims_are_surer_than_wrong_ones(judged: list[tuple[float, bool]]) -> None:
    right = [sure for sure, ok in judged if ok]
    wrong = [sure for sure, ok in judged if not ok]
    assert not wrong or sum(right) / len(right) > sum(wrong) / len(wrong)
