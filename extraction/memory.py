"""Whom a pronoun, a definite noun or a signature stands for: the voices of a text so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extraction.actors import ActorMention, canonical
from extraction.lexicon import pattern
from extraction.voices import Voice, voice_of

_FAMILIES = {
    "media": "media",
    "local_media": "media",
    "state_media": "media",
    "monitor": "monitor",
    "ngo": "monitor",
    "activist": "monitor",
    "government": "government",
    "state_military": "military",
    "coalition": "coalition",
    "armed_group": "group",
}
_MEANT = {
    "group": ("group", "monitor"),
    "movement": ("group",),
    "militants": ("group",),
    "rebels": ("group",),
    "militia": ("group",),
    "insurgents": ("group",),
    "monitor": ("monitor",),
    "watchdog": ("monitor",),
    "observatory": ("monitor",),
    "network": ("monitor", "media"),
    "ngo": ("monitor",),
    "charity": ("monitor",),
    "organisation": ("monitor", "group"),
    "organization": ("monitor", "group"),
    "site": ("media", "monitor"),
    "website": ("media", "monitor"),
    "agency": ("media", "un", "monitor"),
    "newspaper": ("media",),
    "channel": ("media",),
    "broadcaster": ("media",),
    "ministry": ("government",),
    "government": ("government",),
    "army": ("military",),
    "military": ("military",),
    "coalition": ("coalition",),
    "command": ("military", "coalition"),
    "mission": ("un",),
    "body": ("un", "monitor"),
}
_WATCHES = re.compile(r"\b(?:monitor\w*|rights|watchdog|activist|aid|charity|relief|advocacy|opposition)\b")
_SIGNATURE = re.compile(r"(?:\u2014|-)\s*([^()\n]{3,60}?)\s*\(@\w+\)")
_HOME_BODIES = {
    "military": "military",
    "army": "military",
    "government": "government",
    "police": "police",
    "authorities": "officials",
    "coastguard": "coastguard",
    "presidency": "government",
}
_STATE_VOICES = {
    "police": "{} police",
    "government officials": "{} officials",
    "authorities": "{} authorities",
    "military sources": "{} military",
    "military officials": "{} military",
    "health officials": "{} health ministry",
    "health ministry": "{} health ministry",
    "coastguard": "{} coastguard",
    "interior ministry": "{} interior ministry",
}
_STATE_OFFICE = pattern("attribution", "state_office")
_ARMY = re.compile(r"\b(?:army|military|armed forces)\b", re.IGNORECASE)


@dataclass(slots=True)
class Memory:
    """The voices of the text so far, for pronouns and definite nouns."""

    last: Voice | None = None
    people: dict[str, Voice] = field(default_factory=dict)
    organisation: Voice | None = None
    named: dict[str, Voice] = field(default_factory=dict)
    """The last body of each kind that the text named, speaking or not."""
    open_quote: bool = False
    """Whether the text stands inside quotation marks where the next sentence begins."""
    home: str | None = None
    """Demonym of the country that the text reports from, for "police", "the army"."""

    def hear(self, voice: Voice) -> None:
        """Remembers *voice* as the one that a following pronoun means."""
        self.last = voice
        if voice.is_organisation:
            self.organisation = voice
            self.named[family(voice.kind)] = voice
        for name in voice.people:
            self.people[name] = voice

    def note(self, named: Sequence[ActorMention]) -> None:
        """Remembers the bodies *named* in a sentence, for "the group" and "the ministry" later on."""
        for mention in named:
            if mention.place_like:
                continue
            self.named[family(mention.kind)] = Voice(mention.name, mention.text, mention.kind)


def family(kind: str) -> str:
    return _FAMILIES.get(kind, kind)


def definite(text: str, low: str, memory: Memory) -> Voice | None:
    """The body that "the group", "the ministry", "the statement" stands for."""
    known = voice_of(text)
    if known is not None and known.kind not in {"generic", "person", "organisation"}:
        return known
    noun = low.split()[-1]
    if noun in _HOME_BODIES and memory.home is not None and _family_named(noun, memory) is None:
        name = f"{memory.home} {_HOME_BODIES[noun]}"
        return Voice(canonical(name) if noun in {"military", "army"} else name, text, "government")
    if noun in _MEANT:
        for family in ("monitor", "media") if _WATCHES.search(low) else _MEANT[noun]:
            if family in memory.named:
                return memory.named[family]
    elif (memory.last is not None and noun not in {"police", "authorities", "officials", "witnesses", "activists"}) or (
        memory.last is not None
        and noun in {"officials", "authorities"}
        and memory.last.kind in {"generic", "government", "state_military"}
    ):
        return memory.last
    if noun in _HOME_BODIES and memory.home is not None:
        return Voice(f"{memory.home} {_HOME_BODIES[noun]}", text, "government")
    return at_home(known, memory) if known is not None else memory.last


def _family_named(noun: str, memory: Memory) -> Voice | None:
    """The army or government that spoke before, if one did: "the military" then means it."""
    last = memory.last
    return last if last is not None and noun in {"military", "army"} and family(last.kind) == "military" else None


def at_home(voice: Voice, memory: Memory) -> Voice:
    """ "police" in a report from Mogadishu are the Somali police: unnamed state voices take the country of the
    report.
    """
    if memory.home is None or voice.kind not in {"generic", "person", "organisation"}:
        return voice
    if voice.kind != "generic":
        if _ARMY.search(voice.text):
            return replace(voice, name=canonical(f"{memory.home} army"), kind="state_military")
        if voice.name.lower() in _STATE_VOICES or _STATE_OFFICE.fullmatch(voice.name):
            return replace(
                voice,
                name=canonical(_STATE_VOICES.get(voice.name.lower(), f"{{}} {voice.name}").format(memory.home)),
                kind="government",
            )
        return voice
    if voice.name not in _STATE_VOICES:
        return voice
    return replace(voice, name=canonical(_STATE_VOICES[voice.name].format(memory.home)), kind="government")


def signed(plain: str, start: int, end: int, memory: Memory) -> Voice | None:
    """Who signs a quoted post: "- Name (@handle) date" below it; None when the sentence signs nothing."""
    hit = _SIGNATURE.match(plain, start, end)
    if hit is None:
        return None
    return memory.people.get(hit.group(1).split()[-1].lower()) or voice_of(hit.group(1))
