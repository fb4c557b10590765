"""What a document reports as having happened, every person counted once: from its claims to a toll a harm.

Works in three steps: claims that a reader would not count are left out (running totals, superseded figures, restatements);
parts are folded into their totals and lists into sums, which gives *statements*; statements about the same people are
compared (a restatement, a larger update, a rival) and those about other people added. Conventions are `TollOptions`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path

from schemas.records import Claim, Toll

_DATA = Path(__file__).parent / "data" / "toll_options.toml"
_ADDING = re.compile(r"\b(?:another|others?|additional|further|more|else)\b", re.IGNORECASE)
_ADDED_AFTER = re.compile(r"\W{0,2}(?:(?:\w+ ){0,2}others?|more|else)\b(?! than)", re.IGNORECASE)
_NEAR = 400
"""Characters within which "others" still contrasts with the figure before."""


@dataclass(frozen=True, slots=True)
class TollOptions:
    """Conventions of counting; the presets of ``data/toll_options.toml`` name those of known coders (docs/counting.md)."""

    attackers: bool = True
    """Whether the death of an attacker counts."""
    bare_plural: int = 0
    """People that a quantity without a number stands for ("killed fighters"), where nothing better is said."""
    missing: bool = False
    """Whether the missing count as killed."""
    bodies_found: bool = True
    """Whether bodies found count as killed."""
    running_totals: bool = False
    """Whether totals over a period or a campaign count."""
    other_incidents: bool = True
    """Whether incidents at another place or day than the first one are added."""
    at_least_below: int = 0
    """People by which "at least N" lowers the low end."""
    rivals: str = "span"
    """``span``: rival figures widen the range; ``first``: the first stands; ``largest``: the largest stands."""


@lru_cache(maxsize=1)
def presets() -> dict[str, TollOptions]:
    """The named sets of options, by name; raises ValueError naming the set and key where the file holds an unknown one."""
    known = {item.name for item in fields(TollOptions)}
    table = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    for name, row in table.items():
        if unknown := set(row) - known:
            raise ValueError(f"{_DATA.name}: preset {name} has unknown options {sorted(unknown)}; known are {sorted(known)}")
    return {name: TollOptions(**row) for name, row in table.items()}


DEFAULT = TollOptions()


def document_tolls(claims: Sequence[Claim], options: TollOptions = DEFAULT) -> tuple[Toll, ...]:
    """The toll of each harm that *claims* (all of one document) report, in order of harm."""
    counted: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda item: (item.value_start or item.quote_start, item.number)):
        if _counts(claim, options):
            counted.setdefault(_harm(claim, options), []).append(claim)
    return tuple(_toll(harm, counted[harm], claims, options) for harm in sorted(counted))


def _harm(claim: Claim, options: TollOptions) -> str:
    if options.missing and claim.harm == "missing" or options.bodies_found and claim.harm == "bodies_found":
        return "killed"
    return claim.harm


def _counts(claim: Claim, options: TollOptions) -> bool:
    """Whether a reader would count *claim* at all."""
    if claim.scope in {"period", "cumulative"} and not options.running_totals:
        return False
    if "superseded" in claim.flags or claim.segment == "related":
        return False
    if "attacker" in claim.flags and not options.attackers:
        return False
    if claim.qualifier == "relative" or claim.qualifier == "unquantified" and not options.bare_plural:
        return False
    return True


# -- statements ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Statement:
    """One or more claims that together speak of some people once: a figure, or a list with its sum."""

    claims: list[Claim]
    low: int
    high: int
    open: bool
    """True where the words set no upper end ("at least", "dozens")."""
    classes: frozenset[str]
    parts: dict[str, int] = field(default_factory=dict)
    """People of each class that its parts name."""

    @property
    def first(self) -> Claim:
        return self.claims[0]

    @property
    def vague(self) -> bool:
        return all(claim.qualifier in {"vague", "unquantified"} for claim in self.claims)

    @property
    def narrow(self) -> bool:
        """Whether the words single out some of the people: one sex or age, a role, one person."""
        return any(claim.demographic or claim.role for claim in self.claims) or self.high == 1


def _statements(chosen: Sequence[Claim], everything: Sequence[Claim], options: TollOptions) -> list[_Statement]:
    """The roots among *chosen*, each with what its parts add; neighbours of one list joined."""
    numbers = {claim.number for claim in chosen}
    children: dict[int, list[Claim]] = {}
    roots: list[Claim] = []
    for claim in chosen:
        if claim.part_of is not None and claim.part_of in numbers:
            children.setdefault(claim.part_of, []).append(claim)
        elif claim.restates is None or claim.restates not in numbers:
            roots.append(claim)
    made: list[_Statement] = []
    for claim in roots:
        statement = _statement(claim, children, options)
        if made and _joins(made[-1], statement, everything):
            _join(made[-1], statement)
        else:
            made.append(statement)
    return made


def _statement(claim: Claim, children: dict[int, list[Claim]], options: TollOptions, depth: int = 0) -> _Statement:
    low, high = _ends(claim, options)
    parts: dict[str, int] = {}
    floors: dict[str, int] = {}
    for part in children.get(claim.number, ()) if depth < 8 else ():
        inner = _statement(part, children, options, depth + 1)
        parts[part.victim_class] = parts.get(part.victim_class, 0) + inner.low
        axis = "demographic" if part.demographic else "class"
        floors[axis] = floors.get(axis, 0) + inner.low
    floor = max(floors.values(), default=0)
    return _Statement([claim], max(low, floor), max(high, floor), _is_open(claim), frozenset({claim.victim_class}), parts)


def _ends(claim: Claim, options: TollOptions) -> tuple[int, int]:
    if claim.qualifier == "unquantified":
        return options.bare_plural, options.bare_plural
    low = next((value for value in (claim.low, claim.best, claim.high) if value is not None), 0)
    high = next((value for value in (claim.high, claim.best, claim.low) if value is not None), low)
    if claim.qualifier == "at_least":
        low = max(low - options.at_least_below, 0)
    return low, high


def _is_open(claim: Claim) -> bool:
    return claim.high is None and claim.qualifier != "about"


def _joins(before: _Statement, after: _Statement, everything: Sequence[Claim]) -> bool:
    """Whether *after* goes on with the list of *before*: under one word of harm, or as "others"."""
    last, new = before.claims[-1], after.first
    if not before.high or not after.high:
        return False
    if new.quote_start < last.quote_end and last.quote_start < new.quote_end:
        return True
    return is_additional(new) and 0 <= new.quote_start - last.quote_end < _NEAR and not any(
        last.quote_end <= other.quote_start < new.quote_start and other.harm != new.harm for other in everything)


def is_additional(claim: Claim) -> bool:
    """Whether the words set the people apart from those named before ("three others", "another", "a further two")."""
    if "additional" in claim.flags:
        return True
    value = claim.value_text or ""
    after = claim.quote[(claim.value_end or claim.quote_end) - claim.quote_start:]
    before = claim.quote[:max(0, (claim.value_start or claim.quote_start) - claim.quote_start)].lower().rstrip()
    return bool(_ADDING.search(value.replace("more than", ""))) or bool(_ADDED_AFTER.match(after)) or before.endswith(("another", "further", "additional"))


def _join(before: _Statement, after: _Statement) -> None:
    before.claims += after.claims
    before.low += after.low
    before.high += after.high
    before.open |= after.open
    before.classes |= after.classes
    for name, size in after.parts.items():
        before.parts[name] = before.parts.get(name, 0) + size


# -- the same people or others ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _People:
    """Some people, and every statement about them."""

    told: list[_Statement]

    @property
    def low(self) -> int:
        return min(item.low for item in self.told)

    @property
    def high(self) -> int:
        return max(item.high for item in self.told)


def _toll(harm: str, chosen: Sequence[Claim], everything: Sequence[Claim], options: TollOptions) -> Toll:
    groups: list[_People] = []
    for statement in _statements(chosen, everything, options):
        if not statement.high and statement.first.qualifier != "unquantified":
            continue
        _place(statement, groups, options)
    low = sum(group.low for group in groups)
    high = sum(group.high for group in groups)
    best = sum(group.told[0].high for group in groups)
    ended = all(any(not item.open for item in group.told) for group in groups)
    return Toll(harm, low, max(best, low), high if ended else None)


def _place(new: _Statement, groups: list[_People], options: TollOptions) -> None:
    """Adds *new* to the people that it speaks of, or as people of their own."""
    alike = [group for group in groups if _same_incident(new, group)]
    if not alike:
        if options.other_incidents or not groups:
            groups.append(_People([new]))
        return
    total = sum(group.high for group in alike)
    if len(alike) > 1 and new.low <= total and not _disjoint(new, alike) and new.high in {total, *(g.high for g in alike)}:
        return
    group = max(alike, key=lambda item: (_fits(new, item), item.high))
    if not _fits(new, group):
        groups.append(_People([new]))
        return
    _merge(new, group)


def _disjoint(new: _Statement, groups: Iterable[_People]) -> bool:
    return not any(_fits(new, group) for group in groups)


def _merge(new: _Statement, group: _People) -> None:
    """Same people told again: drops what is only a part or satisfied by the other, keeps rivals."""
    old = group.told[-1]
    if new.low == old.low and new.high == old.high:
        return
    if old.vague and not new.vague:
        if old.low <= new.high:
            group.told = [item for item in group.told if not item.vague] + [new]
        return
    if new.vague:
        return
    same_voice = new.first.claimant == old.first.claimant
    if new.high < group.low:
        if not same_voice and not new.narrow:
            group.told.append(new)
        return
    if same_voice and (old.narrow or old.open) and new.high >= old.high:
        group.told = [new]
        return
    group.told.append(new)


def _fits(new: _Statement, group: _People) -> bool:
    """Whether *new* can speak of the people of *group*: classes that agree, room for a part."""
    if is_additional(new.first) and new.high <= group.high and len(new.claims) == 1:
        return any(new.high == item.high for item in group.told)
    for old in group.told:
        mine, theirs = new.classes - {"unknown", "mixed"}, old.classes - {"unknown", "mixed"}
        if mine and theirs and not mine & theirs and old.classes == theirs and new.classes == mine:
            continue
        if mine and not theirs and new.low > old.high and mine == {"combatant"} and old.parts.get("civilian"):
            continue
        return True
    return False


def _same_incident(new: _Statement, group: _People) -> bool:
    """Whether nothing in *new* says another day or another place than *group*."""
    here, there = new.first, group.told[0].first
    if here.date_start and there.date_start and here.date_start != there.date_start:
        return False
    if here.country and there.country and here.country != there.country:
        return False
    return not _other_place(here.place_text, there.place_text) or here.claimant != there.claimant


def _other_place(one: str | None, two: str | None) -> bool:
    if not one or not two:
        return False
    words_one, words_two = _names(one), _names(two)
    return bool(words_one and words_two) and not words_one & words_two


@lru_cache(maxsize=4096)
def _names(place: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_][\w'’-]+", place) if word[0].isupper())
