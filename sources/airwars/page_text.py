"""An Airwars incident page, of either layout and as HTML or as a text dump, taken apart into its labels and sections.

Both layouts put a label on one line and its value on the next; the old one repeats its summary, and heads each party's
part with "PARTY Assessment:". The names of victims are dropped here and go no further; the received bytes keep them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sources.fields import data_table
from sources.table import UnreadableError
from sources.wordpress.page import Element, blocks, parse

POSITION_LABEL = "position on incident"
PARTY_HEADING = " Assessment"

_SHOWN = ("//article[contains(concat(' ', @class, ' '), ' civ ')]", "//article", "//main", "//body")
# Names of members of staff are no business of ours.
_UNUSED_TERM = re.compile(r"(?:geolocation_)?assessor-")
_COUNT = re.compile(r"\s*(?:\(\d+\))?\s*(?:\[\s*(?:collapse|expand)\s*\])?\s*:?\s*$")
_PARTY = re.compile(r"(?!Airwars\b)(\S.{0,70}?) Assessment:?\s*")
_POST = re.compile(r"\bpost-(\d+)\b")
_JSON_LINK = re.compile(r"/wp/v2/civ/(\d+)|[?&]p=(\d+)")


@dataclass(slots=True)
class Page:
    """One page: ``fields`` are the labels as written with their values, one object a party; ``prose`` its
    assessment."""

    fields: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """What each label of ``fields`` stands for (column ``key`` of ``airwars_page_labels.csv``)."""
    parties: list[str] = field(default_factory=list)
    """Names of the objects in ``fields`` that hold a party's assessment."""
    prose: list[str] = field(default_factory=list)
    native_id: str | None = None
    url: str | None = None
    whole: bool = True


def from_html(source: str) -> Page:
    """Take a page's HTML apart. Raises `UnreadableError` where it shows no incident (an error page, a list)."""
    tree = parse(source)
    shown = next(node for path in _SHOWN for node in (*tree.xpath(path), tree))
    lines = [line for block in blocks(shown) for line in block.text.split("\n")]
    page = _from_lines(lines)
    if not page.fields:
        said = " ".join("".join(tree.xpath("//title//text()")).split())
        titled = f" (it is titled {said!r})" if said else ""
        raise UnreadableError(f"the page shows no incident{titled}: save the page of the incident itself")
    page.native_id = _native_id(tree)
    page.url = next(iter(tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")), None)
    listed = " ".join(term for term in shown.get("class", "").split() if not _UNUSED_TERM.match(term))
    if "-" in listed:
        page.fields["terms"] = listed
    page.whole = "</html" in source[-2000:].lower()
    return page


def from_text(text: str) -> Page:
    """Take a text dump apart. Raises `UnreadableError` where it has neither code nor date."""
    page = _from_lines(text.split("\n"))
    if not {"code", "date"} & set(page.keys.values()):
        begins = " ".join(text.split())[:80]
        raise UnreadableError(f"it is no incident page: it has no Incident Code or date; it begins {begins!r}")
    return page


def terms(page: Page, kind: str) -> list[str]:
    """The machine terms of one kind in the class list: ``country-syria`` is the term ``syria`` of ``country``."""
    listed = str(page.fields.get("terms", "")).split()
    return [term.removeprefix(f"{kind}-") for term in listed if term.startswith(f"{kind}-")]


def _from_lines(lines: list[str]) -> Page:
    page = Page()
    held = page.fields
    section, label = "", ""
    for line in (" ".join(line.split()) for line in lines):
        if not line:
            continue
        kind, key, written, value = _marker(line, in_prose=section == "assessment")
        if kind == "section":
            section, label = key, ""
            held = held if key == "statements" else page.fields
        elif kind == "party":
            held, section, label = _open_party(page, written), "", ""
        elif kind == "label":
            section = ""
            label = _open_label(page, held, written, key)
            if value and label:
                held[label] = value
        elif section == "assessment":
            page.prose.append(line)
        elif section == "statements" and held is not page.fields:
            held["statements"] = "\n".join(filter(None, (held.get("statements"), line)))
        elif label and not section:
            held[label] = "\n".join(filter(None, (held[label], line)))
    return page


def _open_party(page: Page, written: str) -> dict[str, Any]:
    name = written
    while name in page.fields:
        name += " (again)"
    page.parties.append(name)
    page.fields[name] = {}
    held: dict[str, Any] = page.fields[name]
    return held


def _open_label(page: Page, held: dict[str, Any], written: str, key: str) -> str:
    """The name under which the value of a label is kept; empty for one that has its value already."""
    if held.get(written):
        if key != "previous_codes":
            return ""
        held[written] += " "
    held.setdefault(written, "")
    page.keys[written] = key
    return written


def _marker(line: str, in_prose: bool) -> tuple[str, str, str, str]:
    """Kind of a line (label, section, party or nothing), what it stands for, as written, and a value beside it."""
    written = _COUNT.sub("", line)
    known = _labels().get(written.casefold())
    if known:
        return (*known, written, "")
    if written.casefold().endswith(POSITION_LABEL):
        return "label", "position", written, ""
    if party := _PARTY.fullmatch(line):
        return "party", "", f"{party[1]}{PARTY_HEADING}", ""
    name, colon, value = line.partition(":")
    beside = _labels().get(name.strip().casefold())
    if colon and beside and beside[0] == "label" and value.strip() and not in_prose:
        return (*beside, name.strip(), value.strip())
    return "", "", "", ""


def _native_id(tree: Element) -> str | None:
    for value in tree.xpath("//article/@id | //article/@class"):
        if match := _POST.search(value):
            return str(match[1])
    for value in tree.xpath("//link/@href"):
        if match := _JSON_LINK.search(value):
            return str(match[1] or match[2])
    return None


@cache
def _labels() -> dict[str, tuple[str, str]]:
    return {row["written"]: (row["kind"], row["key"]) for row in data_table("airwars_page_labels.csv")}
