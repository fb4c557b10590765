"""The commands and flows around collecting and publishing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import warehouse
from flows import credentials
from sources.config import ConfigError, Secret
from tests.flows.conftest import ARTICLE, Outcome
from warehouse import publishing

Casualties = Callable[..., Outcome]
INBOX = '[sources.inbox]\nkind = "folder"\npath = "inbox"\n'


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with one article that is not being written any more, configured as the only source."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "bakery.txt").write_text(ARTICLE, encoding="utf-8")
    os.utime(folder / "bakery.txt", (1_600_000_000, 1_600_000_000))
    (tmp_path / "sources.toml").write_text(f'contact = "ops@example.org"\n{INBOX}', encoding="utf-8")
    return folder


@pytest.mark.usefixtures("inbox")
def test_collect_loads_and_publishes(casualties: Casualties, tmp_path: Path) -> None:
    done = casualties("collect")
    assert (done.status, "inbox" in done.out, "published:" in done.err) == (0, True, True)
    published = tmp_path / "w.files" / "published" / "casualties.duckdb"
    assert warehouse.counts(published)["documents"] == 1
    again = casualties("collect")
    assert (again.status, "published:" in again.err) == (0, False)


@pytest.mark.usefixtures("inbox")
def test_a_dry_run_and_a_wrong_name(casualties: Casualties, tmp_path: Path) -> None:
    assert casualties("collect", "--dry-run").status == 0
    assert not (tmp_path / "w.duckdb").exists()
    wrong = casualties("collect", "nobody")
    assert (wrong.status, "no source is called 'nobody'" in wrong.err) == (2, True)
    assert casualties("collect", "--since", "yesterday").status == 2


def test_a_source_that_fails_is_status_1(inbox: Path, casualties: Casualties) -> None:
    (inbox / "bakery.txt").unlink()
    inbox.rmdir()
    done = casualties("collect")
    assert (done.status, "there is no folder" in done.err) == (1, True)
    status = json.loads(casualties("status", "--format", "json").out)
    assert "there is no folder" in status[0]["trouble"]
    assert status[0]["last_success"] is None


@pytest.mark.usefixtures("inbox")
def test_status_tells_of_loading_and_collecting(casualties: Casualties) -> None:
    casualties("collect")
    rows = {row["source"]: row for row in json.loads(casualties("status", "--format", "json").out)}
    assert rows["inbox"]["new"] == 1
    assert rows["inbox"]["next_due"] > rows["inbox"]["last_success"]
    assert rows["files"]["documents"] == 1


def test_sources_are_checked(inbox: Path, casualties: Casualties, tmp_path: Path) -> None:
    assert casualties("sources", "check").status == 0
    with (tmp_path / "sources.toml").open("a") as file:
        file.write('[sources.relief]\nkind = "reliefweb"\nquery = "x"\nappname = {env = "NO_SUCH_APPNAME"}\n')
    missing = casualties("sources", "check")
    assert (missing.status, "NO_SUCH_APPNAME is not set" in missing.err) == (2, True)
    with (tmp_path / "sources.toml").open("a") as file:
        file.write("lmit = 3\n")
    assert "do you mean limit?" in casualties("sources", "check").err


def test_ingest_publishes_what_changed(casualties: Casualties, article: Path, tmp_path: Path) -> None:
    done = casualties("ingest", article, published=True)
    copy = tmp_path / "w.files" / "published" / "casualties.duckdb"
    assert (done.status, f"published: {copy.relative_to(tmp_path)}" in done.err) == (0, True)
    assert warehouse.counts(copy)["claims"] == 3
    again = casualties("ingest", article, published=True)
    assert (again.status, "published:" in again.err) == (0, False)


def test_a_publication_that_fails_is_told_and_the_load_stays(
    casualties: Casualties, article: Path, tmp_path: Path, ask: Callable[[str], list[dict[str, Any]]]
) -> None:
    (tmp_path / "w.files").mkdir()
    (tmp_path / "w.files" / "published").write_text("in the way", encoding="utf-8")
    done = casualties("ingest", article, published=True)
    assert (done.status, "loaded, but not published" in done.err) == (1, True)
    assert len(ask("SELECT 1 FROM mart.claim_flat")) == 3


def test_publish_says_where(casualties: Casualties, article: Path) -> None:
    assert casualties("publish").status == 1
    casualties("ingest", article)
    done = casualties("publish", "--keep", 2)
    assert done.status == 0
    assert done.out.strip().endswith("w.files/published/casualties.duckdb")


def test_readers_get_the_publication_while_the_warehouse_is_written(
    casualties: Casualties, article: Path, tmp_path: Path
) -> None:  # fmt: skip
    casualties("ingest", article)
    casualties("publish")
    with duckdb.connect(str(tmp_path / "w.duckdb")):
        answer = casualties("sql", "SELECT count(*) AS n FROM mart.claim_flat", "--format", "json")
        assert (answer.status, json.loads(answer.out)[0]["n"] > 0) == (0, True)
        assert "this is its publication of" in answer.err
        assert casualties("export", "claim_flat", "--format", "csv").status == 0
        assert casualties("status").status == 0
        named = casualties("sql", "SELECT 1", "--warehouse", "w.duckdb")
        assert (named.status, "being written" in named.err) == (1, True)


def test_an_export_for_others(casualties: Casualties, article: Path) -> None:
    casualties("ingest", article)
    everything = casualties("export", "claim_flat", "--format", "jsonl").out.splitlines()
    assert len(everything) > 0
    assert casualties("export", "claim_flat", "--format", "jsonl", "--for-others").out == ""


def test_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_KEY", " s3cret ")
    assert credentials.secret(Secret(env="EXAMPLE_KEY")) == "s3cret"
    monkeypatch.delenv("EXAMPLE_KEY")
    with pytest.raises(ConfigError, match="EXAMPLE_KEY is not set"):
        credentials.secret(Secret(env="EXAMPLE_KEY"))


@pytest.mark.usefixtures("prefect_server", "inbox")
def test_the_flow_completes_with_failures_and_publishes(tmp_path: Path) -> None:
    from prefect.blocks.system import Secret as Block
    from prefect.client.orchestration import get_client

    from flows.collect_sources import collect_sources

    Block(value="from a block").save("example-key")
    assert credentials.secret(Secret(block="example-key")) == "from a block"
    with pytest.raises(ConfigError, match="no Secret block 'nothing'"):
        credentials.secret(Secret(block="nothing"))

    with (tmp_path / "sources.toml").open("a") as file:
        file.write('[sources.gone]\nkind = "folder"\npath = "gone"\n')
    path = tmp_path / "w.duckdb"
    state = collect_sources(str(tmp_path / "sources.toml"), str(path), return_state=True)
    assert (state.is_completed(), state.name) == (True, "Completed with failures")
    assert "there is no folder" in (state.message or "")
    assert publishing.newest_publication(path) is not None
    with get_client(sync_client=True) as client:
        kept = {artifact.key for artifact in client.read_artifacts()}
    assert {"collect-summary", "publication", "rejects"} <= kept
