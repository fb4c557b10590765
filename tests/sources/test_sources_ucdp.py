"""UCDP: events in CSV releases and API pages, their claims, drift, bad input, releases."""

from __future__ import annotations

import json
from datetime import date

import pytest

from schemas.records import Facts, Perpetrator, Reject
from sources import ucdp
from tests.sources.table_samples import assert_anchored, bounds, joined, received, to_csv, ucdp_csv, ucdp_event


def read(data: bytes | str, name: str = "GEDEvent_v25_1.csv") -> tuple[list[Facts], list[Reject], str | None]:
    return joined(list(ucdp.read(received(data, name))))


def one(**changed: str) -> tuple[Facts, list[Reject]]:
    facts, rejects, failed = read(ucdp_csv(ucdp_event(**changed)))
    assert failed is None
    assert_anchored(facts)
    return facts[0], rejects


def test_event_becomes_document_total_and_parts() -> None:
    facts, rejects = one()
    assert rejects == []
    document = facts.document
    assert (document.document_name, document.version_key, document.locator) == ("ucdp:1", "ucdp:1", "1")
    assert document.redistributable
    assert document.record["source_original"] == "village elders"
    total, civilians, unknown = facts.claims
    assert (bounds(total), total.qualifier, total.victim_class) == ((4, 5, 9), "range", "unknown")
    assert total.quote == '"best": "5", "high": "9", "low": "4"'
    assert total.value_text == "5"
    assert (bounds(civilians), civilians.victim_class, civilians.part_of) == ((4, 4, 4), "civilian", 1)
    assert (bounds(unknown), unknown.victim_class, unknown.partition) == ((1, 1, 1), "unknown", True)
    assert {claim.claimant for claim in facts.claims} == {"UCDP"}


def test_place_and_date_keep_their_precision() -> None:
    facts, _ = one(where_prec="4", date_prec="3", date_end="2024-05-12 00:00:00.000")
    claim = facts.claims[0]
    assert (claim.place_text, claim.country, claim.lat, claim.lon) == ("Tell Karnaf", "SYR", 36.51, 38.02)
    assert claim.place_context == ("Jarablus district", "Aleppo governorate", "Syria")
    assert (claim.geo_precision, claim.date_precision) == ("admin1", "week")
    assert (claim.date_start, claim.date_end) == (date(2024, 5, 6), date(2024, 5, 12))


def test_one_sided_violence_blames_side_a() -> None:
    facts, _ = one()
    assert facts.claims[0].perpetrators == (Perpetrator("Red Column", "alleged", "UCDP"),)


def test_two_sides_are_blamed_for_each_others_dead_and_possibly_for_the_rest() -> None:
    facts, _ = one(
        type_of_violence="2", side_b="Green Column", deaths_a="2", deaths_b="3", best="10", low="10", high="10"
    )
    by_rule = {claim.rules[0]: claim for claim in facts.claims}
    assert [(p.actor, p.stance) for p in by_rule["ucdp:deaths_a"].perpetrators] == [("Green Column", "alleged")]
    assert [(p.actor, p.stance) for p in by_rule["ucdp:deaths_b"].perpetrators] == [("Red Column", "alleged")]
    both = [("Red Column", "possible"), ("Green Column", "possible")]
    assert [(p.actor, p.stance) for p in by_rule["ucdp:deaths_civilians"].perpetrators] == both
    assert by_rule["ucdp:total"].victim_class == "mixed"
    assert (by_rule["ucdp:total"].qualifier, by_rule["ucdp:deaths_a"].victim_class) == ("exact", "combatant")


def test_incident_carries_the_native_id_and_an_aggregate_is_a_period_without_incident() -> None:
    facts, _ = one()
    assert facts.incident.external_ids == (("ucdp", "1"),)
    assert facts.incident.country == "SYR"
    aggregate, _ = one(event_clarity="2", date_end="2024-05-31 00:00:00.000")
    assert aggregate.incident is None
    assert {claim.scope for claim in aggregate.claims} == {"period"}
    assert aggregate.claims[0].period_end == date(2024, 5, 31)


def test_zero_total_is_claimed_and_zero_parts_are_not() -> None:
    facts, _ = one(deaths_civilians="0", deaths_unknown="0", best="0", low="0", high="0")
    assert [(bounds(claim), claim.qualifier) for claim in facts.claims] == [((0, 0, 0), "none_reported")]


def test_api_page_gives_the_same_claims_as_the_file() -> None:
    event = ucdp_event()
    numbers = {key: int(event[key]) for key in ("id", "best", "high", "low", "deaths_civilians", "deaths_unknown")}
    page = json.dumps({"TotalCount": 1, "TotalPages": 1, "NextPageUrl": "", "Result": [event | numbers]})
    facts, rejects, failed = read(page, "GEDEvent_v25_1.json")
    assert (failed, rejects) == (None, [])
    assert_anchored(facts)
    from_file, _ = one()
    assert [bounds(claim) for claim in facts[0].claims] == [bounds(claim) for claim in from_file.claims]
    assert facts[0].claims[0].quote == '"best": 5, "high": 9, "low": 4'


def test_text_does_not_depend_on_the_order_of_columns() -> None:
    event = ucdp_event()
    turned, _, _ = read(to_csv(list(reversed(ucdp.COLUMNS)), [event]))
    assert turned[0].document.document_id == one()[0].document.document_id


@pytest.mark.parametrize("bad", ["12-10", "n/a", "-1", "3.5", "4 or 5"])
def test_bad_figure_is_quarantined_alone_with_the_id(bad: str) -> None:
    facts, rejects = one(deaths_civilians=bad)
    assert [(r.column, r.failure_case, r.record) for r in rejects] == [("deaths_civilians", bad, {"id": "1"})]
    assert [claim.rules[0] for claim in facts.claims] == ["ucdp:total", "ucdp:deaths_unknown"]


@pytest.mark.parametrize(
    ("column", "bad", "field"),
    [
        ("where_prec", "9", "geo_precision"),
        ("date_prec", "x", "date_precision"),
        ("latitude", "912", "lat"),
        ("date_start", "2024-02-30", "date_start"),
    ],
)
def test_bad_code_point_or_date_is_quarantined_and_the_rest_loads(column: str, bad: str, field: str) -> None:
    facts, rejects = one(**{column: bad})
    assert [(r.column, r.failure_case) for r in rejects] == [(column, bad)]
    assert getattr(facts.claims[0], field) is None
    assert bounds(facts.claims[0]) == (4, 5, 9)


def test_crossed_bounds_and_dates_are_quarantined_and_a_wrong_sum_warns() -> None:
    facts, rejects = one(low="7", deaths_unknown="3", date_end="2024-05-01")
    assert bounds(facts.claims[0]) == (None, 5, 9)
    assert facts.claims[0].date_end == date(2024, 5, 6)
    assert {(r.column, r.stage) for r in rejects} == {("low", "validate"), ("best", "warn"), ("date_end", "validate")}
    assert not facts.claims[1].partition


def test_new_and_renamed_columns_are_named() -> None:
    columns = [("deaths_civilian" if name == "deaths_civilians" else name) for name in ucdp.COLUMNS]
    event = ucdp_event()
    event["deaths_civilian"] = event.pop("deaths_civilians")
    facts, rejects, failed = read(to_csv([*columns, "drone"], [event | {"drone": "yes"}]))
    assert failed is None
    assert {r.column: r.stage for r in rejects} == {
        "deaths_civilians": "warn",
        "deaths_civilian": "warn",
        "drone": "warn",
    }
    assert "perhaps renamed to 'deaths_civilian'" in next(r.check for r in rejects if r.column == "deaths_civilians")
    assert facts[0].document.record["drone"] == "yes"


def test_missing_indispensable_column_fails_with_its_name() -> None:
    columns = [name for name in ucdp.COLUMNS if name != "best"]
    event = {name: value for name, value in ucdp_event().items() if name != "best"}
    facts, _, failed = read(to_csv(columns, [event]))
    assert facts == []
    assert "no column 'best'" in failed


def test_header_alone_is_an_empty_release_and_a_wrong_header_fails() -> None:
    assert read(ucdp_csv()) == ([], [], None)
    assert "no column 'id'" in str(read("alpha,beta\n")[2])


def test_truncated_file_loses_only_its_last_row() -> None:
    text = ucdp_csv(*(ucdp_event(n) for n in range(1, 6)))
    facts, rejects, failed = read(text[:-60])
    assert failed is None
    assert len(facts) == 4
    assert "line 6" in rejects[0].check
    assert "cut off" in rejects[0].check


def test_truncated_json_tells_where_it_breaks_off() -> None:
    page = json.dumps({"Result": [ucdp_event()]})[:-40]
    facts, _, failed = read(page, "page.json")
    assert facts == []
    assert "not valid JSON" in failed
    assert "truncated" in failed


def test_html_page_instead_of_data_is_told() -> None:
    html = "<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head><body></body></html>"
    for name in ("GEDEvent_v25_1.csv", "page.json"):
        facts, _, failed = read(html, name)
        assert facts == []
        assert "HTML page titled '502 Bad Gateway'" in failed


def test_empty_and_binary_input_are_told() -> None:
    assert "is empty" in read(b" \n")[2]
    assert "is binary" in read(b"PK\x03\x04\x00\x00\x00")[2]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_another_delimiter_is_found_by_the_columns(delimiter: str) -> None:
    facts, rejects, failed = read(to_csv(ucdp.COLUMNS, [ucdp_event()], delimiter))
    assert (len(facts), rejects, failed) == (1, [], None)


def test_row_in_another_encoding_is_quarantined_beside_good_ones() -> None:
    lines = ucdp_csv(ucdp_event(1, where_coordinates="Sırrın"), ucdp_event(2, where_coordinates="Élan")).splitlines()
    data = "\n".join(lines[:2]).encode() + b"\n" + lines[2].encode("cp1252") + b"\n"
    facts, rejects, failed = read(data)
    assert failed is None
    assert [found.claims[0].place_text for found in facts] == ["Sırrın"]
    assert "line 3 is not UTF-8" in rejects[0].check


def test_half_a_surrogate_pair_in_json_is_quarantined() -> None:
    page = json.dumps({"Result": [ucdp_event(1, adm_1="x\ud800"), ucdp_event(2, adm_1="🌳")]})
    facts, rejects, failed = read(page, "page.json")
    assert failed is None
    assert [found.document.locator for found in facts] == ["2"]
    assert "record 1 is not UTF-8" in rejects[0].check


def test_utf_16_with_its_mark_and_utf_8_with_one_are_read() -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        facts, rejects, failed = read(ucdp_csv(ucdp_event(where_coordinates="Sırrın")).encode(encoding))
        assert (rejects, failed) == ([], None)
        assert facts[0].claims[0].place_text == "Sırrın"


def test_utf_16_that_breaks_off_keeps_what_came_before() -> None:
    facts, _, failed = read(ucdp_csv(ucdp_event(1), ucdp_event(2)).encode("utf-16")[:-7])
    assert [found.document.locator for found in facts] == ["1"]
    assert "in the middle of a character" in str(failed)


def test_duplicate_ids_keep_the_first() -> None:
    text = ucdp_csv(ucdp_event(1), ucdp_event(1), ucdp_event(1, best="6"), ucdp_event(2))
    facts, rejects, _ = read(text)
    assert [found.document.locator for found in facts] == ["1", "2"]
    assert [r.stage for r in rejects] == ["warn", "validate"]
    assert "record 4 has the id of record 2" in rejects[1].check


def test_record_without_id_is_quarantined() -> None:
    facts, rejects, _ = read(ucdp_csv(ucdp_event(id=""), ucdp_event(2)))
    assert [found.document.locator for found in facts] == ["2"]
    assert (rejects[0].stage, rejects[0].column) == ("read", "id")


@pytest.mark.parametrize(
    ("name", "release", "days"),
    [
        ("GEDEvent_v25_1.csv", "25.1", (date(1989, 1, 1), date(2024, 12, 31))),
        ("ged251.csv", "25.1", (date(1989, 1, 1), date(2024, 12, 31))),
        ("GEDEvent_v26_0_2.csv", "26.0.2", (date(2026, 2, 1), date(2026, 2, 28))),
        ("GEDEvent_v26_01_26_06.csv", "26.01.26.06", (date(2026, 1, 1), date(2026, 6, 30))),
        ("events.csv", None, None),
    ],
)
def test_release_and_its_days_come_from_the_file_name(
    name: str, release: str | None, days: tuple[date, date] | None
) -> None:
    readings = list(ucdp.read(received(ucdp_csv(ucdp_event()), name)))
    assert {(reading.release, reading.covers) for reading in readings} == {(release, days)}


def test_vanished_are_the_events_a_newer_release_should_hold() -> None:
    newer = list(ucdp.read(received(ucdp_csv(ucdp_event(1), ucdp_event(2, best="n/a")), "GEDEvent_v25_1.csv")))
    previous = {"1": date(2024, 5, 6), "2": date(2024, 5, 6), "3": date(2024, 5, 7), "4": date(2025, 1, 1), "5": None}
    assert ucdp.vanished(previous, newer) == {"3"}


def test_nothing_vanishes_by_a_broken_or_filtered_input() -> None:
    broken = list(ucdp.read(received(json.dumps({"Result": [ucdp_event()]})[:-5], "GEDEvent_v25_1.json")))
    one_page = list(ucdp.read(received(json.dumps({"Result": [ucdp_event()]}), "GEDEvent_v25_1.json")))
    whole = ucdp_csv(ucdp_event(1), ucdp_event(2))
    cut_off = list(ucdp.read(received(whole[:-90], "GEDEvent_v25_1.csv")))
    for readings in (broken, one_page, cut_off):
        assert ucdp.vanished({"3": date(2024, 5, 7)}, readings) == set()


def test_expectations_hold_a_load_far_below_and_warn_far_above() -> None:
    few = list(ucdp.read(received(ucdp_csv(*(ucdp_event(n) for n in range(1, 31))), "GEDEvent_v25_1.csv")))
    assert [(r.stage, r.check[:5]) for r in ucdp.expectations(few)] == [("validate", "hold:")]
    unnamed = list(ucdp.read(received(ucdp_csv(*(ucdp_event(n) for n in range(1, 31))))))
    assert ucdp.expectations(unnamed) == []
    bare = [ucdp_event(n, latitude="", longitude="", date_start="2024-05-06" if n % 4 else "") for n in range(1, 41)]
    found = {r.check: r.stage for r in ucdp.expectations(list(ucdp.read(received(ucdp_csv(*bare)))))}
    assert found == {
        "share of records with a date: 0.75, at least 0.98 expected": "warn",
        "hold: share of records with a point: 0.0, at least 0.95 expected": "validate",
    }


def test_big_input_comes_in_batches() -> None:
    readings = list(ucdp.read(received(ucdp_csv(*(ucdp_event(n) for n in range(1, 2502))))))
    assert [len(reading.facts) for reading in readings] == [1000, 1000, 501]


def test_recognised_by_its_columns() -> None:
    assert ucdp.recognises(ucdp_csv(ucdp_event()).encode(), "x.csv")
    assert not ucdp.recognises(b"id,date,best\n", "ged251.csv")
