"""Airwars incident pages (airwars.org/civilian-casualties/…), its map's JSON and its WordPress JSON: one incident each.

Reads: pages of the layout of 2018-2025 and of the one of 2026, as HTML or as a text dump with a label a line; the
items of the map; items of ``/wp-json/wp/v2/civ`` with ``acf``. Each gives the same record as a row of Airwars' table
(`sources.airwars`) under the same name, ``airwars:ID``, so that a page and a row are versions of one document; the
assessment, which is prose, is the document ``airwars:ID#assessment`` and goes through the extractor.
Definitions: civilians are non-combatants taking no active part; a person whose status is not clear widens the ranges
of civilians and of belligerents alike, so that the two overlap and must not be added. Confirmed: a belligerent has
accepted responsibility; Fair: two or more credible sources and likely or confirmed near actions; Weak: one source;
Contested: competing claims of responsibility; Discounted: the dead were combatants or others responsible.
Licence: none that could be found; not for redistribution. Names of victims are dropped when a page is read.
Quirks: a blank, "Unknown" and "None" are unknown and never 0; a figure with one end unknown is shown as one number;
in the map's JSON 0 to 0 may be a blank and is left unknown; parts run together ("6–12 children6–12 women2 men"); codes
repeat, one incident may have several, and some pages of 2026 put them at the end of the conflicts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from schemas.records import Facts, Reading, Reject
from sources import files
from sources.airwars.page_facts import facts_of, from_page
from sources.airwars.page_json import incidents, read_item
from sources.airwars.page_text import from_html, from_text
from sources.expectations import Expectations, compare
from sources.reading import DOCUMENT_BYTES, Received, failure
from sources.table import BATCH, Issues, UnreadableError

NAME = "airwars_pages"
LICENCE: str | None = None
REDISTRIBUTABLE = False

EXPECTS = Expectations(
    records_at_least=1, records_at_most=100_000, shares={"date": 0.8, "place": 0.8, "figure": 0.8, "point": 0.35}
)
"""From 83 pages of 2023-2024 in the old layout, and the labels of 987 of 2021-2026 in the new one."""

_ADDRESS = re.compile(rb"airwars\.org\\?/civilian-casualties\\?/")
_OWN_MARK = re.compile(rb"\btype-civ\b|/wp/v2/civ/\d|(?:canonical|og:url)[^>]{0,40}airwars\.org/civilian-casualties/\w")
_LABELS = re.compile(
    rb"^\s*Incident (?:code|date)\b.*?^\s*(?:Civilian harm reported|Civilians reported killed|Incident status)\b",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


def recognises(head: bytes, name: str) -> bool:
    """By the marks of an incident's page, the labels of a dump, or the keys of the map's or WordPress' JSON."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"[", b"{"):
        of_map = b'"unique_reference_code"' in head and b"_killed_m" in head
        return of_map or (b'"acf"' in head and _ADDRESS.search(head) is not None)
    if start == b"<":
        return _OWN_MARK.search(head) is not None
    return _LABELS.search(head) is not None


def read(received: Received) -> Iterator[Reading]:
    """One page, or the items of one JSON answer in batches; see `sources.reading.SourceModule`."""
    try:
        start = received.head(1024).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        if start in (b"[", b"{"):
            yield from _items(received)
        else:
            yield Reading(tuple(_page(received, start == b"<")))
    except UnreadableError as error:
        yield failure(NAME, received.origin, str(error))


def expectations(readings: Sequence[Reading]) -> list[Reject]:
    """Compare a load with `EXPECTS`: ``hold:`` at stage validate is far below, stage warn is below or far above."""
    records = [
        Reading(tuple(facts for facts in reading.facts if not facts.is_prose), reading.rejects) for reading in readings
    ]
    return compare(records, EXPECTS, NAME, complete=False)


def _page(received: Received, is_html: bool) -> Iterator[Facts]:
    if received.size > DOCUMENT_BYTES:
        raise UnreadableError(f"it has {received.size:,} bytes, more than any page ({DOCUMENT_BYTES:,})")
    issues = Issues(NAME, "airwars")
    if is_html:
        from sources.html import decode  # trafilatura, which it imports, takes half a second

        page = from_html(decode(received.content(), None))
    else:
        page = from_text(files.decode(received.content()))
    if not page.whole:
        issues.add(f"{received.name} ends before the page does: save it again", column="text", stage="warn")
    yield from facts_of(from_page(page, received, issues), received, issues)


def _items(received: Received) -> Iterator[Reading]:
    text = files.decode(received.content())
    try:
        body = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableError(f"it is not valid JSON ({error}); it may be truncated: fetch it again") from error
    if isinstance(body, dict) and isinstance(body.get("message"), str) and "code" in body and "data" in body:
        raise UnreadableError(f"the site answered with an error instead of incidents: {body['message'][:200]!r}")
    facts: list[Facts] = []
    rejects: list[Reject] = []
    count = 0
    for number, (item, actors) in enumerate(incidents(body), start=1):
        count += 1
        issues = Issues(NAME, "airwars")
        found = read_item(item, actors, number, issues)
        if found is None:
            rejects.extend(issues.found)
            continue
        facts.extend(facts_of(found, received, issues))
        if len(facts) >= BATCH:
            yield Reading(tuple(facts), tuple(rejects))
            facts, rejects = [], []
    if not count:
        raise UnreadableError("it holds no incident of Airwars: no item has post_id or acf")
    yield Reading(tuple(facts), tuple(rejects))
