"""Subjects that are not said again, stand behind clauses and asides, or are only pointed back to."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    ("Omar Botta, who had gone to the cemetery, tried to flee the lone gunman but was caught and killed.", ""),
    ("The guests confronted the raider and three girls, all under 18, were stabbed.", "injured 3, children"),
    # Whom "before being" and "later died" are told of.
    ("The gunman shot six people at a bar, killing two of them, before being killed by officers.",
     "killed 1; killed_or_injured 6; killed 2"),
    ("Two raiders stabbed four people in a market before being shot dead.", "killed 2; injured 4"),
    ("Raiders stormed the lodge and killed nine guests before being killed by commandos.", "killed 9"),
    ("Five surveyors were abducted before being executed.", "killed 5"),
    ("The pupil opened fire in a classroom, killing two teachers, and later died.", "killed 1; killed 2"),
    ("He opened fire and later died.", "killed 1"),
    ("A man killed his uncle and father at home and was later killed by troops.", "killed 1; killed 1; killed 1"),
    ("He was soon shot and killed.", "killed 1"),
    ("A bomb went off beside his car, which led to his death.", "killed 1"),
    ("Friends mourned his death.", ""),
    # Shares and asides of a total.
    ("Three personnel of the Border Force (BFX), two of them commandos of the unit CoXA, were killed.",
     "killed 3; killed 2, of 0"),
    ("In the east: 1,240 casualties (344 killed and 896 injured)", "killed_or_injured 1240; killed 344; injured 896"),
    ("The army came back, using howitzers to kill a woman and injure a baker.", "killed 1; injured 1"),
    ("A captain was among those killed, but the target was the commander, Omar Galdin, who escaped.", "killed 1"),
    ("His operations officer Capt. Karim Haddad was among those killed.", "killed 1"),
    ("Nine children from one family were among those killed.", "killed 9, children"),
    ("A 30-year-old man, his father, Karim, and his mother-in-law were killed.", "killed 1; killed 1; killed 1"),
    ("A soldier assigned to the 3rd Brigade was killed, and another injured.", "killed 1, combatant; injured 1"),
    ("Two jawans were on Monday killed and two others injured.", "killed 2; injured 2"),
    ("Four bakers were on May 5 killed in a blast.", "killed 4"),
    ("The mother and father were both killed.", "killed 1; killed 1"),
    ("A mortar killed 12 people - all of them bakers - in a Druze village.", "killed 12"),
    ("The raid killed 12 people, including two boys, a cook and a guard.",
     "killed 12; killed 2, of 0; killed 1, of 0; killed 1, of 0"),
    ("The raid killed 12 people, including Karim Haddad, his wife Lina and their three children.",
     "killed 12; killed 1, women, of 0; killed 3, children, of 0"),
    ("The raid killed three soldiers, including an officer, and two farmers.", "killed 3; killed 1, of 0; killed 2"),
    ("Karim Haddad, 45, his wife Lina, 40, and their three children were killed.", "killed 1; killed 3; killed 1"),
    ("Karim Haddad, 4, and his sister Lina, 2, were killed.", "killed 1; killed 1"),
    ("Two guards, Karim Haddad, 45, and Omar Galdin, 30, were killed.", "killed 2"),
    ("The raid killed Karim Haddad, 45, Omar Galdin, 30, and two guards.", "killed 2; killed 2"),
    ("Ali and Omar Galdin, two brothers, were shot dead.", "killed 2"),
    ("Five people were killed and as many wounded.", "killed 5; injured 5, value as many"),
    ("The grenade killed five people and wounded as many.", "killed 5; injured 5"),
    ("Nine pilgrims, two of whom later died, were wounded in the blast.", "injured 9, flag died_2; killed 2"),
    ("Nine pilgrims, including four bakers - three of them brothers - and a cook, died.",
     "killed 9; killed 4, of 0; killed 3, of 1"),
    ("The raid was carried out by a suicide bomber and only three bakers were killed.", "killed 3"),
    ("Village deaths rise to 17, including two women and six children, and 381 wounded, including 107 children",
     "killed 17; killed 2, women, of 0; killed 6, children, of 0; injured 381; injured 107, children, of 3"),
    ("Forty people killed, wounded in string of mortar attacks", "killed_or_injured 40"),
    ("Five bakers were among the wounded, ministry spokesman Col. Omar Toral (pictured) said.", "injured 5, civilian"),
    # A second verb behind "and".
    ("His son Kamil left the house and was killed by the blast.", "killed 1"),
    ("Police said a man walked into the post and was shot dead.", "killed 1"),
    ("A baker was reported missing and was found dead on Monday.", "killed 1, civilian"),
    ("The chief, Colonel Haddad, was hit in the leg and was hospitalized.", "injured 1"),
    ("The gunman shot and killed the baker and later fled.", "killed 1, civilian"),
    ("Two robbers killed and robbed two bakers.", "killed 2, civilian"),
    ("The warlord ordered the raids, as revealed by Nora Lindt, who was shot dead in May.", "killed 1"),
    ("Omar Toral, who is a member of the council, was killed with two guests.", "killed 1"),
    # A verb said once for two.
    ("A baker was killed and his father wounded.", "killed 1; injured 1"),
    ("Two bakers were killed and the driver injured.", "killed 2; injured 1"),
    ("Two bakers were arrested and the driver released.", "detained 2"),
    # Clauses and asides between subject and verb.
    ("A member of a panel that is in charge of the bridges was murdered.", "killed 1"),
    ("The two guards that he was travelling with were killed.", "killed 2, combatant"),
    ("Two guards of a trader, firing into the air to wake the street, were killed.", "killed 2"),
    ("Four rebels (including commander Omar Nasser) and one soldier died.", "killed 4; killed 1, of 0; killed 1"),
    # Pointing back.
    ("Karim Haddad was on his way home when he was shot dead.", "killed 1"),
    ("A bomb went off beside a baker. As a result, the victim died.", "killed 1"),
    ("Raiders broke into the home of a baker and shot him.", "killed_or_injured 1"),
    ("A man shouted at Karim Haddad and fired. Haddad died soon after.", "killed 1"),
    ("Rebels kidnapped a baker. His burnt body was found a week later.", "detained 1; killed 1"),
    ("A baker was shot dead. The baker's body was recovered from a well.", "killed 1"),
    ("The baker's body of work is admired in Sarmin, where two men died.", "killed 2"),
    ("Karim Haddad killed in a strike near Sarmin along with six other men.", "killed 1; killed 6"),
    ("A baker was killed while his wife sustained knife wounds.", "killed 1; injured 1, women"),
    ("Rebels took two bakers hostage. The other hostage died of thirst.", "detained 2; killed 1, civilian"),
    ("Two bakers, aged 50 and 60, were shot dead.", "killed 2, civilian"),
    ("Three bakers were killed along with eight others who were wounded.", "killed 3; injured 8"),
    ("Nine people including four nuns, two of whom were sisters, were killed.",
     "killed 9; killed 4, of 0; killed 2, of 1"),
    # A total that another word of harm has takes no part in the next one.
    ("The raid killed nine bakers, including two women, and a number of clients were hurt.",
     "killed 9; killed 2, of 0"),
    ("It led to the deaths of 12 people, including two nuns and a boy, with 30 others injured.",
     "killed 12; killed 2, of 0; killed 1, of 0; injured 30"),
    ("Karim Haddad (Abu Omar) was killed in Sarmin.", "killed 1"),
    ("Karim Haddad, head of the Bureau of Public Works (BPW), was killed.", "killed 1"),
    ("The mayor was shot at by a gunman in Sarmin.", ""),
    ("Sarmin died a slow death as a market town.", ""),
    ("A man named Karim Haddad and his son, the child Omar Haddad, were killed, along with a young woman.",
     "killed 1; killed 1; killed 1, women"),
    ("They spoke to the mother of a boy who was killed.", "killed 1, children"),
    ("A memorial for their cousin Karim Haddad (32) who was killed there was posted.", "killed 1"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_the_one_meant_suffers(text: str, expected: str) -> None:
    assert differences(text, expected) == []
