"""Armed people without a name: what the text calls them, and whom a common noun stands for."""

from __future__ import annotations

import pytest

from extraction.mentions.bodies import by_full_names, house_of, is_unnamed, unnamed
from extraction.names.actors import actor_mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Armed Men Kill Nine in Gao", ["armed men"]),
        ("Suspected Islamist militants raided the base.", ["Islamist militants"]),
        ("A rebel raid on the depot killed two.", ["rebels"]),
        ("Saudi-backed militias fired on the camp.", ["Saudi-backed militias"]),
        ("A lone gunman shot the mayor.", ["gunman"]),
        ("Boko Haram militants burnt the school.", []),
        ("Fighters from al-Shabaab entered the town.", []),
        ("The militant group Hezbollah fired two rockets.", []),
        ("A terrorist attack killed three people.", []),
        ("The insurgent positions were shelled.", []),
        ("The rebel-held town was shelled.", []),
    ],
)
def test_armed_people_are_called_as_the_text_calls_them(text: str, names: list[str]) -> None:
    assert [mention.name for mention in unnamed(text, actor_mentions(text))] == names


@pytest.mark.parametrize(
    ("name", "expected"),
    [("gunmen", True), ("Islamist militants", True), ("Israeli settlers", False), ("Boko Haram", False)],
)
def test_a_common_noun_is_no_name(name: str, expected: bool) -> None:
    assert is_unnamed(name) is expected


@pytest.mark.parametrize(
    ("publisher", "expected"),
    [("US Central Command", "United States"), ("ISAF", "NATO"), ("Reuters", None), ("Hamas", None), (None, None)],
)
def test_the_party_that_publishes_a_text_is_its_house(publisher: str | None, expected: str | None) -> None:
    assert house_of(publisher) == expected


@pytest.mark.parametrize(
    ("text", "home", "names"),
    [
        ("The Pakistani Taliban took Swat. Taliban fighters shot a teacher.", "PAK", {"Pakistani Taliban"}),
        ("The Pakistani Taliban took Swat. Taliban fighters shot a teacher.", "AFG", {"Pakistani Taliban", "Taliban"}),
        ("Al-Qaeda in the Islamic Maghreb claimed it. Al-Qaeda fighters fled.", "BFA", {"AQIM"}),
    ],
)
def test_a_short_name_is_the_fuller_one_of_the_text(text: str, home: str, names: set[str]) -> None:
    assert {mention.name for mention in by_full_names(actor_mentions(text), home)} == names
