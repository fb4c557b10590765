"""Who can have harmed the dead of a claim, by what its words tell of whose people they are."""

from __future__ import annotations

import pytest

from extraction import extract


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Israeli artillery hit a school. On the Lebanese side there were 14 casualties.", ["Israel"]),
        ("Israeli artillery hit a school. On the Israeli side there were 14 casualties.", []),
        ("Turkish jets bombed a camp. The army said none of its soldiers were hurt.", []),
        ("Rebels attacked a post. The blast killed 14 ADF fighters.", []),
        ("Rebels attacked a post. The blast killed 14 farmers.", ["rebels"]),
    ],
)
def test_nobody_harms_its_own(text: str, doers: list[str]) -> None:
    claim = extract(text).claims[-1]
    assert [party.actor for party in claim.perpetrators] == doers
