"""How well extracted claims agree with gold claims: the measures of the quality gate.

COUNT: a found claim hits a gold claim of the same document when the quotes overlap, the harm is the same (bodies found
are killed) and so is the figure: best, else low, else high; both ends of a range. Unquantified claims take no part.
Each claim is used once. Gold of tier ``secondary`` may be found: it counts neither for nor against.
FULL: a hit that also agrees on every attribute of `FULL`.
Attribute accuracy: the share of hits that agree, among those whose gold states the attribute.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
"""One claim, gold or found, with the column names of the public contract."""

FULL = ("qualifier", "victim_class", "demographic", "scope", "claimant", "part_of")


@dataclass(frozen=True, slots=True)
class F1:
    """Hits among the claims found and among the gold wanted, and their harmonic mean; 1.0 where both are empty."""

    hits: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        return self.hits / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.found + self.wanted) if self.found + self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """The result: ``attributes`` maps a name to (agreeing, asked); ``notes`` has a line for each disagreement."""

    count: F1
    full: F1
    attributes: dict[str, tuple[int, int]]
    notes: list[str] = field(default_factory=list)

    def accuracy(self, attribute: str) -> float | None:
        """Share agreeing on *attribute*; None where no gold states it."""
        right, asked = self.attributes.get(attribute, (0, 0))
        return right / asked if asked else None


def plain(text: object) -> str:
    """*text* in lower-case ASCII words; a text without any (another script) as it is."""
    ascii_only = unicodedata.normalize("NFKD", str(text or "")).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", ascii_only.lower())) or str(text or "").strip()


@dataclass(frozen=True, slots=True)
class Names:
    """Folded alias to folded canonical actor, and the words that tell nothing of an actor or a place."""

    actors: dict[str, str]
    actor_noise: frozenset[str]
    place_noise: frozenset[str]
    countries: frozenset[str]


@cache
def names() -> Names:
    """The table `corpus/names.toml`."""
    table = tomllib.loads((Path(__file__).parent / "corpus" / "names.toml").read_text(encoding="utf-8"))
    actors = {plain(alias): plain(name) for name, aliases in table["canonical"].items() for alias in (name, *aliases)}
    return Names(actors, *(frozenset(table[key]) for key in ("actor_noise", "place_noise", "countries")))


def same_actor(one: object, other: object) -> bool:
    """Whether two names mean one actor: one canonical name, or all telling words of one in the other (two at least)."""
    known = names().actors
    a, b = (known.get(plain(x)) or known.get(plain(x).removeprefix("the ")) or plain(x) for x in (one, other))
    if not a or not b:
        return False
    canonical = set(known.values())
    if a == b or (a in canonical and b in canonical):
        return a == b
    words_a, words_b = (set(x.split()) - names().actor_noise or set(x.split()) for x in (a, b))
    return words_a == words_b or (len(words_a & words_b) > 1 and (words_a <= words_b or words_b <= words_a))


def _skeleton(word: str) -> str:
    """Consonants with doubles folded: what different romanisations of one name share."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouwyh]", "", word))


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if {a, b} & names().countries or _skeleton(a) != _skeleton(b):
        return False
    return (a[0] == b[0] or a[0] in "aeiou") and difflib.SequenceMatcher(None, a, b).ratio() >= 0.55


def same_place(one: object, other: object) -> bool:
    """Whether two place names share a telling word, romanisation aside; a country's name tells only of itself."""
    sides = [set(plain(x).split()) - names().place_noise for x in (one, other)]
    sides = [words - names().countries or words for words in sides]
    return any(_alike(a, b) for a in sides[0] for b in sides[1])


def _many(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, (list, tuple)) else [value]


def figure(row: Row) -> tuple[int | None, ...]:
    """The figure that COUNT compares."""
    low, best, high = row.get("low"), row.get("best"), row.get("high")
    if best is None and low is not None and high is not None:
        return low, high
    return (next((value for value in (best, low, high) if value is not None), None),)


def counted(row: Row) -> bool:
    """Whether the claim takes part in COUNT."""
    return row.get("qualifier") != "unquantified" and figure(row) != (None,)


def _harm(row: Row) -> str:
    return "killed" if row["harm"] == "bodies_found" else str(row["harm"])


def _hits(gold: Row, claim: Row) -> bool:
    overlap = gold["quote_start"] < claim["quote_end"] and claim["quote_start"] < gold["quote_end"]
    return overlap and _harm(gold) == _harm(claim) and figure(gold) == figure(claim)


def _accused(row: Row) -> list[tuple[str, str]]:
    return [(p["actor"], p.get("stance") or "alleged") for p in _many(row.get("perpetrators"))]


def _claimant(gold: Row, claim: Row) -> bool | None:
    named = [*_many(claim.get("claimant")), *_many(claim.get("co_claimants"))]
    wanted = _many(gold.get("claimant"))
    return any(same_actor(a, b) for a in named for b in wanted) if wanted else None


def _perpetrator(gold: Row, claim: Row) -> bool | None:
    if gold.get("perpetrators") is None:
        return None
    want, got = ([actor for actor, _ in _accused(row)] for row in (gold, claim))
    covered = all(any(same_actor(a, b) for b in got) for a in want)
    return covered and all(any(same_actor(a, b) for b in want) for a in got)


def _stance(gold: Row, claim: Row) -> bool | None:
    verdicts = []
    for actor, _ in _accused(gold):
        want, got = ({s for a, s in _accused(row) if same_actor(a, actor)} for row in (gold, claim))
        if got:
            verdicts.append(bool(want & got))
    return all(verdicts) if verdicts else None


def _place(gold: Row, claim: Row) -> bool | None:
    wanted = _many(gold.get("place"))
    named = [*_many(claim.get("place_text")), *_many(claim.get("place"))]
    return any(same_place(a, b) for a in wanted for b in named) if wanted else None


def _country(gold: Row, claim: Row) -> bool | None:
    wanted = gold.get("country")
    return None if not wanted or ";" in wanted else plain(wanted) == plain(claim.get("country"))


def _date(gold: Row, claim: Row) -> bool | None:
    if not gold.get("date_start"):
        return None
    want, got = ((str(row.get("date_start"))[:10], str(row.get("date_end") or row.get("date_start"))[:10])
                 for row in (gold, claim))
    return want == got


def _part_of(gold: Row, claim: Row) -> bool | None:
    return (gold.get("part_of") is None) == (claim.get("part_of") is None)


def _one_of(name: str, merged: Iterable[str] = (), optional: bool = True) -> Callable[[Row, Row], bool | None]:
    """Equality of a plain column, where the values *merged* are one; unstated gold is not asked if *optional*."""
    same = frozenset(merged)

    def compare(gold: Row, claim: Row) -> bool | None:
        want, got = gold.get(name) or None, claim.get(name) or None
        if optional and want is None:
            return None
        return want == got or (want in same and got in same)

    return compare


COMPARE: dict[str, Callable[[Row, Row], bool | None]] = {
    "qualifier": _one_of("qualifier"), "victim_class": _one_of("victim_class", ("mixed", "unknown")),
    "demographic": _one_of("demographic", optional=False), "scope": _one_of("scope", ("period", "cumulative")),
    "claimant": _claimant, "perpetrator": _perpetrator, "stance": _stance, "place": _place, "country": _country,
    "date": _date, "weapon": _one_of("weapon"), "part_of": _part_of}


def _is_core(row: Row) -> bool:
    return row.get("tier") != "secondary"


def _reseat(start: int, edges: Mapping[int, list[int]], chosen: dict[int, int], owner: dict[int, int]) -> None:
    """Seat gold *start* by the shortest chain of changes that unseats nobody; without one, nothing changes."""
    came_from: dict[int, int] = {}
    queue = [start]
    for i in queue:
        for j in edges.get(i, []):
            if j in came_from:
                continue
            came_from[j] = i
            if j in owner:
                queue.append(owner[j])
                continue
            while came_from[j] != start:
                holder = came_from[j]
                chosen[holder], owner[j], j = j, holder, chosen[holder]
            chosen[start], owner[j] = j, start
            return


def pair(gold: Sequence[Row], claims: Sequence[Row]) -> dict[int, int]:
    """Gold index to claim index, one to one: core gold first, as many as possible, better agreement preferred."""
    weight = {(i, j): sum(bool(compare(g, c)) for compare in COMPARE.values())
              for i, g in enumerate(gold) for j, c in enumerate(claims) if _hits(g, c)}
    best_first = sorted(weight, key=lambda edge: -weight[edge])
    edges: dict[int, list[int]] = defaultdict(list)
    for i, j in best_first:
        edges[i].append(j)
    chosen: dict[int, int] = {}
    owner: dict[int, int] = {}
    for core in (True, False):
        group = [i for i, row in enumerate(gold) if _is_core(row) == core]
        for i, j in best_first:
            if i in group and i not in chosen and j not in owner:
                chosen[i], owner[j] = j, i
        for i in group:
            if i not in chosen:
                _reseat(i, edges, chosen, owner)
    return chosen


def _line(kind: str, row: Row, extra: str = "") -> str:
    return f"{kind} {row['document_name']} {row['harm']} {figure(row)} {str(row.get('quote'))[:120]!r}{extra}"


def score(gold: Iterable[Row], claims: Iterable[Row]) -> Score:
    """Score *claims* against *gold*. Claims of a document that has no gold are all spurious."""
    by_document: dict[str, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((gold, claims)):
        for row in rows:
            if counted(row):
                by_document[row["document_name"]][side].append(row)
    hits = full = wanted = found = 0
    tally: dict[str, list[int]] = {name: [0, 0] for name in COMPARE}
    notes: list[str] = []
    for name in sorted(by_document):
        expected, stated = by_document[name]
        chosen = pair(expected, stated)
        forgiven = {j for i, j in chosen.items() if not _is_core(expected[i])}
        spare = [g for g in expected if not _is_core(g)]
        forgiven |= {j for j, c in enumerate(stated) if j not in chosen.values() and any(_hits(g, c) for g in spare)}
        found += len(stated) - len(forgiven)
        wanted += sum(map(_is_core, expected))
        notes += [_line("MISSED", g) for i, g in enumerate(expected) if _is_core(g) and i not in chosen]
        notes += [_line("SPURIOUS", c) for j, c in enumerate(stated) if j not in forgiven and j not in chosen.values()]
        for i, j in chosen.items():
            if not _is_core(expected[i]):
                continue
            verdicts = {key: compare(expected[i], stated[j]) for key, compare in COMPARE.items()}
            hits += 1
            full += all(verdicts[key] is not False for key in FULL)
            for key, agrees in verdicts.items():
                tally[key][0] += agrees is True
                tally[key][1] += agrees is not None
                if agrees is False:
                    notes.append(_line("WRONG", expected[i], f" {key}"))
    return Score(F1(hits, found, wanted), F1(full, found, wanted), {k: (a, b) for k, (a, b) in tally.items()}, notes)
