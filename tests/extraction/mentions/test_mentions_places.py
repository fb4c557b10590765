"""The gazetteer's own checks, finding places in sentences, and resolving them with and without context."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from extraction.mentions.countries import country_context
from extraction.mentions.places import PlaceMention, place_mentions, place_phrase
from extraction.names.gazetteer import PRECISION, distance_km, gazetteer, load_countries, load_places, resolve
from extraction.names.transliteration import plain

HEADER = "place_id,name,name_local,kind,admin1,country,lat,lon,geo_precision,aliases\n"


def named(text: str) -> dict[str, PlaceMention]:
    return {m.text: m for m in place_mentions(text)}


def phrase(text: str, name: str) -> str:
    mention = named(text)[name]
    start, end = place_phrase(text, mention)
    return text[start:end]


# The tables


def test_the_gazetteer_covers_every_theatre() -> None:
    count: dict[str, int] = defaultdict(int)
    for place in gazetteer().places.values():
        count[place.country] += 1
    assert sum(count.values()) >= 1500
    assert count["SYR"] >= 200
    assert count["IRQ"] >= 80
    assert all(
        count[code] >= 20 for code in ("YEM", "PSE", "AFG", "PAK", "UKR", "SDN", "NGA", "SOM", "MMR", "COL", "PER")
    )


def test_points_lie_where_their_country_does() -> None:
    book = gazetteer()
    for place in book.places.values():
        if place.country and place.lat is not None and place.country not in ("USA", "RUS", "PSE"):
            assert distance_km(place, book.places[place.country.lower()]) < 3500, place
        assert (place.lat is None) == (place.lon is None), place
        assert place.kind in PRECISION


def test_a_name_of_two_places_in_one_country_is_declared_by_a_qualifier() -> None:
    """ "Zahraa (Aleppo)" says that there is another; undeclared doubles would make a name unresolvable by accident."""
    for key, places in gazetteer().exact.items():
        by_country: dict[str, list[str]] = defaultdict(list)
        for place in places:
            by_country[place.country].append(place.name)
        for names in by_country.values():
            local = not key.isascii() and any("Governorate" in name for name in names)
            assert local or sum("(" not in name for name in names) <= 1 or key in ("salahuddin",), (key, names)


def test_every_country_is_found_by_name_and_has_a_code() -> None:
    for country in load_countries():
        mentions = place_mentions(f"It happened in {country.country}, they said.")
        assert [m.country for m in mentions if m.known] == [country.iso3], country


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a,Here,,town,,SYR,99,10,,\n", "lat 99.0 is outside"),
        ("a,Here,,town,,SYR,north,10,,\n", "is not a number of degrees"),
        ("a,Here,,planet,,SYR,9,10,,\n", "kind 'planet' is none of"),
        ("a,Here,,town,,XYZ,9,10,,\n", "country 'XYZ' is not in countries.csv"),
        ("a,Here,,town,,SYR,9,10,,\na,There,,town,,SYR,9,10,,\n", "stands twice"),
        ("a,Here,,town,,SYR,9,10\n", "cells are wanted"),
    ],
)
def test_a_wrong_row_is_named_with_its_fault(tmp_path: Path, row: str, message: str) -> None:
    table = tmp_path / "places.csv"
    table.write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_places(table)


# Finding


def test_known_places_with_preposition_kind_and_country() -> None:
    found = named("Two shells landed in Hajin and three near al-Shafa before dawn.")
    assert (found["Hajin"].kind, found["Hajin"].country, found["Hajin"].prep) == ("town", "SYR", "in")
    assert found["al-Shafa"].prep == "near"


def test_possessive_and_hyphen_are_not_in_the_span() -> None:
    text = "Idlib's markets were closed; Mosul’s too."
    assert [(text[m.start : m.end], m.text) for m in place_mentions(text)] == [("Idlib", "Idlib"), ("Mosul", "Mosul")]


def test_upper_case_headlines() -> None:
    assert named("FIVE HURT AS ROCKETS FALL ON KHARKIV")["KHARKIV"].name == "Kharkiv"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A mine went off in the village of Tell Zunbur on Monday.", "Tell Zunbur", "village"),
        ("Clashes went on in Qarabey district for a week.", "Qarabey", "district"),
        ("He was born 12 km south of Wadi Marj and lived there.", "Wadi Marj", "unknown"),
        ("They sheltered near Umm Qarn, relatives said.", "Umm Qarn", "unknown"),
        ("Snipers fired into the Dar Salwa refugee camp.", "Dar Salwa", "camp"),
    ],
)
def test_unknown_places_by_their_wording(text: str, name: str, kind: str) -> None:
    mention = named(text)[name]
    assert (mention.known, mention.place_id, mention.kind) == (False, None, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan retired.",
        "Georgia Harlow filmed it.",
        "A Turkey-backed faction was blamed.",
        "The Syrian Observatory for Human Rights counted them.",
        "Islamic State of Iraq and Syria took the blame.",
        "Readers of the Jerusalem Post wrote in.",
        "In May the toll rose; in Ramadan it fell.",
        "The shell hit a bakery, and two US aircraft left.",
        "Colonel Damascus saluted.",
        "The wards were full, said Doctor Nasir Malik Akhtar.",
        "Talks failed, spokesman Nasir Malik wrote.",
        "Omar Nasir was shot dead.",
        "Rear Admiral Rene Medina spoke first. Medina was briefed later.",
        "They waited outside Haddad's house.",
        "The bridge fell, said Mark Walter, a spokesman in the town.",
    ],
)
def test_names_that_are_no_places_here(text: str) -> None:
    assert place_mentions(text) == []


def test_hit_is_a_town_only_where_the_wording_says_so() -> None:
    assert "Hit" not in named("Hit by three rounds, the house fell.")
    assert named("A raid in Hit killed one.")["Hit"].country == "IRQ"


def test_a_capital_that_speaks_is_a_metonym() -> None:
    assert named("Ankara denied that its guns had fired.")["Ankara"].metonym
    assert not named("A blast in Ankara killed one.")["Ankara"].metonym


def test_demonyms_give_context_but_no_place() -> None:
    text = "Iraqi and Syrian medics and an Iraqi driver were freed."
    assert place_mentions(text) == []
    assert country_context(text) == ["IRQ", "SYR"]


# Phrases


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        (
            "It fell near the town of Mayadin in Syria's eastern Deir al-Zour province at noon.",
            "Mayadin",
            "near the town of Mayadin in Syria's eastern Deir al-Zour province",
        ),
        ("A raid 25 miles (40 km) north of Raqqa killed six.", "Raqqa", "25 miles (40 km) north of Raqqa"),
        ("Guns fired just east of Hajin, Syria, again.", "Hajin", "just east of Hajin, Syria"),
        ("They died in Hajin, Mayadin and Raqqa.", "Hajin", "Hajin"),
        (
            "It burned in the village of Tell Zunbur, Idlib province, all night.",
            "Tell Zunbur",
            "village of Tell Zunbur, Idlib province",
        ),
    ],
)
def test_the_phrase_is_what_a_reader_would_quote(text: str, name: str, wanted: str) -> None:
    assert phrase(text, name) == wanted


# Resolving


@pytest.mark.parametrize(
    ("text", "place", "precision", "method"),
    [
        ("Dayr az Zawr", "Deir Ezzor", "city", "exact"),
        ("Deir al-Zour province", "Deir Ezzor Governorate", "admin1", "exact"),
        ("the northwestern province of Idlib", "Idlib Governorate", "admin1", "exact"),
        ("Tell Rifat", "Tell Rifaat", "town", "transliteration"),
        ("Shadadeh", "Al-Shaddadah", "town", "transliteration"),
        ("30 kilometres west of Kirkuk", "Kirkuk", "near_place", "anchor"),
        ("outside Mosul", "Mosul", "near_place", "anchor"),
        ("the hamlet of Tell Zunbur, Raqqa province", "Raqqa Governorate", "admin1", "within"),
        ("الرقة", "Raqqa", "city", "exact"),
        ("the Gaza Strip", "Gaza Strip", "region", "exact"),
    ],
)
def test_what_a_place_as_written_stands_for(text: str, place: str, precision: str, method: str) -> None:
    found = resolve(text)
    assert found is not None
    assert (found.name, found.geo_precision, found.method) == (place, precision, method)


def test_namesakes_need_context() -> None:
    assert resolve("Tripoli") is None
    for context, code in (("Libya", "LBY"), ("Beirut", "LBN")):
        found = resolve("Tripoli", (context,))
        assert found is not None
        assert found.country == code


def test_a_lesser_namesake_far_from_everything_else_named_is_not_it() -> None:
    near = resolve("Sayda", ("Daraa",), "SYR")
    assert near is not None
    assert near.name == "Sayda (Daraa)"
    assert resolve("Sayda", ("Raqqa",), "SYR") is None


@pytest.mark.parametrize("text", ["Bab al-Khayrat", "Umm al-Mayadin", "Tall al-Zunbur"])
def test_a_known_name_inside_a_longer_unknown_one_is_not_it(text: str) -> None:
    assert resolve(text, country="SYR") is None
    assert all(not m.known for m in place_mentions(f"Guns fired near {text}, he said."))


def test_a_village_beside_a_city_name_is_no_more_precise_than_the_governorate() -> None:
    found = resolve("Tell Zunbur, Aleppo")
    assert found is not None
    assert (found.name, found.geo_precision, found.method) == ("Aleppo", "admin1", "within")


def test_a_stated_country_is_never_crossed() -> None:
    assert resolve("Mayadeen", country="IRQ") is None
    assert resolve("Al-Soussa", country="IRQ") is None
    found = resolve("Al Sousseh", country="SYR")
    assert found is not None
    assert found.name == "Al-Soussa"


@pytest.mark.parametrize("text", ["", "Tell Zunbur", "the northeast", "a school", "12", "Acra"])
def test_unknown_is_none(text: str) -> None:
    assert resolve(text) is None


def test_every_name_of_the_table_resolves_in_its_country_to_a_bearer_of_that_name() -> None:
    for place in gazetteer().places.values():
        if "(" in place.name or not place.country:
            continue
        found = resolve(place.name, country=place.country)
        assert found is not None, place
        bearers = {p.place_id for p in gazetteer().exact[" ".join(plain(place.name))]}
        assert found.place_id in bearers, (place, found)


def test_the_first_word_of_a_heading_is_no_acronym_of_a_country() -> None:
    assert country_context("Car bomb kills four in market") == []
    assert country_context("The CAR army said rebels killed four.") == ["CAF"]
