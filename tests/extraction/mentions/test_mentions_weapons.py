"""Words that mean a strike from the air in one text and something else in another."""

from __future__ import annotations

import pytest

from extraction import extract


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("Warplanes circled over the town. The bombs killed 11 people in two houses.", "airstrike"),
        ("A roadside device was found. The bombs killed 11 people in two houses.", "ied"),
        ("Jets came back at noon. The bombardment killed 11 people.", "airstrike"),
        ("Jets came back at noon, and mortars fired. The bombardment killed 11 people.", "shelling"),
    ],
)
def test_bombs_and_bombardment_are_airstrikes_where_only_aircraft_are_told_of(text: str, weapon: str) -> None:
    (claim,) = extract(text).claims
    assert claim.weapon == weapon
