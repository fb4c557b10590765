"""What may be passed on: a copy of a warehouse loses every document whose licence does not allow it."""

from __future__ import annotations

import duckdb

from schemas.ddl import qualified
from schemas.declaration import tables

RESTRICTED = "SELECT document_id FROM core.document WHERE NOT redistributable"

# In the order of deleting: what hangs on claims and entries goes after these have gone.
_BY_PARENT = (
    ("claim_id", "core.claim"), ("entry_id", "core.official_entry"), ("incident_id", "core.incident"),
)  # fmt: skip


def keep_redistributable(connection: duckdb.DuckDBPyConnection) -> None:
    """Deletes from the attached copy what may not be passed on, and all that hangs on it.

    An incident whose record goes, or whose last claim goes, goes too: its title and point are the record's.
    """
    connection.execute(f"CREATE TEMP TABLE restricted AS {RESTRICTED}")
    declared = {name: table for name, table in tables().items() if not table.view and not name.startswith("ref.")}
    for name, table in declared.items():
        if "document_id" in table.names:
            connection.execute(
                f"DELETE FROM {qualified(name)} WHERE document_id IN (SELECT document_id FROM restricted)"
            )
    connection.execute(
        "DELETE FROM core.incident WHERE document_id IS NULL"
        " AND incident_id NOT IN (SELECT incident_id FROM core.incident_claim JOIN core.claim USING (claim_id))"
    )
    for column, parent in _BY_PARENT:
        for name, table in declared.items():
            if column in table.names and name != parent:
                connection.execute(
                    f"DELETE FROM {qualified(name)} WHERE {column} IS NOT NULL"
                    f" AND {column} NOT IN (SELECT {column} FROM {qualified(parent)})"
                )
    for name in ("ops.quarantine", "ops.fetch", "ops.lineage", "ops.review"):
        connection.execute(f"DELETE FROM {qualified(name)}")
    connection.execute("DROP TABLE restricted")
