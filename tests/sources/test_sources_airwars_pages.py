"""Airwars pages of both layouts, the map's JSON and WordPress JSON, on incidents of our own making."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import pytest

import sources
from extraction import extract
from schemas.enums import values
from schemas.records import Claim, Facts, Perpetrator, Reading
from sources import airwars, airwars_pages, registry
from sources.airwars.page_values import days, variant
from sources.airwars.parties import actors, folded
from sources.fields import data_table

PROSE = "Three children and a baker were killed when coalition aircraft hit the ovens of Tal Qaria, residents said."
TERMS = "post-900001 civ type-civ country-syria strike_type-airstrike civilian_harm_status-fair geolocation_assessor-x"


def old_layout(**changes: str) -> str:
    """A page as of 2018-2025, its summary told twice as there; ``changes`` replace what it says."""
    said = {
        "code": "CS9001 RS9002", "date": "March 4, 2017",
        "location": "تل قارية, Tal Qaria, near the mill, Raqqa, Syria",
        "killed": "5 – 9", "parts": "<span>3 children</span><span>1–2 women</span><span>1 man</span>", "injured": "4",
        "grading": "Fair", "accuracy": "Village", "position": "Credible / Substantiated", "conceded": "2–3",
        "belligerents": "US-led Coalition, Russian Military", "fighters": "0–2",
    } | changes  # fmt: skip
    summary = f"""<h2>Summary</h2><ul class="meta-list summary"><li><div>Strike type</div><div class="value">
      Airstrike </div></li><li><div>Strike status</div><div class="value">Contested strike</div></li></ul>
      <ul><li><div>Civilian harm reported</div><div class="value">Yes</div></li>
      <li class="sub"><div>Civilians reported killed</div><div class="value">{said["killed"]}</div></li>
      <li><div>({said["parts"]})</div></li>
      <li><div>Civilians reported injured</div><div class="value">{said["injured"]}</div></li>
      <li><div>Cause of injury / death</div><div class="value">Heavy weapons and explosive munitions</div></li>
      <li><div>Airwars civilian harm grading</div><div class="has-tooltip value">{said["grading"]} <i></i>
        <div class="tooltip"><div class="tooltip-content">What this grade means.</div></div></div></li>
      <li><div>Suspected belligerents</div><div class="value">{said["belligerents"]}</div></li>
      <li><div>Belligerents reported killed</div><div class="value">{said["fighters"]}</div></li></ul>"""
    return f"""<!DOCTYPE html><html><head><title>Airwars</title>
    <link rel="canonical" href="https://airwars.org/civilian-casualties/cs9001-march-4-2017/"></head>
    <body class="civ en single"><header><h1>Civilian Casualties</h1></header>
    <article id="post-900001" class="{TERMS}"><div class="info-left">
    <div class="meta-block code"><h4>Incident Code</h4><span>{said["code"]}</span></div>
    <div class="meta-block previous"><h4>Previous code</h4><span>S901</span></div>
    <div class="meta-block previous"><h4>Previous code</h4><span>R77</span></div>
    <div class="meta-block"><h4>Incident date</h4>{said["date"]}</div>
    <div class="meta-block location"><h4>Location</h4>{said["location"]}</div>
    <h4>Geolocation</h4><div class="meta-block"><span class="lat-lng">36.1, 39.2</span><span class="warning">
      Note: The accuracy of this location is to <strong>{said["accuracy"]}</strong> level. <a>Continue to map</a></span>
    </div></div>
    <div class="info-main"><h2>Airwars assessment</h2><div class="summary"><p>{PROSE}</p>
    <p>The local time of the incident is unknown.</p></div>
    <div class="victims"><p>The victims were named as:</p><p>Family members (1)</p><div><strong>Adla Nobody</strong>
    <span>7 years old</span></div></div>{summary}<h2>Sources (2) <span>[<i></i> collapse]</span></h2><p>A paper</p>
    <h2 class="color-header">US-led Coalition Assessment:</h2><ul>
    <li><div>Known belligerent</div><div class="value">US-led Coalition</div></li>
    <li><div>US-led Coalition position on incident</div><div class="value">{said["position"]}<div>Why.</div></div></li>
    <li><div>Given reason for civilian harm</div><div class="value">Unseen at the time</div></li>
    <li><div>Civilian deaths conceded</div><div class="value">{said["conceded"]}</div></li>
    <li><div>Civilian injuries conceded</div><div class="value">None</div></li>
    <li><div>MGRS coordinate</div><div class="value">37SFV1234</div></li></ul>
    <h2>Civilian casualty statements</h2><p>We regret it.</p>
    <h2 class="color-header">Russian Military Assessment:</h2><ul>
    <li><div>Suspected belligerent</div><div class="value">Russian Military</div></li>
    <li><div>Russian Military position on incident</div><div class="value">Not yet assessed</div></li></ul></div>
    <div class="info-right">{summary}</div></article></body></html>"""


NEW_LAYOUT = f"""Incident Header
Conflicts
US-led Coalition in Iraq & Syria

Incident Code
CS9001
Incident Date
4 March 2017
Location
Tal Qaria, Raqqa, Syria

تل قارية
Geolocation
36.1, 39.2

Accuracy: Neighbourhood/area
Key Information
Incident Status
Assessed
Country
Syria
Military Actor
Russian Military, US-led Coalition
Strike Type
Airstrike and/or Artillery
Strike Status
Contested strike
Civilian Harm Reported
Yes
Civilian Harm Status
Contested Competing claims, in words that explain the grade.
Causes of Death / Injury
Heavy weapons and explosive munitions
Civilians reported killed
6

(3–5 Children, 1 Man, 2 Healthcare personnel)
Civilians reported injured
6–8
(6 Children, 1 Woman)
Military actors reported killed
1–2
Airwars Assessment
{PROSE}
Victims
Adla Nobody, 7 years old
Military Statements
Nothing was said.
"""

MAP_ITEM: dict[str, Any] = {
    "post_id": 900001, "unique_reference_code": "CS9001", "permalink": "https://airwars.org/civilian-casualties/cs9001/",
    "country": "syria", "date": "2017-03-04 00:00:00", "grading": "fair", "latitude": "36.1", "longitude": "39.2",
    "geolocation_accuracy": "Village", "strike_status": "contested_strike", "civilians_killed_min": 5,
    "civilians_killed_max": 9, "civilians_injured_min": 0, "civilians_injured_max": 0, "militants_killed_min": 1,
    "militants_killed_max": 2, "belligerents": '[{"name": "US-led Coalition", "slug": "us-led-coalition"}]',
    "targeted_belligerents": [{"name": "ISIS", "slug": "isis"}],
}  # fmt: skip
EDITORS: dict[str, Any] = {
    "id": 900001, "link": "https://airwars.org/civilian-casualties/cs9001/", "date": "2017-03-04T00:00:00",
    "class_list": ["civ", "country-syria", "civilian_harm_status-confirmed", "strike_type-drone-strike"],
    "content": {"rendered": f"<p>{PROSE}</p>"},
    "acf": {
        "unique_reference_codes": [{"code": "CS9001"}],
        "previous_unique_reference_codes": [{"previous_unique_reference_code": "S901"}],
        "incident_date": "20170304", "incident_date_type": {"value": "date_range"}, "incident_date_end": "20170306",
        "location_name": "Tal Qaria", "location_name_arabic": "تل قارية", "region": "Raqqa", "latitude": 36.1,
        "longitude": 39.2, "geolocation_accuracy": {"value": "village", "label": "Village"},
        "killed_injured_civilian_non_combatants": {"killed_min": "5", "killed_max": "9", "injured_min": ""},
        "killed_injured_children": {"killed_min": "3", "killed_max": ""},
        "victims": [{"name": "Adla Nobody"}],
        "belligerents": [{
            "belligerent_type": "Known", "belligerent_term": {"name": "US-led Coalition"},
            "belligerent_assessment": {"value": "credible"}, "civilian_deaths_conceded_min": "2",
            "civilian_deaths_conceded_max": "3", "civilian_injuries_conceded_min": "1",
        }],
    },
}  # fmt: skip


def read(data: str | bytes, name: str = "page.html", **fields: Any) -> list[Reading]:
    raw = data.encode() if isinstance(data, str) else data
    received = sources.Received(raw, name, f"/in/{name}", "0" * 64, datetime(2024, 1, 1), **fields)
    return list(airwars_pages.read(received))


def structured(readings: list[Reading]) -> Facts:
    (facts,) = [facts for reading in readings for facts in reading.facts if not facts.is_prose]
    return facts


def prose(readings: list[Reading]) -> Facts:
    (facts,) = [facts for reading in readings for facts in reading.facts if facts.is_prose]
    return facts


def claim(facts: Facts, name: str) -> Claim:
    (found,) = [claim for claim in facts.claims if claim.rules == (f"airwars:{name}",)]
    return found


def checks(facts: Facts) -> list[tuple[str, str | None, str | None]]:
    return [(reject.stage, reject.column, reject.failure_case) for reject in facts.rejects]


def test_old_layout_incident() -> None:
    facts = structured(read(old_layout()))
    incident = facts.incident
    assert incident is not None
    assert incident.title == "CS9001 RS9002: Tal Qaria, near the mill, Raqqa"
    assert incident.date_start == incident.date_end == date(2017, 3, 4)
    assert incident.date_precision == "day"
    assert (incident.place_text, incident.place_local) == ("Tal Qaria, near the mill", "تل قارية")
    assert (incident.admin1, incident.country) == ("Raqqa", "SYR")
    assert (incident.lat, incident.lon, incident.geo_precision, incident.weapon) == (36.1, 39.2, "village", "airstrike")
    assert incident.external_ids == (
        ("airwars", "CS9001"), ("airwars", "RS9002"), ("airwars_id", "900001"), ("airwars_previous", "S901"),
        ("airwars_previous", "R77"),
    )  # fmt: skip
    assert facts.rejects == ()


def test_old_layout_figures_point_at_their_own_words() -> None:
    facts = structured(read(old_layout()))
    told = [
        (c.value_text, c.low, c.best, c.high, c.qualifier, c.harm, c.victim_class, c.demographic, c.part_of)
        for c in facts.claims
    ]
    assert told == [
        ("5 – 9", 5, None, 9, "range", "killed", "civilian", None, None),
        ("4", 4, 4, 4, "exact", "injured", "civilian", None, None),
        ("3", 3, 3, 3, "exact", "killed", "civilian", "children", 1),
        ("1–2", 1, None, 2, "range", "killed", "civilian", "women", 1),
        ("1", 1, 1, 1, "exact", "killed", "civilian", "men", 1),
        ("0–2", 0, None, 2, "range", "killed", "combatant", None, None),
    ]
    for each in facts.claims:
        assert facts.document.text[each.quote_start : each.quote_end] == each.quote
        assert facts.document.text[each.value_start : each.value_end] == each.value_text
        assert (each.claimant, each.date_text, each.lat) == ("Airwars", "March 4, 2017", 36.1)
    assert claim(facts, "women_killed").quote == '"Civilians reported killed": "5 – 9\\n(3 children1–2 women1 man)"'


def test_old_layout_parties() -> None:
    facts = structured(read(old_layout()))
    assert facts.claims[0].perpetrators == (
        Perpetrator("US-led Coalition", "admitted", "US-led Coalition"), Perpetrator("Russia", "possible", "Airwars"),
    )  # fmt: skip
    graded, coalition, russia = facts.assessments
    assert (graded.assessor, graded.scheme, graded.grade) == ("Airwars", "airwars_grading", "Fair")
    assert (coalition.grade, coalition.stance) == ("credible", "alleged")
    assert (coalition.killed_low, coalition.killed_high) == (2, 3)
    assert (coalition.injured_low, coalition.subject) == (None, "US-led Coalition")
    assert (russia.grade, russia.stance) == ("not_yet_assessed", "possible")
    (position,) = facts.positions
    assert (position.actor, position.position, position.killed_conceded) == ("US-led Coalition", "credible", 2)
    assert (position.reason, position.about) == ("Unseen at the time", (1, 2))
    assert facts.document.text[position.quote_start : position.quote_end] == position.quote
    assert '"Civilian deaths conceded": "2–3"' in position.quote


def test_the_assessment_is_a_document_of_prose() -> None:
    readings = read(old_layout())
    page, text = structured(readings).document, prose(readings).document
    assert page.document_name == page.version_key == "airwars:900001"
    assert page.doc_type == text.doc_type == "incident_page"
    assert (text.document_name, text.version_key) == ("airwars:900001#assessment",) * 2
    assert text.text == f"{PROSE}\n\nThe local time of the incident is unknown."
    assert text.publisher == page.publisher == "Airwars"
    assert text.document_id != page.document_id
    found = [(c.best, c.demographic) for c in extract(text.text).claims]
    assert (3, "children") in found


def test_names_of_victims_go_no_further() -> None:
    for source in (old_layout(), NEW_LAYOUT, json.dumps(EDITORS)):
        readings = read(source, "x")
        assert structured(readings).document.record
        for facts in (structured(readings), prose(readings)):
            assert "Adla" not in f"{facts.document.text}{facts.document.record}"


def test_new_layout_as_text() -> None:
    facts = structured(read(NEW_LAYOUT, "dump.txt", metadata={"url": "https://airwars.org/civilian-casualties/cs9001-m/"}))
    incident = facts.incident
    assert incident is not None
    assert facts.document.document_name == "airwars:cs9001-m"
    assert incident.external_ids == (("airwars", "CS9001"),)
    assert (incident.place_text, incident.place_local, incident.admin1) == ("Tal Qaria", "تل قارية", "Raqqa")
    assert (incident.geo_precision, incident.weapon, incident.country) == ("neighbourhood", None, "SYR")
    assert incident.date_start == date(2017, 3, 4)
    total, children = claim(facts, "civ_killed"), claim(facts, "children_killed")
    medics = claim(facts, "healthcare_personnel_killed")
    assert (total.value_text, total.qualifier, total.best) == ("6", "exact", 6)
    assert (children.value_text, children.low, children.high, children.part_of) == ("3–5", 3, 5, total.number)
    assert (medics.role, medics.best, medics.part_of) == ("healthcare personnel", 2, total.number)
    assert (claim(facts, "women_injured").value_text, claim(facts, "mil_killed").value_text) == ("1", "1–2")
    assert [each.grade for each in facts.assessments] == ["Contested"]
    assert [(each.actor, each.stance) for each in total.perpetrators] == [
        ("Russia", "possible"),
        ("US-led Coalition", "possible"),
    ]
    assert facts.rejects == ()
    assert prose(read(NEW_LAYOUT, "dump.txt")).document.text == PROSE


def test_new_layout_as_html_gives_the_same_incident() -> None:
    blocks = "".join(f"<div>{line.replace('&', '&amp;')}</div>" for line in NEW_LAYOUT.split("\n") if line)
    terms = TERMS.replace("-fair", "-contested")
    page = f'<html><body><main><article class="{terms}">{blocks}</article></main></body></html>'
    by_html, by_text = structured(read(page)), structured(read(NEW_LAYOUT, "dump.txt"))
    assert by_html.document.document_name == "airwars:900001"
    assert [(c.value_text, c.low, c.high, c.rules) for c in by_html.claims] == [
        (c.value_text, c.low, c.high, c.rules) for c in by_text.claims
    ]
    assert prose(read(page)).document.text == PROSE


@pytest.mark.parametrize(
    ("written", "place", "local", "admin1"),
    [
        ("Tal Qaria, Raqqa, Syria, Syria\nتل قارية", "Tal Qaria", "تل قارية", "Raqqa"),
        ("تل قارية, Raqqa, Syria\n\nTal Qaria", "Tal Qaria", "تل قارية", "Raqqa"),
        ("Raqqa, Syria", "Raqqa", None, None),
        ("Syria", None, None, None),
        ("تل, قارية, the mill, Tal Qaria, Raqqa, Syria", "the mill, Tal Qaria", "تل, قارية", "Raqqa"),
    ],
)
def test_places(written: str, place: str | None, local: str | None, admin1: str | None) -> None:
    location = "Tal Qaria, Raqqa, Syria\n\nتل قارية"
    incident = structured(read(NEW_LAYOUT.replace(location, written), "dump.txt")).incident
    assert incident is not None
    assert (incident.place_text, incident.place_local, incident.admin1) == (place, local, admin1)
    assert incident.country == "SYR"


def test_codes_that_stand_with_the_conflicts() -> None:
    dump = NEW_LAYOUT.replace("Incident Code\nCS9001\n", "").replace("& Syria\n", "& Syria\n\nCS9001 YS9002\n")
    facts = structured(read(dump, "dump.txt"))
    assert facts.incident is not None
    assert facts.incident.external_ids == (("airwars", "CS9001"), ("airwars", "YS9002"))
    assert facts.document.document_name == "airwars:CS9001-YS9002"


def test_a_finer_kind_of_strike_in_brackets() -> None:
    facts = structured(read(NEW_LAYOUT.replace("Airstrike and/or Artillery", "Airstrike (Drone Strike)"), "dump.txt"))
    assert facts.claims[0].weapon == "drone"


def test_a_dump_without_number_or_address_says_so() -> None:
    facts = structured(read(NEW_LAYOUT, "dump.txt"))
    assert facts.document.document_name == "airwars:CS9001"
    assert checks(facts) == [("warn", "airwars_id", "CS9001")]


def test_a_page_and_a_row_of_the_table_are_versions_of_one_document() -> None:
    columns = [row["column"] for row in data_table("airwars_columns.csv")]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerow({"airwars_id": "900001", "code": "CS9001", "date": "2017-03-04", "civ_killed_min": "5"})
    received = sources.Received(out.getvalue().encode(), "t.csv", "/in/t.csv", "0" * 64, datetime(2024, 1, 1))
    (row,) = next(iter(airwars.read(received))).facts
    assert row.document.version_key == structured(read(old_layout())).document.version_key


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("March 4, 2017", (2017, 3, 4), None),
        ("4 March 2017", (2017, 3, 4), None),
        ("March 4–6, 2017", (2017, 3, 4), (2017, 3, 6)),
        ("March 30–April 2, 2017", (2017, 3, 30), (2017, 4, 2)),
        ("December 30, 2016–January 2, 2017", (2016, 12, 30), (2017, 1, 2)),
        ("4–6 March 2017", (2017, 3, 4), (2017, 3, 6)),
        ("30 March – 2 April 2017", (2017, 3, 30), (2017, 4, 2)),
        ("4–6 March, 2017", (2017, 3, 4), (2017, 3, 6)),
        ("30 March–2 April, 2017", (2017, 3, 30), (2017, 4, 2)),
    ],
)
def test_days(written: str, first: tuple[int, int, int], last: tuple[int, int, int] | None) -> None:
    assert days(written) == (date(*first), date(*last) if last else None)


@pytest.mark.parametrize("written", ["n/a", "March 2017", "March 40, 2017", "4–x March 2017"])
def test_no_day(written: str) -> None:
    facts = structured(read(old_layout(date=written)))
    assert checks(facts) == [("validate", "date", written)]
    assert facts.incident is not None
    assert facts.incident.date_start is None
    assert {each.date_text for each in facts.claims} == {None}


def test_one_bad_value_costs_only_itself() -> None:
    facts = structured(read(old_layout(killed="n/a", accuracy="Galaxy", belligerents="Martian Army", conceded="12-10")))
    assert ("validate", "Civilians reported killed", "n/a") in checks(facts)
    assert ("validate", "geo_accuracy", "Galaxy") in checks(facts)
    assert ("validate", "military_actors", "Martian Army") in checks(facts)
    assert ("validate", "Civilian deaths conceded", "12-10") in checks(facts)
    assert not [each for each in facts.claims if each.rules == ("airwars:civ_killed",)]
    # Its parts stand on their own; the incident and the other figures load.
    assert claim(facts, "children_killed").part_of is None
    assert claim(facts, "civ_injured").best == 4
    assert facts.positions[0].killed_conceded is None
    assert all(reject.source == "airwars_pages" and reject.record for reject in facts.rejects)


def test_a_range_the_wrong_way_round_is_left_out() -> None:
    facts = structured(read(old_layout(killed="12-10", parts="<span>2 wizards</span>")))
    assert ("validate", "civ_killed_min", "12 > 10") in checks(facts)
    assert ("validate", "Civilians reported killed", "2 wizards") in checks(facts)


@pytest.mark.parametrize("written", ["Unknown", "None known"])
def test_unknown_is_no_claim_and_no_fault(written: str) -> None:
    facts = structured(read(old_layout(killed=written, parts="")))
    assert not [each for each in facts.claims if each.harm == "killed" and each.victim_class == "civilian"]
    assert facts.rejects == ()


def test_zero_is_a_claim() -> None:
    assert claim(structured(read(old_layout(killed="0", parts=""))), "civ_killed").qualifier == "none_reported"


def test_a_page_that_contradicts_its_own_terms_is_noted() -> None:
    facts = structured(read(old_layout(grading="Weak")))
    assert facts.assessments[0].grade == "Fair"
    assert [reject.stage for reject in facts.rejects] == ["warn"]


def test_an_unknown_position_is_rejected_and_the_rest_of_the_page_loads() -> None:
    facts = structured(read(old_layout(position="Shrugged off")))
    assert [each.assessor for each in facts.assessments] == ["Airwars", "Russia"]
    assert facts.positions == ()
    assert facts.rejects[0].check == "unknown finding"


@pytest.mark.parametrize(
    ("written", "actor"),
    [
        ("Palestinian Militants", "Palestinian militants"),
        ("palestinian-militants", "Palestinian militants"),
        ("US Forces", "United States"),
        ("us-led-coalition", "US-led Coalition"),
        ("Libyan National Army", "Libyan National Army"),
        ("unknown", ""),
        ("Orchard League", None),
    ],
)
def test_parties_are_known_by_their_names_and_by_their_terms(written: str, actor: str | None) -> None:
    assert actors().get(folded(variant(written))) == actor


def test_truncated_page() -> None:
    page = old_layout()
    readings = read(page[: page.index("<h2>Sources")])
    assert claim(structured(readings), "civ_killed").high == 9
    assert [reject.stage for reject in structured(readings).rejects] == ["warn"]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        ("<html><head><title>Access denied</title></head><body><p>403</p></body></html>", "p.html", "Access denied"),
        ("<html></html>", "p.html", "no incident"),
        ("The mill of Tal Qaria was hit. Three died.", "p.txt", "no Incident Code or date"),
        (b"", "p.txt", "empty"),
        (b"\x00\x01", "p.txt", "binary"),
        ('{"code": "rest_forbidden", "message": "Sorry.", "data": {"status": 403}}', "p.json", "Sorry."),
        (json.dumps([MAP_ITEM])[:-30], "p.json", "truncated"),
        ('[{"name": "x"}]', "p.json", "no incident"),
        ("[]", "p.json", "no incident"),
    ],
)
def test_bad_input_says_what_it_is(data: str | bytes, name: str, said: str) -> None:
    (reading,) = read(data, name)
    assert reading.failed
    assert said in reading.failed
    assert reading.facts == ()


def test_map_json() -> None:
    terms = {"belligerent_terms": [{"slug": "russian-military", "name": "Russian Military"}]}
    plain = {key: value for key, value in MAP_ITEM.items() if key != "belligerents"} | {"post_id": 900002}
    body = {"conflicts": [{"taxonomies": terms, "civcas_incidents": [MAP_ITEM, plain, MAP_ITEM | {"post_id": None}]}]}
    (reading,) = read(json.dumps(body), "map.json")
    first, second = reading.facts
    assert (first.document.document_name, first.document.url) == ("airwars:900001", MAP_ITEM["permalink"])
    assert [(c.low, c.high, c.victim_class) for c in first.claims] == [(5, 9, "civilian"), (1, 2, "combatant")]
    assert first.claims[0].quote == '"civilians_killed_min": 5, "civilians_killed_max": 9'
    assert first.claims[0].perpetrators == (Perpetrator("US-led Coalition", "possible", "Airwars"),)
    assert second.claims[0].perpetrators == (Perpetrator("Russia", "possible", "Airwars"),)
    assert first.incident is not None
    assert (first.incident.date_start, first.incident.country) == (date(2017, 3, 4), "SYR")
    assert [each.grade for each in first.assessments] == ["Fair"]
    assert [reject.column for reject in reading.rejects] == ["post_id"]


def test_a_faulty_figure_of_the_map_is_rejected_with_its_record() -> None:
    facts = structured(read(json.dumps([MAP_ITEM | {"civilians_killed_min": "12-10"}]), "map.json"))
    assert checks(facts) == [("validate", "civ_killed_min", "12-10")]
    assert facts.rejects[0].record is not None
    assert facts.rejects[0].record["post_id"] == 900001
    assert claim(facts, "civ_killed").qualifier == "at_most"


def test_an_item_with_half_a_character_is_rejected_beside_the_good_one() -> None:
    (reading,) = read(json.dumps([MAP_ITEM, MAP_ITEM | {"post_id": 2, "permalink": "\ud800"}]), "map.json")
    assert [facts.document.locator for facts in reading.facts] == ["900001"]
    assert ["half a character" in reject.check for reject in reading.rejects] == [True]
    assert reading.rejects[0].record is None


def test_wordpress_json() -> None:
    readings = read(json.dumps([EDITORS]), "civ.json")
    facts = structured(readings)
    incident = facts.incident
    assert incident is not None
    assert (incident.date_start, incident.date_end) == (date(2017, 3, 4), date(2017, 3, 6))
    assert (incident.weapon, incident.country, incident.admin1) == ("drone", "SYR", "Raqqa")
    assert incident.external_ids == (("airwars", "CS9001"), ("airwars_id", "900001"), ("airwars_previous", "S901"))
    assert (claim(facts, "civ_killed").low, claim(facts, "children_killed").qualifier) == (5, "at_least")
    graded, coalition = facts.assessments
    assert (graded.grade, coalition.grade) == ("Confirmed", "credible")
    assert (coalition.killed_high, coalition.injured_low) == (3, 1)
    assert facts.positions[0].injured_conceded == 1
    assert prose(readings).document.text == PROSE
    assert facts.rejects == ()


def test_recognised_by_content() -> None:
    assert airwars_pages.recognises(old_layout().encode(), "x")
    assert airwars_pages.recognises(NEW_LAYOUT.encode(), "x")
    assert registry.recognise(json.dumps([MAP_ITEM]).encode(), "x.json") is airwars_pages
    assert registry.recognise(json.dumps([EDITORS]).encode(), "x.json") is airwars_pages
    assert not airwars_pages.recognises(b'<html><a href="https://airwars.org/civilian-casualties/">Airwars</a>', "x")
    assert not airwars_pages.recognises(b"Airwars counted three civilians reported killed.", "x")


def test_expectations_look_at_the_records_and_not_at_their_prose() -> None:
    good = [read(old_layout().replace("900001", str(number)))[0] for number in range(900001, 900021)]
    assert airwars_pages.expectations(good) == []
    bad = [read(old_layout(date="n/a", location="", killed="n/a", parts="", injured="", fighters=""))[0]] * 20
    assert {reject.check.split(":")[0] for reject in airwars_pages.expectations(bad)} == {"hold"}


def test_tables_of_pages_hold_only_known_values() -> None:
    rows = data_table("airwars_page_values.csv")
    codes = {row["code"] for row in data_table("airwars_codes.csv") if row["column"] == "geo_accuracy"}
    assert {row["value"] for row in rows if row["column"] == "geo_accuracy"} <= codes
    findings = {row["finding"] for row in data_table("airwars_findings.csv")}
    assert {row["value"] for row in rows if row["column"] == "finding"} <= findings
    assert {row["value"] for row in rows if row["column"] == "stance"} <= set(values("stance"))
    assert {row["value"] for row in rows if row["column"] == "reason"} <= set(values("entry_reason"))
    groups = {f"{row['value']}_{harm}" for row in rows if row["column"] == "people" for harm in ("killed", "injured")}
    assert groups <= {row["figure"] for row in data_table("airwars_figures.csv")}
    written = [row["written"] for row in data_table("airwars_page_labels.csv")]
    assert len(written) == len(set(written))
    assert all(label == label.casefold() for label in written)
