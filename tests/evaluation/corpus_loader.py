"""The project's own annotated texts: read from `corpus/texts`, checked, and given as documents and gold claims.

One TOML file a text is the single source. Offsets are never written by hand: a claim names its quote as it stands in
the text (``nth`` when the same words stand there more than once) and the loader finds it. ``n`` is the figure stated;
the bounds follow from it and the qualifier by the table of the public contract. Run as a script, it writes ``docs``,
``gold`` and ``counts.jsonl`` into the folder given, in the shape that scoring scripts read.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "corpus" / "texts"
SPLITS = ("open", "unseen")
ALLOWED: dict[str, set[str | None]] = {
    "qualifier": {"exact", "at_least", "more_than", "at_most", "fewer_than", "almost", "about", "range", "vague",
                  "relative", "unquantified", "none_reported"},
    "harm": {"killed", "injured", "killed_or_injured", "missing", "detained", "displaced", "bodies_found"},
    "victim_class": {"civilian", "combatant", "mixed", "unknown"},
    "demographic": {None, "children", "women", "men", "elderly"},
    "scope": {"incident", "period", "cumulative", "site"},
    "weapon": {None, "airstrike", "shelling", "drone", "missile", "ied", "gunfire", "chemical", "other"},
    "date_precision": {None, "day", "day_range", "week", "month", "year"},
    "tier": {"core", "secondary"}}
"""Values of the public contract (and of the scorers, for ``tier``)."""
STANCES = {"alleged", "possible", "admitted", "denied"}
CLAIM_KEYS = {"quote", "nth", "value_text", "n", "qualifier", "harm", "victim_class", "demographic", "role", "scope",
              "period", "part_of", "restates", "claimant", "relay", "perpetrators", "place", "country", "date",
              "date_precision", "weapon", "tier"}
TEXT_KEYS = {"publisher", "published", "publisher_is_source", "title", "voice", "traps", "text", "common", "toll",
             "claim"}


class CorpusError(ValueError):
    """An annotated text breaks a rule; the message names file, claim and rule."""


@dataclass(frozen=True, slots=True)
class CorpusText:
    """One annotated text: ``document`` and ``gold`` as scorers read them, ``toll`` as (low, high) people a harm."""

    name: str
    split: str
    voice: str
    traps: tuple[str, ...]
    document: dict[str, Any]
    gold: tuple[dict[str, Any], ...]
    toll: dict[str, tuple[int, int]]


def bounds(n: int | list[int] | None, qualifier: str) -> dict[str, int | None]:
    """Low, best and high (people) that the figure *n* supports under *qualifier*; ``n`` is a pair for a range."""
    if isinstance(n, list):
        return {"low": n[0], "best": None, "high": n[1]}
    table: dict[str, tuple[int | None, int | None, int | None]] = {
        "exact": (n, n, n), "none_reported": (n, n, n), "at_least": (n, n, None), "more_than": (n, n, None),
        "at_most": (None, None, n), "fewer_than": (None, None, n), "almost": (None, n, n), "about": (None, n, None),
        "vague": (n, None, None), "relative": (None, None, None), "unquantified": (None, None, None)}
    return dict(zip(("low", "best", "high"), table[qualifier], strict=True))


def span(text: str, wanted: str, nth: int, where: str) -> tuple[int, int]:
    """Code-point offsets of the *nth* (from 1) occurrence of *wanted*; an ambiguous or absent one raises."""
    starts = [i for i in range(len(text)) if text.startswith(wanted, i)]
    if not starts:
        raise CorpusError(f"{where}: {wanted!r} does not stand in the text")
    if len(starts) > 1 and not nth:
        raise CorpusError(f"{where}: {wanted!r} stands {len(starts)} times in the text; say which with nth")
    if nth > len(starts):
        raise CorpusError(f"{where}: {wanted!r} stands only {len(starts)} times in the text")
    start = starts[max(nth, 1) - 1]
    return start, start + len(wanted)


def days(value: str | None, where: str) -> tuple[str | None, str | None]:
    """``2018-07-12`` or ``start/end`` (either end may be empty) as two ISO days."""
    if value is None:
        return None, None
    start, _, end = value.partition("/")
    end = end if "/" in value else start
    if any(day and len(day) != 10 for day in (start, end)):
        raise CorpusError(f"{where}: {value!r} is not ISO days; write YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD")
    return start or None, end or None


def blamed(entries: list[str], where: str) -> list[dict[str, str]] | None:
    """``actor: stance`` strings as perpetrators; ``["?"]`` is None: careful readers differ, so nobody is asked."""
    if entries == ["?"]:
        return None
    pairs = [entry.rpartition(": ")[::2] for entry in entries]
    for actor, stance in pairs:
        if not actor or stance not in STANCES:
            raise CorpusError(f"{where}: {actor!r}, {stance!r} is no 'actor: stance'")
    return [{"actor": actor, "stance": stance} for actor, stance in pairs]


def checked(claim: dict[str, Any], where: str) -> None:
    """Refuse a claim whose values are outside the contract's lists, or whose qualifier and figure contradict."""
    for key, values in ALLOWED.items():
        if claim[key] not in values:
            raise CorpusError(f"{where}: {key} = {claim[key]!r} is not one of {sorted(str(v) for v in values)}")
    low, best, high = claim["low"], claim["best"], claim["high"]
    if low is best is high is None and claim["qualifier"] not in {"unquantified", "relative"}:
        raise CorpusError(f"{where}: a claim with a figure needs n")
    if (low is not None and best is None and high is not None) != (claim["qualifier"] == "range"):
        raise CorpusError(f"{where}: n is a pair exactly when qualifier is range")
    if (best == 0) != (claim["qualifier"] == "none_reported"):
        raise CorpusError(f"{where}: n is 0 exactly when qualifier is none_reported")


def gold_claim(raw: dict[str, Any], common: dict[str, Any], text: str, name: str, number: int) -> dict[str, Any]:
    """One gold claim: the text's common values, overridden by its own, with offsets and bounds worked out."""
    where = f"{name} claim {number}"
    if unknown := (raw.keys() | common.keys()) - CLAIM_KEYS:
        raise CorpusError(f"{where}: unknown keys {sorted(unknown)}")
    given = {"qualifier": "exact", "harm": "killed", "victim_class": "unknown", "scope": "incident", "tier": "core",
             "claimant": ["narrator"], "perpetrators": []} | common | raw
    start, end = span(text, given["quote"], given.get("nth", 0), where)
    value = given.get("value_text")
    value_start = (span(given["quote"], value, 1, where)[0] + start) if value else None
    value_end = value_start + len(value) if value and value_start is not None else None
    own_date = given.get("date") if given["scope"] == "incident" else raw.get("date")
    date_start, date_end = days(own_date or None, where)
    period_start, period_end = days(given.get("period"), where)
    claim = {
        "document_name": name, "claim_id": f"{name}-{number}", "tier": given["tier"], "quote": given["quote"],
        "quote_start": start, "quote_end": end, "value_text": value, "value_start": value_start,
        "value_end": value_end, **bounds(given.get("n"), given["qualifier"]),
        "qualifier": given["qualifier"], "harm": given["harm"], "victim_class": given["victim_class"],
        "demographic": given.get("demographic"), "role": given.get("role"), "scope": given["scope"],
        "period_start": period_start, "period_end": period_end,
        "part_of": f"{name}-{given['part_of']}" if "part_of" in given else None,
        "restates": f"{name}-{given['restates']}" if "restates" in given else None,
        "claimant": given["claimant"], "relay": given.get("relay"),
        "perpetrators": blamed(given["perpetrators"], where),
        "place": given.get("place") or None, "country": given.get("country") or None, "date_start": date_start,
        "date_end": date_end, "date_precision": (given.get("date_precision") or "day") if date_start else None,
        "weapon": given.get("weapon") or None}
    checked(claim, where)
    return claim


def read_text(path: Path, split: str) -> CorpusText:
    """The annotated text in *path*; a rule broken raises `CorpusError` naming the file."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    name = path.stem
    if unknown := raw.keys() - TEXT_KEYS:
        raise CorpusError(f"{name}: unknown keys {sorted(unknown)}")
    text = raw["text"].strip("\n")
    gold = tuple(gold_claim(claim, raw.get("common", {}), text, name, number)
                 for number, claim in enumerate(raw.get("claim", []), start=1))
    known = {claim["claim_id"] for claim in gold}
    for claim in gold:
        for key in ("part_of", "restates"):
            if claim[key] is not None and (claim[key] not in known or claim[key] == claim["claim_id"]):
                raise CorpusError(f"{claim['claim_id']}: {key} names {claim[key]}, which is no other claim of the text")
    published = raw.get("published")
    document = {"document_name": name, "text": text, "title": raw.get("title"), "publisher": raw["publisher"],
                "published": published.isoformat() if published else None, "url": None,
                "publisher_is_source": raw.get("publisher_is_source", False), "language": "en"}
    toll = {harm: (ends, ends) if isinstance(ends, int) else (ends[0], ends[1])
            for harm, ends in raw.get("toll", {}).items()}
    return CorpusText(name, split, raw["voice"], tuple(raw.get("traps", [])), document, gold, toll)


def paths(split: str = "all") -> Iterator[tuple[str, Path]]:
    """(split, file) of the split named: open, unseen or all; sorted by name."""
    folders = {"open": TEXTS, "unseen": TEXTS / "unseen"}
    for key in SPLITS if split == "all" else (split,):
        yield from ((key, path) for path in sorted(folders[key].glob("*.toml")))


def load(split: str = "all") -> list[CorpusText]:
    """The annotated texts of *split* (open, unseen, all)."""
    return [read_text(path, key) for key, path in paths(split)]


def digest(split: str = "all") -> str:
    """sha-256 over names and bytes of the texts of *split*: figures are comparable only under the same digest."""
    total = hashlib.sha256()
    for _, path in paths(split):
        body = path.read_bytes()
        total.update(f"{path.name}:{len(body)}:".encode() + body)
    return total.hexdigest()


def write(folder: Path, split: str = "all") -> None:
    """Write ``docs.jsonl``, ``gold.jsonl`` and ``counts.jsonl`` of *split* into *folder*."""
    texts = load(split)
    counts = [{"document_name": t.name, "text": t.document["text"]}
              | {f"{harm}_{end}": t.toll[harm][i] if harm in t.toll else None
                 for harm in ("killed", "injured") for i, end in enumerate(("low", "high"))} for t in texts]
    folder.mkdir(parents=True, exist_ok=True)
    files = {"docs": [t.document for t in texts], "gold": [c for t in texts for c in t.gold], "counts": counts}
    for file, rows in files.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{file}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), *sys.argv[2:3])
