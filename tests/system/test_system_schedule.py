"""A real Prefect server and worker: a schedule fires, and the rows are in the warehouse."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import warehouse
from warehouse import publishing

from .browser import page, picture

ROOT = Path(__file__).parents[2]
TEXT = "At least 14 people were killed when an airstrike hit a bakery in Hajin, local activists said.\n"

pytestmark = pytest.mark.system


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours, stopped at the end by its own id."""
    with log.open("wb") as out, subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def prefect(*args: str) -> list[str]:
    return [sys.executable, "-m", "prefect", *args]


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def wait_for(what: str, seconds: int, done: object, log: Path) -> None:
    """Look twice a second, at most so long; the log tells why when it does not happen."""
    assert callable(done)
    for _ in range(seconds * 2):
        if done():
            return
        time.sleep(0.5)
    pytest.fail(f"{what} did not happen in {seconds} s:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "home"
    home.mkdir()
    return os.environ | {
        "HOME": str(home), "PREFECT_HOME": str(home), "DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_API_URL": f"http://127.0.0.1:{free_port()}/api", "PREFECT_WORKER_QUERY_SECONDS": "2",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
    }  # fmt: skip


@pytest.fixture
def server(env: dict[str, str], tmp_path: Path) -> Iterator[str]:
    api = env["PREFECT_API_URL"]
    port = api.removesuffix("/api").rsplit(":", 1)[1]
    log = tmp_path / "server.log"
    with running(prefect("server", "start", "--host", "127.0.0.1", "--port", port), env, log):
        wait_for("the server's answer", 90, lambda: answers(f"{api}/health"), log)
        yield api


def call(env: dict[str, str], *args: str) -> None:
    done = subprocess.run(prefect("--no-prompt", *args), cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def loaded(path: Path) -> bool:
    try:
        return warehouse.counts(path)["claims"] > 0
    except warehouse.WarehouseError:
        return False


def published(path: Path) -> bool:
    copy = publishing.newest_publication(path)
    return copy is not None and loaded(copy)


def test_a_schedule_fires_and_what_it_loads_is_published(server: str, env: dict[str, str], tmp_path: Path) -> None:
    inbox, path = tmp_path / "inbox", tmp_path / "scheduled.duckdb"
    inbox.mkdir()
    (inbox / "bakery.txt").write_text(TEXT, encoding="utf-8")
    call(env, "work-pool", "create", "casualties", "--type", "process")
    call(env, "deploy", "--all")
    # The shipped deployments: one with a schedule that is due now and then not again for a week, one with its trigger.
    call(env, "deploy", "--name", "publish", "--param", f'warehouse_file="{path}"')
    due = (datetime.now(UTC) + timedelta(seconds=30)).isoformat(timespec="seconds")
    call(env, "deploy", "--name", "articles", "--interval", "604800", "--anchor-date", due,
         "--param", f'inputs=["{inbox}"]', "--param", f'warehouse="{path}"')  # fmt: skip
    log = tmp_path / "worker.log"
    with running(prefect("worker", "start", "--pool", "casualties", "--name", "test"), env, log):
        wait_for("the scheduled run", 150, lambda: loaded(path), log)
        wait_for("its end", 60, lambda: "Finished in state Completed" in log.read_text(errors="replace"), log)
        # Prefect holds back, for minutes, the events of a run that its scheduler made just before: the trigger is tried
        # on a run by hand, which loads another article.
        (inbox / "market.txt").write_text(TEXT.replace("bakery", "market"), encoding="utf-8")
        call(env, "deployment", "run", "ingest-articles/articles")
        wait_for("the publication that its end triggers", 150, lambda: published(path), log)
        wait_for("its end", 60, lambda: "'publish_copy" in log.read_text(errors="replace"), log)
    flows = warehouse.query(path, "SELECT flow, flow_run_id IS NOT NULL FROM ops.run WHERE flow = 'ingest_articles'")
    assert flows.rows == [("ingest_articles", True)] * 2
    assert warehouse.query(path, "SELECT low FROM mart.claim_flat").rows == [(14,), (14,)]
    look(server.removesuffix("/api"), tmp_path)


def look(ui: str, folder: Path) -> None:
    """What a person finds in the UI afterwards: both runs, and the artifacts of each."""
    artifacts, runs = page(f"{ui}/artifacts"), page(f"{ui}/runs")
    for name in ("ingest-articles-summary", "publication"):
        assert name in artifacts
    for name in ("ingest-articles", "publish"):
        assert name in runs
    assert picture(f"{ui}/artifacts", folder / "artifacts.png") > 20_000
