"""One person told twice is one, and a list of names with what they are is as many."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    # Kin are several, however few articles they have.
    ("The raid killed the father, mother and sister of the baker.", "killed 1, men; killed 1, women; killed 1, women"),
    ("The wife and daughter of a baker were injured.", "injured 1, women; injured 1"),
    ("Gunmen shot and killed a police officer and part-time lecturer at the academy.", "killed 1"),
    ("Police said a gunman killed a father and son.", "killed 1; killed 1"),
    ("Three of the hijackers, two men and a woman, were killed.", "killed 3; killed 2; killed 1"),
    ("The group admitted killing professors Karim Haddad, Omar Nasser and Ali Saleh.", "killed 3, civilian"),
    ("Two members of the Haddad family, 25-year-old Ali Haddad and 22-year-old Omar Haddad, were killed.", "killed 2"),
    # A title and a name, in either order.
    ("The headmaster of the Sarmin school, Karim Haddad, was shot dead.", "killed 1, civilian"),
    ("The police chief of Ain Baida, Col. Idris Barre, was killed.", "killed 1, combatant"),
    ("A pilot trained under Yusuf Kamal, Lt. Omar Nasser, was killed.", "killed 1"),
    ("Gunmen killed the mayor of Sarmin, Karim Haddad, and two guards.", "killed 1, civilian; killed 2"),
    ("The mayor of Sarmin, Karim Haddad, and his son, Omar Haddad, were killed.", "killed 1, civilian; killed 1"),
    ("A teacher, Karim Haddad, and a nurse were killed.", "killed 1, civilian; killed 1, civilian"),
    # A second noun without an article, under a verb of one person or with "of".
    ("Karim Haddad, a trader and shopkeeper, was shot dead.", "killed 1, civilian"),
    ("Rebels killed a landowner and brother of the governor.", "killed 1, civilian"),
    ("Rebels killed a man and woman.", "killed 1; killed 1"),
    # Two offices of one name.
    ("Gunmen shot and killed Karim Haddad, the imam at a mosque in Sarmin and a member of the council.", "killed 1"),
    ("Gunmen killed Karim Haddad, the imam at a mosque in Sarmin, along with his brother and cousin.",
     "killed 1; killed 1; killed 1"),
    ("A shell killed a painter and teacher Rana Toral.", "killed 1"),
    # Names first, then what they all are.
    ("Karim Haddad and Omar Nasser, teachers in Sarmin, were shot dead.", "killed 2, civilian"),
    ("The murder of the monks Karim Haddad, Omar Nasser and Ali Saleh, along with Mrs Rana Toral and her daughter "
     "Dina, was planned for months.", "killed 4, civilian; killed 1"),
    ("Students deplored the murder of monks Karim Haddad and Omar Nasser, abbot and prior, who were killed at night.",
     "killed 2, civilian"),
    # Several nouns before one name, under a verb of one person.
    ("The potter, singer, painter, teacher and activist Rana Toral, aged 35, was killed.", "killed 1, civilian"),
    ("A well-known poet, teacher, and community activist, 36-year-old Karim Haddad, was killed.", "killed 1, civilian"),
    ("He mourned the death of his friend and colleague.", "killed 1"),
    ("A shell killed his friend and neighbour Omar.", "killed 1"),
    ("A shell killed her husband and son.", "killed 1; killed 1"),
    ("A shell killed two girls, both pupils, and a nurse.", "killed 2, children; killed 1, civilian"),
    ("Two men, both farmers, were killed.", "killed 2, men"),
    # Kin with their names and ages in a list.
    ("The editor Rana Toral (33 years old), along with her husband Omar, their two sons Karim (7 years old) and Ali "
     "(five years old), and their daughter Dina (2 years old) were killed.",
     "killed 1; killed 1, men; killed 2; killed 1"),
    # Ages behind the names of kin.
    ("Their son Karim Haddad, 25, and his wife, Rana Haddad, 21 were also killed.", "killed 1; killed 1, women"),
    ("Karim Haddad, 42, was killed together with his brother Omar Haddad, 28.", "killed 1; killed 1, men"),
    ("An elderly man, Hajji Karim Haddad (Abu Omar) (78) was injured.", "injured 1, men"),
    ("In Khan Yunis, 21 were killed.", "killed 21"),
    # The speaker behind those who died alongside.
    ("Omar Haddad was killed along with his mother, a clerk said.", "killed 1; killed 1, women"),
    # Who somebody beside one counted already is.
    ("The mayor of Sarmin, Karim Haddad, was shot dead. Haddad was killed along with a guest.",
     "killed 1; killed 1, again 0; killed 1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_one_person_is_one(text: str, expected: str) -> None:
    assert differences(text, expected) == []
