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
        ("LIMA (PERU), 30 NOV 89 (TV 1) -- PERUVIAN MINISTER JUAN PERALTA CONDEMNED THE MURDER OF SIX MONKS.", [6]),
    ],
)
def test_people_are_counted_as_a_reader_counts_them(text: str, lows: list[int]) -> None:
    assert [claim.low for claim in extract(text).claims] == lows
