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
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property

from extraction import lexicon
from extraction.actors import ActorMention, actor_mentions, actors, canonical, parent_of
from extraction.attribution import Stretch, governing
from extraction.blame import ARMED, doers_by_demonym
from extraction.dates import date_mentions
from extraction.numbers import any_of, fold_case
from extraction.text import Sentence, View
from schemas.enums import values
from schemas.records import Claim, Position

SPEAKERS = frozenset({"subject", "voice", "before", "after"})
NEEDS = frozenset({"", "party", "accused", "own"})
_ANYBODY = frozenset({"rejects_figure", "perpetrator_unclear", "blames"})
_OUTLETS = frozenset({"media", "local_media", "state_media"})
_UNNAMED = frozenset({"person", "generic", "phrase"})
_ARMIES = frozenset({"state_military", "coalition"})
_STATES = frozenset({"government", "state_military"})
_GROUPS = frozenset({"armed_group"})
_KINDS_MEANT = {
    **dict.fromkeys(("group", "militants", "militia", "rebels", "insurgents", "movement"), _GROUPS),
    **dict.fromkeys(("organisation", "organization"), _GROUPS | {"monitor", "ngo"}),
    **dict.fromkeys(("coalition", "alliance"), frozenset({"coalition"})),
    **dict.fromkeys(("military", "army"), frozenset({"state_military"})),
    **dict.fromkeys(("government", "ministry", "regime"), _STATES),
    "command": _ARMIES,
    "statement": _ARMIES | _STATES | _GROUPS,
}
"""Which kinds of actor "the group", "the army" can stand for."""
_LITTLE = r"\b(?:insufficient|inadequate|not enough|too little|lack\w*(?: of)?|inconclusive|more)\b[^.;]{0,20}"
_REASONS = (
    ("insufficient_information", re.compile(_LITTLE + r"\b(?:information|details?|data)\b", re.IGNORECASE)),
    ("insufficient_evidence", re.compile(rf"(?:{_LITTLE}|\bno )\bevidence\b", re.IGNORECASE)),
    ("no_coalition_strikes", re.compile(r"\bno (?:[\w-]+ ){0,3}?(?:air[- ]?)?(?:strikes?|raids|sorties)\b", re.I)),
)
_REASONED = frozenset({"responsibility_undetermined", "insufficient_information", "denied_strike", "non_credible"})
_DOUBTFUL = frozenset({"possible_responsibility", "denied_harm", "rejects_figure", "no_acknowledgement"})
_RELATIVE = re.compile(r", (?:which|who) (?:has |have |had |also )?\Z", re.IGNORECASE)
"""Before a verb of saying: "X blamed the coalition, which said …"."""
_REACH = 300
"""How far back a subject may stand, in characters: keeps a text without full stops in linear time."""
_MARKS = re.compile(r"\"|'(?<!\w')|'(?!\w)")
_ANCHOR = re.compile(r"[a-z]+\*?")
_HARM = frozenset({"killed", "injured", "killed_or_injured"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of `data/position_cues.csv`; ``pattern`` reads text in lower case (`extraction.numbers.fold_case`)."""

    position: str
    speaker: str
    needs: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Holder:
    """The one who holds a position; ``start`` is where the text names it in the same sentence, else None."""

    name: str
    kind: str
    start: int | None = None
    relays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    position: str
    holder: _Holder
    start: int
    end: int
    sentence: int
    target: str | None = None
    claim: Claim | None = None

    def rivals(self, other: _Hit) -> bool:
        """Whether *other* says the same again, or reads the same words another way."""
        same = self.position == other.position or (self.start < other.end and other.start < self.end)
        return same and same_side(self.holder.name, other.holder.name)


@cache
def _grammar(name: str) -> re.Pattern[str]:
    table = {row["name"]: row["pattern"] for row in lexicon.rows("position_grammar.csv")}
    return re.compile(table[name], re.IGNORECASE)


@cache
def cues() -> tuple[Cue, ...]:
    """The cues in file order. ValueError names the row of an unknown position, speaker, need, word class or anchor."""
    words = {row["name"]: row["pattern"] for row in lexicon.rows("position_words.csv")}
    found: list[Cue] = []
    for number, row in enumerate(lexicon.rows("position_cues.csv"), start=2):
        missing = set(re.findall(r"\{([a-z]\w*)\}", row["cue"])) - set(words)
        if row["position"] not in values("position") or row["speaker"] not in SPEAKERS or row["needs"] not in NEEDS:
            raise ValueError(f"position_cues.csv, line {number}: unknown position, speaker or needs; mend the row")
        if missing:
            raise ValueError(f"position_cues.csv, line {number}: no word class {', '.join(sorted(missing))}")
        anchors = tuple(row["anchors"].split("|"))
        if not all(map(_ANCHOR.fullmatch, anchors)):
            wrong = f"anchors {row['anchors']!r} are not words in lower case (word|begin*)"
            raise ValueError(f"position_cues.csv, line {number}: {wrong}; mend the row")
        found.append(Cue(row["position"], row["speaker"], row["needs"], anchors, _compiled(row["cue"], words)))
    return tuple(found)


@cache
def _anchored() -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    """The pattern of all anchors ("$" ends a word), and by what it finds, the longest, the numbers of cues to try."""
    ends = {anchor[:-1] if anchor.endswith("*") else f"{anchor}$" for cue in cues() for anchor in cue.anchors}
    pattern = re.compile(rf"\b{any_of(ends)}".replace(r"\$", r"\b"))
    table = {
        found: frozenset(n for n, cue in enumerate(cues()) if any(found.startswith(a.rstrip("*")) for a in cue.anchors))
        for found in (end.rstrip("$") for end in ends)
    }
    return pattern, table


def _compiled(cue: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """The pattern of *cue*, word classes filled in; a group of several alternatives is numbered (self0, self1)."""
    filled = re.sub(r"\{([a-z]\w*)\}", lambda hit: words[hit[1]], cue)
    for name in ("self", "target", "doer"):
        parts = filled.split(f"(?P<{name}>")
        filled = parts[0] + "".join(f"(?P<{name}{index}>{part}" for index, part in enumerate(parts[1:]))
    spaced = re.sub(r" (?![?*+{])", r"[\\s]+", filled)
    return re.compile(rf"\b(?:{spaced})")


def same_side(one: str, other: str) -> bool:
    """Whether two actors answer for one another: equal, parent, a state and its offices, a coalition and its leader."""
    return bool(_sides(one) & _sides(other))


@cache
def _sides(name: str) -> frozenset[str]:
    own = canonical(name)
    found = {own, parent_of(own) or own}
    office = re.match(r"(\w+)-led ", own) or re.fullmatch(
        r"([A-Z]\w+) (?:officials|military|government|\w+ ministry)", own
    )
    return frozenset(found | {canonical(f"{office[1]} forces")} if office else found)


def _party(holder: _Holder) -> _Holder:
    """ "US officials" take a position for the United States."""
    state = re.fullmatch(r"([A-Z]\w+) (?:officials|government|defen[cs]e ministry)", holder.name)
    name = canonical(f"{state[1]} forces") if state else holder.name
    return replace(holder, name=name) if name in actors() else holder


def _is_party(holder: _Holder) -> bool:
    return holder.kind in ARMED and not _grammar("no_party").search(holder.name)


def positions(
    seen: View,
    sentences: Sequence[Sentence],
    heard: Mapping[int, Sequence[Stretch]],
    claims: Sequence[Claim],
    published: date | None,
    named: Sequence[ActorMention] | None = None,
) -> tuple[Position, ...]:
    """The statements of responsibility of a text, in order of their quotes.

    *heard* are the voices of each sentence by its index (`extraction.attribution.stretches`), *claims* the claims of
    the same text (their ``number`` fills ``about``), *published* resolves "said Friday", *named* are the actors of the
    plain text, looked for where they are not given. Offsets of the result count code points of the text as given.
    Blame that a claim carries in its grammar ("killed in Israeli strikes, residents said") stays with the claim
    (``perpetrators``); here stands who is blamed in so many words.
    """
    mentions = actor_mentions(seen.plain) if named is None else named
    return _Reader(seen, sentences, heard, claims, published, mentions).run()


@dataclass
class _Reader:
    seen: View
    sentences: Sequence[Sentence]
    heard: Mapping[int, Sequence[Stretch]]
    claims: Sequence[Claim]
    published: date | None
    mentions: Sequence[ActorMention]
    blamed: set[str] = field(default_factory=set)
    """Whom the text blames in so many words."""
    speaks_for: dict[str, _Holder] = field(default_factory=dict)
    """Surname of an officer to the coalition whose words he speaks."""
    reached: int = 0
    """Index of the sentence that is read: a bare pronoun means who spoke last before it."""

    def __post_init__(self) -> None:
        self.plain = _MARKS.sub(" ", self.seen.plain)
        """The plain text with its quotation marks blanked: cues run across them ("it 'may have' struck")."""
        self.folded = fold_case(self.plain)
        self.starts = [mention.start for mention in self.mentions]
        self.ends = [sentence.end for sentence in self.sentences]
        self.placed = [(bisect_right(self.ends, self._back(claim.quote_start)), claim) for claim in self.claims]
        """Claims with the index of their sentence."""

    def run(self) -> tuple[Position, ...]:
        self._officers()
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
        anchors, table = _anchored()
        found: defaultdict[int, set[int]] = defaultdict(set)
        for hit in anchors.finditer(self.folded):
            found[bisect_right(self.ends, hit.start())] |= table[hit[0]]
        return [
            (index, [cues()[n] for n in sorted(found[index])])
            for index, sentence in enumerate(self.sentences)
            if index in found and (self.heard.get(index) or self._inside(sentence.start, sentence.end))
        ]

    @cached_property
    def _struck(self) -> set[str]:
        """Those at whose door the text lays a deed: perpetrators of its claims, owners of the strikes that it names."""
        named = [*self.mentions, *doers_by_demonym(self.plain, 0, len(self.plain), (), None)]
        struck = {m.name for m in named if m.kind in ARMED and _grammar("deed_after").match(self.plain, m.end)}
        return struck | {blamed.actor for claim in self.claims for blamed in claim.perpetrators}

    def _officers(self) -> None:
        """ "The coalition confirms it did," Col. X said: who says so speaks for the coalition, whatever his uniform."""
        for index, sentence in enumerate(self.sentences):
            voices = [s.voice for s in self.heard.get(index, ()) if s.voice.people and s.voice.kind == "state_military"]
            for mention in self._inside(sentence.start, sentence.end) if voices else ():
                quoted = self.seen.plain.count('"', sentence.start, mention.start) % 2
                if mention.kind == "coalition" and quoted and _grammar("speaks_for").match(self.plain, mention.end):
                    holder = _Holder(mention.name, mention.kind)
                    self.speaks_for.update({name: holder for voice in voices for name in voice.people})

    def _inside(self, start: int, end: int) -> list[ActorMention]:
        found = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [mention for mention in found if mention.end <= end]

    def _back(self, position: int) -> int:
        """The plain position of a code point of the given text."""
        whole = len(self.seen.plain) == len(self.seen.text)
        return position if whole else bisect_left(range(len(self.seen.plain)), position, key=self.seen.at)

    def _cued(self, likely: Sequence[tuple[int, Sequence[Cue]]], *, blame: bool) -> list[_Hit]:
        found: list[_Hit] = []
        for index, tried in likely:
            self.reached, sentence = index, self.sentences[index]
            here: list[_Hit] = []
            for cue in (cue for cue in tried if (cue.position == "blames") is blame):
                for match in cue.pattern.finditer(self.folded, sentence.start, sentence.end):
                    hit = self._hit(cue, match, index, sentence)
                    if hit is not None and not any(hit.rivals(other) for other in here):
                        here.append(hit)
            found += here
        self.reached = len(self.sentences)
        return found

    def _last(self) -> _Holder | None:
        """Who spoke or was named last before the sentence that is read."""
        for earlier in reversed(range(self.reached)):
            if voices := self.heard.get(earlier, ()):
                return self._of(voices[-1])
            named = self._inside(self.sentences[earlier].start, self.sentences[earlier].end)
            if named:
                return _Holder(named[0].name, named[0].kind)
        return None

    def _hit(self, cue: Cue, match: re.Match[str], index: int, sentence: Sentence) -> _Hit | None:
        before = self.plain[max(sentence.start, match.start() - _REACH) : match.start()]
        negates = cue.speaker == "subject" and cue.position != "no_acknowledgement"
        if (negates and _grammar("unreal").search(before)) or _grammar("hypothetical").search(before):
            return None
        holder = self._holder(cue, match, index, sentence)
        start = self._own(match, holder, sentence) if holder is not None else None
        if holder is None or start is None or not _grammar("gate").search(self.folded, sentence.start, sentence.end):
            return None
        target = self._target(match, sentence)
        if (cue.position == "blames" and target is None) or not self._holds(cue, holder, sentence, target):
            return None
        if holder.start is not None and match.start() - holder.start <= 90:
            start = min(start, holder.start)
        position = self._kind(cue.position, holder)
        holder = holder if position in _ANYBODY else _party(holder)
        return _Hit(position, holder, start, match.end(), index, target)

    def _kind(self, position: str, holder: _Holder) -> str:
        """The position by who holds it: the accused who does not know who did it leaves its own responsibility open."""
        if position == "perpetrator_unclear" and _is_party(holder) and self._is_accused(holder):
            return "responsibility_undetermined"
        if position == "acknowledged_strike" and holder.kind == "armed_group":
            return "accepted_responsibility"
        return position

    def _holds(self, cue: Cue, holder: _Holder, sentence: Sentence, target: str | None) -> bool:
        """Whether the cue's needs are met by its *holder*."""
        if cue.position in _ANYBODY:
            return target is None or not same_side(target, holder.name)
        if not _is_party(holder):
            return False
        near = self._inside(sentence.start, sentence.end) if cue.needs == "own" else ()
        named = any(same_side(mention.name, holder.name) for mention in near)
        return cue.needs in {"", "party"} or named or self._is_accused(holder)

    def _is_accused(self, holder: _Holder) -> bool:
        return any(same_side(holder.name, actor) for actor in (*self.blamed, *self._struck))

    def _holder(self, cue: Cue, match: re.Match[str], index: int, sentence: Sentence) -> _Holder | None:
        start, end = match.span()
        if cue.speaker == "voice":
            return self._voice(start, end, index, sentence)
        if cue.speaker == "subject":
            return self._subject(start, end, index, sentence)
        if cue.speaker == "after":
            named = [m for m in self._inside(end, sentence.end) if m.start - end < 40]
            near = bool(named) and not _grammar("no_verb").search(self.plain, end, named[0].start)
            return _Holder(named[0].name, named[0].kind, start) if near else None
        named = [m for m in self._inside(sentence.start, start) if start - m.end < 25]
        return _Holder(named[-1].name, named[-1].kind, named[-1].start) if named else None

    def _voice(self, start: int, end: int, index: int, sentence: Sentence) -> _Holder | None:
        """The voice that governs the words; where attribution heard none, the subject of the verb of saying before or
        around them, or of one that closes them."""
        voices = self.heard.get(index, ())
        relative = [s for s in voices if s.verb < start and _RELATIVE.search(self.plain, sentence.start, s.verb)]
        stretch = relative[-1] if relative else governing(voices, start, end)
        if stretch is not None and stretch.start <= start + 2:
            return self._of(stretch)
        said = list(_grammar("says").finditer(self.plain, sentence.start, sentence.end))
        opening = [hit for hit in said if hit.start() < start]
        closing = [hit for hit in said if hit.start() > start and self._closes(end, hit.start())]
        chosen = opening[-1] if opening else closing[0] if closing else None
        return self._subject(chosen.start(), chosen.end(), index, sentence) if chosen else None

    def _closes(self, end: int, verb: int) -> bool:
        return verb < end or bool(_grammar("closing").search(self.seen.plain[end:verb]))

    def _of(self, stretch: Stretch) -> _Holder | None:
        """The holder behind a voice: a coalition for its officers and spokesmen, a state for its ministers."""
        voice = stretch.voice
        known = next((self.speaks_for[name] for name in voice.people if name in self.speaks_for), None)
        if known is not None:
            return known
        if voice.kind in _UNNAMED | {"state_military", "organisation"} and _grammar("coalition_head").match(voice.text):
            named = [m for m in self.mentions if m.kind == "coalition"]
            return _Holder(named[0].name, named[0].kind, None, stretch.relays) if named else None
        if voice.kind in _UNNAMED:
            definite = _grammar("definite").search(voice.text)
            meant = self._meant(definite["noun"].lower(), stretch.verb) if definite else None
            if meant is not None:
                return meant
        state = _grammar("state_office").match(voice.text) if voice.kind == "person" else None
        if state is not None and canonical(f"{state[1]} forces") in actors():
            return _Holder(canonical(f"{state[1]} forces"), "state_military", None, stretch.relays)
        return _Holder(canonical(voice.name), voice.kind, None, stretch.relays)

    def _subject(self, start: int, end: int, index: int, sentence: Sentence) -> _Holder | None:
        """The subject of the verb at *start*: the noun phrase before it, else the one that attribution found."""
        voices = self.heard.get(index, ())
        stretch = next((s for s in voices if start <= s.verb < end), None)
        first = max(sentence.start, start - _REACH)
        lead = _grammar("lead").search(self.plain[first:start])
        phrase = self.plain[first : first + lead.start() if lead else start].rstrip()
        named = self._phrase(phrase, first)
        if named is not None:
            people = stretch.voice.people if stretch else ()
            return next((self.speaks_for[name] for name in people if name in self.speaks_for), named)
        definite = _grammar("definite").search(phrase)
        if definite is not None:
            noun = definite["noun"].lower()
            meant = self._meant(noun, first + definite.start())
            # Attribution lets "the spokesman" stand for the last voice of any kind; a rebel is no army spokesman.
            if meant is not None or stretch is None or stretch.voice.kind not in _KINDS_MEANT[noun]:
                return meant
        earlier = [s for s in voices if s.verb < start]
        if _grammar("pronoun").search(phrase):
            return self._of(earlier[-1]) if earlier else self._of(stretch) if stretch else self._last()
        if stretch is not None:
            return self._of(stretch)
        return self._shared(phrase, earlier, sentence, start)

    def _shared(self, phrase: str, earlier: Sequence[Stretch], sentence: Sentence, start: int) -> _Holder | None:
        """The subject of a verb that has none of its own: "X said …, blaming Y", "X said … and denied …"."""
        if phrase and not _grammar("coordinated").search(phrase):
            return None
        if earlier:
            return self._of(earlier[-1])
        first = self._inside(sentence.start, start)
        return _Holder(first[0].name, first[0].kind, first[0].start) if first else None

    def _phrase(self, phrase: str, offset: int) -> _Holder | None:
        """The actor that the noun phrase at the end of *phrase* names, an aside between commas read or skipped."""
        aside = _grammar("apposition").search(phrase)
        if aside is not None:
            inside = self._inside(offset + aside.start("inside"), offset + aside.end("inside"))
            if inside and _grammar("office").search(aside["inside"]):
                return _Holder(inside[0].name, inside[0].kind, inside[0].start)
            phrase = phrase[: aside.start()]
        end = offset + len(phrase)
        for mention in reversed(self._inside(max(offset, end - 110), end)):
            gap = re.sub(r"\([^)]*\)", "", self.plain[mention.end : end])
            modifier = _grammar("modifier").search(self.plain[max(offset, mention.start - 25) : mention.start])
            before = mention.start - len(modifier[0]) if modifier else mention.start
            if modifier and self._inside(max(offset, mention.start - 60), before + 1):
                end = before
            elif len(gap) <= 60 and not _grammar("no_verb").search(gap) and not _grammar("other_head").search(gap):
                return _Holder(mention.name, mention.kind, mention.start)
        return None

    def _meant(self, noun: str, at: int) -> _Holder | None:
        """The body that "the group", "the army" stands for: the last of its kind named before *at*."""
        for mention in reversed(self.mentions[: bisect_left(self.starts, at)]):
            if mention.kind in _KINDS_MEANT[noun]:
                return _Holder(mention.name, mention.kind)
        return None

    def _own(self, match: re.Match[str], holder: _Holder, sentence: Sentence) -> int | None:
        """Where the cue begins, with its subject; None where that is not the speaker ("it may have", "no strikes")."""
        name = next((n for n, text in match.groupdict().items() if n.startswith("self") and text is not None), None)
        if name is None:
            return match.start()
        end = match.end(name)
        if _grammar("no_strikes").match(match.group()):
            others = [m for m in self._inside(match.start(name), end) if not same_side(m.name, holder.name)]
            return None if others else match.start()
        start = max(sentence.start, end - 60)
        start = max([start, *(hit.end() for hit in _grammar("clause").finditer(self.plain, start, end))])
        day = _grammar("day_first").match(self.plain[start:end])
        start += day.end() if day else 0
        return min(start, match.start()) if self._speaks_of_itself(start, end, holder) else None

    def _speaks_of_itself(self, start: int, end: int, holder: _Holder) -> bool:
        """Whether the noun phrase is the speaker: its name, a pronoun, "its forces", "the military"."""
        phrase = self.plain[start:end]
        named = self._inside(start, end)
        if named:
            return any(same_side(m.name, holder.name) for m in named) or bool(_grammar("owned").search(phrase))
        if _grammar("own_word").search(phrase) or _grammar("forces").search(phrase):
            return True
        return holder.kind == "coalition" and bool(_grammar("coalition").search(phrase))

    def _target(self, match: re.Match[str], sentence: Sentence) -> str | None:
        """The actor that a cue of blame names: after its mark, or as the subject of the deed."""
        for name, text in match.groupdict().items():
            if text is None or name.startswith("self"):
                continue
            at, end = match.span(name)
            if name.startswith("doer"):
                near = [m for m in self._inside(max(sentence.start, at - 40), end) if end - m.end <= 12]
                return near[-1].name if near else None
            lead = _grammar("blamed_lead").match(self.plain[at : sentence.end])
            limit = at + (lead.end() if lead else 0) + 4
            near = [m for m in self._inside(at, sentence.end) if m.start <= limit]
            return near[0].name if near and not _grammar("no_verb").search(self.plain, at, near[0].start) else None
        return None

    def _tolls(self, hits: Sequence[_Hit]) -> Iterator[_Hit]:
        """A party that states its own toll ("its forces have killed 64 civilians"), or that there is none."""
        for index, claim in self.placed:
            if index >= len(self.sentences) or claim.part_of is not None or claim.harm not in _HARM:
                continue
            start, end = self._back(claim.quote_start), self._back(claim.quote_end)
            sentence = self.sentences[index]
            holder = self._voice(start, end, index, sentence)
            here = [hit for hit in hits if hit.sentence == index]
            if holder is None or not _is_party(holder):
                continue
            owned = {same_side(blamed.actor, holder.name) for blamed in claim.perpetrators}
            if claim.qualifier == "none_reported":
                said = any(hit.position == "denied_harm" for hit in here)
                if owned == {True} and claim.victim_class != "combatant" and not said:
                    yield _Hit("denied_harm", _party(holder), start, end, index, None, claim)
            elif owned <= {True} and self._owns_up(start, end, sentence, holder, here):
                yield _Hit("accepted_responsibility", _party(holder), start, end, index, None, claim)

    def _owns_up(self, start: int, end: int, sentence: Sentence, holder: _Holder, here: Sequence[_Hit]) -> bool:
        """Whether the party says that it killed them, or that they were killed by mistake."""
        if any(hit.position in _DOUBTFUL and hit.start < end and start < hit.end for hit in here):
            return False
        around = max(sentence.start, start - 60), min(sentence.end, end + 60)
        own = [m for m in self._inside(*around) if same_side(m.name, holder.name)]
        struck = any(_grammar("own_strike").match(self.plain, m.end) for m in own)
        return struck or any(_grammar(name).search(self.plain, *around) for name in ("mistake", "own_deed"))

    def _position(self, hit: _Hit) -> Position:
        sentence = self.sentences[hit.sentence]
        stop = _grammar("stop").search(self.seen.plain, hit.end, sentence.end)
        end = hit.end if hit.claim else min(stop.start() if stop else sentence.end, hit.end + 200)
        end = hit.start + len(self.seen.plain[hit.start : end].rstrip(" ,."))
        start, end = self.seen.span(hit.start, end)
        about = (hit.claim,) if hit.claim else self._about(hit)
        conceded = self._conceded(hit, about)
        return Position(
            actor=hit.holder.name,
            position=hit.position,
            quote=self.seen.text[start:end],
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
        if here or _grammar("elsewhere").match(self.plain, hit.end):
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
            and self._back(claim.quote_end) <= hit.start
            and not same_side(claim.claimant, hit.holder.name)
        ]
        return tuple(found[-1:])

    def _relay(self, hit: _Hit, sentence: Sentence) -> str | None:
        if hit.holder.relays:
            return hit.holder.relays[0]
        for mention in self._inside(sentence.start, sentence.end):
            before = self.plain[max(sentence.start, mention.start - 30) : mention.start]
            if mention.kind in _OUTLETS and mention.name != hit.holder.name and _grammar("carried").search(before):
                return mention.name
        return None

    def _stated(self, sentence: Sentence) -> date | None:
        """The day of "said Friday": a date right after a verb of saying."""
        said = [hit.end() for hit in _grammar("says").finditer(self.plain, sentence.start, sentence.end)]
        for mention in date_mentions(self.plain[sentence.start : sentence.end], self.published) if said else ():
            at = sentence.start + mention.start
            if mention.precision in {"day", "time"} and any(0 <= at - end <= 12 for end in said):
                return mention.date_start
        return None

    def _reason(self, hit: _Hit, sentence: Sentence) -> str | None:
        if hit.position not in _REASONED:
            return None
        found = (reason for reason, pattern in _REASONS if pattern.search(self.plain, hit.start, sentence.end))
        return next(found, None)


def _figure(claims: Sequence[Claim], harm: str) -> int | None:
    """The conceded toll, in people: the figure of the first total that is stated of people who were not fighting."""
    for claim in claims:
        if claim.harm == harm and claim.part_of is None and claim.victim_class != "combatant":
            return next((value for value in (claim.best, claim.low, claim.high) if value is not None), None)
    return None
