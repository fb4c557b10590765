"""A sentence as words with tags: numbers, victim nouns, words of harm and the small words that hold a clause together.

Tags are one letter each, so that a sentence reads as a string:

    N number          v victim noun     C capitalised word   w other word      e adverb
    K killed (past)   G killing         P kills              D died            X dead (state)
    M deaths (noun)   T toll            A active past only (slew, took hostage)
    B be   H have   b modal   z do   t to   n not   o of   p preposition   c and   r who   i including   y pronoun   d
    determiner
    R reporting verb  , ; : ( ) " —
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extraction.tables import rows
from extraction.words import lexicon
from extraction.words.numbers import COUNTING_KINDS, Quantity, quantities

TAGS = {
    "determiner": "d",
    "pronoun": "y",
    "negation": "n",
    "nobody": "n",
    "of": "o",
    "preposition": "p",
    "conjunction": "c",
    "be": "B",
    "have": "H",
    "modal": "b",
    "do": "z",
    "to": "t",
    "relative": "r",
    "including": "i",
    "adverb": "e",
}
HARM_TAGS = {
    "past": "K",
    "active": "A",
    "present": "P",
    "gerund": "G",
    "intransitive": "D",
    "state": "X",
    "noun": "M",
    "noun_of": "M",
    "toll": "T",
}
_WORD = re.compile(r"[^\W_]+(?:[-.'/&][^\W_]+)*\.?(?<!\w\w\.)|[,;:()\"\u2014\[\]]|-(?=\s)|n't|'s?\b")
_OWNERS = ("'s", "'S")
_SIBILANTS = frozenset("sxzSXZ")
_OWNS = re.compile(r"['\u2019] (?:[a-z]+|[A-Z]{2})")
"""What follows a name that ends in "s" and owns something ("Torres' murder")."""
_PUNCTUATION = {"'": '"', "[": "(", "]": ")", "-": "\u2014", "\u2014": "\u2014"}
_HEADS = {"head": "leader", "heads": "leaders"}
_BEFORE_ONE = lexicon.words("tokens", "before_one")
_HEADED = lexicon.words("tokens", "headed")
_BLOWS = lexicon.words("tokens", "blows")
_BLOW_REACH = (3, 9)
"""The fewest and the most words from "death" back to the blow."""
_COMPASS = lexicon.words("tokens", "compass")
_MONTHS = frozenset({"january", "february", "march", "april"})
_MONTH_AFTER = frozenset({"last", "early", "late", "this", "next"})
_SHOT_SOMEBODY = 2
"""The fewest words from "shot" to "dead" with somebody between."""
_SHOT = {"shot": "K", "shooting": "G", "shoots": "P"}
_SHOOTINGS = lexicon.words("tokens", "shootings")
_FATAL = lexicon.words("tokens", "fatal")
_FATAL_REACH = 4
_FIGURES = lexicon.words("tokens", "figures")
_RANGING = frozenset({"range", "ranges", "ranged", "ranging", "vary", "varies", "varied", "varying"})
_ONE_HARMED = frozenset({"death", "fatality", "casualty", "injury"})
_MOSTLY = 0.5
"""Share of small letters from which on a sentence is no headline."""
_COUNTING = frozenset({"number", "figure", "tally", "count", "total"})


@dataclass(slots=True)
class Token:
    """A word, a number expression or a mark of the plain text, with its tag."""

    start: int
    end: int
    text: str
    low: str
    tag: str
    harm: lexicon.HarmWord | None = None
    victim: lexicon.Victim | None = None
    quantity: Quantity | None = None


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[list[str], str, lexicon.HarmWord | None]]]:
    """Phrases of several words by their first word, the longest first."""
    found: dict[str, list[tuple[list[str], str, lexicon.HarmWord | None]]] = {}
    entries: list[tuple[str, str, lexicon.HarmWord | None]] = [
        (w.form, HARM_TAGS[w.tag], w) for w in lexicon.harm_words().values()
    ]
    entries += [(word, TAGS[tag], None) for word, tag in lexicon.function_words().items()]
    for form, tag, harm in entries:
        words = form.split()
        if len(words) > 1:
            found.setdefault(words[0], []).append((words, tag, harm))
    for group in found.values():
        group.sort(key=lambda entry: -len(entry[0]))
    return found


def tokens(plain: str, start: int, end: int, numbers: list[Quantity]) -> list[Token]:
    """The tokens of ``plain[start:end]``; *numbers* are the quantities that lie in it, left to right."""
    words = _join_phrases(plain, _split(plain, start, end, numbers))
    _names_of_works(words)
    _count_words(words)
    _heads_of(words)
    _captives(words)
    _beaten_to_death(words)
    _shootings_of(words)
    _in_may(words)
    _points_of_names(words)
    return _without_initials(_peoples_joined(plain, _shot_dead(words)))


def _names_of_works(words: list[Token]) -> None:
    """ "Kill Bill", "Arrested Development": a word of harm with a capital inside a sentence is part of a name."""
    capital = [k for k, word in enumerate(words) if word.harm is not None and word.text[0].isupper() and k]
    if not capital:
        return
    initials = [word.text[0] for word in words if word.text[0].isalpha()]
    if sum(map(str.islower, initials)) < _MOSTLY * len(initials):
        return
    for index in capital:
        before, word, after = words[index - 1], words[index], words[index + 1] if index + 1 < len(words) else None
        beside = before.tag == "C" or (after is not None and after.text[0].isupper())
        if beside and not word.text.isupper() and before.tag not in ':"\u2014(':
            word.tag, word.harm = "C", None


def _heads_of(words: list[Token]) -> None:
    """ "the head of the council", "a village head": somebody, where a head alone is a part of the body."""
    for index, word in enumerate(words):
        if word.low not in _HEADS:
            continue
        of = index + 1 < len(words) and words[index + 1].tag == "o"
        if of or (index > 0 and words[index - 1].low in _HEADED):
            word.tag, word.victim = "v", lexicon.victims()[_HEADS[word.low]]


def _beaten_to_death(words: list[Token]) -> None:
    """ "beat a clerk to death": a blow that has no harm of its own, where it ends in death."""
    for at, word in enumerate(words):
        if word.low != "death" or at < _BLOW_REACH[0] or words[at - 1].low != "to":
            continue
        blow = next((k for k in range(at - 2, max(-1, at - _BLOW_REACH[1]), -1) if words[k].low in _BLOWS), None)
        if blow is not None and words[blow].tag == "w" and words[blow].harm is None:
            tag = "G" if words[blow].low.endswith("ing") else "K"
            words[blow].tag, words[blow].harm = tag, lexicon.harm_words()["beaten to death"]
            word.tag, word.harm = "w", None


def _shootings_of(words: list[Token]) -> None:
    """ "the shooting of two men": harm, and death where it was fatal."""
    for at, word in enumerate(words[:-1]):
        if word.low in _SHOOTINGS and words[at + 1].tag == "o" and word.tag != "M":
            fatal = any(before.low in _FATAL for before in words[max(0, at - _FATAL_REACH) : at])
            word.tag = "M"
            word.harm = lexicon.HarmWord(word.low, "killed" if fatal else "killed_or_injured", "noun_of")


def _shot_dead(words: list[Token]) -> list[Token]:
    """*words* with the end that a shot had joined to it: "shot his mother dead", "shooting her dead"."""
    ends: set[int] = set()
    for at, word in enumerate(words):
        if word.low != "dead" or word.tag != "X" or (at + 1 < len(words) and words[at + 1].tag in "vwCNM"):
            continue
        back = range(at - 1, max(-1, at - _BLOW_REACH[1]), -1)
        shot = next((k for k in back if words[k].low in _SHOT or words[k].tag in "KGPDRBH,"), None)
        if shot is None or words[shot].low not in _SHOT or at - shot < _SHOT_SOMEBODY:
            continue
        if words[shot + 1].tag in "dNCyv" and words[shot - 1].tag not in "BH":
            words[shot].tag, words[shot].harm = _SHOT[words[shot].low], lexicon.harm_words()["shot dead"]
            ends.add(at)
    return [word for at, word in enumerate(words) if at not in ends] if ends else words


def _in_may(words: list[Token]) -> None:
    """ "on 9 May", "in May": the month, where a modal verb cannot stand."""
    for at, word in enumerate(words):
        if word.text != "May" or not at:
            continue
        joined = words[at - 1].tag in "ct" and at > 1 and words[at - 2].low in _MONTHS
        if joined or words[at - 1].tag in "NUpo" or words[at - 1].low in _MONTH_AFTER:
            word.tag = "C"


def _captives(words: list[Token]) -> None:
    """ "the other hostage died": a word for being held that stands where a noun does is somebody."""
    for before, word in pairwise(words):
        if word.tag == "X" and word.victim is not None and before.low in _BEFORE_ONE:
            word.tag, word.harm = "v", None


def _points_of_names(words: list[Token]) -> None:
    """ "a North Dakota officer": a point of the compass with a capital before a name is part of it."""
    for before, word in pairwise(words):
        if word.tag == "C" and before.tag == "p" and before.low in _COMPASS and before.text[0].isupper():
            before.tag = "C"


def _peoples_joined(plain: str, words: list[Token]) -> list[Token]:
    """*words* with "South African" as one: the point of the compass is no preposition there."""
    points = _points_of_peoples()
    if not any(word.low in points for word in words):
        return words
    kept: list[Token] = []
    for word in words:
        last = kept[-1] if kept else None
        if last is not None and last.tag in "pC" and f"{last.low} {word.low}" in lexicon.demonyms():
            text = plain[last.start : word.end]
            kept[-1] = Token(last.start, word.end, text, text.lower(), "C")
        else:
            kept.append(word)
    return kept


@lru_cache(maxsize=1)
def _points_of_peoples() -> frozenset[str]:
    """First words of the demonyms of several words ("south african")."""
    return frozenset(demonym.partition(" ")[0] for demonym in lexicon.demonyms() if " " in demonym)


def _without_initials(words: list[Token]) -> list[Token]:
    """*words* without the initials in brackets that stand before a victim noun ("two Border Guard Force (BGF)
    officers") and the short names inside names ("Robert (Bob) Galdin"): they would cut the noun from its number.
    """
    if not any(word.tag == "(" for word in words):
        return words
    kept: list[Token] = []
    index = 0
    while index < len(words):
        inside = words[index + 1] if words[index].tag == "(" and index + 4 <= len(words) else None
        if (
            inside is not None
            and words[index + 2].tag == ")"
            and (_noun_behind(words, index) if inside.text.isupper() else _in_a_name(words[index - 1 : index + 4]))
        ):
            index += 3
            continue
        kept.append(words[index])
        index += 1
    return kept


def _in_a_name(around: list[Token]) -> bool:
    """Whether "Robert (Bob) Galdin" is one name: all three words begin with a capital."""
    return len(around) == 5 and all(word.tag == "C" for word in around[::2])


def _noun_behind(words: list[Token], index: int) -> bool:
    """Whether a victim noun follows the bracket at *index*, directly or behind one word."""
    behind = words[index + 3 : index + 5]
    return words[index - 1].tag in "CUwv" and (
        behind[0].tag == "v" or (len(behind) > 1 and behind[0].tag == "w" and behind[1].tag == "v")
    )


def _count_words(words: list[Token]) -> None:
    """ "the number of people who were killed", "civilian deaths … the figure": a word of counting takes the harm it
    counts.
    """
    for index, word in enumerate(words):
        if word.low in _FIGURES and index and _of_harm(words, index):
            continue
        ranging = word.low in _FIGURES and any(ahead.low in _RANGING for ahead in words[index + 1 : index + 6])
        if word.low not in _COUNTING and word.low != "dead" and not ranging:
            continue
        if (
            word.low == "dead"
            and word.tag == "X"
            and 0 < index < len(words) - 1
            and words[index - 1].low == "the"
            and words[index + 1].low == "at"
        ):
            word.tag = "T"
        hurt = words[index - 1].harm if index > 1 and words[index - 2].low == "the" else None
        if word.low == "number" and hurt is not None and index + 1 < len(words) and words[index + 1].tag == "N":
            word.tag, word.harm = "T", lexicon.HarmWord(word.low, hurt.harm, "toll")
            continue
        if not ranging and (word.low not in _COUNTING or word.tag != "w"):
            continue
        following = words[index + 1] if index + 1 < len(words) else None
        if following is not None and following.harm is not None and following.harm.tag in {"noun", "toll"}:
            continue  # "the total death toll": that word counts by itself
        of = following is not None and following.tag == "o"
        ahead = next((w.harm for w in words[index + 1 : index + 9] if w.harm is not None), None) if of else None
        put = ranging or (index > 1 and words[index - 2].low in {"put", "puts", "putting"})
        behind = next(
            (w.harm for w in reversed(words[:index]) if w.harm is not None and (put or w.harm.tag in {"noun", "toll"})),
            None,
        )
        harm = ahead or (behind if not of else None)
        if harm is not None:
            word.tag, word.harm = "T", lexicon.HarmWord(word.low, harm.harm, "toll")


def _of_harm(words: list[Token], index: int) -> bool:
    """Makes "a civilian fatality estimate" at *index* a word of counting, its "fatality" being nobody; False where no
    noun of harm stands before.
    """
    before = words[index - 1]
    if before.tag != "M" or before.low not in _ONE_HARMED:
        return False
    words[index].tag, words[index].harm = "T", before.harm
    before.tag, before.harm = "w", None
    if index > 1 and words[index - 2].tag == "v":
        words[index - 2].tag = "w"
    return True


def _split(plain: str, start: int, end: int, numbers: list[Quantity]) -> list[Token]:
    found: list[Token] = []
    position = start
    for number in numbers:
        found += _words(plain, position, number.start)
        text = plain[number.start : number.end]
        tag = "N" if number.kind in COUNTING_KINDS else "U"
        found.append(Token(number.start, number.end, text, number.text.lower(), tag, quantity=number))
        position = number.end
    found += _words(plain, position, end)
    return found


def _words(plain: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for hit in _WORD.finditer(plain, start, end):
        text, (first, last) = hit[0], hit.span()
        if text[-1] not in _SIBILANTS:
            found.append(Token(first, last, text, *_meaning(text)))
        elif len(text) > 2 and text.endswith(_OWNERS):
            found.append(Token(first, last - 2, text[:-2], *_meaning(text[:-2])))
            found.append(Token(last - 2, last, "'s", "'s", "'"))
        else:
            found.append(Token(first, last, text, *_meaning(text)))
            if found[-1].tag == "C" and _OWNS.match(plain, last, end):
                found.append(Token(last, last + 1, "'", "'s", "'"))
    return found


@lru_cache(maxsize=65536)
def _meaning(text: str) -> tuple[str, str, lexicon.HarmWord | None, lexicon.Victim | None]:
    """Lower-case form, tag, harm and victim of a written word."""
    low = text.lower()
    if not low[0].isalnum():
        tag = "'" if low == "'s" else _PUNCTUATION.get(low, low)
        return low, "n" if low == "n't" else tag, None, None
    harm = lexicon.harm_words().get(low)
    victim = lexicon.victims().get(low)
    if harm is not None:
        return low, HARM_TAGS[harm.tag], harm, victim
    small = lexicon.function_words().get(low)
    if small is not None and not (text.isupper() and len(text) > 1 and low in {"us", "it", "is"}):
        return low, TAGS[small], None, None
    if victim is not None:
        return low, "v", None, victim
    if "-" in low and (tail := lexicon.victims().get(low.rsplit("-", 1)[1])) is not None:
        return low, "v", None, tail
    return low, _open_class(text, low), None, None


_ARTICLE_NAME = re.compile(r"(?:al|el|a[dnrstz]|ash|ul|bin|ibn|de|d|l)[-'’][A-Z]")
"""A name with its article or particle: "al-Khalidi", "ash-Sharif"."""


_ADVERBS = ("edly", "ally", "ously", "ently", "antly", "ively", "ately")
"""Endings of adverbs, which also tell them in a text all in capitals."""


def _open_class(text: str, low: str) -> str:
    if low in reporting():
        return "R"
    if low.endswith("n't"):
        return "n"
    if text.isupper() and low.endswith(_ADVERBS):
        return "e"
    if text[0].isupper() or _ARTICLE_NAME.match(text):
        return "C"
    return "e" if low.endswith("ly") and len(low) > 4 and low not in {"family", "elderly", "only"} else "w"


@lru_cache(maxsize=1)
def reporting() -> frozenset[str]:
    """Verbs of saying, in every form, lower case."""
    return frozenset(form for row in rows("reporting_verbs.csv") for form in row["forms"].split())


def _join_phrases(plain: str, words: list[Token]) -> list[Token]:
    """*words* with each phrase of the vocabularies ("were killed", "such as") as one token."""
    lows = [word.low for word in words]
    phrases = _phrases()
    found: list[Token] = []
    done = 0
    for index, low in enumerate(lows):
        if low not in phrases or index < done:
            continue
        for parts, tag, harm in phrases[low]:
            past = index + len(parts)
            if lows[index:past] != parts:
                continue
            if harm is not None and low == "dead" and past < len(words) and words[past].tag == "N":
                continue
            if (
                low == "some"
                and lows[past : past + 1] == ["them"]
                and any(w.victim for w in words[past + 1 : past + 2])
            ):
                continue  # "some of them children": a share, not one of many words before a noun
            start, end = words[index].start, words[past - 1].end
            found += words[done:index]
            found.append(Token(start, end, plain[start:end], " ".join(parts), tag, harm))
            done = past
            break
    return found + words[done:]


def numbered(plain: str) -> list[Quantity]:
    """All quantities of *plain*, left to right."""
    return quantities(plain)
