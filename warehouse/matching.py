"""Matching what texts and official reports tell with the incidents that monitors record, feature by feature.

The steps are the files of ``sql/link``: claims → events (`warehouse.events`) → mentions → pairs (blocking) → scores →
decisions. Every step is a function of the facts alone, so that neither the order of loading nor earlier linking
matters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import polars as pl

from warehouse.events import events
from warehouse.gathering import joined_records
from warehouse.merge import select
from warehouse.placing import place_names

EVENT: dict[str, Any] = {
    "event_id": pl.String, "document_id": pl.String, "claim_id": pl.String, "date_start": pl.Date, "date_end": pl.Date,
    "place_text": pl.String, "place": pl.String, "place_id": pl.String, "admin1": pl.String, "country": pl.String,
    "lat": pl.Float64, "lon": pl.Float64, "geo_precision": pl.String,
}  # fmt: skip

PLACE_WORDING = """
    SELECT DISTINCT place_text FROM (
        SELECT place_text FROM claim UNION ALL SELECT place_text FROM incident
        UNION ALL SELECT place_text FROM core.official_entry UNION ALL SELECT place FROM ref.place)
    WHERE place_text IS NOT NULL ORDER BY ALL"""

PAIRED_TEXTS = """
    SELECT document_id, text FROM core.document WHERE document_id IN (
        SELECT document_id FROM mention JOIN pair USING (mention_id) WHERE kind = 'event')"""
NAMED = """
    SELECT document_id, head FROM (
        SELECT DISTINCT m.document_id, r.head
        FROM pair p JOIN mention m USING (mention_id) JOIN record r USING (incident_id)
        WHERE m.kind = 'event' AND len(r.head) > 0)
    JOIN spoken USING (document_id) WHERE list_has_all(spoken.words, head)"""
CAPITALISED = re.compile(r"(?:(?<=[\s(\"“])[aeA-Z][a-zA-Z]{1,2}-)?\b([A-Z][\w'’]+)")

STEPS = {"record": "record", "mention": "mention", "pair": "pair", "scored": "score", "decided": "decide"}
"""Temporary table → step that makes it, in order."""

# Records that are one incident are no rivals of each other: their best evidence counts for it.
OF_INCIDENTS = """
    SELECT s.mention_id, j.incident_id, s.kind, max(s.evidence) AS evidence, max(s.score) AS score,
           arg_max(s.reason, s.evidence) AS reason
    FROM scored s JOIN joined j ON j.record_id = s.incident_id WHERE s.kind <> 'record' GROUP BY ALL
    UNION ALL SELECT * FROM scored WHERE kind = 'record'"""


def step_sql(name: str) -> str:
    """The SELECT of step *name*."""
    return files("warehouse").joinpath("sql", "link", f"{name}.sql").read_text(encoding="utf-8")


@cache
def weights() -> dict[str, float]:
    """What each feature counts, by name (``warehouse/data/link_weights.toml``)."""
    raw = tomllib.loads(files("warehouse").joinpath("data", "link_weights.toml").read_text(encoding="utf-8"))
    return {name: float(value) for group in raw.values() for name, value in group.items()}


def make_table(connection: duckdb.DuckDBPyConnection, name: str, rows: pl.DataFrame) -> None:
    connection.register("made", rows.to_arrow())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM made")
    connection.unregister("made")


def _make_events(connection: duckdb.DuckDBPyConnection) -> None:
    claims = select(connection, "SELECT * FROM claim ORDER BY document_id, number, claim_id")
    names = select(connection, "SELECT * FROM place_name")
    words = {
        row["place_text"]: (frozenset(row["head"]), frozenset(row["words"])) for row in names.iter_rows(named=True)
    }
    rows = events(claims.iter_rows(named=True), words)
    make_table(connection, "event", pl.DataFrame(rows, schema=EVENT, orient="row"))


def _make_named(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes ``named``: which texts name, anywhere, the recorded places that their events were paired with."""
    from extraction.transliteration import fold

    texts = connection.execute(PAIRED_TEXTS).fetchall()
    spoken = [(document_id, sorted({fold(word) for word in CAPITALISED.findall(text)})) for document_id, text in texts]
    schema: dict[str, Any] = {"document_id": pl.String, "words": pl.List(pl.String)}
    make_table(connection, "spoken", pl.DataFrame(spoken, schema=schema, orient="row"))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE named AS {NAMED}")
    connection.execute("DROP TABLE temp.spoken")


def _join_records(connection: duckdb.DuckDBPyConnection, incident_ids: list[str]) -> None:
    """Makes ``joined`` (record_id → incident_id), and decides again with joined records as one incident."""
    root = joined_records(connection, incident_ids)
    schema = {"record_id": pl.String, "incident_id": pl.String}
    make_table(connection, "joined", pl.DataFrame(list(root.items()), schema=schema, orient="row"))
    if any(record != incident for record, incident in root.items()):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE scored AS {OF_INCIDENTS}")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE decided AS {step_sql('decide')}")


@contextmanager
def matched(connection: duckdb.DuckDBPyConnection, incidents: pl.DataFrame, reviews: pl.DataFrame) -> Iterator[None]:
    """Inside the block temporary tables tell what belongs together: ``event`` (a row a claim), ``mention``, ``joined``
    (record_id, incident_id) and ``decided`` (mention_id, incident_id, kind, score, reason, verdict: linked, ambiguous,
    weak or review).

    *incidents* are the recorded ones; *reviews* (subject_id, incident_id, same, words) overrule the scores.
    """
    make_table(connection, "incident", incidents)
    make_table(connection, "link_review", reviews)
    make_table(connection, "weight", pl.DataFrame([weights()]))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE page_prose AS {step_sql('page_prose')}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE claim AS {step_sql('claim')}")
    texts = [row[0] for row in connection.execute(PLACE_WORDING).fetchall()]
    make_table(connection, "place_name", place_names(texts))
    _make_events(connection)
    for name, step in STEPS.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {step_sql(step)}")
        if name == "pair":
            _make_named(connection)
    _join_records(connection, incidents["incident_id"].to_list())
    yield
    made = ("incident", "link_review", "weight", "page_prose", "claim", "place_name", "event", "named", "joined")
    for name in (*made, *STEPS):
        connection.execute(f"DROP TABLE temp.{name}")
