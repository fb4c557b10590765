"""The closed vocabularies of harm and its victims: one file a vocabulary, loaded once and checked.

``data/victims.csv`` names who can be harmed and what the word tells of them, ``data/harm_words.csv`` the words of
harm with the harm they state and their grammar, ``data/function_words.csv`` the small words that hold a clause
together, ``data/non_victims.csv`` what is counted in the same sentences without being a person.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from extraction.tables import DATA, rows
from extraction.words.sieve import Sought
from schemas.enums import values


@dataclass(frozen=True, slots=True)
class Victim:
    """What a head noun tells of the people it names: the three axes of CONTRACT, each on its own."""

    head: str
    victim_class: str
    demographic: str | None
    role: str | None
    plural: bool


@dataclass(frozen=True, slots=True)
class HarmWord:
    """A word of harm and its grammar: past, active, present, gerund, intransitive, state, noun, noun_of, toll."""

    form: str
    harm: str
    tag: str
    needs: str | None = None
    """``person`` or ``fighter``: the kind of victim noun without which the word says nothing of harm ("blown up")."""


@lru_cache(maxsize=1)
def victims() -> dict[str, Victim]:
    """Victim nouns by lower-case form, singular and plural.

    Raises ValueError on a repeated head or an unknown class.
    """
    found: dict[str, Victim] = {}
    for row in rows("victims.csv"):
        if row["head"] in found or row["victim_class"] not in values("victim_class"):
            raise ValueError(f"victims.csv: {row['head']!r} is repeated or has no known class")
        told = (row["victim_class"], row["demographic"] or None, row["role"] or None)
        found[row["head"]] = Victim(row["head"], *told, plural=row["head"] == row["plural"])
        found[row["plural"]] = Victim(row["head"], *told, plural=True)
    return found


@lru_cache(maxsize=1)
def harm_words() -> dict[str, HarmWord]:
    """Words and phrases of harm by lower-case form. Raises ValueError on a repeated form or an unknown harm."""
    found: dict[str, HarmWord] = {}
    for row in rows("harm_words.csv"):
        if row["form"] in found or row["harm"] not in values("harm"):
            raise ValueError(f"harm_words.csv: {row['form']!r} is repeated or has no known harm")
        tag, _, needs = row["tag"].partition("_") if row["tag"] != "noun_of" else (row["tag"], "", "")
        found[row["form"]] = HarmWord(row["form"], row["harm"], tag, needs or None)
    return found


@lru_cache(maxsize=1)
def function_words() -> dict[str, str]:
    """Tag of each small word or phrase, by lower-case form; the first file row that names a word decides."""
    found: dict[str, str] = {}
    for row in rows("function_words.csv"):
        for word in row["words"].split():
            found.setdefault(word.replace("_", " "), row["tag"])
    return found


@lru_cache(maxsize=1)
def nationalities() -> dict[str, str]:
    """First demonym of a country by each of its demonyms, lower case, singular and plural ("israelis" is "Israeli")."""
    found: dict[str, str] = {}
    for row in rows("countries.csv"):
        told = [demonym for demonym in row["demonyms"].split("|") if demonym]
        for demonym in told:
            found[demonym.lower()] = found[f"{demonym.lower()}s"] = told[0]
    return found


@lru_cache(maxsize=1)
def demonyms() -> frozenset[str]:
    """Singular and plural names of a country's people, lower case ("israeli", "israelis")."""
    found = {demonym.lower() for row in rows("countries.csv") for demonym in row["demonyms"].split("|") if demonym}
    return frozenset(found | {f"{word}s" for word in found})


@cache
def _patterns() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((DATA / "patterns.toml").read_text(encoding="utf-8"))


def pattern(module: str, name: str) -> re.Pattern[str]:
    """The pattern *name* of *module* in ``data/patterns.toml``, compiled. Raises KeyError for a name that is not
    there.
    """
    return re.compile(*_written(module, name))


def sought(module: str, name: str) -> Sought:
    """The same of a pattern that is only searched for, with a quick look before each search."""
    return Sought(*_written(module, name))


def _written(module: str, name: str) -> tuple[str, int]:
    row = _patterns()[module][name]
    flags = (re.IGNORECASE if "i" in row["flags"] else 0) | (re.MULTILINE if "m" in row["flags"] else 0)
    return re.sub(r"\n {2}", "", row["pattern"]).lstrip(), flags


@cache
def _word_classes() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))


def words(module: str, name: str) -> frozenset[str]:
    """The word class *name* of *module* in ``data/words.toml``, lower case; KeyError for a name that is not there."""
    return frozenset(word.replace("_", " ") for word in _word_classes()[module][name].split())


@cache
def _openings() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "openings.toml").read_text(encoding="utf-8"))


@cache
def openings_of(module: str, name: str) -> frozenset[str]:
    """The words with which the phrases *name* of *module* begin, from ``data/openings.toml``, lower case."""
    return frozenset(_openings()[module][name].split())


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of ``data/name`` (one column ``word``), lower case."""
    return frozenset(row["word"].lower() for row in rows(name))
