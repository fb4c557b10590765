"""The extractor: a text in, claims out. Reads like a table of contents of the rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from extraction import lexicon, relations, victims
from extraction.chunks import clause
from extraction.drafts import Draft, draft
from extraction.groups import groups
from extraction.harm import Finder, Finding
from extraction.numbers import quantities
from extraction.text import Sentence, View, sentences, view
from extraction.tokens import tokens
from schemas.records import Claim, Position

EXTRACTOR = "rules"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a text says: claims of harm and statements of responsibility."""

    claims: tuple[Claim, ...] = ()
    positions: tuple[Position, ...] = ()


def extract(text: str, *, published: date | None = None, publisher: str | None = None, title: str | None = None) -> Extraction:
    """The claims and positions of *text*, in order of their quotes.

    Offsets of the result count code points of *text* as given. *published* resolves relative dates; without it they stay
    NULL. *publisher* and *title* only describe: no claim comes from them.
    """
    if not _gate().search(text):
        return Extraction()
    seen = view(text)
    drafts = _read(seen)
    return Extraction(tuple(_claims(drafts, seen)))


_GATE: list[re.Pattern[str]] = []


def _gate() -> re.Pattern[str]:
    if not _GATE:
        stems = sorted({word.split()[-1] if word.split()[0] in {"in", "taken", "put"} else word.split()[0] for word in lexicon.harm_words()})
        _GATE.append(re.compile("|".join(sorted({stem[:5] for stem in stems})), re.IGNORECASE))
    return _GATE[0]


def _read(seen: View) -> list[Draft]:
    drafts: list[Draft] = []
    spans = sentences(seen.plain)
    numbers = quantities(seen.plain)
    starts = [number.start for number in numbers]
    for index, sentence in enumerate(spans):
        if not _gate().search(seen.plain, sentence.start, sentence.end):
            continue
        inside = numbers[bisect_left(starts, sentence.start):bisect_left(starts, sentence.end)]
        drafts += _sentence(seen, index, sentence, [n for n in inside if n.end <= sentence.end], drafts)
    relations.restated(drafts)
    relations.sums(drafts)
    return drafts


def _sentence(seen: View, index: int, sentence: Sentence, inside: list, earlier: list[Draft]) -> list[Draft]:  # type: ignore[type-arg]
    words = tokens(seen.plain, sentence.start, sentence.end, inside)
    part = clause(seen.plain, words, groups(words))
    found = [_draft(index, part, finding) for finding in Finder(part).run() if _is_claim(finding)]
    found += relations.parts(index, part, found, earlier)
    found.sort(key=lambda item: (item.value_start, item.start))
    for item in found:
        victims.describe(item)
    return found


def _is_claim(finding: Finding) -> bool:
    group = finding.group
    if finding.unreal or group.count == "bare":
        return False
    if finding.negated and group.count != "none":
        return False
    return not (group.definite and group.number is None and finding.rule == "reduced")


def _draft(index: int, part, finding: Finding) -> Draft:  # type: ignore[no-untyped-def]
    made = draft(index, part, finding.group, finding.at, finding.predicate, finding.harm, finding.rule)
    made.active = finding.agent_left
    made.flags |= finding.flags
    return made


def _claims(drafts: list[Draft], seen: View) -> list[Claim]:
    number = {id(item): position for position, item in enumerate(drafts)}
    made: list[Claim] = []
    for position, item in enumerate(drafts):
        start, end = seen.span(item.start, item.end)
        value_start, value_end = seen.span(item.value_start, item.value_end)
        made.append(Claim(
            number=position, quote=seen.text[start:end], quote_start=start, quote_end=end, qualifier=item.qualifier, harm=item.harm,
            victim_class=item.victim_class, scope=item.scope, claimant=item.claimant, value_text=seen.text[value_start:value_end],
            value_start=value_start, value_end=value_end, low=item.low, best=item.best, high=item.high, demographic=item.demographic, role=item.role,
            nationality=item.nationality, period_start=item.period_start, period_end=item.period_end,
            part_of=number[id(item.whole)] if item.whole is not None else None,
            restates=number[id(item.restates)] if item.restates is not None else None, co_claimants=item.co_claimants, claimant_text=item.claimant_text,
            relays=item.relays, perpetrators=item.perpetrators, weapon=item.weapon, place_text=item.place_text, place_context=item.place_context,
            country=item.country, date_text=item.date_text, date_start=item.date_start, date_end=item.date_end, date_precision=item.date_precision,
            date_basis=item.date_basis, segment=item.segment, partition=item.partition, flags=tuple(sorted(item.flags)), rules=tuple(item.rules),
            confidence=item.confidence))
    return made
