"""The flow that publishes: after each load, or by hand (prefect.yaml)."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from flows import ingest_tasks
from warehouse import publishing


@task(
    cache_policy=NO_CACHE, retries=len(ingest_tasks.WAITS_FOR_WRITER),
    retry_delay_seconds=ingest_tasks.WAITS_FOR_WRITER, retry_condition_fn=ingest_tasks.is_busy,
)  # fmt: skip
def publish_copy(path: Path, keep: int, keep_days: float | None) -> publishing.Publication | None:
    """Publish; nothing where nothing was ever loaded."""
    if not path.exists():
        return None
    done = publishing.publish(path, keep=keep, keep_days=keep_days)
    row = {"path": str(done.path), "claims": done.claims, "for others": done.shared_claims,
           "MB": round(done.bytes / 1e6, 1), "seconds": done.seconds, "removed": done.removed}  # fmt: skip
    create_table_artifact([row], key="publication")
    return done


@flow(name="publish")
def publish_warehouse(warehouse_file: str = "casualties.duckdb", keep: int = 5, keep_days: float | None = None) -> None:
    """Publish the warehouse for its readers.

    Args:
        warehouse_file: the DuckDB file.
        keep: publications that stay.
        keep_days: older ones are taken away; the newest always stays.

    Raises:
        warehouse.WarehouseError: the last publication stays as it was.
    """
    publish_copy(Path(warehouse_file), keep, keep_days)


def is_missing(path: Path) -> bool:
    """Whether the warehouse has never been published."""
    return publishing.newest_publication(path) is None
