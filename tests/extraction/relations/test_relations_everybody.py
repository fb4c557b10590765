""" "All were killed": as many as were counted before."""

from __future__ import annotations

import pytest
from careful_reader import cases, differences

CASES = [
    ("There were around 30 relatives in the house and they were all killed.", "killed ~30, civilian"),
    ("They all died.", ""),
    ("The rebels seized 14 miners in Meta. All of them were killed.", "detained 14; killed 14, civilian"),
    ("Gunmen stopped a bus carrying 11 miners. All were killed.", "killed 11, civilian"),
    ("A boat with nine sailors on board was hit by a shell, killing all aboard.", "killed 9"),
    ("The plane was carrying at least 14 people. It was hit near Goma. All the passengers died.", "killed >=14"),
    ("The rebels seized 14 miners and two guards. All of the miners were found dead.",
     "detained 14; detained 2; killed 14"),
    ("Six rockets hit the village. All were destroyed.", ""),
    ("All were killed.", ""),
    ("Ten traders and two soldiers were in the bus. All were killed.", ""),
    ("Five people, all of them civilians, were killed.", "killed 5, civilian"),
    ("Five women were killed. All of the women who were killed were nurses.", "killed 5, women"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_all_are_as_many_as_were_counted(text: str, expected: str) -> None:
    assert differences(text, expected) == []
