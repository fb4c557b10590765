"""Which country a text plays in."""

from __future__ import annotations

import pytest

from extraction import extract
from extraction.mentions.countries import country_context


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. warplanes hit a hut in Kunar. Afghan elders wept. U.S. planes came back; U.S. troops followed.", "AFG"),
        ("Iraqi military and police forces man the post. Iraqi leaders and US administrators pass it.", "IRQ"),
        ("Syrian army soldiers were killed.", "SYR"),
    ],
)
def test_forces_abroad_weigh_less_than_places_and_peoples(text: str, expected: str) -> None:
    assert country_context(text)[0] == expected


def test_an_unknown_village_lies_where_the_text_plays() -> None:
    text = (
        "U.S. warplanes hit a remote Afghan village. The governor of Kunar said U.S. planes struck a village, "
        "Weradesh. A nurse said U.S. firepower killed eight villagers there."
    )
    (claim,) = extract(text).claims
    assert claim.country == "AFG"
