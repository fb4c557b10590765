"""Linking: where claims' places are, and which incident they belong to. Computed anew from the facts each time.

A monitor's record of an incident is an incident; records of several monitors about one event are one. What texts and
official reports tell is matched with them (`warehouse.matching`); what matches none and gives day and place is an
incident of its own (`warehouse.gathering`). Ambiguous cases stay unlinked and are kept in ``core.link_candidate``.
Decisions of people (`warehouse.reviewing`) overrule every score.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from schemas.declaration import tables
from schemas.keys import content_key
from schemas.models import frame
from warehouse.connection import files_folder, transaction, writing
from warehouse.errors import WarehouseMissing
from warehouse.gathering import gathered
from warehouse.gazetteers import further_resolver
from warehouse.matching import make_table, matched, step_sql
from warehouse.merge import replace, select
from warehouse.placing import Resolver, default_resolver, gazetteer, write_places
from warehouse.reviewing import link_reviews, read_reviews
from warehouse.similar import write_voices

MEMBER: dict[str, Any] = {"incident_id": pl.String, "event_id": pl.String, "others": pl.Int32}


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """What linking found: distinct place texts, those unresolved, incidents, claims linked to one, rows changed."""

    places: int
    unresolved: int
    incidents: int
    claims: int
    changed: int


def _write_actors(connection: duckdb.DuckDBPyConnection) -> int:
    """Puts the actors that the extractor knows beside the claims that name them."""
    from extraction.names.actors import load_actors

    known = load_actors()
    actors = [
        {"actor": one.name, "actor_type": one.kind, "parent": one.parent or None, "country": one.country or None,
         "active_from_year": one.period[0], "active_until_year": one.period[1]}
        for one in known
    ]
    aliases = [{"alias": alias, "actor": one.name} for one in known for alias in one.aliases]
    changed = replace(connection, "ref.actor", frame(tables()["ref.actor"], actors)[0])
    return changed + replace(connection, "ref.actor_alias", frame(tables()["ref.actor_alias"], aliases)[0])


def recorded(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The monitors' records, each as an incident of its own."""
    # The key comes from the record's own identity, so that a changed record stays the same incident.
    records = [
        {**row, "incident_id": content_key("incident", row["version_key"])}
        for row in select(connection, step_sql("incident")).iter_rows(named=True)
    ]
    return frame(tables()["core.incident"], records)[0]


def _write_incidents(connection: duckdb.DuckDBPyConnection, recorded: pl.DataFrame) -> tuple[int, int, int]:
    own, members = gathered(connection)
    make_table(connection, "told_member", pl.DataFrame(members, schema=MEMBER, orient="row"))
    roots = select(connection, "SELECT DISTINCT incident_id FROM joined")
    kept = recorded.join(roots, on="incident_id", how="semi")
    incidents = pl.concat([kept, frame(tables()["core.incident"], own)[0]])
    changed = replace(connection, "core.incident", incidents)
    changed += replace(connection, "core.incident_document", select(connection, step_sql("incident_document")))
    changed += replace(connection, "core.incident_xref", select(connection, step_sql("incident_xref")))
    changed += replace(connection, "core.incident_entry", select(connection, step_sql("incident_entry")))
    claims = select(connection, step_sql("incident_claim"))
    changed += replace(connection, "core.incident_claim", claims)
    changed += replace(connection, "core.link_candidate", select(connection, step_sql("link_candidate")))
    for memo, made in (("ops.event_memo", "event"), ("ops.link_memo", "answer")):
        replace(connection, memo, select(connection, f"FROM {made}"))
    return incidents.height, claims.height, changed


def _gazetteer(
    connection: duckdb.DuckDBPyConnection, path: Path, resolver: Resolver | None
) -> tuple[pl.DataFrame, int]:
    if resolver is not None:
        return gazetteer(connection, resolver)
    return gazetteer(connection, default_resolver(), partial(further_resolver, connection, path))


def link(path: Path, resolver: Resolver | None = None, *, reviews: Path | None = None) -> LinkSummary:
    """Resolves places and links claims to incidents in the warehouse *path*; again on the same facts it changes no row.

    *resolver* is asked once a distinct place text; by default it is the project's gazetteer, then the
    places imported and learnt. *reviews* is the folder of
    people's decisions, by default ``reviews`` beside the warehouse. Raises `WarehouseError`, `ReviewError`.
    """
    if not path.is_file():
        raise WarehouseMissing(f"there is no warehouse {path}: run `casualties ingest` first")
    decisions = read_reviews(reviews or files_folder(path) / "reviews")
    with writing(path) as connection, transaction(connection):
        changed = replace(connection, "ops.review", decisions)
        known, texts = _gazetteer(connection, path, resolver)
        connection.register("gazetteer", known.to_arrow())
        changed += write_places(connection, known) + _write_actors(connection) + write_voices(connection)
        records = recorded(connection)
        with matched(connection, records, link_reviews(decisions)):
            incidents, claims, moved = _write_incidents(connection, records)
        connection.unregister("gazetteer")
    return LinkSummary(texts, texts - known.height, incidents, claims, changed + moved)
