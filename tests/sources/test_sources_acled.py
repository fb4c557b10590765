"""ACLED: events in exports and API pages, the deletions feed, drift and bad input."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from schemas.enums import values
from schemas.records import Facts, Reject, Withdrawal
from sources import acled
from sources.fields import data_table
from tests.sources.table_samples import acled_csv, acled_event, assert_anchored, bounds, joined, received


def read(data: bytes | str, name: str = "acled.csv") -> tuple[list[Facts], list[Reject], str | None]:
    return joined(list(acled.read(received(data, name))))


def one(**changed: str) -> tuple[Facts, list[Reject]]:
    facts, rejects, failed = read(acled_csv(acled_event(**changed)))
    assert failed is None
    assert_anchored(facts)
    return facts[0], rejects


def test_event_becomes_one_claim_that_is_not_redistributable() -> None:
    facts, rejects = one()
    assert rejects == []
    assert (facts.document.document_name, facts.document.redistributable) == ("acled:SYR1", False)
    (claim,) = facts.claims
    assert (bounds(claim), claim.qualifier, claim.harm, claim.victim_class) == ((4, 4, 4), "exact", "killed", "unknown")
    assert (claim.quote, claim.value_text, claim.flags) == ('"fatalities": "4"', "4", ())
    assert (claim.place_text, claim.country, claim.geo_precision) == ("Tell Karnaf", "SYR", "town")
    assert (claim.date_start, claim.date_precision, claim.weapon) == (date(2024, 2, 6), "day", "shelling")
    assert facts.incident.external_ids == (("acled", "SYR1"),)


@pytest.mark.parametrize("written", ["2024-02-06", "06 February 2024", "06-Feb-2024", "06-Feb-24"])
def test_dates_of_api_and_exports(written: str) -> None:
    facts, rejects = one(event_date=written)
    assert rejects == []
    assert facts.claims[0].date_start == date(2024, 2, 6)


@pytest.mark.parametrize(
    ("count", "flags"),
    [("3", ("placeholder_unknown",)), ("10", ("placeholder_unknown",)), ("12", ("placeholder_vague",)), ("11", ())],
)
def test_placeholder_figures_are_kept_and_flagged(count: str, flags: tuple[str, ...]) -> None:
    facts, _ = one(fatalities=count)
    assert (facts.claims[0].best, facts.claims[0].flags) == (int(count), flags)
    assert facts.claims[0].rules[1:] == tuple(f"acled:{flag}" for flag in flags)


def test_zero_is_a_claim_that_blames_nobody() -> None:
    facts, _ = one(fatalities="0")
    assert (bounds(facts.claims[0]), facts.claims[0].qualifier) == ((0, 0, 0), "none_reported")
    assert facts.claims[0].perpetrators == ()


@pytest.mark.parametrize(
    ("changed", "blamed"),
    [
        ({}, [("Blue Brigade", "alleged")]),
        (
            {"actor1": "Civilians (Syria)", "inter1": "7", "actor2": "Blue Brigade", "inter2": "2"},
            [("Blue Brigade", "alleged")],
        ),
        ({"actor2": "Green Column", "inter2": "3"}, [("Blue Brigade", "possible"), ("Green Column", "possible")]),
        ({"actor1": "Protesters (Syria)", "inter1": "6", "actor2": "", "inter2": ""}, []),
    ],
)
def test_only_armed_actors_are_blamed_and_two_only_possibly(
    changed: dict[str, str], blamed: list[tuple[str, str]]
) -> None:
    facts, _ = one(**changed)
    assert [(p.actor, p.stance) for p in facts.claims[0].perpetrators] == blamed


def test_week_and_region_keep_their_precision() -> None:
    facts, _ = one(time_precision="2", geo_precision="3")
    assert (facts.claims[0].date_precision, facts.claims[0].geo_precision) == ("week", "admin1")


def test_json_page_of_the_api_is_read() -> None:
    page = json.dumps({"status": 200, "success": True, "count": 1, "data": [acled_event() | {"fatalities": 4}]})
    facts, rejects, failed = read(page, "page.json")
    assert (failed, rejects) == (None, [])
    assert_anchored(facts)
    assert facts[0].claims[0].quote == '"fatalities": 4'


@pytest.mark.parametrize(
    ("column", "bad"),
    [
        ("fatalities", "n/a"),
        ("fatalities", "12-10"),
        ("event_type", "Cyber attack"),
        ("sub_event_type", "Laser"),
        ("iso", "9999"),
        ("time_precision", "7"),
        ("longitude", "east"),
        ("event_date", "sometime"),
        ("timestamp", "yesterday"),
    ],
)
def test_bad_or_unknown_value_is_quarantined_alone_with_the_id(column: str, bad: str) -> None:
    facts, rejects = one(**{column: bad})
    assert [(r.column, r.failure_case, r.record) for r in rejects] == [(column, bad, {"event_id_cnty": "SYR1"})]
    assert len(facts.claims) == (0 if column == "fatalities" else 1)
    assert facts.incident.external_ids == (("acled", "SYR1"),)


def test_bad_inputs_are_told() -> None:
    text = acled_csv(acled_event(1), acled_event(2))
    assert "HTML page" in read("<html><title>Sign in</title></html>", "acled.json")[2]
    assert "not valid JSON" in read('{"status": 200, "data": [{"event_id', "acled.json")[2]
    assert "holds no list of records" in read('{"status": 403, "error": "Access denied"}', "acled.json")[2]
    facts, rejects, failed = read(text[:-30])
    assert (len(facts), len(rejects), failed) == (1, 1, None)
    facts, rejects, failed = read(text.replace(",", ";"))
    assert failed is None


def test_unclosed_quote_is_one_reject_that_names_its_lines() -> None:
    text = acled_csv(acled_event(1), acled_event(2, notes="BROKEN"), acled_event(3)).replace("BROKEN", '"broken')
    facts, rejects, failed = read(text)
    assert failed is None
    assert [found.document.locator for found in facts] == ["SYR1"]
    assert "lines 3 to 4" in rejects[0].check


def test_deletions_become_withdrawals_without_documents() -> None:
    feed = {
        "status": 200,
        "data": [{"event_id_cnty": "SYR1", "deleted_timestamp": "1707400000"}, {"event_id_cnty": ""}],
    }
    (reading,) = acled.read(received(json.dumps(feed), "deleted.json"))
    assert reading.withdrawn == (Withdrawal("acled:SYR1", "deleted by ACLED", datetime(2024, 2, 8, 13, 46, 40)),)
    assert (reading.facts, reading.failed, len(reading.rejects)) == ((), None, 1)


def test_expectations_look_at_shares_and_let_an_empty_increment_pass() -> None:
    assert acled.expectations(list(acled.read(received(acled_csv())))) == []
    events = [acled_event(n, latitude="", fatalities="" if n % 10 == 0 else "1") for n in range(1, 41)]
    found = {r.check: r.stage for r in acled.expectations(list(acled.read(received(acled_csv(*events)))))}
    assert found["hold: share of records with a point: 0.0, at least 0.98 expected"] == "validate"
    assert found["share of records with a figure: 0.9, at least 0.99 expected"] == "warn"


def test_recognised_by_its_columns() -> None:
    assert acled.recognises(acled_csv(acled_event()).encode(), "x.csv")
    assert acled.recognises(b'{"data": [{"event_id_cnty": "SYR1", "deleted_timestamp": 1}]}', "x.json")
    assert not acled.recognises(b"id,fatalities\n", "acled.csv")


def test_knowledge_tables_use_allowed_values() -> None:
    assert {row["weapon"] for row in data_table("acled_event_types.csv")} <= {"", *values("weapon")}
    for name, column, enum in [
        ("acled_codes.csv", "geo_precision", "geo_precision"),
        ("acled_codes.csv", "time_precision", "date_precision"),
        ("ucdp_codes.csv", "where_prec", "geo_precision"),
        ("ucdp_codes.csv", "date_prec", "date_precision"),
        ("ucdp_codes.csv", "event_clarity", "scope"),
    ]:
        assert {row["value"] for row in data_table(name) if row["column"] == column} <= set(values(enum))


def test_country_tables_have_one_code_each() -> None:
    for name, key in [("acled_countries.csv", "iso"), ("ucdp_countries.csv", "country_id")]:
        rows = data_table(name)
        assert len({row[key] for row in rows}) == len(rows) > 190
        assert all(len(row["iso3"]) == 3 and row["iso3"].isupper() for row in rows)
    by_iso3 = {row["iso3"] for row in data_table("acled_countries.csv")}
    assert {row["iso3"] for row in data_table("ucdp_countries.csv")} <= by_iso3
