"""Where and when: the place and day of the claim, not of the paragraph."""

from __future__ import annotations

from datetime import date

import pytest
from careful_reader import cases, differences

from extraction import extract

CASES = [
    ("Gunmen killed 15 people in Sarmin, residents told Rassd News Network (RNN) on Wednesday.", "killed 15, undated"),
    ("Srinagar: Three civilians were killed in security forces' action against protesters near the site of a fight in "
     "Budgam district during an operation, which had begun early on the day.", "killed 3, at Budgam|Budgam district"),
    ("Srinagar: Three killed", "killed 3, at Srinagar"),
    ("Twelve people were killed in air attacks. Last week, missiles hit the city.", "killed 12, undated"),
    ("Strikes in Gaza on Wednesday killed 31 people, most of them in Beit Lahiya.", "killed 31, at Gaza"),
    ("A strike killed two men in Gaza on Sunday. One man died there. Hours later, planes hit a house in the city of "
     "Khan Yunis, killing one.", "killed 2, at Gaza; killed 1, at Gaza; killed 1, at Khan Yunis|city of Khan Yunis"),
    ("In Beit Hanoun, where troops have been operating since October, officials said raids killed five people.",
     "killed 5, incident, undated, at Beit Hanoun"),
    ("Gunmen Attack Nigerian Village, Killing 19 People", "killed 19, nowhere"),
    ("A total of 18 people were killed in an attack on Kaboro community in Zamfara State.",
     "killed 18, at Kaboro community|Kaboro community in Zamfara State"),
    ("Five people were killed in an attack on the Hazara community in Quetta.", "killed 5, at Quetta"),
    ("Three men were killed on Friday in Marib province, east of the capital Sanaa.", "killed 3, at Marib province"),
    ("Afghan officials said five people were killed when US bombs landed in Weradesh. The US military was told in "
     "Kabul.", "killed 5, at Weradesh, country AFG"),
    ("Shells fell on Gaza. Nine people were killed on Salah al-Din Road.", "killed 9, country PSE"),
    # Years and days that an attack is told by, and those of the attacks that it answered or is measured by.
    ("A 2004 attack on the consulate killed five clerks.", "killed 5, on 2004-01-01/2004-12-31"),
    ("A group behind a 2013 assault on a mall in which 67 people died was banned.",
     "killed 67, on 2013-01-01/2013-12-31"),
    ("A wave of marches since the 2014 killing of a teenager has not ended.", "killed 1, on 2014-01-01/2014-12-31"),
    ("More than 4,000 soldiers have been killed since the 2003 invasion.", "killed >4000, cumulative"),
    ("A cleric who had left during the 2004 siege was shot dead.", "killed 1, undated"),
    ("The attack killed 20. In a 2012 shooting, a soldier killed 16 villagers.",
     "killed 20, undated; killed 16, on 2012-01-01/2012-12-31"),
    ("After last month's killing of five officers, the deadliest assault since the Sept. 11, 2001, attacks, a vigil "
     "was held.", "killed 5, on 2019-02-01/2019-02-28"),
    ("The city was quiet on Sunday after the previous day's attack on a shop, killing three tourists.",
     "killed 3, on 2019-03-09"),
    ("After Monday's attack on a mall, troops killed five militants.", "killed 5, undated"),
    ("Troops killed five militants in response to last week's bombing.", "killed 5, undated"),
    ("A blast outside the French embassy in Tripoli killed two Libyan guards. French experts and French police came.",
     "killed 2, at Tripoli, country LBY"),
    ("Belgian police on Tuesday killed a gunman linked to those involved in November's Paris attacks.",
     "killed 1, on 2019-03-12"),
    ("Gunmen killed 20 people in Dhaka, police said, as the country began a period of mourning on Sunday.",
     "killed 20, undated"),
    ("An inquiry into an air strike in Afghanistan last year was closed.\n\nForty-two people died in the strike.",
     "killed 42, at Afghanistan"),
    ("This file photo taken on January 8, 2014 shows a rebel leader.\n\nThe leader was killed in Homs.",
     "killed 1, undated, at Homs"),
    ("Bombs struck a suburb of Damascus. The group holds land in Syria and Iraq. State media said eight people died.",
     "killed 8, at suburb of Damascus"),
    # What only belongs to somebody, to a life before, to another clause or to another claim is not where or when.
    ("A Taliban leader was killed in U.S. drone strike in Pakistan", "killed 1, at Pakistan"),
    ("Two guards were killed outside U.S. consulate in Jeddah", "killed 2, at Jeddah"),
    ("Two guards were killed near the French embassy in Sanaa.", "killed 2, at Sanaa"),
    ("An Afghan refugee who had fled Kunduz was killed in a bombing in Quetta.", "killed 1, at Quetta"),
    ("Three officers were killed in Baton Rouge. The gunman, who served in Iraq, was shot dead.",
     "killed 3, at Baton Rouge; killed 1, at Baton Rouge"),
    ("The wounded were taken to a clinic in Peshawar after a blast in Kohat killed nine people.",
     "killed 9, at Kohat"),
    ("Eight rebels were killed in Van province, five in Sirnak and four in Hakkari.",
     "killed 8, at Van province; killed 5, at Sirnak; killed 4, at Hakkari"),
    ("Troops killed nine rebels in Sirnak province and six in Hakkari.",
     "killed 9, at Sirnak province; killed 6, at Hakkari"),
    ("The commander was killed in Homs, the biggest blow to the group since its chief was killed in 2008.",
     "killed 1, undated; killed 1, on 2008-01-01/2008-12-31"),
    ("A bomb in Hilla killed 30 people on Wednesday, in the deadliest attack in the city this year.",
     "killed 30, on 2019-03-13"),
    ("Four people died on Monday and three on Tuesday.", "killed 4, on 2019-03-11; killed 3, on 2019-03-12"),
    ("The policeman had served since 1987 and was shot dead on Wednesday.", "killed 1, on 2019-03-13"),
    ("A gunman killed four people in North Carolina.", "killed 4, at North Carolina"),
    # Places.
    ("Three people were killed in Kirkuk.", "killed 3, at Kirkuk, country IRQ"),
    ("An air raid on Khan Sheikhoun killed nine people.", "killed 9, at Khan Sheikhoun, country SYR"),
    ("Seven people were killed in the village of Al-Hajar, in the south of Idlib province.",
     "killed 7, at Al-Hajar|village of Al-Hajar, country SYR"),
    ("KABUL (Agency) – A bomb killed three people in Kandahar on Sunday.",
     "killed 3, at Kandahar, country AFG, on 2019-03-10"),
    ("Shells hit Kherson on Tuesday. Two people were killed.", "killed 2, at Kherson, country UKR, on 2019-03-12"),
    ("Two people died in Mosul and four in Erbil.", "killed 2, at Mosul; killed 4, at Erbil"),
    ("A mortar killed two people in Taiz. In Hodeidah, a mine wounded a child.",
     "killed 2, at Taiz; injured 1, at Hodeidah"),
    ("The town of Baidoa was attacked at dawn. Residents fled. At least ten people were killed in the town, elders "
     "said.",
     "killed >=10, at Baidoa|town of Baidoa"),
    ("The attack on Palma\n\nInsurgents entered the town on Wednesday and killed seven guards.",
     "killed 7, at Palma, on 2019-03-13"),
    ("The minister, speaking in Geneva, said a raid on Saada had killed 12 people.", "killed 12, at Saada"),
    ("Five people were killed.", "killed 5, nowhere, undated"),
    ("Gunmen from Sirte killed four farmers in Tarhuna.", "killed 4, at Tarhuna"),
    ("A blast killed six people in Jalalabad. The wounded were taken to a hospital in Kabul, where two of them died.",
     "killed 6, at Jalalabad; killed 2"),
    ("An air raid killed nine people in northern Syria. The raid hit a bakery in the town of Atareb at noon.",
     "killed 9, at town of Atareb"),
    ("Twelve people were killed in Iraq on Monday. A judge was killed in Hawija, police said.",
     "killed 12, at Iraq; killed 1, at Hawija"),
    ("Rockets struck Marib. The minister, Saleh Ammar, told reporters in Riyadh that five people were killed.",
     "killed 5, at Marib"),
    ("BASRA: Gunmen killed a tailor.\n\nKUT: A mine killed two shepherds.", "killed 1, at BASRA; killed 2, at KUT"),
    ("The UN says 5,000 people have been killed in the Yemeni civil war.", "killed 5000, country YEM"),
    ("Militants stormed a barracks near the town of Baga in Borno state, killing six soldiers who had been trained in "
     "Ghana.", "killed 6, at town of Baga in Borno state"),
    ("About 900 people were displaced from the Tell Zunbur area.", "displaced ~900, at Tell Zunbur area"),
    ("Clashes broke out in Aweil, where one trader died, and in Wau.", "killed 1, at Aweil"),
    ("Strikes killed at least 70 civilians in Iraq and Syria.", "killed >=70, at Iraq and Syria"),
    ("Turkish jets bombed the hamlet of Tell Umran, in the hills of northern Iraq, and killed four Turkish hikers.",
     "killed 4, at hamlet of Tell Umran, country IRQ"),
    ("The blast in the Daman city of Tell Umran killed two. It hit the Wadi Zahr area of Tell Umran.",
     "killed 2, at Daman city of Tell Umran|Tell Umran|city of Tell Umran"),
    ("Shells killed 24 people in central Sagaing on Monday. Rockets fell on a wedding in Tau Myo village. 24 villagers "
     "died, a monk said.", "killed 24, at Tau Myo village; killed 24, at Tau Myo village"),
    ("A raid killed nine people in the southern Gaza city of Khan Younis.",
     "killed 9, at southern Gaza city of Khan Younis"),
    ("A raid killed nine people in the western province of Dhamar. The raid hit a barn in Sanban at dawn.",
     "killed 9, at Sanban"),
    ("Bomb Kills Four Guards At Wedding In Flames\n\nA bomb killed four guards in Taiz.",
     "killed 4, at Taiz; killed 4, at Taiz"),
    ("Guerrillas killed five officers in Yali, a town in the north of the country.", "killed 5, at Yali"),
    ("Gunmen killed six people in Marib on Tuesday. In July 2015 jets were accused of bombing a hall, killing 130 men.",
     "killed 6, at Marib; killed 130, at nowhere|Yemen"),
    ("Rebels killed two guards in Gao. A similar ambush in Timbuktu last month killed nine people.",
     "killed 2, at Gao; killed 9, at Timbuktu"),
    ("The raid was claimed by the group's branch in Yemen. Four clerks died in the blast at the port of Aden.",
     "killed 4, at port of Aden|Aden"),
    ("Soldiers freed hostages and killed 12 gunmen, an army spokesman, Col. Musa Baro, said yesterday in Abuja.",
     "killed 12, nowhere, country NGA"),
    ("In Bama Local Government, where three people were shot dead, the Divisional Prison was burnt.",
     "killed 3, at Bama|Bama Local Government"),
    ("Shells on the town of Tell Zahr (Tal al Zahir) killed six.", "killed 6, at town of Tell Zahr"),
    ("The shelling of Hajin on Monday came days after four guards were killed in the province of Idlib.",
     "killed 4, at province of Idlib|Idlib"),
    ("At least 30 migrants drowned off two Greek islands on Friday.", "killed >=30, at Greek islands"),
    ("Nine people killed in raids on northern Syria\n\nRescuers at work in Kobani (Photo: Elm Agency)\n\nNine people "
     "were killed in northern Syria, a monitor said.", "killed 9, at northern Syria; killed 9, at northern Syria"),
    ("Raids killed four men in the Tell Zunbur countryside in western Idlib.", "killed 4, at Tell Zunbur countryside"),
    ("Gunmen raided Turbat. The raid in Turbat came days after six guards were killed in Balochistan.",
     "killed 6, at Balochistan"),
    ("Chadian troops from N'Djamena told of a raid in which they captured four men in Diffa.", "detained 4, at Diffa"),
    ("Gunmen pushed into Kenyan territory and killed four herders.", "killed 4, at Kenyan territory, country KEN"),
    ("Two colonels died in the Russian war in Ukraine.", "killed 2, at Ukraine"),
    ("Bombs in the Zahra area killed 20 people in May.\n\nA similar attack there two years earlier killed 70 people.",
     "killed 20, at Zahra area; killed 70, at Zahra area"),
    ("Twelve recruits were killed at a police base on Monday, days before talks.", "killed 12, on 2019-03-11"),
    ("MOSUL, Feb 3 (Agency) Two people were killed on Thursday.", "killed 2, on 2019-03-14"),
    ("Feb. 3 (Agency) -- Two people were killed in Aden.", "killed 2, at Aden, undated"),
    ("Khartoum, Feb 3 At least seven people were killed.", "killed >=7, undated"),
    ("An elder told reporters of Elm Television on Tuesday that nine people were killed.", "killed 9, undated"),
    ("Shells hit the port city of Mocha in western Yemen, killing six.\n\nThe conflict has killed more than 10,000 "
     "people.", "killed 6; killed >10000, at western Yemen|Yemen"),
    ("A blast killed nine people in Pakistan. The attack took place in Tell Zahr, a town in a hilly area of Orakzai.",
     "killed 9, at Tell Zahr"),
    ("At least six soldiers died in an ambush in the Philippines. Their truck was hit by a mine near Calinog town.",
     "killed >=6, at near Calinog town|Calinog town|Calinog"),
    ("Gunmen killed 16 people at a hotel in Baidoa. A group claimed responsibility for Tuesday's attack.",
     "killed 16, at Baidoa, on 2019-03-12"),
    ("Strikes hit cars on May 9 road in Aden on Wednesday, killing six people.", "killed 6, at Aden, on 2019-03-13"),
    ("Shells killed nine people in Aden yesterday (Monday).", "killed 9, at Aden, on 2019-03-11"),
    ("A raid killed nine people in Aden a fortnight ago.", "killed 9, at Aden, on 2019-02-28"),
    ("A raid hit Hodeidah. The attack on the Red Sea port wounded 12 people.", "injured 12, at Hodeidah"),
    ("Karim Haddad in Jos and Salim Bello in Sokoto\n\nBandits shot people in Tunga. They killed nine.",
     "killed 9, at Tunga"),
    ("18 killed in Nigeria\n\nA total of 18 people were killed in Zamfara State on Tuesday. Gunmen killed the village "
     "head and 17 others.", "killed 18; killed 18, at Zamfara State; killed 1, at Zamfara State; killed 17"),
    ("Bandits shot at a patrol in Tunga. Another sergeant, Ibrahim Nasir, was injured.", "injured 1, at Tunga"),
    ("A bomb hit Talibiya. Rockets hit the neighbouring district of Tell Umran, killing five.",
     "killed 5, at neighbouring district of Tell Umran"),
    ("Bombs killed 11 people in the town of Taji, north of Baghdad. Two dozen others were hurt in the town.",
     "killed 11; injured 24, at Taji|town of Taji"),
    ("A raid hit Kut. Four others were killed in similar blasts in Basra.", "killed 4, at Basra"),
    ("A bomb in Taji on Monday killed nine, followed by another bomb in the market that killed two.",
     "killed 9, on 2019-03-11; killed 2, on 2019-03-11"),
    ("PORT SUDAN, Sudan - A raid on a market in North Darfur killed 90 people. It was the town's market day.",
     "killed 90, at North Darfur"),
    ("Guards shot dead Karim Tal, who was indicted in Chad, in a raid on a farm near Zinder.",
     "killed 1, at near Zinder|Zinder"),
    ("Shells hit Hajjah's Bani Qays district, killing three.", "killed 3, at Hajjah's Bani Qays district"),
    ("Read also: Bomb kills 12 in Quetta\nA bus fell into a ravine, killing three.",
     "killed 12, at Quetta; killed 3, nowhere"),
    ("A mine killed five herders. The group has its roots in Sudan.", "killed 5, nowhere"),
    ("Bombs killed 12 people in Mosul and Kirkuk on Monday.", "killed 12, at Mosul and Kirkuk"),
    ("Six were killed in Abu Dughmush family home.", "killed 6, nowhere"),
    ("Nineteen people died in strikes over the past two days.\nIn the deadliest strike on Friday, 17 of them died in "
     "Kut.\nIn another strike on Saturday, dozens were hurt.",
     "killed 19, period|cumulative; killed 17, incident, of 0, on 2019-03-08; injured v12, fresh, on 2019-03-09"),
    ("Fifteen people were killed on Friday. Omar Nasir was shot dead there on Aug 5, 1988.\nTwo died in hospital.",
     "killed 15, on 2019-03-08; killed 1, whole, on 1988-08-05; killed 2, on 2019-03-08"),
    ("A grenade hurt 11 people in Srinagar. The injured include four Jammu and Kashmir (J&K) police personnel.",
     "injured 11; injured 4, of 0, at Srinagar"),
    ("A bomb went off at a consulate. A group named after a Communist killed by the army in 1963 said it did it.",
     "killed 1, flag recalled"),
    ("Rockets fell on Sderot. They came thicker as news spread of an explosion that killed eight in Gaza.",
     "killed 8, flag recalled"),
    ("Rockets killed 20 people in Raqqa on Monday. Last month, a strike on a home near Mosul killed eight people.",
     "killed 20; killed 8, at near Mosul|Mosul, flag background"),
    ("Twelve people died on Friday at Bourasso in Kossi province.", "killed 12, at Bourasso in Kossi province"),
    ("A bomb hit Kut. Omar, the mayor of Wasit, of which Kut is the capital, said nine died.", "killed 9, at Kut"),
    ("A missile killed 10 people in Kut on Friday. Police said seven officers were among the dead.\nA raid on Saturday "
     "killed seven people.", "killed 10; killed 7, of 0, on 2019-03-08; killed 7, fresh, on 2019-03-09"),
    ("Nine people were killed on Friday. Three of the dead were members of a militia set up in January 2015.",
     "killed 9; killed 3, of 0, on 2019-03-08"),
    ("PESHAWAR, March 8: Gunmen shot dead two clerks in a mosque here on Friday.", "killed 2, at Peshawar|PESHAWAR"),
    ("A missile on a college in the Black Sea port of Odesa killed 5.", "killed 5, at Black Sea port of Odesa|Odesa"),
    ("A bomb in a mosque inside a police headquarters in Peshawar killed nine.", "killed 9, at Peshawar"),
    ("Iran strikes bakery in Homs, killing two", "killed 2, at Homs"),
    ("Two were killed in Homs, the head of Aleppo hospital said.", "killed 2, at Homs"),
    ("Sudan has been torn by a war that has killed 40,000 people.", "killed 40000, at Sudan"),
    ("Two people died in Juba. Elders told Radio Nile Friday that a mine killed six herders in Bor on Monday.",
     "killed 2, at Juba; killed 6, at Bor, on 2019-03-11"),
    # Days.
    ("Two people were killed on Thursday.", "killed 2, on 2019-03-14"),
    ("Two people were killed early Monday.", "killed 2, on 2019-03-11"),
    ("Two people were killed yesterday.", "killed 2, on 2019-03-13"),
    ("Two people were killed on 3 March.", "killed 2, on 2019-03-03"),
    ("Two people were killed on December 28.", "killed 2, on 2018-12-28"),
    ("Two people were killed on 17 May 2016.", "killed 2, on 2016-05-17"),
    ("Two soldiers were killed three days ago.", "killed 2, on 2019-03-11"),
    ("Two people were killed overnight between Tuesday and Wednesday.",
     "killed 2, on 2019-03-12/2019-03-13|2019-03-13"),
    ("Two people were killed last month.", "killed 2, on 2019-02-01/2019-02-28"),
    ("On Wednesday the army shelled Marib. Four people were killed.", "killed 4, at Marib, on 2019-03-13"),
    ("KABUL, Afghanistan (March 14) - A rocket killed two farmers in Khost on Tuesday.", "killed 2, on 2019-03-12"),
    ("SANAA, 14 MARCH 2019 -- A MINE KILLED TWO FARMERS ON TUESDAY.", "killed 2, on 2019-03-12"),
    ("A mine hit a bus on Sunday. A teacher died of his wounds on Tuesday.", "killed 1, on 2019-03-10"),
    ("A teacher died on 12 March of wounds that he received in shelling on 9 March.", "killed 1, on 2019-03-09"),
    ("A judge was shot dead on Monday, a week after 14 miners were killed in Zaida.",
     "killed 1, on 2019-03-11; killed 14, on 2019-03-04"),
    ("On 4 March rebels shelled Taiz. The next day nine people were killed.", "killed 9, on 2019-03-05"),
    ("The toll of Saturday's stampede rose to 31 on Tuesday.", "killed 31, on 2019-03-09"),
    ("Six guards were killed on Monday. Two more were killed in a separate ambush.",
     "killed 6, on 2019-03-11; killed 2, on 2019-03-11"),
    ("A raid has been under way since Monday. Four people were killed on Wednesday.", "killed 4, on 2019-03-13"),
    ("Bandits raided two hamlets in February 2019. They killed 19 people.", "killed 19, on 2019-02-01/2019-02-28"),
    ("A bomb killed two nuns who had come to the country in 1999.", "killed 2, undated"),
    ("A man wounded in Sunday's strike on Sirte died on Tuesday.", "killed 1, on 2019-03-10|2019-03-12"),
    ("The UN said on Tuesday that 30 people were killed in Sunday's raid.", "killed 30, on 2019-03-10"),
    ("A bomb killed two people on Monday. On Tuesday another killed three.",
     "killed 2, on 2019-03-11; killed 3, on 2019-03-12"),
    ("The attack came a year after a bombing at the same hotel killed 14 people. On Tuesday two guards died.",
     "killed 14; killed 2, on 2019-03-12"),
    # Where troops or planes stand is not where people fell, if the text tells that.
    ("Six people were killed when troops stationed in Kut used rockets to shell Mosul.", "killed 6, at Mosul"),
    ("Two soldiers stationed in Kut were killed.", "killed 2, at Kut"),
    # The day of death is not that of the wounds; a stretch of time dates no incident.
    ("Farmer dies of wounds from earlier shelling near Kut, May 9, 2018\n\nKarim Haddad, a farmer, died on May 9, "
     "2018, of wounds sustained in shelling near Kut on May 2, 2018.", "killed 1; killed 1, on 2018-05-02"),
    ("A woman was killed in Kut.\n\nSince early 2018, the monitor has counted 196 dead.",
     "killed 1, at Kut, undated; killed 196, cumulative, nowhere"),
    ("Russia's invasion of Ukraine has killed 900 people.", "killed 900, at Ukraine"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_the_place_and_day_of_a_claim(text: str, expected: str) -> None:
    assert differences(text, expected) == []


def test_a_place_as_written_starts_with_its_name() -> None:
    places = {c.place_text for c in extract("Three people died in Kirkuk. A raid on Saada killed two people.").claims}
    assert places == {"Kirkuk", "Saada"}


@pytest.mark.parametrize(
    ("text", "recalled"),
    [
        ("Two days after a mayor was shot dead in Sarmin, two bakers were killed.", [True, False]),
        ("A raid came hours after a clash in Sarmin, in which guards were present, killed two bakers.", [True]),
        ("Four men died in retaliation for the murder of a baker.", [False, True]),
        ("A guard died in riots sparked by the killing of two bakers.", [False, True]),
        ("The riots, sparked by a rise in prices, killed two bakers.", [False]),
        ("A bomb killed two bakers. Another had killed 40 people in the same street the day before.", [False, True]),
        ("Raids have multiplied since a suicide bomber killed seven agents in Khost.", [True]),
        ("A mill burned. It is located in a district where two bakers were killed in past days.", [True]),
        ("Anarchists attacked a bank. They recalled the December 2008 killing of a baker.", [True]),
        ("Rockets hit Hit, in revenge for raids, the arrest of many, and the murder of two bakers.", [True]),
        ("A bomb killed six. The group said it was a response to a raid that had killed two captains.", [False, True]),
        ("A bomb killed six. In the coming days the toll reached nine.", [False, False]),
        ("A mill came under attack at the hour of prayer when gunmen killed two bakers.", [False]),
        ("Since a truce began, raids have killed seven agents.", [False]),
        ("Rebels attacked a bus. They killed two bakers last month, the owner said.", [False]),
    ],
)
def test_what_a_sentence_only_dates_by_is_recalled(text: str, recalled: list[bool]) -> None:
    assert ["recalled" in claim.flags for claim in extract(text).claims] == recalled


@pytest.mark.parametrize(
    ("text", "summed"),
    [
        ("Two people were killed in the market. In total, the day's bombings killed 31 people.", [False, True]),
        ("Two people were killed in the market. In total, the blast killed 31 people.", [False, False]),
    ],
)
def test_a_sum_over_attacks_is_told_apart(text: str, summed: list[bool]) -> None:
    assert ["summed" in claim.flags for claim in extract(text).claims] == summed


def test_the_day_of_an_attack_weeks_before_is_not_that_of_the_one_reported() -> None:
    text = (
        "A raid left at least six guards dead near Galdin, the mayor said. On 17 August, four bakers were killed "
        "there, and on 2 September another two bakers were killed."
    )
    claims = extract(text, published=date(2011, 10, 21)).claims
    assert [(claim.low, claim.date_start) for claim in claims] == [
        (6, None),
        (4, date(2011, 8, 17)),
        (2, date(2011, 9, 2)),
    ]


def test_figures_of_other_days_add_up_to_a_total_by_chance() -> None:
    text = (
        "Six people died in a blast in Galdin on Monday. A raid last March killed three bakers in Toral. "
        "On 1 May three cooks were killed in Sarhan."
    )
    assert [claim.part_of for claim in extract(text, published=date(1988, 6, 17)).claims] == [None, None, None]


def test_figures_of_one_day_add_up_to_its_total() -> None:
    text = "Six guards died in Galdin on Monday. A shell killed two guards. Four guards died in a fire."
    assert [claim.part_of for claim in extract(text, published=date(1988, 6, 17)).claims] == [None, 0, 0]
