"""Matching what texts and official reports tell with the incidents that monitors record, feature by feature.

The steps are the files of ``sql/link``: claims → events (`warehouse.events`) → mentions → pairs (blocking) → scores →
decisions. Every step is a function of the facts alone, so that neither the order of loading nor earlier linking
matters; what is remembered (``ops.event_memo``, ``ops.link_memo``) is kept under a hash of all that it hangs on.
"""

from __future__ import annotations

import hashlib
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
        SELECT document_id FROM asked JOIN pair USING (mention_id) WHERE kind = 'event')"""
NAMED = """
    SELECT document_id, head FROM (
        SELECT DISTINCT m.document_id, r.head
        FROM pair p JOIN asked m USING (mention_id) JOIN record r USING (incident_id)
        WHERE m.kind = 'event' AND len(r.head) > 0)
    JOIN spoken USING (document_id) WHERE list_has_all(spoken.words, head)"""
CAPITALISED = re.compile(r"(?:(?<=[\s(\"“])[aeA-Z][a-zA-Z]{1,2}-)?\b([A-Z][\w'’]+)")

# The events of a text hang on its claims and on how the names of their places compare.
GROUNDS = """
    SELECT c.document_id, hash(list(hash(c, n.head, n.words) ORDER BY c.number, c.claim_id), $rules)::VARCHAR
        AS fingerprint
    FROM claim c LEFT JOIN place_name n ON n.place_text = c.place_text GROUP BY c.document_id"""
REMEMBERED_EVENTS = "SELECT e.* FROM ops.event_memo e JOIN grounds g USING (document_id, fingerprint)"
UNREAD_CLAIMS = """
    SELECT * FROM claim WHERE document_id NOT IN (SELECT document_id FROM event)
    ORDER BY document_id, number, claim_id"""

# The answer of a mention hangs on what it tells, on the records of its days, on which incident each of these is, and on
# people's decisions: while their hashes stay, so does the answer.
MARKED = """
    WITH day AS (
        SELECT unnest(generate_series(r.date_start - 2, r.date_end + 2, INTERVAL 1 DAY))::DATE AS day,
               hash(r, j.incident_id) AS digest
        FROM record r LEFT JOIN joined j ON j.record_id = r.incident_id WHERE r.date_end - r.date_start <= 31
    ), of_day AS (
        SELECT day, sum(digest) AS digest FROM day GROUP BY day
    ), around AS (
        SELECT m.mention_id, sum(d.digest) AS digest
        FROM (SELECT mention_id, unnest(generate_series(date_start, date_end, INTERVAL 1 DAY))::DATE AS day
              FROM mention WHERE date_end - date_start <= 10) m JOIN of_day d USING (day)
        GROUP BY m.mention_id
    ), said AS (
        SELECT coalesce(sum(hash(l, r.incident_id)), 0) AS digest
        FROM link_review l LEFT JOIN record r ON r.incident_id = l.incident_id
    )
    SELECT m.mention_id, hash(m, a.digest, said.digest, $rules)::VARCHAR AS fingerprint
    FROM said, mention m LEFT JOIN around a USING (mention_id) WHERE $whom"""
ASKED = """
    SELECT m.* FROM mention m JOIN marked k USING (mention_id)
    ANTI JOIN ops.link_memo o ON o.mention_id = k.mention_id AND o.fingerprint = k.fingerprint"""
ANSWERED = """
    INSERT INTO answer BY NAME
    SELECT o.* FROM ops.link_memo o JOIN marked k ON o.mention_id = k.mention_id AND o.fingerprint = k.fingerprint
    UNION ALL BY NAME
    SELECT m.mention_id, k.fingerprint, coalesce(d.incident_id, '') AS incident_id, m.kind, d.score,
           d.reason, d.verdict
    FROM asked m JOIN marked k USING (mention_id) LEFT JOIN decided d USING (mention_id)"""
DECIDED = "SELECT mention_id, incident_id, kind, score, reason, verdict FROM answer WHERE incident_id <> ''"

# Records that are one incident are no rivals of each other: their best evidence counts for it.
OF_INCIDENTS = """
    SELECT s.mention_id, j.incident_id, s.kind, max(s.evidence) AS evidence, max(s.score) AS score,
           arg_max(s.reason, (s.evidence, s.incident_id)) AS reason
    FROM scored s JOIN joined j ON j.record_id = s.incident_id GROUP BY ALL"""


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
    """Makes ``event`` with the fingerprint of its document: as remembered, or gathered now where its claims changed."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE grounds AS {GROUNDS.replace('$rules', _event_rules())}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE event AS {REMEMBERED_EVENTS}")
    claims = select(connection, UNREAD_CLAIMS)
    names = select(connection, "SELECT * FROM place_name")
    words = {
        row["place_text"]: (frozenset(row["head"]), frozenset(row["words"])) for row in names.iter_rows(named=True)
    }
    make_table(
        connection, "fresh_event", pl.DataFrame(events(claims.iter_rows(named=True), words), schema=EVENT, orient="row")
    )
    connection.execute("INSERT INTO event BY NAME SELECT * FROM fresh_event JOIN grounds USING (document_id)")


@cache
def _event_rules() -> str:
    return "'" + hashlib.sha256(files("warehouse").joinpath("events.py").read_bytes()).hexdigest() + "'"


def _make_named(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes ``named``: which texts name, anywhere, the recorded places that their events were paired with."""
    from extraction.names.transliteration import fold

    texts = connection.execute(PAIRED_TEXTS).fetchall()
    spoken = [(document_id, sorted({fold(word) for word in CAPITALISED.findall(text)})) for document_id, text in texts]
    schema: dict[str, Any] = {"document_id": pl.String, "words": pl.List(pl.String)}
    make_table(connection, "spoken", pl.DataFrame(spoken, schema=schema, orient="row"))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE named AS {NAMED}")
    connection.execute("DROP TABLE temp.spoken")


@cache
def _rules() -> str:
    """Digest of the rules by which mentions are decided: a memory of other rules is none."""
    steps = "".join(step_sql(name) for name in ("pair", "score", "decide")) + OF_INCIDENTS + MARKED + NAMED
    return hashlib.sha256(f"{steps}{CAPITALISED.pattern}{sorted(weights().items())}".encode()).hexdigest()


def _decide(connection: duckdb.DuckDBPyConnection, whom: str, *, joined: bool) -> None:
    """Adds to ``answer`` the mentions that *whom* selects: as remembered, or decided anew if their grounds changed."""
    marked = MARKED.replace("$rules", f"'{_rules()}'").replace("$whom", whom)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE marked AS {marked}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE asked AS {ASKED}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE pair AS {step_sql('pair')}")
    _make_named(connection)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE scored AS {step_sql('score')}")
    if joined:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE scored AS {OF_INCIDENTS}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE decided AS {step_sql('decide')}")
    connection.execute(ANSWERED)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE decided AS {DECIDED}")


def _make_joined(connection: duckdb.DuckDBPyConnection, root: dict[str, str]) -> None:
    """Makes ``joined``: which record is which incident."""
    schema = {"record_id": pl.String, "incident_id": pl.String}
    make_table(connection, "joined", pl.DataFrame(list(root.items()), schema=schema, orient="row"))


TABLES = (
    "incident", "link_review", "weight", "page_prose", "claim", "place_name", "grounds", "fresh_event", "event",
    "record", "mention", "joined", "answer", "marked", "asked", "pair", "named", "scored", "decided",
)  # fmt: skip


@contextmanager
def matched(connection: duckdb.DuckDBPyConnection, incidents: pl.DataFrame, reviews: pl.DataFrame) -> Iterator[None]:
    """Inside the block temporary tables tell what belongs together: ``event`` (a row a claim), ``mention``, ``joined``
    (record_id, incident_id) and ``decided`` (mention_id, incident_id, kind, score, reason, verdict: linked, ambiguous,
    weak or review). ``event`` and ``answer`` are what ``ops.event_memo`` and ``ops.link_memo`` should remember of it.

    *incidents* are the recorded ones; *reviews* (subject_id, incident_id, same, words) overrule the scores. Mentions
    whose grounds are those of the memo keep their answer: only new ones, and those of days whose records changed, are
    matched.
    """
    make_table(connection, "incident", incidents)
    make_table(connection, "link_review", reviews)
    make_table(connection, "weight", pl.DataFrame([weights()]))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE page_prose AS {step_sql('page_prose')}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE claim AS {step_sql('claim')}")
    texts = [row[0] for row in connection.execute(PLACE_WORDING).fetchall()]
    make_table(connection, "place_name", place_names(texts))
    _make_events(connection)
    for name in ("record", "mention"):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {step_sql(name)}")
    connection.execute("CREATE OR REPLACE TEMP TABLE answer AS SELECT * FROM ops.link_memo LIMIT 0")
    _make_joined(connection, {})
    _decide(connection, "m.kind = 'record'", joined=False)
    root = joined_records(connection, incidents["incident_id"].to_list())
    _make_joined(connection, root)
    _decide(connection, "m.kind <> 'record'", joined=any(record != incident for record, incident in root.items()))
    yield
    for name in TABLES:
        connection.execute(f"DROP TABLE temp.{name}")
