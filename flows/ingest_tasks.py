"""The tasks that the flows share, and their order: batches in, paths and never connections, each retried at one layer.

Reading is retried where HTTP is spoken (`sources.http`); loading here, because only another writer can be in its way.
No task caches: its input is what stands in the files, which no hash of a path can tell.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from prefect import task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import flow_run
from prefect.utilities.annotations import quote

import warehouse
from flows import extracting, pipeline
from schemas.records import Facts, Reading

Value = TypeVar("Value")

INPUTS_A_TASK = 20
DOCUMENTS_A_TASK = 5_000
WAITS_FOR_WRITER = [5.0, 15.0, 30.0, 60.0, 120.0]
"""Seconds before each new attempt to load while somebody else writes the warehouse."""


class InputsFailedError(RuntimeError):
    """Some inputs could not be read; the rest is loaded. The text names each with its reason."""


def is_busy(task: Any, run: TaskRun, state: State[Any]) -> bool:
    """Only a busy warehouse is worth waiting for; what else goes wrong will go wrong again."""
    return isinstance(state.data, warehouse.WarehouseBusy)


@task(cache_policy=NO_CACHE)
def read_batch(inputs: Sequence[str], source: str | None, path: Path, received_at: datetime) -> list[Reading]:
    """Fetch and parse some inputs; their bytes go to the snapshot store beside the warehouse at ``path``."""
    return pipeline.read(inputs, source, pipeline.snapshots(path, received_at))


@task(
    cache_policy=NO_CACHE, retries=len(WAITS_FOR_WRITER), retry_delay_seconds=WAITS_FOR_WRITER,
    retry_condition_fn=is_busy,
)  # fmt: skip
def skip_known(path: Path, facts: Sequence[Facts]) -> pipeline.Todo:
    """Split off what the warehouse holds already."""
    return pipeline.skip_known(path, facts)


@task(cache_policy=NO_CACHE)
def extract_batch(facts: Sequence[Facts]) -> list[Facts]:
    """Extract a batch of documents on every core: the pool is inside the task, one task a row would cost far more."""
    return extracting.extract(facts)


@task(
    cache_policy=NO_CACHE, retries=len(WAITS_FOR_WRITER), retry_delay_seconds=WAITS_FOR_WRITER,
    retry_condition_fn=is_busy,
)  # fmt: skip
def load(
    path: Path, facts: Sequence[Facts], todo: pipeline.Todo, readings: Sequence[Reading], flow: str
) -> warehouse.LoadSummary | None:
    """Load the whole run in one transaction, then link."""
    return pipeline.load(path, facts, todo.seen, readings, flow=flow, flow_run_id=flow_run.get_id())


def run(inputs: Sequence[str], path: Path, source: str | None, flow: str) -> pipeline.Summary:
    """Inputs into the warehouse at ``path``, task by task; called inside a flow of that name (``ingest_articles``).

    Raises:
        InputsFailedError: an input could not be read at all; the rest is loaded.
        warehouse.WarehouseError: nothing was loaded.
    """
    started = time.monotonic()
    # One time for all: what arrives together is one load, whichever task fetched it.
    received_at = datetime.now(UTC).replace(tzinfo=None)
    batches = pipeline.batches(inputs, INPUTS_A_TASK)
    fetching = [read_batch.submit(batch, source, path, received_at) for batch in batches]
    readings = [reading for fetched in fetching for reading in fetched.result()]
    todo = skip_known(path, unsearched([facts for reading in readings for facts in reading.facts]))
    parts = pipeline.batches(todo.facts, DOCUMENTS_A_TASK)
    facts = [fact for part in parts for fact in extract_batch(unsearched(part))]
    loaded = load(path, unsearched(facts), unsearched(todo), unsearched(readings), flow)
    summary = pipeline.summarize(loaded, pipeline.failures_of(readings), time.monotonic() - started)
    _report(summary, flow)
    return summary


def unsearched(value: Value) -> Value:
    """The value for a task as it is: Prefect would walk through every field of every document in search of futures."""
    return cast(Value, quote(value))


def _report(summary: pipeline.Summary, flow: str) -> None:
    row = dict(zip(summary.columns, summary.rows[0], strict=True))
    # Keys of artifacts have no underscores.
    key = f"{flow.replace('_', '-')}-summary"
    create_table_artifact([row], key=key, description="\n".join((*summary.failed, *summary.held)) or None)
    if summary.failed:
        raise InputsFailedError("; ".join(summary.failed))
