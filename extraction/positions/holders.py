"""Who holds a position: the voice or the subject of the words that state it, and for whom an office speaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extraction.mentions.accusations import ARMED
from extraction.names.actors import ActorMention, actors, canonical
from extraction.positions.cues import Cue, grammar
from extraction.voices.attribution import Stretch, governing
from extraction.voices.voice import voice_of
from extraction.words.text import Sentence, View

_UNNAMED = frozenset({"person", "generic", "phrase"})
_PEOPLE = frozenset({"person", "generic"})
_ARMIES = frozenset({"state_military", "coalition"})
_STATES = frozenset({"government", "state_military"})
_GROUPS = frozenset({"armed_group"})
_KINDS_MEANT = {
    **dict.fromkeys(("group", "militants", "militia", "rebels", "insurgents", "movement"), _GROUPS),
    **dict.fromkeys(("organisation", "organization"), _GROUPS | {"monitor", "ngo"}),
    **dict.fromkeys(("coalition", "alliance"), frozenset({"coalition"})),
    **dict.fromkeys(("military", "army"), frozenset({"state_military"})),
    **dict.fromkeys(("government", "ministry", "regime"), _STATES),
    "command": _ARMIES,
    "statement": _ARMIES | _STATES | _GROUPS,
}
"""Which kinds of actor "the group", "the army" can stand for."""
_RELATIVE = re.compile(r", (?:which|who) (?:has |have |had |also )?\Z", re.IGNORECASE)
"""Before a verb of saying: "X blamed the coalition, which said …"."""
REACH = 300
"""How far back a subject may stand, in characters: keeps a text without full stops in linear time."""
_WE = re.compile(r"\b(?:[Ww]e|I)\b[^.;]{0,20}$")
"""Who speaks for themselves: in a quotation, its speaker."""
_MARKS = re.compile(r"\"|'(?<!\w')|'(?!\w)")


@dataclass(frozen=True, slots=True)
class Holder:
    """The one who holds a position; ``start`` is where the text names it in the same sentence, else None."""

    name: str
    kind: str
    start: int | None = None
    relays: tuple[str, ...] = ()


def party(holder: Holder) -> Holder:
    """ "US officials" take a position for the United States."""
    state = re.fullmatch(r"([A-Z]\w+) (?:officials|government|defen[cs]e ministry)", holder.name)
    name = canonical(f"{state[1]} forces") if state else holder.name
    return replace(holder, name=name) if name in actors() else holder


def is_party(holder: Holder) -> bool:
    """Whether it can be accused of a deed of arms."""
    return holder.kind in ARMED and not grammar("no_party").search(holder.name)


@dataclass
class Page:
    """A text as positions are read from it: its sentences, the voices and the actors in them."""

    seen: View
    sentences: Sequence[Sentence]
    heard: Mapping[int, Sequence[Stretch]]
    mentions: Sequence[ActorMention]
    speaks_for: dict[str, Holder] = field(default_factory=dict)
    """Surname of an officer to the coalition whose words he speaks."""
    reached: int = 0
    """Index of the sentence that is read: a bare pronoun means who spoke last before it."""

    def __post_init__(self) -> None:
        self.plain = _MARKS.sub(" ", self.seen.plain)
        """The plain text with its quotation marks blanked: cues run across them ("it 'may have' struck")."""
        self.starts = [mention.start for mention in self.mentions]
        self._officers()

    def _officers(self) -> None:
        """ "The coalition confirms it did," Col. X said: who says so speaks for the coalition, whatever his uniform."""
        for index, sentence in enumerate(self.sentences):
            voices = [s.voice for s in self.heard.get(index, ()) if s.voice.people and s.voice.kind == "state_military"]
            for mention in self.inside(sentence.start, sentence.end) if voices else ():
                quoted = self.seen.plain.count('"', sentence.start, mention.start) % 2
                if mention.kind == "coalition" and quoted and grammar("speaks_for").match(self.plain, mention.end):
                    holder = Holder(mention.name, mention.kind)
                    self.speaks_for.update({name: holder for voice in voices for name in voice.people})

    def inside(self, start: int, end: int) -> list[ActorMention]:
        """The actors named within ``[start, end)``."""
        found = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [mention for mention in found if mention.end <= end]

    def back(self, position: int) -> int:
        """The plain position of a code point of the given text."""
        whole = len(self.seen.plain) == len(self.seen.text)
        return position if whole else bisect_left(range(len(self.seen.plain)), position, key=self.seen.at)

    def _last(self) -> Holder | None:
        """Who spoke or was named last before the sentence that is read."""
        for earlier in reversed(range(self.reached)):
            if voices := self.heard.get(earlier, ()):
                return self._of(voices[-1])
            named = self.inside(self.sentences[earlier].start, self.sentences[earlier].end)
            if named:
                return Holder(named[0].name, named[0].kind)
        return None

    def holder(self, cue: Cue, match: re.Match[str], index: int, sentence: Sentence) -> Holder | None:
        """Who holds the position of *match*, by what its cue asks for."""
        start, end = match.span()
        if cue.speaker == "voice":
            return self.voice(start, end, index, sentence)
        if cue.speaker == "subject":
            return self._subject(start, end, index, sentence, self._first(sentence, start))
        if cue.speaker == "after":
            named = [m for m in self.inside(end, sentence.end) if m.start - end < 40]
            near = bool(named) and not grammar("no_verb").search(self.plain, end, named[0].start)
            return Holder(named[0].name, named[0].kind, start) if near else None
        named = [m for m in self.inside(sentence.start, start) if start - m.end < 25]
        return Holder(named[-1].name, named[-1].kind, named[-1].start) if named else None

    def voice(self, start: int, end: int, index: int, sentence: Sentence) -> Holder | None:
        """The voice that governs the words; where attribution heard none, the subject of the verb of saying before or
        around them, or of one that closes them."""
        voices = self.heard.get(index, ())
        first, last = max(sentence.start, start - REACH), min(sentence.end, end + REACH)
        relative = [s for s in voices if s.verb < start and _RELATIVE.search(self.plain, first, s.verb)]
        stretch = relative[-1] if relative else governing(voices, start, end)
        if stretch is not None and stretch.start <= start + 2:
            return self._of(stretch)
        said = list(grammar("says").finditer(self.plain, first, last))
        opening = [hit for hit in said if hit.start() < start]
        closing = [hit for hit in said if hit.start() > start and self._closes(end, hit.start())]
        chosen = opening[-1] if opening else closing[0] if closing else None
        return self._subject(chosen.start(), chosen.end(), index, sentence) if chosen else None

    def _closes(self, end: int, verb: int) -> bool:
        return verb < end or bool(grammar("closing").search(self.seen.plain[end:verb]))

    def _of(self, stretch: Stretch) -> Holder | None:
        """The holder behind a voice: a coalition for its officers and spokesmen, a state for its ministers."""
        voice = stretch.voice
        known = next((self.speaks_for[name] for name in voice.people if name in self.speaks_for), None)
        if known is not None:
            return known
        if voice.kind in _UNNAMED | {"state_military", "organisation"} and grammar("coalition_head").match(voice.text):
            named = [m for m in self.mentions if m.kind == "coalition"]
            return Holder(named[0].name, named[0].kind, None, stretch.relays) if named else None
        if voice.kind in _UNNAMED:
            definite = grammar("definite").search(voice.text)
            meant = self._meant(definite["noun"].lower(), stretch.verb) if definite else None
            if meant is not None:
                return meant
        state = grammar("state_office").match(voice.text) if voice.kind == "person" else None
        if state is not None and canonical(f"{state[1]} forces") in actors():
            return Holder(canonical(f"{state[1]} forces"), "state_military", None, stretch.relays)
        return Holder(canonical(voice.name), voice.kind, None, stretch.relays)

    def _subject(
        self, start: int, end: int, index: int, sentence: Sentence, meant_by_pronoun: Holder | None = None
    ) -> Holder | None:
        """The subject of the verb at *start*: the noun phrase before it, else the one that attribution found."""
        voices = self.heard.get(index, ())
        stretch = next((s for s in voices if start <= s.verb < end), None)
        first = max(sentence.start, start - REACH)
        lead = grammar("lead").search(self.plain[first:start])
        phrase = self.plain[first : first + lead.start() if lead else start].rstrip()
        named = self._phrase(phrase, first)
        if named is not None:
            people = stretch.voice.people if stretch else ()
            return next((self.speaks_for[name] for name in people if name in self.speaks_for), named)
        definite = grammar("definite").search(phrase)
        if definite is not None:
            noun = definite["noun"].lower()
            meant = self._meant(noun, first + definite.start())
            # Attribution lets "the spokesman" stand for the last voice of any kind; a rebel is no army spokesman.
            if meant is not None or stretch is None or stretch.voice.kind not in _KINDS_MEANT[noun]:
                return meant
        earlier = [s for s in voices if s.verb < start]
        if _WE.search(phrase) and not earlier and stretch is None:
            stretch = governing(voices, start, end)
        if grammar("pronoun").search(phrase):
            voice = earlier[-1] if earlier else stretch
            return self._of(voice) if voice else meant_by_pronoun or self._last()
        if stretch is not None:
            return self._of(stretch)
        return self._called(phrase) or self._shared(phrase, earlier, sentence, start)

    def _called(self, phrase: str) -> Holder | None:
        """Some people who are the subject of a verb that is not one of saying: "the police held X responsible"."""
        cuts = [hit.end() for hit in grammar("clause").finditer(phrase)]
        voice = voice_of(phrase[cuts[-1] if cuts else 0 :])
        return Holder(canonical(voice.name), voice.kind) if voice is not None and voice.kind in _PEOPLE else None

    def _shared(self, phrase: str, earlier: Sequence[Stretch], sentence: Sentence, start: int) -> Holder | None:
        """The subject of a verb that has none of its own: "X said …, blaming Y", "X said … and denied …"."""
        if phrase and not grammar("coordinated").search(phrase):
            return None
        return self._of(earlier[-1]) if earlier else self._first(sentence, start)

    def _first(self, sentence: Sentence, end: int) -> Holder | None:
        """The actor named first in the sentence, before *end*."""
        first = self.inside(sentence.start, end)
        return Holder(first[0].name, first[0].kind, first[0].start) if first else None

    def _phrase(self, phrase: str, offset: int) -> Holder | None:
        """The actor that the noun phrase at the end of *phrase* names, an aside between commas read or skipped."""
        aside = grammar("apposition").search(phrase)
        if aside is not None:
            inside = self.inside(offset + aside.start("inside"), offset + aside.end("inside"))
            if inside and grammar("office").search(aside["inside"]):
                return Holder(inside[0].name, inside[0].kind, inside[0].start)
            phrase = phrase[: aside.start()]
        end = offset + len(phrase)
        for mention in reversed(self.inside(max(offset, end - 110), end)):
            gap = re.sub(r"\([^)]*\)", "", self.plain[mention.end : end])
            modifier = grammar("modifier").search(self.plain[max(offset, mention.start - 25) : mention.start])
            before = mention.start - len(modifier[0]) if modifier else mention.start
            if modifier and self.inside(max(offset, mention.start - 60), before + 1):
                end = before
            elif len(gap) <= 60 and not grammar("no_verb").search(gap) and not grammar("other_head").search(gap):
                return Holder(mention.name, mention.kind, mention.start)
        return None

    def _meant(self, noun: str, at: int) -> Holder | None:
        """The body that "the group", "the army" stands for: the last of its kind named before *at*."""
        for mention in reversed(self.mentions[: bisect_left(self.starts, at)]):
            if mention.kind in _KINDS_MEANT[noun]:
                return Holder(mention.name, mention.kind)
        return None
