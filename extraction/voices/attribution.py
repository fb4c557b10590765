"""Who says so: the voice that governs each claim, and the outlets that relay it.

A sentence's voices are the subjects of its reporting verbs ("SOHR said", "…, police said", "according to residents");
each governs a stretch of the sentence. A pronoun or a definite noun ("the group", "the site", "he") stands for the
last voice of its kind; a quotation that runs on keeps its voice; everything else is the narrator's.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence

from extraction.names.actors import ActorMention, names_place
from extraction.names.gazetteer import resolve
from extraction.voices.memory import NOBODY, Memory
from extraction.voices.referents import at_home, cross_border
from extraction.voices.sayings import Stretch, may_say, saying
from extraction.voices.voice import voice_of
from extraction.words.lexicon import words
from extraction.words.tokens import Token

_MARKS = re.compile(r'[":\u2014]|-\s')


def is_silent(sentence: str, memory: Memory) -> bool:
    """Whether nobody is heard in a *sentence* without a word of a voice (`sayings.words_of_voices`): no quotation runs
    through it, and no mark of a headline parts a voice from what it says.
    """
    return not memory.open_quote and sentence[0].isalnum() and not _MARKS.search(sentence)


def stretches(plain: str, tokens: Sequence[Token], memory: Memory, named: Sequence[ActorMention]) -> list[Stretch]:
    """The voices of one sentence and what each governs; *memory* is read and brought up to date with them and the
    actors *named*.
    """
    if not tokens:
        return []
    found: list[Stretch] = []
    memory.here = named
    cross_border(plain[tokens[0].start : tokens[-1].end], memory)
    memory.meet(named, next((token.start for token in tokens if token.tag == "R"), tokens[0].start))
    for index, token in enumerate(tokens):
        stretch = saying(plain, tokens, index, memory, found) if may_say(token) else None
        if stretch is not None:
            found.append(stretch)
    _limit(found, tokens)
    found += _headline(plain, tokens, memory) if not found else []
    start, end = tokens[0].start, tokens[-1].end
    if plain[start - 1 : start] == "\n":
        memory.open_quote = False
    closed = memory.open_quote and plain[start] == '"'
    if not found and memory.last is not None and not closed and (memory.open_quote or plain[start] == '"'):
        found = [Stretch(start, end, memory.last, "say", start)]
    if plain.count('"', start, end) % 2:
        memory.open_quote = not memory.open_quote
    memory.note(named, plain, start)
    if found:
        memory.topic = None
    for stretch in found:
        memory.hear(stretch.voice)
    return found


_HEADINGS = words("attribution", "headings")


def _headline(plain: str, tokens: Sequence[Token], memory: Memory) -> list[Stretch]:
    """ "Activists: IS kills 135" and "… kills 55 militants: military sources", "… leave 31 dead - reports"."""
    marks = [k for k, token in enumerate(tokens) if token.tag in ":\u2014"]
    if not marks:
        return []
    first, last = marks[0], marks[-1]
    if (
        first <= 5
        and not any(token.tag in "KGPDMN" for token in tokens[:first])
        and any(token.harm for token in tokens[first:])
    ):
        voice = voice_of(plain[tokens[0].start : tokens[first - 1].end]) if first else None
        listed = last > first and tokens[-1].tag == ":"
        heads = listed or any(token.low in _HEADINGS for token in tokens[:first])
        if voice is not None and voice.is_known and tokens[first].tag == ":" and not (heads or _says_where(voice.text)):
            return [Stretch(tokens[first].end, tokens[-1].end, voice, "say", tokens[0].start)]
    if len(tokens) - last <= 6 and last + 1 < len(tokens) and any(token.harm for token in tokens[:last]):
        voice = voice_of(plain[tokens[last + 1].start : tokens[-1].end])
        voice = at_home(voice, memory) if voice is not None else None
        if (
            voice is not None
            and (voice.is_known or voice.text.islower())
            and not any(token.tag in "NKGPDM" for token in tokens[last + 1 :])
        ):
            return [Stretch(tokens[0].start, tokens[last].start, voice, "say", tokens[last].start)]
    return []


def _says_where(text: str) -> bool:
    """ "Iraq: 13 dead", "Islamabad: A bomb killed two": a heading or dateline tells where, not who says so."""
    place = resolve(text)
    return names_place(text) or (place is not None and (" " not in text or place.name.lower() == text.lower()))


def _limit(found: list[Stretch], tokens: Sequence[Token]) -> None:
    """A voice that opens the sentence governs up to the next one; a closing one back to the one before."""
    for earlier, later in itertools.pairwise(found):
        if earlier.kind == "cite":
            earlier.relays += (later.voice.name,) if later.voice.is_outlet else ()
            continue
        if later.kind == "cite":
            later.relays += (earlier.voice.name,) if earlier.voice.is_outlet else ()
            continue
        if _closed_by(earlier, later, tokens):
            continue
        if earlier.end > later.verb and later.start > earlier.start:
            earlier.end = min(earlier.end, later.start)
        elif later.start <= earlier.start and later.end > earlier.verb and earlier.start < later.end:
            later.start = max(later.start, earlier.start)


def _closed_by(earlier: Stretch, later: Stretch, tokens: Sequence[Token]) -> bool:
    """ "X announced a siege, with strikes that killed nine, according to Y": what X announces ends at the comma."""
    said = bisect_left(tokens, earlier.verb, key=lambda token: token.start)
    if said == len(tokens) or tokens[said].start != earlier.verb:
        return False
    if later.start > tokens[0].start or later.end != later.verb or earlier.start < tokens[said].end:
        return False
    last = bisect_left(tokens, later.verb, key=lambda token: token.start)
    comma = next((k for k in range(said + 1, last) if tokens[k].tag == ","), None)
    if comma is None:
        return False
    if any(token.low == "that" or token.harm is not None for token in tokens[said + 1 : comma]):
        return False
    earlier.end = later.start = tokens[comma].start
    return True


def governing(found: Sequence[Stretch], start: int, end: int) -> Stretch | None:
    """The voice that governs ``[start, end)``: the innermost stretch that holds the number."""
    holding = [stretch for stretch in found if stretch.start <= start and end <= stretch.end + 1]
    if not holding:
        holding = [stretch for stretch in found if stretch.start < end and start < stretch.end]
    holding = [stretch for stretch in holding if stretch.voice.name not in NOBODY] or holding
    cited = [stretch for stretch in holding if stretch.kind == "cite"]
    return cited[-1] if cited else max(holding, key=lambda stretch: stretch.start, default=None)


__all__ = ["Stretch", "governing", "is_silent", "stretches"]
