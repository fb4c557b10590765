"""Numbers that count people harmed, and the many that count something else, in sentences with words of harm."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

from extraction.words.numbers import quantities
from extraction.words.tokens import tokens

CASES = [
    # Figures in words and digits.
    ("Seventeen villagers were killed near Bankass.", "killed 17, civilian, value Seventeen"),
    ("The famine year left 1.3 million people displaced across the Lake Chad basin.",
     "displaced 1300000, value 1.3 million"),
    ("A hundred and twelve miners were injured in the blast.", "injured 112"),
    ("More than 2,400 families' breadwinners aside, 3,150 people were wounded in Marawi.", "injured 3150"),
    ("A dozen or so herders were killed in the raid on Menaka.", "killed ~12|killed v12"),
    ("Two or three fishermen were hurt when the shell fell on the jetty at Hodeidah.", "injured 2-3"),
    ("Between five and seven recruits died when the truck overturned under fire.", "killed 5-7"),
    ("The raid killed 5–7 people, residents of Mukalla said.", "killed 5-7"),
    ("Dozens of worshippers were wounded at the shrine in Sehwan.", "injured v12"),
    ("Scores were killed as the boat was shelled.", "killed v20"),
    ("Several hundred people were displaced by the clashes in Kidal.", "displaced v100|displaced v300"),
    ("About forty shoppers were hurt in Quetta.", "injured ~40, value About forty"),
    ("Nearly 60 conscripts were killed in the barracks at Starobilsk.", "killed ^60, combatant"),
    ("Up to nine smugglers were killed on the border.", "killed <=9"),
    ("Fewer than ten people were wounded, the mayor of Sirte said.", "injured <10"),
    ("No fewer than 31 farmers were killed in Zabarmari.", "killed >=31"),
    ("An estimated 700 people were displaced from Cabo Delgado villages.", "displaced ~700"),
    # Fractions and percentages are no count.
    ("Half of the passengers were killed when the minibus hit the mine.", ""),
    ("Sixty per cent of those killed in the camp were women.", ""),
    ("A third of the wounded were discharged.", ""),
    ("Two thirds of the dead were under eighteen.", ""),
    # Ages, dates, distances, calibres, money, things.
    ("A 34-year-old teacher was killed in Hebron on 12 May 2018.", "killed 1, civilian"),
    ("Halima, 9, was wounded while fetching water 3 kilometres from Taiz.", "injured 1"),
    ("The 155mm shell that killed four labourers was fired from 20 miles away.", "killed 4"),
    ("The ministry paid $5,000 to the family of each of the six people killed.", "killed 6"),
    ("Three trucks and two tanks were destroyed and one soldier was killed.", "killed 1, combatant"),
    ("The 3rd Brigade lost 11 men in the ambush; 40 vehicles were burnt.", "killed 11, combatant"),
    ("Jets flew 22 sorties and carried out 14 strikes, killing two shepherds.", "killed 2"),
    ("At 5.30pm on Route 60 a roadside bomb wounded eight commuters.", "injured 8"),
    ("Four houses and a school were hit; nobody inside was killed.", "killed 0"),
    ("The 2006 war is remembered for the shelling of 14 July.", ""),
    ("Some 300 goats were killed when the barn was hit.", ""),
    ("In the game, players have killed 40 zombies to reach level 12.", ""),
    ("Police seized 12 rifles and killed 3 gunmen in Bajaur.", "killed 3, combatant"),
    ("A battalion of 600 soldiers was sent after the attack, in which two officers died.", "killed 2"),
    ("The town of 40,000 people lost its only hospital; one nurse was killed.", "killed 1, civilian"),
    ("Eleven of the 46 detainees were killed when the prison at Dhamar was hit.", "killed 11"),
    ("Article 7 was invoked after the killing of two envoys.", "killed 2"),
    ("The second attack in three days killed five people in Jalalabad.", "killed 5"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_counts_people_and_nothing_else(text: str, expected: str) -> None:
    assert differences(text, expected) == []


def test_a_figure_of_casualties_that_opens_a_sentence_leaves_its_last_word_alone() -> None:
    text = "Casualty figures vary; the shell killed nine soldiers"
    found = tokens(text, 0, len(text), quantities(text))
    assert (found[1].tag, found[-1].text, found[-1].tag) == ("T", "soldiers", "v")
