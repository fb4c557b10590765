"""Which claims are of the occasion that a text tells of."""

from __future__ import annotations

import pytest

from extraction import extract
from extraction.tolls.toll import document_tolls

HISTORY = [
    ("On 3 May 2021 a bomb killed four people in Hama. Their uncle, a baker, was killed by a mine in 2018.", 4),
    ("On 3 May 2021 a bomb killed four people in Hama. A shell killed two bakers in March 2020.", 4),
    ("In 2018 a bomb killed four people in Hama. On 3 May 2021 two bakers were killed in Homs.", 6),
    ("On 3 May 2021 a bomb killed four people in Hama. On 7 May 2021 two bakers were killed in Homs.", 6),
]


@pytest.mark.parametrize(("text", "low"), HISTORY)
def test_deaths_that_only_a_year_long_before_dates_are_history(text: str, low: int) -> None:
    (toll,) = document_tolls(extract(text).claims)
    assert toll.low == low
