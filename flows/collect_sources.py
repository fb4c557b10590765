"""The flow that collects: what is new at the configured sources, loaded, linked and published (prefect.yaml)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

import warehouse
from flows import publish_warehouse
from flows.collecting import run as collecting
from flows.collecting.desk import Wish
from flows.collecting.ledger import Ledger
from flows.credentials import secret
from sources import config as configuration

REJECTS_SHOWN = 50


@task(cache_policy=NO_CACHE)
def collect_new(
    config: Path, path: Path, names: Sequence[str], only_due: bool, limit: int | None
) -> collecting.Summary:  # fmt: skip
    """Visit the sources; retries are where HTTP is spoken, and what fails waits for the next run."""
    settings = configuration.load(config)
    selected = collecting.chosen(settings, names, Ledger(path), only_due=only_due, at=collecting.now())
    return collecting.collect(
        settings, path, selected, Wish(limit=limit), secret=secret, flow_run_id=flow_run.get_id()
    )


@flow(name="collect")
def collect_sources(
    config: str = "sources.toml", warehouse_file: str = "casualties.duckdb", sources: list[str] | None = None,
    only_due: bool = True, limit: int | None = None,
) -> State[Any]:  # fmt: skip
    """Collect, load, link and publish.

    Args:
        config: the file ``sources.toml``.
        warehouse_file: the DuckDB file; everything else stands beside it.
        sources: names in ``sources.toml``; None for all that are enabled.
        only_due: leave out sources whose ``every_hours`` have not passed; names are taken in any case.
        limit: articles a source at most.

    Returns:
        a completed state; where sources failed it is called "Completed with failures" and names them.

    Raises:
        sources.config.ConfigError: ``sources.toml`` cannot be used.
        flows.collecting.ledger.CollectBusyError: another run is collecting.
    """
    path = Path(warehouse_file)
    summary = collect_new(Path(config), path, sources or [], only_due, limit)
    _report(summary, path)
    if summary.loaded or publish_warehouse.is_missing(path):
        settings = configuration.load(Path(config))
        publish_warehouse.publish_copy(path, settings.keep, settings.keep_days)
    if summary.failed:
        return Completed(name="Completed with failures", message="; ".join(summary.failed)[:2000])
    return Completed(message=f"{summary.loaded} articles are new or changed")


def _report(summary: collecting.Summary, path: Path) -> None:
    rows = [dict(zip(summary.columns, row, strict=True)) for row in summary.rows]
    create_table_artifact(rows, key="collect-summary", description="\n".join(summary.failed) or None)
    try:
        rejected = warehouse.rejects(path, limit=REJECTS_SHOWN)
    except warehouse.WarehouseError:
        return
    shown = [{name: str(value)[:200] for name, value in zip(rejected.columns, row, strict=True) if name != "record"}
             for row in rejected.rows]  # fmt: skip
    create_table_artifact(shown, key="rejects", description=f"The newest {REJECTS_SHOWN} at most: casualties rejects")
