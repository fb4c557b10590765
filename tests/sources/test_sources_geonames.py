"""Dumps of GeoNames: invented rows in the real columns."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sources.geonames import GeonamesError, country_codes, read


def row(number: int, name: str, other: str = "", *, code: str = "PPL", people: str = "0", lat: str = "36.1",
        country: str = "SY", area: str = "02") -> str:  # fmt: skip
    kind = "A" if code.startswith("ADM") else "S" if code in ("CMPRF", "AIRF") else "P"
    cells = [str(number), name, name, other, lat, "40.2", kind, code, country, "", area, "", "", "", people, "", "300",
             "Asia/Damascus", "2012-01-01"]  # fmt: skip
    return "\t".join(cells)


def dump(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_place_has_its_names_kind_and_area(tmp_path: Path) -> None:
    path = dump(tmp_path, row(7, "Tall Marmar", "Tel Marmar,تل مرمر,Tall Marmar"), row(8, "Upper Plains", code="ADM1"))
    village, area = read(path)
    assert (village.native_id, village.names) == ("geonames:7", ("Tel Marmar", "تل مرمر"))
    assert (village.kind, village.admin1, village.country) == ("village", "Upper Plains", "SYR")
    assert (village.lat, village.lon) == (36.1, 40.2)
    assert (area.kind, area.admin1) == ("governorate", "")


@pytest.mark.parametrize(
    ("told", "kind"),
    [({"people": "4999"}, "village"), ({"people": "5000"}, "town"), ({"people": "100000"}, "city"),
     ({"code": "PPLA2"}, "town"), ({"code": "PPLA"}, "city"), ({"code": "PPLX"}, "neighbourhood"),
     ({"code": "CMPRF"}, "camp"), ({"code": "ADM2"}, "district")],
)  # fmt: skip
def test_kinds(told: dict[str, str], kind: str, tmp_path: Path) -> None:
    (place,) = read(dump(tmp_path, row(1, "Somewhere", **told)))
    assert place.kind == kind


def test_what_is_no_place_of_ours_is_left_out(tmp_path: Path) -> None:
    assert list(read(dump(tmp_path, row(1, "Old Airfield", code="AIRF")))) == []


def test_a_dump_as_downloaded(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("SY.txt", row(1, "Tall Marmar") + "\n")
    assert [place.name for place in read(tmp_path / "SY.zip")] == ["Tall Marmar"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("name,lat,lon\n", "row 1: 1 columns instead of 19"), (row(1, "X", lat="north"), "row 1 (X): 'north', '40.2'"),
     (row(1, "X", lat="99"), "no point in degrees"), (row(1, "X", country="ZZ"), "'ZZ' is no country code")],
)  # fmt: skip
def test_faults_name_file_and_row(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(GeonamesError, match=r"SY\.txt") as error:
        list(read(dump(tmp_path, text)))
    assert said in str(error.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK nothing")
    (tmp_path / "latin.txt").write_bytes(b"\xe9\xe8\t")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("x.txt", "")
    for name in ("none.txt", "bad.zip", "latin.txt", "other.zip"):
        with pytest.raises(GeonamesError, match=name):
            list(read(tmp_path / name))


def test_country_codes_are_whole_and_distinct() -> None:
    codes = country_codes()
    assert len(set(codes.values())) == len(codes) > 245
    assert (codes["SY"], codes["UA"], codes["XK"]) == ("SYR", "UKR", "XKX")
