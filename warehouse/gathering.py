"""Incidents made of what was matched: records of several monitors joined, and events that no monitor recorded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import duckdb

from schemas.keys import content_key
from warehouse.merge import select

Row = dict[str, Any]

JOINED = """
    SELECT d.mention_id, d.incident_id, m.source FROM decided d JOIN mention m USING (mention_id)
    WHERE d.kind = 'record' AND d.verdict IN ('linked', 'review')
    QUALIFY count(*) OVER (PARTITION BY d.incident_id, m.source) = 1 ORDER BY ALL"""

# An event whose day or place is too wide can be told from no other, and one that may belong to a recorded incident
# would be counted twice. A monitor's post that gives no day is of the day of its publication or the one before.
UNMATCHED = """
    WITH dated AS (
        SELECT e.* REPLACE (CASE WHEN e.date_start IS NULL THEN d.published - 1 ELSE e.date_start END AS date_start,
                            CASE WHEN e.date_start IS NULL THEN d.published ELSE e.date_end END AS date_end)
        FROM event e JOIN core.document d ON d.document_id = e.document_id
        WHERE e.date_start IS NOT NULL OR d.doc_type = 'monitor_post'
    )
    SELECT DISTINCT e.* EXCLUDE (claim_id), m.weapon, coalesce(e.place_id, array_to_string(m.head, ' ')) AS place_key
    FROM dated e JOIN mention m ON m.mention_id = e.event_id
    WHERE e.date_end - e.date_start <= 7 AND len(m.head) > 0
      AND coalesce(e.geo_precision, 'village') NOT IN ('country', 'region', 'admin1', 'multi')
      AND e.event_id NOT IN (SELECT mention_id FROM decided WHERE verdict <> 'weak')
    ORDER BY e.country, place_key, e.date_start, e.date_end, e.event_id"""


def joined_records(connection: duckdb.DuckDBPyConnection, incident_ids: list[str]) -> dict[str, str]:
    """incident_id of each record → that of the incident it belongs to: its own, or that of another monitor's record.

    A monitor never records one event twice on purpose: records of one source are not joined, not through others either.
    """
    edges = {row["mention_id"]: row["incident_id"] for row in select(connection, JOINED).iter_rows(named=True)}
    sources = dict(connection.execute("SELECT incident_id, source FROM record").fetchall())

    def root(one: str) -> str:
        # Ends, because an edge always leads to a source that comes earlier in the alphabet.
        while one in edges:
            one = edges[one]
        return one

    crowd = Counter((root(one), sources[one]) for one in incident_ids)
    return {one: root(one) if crowd[(root(one), sources[one])] == 1 else one for one in incident_ids}


@dataclass(slots=True)
class _Cluster:
    end: date
    events: list[Row]
    documents: set[str] = field(default_factory=set)
    weapons: set[str] = field(default_factory=set)

    def fits(self, event: Row) -> bool:
        """Days meet, no second event of one document, no other means."""
        means = event["weapon"] is None or not self.weapons or event["weapon"] in self.weapons
        return bool(event["date_start"] <= self.end and event["document_id"] not in self.documents and means)

    def take(self, event: Row) -> None:
        self.end = min(self.end, event["date_end"])
        self.events.append(event)
        self.documents.add(event["document_id"])
        if event["weapon"] is not None:
            self.weapons.add(event["weapon"])


def _clusters(events: list[Row]) -> list[_Cluster]:
    """Events of one place, in the order of their days, gathered into incidents."""
    found: list[_Cluster] = []
    going_on: list[_Cluster] = []
    for event in events:
        # Later events begin later still, so that what has ended by now is closed.
        going_on = [one for one in going_on if event["date_start"] <= one.end]
        cluster = next((one for one in going_on if one.fits(event)), None)
        if cluster is None:
            cluster = _Cluster(event["date_end"], [])
            found.append(cluster)
            going_on.append(cluster)
        cluster.take(event)
    return found


def _incident(cluster: _Cluster) -> Row:
    first = min(cluster.events, key=lambda e: (e["date_end"] - e["date_start"], e["event_id"]))
    start = max(event["date_start"] for event in cluster.events)
    place = first["place"] or first["place_text"]
    return {
        **first, "incident_id": content_key("told", min(event["event_id"] for event in cluster.events)),
        "document_id": None, "title": f"{place}, {start.isoformat()}", "date_start": start, "date_end": cluster.end,
        "date_precision": "day" if start == cluster.end else "day_range",
        "weapon": min(cluster.weapons) if cluster.weapons else None,
    }  # fmt: skip


def gathered(connection: duckdb.DuckDBPyConnection) -> tuple[list[Row], list[Row]]:
    """Incidents that only texts tell of, and which events each gathers (incident_id, event_id, others)."""
    incidents, members = [], []
    unmatched = select(connection, UNMATCHED).iter_rows(named=True)
    for _, events in groupby(unmatched, key=lambda event: (event["country"], event["place_key"])):
        for cluster in _clusters(list(events)):
            incident = _incident(cluster)
            incidents.append(incident)
            members += [
                {
                    "incident_id": incident["incident_id"],
                    "event_id": event["event_id"],
                    "others": len(cluster.events) - 1,
                }
                for event in cluster.events
            ]
    return incidents, members
