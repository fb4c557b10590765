"""Who is blamed, how surely and with which weapon."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    ("Iraqi police found the bodies of 65 men, while car bombs killed at least 30 people around Iraq.",
     "killed 65, by nobody; killed >=30, by nobody"),
    ("Air strikes by pro-government forces killed 12 bakers in Kunduz in Afghanistan.",
     "killed 12, by Afghan forces: alleged"),
    ("Regime shelling killed 12 bakers in Sagaing in Myanmar.", "killed 12, by Myanmar military: alleged"),
    ("Regime shelling killed 12 bakers in Idlib in Syria.", "killed 12, by Syrian Government: alleged"),
    ("Air strikes during counter-Taliban operations killed 12 bakers in Kapisa.", "killed 12, by nobody"),
    ("Shelling raised the toll in Beirut to 571 dead by police count.", "killed 571, by nobody"),
    ("Bus carrying Sri Lankan soldiers attacked: 12 killed", "killed 12, by nobody"),
    ("Iraqi officials: Car bomb kills four in Kirkuk", "killed 4, says Iraqi officials, by nobody"),
    ("Police: Car bomb kills four in Kirkuk", "killed 4, says police, by nobody"),
    ("A US strike killed three farmers in Azaz.", "killed 3, by United States: alleged, weapon airstrike|None"),
    ("Three farmers were killed by Turkish shelling.", "killed 3, by Turkey: alleged, weapon shelling"),
    ("An Israeli drone strike killed two men in Jenin.", "killed 2, by Israel: alleged, weapon drone"),
    ("Boko Haram gunmen killed 16 loggers.", "killed 16, by Boko Haram: alleged, weapon gunfire|None"),
    ("Sixteen loggers were killed by Boko Haram fighters.", "killed 16, by Boko Haram: alleged"),
    ("Suspected Boko Haram gunmen killed 16 loggers.", "killed 16, by Boko Haram: possible"),
    ("A suspected Israeli air strike killed four fighters near Palmyra.",
     "killed 4, by Israel: possible, weapon airstrike"),
    ("Four people were killed in a strike believed to have been carried out by the US-led coalition.",
     "killed 4, by US-led Coalition: possible"),
    ("A strike that may have been Russian killed six people in Ariha.", "killed 6, by Russia: possible"),
    ("Fourteen people were killed in Azaz by planes, which we believe were Russian, a doctor said.",
     "killed 14, by Russia: possible, weapon airstrike"),
    ("Helicopters, apparently Chadian, fired on a market in Bangui, killing nine people.",
     "killed 9, by Chadian Army: possible"),
    ("Gunmen believed to be Somali killed two nurses in Dadaab.", "killed 2, by gunmen: possible"),
    ("A strike on a convoy thought to be Iranian killed six people.", "killed 6, by nobody"),
    ("The opposition accused Russia of killing 19 people in the market.", "killed 19, by Russia: alleged"),
    ("Kyiv blamed Russian forces for the shelling that killed seven people in Kherson.",
     "killed 7, by Russia: alleged"),
    ("It was not clear whether Russian or Syrian government jets carried out the raid, which killed five.",
     "killed 5, by Russia: possible & Syrian Government: possible"),
    ("Al-Shabaab claimed responsibility for the bombing, which killed 22 people in Mogadishu.",
     "killed 22, by al-Shabaab: admitted"),
    ("Nine people were killed in Taiz, and the Houthis denied firing the mortar.",
     "killed 9, by Houthis: denied|nobody"),
    ("The Saudi-led coalition has been accused of bombing a wedding, killing 20 guests.",
     "killed 20, by Saudi-led Coalition: alleged, weapon airstrike|ied"),
    ("Unknown gunmen killed a judge in Mosul.", "killed 1, by nobody|gunmen: alleged, weapon gunfire|None"),
    ("A landmine left behind by Islamic State killed two deminers in Sinjar.",
     "killed 2, by Islamic State: alleged, weapon ied|other"),
    ("Two people were killed when a car bomb exploded in Azaz.", "killed 2, by nobody, weapon ied"),
    ("Seven people were killed in a mortar attack on the camp.", "killed 7, by nobody, weapon shelling"),
    ("Sarin killed 80 people in the town.", "killed 80, weapon chemical"),
    ("Myanmar's army burnt the village and killed ten men.", "killed 10, by Myanmar military: alleged"),
    ("RSF fighters killed 30 people in El Geneina.", "killed 30, by RSF: alleged"),
    ("Nine people were killed in clashes between the army and the rebels.", "killed 9"),
    ("Israeli police shot dead a man in Jaffa.", "killed 1, by Israel: alleged|Israel Police: alleged, weapon gunfire"),
    ("The ADF is accused of the massacre, in which 14 villagers were hacked to death.",
     "killed 14, by ADF: alleged|Allied Democratic Forces: alleged"),
    ("Turkish soldiers were killed: four of them died near Afrin.", "killed 4"),
    ("A missile fired from Gaza wounded two people in Ashkelon.", "injured 2, weapon missile|shelling"),
    ("Two people were killed in a missile strike on Odesa.", "killed 2, weapon missile"),
    ("Two villagers were stabbed to death.", "killed 2, weapon other"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_the_accused_and_the_weapon(text: str, expected: str) -> None:
    assert differences(text, expected) == []
