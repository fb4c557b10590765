"""The quality gate: no figure falls below its floor in `floors.toml`, and no floor is lowered unnoticed.

    python tests/evaluation/gate.py                          what is measured, against the floors
    python tests/evaluation/gate.py --update                 raise floors to MARGIN below what is measured
    python tests/evaluation/gate.py --update --lower WHY     … and lower those that have to be; WHY is kept in the file
    python tests/evaluation/gate.py --update --new-texts WHY … and accept that the texts or answers of a set changed
    python tests/evaluation/gate.py --report docs/quality.md  write the table of figures into a page

A floor holds for the texts it was measured on, hence the digest. The file's seal tells whether it was edited by hand.
Sets that are absent on a machine keep their floors.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from measuring import SETS, Measured, measured

FLOORS = Path(__file__).with_name("floors.toml")
MARGIN = 0.015
"""How far below the figure its floor is set: a text read otherwise for a good reason need not stop the work."""
UNPINNED = 15
"""A share of fewer answers than this is too coarse for a floor."""
MARKS = ("<!-- figures -->", "<!-- end of figures -->")

Floors = dict[str, Any]
"""The file: ``sets`` (digest and floors of each), ``lowered`` (what was lowered, and why), ``seal``."""


class GateError(ValueError):
    """Floors that may not be written or read as they are; the message names set, figure and what to do."""


def seal(floors: Mapping[str, Any]) -> str:
    """sha-256 of everything in the file but the seal."""
    body = {key: value for key, value in floors.items() if key != "seal"}
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def read(path: Path = FLOORS) -> Floors:
    """The floors in *path*; `GateError` where they were edited by hand."""
    floors = tomllib.loads(path.read_text(encoding="utf-8"))
    if floors.get("seal") != seal(floors):
        raise GateError(f"{path.name} was changed by hand: restore it, or let gate.py --update write it")
    return floors


def write(floors: Mapping[str, Any], path: Path = FLOORS) -> None:
    """Writes *floors* with their seal."""
    lines = ["# Written by tests/evaluation/gate.py --update, never by hand.", f'seal = "{seal(floors)}"',
             "lowered = ["] + [f"  {json.dumps(line, ensure_ascii=False)}," for line in floors["lowered"]] + ["]"]
    for name, pinned in floors["sets"].items():
        lines += ["", f"[sets.{name}]", f'digest = "{pinned["digest"]}"', f"[sets.{name}.floors]"]
        lines += [f"{key} = {value:.3f}" for key, value in pinned["floors"].items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def shortfalls(name: str, floors: Mapping[str, Any], found: Measured) -> list[str]:
    """Where the set *name* differs from its digest or stays below a floor, one line each."""
    pinned = floors["sets"].get(name)
    if pinned is None:
        return [f"{name} has no floors: run gate.py --update"]
    if pinned["digest"] != found.digest:
        return [f"{name}: texts or answers changed, so the floors say nothing: gate.py --update --new-texts WHY"]
    below = ((key, floor, found.figures.get(key)) for key, floor in pinned["floors"].items())
    return [f"{name}: {key} is {figure.value:.3f} of {figure.of}, below its floor {floor:.3f}" if figure is not None
            else f"{name}: {key} has a floor and is no longer measured"
            for key, floor, figure in below if figure is None or figure.value < floor]


def pins(found: Measured) -> dict[str, float]:
    """The floors that *found* supports: rounded down to three decimals, never below 0."""
    return {key: max(0.0, math.floor((figure.value - MARGIN) * 1000) / 1000)
            for key, figure in found.figures.items() if figure.of >= UNPINNED}


def updated(floors: Mapping[str, Any], results: Mapping[str, Measured], lower: str | None = None,
            new_texts: str | None = None) -> Floors:
    """*floors* brought up to *results*. Refuses, with `GateError`, to lower a floor without the reason *lower*, or to
    take over changed texts without the reason *new_texts*; both reasons are kept."""
    sets, notes = dict(floors["sets"]), list(floors["lowered"])
    for name, found in results.items():
        pinned, wanted = sets.get(name), pins(found)
        if pinned is not None and pinned["digest"] != found.digest:
            if not new_texts:
                raise GateError(f"{name}: its texts or answers changed; say why with --new-texts WHY")
            notes.append(f"{name}: new texts or answers: {new_texts}")
        elif pinned is not None:
            wanted, falls = _raised(pinned["floors"], wanted, found, bool(lower))
            if falls and not lower:
                raise GateError(f"{name}: lower floors only with --lower WHY: {', '.join(falls)}")
            notes += [f"{name}: {fall}: {lower}" for fall in falls]
        sets[name] = {"digest": found.digest, "floors": wanted}
    return {"lowered": notes, "sets": sets}


def _raised(old: Mapping[str, float], new: Mapping[str, float], found: Measured,
            lower: bool) -> tuple[dict[str, float], list[str]]:
    """The higher of both floors, save where the figure itself has fallen below the old one."""
    kept, falls = {}, []
    for key in {**old, **new}:
        before, after = old.get(key, 0.0), new.get(key, 0.0)
        fallen = key not in found.figures or found.figures[key].value < before
        if fallen:
            falls.append(f"{key} {before:.3f} to {after:.3f}")
        kept[key] = after if fallen and lower else max(before, after)
    return kept, falls


def table(results: Mapping[str, Measured], floors: Mapping[str, Any]) -> str:
    """The figures as a Markdown table: value with its 95 % interval, answers behind it, floor."""
    lines = ["| set | figure | measured (95 %) | answers | floor |", "|---|---|---|---|---|"]
    for name, found in results.items():
        pinned = floors["sets"].get(name, {"floors": {}})["floors"]
        for key, figure in found.figures.items():
            floor = f"{pinned[key]:.3f}" if key in pinned else "–"
            spread = f"{figure.value:.3f} ({figure.low:.2f}–{figure.high:.2f})"
            lines.append(f"| {name} ({found.documents} texts) | {key} | {spread} | {figure.of} | {floor} |")
    return "\n".join(lines)


def report(page: Path, results: Mapping[str, Measured], floors: Mapping[str, Any]) -> None:
    """Replaces what stands between the marks of *page* by the table; `GateError` where the marks are missing."""
    before, found, rest = page.read_text(encoding="utf-8").partition(MARKS[0])
    _, closed, after = rest.partition(MARKS[1])
    if not (found and closed):
        raise GateError(f"{page}: put {MARKS[0]} and {MARKS[1]} where the table belongs")
    body = f"{before}{MARKS[0]}\n{table(results, floors)}\n{MARKS[1]}{after}"
    page.write_text(body, encoding="utf-8")


def main() -> int:
    """Exit status 0, or 1 where a figure is below its floor or an update is refused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--lower", metavar="WHY")
    parser.add_argument("--new-texts", metavar="WHY")
    parser.add_argument("--report", type=Path, metavar="PAGE")
    args = parser.parse_args()
    results = {name: found for name in SETS if (found := measured(name)) is not None}
    try:
        floors = read() if FLOORS.exists() else {"lowered": [], "sets": {}}
        if args.update:
            write(updated(floors, results, args.lower, args.new_texts))
            floors = read()
        if args.report:
            report(args.report, results, floors)
    except GateError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    faults = [line for name, found in results.items() for line in shortfalls(name, floors, found)]
    sys.stdout.write("\n".join([table(results, floors), "", *faults]) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
