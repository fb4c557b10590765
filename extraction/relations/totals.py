"""Claims and their totals across sentences: figures that add up to a total stated before, figures said again, pronouns
that only point back.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from extraction.drafts import Draft
from extraction.words.lexicon import words
from extraction.words.text import item_starts

_LATER = frozenset({"later", "then", "subsequently", "afterwards"})
_DOERS = frozenset({"he", "she", "they"})
_DEEDS = frozenset({"active", "participle"})
_AND_THEN = re.compile(r"[^.;:\"]{0,90}?,? (?:and|before|then) (?:(?:then|also|later|[a-z]+ly) )*")
"""What joins a second deed to the first."""
_ALONGSIDE = frozenset({"along with", "as well as", "together with", "in addition to"})


def divide(drafts: Sequence[Draft], texts: Sequence[str]) -> None:
    """Tells the items of a round-up apart, each with a dateline of its own ("MOSUL - …"): what one tells is never told
    again, nor summed up, in another.
    """
    opens = item_starts(texts)
    for item in drafts:
        item.section = bisect_right(opens, item.sentence)


def sums(drafts: list[Draft]) -> None:
    """Marks claims that add up to a total stated before them as its parts (23, then 10 children, 6 women and 7
    elderly).
    """
    for index, total in enumerate(drafts):
        rounded = total.harm == "killed_or_injured" and total.qualifier in _ROUNDED
        summed = rounded or total.qualifier in {"exact", "at_least"}
        if total.whole is not None or (total.number or 0) < 2 or not summed or total.group.named:
            continue
        run = _adding_up(total, drafts[index + 1 :])
        for member in run:
            member.whole = total
            member.partition = True


_ROUNDED = frozenset({"more_than", "about", "almost"})
_ROUNDING = 0.06
"""How far the killed and the injured may lie from a round number of casualties ("more than 10,000")."""


def called_by_name(drafts: list[Draft]) -> None:
    """Marks people called by name after a total as its parts: they say who some of the dead were."""
    for item in drafts:
        called = item.group.named or item.group.name or _told_as_some(item)
        if item.whole is not None or item.restates is not None or not called:
            continue
        for total in reversed(_before(drafts, item.sentence)):
            if total.sentence < item.sentence - _NAMED_REACH or total.section != item.section:
                break
            if _can_hold(total, item) and _one_of(total, item):
                item.whole = total
                _with_companions(item, total, drafts)
                break


def _one_of(total: Draft, item: Draft) -> bool:
    """Whether the words for *item* can call some of *total*: a name, where the total tells no trade or the name stands
    alone; "the others"; kin of a family.
    """
    called = item.group.named or (bool(item.group.name) and total.role is None)
    return called or _the_others(item) or (_is_kin(item) and _of_the_family(total))


def _told_as_some(item: Draft) -> bool:
    """Whether the words tell of some of those counted before: "the two other people killed", "his wife"."""
    return _the_others(item) or (item.group.words[:1] != ("a",) and _is_kin(item))


def _the_others(item: Draft) -> bool:
    """ "The two other people killed": an article before "other" points back."""
    before = item.clause.tokens[max(0, item.group.first - 1) : item.group.first]
    return item.group.remainder and item.group.number is not None and [token.low for token in before] == ["the"]


def _is_kin(item: Draft) -> bool:
    return item.group.victim is not None and item.group.victim.head in _KIN


def _of_the_family(total: Draft) -> bool:
    """ "Ten members of the Haddad family": of whom wives and sons told afterwards are some."""
    tokens, group = total.clause.tokens, total.group
    verb = total.clause.chunks[total.predicate].first
    end = verb if verb >= group.last else group.last + _OF_WHOM
    return any(token.low in _FAMILIES for token in tokens[group.first : end])


def _with_companions(item: Draft, total: Draft, drafts: list[Draft]) -> None:
    """ "Between two and six were killed. … Haddad had died alongside two relatives": they are of the total, too."""
    room = (total.high or total.number or 0) - item.group.persons
    for other in drafts:
        beside = other.clause is item.clause and other.predicate == item.predicate and other is not item
        if beside and other.whole is None and other.harm == total.harm and 0 < (other.number or 0) <= room:
            other.whole, room = total, room - (other.number or 0)


def _before(drafts: Sequence[Draft], sentence: int) -> Sequence[Draft]:
    """Those of *drafts*, which are in the order of the text, that stand in the sentences before *sentence*."""
    return drafts[: bisect_left(drafts, sentence, key=lambda draft: draft.sentence)]


def _can_hold(total: Draft, item: Draft) -> bool:
    """Whether the person called by name in *item* can be one of *total*."""
    return (
        total.harm == item.harm
        and total.whole is None
        and (item.number or 1) < (total.number or 0) < _MANY
        and {total.victim_class, item.victim_class} != {"civilian", "combatant"}
        and "superseded" not in total.flags
        and not stopped(item)
        and not _others_by_sort(total, item)
    )


def _others_by_sort(total: Draft, item: Draft) -> bool:
    """Whether *total* counts people of another sort than *item*: boys and a man, her nephews and her husband."""
    sorts = {total.demographic, item.demographic} - {None, "elderly"}
    kin = _kin_told(total)
    return len(sorts) > 1 or (kin is not None and _kin_told(item) not in {kin, None})


def stopped(item: Draft) -> bool:
    """ "Haddad was shot dead by police": one whom police killed is none of those whom he killed."""
    tokens, chunk = item.clause.tokens, item.clause.chunks[item.predicate]
    behind = [token.low for token in tokens[chunk.last : chunk.last + _NEAR]]
    if behind[:1] == ["by"]:
        return bool(_STATE & set(behind))
    return item.active and any(token.low in _STATE for token in tokens[max(0, chunk.first - _NEAR) : chunk.first])


_STATE = words("fights", "state_roles")
_NEAR = 5
"""Words from a word of harm to those who did it."""
_OF_WHOM = 5
"""Words behind a number of people within which "of the Haddad family" stands."""
_FAMILIES = frozenset({"family", "families", "relatives", "clan", "household"})
_KIN = words("totals", "kin")
_NAMED_REACH = 12
_MANY = 500


def split_after_colon(found: Sequence[Draft]) -> None:
    """ "Nine people: six civilians and three soldiers, were killed": in one sentence (*found* are its claims) the parts
    of the first are those behind the colon that add up to it.
    """
    for index, total in enumerate(found):
        if total.qualifier != "exact" or ":" not in total.clause.plain[total.value_end : total.value_end + _APART]:
            continue
        later = [item for item in found[index + 1 :] if item.harm == total.harm and item.whole in (None, total.whole)]
        if len(later) < 2 or sum(item.number or 0 for item in later) != total.number:
            continue
        between = total.clause.plain[total.value_end : later[0].value_start]
        if ":" in between and len(between) <= _APART:
            for item in later:
                item.whole, item.partition = total, True


_APART = 60
"""Characters between a total and the first of its parts behind a colon."""


def _adding_up(total: Draft, later: Sequence[Draft]) -> list[Draft]:
    """The claims of *later* that make up *total*, in order; empty when none do or when it may be chance."""
    reach = _REACH if total.sentence <= 2 else 4
    run: list[Draft] = []
    size = 0
    for item in later:
        if item.sentence > total.sentence + reach:
            break
        if item.section != total.section and total.section:
            break
        if item.clause.low(item.at - 1) in _ALONGSIDE:
            continue
        fits = item.harm == total.harm or (total.harm == "killed_or_injured" and item.harm in {"killed", "injured"})
        if (
            not fits
            or item.whole is not None
            or item.restates is not None
            or item.qualifier != "exact"
            or "superseded" in item.flags
            or not _same_class(item, total)
            or _beside(item, total)
        ):
            continue
        if (item.number or 0) >= (total.number or 0):
            continue
        run.append(item)
        size += item.number or 0
        if size >= (total.number or 0):
            break
    near = total.qualifier in _ROUNDED and abs(size - (total.number or 0)) <= (total.number or 0) * _ROUNDING
    if (size != total.number and not near) or len(run) < 2:
        return []
    return run if _one_list(run, total) else []


def _beside(item: Draft, total: Draft) -> bool:
    """Whether both stand in one list as different people: "two Belgian women, their driver and a Yemeni man"."""
    if item.clause is not total.clause or item.predicate != total.predicate:
        return False
    told_apart = any(
        mine is not None and theirs is not None and mine != theirs
        for mine, theirs in ((item.demographic, total.demographic), (item.nationality, total.nationality))
    )
    return told_apart or item.group.words[:1] == ("their",)


def _same_class(item: Draft, total: Draft) -> bool:
    return (
        item.victim_class == total.victim_class
        or total.victim_class in {"unknown", "mixed"}
        or item.victim_class == "unknown"
    )


def _one_list(run: list[Draft], total: Draft) -> bool:
    """Whether the sum is no chance: one sentence, a list after a colon, a total of deaths and injuries, or a large
    enough figure.
    """
    if total.harm == "killed_or_injured":
        return {item.harm for item in run} == {"killed", "injured"}
    if len({item.sentence for item in run}) == 1 and run[0].sentence <= total.sentence + 4:
        return True
    return (run[0].sentence <= total.sentence + 1 and ":" in total.clause.kinds) or (total.number or 0) >= _NO_CHANCE


_REACH = 40
"""Sentences within which the parts of an opening total may stand."""
_NO_CHANCE = 6
"""Totals from which on an exact sum over several sentences is taken for a breakdown."""
_ANYBODY = words("groups", "anybody")


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names can be one person's: the shorter is part of the longer, with the same first name if it has
    one, or is its end ("Ramos Leal", after "Julio Ramos Leal").
    """
    shorter, longer = sorted((_bare(one), _bare(other)), key=len)
    if len(shorter) == 1:
        return any(word.startswith(shorter[0]) or shorter[0].startswith(word) for word in longer if len(word) >= _SPELT)
    begins = shorter[:1] == longer[:1] or shorter == longer[-len(shorter) :]
    return bool(shorter) and set(shorter) <= set(longer) and begins


def _bare(name: tuple[str, ...]) -> tuple[str, ...]:
    """The name without its articles ("Ali al-Qadi", "Ali Qadi")."""
    return tuple(_ARTICLE.sub("", word) for word in name if not _ARTICLE.fullmatch(word))


_ARTICLE = re.compile(r"(?:al|el)(?:-|\Z)")
_SPELT = 4
"""Letters from which on a name may be spelt longer or shorter elsewhere ("Yousef", "Youseff")."""


def _same_people(one: Draft, other: Draft) -> bool:
    """Whether two groups can be the same people: neither adds to the other, and their nouns do not tell them apart."""
    if (
        one.group.remainder
        or other.group.remainder
        or "also"
        in other.clause.text(other.group.first, min(other.group.last + 4, len(other.clause.tokens))).lower().split()
    ):
        return False
    heads = {made.group.victim.head for made in (one, other) if made.group.victim is not None}
    if (one.number or 0) == 1 and not _same_name(one.group.name, other.group.name):
        return (
            len(heads) == 1
            and not one.group.named
            and not other.group.named
            and one.group.victim is not None
            and one.group.victim.head not in _ANYBODY
        )
    return len(heads - _ANYBODY) < 2


def _set_apart(repeated: Draft, drafts: list[Draft]) -> None:
    """ "The mayor was shot dead. … Haddad was killed along with his son": those told beside one counted already are
    further people, unless such kin were told beside him before.
    """
    if not repeated.group.name:
        return
    known = {_kin_told(item) for item in drafts if _beside_in_list(item, repeated.restates)} - {None}
    for item in drafts:
        if _beside_in_list(item, repeated) and item.whole is None and _kin_told(item) not in known:
            item.flags.add("additional")


def _beside_in_list(item: Draft, other: Draft | None) -> bool:
    same = other is not None and item.clause is other.clause and item.predicate == other.predicate
    return same and item is not other


def _kin_told(item: Draft) -> str | None:
    """The noun for kin that *item* is told by; None for others."""
    return item.group.victim.head if item.group.victim is not None and _is_kin(item) else None


def _items_of_one_list(one: Draft, other: Draft) -> bool:
    """Whether both are parts of one total, so that neither says the other again."""
    return one.whole is not None and other.whole is not None and _topmost(one) is _topmost(other)


def _topmost(item: Draft) -> Draft:
    while item.whole is not None:
        item = item.whole
    return item


def restated(drafts: list[Draft]) -> None:
    """Marks a claim that repeats an earlier one of the same document: same harm, same bounds, classes that agree."""
    told: defaultdict[tuple[str, int | None, int | None, int | None], list[Draft]] = defaultdict(list)
    for item in drafts:
        alike = told[item.harm, item.low, item.best, item.high]
        alike.append(item)
        if item.number is None or (item.number < 2 and item.group.number is None and not item.group.name):
            continue
        for other in _before(alike, item.sentence):
            if (
                other.section in {0, item.section}
                and _same_people(other, item)
                and not _items_of_one_list(other, item)
                and {other.victim_class, item.victim_class} != {"civilian", "combatant"}
                and other.demographic == item.demographic
            ):
                item.restates = other
                _set_apart(item, drafts)
                if (
                    item.victim_class == "unknown"
                    and other.victim_class in {"civilian", "combatant"}
                    and not item.group.share
                ):
                    item.victim_class = other.victim_class
                break


def further_deeds(drafts: Sequence[Draft]) -> None:
    """Marks those whom a second verb tells of ("hacking 20 people to death and killing two officers", "He later killed
    a driver"): they are others than those of the first.
    """
    for item in drafts:
        near = [other for other in drafts if other.sentence == item.sentence - 1 and other.harm == item.harm]
        if near and near[-1].rules[0] in _DEEDS and _done_later(item):
            item.flags.add("additional")
    for before, item in pairwise(drafts):
        joined = item.clause is before.clause and item.predicate != before.predicate
        deeds = before.rules[0] in _DEEDS and item.rules[0] in _DEEDS and item.harm == before.harm
        free = item.whole is None and item.restates is None and before.whole is not item
        if joined and free and item.harm == before.harm and _one_and_one(before, item):
            item.flags.add("additional")
        if joined and deeds and free and _AND_THEN.fullmatch(item.clause.plain, before.end, item.start):
            item.flags.add("additional")


def _done_later(item: Draft) -> bool:
    """ "He later killed a driver": the same one did it, and after what was told before."""
    tokens, verb = item.clause.tokens, item.clause.chunks[item.predicate].first
    before = {token.low for token in tokens[max(0, verb - 3) : verb]}
    others = item.whole is None and item.restates is None and not item.group.definite and not item.group.share
    return item.rules[0] in _DEEDS and others and tokens[0].low in _DOERS and bool(before & _LATER)


def _one_and_one(before: Draft, item: Draft) -> bool:
    """ "One person died at the scene, and one died later": one each."""
    counted = all(draft.group.words[:1] == ("one",) and not draft.group.share for draft in (before, item))
    return counted and "c" in item.clause.kinds[before.predicate : item.at]
