"""What the sources that read tables share: decoding, rows of CSV and JSON, drift of columns, records that come twice.

A row of a table is a document of its own. A row that cannot be read is reported and the rows beside it load.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from schemas.records import Facts, Reading, Reject
from sources.reading import Received

DELIMITERS = ",;\t|"
LIST_KEYS = ("data", "Result", "results", "records", "rows")
"""Under which a JSON object may hold its records, where a source does not say."""
NOT_UTF8 = "is not UTF-8: the input mixes encodings; save it as UTF-8"
BUNDLE_MARK = '{"bundle": '
BATCH = 1000
"""Records in one `Reading`."""
FIELD_LIMIT = 10_000_000
"""Characters of one CSV field. A longer one is an unclosed quote, not a value."""

_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
# A byte that is no UTF-8 becomes one under "surrogateescape"; JSON may hold half of a pair as an escape.
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


class UnreadableError(ValueError):
    """The input as a whole cannot be read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record as received: ``number`` is its line in a CSV file (the header is line 1) or its place in a JSON
    list."""

    number: int
    values: dict[str, Any]


@dataclass(slots=True)
class Issues:
    """Collects what did not pass, for one record or one input."""

    source: str
    schema: str
    record: dict[str, Any] | None = None
    found: list[Reject] = field(default_factory=list)

    def take(self) -> tuple[Reject, ...]:
        """What was found since the last call."""
        found, self.found = tuple(self.found), []
        return found

    def add(self, check: str, *, column: str | None = None, value: Any = None, stage: str = "validate") -> None:
        """Note one violation; ``check`` says in words what was violated."""
        case = None if value is None else value if isinstance(value, str) else _encode(value)
        self.found.append(Reject(self.source, stage, check, self.schema, column, case, self.record))


def flat(record: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The fields of ``record`` with nested objects taken apart: {"verified": {"killed": 6}} has ``verified.killed``."""
    out: dict[str, Any] = {}
    for key, value in record.items():
        out.update(flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value})
    return out


def check_head(received: Received) -> None:
    """Raise `UnreadableError` for an empty or binary input and for an HTML page sent instead of data."""
    head = received.head()
    if not head.strip():
        raise UnreadableError(f"{received.name} is empty")
    text = head.decode(_encoding(head), errors="replace")
    if "\x00" in text:
        raise UnreadableError(f"{received.name} is binary, not a table or JSON")
    if _HTML.match(text):
        title = _TITLE.search(text)
        said = f" titled {' '.join(title.group(1).split())!r}" if title else ""
        raise UnreadableError(
            f"{received.name} is an HTML page{said}, not data: an error or a sign-in page was saved instead"
        )


def _encoding(head: bytes) -> str:
    return "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"


def read_rows(
    received: Received, known: Iterable[str], list_keys: Sequence[str], issues: Issues, required: Sequence[str] = ()
) -> Iterator[Row]:
    """The rows of a CSV file, of a JSON list, of an object that holds one under a key of ``list_keys``, or of a bundle.

    ``known`` are the columns to expect: they tell the delimiter. CSV and bundles are read as a stream. Raises
    `UnreadableError`, also when the header of a CSV file lacks one of ``required``; broken rows go to ``issues``.
    """
    check_head(received)
    start = received.head(64).decode(_encoding(received.head(4)), errors="replace").lstrip()
    # A byte that is no UTF-8 becomes a surrogate, so that only its row is lost.
    stream = io.TextIOWrapper(
        received.open(), encoding=_encoding(received.head(4)), errors="surrogateescape", newline=""
    )
    with stream:
        if start.startswith(BUNDLE_MARK):
            for number, line in enumerate(stream):
                if number:
                    yield from _json_rows(line, f"{received.name}, page {number}", list_keys, issues)
        elif start[:1] in ("{", "["):
            yield from _json_rows(stream.read(), received.name, list_keys, issues)
        else:
            yield from _csv_rows(stream, received.name, frozenset(known), issues, required)


def bundle_header(received: Received) -> dict[str, Any]:
    """What the first line of a bundle of API pages says (`sources.paging`); empty for anything else."""
    first = received.head().split(b"\n", 1)[0]
    if not first.decode("utf-8", errors="replace").startswith(BUNDLE_MARK):
        return {}
    header: dict[str, Any] = json.loads(first)
    return header


def _json_rows(text: str, what: str, list_keys: Sequence[str], issues: Issues) -> Iterator[Row]:
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"{what} is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno} "
            f"of {text.count(chr(10)) + 1} lines; it may be truncated: fetch it again"
        ) from error
    found = (
        body if isinstance(body, list) else next((body[k] for k in list_keys if isinstance(body.get(k), list)), None)
    )
    if found is None:
        raise UnreadableError(f"{what} holds no list of records under {' or '.join(list_keys)}: {text[:200]}")
    suspect = _SURROGATE.search(text) or _ESCAPED_SURROGATE.search(text)
    for number, record in enumerate(found, start=1):
        if isinstance(record, dict):
            row = Row(number, record)
            if not suspect or _is_clean(row, issues):
                yield row
        else:
            issues.add(f"record {number} is not an object", value=record, stage="read")


def _is_clean(row: Row, issues: Issues) -> bool:
    shown = json.dumps(row.values, ensure_ascii=False)
    if not _SURROGATE.search(shown):
        return True
    issues.add(f"record {row.number} {NOT_UTF8}", value=_SURROGATE.sub("\ufffd", shown)[:500], stage="read")
    return False


def _csv_rows(
    stream: TextIO, what: str, known: frozenset[str], issues: Issues, required: Sequence[str]
) -> Iterator[Row]:
    csv.field_size_limit(FIELD_LIMIT)
    first = stream.readline()
    delimiter = _delimiter(first, known)
    header = [sys.intern(name.strip()) for name in next(csv.reader([first], delimiter=delimiter), [])]
    reader = csv.reader(stream, delimiter=delimiter)
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        raise UnreadableError(f"{what} has the column {doubled[0]!r} twice: rename one")
    check_required(header, required, what)
    width = len(header)
    while True:
        line = reader.line_num + 2
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            issues.add(f"line {line} is no CSV: {error}", stage="read")
            continue
        if not any(cells):
            continue
        if len(cells) != width:
            issues.add(_wrong_width(line, reader.line_num + 1, len(cells), width), value=_shown(cells), stage="read")
        elif any(_SURROGATE.search(cell) for cell in cells if not cell.isascii()):
            issues.add(f"line {line} {NOT_UTF8}", value=_shown(cells), stage="read")
        else:
            # Names of countries, sides and codes repeat in every row: interned, they are kept once.
            yield Row(line, {name: sys.intern(cell) for name, cell in zip(header, cells, strict=True)})


def _delimiter(first: str, known: frozenset[str]) -> str:
    """The delimiter that splits the first line into the most expected columns; the comma when none does."""

    def hits(delimiter: str) -> int:
        cells = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
        return len(known.intersection(cells)) if known else len(cells)

    return max(DELIMITERS, key=hits)


def _wrong_width(first: int, last: int, cells: int, width: int) -> str:
    where = f"line {first}" if first >= last else f"lines {first} to {last}"
    why = (
        "the file is cut off or a quote is not closed" if cells < width else "a delimiter inside a field is not quoted"
    )
    return f"{where}: {cells} fields where the header has {width}; {why}"


def _shown(cells: Sequence[str]) -> str:
    return _SURROGATE.sub("\ufffd", " | ".join(cells))[:500]


def check_required(present: Collection[str], required: Sequence[str], what: str) -> None:
    """Raise `UnreadableError` when a column is not there without which no record can be read."""
    for name in required:
        if name not in present:
            there = ", ".join(present)[:300]
            raise UnreadableError(f"{what} has no column {name!r}{_renamed(name, present)}; its columns are {there}")


def check_columns(seen: Iterable[str], known: Sequence[str], issues: Issues) -> None:
    """Report by name every column that is new, missing or seems renamed (stage warn: the rows load).

    In JSON a record may leave a field out, so ``seen`` are the fields of all records.
    """
    present = list(seen)
    if not present:
        return
    new = [name for name in present if name not in known]
    for name in known:
        if name not in present:
            issues.add(f"the column {name!r} is missing{_renamed(name, new)}", column=name, stage="warn")
    for name in new:
        issues.add(f"the column {name!r} is new: kept in the record, read by nothing", column=name, stage="warn")


def _renamed(name: str, candidates: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(candidates), n=1, cutoff=0.7)
    return f"; perhaps renamed to {close[0]!r}" if close else ""


@dataclass(slots=True)
class Seen:
    """Finds records that come twice: the same again is skipped, a different one with the same id is quarantined."""

    first: dict[str, tuple[int, str]] = field(default_factory=dict)

    def repeated(self, facts: Facts, number: int, issues: Issues) -> bool:
        """True when this record is not to be loaded because its id came before in the same input."""
        name = facts.document.document_name
        earlier = self.first.setdefault(name, (number, facts.document.document_id))
        if earlier == (number, facts.document.document_id):
            return False
        if earlier[1] != facts.document.document_id:
            issues.add(
                f"record {number} has the id of record {earlier[0]} and other values; the first is kept", value=name
            )
        else:
            issues.add(f"record {number} repeats record {earlier[0]}", value=name, stage="warn")
        return True


def read_batches(
    received: Received,
    columns: Sequence[str],
    required: Sequence[str],
    list_keys: Sequence[str],
    make: Callable[[Row], Facts | None],
    issues: Issues,
    optional: Collection[str] = (),
) -> Iterator[Reading]:
    """Read the records of an input by ``make``, in batches of `BATCH`; at least one `Reading`.

    ``columns`` are expected, ``required`` indispensable, ``optional`` known and not missed. A record that came before
    in the same input is left out. What breaks off in the middle keeps the batches before it and ends with ``failed``.
    """
    facts: list[Facts] = []
    seen, present, failed = Seen(), dict[str, None](), None
    try:
        for row in read_rows(received, columns, list_keys, issues, required):
            if not present:
                check_required(flat(row.values), required, received.name)
            if row.values.keys() - present.keys() or any(isinstance(value, dict) for value in row.values.values()):
                present |= dict.fromkeys(flat(row.values))
            found = make(row)
            if found is not None and not seen.repeated(found, row.number, issues):
                facts.append(found)
            if len(facts) == BATCH:
                yield Reading(tuple(facts), issues.take())
                facts = []
        check_columns([name for name in present if name not in optional], columns, issues)
    except UnicodeDecodeError as error:
        failed = f"{received.name} breaks off in the middle of a character: {error.reason}"  # UTF-16 only
        issues.add(failed, stage="read")
    except UnreadableError as error:
        failed = str(error)
        issues.add(failed, stage="read")
    yield Reading(tuple(facts), issues.take(), failed)
