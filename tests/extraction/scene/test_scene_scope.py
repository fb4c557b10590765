"""What a figure sums over: an incident, a period, a running total, a site; and from when until when."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    ('"The raid hit a market, resulting in the death of 90 people," said the Elm Lawyers, who have recorded abuses in '
     'the 20-month war.', "killed 90, incident"),
    ("In March, at least six people were killed when a mine blew up under a bus.", "killed >=6, incident"),
    ("A bomb tore through a hall in Sarmin, killing 168 and wounding more than 500.",
     "killed 168; injured >500, incident"),
    ("The toll has risen to 416 since the beginning of the protests.", "killed 416, cumulative"),
    ("Since the truce took effect, 226 people have been killed.", "killed 226, cumulative"),
    ("Seventy-two people were killed in one week of unrest.", "killed 72, period|cumulative"),
    ("More than 1,000 people have been killed by the army's retaliatory air strikes.", "killed >1000, cumulative"),
    ("A night raid killed 81 people in the worst massacre in nearly a year.", "killed 81, incident"),
    ("Earlier this month gunmen massacred 20 people at a town hall.", "killed 20, incident"),
    ("Karim Haddad was killed near Hit in February 2018.", "killed 1, incident"),
    ("In January, a suicide bomber struck the ministry, killing 13 people.", "killed 13, incident"),
    ("The network recorded 324 civilians who were killed in January, 161 of them in attacks by the army.",
     "killed 324, period; killed 161, period, of 0"),
    ("A truck bomb and a siege of a hotel by the group has left 15 people dead.", "killed 15, incident"),
    ("Saudi-led strikes on a hall killed 140 people and wounded more than 500.",
     "killed 140, incident; injured >500, incident"),
    ("Eight soldiers, 22 rebels killed\n\nEight soldiers and 22 rebels have been killed in clashes since Saturday.",
     "killed 8, cumulative|period; killed 22, cumulative|period; killed 8, cumulative|period; killed 22"),
    ("Four people were killed in an air raid on Hajjah on Tuesday.", "killed 4, incident"),
    ("Between June 2014 and May 2018, 410 people were killed by mines.",
     "killed 410, period|cumulative, from 2014-06-01, until 2018-05-31"),
    ("Since September, 96 people have been killed in the province.",
     "killed 96, cumulative|period, from 2018-09-01, until None|2019-03-14"),
    ("In February jets flew four raids on Hajjah. The raids killed eight people.", "killed 8, period"),
    ("In September the group carried out 20 acts of terror, killing 40 people.", "killed 40, period"),
    ("Clashes between the two sides have rocked the town, leaving 23 civilians dead.", "killed 23, period|cumulative"),
    ("In the last week 24 soldiers were injured. Four of the soldiers were injured in the attack at dawn.",
     "injured 24, period|cumulative; injured 4, incident, of 0"),
    ("Seventy civilians were killed during this operation by the air force.", "killed 70, incident"),
    ("In the last week 24 soldiers were injured. Bases in Hit and Tanf were hit; in the latter, 20 of the soldiers "
     "were injured.", "injured 24, period|cumulative; injured 20, incident, of 0"),
    ("This year 1,140 civilians have been killed.", "killed 1140, period|cumulative, from 2019-01-01"),
    ("In the past 24 hours, 17 people were killed in Idlib.", "killed 17, period|cumulative"),
    ("In February, 61 people were killed in Deir ez-Zor.",
     "killed 61, period|cumulative, from 2019-02-01, until 2019-02-28"),
    ("More than 500,000 people have been killed since the war began in March 2011.",
     "killed >500000, cumulative|period, from 2011-03-01"),
    ("More than 3,300 civilians have been killed since the conflict began in April 2014.",
     "killed >3300, civilian, cumulative|period, from 2014-04-01, until None|2019-03-14"),
    ("The conflict has killed some 14,000 people.", "killed ~14000, cumulative|period"),
    ("In 2015, 212 journalists were detained.", "detained 212, period|cumulative, from 2015-01-01, until 2015-12-31"),
    ("Over the last two months, 75 people have been killed.", "killed 75, period|cumulative, from 2019-01-14"),
    ("Since January 2019 there were 31 raids on the town. These raids left 25 fatalities: 15 farmers and ten nurses.",
     "killed 25, cumulative, from 2019-01-01; killed 15; killed 10"),
    ("A mass grave with 47 bodies was opened in Tarhuna.", "bodies_found 47, site"),
    ("The campaign has displaced 80,000 people so far.", "displaced 80000, cumulative|period"),
    ("Clashes over the past week left 43 dead.", "killed 43, period|cumulative"),
    ("A blast killed two people on Monday, bringing to 35 the number killed this month.",
     "killed 2, incident; killed 35, period|cumulative, from 2019-03-01"),
    ("Every year dozens of farmers are killed by mines.", "killed v12, period|cumulative"),
    ("During the 2014 war, 2,250 people were killed in Gaza.", "killed 2250, period|cumulative"),
    ("Eighteen people have been killed in a series of attacks over three days.", "killed 18, period|cumulative"),
    ("Two car bombs an hour apart killed 13 people in Baghdad.", "killed 13, incident"),
    ("Last month 20 villagers were abducted in Katsina.", "detained 20, from 2019-02-01, until 2019-02-28"),
    ("Five judges have been killed in less than 40 days.", "killed 5, period|cumulative, from 2019-02-02"),
    ("Nine activists were killed in three months.", "killed 9, period|cumulative"),
    ("Nine rebels were killed in the first air raid in almost three months.", "killed 9, incident"),
    ("The post has been vacant since 1 February, when two judges were shot dead.", "killed 2, incident"),
    ("Ten men were held over the last week in connection with the murder of six nuns.", "killed 6, incident"),
    ("The mayor was killed in January.", "killed 1, incident"),
    ("A NATO air strike on two trucks may have killed as many as 90 people.", "killed <=90, incident"),
    ("In its largest raid on the port in almost three months, the army killed seven people.", "killed 7, incident"),
    ("A raid killed nine people in Kunduz, where the rebels have gained ground in recent months.",
     "killed 9, incident"),
    ("Air strikes killed 313 people in the nine months to the end of January.",
     "killed 313, period|cumulative, from 2018-05-01, until 2019-01-31"),
    ("Six people were killed in separate attacks across Baghdad on Monday.", "killed 6, period|cumulative"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_what_a_figure_sums_over(text: str, expected: str) -> None:
    assert differences(text, expected) == []
