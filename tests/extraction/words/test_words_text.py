"""Text as found: odd spaces, broken words, capitals, lost punctuation, glued headlines; offsets of it as given."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

from extraction import extract

CASES = [
    ("Shelling kil*led six people in the market of Ariha.", "killed 6"),
    ("Four children were k!lled in the dugout.", "killed 4, children"),
    ("AT LEAST 9 SOLDIERS WERE KILLED AND 14 WOUNDED IN AN AMBUSH NEAR TILLABERI.",
     "killed >=9, combatant; injured 14"),
    ("Some\u00a01,200\u00a0people were\u00a0displaced.", "displaced ~1200"),
    ("The blast in\u00adjured eleven peo\u00adple.", "injured 11"),
    ("\ufeffEleven people were killed in Goma.", "killed 11"),
    ("\u201cFive of my neighbours were killed,\u201d said a resident.", "killed 5, says residents"),
    ("The governor said 14 people were killed 30 were injured and two are missing", "killed 14; injured 30; missing 2"),
    ("three people were killed in mogadishu when a car bomb went off", "killed 3"),
    ("Car bomb kills three in Mogadishu", "killed 3"),
    ("Mogadishu car bomb: 3 dead, 8 hurt", "killed 3; injured 8"),
    ("Three killed in Marib raid\n\nSana - Three people were killed in a raid on Marib.",
     "killed 3, segment headline; killed 3, segment body, again 0"),
    ("Seven fishermen were killed.\r\n\r\nNine were hurt.", "killed 7; injured 9"),
    ("Two people were killed in Homs.\n\nRelated news\n\nFive killed in Hama\n",
     "killed 2, segment body; killed 5, segment related"),
    ("\U0001f534 BREAKING \U0001f534 Two people were killed in Sderot.", "killed 2"),
    ("Two people were kill\u00aded \u2014 one a nurse \u2014 in Sderot.", "killed 2; killed 1, of 0"),
    ("Rockets kill seven in Marib market By Our Correspondent Seven people died on Monday.", "killed 7; killed 7"),
    ("\u2022 Two dead in Kharkiv\n\u2022 Six wounded in Sumy", "killed 2; injured 6"),
    ("Dr. A. Karim said that Gen. M. Saleh and two aides were killed.", "killed 1; killed 2"),
    ("A bomb in a crowded tea house in the old quarter killed nine people and wounded 15\nothers on Monday, "
     "the head of the local\ncouncil said. Gunmen fled\nbefore troops came.\nA guard was shot.",
     "killed 9, says council|local council|head of the local council; injured 15; killed_or_injured 1"),
    ("Toll of the raid\nkilled: 3\nwounded: 4\nmissing: 2\nThe mayor left.", "killed 3; injured 4; missing 2"),
    ("At least 3.600 people were displaced.", "displaced >=3600"),
    ("Subscribe to our newsletter. Share this story. 2 min read. Copyright 2019.", ""),
    ("", ""),
    ("   \n\t ", ""),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_text_is_read_as_found(text: str, expected: str) -> None:
    assert differences(text, expected) == []


@pytest.mark.parametrize("before", [
    "", "\ufeff", "\U0001f534 ", "\u00ad\u00ad", "Ka\u00adbul\u200b \u2014 ", "\r\n\r\n", "kil*led? "])
def test_offsets_are_of_the_text_as_given(before: str) -> None:
    text = f"{before}In Kunduz, for\u00adty-five\u00a0miners were kil*led on Monday."
    claim = extract(text).claims[-1]
    assert text[claim.quote_start:claim.quote_end] == claim.quote
    assert claim.value_start is not None
    assert claim.value_end is not None
    assert text[claim.value_start:claim.value_end] == claim.value_text == "for\u00adty-five"
    assert claim.quote.endswith("kil*led")
    assert claim.best == 45


def test_headlines_of_other_pages_at_the_end_are_related() -> None:
    links = "\n\n".join(
        [
            "Man shot dead by unknown gunmen in the west of Karnaf, May 4",
            "Two children injured by an old mine near Bir Luz on May 5",
            "The daily toll of civilians in the province on May 6",
        ]
    )
    claims = extract(f"A farmer was killed by a shell in Wadi Sabha.\n\n{links}\n").claims
    assert [(claim.best, claim.segment) for claim in claims] == [(1, "body"), (1, "related"), (2, "related")]
    one = extract("A farmer was killed by a shell in Wadi Sabha.\n\nTwo children injured by a mine near Bir Luz")
    assert {claim.segment for claim in one.claims} == {"body"}
