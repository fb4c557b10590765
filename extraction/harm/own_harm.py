"""Groups whose own words state the harm: "70 deaths", "two wounded men", "no casualties"; and nouns that only look so:
"save 65 lives", "an independent body", "the extent of the injuries".
"""

from __future__ import annotations

from extraction.harm.heads import Group
from extraction.harm.walk import Finding, Walk
from extraction.words.lexicon import words

_UNSURE = words("grammar", "unsure") | {"but"}
TAKEN = words("own", "taken")
"""Words beside "lives" that tell of deaths."""
_DEAD_BODY = words("own", "dead_body")
_FOUND = words("own", "found")
_BODY_OF_MEN = words("own", "body_of_men")
_TELLS = words("own", "tells")
_DEFINITE = frozenset({"the", "his", "her", "its", "their"})
_WOUNDS = frozenset({"injuries", "injury", "wounds", "burns"})
_BEARS = words("grammar", "suffer") | {"bore", "bears", "bearing"}
_SLAIN = frozenset({"murdered", "slain", "assassinated", "executed"})
_BOTH = {"killed", "injured"}
_TOLD = frozenset({"report", "reported", "reports", "confirmed", "recorded"})


class OwnHarm(Walk):
    """The rules for nouns and adjectives of harm that no verb governs."""

    def _own_harm(self) -> None:
        for index, chunk in enumerate(self.chunks):
            group = chunk.group
            if group is None or group.harm is None or index in self.found or group.thing:
                continue
            if self._only_named_so(index, group):
                continue
            harm = group.harm.harm
            other = self._word(index + 2) if self.clause.kind(index + 2) == "M" else None
            joined = self.clause.kind(index + 1) in ("c," if group.count == "none" else "c")
            two = other is not None and (other.harm != harm if group.count == "none" else {harm, other.harm} == _BOTH)
            last = index
            joined = joined and self.clause.low(index + 1) != "plus"
            if joined and two and group.harm.tag == "noun":
                harm, last = "killed_or_injured", index if group.count == "none" else index + 2
            self._add(index, last, harm, "own", False, self._is_unreal(index) or self.clause.kind(index + 1) == "b")
        for index in range(len(self.kinds)):
            if self._is_negation(index) and index not in self.found:
                self._none_of(index)

    def _only_named_so(self, index: int, group: Group) -> bool:
        """Whether the group states no harm done: lives that are saved, bodies of men, somebody told of before."""
        harm = group.harm
        assert harm is not None
        if harm.form in _WOUNDS and self._of_one_body(index, group):
            return True
        if group.count == "none" and "of" in group.words and harm.tag == "noun":
            return True  # "none of the injuries were serious"
        if harm.form == "killings" and "mass" in group.words:
            return True  # "several mass killings" are as many events
        if harm.form == "lives":
            return not self._near(index, TAKEN, 5, 4)
        if harm.form in {"body", "bodies"}:
            seen = set(group.words) & _DEAD_BODY or self._near(index, _FOUND, 40, 40)
            return bool(set(group.words) & _BODY_OF_MEN) or (harm.form == "body" and not seen)
        if harm.form == "injury":
            return group.victim is None
        adjective = harm.tag in {"past", "state"} and group.victim is not None and harm.form not in _SLAIN
        return adjective and group.definite and group.number is None

    def _of_one_body(self, index: int, group: Group) -> bool:
        """ "suffering from multiple trauma injuries", "his body bore several injuries": wounds, not the wounded."""
        vague = group.number is not None and group.number.best is None and group.victim is None
        return vague and self._near(index, _BEARS, 3, 0)

    def _near(self, index: int, wanted: frozenset[str], before: int, after: int) -> bool:
        """Whether one of *wanted* stands within so many words of the chunk at *index*."""
        chunk, tokens = self.chunks[index], self.clause.tokens
        around = [*tokens[max(0, chunk.first - before) : chunk.first], *tokens[chunk.last : chunk.last + after]]
        return any(part in wanted for token in around for part in token.low.split())

    def _is_negation(self, index: int) -> bool:
        """A "not", "without" or "nobody" that a noun of harm may follow."""
        group = self.chunks[index].group
        nobody = group is not None and group.count == "none" and group.victim is None and group.harm is None
        return self.kinds[index] == "n" or (self.kinds[index] == "g" and nobody)

    def _none_of(self, index: int) -> None:
        """ "no reports of deaths", "did not cause injuries": the noun behind the negation is a claim of none."""
        for ahead in range(index + 1, min(len(self.kinds), index + 7)):
            low = self.clause.low(ahead)
            if self.kinds[ahead] in "KDGP;,g" or (self.kinds[ahead] == "R" and low not in _TOLD) or low in _UNSURE:
                return
            word = self._word(ahead)
            if self.kinds[ahead] != "M" or word is None or word.tag != "noun" or ahead in self.found:
                continue
            first = self.chunks[ahead].first
            between = self.clause.tokens[self.chunks[index].last : first]
            if between and (between[-1].low in _DEFINITE or not any(token.low in _TELLS for token in between)):
                return
            nothing = Group(self.chunks[index].first, self.chunks[ahead].last, None, "none", harm=word)
            nothing.words = tuple(token.low for token in self.clause.tokens[nothing.first : nothing.last])
            other = self._word(ahead + 2) if self.clause.kind(ahead + 1) in "c," else None
            both = other is not None and other.tag == "noun" and other.harm != word.harm
            self.found[ahead] = Finding(nothing, ahead, "killed_or_injured" if both else word.harm, ahead, "none")
            return
