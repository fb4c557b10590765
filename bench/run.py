"""Times the extractor and the load on this machine and prints a table: ``make bench``.

    python -m bench.run [--shared FOLDER] [--repeat N] [--quick] [--profile FILE]

Rates of ``extract`` and quantulum3 are medians, with lowest and highest, over N runs on the same texts in one process,
by its processor time (other work on the machine disturbs that less than the clock's), vocabularies loaded before; 1 MB
is 10^6 bytes of UTF-8. Ingest runs once, by the clock. ``--quick`` leaves out quantulum3 and ingest; ``--profile FILE``
adds where the time of the dense texts goes.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import pstats
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from bench import texts
from bench.texts import Text
from extraction import extract

GENERAL_MB = 2.0
INGEST_MB = 2.0
QUANTULUM_BYTES = 60_000
"""quantulum3 takes seconds for this much; both sides of the ratio read the same texts."""
TOP = 25


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=texts.ROOT.parent / "shared")
    parser.add_argument("--repeat", type=int, default=5, metavar="N")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--profile", type=Path, metavar="FILE")
    args = parser.parse_args()
    dense = {"own annotated texts": texts.own()}
    if news := texts.news(args.shared):
        dense["dense news (gold/news)"] = news
    sys.stdout.write(f"| {'what':<40} | {'median':>16} | {'range':<13} |\n|---|---:|---|\n")
    for name, chosen in dense.items():
        _say(f"extract, {name}", _rates(chosen, args.repeat))
    _say("extract, general text", _rates(texts.general(GENERAL_MB), args.repeat))
    if not args.quick:
        _against_quantulum(list(dense.values())[-1], args.repeat)
        _whole_job(next(iter(dense.values())))
    if args.profile:
        args.profile.write_text(profile(list(dense.values())[-1]), encoding="utf-8")


def _say(what: str, values: Sequence[float], unit: str = "MB/s") -> None:
    """A line of the table: the median of *values*, and the lowest and highest of several."""
    digits = 2 if max(values) < 100 else 0
    several = f"{min(values):,.{digits}f}–{max(values):,.{digits}f}" if len(values) > 1 else ""
    sys.stdout.write(f"| {what:<40} | {statistics.median(values):>9,.{digits}f} {unit:<6} | {several:<13} |\n")
    sys.stdout.flush()


def read(chosen: Sequence[Text]) -> None:
    """Extract every text, in this process."""
    for text in chosen:
        extract(text.text, published=text.published)


def _rates(chosen: list[Text], repeat: int) -> list[float]:
    """MB/s of *repeat* runs, after a short one that loads the vocabularies."""
    read(chosen[:20])
    bytes_ = texts.size(chosen)
    return [bytes_ / _seconds(lambda: read(chosen)) / 1e6 for _ in range(repeat)]


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    started = clock()
    work()
    return clock() - started


def _against_quantulum(chosen: list[Text], repeat: int) -> None:
    """How many times quicker than quantulum3 on the same texts; paired runs, so that both see the same machine."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from quantulum3 import parser
    except ImportError:
        sys.stdout.write("| quantulum3 is not installed: pip install '.[bench]'\n")
        return
    some: list[Text] = []
    for text in chosen:
        if texts.size(some) < QUANTULUM_BYTES:
            some.append(text)
    parser.parse(some[0].text)
    bytes_ = texts.size(some)
    rates, ratios = [], []
    for _ in range(min(3, repeat)):
        theirs = _seconds(lambda: [parser.parse(text.text) for text in some])
        ours = _seconds(lambda: read(some))
        rates.append(bytes_ / theirs / 1e6)
        ratios.append(theirs / ours)
    _say("quantulum3, same texts", rates)
    _say("extract : quantulum3", ratios, "times")


def _whole_job(chosen: list[Text]) -> None:
    """The steps of the main job with every core, on one JSONL file of different documents, in a folder of its own."""
    import warehouse
    from flows import extracting, pipeline

    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder) / "texts.jsonl", Path(folder) / "bench.duckdb"
        _write(source, chosen)
        started = [time.perf_counter()]
        readings = pipeline.read([str(source)], None, pipeline.snapshots(path))
        facts = [fact for reading in readings for fact in reading.facts]
        started.append(time.perf_counter())
        facts = extracting.extract(facts)
        started.append(time.perf_counter())
        warehouse.load(path, facts, flow="bench")
        started.append(time.perf_counter())
        warehouse.link(path)
        started.append(time.perf_counter())
        again = _seconds(lambda: pipeline.ingest([str(source)], path), time.perf_counter)
        megabytes = source.stat().st_size / 1e6
    rows = len(facts) + sum(len(fact.claims) for fact in facts)
    steps = dict(zip(("read", "extract", "load", "link"), (b - a for a, b in pairwise(started)), strict=True))
    _say(f"ingest of {megabytes:.1f} MB, all cores", [megabytes / sum(steps.values())])
    _say("  its extraction, all cores", [megabytes / steps["extract"]])
    _say("  its load, documents and claims", [rows / steps["load"]], "rows/s")
    for name, seconds in steps.items():
        _say(f"  seconds to {name}", [seconds], "s")
    _say("the same input again (nothing changes)", [megabytes / again])


def _write(path: Path, chosen: list[Text]) -> None:
    """`INGEST_MB` of *chosen*, again and again, each time with another last line: no two documents are the same."""
    with path.open("w", encoding="utf-8") as out:
        for number in range(max(1, round(INGEST_MB * 1e6 / texts.size(chosen)))):
            for index, text in enumerate(chosen):
                row = {"document_name": f"{number}-{index}", "text": f"{text.text}\n\nEdition {number}."}
                published = {"published": text.published.isoformat()} if text.published else {}
                out.write(json.dumps(row | published) + "\n")


def profile(chosen: Sequence[Text]) -> str:
    """The functions that take most of the time on *chosen*, by their own time and with what they call."""
    read(chosen)
    profiler = cProfile.Profile()
    profiler.enable()
    read(chosen)
    profiler.disable()
    out = io.StringIO()
    stats = pstats.Stats(profiler, stream=out).strip_dirs()
    for order in ("tottime", "cumtime"):
        stats.sort_stats(order).print_stats(TOP)
    return out.getvalue()


if __name__ == "__main__":
    main()
