"""A real browser without a window, for pages that a person would look at."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 90


def _run(*args: str) -> bytes:
    name = next(filter(None, map(shutil.which, NAMES)), None)
    if name is None:
        pytest.skip(f"none of {', '.join(NAMES)} is installed")
    command = [name, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", *args]
    return subprocess.run(command, capture_output=True, check=True, timeout=SECONDS).stdout


def page(url: str) -> str:
    """The page at *url* as it stands once its scripts have run, as HTML."""
    return _run("--dump-dom", url).decode("utf-8", "replace")


def picture(url: str, path: Path) -> int:
    """Write a picture of the page at *url* to *path* (PNG); its size in bytes."""
    _run("--window-size=1400,1000", f"--screenshot={path}", url)
    assert path.read_bytes().startswith(b"\x89PNG")
    return path.stat().st_size
