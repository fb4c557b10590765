"""Places that a text calls by what they are: "the Somali capital", "the village", "the southeast"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache

from extraction.mentions.places import PlaceMention, preposition
from extraction.names.gazetteer import gazetteer
from extraction.tables import rows
from extraction.words.index import index_of
from extraction.words.lexicon import nationalities, openings_of, pattern
from extraction.words.numbers import fold_case

_CAPITAL = pattern("epithets", "capital")
_KIND = pattern("epithets", "kind")
_SIDE = pattern("epithets", "side")
_HERE = pattern("epithets", "here")
_BORDER = pattern("epithets", "border")
_REFERENCE = frozenset({"of", "from"})
"""With these a place only tells where another lies ("north of Baghdad", "ten miles from Kut")."""
_SOIL = pattern("epithets", "soil")
_WAR = pattern("epithets", "war")


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """The gazetteer's kinds that a word for a place can stand for."""
    return {row["word"]: frozenset(row["kinds"].split()) for row in rows("place_epithets.csv")}


def epithets(
    plain: str, named: Sequence[PlaceMention], home: str | None, written_in: Set[int] = frozenset()
) -> list[PlaceMention]:
    """The places that *plain* means without naming them there, each as the mention that names it where there is one;
    *home* is the country (ISO alpha-3) that the text reports from, *written_in* where the names in datelines start.
    """
    found = [
        *_capitals(plain, named, home),
        *_kinds_meant(plain, named, written_in),
        *_here(plain, named, written_in),
        *_sides(plain, home),
        *_borders(plain),
        *_soil(plain),
        *_wars(plain, named),
    ]
    return [m for m in found if not any(n.start < m.end and m.start < n.end for n in named)]


def _capitals(plain: str, named: Sequence[PlaceMention], home: str | None) -> Iterator[PlaceMention]:
    book = gazetteer()
    for hit in _CAPITAL.finditer(plain) if _stands(plain, frozenset({"capital"})) else ():
        owner = (hit["owner"] or "").lower()
        told = next((m.country for m in named if m.end == hit.end("owner") and m.kind == "country"), None)
        country = told or (book.demonyms.get(owner) if owner else home)
        name = book.capitals.get(country or "")
        if name is not None:
            there = next((m for m in named if m.name == name), None)
            yield _meant(hit, preposition(plain, hit.start()), there, name, "city", country)


def _kinds_meant(plain: str, named: Sequence[PlaceMention], written_in: Set[int]) -> Iterator[PlaceMention]:
    for hit in _led(_KIND, "the", plain):
        kinds = _kinds()[hit["place"].lower()]
        before = [m for m in named if m.end < hit.start() and m.kind in kinds and not m.metonym]
        last = next((m for m in reversed(before) if m.prep not in _REFERENCE), before[-1] if before else None)
        # "The town" is that of the dateline only where no other place has been told.
        since = [m for m in named if m.end < hit.start() and m.start not in written_in and m.kind != "country"]
        if last is not None and not (since and last.start in written_in):
            yield _meant(hit, preposition(plain, hit.start()), last, last.name, last.kind, last.country)


def _here(plain: str, named: Sequence[PlaceMention], written_in: Set[int]) -> Iterator[PlaceMention]:
    """ "Shot dead at a mosque here": the town of the dateline."""
    last = next((m for m in reversed(named) if m.start in written_in and m.kind != "country"), None)
    if last is None or not _stands(plain, frozenset({"here"})):
        return
    for hit in _HERE.finditer(plain):
        yield _meant(hit, "in", last, last.name, last.kind, last.country)


def _sides(plain: str, home: str | None) -> Iterator[PlaceMention]:
    for hit in _led(_SIDE, "within", plain):
        yield _meant(hit, hit.group().split()[0].lower(), None, hit["place"], "side", home)


def _borders(plain: str) -> Iterator[PlaceMention]:
    for hit in _led(_BORDER, "beside", plain):
        if hit["owner"].lower() in nationalities():
            yield _meant(hit, hit.group().split()[0].lower(), None, hit["place"], "region", None)


def _soil(plain: str) -> Iterator[PlaceMention]:
    """ "Into Kenyan territory": the country of those who own it."""
    for hit in _led(_SOIL, "into", plain):
        country = gazetteer().demonyms.get(hit["owner"].lower())
        if country is not None:
            yield _meant(hit, hit.group().split()[0].lower(), None, hit["place"], "region", country)


def _wars(plain: str, named: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """ "The Syrian civil war": the country whose people fight it."""
    for hit in _WAR.finditer(plain) if _stands(plain, openings_of("epithets", "wars")) else ():
        country = gazetteer().demonyms.get(hit["place"].lower())
        if country is not None:
            there = next((m for m in named if m.kind == "country" and m.country == country), None)
            yield _meant(hit, None, there, hit["place"], "country", country)


def _led(phrase: re.Pattern[str], first: str, plain: str) -> Iterator[re.Match[str]]:
    """Where *phrase* stands, tried at the words of the class *first*."""
    return index_of(fold_case(plain)).led(phrase, openings_of("epithets", first), plain)


def _stands(plain: str, words: frozenset[str]) -> bool:
    """Whether one of *words* stands in the text: a quick look for phrases that any name can open."""
    return bool(index_of(fold_case(plain)).starts(words))


def _meant(
    hit: re.Match[str], prep: str | None, there: PlaceMention | None, name: str, kind: str, country: str | None
) -> PlaceMention:
    """A mention, where *hit* has its ``place``, of what *there* names; its text is then the name as written there."""
    start, end = hit.span("place")
    if there is not None:
        return replace(there, start=start, end=end, prep=prep, metonym=False)
    return PlaceMention(start, end, hit["place"], name, kind, country, None, prep, known=False)
