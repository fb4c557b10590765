"""Deaths told after the wounds that caused them count once, as deaths."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

from extraction import extract
from extraction.tolls.toll import document_tolls


def test_whoever_dies_later_is_no_longer_among_the_hurt() -> None:
    text = "Four bakers were killed and six were injured. One of the injured would later die in hospital."
    tolls = {toll.harm: (toll.low, toll.best, toll.high) for toll in document_tolls(extract(text).claims)}
    assert tolls == {"killed": (5, 5, 5), "injured": (5, 5, 5)}


CASES = [
    ("Four people were shot with non-life-threatening injuries.", "injured 4"),
    ("Three people were shot and are expected to survive.", "injured 3"),
    ("Three people were shot. A fourth is expected to survive.", "killed_or_injured 3"),
    # Who was shot and lived.
    ("Gunmen shot Omar Nasir, a clerk, as he left his office. Nasir was listed in stable condition.", "injured 1"),
    ("Rebels are blamed for attempting to murder Karim Haddad. Two men shot Haddad in a taxi.", "injured 1"),
    ("Gunmen shot a clerk in Kut. A nurse was killed there and two girls survived.",
     "killed_or_injured 1; killed 1"),
    ("A baker was wounded and died later in hospital.", "killed 1, civilian"),
    ("A baker was hurt. He died of his wounds on Friday.", "injured 1, flag superseded; killed 1, civilian"),
    ("A baker was shot at home. He was wounded in the chest.",
     "killed_or_injured 1, flag superseded; injured 1, civilian"),
    ("A baker was shot at home. He was killed at once.", "killed_or_injured 1, flag superseded; killed 1"),
    ("A baker was killed. He was shot on his doorstep.", "killed 1"),
    ("Two bakers were wounded. Karim Haddad later died in hospital.", "injured 2; killed 1"),
]
TOLLS = [
    ("At least 31 people were killed and 147 wounded, a minister said. An official said 50 people died, but later "
     "said that he was wrong.", 31, 147),
    ("Seven people were killed and 12 wounded. One of the wounded later died in hospital.", 8, 11),
    ("One person was killed and the driver was injured. He died of his wounds the next day.", 2, 0),
    ("Two bakers were wounded. Karim Haddad later died in hospital.", 1, 1),
    ("Two people were killed. Officials said two people died later in hospital.", 2, 0),
    ("Four drivers were kidnapped in Tarin. Their bodies were found in a ditch two days later.", 4, 0),
    ("Nine clerks were abducted. The mutilated bodies of the men were found near the river.", 9, 0),
    ("Nine clerks were abducted. The bodies of the men were not found.", 0, 0),
    ("Nine clerks were abducted. Their relatives buried the body of a dog.", 0, 0),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_the_worse_harm_holds(text: str, expected: str) -> None:
    assert differences(text, expected) == []


@pytest.mark.parametrize(("text", "killed", "injured"), TOLLS)
def test_the_one_who_died_later_is_counted_once(text: str, killed: int, injured: int) -> None:
    tolls = {toll.harm: toll.low for toll in document_tolls(extract(text).claims)}
    assert (tolls.get("killed", 0), tolls.get("injured", 0)) == (killed, injured)


def test_parts_of_somebody_counted_before_stand_without_him() -> None:
    text = (
        "The baker Karim Haddad was among those killed. A film shows him before the blast that killed him and his kin "
        "(his wife and three children)."
    )
    claims = extract(text).claims
    assert [(claim.best, claim.part_of) for claim in claims if claim.demographic == "children"] == [(3, None)]


def test_him_beside_others_is_one_more_unless_he_was_just_told_of() -> None:
    others = "Two rebels were killed in a car. A third fled into a shop, where a shell hit, killing him and a cook."
    known = "The mayor was killed. The bomb tore his car apart, killing him and two guards."
    tolls = [{toll.harm: toll.low for toll in document_tolls(extract(text).claims)} for text in (others, known)]
    assert [found["killed"] for found in tolls] == [4, 3]
