"""Groups of people in a sentence: a number (or a determiner) with the noun phrase that it counts.

A group is only a candidate; `extraction.harm.grammar` decides whether a word of harm governs it. What is counted but
is no person (two tanks, three strikes) becomes a *thing*, so that it blocks a rule instead of feeding it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extraction.harm.heads import MAX_MODIFIERS, OF_AN_AGE, Group, find_head, words_of_name
from extraction.harm.persons import PARTICLES, called_by_name
from extraction.words import lexicon
from extraction.words.lexicon import words
from extraction.words.numbers import Quantity
from extraction.words.tokens import Token

_FIGURES = words("tokens", "figures")
_SOFT = frozenset({"article", "definite"})
_REMAINDER = frozenset({"other", "others", "more", "another", "additional", "further", "else", "extra"})
_COLLECTIVE = words("groups", "collective")
_ALL = frozenset({"all", "everyone", "everybody", "they"})
_OF_THEM = frozenset({"of them", "of those"})
_ABOARD = frozenset({"aboard", "on board", "inside", "of them"})
_OF_ONE = frozenset({"his", "her"})
_LEFT = frozenset({"remaining"})
ANAPHORIC = frozenset({"victim", "patient", "survivor", "person", "individual", "occupant", "local"})
"""Nouns that with "the" point back to somebody told before."""
_DESCRIBED = frozenset({"person", "individual", "occupant"})
"""Those of them that with a word of their own do not ("the unidentified person")."""


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
        if _hurt_gravely(tokens, group):
            group.share, group.words = True, (*group.words, "of them")
        group.name = words_of_name(tokens[group.first : group.last]) if group.named else group.name
        group.tail = group.tail or _whose_own(tokens, group)
        found.append(group)
        index = max(group.last + group.tail, index + 1)
    return found


def _hurt_gravely(tokens: list[Token], group: Group) -> bool:
    """ "wounding 21, ten critically": how badly some of those told just before were hurt."""
    first, last = group.first, group.last
    told = group.number is not None and (group.number.best or group.number.low)
    bare = told and group.count == "number" and group.victim is None and last == first + 1 and not group.share
    if not bare or last >= len(tokens) or tokens[last].low not in _GRAVELY or first < 2 or tokens[first - 1].tag != ",":
        return False
    return last + 1 == len(tokens) or tokens[last + 1].tag in ".,;)"


_GRAVELY = words("groups", "gravely")


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
_SO_MANY = {"parents": 2}
"""Plurals that say how many they are behind a word for one owner ("his parents")."""


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
        find_head(tokens, index + 2, group)
        bare = index + 2 == len(tokens) or tokens[index + 2].tag in "KXp.,;"
        return group if group.victim is not None or bare else None
    if token.low in _ALL and (everybody := _everybody(tokens, index)) is not None:
        return everybody
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


def _everybody(tokens: list[Token], index: int) -> Group | None:
    """ "All were", "they were all", "all of the soldiers", "all the guests", "killing all aboard": those told before;
    None where "all" goes with something else.
    """
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    group = Group(index, index + 1, None, "all", definite=True)
    if tokens[index].low == "they":
        ahead = [token.low for token in tokens[index + 2 : index + 4]]
        return group if after is not None and after.tag in "BH" and "all" in ahead else None
    if after is None or (index > 0 and tokens[index - 1].tag in "dpto"):
        return None
    verb = index + 1 + (after.low in _OF_THEM)
    told = verb < len(tokens) and tokens[verb].tag in ("BHDKX" if verb > index + 1 else "BHD")
    if tokens[index].low == "all" and told:
        group.last = verb
        return group
    if index and tokens[index - 1].tag in "GKP":
        return group if after.low in _ABOARD else None
    noun = index + 1 + (after.tag == "o")
    if tokens[index].low != "all" or noun + 1 >= len(tokens) or tokens[noun].low != "the":
        return None
    find_head(tokens, noun + 1, group)
    plural = group.victim is not None and group.victim.plural and group.harm is None
    told_apart = group.last < len(tokens) and tokens[group.last].tag == "r"  # "all of the men who were killed"
    return group if plural and not told_apart else None


def _noun_ahead(tokens: list[Token], index: int) -> bool:
    """Whether a phrase that begins at *index* can have a victim for its head: a quick look, for every open word."""
    return any(token.victim is not None or token.low in OF_AN_AGE for token in tokens[index : index + MAX_MODIFIERS])


def _is_the_other(tokens: list[Token], index: int) -> bool:
    """ "one was killed and the other wounded", "killing one and wounding the second": it stands for a person."""
    hurt = index > 0 and tokens[index - 1].tag in "GKP" and tokens[index - 1].harm is not None
    if index + 1 >= len(tokens) or tokens[index + 1].low not in ({"other", "second", "third"} if hurt else {"other"}):
        return False
    return index + 2 >= len(tokens) or tokens[index + 2].tag in "KXDBH,"


def _numbered(tokens: list[Token], index: int, number: Quantity) -> Group | None:
    group = Group(index, index + 1, number, "number")
    if number.kind == "none" and _compares(tokens, index + 1):
        return None  # "no bigger than his arm"
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
    find_head(tokens, start, group)
    if number.kind == "definite" and group.victim is None and not group.thing and number.text.lower() == "a couple":
        group.victim = lexicon.victims()["couple"]
    if number.kind == "article" and (size := _family_of(tokens, index)) is not None:
        return _members(tokens, index, size)
    if number.kind == "article" and _is_one_policeman(tokens, group):
        group.victim = lexicon.victims()["policeman"]
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


def _compares(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].low == "than" and tokens[index].low[-2:] in {"er", "re", "ss"}


def _is_old(tokens: list[Token], index: int) -> bool:
    """ "three year old girl": the number before is an age."""
    return index + 2 < len(tokens) and tokens[index].low in _AGES and tokens[index + 1].low == "old"


_AGES = frozenset({"year", "years", "month", "months", "week", "weeks"})


def _of_many(victim: lexicon.Victim) -> bool:
    """ "a local militia": a noun for many people counts nobody behind an article."""
    return victim.head in _COLLECTIVE


def _is_one_policeman(tokens: list[Token], group: Group) -> bool:
    """ "a soldier and a police were killed": one of them, where a word of harm or the end of a list follows."""
    police = group.victim is not None and group.victim.head == "police"
    return police and (group.last == len(tokens) or tokens[group.last].tag in "BHKXDcp,.")


def _members(tokens: list[Token], index: int, size: int) -> Group:
    """ "a family of eight", "a group of eleven pilgrims": as many as the number at *size*, of the noun behind it."""
    group = Group(index, size + 1, tokens[size].quantity, "number")
    find_head(tokens, size + 1, group)
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
    if index + 1 < len(tokens) and tokens[index].low == "out" and tokens[index + 1].tag == "o":
        index += 1  # "14 out of the 45 passengers"
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


def _whose_own(tokens: list[Token], group: Group) -> int:
    """ "a son of the mayor and two guards", "the mother of two soldiers": how many words say whose the one person is;
    they tell of nobody harmed.
    """
    at = group.last
    if group.count != "single" or group.victim is None or group.share or at >= len(tokens) or tokens[at].tag != "o":
        return 0
    whose = _at(tokens, at + 1) if at + 1 < len(tokens) else None
    if whose is None or whose.victim is None or whose.harm is not None or whose.thing:
        return 0
    past = whose.last + whose.tail
    closed = past == len(tokens) or tokens[past].tag != "r"  # "the mother of a boy who was killed"
    return past - at if closed and (whose.count == "single" or group.victim.head in _KIN) else 0


_KIN = words("grammar", "kin")


def _determined(tokens: list[Token], index: int) -> Group | None:
    """ "the driver", "his wife and two sons": a definite noun without a number."""
    group = Group(index, index + 1, None, "single", definite=True)
    find_head(tokens, index + 1, group)
    if group.victim is None and group.harm is None and not group.thing and group.last > index + 1:
        group.guess = True
        return group
    if group.victim is None or (group.harm is not None and group.harm.tag in {"noun", "toll"}):
        return None
    if group.last < len(tokens) and tokens[group.last].low in _FIGURES:
        return None
    if any(token.tag == "N" for token in tokens[index : group.last]) or (
        tokens[index].low == "the" and group.victim.head in ANAPHORIC and not _described(group)
    ):
        return None
    if tokens[group.last - 1].low in _SO_MANY and tokens[index].low in _OF_ONE:
        group.persons = _SO_MANY[tokens[group.last - 1].low]
    elif group.victim.plural or group.victim.head in _COLLECTIVE:
        group.count = "bare"
    return group


def _described(group: Group) -> bool:
    return group.victim is not None and group.victim.head in _DESCRIBED and group.last - group.first > 2


def _undetermined(tokens: list[Token], index: int) -> Group | None:
    """ "Turkish soldier", "civilians": a noun with neither number nor determiner."""
    group = Group(index, index, None, "single")
    find_head(tokens, index, group)
    if group.victim is None or group.thing or (group.harm is not None and group.harm.tag in {"noun", "toll"}):
        return None
    plural = group.victim.plural
    if not plural and index > 0 and tokens[index - 1].tag not in ":\u2014ciKAPGo,'" and not _whose(tokens, index):
        return None
    if any(token.tag in "N'" for token in tokens[index : group.last]) or (not plural and qualifies(tokens, group)):
        return None
    if any(_does(one, other) for one, other in pairwise(tokens[index : group.last])):
        return None
    if plural:
        group.count = "bare"
    elif tokens[group.last - 1].tag == "v":
        while group.last < len(tokens) and (tokens[group.last].tag == "C" or tokens[group.last].low in PARTICLES):
            group.last += 1
            group.named = True
    return group


def _does(thing: Token, word: Token) -> bool:
    """ "Bomb attack targets mayor": a thing that does something is no part of somebody's name or office."""
    acts = word.tag == "w" and word.low.endswith("s") and not word.low.endswith("ss")
    return acts and thing.low in lexicon.word_set("non_victims.csv")


def qualifies(tokens: Sequence[Token], group: Group) -> bool:
    """ "a loss of local connections", "Principal footage": the noun of a person belongs to a thing behind it."""
    after = tokens[group.last] if group.last < len(tokens) else None
    if after is None or after.tag != "w" or tokens[group.last - 1].tag != "v":
        return False
    return not after.low.endswith(("ed", "en", "ing", "st", "ld"))


def _whose(tokens: list[Token], index: int) -> bool:
    return tokens[index - 1].low == "whose"
