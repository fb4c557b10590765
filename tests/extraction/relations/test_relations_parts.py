"""Parts of a total: where a list of them opens and ends, whom "among the dead" and "of the 12 killed" point back to."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    ("The U.N. says 10,000 people have died in the war, and most Yemenis - 22 million civilians - need aid.",
     "killed 10000"),
    ("Ten rebels died. Troops set out after militants, including two bombers, attacked a post.", "killed 10"),
    ("A strike killed four militants. Strikes have killed some of its top leaders, including its chief, in June.",
     "killed 4; killed 1, whole"),
    ("Bombers killed 43 people. The news that one of the attackers was a Russian came late.", "killed 43"),
    ("Two clerks were killed. Two of those suspensions were listed as discipline.", "killed 2"),
    ("Raiders killed 20 people at an inn, and police had tried to arrest five of them.", "killed 20"),
    ("He was sacked after a series of attacks, including one at a shrine that killed 37 people.", "killed 37"),
    ("At least 20 people were killed. Six gunmen died. Nine Poles, seven Czechs and an Indian were among the dead.",
     "killed >=20; killed 6; killed 9, of 0, unknown; killed 7, of 0; killed 1, of 0"),
    ("The mayor said 41 people were killed. He told of a raid on a beach, which killed 38 tourists. Two women were "
     "among the dead.", "killed 41; killed 38; killed 2, of 0"),
    ("He said at least three doctors, including one of the last surgeons in town, were among the dead.",
     "killed >=3, civilian; killed 1, of 0"),
    ("Four others were wounded, and many of them are involved in crime.", "injured 4"),
    ("Three officers died. An attack on one of us is an attack on all of us.", "killed 3"),
    ("Bombs kill nearly 150 in coastal towns: monitor – Reuters", "killed ^150"),
    ("Troops killed 17 rebels. Eight of the rebels were killed in Hit, five in Rutba and four in Ana.",
     "killed 17; killed 8, of 0; killed 5, of 0; killed 4, of 0"),
    ("At least 30 people were killed. Among the dead were five members of the party who drowned.",
     "killed >=30; killed 5, of 0"),
    ("A shell hit a farm. Among the casualties were Karim Haddad, his wife Rana, and their three children.",
     "killed_or_injured 1; killed_or_injured 1; killed_or_injured 3"),
    ("The dead were Omar Haddad, Ali Toral and Karim Nasser.", "killed 1; killed 1; killed 1"),
    ("Two people died. The fatalities were a nurse and Karim Haddad, a clerk.", "killed 2; killed 1; killed 1"),
    ("Two boys aged 4 and 6 were among the dead.", "killed 2, children"),
    ("Divers saved seven sailors, including a cook, while nine men were injured.", "injured 9"),
    # Where the list of parts ends.
    ("Raiders killed four herders including two boys, a resident said.", "killed 4; killed 2, children, of 0"),
    ("Some 30 people have been killed in Soum, including 17 on Sunday, according to the commissioner, Idriss Sawadogo.",
     "killed ~30; killed 17, of 0"),
    ("The bombing, which wounded 90, including a nun, was the work of a young couple, the mayor said.",
     "injured 90; injured 1, of 0"),
    ("Assailants killed 16 people including two traders, while 900 people have fled to Dori.",
     "killed 16; killed 2, of 0; displaced 900, whole"),
    ("Gunmen killed 12 farmers in Barsa. Three recruits (of the VDP, civilian army auxiliaries) were killed too.",
     "killed 12, civilian; killed 3, combatant"),
    ("Troops killed two gunmen, including one identified as a captain of the 6th Front.", "killed 2; killed 1, of 0"),
    ("Raids killed 92 civilians in June, including 19 children, 16 women and six victims who died under torture.",
     "killed 92; killed 19, children, of 0; killed 16, women, of 0; killed 6, of 0"),
    ("Seven guards were killed, including an officer, in clashes with the Sabri militia.",
     "killed 7, combatant; killed 1, combatant, of 0"),
    ("The raids displaced 900 people. Other incidents comprised robberies (81) and abductions (27).", "displaced 900"),
    ("The total of those injured and dead may reach the hundreds.", ""),
    ("A bomb killed one civilian and wounded four, including two policemen.",
     "killed 1, civilian; injured 4, unknown; injured 2, combatant, of 1"),
    ("A judge was shot dead in May. The arrest warrant also included a former mayor.", "killed 1"),
    ("The raid killed 40 people including 3 children, 19 women, and 8 guards.",
     "killed 40; killed 3, children, of 0; killed 19, women, of 0; killed 8, of 0"),
    ("The raid killed five people, including a boy, and two guards.", "killed 5; killed 1, children, of 0; killed 2"),
    ("Nine people, including the four raiders, were killed.", "killed 9; killed 4, of 0, flag attacker"),
    ("Nine rebels, including a captain from Galdin, were killed.", "killed 9; killed 1, of 0"),
    ("The dead included the owner, who was also a poet; a former judge; and two cooks, a nurse said.",
     "killed 1; killed 1; killed 2"),
    ("Nine people died, including two boys; the mayor wept.", "killed 9; killed 2, children, of 0"),
    ("Raiders attacked voters, including the home of a candidate, killing six.", "killed 6"),
    ("Raiders killed seven people. The gunmen, five of whom were also killed, fled.", "killed 7; killed 5, combatant"),
    ("Ten people, three of whom were nurses, were killed.", "killed 10; killed 3, of 0"),
    ("Four gunmen, including a woman, were killed.", "killed 4, combatant; killed 1, women, combatant, of 0"),
    ("20 rebels belonging to the Sabri and Toral fronts, including three captains, were killed.",
     "killed 20; killed 3, of 0"),
    # Among the dead.
    ("Fifty mourners were killed. Among those killed was Major General Qadir Hilal, head of the city council.",
     "killed 50; killed 1, of 0"),
    ("Three officers were among the 11 people killed and four were among the 43 wounded.",
     "killed 3, combatant, of 1; killed 11; injured 4, of 3; injured 43"),
    ("Nine villagers were shot dead on Sunday. An imam and two girls were among the villagers killed.",
     "killed 9; killed 1, civilian, of 0; killed 2, children, of 0"),
    ("Six men were wounded in the fighting. Commander Sarhan Bilal was among those wounded.",
     "injured 6; injured 1, of 0"),
    ("Among the dead were between 24 and 31 villagers, including at least 12 children, and seven women (including a "
     "nurse).", "killed 24-31, whole; killed >=12, children, of 0; killed 7, women, of 0; killed 1, of 0"),
    ("At least 20 people were killed, 19 of them women and children, and seven others were hurt.",
     "killed >=20, whole; killed 19, of 0; injured 7"),
    ("At least 25 farmers belonging to three different families, including a nurse, were killed and many were hurt.",
     "killed >=25, whole; killed 1, of 0"),
    # Those who mourn are none of the dead.
    ("Posts by relatives, including a cousin and an uncle, mourned the death of Karim Haddad.", "killed 1, whole"),
    # Taken from a total that opens the clause.
    ("Of the 6,884 fatalities, 2,719 were men and 1,832 were women.",
     "killed 6884; killed 2719, men, of 0; killed 1832, women, of 0"),
    ("Shelling killed 439 people. Of those killed, 224 were men, 168 women and 47 children.",
     "killed 439; killed 224, men, of 0; killed 168, women, of 0; killed 47, children, of 0"),
    ("Of the 4,120 adults known to have died, 1,666 have been identified as men and 1,120 as women.",
     "killed 4120; killed 1666, men, of 0; killed 1120, women, of 0"),
    ("At least 18 soldiers were killed. Four of the soldiers were beheaded.", "killed >=18; killed 4, combatant, of 0"),
    ("Troops killed 18 rebels, arresting three of their commanders.", "killed 18; detained 3, whole"),
    ("Four people were hurt, including two girls, one of whom is an infant.",
     "injured 4; injured 2, of 0; injured 1"),
    ("Casualties from March 3, after the start of the war, to July 16 amounted to 5,671 people (as of June 5,170), "
     "including 1,287 killed (1,177).",
     "killed_or_injured 5671; killed_or_injured 5170, whole, flag superseded; killed 1287, of 0; "
     "killed 1177, whole, flag superseded"),
    ("Among the 384 wounded, there are 46 boys and 52 girls.", "injured 384; injured 46, of 0; injured 52, of 0"),
    ("Among the 384 wounded were 46 boys.", "injured 384; injured 46, of 0"),
    ("A bomb killed four people. The dead were three women and a boy.",
     "killed 4; killed 3, women, of 0; killed 1, of 0"),
    ("The wounded were two soldiers and a nurse.", "injured 2, combatant; injured 1, civilian"),
    ("A bomb killed four people. The dead were buried on Monday by two men.", "killed 4"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_parts_belong_to_their_total(text: str, expected: str) -> None:
    assert differences(text, expected) == []
