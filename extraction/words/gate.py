"""The cheap look before any reading: whether a text or sentence holds a word with which harm is told.

Most texts of the world tell of no harm. A whole text is first looked through for single words, which costs a quarter of
a search; only where one stands does the pattern decide.
"""

from __future__ import annotations

import re
from functools import cache

from extraction.words import lexicon
from extraction.words.numbers import any_of

_BLANKED = bytes(code if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(128)).ljust(256)
"""Every ASCII character that is no part of a word as a blank."""


def tells(folded: str, start: int = 0, end: int | None = None) -> bool:
    """Whether ``folded[start:end]`` holds a word of harm; *folded* is lower case (`words.numbers.fold_case`)."""
    return _pattern().search(folded, start, len(folded) if end is None else end) is not None


def text_tells(folded: str) -> bool:
    """The same of a whole text, answered sooner where the answer is no."""
    words = folded.encode("ascii", "replace").translate(_BLANKED).split()
    return not _looked_for().isdisjoint(words) and tells(folded)


@cache
def _forms() -> frozenset[str]:
    """One word of each phrase of harm, the rarest, or the phrase where all its words are common."""
    common = lexicon.word_set("common_words.csv")
    return frozenset(
        max((part for part in form.split() if part not in common), key=len, default="")
        or (f"{form} of" if word.tag == "noun_of" else form)
        for form, word in lexicon.harm_words().items()
    )


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(_forms())}\b|{lexicon.pattern('gate', 'plain_verbs').pattern}")


@cache
def _looked_for() -> frozenset[bytes]:
    """Words one of which stands in every text that `tells`: of each form the longest."""
    words = {max(re.findall(r"\w+", form), key=len) for form in _forms()}
    return frozenset(word.encode("ascii") for word in words | lexicon.words("gate", "plain_verbs"))
