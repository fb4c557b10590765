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
    # Whose phrase stands before the verb.
    ("The charity that runs the clinic said six patients were killed.", "killed 6, says charity"),
    ("The clash lasted until dawn in the fields near the dam, Colonel Imad Sarraf said. Two guards died, he added.",
     "killed 2, says Colonel Imad Sarraf"),
    ("An adviser to the governor put the number of dead at 13.", "killed 13, says adviser to the governor"),
    ("The spokesman for the rebels denied it and said 17 soldiers had been killed.", "killed 17, says rebels"),
    ("The medics' union issued a statement saying four nurses were killed.",
     "killed 4, says medics|union|medics' union"),
    ("The blast wounded nine, said a major, adding that two children were killed.",
     "injured 9, says a major|major; killed 2, says a major|major"),
    ("A clinic in Marib run by foreign doctors said it had received four wounded.",
     "injured 4, says clinic"),
    ("Two men died in the queue, which had formed at dawn, said a witness.", "killed 2, says witnesses"),
    ("Gunmen killed four teachers, Radio Tamarin reported.", "killed 4, says Radio Tamarin"),
    ("The toll of 41 dead was first reported by the independent daily Horizon.", "killed 41, says Horizon"),
    ("Police found the bodies of six men near the canal.", "killed 6, says narrator|bodies_found 6, says narrator"),
    ("Bandits killed nine traders, an attack the senator blamed on neglect.", "killed 9, says narrator"),
    ("It was reported that eleven miners had been killed.", "killed 11, says unspecified reports"),
    ("The clerk's report of 12 killed could not be checked.", "killed 12, says clerk"),
    ("Iraq: 13 people killed in a market", "killed 13, says narrator"),
    # Asides, brackets and lists around the one who speaks.
    ("The shells killed nine, said Adam Boro, spokesman for the UN mission.", "killed 9, says United Nations"),
    ("Idris Garba, a lecturer, who heard the blast, said six people died.", "killed 6, says Idris Garba"),
    ("The armed forces press office (OPFA) said 17 soldiers died.", "killed 17, says armed forces press office"),
    ("Residents contacted by phone said eight people were killed.", "killed 8, says residents"),
    ("Three police sources and two medics said six people died.", "killed 6, says police sources & medics"),
    ("Eight people died, a spokeswoman for a group battling the junta told AFP.",
     "killed 8, says spokeswoman for a group battling the junta"),
    ("Two people dead in Marsa shelling - mayor\n\nThe shells fell at noon.", "killed 2, says mayor"),
    ("Nineteen people were killed, a Reuters tally shows.", "killed 19, says Reuters"),
    ("The war has killed 900 people, by the UN's count.", "killed 900, says United Nations"),
    ("The radio quoted a colonel as saying 12 rebels died.", "killed 12, says colonel"),
    ("Anna Grand, the UN coordinator for Yemen, said that field reports indicated that 12 people were killed.",
     "killed 12, says United Nations"),
    ("Jordan announced a closure, after raids that killed 30 people, according to Amnesty International.",
     "killed 30, says Amnesty International"),
    ("According to him the gunmen killed six guards.", "killed 6"),
    ("The last note recalls the murder of two men.", "killed 2, says narrator"),
    ("No deaths were recorded, but the mayor added: \"We wait for reports.\"", "killed 0, says narrator"),
    ("The health ministry in Khartoum said five people died.", "killed 5, says Sudanese health ministry"),
    ("DAKAR - Rebels fled. The government said five people died.", "killed 5, says Senegalese government"),
    ("The Central Committee of Sudan Doctors said seven people died.",
     "killed 7, says Central Committee of Sudan Doctors"),
    ("IS said six soldiers were killed.", "killed 6, says Islamic State"),
    # Whom a pronoun or a definite noun stands for.
    ("A Health Ministry source said ten people died. Residents heard gunfire. The Health Ministry source said four of "
     "them were soldiers, and that 30 others were wounded.",
     "killed 10, says Health Ministry source; killed 4; injured 30, says Health Ministry source"),
    ("Turkey launched an operation in northern Syria. The army said 40 militants were killed.",
     "killed 40, says Turkey"),
    ("BEIRUT - The agency spoke to residents of the camp. Washington does not accept that. It concedes six deaths.",
     "killed 6, says United States"),
    ("The army put its losses at two dead, with local sources speaking of more. \"We killed 30 gunmen,\" it said.",
     "killed 2; killed 30, says army"),
    ("Airwars disputes the count. By its estimate, 700 civilians were killed.", "killed 700, says Airwars"),
    ("Tunisia's government met. The interior ministry said five militants were killed in Tunis.",
     "killed 5, says Tunisian Interior Ministry"),
    ("Basil Hamdan said two people were killed. Nobody was there to help, said Basil Hamdan, a spokesman for Amnesty "
     "International.", "killed 2, says Amnesty International"),
    # Their names.
    ("Algeria's interior minister, Mr Salim Haddou, said 40 people had died.",
     "killed 40, says Algerian interior minister"),
    ("The Russian ministry of defence said 12 soldiers were killed.", "killed 12, says Russian defence ministry"),
    ("The Turkish government said three civilians were hurt.", "injured 3, says Turkish government"),
    ("Disaster officials said nine people were killed.", "killed 9, says Disaster officials"),
    ("A senior official said nine people were killed.", "killed 9, says officials"),
    ("Officials at the Rahma hospital said five people had died.", "killed 5, says hospital officials"),
    ("His brother said that three boys were wounded.", "injured 3, says relatives"),
    ("Tigris Monitor activists reported three deaths.", "killed 3, says Tigris Monitor"),
    ("Witnesses and local medics said eight people died.", "killed 8, says witnesses & medics"),
    # What a voice goes on to say.
    ("Three people died in Izmal when a shell hit a bus stop, the governor said. Another two were killed in a garden.",
     "killed 3; killed 2, says governor"),
    ("The governor spoke on the radio. Three people died at a bus stop. Two more were killed in a garden, the governor "
     "added.", "killed 3; killed 2, says governor"),
    ("Mr Okon, the mayor, described it. Four people died at the mill. Two more were killed on the road, he added.",
     "killed 4; killed 2"),
    ("Police said four people died. \"We buried the dead. Two men are missing,\" a priest said.",
     "killed 4, says police; missing 2, says priest"),
    ("Police said four people died.\n\"The search goes on.\n\nTwo men were killed elsewhere.",
     "killed 4; killed 2, says narrator"),
    ("Police said four people died. Seven were killed in a raid last year.",
     "killed 4, says police; killed 7, says narrator"),
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
