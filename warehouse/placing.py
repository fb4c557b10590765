"""Places of claims, entries and records: resolved once a distinct text, and their names as words that compare."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import duckdb
import polars as pl

from schemas.declaration import tables
from schemas.keys import content_key
from schemas.models import frame
from warehouse.merge import replace, select


class Resolved(Protocol):
    """A place of the gazetteer."""

    @property
    def name(self) -> str: ...
    @property
    def admin1(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def geo_precision(self) -> str | None: ...
    @property
    def method(self) -> str: ...
    @property
    def origin(self) -> str: ...


class Resolver(Protocol):
    """Finds a place by its text, the wider places named with it, and the country (ISO alpha-3) where known."""

    def __call__(
        self, place_text: str, context: tuple[str, ...] = (), country: str | None = None
    ) -> Resolved | None: ...


Further = Callable[[Sequence[str]], Resolver]
"""Given the place texts that are left, a resolver that knows more of them."""

PLACE_TEXTS = """
    SELECT DISTINCT place_text, place_context, country FROM (
        SELECT place_text, place_context, country FROM core.claim
        UNION ALL SELECT place_text, CASE WHEN admin1 IS NULL THEN [] ELSE [admin1] END, country
        FROM core.incident_record
        UNION ALL SELECT place_text, [], country FROM core.official_entry)
    WHERE place_text IS NOT NULL ORDER BY ALL"""

# A claim that gives only a country is of that country: its name is the place, as imprecise as a place can be.
CLAIM_PLACES = """
    SELECT c.claim_id, g.place_id,
           CASE WHEN c.place_text IS NULL THEN n.name ELSE g.place END AS place, g.admin1,
           coalesce(c.country, g.country) AS country,
           CASE WHEN c.lat IS NULL THEN g.lat ELSE c.lat END AS lat, CASE WHEN c.lat IS NULL THEN g.lon ELSE c.lon END
           AS lon,
           CASE WHEN c.lat IS NULL
                THEN coalesce(g.geo_precision, c.geo_precision, CASE WHEN c.place_text IS NULL THEN 'country' END)
                ELSE c.geo_precision END AS geo_precision, g.method AS place_method
    FROM core.claim c LEFT JOIN gazetteer g
        ON g.place_text = c.place_text AND g.place_context = c.place_context AND g.told_country IS NOT DISTINCT FROM
        c.country
    LEFT JOIN country_name n ON n.country = c.country
    WHERE c.place_text IS NOT NULL OR c.country IS NOT NULL OR c.lat IS NOT NULL"""

GAZETTEER: dict[str, Any] = {
    "place": pl.String, "admin1": pl.String, "country": pl.String, "lat": pl.Float64, "lon": pl.Float64,
    "geo_precision": pl.String, "place_id": pl.String, "place_text": pl.String, "place_context": pl.List(pl.String),
    "told_country": pl.String, "origin": pl.String, "method": pl.String,
}  # fmt: skip


def default_resolver() -> Resolver:
    """The project's gazetteer."""
    # Imported here: the gazetteer takes a moment to read, and a caller may bring its own.
    from extraction.mentions.places import resolve

    resolver: Resolver = resolve
    return resolver


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of a table of knowledge in ``warehouse/data``."""
    text = files("warehouse").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def gazetteer(
    connection: duckdb.DuckDBPyConnection, resolver: Resolver, further: Further | None = None
) -> tuple[pl.DataFrame, int]:
    """One row a distinct place text that is known, and how many texts there are; a person may have said which it is.

    *further* makes a resolver for the texts of which *resolver* knows nothing, or only the area around.
    """
    decided = dict(connection.execute("SELECT subject_id, decision FROM ops.review WHERE subject = 'place'").fetchall())
    asked = connection.execute(PLACE_TEXTS).fetchall()
    found = [resolver(decided.get(text, text), tuple(context), country) for text, context, country in asked]
    open_ = [ask for ask, place in zip(asked, found, strict=True) if place is None or place.method == "within"]
    if further is not None and open_:
        second = further([decided.get(text, text) for text, _, _ in open_])
        found = [
            place if place is not None and place.method != "within"
            else second(decided.get(text, text), tuple(context), country) or place
            for (text, context, country), place in zip(asked, found, strict=True)
        ]  # fmt: skip
    rows = [
        _known_text(text, context, country, place)
        for (text, context, country), place in zip(asked, found, strict=True) if place is not None
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=GAZETTEER, orient="row"), len(asked)


def _known_text(text: str, context: list[str], country: str | None, found: Resolved) -> dict[str, Any]:
    key = content_key("place", found.name, found.admin1, found.country, found.lat, found.lon)
    return {
        "place": found.name, "admin1": found.admin1, "country": found.country, "lat": found.lat,
        "lon": found.lon, "geo_precision": found.geo_precision, "place_id": key, "place_text": text,
        "place_context": list(context), "told_country": country, "origin": found.origin,
        "method": found.method,
    }  # fmt: skip


def _country_names() -> pl.DataFrame:
    from extraction.names.gazetteer import load_countries

    rows = [{"country": one.iso3, "name": one.country} for one in load_countries()]
    return pl.DataFrame(rows, schema={"country": pl.String, "name": pl.String}, orient="row")


def write_places(connection: duckdb.DuckDBPyConnection, known: pl.DataFrame) -> int:
    """Writes places, how texts wrote them and where each claim is; returns how many rows changed."""
    changed = replace(connection, "ref.place", known.unique("place_id", keep="first", maintain_order=True))
    aliases = known.select(alias="place_text", place_id="place_id").unique(maintain_order=True)
    changed += replace(connection, "ref.place_alias", aliases)
    connection.register("country_name", _country_names().to_arrow())
    changed += replace(connection, "core.claim_place", select(connection, CLAIM_PLACES))
    connection.unregister("country_name")
    radii = [
        {"geo_precision": r["geo_precision"], "radius_km": float(r["radius_km"])} for r in read_csv("geo_radius.csv")
    ]
    return changed + replace(connection, "ref.geo_radius", frame(tables()["ref.geo_radius"], radii)[0])


@cache
def _noise() -> frozenset[str]:
    """Folded words that stand in place texts and name no place."""
    from extraction.mentions.places import kind_words
    from extraction.names.gazetteer import load_countries
    from extraction.names.transliteration import fold

    words = [row["word"] for row in read_csv("place_noise.csv")]
    words += [word for phrase in kind_words() for word in phrase.split()]
    words += [word for one in load_countries() for word in one.country.split()]
    return frozenset(fold(word) for word in words)


def _words(text: str) -> list[str]:
    from extraction.names.transliteration import fold

    return [word for word in dict.fromkeys(fold(text).split()) if word not in _noise() and not word.isdigit()]


def place_names(texts: list[str]) -> pl.DataFrame:
    """For each distinct place text its ``head`` (words before the first comma), all its ``words``, and their
    consonants (``bones``): what spellings of one name share (`extraction.names.transliteration`)."""
    from extraction.names.transliteration import bones

    rows = []
    for text in texts:
        words = _words(text)
        head = _words(text.split(",")[0]) or words
        # A name of vowels and one consonant has no skeleton to speak of, and stands for itself.
        skeleton = [b if len(b) > 1 else word for word, b in ((word, bones(word)) for word in words)]
        rows.append({"place_text": text, "head": sorted(head), "words": sorted(words), "bones": sorted(set(skeleton))})
    listed = pl.List(pl.String)
    schema: dict[str, Any] = {"place_text": pl.String, "head": listed, "words": listed, "bones": listed}
    return pl.DataFrame(rows, schema=schema, orient="row")
