"""Patterns to search for, with a quick look first: a text without any word that a match must hold is not searched.

The words are read off the pattern itself, so that they can never miss a match: of each of its ways through, the longest
run of plain letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from re import _constants, _parser  # type: ignore[attr-defined]
from sys import maxsize
from typing import Any

_SHORTEST, _LONG = 3, 5
_ZERO_WIDTH = frozenset({_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT})
_REPEATS = frozenset({_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT})


class Sought:
    """A pattern that is only ever searched for; compiled when it is first needed."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Lower-case words, one of which stands in every match; none where the pattern has no such words."""
        return tuple(sorted(_words(_parser.parse(self.pattern, self.flags)) or ()))

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match in ``text[start:end]``."""
        if self.words:
            low = text[start:end].lower()
            for word in self.words:
                if word in low:
                    break
            else:
                return None
        return self._compiled.search(text, start, end)


def _words(sequence: Iterable[Any]) -> frozenset[str] | None:
    """The best set of words, one of which stands in every match of *sequence*."""
    found = [words for words in _sets(sequence) if min(map(len, words)) >= _SHORTEST]
    return max(found, key=lambda words: (min(_LONG, *map(len, words)), -len(words)), default=None)


def _sets(sequence: Iterable[Any]) -> Iterator[frozenset[str]]:
    run = ""
    for kind, value in sequence:
        if kind in _ZERO_WIDTH:
            continue
        if kind is _constants.LITERAL:
            run += chr(value).lower()
            continue
        if kind is _constants.BRANCH:
            ways = [_words(way) for way in value[1]]
            if None not in ways:
                yield frozenset().union(*(words for words in ways if words))
            yield frozenset(run + _head(way) for way in value[1])
        elif run:
            yield frozenset({run})
        run = ""
        inner = value[-1] if (kind in _REPEATS and value[0]) or kind is _constants.SUBPATTERN else None
        if inner is not None and (words := _words(inner)):
            yield words
    if run:
        yield frozenset({run})


def _head(sequence: Iterable[Any]) -> str:
    """The plain letters with which *sequence* begins."""
    run = ""
    for kind, value in sequence:
        if kind is _constants.LITERAL:
            run += chr(value).lower()
        elif kind not in _ZERO_WIDTH:
            break
    return run
