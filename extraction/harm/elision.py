"""Subjects that stand further off or are not said again: "entered the shop and was shot", "and his father wounded"."""

from __future__ import annotations

from extraction.harm.appositions import Appositions
from extraction.harm.groups import ANAPHORIC
from extraction.harm.walk import LESSER
from extraction.words.lexicon import HarmWord, words

_OPENERS = words("grammar", "openers")
_LATER = words("grammar", "later")
_FOUND = words("grammar", "found")
_FRAMING = frozenset({"before", "after", "while", "despite", "without"})
_DIES = frozenset({"died", "dies", "succumbed", "perished"})
_CAUSES = words("grammar", "causes")


class Elision(Appositions):
    """Who suffers where the words of harm have no subject of their own beside them."""

    def _person_meant(self, step: int) -> bool:
        """Whether the chunk at *step* stands for one person told before: "he", "she", "the victim"."""
        if step < 0:
            return False
        if self.kinds[step] == "y":
            return self.clause.low(step) in {"he", "she"}
        chunk = self.chunks[step]
        said = [token.low for token in self.clause.tokens[chunk.first : chunk.last]]
        return len(said) == 2 and said[0] == "the" and said[1] in ANAPHORIC

    def _told_apart(self, step: int) -> bool:
        """ "The suspect, armed with a rifle, was shot": one told before opens the sentence, *step* closes an aside."""
        inside = self.kinds[2:step] if self.clause.kind(step) == "," and self.clause.kind(1) == "," else "R"
        return self._person_meant(0) and not set(inside) & set("RKGPDyg;")

    def _first_subject(self, joint: int) -> int | None:
        """The subject of the clause whose further verb follows the "and" at *joint* ("a man came in and was shot")."""
        for step in range(joint - 1, -1, -1):
            kind, before = self.kinds[step], self.clause.kind(step - 1)
            if kind in ";\u2014":
                return None
            opened = before in '.,;:cR\u2014"' or (before == "p" and self.clause.low(step - 1) in _OPENERS)
            if kind == "g" and opened and self.clause.kind(step + 1) in "xKHBr,po":
                group = self.chunks[step].group
                if self._listed_behind_verb(step):
                    continue  # "killed his brother and father at home and was later shot"
                if before == "," and self.clause.kind(step - 2) == "g" and self.clause.kind(step + 1) == ",":
                    continue  # "Karim Haddad, an engineer, was hit and later died"
                return step if group is not None and group.count in {"single", "number"} else None
            if kind == "y" and opened:
                return step if self._person_meant(step) else None
        return None

    def _listed_behind_verb(self, step: int) -> bool:
        """Whether the group at *step* is the last of a list that a word of harm has for its object."""
        first = step
        while self.clause.kind(first - 1) in ",c" and self.clause.kind(first - 2) == "g":
            first -= 2
        return first < step and self.clause.kind(first - 1) in "KGPA"

    def _acted_before(self, index: int, subject: int | None, step: int, aux: bool) -> tuple[int | None, int] | None:
        """*subject* and *step*, or those of the one who acted before (`_doer_meant`, `_dies_himself`); None where it is
        unclear who is meant.
        """
        doer: int | None = None
        if aux and self._before_being(step):
            doer = self._doer_meant(subject, step)
            if doer is None or doer == subject:
                return None if doer is None else (doer, step)
        elif self.kinds[index] == "D" and self.clause.tokens[self.chunks[index].first].low in _DIES:
            doer = self._dies_himself(subject, step)
        elif aux and subject is None and self._told_apart(step):
            return None, 0
        return (subject, step) if doer is None else (doer, doer)

    def _before_being(self, step: int) -> bool:
        """ "shot six people before being killed": what is told behind "before" befell the one who acted."""
        return self.clause.low(step) in _FRAMING and self.clause.low(step + 1) in {"being", "getting"}

    def _doer_meant(self, subject: int | None, step: int) -> int | None:
        """Whom the "before being" at *step* speaks of: the subject of its clause, told of once; None where unclear."""
        if subject is not None and self.clause.kind(subject - 1) in ".,;:cR":
            doer: int | None = subject
        else:
            doer = self._first_subject(step)
            if doer is not None and "R" in self.kinds[doer:step]:
                return None
            if doer is None and self.clause.kind((subject or 0) - 1) not in "KGPA":
                doer = subject
        harmed = [item for item in self.found.values() if item.harm not in LESSER]
        told = any(doer == item.at or item.predicate == step - 1 for item in harmed)
        return None if told else doer

    def _dies_himself(self, subject: int | None, step: int) -> int | None:
        """ "opened fire, killing two teachers, and later died": the subject of the verbs before the "and" at *step*."""
        if self.clause.kind(step) != "c" or (subject is not None and self.clause.kind(subject - 1) not in "KGPA"):
            return None
        doer = self._first_subject(step)
        if doer is None or doer in self.found or set(self.kinds[doer:step]) & set("rR;t"):
            return None
        return doer

    def _suffers_more(self, subject: int | None, joint: int, harm: str) -> bool:
        """ "was reported missing and was found dead": whether the one of *subject* is claimed already; the worse harm
        then holds.
        """
        earlier = [f for f in self.found.values() if subject is not None and subject < f.predicate < joint]
        for finding in earlier:
            if harm == "killed" and finding.predicate == max(item.predicate for item in earlier):
                finding.harm = harm
        return bool(earlier)

    def _shares_passive(self, subject: int) -> bool:
        """ "one was killed and the driver wounded": the verb of the passive before goes for this one too."""
        step = subject - 1
        while self.clause.kind(step) in ",c":
            step -= 1
        if step == subject - 1:
            return False
        return any(
            finding.rule == "passive" and finding.predicate <= step and ";" not in self.kinds[finding.predicate : step]
            for finding in self.found.values()
        )

    def _aside_left(self, step: int) -> int | None:
        """Left of an aside in commas ("Two guards, firing, were", "six, most of whom were boys, were") and of what a
        total includes ("Nine people including four women, two of whom were nurses, were"); None where none ends there.
        """
        if self.clause.kind(step) != ",":
            return None
        for back in range(step - 1, max(0, step - 14), -1):
            if self.kinds[back] in ";\u2014":
                return None
            if self.clause.low(back).startswith("includ") and self.clause.kind(back - 1) in "gx":
                return back - 1
            if self.kinds[back] == "," and (self.clause.low(back + 1).endswith("ing") or self._of_whom(back + 1, step)):
                return back - 1
        return None

    def _of_whom(self, opens: int, closes: int) -> bool:
        """Whether the chunks say who some of those before them were or who died: "most of whom were boys"."""
        lows = [token.low for token in self.clause.tokens[self.chunks[opens].first : self.chunks[closes].first]]
        told = "of whom" in lows[:3] and {"B", "D"} & set(self.kinds[opens:closes])
        return bool(told) and not set(self.kinds[opens:closes]) & set("KXGPA")

    def _own_body(self, index: int, word: HarmWord) -> None:
        """ "His body was found", "police recovered the trader's body": somebody told before is dead."""
        tokens, first, last = self.clause.tokens, self.chunks[index].first, self.chunks[index].last
        around = {token.low for token in tokens[max(0, first - 4) : last + 6]}
        if word.harm != "killed" or not around & _FOUND:
            return
        if word.form in {"bodies", "corpses"} and "not" not in around and self._of_those_before(first, last):
            self._pronoun(index, index, word.harm, "bodies", False, self._is_unreal(index))
        if word.form not in {"body", "corpse"}:
            return
        owner = first - 1
        while owner > first - 3 and tokens[owner].tag in "wK":
            owner -= 1
        owned = tokens[owner].tag == "'" and tokens[owner - 1].tag in "vC"
        if owner < 0 or not (owned or tokens[owner].low in {"his", "her"}):
            return
        self._pronoun(index, index, word.harm, "pronoun", False, self._is_unreal(index))

    def _own_death(self, index: int, word: HarmWord) -> None:
        """ "… which led to his death", "causing her death": somebody told before is dead of what was told."""
        tokens, at = self.clause.tokens, self.chunks[index].first
        if word.form != "death" or at < 2 or tokens[at - 1].low not in {"his", "her"}:
            return
        caused = at - 2 - (tokens[at - 2].low in {"to", "in"})
        if tokens[caused].low in _CAUSES:
            self._pronoun(index, index, word.harm, "pronoun", False, self._is_unreal(index))

    def _of_those_before(self, first: int, last: int) -> bool:
        """ "their bodies", "the bodies of the kidnapped men": bodies of people told of before, without a number."""
        tokens = self.clause.tokens
        if "their" in {token.low for token in tokens[max(0, first - 2) : first]}:
            return True
        of = [token.low for token in tokens[last : last + 2]] == ["of", "the"]
        return of and next((t.victim is not None for t in tokens[last + 2 : last + 4] if t.tag not in "KX"), False)

    def _dies_later(self, index: int) -> bool:
        """Whether the word of harm at *index* says that somebody hurt before died of it ("and died later")."""
        near = self.clause.tokens[max(0, self.chunks[index].first - 2) : self.chunks[index].last + 5]
        return any(token.low in _LATER for token in near)
