"""Doers in texts of several sentences: carried, suspected, the other side of a fight, and those of other events."""

from __future__ import annotations

import pytest

from extraction import extract
from extraction.blame.sides import own_people
from extraction.blame.stance import speaks_for


def doers(text: str, low: int, publisher: str | None = None) -> list[tuple[str, str]]:
    """(actor, stance) of the first claim of *low* people."""
    claim = next(claim for claim in extract(text, publisher=publisher).claims if claim.low == low)
    return [(party.actor, party.stance) for party in claim.perpetrators]


@pytest.mark.parametrize(
    ("text", "low", "expected"),
    [
        ("Officials said an airstrike by the Saudi-led coalition killed nine people.", 9,
         [("Saudi-led Coalition", "alleged")]),
        ("A nurse said an airstrike by Turkey on Monday hit a mill, killing nine people.", 9, [("Turkey", "alleged")]),
        ("A U.S. military source said that nine children were hurt when a suicide bomber struck, but did not rule out "
         "casualties from the U.S. bombing.", 9, []),
        ("The army and the RSF have been fighting a war since April 2023 that has killed 20,000 people.", 20000, []),
        ("A bomb killed 59 people in Quetta. It was the worst attack since last March, when a bombing claimed by ISIS "
         "at a mosque killed 12.", 59, []),
        # Those who inquire into a deed, stop its doer or only tell of it did not do it.
        ("The villagers said there were no Taliban targets in the area. Two boys were killed there.", 2, []),
        ("Al-Shabaab is weak. The group admitted that its leader was killed in a raid.", 1, []),
        ("The Afghan army said it had killed 20 militants, but denied reports it had killed eight villagers.", 8,
         [("Afghan forces", "denied")]),
        ("An attack by Sudan's Rapid Support Forces on El-Fasher killed nine people.", 9, [("RSF", "alleged")]),
        ("The junta artillery strike on a village in Karen State, Myanmar, injured a civilian.", 1,
         [("Myanmar military", "alleged")]),
        ("Nine rebels were killed and 14 security officials martyred in raids by Pakistani security forces in Quetta, "
         "Pakistan.", 14, []),
        ("Warplanes targeted two militants in Homs, killing one.", 1, []),
        ("Reuters reported that the leader accused NATO forces of genocide, after claims that they had killed 80 "
         "civilians in Kandahar.", 80, [("NATO", "alleged")]),
        ("A roadside bomb killed 14 people near Tirin Kot. The leader accused NATO forces of genocide, after claims "
         "that they had killed 80 civilians in Kandahar.", 14, []),
        ("A roadside bomb killed 20 passengers in Herat. In the country's east, a suicide car bomber attacked a base, "
         "killing two guards, and the Taliban claimed responsibility for the attack.", 20, []),
        ("Days after Sunday's bombing, which killed 20 people, police arrested three men.", 20, []),
        ("After an attack which killed 20 people and wounded 30, troops shot dead two gunmen.", 30, []),
        ("Police were on alert in Turkey after an attack by a suicide bomber on a shop, killing four tourists.", 4, []),
        ("A man shot two sisters to death at a house in Leeds early on Tuesday before he was killed by police.", 2, []),
        ("Italian police arrested five people in connection with the slaying of a clerk.", 1, []),
        ("Police arrested a man suspected of killing three tourists in Hit.", 3, []),
        ("A gunman killed 20 people at a club before police shot him dead. Eight were wounded at the bar.",
         8, [("gunman", "alleged")]),
        ("Along with a bomb in a car, they killed 20 people in Baghdad, police said.", 20, []),
        ("Turkey's Kurdish rebels kill two near Van", 2, [("Kurdish rebels", "alleged")]),
        ("Since March 28 Israelis have died in Palestinian attacks, while 189 Palestinians have been killed.", 189, []),
        ("A car bomb killed two clerks in Gaziantep. Drones of the U.S.-led coalition hit a house in Dabiq and five "
         "Islamic State militants were killed.", 2, []),
        ("A bomb blamed on Islamic State killed three tourists in Izmir. Four Poles were killed, too. The PKK claimed "
         "responsibility for two recent attacks in Ankara.", 4, [("Islamic State", "alleged")]),
        ("Taliban Confirm Death of Leader in US Drone Strike", 1, []),
        ("About 50 killed in a nightclub. Omar Toral was shot dead by police after a siege. Some 53 people were hurt.",
         1, [("police", "alleged")]),
        ("Nine killed in a nightclub. Omar Toral was shot dead by police after a siege.", 9, []),
        ("A lorry was driven into a crowd in Nice, killing 80. After the France truck attack the driver, shot dead by "
         "police, was called a loner.", 80, []),
        ("The FBI questioned a friend of the man who shot 49 people to death.", 49, []),
        # The other side of a fight.
        ("Clashes between the army and rebels in Kidal left 12 rebels and four soldiers dead.",
         4, [("rebels", "alleged")]),
        ("Seven soldiers were killed in clashes with Abu Sayyaf fighters on Jolo, the Philippine army said.",
         7, [("Abu Sayyaf", "alleged")]),
        ("Abu Sayyaf fighters attacked a post on Jolo. Nine militants were killed in the battle, the Philippine army "
         "said.", 9, [("Philippine Army", "admitted")]),
        ("The PKK ended its truce in June. Six soldiers were killed in clashes with militants in Hakkari province in "
         "Turkey.", 6, [("PKK", "alleged")]),
        ("The PKK ended its truce in June. Two soldiers were killed when their lorry overturned in Turkey.", 2, []),
        ("Clashes between the Syrian army and the YPG in Hasakah left 23 civilians dead.", 23, []),
        ("Nine bodies were carried out of the hotel after Somali troops killed the last raiders, an officer said.",
         9, []),
        ("Israel struck a school on Monday. The war began when Palestinian militants raided a kibbutz. That raid left "
         "14 people dead.", 14, [("Palestinian militants", "alleged")]),
        ("Police found the bodies of 14 traders in a cart.", 14, []),
        # Armed people without a name.
        ("Gunmen on motorcycles stormed the market in Jos and killed 14 traders.", 14, [("gunmen", "alleged")]),
        ("Gunmen stormed the market in Jos. At least 14 traders were killed.", 14, [("gunmen", "alleged")]),
        ("Gunmen killed 14 traders in Jos. Boko Haram is suspected of the attack.", 14, [("Boko Haram", "possible")]),
        ("Gunmen killed 14 traders in Jos. Boko Haram claimed responsibility.", 14, [("Boko Haram", "admitted")]),
        ("Gunmen shot a judge in Mosul.\n\nA car bomb in Kirkuk killed 14 people.", 14, []),
        ("A suicide bomber killed 14 people in Quetta.", 14, []),
        # No doers: parties that are struck, deny or only fly; places; the forces of the town where a report is written.
        ("US troops in Iraq have been attacked 11 times this week, leaving 14 people hurt.", 14, []),
        ("Iran denies attack that killed 14 people in Erbil.", 14, []),
        ("Fourteen people died in a blast in Istanbul. Police helicopters circled over the square.", 14, []),
        ("The US-led coalition has accepted that its strikes in Syria and Iraq accidentally killed at least 14 people.",
         14, [("US-led Coalition", "admitted")]),
        ("CAIRO - A drone attack on a market in Khartoum killed 14 people. A committee accused the army of it.",
         14, [("Sudanese army", "alleged")]),
        ("BAGHDAD - Gunmen killed 14 people in Mansour, near the embassy of Jordan. The police shot one man.",
         14, [("gunmen", "alleged")]),
        ("Russian shelling of Kherson, recently re-taken by Ukrainian forces, killed 14 people.",
         14, [("Russia", "alleged")]),
        ("The coalition fighting in Yemen said it had targeted armed members of the Houthis. The strike killed 14 "
         "civilians.", 14, [("Saudi-led Coalition", "alleged")]),
        ("Rebels of the ADF fled after defeats by Congolese forces. In Melia 14 villagers were killed.", 14, []),
        ("Saudi-led air strikes killed 14 people in Haja.", 14, [("Saudi-led Coalition", "alleged")]),
        ("Fourteen people were killed in Russia's shelling of Kherson.", 14, [("Russia", "alleged")]),
        ("Suspected militants hurled a grenade at a shrine in Kashmir, and 14 people were hurt.",
         14, [("militants", "possible")]),
        ("The president said the ELN had staged the attack near Saravena in Colombia. It killed 14 people.",
         14, [("ELN", "alleged")]),
        ("The army condemned in the strongest possible terms the attacks by the ADF. They killed 14 villagers.",
         14, [("ADF", "alleged")]),
        ("Residents of the settlement killed 14 people in Hawara. Israeli tanks shelled Nablus.", 14, []),
        ("NABLUS, West Bank - Palestinian gunmen seized a house, killing 14 people before soldiers stormed it.",
         14, [("Palestinian gunmen", "alleged")]),
        ("NABLUS, West Bank - Soldiers opened fire in Hawara and killed 14 people.", 14, [("Israel", "alleged")]),
        ("At least 14 suspected militants were killed when a US drone fired missiles near Miranshah.",
         14, [("United States", "alleged")]),
        ("The Pakistani military said that airstrikes on Tuesday killed 14 suspected militants.",
         14, [("Pakistan", "admitted")]),
        ("A health official in Tripoli said 14 people were killed in a strike. The Libyan National Army had launched "
         "the strike.", 14, [("Libyan National Army", "alleged")]),
        ("The strike killed seven men. An official spoke of 14 deaths, all of members of the Haqqani network.", 14, []),
        ("Myanmar's ruling junta confirmed that it carried out the air strike in which 14 people were killed.",
         14, [("Myanmar military", "admitted")]),
        ("A shell killed 14 people in Sarajevo. Suspicion fell on Bosnian Serbs.",
         14, [("Bosnian Serb Army", "possible")]),
        ("Hezbollah denied firing the rocket that killed 14 people in Majdal Shams.", 14, [("Hezbollah", "denied")]),
        ("M23 rejected accusations that it had killed 14 people in Kishishe.", 14, [("M23", "denied")]),
        ("The Taliban condemned the attack, which killed 14 people.", 14, []),
        ("Fourteen people were killed in an attack similar to those carried out by Boko Haram.", 14, []),
        ("Fourteen SDF fighters were killed by Islamic State.", 14, [("Islamic State", "alleged")]),
        ("The SDF killed 14 Islamic State fighters.", 14, [("SDF", "alleged")]),
        ("Fourteen protesters were shot dead by security forces.", 14, [("security forces", "alleged")]),
        ("A gang killed 14 people.", 14, [("gang", "alleged")]),
        ("Fourteen policemen were killed in a suspected Maoist ambush.", 14, [("Maoists", "possible")]),
        ("The military admitted its jet had killed 14 civilians by mistake.", 14, [("military", "admitted")]),
        ("In Baghdad gunmen killed two judges. Just south of the capital, in Mahmudiyah, a bomb killed 14 people.",
         14, []),
        ("Gunmen killed two judges in Baghdad. The bodies of 14 men were found in the west of the city.", 14, []),
        ("Jihadists attacked a post in Burkina Faso. The army said 14 soldiers and three auxiliaries (VDP, a civilian "
         "force) were killed.", 14, [("jihadists", "alleged")]),
        ("Troops and police shot 14 guerrillas of the Revolutionary Armed Forces of Colombia, media reported.",
         14, [("Colombian Army", "alleged"), ("Colombian police", "alleged")]),
        ("The Syrian Democratic Forces (SDF) killed 14 civilians, while Hayat Tahrir al-Sham killed four.",
         14, [("SDF", "alleged")]),
        ("A US raid against al-Qaeda in the Arabian Peninsula (AQAP) that killed 14 civilians was botched.",
         14, [("United States", "alleged")]),
        ("The report attributes the deaths of 14 civilians, including three children and two women, to Assad regime "
         "forces.", 14, [("Syrian Government", "alleged")]),
        ("The forces affiliated with the SDF killed 14 civilians.", 14, [("SDF", "alleged")]),
        ("I.R.A. gunmen killed 14 soldiers in Belfast.", 14, [("IRA", "alleged")]),
        ("Police confirmed the killing of 14 people in Tunga in Nigeria by suspected bandits. Armed men believed to be "
         "Fulani herdsmen killed a family of six in Nakai.", 14, [("bandits", "possible")]),
        ("Fourteen militants were killed in an encounter in Kashmir in India, the police said.",
         14, [("police", "admitted")]),
        ("KABUL - Fourteen people died in Khost. NATO said its soldiers had fired at the house.", 14, []),
        ("Israeli artillery hit a school. On the Israeli side there were 14 casualties.", 14, []),
        ("US jets bombed a depot in Iraq after a drone attack that killed 14 American soldiers in Jordan. Officials "
         "could not say whether any militants had died.", 14, []),
        ("Israel bombed the port. Ships burned. A crane fell. The sea was black. In 2006 a raid near Tyre killed 14 "
         "people.", 14, []),
        ("Fourteen people were killed by army shelling near Vavuniya in Sri Lanka.",
         14, [("Sri Lankan Army", "alleged")]),
        ("A bomb killed 14 people in Ankara. The bomber was believed to be a member of the PKK.",
         14, [("PKK", "possible")]),
        ("A bomb killed 14 people at the mosque in Mubi. Shops shut. Schools shut. Banks shut. Roads were shut. The "
         "attack bears the marks of Boko Haram.", 14, [("Boko Haram", "possible")]),
        ("MOSUL: Gunmen shot a judge.\n\nBAQUBA: A car bomb killed nine people.\n\nKIRKUK: A blast killed 14 "
         "people.", 14, []),
        # Joint doers, and those who are none.
        ("It was unclear whether planes of the US-led coalition or of the Iraqi air force had struck. The raid killed "
         "14 people.", 14, [("US-led Coalition", "possible"), ("Iraqi Air Force", "possible")]),
        ("Fourteen people were killed by the US-led coalition near Raqqa.", 14, [("US-led Coalition", "alleged")]),
        ("A bomb killed 14 people in Lahore. Pakistan is plagued by a Taliban insurgency.", 14, []),
        ("More than 14,000 people have been killed since Turkey launched its operation.", 14000, []),
        ("A Syria strike killed 14 people in Idlib.", 14, []),
        ("Fourteen people died in Ashdod, while 60 people were killed by Israeli air strikes on Gaza.", 14, []),
        ("Israel besieged the strip, carrying out raids that left 14 people dead.", 14, [("Israel", "alleged")]),
        ("A blast in Baghouz, Syria, killed 14 people.", 14, []),
        ("A bombing in the capital Ankara killed 14 people.", 14, []),
        ("YPG fighters hit a Turkish army tank near Afrin, killing 14 people.", 14, [("YPG", "alleged")]),
        ("Soldiers killed nine insurgents in Bauchi, Nigeria. Hospitals said 14 villagers were killed.", 14, []),
        ("A drone believed to belong to the US-led coalition hit a car near Raqqa, killing 14 people.",
         14, [("US-led Coalition", "possible")]),
        ("We do not know whether the shell was fired by the US-led coalition or by the SDF. It killed 14 people.",
         14, [("US-led Coalition", "possible"), ("SDF", "possible")]),
        ("A bomb killed 14 people at the mosque in Mubi. No group has claimed the attack, which bears the marks of "
         "Boko Haram.", 14, [("Boko Haram", "possible")]),
        ("Fourteen people were killed near Lashkar Gah. NATO is investigating an incident in which they were killed.",
         14, [("NATO", "possible")]),
        ("The Hezbollah movement said its rockets answered the killing of 14 of its fighters.", 14, []),
        ("Seven officers were killed and five wounded when gunmen reportedly from the FARC ambushed a convoy.",
         5, [("FARC", "possible")]),
        ("Two bombs blamed on Tamil Tiger rebels killed 14 people in Colombo.", 14, [("LTTE", "alleged")]),
        ("Residents claimed that the bandits, who came on motorbikes, killed 14 people.", 14, [("bandits", "alleged")]),
        ("Gunmen suspected to be bandits attacked the village, killing 14 people.", 14, [("bandits", "possible")]),
        ("A blast killed 14 people in Bajaur. Police said an affiliate of Islamic State could have been behind it.",
         14, [("Islamic State", "possible")]),
        ("Philippine troops found the bodies of 14 soldiers after fighting with the MILF.", 14, [("MILF", "alleged")]),
        ("A blast killed 14 people in Peshawar. The TTP has carried out a number of attacks in the region.", 14, []),
        ("A blast killed 14 people in Peshawar. The TTP denied responsibility.", 14, []),
        ("Ukraine denied responsibility for a drone strike that killed 14 people.", 14, [("Ukraine", "denied")]),
        ("The Saudi-led coalition said it will probe reports of an air strike, which killed 14 people.",
         14, [("Saudi-led Coalition", "possible")]),
        ("Hamas denied firing the first volley. Officials said 14 people died in overnight Israeli air strikes.",
         14, [("Israel", "alleged")]),
        ("Palestinian militants fired rockets after an air strike on the camp killed 14 people.", 14, []),
        ("JNIM stormed the base, killing 60 soldiers. Residents said 14 traders died.", 14, [("JNIM", "alleged")]),
        ("The network counted 14 civilian deaths attributed to the RSF.", 14, [("RSF", "alleged")]),
        ("The war between the Sudanese army and the RSF has killed 14,000 people.", 14000, []),
        ("Two Lashkar-e-Taiba militants were killed in an encounter with police in Srinagar, India, police said.",
         2, [("Indian police", "admitted")]),
        # A claim of responsibility for another event stays with it.
        ("A car bomb killed 14 people near Damascus. A blast there some weeks earlier, claimed by Islamic State, "
         "killed 70 people.", 14, []),
        # Parts have the doers of their whole.
        ("Israeli strikes killed eight people near Homs: five Syrians, among them a lieutenant, and three foreigners.",
         5, [("Israel", "alleged")]),
        # Nobody lost on one's own side is nobody's denial.
        ("Hezbollah fired a missile at a post. The Israeli army reported no casualties among its troops.",
         0, [("Hezbollah", "alleged")]),
        ("The Saudi-led coalition has been accused of bombing a wedding, killing 14 guests.",
         14, [("Saudi-led Coalition", "alleged")]),
        ("A bomb killed 30 people in a camp for those displaced by Sudan's civil war.", 30, []),
        # The doer of what is recalled did not do the rest.
        ("Two bombs killed nine in Kut. They were the worst since 4 May, when a bomb blamed on Al-Qaeda killed 28.",
         9, []),
        # Who only tells of a death has not owned to it.
        ("Pakistani officials said a drone attack killed at least 20 militants.", 20, []),
        ("Pakistani intelligence sources said a drone attack killed 12 militants.", 12, []),
        ("The Turkish army said five soldiers and 17 rebels died in the battle.", 5, []),
        ("The Turkish army said five soldiers and 17 rebels died in the battle.", 17, [("Turkey", "admitted")]),
        ("The Colombian army confirmed that three soldiers were killed.", 3, []),
    ],
)  # fmt: skip
def test_whom_a_claim_is_laid_to(text: str, low: int, expected: list[tuple[str, str]]) -> None:
    assert doers(text, low) == expected


def test_a_party_that_publishes_a_text_admits_in_its_own_voice() -> None:
    text = "US forces conducted a strike near Jilib, killing eight militants. No civilians were killed or injured."
    assert doers(text, 8, "US Africa Command") == [("United States", "admitted")]
    assert doers(text, 0, "US Africa Command") == [("United States", "denied")]
    assert doers(text, 8, "Example Wire") == [("United States", "alleged")]


def test_a_fight_told_in_the_text_s_own_voice_is_admitted_where_the_army_tells_it_too() -> None:
    text = "Turkish forces kill 14 militants\n\nThe Turkish military said its jets had killed 14 militants in Hakkari."
    assert doers(text, 14) == [("Turkey", "admitted")]


@pytest.mark.parametrize(
    ("voice", "actor", "expected"),
    [
        ("Somali police", "Somali security forces", True),
        ("Dutch Defence Minister Jan Example", "Dutch Air Force", True),
        ("Turkish officials", "Turkey", True),
        ("local officials", "Turkey", False),
        ("SOHR", "Syrian Government", False),
    ],
)
def test_offices_of_a_state_speak_for_its_forces(voice: str, actor: str, expected: bool) -> None:
    assert speaks_for(voice, actor) is expected


@pytest.mark.parametrize(
    ("actor", "victims", "expected"),
    [
        ("Islamic State", "six militants", True),
        ("Islamic State", "six kurdish fighters", False),
        ("PKK", "six kurdish fighters", True),
        ("PKK", "six turkish soldiers", False),
        ("Syrian Government", "143 members of regime forces", True),
        ("Turkey", "six turkish soldiers", True),
    ],
)
def test_a_party_s_own_people(actor: str, victims: str, expected: bool) -> None:
    assert own_people(actor, victims) is expected
