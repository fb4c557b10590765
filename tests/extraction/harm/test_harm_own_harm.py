"""Nouns and adjectives of harm that no verb governs, and what only looks like one: no claim without somebody harmed."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    ("He said none of the injuries were serious.", ""),
    ("The driver was suffering from multiple trauma injuries.", ""),
    ("His body bore several injuries.", ""),
    ("Several injuries were reported.", "injured v3"),
    # A denial ends where the sentence turns; what another says is no denial.
    ("Figures were not reported but residents told of deaths.", ""),
    ("No other agency reported deaths.", ""),
    ("There was one civilian death and two bakers injured.", "killed 1, civilian; injured 2"),
    ("The clashes caused 70 deaths and 12 injuries.", "killed 70; injured 12"),
    ("The group recorded 2,353 deaths and injuries from explosive weapons.", "killed_or_injured 2353"),
    ("There were no injuries, casualties or damage.", "killed_or_injured 0"),
    ("The explosion did not cause any casualties.", "killed_or_injured 0"),
    ("Two wounded men lay at the gate after the blast.", "injured 2, men"),
    ("A charred body was found in the wreck.", "killed 1|bodies_found 1"),
    ("The bombing claimed 65 lives.", "killed 65"),
    ("Lower limits would save 65 lives a year.", ""),
    ("The bank lost 40 branches but saved the lives of nine clerks.", ""),
    ("An independent body, which includes two judges and a barrister, will rule on the killing.", ""),
    ("At least 111 of the appointed bodies have been set up.", ""),
    ("We do not know the full extent of the injuries.", ""),
    ("Internment without trial creates martyrs.", ""),
    ("The keeper suffered another injury in the warm-up.", ""),
    ("Karim takes over from his injured colleague.", ""),
    ("Seventy search warrants were executed at dawn.", ""),
    ("The film Kill Bill is shown after the arrested drama Dead Man.", ""),
    ("Karim takes over from injured Omar Toral and the wounded Ali Haddad.", ""),
    ("Closing the plant means a loss of local jobs; principal scenes were shot in Rome.", ""),
    ("The student, 24, was shot on his way home.", "killed_or_injured 1"),
    ("They lost 2-0, missing out on the final, after killing the ball.", ""),
    ("The plan could both hurt traders and please farmers.", ""),
    ("Haddad died of cancer at 81, and Toral died in his sleep.", ""),
    ("Warren Leblond, 17 - who was jailed for life - killed a pupil.", "detained 1; killed 1, civilian"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_only_harm_done_to_somebody_counts(text: str, expected: str) -> None:
    assert differences(text, expected) == []
