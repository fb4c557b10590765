"""Who the victims are: status, age and sex, role, nationality, as stated, implied or unknown."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    ("Forty-five-year-old Omar Dalton was shot dead.", "killed 1, unknown, all-ages"),
    ("Five people, all of them wounded, arrived.", "injured 5"),
    ("Nine people were killed in Hit, all of whom were civilians.", "killed 9, civilian"),
    ("The raid killed four people in Hit, all children.", "killed 4, civilian, children"),
    ("The raid killed 12 people, all women and children.", "killed 12, civilian"),
    ("The raid killed 12 people, mostly civilians.", "killed 12, unknown"),
    ("Two people were killed and nine injured among striking teachers.", "killed 2, civilian; injured 9, civilian"),
    ("The army reported no casualties among its troops.", "killed_or_injured 0, combatant"),
    ("Jets bombed the camp, killing 14 and wounding six rebels.", "killed 14, combatant; injured 6, combatant"),
    ("A blast went off, killing 14 and wounding a soldier beside a bus.", "killed 14, unknown; injured 1, combatant"),
    ("The military put the rebel death toll at more than 20.", "killed >20, combatant"),
    ("Child deaths rose to 436 in the first half of the year.", "killed 436, civilian, children"),
    ("A bomb killed six people, two of them policemen, and wounded 28 others.",
     "killed 6, unknown; killed 2, combatant, of 0; injured 28, unknown"),
    ("Four cops among eight killed in bomb attacks", "killed 4, combatant, of 1; killed 8, unknown"),
    ("The number of soldiers killed has risen to 19.", "killed 19, combatant"),
    ("Three jawans and a waitress were hurt.", "injured 3, combatant; injured 1, civilian, women"),
    ("Nine members of Ahrar al-Sham were killed in Idlib.", "killed 9, combatant"),
    ("A member of parliament was killed.", "killed 1, unknown|civilian"),
    ("Nine civilians were killed in Idlib.", "killed 9, civilian, all-ages"),
    ("Nine people were killed in Idlib.", "killed 9, unknown, all-ages"),
    ("Nine militants were killed in Idlib.", "killed 9, combatant, all-ages"),
    ("Nine Palestinians were wounded near the fence.", "injured 9, unknown, nation Palestinian|Palestinians"),
    ("Four Iraqi journalists were detained.", "detained 4, civilian, role journalists, nation Iraqi"),
    ("Two prison guards were stabbed to death.", "killed 2, combatant, role prison guards"),
    ("Nine of the miners were killed.", "killed 9, role miners"),
    ("At least five of those killed were policemen.", "killed >=5, combatant, role police"),
    ("Three paramedics were wounded.", "injured 3, civilian, role paramedics"),
    ("Six schoolgirls were hurt.", "injured 6, civilian, children"),
    ("Five elderly residents died in the cellar when it was shelled.", "killed 5, civilian, elderly"),
    ("Ten women were killed at the well.", "killed 10, civilian, women"),
    ("Ten women and children were killed at the well.", "killed 10, civilian, all-ages"),
    ("Eleven female fighters were killed.", "killed 11, combatant, women"),
    ("Fourteen men of military age were shot dead.", "killed 14, men"),
    ("Twenty suspected insurgents were killed in Zamfara.", "killed 20, combatant"),
    ("Eight unarmed protesters were shot dead in Omdurman.", "killed 8, civilian, role unarmed protesters|protesters"),
    ("Two off-duty policemen were killed.", "killed 2, combatant"),
    ("Two UN peacekeepers were killed in Kidal.", "killed 2, combatant"),
    ("Seven Turkish soldiers were killed near Saraqib.", "killed 7, combatant, nation Turkish"),
    ("Four Chinese engineers were wounded in Gwadar.", "injured 4, civilian, nation Chinese"),
    ("Sixty refugees drowned after the patrol boat rammed their dinghy.", "killed 60, civilian"),
    ("A toddler was killed.", "killed 1, civilian, children"),
    ("A 16-year-old was shot dead at the checkpoint.", "killed 1, children"),
    ("Three boys aged 8 to 11 were killed.", "killed 3, children"),
    ("A commander of the Taliban was killed.", "killed 1, combatant"),
    ("Nine Kurdish fighters and two aid workers were killed.", "killed 9, combatant; killed 2, civilian"),
    ("Twelve martyrs arrived at the hospital.", "killed 12, unknown"),
    ("Two grandmothers were killed.", "killed 2, civilian, women|elderly"),
    ("Three village elders were shot dead.", "killed 3, civilian"),
    ("A deputy minister was killed by a magnetic bomb.", "killed 1, civilian"),
    ("Six tribesmen were killed in the dispute.", "killed 6"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_victims_are_described_as_told(text: str, expected: str) -> None:
    assert differences(text, expected) == []
