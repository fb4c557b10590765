"""``make demo``: the examples through both flows into a small warehouse, then a look at what came out.

It writes the folder ``demo/`` beside ``examples/`` and starts anew each time.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import warehouse
from flows import render

FOLDER = Path("demo")
WAREHOUSE = FOLDER / "demo.duckdb"
EXAMPLES = Path("examples")
MONITOR = EXAMPLES / "monitor_incidents.csv"
REPORT = EXAMPLES / "official_report_2019-02.txt"
TEXTS = {".txt", ".md", ".html", ".jsonl"}
NOT_TEXTS = {REPORT.name, "manifest.jsonl"}

CLAIMS = """
    SELECT date_start, place, publisher, claimant, harm, victim_class, low, high, value_text
    FROM mart.claim_flat WHERE scope = 'incident' AND restates IS NULL AND part_of IS NULL AND harm = 'killed'
    ORDER BY date_start NULLS LAST, place, publisher, quote_start LIMIT 40"""
QUERIES = (
    ("What does each document report, everybody counted once?",
     "SELECT document_name, harm, low, high FROM mart.document_toll ORDER BY ALL"),
    ("Which incidents do several parties count differently?",
     "SELECT title, date_start, killed_low, killed_high, claimants FROM mart.incident_flat WHERE len(claimants) > 1"),
    ("What do the parties say about their own responsibility?",
     "SELECT actor, position, killed_conceded, quote FROM mart.position_flat ORDER BY ALL"),
    ("What did the Coalition find, allegation by allegation?",
     "SELECT date_start, place_text, finding, reason, killed_conceded FROM mart.official_entry_flat ORDER BY ALL"),
)  # fmt: skip


def main() -> int:
    """Run the demo in the current folder; 1 when the examples are not there or a flow failed."""
    if not MONITOR.exists():
        print(f"no {MONITOR} here: run the demo in the folder of the project", file=sys.stderr)
        return 1
    started = time.monotonic()
    start_anew()
    print("Reading examples/ through the flows; the first start of Prefect takes some seconds …", flush=True)
    run_flows()
    print(f"\nClaims of people killed, as stated, never merged ({time.monotonic() - started:.0f} s):\n")
    render.write(warehouse.query(WAREHOUSE, CLAIMS), "table")
    for name, number in warehouse.counts(WAREHOUSE).items():
        print(f"{number:>6,} {name}")
    print(closing_words())
    return 0


def start_anew() -> None:
    """Remove what an earlier demo wrote, and nothing else that may stand in the folder."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("demo.duckdb*"):
        path.unlink()
    shutil.rmtree(FOLDER / "demo.files", ignore_errors=True)


def run_flows() -> None:
    """The flows, one after the other: there is one writer. Raises what they raise."""
    # A Prefect of its own, quiet and in the demo's folder: the user's profile and history stay out of it.
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ["PREFECT_HOME"] = str((FOLDER / "prefect").absolute())
    from flows.ingest_articles import ingest_articles
    from flows.ingest_monitor import ingest_monitor

    texts = sorted(path for path in EXAMPLES.iterdir() if path.suffix in TEXTS and path.name not in NOT_TEXTS)
    ingest_articles([str(path) for path in texts], str(WAREHOUSE))
    ingest_monitor([str(MONITOR)], "airwars", str(WAREHOUSE))
    ingest_monitor([str(REPORT)], "cjtf", str(WAREHOUSE))


def closing_words() -> str:
    """Queries to try and where to look next."""
    lines = ["\nQueries to try:"]
    for question, query in QUERIES:
        lines += [f"\n  {question}", f'  .venv/bin/casualties sql "{query}" --warehouse {WAREHOUSE}']
    lines += [
        "\nLook next at:",
        "  examples/                  the texts behind these claims",
        "  docs/usage.md              every command",
        "  docs/cookbook.md           questions that analysts ask, as queries",
        "  docs/data_dictionary.md    every view and column",
        f"  {WAREHOUSE}           the warehouse: any DuckDB tool opens it",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
