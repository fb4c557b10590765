"""Claims of one document that speak of one event are held together by what the text says of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from warehouse.events import events
from warehouse.placing import place_names

MAY_3, MAY_9 = date(2018, 5, 3), date(2018, 5, 9)
RAQQA = {"place": "Raqqa", "place_id": "raqqa", "admin1": "Raqqa", "lat": 35.95, "lon": 39.01, "geo_precision": "city"}
HEISHA = {"place": "Heisha", "place_id": "h", "admin1": "Raqqa", "lat": 36.2, "lon": 39.0, "geo_precision": "village"}
SYRIA = {"place": "Syria", "place_id": "syr", "lat": 35.0, "lon": 38.5, "geo_precision": "country"}


def claim(number: int, figure: int | None, **told: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "claim_id": f"c{number}", "document_id": "d", "number": number, "scope": "incident", "place_text": None,
        "place_id": None, "place": None, "admin1": None, "country": "SYR", "lat": None, "lon": None,
        "geo_precision": "country", "date_start": None, "date_end": None, "low": figure, "best": figure,
        "high": figure, "harm": "killed", "claimant": "clinic", "part_of": None, "restates": None,
    }  # fmt: skip
    if "day" in told:
        told["date_start"] = told["date_end"] = told.pop("day")
    return plain | told


def grouped(*claims: dict[str, Any]) -> list[set[str]]:
    texts = sorted({one["place_text"] for one in claims if one["place_text"]})
    names = {
        text: (frozenset(head), frozenset(words))
        for text, head, words in place_names(texts)["place_text", "head", "words"].iter_rows()
    }
    found: dict[str, set[str]] = {}
    for row in events(claims, names):
        found.setdefault(row["event_id"], set()).add(row["claim_id"])
    return sorted(found.values(), key=sorted)


def test_a_part_goes_with_its_total_whatever_it_tells_itself() -> None:
    total = claim(0, 9, day=MAY_3, place_text="Raqqa", **RAQQA)
    part = claim(1, 4, part_of="c0", scope="period", date_start=date(2014, 1, 1), date_end=MAY_9)
    assert grouped(total, part) == [{"c0", "c1"}]


def test_the_country_alone_goes_with_the_only_event_of_its_day() -> None:
    precise = claim(1, 9, day=MAY_3, place_text="Raqqa", **RAQQA)
    assert grouped(claim(0, 9, day=MAY_3, place_text="Syria", **SYRIA), precise) == [{"c0", "c1"}]


def test_the_country_alone_goes_with_neither_of_two_events() -> None:
    first = claim(0, 9, day=MAY_3, place_text="Raqqa", **RAQQA)
    second = claim(1, 4, day=MAY_3, place_text="Heisha", **HEISHA)
    wide = claim(2, 30, day=MAY_3, place_text="Syria", **SYRIA)
    assert grouped(first, second, wide) == [{"c0"}, {"c1"}, {"c2"}]
    assert grouped(first, second, claim(2, 4, day=MAY_3, place_text="Syria", **SYRIA)) == [{"c0"}, {"c1", "c2"}]


def test_a_place_described_by_another_is_one_event_unless_the_tolls_are_rivals() -> None:
    city = claim(0, 20, day=MAY_3, place_text="near the city of Raqqa, Syria", **RAQQA)
    village = {"place_text": "in the village of Heisha, 25 miles north of Raqqa", **HEISHA}
    assert grouped(city, claim(1, 32, harm="injured", day=MAY_3, **village)) == [{"c0", "c1"}]
    assert grouped(city, claim(1, 7, day=MAY_3, **village)) == [{"c0"}, {"c1"}]


@pytest.mark.parametrize("other", [{"day": MAY_9, **RAQQA}, {"day": MAY_3, "country": "IRQ", **RAQQA, "place_id": "x"}])
def test_other_days_and_other_countries_are_other_events(other: dict[str, Any]) -> None:
    first = claim(0, 9, day=MAY_3, place_text="Raqqa", **RAQQA)
    assert grouped(first, claim(1, 9, place_text="Raqqa", **other)) == [{"c0"}, {"c1"}]


def test_claims_without_day_go_together_by_place_alone() -> None:
    assert grouped(claim(0, 9, place_text="Raqqa", **RAQQA), claim(1, 2, place_text="Raqqa", **RAQQA)) == [{"c0", "c1"}]
    assert grouped(claim(0, 9, place_text="Raqqa", **RAQQA), claim(1, 2)) == [{"c0"}, {"c1"}]


def test_claims_of_other_scopes_are_no_events() -> None:
    assert grouped(claim(0, 9, scope="period", place_text="Raqqa", **RAQQA)) == []


def test_the_order_of_sentences_does_not_matter() -> None:
    told = [
        claim(0, 12, day=MAY_3, place_text="Syria", **SYRIA), claim(1, 9, day=MAY_3, place_text="Raqqa", **RAQQA),
        claim(2, 4, day=MAY_9, place_text="Heisha", **HEISHA), claim(3, 4, part_of="c2"),
    ]  # fmt: skip
    assert grouped(*told) == [{"c0", "c1"}, {"c2", "c3"}]
    turned = [one | {"number": 3 - one["number"]} for one in told]
    assert grouped(*reversed(turned)) == [{"c0", "c1"}, {"c2", "c3"}]
