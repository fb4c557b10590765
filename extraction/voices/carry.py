"""Voices that reach beyond their sentence: signed posts, texts that stand twice, and what a voice goes on to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extraction.voices.memory import Memory, signed
from extraction.voices.sayings import Stretch
from extraction.words.lexicon import pattern
from extraction.words.text import Sentence

_FURTHER = pattern("carry", "further")
_OF_THOSE = pattern("carry", "of_those")
_SPEAKS = pattern("carry", "speaks")
_BREAKS_OFF = pattern("carry", "breaks_off")
Heard = dict[int, list[Stretch]]
"""The voices of each sentence, by its index."""


def carry(plain: str, spans: Sequence[Sentence], heard: Heard, told: frozenset[int], memory: Memory) -> None:
    """Gives the sentences without a voice the one that clearly governs them; *told* are those that tell of harm."""
    for index in range(len(spans)):
        _sign(plain, spans, index, heard, memory)
    _echo(plain, spans, heard)
    for index in range(1, len(spans)):
        _close_quote(plain, spans, index, heard)
        _reach_back(plain, spans, index, heard)
        if index in told and (index - 1 in told or _OF_THOSE.match(plain, spans[index].start)):
            _go_on(plain, spans, index, heard)
    _offices(heard, memory)


def _sign(plain: str, spans: Sequence[Sentence], index: int, heard: Heard, memory: Memory) -> None:
    """Gives the post above a signature to the one who signed it."""
    voice = signed(plain, spans[index].start, spans[index].end, memory)
    if voice is None:
        return
    for back in range(index - 1, max(-1, index - 8), -1):
        if heard.get(back) or spans[back].paragraph < spans[index].paragraph - 1:
            break
        heard[back] = [Stretch(spans[back].start, spans[back].end, voice, "say", spans[index].start)]


def _echo(plain: str, spans: Sequence[Sentence], heard: Heard) -> None:
    """A sentence that stands twice has one voice: a post embedded and then quoted in full."""
    first: dict[str, int] = {}
    for index, span in enumerate(spans):
        other = first.setdefault(plain[span.start : span.end], index)
        if other != index and heard.get(other) and not heard.get(index):
            voice = heard[other][0]
            heard[index] = [Stretch(span.start, span.end, voice.voice, voice.kind, span.start)]


def _close_quote(plain: str, spans: Sequence[Sentence], index: int, heard: Heard) -> None:
    """ "“Nine died. Two are missing,” she said.": the whole quotation is hers, from where it was opened."""
    found = heard.get(index)
    if not found or found[0].start > spans[index].start or not _odd(plain, spans[index].start, found[0].verb):
        return
    for back in range(index - 1, -1, -1):
        own = heard.get(back)
        if spans[back].paragraph != spans[index].paragraph or (own and own[0].verb > spans[back].start):
            return
        heard[back] = [_whole(spans[back], found[0])]
        if _odd(plain, spans[back].start, spans[back].end):
            return


def _odd(plain: str, start: int, end: int) -> bool:
    """Whether a quotation is opened or closed in ``[start, end)`` and not both."""
    return plain.count('"', start, end) % 2 == 1


def _reach_back(plain: str, spans: Sequence[Sentence], index: int, heard: Heard) -> None:
    """ "A said … . Three died in B. Two more died in C, she added.": what stands between is said by the same voice."""
    again = heard.get(index)
    if not again or again[0].voice.text in plain[spans[index].start : spans[index].end]:
        return
    back = index - 1
    while back > 0 and not heard.get(back) and spans[back].paragraph == spans[index].paragraph:
        back -= 1
    adds = plain.startswith("add", again[0].verb)
    if spans[back].paragraph != spans[index].paragraph and not (adds and heard.get(back)):
        return
    before = heard.get(back)
    if not before or before[-1].voice.name != again[0].voice.name:
        return
    if any(_BREAKS_OFF.match(plain, spans[between].start) for between in range(back + 1, index)):
        return
    for between in range(back + 1, index):
        heard[between] = [_whole(spans[between], again[0])]
    if adds and ", but " not in plain[spans[index].start : again[0].verb]:
        again[0].start = spans[index].start


def _go_on(plain: str, spans: Sequence[Sentence], index: int, heard: Heard) -> None:
    """ "…, the mission said. A further 30 were hurt.": a sentence that counts on belongs to the voice before it."""
    before = heard.get(index - 1)
    if not before or heard.get(index) or spans[index].paragraph != spans[index - 1].paragraph:
        return
    told = _SPEAKS.search(plain, spans[index].start, spans[index].end)
    recorded = before[-1].voice.kind == "monitor" and _OF_THOSE.match(plain, spans[index].start)
    if told is None and (recorded or _FURTHER.match(plain, spans[index].start, spans[index].end)):
        heard[index] = [_whole(spans[index], before[-1])]


def _whole(span: Sentence, stretch: Stretch) -> Stretch:
    return replace(stretch, start=span.start, end=span.end, verb=span.start, relays=())


def _offices(heard: Heard, memory: Memory) -> None:
    """A person whom the text names with an office, be it later, speaks for the body that the office belongs to."""
    for stretch in (stretch for found in heard.values() for stretch in found):
        if stretch.voice.kind == "person" and stretch.voice.people:
            body = memory.people.get(stretch.voice.people[-1])
            if body is not None and body.is_known and body.kind != "generic":
                stretch.voice = replace(body, text=stretch.voice.text)
