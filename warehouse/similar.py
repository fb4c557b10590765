"""Near-duplicate documents: one wire story in forty papers is one voice.

Documents that share a whole sentence are compared as texts (rapidfuzz, normalised indel similarity). Each document of a
sentence meets the first and the one before it, so that the work grows with the documents and not with their pairs.
"""

from __future__ import annotations

import duckdb
from rapidfuzz import fuzz

from schemas.declaration import tables
from schemas.models import frame
from warehouse.merge import replace

ALIKE = 80.0
"""Least similarity (0 to 100) of two texts that are one story; edits and cuts of agency copy stay above it."""

# Short formulaic posts differ in figures alone, so only longer texts can be one story told again.
SHARING = """
    WITH prose AS (
        SELECT document_id, text FROM core.document
        WHERE current AND doc_type IN ('news_article', 'monitor_post') AND char_len >= 400
    ), sentence AS (
        SELECT DISTINCT document_id, hash(lower(trim(s.part))) AS said
        FROM prose, unnest(regexp_split_to_array(text, '[.!?\\n]+')) AS s(part) WHERE length(trim(s.part)) >= 40
    ), met AS (
        SELECT document_id, first_value(document_id) OVER w AS first, lag(document_id) OVER w AS before
        FROM sentence WINDOW w AS (PARTITION BY said ORDER BY document_id)
    ), pair AS (
        SELECT first AS one, document_id AS other FROM met WHERE first <> document_id
        UNION SELECT before, document_id FROM met WHERE before IS NOT NULL
    )
    SELECT one, other, a.text, b.text FROM pair
    JOIN prose a ON a.document_id = one JOIN prose b ON b.document_id = other ORDER BY one, other"""


def _root(parent: dict[str, str], one: str) -> str:
    while parent.get(one, one) != one:
        one = parent[one]
    return one


def write_voices(connection: duckdb.DuckDBPyConnection) -> int:
    """Writes which documents are one voice (``core.document_voice``); returns how many rows changed."""
    parent: dict[str, str] = {}
    best: dict[str, float] = {}
    found = connection.execute(SHARING)
    while rows := found.fetchmany(1000):
        for one, other, text, again in rows:
            likeness = fuzz.ratio(text, again, score_cutoff=ALIKE)
            if likeness < ALIKE:
                continue
            for document_id in (one, other):
                best[document_id] = max(best.get(document_id, 0.0), likeness / 100)
            roots = sorted((_root(parent, one), _root(parent, other)))
            parent[roots[1]] = roots[0]
    voices = [{"document_id": d, "voice_id": _root(parent, d), "similarity": best[d]} for d in sorted(best)]
    return replace(connection, "core.document_voice", frame(tables()["core.document_voice"], voices)[0])
