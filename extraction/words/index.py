"""Where each word of a text stands: read once, asked by every rule that knows with which words its phrases open.

A pattern tried only where one of its opening words stands finds what a search through the whole text finds, without
stopping at every letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, chain, islice

DIGIT = "#"
"""Stands among opening words for every word that begins with a digit."""
_WORD = re.compile(r"\w+")
_APART = re.compile(r"(\W+)")
_SHORT = 400
"""A phrase or sentence in code points: read anew each time, so that it does not push out the document around it."""


class Index:
    """The words of a text in lower case with their offsets; *folded* is that text (`words.numbers.fold_case`)."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        found: defaultdict[str, list[int]] = defaultdict(list)
        parts = _APART.split(folded)
        for word, at in zip(parts[::2], islice(accumulate(map(len, parts), initial=0), 0, None, 2), strict=False):
            found[word].append(at)
        found.pop("", None)
        found[DIGIT] = [at for word, places in found.items() if word[0].isdecimal() for at in places]
        self._found = dict(found)
        self._words = frozenset(found)
        self._starts: dict[frozenset[str], list[int]] = {}

    def starts(self, openings: frozenset[str]) -> list[int]:
        """Where the words *openings* stand, left to right."""
        if openings not in self._starts:
            here = openings & self._words
            self._starts[openings] = sorted(chain.from_iterable(map(self._found.__getitem__, here)))
        return self._starts[openings]

    def words(self) -> Iterable[tuple[str, list[int]]]:
        """Each word with its offsets."""
        return self._found.items()

    def led(
        self, pattern: re.Pattern[str], openings: frozenset[str], text: str | None = None
    ) -> Iterator[re.Match[str]]:
        """What ``pattern.finditer(text)`` finds, *text* being the folded one where it is not given, when every match
        begins with one of the whole words *openings*.
        """
        return tried(pattern, self.folded if text is None else text, self.starts(openings))


def tried(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of *pattern* that begin at the sorted *starts*, without overlap."""
    past = 0
    for start in starts:
        if start >= past and (hit := pattern.match(text, start)):
            yield hit
            past = hit.end()


def openings(phrases: Iterable[str]) -> frozenset[str]:
    """The first word of each of *phrases*, in lower case."""
    return frozenset(hit[0] for phrase in phrases if (hit := _WORD.search(phrase.lower())))


def any_between(starts: list[int], start: int, end: int) -> bool:
    """Whether one of the sorted *starts* lies in ``[start, end)``."""
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] < end


def index_of(folded: str) -> Index:
    """The index of a text in lower case; that of a document is kept for the rules that ask next."""
    return _kept(folded) if len(folded) > _SHORT else Index(folded)


@lru_cache(maxsize=8)
def _kept(folded: str) -> Index:
    return Index(folded)
