"""Claims that are silent about the doer, in texts that tell elsewhere who took or was given the blame."""

from __future__ import annotations

import pytest

from extraction import extract

Doers = list[tuple[str, str]]


def doers(text: str, low: int) -> Doers:
    (claim,) = [claim for claim in extract(text).claims if claim.low == low]
    return [(party.actor, party.stance) for party in claim.perpetrators]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A mine killed 14 passengers on the road to Vavuniya. The Sri Lankan army held the Tamil Tigers responsible.",
         [("LTTE", "alleged")]),
        ("A bomb at the gate killed 14 recruits. The ELN later said that one of its cells had carried out the bombing.",
         [("ELN", "admitted")]),
        ("Planes killed 14 people at the plant. The US-led coalition said that it may have struck the area.",
         [("US-led Coalition", "possible")]),
        ("A lorry bomb killed 14 people at the market. Nobody has said who planted it.", []),
    ],
)  # fmt: skip
def test_a_statement_of_responsibility_tells_the_doer_of_silent_claims(text: str, expected: Doers) -> None:
    assert doers(text, 14) == expected


def test_a_party_is_not_held_responsible_for_its_own_dead() -> None:
    text = "A raid near the camp killed 6 Islamic State militants. Islamic State claimed responsibility for the attack."
    assert ("Islamic State", "admitted") not in doers(text, 6)
