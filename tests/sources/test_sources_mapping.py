"""Mapping files: what they read, how they complain, what is proposed for a new table."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from schemas.records import Facts, Reject
from sources import expectations, mapping
from sources.mapping.file import parse_text
from tests.sources.table_samples import assert_anchored, bounds, joined, received, to_csv

SMALL = """
name = "mill"
claimant = "Mill Watch"
id = "ref"
[date]
start = "day"
[place]
text = { column = "town" }
country = { column = "state", values = { Iraq = "IRQ", Syria = "SYR" } }
[[figures]]
low = "dead_min"
high = "dead_max"
harm = "killed"
victim_class = "civilian"
"""
COLUMNS = ["ref", "day", "town", "state", "dead_min", "dead_max"]
ROW = {"ref": "A1", "day": "2024-05-06", "town": "Tell Karnaf", "state": "Syria", "dead_min": "2", "dead_max": "3"}


def small(
    rows: list[dict[str, str]], columns: list[str] = COLUMNS, text: str = SMALL
) -> tuple[list[Facts], list[Reject], str | None]:
    return joined(list(mapping.read(received(to_csv(columns, rows)), parse_text(text, "small.toml"))))


def read_one(columns: list[str], row: list[str]) -> tuple[list[Facts], list[Reject], str | None]:
    return joined(list(mapping.read(received(to_csv(columns, [dict(zip(columns, row, strict=True))])))))


def test_pair_of_minimum_and_maximum_is_one_claim() -> None:
    facts, rejects, failed = small([ROW])
    assert (rejects, failed) == ([], None)
    assert_anchored(facts)
    (claim,) = facts[0].claims
    assert (bounds(claim), claim.qualifier, claim.claimant) == ((2, None, 3), "range", "Mill Watch")
    assert claim.quote == '"dead_min": "2", "dead_max": "3"'
    assert (claim.country, claim.place_text, claim.date_start) == ("SYR", "Tell Karnaf", date(2024, 5, 6))
    assert facts[0].document.document_name == "mill:A1"
    assert facts[0].incident.external_ids == (("mill", "A1"),)


@pytest.mark.parametrize(
    ("low", "high", "found", "qualifier"),
    [
        ("4", "4", (4, 4, 4), "exact"),
        ("0", "0", (0, 0, 0), "none_reported"),
        ("4", "", (4, 4, None), "at_least"),
        ("", "1,250", (None, None, 1250), "at_most"),
    ],
)
def test_qualifier_follows_from_the_bounds(
    low: str, high: str, found: tuple[int | None, int | None, int | None], qualifier: str
) -> None:
    facts, _, _ = small([ROW | {"dead_min": low, "dead_max": high}])
    assert (bounds(facts[0].claims[0]), facts[0].claims[0].qualifier) == (found, qualifier)


def test_bad_values_are_quarantined_one_by_one_with_the_id() -> None:
    rows = [
        ROW | {"ref": "A1", "dead_max": "12-10"},
        ROW | {"ref": "A2", "state": "Atlantis"},
        ROW | {"ref": "A3", "dead_min": "9"},
        ROW | {"ref": "A4", "day": "2024-02-30"},
        ROW | {"ref": "A5"},
    ]
    facts, rejects, failed = small(rows)
    assert failed is None
    assert [(r.record["id"], r.column) for r in rejects] == [
        ("A1", "dead_max"),
        ("A2", "state"),
        ("A3", "dead_min"),
        ("A4", "day"),
    ]
    assert [len(found.claims) for found in facts] == [1, 1, 0, 1, 1]
    assert facts[0].claims[0].qualifier == "at_least"


def test_new_and_renamed_columns_are_named() -> None:
    columns = ["ref", "day", "place", "state", "dead_min", "deadmax", "rank"]
    row = {"ref": "A1", "day": "2024-05-06", "state": "Iraq", "dead_min": "2", "deadmax": "3"}
    facts, rejects, _ = small([row], columns)
    assert {r.column for r in rejects if "is missing" in r.check} == {"town", "dead_max"}
    assert {r.column for r in rejects if "is new" in r.check} == {"place", "deadmax", "rank"}
    assert any("perhaps renamed to 'deadmax'" in r.check for r in rejects)
    assert facts[0].claims[0].qualifier == "at_least"


def test_table_without_an_id_is_numbered_by_row() -> None:
    facts, _, _ = small([ROW, ROW | {"town": "Bir Luz"}], text=SMALL.replace('id = "ref"', 'ignore = ["ref"]'))
    assert [found.document.document_name for found in facts] == ["mill:2", "mill:3"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "mill"', "", "small.toml: name: is missing"),
        ('harm = "killed"', 'harm = "kiled"', "small.toml: figures[1].harm: 'kiled' is not one of killed"),
        ('harm = "killed"', "", "small.toml: figures[1].harm: is missing"),
        ('claimant = "Mill Watch"', "", "small.toml: claimant: is missing"),
        (
            'start = "day"',
            'strat = "day"',
            "small.toml: date.strat: is not a key of a mapping here; did you mean 'start'?",
        ),
        ('low = "dead_min"', "low = 3", "small.toml: figures[1].low: 3 has to be a text"),
        ('low = "dead_min"\nhigh = "dead_max"', "", "small.toml: figures[1]: names no column"),
        ('{ column = "town" }', '{ colum = "town" }', "small.toml: place.text.column: is missing"),
        (
            'victim_class = "civilian"',
            'part_of = "total"',
            "small.toml: figures[1].part_of: 'total' is not the name of",
        ),
        ("text = {", 'lat = "y"\ntext = {', "small.toml: place: lat and lon come together"),
        ("[date]", "[date", "small.toml: is not TOML"),
        ('name = "mill"', 'name = "a b"', "small.toml: name: 'a b' has to be a short name"),
    ],
)
def test_errors_name_file_and_key(old: str, new: str, said: str) -> None:
    assert old in SMALL
    with pytest.raises(mapping.MappingError) as raised:
        parse_text(SMALL.replace(old, new), "small.toml")
    assert said in str(raised.value)


def test_missing_mapping_file_lists_the_shipped_ones() -> None:
    with pytest.raises(mapping.MappingError, match="shipped ones are ibc, t4p_gaza_daily, t4p_west_bank_daily, tbij"):
        mapping.load(Path("nowhere.toml"))


def test_iraq_body_count_sheet() -> None:
    columns = [
        "IBC code",
        "Start Date",
        "End Date",
        "Time",
        "Location",
        "Target",
        "Weapons",
        "Reported Minimum",
        "Reported Maximum",
        "Sources",
    ]
    row = [
        "k901",
        "6 May 2009",
        "7 May 2009",
        "AM",
        "Tell Karnaf",
        "market",
        "car bomb, gunfire",
        "3",
        "5",
        "EN 07 May",
    ]
    facts, rejects, failed = read_one(columns, row)
    assert (rejects, failed) == ([], None)
    (claim,) = facts[0].claims
    assert (bounds(claim), claim.victim_class, claim.weapon, claim.country) == ((3, None, 5), "civilian", "ied", "IRQ")
    assert (claim.date_start, claim.date_end, claim.date_precision) == (date(2009, 5, 6), date(2009, 5, 7), "day_range")
    assert facts[0].document.document_name == "ibc:k901"


def test_bureau_sheet_has_children_in_civilians_in_the_total() -> None:
    counts = ["total people killed", "civilians reported killed", "children reported killed", "reported injured"]
    columns = ["Strike ID", "Date", "Location", "Province", "US confirmed?", "Minimum strikes", "Maximum strikes"]
    columns += [f"{bound} {what}" for what in counts for bound in ("Minimum", "Maximum")]
    row = ["T12", "06/05/2014", "Bir Luz", "Hazar", "Yes", "1", "1", "4", "6", "1", "2", "0", "1", "3", "3"]
    facts, rejects, failed = read_one(columns, row)
    assert (rejects, failed) == ([], None)
    assert_anchored(facts)
    assert [(bounds(c), c.harm, c.part_of, c.demographic) for c in facts[0].claims] == [
        ((4, None, 6), "killed", None, None),
        ((1, None, 2), "killed", 1, None),
        ((0, None, 1), "killed", 2, "children"),
        ((3, 3, 3), "injured", None, None),
    ]
    assert facts[0].claims[0].date_start == date(2014, 5, 6)
    assert facts[0].claims[0].place_context == ("Hazar",)
    assert [(p.actor, p.stance) for p in facts[0].claims[0].perpetrators] == [("US", "alleged")]


def test_daily_series_is_cumulative_and_extrapolated_fields_are_nobodys_claim() -> None:
    days = [
        {
            "report_date": "2024-01-02",
            "report_source": "mohtel",
            "report_period": 48,
            "killed": 7,
            "killed_cum": 107,
            "killed_children_cum": 40,
            "aid_seeker_killed_cum": 5,
            "injured_cum": 300,
            "ext_killed_cum": 107,
        },
        {"report_date": "2024-01-03", "report_source": "missing", "report_period": 0, "ext_killed_cum": 110},
        {
            "report_date": "2024-01-04",
            "report_source": "radio",
            "report_period": 24,
            "killed_cum": 112,
            "ext_killed_cum": 112,
        },
    ]
    facts, rejects, failed = joined(list(mapping.read(received(json.dumps(days), "daily.json"))))
    assert failed is None
    assert_anchored(facts)
    assert [r.failure_case for r in rejects if r.stage == "validate"] == ["radio"]
    daily, killed, children, seekers, injured = facts[0].claims
    assert (daily.scope, daily.period_start, daily.period_end) == ("period", date(2024, 1, 1), date(2024, 1, 2))
    assert (killed.scope, bounds(killed), killed.period_end) == ("cumulative", (107, 107, 107), date(2024, 1, 2))
    assert (killed.period_start, killed.date_start, killed.claimant) == (
        date(2023, 10, 7),
        None,
        "Gaza Ministry of Health",
    )
    assert (children.part_of, children.demographic, injured.harm) == (killed.number, "children", "injured")
    assert (seekers.part_of, seekers.role, seekers.best) == (killed.number, "aid seekers", 5)
    assert facts[0].document.published == date(2024, 1, 2)
    assert [found.claims for found in facts[1:]] == [(), ()]
    assert all(found.incident is None for found in facts)


def test_nested_figures_of_the_west_bank_series_are_quoted_in_their_place() -> None:
    record = {
        "report_date": "2024-01-02",
        "verified": {"killed": 1, "killed_cum": 9},
        "killed_cum": 8,
        "settler_attacks_cum": 3,
    }
    facts, rejects, failed = joined(list(mapping.read(received(json.dumps([record]), "wb.json"))))
    assert failed is None
    assert_anchored(facts)
    assert {r.stage for r in rejects} == {"warn"}
    assert [(c.best, c.quote) for c in facts[0].claims] == [(8, '"killed_cum": 8'), (9, '"killed_cum": 9')]


def test_a_day_that_repeats_the_figures_before_it_claims_only_what_was_verified() -> None:
    record = {"report_date": "2024-01-03", "killed_cum": 8, "settler_attacks_cum": 3, "flash_source": "fill"}
    days = [record | {"verified": {"killed_cum": 9, "injured_cum": 4}}, record | {"report_date": "2024-01-04"}]
    facts, rejects, _ = joined(list(mapping.read(received(json.dumps(days), "wb.json"))))
    assert [[(claim.best, claim.harm) for claim in found.claims] for found in facts] == [
        [(9, "killed"), (4, "injured")],
        [],
    ]
    # A nested field that is there is neither missing nor new
    assert {r.column for r in rejects} & {"verified", "verified.killed_cum", "verified.injured_cum"} == set()


def test_records_whose_figure_is_left_out_are_told_by_a_value() -> None:
    wrong = SMALL.replace('victim_class = "civilian"', "unless = { town = 3 }")
    with pytest.raises(mapping.MappingError, match="unless: has to be a column with the value"):
        parse_text(wrong, "small.toml")


def test_table_that_no_mapping_fits_is_told() -> None:
    assert not mapping.recognises(b"a,b\n1,2\n", "x.csv")
    (reading,) = mapping.read(received("a,b\n1,2\n"))
    assert "no mapping fits its columns" in reading.failed
    (reading,) = mapping.read(received("<!doctype html><title>Sign in</title><p>Sign in first"))
    assert "it is an HTML page titled 'Sign in'" in reading.failed


def test_mapping_of_the_sidecar_is_used() -> None:
    facts, _, failed = joined(list(mapping.read(received(to_csv(COLUMNS, [ROW]), mapping=SMALL))))
    assert failed is None
    assert facts[0].document.source == "mill"


def test_expectations_of_a_mapping_hold_a_load_far_below() -> None:
    expecting = parse_text(SMALL + "[expects]\nrecords_at_least = 10\nrecords_at_most = 11\n", "small.toml")
    for rows, stages in [(4, ["validate"]), (8, ["warn"]), (10, []), (12, ["warn"])]:
        table = to_csv(COLUMNS, [ROW | {"ref": f"A{n}"} for n in range(rows)])
        _, found, _ = joined(list(mapping.read(received(table), expecting)))
        assert [reject.stage for reject in found] == stages
        assert [expectations.is_hold(reject) for reject in found] == [stage == "validate" for stage in stages]
    with pytest.raises(mapping.MappingError, match=r"expects\.shares\.figure: has to be"):
        parse_text(SMALL + "[expects]\nshares = { figure = 3 }\n", "small.toml")


NEW_TABLE = """\
Incident Code,Date,End date,Village,Province,Latitude,Longitude,Civilians killed (min),Civilians killed (max),\
Children killed,Total wounded,Comment
Z-1,06/05/2014,,Bir Luz,Hazar,36.5,38.1,2,3,1,4,"seen from the road"
Z-2,25/05/2014,26/05/2014,Tell Karnaf,Hazar,36.4,38.0,0,0,0,,
"""


def test_proposal_for_a_new_table_loads_and_reads_it() -> None:
    text = mapping.propose(received(NEW_TABLE, "mill table.csv"))
    proposed = parse_text(text, "proposed.toml")
    facts, rejects, failed = joined(list(mapping.read(received(NEW_TABLE), proposed)))
    assert (rejects, failed) == ([], None)
    assert_anchored(facts)
    assert proposed.name == "mill_table"
    assert proposed.ignore == ("Comment",)
    assert [found.document.locator for found in facts] == ["Z-1", "Z-2"]
    assert [(bounds(c), c.harm, c.victim_class, c.demographic) for c in facts[0].claims] == [
        ((2, None, 3), "killed", "civilian", None),
        ((1, 1, 1), "killed", "civilian", "children"),
        ((4, 4, 4), "injured", "unknown", None),
    ]
    claim = facts[1].claims[0]
    assert (claim.date_start, claim.date_end) == (date(2014, 5, 25), date(2014, 5, 26))
    assert (claim.place_text, claim.place_context, claim.lat) == ("Tell Karnaf", ("Hazar",), 36.4)


def test_proposal_for_a_table_without_anything_known_says_what_to_fill_in() -> None:
    text = mapping.propose(received("alpha,beta\n1,2\n"))
    assert 'ignore = ["alpha", "beta"]' in text
    assert "# [[figures]]" in text
    with pytest.raises(mapping.MappingError, match="figures: is missing"):
        parse_text(text, "proposed.toml")
