"""A claim in plain words: its quote in context with what counts marked, its columns as sentences, the rules that fired.

Pure functions over one row of `mart.claim_flat` (with the document's ``text``), so that any front end can show them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.tables import rows
from extraction.words import lexicon
from schemas.enums import enums

Row = Mapping[str, Any]
"""A row of ``mart.claim_flat`` by column name."""

LABELS = ("number", "victims", "harm", "claimant", "place", "date")
"""What is marked; where two overlap the first named wins."""
REACH = 300
"""Code points of context at most on either side of the quote."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+|\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` is the claim's number, victims, harm, claimant, place or date (``label``)."""

    start: int
    end: int
    label: str


def window(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the sentences around ``text[start:end]``, with one more before and after, at most `REACH` away."""
    before = [match.end() for match in _SENTENCE_END.finditer(text, max(0, start - REACH), start)]
    after = [match.start() for match in _SENTENCE_END.finditer(text, end, min(len(text), end + REACH))]
    first = before[-2] if len(before) > 1 else _blank_after(text, start - REACH)
    last = after[1] + 1 if len(after) > 1 else _blank_before(text, end + REACH)
    return min(first, start), max(last, end)


def _blank_after(text: str, at: int) -> int:
    """The first word that starts at or after *at*; words cut in two are left out."""
    return 0 if at <= 0 else text.find(" ", at) + 1


def _blank_before(text: str, at: int) -> int:
    return len(text) if at >= len(text) else text.rfind(" ", 0, at)


def marks(row: Row, text: str, inside: tuple[int, int]) -> list[Mark]:
    """What can be marked in ``text[inside]``, left to right, without overlaps."""
    kept: list[Mark] = []
    for label in LABELS:
        found = _find(label, row, text, inside)
        if found and not any(found[0] < mark.end and mark.start < found[1] for mark in kept):
            kept.append(Mark(*found, label))
    return sorted(kept, key=lambda mark: mark.start)


def _find(label: str, row: Row, text: str, inside: tuple[int, int]) -> tuple[int, int] | None:
    quote = row["quote_start"], row["quote_end"]
    if label == "number":
        return None if row["value_start"] is None else (row["value_start"], row["value_end"])
    if label == "victims":
        return _nearest(_alternatives(lexicon.victims()), text, (row["value_end"] or quote[0], quote[1]), quote[0])
    if label == "harm":
        words = [rule.removeprefix("word:") for rule in row["rules"] if rule.startswith("word:")]
        same = words or [form for form, word in lexicon.harm_words().items() if word.harm == row["harm"]]
        return _nearest(_alternatives(same), text, quote if words else inside, row["value_start"] or quote[0])
    written = row[{"claimant": "claimant_text", "place": "place_text", "date": "date_text"}[label]]
    return _nearest(re.escape(written), text, inside, quote[0]) if written else None


def _alternatives(words: Sequence[str] | Mapping[str, Any]) -> str:
    return rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b"


def _nearest(pattern: str, text: str, inside: tuple[int, int], to: int) -> tuple[int, int] | None:
    found = [match.span() for match in re.compile(pattern, re.IGNORECASE).finditer(text, *inside)]
    return min(found, key=lambda span: abs(span[0] - to), default=None)


def pieces(text: str, inside: tuple[int, int], marked: Sequence[Mark]) -> list[tuple[str, str | None]]:
    """``text[inside]`` cut at *marked*: (words, label or None), in order; nothing is lost."""
    cut: list[tuple[str, str | None]] = []
    position = inside[0]
    for mark in marked:
        cut += [(text[position : mark.start], None), (text[mark.start : mark.end], mark.label)]
        position = mark.end
    return [piece for piece in (*cut, (text[position : inside[1]], None)) if piece[0]]


def in_words(row: Row, parts: Sequence[Row] = ()) -> list[tuple[str, str]]:
    """(what, sentence) of everything that the claim states; *parts* are the claims that are parts of it."""
    told = [
        ("says", _who_says(row)),
        ("how many", _how_many(row)),
        ("harm", _meant("harm", row["harm"])),
        ("victims", _victims(row)),
        ("part of", _other(row["part_of"], row.get("part_of_quote"))),
        ("parts", "; ".join(_other(part["claim_id"], part["quote"]) for part in parts)),
        ("restates", _other(row["restates"], row.get("restates_quote"))),
        ("blamed", "; ".join(_blamed(entry) for entry in row["perpetrators"] or ()) or "nobody"),
        ("weapon", _meant("weapon", row["weapon"])),
        ("scope", _meant("scope", row["scope"]) + _span(", from", row["period_start"], row["period_end"])),
        ("place", _place(row)),
        ("date", _date(row)),
    ]
    return [(what, sentence) for what, sentence in told if sentence]


def _meant(enum: str, value: str | None) -> str:
    return f"{value}: {enums()[enum].get(value, 'not a declared value')}" if value else ""


def _who_says(row: Row) -> str:
    joint = " and ".join([row["claimant"], *(row["co_claimants"] or ())])
    said = "the text itself, in its own voice" if joint == "narrator" else joint
    written = f", written “{row['claimant_text']}”" if row["claimant_text"] else ""
    return said + written + (f", quoted by {', '.join(row['relays'])}" if row["relays"] else "")


def _how_many(row: Row) -> str:
    written = f"“{row['value_text']}”: " if row["value_text"] else ""
    known = [f"{name} {row[name]:,}" for name in ("low", "best", "high") if row[name] is not None]
    return f"{written}{_meant('qualifier', row['qualifier'])} ({', '.join(known) or 'no bound'})"


def _victims(row: Row) -> str:
    more = [row[name] for name in ("demographic", "role", "nationality") if row[name]]
    return _meant("victim_class", row["victim_class"]) + (f"; {', '.join(more)}" if more else "")


def _other(claim_id: str | None, quote: str | None) -> str:
    return f"“{quote}” ({claim_id[:8]})" if claim_id else ""


def _blamed(entry: Row) -> str:
    by = f", according to {entry['asserted_by']}" if entry["asserted_by"] else ""
    return f"{entry['actor']} ({_meant('stance', entry['stance'])}{by})"


def _span(lead: str, first: Any, last: Any) -> str:
    if first is None and last is None:
        return ""
    return f"{lead} {first or 'an open start'} to {last or 'an open end'}"


def _place(row: Row) -> str:
    if not row["place_text"] and row["lat"] is None:
        return "none told"
    known = ", ".join(row[name] for name in ("place", "admin1", "country") if row[name]) or "not in the gazetteer"
    point = "" if row["lat"] is None else f", {row['lat']:.4f} {row['lon']:.4f}"
    precision = f" ({_meant('geo_precision', row['geo_precision'])})" if row["geo_precision"] else ""
    return (f"“{row['place_text']}”: " if row["place_text"] else "") + known + point + precision


def _date(row: Row) -> str:
    if not row["date_text"] and row["date_start"] is None:
        return "none told"
    first, last = row["date_start"], row["date_end"]
    day = "not to be worked out" if first is None and last is None else str(first)
    when = day if first == last else _span("", first, last).strip()
    how = "; ".join(_meant(name, row[name]) for name in ("date_precision", "date_basis") if row[name])
    return (f"“{row['date_text']}”: " if row["date_text"] else "") + when + (f" ({how})" if how else "")


@cache
def meanings() -> dict[str, str]:
    """What each rule and flag means; a name that ends in ``*`` stands for all that begin so. Raises ValueError."""
    found: dict[str, str] = {}
    for row in rows("rules.csv"):
        if row["name"] in found or not row["meaning"]:
            raise ValueError(f"rules.csv: {row['name']!r} is repeated or has no meaning")
        found[row["name"]] = row["meaning"]
    return found


def fired(row: Row) -> Iterator[tuple[str, str]]:
    """(name, meaning) of each rule and flag of the claim, in order; the meaning of an unknown one is empty."""
    for name in (*row["rules"], *(f"flag:{flag}" for flag in row["flags"])):
        yield name, meaning(name)


def meaning(name: str) -> str:
    """What the rule *name* means, empty when nothing is known of it."""
    known = meanings()
    if name in known:
        return known[name]
    family = max((key for key in known if key[-1] == "*" and name.startswith(key[:-1])), key=len, default=None)
    return known[family].format(name[len(family) - 1 :]) if family else ""
