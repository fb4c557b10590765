"""Who stands in the list before a word of harm that looks left: "two men, a nurse and three boys were killed"."""

from __future__ import annotations

from extraction.harm.elision import Elision
from extraction.words.lexicon import words

_OPENERS = words("grammar", "openers")
_LEAVING = words("grammar", "leaving")
_VERBS = words("grammar", "verbs")
_SHARERS = frozenset({"of them", "of whom", "of those"})


class Members(Elision):
    """The members of a list of those harmed, from the last to the first."""

    def _subjects(self, last: int, predicate: int, harm: str, rule: str, negated: bool, unreal: bool) -> None:
        """Adds the group at *last* and the groups listed before it."""
        members = [last]
        step = -1 if self._shares_of_whom(last) else last - 1
        if (named := self._called(last)) is not None:
            members, step = [named], named - 1
        while step >= 0 and len(members) < 12:
            seps = 0
            while self.clause.kind(step) in ",c" and self.clause.low(step) != "but":
                step -= 1
                seps += 1
            if not seps or self.clause.low(step) == "but":
                break
            if self._named_aside(step) and self.clause.kind(step - 2) in "gx":
                step -= 2
            if self.clause.kind(step) == "\u2014" and (dash := self.kinds.rfind("\u2014", 0, step)) > 0:
                step = dash - 1
            back = step
            while self.clause.kind(back) in "xpo" and back > step - 4:
                back -= 1
            if self.clause.kind(back) == ")":
                back = self._open_bracket(back)
            back = self._over_names(back)
            while self.kinds[max(back - 2, 0) : back + 1] == "gog":
                back -= 2
            group = self.chunks[back].group if back >= 0 else None
            if (
                self.clause.kind(back) != "g"
                or group is None
                or self.clause.kind(back - 1) in "KGPAXDit"
                or back in self.found
                or self._tells_of_those_before(back)
                or (group.count == "bare" and group.victim is None)
                or (group.harm is not None and group.harm.tag == "noun" and group.count in {"number", "single"})
                or (group.harm is not None and group.harm.tag == "state" and group.harm.harm != harm)
                or (self._governed_left(back) and not (rule == "reduced" and self._left_so(back)))
            ):
                if self.clause.kind(back - 1) == "i" and back > 2:
                    members = [last]
                break
            if back != step and self._starts_clause(back, step):
                break
            opens = self.clause.kind(back - 1) == "p" and self.clause.low(back - 1) in _OPENERS
            if self.clause.low(back - 1) == "by":
                break  # "was carried out by a suicide bomber and three people were killed"
            if self.clause.kind(back - 1) in "po" and self.clause.kind(back - 2) in "xGKPM.\u2014" and not opens:
                if self._told_of_all(back - 2, last, harm):
                    return
                break
            members.append(back)
            step = back - 1
        whole: int | None = None
        total = self.chunks[step - 1].group if step > 0 and self.clause.kind(step) == ":" else None
        if total is not None and not total.thing and total.harm is None and step - 1 not in self.found:
            whole = step - 1
        members = self._told_once(members[::-1], self._of_one(last + 1, predicate))[::-1]
        split = self._is_split(members[::-1])
        for member in members:
            within = members[-1] if split and member != members[-1] else whole
            self._add(member, predicate, harm, rule, negated, unreal, listed=len(members) > 1, whole=within)
        if whole is not None:
            self._add(whole, predicate, harm, rule, negated, unreal)

    def _shares_of_whom(self, at: int) -> bool:
        """ "Ten people, one of whom died": the share is no member of a list with the one it is taken from."""
        group = self.chunks[at].group
        return group is not None and group.share and group.words[-1] == "of whom"

    def _tells_of_those_before(self, at: int) -> bool:
        """ "Twenty were killed, 19 of them women, and seven hurt": a share behind the comma of a harm told before."""
        group = self.chunks[at].group
        share = group is not None and group.share and bool(_SHARERS & set(group.words))
        return share and self.clause.kind(at - 1) == "," and self.clause.kind(at - 2) in "KXD"

    def _told_of_all(self, noun: int, last: int, harm: str) -> bool:
        """ "The murder of four monks and their cook, who were killed": the noun of harm tells of the whole list, the
        relative clause tells it again.
        """
        word, group = self._word(noun) if self.clause.kind(noun) in "GPM" else None, self.chunks[last].group
        told_again = "r" in self.kinds[last + 1 : last + 3] and group is not None and not group.named
        return told_again and word is not None and word.harm == harm

    def _is_split(self, members: list[int]) -> bool:
        """ "Three of the hijackers, two men and a woman, were": the first is what the others add up to."""
        sizes = [self._size(at) for at in members]
        behind = members[0] + 1
        while self.clause.kind(behind) in "xpo":
            behind += 1
        return len(members) > 2 and self.clause.kind(behind) == "," and sizes[0] == sum(sizes[1:])

    def _size(self, at: int) -> int:
        """How many the group at *at* counts; 0 where it has no exact number."""
        group = self.chunks[at].group
        if group is None or group.count not in {"number", "single"}:
            return 0
        return group.persons if group.number is None else group.number.best or 0

    def _governed_left(self, at: int) -> bool:
        """Whether a verb of another clause stands before the group at *at* ("we lost a dozen men and several are
        wounded", "the guests confronted the raider and three girls were stabbed").
        """
        word = self.clause.tokens[self.chunks[at].first - 1] if self.clause.kind(at - 1) == "x" else None
        verb = word is not None and word.tag == "w" and (self.clause.kind(at - 2) == "y" or word.low in _VERBS)
        first = self.clause.tokens[self.chunks[at].first]
        acts = word is not None and word.tag == "w" and word.low.endswith("ed") and first.tag in "dN"
        return verb or (acts and self.clause.kind(at - 2) in "gy")

    def _left_so(self, at: int) -> bool:
        """ "The clash left three soldiers and a rebel dead": the verb leaves all of them so."""
        return self.clause.tokens[self.chunks[at].first - 1].low in _LEAVING

    def _starts_clause(self, back: int, step: int) -> bool:
        """Whether the words between two list members are a clause of their own ("two men fled and three women")."""
        first = self.chunks[back + 1]
        return (
            first.kind == "x"
            and self.clause.tokens[first.first].tag == "w"
            and (self.clause.tokens[first.first].low.endswith("ed") or self._acts_on(first.first))
        )

    def _acts_on(self, at: int) -> bool:
        """ "A bomber attacks a market, 30 dead": whether the word at *at* is a verb of the present with its object."""
        after = self.clause.tokens[at + 1 : at + 2]
        return self.clause.tokens[at].low.endswith("s") and bool(after) and after[0].tag in "dNC"

    def _open_bracket(self, step: int) -> int:
        back = self.kinds.rfind("(", 0, step)
        return back - 1 if back >= 0 else step - 1
