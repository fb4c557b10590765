"""Parts of a total within a sentence: "12 people, including three children", "two of them soldiers", "of the 12 killed,
five were children", "a nurse was among the dead".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.drafts import Draft, draft
from extraction.harm.chunks import Chunk, Clause, speaks
from extraction.harm.heads import Group
from extraction.words import lexicon
from extraction.words.lexicon import Victim

_SHARERS = frozenset({"them", "whom", "of them", "of whom", "of those", "among them", "among whom", "those"})
_LISTS = frozenset({"include", "includes", "included"})
_ANYBODY = frozenset({"victim", "person", "people", "casualty", "fatality", "individual"})
_CALLED = lexicon.words("parts", "called")
"""Words between "were" and what people turn out to be: "identified as"."""


def parts(sentence: int, clause: Clause, found: list[Draft], earlier: Sequence[Draft]) -> list[Draft]:
    """The parts that *clause* states: groups after "including", in brackets, after a colon, and "two of them".

    *found* are the sentence's own drafts in order, *earlier* those of the sentences before (for "The dead included …").
    """
    return _Parts(sentence, clause, found, earlier).run()


_WHOSE = frozenset({"his", "her", "their"})
_OPENERS = lexicon.words("grammar", "openers")
_NEAR = 9
"""Chunks before a list within which the verb stands whose object it is of."""
_US = frozenset({"us", "you", "me"})
_THE_DEAD = frozenset({"dead", "killed", "wounded", "injured", "missing", "fatalities"})
_SPOKEN_BY = frozenset({"by", "from"})
_FEW = 30
"""Up to so many a bare number in brackets may be a part, an age or a row of a list."""


class _Parts:
    """One walk over one sentence, which knows the nearest total and the list of parts that is open."""

    def __init__(self, sentence: int, clause: Clause, found: list[Draft], earlier: Sequence[Draft]) -> None:
        self.sentence, self.clause, self.found, self.earlier = sentence, clause, found, earlier
        self.own = {item.at: item for item in found}
        self.made: dict[int, Draft] = {}
        self.whole: Draft | None = None
        self.open_list = ""
        """The letter or word that opened the list of parts; empty when none is open."""
        self.uncounted = ""
        """The harm of those of whom the open list is, where the sentence gives them no number."""
        self.lead_harm = ""
        """The harm that the lead-in of the open list names ("the dead include …")."""

    def run(self) -> list[Draft]:
        """The drafts that the walk adds, in order."""
        for index, chunk in enumerate(self.clause.chunks):
            if index in self.own:
                self._told(index, self.own[index])
                continue
            self._open(index, chunk)
            if chunk.kind == "g" and chunk.group is not None and index not in self.made:
                self._part(index, chunk.group)
        return [self.made[at] for at in sorted(self.made)]

    def _told(self, index: int, item: Draft) -> None:
        """A claim that a word of harm governs: a new total, or a part that says its harm itself."""
        if item.group.share:
            self._share(item)
        elif self.open_list and self.whole is not None and self._shares(item, self.whole):
            item.whole = self.whole
            _check(item)
        elif self.open_list and self.whole is not None and self._said_once_more(item, self.whole):
            item.whole = self.whole
        else:
            self.whole = item
            self.open_list = "of" if self._taken_from(index) else ""

    def _shares(self, item: Draft, whole: Draft) -> bool:
        """ "Of the 25 casualties, ten were killed", "18 casualties: five killed": told with a harm of its own."""
        casualties = whole.harm == "killed_or_injured"
        return (self.open_list == "of" and (casualties or item.harm == whole.harm)) or (
            self.open_list in ":\u2014i" and casualties
        )

    def _taken_from(self, index: int) -> bool:
        """ "Of the 25 casualties, …": what follows are shares of this total."""
        before, lead = self.clause.kind(index - 1), self.clause.kind(index - 2)
        if before == "p" and self.clause.low(index - 1) == "among" and index == 1:
            return bool(re.match(r"[KX],?(?:[xB]+)?B", self.clause.kinds[index + 1 :]))
        if before != "o" or (lead not in ".,;:c\u2014R" and self.clause.low(index - 2) != "out"):
            return False
        ahead = index + 1
        while self.clause.kind(ahead) in "KXDHBtrpx" and ahead < index + 8:
            ahead += 1
        return self.clause.kind(ahead) == ","

    def _open(self, index: int, chunk: Chunk) -> None:
        """Opens a list of parts at "including", a bracket or a colon, and closes it where it ends."""
        kind, lead = chunk.kind, self.clause.tokens[chunk.first].low
        kind = "i" if kind == "B" and self._tells_the_dead(index) else kind
        if kind in "i(":
            self.open_list = kind if kind == "i" or self.whole is not None else ""
            self.lead_harm = self._named_harm(index, lead) if kind == "i" else ""
            apart = self._of_the_unharmed(index, lead) or self._of_things(index, lead) or self._of_doers(index, lead)
            if kind == "i" and apart:
                self.open_list, self.whole = "", None
                return
            self.whole = self._split_further(index) or self.whole if kind == "i" else self.whole
            self.uncounted = self._of_the_uncounted(index, lead) if kind == "i" and self.whole is None else ""
            self.lead_harm = self.uncounted or self.lead_harm
            self.whole = self._anaphor(index, self.whole) if kind == "i" and not self.uncounted else self.whole
            if lead.startswith("among"):
                total = self._anaphor(index, self.whole if self.clause.kind(index - 1) == "g" else None)
                harm = _harm_of(lead) or (total.harm if total is not None else "killed")
                self._among(index, "killed_or_injured" if self._and_another(index, harm) else harm, total)
        elif kind == "p" and lead == "among" and self.clause.kind(index - 1) in "Bg":
            self._among_counted(index)
        elif kind in ":\u2014" and self.clause.kind(index + 1) == "g" and self.whole is not None:
            self.open_list = kind
        elif self.open_list and self._closes(index):
            self.open_list = ""

    def _and_another(self, index: int, harm: str) -> bool:
        """ "among the dead and wounded": whether a second word of harm follows the lead-in."""
        clause = self.clause
        word = clause.tokens[clause.chunks[index + 2].first].harm if clause.kind(index + 2) in "KXM" else None
        return clause.kind(index + 1) == "c" and word is not None and {word.harm, harm} == {"killed", "injured"}

    def _split_further(self, index: int) -> Draft | None:
        """ "Among the dead were 24 civilians, including ten children": the part just told, of which a list follows."""
        at = index - 1 - (self.clause.kind(index - 1) == ",")
        part = self.made.get(at)
        counted = part is not None and part.group.count == "number" and not part.group.share
        return part if counted and self.whole is None else None

    def _tells_the_dead(self, index: int) -> bool:
        """ "The dead were three women and a boy": the verb opens the list of who they were."""
        clause = self.clause
        dead = index == 2 and clause.kind(1) in "KXM" and clause.low(0) == "the" and clause.kind(3) == "g"
        return dead and clause.tokens[clause.chunks[1].first].low in _THE_DEAD

    def _of_the_unharmed(self, index: int, lead: str) -> bool:
        """ "saved six people, including a child": the total before the list is no claim."""
        at = index - 1 - (self.clause.kind(index - 1) == ",")
        group = self.clause.chunks[at].group if at >= 0 and self.clause.kind(at) == "g" else None
        counted = group is not None and group.count == "number" and group.victim is not None and not group.share
        return lead.startswith("includ") and counted and at not in self.own and at not in self.made

    def _of_the_uncounted(self, index: int, lead: str) -> str:
        """ "killed some of its top leaders, including its chief": the harm of those who are not counted."""
        if lead != "including":
            return ""
        for at in range(index - 1, max(-1, index - _NEAR), -1):
            if self.clause.kind(at) in ";R:B":
                return ""
            if self.clause.kind(at) == "K" and self.clause.kind(at + 1) == "g":
                word = self.clause.tokens[self.clause.chunks[at].first].harm
                return word.harm if word is not None else ""
        return ""

    def _of_things(self, index: int, lead: str) -> bool:
        """ "The warrant also included a mayor": a list of something else, told by a verb whose subject is no people."""
        before = self.clause.tokens[: self.clause.chunks[index].first]
        hurt = any(token.harm is not None and token.harm.harm != "detained" for token in before)
        return lead in _LISTS and not hurt and not set(self.clause.kinds[:index]) & set("gyT")

    def _of_doers(self, index: int, lead: str) -> bool:
        """ "after militants, including two bombers, attacked", "posts by kin, including a cousin": a list of those
        to whom nothing is told to happen.
        """
        at = index - 1 - (self.clause.kind(index - 1) == ",")
        group = self.clause.chunks[at].group if at >= 0 else None
        if lead != "including" or group is None or group.victim is None or self.whole is not None:
            return False
        if group.count == "bare" and self.clause.low(at - 1) in _SPOKEN_BY and at not in self.own:
            return True
        fighters = group.victim.victim_class == "combatant" and group.count == "bare" and at not in self.own
        return fighters and (at == 0 or self.clause.low(at - 1) in _OPENERS)

    def _named_harm(self, index: int, lead: str) -> str:
        """The harm that a list of parts says itself: "among the dead were", "the wounded include"."""
        if index and self.clause.kinds[0] == "x" and self.clause.low(0) == "those" and self.clause.kind(1) == "K":
            return _harm_of(f"among {self.clause.low(1)}")
        before = self.clause.tokens[self.clause.chunks[index - 1].first].harm if index else None
        told = before.harm if before is not None and self.clause.kind(index - 1) in "KXMT" else ""
        casualties = "killed_or_injured" if lead.endswith("the casualties") else ""
        return _harm_of(lead) or (told if told in {"killed", "injured"} else casualties)

    def _closes(self, index: int) -> bool:
        """Whether the list of parts ends here: at a bracket, a verb, "according to"."""
        clause, kind = self.clause, self.clause.kind(index)
        split = self.open_list == "of" or (self.whole is not None and self.whole.harm == "killed_or_injured")
        if kind in "KXD" and (split or clause.kind(index - 1) == "i"):
            return False
        if kind == "p" and clause.kind(index - 1) == "," and self.open_list == "i":
            return True
        if kind == ";" and self.open_list == "i" and self._item_follows(index + 1):
            return False
        if kind in ")KGPDR;" or "according" in clause.low(index) or clause.low(index) == "but":
            return True
        # "— most of them civilians — and have left": the second dash ends the aside, a verb of its own the list.
        if (kind == "\u2014" and kind in clause.kinds[:index]) or (kind in "BH" and clause.kind(index - 1) == "c"):
            return True
        if kind not in "BHb" or self.open_list != "i" or clause.kind(index - 1) in "ri":
            return False
        lead = next((k for k in range(index, -1, -1) if clause.kind(k) == "i"), index)
        return clause.low(lead).startswith("includ")

    def _item_follows(self, index: int) -> bool:
        """ "… the owner of the inn; a former judge; and two cooks": people with no verb of their own."""
        kind = self.clause.kind
        index += kind(index) == "c"
        after = index + 1
        while kind(after) in "po" or (kind(after) == "x" and kind(after - 1) in "po"):
            after += 1
        return kind(index) == "g" and kind(after) in ";,.c"

    def _among_counted(self, index: int) -> None:
        """ "Three officers were among the 11 killed", "an imam was among the villagers killed"."""
        total = self.own.get(index + 1)
        if total is not None and total.group.count == "number":
            self._among(index, total.harm, total)
            return
        governs = self.clause.kind(index + 2) in "KX"
        word = self.clause.tokens[self.clause.chunks[index + 2].first].harm if governs else None
        if word is not None and self.clause.kind(index + 1) == "g":
            self._among(index, word.harm, self._anaphor(index, None, word.harm))

    def _among(self, index: int, harm: str, total: Draft | None) -> None:
        """ "33 civilians were among those killed": the subjects are parts of the dead spoken of."""
        at = index - 1
        if self.clause.kind(at) not in "Bg":
            return
        if self.clause.kind(at) == "B":
            while (self.clause.kind(at) in "BHpx,ou" or self._of_ages(at)) and at > index - 12:
                at -= 1
        within: int | None = None
        members: list[Draft] = []
        while at >= 0 and self.clause.kind(at) == "g":
            group = self.clause.chunks[at].group
            if group is None or at in self.own or at in self.made or group.count in {"bare", "none"}:
                break
            if group.named and self.clause.kinds[max(at - 2, 0) : at + 2] == "g,g,":
                at -= 2
                continue
            part = draft(self.sentence, self.clause, group, at, index, harm, "among")
            self.made[at] = part
            members.append(part)
            if within is not None:
                members.remove(self.made[within])
                self.made[within].whole = part
            at, within = at - 1, None
            if self.clause.kind(at) == "i" and total is None and not group.named:
                within, at = at + 1, at - 1 - (self.clause.kind(at - 1) == ",")
                continue  # "three doctors, including a surgeon, were among the dead"
            if self.clause.kind(at) not in ",c":
                break  # "his deputy Capt. Karim Haddad was among the dead": the noun before says who he is
            while self.clause.kind(at) in ",c":
                at -= 1
        self._held_by(members, total)

    def _held_by(self, members: Sequence[Draft], total: Draft | None) -> None:
        """Makes *members* parts of *total*, or of the nearest figure before it that can hold them all."""
        if not members:
            return
        largest, size = max(m.number or 0 for m in members), sum(m.number or 0 for m in members)
        before = [item for item in reversed(self.earlier) if item.whole is None and item.harm == members[0].harm]
        for held in [total, *(before if total in before else ())]:
            if held is not None and held.harm == members[0].harm and largest < (held.number or 0) >= size:
                for member in members:
                    member.whole = held
                return

    def _of_ages(self, at: int) -> bool:
        """ "Two children aged 4 and 6 were": whether the "and" at *at* joins two numbers that count nobody."""
        return self.clause.kind(at) == "c" and self.clause.kind(at + 1) == "x" and self.clause.low(at + 1).isdecimal()

    def _part(self, index: int, group: Group) -> None:
        """Adds the group at *index* as a part of the total that it belongs to, if there is one."""
        if group.count in {"bare", "none"} or self._describes(index, group) or self.clause.low(index - 1) == "by":
            return
        if self._said_to_be(index, group) or self._of_all_of_us(index, group) or self._of_deeds(index, group):
            return
        if self.clause.kind(index - 1) in "PA":
            return  # "tried to arrest five of them"
        next_to = self.own.get(index + 1) if group.share else None
        if next_to is None and not self.open_list and not self._of_people(index, group):
            return
        if "b" in self.clause.kinds[max(0, self.clause.kinds.rfind("i", 0, index)) : index]:
            return
        if (now := self._bracketed(index, group)) is not None:
            self.made[index] = draft(self.sentence, self.clause, group, index, index, now.harm, "part")
            self.made[index].flags.add("superseded")
            return
        own = self._own_harm(index, group)
        total = next_to or self._whole_of(index, group, own)
        if own is None and total is not None and _of_the_doers(group, total):
            return  # "one of the attackers was a Russian"
        harm = own or (total.harm if total is not None else self.lead_harm)
        if not harm:
            return
        part = draft(self.sentence, self.clause, group, index, index, harm, "part")
        part.whole = total if total is not None and total.harm in {harm, "killed_or_injured"} else None
        _check(part)
        if self.open_list == "\u2014" and total is not None and _FEW < (total.number or 0) * _FEW < (part.number or 0):
            return  # "10,000 people have died - 22 million civilians - need aid"
        if (part.whole is None and group.share and own is None) or group.left_out(self.clause.tokens):
            return
        if index > 0 and self.clause.kinds[index - 1] == "i":
            part.start = min(part.start, self.clause.tokens[self.clause.chunks[index - 1].first].start)
        if part.whole is None and self.open_list == "i" and any(item.whole is None for item in self.made.values()):
            part.flags.add("additional")
        self._described(part, index)
        self.made[index] = part

    def _bracketed(self, index: int, group: Group) -> Draft | None:
        """ "25,671 (as of June some 25,170)", "9,287 killed (9,177)": the figure of now, where the group at *index* is
        the one before, in brackets behind it.
        """
        opened = self.clause.kinds.rfind("(", 0, index)
        alone = self.open_list == "(" and self.clause.kind(index + 1) == ")"
        if not alone or group.victim is not None or group.number is None:
            return None
        now = self.own.get(opened - 1) or self.own.get(opened - 2)
        if now is None or not set(self.clause.kinds[opened + 1 : index]) <= set("pxoiu"):
            return None
        return now if (group.number.best or 0) * 2 > (now.number or 0) > _FEW else None

    def _of_deeds(self, index: int, group: Group) -> bool:
        """ "a series of attacks, including one at a shrine": what is counted is as what stands before the list."""
        before = index - 2 - (self.clause.kind(index - 2) == ",")
        listed = self.clause.kind(index - 1) == "i" and self.clause.low(index - 1).startswith("includ")
        if not listed or group.victim is not None or self.clause.kind(before) not in "ux":
            return False
        return self.clause.tokens[self.clause.chunks[before].last - 1].low in lexicon.word_set("non_victims.csv")

    def _of_all_of_us(self, index: int, group: Group) -> bool:
        """ "one of us", "two of those suspensions", "many of them are involved in crime": a share of no dead."""
        said = self.clause.kind(index + 1) == "B" and self.clause.kind(index + 2) == "x"
        told = group.number is None or group.number.low is not None or group.number.best is not None
        after = self.clause.tokens[group.last : group.last + 1]
        others = group.words[-1] == "of those" and bool(after) and after[0].tag == "w" and after[0].low.endswith("s")
        return group.share and (group.words[-1] in _US or (not told and said) or others)

    def _said_to_be(self, index: int, group: Group) -> bool:
        """ "one of whom is an infant": what a share is said to be tells of it and counts nobody more."""
        of_which = self.clause.low(index - 2).startswith("of ")
        share = self.made.get(index - 2 - of_which) if self.clause.kind(index - 1) == "B" else None
        if share is None or not (share.group.share or of_which):
            return False
        share.group.victim = group.victim or share.group.victim
        share.group.words += group.words
        return True

    def _whole_of(self, index: int, group: Group, own: str | None) -> Draft | None:
        """The total of the group at *index*: for "of them" the nearest one that is larger, else that of the list."""
        near = next((self.made[at] for at in sorted(self.made, reverse=True) if at < index), None)
        size = group.number.best or group.number.low if group.number is not None else 1
        if (
            near is not None
            and group.share
            and own in {None, near.harm}
            and near.group.count == "number"
            and not near.group.share
            and (near.number or 0) > (size or 1)
        ):
            return near
        if self.whole is not None and own in {None, self.whole.harm}:
            return self.whole
        return None if self.uncounted else self._anaphor(index, None, own)

    def _describes(self, index: int, group: Group) -> bool:
        """Whether the group at *index* is no part: an age, a speaker (", a resident said"), what somebody is called
        ("one identified as a captain"), a noun without article that belongs to a longer name.
        """
        tokens = self.clause.tokens
        after = tokens[group.last].tag if group.last < len(tokens) else "."
        speaker = self.clause.kind(index - 1) == ":" and group.number is None and not group.definite and not group.named
        if speaker and self.clause.kind(index + 1) in ".\u2014":
            return True  # "… kill 150: monitor - Reuters"
        loose = group.number is None and not group.definite and not group.named and after in "wCv"
        named = self.clause.chunks[index - 2].group if index > 1 and self.clause.kind(index - 1) == "," else None
        called = named is not None and named.named and group.count == "single" and not group.named
        called &= not self._is_kin_listed(index, group)
        called |= self.clause.low(index - 1) == "as" or speaks(self.clause, index)
        called |= self.clause.kind(index - 1) == "o" and self.clause.kind(index - 2) == "x" and group.count == "single"
        told_of_one = self.clause.kind(index - 1) == "B" and self.clause.kind(index - 2) == "r"
        return loose or called or told_of_one or self._is_age(index, group)

    def _is_kin_listed(self, index: int, group: Group) -> bool:
        """ "Karim Haddad, his wife Rana, and their three children": kin in a list that goes on is somebody else."""
        ahead = index + 1
        while self.clause.kind(ahead) in "xo,":
            ahead += 1
        goes_on = self.clause.kind(ahead) == "c" and self.clause.kind(ahead + 1) in "gx"
        return goes_on and group.words[0] in _WHOSE

    def _is_age(self, index: int, group: Group) -> bool:
        """ "her grandfather, 71", "Ishrat Jan (25)": a bare number behind one person is an age, behind a
        thing its count ("abductions (27)").
        """
        bracketed = self.clause.kind(index - 1) == "(" and self.clause.kind(index + 1) == ")"
        if bracketed and len(group.words) == 1 and self.clause.kind(index - 2) in "xuM":
            return True
        before = self.clause.chunks[index - 2].group if index > 1 else None
        return (
            self.clause.kind(index - 1) == ","
            and before is not None
            and not before.guess
            and before.count == "single"
            and len(group.words) == 1
            and group.count == "number"
        )

    def _of_people(self, index: int, group: Group) -> bool:
        """Whether a share is one of people: "two of them", "three of the wounded", not "one of the last pockets"."""
        if not group.share:
            return False
        last = self.clause.tokens[group.last - 1]
        pronoun = last.tag in "iy" or last.low in {"of them", "of whom", "of those", "among them"}
        if pronoun or any(word in _SHARERS for word in group.words) or self.clause.kind(index + 1) in "KX":
            return True
        return (group.victim is not None or group.harm is not None) and self.clause.kind(index + 1) == "B"

    def _share(self, item: Draft) -> None:
        """ "… and seven of those were in serious condition", "four of the soldiers were beheaded": governed by a word
        of its own, yet a part of a figure before.
        """
        group = item.group
        if item.rules[0] == "gapped":  # "eight of the rebels were killed in Van, five in Sirnak"
            item.whole = next((o.whole for o in self.own.values() if o.predicate == item.predicate and o.whole), None)
            return
        pronoun = any(word in _SHARERS for word in group.words)
        if pronoun and (told := self._fighters_before(item.at)) is not None:
            group.victim = told
            return
        if not pronoun and group.harm is None and group.victim is None:
            return
        candidates = [item for item in reversed(self.earlier) if item.whole is None]
        if self.whole is not None:
            candidates = [self.whole, *([] if pronoun else candidates)]
        for total in candidates:
            same_kind = pronoun or group.harm is not None or _one_kind(group, total.group)
            if total is not item and total.harm == item.harm and same_kind:
                item.whole = total
                break
        _check(item)

    def _fighters_before(self, at: int) -> Victim | None:
        """ "The gunmen, five of whom were killed, fled": the fighters whose share it is, no dead told before."""
        group = self.clause.chunks[at - 2].group if at > 1 and self.clause.kind(at - 1) == "," else None
        if group is None or group.count != "bare" or group.victim is None or at - 2 in self.own:
            return None
        return group.victim if group.victim.victim_class == "combatant" else None

    def _own_harm(self, index: int, group: Group) -> str | None:
        """ "two of the wounded", "three of those killed"."""
        if group.harm is not None:
            return group.harm.harm
        if self.clause.kind(index + 1) in "KX" and group.share:
            word = self.clause.tokens[self.clause.chunks[index + 1].first].harm
            return word.harm if word else None
        return None

    def _anaphor(self, index: int, whole: Draft | None, own: str | None = None) -> Draft | None:
        """The total that "among the dead", "the casualties included" or "they included" points back to."""
        if whole is not None:
            return whole
        clause = self.clause
        lead = clause.tokens[clause.chunks[index].first].low if clause.kinds[index] == "i" else ""
        harm = own or _harm_of(lead)
        around = [index + 1] if clause.kind(index) == "i" and clause.kind(index + 1) in "KX" else []
        for near in [*around, *range(index - 1, max(-1, index - 4), -1)]:
            word = clause.tokens[clause.chunks[near].first].harm
            if word is not None and not own:
                harm = word.harm if word.harm != "killed_or_injured" else ""
        before = [
            item
            for item in self.earlier
            if not item.whole and (not harm or item.harm == harm) and item.qualifier != "none_reported"
        ]
        if not before:
            ahead = () if self.open_list == "(" else self.found
            return next((item for item in ahead if not harm or item.harm == harm), None)
        # "Some succumbed to their wounds. The dead included three officers": of the dead that were counted.
        before = [item for item in before if item.number] or before
        before = [item for item in before if not _told_aside(item)] or before
        same = [item for item in before if item.sentence == before[-1].sentence]
        return max(same, key=lambda item: (item.harm == "killed", item.number or 0))

    def _said_once_more(self, item: Draft, whole: Draft) -> bool:
        """ "… including 16 women and six victims who died": the relative clause says the harm of the total again."""
        smaller = (item.number or 0) < (whole.number or 0)
        who = item.at + 1
        while self.clause.kind(who) in "ox" and who < item.at + 4:
            who += 1
        return self.clause.kind(who) == "r" and item.harm == whole.harm and smaller

    def _described(self, part: Draft, index: int) -> None:
        """ "of whom 12 were children", "four of the dead were children", "one a nurse": the noun behind tells who they
        are, and belongs to the part.
        """
        group, clause = part.group, self.clause
        at = index + 1 + (group.share and index + 1 in self.own)
        while at < index + 6 and (clause.kind(at) in "KXMBdH" or clause.low(at) in _CALLED):
            at += 1
        other = clause.chunks[at].group if at < len(clause.chunks) else None
        vague = group.victim is None or (group.share and group.victim.head in _ANYBODY)
        if not vague or other is None or other.victim is None or other.count == "number":
            return
        one = group.number is not None and group.number.kind == "one" and other.number is not None
        if at == index + 1 and not group.share and not one:
            return
        group.victim = other.victim
        group.words += other.words
        part.end = max(part.end, clause.tokens[other.last - 1].end)
        other.count = "bare"


def _harm_of(lead: str) -> str:
    """The harm that a lead-in names ("among the wounded"); empty for one that names none."""
    words = lead.split()
    harm = lexicon.harm_words().get(words[-1]) if words and words[0] in {"among", "of"} else None
    return harm.harm if harm is not None and harm.harm in {"killed", "injured"} else ""


def _of_the_doers(group: Group, total: Draft) -> bool:
    """Whether *group* is a share of the attackers and *total* counts others."""
    attackers = group.share and group.victim is not None and group.victim.role == "attackers"
    among = total.group.victim is not None and total.group.victim.role == "attackers"
    return attackers and not among


def _told_aside(item: Draft) -> bool:
    """ "… blamed for attacks on a beach, which killed 38": a total that a relative clause only recalls."""
    return item.active and item.clause.low(item.predicate - 1) == "which"


def _one_kind(one: Group, other: Group) -> bool:
    """Whether *one* is taken from *other* by its noun ("four of the soldiers", "18 soldiers")."""
    if "the" not in one.words or one.victim is None or other.victim is None:
        return False
    return one.victim.head == other.victim.head


def _check(part: Draft) -> None:
    """Takes back a relation that the figures contradict: a part is no larger than its total."""
    whole = part.whole
    if whole is not None and whole.high is not None and (part.low or part.best or 0) > whole.high:
        part.whole = None
