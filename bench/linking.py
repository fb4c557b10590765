"""How well official statements are linked to recorded incidents, and what linking costs: ``make bench-linking``.

    python -m bench.linking [--shared FOLDER] [--without-grid] [--splink] [--size CLAIMS INCIDENTS]

Without ``--size``: the statements of ``SHARED/data/cjtf_statements.jsonl`` that give a day and a place are linked to
the incidents of ``SHARED/data/airwars_syria_incidents.csv``, with every incident code taken out of their words.
A link is right when its incident bears the code under which the statement was filed. Statements are halved by the
digest of their text: ``link_weights.toml`` may be chosen on the first half, the second is the check. ``baseline`` links
the first incident of the same day with a word of the place name in common, ``only one`` abstains where there are
several; ``--splink`` adds Splink, trained on the same mentions and records.

With ``--size``: seconds and peak memory of linking that many generated claims with that many incidents: the first time,
again without a change, and after one more article.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

import warehouse
from bench import generated, splink_links
from bench.texts import ROOT
from flows import pipeline

CODE = re.compile(r"\b[A-Z]{1,6}-?\d{2,7}[a-z]?\b")
GRID = re.compile(r"\b\d{1,2} ?[C-X] ?[A-Z]{2} ?(?:\d{5} ?\d{5}|\d{4} ?\d{4})\b")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its codes taken out, and the codes under which it was filed."""

    name: str
    text: str
    published: str
    codes: frozenset[str]
    held: bool
    """Whether it belongs to the half that no weight was chosen on."""


def statements(path: Path, *, grid: bool) -> list[Statement]:
    """The distinct statements of *path*; without grid references unless *grid*."""
    filed: dict[str, set[str]] = defaultdict(set)
    dated: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            filed[row["statement"]].update(row["incident_code"].split())
            dated.setdefault(row["statement"], row["statement_date"])
    made = []
    for number, (text, codes) in enumerate(sorted(filed.items())):
        held = int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 == 1
        hidden = CODE.sub("–", text) if grid else GRID.sub("–", CODE.sub("–", text))
        made.append(Statement(f"s{number}", hidden, dated[text], frozenset(codes), held))
    return made


def loaded(folder: Path, table: Path, told: Iterable[Statement]) -> Path:
    """A linked warehouse in *folder* with the incidents of *table* and the statements."""
    source, path = folder / "statements.jsonl", folder / "linking.duckdb"
    with source.open("w", encoding="utf-8") as out:
        for one in told:
            out.write(json.dumps({"document_name": one.name, "text": one.text, "published": one.published}) + "\n")
    pipeline.ingest([str(table)], path)
    pipeline.ingest([str(source)], path, source="cjtf")
    return path


DATED = """
    SELECT document_name, date_start, date_end, place_text FROM mart.official_entry_flat
    WHERE document_name LIKE 's%' AND date_start IS NOT NULL AND place_text IS NOT NULL ORDER BY ALL"""
LINKED = "SELECT document_name, incident_id FROM mart.official_entry_flat WHERE incident_id IS NOT NULL ORDER BY ALL"
CODES = "SELECT external_id, incident_id FROM core.incident_xref WHERE system = 'airwars'"
RECORDED = """
    SELECT i.incident_id, i.date_start, coalesce(i.date_end, i.date_start), i.place_text FROM core.incident i
    WHERE i.document_id IS NOT NULL AND i.place_text IS NOT NULL AND i.date_start IS NOT NULL ORDER BY i.incident_id"""

Links = Mapping[str, str]
"""Statement name → incident_id."""


def baseline(connection: duckdb.DuckDBPyConnection, *, only_one: bool) -> Links:
    """Same day and one word of the place name in common."""
    from warehouse.placing import place_names

    told, recorded = connection.execute(DATED).fetchall(), connection.execute(RECORDED).fetchall()
    texts = list({row[3] for row in (*told, *recorded)})
    words = {row["place_text"]: set(row["words"]) for row in place_names(texts).iter_rows(named=True)}
    found: dict[str, str] = {}
    for name, start, end, place in told:
        hits = [
            incident for incident, first, last, other in recorded
            if first <= (end or start) and start <= last and words[place] & words[other]
        ]  # fmt: skip
        if hits and (len(hits) == 1 or not only_one):
            found[name] = hits[0]
    return found


def judge(links: Links, told: Mapping[str, Statement], incidents: Mapping[str, set[str]]) -> tuple[int, int]:
    """(links made, links right) among the statements *told*."""
    made = [(told[name], incident) for name, incident in links.items() if name in told]
    right = sum(any(incident in incidents[code] for code in one.codes) for one, incident in made)
    return len(made), right


def compare(folder: Path, shared: Path, *, grid: bool, with_splink: bool) -> None:
    """Link, and print a line a method and half."""
    told = statements(shared / "data" / "cjtf_statements.jsonl", grid=grid)
    path = loaded(folder, shared / "data" / "airwars_syria_incidents.csv", told)
    with duckdb.connect(str(path), read_only=True) as connection:
        dated = {row[0] for row in connection.execute(DATED).fetchall()}
        methods: dict[str, Links] = {
            "baseline": baseline(connection, only_one=False),
            "baseline, only one": baseline(connection, only_one=True),
            "this project": dict(connection.execute(LINKED).fetchall()),
        }
        incidents: dict[str, set[str]] = defaultdict(set)
        for code, incident in connection.execute(CODES).fetchall():
            incidents[code].add(incident)
    if with_splink:
        methods["Splink"] = splink_links.links(path)
    sys.stdout.write("| method | half | statements | linked | of the links right |\n|---|---|---:|---:|---:|\n")
    for method, links in methods.items():
        for half in ("chosen on", "held back"):
            these = {s.name: s for s in told if s.name in dated and s.held == (half == "held back")}
            made, right = judge(links, these, incidents)
            share = f"{made / len(these):.1%} | {right / made if made else 0:.1%} ({right} of {made})"
            sys.stdout.write(f"| {method} | {half} | {len(these)} | {share} |\n")


def cost(folder: Path, claims: int, incidents: int) -> None:
    """Print seconds and peak memory of linking *claims* generated claims with *incidents*."""
    path = folder / "size.duckdb"
    generated.load(path, claims, incidents)
    _timed("linked for the first time", lambda: warehouse.link(path))
    _timed("again, nothing changed", lambda: warehouse.link(path))
    generated.one_more(path)
    _timed("after one more article", lambda: warehouse.link(path))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    sys.stdout.write(f"peak memory of the whole, loading included: {peak:.1f} GB\n")


def _timed(what: str, work: Callable[[], warehouse.LinkSummary]) -> None:
    started = time.perf_counter()
    summary = work()
    seconds = time.perf_counter() - started
    sys.stdout.write(f"{what}: {seconds:.1f} s, {summary.incidents:,} incidents, {summary.claims:,} claims linked\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--without-grid", action="store_true", help="strike out grid references too")
    parser.add_argument("--splink", action="store_true", help="compare with Splink (pip install '.[bench]')")
    parser.add_argument("--size", type=int, nargs=2, metavar=("CLAIMS", "INCIDENTS"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.size:
            cost(Path(folder), *args.size)
        else:
            compare(Path(folder), args.shared, grid=not args.without_grid, with_splink=args.splink)


if __name__ == "__main__":
    main()
