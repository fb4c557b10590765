"""Mapping files: TOML that says which columns of a table hold what. Loading and checking them.

Every error names the file and the key. Where a field takes a *pick* it is a constant (``country = "IRQ"``), or a column
(``country = {column = "Country"}``), with ``values`` (a closed list: an unknown value is quarantined) or ``contains``
(words looked for in free text, the first that is found counts).
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from schemas.enums import values as enum_values
from sources.expectations import Expectations
from sources.fields import coded
from sources.table import Issues

SHIPPED = Path(__file__).parents[1] / "mappings"


class MappingError(ValueError):
    """A mapping file that cannot be used; the text names the file, the key and what to do."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A constant, or a value looked up in a column."""

    constant: str | None = None
    column: str | None = None
    values: Mapping[str, str] | None = None
    contains: Mapping[str, str] | None = None

    def of(self, record: Mapping[str, Any], issues: Issues) -> str | None:
        """The value for one record; an unknown value of a closed list is reported."""
        if self.column is None:
            return self.constant
        written = "" if record.get(self.column) is None else str(record[self.column]).strip()
        if self.values is not None:
            return coded(written, self.column, self.values, issues) or None
        if self.contains is not None:
            return next((found for word, found in self.contains.items() if word in written.lower()), None)
        return written or None


@dataclass(frozen=True, slots=True)
class Figure:
    """One count: the columns of its bounds and what it counts."""

    low: str | None
    best: str | None
    high: str | None
    harm: str
    victim_class: str
    scope: str
    name: str | None
    part_of: str | None
    demographic: str | None
    role: str | None
    unless: Mapping[str, str]
    """Column and value of records whose figure is nobody's: carried over from an earlier day, or an estimate."""

    def given(self, record: Mapping[str, Any]) -> bool:
        """Whether ``record`` is one that gives this figure."""
        return not any(str(record.get(column)).strip() == value for column, value in self.unless.items())

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, the lowest bound first."""
        return tuple(c for c in (self.low, self.best, self.high) if c)


@dataclass(frozen=True, slots=True)
class Blamed:
    """Who is blamed in every claim of a record."""

    actor: Pick
    stance: str


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A mapping file as read; the shipped files show every key."""

    name: str
    title: str
    claimant: Pick
    licence: str | None
    redistributable: bool
    list_key: str | None
    id_columns: tuple[str, ...]
    date_start: str | None
    date_end: str | None
    date_formats: tuple[str, ...]
    date_precision: str
    period_start: date | None
    period_hours: str | None
    published: bool
    place: Pick
    place_context: tuple[str, ...]
    admin1: Pick
    country: Pick
    lat: str | None
    lon: str | None
    geo_precision: Pick
    weapon: Pick
    figures: tuple[Figure, ...]
    perpetrators: tuple[Blamed, ...]
    incident: bool
    ignore: tuple[str, ...]
    recognise: tuple[str, ...]
    """Columns that tell a table of this kind from others."""
    expects: Expectations

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the file names, to be read or ignored, in the order of the file."""
        picks = (self.claimant, self.place, self.admin1, self.country, self.geo_precision, self.weapon)
        named = [
            *self.id_columns,
            self.date_start,
            self.date_end,
            *(pick.column for pick in picks),
            *self.place_context,
        ]
        named += [self.lat, self.lon, self.period_hours]
        named += [column for figure in self.figures for column in (*figure.columns, *figure.unless)]
        named += [blamed.actor.column for blamed in self.perpetrators]
        return tuple(dict.fromkeys(name for name in (*named, *self.ignore) if name))


def shipped() -> dict[str, Path]:
    """The mapping files that come with the package, by name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def load(path: Path) -> TableMapping:
    """Read and check a mapping file, or a shipped one by its name. Raises `MappingError`."""
    return parse_text(_text(path), path.name)


def text_of(name: str) -> str:
    """The text of a mapping file that passes its checks, or of a shipped one by its name. Raises `MappingError`."""
    load(Path(name))
    return _text(Path(name))


def _text(path: Path) -> str:
    path = shipped().get(str(path), path)
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        names = ", ".join(shipped())
        raise MappingError(f"{path}: there is no such mapping file; shipped ones are {names}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"{path}: cannot be read: {error}") from error


def parse_text(text: str, file: str) -> TableMapping:
    """Read and check the text of a mapping file; ``file`` names it in errors. Raises `MappingError`."""
    try:
        body = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{file}: is not TOML: {error}") from error
    return parse(body, file)


class _Section:
    """One table of the file: takes keys out of it with their checks, and complains about what is left."""

    def __init__(self, body: Any, where: str, file: str) -> None:
        self.where, self.file = where, file
        if not isinstance(body, dict):
            raise self.error("", "has to be a table")
        self.body = dict(body)
        self.asked: list[str] = []

    def error(self, key: str, said: str) -> MappingError:
        place = ".".join(part for part in (self.where, key) if part)
        return MappingError(f"{self.file}: {place}: {said}")

    def take(self, key: str, kind: type, default: Any = None) -> Any:
        self.asked.append(key)
        value = self.body.pop(key, default)
        if value is not default and not isinstance(value, kind):
            raise self.error(key, f"{value!r} has to be a {_KINDS[kind]}")
        return value

    def required(self, key: str, kind: type) -> Any:
        value = self.take(key, kind)
        if value is None:
            raise self.error(key, "is missing")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.body.get(key)
        if isinstance(value, str):
            self.body[key] = [value]
        found = self.take(key, list, [])
        if not all(isinstance(item, str) for item in found):
            raise self.error(key, "has to be a list of texts")
        return tuple(found)

    def choice(self, key: str, enum: str, default: str | None = None) -> str | None:
        value: str | None = self.take(key, str, default)
        self.allow(key, enum, [] if value is None else [value])
        return value

    def allow(self, key: str, enum: str, found: Sequence[str]) -> None:
        for value in found:
            if value and value not in enum_values(enum):
                raise self.error(key, f"{value!r} is not one of {', '.join(enum_values(enum))}")

    def pick(self, key: str, enum: str | None = None) -> Pick:
        if not isinstance(self.body.get(key), dict):
            pick = Pick(constant=self.take(key, str))
        else:
            inner = self.section(key)
            pick = Pick(None, inner.required("column", str), inner.take("values", dict), inner.take("contains", dict))
            inner.done()
        if enum:
            tables = (pick.values or {}, pick.contains or {})
            self.allow(key, enum, [pick.constant or "", *(value for table in tables for value in table.values())])
        return pick

    def section(self, key: str) -> _Section:
        return _Section(self.take(key, dict, {}), ".".join(p for p in (self.where, key) if p), self.file)

    def sections(self, key: str) -> list[_Section]:
        return [_Section(item, f"{key}[{n}]", self.file) for n, item in enumerate(self.take(key, list, []), start=1)]

    def done(self) -> None:
        for key in self.body:
            close = difflib.get_close_matches(key, self.asked, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known keys are {', '.join(sorted(self.asked))}"
            raise self.error(key, f"is not a key of a mapping here; {hint}")


_KINDS = {str: "text", list: "list", dict: "table", bool: "true or false", date: "date", int: "whole number"}


def parse(body: Mapping[str, Any], file: str) -> TableMapping:
    """Check the content of a mapping file; ``file`` names it in errors. Raises `MappingError`."""
    top = _Section(body, "", file)
    when, place, expects = top.section("date"), top.section("place"), top.section("expects")
    mapping = TableMapping(
        name=top.required("name", str),
        title=top.take("title", str, "") or "",
        claimant=top.pick("claimant"),
        licence=top.take("licence", str),
        redistributable=top.take("redistributable", bool, False),
        list_key=top.take("list", str),
        id_columns=top.texts("id"),
        date_start=when.take("start", str),
        date_end=when.take("end", str),
        date_formats=when.texts("formats"),
        date_precision=when.choice("precision", "date_precision", "day") or "day",
        period_start=when.take("period_start", date),
        period_hours=when.take("period_hours", str),
        published=when.take("published", bool, False),
        place=place.pick("text"),
        place_context=place.texts("context"),
        admin1=place.pick("admin1"),
        country=place.pick("country"),
        lat=place.take("lat", str),
        lon=place.take("lon", str),
        geo_precision=place.pick("precision", "geo_precision"),
        weapon=top.pick("weapon", "weapon"),
        figures=tuple(_figure(section) for section in top.sections("figures")),
        perpetrators=tuple(_blamed(section) for section in top.sections("perpetrators")),
        incident=top.take("incident", bool, True),
        ignore=top.texts("ignore"),
        recognise=top.texts("recognise"),
        expects=_expectations(expects),
    )
    for section in (when, place, expects, top):
        section.done()
    _check(mapping, top)
    return mapping


def _figure(section: _Section) -> Figure:
    figure = Figure(
        low=section.take("low", str),
        best=section.take("best", str),
        high=section.take("high", str),
        harm=section.choice("harm", "harm") or "",
        victim_class=section.choice("victim_class", "victim_class", "unknown") or "unknown",
        scope=section.choice("scope", "scope", "incident") or "incident",
        name=section.take("name", str),
        part_of=section.take("part_of", str),
        demographic=section.choice("demographic", "demographic"),
        role=section.take("role", str),
        unless=section.take("unless", dict, {}),
    )
    section.done()
    if not figure.harm:
        raise section.error("harm", "is missing: one of " + ", ".join(enum_values("harm")))
    if not all(isinstance(value, str) for value in figure.unless.values()):
        raise section.error("unless", "has to be a column with the value of the records left out")
    if not figure.columns:
        raise section.error("", "names no column: give low, best or high")
    return figure


def _blamed(section: _Section) -> Blamed:
    blamed = Blamed(section.pick("actor"), section.choice("stance", "stance", "alleged") or "alleged")
    section.done()
    return blamed


def _expectations(section: _Section) -> Expectations:
    shares = section.take("shares", dict, {})
    for name, share in shares.items():
        if (
            name not in ("figure", "date", "place", "point")
            or not isinstance(share, (int, float))
            or not 0 <= share <= 1
        ):
            raise section.error(f"shares.{name}", "has to be figure, date, place or point with a share from 0 to 1")
    return Expectations(
        section.take("records_at_least", int, 1), section.take("records_at_most", int, 10_000_000), shares
    )


def _check(mapping: TableMapping, top: _Section) -> None:
    """What no single key shows."""
    if mapping.claimant == Pick():
        raise top.error("claimant", "is missing: who asserts these figures?")
    if not mapping.figures:
        raise top.error("figures", "is missing: at least one [[figures]] with low, best or high")
    if not mapping.name.isidentifier():
        raise top.error("name", f"{mapping.name!r} has to be a short name of letters, digits and underscores")
    for number, figure in enumerate(mapping.figures, start=1):
        if figure.part_of and figure.part_of not in [earlier.name for earlier in mapping.figures[: number - 1]]:
            raise top.error(f"figures[{number}].part_of", f"{figure.part_of!r} is not the name of an earlier figure")
        if figure.scope in ("period", "cumulative") and not mapping.date_start:
            raise top.error("date.start", f"is missing: figures[{number}] has the scope {figure.scope}")
    if (mapping.lat is None) != (mapping.lon is None):
        raise top.error("place", "lat and lon come together")
