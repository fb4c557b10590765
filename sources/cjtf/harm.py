"""People that a Coalition statement says were killed or injured, each number anchored to its words.

Reads one allegation's text and gives every number of civilians, people or fighters with the harm said of it. Fighters
are kept apart, so that enemy dead never count as civilians. Numbers that repeat or break down an earlier one are
marked, and `conceded` adds up what is left. Whether anything is conceded at all is for the caller to know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sources.cjtf.words import NUMBER, to_int

_FIGHTERS = (
    r"fighters?|combatants?|terrorists?|militants?|soldiers?|operatives?|insurgents?|leaders?|commanders?|snipers?|gunm[ae]n"
    r"|emirs?|jihadists?|extremists?|policem[ae]n|police\s+officers?"
    r"|members?\s+of\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:forces?|army|police|SDF|ISF|Peshmerga|ISIS|ISIL|Daesh)"
)
_PEOPLE = (
    r"individuals?|persons?|people|occupants?|passengers?|drivers?|bystanders?|pedestrians?"
    r"|adults?(?!\s+(?:fe)?males?\b)"
)
_CIVILIANS = (
    r"civilians?|non-?combatants?|child(?:ren)?|wom[ae]n|m[ae]n|girls?|boys?|infants?|bab(?:y|ies)|males?(?!\s+civilian)"
    r"|females?(?!\s+civilian)|husbands?|wi(?:fe|ves)|sons?|daughters?|brothers?|sisters?|mothers?|fathers?"
    r"|(?:family\s+)?members?\s+of\s+(?:the\s+same|one|an?|their|his|her|that)\s+family|family\s+members?"
    r"|relatives?|residents?|villagers?|farmers?|shepherds?"
)
_KIN = r"child|husband|wife|son|daughter|brother|sister|mother|father"
# Words that cannot stand between a number and the people it counts: beyond them another phrase has begun
_STOP = (
    r"of|in|on|at|and|or|but|was|were|is|are|had|has|have|that|the|a|an|to|by|with|as|when|while|which|who|whom|during|from|near"
    r"|for|after|into|inside|containing|carrying|killed|injured|wounded|strikes?|airstrikes?|vehicles?|buildings?|percent"
)
_NOT_A_PERSON = (
    r"(?!\s+(?:vehicles?|scooters?|cars?|trucks?|motorcycles?|casualt\w+|harm\b|homes?|houses?|structures?|objects?))"
)
_BOUNDS = {
    "at least": "at_least",
    "no fewer than": "at_least",
    "more than": "more_than",
    "over": "more_than",
    "up to": "at_most",
    "as many as": "at_most",
    "about": "about",
    "approximately": "about",
    "an estimated": "about",
}
_BOUND = "|".join(re.sub(" ", r"\\s+", words) for words in _BOUNDS)
_SUBJECT = re.compile(
    rf"""(?<![\w,./-])(?P<definite>the\s+)?(?:(?P<bound>{_BOUND})\s+|(?P<sum>a\s+total\s+of\s+))?
    (?:(?:(?:his|her|their)\s+(?={NUMBER}\b))?(?P<n>{NUMBER}|both|another|an?|his|her|their)\s+)
    (?P<between>(?:(?!(?:{_STOP}|{NUMBER})\b)[\w’'./-]+\s+){{0,4}}?)
    (?P<noun>(?P<civilian>{_CIVILIANS})|(?P<fighter>{_FIGHTERS}|members?)|(?P<person>{_PEOPLE}))\b{_NOT_A_PERSON}""",
    re.IGNORECASE | re.VERBOSE,
)
_HARM_WORDS = (
    r"(?P<killed>killed|died|dead|deaths?|fatalit(?:y|ies)|killing|perished|lost\s+(?:their|his|her)\s+li(?:fe|ves))"
    r"|(?P<injured>injured|wounded|injur(?:y|ies)|injuring|wounding|hurt|harmed)"
)
_HARM = re.compile(rf"\b(?:{_HARM_WORDS})\b(?P<either>\s+(?:and/or|or)\s+(?:killed|injured|wounded))?", re.IGNORECASE)
_ELLIPSIS = re.compile(
    rf"""(?<![\w,./-])(?P<definite>the\s+)?(?:(?P<bound>{_BOUND})\s+)?
    (?:another\s+(?={NUMBER}\b))?
    (?P<n>{NUMBER}|both|another|an\s+additional|a\s+(?:second|third|fourth|fifth))
    (?:\s+(?:more|others?|additional|of\s+(?:them|whom)))*
    (?=\s+(?:(?:was|were|is|are|have\s+been|had\s+been|being)\s+)?(?:\w+ly\s+)?
       (?:killed|injured|wounded|died|harmed|hurt|perished)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
# "injuries to three", "killed one civilian and wounded another": the people are those named before
_LEFT_OUT = re.compile(
    rf"""(?:\b(?:deaths?|injur(?:y|ies))\s+(?:of|to)|\b(?:killing|injuring|wounding|killed|injured|wounded))\s+
    (?P<n>another|{NUMBER})\b(?:\s+(?:more|others?))?(?=\s*(?:[.,;]|$|\band\b|\bas\b|\bdue\b|\bwhen\b|\bin\b))""",
    re.IGNORECASE | re.VERBOSE,
)
# "a family of six"; "his mother and sister", "the claimant's brother": one, whose word is not his, her or their
_FAMILY = re.compile(rf"\b(?:an?|one|the)\s+(?P<civilian>family)\s+of\s+(?P<n>{NUMBER})\b", re.IGNORECASE)
_KINDRED = re.compile(
    rf"(?:(?<=\band\s)|(?P<definite>\bthe\s+)(?:[\w-]+[’']s\s+)?)(?P<n>(?P<civilian>{_KIN}))\b", re.IGNORECASE
)
# "one was killed in the first strike, two in the second": the harm is that said before
_ELSEWHERE = re.compile(
    rf"(?<![\w,./-])(?P<n>{NUMBER})(?=\s+(?:more\s+)?(?:in|at|by|during)\s+the\s+(?P<place>first|second|third|fourth|other|last)\b)",
    re.IGNORECASE,
)
_ONE = re.compile(rf"^(?:an\s+additional|a\s+\w+|his|her|their|{_KIN})$", re.IGNORECASE)
_BOTH = re.compile(r"^both$", re.IGNORECASE)
_BARE = re.compile(
    rf"\b(?<!\bboth\s)(?<!\ball\s)(?<!\bbe\s)(?:civilians|famil(?:y|ies)|(?P<definite>the)\s+(?:[\w-]+\s+){{0,2}}?(?P<fighter>{_FIGHTERS}|members)|drivers?)\b",
    re.IGNORECASE,
)
# "the deaths of three civilians", "killing two civilians", "strikes killed five members": the harm comes first
_HARM_BEFORE = re.compile(
    r"(?:\b(?:deaths?|fatalit(?:y|ies)|injur(?:y|ies)|killings?|woundings?)\s+(?:of|to|among)"
    r"|\b(?:killing|injuring|wounding)|(?P<active>\b(?:killed|injured|wounded)))\s+$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
_GROUP = re.compile(r"\b(?:ISIS|ISIL|Daesh|Al.?Qa.?ida|enemy|Khorasan)", re.IGNORECASE)
_EACH = re.compile(rf"\s+in\s+each\s+of\s+(?:these|those|the)\s+(?:(?P<n>{NUMBER})\s+)?(?:air)?strikes", re.IGNORECASE)
_STRIKES = re.compile(rf"\b(?P<n>{NUMBER})\s+(?:[\w-]+\s+)?(?:air)?strikes\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[^.;]|\.(?!\s|$|\d{3,4}\b)|(?<=\b[A-Z])\.(?=\s[a-z])|;(?!\s)){1,2000}[.;]?")
_NEAR = 40
_JOINED = re.compile(
    r"(?:\s+(?:in|on|inside|near|at|aboard|outside)\s+(?:an?|the|their)\s+(?:[\w-]+\s*){1,3}?)?"
    r"\s*(?:,|,?\s*and(?:,?\s+\w+ly,)?|as\s+well\s+as|,?\s*including|,?\s*among\s+them)\s*",
    re.IGNORECASE,
)
# "a mother and her infant and wounded three": the second harm is done to those after it
_NEW_PREDICATE = re.compile(r"\s*,?\s*and\s+(?:\w+ly\s+)?", re.IGNORECASE)
_NOT = re.compile(r"\bnot\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
_PART = re.compile(r"\b(?:including|among\s+them|of\s+whom)\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """One number of people with the harm said of them. Offsets are code points in the text given to `find_harm`."""

    harm: str
    """killed, injured, killed_or_injured"""
    victim_class: str
    """civilian, combatant, unknown"""
    number: int
    qualifier: str
    """exact, at_least, more_than, at_most, about"""
    value: tuple[int, int]
    quote: tuple[int, int]
    total: bool = False
    definite: bool = False
    part_of: int | None = None
    """Index of the mention of the same text that this breaks down."""
    restates: int | None = None
    """Index of the mention of the same text that this says again."""
    elsewhere: bool = False
    """A number of its own for another strike or house of the same sentence."""

    @property
    def is_fighters(self) -> bool:
        """True for fighters, who never count as civilians."""
        return self.victim_class == "combatant"


@dataclass(frozen=True, slots=True)
class _Subject:
    start: int
    end: int
    number: int | None
    victim_class: str
    value: tuple[int, int]
    qualifier: str = "exact"
    total: bool = False
    definite: bool = False
    part: bool = False
    elsewhere: bool = False


def find_harm(text: str) -> tuple[Mention, ...]:
    """Every number of people harmed in ``text``, in order, with breakdowns and repetitions marked."""
    mentions: list[Mention] = []
    last_fighters: int | None = None
    for sentence in _SENTENCE.finditer(text):
        subjects = _subjects(text, sentence.start(), sentence.end(), last_fighters)
        last_fighters = next((s.number for s in reversed(subjects) if s.victim_class == "combatant"), last_fighters)
        mentions.extend(_pair(text, subjects, sentence.start(), sentence.end()))
    return _related(mentions, text)


def conceded(mentions: Iterable[Mention], harm: str, combatants: bool = False) -> int | None:
    """The people of one harm that the mentions add up to, each counted once; None when none is numbered."""
    counted = [
        mention.number
        for mention in mentions
        if mention.harm == harm
        and mention.is_fighters == combatants
        and mention.part_of is None
        and mention.restates is None
    ]
    return sum(counted) if counted else None


def _subjects(text: str, start: int, end: int, last_fighters: int | None) -> list[_Subject]:
    """The people named in one sentence, in order, without overlaps; unnumbered ones keep harm from the wrong number."""
    found: list[_Subject] = []
    for pattern in (_FAMILY, _SUBJECT, _KINDRED, _ELLIPSIS, _LEFT_OUT, _ELSEWHERE, _BARE):
        for match in pattern.finditer(text, start, end):
            at = match.start("n") if pattern is _LEFT_OUT else match.start()
            if not any(at < other.end and other.start < match.end() for other in found):
                found.append(replace(_subject(text, match, last_fighters), start=at))
    found.sort(key=lambda subject: subject.start)
    classes: list[_Subject] = []
    for subject in found:
        inherited = next((other.victim_class for other in reversed(classes)), "civilian")
        classes.append(replace(subject, victim_class=subject.victim_class or inherited))
    return classes


def _subject(text: str, match: re.Match[str], last_fighters: int | None) -> _Subject:
    groups = match.groupdict()
    victim_class = _victim_class(groups)
    written = groups.get("n")
    number = to_int(_ONE.sub("one", _BOTH.sub("two", written))) if written else None
    if written is None and groups.get("fighter"):
        # "While the fighters were killed": the number was given with their first mention
        number = last_fighters
    bound = " ".join((groups.get("bound") or "").lower().split())
    return _Subject(
        start=match.start(),
        end=match.end(),
        number=number,
        victim_class=victim_class,
        value=match.span("n") if written else match.span(),
        qualifier=_BOUNDS.get(bound, "exact"),
        total=bool(groups.get("sum")) or "total" in (groups.get("between") or "").lower().split(),
        definite=bool(groups.get("definite") or (written and _BOTH.match(written))),
        part=_PART.search(text, max(0, match.start() - _NEAR), match.start()) is not None,
        elsewhere="place" in groups,
    )


def _victim_class(groups: dict[str, str | None]) -> str:
    between = groups.get("between") or ""
    fighter = groups.get("fighter")
    if fighter:
        is_member = fighter.lower().startswith("member")
        named = " of " in fighter or "between" not in groups or _GROUP.search(between)
        return "combatant" if named or not is_member else "civilian"
    if groups.get("civilian"):
        return "civilian"
    if groups.get("person"):
        return "civilian" if "civilian" in between.lower() else "unknown"
    return ""


def _pair(text: str, subjects: list[_Subject], start: int, end: int) -> list[Mention]:
    """Give each subject its harm: just before it, else the next before the following subject, else its neighbour's."""
    before = {index: _harm_before(text, start, subject.start) for index, subject in enumerate(subjects)}
    taken = {found.start() for found in before.values() if found}
    harms = [harm for harm in _HARM.finditer(text, start, end) if not any(t <= harm.start() <= t + 1 for t in taken)]
    found: list[re.Match[str] | None] = []
    for index, subject in enumerate(subjects):
        first = before[index]
        limit = subjects[index + 1].start if index + 1 < len(subjects) else end
        after = next((harm for harm in harms if subject.end <= harm.start() < limit), None)
        if after and _NEW_PREDICATE.fullmatch(text, subject.end, after.start()) and after.end() < limit < end:
            after = None
        found.append(_HARM.search(text, first.start(), subject.start) if first else after)
    for index in range(1, len(subjects)):
        if subjects[index].elsewhere and found[index] is None:
            found[index] = found[index - 1]
            continue
        joined = _JOINED.fullmatch(text, subjects[index - 1].end, subjects[index].start)
        if joined and found[index] is None and before[index - 1]:
            found[index], before[index] = found[index - 1], before[index - 1]
    for index in reversed(range(len(subjects) - 1)):
        if found[index] is None and _JOINED.fullmatch(text, subjects[index].end, subjects[index + 1].start):
            found[index] = found[index + 1]
    return [
        _mention(text, subject, harm)
        for subject, harm in zip(subjects, found, strict=True)
        if harm and subject.number is not None and not _NOT.search(text, max(0, harm.start() - _NEAR), harm.start())
    ]


def _harm_before(text: str, start: int, end: int) -> re.Match[str] | None:
    """The harm that stands right before its people; not that of others in the passive ("one was killed, two …")."""
    found = _HARM_BEFORE.search(text, start, end)
    passive = found is not None and found["active"] and _PASSIVE.search(text, start, found.start("active"))
    return None if passive else found


def _mention(text: str, subject: _Subject, harm: re.Match[str]) -> Mention:
    kind = "killed_or_injured" if harm["either"] else "killed" if harm["killed"] else "injured"
    number = (subject.number or 0) * _times(text, max(subject.end, harm.end()))
    return Mention(
        harm=kind,
        victim_class=subject.victim_class,
        number=number,
        qualifier=subject.qualifier,
        value=subject.value,
        quote=(min(subject.start, harm.start()), max(subject.end, harm.end())),
        total=subject.total,
        definite=subject.definite,
        part_of=-1 if subject.part else None,
        elsewhere=subject.elsewhere,
    )


def _times(text: str, position: int) -> int:
    """How many strikes "in each of these strikes" speaks of: the number there, else the last number of strikes."""
    each = _EACH.match(text, position)
    if each is None:
        return 1
    written = each["n"] or next((m["n"] for m in reversed(list(_STRIKES.finditer(text, 0, position)))), "one")
    return to_int(written) or 1


def _related(mentions: list[Mention], text: str) -> tuple[Mention, ...]:
    """Mark what breaks down a total and what says an earlier number again, harm by harm."""
    related = list(mentions)
    for harm in ("killed", "injured"):
        for fighters in (False, True):
            group = [i for i, m in enumerate(mentions) if m.harm == harm and m.is_fighters == fighters]
            _relate(related, group, text)
    return tuple(related)


def _relate(related: list[Mention], group: list[int], text: str) -> None:
    totals = [i for i in group if related[i].total]
    for position, i in enumerate(group):
        mention = related[i]
        earlier = group[:position]
        if mention.part_of == -1:
            related[i] = replace(mention, part_of=earlier[-1] if earlier else None)
        elif totals and i != totals[-1]:
            related[i] = replace(mention, part_of=totals[-1])
        elif mention.definite and any(related[j].number == mention.number for j in earlier):
            related[i] = replace(mention, restates=next(j for j in earlier if related[j].number == mention.number))
    if totals or len(group) < 2:
        return
    first, later = group[0], [i for i in group[1:] if related[i].part_of is None and related[i].restates is None]
    # Later numbers that add up to the first one take it apart, in another sentence or strike by strike
    apart = later and (
        all(related[i].elsewhere for i in later)
        or any(mark in text[related[first].quote[1] : related[later[0]].quote[0]] for mark in ".;:")
    )
    if apart and len(later) > 1 and sum(related[i].number for i in later) == related[first].number:
        for i in later:
            related[i] = replace(related[i], part_of=first)
