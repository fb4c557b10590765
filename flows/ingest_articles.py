"""The flow for articles and posts: prose from files, folders and web pages (prefect.yaml schedules it)."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows import ingest_tasks, pipeline


@flow(name="ingest-articles")
def ingest_articles(inputs: list[str], warehouse: str = "casualties.duckdb") -> pipeline.Summary:
    """Read articles, posts and pages into the warehouse, and link them to what it holds.

    Args:
        inputs: files, folders and web addresses.
        warehouse: the DuckDB file; the snapshot store is beside it.

    Raises:
        InputsFailedError: an input could not be read at all; the rest is loaded.
        warehouse.WarehouseError: nothing was loaded.
    """
    return ingest_tasks.run(inputs, Path(warehouse), None, "ingest_articles")
