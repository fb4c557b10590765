"""Groups of people in a sentence: a number (or a determiner) with the noun phrase that it counts.

A group is only a candidate; `extraction.harm.grammar` decides whether a word of harm governs it. What is counted but
is no person (two tanks, three strikes) becomes a *thing*, so that it blocks a rule instead of feeding it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from extraction.harm.persons import PARTICLES, called_by_name, dies_of_own
from extraction.words import lexicon
from extraction.words.lexicon import words
from extraction.words.numbers import Quantity
from extraction.words.tokens import Token

_MAX_MODIFIERS = 9
_FIGURES = words("tokens", "figures")
_SOFT = frozenset({"article", "definite"})
_REMAINDER = frozenset({"other", "others", "more", "another", "additional", "further", "else", "extra"})
_PERSON_ENDINGS = ("ers", "ors", "ists", "men", "women", "ants")
_RANKS = frozenset({"general", "major", "captain"})
_COLLECTIVE = words("groups", "collective")
_TITLES = words("groups", "titles")
_LEFT = frozenset({"remaining"})
_SLIGHT = frozenset({"minor", "human"})
_OF_AN_AGE = frozenset({"year-old", "year-olds"})
_ADJECTIVES = words("groups", "adjectives")
ANAPHORIC = frozenset({"victim", "patient", "survivor", "suspect", "person", "individual", "occupant", "local"})
"""Nouns that with "the" point back to somebody told before."""
_DOUBTED = frozenset(
    {"alleged", "reported", "claimed", "confirmed", "documented", "registered", "estimated", "recorded"}
)


@dataclass(slots=True)
class Group:
    """``tokens[first:last]`` count some people, things or deaths.

    ``count`` is "number", "single" (a child, the driver), "none" (no one), "bare" (a plural without a number).
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


def groups(tokens: list[Token], names: Sequence[tuple[int, int]] = (), surnames: Set[str] = frozenset()) -> list[Group]:
    """The groups of a sentence, left to right, without overlap; *names* are spans of actors and places, which are
    nobody's name, *surnames* the last words of names that the text gives in full somewhere.
    """
    found: list[Group] = []
    index = 0
    while index < len(tokens):
        if found and _is_age(tokens, index, found[-1]):
            index += 1
            continue
        group = _at(tokens, index) or _person(tokens, index, names, surnames, found[-1] if found else None)
        if group is None:
            index += 1
            continue
        group.words = tuple(token.low for token in tokens[group.first : group.last])
        group.name = _name(tokens[group.first : group.last]) if group.named else group.name
        found.append(group)
        index = max(group.last + group.tail, index + 1)
    return found


def _name(words: Sequence[Token]) -> tuple[str, ...]:
    """The words of a name without age, nouns and titles before it ("Green Party leader Karim Haddad")."""
    before = max(
        (at for at, word in enumerate(words[:-1]) if word.victim is not None or word.low.endswith("-old")), default=-1
    )
    return tuple(
        word.low
        for word in words[before + 1 :]
        if word.victim is None and word.low.removesuffix(".") not in _TITLES and word.low not in lexicon.demonyms()
    )


def _person(
    tokens: list[Token],
    index: int,
    names: Sequence[tuple[int, int]],
    surnames: Set[str],
    previous: Group | None,
) -> Group | None:
    """A person called by name where a victim stands: "killed Karim Haddad", "Haddad was shot"."""
    chain = previous.last if previous is not None and previous.named else None
    person = called_by_name(tokens, index, names, surnames, chain)
    return Group(person[0], person[1], None, "single", victim=person[2], named=True) if person is not None else None


_BORN_TOGETHER = {"twins": 2, "triplets": 3, "quadruplets": 4}


def _as_many(tokens: list[Token], index: int) -> Quantity | None:
    """ "five policemen and as many civilians", "killed five and wounded as many": the number before, told again."""
    if index < 2 or tokens[index - 1].tag not in "cKG" or index + 1 >= len(tokens) or tokens[index + 1].low != "many":
        return None
    before = next((token.quantity for token in reversed(tokens[max(0, index - 8) : index]) if token.tag == "N"), None)
    if before is None or before.kind != "count":
        return None
    return replace(before, start=tokens[index].start, end=tokens[index + 1].end, text="as many")


def _second_age(tokens: list[Token], index: int) -> bool:
    """ "aged 50 and 60": the second of two ages is no count."""
    return index > 2 and tokens[index - 3].low in {"aged", "ages"} and tokens[index - 2].quantity is not None


def _is_age(tokens: list[Token], index: int, before: Group) -> bool:
    """ "Karim Haddad, 42, was", "Omar Galdin, 40 or 41;": the number behind somebody's name is an age."""
    number = tokens[index].quantity
    if number is None or number.kind != "count" or tokens[index].start == 0 or tokens[index - 1].tag not in ",(":
        return False
    named = before.count == "single" and tokens[before.last - 1].tag == "C" and before.last == index - 1
    ends = index + 1 == len(tokens) or tokens[index + 1].tag in ",;)."
    return named and ends and (number.best or number.low or 0) < _OLDEST


_OLDEST = 110


def _at(tokens: list[Token], index: int) -> Group | None:
    token = tokens[index]
    if token.low in {"the", "other"} and index + 2 < len(tokens) and tokens[index + 1].low in _LEFT:
        number = tokens[index + 2].quantity
        if number is not None and tokens[index + 2].tag == "N" and number.kind == "count":
            group = _numbered(tokens, index + 2, number)
            if group is not None:
                group.first, group.remainder, group.definite = index, True, True
            return group
    if token.tag == "N" and token.quantity is not None:
        return None if _second_age(tokens, index) else _numbered(tokens, index, token.quantity)
    if token.low == "as" and (number := _as_many(tokens, index)) is not None:
        group = Group(index, index + 2, number, "number")
        _head(tokens, index + 2, group)
        bare = index + 2 == len(tokens) or tokens[index + 2].tag in "KXp.,;"
        return group if group.victim is not None or bare else None
    if token.low in _BORN_TOGETHER and token.tag == "v":
        return Group(index, index + 1, None, "single", victim=token.victim, persons=_BORN_TOGETHER[token.low])
    if token.low in {"nobody", "no-one", "no one", "noone"}:
        return Group(index, index + 1, None, "none")
    if token.tag == "d" and _is_the_other(tokens, index):
        return Group(index, index + 2, None, "single", remainder=True, definite=True)
    if token.tag == "d" and token.low not in {"this", "that", "these", "those", "any", "every", "such"}:
        return _determined(tokens, index)
    aged = token.quantity is not None and token.quantity.kind == "age"
    if (token.tag in "vCw" or aged) and _noun_ahead(tokens, index):
        return _undetermined(tokens, index)
    return None


def _noun_ahead(tokens: list[Token], index: int) -> bool:
    """Whether a phrase that begins at *index* can have a victim for its head: a quick look, for every open word."""
    return any(token.victim is not None or token.low in _OF_AN_AGE for token in tokens[index : index + _MAX_MODIFIERS])


def _is_the_other(tokens: list[Token], index: int) -> bool:
    """ "one was killed and the other wounded": "the other" stands for a person."""
    if index + 1 >= len(tokens) or tokens[index + 1].low != "other":
        return False
    return index + 2 >= len(tokens) or tokens[index + 2].tag in "KXDBH,"


def _numbered(tokens: list[Token], index: int, number: Quantity) -> Group | None:
    group = Group(index, index + 1, number, "number")
    if number.kind == "definite" and number.text.lower() == "both" and _pairs_other_words(tokens, index):
        return None
    if number.kind == "none":
        group.count = "none"
    elif number.kind in {"article", "one", "ordinal_one"}:
        group.count = "single"
    group.remainder = number.kind == "ordinal_one" or bool(_REMAINDER & set(number.text.lower().split()))
    group.definite = index > 0 and tokens[index - 1].tag == "d"
    start = _after_number(tokens, index + 1, group)
    if _is_old(tokens, index + 1):
        group.number, group.count, start = None, "single", index + 3
    if group.share and start < len(tokens) and tokens[start].tag == "N" and tokens[start].quantity is not None:
        start += 1
    _head(tokens, start, group)
    if number.kind == "article" and (size := _family_of(tokens, index)) is not None:
        return _members(tokens, index, size)
    if number.kind == "article" and group.victim is not None and _of_many(group.victim):
        group.victim, group.guess = None, group.last < len(tokens) and tokens[group.last].tag == "w"
        group.last += group.guess
        return group if group.guess else None
    known = group.victim is not None or group.harm is not None
    if number.kind == "article" and not known and not group.thing and group.last > index + 1:
        group.guess = True
        return group
    if number.kind == "article" and (
        not known or (group.harm is not None and group.victim is None and group.harm.tag not in {"noun"})
    ):
        return None
    if (
        number.kind == "article"
        and group.victim is None
        and group.harm is not None
        and group.harm.form not in {"casualty", "fatality", "martyr", "corpse", "body"}
    ):
        return None
    return group


def _is_old(tokens: list[Token], index: int) -> bool:
    """ "three year old girl": the number before is an age."""
    return index + 2 < len(tokens) and tokens[index].low in _AGES and tokens[index + 1].low == "old"


_DAYS = words("grammar", "days")
_AGES = frozenset({"year", "years", "month", "months", "week", "weeks"})


def _of_many(victim: lexicon.Victim) -> bool:
    """ "a local militia": a noun for many people counts nobody behind an article."""
    return victim.head in _COLLECTIVE


def _members(tokens: list[Token], index: int, size: int) -> Group:
    """ "a family of eight", "a group of eleven pilgrims": as many as the number at *size*, of the noun behind it."""
    group = Group(index, size + 1, tokens[size].quantity, "number")
    _head(tokens, size + 1, group)
    if group.victim is None:
        noun = "relatives" if any(token.low == "family" for token in tokens[index:size]) else "people"
        group.victim, group.last = lexicon.victims()[noun], size + 1
    return group


def _pairs_other_words(tokens: list[Token], index: int) -> bool:
    """ "both internally and across borders", "both Karim and his wife", "could both hurt": "both" counts nobody."""
    after = tokens[index + 1].tag if index + 1 < len(tokens) else "."
    return after in "epC" or (index > 0 and tokens[index - 1].tag in "bBHz")


def _family_of(tokens: list[Token], index: int) -> int | None:
    """ "a family of eight", "a group of 12 boys": index of the number that says how many."""
    for step in range(index + 1, min(index + 4, len(tokens) - 2)):
        if (
            tokens[step].low in {"family", "group", "party", "crew", "team", "convoy"}
            and tokens[step + 1].tag == "o"
            and tokens[step + 2].tag == "N"
        ):
            number = tokens[step + 2].quantity
            return step + 2 if number is not None and number.kind == "count" else None
        if tokens[step].tag not in "wC":
            return None
    return None


def _after_number(tokens: list[Token], index: int, group: Group) -> int:
    """Past "others", "of the", "of them": where the noun phrase that the number counts begins."""
    while index < len(tokens) and (
        tokens[index].low in _REMAINDER or (tokens[index].tag in 'e"' and _follows_noun(tokens, index))
    ):
        group.remainder |= tokens[index].low in _REMAINDER
        index += 1
        group.last = index
    if index < len(tokens) and tokens[index].low in {"of them", "of whom", "among them", "of those"}:
        group.share = True
        group.last = index + 1
        return index + 1
    if index < len(tokens) and tokens[index].tag == "o":
        group.share = group.number is not None and group.number.kind not in {"vague"} and not group.remainder
        index += 1
        while index < len(tokens) and tokens[index].tag in 'd"':
            index += 1
        if group.share:
            group.last = index
        if index < len(tokens) and tokens[index].tag == "y":
            group.last = index + 1
    return index


def _follows_noun(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].tag in 'vwCMU"e'


def _head(tokens: list[Token], index: int, group: Group) -> None:
    """Finds the head noun from *index* on and moves ``group.last`` behind it."""
    start = index
    thing_at = -1
    while index < len(tokens) and index - start < _MAX_MODIFIERS:
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
        elif token.tag == "K" and index > start and tokens[index - 1].tag == "w" and tokens[index - 1].low[-2:] != "ed":
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
    if last is not None and last.low in _OF_AN_AGE and index - start <= 2:
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
        group.name, group.tail = _name(tokens[start:end]), end - at


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
    return (
        victim is None or not victim.plural or tokens[index].low.removeprefix("ex-") in _QUALIFYING
    )


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


def _determined(tokens: list[Token], index: int) -> Group | None:
    """ "the driver", "his wife and two sons": a definite noun without a number."""
    group = Group(index, index + 1, None, "single", definite=True)
    _head(tokens, index + 1, group)
    if group.victim is None and group.harm is None and not group.thing and group.last > index + 1:
        group.guess = True
        return group
    if group.victim is None or (group.harm is not None and group.harm.tag in {"noun", "toll"}):
        return None
    if group.last < len(tokens) and tokens[group.last].low in _FIGURES:
        return None
    if any(token.tag == "N" for token in tokens[index : group.last]) or (
        tokens[index].low == "the" and group.victim.head in ANAPHORIC
    ):
        return None
    if group.victim.plural or group.victim.head in _COLLECTIVE:
        group.count = "bare"
    return group


def _undetermined(tokens: list[Token], index: int) -> Group | None:
    """ "Turkish soldier", "civilians": a noun with neither number nor determiner."""
    group = Group(index, index, None, "single")
    _head(tokens, index, group)
    if group.victim is None or group.thing or (group.harm is not None and group.harm.tag in {"noun", "toll"}):
        return None
    plural = group.victim.plural
    if not plural and index > 0 and tokens[index - 1].tag not in ":\u2014ciKAPGo,'" and not _whose(tokens, index):
        return None
    if any(token.tag in "N'" for token in tokens[index : group.last]) or (not plural and qualifies(tokens, group)):
        return None
    if plural:
        group.count = "bare"
    elif tokens[group.last - 1].tag == "v":
        while group.last < len(tokens) and (tokens[group.last].tag == "C" or tokens[group.last].low in PARTICLES):
            group.last += 1
            group.named = True
    return group


def qualifies(tokens: Sequence[Token], group: Group) -> bool:
    """ "a loss of local connections", "Principal footage": the noun of a person belongs to a thing behind it."""
    after = tokens[group.last] if group.last < len(tokens) else None
    if after is None or after.tag != "w" or tokens[group.last - 1].tag != "v":
        return False
    return not after.low.endswith(("ed", "en", "ing", "st", "ld"))


def _whose(tokens: list[Token], index: int) -> bool:
    return tokens[index - 1].low == "whose"
