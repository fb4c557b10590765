"""Whose deaths a second figure tells: those of the other side, the same people counted later, or a rival's count."""

from __future__ import annotations

import pytest

from extraction import extract
from extraction.tolls.toll import document_tolls


def killed(text: str) -> tuple[int | None, int | None]:
    """Both ends of the dead that *text* tells of."""
    toll = next(toll for toll in document_tolls(extract(text).claims) if toll.harm == "killed")
    return toll.low, toll.high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Attackers whom police or troops killed are others than those whom they killed.
        ("Gunmen killed six farmers at a ford. Police shot dead two of the gunmen.", (8, 8)),
        ("Raiders killed six people at a ford. Soldiers later killed three of the attackers.", (9, 9)),
        ("Gunmen killed six people at a ford. Gunmen on mules killed two people there.", (6, 6)),
        ("Militants killed three guards at a ford. The garrison fired back and killed two of the militants.", (5, 5)),
        ("Gunmen killed six people at a ford. The gunmen, two of whom were killed, burned it.", (8, 8)),
        # Soldiers and police are others than the militants told of, named or not, and militants may be the attackers.
        ("Five rebels were killed at a ford. Two soldiers died in the fight.", (7, 7)),
        ("Two constables were killed at a ford. One of the terrorists was killed.", (3, 3)),
        ("A raid left 35 Boko Haram fighters dead. Ten Chadian soldiers were killed.", (45, 45)),
        ("Two militants were killed in a fight at a ford. The police fired back and killed two attackers.", (2, 2)),
        ("Police killed the rebel believed to lead them. Three rebels were killed.", (3, 3)),
        # "Up to" so many, of whom some are told to be among the dead.
        ("A drone killed up to seven people. Three of those killed were children.", (3, 7)),
        ("A drone killed up to seven people. One of those killed was a child.", (7, 7)),
        # Security officials are others than the fighters beside them; a second deed of a sentence adds its dead.
        ("Twenty rebels were killed and 14 security officials martyred in a raid.", (34, 34)),
        ("Raiders took a cafe, hacking 20 people to death and killing two officers.", (22, 22)),
        # What a total of days splits into adds up.
        ("Nineteen people were killed in strikes over the past two days. In the deadliest strike on Monday 17 people "
         "died, said a clerk. In another strike on Tuesday two people were killed, a nurse said.", (19, 19)),
        # Somebody and the kin of that one.
        ("Raiders burned to death a pregnant woman, shot dead her son, and killed three farmers.", (5, 5)),
        # The same kin told again beside the same name are no further people.
        ("A shell killed Karim Haddad and his mother. A nurse wrote that Karim Haddad was killed with his mother.",
         (2, 2)),
        # A few told one by one beside a much larger count are of it.
        ("Nine people were killed at a ford. " + "The water was high and the road was blocked by fallen trees. " * 8
         + "Her infant son was also killed.", (9, 9)),
        ("Three people were killed. Her infant son was also killed.", (4, 4)),
        # A close figure of another voice for people by their trade is a rival.
        ("Six men at a rescue post were killed. A nurse said seven medics were killed.", (6, 7)),
        ("Six farmers were killed. A nurse said 20 medics were killed.", (26, 26)),
        ("One person died on the spot, and one died later.", (2, 2)),
        # The same one killed again later; whom police killed is none of those whom he killed.
        ("A man killed four people at a mill and hurt another one. He later killed a driver.", (5, 5)),
        ("He went in, killing twelve people and hurting three before he was shot dead by police officers.", (13, 13)),
        # Who did it and then ended by his own hand died, too.
        ("A man shot and killed his wife and two boys, then he turned the gun on himself.", (4, 4)),
        ("A man killed his wife and two young children before committing suicide.", (4, 4)),
        ("A gunman killed six people at a mosque. He later took his own life.", (7, 7)),
        ("A guard killed six people and wanted to commit suicide.", (6, 6)),
        # A wounded one who died, unless that was told before.
        ("A gunman killed four women. A man was critically hurt and taken to a clinic, where he died.", (5, 5)),
        ("A baker died in hospital. The baker was shot on Sunday and taken to a clinic, where he died.", (1, 1)),
        # Those by their number in a row.
        ("Four people were found dead in a house. A fifth person was shot to death on Tuesday.", (5, 5)),
        # A figure of all.
        ("Raiders killed five guards at a mill. In total, 12 guards and four raiders were killed.", (16, 16)),
        # A toll that rose replaces what the same voice told before.
        ("Nine people died in a fire at a mill. The toll later rose to 21.", (21, 21)),
        ("Nine people died in a fire at a mill. Over the next days the death toll was raised to 21.", (21, 21)),
        ("Nine people died in a fire at a mill (later revised to 21).", (21, 21)),
        ("Nine people died in a fire at a mill. A nurse said the toll had risen to 21.", (9, 21)),
    ],
)
def test_a_second_figure_of_the_dead(text: str, expected: tuple[int, int]) -> None:
    assert killed(text) == expected
