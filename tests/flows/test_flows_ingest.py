"""The flows on Prefect's own engine: the same rows as the plain functions, with a summary that people find again."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

import warehouse

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.usefixtures("prefect_server")


def entry(name: str) -> Any:
    """The flow as a worker loads it: from its file, where an import that fails must show."""
    from prefect.flows import load_flow_from_entrypoint

    return load_flow_from_entrypoint(f"{ROOT}/flows/{name}.py:{name}", use_placeholder_flow=False)


def artifact(key: str) -> Any:
    from prefect.artifacts import Artifact

    return Artifact.get(key)


def test_articles_give_the_same_claims_as_the_command(
    article: Path, tmp_path: Path, casualties: Callable[..., Any]
) -> None:
    summary = entry("ingest_articles")([str(article)], str(tmp_path / "flow.duckdb"))
    assert summary.documents == 1
    casualties("ingest", article)
    query = "SELECT * FROM mart.claim_flat ORDER BY claim_id"
    by_flow = warehouse.query(tmp_path / "flow.duckdb", query)
    assert by_flow == warehouse.query(tmp_path / "w.duckdb", query)
    assert len(by_flow.rows) == 3


def test_the_summary_is_an_artifact_and_the_run_is_named_in_the_warehouse(article: Path, tmp_path: Path) -> None:
    entry("ingest_articles")([str(article)], str(tmp_path / "w.duckdb"))
    [row] = json.loads(artifact("ingest-articles-summary").data)
    assert (row["documents"], row["claims"], row["failed inputs"]) == (1, 3, 0)
    runs = warehouse.query(tmp_path / "w.duckdb", "SELECT flow, flow_run_id IS NOT NULL FROM ops.run")
    assert ("ingest_articles", True) in runs.rows


def test_an_input_that_failed_fails_the_run_after_the_rest_is_loaded(article: Path, tmp_path: Path) -> None:
    flow = entry("ingest_articles")
    state = flow([str(tmp_path / "gone"), str(article)], str(tmp_path / "w.duckdb"), return_state=True)
    assert state.is_failed()
    assert "gone" in str(state.message)
    assert warehouse.counts(tmp_path / "w.duckdb")["claims"] == 3


def test_a_monitor_flow_names_its_source(tmp_path: Path) -> None:
    examples = sorted((ROOT / "examples").rglob("*.csv"))
    summary = entry("ingest_monitor")([str(examples[0])], "airwars", str(tmp_path / "w.duckdb"))
    assert summary.documents > 0
    answer = warehouse.query(tmp_path / "w.duckdb", "SELECT DISTINCT source FROM core.document")
    assert answer.rows == [("airwars",)]


def test_a_second_run_of_a_flow_changes_nothing(article: Path, tmp_path: Path) -> None:
    flow = entry("ingest_articles")
    flow([str(article)], str(tmp_path / "w.duckdb"))
    again = flow([str(article)], str(tmp_path / "w.duckdb"))
    assert (again.unchanged, again.claims) == (1, 0)


def test_only_a_busy_warehouse_is_waited_for() -> None:
    from flows import ingest_tasks

    def waits(error: Exception) -> bool:
        return ingest_tasks.is_busy(None, SimpleNamespace(), SimpleNamespace(data=error))  # type: ignore[arg-type]

    assert waits(warehouse.WarehouseBusy("w.duckdb is being written"))
    assert not waits(warehouse.WarehouseFull("no space"))
    assert not waits(ValueError("other"))


def test_every_deployment_can_be_loaded_and_takes_its_parameters() -> None:
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert {deployment["name"] for deployment in deployments} == {"articles", "collect", "monitor", "publish"}
    for deployment in deployments:
        file, name = deployment["entrypoint"].split(":")
        flow = getattr(importlib.import_module(Path(file).with_suffix("").as_posix().replace("/", ".")), name)
        assert flow.validate_parameters(deployment["parameters"])
        assert deployment.get("schedules") or deployment.get("triggers")
