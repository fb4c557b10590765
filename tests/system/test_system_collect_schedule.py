"""A real server and worker: a schedule fires, the run is killed, and the next one completes the work."""

from __future__ import annotations

import http.server
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import warehouse
from tests.system.test_system_schedule import call, env, prefect, running, server, wait_for  # noqa: F401

pytestmark = pytest.mark.system
ARTICLES = 120


@pytest.fixture
def site() -> Iterator[tuple[str, Counter[str]]]:
    """A feed of articles, a tenth of a second each, so that there is time to be killed."""
    asked: Counter[str] = Counter()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            host = f"http://127.0.0.1:{self.server.server_address[1]}"
            if self.path == "/feed.xml":
                items = "".join(f"<item><link>{host}/n/{n}</link></item>" for n in range(ARTICLES))
                body, kind = f"<rss><channel>{items}</channel></rss>", "application/rss+xml"
            else:
                time.sleep(0.1)
                body, kind = (
                    f"<!doctype html><html><body><article><h1>Report {self.path}</h1><p>At least 4 people were killed "
                    f"when an airstrike hit quarter {self.path} of Hajin on Tuesday, the town's clinic said. Residents "
                    "spoke of a second strike some minutes later.</p></article></body></html>"
                ), "text/html"
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    serving = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.daemon_threads = True
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}", asked
    serving.shutdown()
    thread.join()
    serving.server_close()


def runs_of(worker: int) -> list[int]:
    """Processes that the worker started, by their ids."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rsplit(")", 1)[1].split()[1]) == worker:
                found.append(int(status.parent.name))
        except (OSError, IndexError, ValueError):
            continue
    return found


@pytest.mark.usefixtures("server")
def test_a_killed_run_is_completed_by_the_next(
    env: dict[str, str], tmp_path: Path, site: tuple[str, Counter[str]]  # noqa: F811
) -> None:  # fmt: skip
    url, asked = site
    path, config = tmp_path / "w.duckdb", tmp_path / "sources.toml"
    config.write_text(
        'contact = "ops@example.org"\nallow_hosts = ["127.0.0.1"]\n'
        f'[sources.wire]\nkind = "feed"\nurl = "{url}/feed.xml"\nrobots = false\n'
        "seconds_between = 0\nevery_hours = 0\n",
        encoding="utf-8",
    )
    call(env, "work-pool", "create", "casualties", "--type", "process")
    call(env, "work-pool", "set-concurrency-limit", "casualties", "1")
    due = (datetime.now(UTC) + timedelta(seconds=20)).isoformat(timespec="seconds")
    call(env, "deploy", "--name", "collect", "--interval", "60", "--anchor-date", due,
         "--param", f'config="{config}"', "--param", f'warehouse_file="{path}"')  # fmt: skip
    log = tmp_path / "worker.log"
    with running(prefect("worker", "start", "--pool", "casualties", "--name", "test"), env, log) as worker:
        # In its second batch: one is loaded, one is half fetched.
        wait_for("the first run to be under way", 150, lambda: sum(asked.values()) > 70, log)
        killed = runs_of(worker.pid)
        for process in killed:
            os.kill(process, signal.SIGKILL)
        assert killed
        wait_for("the killed run to be seen", 60, lambda: "exited with status code" in log.read_text(), log)
        before = warehouse.query(path, "SELECT count(*) FROM core.document").rows[0][0]
        wait_for("the next run", 240, lambda: (tmp_path / "w.files/published/casualties.duckdb").exists(), log)
        wait_for("its end", 60, lambda: "Finished in state Completed" in log.read_text(), log)
    held = warehouse.query(path, "SELECT count(*), count(DISTINCT url) FROM core.document").rows
    again = sum(number > 1 for page, number in asked.items() if page != "/feed.xml")
    os.write(1, f"\nkilled with {before} of {ARTICLES} loaded; then {held[0][0]}; {again} fetched twice\n".encode())
    assert 0 < before < ARTICLES
    assert held == [(ARTICLES, ARTICLES)]
    assert again <= 50, "at most the batch that was lost is fetched again"
    recorded = warehouse.query(path, "SELECT count(*) FROM ops.fetch WHERE url LIKE '%/n/%'").rows[0][0]
    unseen = sum(asked.values()) - asked["/feed.xml"] - recorded
    assert unseen in (0, 1), "only the request that was under way at the kill has no row"
