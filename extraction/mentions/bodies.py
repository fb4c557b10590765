"""Armed bodies that a text names by a common noun only ("the group", "police", "gunmen"), and whom they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extraction.names.actors import ActorMention, actor_mentions, actors, army_of, canonical
from extraction.names.gazetteer import load_countries
from extraction.words.index import index_of, openings
from extraction.words.lexicon import demonyms, function_words, openings_of, pattern, words
from extraction.words.numbers import any_of, fold_case
from extraction.words.tokens import reporting

_THE_GROUP = pattern("bodies", "the_group")
_BODY = pattern("bodies", "state")
_OWNED = pattern("bodies", "owned")
_ARMED = words("bodies", "armed")
_IF_CALLED = words("bodies", "if_called")
_CALLED = words("bodies", "called")
_PROPER = words("bodies", "proper")
_KINDS = words("bodies", "kinds") | _PROPER
_GUNMEN = _ARMED | _IF_CALLED
_DESCRIBED = _CALLED | _KINDS
_COMMON = _GUNMEN | _DESCRIBED
_DEED = pattern("accusations", "event_after")
_OWNERS = words("attribution", "owners")
_REGIME = words("bodies", "regime")
_EMPTY = frozenset({"terrorist", "terrorists"})
"""What every side calls the other: it tells nothing of who did it."""
_ONE = re.compile(r"\b(?:an?|one|another|lone)\s+(?:[a-z]+ )?$", re.IGNORECASE)
_ALLIED = ("-backed", "-linked", "-aligned", "-affiliated", "-allied", "-led")
_WORD = re.compile(r"[\w'’-]+(?=[ -]$)")


def groups_meant(plain: str, named: Sequence[ActorMention]) -> list[ActorMention]:
    """ "The group said it was behind": the armed group named last before it."""
    armed = [m for m in named if m.kind == "armed_group"]
    found: list[ActorMention] = []
    for hit in index_of(fold_case(plain)).led(_THE_GROUP, frozenset({"the"}), plain):
        last = next((m for m in reversed(armed) if m.end < hit.start()), None)
        if last is not None and not _within(hit.start(), hit.end(), named):
            found.append(replace(last, start=hit.start(), end=hit.end(), text=hit.group()))
    return found


def state_bodies(plain: str, home: str | None, named: Sequence[ActorMention]) -> list[ActorMention]:
    """ "killed by police", "troops opened fire": unnamed bodies of the state that the text reports from, called as the
    text does where it names no country.
    """
    found: list[ActorMention] = []
    for hit in index_of(fold_case(plain)).led(_BODY, openings_of("bodies", "state"), plain):
        before = re.search(r"([\w'-]+)\s+$", plain[max(0, hit.start() - 30) : hit.start()])
        word = before[1].lower() if before is not None and before[1] != "-" else "the"
        own = word in function_words() or word in reporting()
        if not own or word in _OWNERS or _within(hit.start(), hit.end(), named):
            continue
        noun = {"troops": "forces", "soldiers": "army", "the army": "army", "the military": "military"}.get(
            hit.group(1).lower(), hit.group(1).lower()
        )
        owner = army_of(home or "") if noun in {"forces", "army", "military"} else home
        name = canonical(f"{owner} {noun}") if owner else hit.group(1).lower().removeprefix("the ")
        found.append(ActorMention(hit.start(), hit.end(), hit.group(1), name, "state_military", None))
    return found


def unnamed(plain: str, named: Sequence[ActorMention]) -> list[ActorMention]:
    """ "gunmen", "Islamist fighters", "Iran-backed groups": armed people without a name, called as the text does."""
    found: list[ActorMention] = []
    for hit in index_of(fold_case(plain)).led(*_heads(), plain):
        start = _phrase_start(plain, hit.start())
        said = [word.lower() for word in plain[start : hit.start()].split()]
        armed = hit.group().lower() in _ARMED or any(word in _CALLED or word.endswith(_ALLIED) for word in said)
        if found and found[-1].start >= start:
            found.pop()
        one = not hit.group().lower().endswith(("s", "men"))
        as_modifier = one and _DEED.match(plain, hit.end()) is not None
        alone = one and not as_modifier and not _ONE.search(plain, max(0, start - 12), start)
        empty = hit.group().lower() in _EMPTY and (as_modifier or not said)
        if armed and not alone and not empty and not _has_name(plain, start, hit.end(), named):
            name = _name(plain[start : hit.end()], as_modifier=as_modifier)
            found.append(ActorMention(start, hit.end(), plain[start : hit.end()], name, "armed_group", None))
    return found


def by_full_names(named: Sequence[ActorMention], home: str | None) -> list[ActorMention]:
    """*named* with short names read as the fuller ones that the text gives: "the Taliban" beside "the Pakistani
    Taliban" are those, unless the group of the short name is at *home* (ISO 3166-1 alpha-3) in the text.
    """
    groups = {_short(m): m for m in named if m.kind == "armed_group"}
    fuller = {
        short: full.name
        for short, one in groups.items()
        for text, full in groups.items()
        if full.name != one.name and short != text and short in text and (one.country is None or one.country != home)
    }
    if not fuller:
        return list(named)
    return [replace(m, name=fuller.get(_short(m), m.name)) for m in named]


def at_home(named: Sequence[ActorMention], home: str | None) -> list[ActorMention]:
    """*named* with "regime forces" and "pro-government forces" read as those of the country (ISO 3166-1 alpha-3) that
    the text tells of, not as Syria's.
    """
    ours = regime_of(home)
    return [replace(m, name=ours) if m.text.lower().split()[0] in _REGIME else m for m in named]


@cache
def regime_of(home: str | None) -> str:
    """Whose forces "the regime" stands for in a text that tells of *home*."""
    people = next((country.demonyms for country in load_countries() if country.iso3 == home), None)
    return canonical(f"{army_of(people[0])} forces" if people else "Syrian forces")


def _short(mention: ActorMention) -> str:
    """The name as written, without the common noun behind it ("Taliban fighters")."""
    *before, last = mention.text.lower().split()
    return " ".join(before) if before and last in _GUNMEN else mention.text.lower()


def house_of(publisher: str | None) -> str | None:
    """The armed party that publishes under this name ("US Africa Command"), if one does."""
    parties = [m.name for m in actor_mentions(publisher or "") if m.kind in {"state_military", "coalition"}]
    return parties[-1] if parties else None


def is_unnamed(name: str) -> bool:
    """Whether *name* is only what armed people are called ("gunmen"), no body's own name."""
    return name.lower().split()[-1] in _GUNMEN and canonical(name) not in actors()


def _has_name(plain: str, start: int, end: int, named: Sequence[ActorMention]) -> bool:
    """Whether a name stands in the phrase, beside it or behind it: "Boko Haram militants", "fighters of the RSF"."""
    owned = _OWNED.match(plain, end)
    last = owned.end() if owned is not None else end + 5 * plain.startswith(" the ", end) + 1
    return any(m.start <= last and start - 1 <= m.end for m in named)


def _name(called: str, *, as_modifier: bool) -> str:
    """The words as they stand inside a sentence, several people: "Armed Men" are "armed men", a "rebel raid" is one of
    "rebels".
    """
    kept = [word if word.lower() in _PROPER or word.lower() not in _COMMON else word.lower() for word in called.split()]
    return " ".join(kept) + ("s" if as_modifier else "")


def _phrase_start(plain: str, at: int) -> int:
    """Where the adjectives before the noun at *at* begin."""
    while True:
        word = _WORD.search(plain, max(0, at - 25), at)
        low = word.group().lower() if word is not None else ""
        if word is None or not (low in _DESCRIBED or low in demonyms() or low.endswith(_ALLIED)):
            return at
        at = word.start()


def _within(start: int, end: int, named: Sequence[ActorMention]) -> bool:
    return any(m.start < end and start < m.end for m in named)


@cache
def _heads() -> tuple[re.Pattern[str], frozenset[str]]:
    """The pattern of what armed people are called, and the words with which it begins."""
    return re.compile(rf"\b{any_of(_GUNMEN)}\b(?!-)", re.IGNORECASE), openings(_GUNMEN)
