"""A dataset's releases through the main job: what a newer one takes back is marked, and stays so after a rebuild."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows import pipeline
from tests.sources.table_samples import ucdp_csv, ucdp_event

Ask = Callable[[str], list[dict[str, Any]]]
STANDING = "SELECT locator, withdrawn_in FROM core.document JOIN raw.record USING (document_id) ORDER BY locator"


def release(folder: Path, name: str, *numbers: int) -> str:
    path = folder / f"{name}.csv"
    path.write_text(ucdp_csv(*(ucdp_event(number) for number in numbers)), encoding="utf-8")
    return str(path)


def test_an_event_that_a_newer_release_lacks_is_withdrawn_and_stays_so_after_a_rebuild(
    ask: Ask, tmp_path: Path
) -> None:
    path = tmp_path / "w.duckdb"
    pipeline.ingest([release(tmp_path, "GEDEvent_v24_1", 1, 2, 3)], path)
    pipeline.ingest([release(tmp_path, "GEDEvent_v25_1", 1, 3)], path)
    marked = ask(STANDING)
    assert [row["withdrawn_in"] for row in marked] == [None, "25.1", None]
    pipeline.rebuild(path)
    assert ask(STANDING) == marked


def test_two_releases_in_one_load_are_loaded_with_a_warning(ask: Ask, tmp_path: Path) -> None:
    both = [release(tmp_path, f"GEDEvent_v{version}_1", 1, 2) for version in (24, 25)]
    pipeline.ingest(both, tmp_path / "w.duckdb")
    checks = [str(list(row.values())) for row in ask("SELECT * FROM mart.rejected")]
    assert any("24.1, 25.1 came in one load" in check for check in checks)
