"""What a sentence says of a place: something happened there, somebody spoke there, or it is no site at all."""

from __future__ import annotations

import pytest

from extraction.mentions.places import place_mentions
from extraction.mentions.sites import ELSEWHERE, HAPPENED, NAMED, SPOKEN, sites


@pytest.mark.parametrize(
    ("text", "place", "rank"),
    [
        ("Four people died in Kirkuk.", "Kirkuk", HAPPENED),
        ("Two shells hit the northern outskirts of Marib at dawn.", "Marib", HAPPENED),
        ("It was the third Kandahar market bombing this year.", "Kandahar", HAPPENED),
        ("Gunmen broke into Baidoa and killed six.", "Baidoa", HAPPENED),
        ("A patrol found them in volatile southern Helmand.", "Helmand", HAPPENED),
        ("Rebels marched to Goma, where they shot nine people.", "Goma", HAPPENED),
        ("The dead lay in front of the Mosul town hall.", "Mosul", NAMED),
        ("A minister told reporters in Ankara that ten had died.", "Ankara", SPOKEN),
        ("Officials at the Aden health directorate counted nine dead.", "Aden", SPOKEN),
        ("The wounded were taken to a clinic in Erbil.", "Erbil", SPOKEN),
        ("Moscow rejected the claim.", "Moscow", SPOKEN),
        ("The Kirkuk Security Council spoke of ten dead.", "Kirkuk", SPOKEN),
        ("It followed a similar raid in March on a hotel in Bamako.", "Bamako", ELSEWHERE),
        ("The group is a branch of the network's affiliate in Somalia.", "Somalia", ELSEWHERE),
        ("Ten men from Idlib were shot.", "Idlib", None),
        ("They fled towards Sinjar, Zummar and Rabia.", "Rabia", None),
        ("Gunmen killed a police chief in Kandahar.", "Kandahar", HAPPENED),
        ("The police chief in Herat said so.", "Herat", SPOKEN),
        ("Confirming the raid to the News Agency of Nigeria in Gusau, an officer gave a toll.", "Gusau", SPOKEN),
        ("The capital, Kyiv, was shelled at dawn.", "Kyiv", HAPPENED),
        ("They fled over the border with Jordan.", "Jordan", None),
        ("A court tried the mastermind of a bombing in Istanbul.", "Istanbul", None),
    ],
)
def test_what_a_sentence_says_of_a_place(text: str, place: str, rank: int | None) -> None:
    found = {site.mention.text: site.rank for site in sites(text, place_mentions(text), 0)}
    assert found.get(place) == rank


def test_a_place_shares_the_lot_of_what_lies_in_it() -> None:
    text = "A baker from Tell Zunbur village in western Aleppo died near Darat Ezza."
    assert [site.mention.text for site in sites(text, place_mentions(text), 0)] == ["Darat Ezza"]
