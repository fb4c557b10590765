"""Learning weights: they come back from cases made with known ones, and judging follows the gold."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bench import calibrate
from bench.calibrate import Case
from extraction.confidence import ALWAYS

TEXT = "Gunmen killed 14 farmers near Hit on Monday. Police said three others were wounded."


def cases(number: int) -> list[Case]:
    """Claims that are right in 9 of 10 cases, but in 4 of 10 when they are ``far``."""
    draw = random.Random(3)
    found = []
    for index in range(number):
        far = index % 3 == 0
        right = draw.random() < (0.4 if far else 0.9)
        found.append(Case(f"d{index // 4}", ("far",) if far else ("voice",), right, right))
    return found


def test_learnt_weights_give_the_shares_back() -> None:
    weights = calibrate.learn(cases(3000), "count")
    assert calibrate.chance(weights, ["far"]) == pytest.approx(0.4, abs=0.05)
    assert calibrate.chance(weights, ["voice"]) == pytest.approx(0.9, abs=0.03)


def test_rare_features_get_no_weight() -> None:
    few = [*cases(200), *(Case("x", ("odd",), False, False) for _ in range(calibrate.RAREST - 1))]
    assert "odd" not in calibrate.learn(few, "count")


def test_learning_is_the_same_twice_and_bears_claims_that_are_all_right() -> None:
    some = cases(300)
    assert calibrate.learn(some, "full") == calibrate.learn(some, "full")
    always = [Case("d", ("far",), True, True)] * 20
    assert calibrate.learn(always, "count")[ALWAYS] > 1


def test_every_case_is_judged_once_by_weights_that_never_saw_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    some = cases(120)
    seen: list[set[str]] = []
    learn = calibrate.learn

    def spying(known: list[Case], target: str) -> dict[str, float]:
        seen.append({case.document for case in known})
        return learn(known, target)

    monkeypatch.setattr(calibrate, "learn", spying)
    assert len(calibrate.out_of_sample(some, "count")) == len(some)
    documents = {case.document for case in some}
    assert sorted(document for known in seen for document in documents - known) == sorted(documents)


def gold(quote: str, number: int, harm: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {
        "document_name": "d", "quote": quote, "quote_start": start, "quote_end": start + len(quote), "low": number,
        "best": number, "high": number, "qualifier": "exact", "harm": harm, "victim_class": "civilian",
        "demographic": None, "scope": "incident", "part_of": None, "tier": "core",
    } | more  # fmt: skip


def test_claims_are_judged_by_the_gold_and_secondary_ones_left_out() -> None:
    document = {"document_name": "d", "text": TEXT, "published": "2019-03-04"}
    killed = gold("killed 14 farmers", 14, "killed", victim_class="combatant")
    wounded = gold("three others were wounded", 3, "injured", tier="secondary")
    judged = list(calibrate.judged(document, [killed, wounded]))
    assert [(case.count, case.full) for case in judged] == [(True, False)]
    assert [case.count for case in calibrate.judged(document, [])] == [False, False]


def test_the_interval_holds_the_share() -> None:
    for right, number in [(0, 5), (5, 5), (30, 40)]:
        low, high = calibrate._interval(right / number, number)
        assert 0 <= low <= right / number <= high <= 1
