"""Which countries a text tells of, by the places and peoples that it names."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from extraction.mentions.places import case_fits, names_in
from extraction.names.gazetteer import gazetteer
from extraction.names.namefinder import NameFinder
from extraction.words.lexicon import pattern

_CONTINENTAL = re.compile(r"\b(?:Central|Latin|South|North|African|Native|Pan)[ -]$")
_FORCES = pattern("countries", "forces")


@cache
def _demonym_finder() -> NameFinder[str]:
    known = gazetteer().demonyms.items()
    plural = ((f"{one}s", codes) for one, codes in known if not one.endswith(("s", "sh", "ch", "ese")))
    return NameFinder([*known, *plural])


def country_context(text: str) -> list[str]:
    """Countries (ISO 3166-1 alpha-3) that places and demonyms of *text* point to, the most often named first; a name
    of forces ("U.S. planes"), which tells who acted rather than where, counts a third.
    """
    named: Counter[str] = Counter()
    for start, code, _ in country_votes(text):
        named[code] += 1 if _FORCES.match(text, start) else 3
    return [code for code, _ in named.most_common()]


@lru_cache(maxsize=4)
def country_votes(text: str) -> tuple[tuple[int, str, bool], ...]:
    """(start, ISO 3166-1 alpha-3 code, whether it is a place) of each place or demonym of *text* that tells of one
    country: first the places, then the demonyms.
    """
    book = gazetteer()
    votes: list[tuple[int, str, bool]] = []
    for name in names_in(text):
        written = text[name.start : name.end]
        countries = {book.places[i].country for i in name.ids if case_fits(written, book.places[i])}
        if len(countries) == 1 and "" not in countries and not name.guarded:
            votes.append((name.start, countries.pop(), True))
    people = [
        (start, codes)
        for start, end, codes in _demonym_finder().find(text)
        if text[end : end + 1] != "-" and not _CONTINENTAL.search(text, max(0, start - 12), start)
    ]
    peoples = {start for start, _ in people}
    votes = [vote for vote in votes if vote[0] not in peoples]  # "US bombs" tells of one country once
    votes += [(start, code, False) for start, codes in people for code in codes]
    return tuple(votes)
