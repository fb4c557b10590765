"""The noun that a number or a determiner counts: where the noun phrase ends and who its head names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.harm.persons import PARTICLES, dies_of_own
from extraction.words import lexicon
from extraction.words.lexicon import words
from extraction.words.numbers import Quantity
from extraction.words.tokens import Token

MAX_MODIFIERS = 9
_PERSON_ENDINGS = ("ers", "ors", "ists", "men", "women", "ants")
_RANKS = frozenset({"general", "major", "captain"})
_TITLES = words("groups", "titles")
_SLIGHT = frozenset({"minor", "human"})
OF_AN_AGE = frozenset({"year-old", "year-olds"})
_ADJECTIVES = words("groups", "adjectives")
_DOUBTED = frozenset(
    {"alleged", "reported", "claimed", "confirmed", "documented", "registered", "estimated", "recorded"}
)


@dataclass(slots=True)
class Group:
    """``tokens[first:last]`` count some people, things or deaths.

    ``count`` is "number", "single" (a child, the driver), "none" (no one), "bare" (a plural without a number), "all"
    (all of those counted before, until `extraction.relations.everybody` gives it their number).
    ``remainder`` marks "others", "another", "a further"; ``share`` marks "two of them", "of whom 12".
    """

    first: int
    last: int
    number: Quantity | None
    count: str
    victim: lexicon.Victim | None = None
    harm: lexicon.HarmWord | None = None
    """The harm that the head or an adjective of the group itself states: deaths, wounded men."""
    thing: bool = False
    remainder: bool = False
    share: bool = False
    definite: bool = False
    joint: tuple[lexicon.Victim, ...] = ()
    """Further heads under the same number: "12 women and children"."""
    guess: bool = False
    """True for an unknown noun with an article, which is a person only where somebody kills it."""
    named: bool = False
    """True for one called by name."""
    name: tuple[str, ...] = ()
    """The name, lower case, also where it only follows ("the mayor, Karim Haddad")."""
    tail: int = 0
    """Words behind the phrase that only call the one person by name ("a woman named Lina Haddad")."""
    persons: int = 1
    """How many are called by name, one after another."""
    words: tuple[str, ...] = field(default=())
    """Lower-case words of the phrase, number and head included."""

    def left_out(self, tokens: Sequence[Token]) -> bool:
        """ "all but one of the dead": whether the number counts those left out."""
        at = self.first
        return at > 1 and tokens[at - 1].low == "but" and tokens[at - 2].low in {"all", "none"}


def words_of_name(words: Sequence[Token]) -> tuple[str, ...]:
    """The words of a name without age, nouns and titles before it ("Green Party leader Karim Haddad")."""
    before = max(
        (at for at, word in enumerate(words[:-1]) if word.victim is not None or word.low.endswith("-old")), default=-1
    )
    return tuple(
        word.low
        for word in words[before + 1 :]
        if word.victim is None and word.low.removesuffix(".") not in _TITLES and word.low not in lexicon.demonyms()
    )


_DAYS = words("grammar", "days")


def find_head(tokens: list[Token], index: int, group: Group) -> None:
    """Finds the head noun from *index* on and moves ``group.last`` behind it."""
    start = index
    thing_at = -1
    while index < len(tokens) and index - start < MAX_MODIFIERS:
        token = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if _is_head(token, following):
            if not _compound(tokens, index):
                _take_head(tokens, index, group)
                return
        elif token.tag == "M" and index > thing_at + 1 > 0 and tokens[index - 1].low.endswith("ed"):
            break  # "no other source reported deaths"
        elif token.tag == "M" or (token.low == "dead" and following is not None and following.tag == "N"):
            _take_noun_of_harm(token, index, group)
            return
        elif token.tag == "K" and index > start and _acts(tokens[index - 1]):
            break
        elif token.tag in "KX" and token.harm is not None and following is not None and following.tag in "vCM":
            group.harm = token.harm if token.low != "missing" or group.count == "number" else None
        elif (close := _bracketed(tokens, index, start)) is not None:
            index = close
        elif not _modifies(tokens, index, start, following):
            break
        elif token.tag in _OPEN:
            if token.tag == "e" and following is not None and following.tag not in "vwCMeKX":
                return
            thing_at = index if token.low in lexicon.word_set("non_victims.csv") else thing_at
            if thing_at >= 0 and index - thing_at > 2:
                break
            _stretch(token, index, group, thing_at >= 0)
        index += 1
    _without_head(tokens, start, index, thing_at, group)


def _acts(noun: Token) -> bool:
    """Whether *noun*, of unknown kind, may be the subject of the verb behind it, as no adjective is."""
    return noun.tag == "w" and noun.low[-2:] != "ed" and noun.low not in _NO_NOUNS


_NO_NOUNS = frozenset({"different", "separate", "various"})
_OPEN = "wCe'\""
"""Tags of words that may stand before a noun without saying what it is."""


def _is_head(token: Token, following: Token | None) -> bool:
    of_follows = token.tag == "M" and following is not None and following.tag == "o"
    return token.victim is not None and token.tag in "vM" and not of_follows


def _take_head(tokens: list[Token], index: int, group: Group) -> None:
    token = tokens[index]
    group.victim = token.victim
    group.harm = token.harm or group.harm
    group.last = index + 1
    _joint(tokens, index + 1, group)
    _age(tokens, group)
    _called(tokens, group)
    group.thing = False


def _take_noun_of_harm(token: Token, index: int, group: Group) -> None:
    if token.harm is not None and token.harm.tag == "noun":
        group.harm = token.harm
        group.last = index + 1
        group.thing = False


def _bracketed(tokens: list[Token], index: int, start: int) -> int | None:
    """ "three Sabri (Sunni) herders": where a short bracket inside the phrase closes, people behind it."""
    if tokens[index].tag != "(" or index == start:
        return None
    close = next((k for k in range(index + 1, min(index + 4, len(tokens))) if tokens[k].tag == ")"), None)
    return close if close is not None and _noun_near(tokens, close + 1, 4) else None


def _modifies(tokens: list[Token], index: int, start: int, following: Token | None) -> bool:
    """Whether the word at *index* can stand between a number and its noun."""
    token = tokens[index]
    if token.tag == "R":
        return token.low in _DOUBTED and following is not None and following.tag in "wCvUMX"
    if token.tag == "c":
        return index > start and _adjective_pair(tokens, index)
    year = token.tag == "N" and token.quantity is not None and token.quantity.kind == "year"
    return token.tag in _OPEN or token.tag == "U" or year


def _stretch(token: Token, index: int, group: Group, thing: bool) -> None:
    """Takes an unknown word into the group, unless the group is one person whose noun is still to come."""
    article = group.definite if group.number is None else group.number.kind == "article"
    if token.tag in "wC" and not group.share and (group.count != "single" or thing or article):
        group.last = index + 1


def _without_head(tokens: list[Token], start: int, index: int, thing_at: int, group: Group) -> None:
    """Settles a phrase whose noun no list knows: a demonym is a person, a thing a thing, "bomb makers" are people."""
    last = tokens[index - 1] if index > start else None
    if last is not None and last.low in OF_AN_AGE and index - start <= 2:
        group.victim = lexicon.victims()["people" if last.low == "year-olds" else "person"]
        group.last = index
        return
    one = group.number is not None and group.number.kind in {"article", "one", "ordinal_one"}
    if last is not None and one and thing_at < 0 and last.low in lexicon.demonyms() and last.text[0].isupper():
        group.victim = lexicon.victims()["person"]
        group.last = index
    if last is not None and index - 1 > thing_at >= 0 and last.tag == "w" and last.low.endswith(_PERSON_ENDINGS):
        group.last = index
    elif thing_at > start and tokens[thing_at - 1].low in _DAYS:
        group.last = start  # "wounded eight late Friday night"
    elif thing_at >= 0:
        group.thing = True
        group.last = thing_at + 1
    elif group.last - start > 3 and group.number is not None and group.number.kind != "article":
        group.last = start + 3


def _age(tokens: list[Token], group: Group) -> None:
    """ "a girl of eight": the number is an age, not a count."""
    at = group.last
    if group.count == "single" and at + 1 < len(tokens) and tokens[at].tag == "o" and tokens[at + 1].tag == "N":
        number = tokens[at + 1].quantity
        if (
            number is not None
            and number.kind == "count"
            and number.best is not None
            and number.best < 100
            and (at + 2 >= len(tokens) or tokens[at + 2].tag not in "vwCo")
        ):
            group.last = at + 2


def _called(tokens: list[Token], group: Group) -> None:
    """ "a woman named Lina Haddad": the name behind says who the one person is."""
    at = group.last
    if group.count != "single" or at + 1 >= len(tokens) or tokens[at].low not in _CALLED:
        return
    start = end = at + 1 + (tokens[at + 1].low == "as")
    while end < len(tokens) and (tokens[end].tag == "C" or (tokens[end].low in PARTICLES and end > start)):
        end += 1
    if end > start:
        group.name, group.tail = words_of_name(tokens[start:end]), end - at


_CALLED = frozenset({"named", "called", "identified", "known"})


def _compound(tokens: list[Token], index: int) -> bool:
    """Whether the noun at *index* only qualifies a later one ("police officers", "militia commander", "civilian
    deaths").
    """
    step = index + 1
    if step < len(tokens) and tokens[index].text[0].isupper() and _bracketed(tokens, step, index) is not None:
        return True  # "three Sabri (Sunni) herders"
    if (
        step < len(tokens)
        and tokens[index].text[0].isupper()
        and tokens[index].tag == "v"
        and tokens[step].tag == "C"
        and tokens[index].low in {"national", "general", "major", "captain", "guard", "human"}
    ):
        return tokens[index].low not in _RANKS or _noun_near(tokens, step, 3)
    if step < len(tokens) and tokens[step].tag == "'":
        if dies_of_own(tokens, step + 1) and tokens[step + 1].low != "death":
            return False
        return step + 1 < len(tokens) and (tokens[step + 1].tag in "vwM" or _noun_near(tokens, step + 1, 4))
    in_a_name = step < len(tokens) and tokens[index].text[0].isupper() and tokens[step].tag == "C"
    adjective = tokens[index].low in _ADJECTIVES and step < len(tokens)
    if (in_a_name or adjective) and _noun_near(tokens, step, 5):
        return True
    if adjective and tokens[step].low in lexicon.word_set("non_victims.csv"):
        return True  # "a Shiite shrine"
    if tokens[index].low in _SLIGHT and step < len(tokens) and tokens[step].tag == "w":
        return True
    while (
        step < len(tokens)
        and step - index <= 3
        and tokens[step].tag in "wC"
        and tokens[step].text[0].islower() is (tokens[step].tag == "w")
    ):
        if not (step + 1 < len(tokens) and tokens[step + 1].tag in "vM"):
            return False
        step += 1
    if (
        step >= len(tokens)
        or tokens[step].tag not in "vM"
        or (tokens[step].harm is not None and tokens[step].tag != "M")
    ):
        return False
    if step > index + 1 and tokens[index + 1].low.endswith(("ed", "ing")):
        return False
    victim = tokens[index].victim
    small = tokens[step].tag == "v" and tokens[step].text[0].islower()
    if small and step == index + 1 and tokens[index].text[0].isupper():
        return True  # "two Rangers policemen"
    return victim is None or not victim.plural or tokens[index].low.removeprefix("ex-") in _QUALIFYING


_QUALIFYING = frozenset({"police", "militia", "rebels", "taliban", "staff"})
"""Nouns for many people that stand before the noun for one of them ("an ex-police officer")."""


def _noun_near(tokens: list[Token], index: int, reach: int) -> bool:
    """Whether a victim noun ends the run of open words at *index* ("two female Interior Ministry employees")."""
    for token in tokens[index : index + reach]:
        if token.tag in "vM":
            return True
        if token.tag not in "wC":
            return False
    return False


def _joint(tokens: list[Token], index: int, group: Group) -> None:
    """ "12 women and children": a second plural noun under the same number."""
    if index + 1 < len(tokens) and tokens[index].tag == "c" and tokens[index + 1].tag == "v":
        other = tokens[index + 1].victim
        after = tokens[index + 2].tag if index + 2 < len(tokens) else "."
        if (
            other is not None
            and other.plural
            and after not in "v'"
            and group.victim is not None
            and group.victim.plural
        ):
            group.joint += (other,)
            group.last = index + 2


def _adjective_pair(tokens: list[Token], index: int) -> bool:
    """Whether the "and" at *index* joins two qualifiers of one noun ("civilian and military martyrs")."""
    return _noun_near(tokens, index + 1, 3)
