"""A first mapping file for a table that nobody has described yet: guesses from the names and values of its columns.

The proposal loads as it is; what could not be guessed is left as a comment to fill in. Every column of the table is
named: read, or listed under ``ignore``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from sources.fields import data_table, parse_day
from sources.reading import Received
from sources.table import LIST_KEYS, Issues, Row, flat, read_rows

SAMPLE = 200
"""Records looked at."""
DATE_FORMATS = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%d-%b-%y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%Y%m%d",
)

_LOW = re.compile(r"\b(min|minimum|low|lowest|lower|from)\b")
_HIGH = re.compile(r"\b(max|maximum|high|highest|upper|to)\b")
_ID = re.compile(r"\b(id|code|ref|reference|number|key)\b")
_CUMULATIVE = re.compile(r"\b(cum|cumulative|cumul)\b")


def propose(received: Received) -> str:
    """Write a mapping file for a table (CSV or JSON), as TOML text. Raises `UnreadableError`."""
    rows = list(islice(read_rows(received, (), LIST_KEYS, Issues("mapping", "mapping.proposal")), SAMPLE))
    sample = [flat(row.values) for row in rows]
    columns = {name: [_written(record.get(name)) for record in sample] for name in _names(rows)}
    return _Proposal(Path(received.name), columns).text()


def _names(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in flat(row.values)))


def _written(value: object) -> str:
    return "" if value is None else str(value).strip()


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9?]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()).strip()


class _Proposal:
    """Takes columns one kind after the other; what nobody takes is ignored in the proposed file."""

    def __init__(self, path: Path, columns: dict[str, list[str]]) -> None:
        self.path = path
        self.columns = columns
        self.free = list(columns)

    def take(self, fits: Callable[[str], bool]) -> str | None:
        found = next((name for name in self.free if fits(name)), None)
        if found is not None:
            self.free.remove(found)
        return found

    def named(self, pattern: str) -> str | None:
        return self.take(lambda name: re.search(rf"\b({pattern})\b", _words(name)) is not None)

    def text(self) -> str:
        ident = self.take(self._is_id)
        dates = self._dates()
        figures = self._figures()
        lat, lon = self.named("lat|latitude"), self.named("lon|lng|long|longitude")
        country = self.take(lambda name: _words(name) in ("iso3", "country code"))
        place = self.named("location|place|town|city|village|site|where coordinates")
        context = [
            name
            for p in ("district|admin2|adm 2", "province|governorate|admin1|adm 1|region", "country")
            if (name := self.named(p))
        ]
        name = re.sub(r"\W+", "_", self.path.stem.lower()).strip("_")
        lines = [
            f"# Proposed from {self.path.name}: check every line, then fill in what is marked.",
            f"name = {_toml(name if name.isidentifier() else 'table_' + name)}",
            f"title = {_toml(self.path.stem)}",
            'claimant = "unknown"  # fill in: who asserts these figures',
            '# licence = "..."  # fill in: under which terms the table may be used',
            "redistributable = false",
            f"id = {_toml([ident])}"
            if ident
            else "# id = [...]  # no unique column found: the number of the row is the id",
            f"ignore = {_toml(self.free)}",
            "",
            *dates,
            "[place]",
            *([f"text = {{ column = {_toml(place)} }}"] if place else ['# text = { column = "..." }']),
            *([f"context = {_toml(context)}"] if context else []),
            *(
                [f"country = {{ column = {_toml(country)} }}"]
                if country
                else ['# country = "..."  # ISO 3166-1 alpha-3']
            ),
            *([f"lat = {_toml(lat)}", f"lon = {_toml(lon)}"] if lat and lon else []),
            *figures,
        ]
        return "\n".join(lines) + "\n"

    def _is_id(self, name: str) -> bool:
        values = self.columns[name]
        unique = all(values) and len(set(values)) == len(values)
        return unique and _ID.search(_words(name)) is not None

    def _dates(self) -> list[str]:
        found = [name for name in self.free if "date" in _words(name).split() or _words(name) in ("day", "when")]
        start = next((name for name in found if re.search(r"\b(end|until|to)\b", _words(name)) is None), None)
        if start is None:
            return ["[date]", '# start = "..."', ""]
        end = next((n for n in found if n != start and re.search(r"\b(end|until|to)\b", _words(n))), None)
        for name in filter(None, (start, end)):
            self.free.remove(name)
        form = self._date_format(start)
        return [
            "[date]",
            f"start = {_toml(start)}",
            *([f"end = {_toml(end)}"] if end else []),
            *([f"formats = {_toml([form])}  # check the order of day and month"] if form else []),
            "",
        ]

    def _date_format(self, column: str) -> str | None:
        """The format that reads the most values; None where they are ISO dates."""
        values = [value for value in self.columns[column] if value]
        if sum(parse_day(value, ()) is not None for value in values) * 2 > len(values):
            return None
        return max(DATE_FORMATS, key=lambda form: sum(parse_day(value, (form,)) is not None for value in values))

    def _figures(self) -> list[str]:
        """A figure for every column that counts people, minimum and maximum of the same words in one."""
        lines: list[str] = []
        groups: dict[str, dict[str, str]] = {}
        for name in self.free:
            words = _words(name)
            if self._kind(words, "harm") and self._is_count(name):
                bound = "low" if _LOW.search(words) else "high" if _HIGH.search(words) else "best"
                key = " ".join(_HIGH.sub("", _LOW.sub("", words)).split())
                groups.setdefault(key, {}).setdefault(bound, name)
        for words, bounds in groups.items():
            lines += ["", "[[figures]]", *(f"{bound} = {_toml(name)}" for bound, name in bounds.items())]
            lines += [f"harm = {_toml(self._kind(words, 'harm'))}"]
            lines += [
                f"{kind} = {_toml(v)}" for kind in ("victim_class", "demographic") if (v := self._kind(words, kind))
            ]
            lines += ['scope = "cumulative"'] if _CUMULATIVE.search(words) else []
            self.free = [name for name in self.free if name not in bounds.values()]
        return lines or ["", "# [[figures]]", '# low = "..."', '# high = "..."', '# harm = "killed"']

    def _kind(self, words: str, field: str) -> str | None:
        rows = [row for row in data_table("mapping_words.csv") if row["field"] == field]
        return next((row["value"] for row in rows if re.search(rf"\b{row['word']}", words)), None)

    def _is_count(self, name: str) -> bool:
        values = [value for value in self.columns[name] if value]
        return not values or sum(re.fullmatch(r"[0-9][0-9,]*(\.0+)?", value) is not None for value in values) * 2 > len(
            values
        )


def _toml(value: object) -> str:
    """A text or a list of texts as TOML: its basic strings are JSON strings."""
    return json.dumps(value, ensure_ascii=False)
