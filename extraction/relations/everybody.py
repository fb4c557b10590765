""" "All of them were killed", "killing all aboard": as many as the people whom the text counted just before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extraction.harm.chunks import Clause
from extraction.harm.heads import Group
from extraction.harm.walk import Finding


def counted(found: Sequence[Finding], clause: Clause, before: Iterable[Sequence[Group]]) -> None:
    """Gives each finding of "all" the number of those meant: in its own sentence they become its group, else it takes
    the number told in one of the sentences *before*, nearest first. Where they are not counted, or by several such
    numbers, "all" is but a plural.
    """
    for item in found:
        if item.group.count != "all":
            continue
        own = [at for at, chunk in enumerate(clause.chunks[: item.at]) if _could_be_meant(chunk.group)]
        if own:
            _meant_here(item, own, clause, found)
            continue
        near = next((people for groups in before if (people := [g for g in groups if _could_be_meant(g)])), [])
        _take_number(item.group, clause, near)
    for chunk in clause.chunks:
        if chunk.group is not None and chunk.group.count == "all":
            chunk.group.count = "bare"


def _meant_here(item: Finding, own: Sequence[int], clause: Clause, found: Sequence[Finding]) -> None:
    """ "Around 30 people were in the house and they were all killed": makes the claim one of the 30."""
    told = any(other.at in own and other.harm == item.harm for other in found)
    group = clause.chunks[own[0]].group
    if len(own) == 1 and not told and group is not None:
        item.group, item.at = group, own[0]


def _could_be_meant(group: Group | None) -> bool:
    """Whether *group* counts people, more than one."""
    if group is None or group.number is None or group.thing or group.share or group.count != "number":
        return False
    people = group.number.kind == "count" and group.victim is not None
    return people and (group.number.best or group.number.low or 0) > 1


def _take_number(everybody: Group, clause: Clause, people: Sequence[Group]) -> None:
    alike = [group for group in people if _one_noun(group, everybody)] or list(people)
    if len(alike) != 1:
        return
    number, words = alike[0].number, clause.tokens[everybody.first : everybody.last]
    assert number is not None
    everybody.number = replace(number, start=words[0].start, end=words[-1].end, text=" ".join(everybody.words))
    everybody.count, everybody.victim = "number", everybody.victim or alike[0].victim


def _one_noun(group: Group, everybody: Group) -> bool:
    return everybody.victim is not None and group.victim is not None and group.victim.head == everybody.victim.head
