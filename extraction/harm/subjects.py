"""Passive and intransitive words of harm, which look left for their subject: "were killed", "died", "12 wounded"."""

from __future__ import annotations

from dataclasses import replace

from extraction.harm.chunks import speaks
from extraction.harm.heads import Group
from extraction.harm.members import Members
from extraction.harm.walk import ITSELF, SURELY_PEOPLE
from extraction.words.lexicon import HarmWord, words

_COMBINED = {frozenset({"killed", "injured"}): "killed_or_injured"}
_MODALS = words("grammar", "modals")
_NATURAL = words("grammar", "natural")
_NATURALLY = ("natural causes", "old age", "in his sleep", "in her sleep", "aged")
_OPENERS = words("grammar", "openers")
_LEAVING = words("grammar", "leaving")
_PASSIVE_DOUBT = words("grammar", "doubted")
_OF_LIFE = frozenset({"savings", "insurance"})
_OUTLIVES = frozenset({"survived", "survives", "stable", "wounded", "injured", "wounding"})
_DAYS = words("grammar", "days")
_FLOATING = frozenset({"all", "both", "each"})
_OF_ONE = frozenset({"was", "has", "is"})
_POINTERS = frozenset({"those", "them"})
_THINGS_MEANT = frozenset({"it", "them"})
_AIMED = frozenset({"at", "into", "towards", "toward"})
_NOT_MISSING = words("grammar", "limbs") | {"out", "limbs"}
"""Words behind "missing" of which nobody is lost ("some with missing limbs")."""
_FAR = 12
"""Chunks within which "along with two guards" may follow the death."""
_SHORT_ASIDE, _ASIDE = 10, 28
"""Chunks between two dashes at most, where they may hold a clause and where they hold none."""
_ALONGSIDE = frozenset({"as well as", "along with", "together with", "alongside", "in addition to"})


class Subjects(Members):
    """The rules that look left."""

    def _subject_rule(self, index: int) -> None:
        word = self._word(index)
        if word is None:
            return
        if self._looks_elsewhere(index, word) or self._whom(index, word):
            return
        step = index - 1
        negated = unreal = False
        while self.clause.kind(step) in "BHbznt" or self._doubted(step) or self._between_verbs(step) < step:
            if (before := self._between_verbs(step)) < step:
                step = before
                continue
            negated |= self.kinds[step] == "n"
            unreal |= (
                self.kinds[step] == "b"
                and self.clause.low(step) in _MODALS
                and self.clause.low(step + 1) not in {"have"}
                and not self._looks_ahead(step)
            )
            step -= 1
        aux = step < index - 1
        step -= self.kinds[index] == "D" and self._is_shared(step)
        subject = self._walk_left(step, index, aux)
        if aux and subject is not None:
            subject = self._one_before(subject, step + 1)
        if self._is_second_of_headline(index):
            subject = None
        if aux and self.clause.kind(step) == "c":
            subject = self._first_subject(step)
            if self._suffers_more(subject, step, word.harm):
                return
            step = step if subject is None or self.kinds[subject] == "g" else subject
        meant = self._acted_before(index, subject, step, aux)
        if meant is None:
            return
        subject, step = meant
        if self.clause.kind(step) == "r" and self._person_meant(step - 1):
            subject, step = None, step - 1
        if self._person_meant(step) and (subject is None or subject == step or self._size(subject) > 1):
            self._pronoun(step, index, word.harm, "pronoun", negated, unreal or self._is_unreal(index))
            self._trailing(index, word.harm, negated, unreal)
            return
        if subject is None:
            self._joint_predicate(index, step)
            return
        if self.kinds[index] == "D" and self.clause.kind(step) == "c" and self.clause.kind(subject - 1) in "KGPA":
            return
        group = self.chunks[subject].group
        if word.harm == "displaced" and "r" in self.kinds[subject:index]:
            return
        if group is None or (word.needs and not self._fits(group, word.needs)):
            return
        if self.clause.low(index + 1) == "down" and self.clause.kind(subject - 1) == "p":
            return  # "a helicopter with nine soldiers on board was shot down"
        if group.harm is not None and group.harm.harm == "killed" and word.harm == "injured":
            return
        if (
            group.count == "none"
            and any(kind in "xKGPD" for kind in self.kinds[subject + 1 : step + 1])
            and "p" not in self.kinds[subject + 1 : step + 1]
            and self.kinds[subject + 1 : step + 1] not in ("ox", "x" if group.share else "ox")
        ):
            return
        unreal |= self._is_unreal(index)
        if word.form == "shot" and self._survives(index, _OUTLIVES):
            word = replace(word, harm="injured")
        if self.kinds[index] == "D" and self.clause.kind(index - 1) == "t" and unreal:
            return
        hurt = self.found.get(subject)
        if hurt is not None and hurt.harm == "injured" and word.harm == "killed" and self.kinds[index] == "D":
            hurt.harm = "killed"
        rule = "passive" if aux or self._shares_passive(subject) else "reduced"
        self._subjects(subject, index, word.harm, rule, negated, unreal)
        self._trailing(index, word.harm, negated, unreal)

    def _whom(self, index: int, word: HarmWord) -> bool:
        """ "A rival, whom he killed": the verb tells it of the one before "whom"."""
        if self.kinds[index] != "K" or self.clause.kind(index - 1) not in "yxg" or self.clause.low(index - 2) != "whom":
            return False
        at = index - 3 - (self.clause.kind(index - 3) == ",")
        group = self.chunks[at].group if at >= 0 else None
        if group is not None and (self.kinds[at] == "g" or (group.guess and self._is_noun_of_somebody(group))):
            self._add(at, index, word.harm, "active", False, self._is_unreal(index), active=True)
        return True

    def _looks_elsewhere(self, index: int, word: HarmWord) -> bool:
        """Whether the word of harm has no subject on its left: it qualifies a noun, aims at something, tells of a death
        that nobody did.
        """
        if self.kinds[index] == "X" and self.clause.kind(index + 1) == "g" and self.clause.kind(index - 1) not in "Bg":
            return True
        if self._is_noun_of_harm(index):
            return True
        if word.form == "shot" and self.clause.kind(index - 1) != "B" and self.clause.low(index + 1) in _AIMED:
            return True
        if word.form == "dead" and self.clause.kind(index - 1) == "x" and self._tokens_of(index - 1)[0].tag == "d":
            return True  # "a shrine to their country's war dead"
        if word.form == "shot" and self.clause.low(index + 1) == "at" and self.clause.kind(index + 2) in ".;,cRp":
            return True
        named = self.clause.kind(index + 1) == "g" and self.kinds[index] == "K" and self._qualifies_name(index)
        if named or (word.form == "missing" and self.clause.low(index + 1) in _NOT_MISSING):
            return True
        return self.kinds[index] == "D" and (self._natural(index) or self._of_a_life(index, word.form))

    def _is_noun_of_harm(self, index: int) -> bool:
        """ "the family of the dead", "visited the wounded in the hospital": a determiner makes it a noun."""
        first = self.chunks[index].first
        before = self.clause.tokens[max(first - 2, 0) : first]
        if not before or before[-1].tag != "d":
            return False
        alone = before[-1].low == "the" and self.kinds[index] == "K" and before[0].low not in {"of", "among"}
        return alone or self.kinds[index] == "X" or self.clause.kind(index + 1) in "xg"

    def _one_before(self, subject: int, verb: int) -> int:
        """ "A lawyer who defended two nuns was shot": the one before the relative clause, where the verb speaks of one
        and *subject* is many.
        """
        group = self.chunks[subject].group
        many = group is not None and group.number is not None and (group.number.best or 1) > 1
        opens = self.kinds.rfind("r", 0, subject)
        if not many or self.clause.low(verb) not in _OF_ONE or opens < 1 or set(self.kinds[opens:verb]) & set(",;Rc"):
            return subject
        one = self.chunks[opens - 1].group
        return opens - 1 if one is not None and one.count == "single" and not one.thing else subject

    def _natural(self, index: int) -> bool:
        """ "died of cancer", "died in his sleep": a death that nobody did."""
        last = self.chunks[index].last
        behind = " ".join(token.low for token in self.clause.tokens[last : last + 7])
        return bool(_NATURAL & set(behind.split())) or any(phrase in behind for phrase in _NATURALLY)

    def _of_a_life(self, index: int, form: str) -> bool:
        """ "lost his life savings", "lost her life's work": what is lost belongs to a life, which goes on."""
        last = self.chunks[index].last
        after = self.clause.tokens[last] if last < len(self.clause.tokens) else None
        return form.endswith(" life") and after is not None and (after.tag == "'" or after.low in _OF_LIFE)

    def _trailing(self, index: int, harm: str, negated: bool, unreal: bool) -> None:
        """ "Seventy detainees died, as well as two guards"."""
        step = index + 1 + (self.clause.kind(index + 1) == ",")
        if self.clause.low(step) == "with" and self.clause.kind(step + 1) == "g" and harm == "killed":
            other = self.chunks[step + 1].group
            ahead = self.clause.kind(step + 2)
            if other is not None and (other.remainder or other.definite or other.share) and ahead not in "KX":
                self._add(step + 1, index, harm, "alongside", negated, unreal)
            return
        far = step
        while self.clause.kind(far) in "pxou,()" and far < step + _FAR:
            far += 1
        step = far if self.clause.low(far) in _ALONGSIDE else step
        if self.clause.kind(step) != "c" or self.clause.low(step) not in _ALONGSIDE:
            return
        while self.clause.kind(step) in ",c":
            step += 1
            apart = self.clause.kind(step + 1) == "r" or speaks(self.clause, step)
            if self.clause.kind(step) == "g" and not apart and not self._governed_right(step):
                self._add(step, index, harm, "alongside", negated, unreal)
                step += 1
                while self.clause.kind(step) in "ox" and self.clause.kind(step - 1) in "go":
                    step += 1

    def _doubted(self, step: int) -> bool:
        """ "were reported killed", "are feared to have been killed"."""
        return (
            self.clause.kind(step) in "Rx"
            and self.clause.low(step) in _PASSIVE_DOUBT
            and self.clause.kind(step - 1) in "Bg"
            and sum(token.tag != "e" for token in self._tokens_of(step)) == 1
        )

    def _between_verbs(self, step: int) -> int:
        """Left of what stands between "were" and the word of harm at most: "were both killed", "were on Monday killed",
        "was himself killed"; *step* where it is something else.
        """
        back = step - (self.clause.low(step) in ITSELF)
        while self.clause.kind(back) in "xb" and all(
            token.tag == "U" or token.low in _DAYS or token.low in _FLOATING for token in self._tokens_of(back)
        ):
            back -= 1
        back -= back < step and self.clause.kind(back) == "p" and self.clause.low(back) == "on"
        return back if back < step and self.clause.kind(back) == "B" else step

    def _joint_predicate(self, index: int, step: int) -> None:
        """ "were wounded and later killed", "killed and wounded in": two words of harm with one subject."""
        word = self._word(index)
        if self.clause.kind(step) not in "c," or word is None:
            return
        first = step - 1
        while self.clause.kind(first) in "xpo," and first > index - 12 and word.harm == "killed":
            first -= 1
        if self.clause.kind(first) not in "KDX":
            self._second_participle(index, step)
            return
        for finding in self.found.values():
            if finding.predicate == first:
                pair = frozenset({finding.harm, word.harm})
                dead = word.harm == "killed" and (self.kinds[index] == "D" or self._dies_later(index))
                told = "killed" if "killed" in pair else finding.harm
                finding.harm = told if dead else _COMBINED.get(pair, told)

    def _is_second_of_headline(self, index: int) -> bool:
        """ "30 people killed, wounded in raids": the comma of a headline stands for "and"."""
        return self.kinds[max(index - 3, 0) : index + 1] == "gK,K" and self.clause.kind(index + 1) in "p."

    def _second_participle(self, index: int, step: int) -> None:
        """ "was identified by guards and killed", "were dragged away and shot": one subject for both verbs."""
        word = self._word(index)
        if word is None or self.kinds[index] not in "KD" or self.kinds[step] != "c" or self._is_active(index):
            return
        be = self.kinds.rfind("B", max(0, step - 9), step)
        if be < 1 or self.clause.kind(be + 1) != "x" or any(kind in ";,RrcKGPDTA" for kind in self.kinds[be:step]):
            return
        verb = self.clause.tokens[self.chunks[be + 1].first].low
        done = verb.endswith(("ed", "en", "ught", "hot", "ut"))
        elided = self.clause.kind(be - 1) == "c"  # "tried to flee the gunman but was caught and killed"
        subject = (self._first_subject(be - 1) if elided else self._walk_left(be - 1, index, True)) if done else None
        if subject is not None and subject not in self.found:
            self._subjects(subject, index, word.harm, "passive", False, self._is_unreal(index))

    def _walk_left(self, step: int, predicate: int, aux: bool) -> int | None:
        """The chunk of the subject's last group, over what may stand between it and its verb; None if there is none."""
        fallback: int | None = None
        limit = max(-1, step - (24 if aux or self.kinds[predicate] == "D" else 8))
        while step > limit:
            if (aux or self._having_done(step)) and (opened := self._aside_left(step)) is not None:
                step = opened
                continue
            if self.kinds[step] in "gx" and self._is_busy_with(step):
                step -= 2
                continue
            if self.kinds[step] == "g":
                subject, weak, step = self._group_left(step, predicate)
                if subject is not None:
                    return subject
                fallback = weak if fallback is None else fallback
                continue
            if self.kinds[step] == "x" and not self._transparent(step):
                nobody_nearer = fallback is None and aux and not self._somebody_meant(step, predicate)
                return step if nobody_nearer and self._surely_somebody(step, predicate) else fallback
            further = step - 1 if self.clause.low(step) in ITSELF else self._over(step, aux)
            if further is None:
                return fallback
            step = further
        return fallback

    def _having_done(self, step: int) -> bool:
        """ "Two soldiers, having fought gallantly, embraced": whether the comma at *step* closes such an aside."""
        opened = self.kinds.rfind(",H", max(0, step - _FAR), step) if self.kinds[step] == "," else -1
        return opened > 0 and self.clause.low(opened + 1) == "having"

    def _is_busy_with(self, step: int) -> bool:
        """ "17 soldiers guarding the pipeline had been": what or whom the people before were busy with."""
        doing = self.clause.kind(step - 1) == "x" and self.clause.low(step - 1).endswith("ing")
        return doing and self.clause.kind(step - 2) == "g"

    def _group_left(self, step: int, predicate: int) -> tuple[int | None, int | None, int]:
        """What the group at *step* is to the predicate: its subject, one for want of a better, where to go on."""
        at = step if self.clause.low(step - 1) == "among" else self._whole_of(step)
        before, after = self.clause.kind(at - 1), self.clause.kind(at + 1)
        group = self.chunks[at].group
        assert group is not None
        end = at
        if before == "g" and group.named and self._is_title(at - 1):
            at, before = at - 1, self.clause.kind(at - 2)
        if before == "p" and self.clause.low(at - 1) == "among" and self.clause.kind(at - 2) == "g":
            return at, None, at
        opens = at + 1 + (after == ",")
        if self.clause.kind(opens) == "r" and "," not in self.kinds[opens:predicate] and before == "p":
            return at, None, at  # "shots at an imam, who was taken to a hospital"
        if before == "p" and self.clause.low(at - 1) == "by" and self.kinds[predicate] == "D":
            return None, None, at - 2  # "was beaten by two men and later died"
        if before == "t" and group.count != "number" and after != "r":
            return None, None, at - 2  # "three men belonging to the Sabri clan were killed"
        if before == "B" and (group.count == "bare" or self.clause.kind(at - 2) == "r"):
            return None, None, at - 1
        if before == "p" and self.clause.low(at - 1) == "as" and group.count == "single":
            return None, None, at - 2
        if (
            before == "p"
            and self.clause.low(at - 1) in _OPENERS
            and (after in "BHKDXbz" or self.kinds[predicate] in "MP")
        ):
            return at, None, at
        if group.named and self.clause.kind(at + 1 + (after == ",")) == "r":
            return at, None, at
        if group.count == "single" and before in "po" and self._told_of(end):
            return at, None, at
        if self._is_aside(at, group, before, after):
            return at - 2, None, at
        if group.share and group.count != "none" and self._noun_use(at, predicate):
            return None, None, -2
        if group.share and before == "," and self.clause.kind(at - 2) in "gx)":
            # "ten people, two of them boys, were killed", but "ten people, one of whom later died".
            own = "," not in self.kinds[at:predicate] and group.words[-1] == "of whom"
            return (at, None, at) if own else (None, None, at - 2)
        if before == "o" and self.clause.kind(at - 2) == "M" and self.clause.kind(at + 1) == "r":
            return None, None, at - 3
        if (before == "p" and group.count != "number") or before == "o":
            return None, at if group.count in {"number", "none"} else None, at - 2
        if before == "p" and self.clause.kind(at - 2) == "g":
            return None, None, at - 2
        return at, None, at

    def _is_title(self, at: int) -> bool:
        """ "the child Karim Haddad": whether the group at *at* says who the one called by name behind it is."""
        group = self.chunks[at].group
        return group is not None and group.count == "single" and group.definite

    def _is_aside(self, at: int, group: Group, before: str, after: str) -> bool:
        """ "Karim Haddad, a teacher, was": the aside tells who the one before it is, and gives over to them."""
        first = self.chunks[at - 2].group if at > 1 and self.clause.kind(at - 2) == "g" else None
        if first is None or first.count != "single" or group.count != "single" or before != "," or after not in ",po":
            return False
        if group.named and (first.named or self.clause.kind(at - 3) in "po"):
            return False
        first.victim = group.victim or first.victim
        first.words += group.words
        return True

    def _over(self, step: int, aux: bool) -> int | None:
        """Where the walk goes on left of what stands at *step*; None where no subject can stand any more."""
        kind, before = self.kinds[step], self.clause.kind(step - 1)
        told_on = self.clause.kind(step + 1) == "r"
        if kind == "," and aux and not told_on and (opens := self._aside_of_speech(step)) is not None:
            return opens - 1
        if kind == ")":
            return self._open_bracket(step)
        if kind == "\u2014" and (dash := self._opening_dash(step)) > 0:
            return dash - 1
        if (kind == "B" and before == "t") or (kind == "y" and before == "p"):
            return step - 2
        if kind == "P" and before in "dx" and self.clause.kind(step + 1) == "o":
            return self._relative_left(step)
        if kind == "K" and before == "g" and not aux:
            return step - 1
        if kind == "D" and before == "t":
            return step - 2
        if kind in "KDXBHbzny":
            return self._relative_left(step)
        if kind == "y" and before == "p" and self.clause.low(step) in _THINGS_MEANT:
            return step - 2
        if kind == "P" and self.clause.kind(step + 1) == "o" and aux:
            return self._relative_left(step)
        if kind == "u" and before == "p" and self.clause.low(step - 1) in _OPENERS:
            return None
        if kind in "RGPAT;" or (kind == "M" and before not in "pod") or (kind == "u" and before not in "pocxi(,t"):
            return None
        return None if kind == ":" and aux else step - 1

    def _opening_dash(self, step: int) -> int:
        """The dash that opens the aside closed at *step*, a long one where nobody is harmed in it; -1 without one."""
        dash = self.kinds.rfind("\u2014", max(0, step - _ASIDE), step)
        near = step - dash <= _SHORT_ASIDE or not set(self.kinds[dash:step]) & set("KGPAXDR;")
        return dash if near else -1

    def _is_shared(self, step: int) -> bool:
        """ "one of the wounded later died": the word of harm at *step* is the noun of a share."""
        group = self.chunks[step - 1].group if step > 0 and self.kinds[step] in "KX" else None
        return group is not None and group.share and self.clause.tokens[group.last - 1].tag in "do"

    def _aside_of_speech(self, step: int) -> int | None:
        """ "Eight people, said the mayor of Tal Afar, had been killed": the comma that opens the aside of speech."""
        opens = self.kinds.rfind(",", max(0, step - 9), step)
        inside = self.kinds[opens + 1 : step] if opens > 0 else ""
        return opens if "R" in inside and not set(inside) & set("KDBGc") else None

    def _noun_use(self, at: int, predicate: int) -> bool:
        """ "two of the wounded were": the word of harm is the noun that the share is taken from."""
        return (predicate == at + 1 and self.clause.tokens[self.chunks[at].last - 1].tag in "do") or (
            predicate == at + 1 and self.clause.kind(predicate + 1) == "B"
        )

    def _told_of(self, at: int) -> bool:
        """Whether "who" follows the group at *at*, directly or behind a bracket ("his cousin Karim (32) who was")."""
        behind = self.kinds.find(")", at) + 1 if self.clause.kind(at + 1) == "(" else at + 1
        return self.clause.kind(behind) == "r"

    def _somebody_meant(self, step: int, predicate: int) -> bool:
        """Whether people or a pronoun stand between the noun at *step* and the verb: "a list of those who were"."""
        between = (at for at in range(step + 1, predicate) if self.clause.low(at - 1) != "by")
        return any(self.kinds[at] in "gy" or self.clause.low(at) in _POINTERS for at in between)

    def _surely_somebody(self, step: int, predicate: int) -> bool:
        """ "The translator was stabbed to death": a noun that no list knows before a word that only people suffer."""
        group, word = self.chunks[step].group, self._word(predicate)
        if group is None or not group.guess or word is None or word.form not in SURELY_PEOPLE:
            return False
        return self._is_noun_of_somebody(group)

    def _transparent(self, step: int) -> bool:
        """Whether the noun phrase at *step* can stand between a subject and its verb."""
        before = self.clause.kind(step - 1)
        return before in "pocg,(i)r\u2014dt" or self._relative_left(step) is not None

    def _relative_left(self, step: int) -> int | None:
        """The chunk before the "who" that opens the relative clause around *step*; None when there is none near."""
        for back in range(step, max(-1, step - 12), -1):
            kind = self.kinds[back]
            if kind == "r" or self._that(back):
                return back - 1
            if kind in ";R" or (kind == "g" and back != step and self.clause.kind(back - 1) in "KGPA"):
                return None
        return None

    def _that(self, step: int) -> bool:
        """ "the officers that he travelled with": "that" behind a noun opens a relative clause."""
        return self.clause.low(step) == "that" and self.kinds[step] == "x" and self.clause.kind(step - 1) in "gx"

    def _whole_of(self, at: int) -> int:
        """Left of an including-list stands the total: "12 people, including a nurse and two boys, were"."""
        step = at - 1
        while step > 0 and (self._in_parts(step) or self.kinds[step] == "\u2014"):
            step = self._before_dashes(step) - 1
        if self.clause.kind(step) in "i(" or (self.clause.kind(step) == ":" and self.clause.kind(step - 1) == "g"):
            for back in range(step - 1, max(-1, step - 8), -1):
                if self.kinds[back] == "g" and self.clause.kind(back - 1) != "t":
                    counted = self.clause.kind(step) == "(" and self._has_noun_of_harm(back)
                    return at if self.clause.kind(step) == ":" or self._harmed_left(back) or counted else back
                if self.kinds[back] not in ",xpotcg":
                    break
        return at

    def _before_dashes(self, step: int) -> int:
        """The dash that opens the aside closed at *step* ("- two of them foreign -"); *step* where none is closed."""
        opens = self.kinds.rfind("\u2014", max(0, step - 8), step) if self.kinds[step] == "\u2014" else -1
        return opens if opens > 0 and not set(self.kinds[opens + 1 : step]) & set("KDXGPA") else step

    def _has_noun_of_harm(self, at: int) -> bool:
        """ "40 casualties (12 killed and 28 injured)": the total says its harm itself."""
        group = self.chunks[at].group
        return group is not None and group.harm is not None and group.harm.tag == "noun"

    def _harmed_left(self, at: int) -> bool:
        """ "killed 12 people, including four boys, and a dozen were hurt", "deaths rise to 12, including four boys, and
        30 wounded": a word of harm before it has the group.
        """
        before = self.clause.kind(at - 1)
        return before in "KGPAt" or (before == "o" and self.clause.kind(at - 2) in "MG")

    def _in_parts(self, step: int) -> bool:
        """Whether the chunk at *step* can stand in a list of parts, "two of whom were pregnant" among them."""
        before = self.chunks[step - 1].group
        shared = self.kinds[step] == "B" and before is not None and before.share
        return shared or (self.kinds[step] in ",cgxpo" and self.clause.low(step) not in _OPENERS | _LEAVING)
