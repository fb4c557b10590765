"""Which claims of one document speak of the same event: what the text itself holds together, before any linking.

A total takes along its parts and restatements. Totals go together when their days meet and their places agree: the same
place, a wider area around it, or a place that the other's wording names ("40 km north of X").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from schemas.keys import content_key

Row = dict[str, Any]

FINENESS = (
    "country", "region", "admin1", "district", "multi", "subdistrict", "city", "near_place", "town", "village",
    "neighbourhood", "landmark", "street", "within_100m", "within_1m", "exact",
)  # fmt: skip
"""Precisions, the widest first."""
LONGEST = timedelta(days=10)
"""A longer stretch of days tells no event apart."""
SAME_SPOT_KM = 3.0
AROUND_KM = {"country": math.inf, "region": 300.0, "admin1": 150.0, "district": 60.0, "multi": 60.0}
BESIDE_KM = 60.0
"""How far a place may lie from the one by which the text describes it."""


@dataclass(slots=True)
class Unit:
    """A total with its parts and restatements, or several that speak of one event.

    Days are ISO dates, points WGS 84 degrees; ``names`` are the folded words of the places as written.
    """

    claims: list[Row]
    start: date | None = None
    end: date | None = None
    place: Row | None = None
    names: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    tolls: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    """(claimant, harm) → figures of totals."""

    def take(self, other: Unit) -> None:
        """Adds the claims of *other*; days become those that both allow, the place the more precise one."""
        self.claims += other.claims
        if other.start is not None:
            self.start = other.start if self.start is None else max(self.start, other.start)
            self.end = other.end if self.end is None or other.end is None else min(self.end, other.end)
        if _fineness(other.place) > _fineness(self.place):
            self.place, self.heads = other.place, other.heads
        self.names |= other.names
        for key, figures in other.tolls.items():
            self.tolls.setdefault(key, set()).update(figures)


def _fineness(place: Row | None) -> int:
    if place is None:
        return 0
    # An unknown name is mostly that of a village.
    return 1 + FINENESS.index(place["geo_precision"] or "village")


def _figure(claim: Row) -> int | None:
    value = next((claim[name] for name in ("best", "low", "high") if claim[name] is not None), None)
    return None if value is None else int(value)


def _unit(claims: list[Row], names: dict[str, tuple[frozenset[str], frozenset[str]]]) -> Unit:
    placed = [c for c in claims if c["place_text"] is not None or c["country"] is not None]
    place = max(placed, key=lambda c: (_fineness(c), -c["number"]), default=None)
    dated = [c for c in claims if c["date_start"] is not None and c["date_end"] is not None]
    first = min(dated, key=lambda c: (c["date_end"] - c["date_start"], c["number"]), default=None)
    unit = Unit(claims, place=place)
    if first is not None and first["date_end"] - first["date_start"] <= LONGEST:
        unit.start, unit.end = first["date_start"], first["date_end"]
    unit.names = frozenset().union(*(names[c["place_text"]][1] for c in placed if c["place_text"]))
    unit.heads = names[place["place_text"]][0] if place is not None and place["place_text"] else frozenset()
    for claim in claims:
        if claim["part_of"] is None and claim["restates"] is None and _figure(claim) is not None:
            unit.tolls.setdefault((claim["claimant"], claim["harm"]), set()).add(_figure(claim) or 0)
    return unit


def distance_km(one: Row, other: Row) -> float | None:
    """Kilometres between two points (WGS 84); None where one is not known."""
    if None in (one["lat"], one["lon"], other["lat"], other["lon"]):
        return None
    low, high = math.radians(one["lat"]), math.radians(other["lat"])
    wide = math.radians(other["lon"] - one["lon"])
    half = math.sin((high - low) / 2) ** 2 + math.cos(low) * math.cos(high) * math.sin(wide / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


def _days_meet(one: Unit, other: Unit) -> bool | None:
    """None where one of the two tells no day."""
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return None
    return one.start <= other.end and other.start <= one.end


def _rival_tolls(one: Unit, other: Unit) -> bool:
    """Both count the same harm by the same voice, and differ: two events rather than one told twice."""
    return any(other.tolls.get(key, figures) != figures for key, figures in one.tolls.items())


def _places_agree(one: Unit, other: Unit) -> bool | None:
    """None where one tells at most the country, which proves nothing."""
    a, b = one.place, other.place
    if a is None or b is None:
        return None
    if a["country"] and b["country"] and a["country"] != b["country"]:
        return False
    if "country" in (a["geo_precision"], b["geo_precision"]):
        return None
    if one.heads and one.heads == other.heads:
        return True
    if a["place_id"] is not None and a["place_id"] == b["place_id"]:
        return True
    km = distance_km(a, b)
    if km is None:
        return bool(one.heads & other.heads)
    if km <= SAME_SPOT_KM:
        return True
    around = max(AROUND_KM.get(a["geo_precision"], 0.0), AROUND_KM.get(b["geo_precision"], 0.0))
    named = bool(one.heads and one.heads <= other.names) or bool(other.heads and other.heads <= one.names)
    return km <= around or (named and km <= BESIDE_KM and not _rival_tolls(one, other))


def _same_event(one: Unit, other: Unit) -> bool:
    days, places = _days_meet(one, other), _places_agree(one, other)
    # One of the two may be missing, never both.
    return days is not False and places is not False and (days is True or places is True)


def _totals(claims: Sequence[Row]) -> list[list[Row]]:
    """Claims gathered under the total that they are part of or restate."""
    by_id = {claim["claim_id"]: claim for claim in claims}
    gathered: dict[str, list[Row]] = {}
    for claim in claims:
        root, seen = claim, set()
        while (above := root["part_of"] or root["restates"]) in by_id and root["claim_id"] not in seen:
            seen.add(root["claim_id"])
            root = by_id[above]
        gathered.setdefault(root["claim_id"], []).append(claim)
    return [group for root, group in gathered.items() if by_id[root]["scope"] == "incident"]


def _of_document(claims: Sequence[Row], names: dict[str, tuple[frozenset[str], frozenset[str]]]) -> list[Unit]:
    units = [_unit(group, names) for group in _totals(claims)]
    # The best told first, so that the order of sentences does not decide.
    units.sort(key=lambda u: (u.start is None, -_fineness(u.place), min(c["number"] for c in u.claims)))
    events: list[Unit] = []
    for unit in units:
        fitting = [event for event in events if _same_event(unit, event)]
        if len(fitting) > 1:
            same = [e for e in fitting if any(e.tolls.get(key) == figures for key, figures in unit.tolls.items())]
            fitting = same if len(same) == 1 else []
        if fitting:
            fitting[0].take(unit)
        else:
            events.append(unit)
    return events


def _described(document_id: str, event: Unit) -> list[Row]:
    place = event.place or dict.fromkeys(("place_text", "place", "place_id", "admin1", "country", "lat", "lon"))
    shared = {name: place[name] for name in ("place_text", "place", "place_id", "admin1", "country", "lat", "lon")}
    ids = sorted(claim["claim_id"] for claim in event.claims)
    key = content_key("event", document_id, *ids)
    shared |= {
        "event_id": key, "document_id": document_id, "date_start": event.start, "date_end": event.end,
        "geo_precision": place.get("geo_precision"),
    }  # fmt: skip
    return [{**shared, "claim_id": claim_id} for claim_id in ids]


def events(claims: Iterable[Row], names: dict[str, tuple[frozenset[str], frozenset[str]]]) -> list[Row]:
    """One row a claim with the event that it speaks of: ``event_id``, days and place of the event, ``claim_id``.

    *claims* are ordered by document and number; *names* gives for each place text its head words and all its words.
    The key of an event is made of its claims, so that other documents never change it.
    """
    rows = []
    for document_id, group in groupby(claims, key=lambda claim: str(claim["document_id"])):
        for event in _of_document(list(group), names):
            rows += _described(document_id, event)
    return rows
