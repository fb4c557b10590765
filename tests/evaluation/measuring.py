"""The figures of the extractor on each set of texts with known answers: the project's own, and `../shared` where it is.

A set gives documents, the answers, and a digest of both. Figures are shares between 0 and 1 with their 95 % interval:
Wilson's for a share of answers; for an F1, resampling whole documents, since the claims of one text err together.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import corpus_loader
from scoring import COMPARE, F1, Score, score

from extraction import extract
from extraction.tolls.toll import document_tolls, presets

SHARED = Path(__file__).resolve().parents[3] / "shared"
"""Texts that the project may measure on and not ship; absent on most machines."""
RESAMPLES = 400
"""Enough for two decimals of an interval."""
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Figure:
    """A share, its 95 % interval, and the number of answers behind it."""

    value: float
    low: float
    high: float
    of: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What one set gives: figures are comparable only under the same digest."""

    digest: str
    documents: int
    figures: dict[str, Figure]


def share(right: int, of: int) -> Figure:
    """*right* of *of* answers, with Wilson's interval."""
    if not of:
        return Figure(1.0, 0.0, 1.0, 0)
    p, spread = right / of, 1 + _Z**2 / of
    middle = (p + _Z**2 / (2 * of)) / spread
    half = _Z * sqrt(p * (1 - p) / of + _Z**2 / (4 * of**2)) / spread
    return Figure(p, max(0.0, middle - half), min(1.0, middle + half), of)


def _sum(parts: Sequence[F1]) -> F1:
    return F1(sum(p.hits for p in parts), sum(p.found for p in parts), sum(p.wanted for p in parts))


def resampled(parts: Sequence[F1]) -> Figure:
    """The F1 over the documents *parts*, with the interval that resampling the documents gives."""
    chance = random.Random(0)
    drawn = sorted(_sum(chance.choices(parts, k=len(parts))).f1 for _ in range(RESAMPLES))
    whole = _sum(parts)
    return Figure(whole.f1, drawn[RESAMPLES // 40], drawn[-1 - RESAMPLES // 40], whole.wanted)


def claims_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims that the extractor finds in *document*, as rows with the columns of the public contract."""
    day = document.get("published")
    found = extract(document["text"], published=date.fromisoformat(day) if day else None,
                    publisher=document.get("publisher"), title=document.get("title"))
    return [asdict(claim) | {"document_name": document["document_name"]} for claim in found.claims]


def claim_figures(documents: Iterable[dict[str, Any]], gold: Sequence[dict[str, Any]]) -> dict[str, Figure]:
    """COUNT and FULL F1 and the accuracy of each attribute over *documents*."""
    scores: list[Score] = []
    for document in documents:
        name = document["document_name"]
        scores.append(score([g for g in gold if g["document_name"] == name], claims_of(document)))
    figures = {"count": resampled([s.count for s in scores]), "full": resampled([s.full for s in scores])}
    for attribute in COMPARE:
        right, of = (sum(s.attributes[attribute][i] for s in scores) for i in (0, 1))
        if of:
            figures[attribute] = share(right, of)
    return figures


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _digest(*paths: Path) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def own(split: str) -> Measured:
    """The project's own annotated texts of *split*."""
    texts = corpus_loader.load(split)
    gold = [claim for text in texts for claim in text.gold]
    return Measured(corpus_loader.digest(split), len(texts), claim_figures([t.document for t in texts], gold))


def seeds() -> Measured:
    """The five seed articles, and the share of spans there that must not be read as a count of people and are not."""
    manifest = {row["document_name"]: row for row in rows(SHARED / "seeds" / "manifest.jsonl")}
    texts = sorted((SHARED / "seeds").glob("*.txt"))
    documents = [manifest[p.name] | {"text": p.read_bytes().decode("utf-8")} for p in texts]
    gold, forbidden = (SHARED / "gold" / f"{name}.jsonl" for name in ("seeds", "seeds_negatives"))
    figures = claim_figures(documents, rows(gold))
    spans = [row for row in rows(forbidden) if row["kind"] == "must_not_extract"]
    found = [claim for document in documents for claim in claims_of(document)]
    avoided = sum(not any(_touches(claim, span) for claim in found) for span in spans)
    figures["left_alone"] = share(avoided, len(spans))
    return Measured(_digest(*texts, gold, forbidden), len(documents), figures)


def _touches(claim: dict[str, Any], span: dict[str, Any]) -> bool:
    return (claim["document_name"] == span["document_name"] and claim["value_start"] is not None
            and claim["value_start"] < span["quote_end"] and span["quote_start"] < claim["value_end"])


def news() -> Measured:
    """News and monitor texts with claims annotated by hand."""
    documents, gold = SHARED / "gold" / "news" / "docs.jsonl", SHARED / "gold" / "news" / "gold.jsonl"
    return Measured(_digest(documents, gold), len(rows(documents)), claim_figures(rows(documents), rows(gold)))


def _ends(low: int | None, best: int | None, high: int | None) -> tuple[int, int]:
    """The range of a toll or of a coder's number, where either end may be all that is known."""
    known = [value for value in (low, best, high) if value is not None]
    return (known[0], known[-1]) if known else (0, 0)


def counts(name: str, preset: str, every: int) -> Measured:
    """Deaths and injuries that coders recorded for one text in *every*, under the counting options *preset*."""
    path = SHARED / "data" / "counts" / f"{name}.jsonl"
    texts = rows(path)[::every]
    tally: dict[str, list[int]] = {}
    for row in texts:
        day = row.get("published")
        claims = extract(row["text"], published=date.fromisoformat(day) if day else None).claims
        tolls = {t.harm: _ends(t.low, t.best, t.high) for t in document_tolls(claims, presets()[preset])}
        for harm in ("killed", "injured"):
            want = _ends(row.get(f"{harm}_low"), None, row.get(f"{harm}_high"))
            if row.get(f"{harm}_low") is None and row.get(f"{harm}_high") is None:
                continue
            got = tolls.get(harm, (0, 0))
            asked = {f"{harm}_some": got == want, f"{harm}_low_end": got[0] == want[0]} if want[1] else {
                f"{harm}_none": got == want}
            for key, right in asked.items():
                tally.setdefault(key, [0, 0])
                tally[key][0] += right
                tally[key][1] += 1
    return Measured(_digest(path), len(texts), {key: share(*pair) for key, pair in sorted(tally.items())})


SETS: dict[str, tuple[Path, Callable[[], Measured]]] = {
    "corpus_open": (corpus_loader.TEXTS, lambda: own("open")),
    "corpus_unseen": (corpus_loader.TEXTS, lambda: own("unseen")),
    "shared_seeds": (SHARED / "gold" / "seeds.jsonl", seeds),
    "shared_news": (SHARED / "gold" / "news", news),
    "shared_rand": (SHARED / "data" / "counts" / "rand.jsonl", lambda: counts("rand", "rand", 4)),
    "shared_muc4": (SHARED / "data" / "counts" / "muc4.jsonl", lambda: counts("muc4", "muc4", 1)),
    "shared_dronestream": (SHARED / "data" / "counts" / "dronestream.jsonl",
                           lambda: counts("dronestream", "dronestream", 1)),
    "shared_airwars_gaza": (SHARED / "data" / "counts" / "airwars_gaza.jsonl",
                            lambda: counts("airwars_gaza", "airwars", 3)),
}
"""Each set: where it stands (it may be absent), and how it is measured."""


@cache
def measured(name: str) -> Measured | None:
    """The figures of the set *name*; None where its texts are absent. Measured once a process."""
    place, measure = SETS[name]
    return measure() if place.exists() else None
