"""What claims state, each of some people: a figure with its parts folded in, or a list with its sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extraction.tolls.counting import TollOptions
from schemas.records import Claim

_ADDING = re.compile(
    r"\b(?:another|others?|additional|further|remaining|more(?! than)|else|"
    r"an? (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth))\b",
    re.IGNORECASE,
)
_ADDED_AFTER = re.compile(r"\W{0,2}(?:others?|other \w+|more|else)\b(?! than)", re.IGNORECASE)
_ADDED_BEFORE = re.compile(r"\b(?:another|further|additional|remaining)\W*$", re.IGNORECASE)
_ALSO = re.compile(
    r"\balso (?:\w+ly |been )*(?:killed|dead|died|murdered|shot|martyred|wounded|injured|hurt|among|lost)\b",
    re.IGNORECASE,
)
_KNOWN = frozenset({"the", "his", "her", "their", "my", "our", "its"})
_LOOSE = frozenset({"vague", "unquantified"})
_OURS = frozenset({"my", "our", "its"})
_MUCH_MORE = 5
_DEEP = 8
"""Nested parts beyond this depth are a loop in the relations."""
_SEVERAL = 3
"""Floor that the extractor gives "several"; larger vague words have larger floors."""
_NEAR = 400
"""Characters within which "others" still contrasts with the figure before."""


@dataclass(slots=True)
class Statement:
    """One or more claims that together speak of some people once: a figure, or a list with its sum."""

    claims: list[Claim]
    low: int
    high: int
    best: int | None
    open: bool
    """True where the words set no upper end ("at least", "dozens")."""
    classes: frozenset[str]
    voices: frozenset[str] = frozenset()
    """Who gives the full split of the figure, beside who gives the figure."""
    additional: bool = False
    """True for people set apart from those named before ("two others died later")."""

    @property
    def first(self) -> Claim:
        return self.claims[0]

    @property
    def vague(self) -> bool:
        return all(claim.qualifier in _LOOSE for claim in self.claims)

    @property
    def bare(self) -> bool:
        return all(claim.qualifier == "unquantified" for claim in self.claims)

    @property
    def narrow(self) -> bool:
        """Whether the words single out some of the people: one sex or age, a role, one person."""
        return self.high == 1 or any(claim.demographic or claim.role for claim in self.claims)

    @property
    def early(self) -> bool:
        """Whether the text gives it as what was first heard."""
        return "early" in self.first.flags

    @property
    def attackers(self) -> bool:
        """Whether all of them are attackers."""
        return all("attacker" in claim.flags for claim in self.claims)

    @property
    def named(self) -> bool:
        """Whether the people are only called by name: who tells of a full count before may mean some of them."""
        return all("named" in claim.flags for claim in self.claims)

    @property
    def ours(self) -> bool:
        """Whether the words only say what somebody told before was to who mourns them ("my uncle")."""
        return all((claim.value_text or "").split(" ")[0].lower() in _OURS for claim in self.claims)

    @property
    def known(self) -> bool:
        """Whether the words take the people as known: called by name, "his friend", "the journalist"."""
        words = ((claim.value_text or "").split(" ")[0].lower() for claim in self.claims)
        return self.named or all(word in _KNOWN for word in words) or all("pronoun" in c.flags for c in self.claims)


def statements(chosen: Sequence[Claim], everything: Sequence[Claim], options: TollOptions) -> list[Statement]:
    """The roots among *chosen*, each with what its parts add; neighbours of one list joined."""
    numbers = {claim.number: claim for claim in chosen}
    children: dict[int, list[Claim]] = {}
    roots: list[Claim] = []
    again: list[Claim] = []
    for claim in chosen:
        if claim.part_of is not None and claim.part_of in numbers:
            children.setdefault(claim.part_of, []).append(claim)
        elif claim.restates is None or claim.restates not in numbers or _ALSO.search(claim.quote):
            roots.append(claim)
        else:
            again.append(claim)
    made: list[Statement] = []
    for claim in roots:
        statement = _statement(claim, children, options)
        if (told := _list_mate(claim, again, made) or _split_mate(claim, made)) is not None:
            join(told, statement)
        elif not made or not statement.high or not made[-1].high:
            made.append(statement)
        elif _in_one_list(made[-1], statement):
            if not _is_split(made[-1], statement, children):
                join(made[-1], statement)
        elif _adds(made[-1], statement, everything):
            statement.additional = True
            if claim.quote_start - made[-1].claims[-1].quote_end < _NEAR:
                join(made[-1], statement)
            else:
                made.append(statement)
        else:
            made.append(statement)
    return made


def _split_mate(claim: Claim, made: Sequence[Statement]) -> Statement | None:
    """What of *made* a total that is not counted itself splits into, together with *claim* ("19 in two days": 17 and
    two).
    """
    if claim.part_of is None or not claim.partition:
        return None
    return next((item for item in made if item.first.partition and item.first.part_of == claim.part_of), None)


def _statement(claim: Claim, children: dict[int, list[Claim]], options: TollOptions, depth: int = 0) -> Statement:
    """The figure of *claim*; a loose one is raised where its parts on one axis (class, or sex and age) make more."""
    low, high = _ends(claim, options)
    named = options.bare_plural if claim.qualifier == "unquantified" else max(claim.best or 0, claim.low or 0)
    open_ = claim.high is None and claim.qualifier != "about" and high == named
    sums = {True: 0, False: 0}
    parts = children.get(claim.number, ()) if depth < _DEEP else ()
    for part in parts:
        inner = _statement(part, children, options, depth + 1)
        sums[part.demographic is not None] += inner.low
        open_ &= not part.partition
    # A stated number stands even where its parts seem to add up to more: then a part was misread or overlaps another.
    floor = max(sums.values()) if claim.low is None or claim.qualifier == "vague" else 0
    low, high = max(low, floor), max(high, floor)
    if claim.qualifier == "at_most" and (sure := sum(part.low or 0 for part in parts)) > 1:
        low = min(low, sure)  # "up to nine people, including four children": four at least
    best = None if claim.best is None else max(claim.best - _died(claim), floor)
    splitters = frozenset(part.claimant for part in parts if part.partition)
    classes = frozenset({claim.victim_class})
    return Statement([claim], low, high, best, open_, classes, splitters)


def _ends(claim: Claim, options: TollOptions) -> tuple[int, int]:
    if claim.qualifier == "unquantified":
        return options.bare_plural, options.bare_plural
    if claim.qualifier == "vague":
        floor = claim.low or 0
        if floor == _SEVERAL:
            return options.several, options.several
        low = floor if options.vague_counts else 0
        return low, low * options.vague_span
    low = next((value for value in (claim.low, claim.best, claim.high) if value is not None), 0)
    high = next((value for value in (claim.high, claim.best, claim.low) if value is not None), low)
    died = _died(claim)
    above = options.at_least_above if claim.qualifier == "at_least" else 0
    return max(low - died, 0), max(high - died, 0) + above


def _died(claim: Claim) -> int:
    """How many of those hurt are told to have died later."""
    return sum(int(flag.removeprefix("died_")) for flag in claim.flags if flag.startswith("died_"))


def _list_mate(claim: Claim, again: Sequence[Claim], made: Sequence[Statement]) -> Statement | None:
    """The figure told before that *claim* completes: "the six monks and their two maids", after "six monks"."""
    mate = next((one for one in again if _overlap(one, claim)), None)
    return next((item for item in made if mate and [one.number for one in item.claims] == [mate.restates]), None)


def _overlap(one: Claim, two: Claim) -> bool:
    return one.quote_start < two.quote_end and two.quote_start < one.quote_end


def _in_one_list(before: Statement, after: Statement) -> bool:
    """Whether both stand under one word of harm: their quotes share it ("killed two soldiers and a nurse")."""
    return _overlap(before.claims[-1], after.first)


def _is_split(whole: Statement, part: Statement, children: dict[int, list[Claim]]) -> bool:
    """Whether *part* goes on with the split of *whole* ("33 people, including 14 children, eight women and …")."""
    known = children.get(whole.first.number, ())
    room = whole.high - sum(claim.low or 0 for claim in known if claim.demographic)
    return bool(known) and part.first.demographic is not None and whole.first.demographic is None and part.low <= room


def _adds(before: Statement, after: Statement, everything: Sequence[Claim]) -> bool:
    """Whether *after* speaks of further people than *before*, by its own words: not where somebody else tells of as
    many and more, and "others" are those beside one named.
    """
    if "additional" in after.first.flags or (_ALSO.search(after.first.quote) and not within(after, [before])):
        return True
    if after.high >= max(before.high, 2) and not voices(before) & voices(after):
        return False
    return is_additional(after.first) and _follows(before, after, everything)


def _follows(before: Statement, after: Statement, everything: Sequence[Claim]) -> bool:
    """Whether no other harm stands between: "others were hurt" after deaths is a contrast, not an addition."""
    end, start = before.claims[-1].quote_end, after.first.quote_start
    harm = after.first.harm
    return end <= start and not any(end <= other.quote_start < start and other.harm != harm for other in everything)


def is_additional(claim: Claim) -> bool:
    """Whether the words set the people apart from those named before ("three others", "another", "a further two")."""
    if "additional" in claim.flags or _ALSO.search(claim.quote):
        return True
    start, end = (
        (claim.value_start or claim.quote_start) - claim.quote_start,
        (claim.value_end or claim.quote_end) - claim.quote_start,
    )
    return bool(
        _ADDING.search(claim.value_text or "")
        or _ADDED_AFTER.match(claim.quote, end)
        or _ADDED_BEFORE.search(claim.quote, 0, max(start, 0))
    )


def join(before: Statement, after: Statement) -> None:
    before.claims += after.claims
    before.low += after.low
    before.high += after.high
    before.best = total((before.best, after.best))
    before.open |= after.open
    before.classes |= after.classes


def within(new: Statement, told: Sequence[Statement]) -> bool:
    """Whether "another son" or "two others" far from a full count is in it: people singled out or called by name, or of
    another voice, or a few told one by one beside a much larger count.
    """
    full = [item for item in told if not item.narrow and item.high >= new.high]
    if all(claim.high == 1 for claim in new.claims) and any(item.high >= new.high * _MUCH_MORE for item in full):
        return True
    return bool(full) and (new.narrow or new.bare or new.named or all(voices(item) != voices(new) for item in full))


def voices(statement: Statement) -> frozenset[str]:
    return statement.voices | frozenset({statement.first.claimant, *statement.first.co_claimants})


def total(figures: Iterable[int | None]) -> int | None:
    """The sum, None where one of *figures* is not known."""
    known = list(figures)
    return None if None in known else sum(figure for figure in known if figure is not None)
