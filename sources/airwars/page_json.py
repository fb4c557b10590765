"""Incidents in Airwars' JSON: the items of its map, and items of WordPress with the fields of its editors (``acf``)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sources.airwars.page_facts import Found
from sources.airwars.page_values import strike_names, value_of, variant
from sources.airwars.parties import Finding, actors, folded
from sources.fields import RecordText, Span, parse_day, record_text
from sources.table import Issues, UnreadableError
from sources.wordpress.page import compose

Item = dict[str, Any]

_FIGURES = (
    ("civilians_killed", "civ_killed"), ("civilians_injured", "civ_injured"), ("militants_killed", "mil_killed"),
    ("militants_injured", "mil_injured"), ("children_killed", "children_killed"), ("women_killed", "women_killed"),
    ("men_killed", "men_killed"),
)  # fmt: skip
_GROUPS = (
    ("civilian_non_combatants", "civ"), ("children", "children"), ("women", "women"), ("men", "men"),
    ("belligerents", "mil"),
)  # fmt: skip
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAYS = ("%Y%m%d", "%d/%m/%Y", "%B %d, %Y")


def incidents(body: Any, actors_around: tuple[str, ...] = ()) -> Iterator[tuple[Item, tuple[str, ...]]]:
    """Every incident in an answer of any nesting, with the parties of the conflict that it is listed under."""
    if isinstance(body, list):
        for each in body:
            yield from incidents(each, actors_around)
    elif isinstance(body, dict):
        if "post_id" in body or "acf" in body:
            yield body, actors_around
            return
        taxonomies = body.get("taxonomies")
        named = taxonomies.get("belligerent_terms") if isinstance(taxonomies, dict) else None
        around = _names(named) or actors_around
        for each in body.values():
            if isinstance(each, list | dict):
                yield from incidents(each, around)


def read_item(item: Item, actors_around: tuple[str, ...], number: int, issues: Issues) -> Found | None:
    """One item with the columns of the table; None, with the reason in ``issues``, where it has no id or is no text."""
    record = _without_victims(item)
    rt = record_text(record, tuple(record))
    if _SURROGATE.search(rt.text):
        issues.add(
            f"item {number} has half a character (a lone surrogate escape); write the JSON as UTF-8", stage="read"
        )
        return None
    issues.record = record
    native_id = next((str(item[key]) for key in ("post_id", "id") if item.get(key) not in (None, "")), None)
    if native_id is None:
        issues.add(f"item {number} has no id", column="post_id", stage="read")
        return None
    found = Found(native_id, record, rt)
    url = item.get("permalink") or item.get("link")
    found.url = url if isinstance(url, str) else None
    spans: dict[str, Span] = {}
    if isinstance(item.get("acf"), dict):
        _from_editors(item, item["acf"], found, spans, issues)
    else:
        _from_map(item, actors_around, found, spans, issues)
    found.rt = RecordText(rt.text, rt.spans | spans)
    return found


def _from_map(item: Item, actors_around: tuple[str, ...], found: Found, spans: dict[str, Span], issues: Issues) -> None:
    columns = found.columns
    columns["code"] = item.get("unique_reference_code")
    columns["date"] = str(item.get("date") or "")[:10]
    columns["location_en"] = item.get("location") or item.get("location_name")
    _point(item.get("latitude"), item.get("longitude"), item.get("geolocation_accuracy"), found)
    found.country = value_of("country", str(item.get("country") or ""))
    _grade(item.get("grading"), "grading", found, spans)
    for theirs, ours in _FIGURES:
        bounds = {end: item.get(f"{theirs}_{end}") for end in ("min", "max")}
        if all(bound in (0, "0", None, "") for bound in bounds.values()):
            continue
        for end, bound in bounds.items():
            columns[f"{ours}_{end}"] = bound
            if f"{theirs}_{end}" in found.rt.spans:
                spans[f"{ours}_{end}"] = found.rt.spans[f"{theirs}_{end}"]
    named = _names(item.get("belligerents")) or actors_around
    columns["military_actors"] = ", ".join(dict.fromkeys(variant(name) for name in named))


def _from_editors(item: Item, acf: Item, found: Found, spans: dict[str, Span], issues: Issues) -> None:
    columns = found.columns
    columns["code"] = " ".join(_codes(acf.get("unique_reference_codes"), "code"))
    previous = _codes(acf.get("previous_unique_reference_codes"), "previous_unique_reference_code")
    columns["previous_codes"] = " ".join(code for code in previous if code not in columns["code"].split())
    for theirs, ours in (("incident_date", "date"), ("incident_date_end", "date_end")):
        written = str(acf.get(theirs) or "").strip()
        day = parse_day(written, _DAYS) if written else None
        columns[ours] = day.isoformat() if day else written
        if ours == "date" and f"acf.{theirs}" in found.rt.spans:
            spans["date"] = found.rt.spans[f"acf.{theirs}"]
    if _label(acf.get("incident_date_type"), "value") != "date_range":
        columns.pop("date_end")
    columns["location_en"], columns["location_ar"] = acf.get("location_name"), acf.get("location_name_arabic")
    columns["region"] = _label(acf.get("region"), "label")
    _point(acf.get("latitude"), acf.get("longitude"), _label(acf.get("geolocation_accuracy"), "label"), found)
    _counts(acf, found, spans)
    _terms(item, found, spans)
    found.findings = tuple(filter(None, (_finding(each, found.rt, issues) for each in _list(acf.get("belligerents")))))
    parties = _list(acf.get("belligerents"))
    columns["military_actors"] = ", ".join(dict.fromkeys(filter(None, map(_party, parties))))
    known = (actors().get(folded(_party(each))) for each in parties if each.get("belligerent_type") == "Known")
    found.known = frozenset(filter(None, known))
    found.prose = _prose(item)


def _counts(acf: Item, found: Found, spans: dict[str, Span]) -> None:
    for theirs, ours in _GROUPS:
        held = acf.get(f"killed_injured_{theirs}")
        if not isinstance(held, dict):
            continue
        for end in ("killed_min", "killed_max", "injured_min", "injured_max"):
            found.columns[f"{ours}_{end}"] = held.get(end)
            span = found.rt.spans.get(f"acf.killed_injured_{theirs}.{end}")
            if span:
                spans[f"{ours}_{end}"] = span


def _terms(item: Item, found: Found, spans: dict[str, Span]) -> None:
    """Country, grading and kind of strike, which WordPress keeps as terms beside the fields."""
    classes = _list(item.get("class_list"), str)
    by_kind = {kind: [c.removeprefix(f"{kind}-") for c in classes if c.startswith(f"{kind}-")]
               for kind in ("country", "civilian_harm_status", "strike_type")}  # fmt: skip
    found.country = next(filter(None, (value_of("country", term) for term in by_kind["country"])), None)
    for term in by_kind["civilian_harm_status"]:
        _grade(term, "class_list", found, spans)
    found.columns["strike_type"] = strike_names(", ".join(by_kind["strike_type"]))


def _finding(party: Item, rt: RecordText, issues: Issues) -> Finding | None:
    written = _label(party.get("belligerent_assessment"), "value")
    if not written:
        return None
    finding = value_of("finding", written)
    actor = actors().get(folded(_party(party)))
    if finding is None or actor is None:
        issues.add("unknown party or finding", column="belligerents", value=f"{_party(party)}: {written}")
        return None
    if not actor:
        return None
    reason = party.get("belligerent_reason_non_credible") or party.get("belligerent_reason_credible")
    reason = ", ".join(map(str, reason)) if isinstance(reason, list) else str(reason or "")
    _, start, end, _, _ = rt.spans["acf.belligerents"]
    killed = _range(party, "civilian_deaths_conceded", issues)
    injured = _range(party, "civilian_injuries_conceded", issues)
    stance = value_of("stance", str(party.get("belligerent_type") or "Suspected"))
    return Finding(
        actor,
        stance,
        finding,
        *killed,
        rt.text[start:end],
        start,
        end,
        *injured,
        value_of("reason", reason) or reason or None,
    )


def _range(party: Item, name: str, issues: Issues) -> tuple[int | None, int | None]:
    bounds: list[int | None] = []
    for end in ("min", "max"):
        written = str(party.get(f"{name}_{end}") if party.get(f"{name}_{end}") is not None else "").strip()
        if written and not written.isdecimal():
            issues.add("not a whole number of people", column=f"{name}_{end}", value=written)
        bounds.append(int(written) if written.isdecimal() else None)
    low, high = bounds
    return (low, high if high is not None else low)


def _party(party: Item) -> str:
    return variant(_label(party.get("belligerent_term"), "name") or _label(party.get("belligerent"), "label") or "")


def _point(lat: Any, lon: Any, accuracy: Any, found: Found) -> None:
    found.columns["lat"], found.columns["lon"] = lat, lon
    if accuracy:
        found.columns["geo_accuracy"] = value_of("geo_accuracy", str(accuracy)) or accuracy


def _grade(written: Any, column: str, found: Found, spans: dict[str, Span]) -> None:
    if isinstance(written, str) and written:
        found.columns["grading"] = value_of("grading", written) or written
        spans["grading"] = found.rt.spans[column]


def _prose(item: Item) -> str | None:
    content = item.get("content")
    body = content.get("rendered") if isinstance(content, dict) else content
    try:
        return compose(None, body)[0] if isinstance(body, str) else None
    except UnreadableError:
        return None


def _without_victims(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_victims(each) for key, each in value.items() if "victim" not in key.casefold()}
    return [_without_victims(each) for each in value] if isinstance(value, list) else value


def _names(value: Any) -> tuple[str, ...]:
    """Names of a list of terms; the map writes some of them as JSON in a string."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return ()
    named = (_label(each, "name") or _label(each, "slug") for each in _list(value, object))
    return tuple(filter(None, named))


def _codes(value: Any, key: str) -> list[str]:
    return [code for each in _list(value) if (code := str(each.get(key) or "").strip())]


def _label(value: Any, key: str) -> str | None:
    held = value.get(key) if isinstance(value, Mapping) else value
    return str(held) if held not in (None, "", False) else None


def _list(value: Any, of: type = dict) -> list[Any]:
    return [each for each in value if isinstance(each, of)] if isinstance(value, list) else []
