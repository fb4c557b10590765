"""Learns ``extraction/data/confidence.csv`` from annotated texts; writes the reliability tables of docs/confidence.md.

    python -m bench.calibrate [--shared FOLDER] [--dry-run]

Texts: the open ones of tests/evaluation/corpus and, where FOLDER (default ../shared) is there, gold/news and
gold/seeds. The figures in the document are out of sample: each text is judged by weights learnt from the other folds.
The weights written are learnt from all of them. The same texts and extractor give the same weights: nothing is random.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "evaluation"))

import corpus_loader  # noqa: E402
import scoring  # noqa: E402

import extraction  # noqa: E402
from extraction.confidence import ALWAYS, HIGHEST, LOWEST, features_of  # noqa: E402

FOLDS = 5
RIDGE = 3.0
"""Strength of the pull of every weight but `ALWAYS` towards 0, in claims: what a few claims suggest is not believed."""
RAREST = 8
"""Claims that must have a feature for it to get a weight."""
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
TABLE = ROOT / "extraction" / "data" / "confidence.csv"
REPORT = ROOT / "docs" / "confidence.md"
MARKS = ("<!-- tables: made by bench/calibrate.py -->", "<!-- end of tables -->")


@dataclass(frozen=True)
class Case:
    """One claim found, judged: whether the count is right, and whether all of it is."""

    document: str
    features: tuple[str, ...]
    count: bool
    full: bool


Weights = dict[str, float]


def main() -> None:
    """Learn, say how well it goes, write the two files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--dry-run", action="store_true", help="print the tables, write nothing")
    args = parser.parse_args()
    cases = list(_cases(args.shared))
    tables = "\n".join(_report(cases, target) + _fresh(cases, target) for target in ("count", "full"))
    sys.stdout.write(tables + "\n")
    if not args.dry_run:
        _write_weights({target: learn(cases, target) for target in ("count", "full")})
        text = REPORT.read_text(encoding="utf-8")
        head, tail = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
        REPORT.write_text(f"{head}{MARKS[0]}\n{tables}\n{MARKS[1]}{tail}", encoding="utf-8")


def _cases(shared: Path) -> Iterator[Case]:
    for document, gold in (*_own(), *_news(shared), *_seeds(shared)):
        yield from judged(document, gold)


def _own() -> Iterator[tuple[dict[str, Any], list[Any]]]:
    for text in corpus_loader.load("open"):
        yield text.document, list(text.gold)


def _news(shared: Path) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    folder = shared / "gold" / "news"
    if not folder.is_dir():
        return
    gold: dict[str, list[Any]] = defaultdict(list)
    for row in _lines(folder / "gold.jsonl"):
        gold[row["document_name"]].append(row)
    for document in _lines(folder / "docs.jsonl"):
        yield document, gold[document["document_name"]]


def _seeds(shared: Path) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    manifest = shared / "seeds" / "manifest.jsonl"
    if not manifest.is_file():
        return
    gold = _lines(shared / "gold" / "seeds.jsonl")
    for told in _lines(manifest):
        text = (manifest.parent / told["document_name"]).read_bytes().decode("utf-8")
        yield told | {"text": text}, [row for row in gold if row["document_name"] == told["document_name"]]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def judged(document: dict[str, Any], gold: Sequence[scoring.Row]) -> Iterator[Case]:
    """The claims found in *document*, each judged by *gold*; those that only secondary gold matches are left out."""
    published = date.fromisoformat(document["published"]) if document.get("published") else None
    found = extraction.extract(document["text"], published=published, publisher=document.get("publisher")).claims
    rows = [asdict(claim) for claim in found]
    expected = [row for row in gold if scoring.counted(row)]
    asked = [index for index, row in enumerate(rows) if scoring.counted(row)]
    pairs = {asked[j]: expected[i] for i, j in scoring.pair(expected, [rows[index] for index in asked]).items()}
    seen = features_of(found, document["text"])
    for index in asked:
        partner = pairs.get(index)
        if partner is not None and partner.get("tier") == "secondary":
            continue
        right = partner is not None
        full = right and all(scoring.COMPARE[name](partner, rows[index]) is not False for name in scoring.FULL)
        yield Case(document["document_name"], seen[index], right, full)


def learn(cases: Sequence[Case], target: str) -> Weights:
    """Weights of a ridge-penalised logistic regression, by Newton's method, to three decimals."""
    usual = Counter(name for case in cases for name in case.features)
    names = [ALWAYS, *sorted(name for name, seen in usual.items() if seen >= RAREST)]
    index = {name: position for position, name in enumerate(names)}
    rows = [[0, *(index[name] for name in case.features if name in index)] for case in cases]
    labels = [float(getattr(case, target)) for case in cases]
    weights = [0.0] * len(names)
    for _ in range(12):
        weights = [w + step for w, step in zip(weights, _newton(rows, labels, weights), strict=True)]
    return {name: round(weight, 3) for name, weight in zip(names, weights, strict=True)}


def _newton(rows: Sequence[Sequence[int]], labels: Sequence[float], weights: Sequence[float]) -> list[float]:
    size = len(weights)
    slope = [0.0] + [-RIDGE * weight for weight in weights[1:]]
    curve = [[RIDGE * (i == j and i > 0) for j in range(size)] for i in range(size)]
    for row, label in zip(rows, labels, strict=True):
        chance = 1 / (1 + math.exp(-sum(weights[i] for i in row)))
        for i in row:
            slope[i] += label - chance
            for j in row:
                curve[i][j] += chance * (1 - chance)
    return _solve(curve, slope)


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss elimination; the ridge keeps every pivot above zero."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][k] * found[k] for k in range(i + 1, size))) / rows[i][i]
    return found


def chance(weights: Weights, features: Sequence[str]) -> float:
    """What `extraction.confidence` gives under these weights."""
    total = weights[ALWAYS] + sum(weights.get(name, 0.0) for name in features)
    return min(max(1 / (1 + math.exp(-total)), LOWEST), HIGHEST)


def out_of_sample(cases: Sequence[Case], target: str) -> list[tuple[float, bool]]:
    """(chance, whether right) of every claim, by weights that never saw its document."""
    folds = [int(hashlib.sha256(case.document.encode()).hexdigest(), 16) % FOLDS for case in cases]
    judged_: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = learn([case for case, own in zip(cases, folds, strict=True) if own != fold], target)
        judged_ += [(chance(weights, case.features), getattr(case, target))
                    for case, own in zip(cases, folds, strict=True) if own == fold]  # fmt: skip
    return judged_


def _report(cases: Sequence[Case], target: str) -> str:
    judged_ = out_of_sample(cases, target)
    base = sum(right for _, right in judged_) / len(judged_)
    brier = sum((p - right) ** 2 for p, right in judged_) / len(judged_)
    lines = [f"### Chance that the {'count' if target == 'count' else 'whole claim'} is right", "",
             "| confidence | claims | mean confidence | right | 95 % interval |", "|---|---|---|---|---|"]  # fmt: skip
    gap = 0.0
    for low, high in pairwise(BINS):
        inside = [(p, right) for p, right in judged_ if low <= p < high]
        if not inside:
            continue
        mean, share = (sum(pair[k] for pair in inside) / len(inside) for k in (0, 1))
        gap += abs(mean - share) * len(inside) / len(judged_)
        below, above = _interval(share, len(inside))
        lines.append(f"| {low:g}–{high:g} | {len(inside)} | {mean:.2f} | {share:.2f} | {below:.2f}–{above:.2f} |")
    texts = len({case.document for case in cases})
    lines += [
        "",
        f"{len(judged_)} claims of {texts} texts; right: {base:.3f}. Mean distance between confidence and share right: "
        f"{gap:.3f}. Brier score {brier:.4f} (always saying {base:.2f}: {base * (1 - base):.4f}). "
        f"A right claim stands above a wrong one in {_auc(judged_):.0%} of pairs.",
        "",
    ]
    return "\n".join(lines)


def _fresh(cases: Sequence[Case], target: str) -> str:
    """How the weights do on the corpus's unseen texts, on which neither they nor the rules were made."""
    weights = learn(cases, target)
    fresh = [case for text in corpus_loader.load("unseen") for case in judged(text.document, list(text.gold))]
    judged_ = [(chance(weights, case.features), bool(getattr(case, target))) for case in fresh]
    mean, share = (sum(pair[k] for pair in judged_) / len(judged_) for k in (0, 1))
    below, above = _interval(share, len(judged_))
    return (
        f"On the corpus's unseen texts ({len(judged_)} claims): mean confidence {mean:.2f}, right {share:.2f} "
        f"({below:.2f}–{above:.2f}), a right claim above a wrong one in {_auc(judged_):.0%} of pairs.\n"
    )


def _interval(share: float, number: int) -> tuple[float, float]:
    """Wilson's interval at 95 %."""
    z = 1.96
    middle = (share + z * z / (2 * number)) / (1 + z * z / number)
    reach = z / (1 + z * z / number) * math.sqrt(share * (1 - share) / number + z * z / (4 * number**2))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _auc(judged_: Sequence[tuple[float, bool]]) -> float:
    right = [p for p, ok in judged_ if ok]
    wrong = [p for p, ok in judged_ if not ok]
    won = sum((p > q) + 0.5 * (p == q) for p in right for q in wrong)
    return won / (len(right) * len(wrong)) if right and wrong else math.nan


def _write_weights(by_target: dict[str, Weights]) -> None:
    count, full = by_target["count"], by_target["full"]
    lines = ["feature,count,full", *(f"{name},{count[name]:g},{full[name]:g}" for name in count)]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
