"""Which group of people a word of harm governs: the grammar of killing and wounding.

Each rule walks the chunks of one sentence (`extraction.chunks`) and yields `Finding`s. Passive and intransitive words
look left
for their subject, active ones right for their object, nouns of harm for "of"; lists are followed to their ends.
"""

from __future__ import annotations

from dataclasses import replace

from extraction.groups import Group
from extraction.lexicon import words
from extraction.objects import Objects
from extraction.subjects import Subjects
from extraction.walk import Finding

_UNSURE = words("harm", "unsure")
_EXCEEDS = frozenset(
    {"passes", "passed", "tops", "topped", "exceeds", "exceeded", "surpasses", "surpassed", "above", "beyond"}
)
_RISES = words("harm", "rises")
_FEARS = words("harm", "fears")


class Finder(Subjects, Objects):
    """One pass over one sentence; `run` gives the findings in the order of the groups."""

    def run(self) -> list[Finding]:
        """Subjects first (they bind closest), then objects, nouns and tolls."""
        for index, kind in enumerate(self.kinds):
            if kind in "KDX" and not self._is_active(index):
                self._subject_rule(index)
        for index, kind in enumerate(self.kinds):
            if kind in "GPA" or (kind == "K" and self._is_active(index)):
                self._object_rule(index)
            elif kind == "M":
                self._noun_rule(index)
            elif kind == "T":
                self._toll_rule(index)
        self._likewise()
        self._labels()
        self._own_harm()
        self._named_together()
        return [self.found[at] for at in sorted(self.found)]

    def _likewise(self) -> None:
        """ "A policeman was killed, as were two bystanders": the same was done to those behind."""
        for index in range(1, len(self.kinds) - 1):
            if self.kinds[index] != "B" or self.clause.low(index - 1) != "as" or self.kinds[index + 1] != "g":
                continue
            before = [finding for finding in self.found.values() if finding.predicate < index]
            if before:
                same = max(before, key=lambda finding: finding.predicate)
                self._add(index + 1, same.predicate, same.harm, "likewise", same.negated, same.unreal)

    def _named_together(self) -> None:
        """ "the deaths of A, B and C": people called by name in one list are one group of so many."""
        for at in sorted(self.found):
            finding = self.found.get(at)
            if finding is None or finding.group.persons > 1 or not self._is_name(at):
                continue
            if self._of_one(at + 1, finding.predicate):
                continue
            step = at
            while self.clause.kind(step + 1) in ",c":
                ahead = step + 2 + (self.clause.kind(step + 2) == "c")
                if not self._is_name(ahead) or self.clause.kind(ahead + 1) in "(R":
                    break
                self.found.pop(ahead, None)
                finding.group = replace(finding.group, last=self.chunks[ahead].last, persons=finding.group.persons + 1)
                step = ahead

    def _noun_rule(self, index: int) -> None:
        """ "the deaths of 12 miners", "the injury of a child", "no reports of casualties"."""
        word = self._word(index)
        if word is None:
            return
        if word.form == "injury" and self.clause.kind(index + 1) == "g":
            self._objects(index + 1, index, word, "noun_of", False, self._is_unreal(index))
        elif self.clause.kind(index + 1) == "o" and self.clause.kind(index + 2) == "g":
            self._objects(index + 2, index, word, "noun_of", self._negated_before(index), self._is_unreal(index))
        elif self.clause.kind(index + 1) == "x" and _RISES & self._words_of(index + 1):
            self._toll_rule(index)
        elif self.clause.low(index + 1) == "to" and word.harm == "injured" and self.clause.kind(index + 2) == "g":
            self._objects(index + 2, index, word, "noun_to", self._negated_before(index), False)
        elif (
            self.clause.kind(index + 1) in "p"
            and self.clause.low(index + 1) in {"among"}
            and self.clause.kind(index + 2) == "g"
        ):
            self._objects(index + 2, index, word, "noun_among", self._negated_before(index), self._is_unreal(index))

    def _toll_rule(self, index: int) -> None:
        """ "the death toll rose to 15 from 14", "put the toll at 70"."""
        word = self._word(index)
        if word is None:
            return
        for ahead in range(index + 1, min(len(self.kinds), index + 26)):
            kind = self.kinds[ahead]
            counted = self.clause.low(index) in {"number", "figure", "count", "total", "tally"}
            if kind in ";" or (kind in "KGPDM" and self.clause.kind(ahead - 1) not in "rB" and not counted):
                return
            group = self.chunks[ahead].group
            if (
                kind == "g"
                and group is not None
                and group.count == "number"
                and ahead not in self.found
                and group.harm is None
            ):
                lead = self.clause.low(ahead - 1)
                over = self.clause.tokens[self.chunks[ahead].first - 1].low in _EXCEEDS
                earlier = lead == "from"
                unreal = self._is_unreal(index) or self._foreseen(index, ahead)
                finding = self._add(ahead, index, word.harm, "toll", False, unreal)
                if finding is not None and over:
                    finding.flags.add("exceeds")
                if earlier and finding is not None:
                    finding.flags.add("superseded")
                if self.clause.low(ahead + 1) not in {"from", "to"}:
                    return

    def _foreseen(self, index: int, figure: int) -> bool:
        """ "the toll could rise to 40": no count, a fear."""
        between = self.clause.tokens[self.chunks[index].last : self.chunks[figure].first]
        return any(token.low in _FEARS for token in between)

    def _labels(self) -> None:
        """ "Dead: 8. Wounded: 21": a word of harm as the label of a figure."""
        for index, kind in enumerate(self.kinds):
            word = self._word(index)
            if (
                kind in "KXMT"
                and word is not None
                and self.clause.kind(index + 1) == ":"
                and self.clause.kind(index + 2) == "g"
            ):
                group = self.chunks[index + 2].group
                if group is not None and group.count == "number" and group.victim is None and index <= 2:
                    self._add(index + 2, index, word.harm, "label", False, False)

    def _own_harm(self) -> None:
        """Groups whose own words state the harm: "70 deaths", "two wounded men", "no casualties"."""
        for index, chunk in enumerate(self.chunks):
            group = chunk.group
            if group is None or group.harm is None or index in self.found:
                continue
            if group.thing:
                continue
            harm = group.harm.harm
            if (
                group.count == "none"
                and self.clause.kind(index + 1) in ",c"
                and self.clause.kind(index + 2) == "M"
                and (other := self._word(index + 2)) is not None
                and other.harm != harm
            ):
                harm = "killed_or_injured"
            self._add(index, index, harm, "own", False, self._is_unreal(index) or self.clause.kind(index + 1) == "b")
        for index, kind in enumerate(self.kinds):
            group = self.chunks[index].group
            nobody = (
                kind == "g"
                and group is not None
                and group.count == "none"
                and group.victim is None
                and group.harm is None
            )
            if (kind != "n" and not nobody) or index in self.found:
                continue
            for ahead in range(index + 1, min(len(self.kinds), index + 7)):
                if self.kinds[ahead] in "KDGP;,g" or (
                    self.kinds[ahead] == "R"
                    and self.clause.low(ahead) not in {"report", "reported", "reports", "confirmed", "recorded"}
                ):
                    break
                if self.clause.low(ahead) in _UNSURE:
                    break
                word = self._word(ahead)
                if self.kinds[ahead] == "M" and word is not None and word.tag == "noun" and ahead not in self.found:
                    nothing = Group(self.chunks[index].first, self.chunks[ahead].last, None, "none", harm=word)
                    nothing.words = tuple(token.low for token in self.clause.tokens[nothing.first : nothing.last])
                    other = self._word(ahead + 2) if self.clause.kind(ahead + 1) in "c," else None
                    both = other is not None and other.tag == "noun" and other.harm != word.harm
                    harm = "killed_or_injured" if both else word.harm
                    self.found[ahead] = Finding(nothing, ahead, harm, ahead, "none")
                    break
