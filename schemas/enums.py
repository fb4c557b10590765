"""The closed lists of values, read from ``enums.toml``: the only place where they are written down."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def enums() -> dict[str, dict[str, str]]:
    """Every enumeration by name, as value → meaning, in the declared order."""
    return tomllib.loads(files("schemas").joinpath("enums.toml").read_text(encoding="utf-8"))


def values(name: str) -> tuple[str, ...]:
    """The allowed values of enumeration *name*. Raises KeyError for a name that is not declared."""
    return tuple(enums()[name])
