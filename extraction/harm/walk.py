"""What every rule of harm needs: a sentence's chunks, what is found so far, whether a predicate is active or unreal."""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.harm.chunks import Clause
from extraction.harm.heads import Group
from extraction.words.lexicon import HarmWord, words
from extraction.words.tokens import Token

_MODALS = words("grammar", "modals")
_DAYS = words("grammar", "days")
_LIMBS = words("grammar", "limbs")
_INTENT = words("grammar", "intent")
_FORCED = words("grammar", "forced")
_NARROWLY = words("grammar", "narrowly")
_HELD_TRUE = words("grammar", "held_true")
_ACHIEVED = words("grammar", "achieved")
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_AFTERWARDS = frozenset({"later", "eventually", "subsequently"})
_USING = frozenset({"using", "used"})
LESSER = frozenset({"displaced", "detained"})
"""Harm that gives way to a worse one of the same people ("tortured to death a youth in custody")."""
_UNREAL = frozenset({"if", "unless", "whether", "lest"})


ITSELF = dict.fromkeys(("himself", "herself", "themselves"), "attacker")
SURELY_PEOPLE = words("grammar", "surely_people")
_OF_MANY = words("grammar", "of_many")
"""Words of harm that only people suffer: their object is somebody, whatever its noun."""


@dataclass(slots=True)
class Finding:
    """A group governed by a harm: chunk indices of both, and what the rule saw."""

    group: Group
    at: int
    harm: str
    predicate: int
    rule: str
    agent_left: bool = False
    """True when the predicate is active: what stands left of it did the harm."""
    negated: bool = False
    unreal: bool = False
    listed: bool = False
    """True for a member of a list that shares the predicate."""
    whole_at: int | None = None
    """Chunk of the total that this is a part of, within the sentence."""
    flags: set[str] = field(default_factory=set)


class Walk:
    """One sentence under reading. Positions are indices of its chunks."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.chunks = clause.chunks
        self.kinds = clause.kinds
        self.found: dict[int, Finding] = {}

    def _is_active(self, index: int) -> bool:
        """ "killed three", "have killed 20": an object follows and no form of "be" stands before."""
        if self.kinds[index] != "K":
            return False
        before = self._before(index)
        if before == "B":
            return False
        after = self.clause.kind(index + 1)
        if before == "H":
            return True
        if after == "g" and (self._only_qualifies(index) or self._qualifies_name(index)):
            return False
        if after in "gudy" or self._is_her(index + 1) or (after == "n" and self.clause.kind(index + 2) in "gx"):
            return not self._reduced_subject(index)
        return self._has_second_verb(index) or (after == "x" and not self._has_group_left(index))

    def _is_her(self, step: int) -> bool:
        """ "killed her and two sons": the word for whose somebody is, standing alone."""
        if step >= len(self.chunks):
            return False
        chunk = self.chunks[step]
        alone = chunk.last - chunk.first == 1 and self.clause.kind(step + 1) in "c,.;"
        return alone and self.clause.low(step) == "her"

    def _has_second_verb(self, index: int) -> bool:
        """ "killed and robbed two policemen": a second active verb shares the object."""
        if self.clause.kind(index + 1) != "c" or self.clause.kind(index + 2) != "x":
            return False
        verb = self.chunks[index + 2]
        return (
            verb.last - verb.first == 1
            and self.clause.low(index + 2).endswith("ed")
            and self.clause.kind(index + 3) == "g"
        )

    def _only_qualifies(self, index: int) -> bool:
        """ "the fourth wounded victim": the word of harm stands between a determiner and its noun."""
        group, before = self.chunks[index + 1].group, self.chunks[index - 1] if index else None
        return (
            before is not None
            and before.kind == "x"
            and self.clause.tokens[before.first].tag == "d"
            and before.last - before.first <= 2
            and group is not None
            and group.number is None
            and not group.definite
            and not group.named
        )

    def _qualifies_name(self, index: int) -> bool:
        """ "replacing injured Omar Toral", "the wounded Haddad": no doer can stand before the word of harm."""
        first = self.chunks[index].first
        group = self.chunks[index + 1].group
        before = self.clause.tokens[first - 1] if first else None
        governed = before is not None and (before.tag in "poG" or before.low in _ARTICLES)
        return governed and group is not None and group.named

    def _reduced_subject(self, index: int) -> bool:
        """ "four killed, 12 wounded": a bare number just before, and what follows is governed by a word of its own."""
        if self.clause.kind(index - 1) != "g":
            return False
        following = index + 2
        while self.clause.kind(following) in "po,x" and following < index + 6:
            if self.clause.kind(following) in "KX":
                break
            following += 1
        left = self.chunks[index - 1].group
        return left is not None and left.victim is None and self.clause.kind(index + 2) in "KX"

    def _before(self, index: int) -> str:
        """Letter of the auxiliary before *index*, negation, "to" and "himself" skipped."""
        step = index - 1
        while self.clause.kind(step) in "n" or self.clause.low(step) in ITSELF:
            step -= 1
        return self.clause.kind(step)

    def _has_group_left(self, index: int) -> bool:
        step = index - 1
        while step >= 0 and self.kinds[step] in "xpo":
            step -= 1
        return self.clause.kind(step) == "g"

    def _word(self, index: int) -> HarmWord | None:
        return self.clause.tokens[self.chunks[index].first].harm

    @staticmethod
    def _fits(group: Group, needs: str) -> bool:
        if needs == "fighter":
            return group.victim is not None and group.victim.victim_class == "combatant"
        return group.victim is not None

    def _past_date(self, step: int) -> int:
        """Behind the day that stands at *step* ("the murder on 4 May of"); *step* where there is none."""
        ahead = step + (self.clause.low(step) in {"on", "in"})
        day = self.clause.kind(ahead) == "x" and all(
            token.tag == "U" or token.low in _DAYS
            for token in self.clause.tokens[self.chunks[ahead].first : self.chunks[ahead].last]
        )
        return ahead + 1 if day and self.clause.kind(ahead + 1) == "o" else step

    def _negated_before(self, index: int) -> bool:
        step = index - 1
        while self.clause.kind(step) in "BHbzt":
            step -= 1
        return self.clause.kind(step) == "n" or self.clause.low(step) in {"without", "deny", "denied", "denying"}

    def _governed_right(self, step: int) -> bool:
        """Whether the group at *step* is the subject of a word of harm of its own."""
        ahead = step + 1
        while self.clause.kind(ahead) in "xpoi,cg()":
            if self.kinds[ahead] in ",c" and self.clause.kind(ahead + 1) not in "gi":
                return False
            if self.kinds[ahead] == "c" or self._contact_clause(ahead):
                return False
            ahead += 1
        if self.clause.kind(ahead) in "BHbz":
            return True
        return self.clause.kind(ahead) in "KX" and ahead == step + 1 and not self._is_active(ahead)

    def _contact_clause(self, step: int) -> bool:
        """ "The murder of four monks shows the risks the villagers were taking": whether the group at *step* opens a
        clause of its own, right behind another noun.
        """
        group = self.chunks[step].group if self.kinds[step] == "g" else None
        return group is not None and group.definite and not group.named and self.clause.kind(step - 1) == "x"

    def _tokens_of(self, index: int) -> list[Token]:
        chunk = self.chunks[index]
        return self.clause.tokens[chunk.first : chunk.last]

    def _words_of(self, index: int) -> set[str]:
        return {token.low for token in self._tokens_of(index)}

    def _is_unreal(self, index: int) -> bool:
        """Threats, plans, conditions, counterfactuals and near misses around the predicate at *index*."""
        first = self.chunks[index].first
        if first and self.clause.tokens[first - 1].low in _NARROWLY:
            return True
        step = index - 1
        while self.clause.kind(step) in "BHn":
            step -= 1
        kind, low = self.clause.kind(step), self.clause.low(step)
        if kind == "b":
            perfect = "H" in self.kinds[step:index]
            if perfect:
                return low in {"could", "would", "should"}
            return low in _MODALS and not self._looks_ahead(step)
        if kind == "t" and (self._words_of(step - 1) & _HELD_TRUE or self._achieved(step)):
            return False
        if kind == "t":
            word = self._word(index)
            if word is not None and word.harm == "displaced":
                left = {token.low for token in self.clause.tokens[: self.chunks[index].first]}
                return not left & _FORCED or bool(left & _MODALS)
            one_of_many = self.clause.kind(step - 1) == "g" and self.clause.kind(step - 2) == "B"
            return one_of_many or "H" not in self.kinds[step:index]  # "was the fifth doctor to have been killed"
        for back in range(step, max(-1, step - 9), -1):
            if self.kinds[back] in ";Rr":
                return False
            words = {token.low for token in self.clause.tokens[self.chunks[back].first : self.chunks[back].last]}
            if words & _UNREAL:
                return True
            if back >= step - 3 and words & _INTENT and self.kinds[index] == "G":
                return True
            if self.kinds[back] in "gKGPD" and back < step:
                return False
        return False

    def _achieved(self, step: int) -> bool:
        """ "were able to kill", "went on to kill", "using mortars to kill": what the "to" at *step* opens was done, not
        only meant.
        """
        if any(self.kinds[k] == "x" and self.clause.low(k) in _USING for k in range(max(step - 3, 0), step)):
            return True
        verb = step - 1 - (self.clause.low(step - 1) == "on")
        sure = not set(self.kinds[max(verb - 2, 0) : max(verb, 0)]) & set("nb")
        return verb >= 0 and sure and bool(self._words_of(verb) & _ACHIEVED)

    def _looks_ahead(self, step: int) -> bool:
        """ "would later die": told from the time of the attack, but as a fact."""
        after = self.chunks[step].last
        return self.clause.low(step) == "would" and self.clause.tokens[after].low in _AFTERWARDS

    def _add(
        self,
        at: int,
        predicate: int,
        harm: str,
        rule: str,
        negated: bool,
        unreal: bool,
        *,
        listed: bool = False,
        whole: int | None = None,
        active: bool = False,
    ) -> Finding | None:
        group = self.chunks[at].group
        known = self.found.get(at)
        if group is None or (known is not None and not (known.harm in LESSER and harm in {"killed", "injured"})):
            return None
        finding = Finding(group, at, harm, predicate, rule, active, negated, unreal, listed, whole)
        self.found[at] = finding
        return finding

    def _survives(self, index: int, words_of_life: frozenset[str]) -> bool:
        """ "was shot in the leg", "was shot but survived": a shot that did not kill."""
        after = {token.low for token in self.clause.tokens[self.chunks[index].last : self.chunks[index].last + 14]}
        return bool(after & _LIMBS) or bool(after & words_of_life)

    def _is_noun_of_somebody(self, group: Group) -> bool:
        """Whether the last word of a guess can name a person: no abstract noun, no verb form."""
        head = self.clause.tokens[group.last - 1]
        named = head.tag in "wC" and head.low not in _OF_MANY
        return named and not head.low.endswith(("ing", "ed", "ly", "ion", "ment", "ness", "ity"))

    def _pronoun(self, step: int, predicate: int, harm: str, rule: str, negated: bool, unreal: bool) -> None:
        """ "killing himself and two others", "killed him": one person, the attacker where the pronoun points back to
        the doer.
        """
        chunk = self.chunks[step]
        chunk.group = Group(chunk.first, chunk.last, None, "single", definite=True, words=(self.clause.low(step),))
        finding = self._add(step, predicate, harm, rule, negated, unreal, active=True)
        if finding is not None:
            finding.flags.add(ITSELF.get(self.clause.low(step), rule if rule == "bodies" else "pronoun"))
