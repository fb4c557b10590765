"""The cues of statements of responsibility: `data/position_cues.csv`, with its word classes and its grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from extraction.tables import rows
from extraction.words.numbers import any_of
from schemas.enums import values

SPEAKERS = frozenset({"subject", "voice", "before", "after"})
NEEDS = frozenset({"", "party", "accused", "own"})
_ANCHOR = re.compile(r"[a-z]+\*?")


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of `data/position_cues.csv`; ``pattern`` reads text in lower case (`words.numbers.fold_case`)."""

    position: str
    speaker: str
    needs: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def grammar(name: str) -> re.Pattern[str]:
    """The pattern *name* of `data/position_grammar.csv`."""
    table = {row["name"]: row["pattern"] for row in rows("position_grammar.csv")}
    return re.compile(table[name], re.IGNORECASE)


@cache
def cues() -> tuple[Cue, ...]:
    """The cues in file order. ValueError names the row of an unknown position, speaker, need, word class or anchor."""
    words = {row["name"]: row["pattern"] for row in rows("position_words.csv")}
    found: list[Cue] = []
    for number, row in enumerate(rows("position_cues.csv"), start=2):
        missing = set(re.findall(r"\{([a-z]\w*)\}", row["cue"])) - set(words)
        if row["position"] not in values("position") or row["speaker"] not in SPEAKERS or row["needs"] not in NEEDS:
            raise ValueError(f"position_cues.csv, line {number}: unknown position, speaker or needs; mend the row")
        if missing:
            raise ValueError(f"position_cues.csv, line {number}: no word class {', '.join(sorted(missing))}")
        anchors = tuple(row["anchors"].split("|"))
        if not all(map(_ANCHOR.fullmatch, anchors)):
            wrong = f"anchors {row['anchors']!r} are not words in lower case (word|begin*)"
            raise ValueError(f"position_cues.csv, line {number}: {wrong}; mend the row")
        found.append(Cue(row["position"], row["speaker"], row["needs"], anchors, _compiled(row["cue"], words)))
    return tuple(found)


@cache
def anchored() -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    """The pattern of all anchors ("$" ends a word), and by what it finds, the longest, the numbers of cues to try."""
    ends = {anchor[:-1] if anchor.endswith("*") else f"{anchor}$" for cue in cues() for anchor in cue.anchors}
    pattern = re.compile(rf"\b{any_of(ends)}".replace(r"\$", r"\b"))
    table = {
        found: frozenset(n for n, cue in enumerate(cues()) if any(found.startswith(a.rstrip("*")) for a in cue.anchors))
        for found in (end.rstrip("$") for end in ends)
    }
    return pattern, table


@lru_cache(maxsize=65536)
def cues_for(word: str) -> frozenset[int]:
    """The numbers of the cues to try where *word* stands."""
    pattern, table = anchored()
    found = pattern.match(word)
    return table[found[0]] if found else frozenset()


def _compiled(cue: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """The pattern of *cue*, word classes filled in; a group of several alternatives is numbered (self0, self1)."""
    filled = re.sub(r"\{([a-z]\w*)\}", lambda hit: words[hit[1]], cue)
    for name in ("self", "target", "doer"):
        parts = filled.split(f"(?P<{name}>")
        filled = parts[0] + "".join(f"(?P<{name}{index}>{part}" for index, part in enumerate(parts[1:]))
    spaced = re.sub(r" (?![?*+{])", r"[\\s]+", filled)
    return re.compile(rf"\b(?:{spaced})")
