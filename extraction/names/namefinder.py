"""Finding many known names in text in one pass: a trie over written words, entered only at capitalised words.

The cost is one dictionary look-up a capitalised word, whatever the number of names; `re` alternations of thousands of
names are several times slower (tech notes: 9-35 MB/s a pattern for far smaller ones).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Generic, TypeVar

from extraction.names.transliteration import ARTICLES, plain, plain_word

T = TypeVar("T", bound=Hashable)

_START = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞĀ-ž][\w'’]*")
# Between the words of one name: blank, hyphen, line break; a full stop only after an initial (U.S., St.).
_WORD = re.compile(r"(?:['’]s?(?= ))?(?:(?<=\b\w)\.[ -]?|(?<=\bSt)\. |[ \u00a0]?[ \u00a0\n\-–])([\w'’]+)")
_HYPHENED = "|".join(sorted(ARTICLES, key=len, reverse=True))
# "as", "at", "an" are English words too: apart from the name they are articles only when capitalised in mid-sentence.
_BEFORE_ARTICLE = re.compile(
    rf"(?<!\w)(?:(?i:{_HYPHENED})[-‑]['’]?|(?:[Aa][lr]|[Ee]l|Ash|A[dz]|AL) |(?<=[a-z,] )(?:A[snt]|At) )$"
)
_ARTICLE_ENDS = frozenset({"al", "Al", "AL", "ar", "Ar", "el", "El", "sh", "Ad", "Az", "As", "An", "At"})
"""Last two letters of the articles that stand apart from their name."""
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNER = re.compile(r"['’]s?(?= )")
"""The mark of an owner inside a name ("Lord's Resistance Army"), which is left out of the words compared."""
_END: str = ""


@lru_cache(maxsize=16)
def _capitals(text: str) -> list[tuple[int, int, str]]:
    """(start, end, key) of each capitalised word of *text*, for every finder that looks there next."""
    found = []
    for match in _START.finditer(text):
        word = match[0] if match[0].isalnum() else _POSSESSIVE.sub("", match[0])
        found.append((match.start(), match.start() + len(word), plain_word(word)))
    return found


class NameFinder(Generic[T]):
    """Names with their payloads; `find` yields the longest name at each place, left to right, without overlaps."""

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        self._root: dict[str, Any] = {}
        for name, payload in names:
            self._add(name, payload)

    def _add(self, name: str, payload: T) -> None:
        for written in {name, _OWNER.sub("", name)}:
            node = self._root
            for word in plain(written):
                node = node.setdefault(word, {})
            found = node.setdefault(_END, [])
            if payload not in found:
                found.append(payload)

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[T, ...]]]:
        """(start, end, payloads) of each known name; offsets are code points, an article in front is in the span."""
        root, past = self._root, 0
        for start, stop, key in _capitals(text):
            if key not in root or start < past:
                continue
            end, payloads = self._longest(text, stop, root[key])
            if payloads:
                yield self._with_article(text, start, past), end, tuple(payloads)
                past = end

    def _longest(self, text: str, position: int, node: dict[str, Any]) -> tuple[int, list[T]]:
        end, payloads = position, node.get(_END, [])
        while len(node) > (_END in node):
            match = _WORD.match(text, position)
            if match is None:
                break
            word = match[1] if match[1].isalnum() else _POSSESSIVE.sub("", match[1])
            key = plain_word(word)  # empty for another script and for the owner's mark
            following = node.get(key) if key != _END else None
            if following is None:
                break
            node, position = following, match.start(1) + len(word)
            if _END in node:
                end, payloads = position, node[_END]
        # The last full stop of U.S. belongs to the name.
        return end + (text[end - 2 : end - 1] == "." and text[end : end + 1] == "."), payloads

    @staticmethod
    def _with_article(text: str, start: int, past: int) -> int:
        if text[start - 1 : start] == " " and text[max(0, start - 3) : start - 1] not in _ARTICLE_ENDS:
            return start
        match = _BEFORE_ARTICLE.search(text, max(past, start - 6), start)
        return match.start() if match else start
