"""Tables of any kind through the command, and the list of what can be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sources import registry
from tests.flows.conftest import Outcome

Ask = Callable[[str], list[dict[str, Any]]]
Run = Callable[..., Outcome]
TABLE = "nr;day;town;slain\n7;2019-03-04;Baghouz;12\n8;2019-03-05;Hajin;12-10\n9;2019-03-06;Hajin;n/a\n"
MAPPING = """
name = "mill"
claimant = "Mill Watch"
id = "nr"
[date]
start = "day"
[place]
text = { column = "town" }
[[figures]]
best = "slain"
harm = "killed"
"""


def test_a_table_is_read_by_a_mapping_file_and_again_after_a_rebuild(casualties: Run, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "my.toml").write_text(MAPPING, encoding="utf-8")
    assert casualties("ingest", "t.csv", "--mapping", "my.toml").status == 0
    claims = ask("SELECT document_name, claimant, best, date_start, place_text FROM mart.claim_flat")
    assert [(row["document_name"], row["best"], row["place_text"]) for row in claims] == [("mill:7", 12, "Baghouz")]
    refused = ask('SELECT failure_case FROM mart.rejected WHERE "column" = \'slain\' ORDER BY 1')
    assert [row["failure_case"] for row in refused] == ["12-10", "n/a"]
    (tmp_path / "my.toml").unlink()
    assert casualties("rebuild").status == 0
    assert ask("SELECT document_name, claimant, best, date_start, place_text FROM mart.claim_flat") == claims


def test_a_mapping_that_cannot_be_used_is_wrong_usage(casualties: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "my.toml").write_text(MAPPING.replace("harm =", "hram ="), encoding="utf-8")
    for args, said in (
        (("--mapping", "none.toml"), "shipped ones are ibc"),
        (("--mapping", "my.toml"), "hram"),
        (("--mapping", "ibc", "--source", "cjtf"), "give one of them"),
    ):
        told = casualties("ingest", "t.csv", *args)
        assert told.status == 2
        assert said in told.err
    assert not (tmp_path / "w.duckdb").exists()


def test_every_source_is_listed_with_its_needs_licence_and_example(casualties: Run) -> None:
    listed = json.loads(casualties("sources", "--format", "json").out)
    assert [row["source"] for row in listed] == registry.names()
    for row in listed:
        assert all(row.values())
        licence = registry.module(row["source"]).LICENCE
        assert licence is None or row["licence"] == licence
