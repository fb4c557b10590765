"""A footnote that corrects the text itself: the correction counts, and what was published stays as superseded."""

from __future__ import annotations

import pytest

from extraction import extract
from extraction.tolls.toll import document_tolls

BODY = "Two women were killed when a shell hit Bir Luz village on May 3, 2022. Four men were injured.\n\n"


@pytest.mark.parametrize(
    "footnote",
    [
        "* At the time we published a report stating that two women were killed in the village. We have since "
        "confirmed that only one woman was killed.",
        "Correction: an earlier version of this article said that two women were killed. In fact one woman was killed.",
    ],
)
def test_a_footnote_takes_back_what_was_published(footnote: str) -> None:
    claims = extract(BODY + footnote).claims
    killed = [(c.best, "superseded" in c.flags) for c in claims if c.harm == "killed"]
    assert killed == [(2, True), (2, True), (1, False)]
    tolls = {toll.harm: (toll.low, toll.high) for toll in document_tolls(claims)}
    assert tolls == {"killed": (1, 1), "injured": (4, 4)}


def test_a_claim_that_proved_wrong_counts_nobody() -> None:
    claims = extract("Four hikers disappeared. Claims that the four were dead proved to be false.").claims
    assert {toll.harm for toll in document_tolls(claims)} == {"missing"}


def test_earlier_words_that_are_not_put_right_stand() -> None:
    claims = extract(BODY + "We reported last week that two women were killed near the mill.").claims
    assert not any("superseded" in claim.flags for claim in claims)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Initial reports said three people were killed there. The ministry said five people were killed.", 5, 5),
        ("The ministry said five people were killed. A local station had initially reported three deaths.", 5, 5),
        ("Police put the toll at three. The ministry said five people were killed.", 3, 5),
        ("Early reports of a raid came. A chief said it killed three people. The mayor said it killed five people.",
         3, 5),
    ],
)  # fmt: skip
def test_what_was_first_heard_is_no_rival_of_a_later_figure(text: str, low: int, high: int) -> None:
    claims = extract(text).claims
    assert [(toll.low, toll.high) for toll in document_tolls(claims) if toll.harm == "killed"] == [(low, high)]
