"""Which group of people a word of harm governs: the grammar of killing and wounding.

Each rule walks the chunks of one sentence (`extraction.harm.chunks`) and yields `Finding`s. Passive and intransitive
words look left for their subject, active ones right for their object, nouns of harm for "of"; lists are followed to
their ends.
"""

from __future__ import annotations

from dataclasses import replace

from extraction.harm.heads import Group
from extraction.harm.objects import Objects
from extraction.harm.own_harm import TAKEN, OwnHarm
from extraction.harm.persons import dies_of_own
from extraction.harm.subjects import Subjects
from extraction.harm.walk import Finding
from extraction.words.lexicon import HarmWord, Victim, words

_EXCEEDS = words("grammar", "exceeds")
_RISES = words("grammar", "rises")
_RISEN = words("grammar", "risen")
_FEARS = words("grammar", "fears")
_SUFFER = words("grammar", "suffer")
_BRING = words("grammar", "bring")
_PLACED = frozenset({"in", "at", "near", "outside", "inside", "around", "on"})
_VERBAL = frozenset({"passive", "reduced", "own"})
"""Rules whose word of harm can be left out where the sentence goes on."""
_GAPPED = _VERBAL | {"own"}
_COST = frozenset({"cost", "costs", "costing"})
_MIGHT = frozenset({"could", "would", "might"})
_ONLY = frozenset({"only", "sole", "lone"})
_LIVES = frozenset({"life", "lives"})
_AS_FAR = 18
"""Chunks between the noun of harm and the verb that gives it a number."""
_KIN = words("grammar", "kin")
_CAPTIVES = words("grammar", "captives")


def _mourned(victim: Victim) -> bool:
    """Whether losing or burying such people tells of their death."""
    return victim.victim_class == "combatant" or victim.demographic is not None or victim.head in _KIN


_PLAIN = (
    ("killed", words("grammar", "losing"), _mourned),
    ("detained", words("grammar", "holding"), lambda victim: victim.head in _CAPTIVES),
)
"""Verbs that tell of harm beside some nouns only: the harm, the verbs, whether a noun fits."""


class Finder(Subjects, Objects, OwnHarm):
    """One pass over one sentence; `run` gives the findings in the order of the groups."""

    def run(self) -> list[Finding]:
        """Subjects first (they bind closest), then objects, nouns and tolls."""
        self._called_behind()
        for index, kind in enumerate(self.kinds):
            if kind in "KDX" and not self._is_active(index):
                self._subject_rule(index)
        for index, kind in enumerate(self.kinds):
            if (kind in "GPA" and not self._is_suffered(index)) or (kind == "K" and self._is_active(index)):
                self._object_rule(index)
            elif kind == "M" or (kind == "P" and self._is_suffered(index)):
                self._noun_rule(index)
            elif kind == "T":
                self._toll_rule(index)
        self._inverted()
        self._plain_verbs()
        self._whose()
        self._likewise()
        self._labels()
        self._own_harm()
        self._gapped()
        self._named_together()
        self._identified()
        return [self.found[at] for at in sorted(self.found)]

    def _gapped(self) -> None:
        """ "Two people died in Mosul, three in Hit and four in Erbil": the verb is said once."""
        for told in [item for item in self.found.values() if item.rule in _GAPPED and not item.negated]:
            step = told.predicate + 1
            if told.rule == "own" and self.clause.kind(step) == "B":
                step += 1 + (self.clause.kind(step + 1) == "x")
            while self.clause.kind(step) == "p" and self.clause.kind(step + 1) == "x":
                while self.clause.kind(step) in "pox":
                    step += 1
                while self.clause.kind(step) in ",c":
                    step += 1
                step += 2 * (self.clause.kind(step) == "p" and self.clause.kind(step + 1) == "x")
                group = self.chunks[step].group if self.clause.kind(step) == "g" else None
                if told.harm == "killed" and (later := self._in_hospital(step)) is not None:
                    later.harm = told.harm
                if group is None or step in self.found or not self._bare_in_place(step, group):
                    break
                self._add(step, told.predicate, told.harm, "gapped", False, told.unreal)
                group.share = group.share or told.group.share
                step += 1

    def _in_hospital(self, step: int) -> Finding | None:
        """ "One died at the scene and a second in hospital": the finding at *step* that takes the second for hurt."""
        finding = self.found.get(step)
        word = self._word(finding.predicate) if finding is not None and finding.predicate == step + 1 else None
        return finding if word is not None and word.form == "in hospital" else None

    def _bare_in_place(self, at: int, group: Group) -> bool:
        """ "… and four in Erbil": a number alone before a place, with no verb of its own."""
        after = at + 1
        while self.clause.kind(after) in "poxu" and after < at + 7:
            after += 1
        return (
            group.victim is None
            and group.harm is None
            and not group.share
            and group.count == "number"
            and self.clause.low(at + 1) in _PLACED
            and self.clause.kind(after) in ".,c;R"
        )

    def _inverted(self) -> None:
        """ "Killed in the raid were, according to a nurse, two traders and a boy": the subject stands behind."""
        word = self._word(0) if self.kinds[:1] == "K" else None
        be = self.kinds.find("B", 1, 8)
        if word is None or be < 0 or set(self.kinds[1:be]) - set("pxo"):
            return
        step = be + 1
        if self.clause.kind(step) == ",":
            step = self.kinds.find(",", step + 1) + 1 or step
        if self.clause.kind(step) == "g":
            self._objects(step, 0, word, "inverted", False, False)

    def _plain_verbs(self) -> None:
        """ "The brigade lost 11 men", "we buried six people", "are holding 12 hostages": verbs that tell of harm only
        beside certain nouns.
        """
        for index in range(1, len(self.kinds)):
            group = self.chunks[index].group
            if self.kinds[index] != "g" or group is None or group.victim is None or index in self.found:
                continue
            before = self.clause.tokens[self.chunks[index].first - 1]
            harm = next((harm for harm, verbs, fits in _PLAIN if before.low in verbs and fits(group.victim)), None)
            their = self.clause.kind(index + 2) == "M" and self.clause.low(index + 2) in _LIVES
            if before.low in _COST and their:
                harm = "killed"
            if harm is not None and before.tag == "w" and group.count != "bare":
                word = HarmWord(before.low, harm, "active")
                self._objects(index, index, word, "plain", self._negated_before(index - 1), self._is_unreal(index - 1))

    def _whose(self) -> None:
        """ "Karim Haddad's murder", "the senator's assassination": the death stands behind the one who died."""
        for at, chunk in enumerate(self.chunks[:-2]):
            word = self._word(at + 2) if dies_of_own(self.clause.tokens, self.chunks[at + 2].first) else None
            one = (
                chunk.group if chunk.kind == "g" and chunk.group is not None and chunk.group.count == "single" else None
            )
            if word is not None and one is not None and self._words_of(at + 1) == {"'s"}:
                self._add(at, at + 2, word.harm, "whose", False, self._is_unreal(at + 2))

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

    def _identified(self) -> None:
        """ "Two monks, A and B, were killed": the names only say who the counted ones are."""
        for at in sorted(self.found):
            finding = self.found[at]
            if not finding.group.named:
                continue
            if self._told_behind(at):
                del self.found[at]
                continue
            step, names = at, finding.group.persons
            while self.clause.kind(step - 1) in ",c" and (self._is_name(step - 2) or self._is_one_word(step - 2)):
                step, names = step - 2, names + 1
            whom = step - 2
            while self.clause.kind(whom) in "xpo" and whom > step - 7:
                whom -= 1
            counted = self.chunks[whom].group if whom >= 0 and self.clause.kind(step - 1) == "," else None
            trade = self.chunks[step - 1].group if self.clause.kind(step - 1) == "g" else None
            if trade is not None and trade.named and trade.persons == names:
                counted, whom = trade, step - 1  # "the monks A and B, who were killed"
            elif counted is None or counted.number is None or counted.number.best != names:
                continue
            del self.found[at]
            finding.group, finding.at = counted, whom
            self.found.setdefault(whom, finding)

    def _is_one_word(self, at: int) -> bool:
        """ "two guards, Omar and Karim Haddad, were": a name of one word in a list of names."""
        words = self.clause.tokens[self.chunks[at].first : self.chunks[at].last] if self.clause.kind(at) == "x" else []
        return len(words) == 1 and words[0].tag == "C" and self.clause.kind(at - 1) == ","

    def _told_behind(self, at: int) -> bool:
        """ "Omar and Ali Toral, two brothers, were killed": the aside holds those called by name before it."""
        aside = self.found.get(at + 2) if self.clause.kind(at + 1) == "," and self.clause.kind(at - 1) == "c" else None
        return aside is not None and self._size(at + 2) > 1 and self.clause.kind(at + 3) == ","

    def _is_suffered(self, index: int) -> bool:
        """ "sustained knife wounds": the word of harm at *index* is what somebody suffers."""
        word = self._word(index)
        injury = word is not None and word.harm == "injured" and word.form in {"wounds", "injury", "injuries", "burns"}
        return injury and self._suffers(index) is not None

    def _suffered(self, index: int, word: HarmWord) -> None:
        verb = self._suffers(index)
        subject = self._walk_left(verb - 1, index, False) if verb is not None else None
        if verb is not None and subject is not None and self.clause.kind(verb - 1) in "gBHx":
            self._subjects(subject, index, word.harm, "suffered", False, self._is_unreal(verb))

    def _noun_rule(self, index: int) -> None:
        """ "the deaths of 12 miners", "the injury of a child", "no reports of casualties"."""
        word = self._word(index)
        if word is None or (word.form in _LIVES and not self._near(index, TAKEN, 5, 4)):
            return
        if word.form in _LIVES and self._near(index, _MIGHT, 5, 0):
            return
        self._own_body(index, word)
        self._own_death(index, word)
        if (verb := self._said_to_be_all(index)) is not None:
            self._subjects(verb - 1, index, word.harm, "own_noun", False, self._is_unreal(verb))
            return
        if word.form == "injury" and self.clause.kind(index + 1) == "g":
            self._objects(index + 1, index, word, "noun_of", False, self._is_unreal(index))
        elif self.clause.kind(start := self._past_date(index + 1)) == "o" and self.clause.kind(start + 1) == "g":
            self._objects(start + 1, index, word, "noun_of", self._negated_before(index), self._is_unreal(index))
        elif self._rises(index):
            self._toll_rule(index)
        elif self._is_suffered(index):
            self._suffered(index, word)
        elif self.clause.low(index + 1) == "to" and word.harm == "injured" and self.clause.kind(index + 2) == "g":
            self._objects(index + 2, index, word, "noun_to", self._negated_before(index), False)
        elif (
            self.clause.kind(index + 1) in "p"
            and self.clause.low(index + 1) in {"among"}
            and self.clause.kind(index + 2) == "g"
        ):
            self._objects(index + 2, index, word, "noun_among", self._negated_before(index), self._is_unreal(index))

    def _said_to_be_all(self, index: int) -> int | None:
        """ "The bomber was the only fatality": the verb that says who the casualties at *index* were."""
        step = index - 1
        while self.clause.kind(step) in "xR" and step > index - 4:
            step -= 1
        only = any(self._words_of(at) & _ONLY for at in range(max(step, 0) + 1, index))
        return step if only and self.clause.kind(step) == "B" and self.clause.kind(step - 1) == "g" else None

    def _rises(self, index: int) -> bool:
        """Whether the noun of harm at *index* is what reaches a number: "casualties (from March to May) rose to 40"."""
        step = index + 1
        if self.clause.kind(step) in "pt":
            while self.clause.kind(step) in "pto,ux" and not _RISES & self._words_of(step) and step < index + _AS_FAR:
                step += 1
        return self.clause.kind(step) == "x" and bool(_RISES & self._words_of(step))

    def _suffers(self, index: int) -> int | None:
        """The chunk of "sustained …", "suffering from …" before the noun at *index*."""
        verb = index - 1
        while self.clause.kind(verb) in "xp" and verb > index - 4:
            if self.clause.low(verb) in _SUFFER:
                return verb
            verb -= 1
        return None

    def _toll_rule(self, index: int) -> None:
        """ "the death toll rose to 15 from 14", "put the toll at 70"."""
        word = self._word(index)
        if word is None or self._brought_to(index, word):
            return
        for ahead in range(index + 1, min(len(self.kinds), index + 26)):
            kind = self.kinds[ahead]
            counted = self.clause.low(index) in {"number", "figure", "count", "total", "tally"}
            if kind in ";i" or (kind in "KGPDM" and self.clause.kind(ahead - 1) not in "rB" and not counted):
                return
            group = self.chunks[ahead].group
            if kind == "g" and self.clause.kind(ahead - 1) == "o" and self.clause.kind(ahead - 2) == "M":
                return  # "the number of casualties …, where the death of nine was confirmed"
            if (
                kind == "g"
                and group is not None
                and group.count == "number"
                and ahead not in self.found
                and group.harm is None
                and not (group.number is not None and group.number.qualifier == "unquantified")
            ):
                lead = self.clause.low(ahead - 1)
                over = self.clause.tokens[self.chunks[ahead].first - 1].low in _EXCEEDS
                earlier = lead == "from" and group.number is not None and group.number.qualifier != "range"
                unreal = self._is_unreal(index) or self._foreseen(index, ahead)
                finding = self._add(ahead, index, word.harm, "toll", False, unreal)
                if finding is not None and over:
                    finding.flags.add("exceeds")
                if earlier and finding is not None:
                    finding.flags.add("superseded")
                elif finding is not None and self._risen(index, ahead):
                    finding.flags.add("overall")
                if self.clause.low(ahead + 1) not in {"from", "to"}:
                    return

    def _brought_to(self, index: int, word: HarmWord) -> bool:
        """ "… brought to 1,101 the number of people killed", "that makes 13 the number of the dead", "put at seven, two
        women and five boys, the death toll".
        """
        at = index - 1 - (self.clause.kind(index - 1) == "x")
        if self.clause.kind(at) == "\u2014":
            at = self.kinds.rfind("\u2014", max(0, at - 8), at) - 1
        group = self.chunks[at].group if self.clause.kind(at) == "g" else None
        if group is None or group.count != "number" or group.victim is not None or group.harm is not None:
            return False
        first = self.chunks[at].first
        put = first > 1 and [token.low for token in self.clause.tokens[first - 2 : first]] == ["put", "at"]
        before = self.clause.tokens[first - 1].low if first else ""
        if before not in _BRING and not put:
            return False
        return self._add(at, index, word.harm, "toll", False, self._is_unreal(index)) is not None

    def _risen(self, index: int, figure: int) -> bool:
        """ "the toll rose to 40": what was told before is out of date."""
        between = self.clause.tokens[self.chunks[index].last : self.chunks[figure].first]
        return self.clause.low(figure - 1) == "to" and any(token.low in _RISEN for token in between)

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
