"""The extractor: a text in, claims out. Reads like a table of contents of the rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extraction import confidence, victims
from extraction.blame import doers, responsibility
from extraction.blame.dead import end_of_victims
from extraction.drafts import Draft, draft, settle_flags
from extraction.harm.chunks import Clause, clause
from extraction.harm.grammar import Finder
from extraction.harm.groups import groups
from extraction.harm.heads import Group
from extraction.harm.walk import Finding
from extraction.mentions import bodies
from extraction.mentions.settings import Paper, Scenes
from extraction.names.actors import coalition_meant
from extraction.positions.statements import positions
from extraction.relations import aftermath, corrections
from extraction.relations import totals as relations
from extraction.relations.everybody import counted
from extraction.relations.lists import Lists, listed
from extraction.relations.parts import parts
from extraction.scene import scope
from extraction.scene.scene import place_all
from extraction.voices.attribution import Stretch, governing, is_silent, stretches
from extraction.voices.carry import carry
from extraction.voices.memory import Memory
from extraction.voices.sayings import words_of_voices
from extraction.words import gate, lexicon
from extraction.words.index import any_between, index_of
from extraction.words.lexicon import pattern, sought
from extraction.words.numbers import NUMERALS, Quantity, fold_case, quantities
from extraction.words.text import REACH, Sentence, View, segments, sentences, view
from extraction.words.tokens import tokens
from schemas.records import Claim, Position

EXTRACTOR = "rules"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a text says: claims of harm and statements of responsibility."""

    claims: tuple[Claim, ...] = ()
    positions: tuple[Position, ...] = ()


def extract(
    text: str, *, published: date | None = None, publisher: str | None = None, title: str | None = None
) -> Extraction:
    """The claims and positions of *text*, in order of their quotes.

    Offsets of the result count code points of *text* as given. *published* resolves relative dates; without it they
    stay NULL. *publisher* and *title* only describe: no claim comes from them, but a party that publishes a text speaks
    for itself in it.
    """
    seen = view(text)
    if not gate.text_tells(fold_case(seen.plain)):
        return Extraction()
    spans = segments(seen.plain, sentences(seen.plain))
    paper = Paper(seen.plain)
    drafts, heard = _read(seen, spans, paper)
    drafts = [item for item in drafts if not _speaks(item, heard.get(item.sentence, ()))]
    _voices(drafts, heard, paper)
    scenes = Scenes(paper, spans, published, _taken(drafts), bodies.house_of(publisher))
    for item in drafts:
        span = spans[item.sentence]
        first = max(span.start, item.start - REACH)
        said = seen.plain[first : min(span.end, item.end + REACH)]
        periods = scenes.at(item.sentence).periods
        before = spans[max(0, item.sentence - 1)]
        if item.sentence and not periods and scope.of_the_same(said, seen.plain[before.start : before.end]):
            periods = scenes.at(item.sentence - 1).periods
        scope.settle(item, said, first, periods, published)
        item.segment = span.segment
    _inherit(drafts)
    scope.agree(drafts)
    place_all(drafts, scenes)
    doers.lay(drafts, scenes)
    claims = _claims(drafts, seen)
    stated = positions(seen, spans, heard, claims, published, paper.named)
    return Extraction(confidence.score(responsibility.told(claims, stated), text), stated)


def _read(seen: View, spans: list[Sentence], paper: Paper) -> tuple[list[Draft], dict[int, list[Stretch]]]:
    """Drafts of every sentence in order, and the voices of each sentence that has some."""
    drafts: list[Draft] = []
    heard: dict[int, list[Stretch]] = {}
    memory = Memory(home=paper.home, short=paper.short_names, coalition=coalition_meant(seen.plain))
    numbers = quantities(seen.plain)
    starts = [number.start for number in numbers]
    says = index_of(paper.folded).starts(words_of_voices())
    lists = Lists()
    for index, sentence in enumerate(spans):
        line = seen.plain[sentence.start : sentence.end]
        named = paper.actors_in(sentence.start, sentence.end)
        told = gate.tells(paper.folded, sentence.start, sentence.end) or _goes_on(paper, sentence, index, drafts)
        heading = lists.above(line)
        tells = heading is not None or told
        if not tells and not any_between(says, sentence.start, sentence.end) and is_silent(line, memory):
            memory.note(named, seen.plain, sentence.start)
            continue
        inside = numbers[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        words = tokens(seen.plain, sentence.start, sentence.end, [n for n in inside if n.end <= sentence.end])
        heard[index] = stretches(seen.plain, words, memory, named)
        if tells and not _FICTION.search(line):
            names = paper.names_in(sentence.start, sentence.end)
            part = clause(seen.plain, words, groups(words, names, paper.surnames))
            before = _people_before(seen, spans, index, numbers)
            found = _sentence(index, part, drafts, heading, before)
            lists.read(line, part, found, drafts)
            drafts += found
    carry(seen.plain, spans, heard, frozenset(item.sentence for item in drafts), memory)
    drafts = aftermath.settled(drafts)
    aftermath.survivors(seen.plain, spans, drafts)
    relations.divide(drafts, [seen.plain[span.start : span.end] for span in spans])
    _attackers(seen.plain, spans, drafts)
    corrections.withdraw(seen.plain, spans, drafts)
    corrections.early(seen.plain, drafts)
    relations.restated(drafts)
    relations.sums(drafts)
    relations.called_by_name(drafts)
    relations.further_deeds(drafts)
    return drafts, heard


def _goes_on(paper: Paper, sentence: Sentence, index: int, drafts: list[Draft]) -> bool:
    """Whether a sentence without a word of harm tells more of the figures before it ("Four of them were women")."""
    near = bool(drafts) and drafts[-1].sentence >= index - 1
    return near and _TELLS_MORE.search(paper.folded, sentence.start, sentence.end) is not None


_CHARITIES = lexicon.words("attribution", "charities")
_FICTION = sought("reader", "fiction")
_TELLS_MORE = sought("reader", "tells_more")
_SUICIDE = sought("reader", "suicide")
_OWN_END = sought("reader", "own_end")
_EVERY = pattern("reader", "every")
_JUST_AFTER = re.compile(r"\b(?:soon|hours|days|minutes|shortly) after an? (?:\w+ )?suicide\b", re.IGNORECASE)
"""Words that only date the attack by an earlier one."""
_MOST_AT_ONCE = 20
"""More attackers than so many do not die in one attack: then the number is of something else."""


def _attackers(plain: str, spans: list[Sentence], drafts: list[Draft]) -> None:
    """Marks the claims beside a suicide attack with ``attackers_died_N``: the method kills, though no word of death
    says so.
    """
    if any("attacker" in item.flags and item.harm == "killed" for item in drafts):
        return
    if not re.search(r"suicide|sel(?:f|ves)\b|own li(?:fe|ves)\b", plain):
        return
    _own_ends(plain, spans, drafts)
    for index, span in enumerate(spans):
        hit = _SUICIDE.search(plain, span.start, span.end)
        earlier = hit is not None and _JUST_AFTER.search(plain, span.start, hit.end()) is not None
        near = [item for item in drafts if index <= item.sentence <= index + 2] if hit and not earlier else []
        if hit is not None and near:
            word = (hit.group(1) or "").lower()
            told = int(word) if word.isdigit() else 2 if word == "twin" else NUMERALS.get(word, 1)
            count = told if told < _MOST_AT_ONCE else 1
            near[0].flags.add(f"attackers_died_{count}")
            return


def _own_ends(plain: str, spans: list[Sentence], drafts: list[Draft]) -> None:
    """Marks those killed or hurt by somebody who then ended by his own hand ("… before committing suicide")."""
    for index, span in enumerate(spans):
        hit = _OWN_END.search(plain, span.start, span.end)
        done = [item for item in drafts if index - 1 <= item.sentence <= index and item.active] if hit else []
        if hit is not None and done and done[-1].start < hit.start():
            done[-1].flags.add("own_end_1")
            return


def _voices(drafts: list[Draft], heard: dict[int, list[Stretch]], paper: Paper) -> None:
    """The claimant of each draft; an unnamed monitor or charity is the only one that the text names."""
    for item in drafts:
        stretch = governing(heard.get(item.sentence, ()), item.value_start, item.value_end)
        if stretch is None:
            continue
        item.claimant, item.claimant_text, item.relays = stretch.voice.name, stretch.voice.text, stretch.relays
        item.co_claimants = stretch.voice.joint
        item.rules.append(f"voice:{stretch.kind}")
    for item in drafts:
        kind = "monitor" if item.claimant == "monitors" else "ngo" if item.claimant in _CHARITIES else None
        meant = {m.name for m in paper.named if m.kind == kind} if kind is not None else set()
        if len(meant) == 1:
            item.claimant = next(iter(meant))


def _speaks(item: Draft, voices: Sequence[Stretch]) -> bool:
    """ "… kills six: monitor": the one named last speaks and is nobody's victim."""
    words = item.clause.tokens[item.group.first : item.group.last]
    said = item.clause.plain[words[0].start : words[-1].end]
    return item.group.number is None and any(stretch.voice.text == said for stretch in voices)


def _taken(drafts: list[Draft]) -> dict[int, list[tuple[int, int]]]:
    """Spans of victims, by sentence: an actor named there is no doer."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for item in drafts:
        tokens_ = item.clause.tokens
        taken.setdefault(item.sentence, []).append((tokens_[item.group.first].start, end_of_victims(item)))
    return taken


def _inherit(drafts: list[Draft]) -> None:
    """A part shares the scope and period of its total, unless another sentence tells it of one attack."""
    for item in drafts:
        whole = item.whole
        if whole is None or whole.scope == "incident" or item.group.named:
            continue
        if item.sentence == whole.sentence or not scope.of_one(item):
            item.scope, item.period_start, item.period_end = whole.scope, whole.period_start, whole.period_end


def _people_before(seen: View, spans: list[Sentence], index: int, numbers: list[Quantity]) -> Iterator[list[Group]]:
    """The groups of people in the two sentences before *index*, the nearest first."""
    for span in reversed(spans[max(0, index - 2) : index]):
        inside = [number for number in numbers if span.start <= number.start and number.end <= span.end]
        yield groups(tokens(seen.plain, span.start, span.end, inside))


def _sentence(
    index: int, part: Clause, earlier: list[Draft], heading: Draft | None, before: Iterator[list[Group]]
) -> list[Draft]:
    findings = Finder(part).run()
    counted(findings, part, before)
    found = [_draft(index, part, finding) for finding in findings if _is_claim(finding, part)]
    if heading is not None:
        found += listed(index, part, found, heading)
    found += parts(index, part, found, earlier)
    found.sort(key=lambda item: (item.value_start, item.start))
    relations.split_after_colon(found)
    for position, item in enumerate(found):
        victims.describe(item, [*earlier[-3:], *found[:position]])
    return found


def _is_claim(finding: Finding, part: Clause) -> bool:
    group = finding.group
    if finding.unreal or group.count == "bare" or group.left_out(part.tokens):
        return False
    if finding.negated and group.count != "none":
        return False
    if finding.harm == "displaced" and group.count == "single":
        return False  # "the gunman fled": nobody is driven from home
    if part.low(finding.at - 1) == "of which" and part.kind(finding.at - 2) in "ux":
        return False  # "four cars, of which one was blown up"
    if finding.rule == "reduced" and group.count == "none" and group.victim is None and len(group.words) > 1:
        return False
    if _is_rate(finding, part):
        return False
    bare_participle = finding.rule == "reduced" and part.kind(finding.predicate) != "D"
    return not (group.definite and group.number is None and bare_participle and not group.remainder)


def _is_rate(finding: Finding, part: Clause) -> bool:
    """ "an average of one killed every 25 minutes", "12 people die each day": how often, of nobody in particular."""
    number, tokens = finding.group.number, part.tokens
    if number is None or "average" in number.text.lower():
        return number is not None
    for at in (finding.group.last, part.chunks[finding.predicate].last):
        if _EVERY.match(" ".join(token.low for token in tokens[at : at + 3])):
            return True
    return False


def _draft(index: int, part: Clause, finding: Finding) -> Draft:
    made = draft(index, part, finding.group, finding.at, finding.predicate, finding.harm, finding.rule)
    made.active = finding.agent_left
    made.flags |= finding.flags | ({"named"} if finding.group.named else set())
    word = part.tokens[part.chunks[finding.predicate].first].harm
    made.rules.append(f"word:{word.form}") if word is not None else None
    settle_flags(made)
    return made


def _claims(drafts: list[Draft], seen: View) -> list[Claim]:
    number = {id(item): position for position, item in enumerate(drafts)}
    made: list[Claim] = []
    for position, item in enumerate(drafts):
        start, end = seen.span(item.start, item.end)
        value_start, value_end = seen.span(item.value_start, item.value_end)
        made.append(
            Claim(
                number=position,
                quote=seen.text[start:end],
                quote_start=start,
                quote_end=end,
                qualifier=item.qualifier,
                harm=item.harm,
                victim_class=item.victim_class,
                scope=item.scope,
                claimant=item.claimant,
                value_text=seen.text[value_start:value_end],
                value_start=value_start,
                value_end=value_end,
                low=item.low,
                best=item.best,
                high=item.high,
                demographic=item.demographic,
                role=item.role,
                nationality=item.nationality,
                period_start=item.period_start,
                period_end=item.period_end,
                part_of=_kept(item.whole, number),
                restates=_kept(item.restates, number),
                co_claimants=item.co_claimants,
                claimant_text=item.claimant_text,
                relays=item.relays,
                perpetrators=item.perpetrators,
                weapon=item.weapon,
                place_text=item.place_text,
                place_context=item.place_context,
                country=item.country,
                date_text=item.date_text,
                date_start=item.date_start,
                date_end=item.date_end,
                date_precision=item.date_precision,
                date_basis=item.date_basis,
                segment=item.segment,
                partition=item.partition,
                flags=tuple(sorted(item.flags)),
                rules=tuple(item.rules),
                confidence=item.confidence,
            )
        )
    return made


def _kept(target: Draft | None, number: Mapping[int, int]) -> int | None:
    """The number of *target*, or of what it is a part of where it was left out ("it killed him and his kin")."""
    while target is not None and id(target) not in number:
        target = target.whole
    return number[id(target)] if target is not None else None
