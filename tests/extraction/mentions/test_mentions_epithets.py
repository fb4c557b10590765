"""Places that a text calls by what they are."""

from __future__ import annotations

import pytest

from extraction.mentions.epithets import epithets
from extraction.mentions.places import place_mentions


@pytest.mark.parametrize(
    ("text", "home", "meant"),
    [
        ("A bomb went off in the Somali capital.", None, [("Mogadishu", "city", "SOM", "in")]),
        ("A bomb went off in Kenya's capital.", None, [("Nairobi", "city", "KEN", "in")]),
        ("A bomb went off in the capital on Friday.", "PER", [("Lima", "city", "PER", "in")]),
        ("A bomb went off in the capital Kyiv.", "UKR", []),
        ("Beledweyne was quiet. Then gunmen entered the city.", None, [("Beledweyne", "city", "SOM", None)]),
        ("Beledweyne was quiet. Then the city council met.", None, []),
        ("Six rebels died in clashes in the southeast.", "TUR", [("southeast", "side", "TUR", "in")]),
        ("Six rebels died in the south of Idlib province.", "SYR", []),
        ("Two guards were shot near the Libyan border.", None, [("Libyan border", "region", None, "near")]),
        ("A shell fell on Israeli soil.", None, [("Israeli soil", "region", "ISR", "on")]),
        ("Soldiers fell in the Russian war in Ukraine.", None, []),
        ("Millions fled during the Syrian civil war.", None, [("Syrian", "country", "SYR", None)]),
    ],
)
def test_a_place_called_by_what_it_is(
    text: str, home: str | None, meant: list[tuple[str, str, str | None, str | None]]
) -> None:
    found = epithets(text, place_mentions(text), home)
    assert [(m.name, m.kind, m.country, m.prep) for m in found] == meant


def test_the_name_is_as_the_text_writes_it_elsewhere() -> None:
    text = "Muqdisho shook. Four people died in the Somali capital."
    assert [m.text for m in epithets(text, place_mentions(text), None)] == ["Muqdisho"]
