"""Corrections of a text's own earlier words ("* We published that two women were killed; in fact only one was").

What was published is kept and marked as superseded, in the footnote and wherever else the text still says it. Figures
that the text gives as first heard ("initial reports said three") are marked, too: a later one replaces them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.drafts import Draft
from extraction.words.index import any_between, index_of
from extraction.words.lexicon import openings_of, sought
from extraction.words.numbers import fold_case
from extraction.words.text import Sentence

_OWN = sought("corrections", "own")
_PUT_RIGHT = sought("corrections", "put_right")
_PROVED_WRONG = sought("corrections", "proved_wrong")
"""Words that take back what they tell ("claims that the four were dead proved to be false")."""
_EARLY = sought("corrections", "early")
_LATER = re.compile(r"\b(?:later|then|but|however|after|before)\b", re.IGNORECASE)
"""Words beside "initial reports" that make the figure that of somebody else, or of later."""
_NEAR = 200
"""Characters before a figure within which its words tell when it was heard."""
_REACH = 2
"""Sentences after the one that tells what was published, within which it is put right."""


def withdraw(plain: str, spans: Sequence[Sentence], drafts: Sequence[Draft]) -> None:
    """Marks the claims that the text takes back in a correction of its own."""
    disproved = [_PROVED_WRONG.search(plain, span.start, span.end) is not None for span in spans]
    for item in drafts:
        if disproved[item.sentence]:
            item.flags.add("superseded")
    opened = index_of(fold_case(plain)).starts(openings_of("corrections", "own"))
    for index, span in enumerate(spans):
        if not any_between(opened, span.start, span.end) or not _OWN.search(plain, span.start, span.end):
            continue
        last = spans[min(index + _REACH, len(spans) - 1)]
        if not _PUT_RIGHT.search(plain, span.start, last.end):
            continue
        wrong = [item for item in drafts if item.sentence == index and item.number is not None]
        right = [item for item in drafts if index < item.sentence <= index + _REACH and item.number is not None]
        for item in wrong[:1] if not right else wrong:
            item.flags.add("superseded")
            for other in drafts:
                if other.sentence < index and _same_figure(other, item):
                    other.flags.add("superseded")


def early(plain: str, drafts: Sequence[Draft]) -> None:
    """Flags the figures that the text gives as the first ones heard ("initial reports said three had died")."""
    for item in drafts:
        opening = max(item.clause.tokens[0].start, item.value_start - _NEAR)
        said = _EARLY.search(plain, opening, item.value_start)
        if said is not None and not _LATER.search(plain, opening, item.value_start):
            item.flags.add("early")


def _same_figure(one: Draft, other: Draft) -> bool:
    same = one.demographic is None or other.demographic is None or one.demographic == other.demographic
    return one.harm == other.harm and same and (one.low, one.best, one.high) == (other.low, other.best, other.high)
