"""Which of the sentences around a claim may tell who is behind it."""

from __future__ import annotations

import pytest

from extraction import extract


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Boko Haram fighters stormed Gwoza. Nine women were killed.", ["Boko Haram"]),
        ("Boko Haram fighters stormed Gwoza. In a separate incident nine women were killed.", []),
        ("Boko Haram fighters stormed Gwoza. Shops burned. Cars burned. In 2011 a blast killed nine women in Jos.", []),
        ("Gunmen stormed Gwoza. Nine women were killed.", ["gunmen"]),
        ("Gunmen stormed Gwoza. Near Jos, a bomb killed nine women.", []),
        ("Nine women were killed in Gwoza. Boko Haram is suspected.", ["Boko Haram"]),
        # What the accused says after it owns to nothing.
        ("The army blamed the PKK for the unrest. The PKK said two civilians were killed by a mine on Monday.", []),
    ],
)
def test_doers_are_carried_within_one_event(text: str, doers: list[str]) -> None:
    (claim,) = extract(text).claims
    assert [party.actor for party in claim.perpetrators] == doers
