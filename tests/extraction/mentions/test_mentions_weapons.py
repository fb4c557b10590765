"""Words that mean a strike from the air in one text and something else in another."""

from __future__ import annotations

import pytest

from extraction import extract


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("A drone hit a car in Jarabulus with a missile, killing 11 people.", "drone"),
        ("Jets fired missiles at the town, killing 11 people.", "airstrike"),
        ("Drones and missiles killed 11 people in Odesa.", "drone"),
        ("Missiles were fired at Cherkasy, where 11 people died.", "missile"),
        ("Strikes on the town killed 11 people.", "airstrike"),
        ("Strikes on the town with artillery killed 11 people.", "shelling"),
        ("An unexplained explosion killed 11 people.", "other"),
        ("The jets came for a week. In all 11 people were killed in such attacks.", "airstrike"),
    ],
)
def test_what_fired_counts_before_what_was_fired(text: str, weapon: str) -> None:
    (claim,) = extract(text).claims
    assert claim.weapon == weapon


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
