"""Whom a pronoun, a definite noun or a signature stands for: the voices of a text so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from extraction.names.actors import ActorMention, acts
from extraction.tables import rows
from extraction.voices.voice import Voice, voice_of
from extraction.words import lexicon
from extraction.words.tokens import Token

_SIGNATURE = re.compile(r"(?:\u2014|-)\s*([^()\n]{3,60}?)\s*\(@\w+\)")
_WORD = re.compile(r"[^\W_]+")
NOBODY = lexicon.words("attribution", "nobody")
"""Voices that are nobody in particular: no pronoun means them, and any other voice speaks before them."""
_MANY = lexicon.words("attribution", "many")
_FORCES_LAST = 2
"""For how many sentences "the army" means the forces last named."""
_IT_WITHIN = 3
"""How many voices back "it" may reach for a body."""
_TOPIC_WITHIN = 5
"""How far from the beginning of a sentence its topic may stand: "The " fits."""


@cache
def _families() -> dict[str, str]:
    """The family of bodies that an actor of some kind belongs to."""
    return {row["kind"]: row["family"] for row in rows("voice_families.csv")}


@dataclass(slots=True)
class Memory:
    """The voices of the text so far, for pronouns and definite nouns."""

    last: Voice | None = None
    people: dict[str, Voice] = field(default_factory=dict)
    named: dict[str, Voice] = field(default_factory=dict)
    """The last body of each kind that the text named, speaking or not."""
    heard: list[Voice] = field(default_factory=list)
    """Every voice so far, in order."""
    open_quote: bool = False
    """Whether the text stands inside quotation marks where the next sentence begins."""
    home: str | None = None
    """Demonym of the country that the text reports from, for "the army"."""
    short: dict[str, str] = field(default_factory=dict)
    """Full names by the abbreviations that the text gives behind them ("Eastern Rights Network (ERN)")."""
    coalition: str | None = None
    """The coalition that "the coalition" of the text is."""
    here: Sequence[ActorMention] = ()
    """The actors named in the sentence that is read."""
    topic: Voice | None = None
    """The body that the sentence before, without a voice of its own, opens with: what "it" means."""
    forces: Voice | None = None
    """The armed forces named in the last sentences, for "the army"."""
    _since: int = 0
    """Sentences since ``forces`` were named."""

    def by_initials(self, short: str) -> Voice | None:
        """The voice whose words *short* abbreviates ("the GOC" for a "General Officer Commanding")."""
        return next((voice for voice in reversed(self.heard) if short in _initials(voice.text)), None)

    def opening(self, tokens: Sequence[Token], first: int) -> int:
        """Where the name of an actor begins inside which *first* stands ("Raqqa is Being Slaughtered Silently")."""
        at = tokens[first].start
        start = next((m.start for m in self.here if m.start < at < m.end), at)
        while first > 0 and tokens[first].start > start:
            first -= 1
        return first

    def hear(self, voice: Voice) -> None:
        """Remembers *voice* as the one that a following pronoun means."""
        if voice.name not in NOBODY:
            self.last = voice
        self.heard.append(voice)
        if voice.is_organisation:
            self.named[family(voice.kind)] = voice
        for name in voice.people:
            if name not in self.people or voice.is_organisation:
                self.people[name] = replace(voice, joint=()) if voice.kind == "person" else voice

    def meet(self, named: Sequence[ActorMention], before: int) -> None:
        """Remembers the monitors and charities *named* before the first verb of saying of a sentence, which "the aid
        group said" there can mean.
        """
        for mention in named:
            if mention.end <= before and family(mention.kind) == "monitor" and not mention.place_like:
                self.named["monitor"] = Voice(mention.name, mention.text, mention.kind)

    def note(self, named: Sequence[ActorMention], plain: str, start: int) -> None:
        """Remembers the bodies *named* in a sentence that begins at *start*, for "the group" and "it" later on."""
        self.topic = None
        self._since += 1
        if self._since > _FORCES_LAST:
            self.forces = None
        for mention in named:
            voice = Voice(mention.name, mention.text, mention.kind)
            if mention.start - start < _TOPIC_WITHIN and plain[mention.end : mention.end + 1] == " ":
                self.topic = voice
            if mention.kind == "state_military" and (not mention.place_like or acts(plain, mention.end)):
                self.forces, self._since = voice, 0
            if not mention.place_like:
                self.named[family(mention.kind)] = voice

    def body(self) -> Voice | None:
        """The last voice that "it" can mean: one body, not a person and not several sources."""
        near = reversed(self.heard[-_IT_WITHIN:])
        return next((voice for voice in near if voice.is_organisation and not voice.joint), self.last)

    def recall(self, words: Sequence[str]) -> Voice | None:
        """The last voice whose words hold all of *words* ("a Health Ministry source" for "the source")."""
        wanted = {word.rstrip("s") for word in words}
        if words and words[-1] in _MANY:
            said = [voice for voice in self.heard if voice.text.lower().endswith(words[-1])]
            return said[-1] if said else None
        if not wanted:
            return None
        told = [*self.heard, *([self.topic] if self.topic is not None else ())]
        return next((voice for voice in reversed(told) if wanted <= _words_of(voice)), None)


def _initials(text: str) -> str:
    return "".join(word[0] if word[0].isupper() else " " for word in _WORD.findall(text))


def _words_of(voice: Voice) -> set[str]:
    return {word.rstrip("s") for word in _WORD.findall(f"{voice.text} {voice.name}".lower())}


def family(kind: str) -> str:
    """The family of bodies that an actor of *kind* belongs to."""
    return _families().get(kind, kind)


def signed(plain: str, start: int, end: int, memory: Memory) -> Voice | None:
    """Who signs a quoted post: "- Name (@handle) date" below it; None when the sentence signs nothing."""
    hit = _SIGNATURE.match(plain, start, end)
    if hit is None:
        return None
    return memory.people.get(hit.group(1).split()[-1].lower()) or voice_of(hit.group(1))
