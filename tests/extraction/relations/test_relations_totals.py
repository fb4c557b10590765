"""Parts and totals, what is added, what is told again, and figures that later ones replace."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    ("Raiders took over a cafe, hacking 20 people to death and killing two officers.",
     "killed 20; killed 2, whole, flag additional"),
    ("A gunman shot dead four people before killing a woman.", "killed 4; killed 1, whole, flag additional"),
    ("A gunman shot dead four people, killing one at a bar.", "killed 4; killed 1"),
    ("A man killed 49 people at a club. Omar Toral was shot dead by police.", "killed 49; killed 1, whole"),
    ("A bomb killed nine people. Omar Toral was killed by shrapnel.", "killed 9; killed 1, of 0"),
    ("Missiles killed between two and six men. A reporter said Huraydan had died alongside two relatives.",
     "killed 2-6; killed 1, of 0; killed 2, of 0"),
    ("Three named rebels including a commander among four dead in Wana.", "killed 1, of 1; killed 4"),
    # Kin of a family that was counted; the others of those counted; names spelt with or without their article.
    ("Ten members of the Haddad family were killed. Their daughter was killed, and her husband Omar died.",
     "killed 10, whole; killed 1, of 0; killed 1, of 0"),
    ("Ten guards were killed. Their daughter was killed.", "killed 10; killed 1, whole"),
    ("Ten people were killed. The three other people killed were guards.", "killed 10; killed 3, of 0"),
    ("Ten people were killed. Three other people were killed in Sarmin.", "killed 10; killed 3, whole"),
    ("A drone killed Karim al-Qadi. The army said it had killed Karim Qadi.", "killed 1; killed 1, again 0"),
    ("Three of her nephews were killed. Her husband, 40-year-old Karim Haddad, was killed.",
     "killed 3; killed 1, men, whole"),
    # Kin told beside somebody once more.
    ("A shell killed Karim Haddad and his mother Rana. Karim Haddad was killed along with his mother, a clerk said.",
     "killed 1; killed 1, women; killed 1, again 0; killed 1, women"),
    # Parts of a total.
    ("Twenty people, including eight children, were killed in Saada.", "killed 20, whole; killed 8, children, of 0"),
    ("The strike killed 20 people, including eight children.", "killed 20, whole; killed 8, children, of 0"),
    ("Fifteen people were killed, among them a pregnant woman.", "killed 15; killed 1, women, of 0"),
    ("Eleven civilians were wounded, four of them seriously.", "injured 11, civilian; injured 4, of 0"),
    ("Thirty-one people died, of whom nine were foreigners.", "killed 31; killed 9, of 0"),
    ("At least 40 people were killed; half of them were women.", "killed >=40"),
    ("Nine people (five men, three women and a child) were killed.",
     "killed 9; killed 5, men, of 0; killed 3, women, of 0; killed 1, children, of 0"),
    ("Nine people were killed: five men, three women and a child.",
     "killed 9; killed 5, men, of 0; killed 3, women, of 0; killed 1, children, of 0"),
    ("Sixteen people were killed – ten soldiers and six civilians.",
     "killed 16; killed 10, combatant, of 0; killed 6, civilian, of 0"),
    ("Seven people were killed, six of them police officers.", "killed 7; killed 6, combatant, of 0"),
    ("The clashes killed 24 people, 10 of them rebels and 14 of them soldiers.",
     "killed 24; killed 10, combatant, of 0; killed 14, combatant, of 0"),
    ("Thirteen people were killed, three of whom were children.", "killed 13; killed 3, children, of 0"),
    ("Two of the 13 killed were children.", "killed 2, children, of 1; killed 13"),
    # Nested parts.
    ("Fifty people were killed, including 30 civilians, 12 of them children.",
     "killed 50; killed 30, civilian, of 0; killed 12, children, of 1"),
    # Casualties split by harm.
    ("There were 18 casualties: five killed and 13 injured.", "killed_or_injured 18; killed 5, of 0; injured 13, of 0"),
    ("Afghanistan suffered more than 10,000 civilian casualties. The UN counted 3,438 deaths and 7,015 injuries.",
     "killed_or_injured >10000, civilian; killed 3438, of 0; injured 7015, of 0"),
    # A sentence of its own.
    ("Ten people were killed in the raid. Four of them were women.", "killed 10; killed 4, women, of 0"),
    ("Ten people were killed in the raid. Two children were among the dead.", "killed 10; killed 2, children, of 0"),
    ("Ten people were killed in the raid. One of the victims was a midwife.", "killed 10; killed 1, civilian, of 0"),
    ("Ten people were killed in the raid on Sarmin. Karim Haddad was killed in his bakery.",
     "killed 10; killed 1, of 0"),
    ("Ten soldiers were killed in the raid. Karim Haddad, a baker, was killed on his doorstep.",
     "killed 10, combatant; killed 1, civilian, whole"),
    # Added, not contained.
    ("Two soldiers and four others were killed.", "killed 2, combatant, whole; killed 4, whole"),
    ("Six people were killed in the first blast. A further three died in the second.",
     "killed 6, whole; killed 3, whole"),
    ("A guard was killed and two others were wounded.", "killed 1, whole; injured 2, whole"),
    # Told again.
    ("Shelling kills 12 in Horlivka\n\nTwelve people were killed by shelling in Horlivka on Wednesday, the mayor said.",
     "killed 12, fresh; killed 12, again 0"),
    ("Twelve people were killed in Horlivka. Police confirmed that 12 people had died.",
     "killed 12, fresh; killed 12, again 0"),
    # Somebody called by a shorter name, with a title and an age, or spelt otherwise.
    ("The minister deplored the murder of Julio Ramos Leal. Ramos Leal, 61, was shot at home and died.",
     "killed 1; killed 1, again 0"),
    ("The strike killed Green Front leader Rosa Lindt. Thousands marched after the killing of Rosa Lindt.",
     "killed 1; killed 1, again 0"),
    ("Gunmen murdered Justice Rosa Lindt on Monday. Judges resigned after the murder of Rosa Lindt Moral.",
     "killed 1; killed 1, again 0"),
    ("19-year-old Yousef Omar Nasser was killed. Yousef Nasser was killed at a checkpoint.",
     "killed 1; killed 1, again 0"),
    ("Yousef (Yusuf) Nasser was killed at noon. Youseff was killed on his way home.", "killed 1; killed 1, again 0"),
    ("Julio Ramos Leal was killed on Monday. Pedro Ramos Leal was killed by the same men.",
     "killed 1, fresh; killed 1, fresh"),
    # A round-up: each dateline begins anew.
    ("MOSUL - Two people were killed by a mine.\n\nKIRKUK - Two people were killed in a raid.\n\n"
     "HIT - Gunmen killed Karim Haddad, a baker.", "killed 2, fresh; killed 2, fresh; killed 1, whole"),
    # Replaced.
    ("The death toll rose to 15 from 14 after a man died of his wounds.",
     "killed 15; killed 14, flag superseded; killed 1"),
    ("The number of dead has climbed from 59 to 63.", "killed 59, flag superseded; killed 63"),
    ("Officials revised the toll to 22 dead, down from 30.", "killed 22; killed 30, flag superseded"),
    ("Police had earlier said five people were killed, but later put the number at eight.", "killed 5; killed 8"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_parts_and_totals_are_related(text: str, expected: str) -> None:
    assert differences(text, expected) == []
