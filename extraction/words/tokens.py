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
_PUNCTUATION = {"'": '"', "[": "(", "]": ")", "-": "\u2014", "\u2014": "\u2014"}
_HEADS = {"head": "leader", "heads": "leaders"}
_BEFORE_ONE = lexicon.words("tokens", "before_one")
_HEADED = lexicon.words("tokens", "headed")
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
    quantity: Quantity | None = None
    harm: lexicon.HarmWord | None = None
    victim: lexicon.Victim | None = None


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, lexicon.HarmWord | None]]]:
    """Phrases of several words by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, lexicon.HarmWord | None]]] = {}
    entries: list[tuple[str, str, lexicon.HarmWord | None]] = [
        (w.form, HARM_TAGS[w.tag], w) for w in lexicon.harm_words().values()
    ]
    entries += [(word, TAGS[tag], None) for word, tag in lexicon.function_words().items()]
    for form, tag, harm in entries:
        words = tuple(form.split())
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
    return _without_initials(_peoples_joined(plain, words))


def _names_of_works(words: list[Token]) -> None:
    """ "Kill Bill", "Arrested Development": a word of harm with a capital inside a sentence is part of a name."""
    spelled = [word for word in words if word.text[0].isalpha()]
    if sum(word.text[0].islower() for word in spelled) < _MOSTLY * len(spelled):
        return
    for before, word, after in zip(words, words[1:], [*words[2:], None], strict=False):
        name = word.harm is not None and word.text[0].isupper() and not word.text.isupper()
        beside = before.tag == "C" or (after is not None and after.text[0].isupper())
        if name and beside and before.tag not in ':"\u2014(':
            word.tag, word.harm = "C", None


def _heads_of(words: list[Token]) -> None:
    """ "the head of the council", "a village head": somebody, where a head alone is a part of the body."""
    for index, word in enumerate(words):
        if word.low not in _HEADS:
            continue
        of = index + 1 < len(words) and words[index + 1].tag == "o"
        if of or (index > 0 and words[index - 1].low in _HEADED):
            word.tag, word.victim = "v", lexicon.victims()[_HEADS[word.low]]


def _captives(words: list[Token]) -> None:
    """ "the other hostage died": a word for being held that stands where a noun does is somebody."""
    for before, word in pairwise(words):
        if word.tag == "X" and word.victim is not None and before.low in _BEFORE_ONE:
            word.tag, word.harm = "v", None


def _peoples_joined(plain: str, words: list[Token]) -> list[Token]:
    """*words* with "South African" as one: the point of the compass is no preposition there."""
    kept: list[Token] = []
    for word in words:
        last = kept[-1] if kept else None
        if last is not None and last.tag == "p" and f"{last.low} {word.low}" in lexicon.demonyms():
            text = plain[last.start : word.end]
            kept[-1] = Token(last.start, word.end, text, text.lower(), "C")
        else:
            kept.append(word)
    return kept


def _without_initials(words: list[Token]) -> list[Token]:
    """*words* without the initials in brackets that stand before a victim noun ("two Border Guard Force (BGF)
    officers"): they would cut the noun from its number.
    """
    kept: list[Token] = []
    index = 0
    while index < len(words):
        inside = words[index + 1] if words[index].tag == "(" and index + 4 <= len(words) else None
        if inside is not None and inside.text.isupper() and words[index + 2].tag == ")" and _noun_behind(words, index):
            index += 3
            continue
        kept.append(words[index])
        index += 1
    return kept


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
        if word.low not in _COUNTING or word.tag != "w":
            continue
        following = words[index + 1] if index + 1 < len(words) else None
        if following is not None and following.harm is not None and following.harm.tag in {"noun", "toll"}:
            continue  # "the total death toll": that word counts by itself
        of = following is not None and following.tag == "o"
        ahead = next((w.harm for w in words[index + 1 : index + 9] if w.harm is not None), None) if of else None
        put = index > 1 and words[index - 2].low in {"put", "puts", "putting"}
        behind = next(
            (w.harm for w in reversed(words[:index]) if w.harm is not None and (put or w.harm.tag in {"noun", "toll"})),
            None,
        )
        harm = ahead or (behind if not of else None)
        if harm is not None:
            word.tag, word.harm = "T", lexicon.HarmWord(word.low, harm.harm, "toll")


def _split(plain: str, start: int, end: int, numbers: list[Quantity]) -> list[Token]:
    found: list[Token] = []
    position = start
    for number in numbers:
        found += _words(plain, position, number.start)
        found.append(
            Token(
                number.start,
                number.end,
                plain[number.start : number.end],
                number.text.lower(),
                _number_tag(number),
                number,
            )
        )
        position = number.end
    found += _words(plain, position, end)
    return found


def _number_tag(number: Quantity) -> str:
    if number.kind in COUNTING_KINDS:
        return "N"
    return "U"


def _words(plain: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for hit in _WORD.finditer(plain, start, end):
        text = hit.group()
        if text[-2:] in {"'s", "'S"} and len(text) > 2:
            found.append(_tagged(hit.start(), hit.end() - 2, text[:-2]))
            found.append(Token(hit.end() - 2, hit.end(), "'s", "'s", "'"))
        else:
            found.append(_tagged(hit.start(), hit.end(), text))
    return found


def _tagged(start: int, end: int, text: str) -> Token:
    low, tag, harm, victim = _meaning(text)
    return Token(start, end, text, low, tag, None, harm, victim)


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
    phrases = _phrases()
    found: list[Token] = []
    index = 0
    while index < len(words):
        word = words[index]
        taken = 1
        for parts, tag, harm in phrases.get(word.low, ()):
            if len(parts) <= len(words) - index and all(words[index + k].low == part for k, part in enumerate(parts)):
                last = words[index + len(parts) - 1]
                following = words[index + len(parts)].tag if index + len(parts) < len(words) else "."
                if harm is not None and parts[0] == "dead" and following == "N":
                    continue
                word = Token(word.start, last.end, plain[word.start : last.end], " ".join(parts), tag, None, harm)
                taken = len(parts)
                break
        found.append(word)
        index += taken
    return found


def numbered(plain: str) -> list[Quantity]:
    """All quantities of *plain*, left to right."""
    return quantities(plain)
