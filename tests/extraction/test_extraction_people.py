"""People called by name, likewise harmed, nearly harmed, and counted only in fear."""

from __future__ import annotations

import pytest

from extraction import extract


@pytest.mark.parametrize(
    ("text", "lows"),
    [
        ("The deaths of Nathan Young, Bernard Cole and Jake Marsh have been confirmed.", [3]),
        ("Gunmen shot and killed Ahmed Riyadh al-Karkhi, a radio journalist.", [1]),
        ("The blast killed Nabil's wife and son.", [1, 1]),
        ("A policeman was killed in the raid, as were two bystanders.", [1, 2]),
        ("A police chief was nearly killed when gunmen fired on his car.", []),
        ("The death toll could rise to as high as 40.", []),
        ("At least 19 are believed to be held hostage in the north.", [19]),
        ("There were no details on the names of those killed.", []),
        ("The number of civilian deaths rise to three.", [3]),
        ("Carmen Duarte's murder also calls for an answer.", [1]),
        ("CARMEN DUARTE'S MURDER DIVIDED THE PARTY.", [1]),
        ("Two men were shot dead in Tarma. Carmen Duarte's murder a year ago led to protests.", [2]),
        ("Carmen Duarte's murder trial opened.", []),
        ("The party of candidate Luis Carmona, who was shot to death last month, withdrew.", [1]),
        ("They honoured Luis Carmona and Carmen Duarte, members of the front who were killed recently.", [2]),
        ("His two sons, Luis Carmona and Juan Carmona, were killed.", [2]),
        ("Luis Carmona and Carmen Duarte were killed.", [2]),
        ("At least 20 civilians spanning over three generations, including 13 women, were killed.", [20, 13]),
        ("30-year-old Luis Carmona and 28-year-old Carmen Duarte were killed in Tarma.", [2]),
        ("The pilot was killed alongside three members of the crew and two nurses.", [1, 3, 2]),
        ("The wife of Luis Carmona – the spokesman – and three other civilians were killed.", [1, 1, 3]),
        ("Twenty guests, including eight women, two of whom were pregnant, and four men were killed.", [20, 8, 2]),
        ("The strike killed at least one member of his family, a child.", [1]),
        ("Luis Carmona, his son, and 15 others were killed in the clash.", [1, 15, 1]),
        ("LIMA, 30 NOV 89 (RADIO) -- IN ANOTHER ACT OF VIOLENCE, 18 PEOPLE WERE KILLED.", [18]),
        ("THE MURDER OF SENATOR AND PRESIDENTIAL CANDIDATE JUAN MORA WAS RECALLED.", [1]),
        ("Superintendent Luis Carmona was killed with three of his guards on Friday.", [1, 3]),
        ("Senator and candidate Luis Carmona was shot dead on Friday.", [1]),
        ("Gunmen killed Luis Carmona, his wife, and two bodyguards.", [1, 1, 2]),
        ("In another act of violence, two teachers were shot dead in Tarma.", [2]),
        ("Several armed men shot repeatedly at the newspaper's offices.", []),
        ("ARMED MEN SHOT REPEATEDLY AT THE OFFICES.", []),
        ("The bridge improved the lives of 400 villagers.", []),
        ("The mudslide took the lives of 12 villagers.", [12]),
        ("The assassination on 22 March of Luis Carmona forced the party to withdraw.", [1]),
        ("The killing last week of two nuns shocked the town.", [2]),
        ("LIMA (PERU), 30 NOV 89 (TV 1) -- PERUVIAN MINISTER JUAN PERALTA CONDEMNED THE MURDER OF SIX MONKS.", [6]),
    ],
)
def test_people_are_counted_as_a_reader_counts_them(text: str, lows: list[int]) -> None:
    assert [claim.low for claim in extract(text).claims] == lows
