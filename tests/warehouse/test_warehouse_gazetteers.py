"""Places that the project's table does not know: imported ones, and those that monitors' records locate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import warehouse
from schemas.records import NamedPlace

from .story import article, record

Rows = Callable[[str], list[tuple[Any, ...]]]
SHOWN = "SELECT place, admin1, lat, geo_precision FROM mart.claim_flat WHERE source = 'files'"


def place(native: str, name: str, *names: str, lat: float = 35.2, lon: float = 40.1, admin1: str = "Deir ez-Zor",
          country: str = "SYR", kind: str = "village") -> NamedPlace:  # fmt: skip
    return NamedPlace(native, name, names, kind, admin1, country, lat, lon)


def tell(path: Path, place_text: str, *, country: str | None = "SYR", context: tuple[str, ...] = ()) -> None:
    told = {"place_text": place_text, "country": country, "place_context": context}
    warehouse.load(path, [article("a.txt", f"4 died in {place_text}.", ("4", told))], flow="test")
    warehouse.link(path)


@pytest.mark.parametrize("written", ["Qasr Ubaydan", "Qasr Obeidan", "Kasr 'Ubaydan"])
def test_an_imported_place_is_known_in_every_spelling(written: str, path: Path, rows: Rows) -> None:
    assert warehouse.import_places(path, "SY", [place("g:1", "Qaṣr ‘Ubaydān", "Qasr Ubaydan")]) == 1
    tell(path, written)
    assert rows(SHOWN) == [("Qaṣr ‘Ubaydān", "Deir ez-Zor", 35.2, "village")]
    assert rows("SELECT origin FROM ref.place") == [("SY",)]


def test_a_distance_from_an_imported_place_is_near_it(path: Path, rows: Rows) -> None:
    warehouse.import_places(path, "SY", [place("g:1", "Qasr Ubaydan")])
    tell(path, "25 miles north of Qasr Ubaydan")
    assert rows(SHOWN) == [("Qasr Ubaydan", "Deir ez-Zor", 35.2, "near_place")]


def test_without_a_country_no_imported_place_is_taken(path: Path, rows: Rows) -> None:
    warehouse.import_places(path, "SY", [place("g:1", "Qasr Ubaydan")])
    tell(path, "Qasr Ubaydan", country=None)
    assert rows(SHOWN) == [(None, None, None, None)]
    assert rows("SELECT place_text, mentions FROM mart.unknown_place") == [("Qasr Ubaydan", 1)]


def test_never_across_a_border(path: Path, rows: Rows) -> None:
    warehouse.import_places(path, "SY", [place("g:1", "Qasr Ubaydan")])
    tell(path, "Qasr Ubaydan", country="IRQ")
    assert rows(SHOWN) == [(None, None, None, None)]


def test_namesakes_are_told_apart_by_the_province_or_not_at_all(path: Path, rows: Rows) -> None:
    far = place("g:2", "Qasr Ubaydan", lat=32.6, lon=36.1, admin1="Daraa")
    warehouse.import_places(path, "SY", [place("g:1", "Qasr Ubaydan"), far])
    tell(path, "Qasr Ubaydan")
    assert rows(SHOWN) == [(None, None, None, None)]
    tell(path, "Qasr Ubaydan, Daraa province")
    assert rows(SHOWN + " AND place IS NOT NULL") == [("Qasr Ubaydan", "Daraa", 32.6, "village")]


def test_the_projects_own_table_goes_first(path: Path, rows: Rows) -> None:
    warehouse.import_places(path, "SY", [place("g:1", "Hajin", lat=36.9)])
    tell(path, "Hajin")
    ((name, _, lat, _),) = rows(SHOWN)
    assert name == "Hajin"
    assert lat < 35


def test_an_import_replaces_the_one_of_its_name(path: Path, rows: Rows) -> None:
    warehouse.import_places(path, "SY", [place("g:1", "Qasr Ubaydan")])
    warehouse.import_places(path, "SY", [place("g:1", "Qasr Ubaydan", lat=35.3)])
    tell(path, "Qasr Ubaydan")
    assert [row[2] for row in rows(SHOWN)] == [35.3]


def located(native: str, name: str, lat: float, precision: str = "village") -> Any:
    facts = record(native, "Hajin", date(2018, 5, 3), (1, 2))
    assert facts.incident is not None
    there = replace(facts.incident, place_text=f"{name}, Deir Ezzor", lat=lat, lon=40.1, geo_precision=precision)
    return replace(facts, incident=there)


def test_places_are_learnt_from_records_that_locate_them(path: Path, rows: Rows) -> None:
    warehouse.load(path, [located("1", "Qasr Ubaydan", 35.20), located("2", "Qasr Obeidan", 35.22)], flow="test")
    tell(path, "Qasr Ubaydan")
    ((_, _, lat, precision),) = rows(SHOWN)
    assert lat == pytest.approx(35.21)
    assert precision == "village"
    assert ("records of monitor",) in rows("SELECT DISTINCT origin FROM ref.place")


@pytest.mark.parametrize(("lat", "precision"), [(35.9, "village"), (35.2, "within_100m")])
def test_nothing_is_learnt_from_points_far_apart_or_of_the_strike_alone(
    lat: float, precision: str, path: Path, rows: Rows
) -> None:
    warehouse.load(
        path, [located("1", "Qasr Ubaydan", 35.2, precision), located("2", "Qasr Ubaydan", lat, precision)], flow="test"
    )
    tell(path, "Qasr Ubaydan")
    assert rows(SHOWN) == [(None, None, None, None)]


def test_a_rebuilt_file_finds_the_imports_again(path: Path) -> None:
    warehouse.import_places(path, "SY", [place("g:1", "Qasr Ubaydan")])
    tell(path, "Qasr Ubaydan")
    assert warehouse.link(path).changed == 0
