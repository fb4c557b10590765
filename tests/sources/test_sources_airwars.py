"""The Airwars table on rows of our own in its shape, and on the real table where it is present."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import sources
from schemas.enums import values
from schemas.records import Claim, Facts, Reading, Reject
from sources import airwars
from sources.fields import data_table

TABLE = Path(__file__).parents[3] / "shared" / "data" / "airwars_syria_incidents.csv"
COLUMNS = [row["column"] for row in data_table("airwars_columns.csv")]
BASE = {
    "airwars_id": "900001", "code": "CS9001", "url": "https://example.org/cs9001", "date": "2017-03-04",
    "date_type": "date", "published": "2017-03-05", "location_ar": "تل قارية", "location_en": "Tal Qaria",
    "region": "Raqqa", "governorate": "Ar Raqqah", "lat": "35.95", "lon": "39.01", "geo_accuracy": "village",
    "military_actors": "U.S.-led Coalition", "strike_type": "Airstrike", "grading": "Fair",
    "civ_killed_min": "4", "civ_killed_max": "6", "assessments": "coalition:suspected:non_credible:-",
}  # fmt: skip


def table(*rows: dict[str, str], columns: list[str] = COLUMNS, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(BASE | row for row in rows)
    return out.getvalue().encode()


def read(data: bytes) -> list[Reading]:
    return list(airwars.read(sources.Received(data, "t.csv", "/in/t.csv", "0" * 64, datetime(2024, 1, 1))))


def facts_of(readings: list[Reading]) -> list[Facts]:
    return [facts for reading in readings for facts in reading.facts]


def rejects_of(readings: list[Reading]) -> list[Reject]:
    return [r for reading in readings for r in reading.rejects] + [r for f in facts_of(readings) for r in f.rejects]


def one(**cells: str) -> Facts:
    (facts,) = facts_of(read(table(cells)))
    return facts


def claim(facts: Facts, rule: str) -> Claim:
    (found,) = [claim for claim in facts.claims if claim.rules == (f"airwars:{rule}",)]
    return found


def told(facts: Facts) -> list[tuple[str, str | None, str | None]]:
    return [(reject.stage, reject.column, reject.failure_case) for reject in facts.rejects]


def check_quotes(facts: Facts) -> None:
    text = facts.document.text
    for found in facts.claims:
        assert text[found.quote_start : found.quote_end] == found.quote
        assert text[found.value_start : found.value_end] == found.value_text
    for said in (*facts.positions, *facts.assessments):
        assert text[said.quote_start : said.quote_end] == said.quote


def test_a_record_is_a_document_of_its_own() -> None:
    document = one().document
    assert (document.document_name, document.version_key, document.locator) == ("airwars:900001",) * 2 + ("900001",)
    assert (document.publisher, document.published, document.url) == ("Airwars", date(2017, 3, 5), BASE["url"])
    assert not document.redistributable
    assert document.record == {name: BASE.get(name, "") for name in COLUMNS}


def test_the_order_of_columns_does_not_change_the_document() -> None:
    backwards = facts_of(read(table({}, columns=COLUMNS[::-1])))
    assert backwards[0].document == one().document


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("3", "3", ("exact", 3, 3, 3)),
        ("3", "5", ("range", 3, None, 5)),
        ("0", "2", ("range", 0, None, 2)),
        ("0", "0", ("none_reported", 0, 0, 0)),
        ("3", "", ("at_least", 3, 3, None)),
        ("", "5", ("at_most", None, None, 5)),
        ("1,200", "1,200", ("exact", 1200, 1200, 1200)),
    ],
)
def test_bounds_and_qualifier(low: str, high: str, expected: tuple[object, ...]) -> None:
    facts = one(civ_killed_min=low, civ_killed_max=high)
    found = claim(facts, "civ_killed")
    assert (found.qualifier, found.low, found.best, found.high) == expected
    assert (found.harm, found.victim_class, found.claimant, found.scope) == (
        "killed",
        "civilian",
        "Airwars",
        "incident",
    )
    check_quotes(facts)


def test_a_blank_is_unknown_and_no_claim() -> None:
    facts = one(civ_killed_min="", civ_killed_max=" ")
    assert (facts.claims, facts.rejects) == ((), ())


def test_groups_are_parts_of_the_civilians_and_fighters_are_not() -> None:
    facts = one(
        children_killed_min="1", children_killed_max="2", women_killed_min="1", women_killed_max="1",
        men_killed_min="0", men_killed_max="0", civ_injured_min="9", civ_injured_max="9",
        mil_killed_min="0", mil_killed_max="3",
    )  # fmt: skip
    total = claim(facts, "civ_killed").number
    parts = {c.demographic: (c.victim_class, c.part_of) for c in facts.claims if c.demographic}
    assert parts == dict.fromkeys(("children", "women", "men"), ("civilian", total))
    fighters, injured = claim(facts, "mil_killed"), claim(facts, "civ_injured")
    assert (fighters.victim_class, fighters.qualifier, fighters.part_of) == ("combatant", "range", None)
    assert (injured.harm, injured.part_of) == ("injured", None)
    check_quotes(facts)


def test_quotes_hold_where_cells_need_escapes() -> None:
    facts = one(location_en='Mill "East"\tof تل', airwars_id="900002", mil_killed_min="1", mil_killed_max="2")
    check_quotes(facts)
    assert facts.incident is not None
    assert facts.incident.place_text == 'Mill "East"\tof تل'


def test_fewest_above_most_is_quarantined_alone() -> None:
    facts = one(children_killed_min="5", children_killed_max="3", women_killed_min="1", women_killed_max="1")
    assert [c.demographic for c in facts.claims] == [None, "women"]
    assert told(facts) == [("validate", "children_killed_min", "5 > 3")]


@pytest.mark.parametrize("figure", ["12-10", "n/a", "-3", "2.5", "many", "99999999999"])
def test_a_figure_that_is_none_is_quarantined_and_the_other_bound_stays(figure: str) -> None:
    facts = one(civ_killed_min=figure)
    found = claim(facts, "civ_killed")
    assert (found.qualifier, found.low, found.high) == ("at_most", None, 6)
    assert told(facts) == [("validate", "civ_killed_min", figure)]


@pytest.mark.parametrize(("total", "part"), [("6", "7"), ("0", "1")])
def test_a_part_above_its_total_is_odd_and_stays(total: str, part: str) -> None:
    facts = one(civ_killed_min=total, civ_killed_max=total, men_killed_min=part, men_killed_max=part)
    assert claim(facts, "men_killed").high == int(part)
    assert told(facts) == [("warn", "men_killed", part)]


def test_dates() -> None:
    def when(**cells: str) -> tuple[object, ...]:
        incident = one(**cells).incident
        assert incident is not None
        return incident.date_start, incident.date_end, incident.date_precision

    first = date(2017, 3, 4)
    assert when() == (first, first, "day")
    assert when(date_type="date_range", date_end="2017-03-06") == (first, date(2017, 3, 6), "day_range")
    assert when(date_type="date_range") == (first, None, "open")


def test_faulty_dates_are_quarantined_and_the_figures_load() -> None:
    backwards = one(date_type="date_range", date_end="2017-02-04")
    assert told(backwards) == [("validate", "date_end", "2017-02-04")]
    assert (backwards.claims[0].date_start, backwards.claims[0].date_end) == (date(2017, 3, 4), None)
    missing = one(date="")
    assert told(missing) == [("validate", "date", None)]
    assert (missing.claims[0].date_start, missing.claims[0].date_text, missing.claims[0].low) == (None, None, 4)
    impossible = one(date="2017-02-30")
    assert told(impossible) == [("validate", "date", "2017-02-30")]
    odd = one(date_end="2017-03-06")
    assert told(odd) == [("warn", "date_end", "2017-03-06")]


def test_parties_with_stance() -> None:
    facts = one(
        military_actors="U.S.-led Coalition, Russian Military, Unknown",
        assessments="coalition:known:credible:3-3; syrian_regime:known:open_incident:-; turkey:suspected:duplicate:-",
    )
    assert [(p.actor, p.stance, p.asserted_by) for p in facts.claims[0].perpetrators] == [
        ("US-led Coalition", "admitted", "US-led Coalition"), ("Syrian Government", "alleged", "Airwars"),
        ("Turkey", "possible", "Airwars"), ("Russia", "possible", "Airwars"),
    ]  # fmt: skip


def test_what_a_party_concedes_is_its_own_position_and_no_claim() -> None:
    facts = one(
        assessments="coalition:known:credible:2-3; russia:suspected:open_incident:-; russia:suspected:open_incident:-"
    )
    (coalition, russia) = facts.positions
    assert (coalition.actor, coalition.position, coalition.killed_conceded) == ("US-led Coalition", "credible", 2)
    assert coalition.about == (claim(facts, "civ_killed").number,)
    assert (russia.actor, russia.position, russia.killed_conceded) == ("Russia", "under_assessment", None)
    grading, official, _ = facts.assessments
    assert (grading.assessor, grading.scheme, grading.grade) == ("Airwars", "airwars_grading", "Fair")
    assert (official.assessor, official.scheme, official.grade) == ("US-led Coalition", "official_finding", "credible")
    assert (official.killed_low, official.killed_high, official.stance) == (2, 3, "alleged")
    assert [c.claimant for c in facts.claims] == ["Airwars"]
    check_quotes(facts)


def test_nothing_said_is_no_position() -> None:
    facts = one(assessments="russian_forces:suspected:not_yet_assessed:-; unknown:suspected:not_yet_assessed:-")
    assert facts.positions == ()
    assert [assessment.assessor for assessment in facts.assessments] == ["Airwars", "Russia"]


@pytest.mark.parametrize(
    ("column", "value", "case"),
    [
        ("grading", "Contested, Discounted", "Contested, Discounted"),
        ("geo_accuracy", "somewhere", "somewhere"),
        ("date_type", "about", "about"),
        ("military_actors", "Martian Fleet, Russian Military", "Martian Fleet"),
        ("strike_type", "Airstrike, Catapult", "Catapult"),
        ("cause", "Boredom", "Boredom"),
        ("lat", "4239.00416", "4239.00416"),
        ("assessments", "coalition:known:maybe:-", "coalition:known:maybe:-"),
        ("assessments", "coalition:known", "coalition:known"),
        ("assessments", "coalition:known:credible:5-3", "coalition:known:credible:5-3"),
    ],
)
def test_unknown_values_are_quarantined_one_by_one(column: str, value: str, case: str) -> None:
    facts = one(**{column: value})
    assert told(facts) == [("validate", column, case)]
    assert claim(facts, "civ_killed").low == 4
    if column == "lat":
        assert (facts.claims[0].lat, facts.claims[0].lon, facts.claims[0].geo_precision) == (None, None, None)


def test_codes_ids_and_place() -> None:
    facts = one(code="CS9001 RS9002", previous_codes="S901  R902", airwars_id="900003")
    incident = facts.incident
    assert incident is not None
    assert incident.external_ids == (
        ("airwars", "CS9001"), ("airwars", "RS9002"), ("airwars_id", "900003"),
        ("airwars_previous", "S901"), ("airwars_previous", "R902"),
    )  # fmt: skip
    assert (incident.place_text, incident.place_local) == ("Tal Qaria", "تل قارية")
    assert (incident.admin1, incident.country, incident.geo_precision) == ("Raqqa", "SYR", "village")
    assert facts.rejects == ()
    assert told(one(code="ISSY-010203")) == [("warn", "code", "ISSY-010203")]


@pytest.mark.parametrize(
    ("region", "governorate", "expected"),
    [
        ("", "", (None, None)), ("Hama or Idlib", "", (None, "SYR")), ("Erbil", "", ("Erbil", "IRQ")),
        ("Erbil", "Aleppo", (None, None)), ("", "eastern  daraa", ("Daraa", "SYR")),
    ],
)  # fmt: skip
def test_country_only_where_the_record_tells_it(region: str, governorate: str, expected: tuple[object, object]) -> None:
    incident = one(region=region, governorate=governorate).incident
    assert incident is not None
    assert (incident.admin1, incident.country) == expected


@pytest.mark.parametrize(
    ("strike_type", "cause", "weapon"),
    [
        ("Airstrike", "", "airstrike"), ("Airstrike, Drone Strike", "", "drone"), ("Artillery", "", "shelling"),
        ("Airstrike and/or Artillery", "Heavy weapons and explosive munitions", None),
        ("Ground operation", "Small arms and light weapons", "gunfire"),
        ("Airstrike", "Chemical, Biological, Radiological, Nuclear (CBRN)", "chemical"), ("", "", None),
    ],
)  # fmt: skip
def test_weapon(strike_type: str, cause: str, weapon: str | None) -> None:
    facts = one(strike_type=strike_type, cause=cause)
    assert facts.claims[0].weapon == weapon
    assert facts.rejects == ()


def test_a_missing_required_column_fails_and_names_it() -> None:
    (reading,) = read(table({}, columns=[name for name in COLUMNS if name != "civ_killed_min"]))
    assert reading.failed is not None
    assert "'civ_killed_min'" in reading.failed


def test_missing_and_new_columns_are_named_and_the_rows_load() -> None:
    columns = [name for name in COLUMNS if name != "infrastructure"] + ["desk"]
    readings = read(table({"desk": "north"}, columns=columns))
    assert facts_of(readings)[0].document.record["desk"] == "north"  # type: ignore[index]
    assert [(reject.stage, reject.column) for reject in rejects_of(readings)] == [
        ("warn", "infrastructure"),
        ("warn", "desk"),
    ]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_told_by_the_header(delimiter: str) -> None:
    data = table({}, delimiter=delimiter)
    assert airwars.recognises(data, "t.csv")
    assert facts_of(read(data))[0].document == one().document


def test_rows_that_are_broken_or_come_twice_are_left_out() -> None:
    data = table({"airwars_id": "1"}, {"airwars_id": ""}, {"airwars_id": "1", "grading": "Weak"}, {"airwars_id": "2"})
    readings = read(data + b"3,CS1,too,short\n")
    assert [facts.document.locator for facts in facts_of(readings)] == ["1", "2"]
    assert Counter(reject.stage for reject in rejects_of(readings)) == {"read": 2, "validate": 1}


def test_recognised_by_its_header_alone() -> None:
    assert airwars.recognises(b"\xef\xbb\xbf" + table({}), "anything.csv")
    assert not airwars.recognises(b"id,date,killed\n1,2017-03-04,4\n", "airwars.csv")
    assert not airwars.recognises(b'\xff\x00\x01"', "t.csv")


@pytest.mark.parametrize(
    ("name", "column", "enum"),
    [
        ("airwars_weapons.csv", "weapon", "weapon"), ("airwars_findings.csv", "position", "position"),
        ("airwars_figures.csv", "harm", "harm"), ("airwars_figures.csv", "victim_class", "victim_class"),
        ("airwars_figures.csv", "demographic", "demographic"),
    ],
)  # fmt: skip
def test_vocabularies_use_declared_values(name: str, column: str, enum: str) -> None:
    assert {row[column] for row in data_table(name)} - {""} <= set(values(enum))


def test_codes_use_declared_values() -> None:
    declared = {"geo_accuracy": set(values("geo_precision")), "stance": set(values("stance"))}
    for row in data_table("airwars_codes.csv"):
        assert row["value"] in declared.get(row["column"], {row["value"]}), row


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("airwars_actors.csv", "variant"), ("airwars_weapons.csv", "variant"), ("airwars_governorates.csv", "variant"),
        ("airwars_findings.csv", "finding"), ("airwars_figures.csv", "figure"), ("airwars_columns.csv", "column"),
    ],
)  # fmt: skip
def test_no_variant_is_listed_twice(name: str, key: str) -> None:
    listed = Counter(
        row[key] if key != "variant" else " ".join(row[key].split()).casefold() for row in data_table(name)
    )
    doubled = {name: count for name, count in listed.items() if count > 1}
    # Two columns of the table write some parties alike: the same actor must then stand behind both.
    actors = {" ".join(row["variant"].split()).casefold(): set() for row in data_table(name)} if doubled else {}
    for row in data_table(name) if doubled else ():
        actors[" ".join(row["variant"].split()).casefold()].add(row.get("actor"))
    assert all(len(actors[variant]) == 1 and name == "airwars_actors.csv" for variant in doubled)


@pytest.fixture(scope="module")
def real() -> list[Reading]:
    if not TABLE.exists():
        pytest.skip("the table of real incidents lies beside the checkout only where it is measured")
    return list(sources.read(str(TABLE)))


def test_the_real_table_loads_whole(real: list[Reading]) -> None:
    facts = facts_of(real)
    assert (len(facts), len({each.document.document_name for each in facts})) == (8114, 8114)
    civilians = [
        c for f in facts for c in f.claims if (c.harm, c.victim_class, c.demographic) == ("killed", "civilian", None)
    ]
    assert (sum(c.low or 0 for c in civilians), sum(c.high or 0 for c in civilians)) == (25_535, 41_117)
    for each in facts:
        check_quotes(each)


def test_the_real_table_has_these_faults_and_no_others(real: list[Reading]) -> None:
    faults: dict[str, Any] = Counter(reject.column for reject in rejects_of(real) if reject.stage != "warn")
    assert faults == {
        "children_killed_min": 2, "women_killed_min": 1, "men_killed_min": 5, "date": 2, "date_end": 1, "grading": 1,
        "lon": 1,
    }  # fmt: skip


def test_the_real_incidents_of_the_coalition(real: list[Reading]) -> None:
    by_code = {
        code: facts for facts in facts_of(real) if facts.incident for system, code in facts.incident.external_ids
        if system == "airwars"
    }  # fmt: skip
    for code, bounds, finding, conceded in (
        ("CS1779", (28, 58), "non_credible", 0), ("CS1094", (42, 70), "credible", 8),
        ("CS365", (17, 24), "non_credible", None), ("CS1747", (24, 30), "non_credible", None),
    ):  # fmt: skip
        facts = by_code[code]
        found = claim(facts, "civ_killed")
        (position,) = [p for p in facts.positions if p.actor == "US-led Coalition"]
        assert ((found.low, found.high), position.position, position.killed_conceded) == (bounds, finding, conceded), (
            code
        )
