"""Who the people of a group are: civilian or combatant, age and sex, role. Three axes, each told by its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extraction.drafts import Draft
from extraction.harm.chunks import Clause
from extraction.harm.heads import Group
from extraction.names.actors import actor_mentions
from extraction.tables import rows
from extraction.words import lexicon
from extraction.words.numbers import NUMERALS

_AGE = re.compile(
    r"(?<![\w-])(\d{1,3}|[a-z]+)[- ](year|month|week|day)s?[- ]old"
    r"|aged?\s+(\d{1,3})|under (?:the age of )?(?:18|eighteen|\d\b)"
)
_AND_DOING = re.compile(r",? and (?:\w+ ){1,2}")
_CHILD_AGE = 17
_AMONG = 12
_ASIDE_WITHIN = 7
"""Words behind a group within which an aside begins, and within which its noun stands."""
_AS_BEFORE = "class:before"
"""Marks a claim whose class is only that of the people told of just before."""
_OF_GROUPS = frozenset({"member", "element", "leader", "commander"})
_NAMED_AT = 30
"""Characters behind "members" within which the name of their group begins."""
_EITHER_SIDE = lexicon.words("groups", "either_side")
"""Heads of phrases that people of either side can bear: the words beside them tell which."""


@lru_cache(maxsize=1)
def _marks() -> dict[str, str]:
    """Words beside a victim noun that settle its class: word → class."""
    return {word: row["victim_class"] for row in rows("victim_marks.csv") for word in row["words"].split()}


def describe(made: Draft, earlier: Sequence[Draft]) -> None:
    """Fills ``victim_class``, ``demographic`` and ``role`` of *made* from the words of its group and just after."""
    group, clause = made.group, made.clause
    words = _words(group, clause)
    made.victim_class = _victim_class(group, words)
    made.demographic = _demographic(group, words, _aged(group, clause))
    if (everybody := _all_told(group, clause)) is not None:
        made.victim_class = everybody.victim_class if made.victim_class == "unknown" else made.victim_class
        made.demographic = made.demographic or everybody.demographic
    if made.rules[0] == "toll":
        _toll_class(made)
    elif (
        group.number is not None
        and group.victim is None
        and group.harm is None
        and len(group.words) <= 3
        and made.qualifier != "vague"
    ):
        _as_before(made, earlier)
    if made.victim_class == "unknown":
        made.victim_class = _class_among(made)
    if made.victim_class == "unknown" and _of_an_armed_group(group, clause):
        made.victim_class = "combatant"
    _lend_before(made, earlier)
    if made.rules[0] == "plain" and made.victim_class == "unknown" and made.demographic in {None, "men"}:
        left = {token.low for token in clause.tokens[max(0, group.first - 6) : group.first]}
        made.victim_class = "combatant" if {_marks().get(word) for word in left} & {"combatant"} else "unknown"
    if made.demographic in {"children", "women"} and made.victim_class == "unknown":
        made.victim_class = "civilian"
    if group.joint and {victim.victim_class for victim in group.joint} != {made.victim_class}:
        made.victim_class = (
            "mixed" if "combatant" in {made.victim_class, *(v.victim_class for v in group.joint)} else made.victim_class
        )
    if (
        made.victim_class == "unknown"
        and made.whole is not None
        and made.whole.victim_class in {"civilian", "combatant"}
    ):
        made.victim_class = made.whole.victim_class
    whole = made.whole if made.rules[0] == "part" and made.demographic else None
    if whole is not None and whole.victim_class == "combatant" and _AS_BEFORE not in whole.rules:
        made.victim_class = "combatant"  # "four gunmen, including a woman"
    if made.whole is not None and {made.victim_class, made.whole.victim_class} == {"civilian", "combatant"}:
        if _AS_BEFORE in made.whole.rules:
            made.whole.victim_class = "unknown"
        else:
            made.whole = None
    if group.victim is not None and group.victim.role == "attackers":
        made.flags.add("attacker")
    if "attacker" in made.flags and made.victim_class == "unknown":
        made.victim_class = "combatant"
    made.nationality = next((told for word in group.words if (told := lexicon.nationalities().get(word))), None)
    made.role = _role(made, words)


def _all_told(group: Group, clause: Clause) -> lexicon.Victim | None:
    """ "12 people, all of them civilians,", "nine others - all women": the noun that tells who all of *group* were; of
    "all women and children" the class alone.
    """
    tokens, at = clause.tokens, group.last
    while at < min(group.last + _ASIDE_WITHIN, len(tokens)) and tokens[at].tag in "wCeopdUBK":
        at += 1
    if at + 2 >= len(tokens) or tokens[at].tag not in ",(\u2014" or tokens[at + 1].low != "all":
        return None
    for step in range(at + 2, min(at + 2 + _ASIDE_WITHIN, len(tokens))):
        victim = tokens[step].victim
        if victim is not None and victim.plural:
            joint = step + 2 < len(tokens) and tokens[step + 1].tag == "c" and tokens[step + 2].victim is not None
            return replace(victim, demographic=None) if joint else victim
        if tokens[step].tag not in "wCeBvyr" and tokens[step].low not in {"of them", "of whom"}:
            return None
    return None


def _of_an_armed_group(group: Group, clause: Clause) -> bool:
    """ "39 members of Ahrar al-Sham": whether those counted are of an armed group or an army."""
    tokens, first = clause.tokens, group.last
    members = group.victim is not None and group.victim.head in _OF_GROUPS
    if not members or first + 1 >= len(tokens) or tokens[first].tag != "o":
        return False
    behind = clause.plain[tokens[first].start : tokens[min(first + _AMONG, len(tokens)) - 1].end]
    named = next(iter(actor_mentions(behind)), None)
    return named is not None and named.start <= _NAMED_AT and named.kind in {"armed_group", "state_military"}


def _toll_class(made: Draft) -> None:
    """ "the rebel death toll", "child deaths rose", "the number of civilians killed": whose it is stands beside."""
    tokens = made.clause.tokens
    at = made.clause.chunks[made.predicate].first
    counting = tokens[at].low in {"number", "figure", "count", "total", "tally"}
    before = {token.low for token in tokens[0 if counting else max(0, at - 2) : at]}
    of = tokens[at + 1 : at + 5] if at + 1 < len(tokens) and tokens[at + 1].tag == "o" else []
    for token in [*tokens[max(0, at - 2) : at], *of]:
        if token.victim is not None and token.victim.victim_class != "unknown" and made.victim_class == "unknown":
            made.victim_class, made.demographic = token.victim.victim_class, token.victim.demographic
    if made.victim_class == "unknown" and before & {"civilian", "civilians"}:
        made.victim_class = "civilian"


def _lend_before(made: Draft, earlier: Sequence[Draft]) -> None:
    """ "Killing 40 and wounding 27 rebels": the noun told once, last, is that of both numbers."""
    last = earlier[-1] if earlier else None
    if last is None or last.sentence != made.sentence or made.group.victim is None or last.victim_class != "unknown":
        return
    plural = (made.number or 0) > 1
    bare = plural and last.group.victim is None and last.group.number is not None and last.active and made.active
    if bare and _AND_DOING.fullmatch(made.clause.plain, last.value_end, made.value_start):
        last.victim_class = made.victim_class


def _class_among(made: Draft) -> str:
    """ "Four were killed and 90 injured among protesters", "no casualties among its troops": whose they were."""
    tokens = made.clause.tokens
    first = made.group.last
    for at in range(first, min(first + _AMONG, len(tokens))):
        if tokens[at].low in {"among", "amongst"} and not tokens[at - 1].low.startswith("w"):
            told = next((t.victim for t in tokens[at + 1 : at + 6] if t.victim is not None), None)
            return told.victim_class if told is not None else "unknown"
    return "unknown"


def _as_before(made: Draft, earlier: Sequence[Draft]) -> None:
    """ "Six soldiers were killed and eight wounded": a number without a noun counts people of the class just named."""
    if made.victim_class != "unknown" or not earlier or any(w in lexicon.demonyms() for w in made.group.words):
        return
    last = earlier[-1]
    whole = last.whole
    if whole is made or (whole is not None and whole.sentence == made.sentence and whole.victim_class == "unknown"):
        return  # "four soldiers among eight killed"; "killed six people, two of them soldiers, and wounded nine"
    if last.group.victim is not None and last.group.victim.role == "attackers":
        return
    if last.sentence >= made.sentence - 1 and last.victim_class in {"civilian", "combatant"} and not last.demographic:
        made.victim_class = last.victim_class
        made.rules.append(_AS_BEFORE)


def _words(group: Group, clause: Clause) -> list[str]:
    """Lower-case words of the group and of the "of …" and "from …" that follows it closely."""
    words = list(group.words)
    index = group.last
    tokens = clause.tokens
    if index < len(tokens) and (tokens[index].tag == "o" or tokens[index].low in {"from", "with", "belonging"}):
        for token in tokens[index : index + 9]:
            if token.tag in "BHKGPDR,;()cr:" or (token.tag == "p" and token.low not in {"from", "with"}):
                break
            words.append(token.low)
    return words


def _victim_class(group: Group, words: list[str]) -> str:
    marks = [
        mark for word in words for part in {word, *word.split("-")} if (mark := _marks().get(part.removesuffix(".")))
    ]
    told = group.victim.victim_class if group.victim else "unknown"
    if "jtf" in words or "task" in words:
        return "combatant"
    if "civilian" in marks:
        both = "combatant" in marks and (told == "unknown" or "and" in group.words)
        return "mixed" if both else "civilian"
    if group.victim is not None and group.victim.head in _EITHER_SIDE:
        return "combatant" if "combatant" in marks else told
    if told == "unknown" and group.victim is None:
        return marks[0] if marks else "unknown"
    return told


def _aged(group: Group, clause: Clause) -> str:
    """The words of the group and the age that follows it ("teenagers aged 14 to 16")."""
    behind = [token.low for token in clause.tokens[group.last : group.last + 5]]
    return " ".join([*group.words, *(behind if behind[:1] == ["aged"] else [])])


def _demographic(group: Group, words: list[str], aged: str) -> str | None:
    if group.joint:
        shared = {group.victim.demographic if group.victim else None, *(victim.demographic for victim in group.joint)}
        return shared.pop() if len(shared) == 1 else None
    young = _is_child(aged)
    told = group.victim.demographic if group.victim else None
    if young and told != "elderly":
        return "children"
    head_words = set(group.words)
    if told is None and group.victim is not None:
        if head_words & {"male", "males"}:
            return "men"
        if head_words & {"female", "females", "women", "woman", "pregnant"}:
            return "women"
        if head_words & {"child", "young"} and group.victim.head in {"bride", "soldier"} and "child" in head_words:
            return "children"
    if (
        told is None
        and group.victim is not None
        and group.victim.head in {"people", "person", "civilian", "resident"}
        and head_words & {"old", "elderly"}
    ):
        return "elderly"
    if head_words & {"elderly", "old"} and told in {"men", "women", None} and "elderly" in head_words:
        return "elderly" if told is None or told == "elderly" else told
    return told


def _is_child(text: str) -> bool:
    for hit in _AGE.finditer(text):
        raw = hit.group(1) or hit.group(3)
        if raw is None:
            return True
        value = int(raw) if raw.isdigit() else NUMERALS.get(raw)
        if value is not None and (value <= _CHILD_AGE or hit.group(2) in {"month", "week", "day"}):
            return True
    return False


def _role(made: Draft, words: list[str]) -> str | None:
    victim = made.group.victim
    if victim is None or victim.role is None:
        return None
    if made.group.named:
        return victim.role
    first = made.group.first
    tokens = made.clause.tokens[first : made.group.last]
    opens = next((k for k, token in enumerate(tokens) if token.tag not in "Nd"), 0)
    kept = [
        token.text
        for token in tokens[opens + (tokens[opens].tag == "o") :]
        if token.tag not in "Nd'\"i"
        and token.low not in {"other", "others", "more"}
        and token.low not in lexicon.nationalities()
    ]
    return " ".join(kept) or victim.role
