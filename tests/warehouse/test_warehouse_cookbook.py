"""Every query of docs/cookbook.md runs on the invented story and gives what the story tells."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import warehouse
from schemas.records import Perpetrator

from .story import article, atlas, record, statement

COOKBOOK = Path(__file__).parents[2] / "docs" / "cookbook.md"
MAY_3, JUNE_5 = date(2018, 5, 3), date(2018, 6, 5)

RAID = "Jets hit Hajin. The state agency said 40 people died; the clinic counted 23 dead, among them 9 children."
LATER = "The clinic of Hajin now counts 26 dead of the raid of 3 May."
TOTALS = "The observers have counted 900 civilians killed in Syria; the alliance admits 120."
UNCLEAR = "In Gharanij 1 man died, a neighbour said. Others died near Tell Nowhere: 2."
LATER_BORN = {"perpetrators": (Perpetrator("Coalition of Patriots for Change", "alleged", "observers"),)}
DECISIONS = "subject,subject_id,decision,reviewer,decided_at\nclaim,c404,right,Mira,2026-02-03\n"
FALLEN = "The observers now speak of 850 civilians killed in Syria."


def dead(**told: Any) -> dict[str, Any]:
    return {"day": MAY_3, "place_text": "Hajin", "claimant": "clinic", **told}


def total(end: date, claimant: str) -> dict[str, Any]:
    return {"scope": "cumulative", "place_text": "Syria", "claimant": claimant, "victim_class": "civilian",
            "period_end": end}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cookbook") / "w.duckdb"
    texts = [
        article("raid.txt", RAID, ("40", dead(claimant="state agency")), ("23", dead()),
                ("9", dead(part_of=1, demographic="children")), published=date(2018, 5, 4)),
        article("later.txt", LATER, ("26", dead()), published=date(2018, 5, 9)),
        article("totals.txt", TOTALS, ("900", total(MAY_3, "observers")),
                ("120", total(MAY_3, "alliance") | LATER_BORN), published=date(2018, 5, 10)),
        article("fallen.txt", FALLEN, ("850", total(JUNE_5, "observers")), published=JUNE_5),
        statement("s1", "Hajin", MAY_3, "credible", 8),
        article("unclear.txt", UNCLEAR, ("1", dead(place_text="Gharanij", claimant="a neighbour")),
                ("2", dead(place_text="Tell Nowhere", claimant="a neighbour", day=None))),
    ]  # fmt: skip
    watched = [("7", JUNE_5), ("8", MAY_3), ("9", MAY_3), ("10", date(2018, 7, 7))]
    watch = [record(native, "Gharanij", day, (1, 1), source="watch") for native, day in watched]
    hajin = record("1", "Hajin", MAY_3, (20, 25), finding="credible", conceded=8)
    warehouse.load(path, [hajin, record("2", "Shafah", JUNE_5, (1, 2))], flow="test", release="1.0")
    newer = [hajin, record("2", "Shafah", JUNE_5, (3, 4)), record("3", "Shafah", date(2018, 8, 2), (2, 2))]
    warehouse.load(path, newer, flow="test", release="1.1")
    warehouse.load(path, [*texts, *watch], flow="test")
    reviews = warehouse.files_folder(path) / "reviews"
    reviews.mkdir(parents=True)
    (reviews / "decisions.csv").write_text(DECISIONS, encoding="utf-8")
    warehouse.link(path, atlas)
    return path


def recipes() -> dict[str, str]:
    """Heading (numbered where it has several) → query."""
    found: dict[str, str] = {}
    for section in COOKBOOK.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading = section.splitlines()[0]
        for number, sql in enumerate(re.findall(r"```sql\n(.*?)```", section, re.DOTALL)):
            found[heading if not number else f"{heading} {number + 1}"] = sql
    return found


EXPECTED: dict[str, list[tuple[Any, ...]]] = {
    "What is said to have happened in each incident": [
        ("Hajin 1", date(2018, 5, 3), 20, 40, 20, 25, ["Monitor", "clinic", "state agency"], 4),
        ("Shafah 2", date(2018, 6, 5), 3, 4, 3, 4, ["Monitor"], 1),
        ("Shafah 3", date(2018, 8, 2), 2, 2, 2, 2, ["Monitor"], 1),
        ("Gharanij 10", date(2018, 7, 7), 1, 1, 1, 1, ["Watch"], 1),
        ("Gharanij 7", date(2018, 6, 5), 1, 1, 1, 1, ["Watch"], 1),
        ("Gharanij 8", date(2018, 5, 3), 1, 1, 1, 1, ["Watch"], 1),
        ("Gharanij 9", date(2018, 5, 3), 1, 1, 1, 1, ["Watch"], 1),
    ],
    "What monitors, state media and the accused say, and what was conceded later": [
        ("Hajin 1", "XX1", ["Monitor: 20–25", "clinic: 26–26", "state agency: 40–40"], "credible", 8)
    ],
    "Who says what about which incident (claimant × incident)": [
        ("Gharanij 10", None, None, None),
        ("Gharanij 7", None, None, None),
        ("Gharanij 8", None, None, None),
        ("Gharanij 9", None, None, None),
        ("Hajin 1", "20–25", "26–26", "40–40"),
        ("Shafah 2", "3–4", None, None),
        ("Shafah 3", "2–2", None, None),
    ],
    "Which figures contradict each other": [
        ("Hajin 1", "killed", "clinic: 23; state agency: 40", 17),
        ("Hajin 1", "killed", "clinic: 26; state agency: 40", 14),
    ],
    "What was conceded beside what was reported, and how late": [
        ("Hajin 1", "US-led Coalition", "credible", 8, 20, 40, 394)
    ],
    "Who is blamed, and how surely": [("US-led Coalition", "alleged", 7, 7)],
    "How many of them were children, women, men": [("raid.txt", "clinic", 23, 9, None, None, None, 14, 0.39)],
    "Which figures were revised": [
        ("clinic", "published later", date(2018, 5, 4), date(2018, 5, 9), 23, 26, 3),
        ("Monitor", "new version of the document", date(2020, 1, 1), date(2020, 1, 1), 1, 3, 2),
    ],
    "Month by month and province by province": [
        (date(2018, 5, 1), "Deir ez-Zor", 3, 0, 22, 42),
        (date(2018, 6, 1), "Deir ez-Zor", 2, 0, 4, 5),
        (date(2018, 7, 1), "Deir ez-Zor", 1, 0, 1, 1),
        (date(2018, 8, 1), "Deir ez-Zor", 1, 0, 2, 2),
    ],
    "Points for a map, with the radius in which they lie": [
        ("Gharanij 10", 34.78, 40.74, 3.0, 1),
        ("Gharanij 7", 34.78, 40.74, 3.0, 1),
        ("Gharanij 8", 34.78, 40.74, 3.0, 1),
        ("Gharanij 9", 34.78, 40.74, 3.0, 1),
        ("Hajin 1", 34.69, 40.83, 3.0, 40),
        ("Shafah 2", 34.585, 40.914, 3.0, 4),
        ("Shafah 3", 34.585, 40.914, 3.0, 2),
    ],
    "How precise each source is": [
        ("Paper", 5, 9, 0.89, 0.89, 0.67),
        ("monitor", 3, 3, 1.0, 1.0, 1.0),
        ("watch", 4, 4, 1.0, 1.0, 1.0),
    ],
    "Where a source is silent while others report": [("monitor", date(2018, 7, 1), "Deir ez-Zor", 1, ["watch"])],
    "Whom and which places nobody knows yet": [
        ("Watch", "claimant", 4),
        ("Monitor", "claimant", 3),
        ("clinic", "claimant", 3),
        ("a neighbour", "claimant", 2),
        ("observers", "claimant", 2),
        ("alliance", "claimant", 1),
        ("state agency", "claimant", 1),
    ],
    "Whom and which places nobody knows yet 2": [("Tell Nowhere", None, 1, 1)],
    "Who is named in years when they were not there": [
        ("totals.txt", "Coalition of Patriots for Change", "accused", None, 2020, None)
    ],
    "Which sources have which incidents": [(["watch"], 4), (["monitor"], 2), (["Paper", "files", "monitor"], 1)],
    "Where a figure comes from": [
        ("later.txt", "26", 31, 33, True, "000a79d55e8cb8888e23084bcb14644f630354d3b1752036281367e221cf1be0"),
        ("monitor:1", "20-25", 31, 36, True, "662d3759f7c9c093f76338d9a84cfffaf1dca0f5afaa0610c42263a342c588b6"),
        ("monitor:2", "3-4", 31, 34, True, "7085c2f9ec317aaa4efb4142c75d566118170ba5b2b92d52dc8b4f41315fd120"),
        ("monitor:3", "2-2", 31, 34, True, "31975750198e3b773174e194450e5c742fbfe0566da62ab380b48cb33606f5fe"),
        ("raid.txt", "40", 38, 40, True, "06ac96be7aa6cd7a461aea663fadb470add423cb56cae76bea547d2636eed61c"),
    ],
    "Where a monitor's table and the prose cannot both be right": [
        ("Hajin 1", "Monitor", 20, 25, "clinic", 26, 26, 1),
        ("Hajin 1", "Monitor", 20, 25, "state agency", 40, 40, 15),
    ],
    "Running totals side by side, as of the same day": [
        (date(2018, 5, 3), "Syria", "alliance", 120, "observers", 900, 780),
        (date(2018, 5, 3), "Syria", "observers", 900, "alliance", 120, -780),
        (date(2018, 6, 5), "Syria", "observers", 850, "alliance", 120, -730),
    ],
    "Running totals that fall or change what they count": [
        ("observers", "Syria", date(2018, 5, 3), date(2018, 6, 5), 900, 850, "falls by 50")
    ],
    "Why a text was linked, and what was left open": [
        (
            "later.txt",
            "Hajin 1",
            "features",
            0.96,
            "same day (+2.2); in or by the town named (+3.0); 26 killed beside 20–25 (+2.5)",
        ),
        ("raid.txt", "Hajin 1", "features", 0.73, "same day (+2.2); in or by the town named (+3.0); tolls fit (+0.3)"),
        ("raid.txt", "Hajin 1", "features", 0.73, "same day (+2.2); in or by the town named (+3.0); tolls fit (+0.3)"),
        ("raid.txt", "Hajin 1", "features", 0.73, "same day (+2.2); in or by the town named (+3.0); tolls fit (+0.3)"),
    ],
    "Why a text was linked, and what was left open 2": [
        (
            "unclear.txt",
            "1",
            "Gharanij 8",
            "ambiguous",
            0.9,
            "same day (+2.2); same place name (+3.0); 0.0 km apart, as near as both tell (+1.2); tolls fit (+0.3)",
        ),
        (
            "unclear.txt",
            "1",
            "Gharanij 9",
            "ambiguous",
            0.9,
            "same day (+2.2); same place name (+3.0); 0.0 km apart, as near as both tell (+1.2); tolls fit (+0.3)",
        ),
    ],
    "What a data set said in an earlier release": [("1.0", 2, 21, 27), ("1.1", 3, 25, 31)],
    "What a data set said in an earlier release 2": [("1.0", "added", 2), ("1.1", "added", 1), ("1.1", "changed", 1)],
    "Which decisions of people need a second look": [("claim", "c404", "right", "Mira", "it is no longer there")],
}


@pytest.mark.parametrize("heading", recipes())
def test_a_recipe_gives_what_the_story_tells(loaded: Path, heading: str) -> None:
    found = warehouse.query(loaded, recipes()[heading])
    assert found.rows == EXPECTED[heading]
