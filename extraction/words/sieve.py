"""Patterns to search for, with a quick look first: a text without any word that a match must hold is not searched.

The words are read off the pattern itself, so that they can never miss a match: of each of its ways through, the longest
run of plain letters; of a pattern that must reach the end of the text ("by the $"), the letters that it can end with.
What is left is searched in lower case first, where that is the same: `re` is several times slower when it has to fold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from re import _constants, _parser  # type: ignore[attr-defined]
from sys import maxsize
from typing import Any

_SHORTEST, _LONG = 3, 5
_NO_LETTER = re.compile(r"\\.|\(\?P<\w+>")
"""Parts of a written pattern in which a capital means something else."""
_FEW = 40
"""Characters in brackets that are still tried one by one."""
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
    def _in_small(self) -> re.Pattern[str] | None:
        """The pattern for text in lower case; None where it tells capitals apart or names some."""
        plain = _NO_LETTER.sub("", self.pattern)
        if not self.flags & re.IGNORECASE or plain != plain.lower() or "(?-" in plain:
            return None
        return re.compile(self.pattern, self.flags & ~re.IGNORECASE)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Lower-case words, one of which stands in every match; none where the pattern has no such words."""
        return tuple(sorted(_words(_parser.parse(self.pattern, self.flags)) or ()))

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """Lower-case letters, one run of which ends every match and the text, blanks aside; none where that cannot be
        told.
        """
        return tuple(sorted(_anchored(_parser.parse(self.pattern, self.flags)) or ()))

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match in ``text[start:end]``."""
        if not self.words and not self.endings:
            return self._compiled.search(text, start, end)
        low = text[start:end].lower()
        if self.endings and not low.rstrip().endswith(self.endings):
            return None
        if self.words:
            for word in self.words:
                if word in low:
                    break
            else:
                return None
        if not start and self._in_small and not self._in_small.search(low):
            return None
        return self._compiled.search(text, start, end)


def _words(sequence: Iterable[Any]) -> frozenset[str] | None:
    """The best set of words, one of which stands in every match of *sequence*."""
    found = [words for words in _sets(sequence) if min(map(len, words)) >= _SHORTEST]
    return max(found, key=lambda words: (min(_LONG, *(len(word.strip()) for word in words)), -len(words)), default=None)


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


def _anchored(sequence: Iterable[Any]) -> frozenset[str] | None:
    """The letters with which *sequence* ends where it must reach the text's end; None where that cannot be told."""
    nodes = list(sequence)
    if not nodes:
        return None
    kind, value = nodes[-1]
    if kind is _constants.AT and value is _constants.AT_END:
        ends = _endings(nodes[:-1])
        return None if ends is None or "" in ends else ends
    if kind is _constants.BRANCH and len(nodes) == 1:
        ways = [_anchored(way) for way in value[1]]
        return None if None in ways else frozenset().union(*(way for way in ways if way))
    return None


def _endings(sequence: Iterable[Any]) -> frozenset[str] | None:
    """The letters with which *sequence* can end, blanks aside, "" among them where it can be blank; None where anything
    can end it.
    """
    found: frozenset[str] = frozenset()
    run = ""
    for kind, value in reversed(list(sequence)):
        if kind is _constants.LITERAL and not chr(value).isspace():
            run = chr(value).lower() + run
            continue
        if run:
            break
        if kind is _constants.LITERAL or kind in _ZERO_WIDTH:
            continue
        ends = _endings_of(kind, value)
        if ends is None:
            return None
        found |= ends - {""}
        if "" not in ends:
            return found
    return found | {run}


def _endings_of(kind: Any, value: Any) -> frozenset[str] | None:
    """The same for one part of a pattern."""
    if kind is _constants.IN:
        return _characters(value)
    if kind is _constants.BRANCH:
        ways = [_endings(way) for way in value[1]]
    elif kind is _constants.SUBPATTERN or kind in _REPEATS:
        ways = [_endings(value[-1])]
    else:
        return None
    if None in ways:
        return None
    optional = kind in _REPEATS and not value[0]
    return frozenset({""} if optional else ()).union(*(way for way in ways if way))


def _characters(choices: Iterable[Any]) -> frozenset[str] | None:
    """The characters of a pair of brackets in lower case, "" for a blank; None for too many to be told one by one."""
    found: set[str] = set()
    for kind, value in choices:
        if kind is _constants.LITERAL:
            found.add(chr(value).lower().strip())
        elif kind is _constants.RANGE and value[1] - value[0] < _FEW:
            found.update(chr(code).lower() for code in range(value[0], value[1] + 1))
        elif kind is _constants.CATEGORY and value is _constants.CATEGORY_SPACE:
            found.add("")
        else:
            return None
    return frozenset(found)
