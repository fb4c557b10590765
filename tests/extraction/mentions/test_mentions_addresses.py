"""Places that stand together as one address, and the narrowest of them."""

from __future__ import annotations

import pytest

from extraction.mentions.addresses import address, innermost
from extraction.mentions.places import place_mentions


@pytest.mark.parametrize(
    ("text", "start", "chain", "inner"),
    [
        ("A mine killed two in Hajin, Deir Ezzor province, Syria.", "Syria",
         ["Hajin", "Deir Ezzor province", "Syria"], "Hajin"),
        ("A raid in Tell Zunbur, northeast of Afrin, killed two.", "Afrin", ["Tell Zunbur", "Afrin"], "Tell Zunbur"),
        ("A raid southeast of Aleppo near al-Nayrab killed two.", "Aleppo", ["Aleppo", "al-Nayrab"], "al-Nayrab"),
        ("Raids on Abu Kamal (al Bukamal) killed two.", "al Bukamal", ["Abu Kamal", "al Bukamal"], "Abu Kamal"),
        ("A raid in Arauca, which borders Venezuela, killed two.", "Arauca", ["Arauca"], "Arauca"),
        ("A raid in Syria's Afrin killed two.", "Syria", ["Syria", "Afrin"], "Afrin"),
        ("Raids on Idlib, Hama and Homs killed two.", "Hama", ["Hama"], "Hama"),
        ("A raid on Idlib killed two and a blast in Homs three.", "Homs", ["Homs"], "Homs"),
    ],
)  # fmt: skip
def test_an_address_and_its_innermost_place(text: str, start: str, chain: list[str], inner: str) -> None:
    places = place_mentions(text)
    found = address(text, next(m for m in places if m.text == start), places)
    assert [m.text for m in found] == chain
    assert innermost(text, found).text == inner
