"""The text as the rules read it: characters made plain, sentences found, offsets kept.

Rules match against a *plain* view (no-break spaces, curly quotes and long dashes made simple; soft hyphens and the
stars that
break words to dodge moderation taken out). Every position in the view leads back to a code point of the text as given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.words.lexicon import harm_words, pattern, victims

_ITEM_OPENS = re.compile(
    r"(?:[*\u2022-] ?)*(?:(?:NEAR )?[A-Z][A-Z'. ]{2,30}(?:, [A-Z][\w .]+)? ?(?:\u2014|-|:) "
    r"|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2}(?:-\d{1,2})?)?(?:,? \d{4})? ?(?:\u2014|-|:) )"
)
_ROUND_UP = 3
REACH = 2000
"""How far words belong together, in code points, where a text goes on without an end of a sentence: it keeps the time
that a text takes in proportion to its length.
"""

_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2007": " ",
        "\t": " ",
        "\u2018": "'",
        "\u2019": "'",
        "\u201b": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2013": "-",
        "\u2212": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\u2014": "\u2014",
        "\u2015": "\u2014",
        "\u060c": ",",
        "\uff0c": ",",
    }
)
_DROPPED = re.compile(r"[\u00ad\u200b\u200c\u200d\u2060\ufeff]|(?<=[A-Za-z])[*\u00b7](?=[A-Za-z])")
_INSIDE = re.compile(r"[*!@#$\u00b7](?<=[A-Za-z].)[A-Za-z]")
"""A mark between letters: the quick look before the thorough one."""
_BROKEN = re.compile(r"\b[A-Za-z]+(?:[*!@#$\u00b7][A-Za-z]+)+\b")
_RELATED = pattern("text", "related")
_LINK = pattern("text", "link")
_HEADLINE_LIKE = pattern("text", "headline_like")
_ABBREVIATION = pattern("text", "abbreviation")
_BREAK = pattern("text", "break")
_GOES_ON = re.compile(r"[a-z](?![\w ]{0,25}:)")
_RUNS_ON = re.compile(rf"\n(?:(?<=[\w,].)|(?<=[\w,] .)){_GOES_ON.pattern}", re.DOTALL)
"""Opens with the break, so that it is sought as a letter instead of tried at each one."""


@dataclass(frozen=True, slots=True)
class View:
    """The plain text and where its characters stand in the text as given."""

    text: str
    plain: str
    _cuts: tuple[int, ...] = ()
    _shift: tuple[int, ...] = ()

    def at(self, position: int) -> int:
        """The code point of the given text that position *position* of the plain text stands for."""
        if not self._cuts:
            return position
        return position + self._shift[bisect_right(self._cuts, position)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """*start*, *end* of the plain text as offsets into the given text; ``end`` stays exclusive."""
        return (self.at(start), self.at(end - 1) + 1) if end > start else (self.at(start), self.at(start))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the plain text: ``[start, end)`` and where in the document it stands."""

    start: int
    end: int
    paragraph: int
    segment: str = "body"

    def within(self, segment: str) -> Sentence:
        """The same sentence, standing in *segment*."""
        return self if segment == self.segment else Sentence(self.start, self.end, self.paragraph, segment)


def view(text: str) -> View:
    """*text* with its characters made plain and the way back kept."""
    plain = _unwrapped(text.translate(_PLAIN))
    if any(mark in plain for mark in "*!@#$\u00b7") and _INSIDE.search(plain):
        plain = _BROKEN.sub(_mended, plain)
    if not any(mark in plain for mark in "\u00ad\u200b\u200c\u200d\u2060\ufeff*\u00b7"):
        return View(text, plain)
    cuts: list[int] = []
    shift = [0]
    kept: list[str] = []
    last = gone = 0
    for hit in _DROPPED.finditer(plain):
        kept.append(plain[last : hit.start()])
        gone += hit.end() - hit.start()
        cuts.append(hit.end() - gone)
        shift.append(gone)
        last = hit.end()
    if not cuts:
        return View(text, plain)
    return View(text, "".join(kept) + plain[last:], tuple(cuts), tuple(shift))


def _unwrapped(plain: str) -> str:
    """*plain* with the line breaks inside its sentences as blanks, where it was broken at a width: several of its lines
    go on in small letters ("wounded 15 / others"), and the others that go on are about as long.
    """
    if len(_RUNS_ON.findall(plain)) < _WRAPPED:
        return plain
    lines = plain.split("\n")
    broken = [len(before) for before, line in pairwise(lines) if _GOES_ON.match(line)]
    least, most = max(broken) * _FULL, max(broken) / _FULL
    made = [lines[0]]
    for before, line in pairwise(lines):
        goes_on = _GOES_ON.match(line) or (least <= len(before) <= most and line[:1].isalnum())
        inside = goes_on and before.strip() and before.rstrip()[-1] not in ".!?:"
        made.append((" " if inside else "\n") + line)
    return "".join(made)


_WRAPPED = 3
"""Lines that go on in small letters from which on a text counts as broken at a width."""
_FULL = 0.7
"""Share of the width from which on a line is full."""


def _mended(hit: re.Match[str]) -> str:
    """A word with letters starred out, of the same length, where a word of the vocabulary fits ("d*ad", "k!lled");
    else as it was.
    """
    word = hit.group()
    shape = re.compile(re.sub(r"[*!@#$\u00b7]", ".", word.lower()))
    if word.replace("*", "").replace("\u00b7", "").lower() in harm_words():
        return word
    fit = next((form for form in (*harm_words(), *victims()) if len(form) == len(word) and shape.fullmatch(form)), None)
    return fit or word


def sentences(plain: str) -> list[Sentence]:
    """The sentences of *plain*, left to right, blank ones left out; a line break always ends a sentence."""
    found: list[Sentence] = []
    start = paragraph = 0
    for hit in _BREAK.finditer(plain):
        mark = hit.group()
        newline = "\n" in mark
        bar = mark.strip() == "|"
        if (
            not newline
            and not bar
            and mark[0] == "."
            and _ABBREVIATION.search(plain, max(start, hit.start() - 12), hit.start() + 1)
        ):
            continue
        end = hit.start() if newline or bar else hit.end()
        _keep(found, plain, start, end, paragraph)
        start = hit.end()
        paragraph += newline
    _keep(found, plain, start, len(plain), paragraph)
    return found


def segments(plain: str, spans: list[Sentence]) -> list[Sentence]:
    """*spans* with their segment: the first line of several is a headline, what stands under "Related news" is
    related.
    """
    made: list[Sentence] = []
    related = False
    for index, span in enumerate(spans):
        text = plain[span.start : span.end]
        closed = text.rstrip("\"')]").endswith((".", "!", "?"))
        if _RELATED.fullmatch(text):
            related = True
        elif related and closed and len(text) > 60:
            related = False
        link = related or _LINK.match(text) is not None
        headline = index == 0 and not closed and len(spans) > 1 and spans[1].paragraph > span.paragraph
        made.append(span.within("related" if link else "headline" if headline else "body"))
    for index in range(_links_from(plain, spans), len(spans)):
        made[index] = made[index].within("related")
    return made


def _links_from(plain: str, spans: list[Sentence]) -> int:
    """Where the headlines of other pages begin that end a text as it was scraped: several lines, none of which is a
    sentence, after one that is. The number of spans where there are none.
    """
    first = len(spans)
    while first > 0:
        text = plain[spans[first - 1].start : spans[first - 1].end]
        if len(text) > _LONGEST_LINK or not _HEADLINE_LIKE.fullmatch(text):
            break
        first -= 1
    before = plain[spans[first - 1].start : spans[first - 1].end] if first else ""
    closed = before.rstrip("\"')]").endswith((".", "!", "?"))
    return first if closed and len(spans) - first >= _LINKS else len(spans)


_LINKS = 3
"""Lines from which on headlines at the end of a text are a list of links."""
_LONGEST_LINK = 160


def _keep(found: list[Sentence], plain: str, start: int, end: int, paragraph: int) -> None:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Sentence(start, end, paragraph))


def item_starts(texts: Sequence[str]) -> list[int]:
    """Which of the sentences *texts* open an item of a round-up; none in a text of one report."""
    marked = ((index, text) for index, text in enumerate(texts) if ": " in text or "- " in text or "\u2014 " in text)
    opens = [index for index, text in marked if _ITEM_OPENS.match(text)]
    return opens if len(opens) >= _ROUND_UP else []
