"""Lists of figures: a line that ends in a colon, the items below it, and lists within lists.

"27 were killed, as follows:" is a heading, and so is an item that ends in a colon itself ("- Fighters: 13 killed:").
What stands below an item belongs to it until the next line with the item's own mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.drafts import Draft, draft
from extraction.harm.chunks import Clause

_MARK = re.compile(r"[-\u2022\u25aa\u25cf*\u2014]")
_NEAR = 4
"""Sentences back in which the total stands that "the dead are distributed as follows:" takes apart."""


@dataclass(frozen=True, slots=True)
class _Heading:
    total: Draft
    mark: str


@dataclass(slots=True)
class Lists:
    """The headings that are open while the lines of a text are read in order."""

    _open: list[_Heading] = field(default_factory=list)

    def above(self, line: str) -> Draft | None:
        """The total that *line* is an item of, if it is one."""
        mark = _mark(line)
        while mark and self._open and self._open[-1].mark == mark:
            self._open.pop()
        return self._open[-1].total if self._open else None

    def read(self, line: str, clause: Clause, found: Sequence[Draft], earlier: Sequence[Draft]) -> None:
        """Takes note of a *line* that was read: it opens a list, goes on with one, or ends them all."""
        above = self._open[-1].total if self._open else None
        items = [item for item in found if above is not None and item.whole is above]
        if above is not None and above.victim_class in {"civilian", "combatant"}:
            for item in items:
                item.victim_class = above.victim_class if item.victim_class == "unknown" else item.victim_class
        if not items:
            self._open.clear()
        if line.endswith(":"):
            total = _announced(clause, [i for i in found if i.whole is None or i.whole is above], earlier)
            if total is not None:
                self._open.append(_Heading(total, _mark(line)))


def _mark(line: str) -> str:
    hit = _MARK.match(line)
    return hit.group() if hit else ""


def _announced(clause: Clause, found: Sequence[Draft], earlier: Sequence[Draft]) -> Draft | None:
    """The total whose items follow: the last one of the line, else the last of the harm that it names."""
    totals = [item for item in found if (item.number or 0) > 1]
    if totals or found:
        return totals[-1] if totals else None
    named = {token.harm.harm for token in clause.tokens if token.harm is not None}
    here = earlier[-1].sentence if earlier else 0
    near = [item for item in earlier if item.whole is None and (item.number or 0) > 1 and item.sentence >= here - _NEAR]
    return next((item for item in reversed(near) if item.harm in named), None)


def listed(sentence: int, clause: Clause, found: list[Draft], total: Draft) -> list[Draft]:
    """The items of a list line below *total* ("11, as follows:"): its first group, with or without a word of harm.

    Nothing where the line does not begin with a group: then the list is over.
    """
    first = next((k for k, kind in enumerate(clause.kinds) if kind not in "\u2014():,;"), 0)
    if clause.kind(first + 1) == ":":
        _named_before(found, total)
        return []
    group = clause.chunks[first].group if clause.kind(first) == "g" else None
    if group is None or group.count in {"bare", "none"}:
        return []
    own = [item for item in found if item.at == first]
    made = [] if own else [draft(sentence, clause, group, first, first, total.harm, "list")]
    for item in own or made:
        if item.harm == total.harm and (item.number or 0) <= (total.number or 0):
            item.whole = total
    return made


def _named_before(found: Sequence[Draft], total: Draft) -> None:
    """ "- Soldiers: 12 killed": who they are stands before the colon, how many behind it."""
    for item in found[:1]:
        if item.harm == total.harm and (item.number or 0) <= (total.number or 0):
            item.whole = total
