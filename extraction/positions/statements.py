"""What parties say about their responsibility: claims of it, denials, hedges, blame.

The rules are data: `data/position_cues.csv` (position, who speaks, what must hold, the words), `position_words.csv`
(the word classes they are written in) and `position_grammar.csv` (the grammar around a cue). A cue is tried in the
sentences where one of its ``anchors`` stands: words ("not") or beginnings of words ("blam*") without which it cannot
match, all found in one pass. Where it matches, the one who holds the position is looked for in the grammar:

    subject   the cue is a verb ("denied carrying out"): its subject
    voice     the cue is what somebody says ("there were no … strikes in the area"): the voice that governs it
    before    the party named just before ("condemned X for not admitting")
    after     the party named just after ("claimed by X")

A cue without a holder is no position: the narrator holds none. Earlier rows of the file win where two cues overlap.
What must hold (``needs``): ``party`` an armed party speaks, ``accused`` the text lays a deed at its door, ``own`` it is
accused or its name stands in the sentence. Blaming, rejecting a figure and not knowing who are open to every voice; all
other positions are a party's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from extraction.blame.sides import same_side
from extraction.mentions.accusations import ARMED, doers_by_demonym, is_armed
from extraction.mentions.dates import date_mentions
from extraction.names.actors import ActorMention, actor_mentions
from extraction.positions.cues import Cue, cues, cues_for, grammar
from extraction.positions.holders import REACH, Holder, Page, is_party, party
from extraction.voices.attribution import Stretch
from extraction.words.index import index_of
from extraction.words.numbers import fold_case
from extraction.words.text import Sentence, View
from schemas.records import Claim, Position

_ANYBODY = frozenset({"rejects_figure", "perpetrator_unclear", "blames"})
_OUTLETS = frozenset({"media", "local_media", "state_media"})
_LITTLE = r"\b(?:insufficient|inadequate|not enough|too little|lack\w*(?: of)?|inconclusive|more)\b[^.;]{0,20}"
_REASONS = (
    ("insufficient_information", re.compile(_LITTLE + r"\b(?:information|details?|data)\b", re.IGNORECASE)),
    ("insufficient_evidence", re.compile(rf"(?:{_LITTLE}|\bno )\bevidence\b", re.IGNORECASE)),
    ("no_coalition_strikes", re.compile(r"\bno (?:[\w-]+ ){0,3}?(?:air[- ]?)?(?:strikes?|raids|sorties)\b", re.I)),
)
_REASONED = frozenset({"responsibility_undetermined", "insufficient_information", "denied_strike", "non_credible"})
_DOUBTFUL = frozenset({"possible_responsibility", "denied_harm", "rejects_figure", "no_acknowledgement"})
_HARM = frozenset({"killed", "injured", "killed_or_injured"})


@dataclass(frozen=True, slots=True)
class _Hit:
    position: str
    holder: Holder
    start: int
    end: int
    sentence: int
    target: str | None = None
    claim: Claim | None = None

    def rivals(self, other: _Hit) -> bool:
        """Whether *other* says the same again, or reads the same words another way."""
        same = self.position == other.position or (self.start < other.end and other.start < self.end)
        return same and same_side(self.holder.name, other.holder.name)


def positions(
    seen: View,
    sentences: Sequence[Sentence],
    heard: Mapping[int, Sequence[Stretch]],
    claims: Sequence[Claim],
    published: date | None,
    named: Sequence[ActorMention] | None = None,
) -> tuple[Position, ...]:
    """The statements of responsibility of a text, in order of their quotes.

    *heard* are the voices of each sentence by its index (`voices.attribution.stretches`), *claims* the claims of
    the same text (their ``number`` fills ``about``), *published* resolves "said Friday", *named* are the actors of the
    plain text, looked for where they are not given. Offsets of the result count code points of the text as given.
    Blame that a claim carries in its grammar ("killed in Israeli strikes, residents said") stays with the claim
    (``perpetrators``); here stands who is blamed in so many words.
    """
    mentions = actor_mentions(seen.plain) if named is None else named
    return _Reader(Page(seen, sentences, heard, mentions), claims, published).run()


@dataclass
class _Reader:
    page: Page
    claims: Sequence[Claim]
    published: date | None
    blamed: set[str] = field(default_factory=set)
    """Whom the text blames in so many words."""

    def __post_init__(self) -> None:
        self.folded = fold_case(self.page.plain)
        self.ends = [sentence.end for sentence in self.page.sentences]
        self.placed = [(bisect_right(self.ends, self.page.back(claim.quote_start)), claim) for claim in self.claims]
        """Claims with the index of their sentence."""

    def run(self) -> tuple[Position, ...]:
        likely = self._likely()
        # Blame first: whom the text accuses decides what a later "confirmed the attack" means.
        hits = self._cued(likely, blame=True)
        self.blamed = {hit.target for hit in hits if hit.target}
        hits += self._cued(likely, blame=False)
        hits += self._tolls(hits)
        hits.sort(key=lambda hit: (hit.start, hit.end))
        return tuple(dict.fromkeys(self._position(hit) for hit in hits))

    def _likely(self) -> list[tuple[int, list[Cue]]]:
        """The sentences, by index, in which somebody speaks or is named and a cue may stand, with the cues to try."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for word, places in index_of(fold_case(self.page.seen.plain)).words():
            for at in places if (tried := cues_for(word)) else ():
                found[bisect_right(self.ends, at)] |= tried
        return [
            (index, [cues()[n] for n in sorted(found[index])])
            for index, sentence in enumerate(self.page.sentences)
            if index in found and (self.page.heard.get(index) or self.page.inside(sentence.start, sentence.end))
        ]

    @cached_property
    def _struck(self) -> set[str]:
        """Those at whose door the text lays a deed: perpetrators of its claims, owners of the strikes that it names."""
        named = [*self.page.mentions, *doers_by_demonym(self.page.plain, 0, len(self.page.plain), (), None)]
        struck = {m.name for m in named if m.kind in ARMED and grammar("deed_after").match(self.page.plain, m.end)}
        return struck | {blamed.actor for claim in self.claims for blamed in claim.perpetrators}

    def _cued(self, likely: Sequence[tuple[int, Sequence[Cue]]], *, blame: bool) -> list[_Hit]:
        found: list[_Hit] = []
        for index, tried in likely:
            self.page.reached, sentence = index, self.page.sentences[index]
            here: list[_Hit] = []
            for cue in (cue for cue in tried if (cue.position == "blames") is blame):
                for match in cue.pattern.finditer(self.folded, sentence.start, sentence.end):
                    hit = self._hit(cue, match, index, sentence)
                    if hit is not None and not any(hit.rivals(other) for other in here):
                        here.append(hit)
            found += here
        self.page.reached = len(self.page.sentences)
        return found

    def _hit(self, cue: Cue, match: re.Match[str], index: int, sentence: Sentence) -> _Hit | None:
        before = self.page.plain[max(sentence.start, match.start() - REACH) : match.start()]
        negates = cue.speaker == "subject" and cue.position != "no_acknowledgement"
        unreal = grammar("unreal").search(before) if negates else None
        if unreal or grammar("hypothetical").search(before) or grammar("habitual").search(before):
            return None
        holder = self.page.holder(cue, match, index, sentence)
        start = self._own(match, holder, sentence) if holder is not None else None
        if holder is None or start is None or not grammar("gate").search(self.folded, sentence.start, sentence.end):
            return None
        target = self._target(match, sentence)
        if (cue.position == "blames" and target is None) or not self._holds(cue, holder, sentence, target):
            return None
        if holder.start is not None and match.start() - holder.start <= 90:
            start = min(start, self._in_full(holder.start))
        position = self._kind(cue.position, holder)
        holder = holder if position in _ANYBODY else party(holder)
        return _Hit(position, holder, start, match.end(), index, target)

    def _in_full(self, start: int) -> int:
        """Where the name begins whose abbreviation in brackets stands at *start*."""
        names = self.page.inside(max(0, start - REACH), start) if self.page.plain[start - 1 : start] == "(" else []
        return names[-1].start if names and start - names[-1].end <= len(" (") else start

    def _kind(self, position: str, holder: Holder) -> str:
        """The position by who holds it: the accused who does not know who did it leaves its own responsibility open."""
        if position == "perpetrator_unclear" and is_party(holder) and self._is_accused(holder):
            return "responsibility_undetermined"
        if position == "acknowledged_strike" and holder.kind == "armed_group":
            return "accepted_responsibility"
        return position

    def _holds(self, cue: Cue, holder: Holder, sentence: Sentence, target: str | None) -> bool:
        """Whether the cue's needs are met by its *holder*."""
        if cue.position in _ANYBODY:
            return target is None or not same_side(target, holder.name)
        if not is_party(holder):
            return False
        near = self.page.inside(sentence.start, sentence.end) if cue.needs == "own" else ()
        named = any(same_side(mention.name, holder.name) for mention in near)
        return cue.needs in {"", "party"} or named or self._is_accused(holder)

    def _is_accused(self, holder: Holder) -> bool:
        return any(same_side(holder.name, actor) for actor in (*self.blamed, *self._struck))

    def _own(self, match: re.Match[str], holder: Holder, sentence: Sentence) -> int | None:
        """Where the cue begins, with its subject; None where that is not the speaker ("it may have", "no strikes")."""
        name = next((n for n, text in match.groupdict().items() if n.startswith("self") and text is not None), None)
        if name is None:
            return match.start()
        end = match.end(name)
        if grammar("no_strikes").match(match.group()):
            others = [m for m in self.page.inside(match.start(name), end) if not same_side(m.name, holder.name)]
            return None if others else match.start()
        start = max(sentence.start, end - 60)
        start = max([start, *(hit.end() for hit in grammar("clause").finditer(self.page.plain, start, end))])
        day = grammar("day_first").match(self.page.plain[start:end])
        start += day.end() if day else 0
        return min(start, match.start()) if self._speaks_of_itself(start, end, holder) else None

    def _speaks_of_itself(self, start: int, end: int, holder: Holder) -> bool:
        """Whether the noun phrase is the speaker: its name, a pronoun, "its forces", "the military"."""
        phrase = self.page.plain[start:end]
        named = self.page.inside(start, end)
        if named:
            return any(same_side(m.name, holder.name) for m in named) or bool(grammar("owned").search(phrase))
        if grammar("own_word").search(phrase) or grammar("forces").search(phrase):
            return True
        return holder.kind == "coalition" and bool(grammar("coalition").search(phrase))

    def _target(self, match: re.Match[str], sentence: Sentence) -> str | None:
        """The actor that a cue of blame names: after its mark, or as the subject of the deed."""
        for name, text in match.groupdict().items():
            if text is None or name.startswith("self"):
                continue
            at, end = match.span(name)
            if name.startswith("doer"):
                near = [m for m in self.page.inside(max(sentence.start, at - 40), end) if end - m.end <= 12]
                return near[-1].name if near else None
            lead = grammar("blamed_lead").match(self.page.plain[at : sentence.end])
            limit = at + (lead.end() if lead else 0) + 4
            near = [m for m in self.page.inside(at, sentence.end) if m.start <= limit]
            if not near or grammar("no_verb").search(self.page.plain, at, near[0].start):
                return None
            return None if grammar("pretext").match(self.page.plain, near[0].end, sentence.end) else near[0].name
        return None

    def _tolls(self, hits: Sequence[_Hit]) -> Iterator[_Hit]:
        """A party that states its own toll ("its forces have killed 64 civilians"), or that there is none."""
        for index, claim in self.placed:
            if index >= len(self.page.sentences) or claim.part_of is not None or claim.harm not in _HARM:
                continue
            start, end = self.page.back(claim.quote_start), self.page.back(claim.quote_end)
            sentence = self.page.sentences[index]
            holder = self.page.voice(start, end, index, sentence)
            here = [hit for hit in hits if hit.sentence == index]
            if holder is None or not is_party(holder):
                continue
            owned = {same_side(blamed.actor, holder.name) for blamed in claim.perpetrators}
            owns = any(
                hit.position == "accepted_responsibility" and same_side(hit.holder.name, holder.name) for hit in here
            )
            if claim.qualifier == "none_reported":
                said = any(hit.position == "denied_harm" for hit in here)
                if owned == {True} and claim.victim_class != "combatant" and not said:
                    yield _Hit("denied_harm", party(holder), start, end, index, None, claim)
            elif _denies(claim):
                continue
            elif owned <= {True} and not owns and self._owns_up(start, end, sentence, holder, here):
                yield _Hit("accepted_responsibility", party(holder), start, end, index, None, claim)

    def _owns_up(self, start: int, end: int, sentence: Sentence, holder: Holder, here: Sequence[_Hit]) -> bool:
        """Whether the party says that it killed them, or that they were killed by mistake."""
        if any(hit.position in _DOUBTFUL and hit.start < end and start < hit.end for hit in here):
            return False
        around = max(sentence.start, start - 60), min(sentence.end, end + 60)
        own = [m for m in self.page.inside(*around) if is_armed(m) and same_side(m.name, holder.name)]
        struck = any(grammar("own_strike").match(self.page.plain, m.end) for m in own)
        return struck or any(grammar(name).search(self.page.plain, *around) for name in ("mistake", "own_deed"))

    def _position(self, hit: _Hit) -> Position:
        sentence = self.page.sentences[hit.sentence]
        stop = grammar("stop").search(self.page.seen.plain, hit.end, sentence.end)
        end = hit.end if hit.claim else min(stop.start() if stop else sentence.end, hit.end + 200)
        end = hit.start + len(self.page.seen.plain[hit.start : end].rstrip(" ,."))
        start, end = self.page.seen.span(hit.start, end)
        about = (hit.claim,) if hit.claim else self._about(hit)
        conceded = self._conceded(hit, about)
        return Position(
            actor=hit.holder.name,
            position=hit.position,
            quote=self.page.seen.text[start:end],
            quote_start=start,
            quote_end=end,
            target=hit.target,
            relay=self._relay(hit, sentence),
            stated_on=self._stated(sentence),
            killed_conceded=_figure(conceded, "killed"),
            injured_conceded=_figure(conceded, "injured"),
            reason=self._reason(hit, sentence),
            about=tuple(claim.number for claim in about),
        )

    def _conceded(self, hit: _Hit, about: Sequence[Claim]) -> list[Claim]:
        """The claims whose figure the position itself concedes: those of its own sentence."""
        if hit.position not in {"accepted_responsibility", "credible"}:
            return []
        return [claim for index, claim in self.placed if index == hit.sentence and claim in about]

    def _about(self, hit: _Hit) -> tuple[Claim, ...]:
        """The claims of the same event: those of its sentence, else the nearest of one day, those before it first."""
        if hit.position == "rejects_figure":
            return self._disputed(hit)
        here = tuple(claim for index, claim in self.placed if index == hit.sentence)
        if here or grammar("elsewhere").match(self.page.plain, hit.end):
            return here
        near = [(i - hit.sentence, c) for i, c in self.placed if c.scope == "incident" and -6 <= i - hit.sentence <= 3]
        near.sort(key=lambda item: abs(item[0]) + (3 if item[0] > 0 else 0))
        day = next((claim.date_start for _, claim in near if claim.date_start), None)
        return tuple(sorted((c for _, c in near if c.date_start in {day, None}), key=lambda claim: claim.number))

    def _disputed(self, hit: _Hit) -> tuple[Claim, ...]:
        """The figure that is rejected: the last total before it that is not the speaker's own."""
        found = [
            claim
            for index, claim in self.placed
            if hit.sentence - 5 <= index <= hit.sentence
            and claim.part_of is None
            and self.page.back(claim.quote_end) <= hit.start
            and not same_side(claim.claimant, hit.holder.name)
        ]
        return tuple(found[-1:])

    def _relay(self, hit: _Hit, sentence: Sentence) -> str | None:
        if hit.holder.relays:
            return hit.holder.relays[0]
        for mention in self.page.inside(sentence.start, sentence.end):
            before = self.page.plain[max(sentence.start, mention.start - 30) : mention.start]
            if mention.kind in _OUTLETS and mention.name != hit.holder.name and grammar("carried").search(before):
                return mention.name
        return None

    def _stated(self, sentence: Sentence) -> date | None:
        """The day of "said Friday": a date right after a verb of saying."""
        said = [hit.end() for hit in grammar("says").finditer(self.page.plain, sentence.start, sentence.end)]
        for mention in date_mentions(self.page.plain[sentence.start : sentence.end], self.published) if said else ():
            at = sentence.start + mention.start
            if mention.precision in {"day", "time"} and any(0 <= at - end <= 12 for end in said):
                return mention.date_start
        return None

    def _reason(self, hit: _Hit, sentence: Sentence) -> str | None:
        if hit.position not in _REASONED:
            return None
        found = (reason for reason, pattern in _REASONS if pattern.search(self.page.plain, hit.start, sentence.end))
        return next(found, None)


def _denies(claim: Claim) -> bool:
    """Whether the one who speaks of the harm denies it."""
    return "voice:deny" in claim.rules or any(party.stance == "denied" for party in claim.perpetrators)


def _figure(claims: Sequence[Claim], harm: str) -> int | None:
    """The conceded toll, in people: the figure of the first total that is stated of people who were not fighting."""
    for claim in claims:
        if claim.harm == harm and claim.part_of is None and claim.victim_class != "combatant":
            return next((value for value in (claim.best, claim.low, claim.high) if value is not None), None)
    return None
