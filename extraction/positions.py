"""What parties say about their responsibility: claims of it, denials, hedges, blame.

The rules are data (`data/position_cues.csv`: position, who speaks, what must hold, the words; `data/position_words.csv`: the word
classes they are written in). A cue is found in a sentence, then the one who holds the position is looked for in the grammar:

    subject   the cue is a verb ("denied carrying out"): its subject
    voice     the cue is what somebody says ("there were no … strikes in the area"): the voice that governs it
    before    the party named just before ("condemned X for not admitting")
    after     the party named just after ("claimed by X")

A cue without a holder is no position: the narrator holds none. Earlier rows of the file win where two cues overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from extraction import lexicon
from extraction.actors import ActorMention, actor_mentions, actors, canonical, parent_of
from extraction.attribution import Stretch, governing
from extraction.blame import ARMED, doers_by_demonym
from extraction.dates import date_mentions
from extraction.text import Sentence, View
from schemas.enums import values
from schemas.records import Claim, Position

_SPEAKERS = frozenset({"subject", "voice", "before", "after"})
_NEEDS = frozenset({"", "party", "accused", "own"})
_ANYBODY = frozenset({"rejects_figure", "perpetrator_unclear", "blames"})
"""Positions that monitors and other voices take too; all others are a party's own."""
_NO_PARTY = re.compile(r"\b(?:police|health|hospital|civil defen[cs]e|rescue|prosecutor|coroner|embassy|parliament|media)\b", re.IGNORECASE)
_OUTLETS = frozenset({"media", "local_media", "state_media"})
_UNREAL = re.compile(
    r"\b(?:if|unless|should|would|could|might|may|whether|not|never|cannot|without|before|to|yet to|nobody|nor|no one|none|neither|who|which group|anyone)\s+(?:[\w-]+ly\s+|ever\s+|be\s+|have\s+|has\s+|had\s+|having\s+)*$|n't\s+(?:\w+\s+)?$",
    re.IGNORECASE)
_HYPOTHETICAL = re.compile(r"\b(?:if|unless|in case|even if|were it)\b[^,;]*$", re.IGNORECASE)
_OWN_WORD = re.compile(r"\b(?:it|they|we|he|she|its|their|our|his|her|own|I)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:that|said|says|but|after|while|because|when|if|whether|where|which|who|and then|insisted|admitted|acknowledged|confirmed|conceded|although|claimed|claims|denied)\b|[,;:()\u2014]", re.IGNORECASE)
_NO_VERB = re.compile(r"\b(?:is|are|was|were|be|been|said|says|had|has|have|did|to|for|after|when|that|which|while|against|targeting|hit|struck|killed|by)\b", re.IGNORECASE)
_LEAD = re.compile(r"(?:\s*\b(?:has|have|had|did|does|is|are|was|were|also|later|then|meanwhile|once|immediately|quickly|[\w-]+ly|again|earlier|today|yesterday|this week|last week|on \w+day|\w+day|since|"
                   r"itself|themselves|in turn|both|all|strongly|who|which|too)\b,?)*\s*$", re.IGNORECASE)
_APPOSITION = re.compile(r",(?P<inside>[^,;]{3,170}),$")
_OFFICE = re.compile(r"\b(?:commander|leader|spokes\w+|official|officer|minister|member|head|chief|general|colonel|envoy|ambassador|emir|militant group|armed group|branch|affiliate)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:^|[\s,])(?P<word>it|they|he|she|we)$", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|a|an|its|this)\s+(?:[\w-]+ ){0,3}?(?P<noun>group|militants|militia|rebels|insurgents|movement|organi[sz]ation|coalition|military|army|command|government|ministry|regime|alliance|statement)"
                       r"(?:'s)?(?: (?:spokes\w+|officials?|commander|statement|officers?))?$", re.IGNORECASE)
_COALITION_HEAD = re.compile(r"(?:[\w.'-]+\s+){0,2}coalition\b", re.IGNORECASE)
_MAY_BE_COALITION = frozenset({"person", "generic", "phrase", "state_military"})
_STATE_OFFICE = re.compile(r"(?:the |a )?([A-Z][\w.]+) (?:[\w-]+ ){0,3}?(?:minister|president|defen[cs]e|army|military|general|government|chief of staff)\b", re.IGNORECASE)
_OF_DEED = re.compile(r"(?:'s)?(?:\s+[\w-]+){0,2}?\s+(?:air\s?strikes?|strikes?|raids?|bombardments?|shelling|bombs?|bombings?|drone)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s+for\s+(?:an?|several|two|three|other|many|similar|previous|past|last|most|some|numerous|dozens|hundreds)\b", re.IGNORECASE)
"""An attack that the sentence itself introduces: not the one told before."""
_DAY_FIRST = re.compile(r"\s*(?:(?:on |late |early )*(?:\w+day|today|yesterday)\b,?\s*)?", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:its|our|their)\b", re.IGNORECASE)
_FORCES = re.compile(r"\b(?:forces|troops|soldiers|aircraft|warplanes|jets|fighters|military|army)$", re.IGNORECASE)
_NO_STRIKES = re.compile(r"(?:[\w-]+\s+){0,3}?no\b", re.IGNORECASE)
_OTHER_HEAD = re.compile(r"[,;:\u2014]|\b(?:in|of|from|with|and|where)\b", re.IGNORECASE)
_MODIFIER = re.compile(r"\s(?:fighting|battling|against|targeting|opposed to|backed by|allied with|loyal to|in|of|from|with)\s+(?:the\s+)?$", re.IGNORECASE)
_COALITION_VOICE = re.compile(r"\bcoalition\b", re.IGNORECASE)
_COORDINATED = re.compile(r"(?:\b(?:and|but|or)|,)$", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:said|says|announced|stated|revealed|insisted|confirmed|told \w+|added|claimed|acknowledged|admitted|reported|estimated|estimates)\b", re.IGNORECASE)
_CLOSING = re.compile(r"[,\"]\s*[^,\"]{2,70}$|,[^,\"]{2,40},[^,\"]{2,70},\s*$")
"""Between words and the verb that closes them stands the one who speaks: "…," a spokesman said."""
_STOP = re.compile(r"[;\u2014]|,?\s(?:but|while|although|though|whereas|saying|adding|insisting)\b|,(?=\s+(?:and\s)?(?:the|a|an|he|she|it|they|[A-Z][\w.-]+)(?:\s[\w.-]+){0,4}\s(?:said|says|told|added|reported)\b)", re.IGNORECASE)
_SPEAKS_FOR = re.compile(r"\s(?:forces\s)?(?:confirms|confirmed|is|was|are|were|has|have|had|takes?|did|does|do|conducts?|conducted|will|regrets|continues|remains|can|cannot)\b", re.IGNORECASE)
_MISTAKE = re.compile(r"\b(?:mistaken(?:ly)?|unintentional(?:ly)?|unintended|inadvertent(?:ly)?|accidental(?:ly)?|by (?:mistake|accident)|in error)\b", re.IGNORECASE)
_OWN_DEED = re.compile(r"\b(?:it|they|we|(?:its|our|their)(?: own)?(?: [\w-]+){1,3}) (?:(?:had|have|has|also) )*(?:\w+ly )?(?:killed|wounded|injured|executed|shot|\"?neutrali[sz]ed\"?|eliminated)\b", re.IGNORECASE)
_CARRIED = re.compile(r"\b(?:told|tells|carried by|quoted by|cited by|published by|reported by|email to|interview with|statement to|via|by)\s+(?:the\s+)?$", re.IGNORECASE)
_FAMILIES = {"group": {"armed_group"}, "militants": {"armed_group"}, "militia": {"armed_group"}, "rebels": {"armed_group"}, "insurgents": {"armed_group"}, "movement": {"armed_group"},
             "organisation": {"armed_group", "monitor", "ngo"}, "organization": {"armed_group", "monitor", "ngo"}, "coalition": {"coalition"}, "alliance": {"coalition"},
             "military": {"state_military"}, "army": {"state_military"}, "command": {"state_military", "coalition"}, "government": {"government", "state_military"},
             "ministry": {"government", "state_military"}, "regime": {"government"}, "statement": {"state_military", "coalition", "armed_group", "government"}}
_REASONS = ((re.compile(r"\b(?:insufficient|not enough|lack\w*|too little|inadequate)\b[^.;]{0,20}\b(?:information|details?|data)\b|\bmore [\w ]{0,12}information\b", re.IGNORECASE), "insufficient_information"),
            (re.compile(r"\b(?:insufficient|not enough|lack\w*|too little|inadequate|no) (?:\w+ )?evidence\b", re.IGNORECASE), "insufficient_evidence"),
            (re.compile(r"\bno (?:[\w-]+ ){0,3}?(?:air[- ]?)?(?:strikes?|raids|sorties)\b", re.IGNORECASE), "no_coalition_strikes"), (_MISTAKE, "unintentional"))


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of `data/position_cues.csv`, compiled."""

    position: str
    speaker: str
    needs: str
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


@cache
def cues() -> tuple[Cue, ...]:
    """The cues in file order. ValueError names the row with an unknown position, speaker, need or word class."""
    words = {row["name"]: row["pattern"] for row in lexicon.rows("position_words.csv")}
    found: list[Cue] = []
    for number, row in enumerate(lexicon.rows("position_cues.csv"), start=2):
        if row["position"] not in values("position") or row["speaker"] not in _SPEAKERS or row["needs"] not in _NEEDS:
            raise ValueError(f"position_cues.csv, line {number}: position, speaker or needs is not one of the known")
        found.append(Cue(row["position"], row["speaker"], row["needs"], _compiled(row["cue"], words, number)))
    return tuple(found)


def _compiled(cue: str, words: Mapping[str, str], number: int) -> re.Pattern[str]:
    """The pattern of *cue* with its word classes filled in. A group can stand in several alternatives of a cue: its name is numbered."""
    missing = set(re.findall(r"\{([a-z]\w*)\}", cue)) - set(words)
    if missing:
        raise ValueError(f"position_cues.csv, line {number}: no such word class: {', '.join(sorted(missing))}")
    filled = re.sub(r"\{([a-z]\w*)\}", lambda hit: words[hit[1]], cue)
    for name in ("self", "target", "doer"):
        parts = filled.split(f"(?P<{name}>")
        filled = parts[0] + "".join(f"(?P<{name}{index}>{part}" for index, part in enumerate(parts[1:]))
    spaced = re.sub(r" (?![?*+{])", r"[\\s]+", filled)
    return re.compile(spaced if spaced.startswith("\\b") else rf"\b(?:{spaced})", re.IGNORECASE)


@cache
def _gate() -> re.Pattern[str]:
    return re.compile(r"responsib|den(?:y|ied|ies)|blam|accus|claim|admi|acknowledg|conce|confirm|reject|disput|dismiss|figure|number|toll|may |might |could |strike|raid|clear|investigat|assess|looking into|"
                      r"review|aware|apolog|regret|credible|duplicate|reopen|re-open|known|behind|information|evidence|attribut|finger|held|kill|wound|injur|serious|unab|impossible", re.IGNORECASE)


def positions(seen: View, sentences: Sequence[Sentence], heard: Mapping[int, Sequence[Stretch]], claims: Sequence[Claim],
              published: date | None) -> tuple[Position, ...]:
    """The statements of responsibility of a text, in order of their quotes.

    *heard* are the voices of each sentence by its index (`extraction.attribution.stretches`), *claims* the claims of the same text
    (their ``number`` fills ``about``), *published* resolves "said Friday". Offsets of the result count code points of the
    text as given. Blame that a claim carries in its grammar ("killed in Israeli strikes, residents said") stays with the claim
    (``perpetrators``); here stands who is blamed in so many words.
    """
    return _Reader(seen, sentences, heard, claims, published).run()


def same_side(one: str, other: str) -> bool:
    """Whether two canonical actors answer for one another: equal, parent, a state and its offices, a coalition and its leader."""
    return bool(_sides(one) & _sides(other))


@cache
def _sides(name: str) -> frozenset[str]:
    own = canonical(name)
    found = {own, parent_of(own) or own}
    leader = re.match(r"(\w+)-led ", own)
    office = re.fullmatch(r"([A-Z]\w+) (?:officials|military|government|\w+ ministry|forces|army|Air Force|navy)", own)
    if leader or office:
        found.add(canonical(f"{(leader or office)[1]} forces"))  # type: ignore[index]
    return frozenset(found)


def _party(holder: _Holder) -> _Holder:
    """"US officials" take a position for the United States."""
    state = re.fullmatch(r"([A-Z]\w+) (?:officials|government|defen[cs]e ministry)", holder.name)
    name = canonical(f"{state[1]} forces") if state else holder.name
    return replace(holder, name=name) if name in actors() else holder


@dataclass(slots=True)
class _Reader:
    seen: View
    sentences: Sequence[Sentence]
    heard: Mapping[int, Sequence[Stretch]]
    claims: Sequence[Claim]
    published: date | None
    plain: str = ""
    mentions: list[ActorMention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    accused: set[str] = field(default_factory=set)
    speaks_for: dict[str, _Holder] = field(default_factory=dict)
    """Surname of an officer to the coalition whose words he speaks."""
    last: _Holder | None = None
    placed: list[tuple[int, Claim]] = field(default_factory=list)
    """Claims with the index of their sentence."""

    def run(self) -> tuple[Position, ...]:
        self.plain = re.sub(r"\"|(?<!\w)'|'(?!\w)", " ", self.seen.plain)
        self.mentions = [m for m in actor_mentions(self.seen.plain)]
        self.starts = [m.start for m in self.mentions]
        doers = doers_by_demonym(self.plain, 0, len(self.plain), (), None)
        struck = [m.name for m in self.mentions if m.kind in ARMED and _OF_DEED.match(self.plain, m.end)]
        self.accused = {p.actor for claim in self.claims for p in claim.perpetrators} | {m.name for m in doers if _OF_DEED.match(self.plain, m.end)} | set(struck)
        ends = [sentence.end for sentence in self.sentences]
        self.placed = [(bisect_left(ends, self._back(claim.quote_start) + 1), claim) for claim in self.claims]
        self._officers()
        hits: list[_Hit] = []
        # Blame first: whom the text accuses decides what a later "confirmed the attack" means.
        for wanted in (True, False):
            self.last = None
            for index, sentence in enumerate(self.sentences):
                if _gate().search(self.plain, sentence.start, sentence.end):
                    hits += self._sentence(index, sentence, wanted)
                self._remember(index, sentence)
            self.accused |= {hit.target for hit in hits if hit.target}
        hits += self._tolls(hits)
        hits.sort(key=lambda hit: (hit.start, hit.end))
        return tuple(dict.fromkeys(self._position(hit) for hit in hits))

    def _officers(self) -> None:
        """"The coalition confirms it did," Col. X said: who says so of a coalition speaks for it, whatever his uniform."""
        for index, sentence in enumerate(self.sentences):
            voices = [s.voice for s in self.heard.get(index, ()) if s.voice.people and s.voice.kind == "state_military"]
            for mention in self._inside(sentence.start, sentence.end) if voices else ():
                quoted = self.seen.plain.count('"', sentence.start, mention.start) % 2
                if mention.kind == "coalition" and quoted and _SPEAKS_FOR.match(self.plain, mention.end):
                    holder = _Holder(mention.name, mention.kind)
                    self.speaks_for.update({name: holder for voice in voices for name in voice.people})

    def _inside(self, start: int, end: int) -> list[ActorMention]:
        return [m for m in self.mentions[bisect_left(self.starts, start):bisect_left(self.starts, end)] if m.end <= end]

    def _sentence(self, index: int, sentence: Sentence, blames: bool) -> list[_Hit]:
        found: list[_Hit] = []
        for cue in cues():
            if (cue.position == "blames") != blames:
                continue
            for match in cue.pattern.finditer(self.plain, sentence.start, sentence.end):
                hit = self._hit(cue, match, index, sentence)
                if hit and not any(same_side(hit.holder.name, o.holder.name) and (hit.position == o.position or match.start() < o.end and o.start < match.end()) for o in found):
                    found.append(hit)
        return found

    def _hit(self, cue: Cue, match: re.Match[str], index: int, sentence: Sentence) -> _Hit | None:
        before = self.plain[sentence.start:match.start()]
        unreal = _UNREAL.search(before) if cue.speaker == "subject" and cue.position != "no_acknowledgement" else None
        if unreal or _HYPOTHETICAL.search(before):
            return None
        holder = self._holder(cue, match, index, sentence)
        if holder is None:
            return None
        own = self._own(match, holder, sentence)
        if own is None:
            return None
        start = min(own, match.start() if holder.start is None or match.start() - holder.start > 90 else holder.start)
        target = self._target(match, holder, sentence)
        if cue.position == "blames" and target is None or not self._holds(cue, holder, sentence, target):
            return None
        position = cue.position
        if position == "perpetrator_unclear" and self._is_accused(holder) and self._is_party(holder):
            position = "responsibility_undetermined"
        if position == "acknowledged_strike" and holder.kind == "armed_group":
            position = "accepted_responsibility"
        return _Hit(position, holder if cue.position in _ANYBODY else _party(holder), start, match.end(), index, target)

    def _holds(self, cue: Cue, holder: _Holder, sentence: Sentence, target: str | None) -> bool:
        """Whether the cue's needs are met by its *holder*."""
        if cue.position in _ANYBODY:
            return target is None or not same_side(target, holder.name)
        if not self._is_party(holder):
            return False
        own = cue.needs == "own" and any(same_side(m.name, holder.name) for m in self._inside(sentence.start, sentence.end))
        return cue.needs in {"", "party"} or own or self._is_accused(holder)

    def _is_party(self, holder: _Holder) -> bool:
        return holder.kind in ARMED and not _NO_PARTY.search(holder.name)

    def _is_accused(self, holder: _Holder) -> bool:
        return any(same_side(holder.name, actor) for actor in self.accused)

    # Who holds the position.

    def _holder(self, cue: Cue, match: re.Match[str], index: int, sentence: Sentence) -> _Holder | None:
        if cue.speaker == "voice":
            return self._voice(match.start(), match.end(), index, sentence)
        if cue.speaker == "subject":
            return self._subject(match.start(), match.end(), index, sentence)
        if cue.speaker == "after":
            named = [m for m in self._inside(match.end(), sentence.end) if m.start - match.end() < 40 and not _NO_VERB.search(self.plain, match.end(), m.start)]
            return _Holder(named[0].name, named[0].kind, match.start()) if named else None
        named = [m for m in self._inside(sentence.start, match.start()) if match.start() - m.end < 25]
        return _Holder(named[-1].name, named[-1].kind, named[-1].start) if named else None

    def _voice(self, start: int, end: int, index: int, sentence: Sentence) -> _Holder | None:
        """The voice that governs the words; where no verb of saying was understood, the subject of the last one before them."""
        stretch = governing(self.heard.get(index, ()), start, end)
        if stretch is not None and stretch.start <= start + 2:
            return self._of(stretch)
        said = list(_SAYS.finditer(self.plain, sentence.start, sentence.end))
        opening = [hit for hit in said if hit.start() < start]
        closing = [hit for hit in said if start < hit.start() < end or hit.start() >= end and _CLOSING.search(self.seen.plain[end:hit.start()])]
        chosen = opening[-1] if opening else closing[0] if closing else None
        return self._subject(chosen.start(), chosen.end(), index, sentence) if chosen else None

    def _of(self, stretch: Stretch) -> _Holder | None:
        voice = stretch.voice
        for name in voice.people:
            if name in self.speaks_for:
                return self.speaks_for[name]
        if voice.kind in _MAY_BE_COALITION and _COALITION_HEAD.match(voice.text):
            return next((_Holder(m.name, m.kind, None, stretch.relays) for m in self.mentions if m.kind == "coalition"), None)
        if voice.kind in {"person", "generic", "phrase"}:
            definite = _DEFINITE.search(voice.text)
            meant = self._meant(definite["noun"].lower(), stretch.verb) if definite else None
            if meant is not None:
                return meant
        state = _STATE_OFFICE.match(voice.text)
        if voice.kind == "person" and state and canonical(f"{state[1]} forces") in actors():
            return _Holder(canonical(f"{state[1]} forces"), "state_military", None, stretch.relays)
        return _Holder(canonical(voice.name), voice.kind, None, stretch.relays)

    def _subject(self, start: int, end: int, index: int, sentence: Sentence) -> _Holder | None:
        """The subject of the verb at *start*: the one that attribution found, else the noun phrase before it."""
        stretch = next((s for s in self.heard.get(index, ()) if start <= s.verb < end), None)
        left = self.plain[sentence.start:start]
        left = left[:len(left) - len(_LEAD.search(left)[0])] if _LEAD.search(left) else left  # type: ignore[index]
        phrase = left.rstrip()
        named = self._phrase(phrase, sentence.start)
        if named is not None:
            return next((self.speaks_for[name] for name in (stretch.voice.people if stretch else ()) if name in self.speaks_for), named)
        definite = _DEFINITE.search(phrase)
        if definite:
            meant = self._meant(definite["noun"].lower(), sentence.start + definite.start())
            if meant is not None or stretch is None or stretch.voice.kind not in _FAMILIES[definite["noun"].lower()]:
                return meant
        if stretch is not None and not _PRONOUN.search(phrase):
            return self._of(stretch)
        if _PRONOUN.search(phrase):
            earlier = [s for s in self.heard.get(index, ()) if s.verb < start]
            return self._of(earlier[-1]) if earlier else self._of(stretch) if stretch else self.last
        if _COORDINATED.search(phrase) or not phrase:
            earlier = [s for s in self.heard.get(index, ()) if s.verb < start]
            first = self._inside(sentence.start, start)
            return self._of(earlier[-1]) if earlier else _Holder(first[0].name, first[0].kind, first[0].start) if first else None
        return None

    def _phrase(self, phrase: str, offset: int) -> _Holder | None:
        """The actor that the noun phrase at the end of *phrase* names, an aside between commas read or skipped."""
        aside = _APPOSITION.search(phrase)
        if aside is not None:
            inside = [m for m in self._inside(offset + aside.start("inside"), offset + aside.end("inside"))]
            if inside and _OFFICE.search(aside["inside"]):
                return _Holder(inside[0].name, inside[0].kind, inside[0].start)
            phrase = phrase[:aside.start()]
        end = offset + len(phrase)
        for mention in reversed(self._inside(max(offset, end - 110), end)):
            gap = re.sub(r"\([^)]*\)", "", self.plain[mention.end:end])
            modifier = _MODIFIER.search(self.plain, max(offset, mention.start - 25), mention.start)
            if modifier is not None and self._inside(max(offset, mention.start - 60), modifier.start() + 1):
                end = modifier.start()
            elif len(gap) <= 60 and not _NO_VERB.search(gap) and not _OTHER_HEAD.search(gap):
                return _Holder(mention.name, mention.kind, mention.start)
        return None

    def _meant(self, noun: str, at: int) -> _Holder | None:
        """The body that "the group", "the army" stands for: the last of its kind named before *at*."""
        for mention in reversed(self.mentions[:bisect_left(self.starts, at)]):
            if mention.kind in _FAMILIES.get(noun, ()):
                return _Holder(mention.name, mention.kind)
        return None

    def _remember(self, index: int, sentence: Sentence) -> None:
        voices = self.heard.get(index, ())
        named = self._inside(sentence.start, sentence.end)
        if voices:
            self.last = self._of(voices[-1])
        elif named:
            self.last = _Holder(named[0].name, named[0].kind)

    # What the position is about.

    def _own(self, match: re.Match[str], holder: _Holder, sentence: Sentence) -> int | None:
        """Where the cue with its subject begins; None where it has a subject that is not the speaker ("it may have", "no coalition airstrikes")."""
        for name, text in match.groupdict().items():
            if not name.startswith("self") or text is None:
                continue
            end = match.end(name)
            denial = _NO_STRIKES.match(match.group())
            start = match.start(name) if denial else max(sentence.start, end - 60)
            cut = [hit.end() for hit in _CLAUSE.finditer(self.plain, start, end)]
            start = cut[-1] if cut and not denial else start
            start += len(_DAY_FIRST.match(self.plain[start:end])[0])  # type: ignore[index]
            if not denial and not self._speaks_of_itself(start, end, holder):
                return None
            if denial and any(not same_side(m.name, holder.name) for m in self._inside(start, end)):
                return None
            return min(start, match.start())
        return match.start()

    def _speaks_of_itself(self, start: int, end: int, holder: _Holder) -> bool:
        """Whether the noun phrase is the speaker: its name, a pronoun, "its forces", "the military"."""
        phrase = self.plain[start:end]
        named = self._inside(start, end)
        if named:
            return any(same_side(m.name, holder.name) for m in named) or bool(_OWNED.search(phrase))
        return bool(_OWN_WORD.search(phrase) or _FORCES.search(phrase) or holder.kind == "coalition" and _COALITION_VOICE.search(phrase))

    def _target(self, match: re.Match[str], holder: _Holder, sentence: Sentence) -> str | None:
        for name in match.groupdict():
            if match.start(name) < 0 or name.startswith("self"):
                continue
            at = match.start(name)
            if name.startswith("doer"):
                near = [m for m in self._inside(max(sentence.start, at - 40), match.end(name)) if match.end(name) - m.end <= 12]
                return near[-1].name if near else None
            after = self.plain[at:]
            lead = re.match(r"\s*(?:(?:the|a|an|suspected|alleged|members of|fighters (?:from|of|loyal to)|militants (?:from|of)|rogue|unidentified|[a-z]+) ){0,4}", after)
            limit = at + (lead.end() if lead else 0) + 4
            near = [m for m in self._inside(at, sentence.end) if m.start <= limit and not _NO_VERB.search(self.plain, at, m.start)]
            return near[0].name if near else None
        return None

    def _tolls(self, hits: Sequence[_Hit]) -> Iterator[_Hit]:
        """A party that states its own toll: "its forces have killed 64 civilians", "1,257 were mistakenly killed"."""
        for index, claim in self.placed:
            start, end = self._back(claim.quote_start), self._back(claim.quote_end)
            if index >= len(self.sentences) or claim.part_of is not None or claim.harm not in {"killed", "injured", "killed_or_injured"}:
                continue
            sentence = self.sentences[index]
            holder = self._voice(start, end, index, sentence)
            if holder is None or not self._is_party(holder) or any(h.sentence == index and h.position in {"possible_responsibility", "denied_harm", "rejects_figure", "no_acknowledgement"} and h.start < end and start < h.end for h in hits):
                continue
            own = [p for p in claim.perpetrators if same_side(p.actor, holder.name)]
            others = len(own) < len(claim.perpetrators)
            if claim.qualifier == "none_reported":
                if own and claim.victim_class in {"civilian", "unknown", "mixed"} and not any(h.sentence == index and h.position == "denied_harm" for h in hits):
                    yield _Hit("denied_harm", _party(holder), start, end, index, None, claim)
            elif not others and self._own_toll(start, end, sentence, holder):
                yield _Hit("accepted_responsibility", _party(holder), start, end, index, None, claim)

    def _own_toll(self, start: int, end: int, sentence: Sentence, holder: _Holder) -> bool:
        around = (max(sentence.start, start - 60), min(sentence.end, end + 60))
        named = [m for m in self._inside(*around) if same_side(m.name, holder.name)]
        struck = any(re.match(r"(?:'s)?\s+(?:[\w-]+\s+){0,2}?(?:(?:had|have|has)\s+)?(?:killed|air ?strikes?|strikes|raids?|forces (?:have |had )?killed)\b", self.plain[m.end:m.end + 50], re.IGNORECASE) for m in named)
        return bool(_MISTAKE.search(self.plain, *around) or _OWN_DEED.search(self.plain, *around) or struck)

    def _back(self, position: int) -> int:
        """The plain position of a code point of the given text."""
        return bisect_left(range(len(self.seen.plain)), position, key=self.seen.at)

    # The record.

    def _position(self, hit: _Hit) -> Position:
        sentence = self.sentences[hit.sentence]
        stop = _STOP.search(self.seen.plain, hit.end, sentence.end) if hit.claim is None else None
        end = hit.end if hit.claim else min(stop.start() if stop else sentence.end, hit.end + 200)
        text = self.seen.plain[hit.start:end]
        end = hit.start + len(text.rstrip(" ,."))
        start, end = self.seen.span(hit.start, end)
        about = (hit.claim,) if hit.claim else self._about(hit)
        conceded = about if hit.position in {"accepted_responsibility", "credible"} and all(at == hit.sentence for at, c in self.placed if c in about) else ()
        return Position(
            actor=hit.holder.name, position=hit.position, quote=self.seen.text[start:end], quote_start=start, quote_end=end, target=hit.target,
            relay=self._relay(hit, sentence), stated_on=self._stated(hit, sentence), killed_conceded=_figure(conceded, "killed"),
            injured_conceded=_figure(conceded, "injured"), reason=self._reason(hit, sentence), about=tuple(c.number for c in about))

    def _about(self, hit: _Hit) -> tuple[Claim, ...]:
        """The claims of the same event: those of its sentence, else the nearest of one day, the sentences before it first."""
        if hit.position == "rejects_figure":
            disputed = [c for at, c in self.placed if hit.sentence - 5 <= at <= hit.sentence and c.part_of is None and self._back(c.quote_end) <= hit.start
                        and not same_side(c.claimant, hit.holder.name)]
            return tuple(disputed[-1:])
        here = tuple(claim for at, claim in self.placed if at == hit.sentence)
        if here or _ELSEWHERE.match(self.plain, hit.end):
            return here
        near = [(abs(at - hit.sentence) + (0 if at < hit.sentence else 3), claim) for at, claim in self.placed if claim.scope == "incident" and -6 <= at - hit.sentence <= 3]
        day = next((claim.date_start for _, claim in sorted(near, key=lambda item: item[0]) if claim.date_start), None)
        return tuple(claim for _, claim in near if claim.date_start in {day, None})

    def _relay(self, hit: _Hit, sentence: Sentence) -> str | None:
        if hit.holder.relays:
            return hit.holder.relays[0]
        outlets = [m for m in self._inside(sentence.start, sentence.end) if m.kind in _OUTLETS and m.name != hit.holder.name and _CARRIED.search(self.plain, max(sentence.start, m.start - 30), m.start)]
        return outlets[0].name if outlets else None

    def _stated(self, hit: _Hit, sentence: Sentence) -> date | None:
        """The day of "said Friday": a date right after a verb of saying or of the position itself."""
        said = [m.end() for m in _SAYS.finditer(self.plain, sentence.start, sentence.end)]
        for mention in date_mentions(self.plain[sentence.start:sentence.end], self.published):
            at = sentence.start + mention.start
            if mention.precision in {"day", "time"} and mention.date_start and any(0 <= at - end <= 12 for end in said):
                return mention.date_start
        return None

    def _reason(self, hit: _Hit, sentence: Sentence) -> str | None:
        if hit.position not in {"responsibility_undetermined", "insufficient_information", "denied_strike", "denied_harm", "non_credible", "accepted_responsibility"}:
            return None
        return next((reason for pattern, reason in _REASONS if pattern.search(self.plain, hit.start, sentence.end)), None)


def _figure(claims: Sequence[Claim], harm: str) -> int | None:
    """The conceded toll: the low end of the one total that is stated of people who were not fighting."""
    for claim in claims:
        if claim.harm == harm and claim.part_of is None and claim.victim_class != "combatant":
            return next((value for value in (claim.best, claim.low, claim.high) if value is not None), None)
    return None
