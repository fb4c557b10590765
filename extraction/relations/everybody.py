""" "All of them were killed", "killing all aboard": as many as the people whom the text counted just before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extraction.harm.chunks import Clause
from extraction.harm.heads import Group
from extraction.harm.walk import Finding


def counted(found: Sequence[Finding], clause: Clause, before: Iterable[Sequence[Group]]) -> None:
    """Gives each finding of "all" the number of those meant: the last people counted in its own sentence, else in one
    of the sentences *before*, nearest first. Where they are not counted, or by several such numbers, "all" is but a
    plural.
    """
    for item in found:
        if item.group.count != "all":
            continue
        own = [chunk.group for chunk in clause.chunks[: item.at] if chunk.group is not None]
        for near in (own, *before):
            people = [group for group in near if _could_be_meant(group)]
            if people:
                told = any(other.group in people and other.harm == item.harm for other in found)
                _take_number(item.group, clause, people if not told else ())
                break
    for chunk in clause.chunks:
        if chunk.group is not None and chunk.group.count == "all":
            chunk.group.count = "bare"


def _could_be_meant(group: Group) -> bool:
    """Whether *group* counts people, more than one."""
    number = group.number
    if group.thing or group.share or group.count != "number" or number is None or number.kind != "count":
        return False
    return group.victim is not None and (number.best or number.low or 0) > 1


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
