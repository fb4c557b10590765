"""Collecting by the clock on one machine: a Prefect server of our own (or the one that is set up), and a schedule."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import warehouse as store

USUAL_PORT = 4200
START_SECONDS = 120


def serve(config: Path, warehouse: Path, *, minutes: int) -> None:
    """Collect every ``minutes`` until stopped. Both paths are absolute. Raises RuntimeError when no server starts."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    if os.environ.get("PREFECT_API_URL"):
        _schedule(config, warehouse, minutes)
        return
    folder = store.files_folder(warehouse) / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    # Its own home: the user's profile and history stay out of it.
    os.environ["PREFECT_HOME"] = str(folder)
    with _server(folder) as url:
        os.environ["PREFECT_API_URL"] = f"{url}/api"
        print(f"what happens can be watched at {url}", file=sys.stderr)
        _schedule(config, warehouse, minutes)


def _schedule(config: Path, warehouse: Path, minutes: int) -> None:
    # Only now: Prefect reads its settings when it is imported.
    from flows.collect_sources import collect_sources

    collect_sources.serve(
        name="serve", interval=timedelta(minutes=minutes), limit=1, pause_on_shutdown=True,
        parameters={"config": str(config), "warehouse_file": str(warehouse)},
        description="Collects what is due and publishes (casualties serve).",
    )  # fmt: skip


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """A Prefect server on this machine only; its address. Stopped when the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("ab") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _await(f"http://127.0.0.1:{port}", process, folder / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 2):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/api/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise RuntimeError(f"the Prefect server did not start; {log} says why")


def _free_port() -> int:
    """Prefect's usual port, else any that is free."""
    for port in (USUAL_PORT, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise RuntimeError("no port of 127.0.0.1 is free")
