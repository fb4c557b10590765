"""pandera models (polars backend) made from the declaration, and row-wise sorting out of what they refuse.

Frames are eager: on a LazyFrame pandera skips data checks silently. Models are strict and never coerce.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from schemas.declaration import Column, Table, tables

SCALARS: dict[str, Any] = {
    "VARCHAR": pl.String,
    "JSON": pl.String,
    "BIGINT": pl.Int64,
    "INTEGER": pl.Int32,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
    "DATE": pl.Date,
    "TIMESTAMP": pl.Datetime("us"),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """One value that a check refused: ``row`` counts the rows of the frame from 0."""

    row: int
    column: str | None
    check: str
    value: str | None


def polars_type(sql_type: str) -> Any:
    """The polars type of a declared type. Raises KeyError for a type that is not used yet."""
    if sql_type.endswith("[]"):
        return pl.List(polars_type(sql_type[:-2]))
    fields = re.fullmatch(r"STRUCT\((.*)\)", sql_type)
    if fields:
        pairs = [part.strip().split(" ", 1) for part in fields.group(1).split(",")]
        return pl.Struct({name: polars_type(kind) for name, kind in pairs})
    return SCALARS[sql_type]


def _column(column: Column) -> pa.Column:
    checks = []
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum, error=f"at least {column.minimum:g}"))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum, error=f"at most {column.maximum:g}"))
    if column.allowed:
        checks.append(pa.Check.isin(list(column.allowed), error=f"one of: {', '.join(column.allowed)}"))
    if column.pattern:
        checks.append(pa.Check.str_matches(f"^(?:{column.pattern})$", error=f"matches {column.pattern}"))
    return pa.Column(polars_type(column.type), checks, nullable=not column.required)


def _condition(sql: str) -> pa.Check:
    expression = pl.sql_expr(sql).alias("check")
    return pa.Check(lambda data: data.lazyframe.select(expression), error=sql)


@cache
def model(name: str) -> pa.DataFrameSchema:
    """The pandera model of the declared table *name*. Raises KeyError when it is not declared."""
    table = tables()[name]
    columns = {column.name: _column(column) for column in table.columns}
    return pa.DataFrameSchema(
        columns, checks=[_condition(sql) for sql in table.checks], strict=True, coerce=False, name=name
    )


def _series(column: Column, values: Sequence[object]) -> tuple[pl.Series, list[tuple[int, str]]]:
    """The values as a typed series; what does not fit the type becomes NULL and is told with its row."""
    kind = polars_type(column.type)
    try:
        return pl.Series(column.name, values, dtype=kind, strict=True), []
    except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError):
        pass
    kept: list[object] = []
    misfits: list[tuple[int, str]] = []
    for row, value in enumerate(values):
        try:
            pl.Series(column.name, [value], dtype=kind, strict=True)
            kept.append(value)
        except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError):
            kept.append(None)
            misfits.append((row, ascii(value)))
    return pl.Series(column.name, kept, dtype=kind, strict=True), misfits


def frame(table: Table, rows: Sequence[dict[str, Any]]) -> tuple[pl.DataFrame, list[Failure]]:
    """*rows* as a frame with the declared columns and types, and the values that do not fit their type."""
    columns, failures = [], []
    for column in table.columns:
        series, misfits = _series(column, [row.get(column.name) for row in rows])
        columns.append(series)
        failures += [Failure(row, column.name, f"is of type {column.type}", value[:200]) for row, value in misfits]
    return pl.DataFrame(columns), failures


def _told(check: str) -> str:
    return {"not_nullable": "must be given"}.get(check, check)


def _operands(table: Table, check: str, row: dict[str, Any]) -> str:
    """The values that a condition over several columns speaks of: ``low=5, high=3``."""
    names = [name for name in dict.fromkeys(re.findall(r"[a-z_0-9]+", check)) if name in table.names]
    return ", ".join(f"{name}={row.get(name)}" for name in names)


def validate(table: Table, rows: Sequence[dict[str, Any]]) -> tuple[pl.DataFrame, list[Failure]]:
    """The rows that pass every check of *table*, and why the others do not (one failure a violated check)."""
    data, failures = frame(table, rows)
    if data.is_empty():
        return data, []
    misfit = {(failure.row, failure.column) for failure in failures}
    try:
        model(table.name).validate(data, lazy=True)
    except SchemaErrors as errors:
        for case in errors.failure_cases.iter_rows(named=True):
            if case["index"] is None:
                raise  # a fault of the frame, not of a row: the declaration and the loader disagree
            column = case["column"] if case["schema_context"] == "Column" else None
            if (case["index"], column) not in misfit:
                value = (
                    _operands(table, str(case["check"]), rows[case["index"]])
                    if column is None
                    else case["failure_case"]
                )
                failures.append(
                    Failure(
                        int(case["index"]), column, _told(str(case["check"])), None if value is None else str(value)
                    )
                )
    if not failures:
        return data, []
    refused = sorted({failure.row for failure in failures})
    good = data.with_row_index("__row").filter(~pl.col("__row").is_in(refused)).drop("__row")
    return good, sorted(failures, key=lambda failure: failure.row)
