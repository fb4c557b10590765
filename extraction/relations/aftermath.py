"""Deaths told after the wounds that caused them: "he died in hospital", "one of the wounded later died"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extraction.drafts import Draft
from extraction.relations.totals import stopped
from extraction.words.lexicon import sought, words
from extraction.words.text import Sentence

_LATER = words("grammar", "later")
_LIVED = sought("aftermath", "lived")
_ALL_LIVED = sought("aftermath", "all_lived")
_HURT = frozenset({"injured", "killed_or_injured"})
_HELD = frozenset({"detained", "missing"})
_TOLD = frozenset({"killed", "injured", "killed_or_injured"})
_BACK = 3
"""Sentences over which "he" points back."""


def settled(drafts: Sequence[Draft]) -> list[Draft]:
    """*drafts* without the pronouns and deaths that only point back to somebody counted already ("… was shot. A second
    bullet killed him", "… was killed. Haddad's death"); the wounds of those who died of them are superseded.
    """
    wholes = {id(item.whole) for item in drafts}
    kept: list[Draft] = []
    for item in drafts:
        if "bodies" in item.flags:
            _found_dead(kept, item)
            continue
        if "pronoun" in item.flags and _the_doer(kept, item):
            kept.append(item)
            continue
        hurt = _hurt_before(kept, item) if item.harm == "killed" else None
        later = hurt is not None and _dies_later(item)
        if "pronoun" in item.flags and not later and _told_before(kept, item):
            beside = [other for other in drafts if other is not item and _shares(item, other)]
            if not beside or _told_before(kept, item, 1):
                for other in beside:
                    other.flags.add("additional")
                continue
        if item.rules[0] == "whose" and id(item) not in wholes and any(other.harm == item.harm for other in kept):
            continue
        if hurt is not None and (later or "pronoun" in item.flags) and (hurt.number or 0) >= (item.number or 0) > 0:
            _outlive(kept, hurt, item)
        if "pronoun" in item.flags and item.harm == "injured":
            _survive(kept, item)
        kept.append(item)
    return kept


def _the_doer(kept: Sequence[Draft], item: Draft) -> bool:
    """ "… killing twelve people before he was shot dead by police": whom police killed is none of the dead told of,
    where those were several; marks him as the attacker.
    """
    near = [other for other in kept if other.harm == item.harm and other.sentence >= item.sentence - 1]
    doer = bool(near) and stopped(item) and all(other.active and (other.number or 0) > 1 for other in near)
    if doer:
        item.flags |= {"attacker", "additional"}
    return doer


def survivors(plain: str, spans: Sequence[Sentence], drafts: Sequence[Draft]) -> None:
    """Makes a person who was shot an injured one where the sentence or those beside it tell that he lived: "in stable
    condition", "an attempt to assassinate"; several where their own sentence tells it of all. Nobody else may have
    died there.
    """
    dead = {item.sentence for item in drafts if item.harm == "killed" and item.number != 0}
    for item in drafts:
        if item.harm != "killed_or_injured" or not item.number:
            continue
        first, last = max(0, item.sentence - 1), min(item.sentence + 1, len(spans) - 1)
        lived = _ALL_LIVED.search(plain, spans[item.sentence].start, spans[item.sentence].end)
        if item.number == 1:
            lived = lived or _LIVED.search(plain, spans[first].start, spans[last].end)
        if lived is not None and not dead.intersection(range(first, last + 1)):
            item.harm = "injured"


def _found_dead(kept: Sequence[Draft], item: Draft) -> None:
    """ "Nine men were abducted. Their bodies were found": those taken are the dead, where no number is told again."""
    last = next((other for other in reversed(kept) if other.whole is None), None)
    if last is not None and last.harm in _HELD and last.sentence >= item.sentence - _BACK and last.number:
        last.flags.add("found_dead")


def _told_before(kept: Sequence[Draft], item: Draft, people: int | None = None) -> bool:
    """Whether a figure near before *item* tells the same harm, or for somebody shot how he fared; one of so many
    *people*, where that is given.
    """
    harms = _TOLD if item.harm == "killed_or_injured" else {item.harm}
    near = [other for other in kept if other.harm in harms and other.sentence >= item.sentence - _BACK]
    return any(other.number is not None and people in (None, other.number) for other in near)


def _shares(item: Draft, other: Draft) -> bool:
    """Whether both are under one word of harm ("killing him and two guards")."""
    return item.clause is other.clause and item.predicate == other.predicate


def _hurt_before(kept: Sequence[Draft], item: Draft) -> Draft | None:
    """The last of those hurt before *item*, where no death was told since."""
    for other in reversed(kept):
        if other.sentence < item.sentence - _BACK or other.harm == "killed":
            return None
        if other.harm in _HURT and other.number is not None and other.number > 0:
            return None if _known_dead(kept, other) else other
    return None


def _known_dead(kept: Sequence[Draft], hurt: Draft) -> bool:
    """ "A baker died in hospital. The baker was shot on Sunday": the one hurt is one told dead before."""
    if not hurt.group.definite or hurt.number != 1 or hurt.group.victim is None:
        return False
    dead = [item.group.victim for item in kept if item.harm == "killed" and item.number == 1]
    return any(victim is not None and victim.head == hurt.group.victim.head for victim in dead)


def _dies_later(item: Draft) -> bool:
    """Whether the words tell the death as that of somebody hurt before: "later", "of his wounds", "in hospital"."""
    chunk, tokens = item.clause.chunks[item.predicate], item.clause.tokens
    behind = takewhile(lambda token: token.tag not in ",;R" and token.low != "but", tokens[chunk.last : chunk.last + 6])
    near = [*tokens[max(0, chunk.first - 2) : chunk.last], *behind]
    if any(token.low == "where" for token in near[:2]):
        return True  # "was wounded and taken to a clinic, where he died"
    return tokens[chunk.first].tag == "D" and any(token.low in _LATER for token in near)


def _outlive(kept: Sequence[Draft], hurt: Draft, item: Draft) -> None:
    """Takes the one who died from those *hurt*; beside other dead it is one more."""
    if hurt.number == item.number:
        hurt.flags.add("superseded")
        if item.victim_class == "unknown":
            item.victim_class = hurt.victim_class
    elif item.whole is None:
        hurt.flags.add(f"died_{item.number}")
    if item.whole is None and any(other.harm == "killed" and other.number for other in kept):
        item.flags.add("additional")


def _survive(kept: Sequence[Draft], item: Draft) -> None:
    """ "… was shot. He was wounded": how the one just told of fared."""
    last = kept[-1] if kept else None
    if last is not None and last.harm == "killed_or_injured" and last.number == 1:
        last.flags.add("superseded")
        item.victim_class = last.victim_class
