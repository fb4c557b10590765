"""One person told twice: "the mayor of Sarmin, Karim Haddad", "a landowner and brother of the governor"."""

from __future__ import annotations

from dataclasses import replace

from extraction.harm.heads import Group
from extraction.harm.walk import Walk
from extraction.words.lexicon import words

_ONE = frozenset({"was", "is", "has", "wasn't", "isn't", "hasn't"})
_ANYONE = frozenset({"member", "person", "people", "civilian", "victim"})
_WHOSE = frozenset({"his", "her", "their"})
_OFFICES = words("appositions", "offices")
_POSSESSIVES = _WHOSE | {"my", "our", "its"}
_COMPANIONS = words("appositions", "companions")
_KIN = words("grammar", "kin")


class Appositions(Walk):
    """Which members of a list are the same person, and how many a list of names calls."""

    def _of_one(self, start: int, predicate: int) -> bool:
        """Whether the verb between *start* and *predicate* is that of one person ("was killed")."""
        return any(self.kinds[k] in "BH" and self.clause.low(k) in _ONE for k in range(start, predicate))

    def _told_once(self, members: list[int], singular: bool) -> list[int]:
        """*members*, left to right, without those that only say again who the one before them is."""
        kept: list[int] = []
        for member in members:
            if kept and self._same_person(kept[-1], member, singular):
                self._take_over(kept[-1], member)
            else:
                kept.append(member)
        return kept

    def _same_person(self, left: int, right: int, singular: bool) -> bool:
        one, other = self.chunks[left].group, self.chunks[right].group
        if one is not None and other is not None and other.words[0] == "both" and self.kinds[left + 1 : right] == ",":
            return one.number is not None and (one.number.best or one.number.low) == 2  # "two women, both nurses"
        if one is None or other is None or other.count != "single":
            return False
        if self._one_told_closer(left, right):
            return True
        if one.count != "single":
            return False
        if one.remainder or other.remainder:
            return False
        between = self.kinds[left + 1 : right]
        head, first = self.clause.tokens[one.first], self.clause.tokens[other.first]
        if "c" not in between:
            kin = not singular and one.named and first.low in _WHOSE and self._listed_on(right)
            return not kin and (singular or ("," in between and one.named != other.named))
        if other.named and not one.named and between == "c" and (head.tag == "v" or self._trades(left, right)):
            return any(token.tag == "v" for token in self.clause.tokens[other.first : other.last])
        if first.tag not in "dN" and not one.named and (singular or _of_one_friend(one, other)):
            return True
        if first.tag not in "dN" and not other.named:
            whose = other.tail > 0 and self.clause.tokens[other.last].tag == "o"
            of = (whose or self.clause.kind(right + 1) == "o") and not _two_of_kin(one, other)
            return singular or of or self._two_trades(left, right)
        if singular and other.named and not one.named and first.quantity is not None:
            return first.quantity.kind == "age"  # "a poet, novelist and activist, 36-year-old Karim Haddad, was"
        office = other.victim is not None and other.victim.head in _OFFICES and first.low in {"a", "an", "the"}
        return office and one.named and one.victim is not None and "," in between

    def _two_trades(self, left: int, right: int) -> bool:
        """ "a police officer and frequent lecturer": one article before the nouns of two trades, not of two kin."""
        joined = self.kinds[left + 1 : right] == "c" and left > 0 and self._word(left - 1) is not None
        return joined and self._trades(left, right)

    def _trades(self, left: int, right: int) -> bool:
        """Whether the nouns of both groups tell what somebody does for a living ("a poet and novelist Rana Toral")."""
        pair = [self.chunks[at].group for at in (left, right)]
        return all(group is not None and group.victim is not None and group.victim.role for group in pair)

    def _one_told_closer(self, left: int, right: int) -> bool:
        """ "at least one member of the family, a child": the aside tells who the one is."""
        one, other = self.chunks[left].group, self.chunks[right].group
        if one is None or other is None or one.number is None or other.number is None or one.victim is None:
            return False
        one_of_all = one.number.low == 1 and one.number.kind != "article" and one.victim.head in _ANYONE
        between = self.kinds[left + 1 : right]
        return one_of_all and other.number.kind == "article" and between[-1:] == "," and "c" not in between

    def _listed_on(self, at: int) -> bool:
        """Whether the list goes on behind *at* (", his wife, and two guards"): then it is no aside."""
        step = at + 1
        while self.clause.kind(step) in "x,":
            step += 1
        return self.clause.kind(step) == "c" and self.clause.kind(step + 1) == "g"

    def _take_over(self, left: int, right: int) -> None:
        """Gives the words that say who somebody is over to the name before them."""
        one, other = self.chunks[left].group, self.chunks[right].group
        if one is None or other is None:
            return
        one.name = one.name or other.name
        if "c" in self.kinds[left + 1 : right]:
            return
        if one.named and not other.named:
            one.victim = other.victim or one.victim
            one.words += other.words

    def _is_name(self, index: int) -> bool:
        """Whether the chunk at *index* is nothing but somebody's name."""
        if self.clause.kind(index) not in "gx" or index >= len(self.chunks):
            return False
        chunk = self.chunks[index]
        words = self.clause.tokens[chunk.first : chunk.last]
        if len(words) > 2 and words[0].quantity is not None and words[1].low.endswith("-old"):
            words = words[2:]
        if chunk.group is not None and chunk.kind == "g":
            return chunk.group.named and chunk.group.count == "single" and words[0].victim is None
        lone = len(words) == 1 and self.clause.kind(index - 1) != "c"
        return len(words) <= 4 and not lone and all(word.tag == "C" for word in words)

    def _over_names(self, step: int) -> int:
        """The group whose names end at *step* ("two sons Karim (7 years old) and Ali"); *step* without one."""
        at = step
        while self.clause.kind(at) in "xc,)" and at > 0:
            name = self.clause.kind(at) != "x" or self._all_capital(at)
            at = self.kinds.rfind("(", 0, at) - 1 if self.clause.kind(at) == ")" else at - 1
            if not name:
                return step
        return at if at < step and self.clause.kind(at) == "g" and self.clause.kind(at + 1) == "x" else step

    def _all_capital(self, at: int) -> bool:
        return all(token.tag == "C" for token in self.clause.tokens[self.chunks[at].first : self.chunks[at].last])

    def _named_aside(self, index: int) -> bool:
        """Whether *index* holds a name between commas that says who the one before it is (", Karim Haddad,"); one word
        is enough behind a relative ("his father, Karim,").
        """
        name = self._is_name(index) or self._is_name_of_kin(index)
        return name and self.clause.kind(index - 1) == "," and self.clause.kind(index + 1) == ","

    def _is_name_of_kin(self, index: int) -> bool:
        inside = 1 < index < len(self.chunks) and self.clause.kind(index - 2) == "g"
        kin = self.chunks[index - 2].group if inside else None
        owned = kin is not None and kin.definite and kin.victim is not None and kin.words[0] in _WHOSE
        words = self.clause.tokens[self.chunks[index].first : self.chunks[index].last] if owned else []
        return len(words) == 1 and words[0].tag == "C"

    def _called(self, plural: int) -> int | None:
        """ "Karim Haddad and Omar Nasser, policemen in Sarmin, were": the chunk of the first name, which then counts
        them all; None where no names stand before the plural at *plural*.
        """
        group = self.chunks[plural].group
        if group is None or group.count != "bare" or self.clause.kind(plural - 1) != ",":
            return None
        step, names = plural - 2, 0
        while self._is_name(step):
            names += 1
            first = step
            if self.clause.kind(step - 1) not in "c,":
                break
            step -= 1
            while self.clause.kind(step) in "c,":
                step -= 1
        if names < 2:
            return None
        head = self.chunks[first]
        head.group = Group(
            head.first, self.chunks[plural - 2].last, None, "single", victim=group.victim, named=True, persons=names
        )
        head.group = replace(head.group, words=tuple(t.low for t in self.clause.tokens[head.first : head.group.last]))
        return first

    def _called_behind(self) -> None:
        """ "professors Karim Haddad, Omar Nasser and Ali Saleh": a plural with names behind it counts as many."""
        for index, chunk in enumerate(self.chunks):
            group = chunk.group
            if group is None or group.count != "bare" or group.victim is None or not self._is_name(index + 1):
                continue
            names, step = 0, index + 1
            while self._is_name(step):
                names, step = names + 1, step + 1
                while self.clause.kind(step) in ",c":
                    step += 1
            if names > 1:
                words = self.clause.tokens[chunk.first : group.last]
                group.count, group.named, group.persons = "single", True, names
                group.words = tuple(token.low for token in words)


def _of_one_friend(one: Group, other: Group) -> bool:
    """ "his friend and colleague": two nouns behind one possessive, one of them for no kin."""
    heads = {group.victim.head for group in (one, other) if group.victim is not None}
    return one.words[0] in _POSSESSIVES and bool(heads & _COMPANIONS)


def _two_of_kin(one: Group, other: Group) -> bool:
    """ "the mother and sister of a journalist": a woman may be both, but is told so by one of the two."""
    heads = [group.victim.head for group in (one, other) if group.victim is not None]
    return len(heads) == 2 and heads[0] != heads[1] and all(head in _KIN for head in heads)
