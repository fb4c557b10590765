"""Conventions of counting: what a coder decides rather than the text. Named sets of them stand in a data file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache

from extraction.tables import DATA

_OPTIONS = DATA / "toll_options.toml"


@dataclass(frozen=True, slots=True)
class TollOptions:
    """Conventions of counting. ``data/toll_options.toml`` holds named sets of them, docs/counting.md says why."""

    attackers: bool = True
    """Whether the death of an attacker counts."""
    implied_attackers: bool = True
    """Whether the attacker in a suicide attack counts although no word says that he died: beside victims of a told
    class ("killing eight policemen"), not beside "people", who may include him."""
    combatants: bool = True
    """Whether fighters, soldiers and police count."""
    bare_plural: int = 2
    """People that a quantity without a number stands for at least ("killed fighters"), where nothing better is said."""
    missing: bool = False
    """Whether the missing count as killed."""
    bodies_found: bool = True
    """Whether bodies found count as killed."""
    shot: bool = True
    """Whether people "shot", of whom the text says neither that they died nor that they lived, count as killed."""
    running_totals: bool = False
    """Whether totals over a period or a campaign count."""
    other_incidents: bool = True
    """Whether incidents at another place or day than the first, or that the text only recalls, are added."""
    several: int = 3
    """People that "several" stands for."""
    vague_counts: bool = True
    """Whether any other vague figure counts its floor ("dozens" 12); else it counts nobody."""
    vague_span: int = 1
    """How many times its floor the high end of a vague figure is."""
    at_least_above: int = 0
    """People by which "at least N" raises the high end."""
    rivals: str = "span"
    """Other claimants' figures: ``span`` (widen the range), ``above`` (upwards only), ``first`` (are ignored)."""


@lru_cache(maxsize=1)
def presets() -> dict[str, TollOptions]:
    """The named sets of options, by name; ValueError names the set and the key where the file holds an unknown one."""
    known = {item.name for item in fields(TollOptions)}
    table = tomllib.loads(_OPTIONS.read_text(encoding="utf-8"))
    for name, row in table.items():
        if unknown := set(row) - known:
            raise ValueError(
                f"{_OPTIONS.name}: preset {name} has unknown options {sorted(unknown)}; known are {sorted(known)}"
            )
    return {name: TollOptions(**row) for name, row in table.items()}


DEFAULT = TollOptions()
