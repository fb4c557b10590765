"""Places beyond the project's gazetteer: imported ones, kept beside the warehouse, and those that records locate.

They are asked only for what the project's own table does not know, or of which it knows only the area around. Imported
places stand in ``STEM.files/places/NAME.parquet``, a row a name, so that a rebuild finds them again. A place is learnt
from records that give a point for the place itself, when all that name it lie close together.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

from schemas.keys import content_key
from schemas.records import NamedPlace
from warehouse.connection import files_folder
from warehouse.merge import select
from warehouse.placing import Resolved, Resolver

if TYPE_CHECKING:
    from extraction.names.gazetteer import Place

FOLDER = "places"
NAMES: dict[str, Any] = {
    "place_id": pl.String, "name": pl.String, "written": pl.String, "key": pl.String, "bones": pl.String,
    "kind": pl.String, "admin1": pl.String, "country": pl.String, "lat": pl.Float64, "lon": pl.Float64,
    "origin": pl.String,
}  # fmt: skip
LEARNT = """
    SELECT r.place_text, r.admin1, r.country, r.geo_precision, r.lat, r.lon, d.source
    FROM core.incident_record r JOIN core.document d ON d.document_id = r.document_id AND d.current
    WHERE r.place_text IS NOT NULL AND r.country IS NOT NULL AND r.lat IS NOT NULL AND r.lon IS NOT NULL
      AND r.geo_precision IN ('city', 'town', 'village', 'neighbourhood')
    ORDER BY ALL"""
CLOSE_DEGREES = 0.1
"""About ten kilometres: places of one name whose points spread further are several."""
LONGEST = 4
"""Words of a place's name at most."""
_WORD = re.compile(r"\w[\w'’]*")

Row = dict[str, Any]


def import_places(path: Path, name: str, places: Iterable[NamedPlace]) -> int:
    """Keeps *places* as the import *name* beside the warehouse *path*, in place of an earlier one; returns how many."""
    rows = [row for place in places for row in _rows(place, name)]
    folder = files_folder(path) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{name}.part"
    pl.DataFrame(rows, schema=NAMES, orient="row").sort("key", "place_id").write_parquet(aside)
    aside.replace(folder / f"{name}.parquet")
    return len({row["place_id"] for row in rows})


def imported(path: Path) -> list[Path]:
    """The files of imported places beside the warehouse *path*, by name."""
    return sorted((files_folder(path) / FOLDER).glob("*.parquet"))


def _rows(place: NamedPlace, origin: str) -> list[Row]:
    from extraction.names.transliteration import bones, fold

    shared = {
        "place_id": place.native_id, "name": place.name, "kind": place.kind, "admin1": place.admin1,
        "country": place.country, "lat": place.lat, "lon": place.lon, "origin": origin,
    }  # fmt: skip
    return [
        {**shared, "written": name, "key": fold(name), "bones": bones(name)}
        for name in (place.name, *place.names) if fold(name)
    ]  # fmt: skip


def learnt(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """A row a name of each place that monitors' records locate, as in `NAMES`."""
    from extraction.names.transliteration import fold

    told: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in select(connection, LEARNT).iter_rows(named=True):
        head = row["place_text"].split(",")[0].strip()
        told[fold(head), row["admin1"] or "", row["country"]].append({**row, "head": head})
    return [row for key, group in told.items() if key[0] for row in _learnt(group)]


def _learnt(group: list[Row]) -> list[Row]:
    lats, lons = [row["lat"] for row in group], [row["lon"] for row in group]
    if max(max(lats) - min(lats), max(lons) - min(lons)) > CLOSE_DEGREES:
        return []
    first = group[0]
    place = NamedPlace(
        content_key("learnt", first["head"], first["admin1"], first["country"]), first["head"],
        tuple(sorted({row["head"] for row in group} - {first["head"]})), first["geo_precision"], first["admin1"] or "",
        first["country"], round(statistics.median(lats), 5), round(statistics.median(lons), 5),
    )  # fmt: skip
    return _rows(place, f"records of {first['source']}")


def _keys(text: str) -> set[str]:
    """Folded runs of up to `LONGEST` words of *text*."""
    from extraction.names.transliteration import fold

    words = _WORD.findall(text)
    runs = (words[i : i + n] for i in range(len(words)) for n in range(1, LONGEST + 1) if i + n <= len(words))
    return {fold(" ".join(run)) for run in runs} - {""}


def further_places(connection: duckdb.DuckDBPyConnection, path: Path, texts: Sequence[str]) -> list[Row]:
    """The names, imported and learnt, that any of *texts* may mean: rows as in `NAMES`."""
    known = pl.DataFrame(learnt(connection), schema=NAMES, orient="row")
    wanted = {key for text in texts for key in _keys(text)}
    connection.register("wanted_key", pl.DataFrame({"key": sorted(wanted)}, schema={"key": pl.String}).to_arrow())
    connection.register("learnt_place", known.to_arrow())
    tables = ["FROM learnt_place"]
    if files := imported(path):
        listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
        tables.append(f"FROM read_parquet([{listed}])")
    named = " UNION ALL BY NAME ".join(f"({table})" for table in tables)
    try:
        found = select(
            connection,
            f"WITH named AS ({named}) SELECT * FROM named WHERE place_id IN"
            " (SELECT place_id FROM named JOIN wanted_key USING (key)) ORDER BY ALL",
        )
    finally:
        connection.unregister("wanted_key")
        connection.unregister("learnt_place")
    return list(found.iter_rows(named=True))


def further_resolver(connection: duckdb.DuckDBPyConnection, path: Path, texts: Sequence[str]) -> Resolver:
    """A resolver of *texts* that knows the imported and the learnt places too.

    It answers with these alone, and only where the country is told or a place named beside lies in it: the tables of
    whole countries hold too many namesakes.
    """
    from extraction.names.gazetteer import extended, resolve_in

    named: dict[str, list[Row]] = defaultdict(list)
    for row in further_places(connection, path, texts):
        named[row["place_id"]].append(row)
    book = extended(_place(rows) for rows in named.values())

    def resolver(place_text: str, context: tuple[str, ...] = (), country: str | None = None) -> Resolved | None:
        if country is None and not any(resolve_in(book, beside) for beside in context):
            return None
        found = resolve_in(book, place_text, context, country)
        return found if found is not None and found.place_id in named and found.method != "within" else None

    return resolver


def _place(rows: list[Row]) -> Place:
    from extraction.names.gazetteer import PRECISION, Place

    first = rows[0]
    aliases = tuple(row["written"] for row in rows if row["written"] != first["name"])
    return Place(
        first["place_id"], first["name"], "", first["kind"], first["admin1"], first["country"], first["lat"],
        first["lon"], PRECISION[first["kind"]], aliases, first["origin"],
    )  # fmt: skip
