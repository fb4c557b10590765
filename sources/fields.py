"""The fields of one record: its text with the place of every field, its figures, dates, coordinates and codes.

The text of a record is its JSON with the columns in a fixed order (the source's own order first, then whatever is new,
sorted), so that the same record gives the same text whatever the order of the columns in the file, and a claim can
quote the field that it came from.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from schemas.records import Document
from sources.reading import Received
from sources.table import Issues

_WHOLE = re.compile(r"[0-9]+(?:\.0+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
_encode_text = json.encoder.encode_basestring  # what the line above does to a string, without the way there

Span = tuple[int, int, int, int, int]
"""Where a field stands in a record's text, in code points: its place among the fields, start and end of ``"key":
value``, start and end of the value without its quotes. A plain tuple: a record has fifty of them."""


@dataclass(frozen=True, slots=True)
class RecordText:
    """A record as JSON text, with the place of every field. Fields of nested objects are named ``outer.inner``."""

    text: str
    spans: dict[str, Span]

    def quote(self, column: str, *others: str) -> tuple[str, int, int]:
        """The slice that holds ``column``, with ``others`` too where they stand beside it: (quote, start, end)."""
        spans = [self.spans[name] for name in (column, *others) if name in self.spans]
        places = {span[0] for span in spans}
        if max(places) - min(places) >= len(places):
            spans = spans[:1]
        start, end = min(span[1] for span in spans), max(span[2] for span in spans)
        return self.text[start:end], start, end

    def value(self, column: str) -> tuple[str, int, int]:
        """The value of ``column`` as written: (value_text, value_start, value_end)."""
        _, _, _, start, end = self.spans[column]
        return self.text[start:end], start, end

    def anchor(self, column: str, *others: str) -> dict[str, Any]:
        """The fields of a `Claim` that tie it to its place: quote and value_text with their offsets."""
        quote, quote_start, quote_end = self.quote(column, *others)
        value_text, value_start, value_end = self.value(column)
        return {
            "quote": quote,
            "quote_start": quote_start,
            "quote_end": quote_end,
            "value_text": value_text,
            "value_start": value_start,
            "value_end": value_end,
        }


def record_text(record: Mapping[str, Any], order: Sequence[str] = ()) -> RecordText:
    """Write ``record`` as JSON, the columns of ``order`` first, then the others sorted, and note where each stands."""
    pieces: list[str] = []
    spans: dict[str, Span] = {}
    _write(record, order, "", 0, pieces, spans)
    return RecordText("".join(pieces), spans)


def _write(
    record: Mapping[str, Any], order: Sequence[str], prefix: str, at: int, pieces: list[str], spans: dict[str, Span]
) -> int:
    known = [key for key in order if key in record]
    rest = sorted(record.keys() - set(known)) if len(known) < len(record) else []
    pieces.append("{")
    at += 1
    for place, key in enumerate((*known, *rest)):
        start = at + (2 if place else 0)
        head = f"{', ' if place else ''}{_encode_text(key)}: "
        pieces.append(head)
        at += len(head)
        value = record[key]
        if isinstance(value, dict):
            at = _write(value, (), f"{prefix}{key}.", at, pieces, spans)
            continue
        quoted = isinstance(value, str)
        written = _encode_text(value) if quoted else _encode(value)
        pieces.append(written)
        end = at + len(written)
        spans[prefix + key] = (len(spans), start, end, at + quoted, end - quoted)
        at = end
    pieces.append("}")
    return at + 1


def figure(value: Any, column: str, issues: Issues) -> int | None:
    """A count of people: a whole number from 0, or None where the field is empty. Anything else is reported."""
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, float) and value >= 0 and value.is_integer():
        return int(value)
    if isinstance(value, str):
        written = value.strip()
        if not written:
            return None
        if _WHOLE.fullmatch(written):
            return int(written.split(".")[0])
        if _GROUPED.fullmatch(written):
            return int(written.replace(",", ""))
    issues.add("not a whole number of people", column=column, value=value)
    return None


def degrees(value: Any, column: str, limit: float, issues: Issues) -> float | None:
    """A WGS 84 coordinate between -limit and limit, or None. Anything else is reported."""
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if -limit <= number <= limit:
        return number
    issues.add(f"not a coordinate between -{limit:g} and {limit:g}", column=column, value=value)
    return None


def day(value: Any, column: str, formats: Sequence[str], issues: Issues) -> date | None:
    """A date in ISO form (a time after it is dropped) or in one of ``formats`` (strptime), or None. Else reported."""
    if value is None or value == "":
        return None
    found = parse_day(str(value).strip(), tuple(formats))
    if found is None:
        issues.add(
            "not a date" + (f" in the form {' or '.join(formats)}" if formats else ""), column=column, value=value
        )
    return found


@cache
def _table_rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def data_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a knowledge table in ``sources/data``."""
    return _table_rows(Path(__file__).with_name("data") / name)


@cache
def code_table(name: str, column: str) -> dict[str, str]:
    """The values of the codes of ``column`` in a table with the columns column, code, value, meaning."""
    return {row["code"]: row["value"] for row in data_table(name) if row["column"] == column}


def coded(value: Any, column: str, table: Mapping[str, str], issues: Issues) -> str | None:
    """What a code stands for; None where the field is empty. A code that the table does not know is reported."""
    if value is None or value == "":
        return None
    found = table.get(str(value).strip())
    if found is None:
        issues.add(f"unknown value of {column}: not one of {', '.join(table)[:300]}", column=column, value=value)
    return found


@lru_cache(maxsize=50_000)
def parse_day(text: str, formats: tuple[str, ...]) -> date | None:
    """One date text, cached: tables repeat their days."""
    try:
        return date.fromisoformat(text[:10]) if not formats or text[4:5] == "-" else _by_format(text, formats)
    except ValueError:
        return _by_format(text, formats)


def _by_format(text: str, formats: tuple[str, ...]) -> date | None:
    for form in formats:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def record_document(
    rt: RecordText,
    record: dict[str, Any],
    source: str,
    native_id: str,
    received: Received,
    **fields: Any,
) -> Document:
    """The document of one record, named ``SOURCE:NATIVE_ID``; ``fields`` are further fields of `Document`."""
    name = f"{source}:{native_id}"
    return Document(
        document_id=hashlib.sha256(rt.text.encode()).hexdigest(),
        document_name=name,
        source=source,
        doc_type="dataset_row",
        text=rt.text,
        version_key=name,
        snapshot_id=received.snapshot_id,
        url=received.url,
        received_at=received.received_at,
        locator=native_id,
        record=record,
        **fields,
    )
