"""Posts of monitors through the main job: an update of a toll, and a correction in a footnote."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.flows.conftest import Outcome

Ask = Callable[[str], list[dict[str, Any]]]
Run = Callable[..., Outcome]


def post(number: int, day: str, title: str, body: str) -> dict[str, Any]:
    return {
        "id": number, "date": f"{day}T10:00:00", "link": f"https://www.syriahr.com/en/{number}/",
        "title": {"rendered": title}, "content": {"rendered": f"<p>{body}</p>"},
    }  # fmt: skip


def test_an_update_of_a_toll_is_one_incident_with_a_revision(casualties: Run, ask: Ask, tmp_path: Path) -> None:
    first = post(
        71, "2021-03-06", "Shells on a market | Over 40 civilian casualties",
        "Aleppo province: SOHR activists confirmed that the casualties of the regime shelling of a market in Al-Bab "
        "city in Aleppo countryside rose to over 40 civilians: the death of 14 civilians, including five children, "
        "and the injury of 30 others.</p><p>SOHR sources reported earlier that nine civilians were killed there.",
    )  # fmt: skip
    second = post(
        72, "2021-03-07", "Another civilian dies in Al-Bab",
        "Aleppo province: SOHR activists documented the death of a man of the injuries that he had sustained yesterday "
        "in the regime shelling of the market in Al-Bab city, bringing the total death toll to 15 civilians.",
    )  # fmt: skip
    (tmp_path / "posts.json").write_text(json.dumps([first, second]), encoding="utf-8")
    assert casualties("ingest", "posts.json").status == 0
    (incident,) = ask("SELECT killed_low, killed_high, civilians_killed_low, documents FROM mart.incident_flat")
    assert incident == {"killed_low": 15, "killed_high": 15, "civilians_killed_low": 15, "documents": 2}
    revised = ask("SELECT claimant, figure_before, figure FROM mart.revision WHERE harm = 'killed'")
    assert revised == [{"claimant": "SOHR", "figure_before": 14, "figure": 15}]


def test_a_footnote_wins_over_the_headline_and_both_are_kept(casualties: Run, ask: Ask, tmp_path: Path) -> None:
    text = (
        "Two women killed in shelling of Tafas city in Daraa on May 3, 2021\n\nA woman was killed when army shells hit "
        "Tafas city in Daraa governorate on May 3, 2021.\n\n* We published a report stating that two women were killed "
        "in Tafas city. We have since confirmed that only one woman was killed.\n"
    )
    (tmp_path / "news.txt").write_text(text, encoding="utf-8")
    assert casualties("ingest", "news.txt", "--source", "snhr").status == 0
    said = ask("SELECT best, list_contains(flags, 'superseded') AS gone FROM mart.claim_flat ORDER BY quote_start")
    assert [(row["best"], row["gone"]) for row in said] == [(2, True), (1, False), (2, True), (1, False)]
    (toll,) = ask("SELECT low, high FROM mart.document_toll WHERE harm = 'killed'")
    assert toll == {"low": 1, "high": 1}
    (incident,) = ask("SELECT killed_low, killed_high FROM mart.incident_flat")
    assert incident == {"killed_low": 1, "killed_high": 1}


PAGE = """Incident Code
CS9001
Incident date
May 3, 2019
Location
Bir Luz, Aleppo, Syria
Geolocation
36.37, 37.51
Airwars assessment
Between four and six civilians were reportedly killed in an alleged Coalition airstrike. A local doctor said that nine \
civilians were killed and 12 were injured.
Summary
Strike type
Airstrike
Civilian harm reported
Yes
Civilians reported killed
4 \u2013 6
Civilians reported injured
12
Airwars civilian harm grading
Fair
Sources (1)
"""


def test_prose_that_disagrees_with_the_figure_of_its_own_page_is_a_row(
    casualties: Run, ask: Ask, tmp_path: Path
) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    assert casualties("ingest", "page.txt").status == 0
    (row,) = ask("SELECT harm, record_low, record_high, prose_low, prose_high FROM mart.record_disagreement")
    assert row == {"harm": "killed", "record_low": 4, "record_high": 6, "prose_low": 9, "prose_high": 9}
    methods = ask("SELECT DISTINCT method, reason LIKE 'the prose of%' AS prose FROM core.incident_claim ORDER BY ALL")
    assert methods == [{"method": "record", "prose": False}, {"method": "record", "prose": True}]
