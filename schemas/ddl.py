"""SQL made from the declaration: tables with their checks, and the comments that any SQL tool shows."""

from __future__ import annotations

from schemas.declaration import Column, Table


def quoted(name: str) -> str:
    """*name* as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """*text* as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def qualified(name: str) -> str:
    """``schema.table`` with both parts quoted."""
    return ".".join(quoted(part) for part in name.split("."))


def column_checks(column: Column) -> list[str]:
    """The column's own checks as SQL conditions."""
    name, found = quoted(column.name), []
    if column.minimum is not None:
        found.append(f"{name} >= {column.minimum:g}")
    if column.maximum is not None:
        found.append(f"{name} <= {column.maximum:g}")
    if column.allowed:
        found.append(f"{name} IN ({', '.join(literal(value) for value in column.allowed)})")
    if column.pattern:
        found.append(f"regexp_full_match({name}, {literal(column.pattern)})")
    return found


def create_table(table: Table) -> str:
    """CREATE TABLE of *table*. No foreign keys: they cannot cross schemas and break updates; SQL data tests check
    references."""
    parts = [f"{quoted(c.name)} {c.type}{' NOT NULL' if c.required else ''}" for c in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(quoted(name) for name in table.key)})")
    parts += [f"CHECK ({check})" for column in table.columns for check in column_checks(column)]
    parts += [f"CHECK ({check})" for check in table.checks]
    return f"CREATE TABLE {qualified(table.name)} (\n  " + ",\n  ".join(parts) + "\n)"


def described(column: Column) -> str:
    """The column's meaning in one line, with unit and allowed values."""
    unit = f" [{column.unit}]" if column.unit else ""
    allowed = f"; one of: {', '.join(column.allowed)}" if column.allowed else ""
    return f"{column.meaning}{unit}{allowed}"


def comments(table: Table) -> list[str]:
    """COMMENT ON statements for *table* and each of its columns."""
    kind = "VIEW" if table.view else "TABLE"
    name = qualified(table.name)
    return [f"COMMENT ON {kind} {name} IS {literal(table.meaning)}"] + [
        f"COMMENT ON COLUMN {name}.{quoted(column.name)} IS {literal(described(column))}" for column in table.columns
    ]
