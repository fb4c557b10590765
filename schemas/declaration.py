"""The declaration of the warehouse: columns (``columns.toml``) and tables (``tables.toml``).

A column is declared once, with type, meaning, unit and checks; a table or view is a list of column names with a key
and a
meaning. Models, DDL, comments and the data dictionary are all made from here. Checks over several columns are SQL
conditions in the common part of DuckDB's and polars' SQL, so that one text serves both; a condition that is NULL
passes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.enums import values


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it stands in a table. ``type`` is a DuckDB type."""

    name: str
    type: str
    meaning: str
    unit: str | None = None
    enum: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    """A regular expression that the whole value matches."""
    stamp: bool = False
    """True when it tells of the load and not of the world: a difference in it alone is no change."""
    required: bool = False

    @property
    def allowed(self) -> tuple[str, ...]:
        """The allowed values; empty where any value is."""
        return values(self.enum) if self.enum else ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view of the warehouse, ``name`` with its schema (``core.claim``)."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    view: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column called *name*. Raises KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


def _toml(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("schemas").joinpath(name).read_text(encoding="utf-8"))


def _table(name: str, raw: dict[str, Any], declared: dict[str, dict[str, Any]]) -> Table:
    """A table from its TOML; ``"link_reason as reason"`` puts the declared column in under another name."""
    required = set(raw.get("required", ())) | set(raw.get("key", ()))
    columns = []
    for entry in raw["columns"]:
        source, _, alias = entry.partition(" as ")
        column_name = alias or source
        columns.append(Column(name=column_name, required=column_name in required, **declared[source]))
    table = Table(
        name,
        raw["meaning"],
        tuple(columns),
        tuple(raw.get("key", ())),
        tuple(raw.get("checks", ())),
        raw.get("view", False),
    )
    if len(set(table.names)) != len(columns) or not required <= set(table.names):
        raise ValueError(f"tables.toml, {name}: a column is listed twice, or key/required names one that is not listed")
    return table


@cache
def tables() -> dict[str, Table]:
    """Every declared table and view by full name, in the order of ``tables.toml``."""
    declared = _toml("columns.toml")
    return {name: _table(name, raw, declared) for name, raw in _toml("tables.toml").items()}


def unused_columns() -> set[str]:
    """Columns that are declared and stand in no table (a test wants none)."""
    listed = {entry.partition(" as ")[0] for raw in _toml("tables.toml").values() for entry in raw["columns"]}
    return set(_toml("columns.toml")) - listed
