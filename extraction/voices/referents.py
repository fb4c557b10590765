"""Whom a phrase means where it stands: a pronoun, a definite noun, a surname, or the one it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extraction.mentions.settings import demonyms
from extraction.names.actors import army_of
from extraction.names.gazetteer import resolve
from extraction.tables import rows
from extraction.voices.memory import Memory
from extraction.voices.speakers import phrase_start
from extraction.voices.voice import Voice, own_name, voice_of
from extraction.words.lexicon import pattern, sought, words
from extraction.words.tokens import Token

_ANAPHORS = pattern("attribution", "anaphors")
_LEADING = pattern("attribution", "leading")
_ASIDE = pattern("attribution", "aside")
_COUNTRYS = re.compile(r"^(?:[Tt]he |[Tt]hat )?(?:country|nation|state|government)['’]s ")
_ITS_AIDE = pattern("attribution", "its_aide")
_WATCHES = sought("attribution", "watches")
_ABBREVIATION = re.compile(r"(?:[Tt]he )?([A-Z]{3,5})")
_COALITION = re.compile(r"(?:[Tt]he |[Aa] )?[Cc]oalition(?:['’]s)?\b(?! government| party| partners)")
_LOCAL = pattern("attribution", "local")
_STATE_OFFICE = pattern("attribution", "state_office")
_ARMY = pattern("attribution", "army")
_WORD = re.compile(r"[^\W_]+")
_ON_A_DAY = re.compile(r"(?<=\w)(?: (?:on|late|early))+ \w+day(?: \w+)?$")
_IN_PLACE = re.compile(r" (?:in|at) ((?:[A-Z][\w'-]+ ?)+)$")
_MEMBERS = re.compile(r"^(?:an? |some |several |the )?(?:[a-z]+ )?(?:members?|fighters?) of (?=\w)")
"""Before the body whose members speak."""
_NAMED = re.compile(r"^[A-Z][\w'’.-]+(?: [\w'’.-]+){1,4}, (?=[Tt]he )|(?<=\w) in [A-Z]\w+$")
"""The name before an office, and where it is: "Omar Toral, the ministry's spokesman in Gaza"."""
_PRONOUNS = words("attribution", "pronouns")
_SMALL = words("attribution", "small")
_FORCES = words("attribution", "forces")
_MANY = words("attribution", "many")
_OFFICIALS = words("attribution", "officials")
_SINGLE_OFFICES = words("attribution", "single_offices")


@cache
def _meant() -> dict[str, tuple[str, ...]]:
    """Which families of body a definite noun can stand for, the likeliest first."""
    return {row["noun"]: tuple(row["families"].split("|")) for row in rows("definite_nouns.csv")}


@cache
def _state_voices() -> dict[str, str]:
    """What an unnamed voice of the state is called by its country's demonym, put in for ``{}``."""
    return {row["voice"]: row["name"] for row in rows("state_voices.csv")}


def voice_at(plain: str, tokens: Sequence[Token], first: int, end: int, memory: Memory) -> Voice | None:
    """The voice that the phrase ``tokens[first:end]`` names; pronouns and definite nouns are looked up in *memory*."""
    while end > first and tokens[end - 1].tag in ',"e':
        end -= 1
    if end <= first:
        return None
    first = memory.opening(tokens, first)
    text = _ON_A_DAY.sub("", _LEADING.sub("", plain[tokens[first].start : tokens[end - 1].end]))
    low = text.lower().strip("\"', ")
    if low.startswith(("those ", "no ", "nobody", "nothing", "neither ")):
        return None
    if low in {"which", "who"} and first > 1:
        behind = first - 1 if tokens[first - 1].tag == "," else first
        start = phrase_start(tokens, behind)
        start = max([start, *(k for k in range(start, behind) if tokens[k].tag == "N")])
        return voice_of(plain[tokens[start].start : tokens[behind - 1].end]) if start < behind else None
    if low.startswith(("one of them", "some of them", "another of them")):
        return memory.last
    if low in _PRONOUNS:
        return _opens(plain, tokens, first, low) or _pronoun(low, memory)
    text = _MEMBERS.sub("", _ASIDE.sub("", text)) or text
    low = _MEMBERS.sub("", _ASIDE.sub("", low)) or low
    aide = _ITS_AIDE.fullmatch(_NAMED.sub("", text))
    if aide is not None and aide[1].lower().split()[-1] in _meant().keys() | _FORCES:
        body = definite(f"the {aide[1]}", f"the {aide[1].lower()}", memory)
        return replace(body, text=text) if body is not None else None
    if _ANAPHORS.match(low):
        return definite(text, low, memory)
    short = _ABBREVIATION.fullmatch(text)
    named = memory.by_initials(short[1]) if short is not None else None
    if named is not None:
        return replace(named, text=text)
    surname = low.split()[-1]
    if surname in memory.people and tokens[first].tag == "C":
        return memory.people[surname]
    voice = voice_of(memory.short.get(text, _COUNTRYS.sub("", text)))
    return at_home(replace(voice, text=text), memory) if voice is not None else None


def _opens(plain: str, tokens: Sequence[Token], at: int, low: str) -> Voice | None:
    """ "Zurmina Bibi wept as she said": the one whose name opens the sentence, where the pronoun stands behind "as"."""
    if low not in {"he", "she"} or at < 3 or tokens[at - 1].low not in _WHILE:
        return None
    end = next((step for step in range(at) if tokens[step].tag != "C"), at)
    return voice_of(plain[tokens[0].start : tokens[end - 1].end]) if end > 1 else None


_WHILE = frozenset({"as", "when", "while", "before", "after"})


def _pronoun(low: str, memory: Memory) -> Voice | None:
    """The last voice for "he"; for "it", the body that the sentence before spoke of; None for a relative pronoun."""
    if low in {"it", "they", "them"} and memory.topic is not None:
        return memory.topic
    if low == "it":
        return memory.body()
    return memory.last if low not in {"i", "that", "we", "which", "who", "you"} else None


def _is_ministry(said: Sequence[str]) -> bool:
    """Whether the words name one ministry of several ("interior ministry")."""
    return len(said) > 1 and said[-1] == "ministry"


def definite(text: str, low: str, memory: Memory) -> Voice | None:
    """The body that "the group", "the ministry", "the statement" stands for."""
    if memory.coalition is not None and low in {"the coalition", "coalition"}:
        return Voice(memory.coalition, text, "coalition")
    known = voice_of(text)
    if known is not None and known.kind not in {"generic", "person", "organisation"}:
        return known
    said = [word for word in _WORD.findall(low) if word not in _SMALL]
    noun = said[-1] if said else low
    if noun in _FORCES:
        return at_home(Voice(noun, text, "organisation"), memory)
    earlier = memory.recall(said)
    if earlier is not None:
        return earlier
    if len(said) == 1 and noun in _state_voices() and memory.home is not None:
        return at_home(Voice(noun, text, "organisation"), memory)
    if known is not None and known.kind == "organisation" and len(said) > 1 and noun not in _meant():
        return at_home(known, memory)
    if noun in _meant():
        watches = ("monitor", "media") if noun == "agency" and len(said) == 1 else ("monitor",)
        for kind in watches if _WATCHES.search(low) else _meant()[noun]:
            if kind in memory.named and not _is_ministry(said):
                return memory.named[kind]
    elif (memory.last is not None and not _another_office(noun, memory.last)) and (
        noun not in _MANY or (noun in _OFFICIALS and memory.last.kind in {"generic", "government", "state_military"})
    ):
        return memory.last
    return at_home(known or Voice(noun, text, "organisation"), memory)


def _another_office(noun: str, last: Voice) -> bool:
    """Whether "the mayor" is somebody else than the *last* voice, who has another office and no name."""
    return noun in _SINGLE_OFFICES and not last.people


_NEXT_DOOR = re.compile(
    r"(?:Meanwhile,? |Separately,? )?[Ii]n (?:neighbou?ring|nearby) ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
)


def _home_in(text: str) -> str | None:
    """The demonym of the country that the phrase itself names: "the health ministry in Khartoum"."""
    hit = _IN_PLACE.search(text)
    place = resolve(hit.group(1)) if hit is not None else None
    return demonyms().get(place.country or "") if place is not None else None


def cross_border(opening: str, memory: Memory) -> None:
    """ "In neighbouring Niger, …": from here on "the army" is that of the country to which the text turns."""
    hit = _NEXT_DOOR.match(opening)
    place = resolve(hit.group(1)) if hit is not None else None
    home = demonyms().get(place.country or "") if place is not None else None
    if home is not None:
        memory.home, memory.forces = home, None


def at_home(voice: Voice, memory: Memory) -> Voice:
    """ "the army" in a report from Mogadishu is the Somali army: unnamed state voices take the country of the report,
    armed forces that of the forces just named.
    """
    if voice.kind not in {"generic", "person", "organisation"}:
        return voice
    if memory.coalition is not None and _COALITION.match(voice.text):
        return replace(voice, name=memory.coalition, kind="coalition")
    if memory.forces is not None and voice.name in _FORCES:
        return replace(memory.forces, text=voice.text)
    home = _home_in(voice.text) or memory.home
    if home is None:
        return voice
    if _LOCAL.search(voice.text):
        return voice
    name = "army" if voice.kind != "generic" and _ARMY.search(voice.text) else voice.name.lower()
    if name in _state_voices() or (voice.kind != "generic" and _STATE_OFFICE.fullmatch(voice.name)):
        wording = _state_voices().get(name, f"{{}} {voice.name}")
        kind = "state_military" if name in _FORCES else "government"
        return replace(voice, name=own_name(wording.format(army_of(home) if name in _FORCES else home)), kind=kind)
    return voice
