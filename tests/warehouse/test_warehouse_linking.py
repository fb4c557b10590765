"""Places and incidents: computed from the facts, the same each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import warehouse

from .conftest import Gazetteer, dump, make_facts, make_record, make_report

Rows = Callable[[str], list[tuple[Any, ...]]]


def load(path: Path, *facts: Any) -> None:
    warehouse.load(path, facts, flow="test")


def test_places_are_resolved_once_a_text_and_shown(path: Path, rows: Rows) -> None:
    load(path, *(make_facts(n) for n in range(5)))
    gazetteer = Gazetteer()
    summary = warehouse.link(path, gazetteer)
    assert (gazetteer.asked, summary.places, summary.unresolved) == (1, 1, 0)
    shown = rows("SELECT DISTINCT place, admin1, country, lat, lon, geo_precision FROM mart.claim_flat")
    assert shown == [("Hajin", "Deir ez-Zor", "SYR", 34.69, 40.83, "town")]


def test_the_point_of_the_source_goes_before_the_gazetteer(path: Path, rows: Rows) -> None:
    load(path, make_record())
    warehouse.link(path, Gazetteer())
    assert rows("SELECT place, lat, geo_precision FROM mart.claim_flat") == [("Hajin", 34.7, "village")]


def test_an_unknown_place_stays_as_written(path: Path, rows: Rows) -> None:
    facts = make_facts()
    load(path, replace(facts, claims=(replace(facts.claims[0], place_text="Nowhere", country="SYR"),)))
    assert warehouse.link(path, Gazetteer()).unresolved == 1
    assert rows("SELECT place_text, place, country, lat FROM mart.claim_flat") == [("Nowhere", None, "SYR", None)]


def test_a_record_is_an_incident_with_its_claims_and_ids(path: Path, rows: Rows) -> None:
    load(path, make_record(), make_facts())
    summary = warehouse.link(path, Gazetteer())
    assert (summary.incidents, summary.claims) == (1, 1)
    (incident,) = rows("""SELECT title, place, lat, killed_low, killed_high, civilians_killed_low, claimants, documents,
        latest_official_position, conceded_killed, external_ids FROM mart.incident_flat""")
    assert incident[:10] == ("Strike on Hajin", "Hajin", 34.7, 2, 5, 2, ["Monitor"], 1, "credible", 2)
    ids = [(one["system"], one["external_id"]) for one in incident[10]]
    assert ids == [("monitor", "XX7"), ("monitor_id", "7")]
    links = rows("SELECT method, score, reason FROM core.incident_claim")
    assert links == [("record", 1.0, "the figure stands in monitor's own record of the incident")]
    assert rows("SELECT count(*) FROM mart.position_flat WHERE incident_id IS NOT NULL") == [(1,)]


def test_linking_again_changes_nothing(path: Path) -> None:
    load(path, make_record(), make_facts(), make_report())
    warehouse.link(path, Gazetteer())
    before = dump(path)
    assert warehouse.link(path, Gazetteer()).changed == 0
    assert dump(path) == before


def test_a_changed_record_stays_the_same_incident(path: Path, rows: Rows) -> None:
    load(path, make_record(killed=(2, 5)))
    warehouse.link(path, Gazetteer())
    before = rows("SELECT incident_id FROM core.incident")
    load(path, make_record(killed=(3, 6)))
    warehouse.link(path, Gazetteer())
    assert rows("SELECT incident_id FROM core.incident") == before
    assert rows("SELECT killed_low, killed_high FROM mart.incident_flat") == [(3, 6)]


def test_an_entry_is_linked_by_its_code_unless_the_code_repeats(path: Path, rows: Rows) -> None:
    load(path, make_record("7", "XX7"), make_report("XX7"))
    warehouse.link(path, Gazetteer())
    sql = "SELECT e.incident_id = i.incident_id FROM mart.official_entry_flat e, core.incident i"
    assert rows(sql) == [(True,)]
    load(path, make_record("8", "XX7"))
    warehouse.link(path, Gazetteer())
    assert rows("SELECT incident_id FROM mart.official_entry_flat") == [(None,)]


def test_the_known_actors_stand_beside_the_claims(path: Path, rows: Rows) -> None:
    load(path, make_facts())
    warehouse.link(path, Gazetteer())
    assert rows("SELECT actor_type FROM ref.actor WHERE actor = 'US-led Coalition'") == [("coalition",)]
    assert rows("SELECT actor FROM ref.actor_alias WHERE alias = 'CJTF-OIR'") == [("US-led Coalition",)]
