"""Who stands on whose side: actors that answer for one another, and the people that are an actor's own."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extraction.names.actors import actors, canonical, parent_of
from extraction.names.gazetteer import Country, load_countries
from extraction.words.lexicon import nationalities, sought
from extraction.words.numbers import any_of

_INSURGENT = sought("sides", "insurgent")
_OTHERS = sought("sides", "others")
_SHORT = 3
"""A name of so few letters marks only the word that it is."""
_KURDISH = frozenset({"PKK", "YPG", "SDF", "Peshmerga", "PJAK", "TAK"})


def same_side(one: str, other: str) -> bool:
    """Whether two actors answer for one another: equal, parent, a state and its offices, a coalition and its leader."""
    return bool(_sides(one) & _sides(other))


@cache
def _sides(name: str) -> frozenset[str]:
    own = canonical(name)
    found = {own, parent_of(own) or own}
    office = re.match(r"(\w+)-led ", own) or re.fullmatch(
        r"([A-Z]\w+) (?:officials|military|government|\w+ ministry)", own
    )
    return frozenset(found | {canonical(f"{office[1]} forces")} if office else found)


def own_people(actor: str, victims: str) -> bool:
    """Whether the dead, in lower-case words, are *actor*'s own people ("three Israeli soldiers" and Israel)."""
    row = actors().get(actor)
    if row is not None and row.kind == "armed_group" and _INSURGENT.search(victims):
        named = _groups_in(victims)
        if named:
            return any(same_side(actor, group) for group in named)
        others = _OTHERS.search(victims) or any(word in nationalities() for word in victims.split())
        if not others or (actor in _KURDISH and "kurdish" in victims):
            return True
    if row is not None and _written(actor).search(victims):
        return True
    said = _group_names().sub(" ", victims) if row is None or row.kind != "armed_group" else victims
    return any(_marks(name, word) for name in _own_words(actor) for word in said.split())


@lru_cache(maxsize=512)
def _groups_in(victims: str) -> frozenset[str]:
    """The armed groups that *victims*, in lower-case words, name ("nine sdf fighters")."""
    return frozenset(_groups()[hit[0]] for hit in _group_names().finditer(victims))


@cache
def _groups() -> dict[str, str]:
    """Armed groups by their names in lower case."""
    rows = [row for row in actors().values() if row.kind == "armed_group"]
    return {name.lower(): row.name for row in reversed(rows) for name in (*row.aliases, row.name)}


@cache
def _written(actor: str) -> re.Pattern[str]:
    """The names under which *actor*'s people are told of, in lower case ("members of regime forces")."""
    return re.compile(rf"\b{any_of({name.lower() for name in (actor, *actors()[actor].aliases)})}\b")


@cache
def _group_names() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(_groups())}\b")


def _marks(name: str, word: str) -> bool:
    """Whether *word* is of *name*: "israelis" of "israel", but "suspected" not of "us"."""
    return word.startswith(name) if len(name) > _SHORT else word == name


@cache
def _own_words(actor: str) -> tuple[str, ...]:
    """Lower-case words that mark somebody as one of *actor*'s: its name and its country's demonyms."""
    row = actors().get(actor)
    country = row.country if row is not None else ""
    names = {actor.lower().split()[0][:5]}
    if row is None or row.kind != "armed_group":
        names |= {*_demonyms_of(country)}
    return tuple(names | ({"u.s.", "us"} if country == "USA" else set()))


@cache
def _demonyms_of(iso3: str) -> tuple[str, ...]:
    return next((tuple(d.lower() for d in country.demonyms) for country in _countries() if country.iso3 == iso3), ())


@cache
def _countries() -> tuple[Country, ...]:
    return load_countries()
