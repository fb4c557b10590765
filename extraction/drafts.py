"""A claim while it is being read: what the grammar found, before voice, blame, place and date are added."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from extraction.harm.chunks import Clause
from extraction.harm.heads import Group
from extraction.mentions.places import PlaceMention
from extraction.words.numbers import Quantity
from schemas.records import Perpetrator


@dataclass(slots=True)
class Draft:
    """One claim in the making. Offsets are positions of the plain text; ``sentence`` indexes the document's
    sentences.
    """

    sentence: int
    clause: Clause
    group: Group
    harm: str
    start: int
    end: int
    at: int
    """Chunk of the group."""
    predicate: int
    """Chunk of the word of harm."""
    rules: list[str]
    low: int | None = None
    best: int | None = None
    high: int | None = None
    qualifier: str = "exact"
    value_start: int = 0
    value_end: int = 0
    victim_class: str = "unknown"
    demographic: str | None = None
    role: str | None = None
    nationality: str | None = None
    whole: Draft | None = None
    restates: Draft | None = None
    partition: bool = False
    flags: set[str] = field(default_factory=set)
    active: bool = False
    claimant: str = "narrator"
    co_claimants: tuple[str, ...] = ()
    claimant_text: str | None = None
    relays: tuple[str, ...] = ()
    perpetrators: tuple[Perpetrator, ...] = ()
    weapon: str | None = None
    scope: str = "incident"
    period_start: date | None = None
    period_end: date | None = None
    place: PlaceMention | None = None
    place_text: str | None = None
    place_context: tuple[str, ...] = ()
    country: str | None = None
    date_text: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str | None = None
    date_basis: str | None = None
    segment: str = "body"
    section: int = 0
    """Which item of a round-up of reports, each with a dateline of its own, the sentence stands in; 0 elsewhere."""
    confidence: float = 1.0

    @property
    def number(self) -> int | None:
        """The one figure that stands for the claim: best, else low, else high."""
        if self.best is not None:
            return self.best
        return self.low if self.low is not None else self.high


def draft(sentence: int, clause: Clause, group: Group, at: int, predicate: int, harm: str, rule: str) -> Draft:
    """A draft with its span, value and bounds filled in from *group*."""
    chunk = clause.chunks[predicate]
    first, last = min(group.first, chunk.first), max(group.last, chunk.last)
    if rule == "plain":
        first -= 1
    start, end = clause.tokens[first].start, clause.tokens[last - 1].end
    made = Draft(sentence, clause, group, harm, start, end, at, predicate, [rule])
    _value(made, group.number)
    return made


def _words_for_one(made: Draft, group: Group) -> tuple[int, int]:
    """What stands for the number of one person: the words of the group, but never a name: then the word of harm."""
    tokens = made.clause.tokens
    if not group.named:
        return tokens[group.first].start, tokens[group.last - 1].end
    title = tokens[group.first] if tokens[group.first].victim is not None else None
    word = title or tokens[made.clause.chunks[made.predicate].first]
    return word.start, word.end


def settle_flags(made: Draft) -> None:
    """ "the toll passes 10,000": the verb of the toll qualifies its number."""
    if "exceeds" in made.flags and made.qualifier == "exact":
        made.qualifier, made.high = "more_than", None
    if made.qualifier == "none_reported" and made.harm == "injured" and made.rules[0] in {"passive", "reduced"}:
        made.harm = "killed_or_injured"


def _value(made: Draft, number: Quantity | None) -> None:
    group = made.group
    if (
        number is not None
        and number.kind not in {"article", "ordinal_one"}
        and not (number.kind == "one" and group.victim is not None and group.victim.head == "couple")
    ):
        made.value_start, made.value_end = number.start, number.end
        made.low, made.best, made.high, made.qualifier = number.low, number.best, number.high, number.qualifier
        return
    made.value_start, made.value_end = _words_for_one(made, group)
    if group.count == "none":
        made.low = made.best = made.high = 0
        made.qualifier = "none_reported"
    elif group.count == "bare":
        made.qualifier = "unquantified"
    else:
        couple = group.victim is not None and group.victim.head == "couple"
        made.low = made.best = made.high = 2 if couple else group.persons
