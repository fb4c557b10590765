"""Active words of harm, which look right for their object: "killed three", "wounding a nurse and two boys"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extraction.harm.appositions import Appositions
from extraction.harm.chunks import speaks
from extraction.harm.groups import qualifies
from extraction.harm.heads import Group
from extraction.harm.walk import SURELY_PEOPLE
from extraction.words.lexicon import HarmWord, words

_MODALS = words("grammar", "modals")
_OUTLIVES = frozenset({"survived", "survives", "stable"})
_HURTS = frozenset({"injured", "killed_or_injured"})
_HELD_TRUE = words("grammar", "held_true")
_REACH = 9
"""Words between a wounding and "to death"."""
_PERSONS = frozenset({"himself", "herself", "him", "her"})


class Objects(Appositions):
    """The rules that look right."""

    def _object_rule(self, index: int) -> None:
        word = self._word(index)
        if word is None:
            return
        of = self._past_date(index + 1) if self.kinds[index] in "GP" else index + 1
        noun = self.kinds[index] in "GP" and self.clause.kind(of) == "o"
        start = of + 1 if noun else self._behind_verbs(index) + 1
        if self.kinds[index] == "P" and not noun and self._is_noun(index):
            return
        if word.harm in _HURTS and self._to_death(self.chunks[index].last):
            word = replace(word, harm="killed")
        elif word.form == "shot" and self._survives(index, _OUTLIVES):
            word = replace(word, harm="injured")
        negated = self._negated_before(index)
        unreal = self._is_unreal(index) or (self.kinds[index] == "P" and self._infinitive(index))
        self._objects(start, index, word, "active" if self.kinds[index] != "G" else "participle", negated, unreal)

    def _behind_verbs(self, index: int) -> int:
        """Past a further verb with the same object: "killed and robbed two policemen"."""
        return index + 2 if self._has_second_verb(index) else index

    def _to_death(self, first: int) -> bool:
        """ "stabbed the mayor, Karim Haddad, to death": the end that the wounds had."""
        ahead = self.clause.tokens[first : first + _REACH]
        return any(a.low == "to" and b.low == "death" for a, b in pairwise(ahead) if a.tag not in "KGPD")

    def _is_noun(self, index: int) -> bool:
        """ "of his wounds", "the murder": a present form that stands where a noun does."""
        at = self.chunks[index].first
        return at > 0 and self.clause.tokens[at - 1].tag in "doN'p"

    def _infinitive(self, index: int) -> bool:
        step = index - 1
        if self.clause.kind(step) == "t":
            told = self.clause.kind(step - 2) == "B" and self._words_of(step - 1) & _HELD_TRUE
            return not told and not self._achieved(step)
        return self.clause.kind(step) in "bz" and self.clause.low(step) in _MODALS

    def _objects(self, start: int, predicate: int, word: HarmWord, rule: str, negated: bool, unreal: bool) -> None:
        step, again = start, -1
        members: list[int] = []
        while step < len(self.kinds) and len(members) < 12:
            kind = self.kinds[step]
            if kind == "x" and step == start and self._is_killed_guess(step, word.form):
                members.append(step)
                step = self._next_member(step + 1)
                if step < 0:
                    break
                continue
            if kind == "x" and step == start and self._owns(step):
                step += 1
                continue
            if kind == "g":
                group = self.chunks[step].group
                if members and self._is_told(members[-1], again, step):
                    self._take_over(members[-1], step)
                    again = step
                    step = self._next_member(step + 1)
                    if step < 0:
                        break
                    continue
                if self._taken(step, word) or (members and self._another_subject(step, rule)):
                    break
                if members and self._told_otherwise(step, word):
                    break
                if group is not None and group.share and members and not self._further_share(step):
                    step = self._next_member(step + 1)
                    if step < 0:
                        break
                    continue
                place = word.harm == "detained" and group is not None and self._names_a_place(group)
                if group is not None and not place and (not word.needs or self._fits(group, word.needs)):
                    members.append(step)
                step = self._next_member(step + 1)
                if step < 0:
                    break
                continue
            if (
                (kind == "y" or self._is_her(step))
                and step == start
                and self.clause.low(step) in _PERSONS
                and (word.harm in {"killed", "injured"} or word.form == "shot")
            ):
                self._pronoun(step, predicate, word.harm, rule, negated, unreal)
            step = self._behind_pronoun(step) if step == start else -1
            if step < 0:
                break
        done = rule != "plain" or word.harm != "killed"  # "the brigade lost 11 men" did not kill them
        for member in members:
            self._add(member, predicate, word.harm, rule, negated, unreal, listed=len(members) > 1, active=done)

    def _behind_pronoun(self, step: int) -> int:
        """The list that goes on behind "her" or an unknown noun ("killing her, her husband and …"); -1 without one."""
        if self.kinds[step] not in "ydx" or self.clause.kind(step + 1) not in "c,":
            return -1
        ahead = step + 1
        while self.clause.kind(ahead) in "c,":
            ahead += 1
        person = self.kinds[step] != "x" or self.clause.kind(ahead - 1) == "c" or self._is_her(step)
        return ahead if person and self.clause.kind(ahead) == "g" else -1

    def _is_told(self, member: int, again: int, step: int) -> bool:
        """Whether the group at *step* only says who *member* is, or the words at *again* that say so already."""
        return any(self._same_person(at, step, singular=False) for at in (member, again) if at >= 0)

    def _taken(self, step: int, word: HarmWord) -> bool:
        """Whether the group at *step* has its harm already, and no lesser one ("shot dead a man in custody")."""
        known = self.found.get(step)
        return known is not None and not (known.harm == "detained" and word.harm in {"killed", "injured"})

    def _names_a_place(self, group: Group) -> bool:
        """ "captured a rebel camp": whose it is stands before what was captured."""
        return group.count == "single" and qualifies(self.clause.tokens, group)

    def _another_subject(self, step: int, rule: str) -> bool:
        """Whether a word of its own governs the group at *step*: of harm, where it may stand in one phrase with the
        group before ("the bodies of five men and two children were found").
        """
        be = step + 1 + (self.clause.kind(step + 1) == "H")
        if rule == "noun_of" and self.clause.kind(be) == "B":
            return self.clause.kind(be + 1) in "KDX"
        return self._governed_right(step) or speaks(self.clause, step)

    def _further_share(self, step: int) -> bool:
        """ "killed the governor and six of his guards": a share of others than those before it."""
        group = self.chunks[step].group
        owned = group is not None and bool({"his", "her", "their"} & set(group.words))
        return owned and group is not None and group.victim is not None and self.clause.kind(step - 1) == "c"

    def _next_member(self, step: int) -> int:
        """Over a post-modifier and separators to the next group of the list; -1 when the list ends."""
        step = origin = self._past_names(step)
        while (self.clause.kind(step) in "xpot" or self._belonged_to(step)) and step < origin + 5:
            step += 1
        if self.clause.kind(step) == "(":
            close = self.kinds.find(")", step)
            step = close + 1 if close > 0 else step
        if (self.clause.kind(step) == "," and self.clause.kind(step + 1) == "i") or self.clause.kind(step) == "i":
            step += 1
            while step < len(self.kinds) and self.kinds[step] in "igcxpo":
                step += 1
            if self.clause.kind(step) == "," and self.clause.kind(step + 1) != "c":
                return -1  # "killed 12 people, including two boys, a woman and a guard": the list of parts goes on
        if self._named_aside(step + 1):
            step += 2
        seps = 0
        while self.clause.kind(step) in ",c":
            step += 1
            seps += 1
        if step == origin and self.clause.kind(step) == "g":
            return step
        if not seps or self.clause.kind(step) != "g":
            return -1
        between = self.kinds[origin:step]
        if "p" in between and self.kinds[step - 1] == "," and "c" not in between:
            return -1
        return step

    def _belonged_to(self, step: int) -> bool:
        """ "a member of the crew and a nurse": whether the group at *step* only says where the one before belonged."""
        group = self.chunks[step].group if self.clause.kind(step) == "g" else None
        if group is None or self.clause.kind(step - 1) != "o":
            return False
        return group.count == "bare" or (group.count == "single" and self.clause.kind(step + 1) == "x")

    def _past_names(self, step: int) -> int:
        """Behind the names of those that the group just before *step* counts ("the monks A, B and C, and a cook")."""
        group = self.chunks[step - 1].group
        names = group.persons if group is not None and group.named and group.victim is not None else 0
        while names > 1 and self._is_name(step):
            names -= 1
            step += 1
            while names and self.clause.kind(step) in ",c":
                step += 1
        return step

    def _told_otherwise(self, step: int, word: HarmWord) -> bool:
        """ "the bodies of 51 people, as well as 369 with injuries", "the deaths of two men and three wounded boys": a
        word of another harm belongs to the last ones.
        """
        own = [token.harm for token in self._tokens_of(step) if token.tag == "K" and token.harm is not None]
        if word.tag.startswith("noun") and any(harm.harm != word.harm for harm in own):
            return True
        if self.clause.low(step + 1) not in {"with", "suffering"}:
            return False
        for ahead in range(step + 2, min(step + 6, len(self.kinds))):
            group = self.chunks[ahead].group
            other = self._word(ahead) if self.kinds[ahead] == "M" else group.harm if group is not None else None
            if other is not None:
                return other.harm != word.harm
        return False

    def _owns(self, step: int) -> bool:
        """ "killed Khalil's wife": whose they are stands before those who were killed."""
        last = self.clause.tokens[self.chunks[step].last - 1]
        return (
            last.tag == "'"
            and self.clause.kind(step + 1) == "g"
            and self.chunks[step].last - self.chunks[step].first < 6
        )

    def _is_killed_guess(self, step: int, form: str) -> bool:
        """ "killed a lifeguard" with a noun that no list knows: what is murdered or assassinated is somebody."""
        group = self.chunks[step].group
        if group is None or not group.guess or form not in SURELY_PEOPLE:
            return False
        return self._is_noun_of_somebody(group)
