"""Groups of people: lists, family, 'both', 'the rest', appositions, titles and names, all told once."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    ("Attacks include two bombings and two mass shootings.", ""),
    ("Two shooting victims died.", "killed 2"),
    ("Police said 14 out of 45 passengers on the bus died.", "killed 14"),
    ("Twelve out of the 30 hostages were killed.", "killed 12"),
    ("Two out of three people were injured.", ""),
    ("Omar Haddad, a minister 1948-52, died.", "killed 1"),
    ("The pair, linked to a local gang, were killed.", "killed 2"),
    ("The clerk killed his parents and two pupils.", "killed 2; killed 2"),
    ("Four soldiers and a police were killed.", "killed 4; killed 1"),
    ("At lest three people were killed.", "killed >=3"),
    # A name behind the one person.
    ("A woman named Lina Haddad and her son were killed.", "killed 1, women, value A woman; killed 1"),
    ("A man identified as Karim Haddad was killed in Sarmin.", "killed 1, men"),
    ("A cook known as Abu Omar was killed.", "killed 1, role cook"),
    # A name, an age, a title, an acronym in the middle.
    ("An 8-year-old and a 10-year-old were killed at the school.", "killed 1, children; killed 1, children"),
    ("Two children aged eight and 10 have been killed.", "killed 2, children"),
    ("Gunmen murdered three members of the Volunteers, a local militia with 6,000 men.", "killed 3"),
    ("A blast killed 30-year-old Kyaw Lin and hurt nobody else.", "killed 1; injured 0|killed_or_injured 0"),
    ("Officers Omar Galdin and Carlos Toral were killed by the rebels.", "killed 2, combatant"),
    ("Two monks, Pra Wichan and Suda Jepak, were killed in Yala.", "killed 2, civilian"),
    ("Six Rapid Action Police Force (RAPF) personnel were injured.", "injured 6, combatant"),
    ("A woman named Ishrat Lone (25) was injured by a stray bullet.", "injured 1, women"),
    ("Troops recovered one dead body of a rebel.", "killed 1, combatant"),
    ("The war has displaced millions, both internally and across borders.", "displaced v1000000"),
    ("A family of six was killed in the raid on Taiz.", "killed 6, civilian"),
    # Lists under one word of harm.
    ("A farmer, his wife and two sons were killed in Marea.", "killed 1; killed 1, women; killed 2"),
    ("The strike killed a couple and their three daughters.", "killed 2; killed 3"),
    ("Two teachers, four pupils and a cook were wounded.", "injured 2, civilian; injured 4, civilian; injured 1"),
    ("Killed were an imam, two traders and a boy of six.", "killed 1, civilian; killed 2; killed 1, children"),
    ("Five policemen and as many civilians were killed.", "killed 5, combatant; killed 5, civilian"),
    ("A mother and her baby died; the father was wounded.", "killed 1, women; killed 1, children; injured 1"),
    ("The ambush killed a colonel and his bodyguard.", "killed 1, combatant; killed 1, combatant"),
    ("A mayor, along with his driver, was killed in Arauca.", "killed 1, civilian; killed 1"),
    # One person told twice in a row is one.
    ("A man, a father of six, was killed in Nablus.", "killed 1, men"),
    ("Idris Barre, a reporter for a local radio station, was shot dead.", "killed 1, civilian"),
    ("A local councillor, Samuel Okoro, was killed.", "killed 1, civilian"),
    ("One civilian, a young woman, was wounded.", "injured 1, women, civilian"),
    ("The blast killed Colonel Hamid Raza of the frontier guards.", "killed 1, combatant"),
    ("Judge Amina Farouk was murdered outside her home.", "killed 1, civilian"),
    # Pronouns and remainders.
    ("Two brothers were stopped at the checkpoint; both were killed.", "killed 2"),
    ("The patrol of six was ambushed and all but one were killed.", "killed 5"),
    ("Three climbers were shot at; one died and the other two were wounded.", "killed 1; injured 2"),
    ("Two nurses were wounded. A third was killed.", "injured 2, civilian; killed 1"),
    ("Four men were dragged away and shot.", "killed_or_injured 4"),
    ("Seven fighters attacked the post; five were killed and the rest fled.", "killed 5"),
    # Numbers far from their nouns.
    ("The number of wounded has reached 57.", "injured 57"),
    ("The wounded number 57.", "injured 57"),
    ("Dead: 8. Wounded: 21.", "killed 8; injured 21"),
    ("8 dead, 21 wounded in market blast", "killed 8; injured 21"),
    ("Killed in the attack were, according to a nurse, seven women.", "killed 7, women"),
    ("Four Red Crescent volunteers were killed.", "killed 4, civilian"),
    ("Two Frelimo party members were killed.", "killed 2"),
    ("Gunmen killed the governor of Lanao and six of his guards.", "killed 1; killed 6, combatant"),
    ("Rebels killed two Belgian women, their driver and a Yemeni man.",
     "killed 2, whole; killed 1, whole; killed 1, whole"),
    ("A Sudanese trader and a South African were hurt.", "injured 1; injured 1, nation South African"),
    ("A former general, Karim Haddad, was among the dead.", "killed 1"),
    ("The blast hurt two guards, causing minor damage to a wall.", "injured 2, combatant"),
    ("Two female Water Board employees were killed.", "killed 2, women, civilian"),
    ("Four Border Guard Force (BGF) officers were killed.", "killed 4, combatant"),
    ("A Village Protection Committee (VPC) member was wounded.", "injured 1"),
    ("Two Toilers' Party members were killed.", "killed 2"),
    ("The head of the local school board was murdered.", "killed 1"),
    ("A village head was shot dead; a boy was hit in the head.", "killed 1"),
    ("Three climbers died.Note: nobody else was hurt.", "killed 3; killed_or_injured 0"),
    ("Nine members of one family were killed in Khan Sheikhoun.", "killed 9"),
    ("At least three people, all of them students, were wounded.", "injured >=3, civilian"),
    ("A team of five deminers was wounded.", "injured 5"),
    ("A group of eleven pilgrims was abducted near Latakia.", "detained 11"),
    ("A family of seven was killed when their house was hit.", "killed 7"),
    ("Twins aged four were killed with their grandmother.", "killed 2, children; killed 1, women"),
    ("Twelve bodies, five of them charred, were brought to the morgue after the strike.",
     "killed 12|bodies_found 12; killed 5|bodies_found 5, of 0"),
    ("The dead included four guards and a son of the imam of the mosque.", "killed 4, combatant; killed 1"),
    ("A raid killed the wife of the mayor and two guards.", "killed 1, women; killed 2, combatant"),
    ("The dead include the mother of two soldiers.", "killed 1, women"),
    ("The wife of the murdered scientist wept.", "killed 1"),
    ("Suicide attack targets police commander, six dead", "killed 6"),
    ("Bomb attack targets mayor, 3 dead", "killed 3"),
    ("A couple and their daughter died.", "killed 2, civilian; killed 1, civilian"),
    ("14-year-old boy shot dead in Sarmin", "killed 1, children"),
    ("Three year old girl killed along with five militants.", "killed 1, children; killed 5, combatant"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_groups_are_told_apart(text: str, expected: str) -> None:
    assert differences(text, expected) == []
