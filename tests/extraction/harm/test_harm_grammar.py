"""Words of harm in every voice: active, passive, participle, noun; what is negated, imagined or threatened."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    # Voices.
    ("A mortar round killed three girls in Douma.", "killed 3, children"),
    ("Three girls were killed by a mortar round in Douma.", "killed 3, children"),
    ("A suicide bomber struck the checkpoint, killing three policemen and wounding 12.",
     "killed 3, combatant; injured 12"),
    ("Gunmen stormed the hotel and shot dead nine guests.", "killed 9"),
    ("The landslide of shells left 14 dead and 30 injured.", "killed 14; injured 30"),
    ("Five men killed in Saturday's ambush were buried in Lashkar Gah.", "killed 5, men"),
    ("Six aid workers lost their lives when the convoy was hit.", "killed 6, civilian"),
    ("The bombing claimed the lives of 21 students in Kabul.", "killed 21, civilian"),
    ("The shelling cost eight villagers their lives.", "killed 8"),
    ("A guard died of his injuries, bringing the total death toll to 15.", "killed 1; killed 15"),
    ("Thirty shoppers sustained various injuries.", "injured 30"),
    ("News came of a rise in the number of villagers killed and hurt by shells, where the death of nine was confirmed.",
     "killed 9"),
    ("Twelve people perished in the fire that followed the strike.", "killed 12"),
    ("A drone attack near Birak martyred two men.", "killed 2"),
    ("Seven conscripts succumbed to their wounds overnight.", "killed 7, combatant"),
    ("Masked men stabbed the deputy mayor of Tarma to death.", "killed 1"),
    ("Nine traders were gunned down on the road to Diffa.", "killed 9"),
    ("Militants beheaded four loggers in Palma district.", "killed 4"),
    ("Ten prisoners were executed at dawn by the militia.", "killed 10"),
    # Nouns of harm.
    ("The deaths of six fishermen off Rafah angered the town.", "killed 6"),
    ("Officials put the death toll at 43.", "killed 43"),
    ("The blast caused 17 fatalities.", "killed 17"),
    ("There were four fatalities and 19 injuries in the collision with the armoured car.", "killed 4; injured 19"),
    ("Rescuers pulled 11 bodies from the rubble of the bakery in Aleppo hit by a barrel bomb.",
     "killed 11|bodies_found 11"),
    ("A mass grave holding 38 bodies was found outside Hawija.", "bodies_found 38, site"),
    ("The mortar attack resulted in the death of a mother of four.", "killed 1, women"),
    ("The killing of two monks in Mrauk-U drew protests.", "killed 2, civilian"),
    ("The strike led to injuries to nine people.", "injured 9"),
    # Casualties in both senses.
    ("The attack caused 25 casualties.", "killed_or_injured 25"),
    ("Of the 25 casualties, ten were killed and 15 were wounded.",
     "killed_or_injured 25; killed 10, of 0; injured 15, of 0"),
    ("The army suffered no casualties in the clash.", "killed_or_injured 0"),
    # Several harms and several groups.
    ("Two soldiers, a medic and three children were killed.",
     "killed 2, combatant; killed 1, civilian; killed 3, children"),
    ("Four people died and nine were hurt when a grenade went off in Goma.", "killed 4; injured 9"),
    ("The raid left six dead, 14 wounded and three missing.", "killed 6; injured 14; missing 3"),
    ("Gunmen killed two guards, wounded a driver and kidnapped five engineers.", "killed 2; injured 1; detained 5"),
    ("Eight people were killed or wounded in the stampede after the shots.", "killed_or_injured 8"),
    ("Clashes in Tripoli have displaced 3,400 people and killed 21.", "displaced 3400; killed 21"),
    ("Security forces arrested 16 protesters and wounded two others in Khartoum.", "detained 16; injured 2"),
    ("Three sailors remain missing after the tanker was hit.", "missing 3"),
    # The subject stands further off.
    ("Killed in the raid were, according to a nurse, two traders and a boy.", "killed 2, civilian; killed 1, children"),
    ("An intruder was spotted by guards and killed before he reached the gate.", "killed 1"),
    ("A woman hurt in the blast died on Friday.", "killed 1, women"),
    ("Corporal Idris Bello was shot at the gate and succumbed to his injuries in hospital.", "killed 1, combatant"),
    ("Two people died in Mosul, three in Hit and four in Erbil.", "killed 2; killed 3; killed 4"),
    ("Five women and three men were pronounced dead at the scene.", "killed 5, women; killed 3, men"),
    ("A shopper, whose brother was beaten to death, fled.", "killed 1, men"),
    ("Fifteen persons, the largest number to die in a single incident, were killed.", "killed 15"),
    ("DVB counted five deaths in Yangon and two in Mandalay.", "killed 5; killed 2"),
    ("Some 40 people were killed in Sanandaj, 45 in the region of Urmia and 23 in Paveh, where troops moved in.",
     "killed ~40; killed 45; killed 23"),
    ("All but two of the soldiers were killed by mines.", ""),
    ("The fourth wounded victim was a lorry driver.", ""),
    ("The bodies of nine people who had been shot were found in Tikrit.", "killed 9|bodies_found 9"),
    ("Hospitals received the bodies of 51 civilians, as well as 369 people suffering from shrapnel injuries.",
     "killed 51, civilian; injured 369"),
    ("Members of the displaced population were among 90 civilians affected.", ""),
    ("Two of the three girls were pulled from under the rubble; a third was killed.", "killed 1"),
    ("There were 19 confirmed deaths in nine cities.", "killed 19"),
    # Verbs that tell of harm beside some nouns only.
    ("The 7th Brigade lost 14 men; the rebels were holding nine hostages.", "killed 14, men; detained 9"),
    ("Half the firms lost 300 customers after a clerk was shot dead.", "killed 1"),
    ("Six troopers received splinter injuries in the grenade attack.", "injured 6, combatant"),
    ("The raid also claimed the life of an elderly woman.", "killed 1"),
    ("The fresh deaths have brought to 1,101 the number of civilians killed this year.", "killed 1101, civilian"),
    # One harm ends where another begins.
    ("The office recorded 119 civilian deaths and 179 people injured.", "killed 119, civilian; injured 179"),
    ("The ministry confirmed the deaths of 21 people and 117 people wounded.", "killed 21; injured 117"),
    ("We lost dozens of men and several are wounded.", "killed v12, men; injured v3"),
    ("Twenty-five troops were killed, with another ten missing and 160 wounded.",
     "killed 25, combatant; missing 10; injured 160"),
    ("There was some damage but nobody was hurt.", "injured 0|killed_or_injured 0"),
    # Negation.
    ("No one was hurt in the explosion in Irbil.", "injured 0|killed_or_injured 0"),
    ("The rocket fell in an open field without causing casualties.", "killed_or_injured 0"),
    ("There were no reports of deaths or injuries.", "killed_or_injured 0"),
    ("The governor said nobody had died.", "killed 0"),
    ("No members of parliament were hurt.", "injured 0|killed_or_injured 0"),
    ("None of the crew was injured.", "injured 0"),
    # One person without a number.
    ("Gunmen killed a politician in Kismayo.", "killed 1, civilian"),
    ("The driver died and a passenger was wounded.", "killed 1; injured 1"),
    ("A pregnant woman was killed by a stray bullet in Benghazi.", "killed 1, women, civilian"),
    ("Another soldier was wounded in Avdiivka.", "injured 1, combatant"),
    ("One person died.", "killed 1"),
    ("Sniper fire killed a second medic.", "killed 1, civilian"),
    # Not claims: imagined, threatened, planned, possible.
    ("The group threatened to kill ten hostages unless the ransom was paid.", ""),
    ("Had the shell landed an hour earlier, twenty pupils would have been killed.", ""),
    ("The plot was meant to kill hundreds of shoppers.", ""),
    ("If the dam breaks, thousands of people could die.", ""),
    ("Officials fear that up to 200 people may be killed if the siege goes on.", ""),
    ("The exercise simulated an attack with 30 people killed.", ""),
    ("Police foiled a bombing that would have killed dozens.", ""),
    ("Four gunmen planned to murder two judges, prosecutors said.", ""),
    # Not people, not true.
    ("The film ends with eleven soldiers killed on a beach.", ""),
    ("Sixty camels were killed in the crossfire.", ""),
    ("Two drones were shot down and one was damaged.", ""),
    ("Inflation killed off three small businesses in the city.", ""),
    # Attackers apart from victims.
    ("The bomber killed himself and four guards.", "killed 1, combatant, flag attacker; killed 4"),
    ("Two attackers were also killed.", "killed 2, combatant, flag attacker"),
    ("Police shot dead the three assailants after they had killed a priest.",
     "killed 3, combatant, flag attacker; killed 1, civilian"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_harm_is_read_in_every_voice(text: str, expected: str) -> None:
    assert differences(text, expected) == []
