"""The people of one incident: whether a statement is of those told of before, a part, a rival figure, or of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.names.actors import is_of_state
from extraction.tolls.counting import TollOptions
from extraction.tolls.occasions import days_meet, other_place
from extraction.tolls.sides import roles, side
from extraction.tolls.statements import Statement, is_additional, join, voices, within
from schemas.records import Claim

_OWN_WORD = frozenset({"narrator", "unspecified reports"})
"""Voices of the text itself: "it was reported that" names nobody else."""
_OF_THOSE = re.compile(r" of (?:those|them|the|whom)\b", re.IGNORECASE)
_KIN_OF = frozenset({"his", "her", "their"})
_BESIDE = 40
"""Characters within which "her son" is the son of the one just told of."""
_CLOSE = 1.5
"""A voice whose new figure is up to so many times its earlier one corrects it; a larger one sums over several."""


@dataclass(slots=True)
class People:
    """Some people, and every statement about them."""

    told: list[Statement]

    @property
    def low(self) -> int:
        return min(item.low for item in self.told)

    @property
    def high(self) -> int:
        return max(item.high for item in self.told)

    @property
    def loose(self) -> bool:
        """Whether a larger figure of the same voice can only be an update: nothing told is a full count."""
        return all(item.vague or item.open or item.narrow for item in self.told)


def place(new: Statement, groups: list[People], options: TollOptions) -> bool:
    """Adds *new* to the people of one incident; False when it can only be about another incident."""
    everybody = [item for group in groups for item in group.told]
    if "overall" in new.first.flags and _is_whole(new, everybody):
        groups[:] = [People([new])]
        return True
    like = [group for group in groups if _agree(new, group)]
    told = [item for group in like for item in group.told]
    if (same := next((group for group in like for item in group.told if _equal(new, item)), None)) is not None:
        if not new.narrow and all(item.narrow for item in same.told):
            same.told.append(new)
        return True
    if not like or (new.additional and not within(new, told)):
        groups.append(People([new]))
        return True
    high = sum(group.high for group in like)
    if (new.high == high and not _others_name(new, told)) or new.ours or new.bare or (new.vague and new.low <= high):
        return True
    if _narrower(new, told):
        if high < new.high <= high * _CLOSE and all(not voices(new) & voices(item) for item in told):
            if options.rivals != "first":  # "six men were killed", "seven medics, X said"
                _unite(groups, like).told.append(new)
            return True
        if new.high > max(group.high for group in like) or (new.high == 1 and all(item.high == 1 for item in told)):
            groups.append(People([new]))
        return True
    return _compare(new, groups, like, options)


def _is_whole(new: Statement, told: Sequence[Statement]) -> bool:
    """Whether the same voice gives *new* as the figure of all who were told before."""
    return all(voices(new) == voices(item) and item.high < new.high for item in told)


def _compare(new: Statement, groups: list[People], like: list[People], options: TollOptions) -> bool:
    """Sets the full count *new* against what was told of the people of *like*: smaller, an update, or a rival. What
    the text gives as first heard is no rival of a later figure.

    A smaller figure that somebody is quoted with does not lower what the text asserts in its own voice (`_asserts`).
    """
    told = [item for group in like for item in group.told]
    high = sum(group.high for group in like)
    same_voice = all(voices(new) == voices(item) for item in told)
    loose = all(group.loose for group in like)
    if new.high < high:
        rival = not same_voice and new.high < sum(group.low for group in like) and not new.open and not new.early
        of_others = is_additional(new.first) or _of_those(new.first)  # "Four more died in hospital" is no total
        rival &= not of_others and not any(_asserts(item, new) for item in told)
        if options.rivals == "span" and rival:
            _unite(groups, like).told.append(new)
        return True
    if "summed" in new.first.flags:
        return True
    part = all(item.vague or (item.narrow and _narrower(item, [new]) and not _alike(item, new)) for item in told)
    if part or all(item.early for item in told) or (same_voice and all(item.vague for item in told)):
        _unite(groups, like).told = [new]
        return True
    if same_voice and not loose and new.high > high * _CLOSE:
        return True
    if options.rivals != "first":
        _unite(groups, like).told.append(new)
    return True


def _of_those(claim: Claim) -> bool:
    """Whether the words tell of some of those counted ("the bodies of 11 of those killed")."""
    return _OF_THOSE.match(claim.quote, (claim.value_end or claim.quote_end) - claim.quote_start) is not None


def _asserts(told: Statement, new: Statement) -> bool:
    """Whether *told* is the text's own word against the smaller *new*: a least number, a range, or far above it.

    A quoted figure far below the text's own is an early or partial count; one close to it is a rival.
    """
    if told.vague or told.first.claimant not in _OWN_WORD or told.first.qualifier == "at_most":
        return False
    return told.open or told.low < told.high or told.low > new.high * _CLOSE


def _narrower(new: Statement, told: Sequence[Statement]) -> bool:
    """Whether *new* singles out people among those of *told*, and is no fuller count of the same sort."""
    if not new.narrow or any(_contains(new, item) for item in told):
        return False
    return new.high == 1 or not any(_sorts(new) & _sorts(item) for item in told)


def _alike(old: Statement, new: Statement) -> bool:
    """Whether *new* counts fighters, too, and singles out nobody: *old*, their number by a role, is no part of it."""
    fighters = frozenset({"combatant"})
    same = old.classes == new.classes == fighters and old.high > 1 and not new.narrow
    return same and all(not claim.demographic for claim in old.claims)


def _contains(new: Statement, old: Statement) -> bool:
    """Whether *new* is a list with *old* among its members ("four boys", then "four boys and a man")."""
    return len(new.claims) > len(old.claims) and all(
        any(_figure(one) == _figure(two) for two in new.claims) for one in old.claims
    )


def _figure(claim: Claim) -> tuple[int | None, str | None]:
    return next((value for value in (claim.best, claim.low, claim.high) if value is not None), None), claim.demographic


def _sorts(statement: Statement) -> frozenset[str]:
    """The sexes, ages and roles that *statement* counts."""
    sexes = frozenset(claim.demographic for claim in statement.claims if claim.demographic)
    return sexes.union(*(roles(claim) for claim in statement.claims))


def _unite(groups: list[People], like: list[People]) -> People:
    """One group in the place of *like*, each of its statements being the sum over them."""
    if len(like) > 1:
        summed = like[0].told[0]
        for group in like[1:]:
            join(summed, group.told[0])
            groups.remove(group)
        like[0].told = [summed]
    return like[0]


def _equal(new: Statement, old: Statement) -> bool:
    return new.low == old.low and new.high == old.high and not (new.high == 1 and _differ(new.first, old.first))


def _others_name(new: Statement, told: Sequence[Statement]) -> bool:
    """Whether somebody called by a name is not the one called by name before, or is kin of the one told before."""
    if new.high != 1 or any(_equal(new, item) for item in told):
        return False
    return (new.named and all(item.named for item in told)) or any(_kin_of(new.first, item.first) for item in told)


def _kin_of(one: Claim, other: Claim) -> bool:
    """ "Her son", just behind the mother: "killed a nurse and shot her son"."""
    near = 0 <= one.quote_start - other.quote_end < _BESIDE and one.claimant == other.claimant
    return near and (one.value_text or "").split(" ")[0].lower() in _KIN_OF


def _differ(one: Claim, two: Claim) -> bool:
    """Whether two single people are told apart by name, by sex and age, role or nationality, or as kin."""
    if one.restates is None and "named" in one.flags and "named" in two.flags:
        return True
    if _kin_of(one, two):
        return True
    return any(
        mine and theirs and mine.casefold() != theirs.casefold()
        for mine, theirs in (
            (one.demographic, two.demographic),
            (one.role, two.role),
            (one.nationality, two.nationality),
        )
    )


def _agree(new: Statement, group: People) -> bool:
    """Whether *new* can speak of the people of *group*: no civilian among combatants, no combatant among civilians, no
    attacker or militant among the soldiers or police.
    """
    mine = new.classes - {"unknown"}
    if all(_by_others(new, old) for old in group.told):
        return False
    return any(
        not mine
        or not (theirs := old.classes - {"unknown"})
        or "mixed" in mine | theirs
        or (mine & theirs and ("combatant" not in mine & theirs or _one_side(new, old)))
        for old in group.told
    )


def _one_side(new: Statement, old: Statement) -> bool:
    """Whether two statements of fighters can be of one side: "two militants", then "killed two attackers"."""
    sides = {side(new), side(old)}
    if new.attackers != old.attackers:
        return len(sides) == 1 and new.low == old.low
    return None in sides or len(sides) == 1


def _by_others(new: Statement, old: Statement) -> bool:
    """ "Gunmen killed five people. Police shot dead two of them": whether the same voice lays the smaller figure of
    dead to a state's forces, and the larger to others, or the other way round.
    """
    if new.first.harm != "killed" or new.high >= old.low or voices(new) != voices(old):
        return False
    if any(party.actor.lower() == (new.first.role or "").lower().split(" ")[-1] for party in old.first.perpetrators):
        return True
    sides = [{is_of_state(p.actor) for p in item.first.perpetrators} for item in (new, old)]
    return all(len(side) == 1 for side in sides) and sides[0] != sides[1]


def same_incident(new: Statement, group: People) -> bool:
    """Whether nothing in *new* says another day or another place than *group*.

    The day beside a figure told again, or beside one of those counted ("his friend died"), may be that of the telling;
    so may the day next to it where somebody else tells.
    """
    here, there = new.first, group.told[0].first
    if "summed" in here.flags:
        return True
    told_again = new.high > 1 and any(_equal(new, item) for item in group.told)
    one_of_them = new.known and new.high == 1 < group.high
    close = new.high > 1 and new.high <= group.high <= new.high * _CLOSE
    apart = 1 if close or here.claimant != there.claimant else 0
    return (told_again or one_of_them or days_meet(here, there, apart)) and not other_place(here, there)
