"""What killed: the weapon nearest to the claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from extraction.tables import rows
from extraction.words.index import index_of, openings
from extraction.words.lexicon import pattern
from extraction.words.numbers import any_of

_FIRES = pattern("weapons", "fires")
_FIRED_FROM = pattern("weapons", "fired_from")
_FIRED = pattern("weapons", "fired")
_AND = re.compile(r"(?: \w+)? (?:and|or) (?:an? |by |from )?")
_CLOSE = re.compile(r"(?: (?!and\b|then\b)[\w-]+){0,4} ")


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], frozenset[str], dict[str, str]]:
    """The pattern of all weapon words, the words with which they begin, and what each stands for."""
    kinds = {phrase: row["weapon"] for row in rows("weapons.csv") for phrase in row["phrases"].split("|")}
    words = any_of(kinds).replace(r"\s+", "[ -]")
    return re.compile(rf"\b{words}\b"), openings(kinds), kinds


@lru_cache(maxsize=4)
def _named(folded: str) -> list[tuple[int, int, str]]:
    """(start, end, phrase) of each weapon word of a text in lower case."""
    pattern, first, _ = _pattern()
    return [(hit.start(), hit.end(), hit[0].replace("-", " ")) for hit in index_of(folded).led(pattern, first)]


@lru_cache(maxsize=1)
def _open_words() -> dict[str, set[str]]:
    """The words of each weapon that mean airstrikes where aircraft are told of."""
    return {row["weapon"]: set(row["from_aircraft"].split("|")) for row in rows("weapons.csv")}


def mentions(
    folded: str, start: int, end: int, from_aircraft: frozenset[str] = frozenset()
) -> list[tuple[int, int, str]]:
    """(start, end, weapon) of each weapon word in ``folded[start:end]``, a text in lower case; *from_aircraft* are its
    words that mean airstrikes (`dropped`).
    """
    named, kinds = _named(folded), _pattern()[2]
    inside = named[bisect_left(named, (start,)) : bisect_left(named, (end,))]
    found = [(at, stop, "airstrike" if phrase in from_aircraft else kinds[phrase]) for at, stop, phrase in inside]
    return fired(folded, found) if len(found) > 1 else found


WEAK = frozenset({"other", "strike"})
"""Kinds that count only where nothing better is named: "attack", "clash" and the like, a "strike" of no told kind."""
_PLATFORMS = frozenset({"drone", "airstrike"})
_MUNITIONS = frozenset({"missile", "shelling", "ied"})
_FROM_AFAR = frozenset({"missile", "shelling", "drone", "airstrike"})


def fired(folded: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The weapon words *found* in a sentence without those that others fired: the missiles of a drone or of jets are
    the drone's or the jets', missiles "fired at" a town are no gunfire. Where two are named side by side, the first
    stands for both.
    """
    kept: list[tuple[int, int, str]] = []
    for place, (start, stop, kind) in enumerate(found):
        others = [other for k, other in enumerate(found) if k != place]
        if kind in _MUNITIONS and any(_fires(folded, other, start, stop) for other in others):
            continue
        close = [other for other in others if other[2] in _FROM_AFAR and _CLOSE.fullmatch(folded, other[1], start)]
        if close and _FIRED.match(folded, start):
            continue
        if kept and {kept[-1][2], kind} <= _FROM_AFAR and _AND.fullmatch(folded, kept[-1][1], start):
            kept.append((start, stop, kept[-1][2]))
        else:
            kept.append((start, stop, kind))
    return kept


def _fires(folded: str, platform: tuple[int, int, str], start: int, stop: int) -> bool:
    """Whether *platform* fires what stands in ``[start, stop)``: "a drone hit the car with a missile", "missiles from
    jets".
    """
    if platform[2] not in _PLATFORMS:
        return False
    first, last = (platform[1], start) if platform[1] <= start else (stop, platform[0])
    between = _FIRES if platform[1] <= start else _FIRED_FROM
    return between.match(folded, first, last) is not None


def dropped(folded: str) -> frozenset[str]:
    """Words of a text in lower case that mean strikes from the air here, though elsewhere they do not: "bombs" where
    aircraft are told of and nothing planted, "bombardment" where no artillery is.
    """
    told = {phrase for _, _, phrase in _named(folded)}
    kinds = _pattern()[2]
    if not any(kinds[phrase] == "airstrike" for phrase in told):
        return frozenset()
    clear = {kinds[phrase] for phrase in told if phrase not in _open_words()[kinds[phrase]]}
    return frozenset(word for kind, words in _open_words().items() if kind not in clear for word in words & told)


def nearest(found: list[tuple[int, int, str]], at: int) -> str | None:
    """The weapon of the mention nearest to offset *at*; a weak one only where nothing better is named."""
    strikes = [hit for hit in found if hit[2] == "strike"]
    found = [hit for hit in found if hit[2] not in WEAK] or strikes or found
    kind = min(found, key=lambda hit: min(abs(hit[0] - at), abs(hit[1] - at)))[2] if found else None
    return "airstrike" if kind == "strike" else kind
