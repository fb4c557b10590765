"""The flow for what monitors and officials publish: tables and reports of one source (prefect.yaml schedules it)."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows import ingest_tasks, pipeline


@flow(name="ingest-monitor")
def ingest_monitor(inputs: list[str], source: str, warehouse: str = "casualties.duckdb") -> pipeline.Summary:
    """Read a monitor's export or a party's own reports into the warehouse, and link them to what it holds.

    Args:
        inputs: files, folders and web addresses.
        source: the source's short name (``airwars``, ``cjtf``): a schedule says what it expects instead of guessing.
        warehouse: the DuckDB file; the snapshot store is beside it.

    Raises:
        InputsFailedError: an input could not be read at all; the rest is loaded.
        warehouse.WarehouseError: nothing was loaded.
    """
    return ingest_tasks.run(inputs, Path(warehouse), source, "ingest_monitor")
