"""A dump of places as GeoNames publishes it: ``SY.txt``, a country a file, or ``SY.zip`` as downloaded.

Reads populated places, first and second order administrative areas, and camps; names in Latin and Arabic script.
Definitions: GeoNames' feature classes and codes; a town is a seat of a lesser administration or has 5,000 people, a
city a capital of a first-order area or 100,000. Licence: CC BY 4.0, geonames.org is to be named. Quirks: tab-separated
without a header and without quotes; the first-order area is a code whose name stands in a row of its own; the country
code has two letters.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from schemas.records import NamedPlace

FIELDS = 19
ID, NAME, ALTERNATE, LAT, LON, CLASS, CODE, COUNTRY, ADMIN1, POPULATION = 0, 1, 3, 4, 5, 6, 7, 8, 10, 14
CITY, TOWN = 100_000, 5_000
"""People from which a populated place counts as a city or a town."""
CAPITALS = frozenset({"PPLC", "PPLA", "PPLG"})
SEATS = frozenset({"PPLA2", "PPLA3", "PPLA4"})
KINDS = {"ADM1": "governorate", "ADM2": "district", "CMPRF": "camp", "CMP": "camp", "PPLX": "neighbourhood"}
LONGEST_DUMP = 2_000_000_000
"""Bytes of an unpacked dump at most; that of all countries has 1.7 GB."""


class GeonamesError(ValueError):
    """A file is no GeoNames dump, or a row of it is broken; the text names file and row."""


def read(path: Path) -> Iterator[NamedPlace]:
    """The places of the dump *path* (.txt or .zip), one by one.

    Raises:
        GeonamesError: it cannot be read, has other columns, or a row has no valid point or country.
    """
    rows = list(_kept(path))
    areas = {(row[COUNTRY], row[ADMIN1]): row[NAME] for row in rows if row[CODE] == "ADM1"}
    for row in rows:
        yield _place(row, areas.get((row[COUNTRY], row[ADMIN1]), ""))


def _kept(path: Path) -> Iterator[list[str]]:
    """The rows of *path* that are places of ours, checked."""
    try:
        for number, line in enumerate(_lines(path), 1):
            row = line.rstrip("\r\n").split("\t")
            if len(row) != FIELDS:
                raise GeonamesError(
                    f"{path}, row {number}: {len(row)} columns instead of {FIELDS}; this is no GeoNames dump"
                    " (a file such as SY.txt from its export folder is expected)"
                )
            if row[CLASS] == "P" or row[CODE] in KINDS:
                _check(row, f"{path}, row {number}")
                yield row
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise GeonamesError(f"{path} cannot be read: {error}") from error


def _lines(path: Path) -> Iterable[str]:
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8") as lines:
            yield from lines
        return
    with zipfile.ZipFile(path) as archive:
        name = f"{path.stem}.txt"
        if name not in archive.namelist():
            raise GeonamesError(f"{path} holds no {name}")
        if archive.getinfo(name).file_size > LONGEST_DUMP:
            raise GeonamesError(f"{path}: {name} is larger than any dump of GeoNames")
        with archive.open(name) as packed:
            yield from io.TextIOWrapper(packed, encoding="utf-8")


def _check(row: list[str], where: str) -> None:
    try:
        fits = -90 <= float(row[LAT]) <= 90 and -180 <= float(row[LON]) <= 180
    except ValueError:
        fits = False
    if not fits:
        raise GeonamesError(f"{where} ({row[NAME]}): {row[LAT]!r}, {row[LON]!r} is no point in degrees")
    if row[COUNTRY] not in country_codes():
        raise GeonamesError(f"{where} ({row[NAME]}): {row[COUNTRY]!r} is no country code of two letters")


def _place(row: list[str], area: str) -> NamedPlace:
    names = dict.fromkeys(name.strip() for name in row[ALTERNATE].split(",") if name.strip())
    names.pop(row[NAME], None)
    return NamedPlace(
        native_id=f"geonames:{row[ID]}", name=row[NAME], names=tuple(names), kind=_kind(row),
        admin1="" if row[CODE] == "ADM1" else area, country=country_codes()[row[COUNTRY]],
        lat=float(row[LAT]), lon=float(row[LON]),
    )  # fmt: skip


def _kind(row: list[str]) -> str:
    people = int(row[POPULATION]) if row[POPULATION].isdigit() else 0
    if row[CODE] in KINDS:
        return KINDS[row[CODE]]
    if row[CODE] in CAPITALS or people >= CITY:
        return "city"
    return "town" if row[CODE] in SEATS or people >= TOWN else "village"


@cache
def country_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → alpha-3, with XK for Kosovo (``sources/data/country_codes.csv``)."""
    text = files("sources").joinpath("data", "country_codes.csv").read_text(encoding="utf-8")
    return {row["alpha_2"]: row["alpha_3"] for row in csv.DictReader(text.splitlines())}
