"""The quality gate on every set of texts that is here, and the gate's own rules."""

from __future__ import annotations

from pathlib import Path

import gate
import pytest
from gate import GateError, pins, read, report, shortfalls, updated, write
from measuring import SETS, Figure, Measured, measured, resampled, share
from scoring import F1


@pytest.mark.parametrize("name", SETS)
def test_no_figure_is_below_its_floor(name: str) -> None:
    found = measured(name)
    if found is None:
        pytest.skip(f"{SETS[name][0].parent.name}/{SETS[name][0].name} is not on this machine: third-party texts")
    assert shortfalls(name, read(), found) == []


def test_every_set_has_floors_for_count_and_full_or_for_deaths() -> None:
    sets = read()["sets"]
    assert set(sets) == set(SETS)
    for name, pinned in sets.items():
        assert {"count", "full"} <= set(pinned["floors"]) or "killed_some" in pinned["floors"], name


def results(value: float, digest: str = "d", of: int = 100) -> dict[str, Measured]:
    """One set with one figure."""
    return {"texts": Measured(digest, 4, {"count": Figure(value, value - 0.1, value, of)})}


@pytest.fixture
def floors() -> gate.Floors:
    return updated({"lowered": [], "sets": {}}, results(0.8))


def test_a_floor_stands_a_margin_below_the_figure(floors: gate.Floors) -> None:
    assert floors["sets"]["texts"]["floors"] == {"count": 0.785}
    assert pins(results(0.8, of=14)["texts"]) == {}, "too few answers for a floor"


def test_a_figure_below_its_floor_is_named(floors: gate.Floors) -> None:
    assert shortfalls("texts", floors, results(0.79)["texts"]) == []
    assert shortfalls("texts", floors, results(0.78)["texts"]) == [
        "texts: count is 0.780 of 100, below its floor 0.785"]


def test_a_figure_that_is_no_longer_measured_or_never_was_pinned_is_named(floors: gate.Floors) -> None:
    assert "no longer measured" in shortfalls("texts", floors, Measured("d", 4, {}))[0]
    assert "has no floors" in shortfalls("others", floors, Measured("d", 4, {}))[0]


def test_changed_texts_make_the_floors_void(floors: gate.Floors) -> None:
    assert "--new-texts" in shortfalls("texts", floors, results(0.9, digest="e")["texts"])[0]
    with pytest.raises(GateError, match="--new-texts"):
        updated(floors, results(0.9, digest="e"), lower="not the reason asked for")
    renewed = updated(floors, results(0.6, digest="e"), new_texts="two texts more")
    assert renewed["sets"]["texts"] == {"digest": "e", "floors": {"count": 0.585}}
    assert renewed["lowered"] == ["texts: new texts or answers: two texts more"]


def test_a_floor_rises_by_itself_and_falls_only_with_a_reason(floors: gate.Floors) -> None:
    assert updated(floors, results(0.9))["sets"]["texts"]["floors"] == {"count": 0.885}
    assert updated(floors, results(0.79), lower="x")["sets"]["texts"]["floors"] == {"count": 0.785}, "still above it"
    with pytest.raises(GateError, match=r"count 0\.785 to 0\.735"):
        updated(floors, results(0.75))
    lowered = updated(floors, results(0.75), lower="dates are stricter")
    assert lowered["sets"]["texts"]["floors"] == {"count": 0.735}
    assert lowered["lowered"] == ["texts: count 0.785 to 0.735: dates are stricter"]


def test_sets_that_are_absent_keep_their_floors(floors: gate.Floors) -> None:
    assert updated(floors, {})["sets"] == floors["sets"]


def test_the_file_reads_back_and_shows_a_change_by_hand(floors: gate.Floors, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    write(floors, path)
    again = read(path)
    assert (again["sets"], again["lowered"]) == (floors["sets"], floors["lowered"])
    path.write_text(path.read_text(encoding="utf-8").replace("0.785", "0.100"), encoding="utf-8")
    with pytest.raises(GateError, match="by hand"):
        read(path)


def test_the_report_stands_between_its_marks(floors: gate.Floors, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before\n{gate.MARKS[0]}\nold\n{gate.MARKS[1]}\nAfter\n", encoding="utf-8")
    report(page, results(0.8), floors)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("Before\n")
    assert text.endswith("\nAfter\n")
    assert "old" not in text
    assert "| texts (4 texts) | count | 0.800 (0.70–0.80) | 100 | 0.785 |" in text
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(GateError, match="put"):
        report(page, results(0.8), floors)


def test_intervals_hold_the_figure_and_narrow_with_more_answers() -> None:
    few, many = share(8, 10), share(800, 1000)
    assert few.low < many.low < 0.8 < many.high < few.high
    assert share(10, 10).high == pytest.approx(1.0)
    spread = resampled([F1(5, 5, 5), F1(0, 5, 5), F1(4, 5, 6)])
    assert spread.low <= spread.value <= spread.high
    assert spread.value == pytest.approx(18 / 31)
