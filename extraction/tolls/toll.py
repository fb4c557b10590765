"""What a document reports as having happened, every person counted once: from its claims to a toll for each harm.

Three steps. Claims that a reader would not count are left out (running totals, superseded figures, restatements).
Parts are folded into their totals and lists into sums, which gives *statements*. Statements about the same people are
compared (a part, a restatement, a correction, a rival figure), those about other people added. What is a coder's
convention rather than the text's meaning is an option (`TollOptions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extraction.tolls.counting import DEFAULT, TollOptions, presets
from extraction.tolls.occasions import days_meet, other_place, without_history
from schemas.records import Claim, Toll

__all__ = ["DEFAULT", "TollOptions", "document_tolls", "is_additional", "presets", "tolls_by_counting"]

_ADDING = re.compile(r"\b(?:another|others?|additional|further|remaining|more(?! than)|else)\b", re.IGNORECASE)
_ADDED_AFTER = re.compile(r"\W{0,2}(?:others?|other \w+|more|else)\b(?! than)", re.IGNORECASE)
_ADDED_BEFORE = re.compile(r"\b(?:another|further|additional|remaining)\W*$", re.IGNORECASE)
_ALSO = re.compile(
    r"\balso (?:\w+ly |been )*(?:killed|dead|died|murdered|shot|martyred|wounded|injured|hurt|among|lost)\b",
    re.IGNORECASE,
)
_OWN_WORD = frozenset({"narrator", "unspecified reports"})
"""Voices of the text itself: "it was reported that" names nobody else."""
_KNOWN = frozenset({"the", "his", "her", "their", "my", "our", "its"})
_LOOSE = frozenset({"vague", "unquantified"})
_OURS = frozenset({"my", "our", "its"})
_DEEP = 8
"""Nested parts beyond this depth are a loop in the relations."""
_ATTACKERS_DIED = "attackers_died_"
"""Flag of a claim beside a suicide attack; the number of attackers follows."""
_EITHER = "killed_or_injured"
_TOLD_APART = ("killed", "injured")
_BOTH = {
    "killed": re.compile(r"\b(?:deaths?|dead|fatalities|kill(?:ed|ing)|martyrs)\b.{0,9} (?:and|&) \S", re.IGNORECASE),
    "injured": re.compile(r"(?:\band|&) (?:the )?(?:wound|injur|hurt)", re.IGNORECASE),
}
"""Words that tell of some people of each harm under one figure ("deaths and injuries")."""
_OF_THOSE = re.compile(r" of (?:those|them|the|whom)\b", re.IGNORECASE)
_SHOT = re.compile(r"\bshot\b", re.IGNORECASE)
_SEVERAL = 3
"""Floor that the extractor gives "several"; larger vague words have larger floors."""
_CLOSE = 1.5
"""A voice whose new figure is up to so many times its earlier one corrects it; a larger one sums over several."""
_NEAR = 400
"""Characters within which "others" still contrasts with the figure before."""


def document_tolls(claims: Sequence[Claim], options: TollOptions = DEFAULT) -> tuple[Toll, ...]:
    """The toll of each harm that *claims* (all of one document) report, in order of harm.

    Events that are only recalled ("in revenge for the killing of two men") count where the text opens with them and
    tells of nothing else.
    """
    counted: dict[str, list[Claim]] = {}
    kept = [claim for claim in claims if _counts(claim, options) and not _bettered(claim, claims)]
    kept = [claim for claim in kept if "recalled" not in claim.flags] or [
        claim for claim in kept if "opening" in claim.flags
    ]
    kept = without_history(kept)
    for claim in sorted(kept, key=lambda item: (_stands(item), item.number)):
        for harm in {_harm(claim, options), "killed" if "found_dead" in claim.flags else claim.harm}:
            counted.setdefault(harm, []).append(claim)
    if options.shot:
        _count_shot(counted)
    if options.bare_plural:
        _count_some(counted)
    tolls = {harm: _toll(harm, chosen, claims, options) for harm, chosen in counted.items() if chosen}
    if options.implied_attackers and (dead := _implied(claims, counted.get("killed", ()))):
        tolls["killed"] = _plus(tolls.get("killed", Toll("killed", 0, 0, 0)), dead)
    if _EITHER in tolls:
        tolls[_EITHER] = _rest(tolls[_EITHER], [tolls[harm] for harm in _TOLD_APART if harm in tolls])
    return tuple(tolls[harm] for harm in sorted(tolls))


def _stands(claim: Claim) -> int:
    """Where the words for the people stand: their number, or the name of somebody."""
    return claim.quote_start if "named" in claim.flags else claim.value_start or claim.quote_start


def tolls_by_counting(claims: Sequence[Claim]) -> Iterator[Toll]:
    """The tolls by every named set of options, the default first."""
    for name, options in presets().items():
        for toll in document_tolls(claims, options):
            yield replace(toll, counting=name)


def _count_shot(counted: dict[str, list[Claim]]) -> None:
    """Moves the people shot to the killed where *counted* has nobody killed or injured."""
    shot = [claim for claim in counted.get(_EITHER, ()) if _SHOT.search(claim.quote)]
    if shot and not any(claim.high != 0 for harm in _TOLD_APART for claim in counted.get(harm, ())):
        counted["killed"] = shot
        counted[_EITHER] = [claim for claim in counted[_EITHER] if claim not in shot]


def _count_some(counted: dict[str, list[Claim]]) -> None:
    """ "A number of deaths and injuries": some of each, where *counted* has nobody of that harm."""
    told = counted.get(_EITHER, ())
    for harm in _TOLD_APART:
        some = [
            replace(claim, harm=harm, qualifier="unquantified")
            for claim in told
            if claim.qualifier in _LOOSE and _BOTH[harm].search(claim.quote)
        ]
        if some and not any(claim.high != 0 for claim in counted.get(harm, ())):
            counted[harm] = some


def _implied(claims: Sequence[Claim], killed: Sequence[Claim]) -> int:
    """How many attackers must have died beside *killed* although no claim counts them."""
    if any("attacker" in claim.flags for claim in claims):
        return 0
    if any(
        claim.victim_class in {"unknown", "mixed"} and claim.high != 0 and claim.part_of is None for claim in killed
    ):
        return 0
    flags = (flag for claim in claims for flag in claim.flags if flag.startswith(_ATTACKERS_DIED))
    return max((int(flag.removeprefix(_ATTACKERS_DIED)) for flag in flags), default=0)


def _plus(toll: Toll, people: int) -> Toll:
    low, best, high = (None if value is None else value + people for value in (toll.low, toll.best, toll.high))
    return Toll(toll.harm, low, best, high)


def _rest(either: Toll, told: Sequence[Toll]) -> Toll:
    """What of the "casualties" is not already counted as killed or injured."""
    counted = sum(toll.low or 0 for toll in told)
    low, best, high = (
        None if value is None else max(value - counted, 0) for value in (either.low, either.best, either.high)
    )
    return Toll(either.harm, low, best, high)


def _harm(claim: Claim, options: TollOptions) -> str:
    if (options.missing and claim.harm == "missing") or (options.bodies_found and claim.harm == "bodies_found"):
        return "killed"
    return claim.harm


def _counts(claim: Claim, options: TollOptions) -> bool:
    """Whether a reader would count *claim* at all."""
    if claim.scope in {"period", "cumulative"} and not options.running_totals:
        return False
    if "background" in claim.flags and not options.other_incidents:
        return False
    if "superseded" in claim.flags or claim.segment == "related":
        return False
    if "attacker" in claim.flags and not options.attackers:
        return False
    if claim.victim_class == "combatant" and not options.combatants:
        return False
    return claim.qualifier != "relative" and (claim.qualifier != "unquantified" or options.bare_plural > 0)


def _bettered(claim: Claim, everything: Sequence[Claim]) -> bool:
    """Whether *claim* only names a plural although the text gave a number of that harm before it."""
    return claim.qualifier == "unquantified" and any(
        other.harm == claim.harm
        and other.high != 0
        and other.qualifier != "unquantified"
        and other.quote_start < claim.quote_start
        for other in everything
    )


# -- statements ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Statement:
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


def _statements(chosen: Sequence[Claim], everything: Sequence[Claim], options: TollOptions) -> list[_Statement]:
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
    made: list[_Statement] = []
    for claim in roots:
        statement = _statement(claim, children, options)
        if (told := _list_mate(claim, again, made)) is not None:
            _join(told, statement)
        elif not made or not statement.high or not made[-1].high:
            made.append(statement)
        elif _in_one_list(made[-1], statement):
            if not _is_split(made[-1], statement, children):
                _join(made[-1], statement)
        elif _adds(made[-1], statement, everything):
            statement.additional = True
            if claim.quote_start - made[-1].claims[-1].quote_end < _NEAR:
                _join(made[-1], statement)
            else:
                made.append(statement)
        else:
            made.append(statement)
    return made


def _statement(claim: Claim, children: dict[int, list[Claim]], options: TollOptions, depth: int = 0) -> _Statement:
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
    best = None if claim.best is None else max(claim.best - _died(claim), floor)
    splitters = frozenset(part.claimant for part in parts if part.partition)
    classes = frozenset({claim.victim_class})
    return _Statement([claim], max(low, floor), max(high, floor), best, open_, classes, splitters)


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


def _list_mate(claim: Claim, again: Sequence[Claim], made: Sequence[_Statement]) -> _Statement | None:
    """The figure told before that *claim* completes: "the six monks and their two maids", after "six monks"."""
    mate = next((one for one in again if _overlap(one, claim)), None)
    return next((item for item in made if mate and [one.number for one in item.claims] == [mate.restates]), None)


def _overlap(one: Claim, two: Claim) -> bool:
    return one.quote_start < two.quote_end and two.quote_start < one.quote_end


def _in_one_list(before: _Statement, after: _Statement) -> bool:
    """Whether both stand under one word of harm: their quotes share it ("killed two soldiers and a nurse")."""
    return _overlap(before.claims[-1], after.first)


def _is_split(whole: _Statement, part: _Statement, children: dict[int, list[Claim]]) -> bool:
    """Whether *part* goes on with the split of *whole* ("33 people, including 14 children, eight women and …")."""
    known = children.get(whole.first.number, ())
    room = whole.high - sum(claim.low or 0 for claim in known if claim.demographic)
    return bool(known) and part.first.demographic is not None and whole.first.demographic is None and part.low <= room


def _adds(before: _Statement, after: _Statement, everything: Sequence[Claim]) -> bool:
    """Whether *after* speaks of further people than *before*, by its own words: not where somebody else tells of as
    many and more, and "others" are those beside one named.
    """
    if "additional" in after.first.flags or (_ALSO.search(after.first.quote) and not _within(after, [before])):
        return True
    if after.high >= max(before.high, 2) and not _voices(before) & _voices(after):
        return False
    return is_additional(after.first) and _follows(before, after, everything)


def _follows(before: _Statement, after: _Statement, everything: Sequence[Claim]) -> bool:
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


def _join(before: _Statement, after: _Statement) -> None:
    before.claims += after.claims
    before.low += after.low
    before.high += after.high
    before.best = _total((before.best, after.best))
    before.open |= after.open
    before.classes |= after.classes


# -- the same people or others -------------------------------------------------------------------------------


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

    @property
    def loose(self) -> bool:
        """Whether a larger figure of the same voice can only be an update: nothing told is a full count."""
        return all(item.vague or item.open or item.narrow for item in self.told)


def _toll(harm: str, chosen: Sequence[Claim], everything: Sequence[Claim], options: TollOptions) -> Toll:
    incidents: list[list[_People]] = []
    for statement in _statements(chosen, everything, options):
        if not statement.high:
            continue
        same = next((groups for groups in incidents if _same_incident(statement, groups[0])), None)
        if same is not None and _place(statement, same, options):
            continue
        if not incidents or options.other_incidents:
            incidents.append([_People([statement])])
    groups = [group for incident in incidents for group in incident]
    low = sum(group.low for group in groups)
    high = sum(group.high for group in groups)
    best = _total(group.told[0].best for group in groups)
    ended = all(any(not item.open for item in group.told) for group in groups)
    return Toll(harm, low, best, high if ended else None)


def _total(figures: Iterable[int | None]) -> int | None:
    """The sum, None where one of *figures* is not known."""
    known = list(figures)
    return None if None in known else sum(figure for figure in known if figure is not None)


def _place(new: _Statement, groups: list[_People], options: TollOptions) -> bool:
    """Adds *new* to the people of one incident; False when it can only be about another incident."""
    like = [group for group in groups if _agree(new, group)]
    told = [item for group in like for item in group.told]
    if (same := next((group for group in like for item in group.told if _equal(new, item)), None)) is not None:
        if not new.narrow and all(item.narrow for item in same.told):
            same.told.append(new)
        return True
    if not like or (new.additional and not _within(new, told)):
        groups.append(_People([new]))
        return True
    high = sum(group.high for group in like)
    if (new.high == high and not _others_name(new, told)) or new.ours or new.bare or (new.vague and new.low <= high):
        return True
    if _narrower(new, told):
        if new.high > max(group.high for group in like) or (new.high == 1 and all(item.high == 1 for item in told)):
            groups.append(_People([new]))
        return True
    return _compare(new, groups, like, options)


def _compare(new: _Statement, groups: list[_People], like: list[_People], options: TollOptions) -> bool:
    """Sets the full count *new* against what was told of the people of *like*: smaller, an update, or a rival.

    A smaller figure that somebody is quoted with does not lower what the text asserts in its own voice (`_asserts`).
    """
    told = [item for group in like for item in group.told]
    high = sum(group.high for group in like)
    same_voice = all(_voices(new) == _voices(item) for item in told)
    loose = all(group.loose for group in like)
    if new.high < high:
        rival = not same_voice and new.high < sum(group.low for group in like)
        rival &= not new.open and not _of_those(new.first) and not any(_asserts(item, new) for item in told)
        if options.rivals == "span" and rival:
            _unite(groups, like).told.append(new)
        return True
    if "summed" in new.first.flags:
        return True
    part = all(item.vague or (item.narrow and _narrower(item, [new]) and not _alike(item, new)) for item in told)
    if part or (same_voice and all(item.vague for item in told)):
        _unite(groups, like).told = [new]
        return True
    if same_voice and not loose and new.high > high * _CLOSE:
        return True
    if options.rivals != "first":
        _unite(groups, like).told.append(new)
    return True


def _of_those(claim: Claim) -> bool:
    """Whether the words tell of some of those counted ("the bodies of 11 of those killed")."""
    return _OF_THOSE.match(claim.quote, (claim.value_end or claim.quote_end) - claim.quote_start) is not None


def _asserts(told: _Statement, new: _Statement) -> bool:
    """Whether *told* is the text's own word against the smaller *new*: a least number, a range, or far above it.

    A quoted figure far below the text's own is an early or partial count; one close to it is a rival.
    """
    if told.vague or told.first.claimant not in _OWN_WORD or told.first.qualifier == "at_most":
        return False
    return told.open or told.low < told.high or told.low > new.high * _CLOSE


def _within(new: _Statement, told: Sequence[_Statement]) -> bool:
    """Whether "another son" or "two others" far from a full count is in it: people singled out or called by name, or of
    another voice.
    """
    full = [item for item in told if not item.narrow and item.high >= new.high]
    return bool(full) and (new.narrow or new.bare or new.named or all(_voices(item) != _voices(new) for item in full))


def _narrower(new: _Statement, told: Sequence[_Statement]) -> bool:
    """Whether *new* singles out people among those of *told*, and is no fuller count of the same sort."""
    if not new.narrow or any(_contains(new, item) for item in told):
        return False
    return new.high == 1 or not any(_sorts(new) & _sorts(item) for item in told)


def _alike(old: _Statement, new: _Statement) -> bool:
    """Whether *new* counts fighters, too, and singles out nobody: *old*, their number by a role, is no part of it."""
    fighters = frozenset({"combatant"})
    same = old.classes == new.classes == fighters and old.high > 1 and not new.narrow
    return same and all(not claim.demographic for claim in old.claims)


def _contains(new: _Statement, old: _Statement) -> bool:
    """Whether *new* is a list with *old* among its members ("four boys", then "four boys and a man")."""
    return len(new.claims) > len(old.claims) and all(
        any(_figure(one) == _figure(two) for two in new.claims) for one in old.claims
    )


def _figure(claim: Claim) -> tuple[int | None, str | None]:
    return next((value for value in (claim.best, claim.low, claim.high) if value is not None), None), claim.demographic


def _sorts(statement: _Statement) -> frozenset[str]:
    """The sexes, ages and roles that *statement* counts."""
    return frozenset(
        word.casefold().split()[-1] for claim in statement.claims for word in (claim.demographic, claim.role) if word
    )


def _unite(groups: list[_People], like: list[_People]) -> _People:
    """One group in the place of *like*, each of its statements being the sum over them."""
    if len(like) > 1:
        summed = like[0].told[0]
        for group in like[1:]:
            _join(summed, group.told[0])
            groups.remove(group)
        like[0].told = [summed]
    return like[0]


def _voices(statement: _Statement) -> frozenset[str]:
    return statement.voices | frozenset({statement.first.claimant, *statement.first.co_claimants})


def _equal(new: _Statement, old: _Statement) -> bool:
    return new.low == old.low and new.high == old.high and not (new.high == 1 and _differ(new.first, old.first))


def _others_name(new: _Statement, told: Sequence[_Statement]) -> bool:
    """Whether somebody called by a name is not the one called by name before."""
    return new.named and new.high == 1 and all(item.named and not _equal(new, item) for item in told)


def _differ(one: Claim, two: Claim) -> bool:
    """Whether two single people are told apart by name, by sex and age, role or nationality."""
    if one.restates is None and "named" in one.flags and "named" in two.flags:
        return True
    return any(
        mine and theirs and mine.casefold() != theirs.casefold()
        for mine, theirs in (
            (one.demographic, two.demographic),
            (one.role, two.role),
            (one.nationality, two.nationality),
        )
    )


def _agree(new: _Statement, group: _People) -> bool:
    """Whether *new* can speak of the people of *group*: no civilian among combatants, no combatant among civilians, no
    attacker among the soldiers or police.
    """
    mine = new.classes - {"unknown"}
    return any(
        not mine
        or not (theirs := old.classes - {"unknown"})
        or "mixed" in mine | theirs
        or (mine & theirs and (new.attackers == old.attackers or "combatant" not in mine & theirs))
        for old in group.told
    )


# -- one incident or several ---------------------------------------------------------------------------------


def _same_incident(new: _Statement, group: _People) -> bool:
    """Whether nothing in *new* says another day or another place than *group*.

    The day beside a figure told again, or beside one of those counted ("his friend died"), may be that of the telling;
    so may the day next to it where somebody else tells.
    """
    here, there = new.first, group.told[0].first
    if "summed" in here.flags:
        return True
    told_again = new.high > 1 and any(_equal(new, item) for item in group.told)
    one_of_them = new.known and new.high == 1 < group.high
    close = new.high > 1 and new.high <= group.high <= new.high * _CLOSE
    apart = 1 if close or here.claimant != there.claimant else 0
    return (told_again or one_of_them or days_meet(here, there, apart)) and not other_place(here, there)
