"""Linking: where claims' places are, and which incident they belong to. Computed anew from the facts each time.

A monitor's own incident record is an incident, and the record's claims belong to it. Entries of official reports
belong to
the incident whose code they name. Claims of articles are not linked to incidents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb
import polars as pl

from schemas.declaration import tables
from schemas.keys import content_key
from schemas.models import frame
from warehouse.connection import transaction, writing
from warehouse.errors import WarehouseMissing
from warehouse.merge import merge, select


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


class Resolver(Protocol):
    """Finds a place by its text, the wider places named with it, and the country (ISO alpha-3) where known."""

    def __call__(
        self, place_text: str, context: tuple[str, ...] = (), country: str | None = None
    ) -> Resolved | None: ...


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """What linking found: distinct place texts, those unresolved, incidents, claims linked to one, rows changed."""

    places: int
    unresolved: int
    incidents: int
    claims: int
    changed: int


PLACE_TEXTS = """
    SELECT DISTINCT place_text, place_context, country FROM (
        SELECT place_text, place_context, country FROM core.claim WHERE place_text IS NOT NULL
        UNION ALL SELECT place_text, CASE WHEN admin1 IS NULL THEN [] ELSE [admin1] END, country FROM
        core.incident_record WHERE place_text IS NOT NULL)
    ORDER BY ALL"""

CLAIM_PLACES = """
    SELECT c.claim_id, g.place_id, g.place, g.admin1, coalesce(c.country, g.country) AS country,
           CASE WHEN c.lat IS NULL THEN g.lat ELSE c.lat END AS lat, CASE WHEN c.lat IS NULL THEN g.lon ELSE c.lon END
           AS lon,
           CASE WHEN c.lat IS NULL THEN coalesce(g.geo_precision, c.geo_precision) ELSE c.geo_precision END AS
           geo_precision
    FROM core.claim c LEFT JOIN gazetteer g
        ON g.place_text = c.place_text AND g.place_context = c.place_context AND g.told_country IS NOT DISTINCT FROM
        c.country
    WHERE c.place_text IS NOT NULL OR c.country IS NOT NULL OR c.lat IS NOT NULL"""

RECORDS = """
    SELECT d.version_key, r.document_id, r.title, r.date_start, r.date_end, r.date_precision, r.place_text, g.place,
           coalesce(r.admin1, g.admin1) AS admin1, coalesce(r.country, g.country) AS country,
           CASE WHEN r.lat IS NULL THEN g.lat ELSE r.lat END AS lat, CASE WHEN r.lat IS NULL THEN g.lon ELSE r.lon END
           AS lon,
           CASE WHEN r.lat IS NULL THEN g.geo_precision ELSE r.geo_precision END AS geo_precision, r.weapon
    FROM core.incident_record r JOIN core.document d ON d.document_id = r.document_id AND d.current
    LEFT JOIN gazetteer g ON g.place_text = r.place_text AND g.told_country IS NOT DISTINCT FROM r.country
        AND g.place_context = CASE WHEN r.admin1 IS NULL THEN [] ELSE [r.admin1] END
    QUALIFY row_number() OVER (PARTITION BY d.version_key ORDER BY r.document_id) = 1
    ORDER BY d.version_key"""

INCIDENT_CLAIMS = """
    SELECT k.incident_id, f.claim_id, 'record' AS method, 1.0::DOUBLE AS score,
           'the figure stands in ' || f.source || '''s own record of the incident' AS reason
    FROM incident_key k JOIN core.document d USING (version_key) JOIN mart.claim_flat f ON f.document_id = d.document_id
    JOIN core.incident_record r ON r.document_id = d.document_id
    WHERE f.scope = 'incident'"""

INCIDENT_XREFS = """
    SELECT k.incident_id, x.system, x.external_id
    FROM (SELECT document_id, unnest(external_ids) AS x FROM core.incident_record)
    JOIN core.document d USING (document_id) JOIN incident_key k USING (version_key) WHERE d.current"""

# A code that several incidents carry proves nothing, and links to none of them.
INCIDENT_ENTRIES = """
    WITH coded AS (SELECT entry_id, unnest(codes) AS code FROM core.official_entry),
    named AS (SELECT external_id AS code, min(incident_id) AS incident_id FROM core.incident_xref WHERE system NOT LIKE
    '%\\_id' ESCAPE '\\'
              GROUP BY external_id HAVING count(DISTINCT incident_id) = 1)
    SELECT incident_id, entry_id, 'code' AS method, 1.0::DOUBLE AS score, 'the entry names the code ' || min(code) AS
    reason
    FROM coded JOIN named USING (code) GROUP BY incident_id, entry_id"""


def _resolver() -> Resolver:
    # Imported here: the gazetteer takes a moment to read, and a caller may bring its own.
    from extraction.places import resolve

    resolver: Resolver = resolve
    return resolver


def _gazetteer(connection: duckdb.DuckDBPyConnection, resolver: Resolver) -> tuple[pl.DataFrame, int]:
    """One row a distinct place text that is known, and how many texts there are."""
    rows: list[dict[str, Any]] = []
    texts = connection.execute(PLACE_TEXTS).fetchall()
    for text, context, country in texts:
        found = resolver(text, context=tuple(context), country=country)
        if found is not None:
            place = {
                "place": found.name,
                "admin1": found.admin1,
                "country": found.country,
                "lat": found.lat,
                "lon": found.lon,
            }
            key = content_key("place", found.name, found.admin1, found.country, found.lat, found.lon)
            rows.append(
                {
                    **place,
                    "geo_precision": found.geo_precision,
                    "place_id": key,
                    "place_text": text,
                    "place_context": list(context),
                    "told_country": country,
                }
            )
    schema: dict[str, Any] = {
        "place": pl.String,
        "admin1": pl.String,
        "country": pl.String,
        "lat": pl.Float64,
        "lon": pl.Float64,
        "geo_precision": pl.String,
        "place_id": pl.String,
        "place_text": pl.String,
        "place_context": pl.List(pl.String),
        "told_country": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row"), len(texts)


def _replace(connection: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> int:
    """Makes *table* hold exactly *rows*; returns how many rows had to be touched."""
    return merge(connection, table, rows.select(tables()[table].names), gone="true").height


def _link_places(connection: duckdb.DuckDBPyConnection, gazetteer: pl.DataFrame) -> int:
    changed = _replace(connection, "ref.place", gazetteer.unique("place_id", keep="first", maintain_order=True))
    aliases = gazetteer.select(alias="place_text", place_id="place_id").unique(maintain_order=True)
    changed += _replace(connection, "ref.place_alias", aliases)
    return changed + _replace(connection, "core.claim_place", select(connection, CLAIM_PLACES))


def _write_actors(connection: duckdb.DuckDBPyConnection) -> int:
    """Puts the actors that the extractor knows beside the claims that name them."""
    from extraction.actors import load_actors

    known = load_actors()
    actors = [
        {"actor": one.name, "actor_type": one.kind, "parent": one.parent or None, "country": one.country or None}
        for one in known
    ]
    aliases = [{"alias": alias, "actor": one.name} for one in known for alias in one.aliases]
    changed = _replace(connection, "ref.actor", frame(tables()["ref.actor"], actors)[0])
    return changed + _replace(connection, "ref.actor_alias", frame(tables()["ref.actor_alias"], aliases)[0])


def _incidents(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    # The key comes from the record's own identity, so that a changed record stays the same incident.
    return [{**record, "incident_id": content_key("incident", record["version_key"])} for record in records]


def _link_incidents(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    incidents = _incidents(select(connection, RECORDS).iter_rows(named=True))
    rows, _ = frame(tables()["core.incident"], incidents)
    changed = _replace(connection, "core.incident", rows)
    keys = pl.DataFrame(
        [{name: row[name] for name in ("incident_id", "version_key")} for row in incidents],
        schema={"incident_id": pl.String, "version_key": pl.String},
        orient="row",
    )
    connection.register("incident_key", keys.to_arrow())
    claims = select(connection, INCIDENT_CLAIMS)
    changed += _replace(connection, "core.incident_claim", claims)
    changed += _replace(connection, "core.incident_xref", select(connection, INCIDENT_XREFS))
    changed += _replace(connection, "core.incident_entry", select(connection, INCIDENT_ENTRIES))
    connection.unregister("incident_key")
    return len(incidents), claims.height, changed


def link(path: Path, resolver: Resolver | None = None) -> LinkSummary:
    """Resolves places and links claims to incidents in the warehouse *path*; again on the same facts it changes no row.

    *resolver* is asked once a distinct place text; by default it is the project's gazetteer. Raises `WarehouseError`.
    """
    if not path.is_file():
        raise WarehouseMissing(f"there is no warehouse {path}: run `casualties ingest` first")
    with writing(path) as connection, transaction(connection):
        gazetteer, texts = _gazetteer(connection, resolver or _resolver())
        connection.register("gazetteer", gazetteer.to_arrow())
        changed = _link_places(connection, gazetteer) + _write_actors(connection)
        incidents, claims, moved = _link_incidents(connection)
        connection.unregister("gazetteer")
    return LinkSummary(texts, texts - gazetteer.height, incidents, claims, changed + moved)
