"""Which group of people a word of harm governs: the grammar of killing and wounding.

Each rule walks the chunks of one sentence (`extraction.chunks`) and yields `Finding`s. Passive and intransitive words
look left
for their subject, active ones right for their object, nouns of harm for "of"; lists are followed to their ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extraction.chunks import Clause
from extraction.groups import Group
from extraction.lexicon import HarmWord, words

_POST = frozenset("xpodu,)e")
_COMBINED = {frozenset({"killed", "injured"}): "killed_or_injured"}
_UNSURE = words("harm", "unsure")
_MODALS = words("harm", "modals")
_INTENT = words("harm", "intent")
_OPENERS = words("harm", "openers")
_PASSIVE_DOUBT = frozenset(
    {"reported", "confirmed", "believed", "feared", "presumed", "said", "thought", "known", "estimated", "documented"}
)
_EXCEEDS = frozenset(
    {"passes", "passed", "tops", "topped", "exceeds", "exceeded", "surpasses", "surpassed", "above", "beyond"}
)
_RISES = words("harm", "rises")
_LIMBS = words("harm", "limbs")
_PERSONS = frozenset({"himself", "herself", "him", "her"})
_SURELY_PEOPLE = frozenset(
    {
        "killed",
        "killing",
        "kills",
        "murdered",
        "murdering",
        "assassinated",
        "assassinating",
        "assassinates",
        "beheaded",
        "shot dead",
        "shot and killed",
        "gunned down",
        "executed",
        "wounded",
        "wounding",
        "injured",
        "injuring",
    }
)
_ALONGSIDE = frozenset({"as well as", "along with", "together with", "alongside", "in addition to"})
_FORCED = words("harm", "forced")
_UNREAL = frozenset({"if", "unless", "whether", "lest"})


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


class Finder:
    """One pass over one sentence; `run` gives the findings in the order of the groups."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.chunks = clause.chunks
        self.kinds = clause.kinds
        self.found: dict[int, Finding] = {}

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
        self._own_harm()
        return [self.found[at] for at in sorted(self.found)]

    # -- predicates with a subject ------------------------------------------------------------------------------------

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
        if after in "gudy" or (after == "n" and self.clause.kind(index + 2) in "gx"):
            return not self._reduced_subject(index)
        return after == "x" and not self._has_group_left(index)

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
        """Letter of the auxiliary before *index*, negation and "to" skipped."""
        step = index - 1
        while self.clause.kind(step) in "n":
            step -= 1
        return self.clause.kind(step)

    def _has_group_left(self, index: int) -> bool:
        step = index - 1
        while step >= 0 and self.kinds[step] in "xpo":
            step -= 1
        return self.clause.kind(step) == "g"

    def _subject_rule(self, index: int) -> None:
        word = self._word(index)
        if word is None:
            return
        if self.kinds[index] == "X" and self.clause.kind(index + 1) == "g" and self.clause.kind(index - 1) not in "Bg":
            return
        step = index - 1
        negated = unreal = False
        while self.clause.kind(step) in "BHbznt" or self._doubted(step):
            negated |= self.kinds[step] == "n"
            unreal |= (
                self.kinds[step] == "b"
                and self.clause.low(step) in _MODALS
                and self.clause.low(step + 1) not in {"have"}
            )
            step -= 1
        aux = step < index - 1
        subject = self._walk_left(step, index, aux)
        if subject is None:
            self._joint_predicate(index, step)
            return
        group = self.chunks[subject].group
        if word.harm == "displaced" and "r" in self.kinds[subject:index]:
            return
        if group is None or (word.needs and not self._fits(group, word.needs)):
            return
        if (
            group.count == "none"
            and any(kind in "xKGPD" for kind in self.kinds[subject + 1 : step + 1])
            and "p" not in self.kinds[subject + 1 : step + 1]
        ):
            return
        unreal |= self._is_unreal(index)
        if word.form == "shot" and self._survives(index):
            word = replace(word, harm="injured")
        self._subjects(subject, index, word.harm, "passive" if aux else "reduced", negated, unreal)
        self._trailing(index, word.harm, negated, unreal)

    def _survives(self, index: int) -> bool:
        """ "was shot in the leg", "was shot but survived": a shot that did not kill."""
        after = {token.low for token in self.clause.tokens[self.chunks[index].last : self.chunks[index].last + 14]}
        return bool(after & _LIMBS) or bool(
            after & {"survived", "survives", "wounded", "injured", "wounding", "stable"}
        )

    def _trailing(self, index: int, harm: str, negated: bool, unreal: bool) -> None:
        """ "Seventy detainees died, as well as two guards"."""
        step = index + 1 + (self.clause.kind(index + 1) == ",")
        if (
            self.clause.kind(step) == "c"
            and self.clause.low(step) in _ALONGSIDE
            and self.clause.kind(step + 1) == "g"
            and not self._governed_right(step + 1)
        ):
            self._add(step + 1, index, harm, "alongside", negated, unreal)

    def _doubted(self, step: int) -> bool:
        """ "were reported killed", "are feared to have been killed"."""
        return (
            self.clause.kind(step) in "Rx"
            and self.clause.low(step) in _PASSIVE_DOUBT
            and self.clause.kind(step - 1) in "B"
            and self.chunks[step].last - self.chunks[step].first == 1
        )

    def _word(self, index: int) -> HarmWord | None:
        return self.clause.tokens[self.chunks[index].first].harm

    @staticmethod
    def _fits(group: Group, needs: str) -> bool:
        if needs == "fighter":
            return group.victim is not None and group.victim.victim_class == "combatant"
        return group.victim is not None

    def _joint_predicate(self, index: int, step: int) -> None:
        """ "were wounded and later killed", "killed and wounded in": two words of harm with one subject."""
        if self.clause.kind(step) not in "c," or self.clause.kind(step - 1) not in "KDX":
            return
        for finding in self.found.values():
            if finding.predicate == step - 1:
                pair = frozenset({finding.harm, self._word(index).harm})
                finding.harm = _COMBINED.get(pair, "killed" if "killed" in pair else finding.harm)

    def _walk_left(self, step: int, predicate: int, aux: bool) -> int | None:
        """The chunk of the subject's last group, over what may stand between it and its verb; None if there is none."""
        fallback: int | None = None
        limit = max(-1, step - (24 if aux else 8))
        while step > limit:
            kind = self.kinds[step]
            if kind == "g":
                at = self._whole_of(step)
                before = self.clause.kind(at - 1)
                group = self.chunks[at].group
                assert group is not None
                if before == "p" and self.clause.low(at - 1) in _OPENERS:
                    return at
                if (
                    group.count == "single"
                    and self.clause.kind(at - 1) == ","
                    and self.clause.kind(at - 2) == "g"
                    and self.clause.kind(at + 1) in ",p"
                ):
                    first = self.chunks[at - 2].group
                    if first is not None and first.count == "single":
                        first.victim = group.victim or first.victim
                        first.words += group.words
                        return at - 2
                if group.share and self._noun_use(at, predicate):
                    return None
                if group.share and self.clause.kind(at - 1) == "," and self.clause.kind(at - 2) in "gx":
                    step = at - 2
                    continue
                if (before in "po" and group.count != "number") or before == "o":
                    fallback = at if fallback is None and group.count in {"number", "none"} else fallback
                elif (
                    before == "p"
                    and at - 2 >= 0
                    and self.kinds[at - 2] in "gx"
                    and group.count == "number"
                    and self._real_subject_left(at - 2)
                ):
                    pass
                else:
                    return at
                step = at - 2
                continue
            if kind == ")":
                step = self._open_bracket(step)
                continue
            if kind == "\u2014" and (dash := self.kinds.rfind("\u2014", max(0, step - 10), step)) > 0:
                step = dash - 1
                continue
            if kind in "RGPATy;" or (kind in "M" and self.clause.kind(step - 1) not in "pod"):
                if kind == "G" and self.clause.kind(step - 1) in "g,":
                    return fallback
                return fallback if kind != "y" or self._relative_left(step) is None else self._jump(step)
            if kind in "KDXBHbzn":
                jump = self._relative_left(step)
                if jump is None:
                    return fallback
                step = jump
                continue
            if kind == "u" and self.clause.kind(step - 1) not in "pocxi(,":
                return fallback
            if kind == "x" and not self._transparent(step):
                return fallback
            if kind == ":" and aux:
                return fallback
            step -= 1
        return fallback

    def _noun_use(self, at: int, predicate: int) -> bool:
        """ "two of the wounded were": the word of harm is the noun that the share is taken from."""
        return (predicate == at + 1 and self.clause.tokens[self.chunks[at].last - 1].tag in "do") or (
            predicate == at + 1 and self.clause.kind(predicate + 1) == "B"
        )

    def _jump(self, step: int) -> int | None:
        return self._relative_left(step)

    def _real_subject_left(self, step: int) -> bool:
        return self.kinds[step] == "g"

    def _transparent(self, step: int) -> bool:
        """Whether the noun phrase at *step* can stand between a subject and its verb."""
        before = self.clause.kind(step - 1)
        return before in "pocg,(i)r\u2014dt" or self._relative_left(step) is not None

    def _relative_left(self, step: int) -> int | None:
        """The chunk before the "who" that opens the relative clause around *step*; None when there is none near."""
        for back in range(step, max(-1, step - 12), -1):
            kind = self.kinds[back]
            if kind == "r":
                return back - 1
            if kind in ";R" or (kind == "g" and back != step and self.clause.kind(back - 1) in "KGPA"):
                return None
        return None

    def _open_bracket(self, step: int) -> int:
        back = self.kinds.rfind("(", 0, step)
        return back - 1 if back >= 0 else step - 1

    def _whole_of(self, at: int) -> int:
        """Left of an including-list stands the total: "12 people, including a nurse and two boys, were"."""
        step = at - 1
        while step > 0 and self.kinds[step] in ",cgxpo":
            step -= 1
        if self.clause.kind(step) in "i(" or (self.clause.kind(step) == ":" and self.clause.kind(step - 1) == "g"):
            for back in range(step - 1, max(-1, step - 8), -1):
                if self.kinds[back] == "g":
                    if self.clause.kind(step) == ":":
                        return at
                    return back
                if self.kinds[back] not in ",xpo":
                    break
        return at

    def _subjects(self, last: int, predicate: int, harm: str, rule: str, negated: bool, unreal: bool) -> None:
        """Adds the group at *last* and the groups listed before it."""
        members = [last]
        step = last - 1
        while step >= 0 and len(members) < 12:
            seps = 0
            while self.clause.kind(step) in ",c":
                step -= 1
                seps += 1
            if not seps:
                break
            back = step
            while self.clause.kind(back) in "xpo" and back > step - 4:
                back -= 1
            group = self.chunks[back].group if back >= 0 else None
            if (
                self.clause.kind(back) != "g"
                or group is None
                or self.clause.kind(back - 1) in "KGPAXDi"
                or back in self.found
                or (group.count == "bare" and group.victim is None)
            ):
                break
            if back != step and self._starts_clause(back, step):
                break
            if self.clause.kind(back - 1) in "po" and self.clause.kind(back - 2) in "xGKP":
                break
            members.append(back)
            step = back - 1
        whole: int | None = None
        if self.clause.kind(step) == ":" and self.clause.kind(step - 1) == "g" and step - 1 not in self.found:
            whole = step - 1
        for member in members:
            self._add(member, predicate, harm, rule, negated, unreal, listed=len(members) > 1, whole=whole)
        if whole is not None:
            self._add(whole, predicate, harm, rule, negated, unreal)

    def _starts_clause(self, back: int, step: int) -> bool:
        """Whether the words between two list members are a clause of their own ("two men fled and three women")."""
        first = self.chunks[back + 1]
        return (
            first.kind == "x"
            and self.clause.tokens[first.first].tag == "w"
            and self.clause.tokens[first.first].low.endswith("ed")
        )

    # -- predicates with an object ------------------------------------------------------------------------------------

    def _object_rule(self, index: int) -> None:
        word = self._word(index)
        if word is None:
            return
        noun = self.kinds[index] in "GP" and self.clause.kind(index + 1) == "o"
        start = index + 2 if noun else index + 1
        if self.kinds[index] == "P" and not noun and self._is_noun(index):
            return
        if (
            word.form == "shot"
            and "to death"
            in self.clause.text(
                self.chunks[index].last, min(self.chunks[index].last + 5, len(self.clause.tokens))
            ).lower()
        ):
            word = replace(word, harm="killed")
        negated = self._negated_before(index)
        unreal = self._is_unreal(index) or (self.kinds[index] == "P" and self._infinitive(index))
        self._objects(start, index, word, "active" if self.kinds[index] != "G" else "participle", negated, unreal)

    def _is_noun(self, index: int) -> bool:
        """ "of his wounds", "the murder": a present form that stands where a noun does."""
        at = self.chunks[index].first
        return at > 0 and self.clause.tokens[at - 1].tag in "doN'p"

    def _infinitive(self, index: int) -> bool:
        step = index - 1
        return self.clause.kind(step) == "t" or (self.clause.kind(step) in "bz" and self.clause.low(step) in _MODALS)

    def _negated_before(self, index: int) -> bool:
        step = index - 1
        while self.clause.kind(step) in "BHbzt":
            step -= 1
        return self.clause.kind(step) == "n" or self.clause.low(step) in {"without", "deny", "denied", "denying"}

    def _objects(self, start: int, predicate: int, word: HarmWord, rule: str, negated: bool, unreal: bool) -> None:
        step = start
        members: list[int] = []
        while step < len(self.kinds) and len(members) < 12:
            kind = self.kinds[step]
            if kind == "x" and step == start and self._is_killed_guess(step, word.form):
                members.append(step)
                step = self._next_member(step + 1)
                if step < 0:
                    break
                continue
            if kind == "g":
                group = self.chunks[step].group
                if members and self._apposed(members[-1], step):
                    step = self._next_member(step + 1)
                    if step < 0:
                        break
                    continue
                if step in self.found or (members and (self._governed_right(step) or self._speaks(step))):
                    break
                if group is not None and group.share and members:
                    step = self._next_member(step + 1)
                    if step < 0:
                        break
                    continue
                if group is not None and (not word.needs or self._fits(group, word.needs)):
                    members.append(step)
                step = self._next_member(step + 1)
                if step < 0:
                    break
                continue
            if (
                kind == "y"
                and step == start
                and self.clause.low(step) in _PERSONS
                and word.harm in {"killed", "injured"}
            ):
                self._pronoun(step, predicate, word.harm, rule, negated, unreal)
            if kind in "ydx" and step == start and self.clause.kind(step + 1) in "c,":
                nxt = step + 1
                while self.clause.kind(nxt) in "c,":
                    nxt += 1
                if self.clause.kind(nxt) == "g":
                    step = nxt
                    continue
            break
        for member in members:
            self._add(member, predicate, word.harm, rule, negated, unreal, listed=len(members) > 1, active=True)

    def _pronoun(self, step: int, predicate: int, harm: str, rule: str, negated: bool, unreal: bool) -> None:
        """ "killing himself and two others", "killed him": one person, the attacker where the pronoun points back to
        the doer.
        """
        chunk = self.chunks[step]
        chunk.group = Group(chunk.first, chunk.last, None, "single", definite=True, words=(self.clause.low(step),))
        finding = self._add(step, predicate, harm, rule, negated, unreal, active=True)
        if finding is not None:
            finding.flags.add(
                "attacker" if self.clause.low(step) in {"himself", "herself", "themselves"} else "pronoun"
            )

    def _next_member(self, step: int) -> int:
        """Over a post-modifier and separators to the next group of the list; -1 when the list ends."""
        origin = step
        while self.clause.kind(step) in "xpo" and step < origin + 5:
            step += 1
        if self.clause.kind(step) == "(":
            close = self.kinds.find(")", step)
            step = close + 1 if close > 0 else step
        if (self.clause.kind(step) == "," and self.clause.kind(step + 1) == "i") or self.clause.kind(step) == "i":
            step += 1
            while step < len(self.kinds) and self.kinds[step] in "igcxpo":
                step += 1
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

    def _is_killed_guess(self, step: int, form: str) -> bool:
        """ "killed a lifeguard" with a noun that no list knows: what is murdered or assassinated is somebody."""
        group = self.chunks[step].group
        if group is None or not group.guess or form not in _SURELY_PEOPLE:
            return False
        head = self.clause.tokens[group.last - 1]
        return head.tag == "w" and not head.low.endswith(("ing", "ed", "ly", "ion", "ment", "ness", "ity"))

    def _apposed(self, named: int, step: int) -> bool:
        """ "Karim Haddad, a police spokesman": the aside says who the named one is and adds nobody."""
        one, other = self.chunks[named].group, self.chunks[step].group
        return (
            one is not None
            and other is not None
            and one.named
            and other.count == "single"
            and not other.named
            and "," in self.kinds[named + 1 : step]
            and "c" not in self.kinds[named + 1 : step]
        )

    def _speaks(self, step: int) -> bool:
        """Whether the group at *step* is the subject of a verb of saying (", a local official said")."""
        ahead = step + 1
        while self.clause.kind(ahead) in "xpo," and ahead < step + 6:
            ahead += 1
        return self.clause.kind(ahead) == "R" or (
            self.clause.kind(ahead) in "BHb" and self.clause.kind(ahead + 1) == "R"
        )

    def _governed_right(self, step: int) -> bool:
        """Whether the group at *step* is the subject of a word of harm of its own."""
        ahead = step + 1
        while self.clause.kind(ahead) in "xpoi,cg()":
            if self.kinds[ahead] in ",c" and self.clause.kind(ahead + 1) not in "gi":
                return False
            if self.kinds[ahead] == "c":
                return False
            ahead += 1
        if self.clause.kind(ahead) in "BHbz":
            return True
        return self.clause.kind(ahead) in "KX" and ahead == step + 1 and not self._is_active(ahead)

    # -- nouns of harm ------------------------------------------------------------------------------------------------

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

    def _words_of(self, index: int) -> set[str]:
        chunk = self.chunks[index]
        return {token.low for token in self.clause.tokens[chunk.first : chunk.last]}

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
                finding = self._add(ahead, index, word.harm, "toll", False, self._is_unreal(index))
                if finding is not None and over:
                    finding.flags.add("exceeds")
                if earlier and finding is not None:
                    finding.flags.add("superseded")
                if self.clause.low(ahead + 1) not in {"from", "to"}:
                    return

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
            if kind != "n":
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
                    self.found[ahead] = Finding(nothing, ahead, word.harm, ahead, "none")
                    break

    # -- shared -------------------------------------------------------------------------------------------------------

    def _is_unreal(self, index: int) -> bool:
        """Threats, plans, conditions and counterfactuals around the predicate at *index*."""
        step = index - 1
        while self.clause.kind(step) in "BHn":
            step -= 1
        kind, low = self.clause.kind(step), self.clause.low(step)
        if kind == "b":
            perfect = "H" in self.kinds[step:index]
            return low in {"could", "would", "should"} if perfect else low in _MODALS
        if kind == "t":
            word = self._word(index)
            if word is not None and word.harm == "displaced":
                left = {token.low for token in self.clause.tokens[: self.chunks[index].first]}
                return not left & _FORCED or bool(left & _MODALS)
            return "H" not in self.kinds[step:index]
        for back in range(step, max(-1, step - 9), -1):
            if self.kinds[back] in ";R":
                return False
            words = {token.low for token in self.clause.tokens[self.chunks[back].first : self.chunks[back].last]}
            if words & _UNREAL:
                return True
            if back >= step - 3 and words & _INTENT and self.kinds[index] in "GP":
                return True
            if self.kinds[back] in "gKGPD" and back < step:
                return False
        return False

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
        if group is None or at in self.found:
            return None
        finding = Finding(group, at, harm, predicate, rule, active, negated, unreal, listed, whole)
        self.found[at] = finding
        return finding
