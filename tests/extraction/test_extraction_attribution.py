"""Who says so: verbs before, after and around, carried over, relayed, collective, anonymous; the narrator otherwise."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    # The narrator.
    ("Eight people were killed in Aden on Monday.", "killed 8, says narrator"),
    ("Our correspondent counted six wounded at the clinic.", "injured 6, says narrator"),
    # Verbs before, after and around.
    ("Iraqi police said eight people had been killed.", "killed 8, says Iraqi police|police"),
    ("Eight people had been killed, police said.", "killed 8, says police"),
    ("Eight people, said the mayor of Tal Afar, had been killed.",
     "killed 8, says local officials|mayor|officials|mayor of Tal Afar"),
    ("At least four fighters were killed, the Syrian Observatory for Human Rights reported.", "killed >=4, says SOHR"),
    ("According to the Red Cross, nine patients were killed.", "killed 9, says ICRC|Red Cross"),
    ("Nine patients were killed, according to hospital officials.", "killed 9, says hospital officials"),
    ("Seven people were killed, witnesses told Reuters.", "killed 7, says witnesses, via Reuters"),
    ("Citing a medical source, Al Jazeera said three people had been killed.",
     "killed 3, says medical sources, via Al Jazeera"),
    ("A nurse at the clinic put the number of dead at 19.", "killed 19"),
    ("The United Nations estimates that 1,200 people have been killed since January.",
     "killed ~1200|killed 1200, says United Nations"),
    ("Amnesty International documented the killing of 14 civilians in the village.",
     "killed 14, says Amnesty International"),
    ("A report by Human Rights Watch found that 27 civilians were killed.", "killed 27, says Human Rights Watch"),
    ("\"We buried eleven people yesterday,\" said a resident of Bama. \"Six more were wounded.\"",
     "killed 11, says residents; injured 6, says residents"),
    ("\"Three of my sons were killed,\" Umm Khalid said.", "killed 3"),
    # Carried over until another voice takes over.
    ("Health officials in Gaza said 17 people were killed. They added that 60 were wounded.",
     "killed 17, says health officials|Gaza Ministry of Health; injured 60, says health officials|Gaza Ministry of "
     "Health"),
    ("The governor said five people died. Twelve others were injured, he said.", "killed 5; injured 12"),
    ("Police said four people were killed. A doctor said six people had died.",
     "killed 4, says police; killed 6, says doctors"),
    # Collective and anonymous.
    ("Local sources reported two deaths.", "killed 2, says local sources"),
    ("Activists said the raid killed 33 people.", "killed 33, says activists"),
    ("Security officials who asked not to be named said six soldiers were killed.",
     "killed 6, says security officials"),
    ("Reports said ten people had been killed.", "killed 10, says unspecified reports"),
    # The last-named organisation.
    ("The Syrian Observatory for Human Rights said a shell hit Nubl. The monitor said six people were killed.",
     "killed 6, says SOHR"),
    ("Airwars is looking into the strike. The group said at least 12 civilians were killed.",
     "killed >=12, says Airwars"),
    # Joint claimants.
    ("Police and medics said ten people were killed.", "killed 10, says police & medics|police and medical sources"),
    # Admissions and denials.
    ("The US military admitted that it had killed five civilians in Jana.",
     "killed 5, says United States, by United States: admitted"),
    ("The Russian Defence Ministry denied that any civilians were killed.",
     "killed 0|killed_or_injured 0, says Russia"),
    ("The army said nobody had been hurt by its shells.", "killed_or_injured 0|injured 0"),
    # Said by an armed group.
    ("The Taliban claimed to have killed 14 Afghan soldiers.",
     "killed 14, combatant, says Taliban, by Taliban: admitted"),
    ("Al-Shabaab said its fighters had killed six Kenyan troops.",
     "killed 6, combatant, says al-Shabaab, by al-Shabaab: admitted"),
    ("State news agency SANA said shelling by rebels had killed two people.", "killed 2, says SANA"),
    ("The Houthi-run Al-Masirah television said raids had killed 11 people.", "killed 11, says Al-Masirah|Al Masirah"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_the_voice_behind_a_figure(text: str, expected: str) -> None:
    assert differences(text, expected) == []
