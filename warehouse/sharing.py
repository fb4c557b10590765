"""What may be passed on: a copy of a warehouse without the documents whose licence does not allow it."""

from __future__ import annotations

import duckdb

from schemas.ddl import qualified
from schemas.declaration import Table, tables

RESTRICTED = "SELECT document_id FROM warehouse.core.document WHERE NOT redistributable"
OWN = frozenset({"ops.quarantine", "ops.fetch", "ops.lineage", "ops.review", "raw.held_load"})
"""What tells of our own work, with pieces of texts in it: nothing of it is passed on."""

# In the order of deleting: what hangs on claims and entries goes before what hangs on incidents.
_PARENTS = (("claim_id", "core.claim"), ("entry_id", "core.official_entry"), ("incident_id", "core.incident"))


def _stored() -> dict[str, Table]:
    return {name: table for name, table in tables().items() if not table.view}


def copy_redistributable(connection: duckdb.DuckDBPyConnection, target: str) -> None:
    """Copies the attached ``warehouse`` into the empty attached database *target*, restricted documents left out."""
    connection.execute(f"COPY FROM DATABASE warehouse TO {target} (SCHEMA)")
    for name, table in _stored().items():
        if name in OWN:
            continue
        told = "document_id" in table.names
        allowed = f"WHERE (document_id IS NULL OR document_id NOT IN ({RESTRICTED}))" if told else ""
        # What is held back is nobody's to pass on.
        allowed += " AND held_in IS NULL" if "held_in" in table.names else ""
        rows = f"SELECT * FROM warehouse.{qualified(name)} {allowed}"
        connection.execute(f"INSERT INTO {target}.{qualified(name)} BY NAME {rows}")


def remove_orphans(connection: duckdb.DuckDBPyConnection) -> None:
    """Deletes from such a copy what hung on a document that was left out.

    An incident whose record is missing, or whose last claim is, goes too: its title and point come from there.
    """
    connection.execute(
        "DELETE FROM core.incident WHERE document_id IS NULL"
        " AND incident_id NOT IN (SELECT incident_id FROM core.incident_claim JOIN core.claim USING (claim_id))"
    )
    for column, parent in _PARENTS:
        for name, table in _stored().items():
            if column in table.names and name != parent and name not in OWN:
                connection.execute(
                    f"DELETE FROM {qualified(name)} WHERE {column} IS NOT NULL"
                    f" AND {column} NOT IN (SELECT {column} FROM {qualified(parent)})"
                )
