"""Parts and wholes: "12 people, including three children", "two of them soldiers", lists that add up to a total
stated before.
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.chunks import Clause
from extraction.drafts import Draft, draft

_HARM_OF_LEAD = {
    "among the dead": "killed",
    "among those killed": "killed",
    "among the killed": "killed",
    "among the casualties": "",
    "among the victims": "",
    "among those dead": "killed",
    "among the fatalities": "killed",
    "among the injured": "injured",
    "among the wounded": "injured",
    "among those injured": "injured",
    "among those wounded": "injured",
    "among those hurt": "injured",
}


def parts(sentence: int, clause: Clause, found: list[Draft], earlier: Sequence[Draft]) -> list[Draft]:
    """The parts that *clause* states: groups after "including", in brackets, after a colon, and "two of them".

    *found* are the sentence's own drafts in order, *earlier* those of the sentences before (for "The dead included …").
    """
    claimed = {made.at for made in found}
    made: list[Draft] = []
    whole: Draft | None = None
    by_chunk = {item.at: item for item in found}
    open_list = ""
    for index, chunk in enumerate(clause.chunks):
        if index in by_chunk and by_chunk[index].group.share:
            _share(by_chunk[index], whole, earlier)
        elif index in by_chunk:
            whole = by_chunk[index]
            open_list = ""
            continue
        kind = chunk.kind
        if kind in "i(":
            open_list = kind
            whole = _anaphor(clause, index, whole, earlier, found)
            if (
                kind == "i" and clause.kind(index - 1) == "B" and clause.low(index).startswith("among")
            ) or clause.tokens[chunk.first].low.startswith("among"):
                made += _among(sentence, clause, index, claimed, earlier, found)
        elif kind in ":\u2014" and clause.kind(index + 1) == "g" and whole is not None:
            open_list = kind
        elif kind == ")" or (kind in "KGPDR;" and open_list):
            open_list = ""
        group = chunk.group
        if kind != "g" or group is None or index in claimed or _is_age(clause, index):
            continue
        among = by_chunk.get(index + 2) if clause.low(index + 1) == "among" else None
        if among is not None and group.count not in {"bare", "none"}:
            part = draft(sentence, clause, group, index, among.predicate, among.harm, "among")
            part.whole = among
            _check(part)
            made.append(part)
            continue
        if (not open_list and not _of_people(clause, index)) or group.count in {"bare", "none"}:
            continue
        own = _own_harm(clause, index)
        total = (
            whole
            if whole is not None and own in {None, whole.harm}
            else _anaphor(clause, index, None, earlier, found, own)
        )
        if total is None:
            continue
        harm = own or total.harm
        part = draft(sentence, clause, group, index, index, harm, "part")
        part.whole = total if harm == total.harm or total.harm == "killed_or_injured" else None
        _check(part)
        if (part.whole is None and group.share and own is None) or _but(clause, chunk.first):
            continue
        _extend(part, clause, index)
        made.append(part)
    return made


def _among(
    sentence: int, clause: Clause, index: int, claimed: set[int], earlier: Sequence[Draft], found: Sequence[Draft]
) -> list[Draft]:
    """ "33 civilians were among those killed": the subject is a part of the dead spoken of before."""
    at = index - 1
    if clause.kind(at) != "B":
        return []
    while clause.kind(at) in "BHpx,o" and at > index - 12:
        at -= 1
    made: list[Draft] = []
    total = _anaphor(clause, index, None, earlier, [])
    while at >= 0 and clause.kind(at) == "g":
        group = clause.chunks[at].group
        if group is None or at in claimed or group.count in {"bare", "none"}:
            break
        part = draft(
            sentence,
            clause,
            group,
            at,
            index,
            _HARM_OF_LEAD.get(clause.tokens[clause.chunks[index].first].low) or "killed",
            "among",
        )
        part.whole = (
            total
            if total is not None and total.harm == part.harm and (total.number or 0) > (part.number or 0)
            else None
        )
        claimed.add(at)
        made.append(part)
        at -= 1
        while clause.kind(at) in ",c":
            at -= 1
    return made


def _is_age(clause: Clause, index: int) -> bool:
    """ "her grandfather, 71": a bare number after a comma behind one person is an age."""
    group, before = clause.chunks[index].group, clause.chunks[index - 2].group if index > 1 else None
    return (
        clause.kind(index - 1) == ","
        and group is not None
        and before is not None
        and before.count == "single"
        and len(group.words) == 1
        and group.count == "number"
    )


def _of_people(clause: Clause, index: int) -> bool:
    """Whether a share is one of people: "two of them", "three of the wounded", not "one of the last pockets"."""
    group = clause.chunks[index].group
    if group is None or not group.share:
        return False
    pronoun = clause.tokens[group.last - 1].tag in "iy" or clause.tokens[group.last - 1].low in {
        "of them",
        "of whom",
        "of those",
        "among them",
    }
    if pronoun or any(word in _SHARERS for word in group.words) or clause.kind(index + 1) in "KX":
        return True
    return (group.victim is not None or group.harm is not None) and clause.kind(index + 1) == "B"


def _but(clause: Clause, first: int) -> bool:
    """ "all but one of the dead": the number counts those left out."""
    return first > 1 and clause.tokens[first - 1].low == "but" and clause.tokens[first - 2].low in {"all", "none"}


def _share(made: Draft, whole: Draft | None, earlier: Sequence[Draft]) -> None:
    """ "… and seven of those were in serious condition": governed by a word of its own, yet a part of the figure
    before.
    """
    if not any(word in _SHARERS for word in made.group.words) and made.group.harm is None:
        return
    candidates = [whole] if whole is not None else [item for item in reversed(earlier) if item.whole is None]
    made.whole = next((item for item in candidates if item is not made and item.harm == made.harm), None)
    _check(made)


def _check(part: Draft) -> None:
    """Takes back a relation that the figures contradict: a part is no larger than its total."""
    whole = part.whole
    if whole is not None and whole.high is not None and (part.low or part.best or 0) > whole.high:
        part.whole = None


def _own_harm(clause: Clause, index: int) -> str | None:
    """ "two of the wounded", "three of those killed"."""
    group = clause.chunks[index].group
    if group is not None and group.harm is not None:
        return group.harm.harm
    if clause.kind(index + 1) in "KX" and group is not None and group.share:
        word = clause.tokens[clause.chunks[index + 1].first].harm
        return word.harm if word else None
    return None


def _anaphor(
    clause: Clause,
    index: int,
    whole: Draft | None,
    earlier: Sequence[Draft],
    found: Sequence[Draft],
    own: str | None = None,
) -> Draft | None:
    """The total that "among the dead", "the casualties included" or "they included" points back to."""
    if whole is not None:
        return whole
    lead = clause.low(index) if clause.kinds[index] == "i" else ""
    harm = own or _HARM_OF_LEAD.get(clause.tokens[clause.chunks[index].first].low if lead else "", "")
    for back in range(index - 1, max(-1, index - 4), -1):
        word = clause.tokens[clause.chunks[back].first].harm
        if word is not None and not own:
            harm = word.harm if word.harm != "killed_or_injured" else ""
    near = [
        item
        for item in earlier
        if not item.whole and (not harm or item.harm == harm) and item.qualifier != "none_reported"
    ]
    if not near:
        return next((item for item in found if not harm or item.harm == harm), None)
    last = near[-1].sentence
    same = [item for item in near if item.sentence == last]
    return max(same, key=lambda item: (item.harm == "killed", item.number or 0))


def _extend(part: Draft, clause: Clause, index: int) -> None:
    """Takes the lead-in ("including", "of whom") and the noun that says what the part is ("of whom 12 were children")
    along.
    """
    if index > 0 and clause.kinds[index - 1] == "i":
        part.start = min(part.start, clause.tokens[clause.chunks[index - 1].first].start)
    share_class(part, clause, index)


def share_class(part: Draft, clause: Clause, index: int) -> None:
    """ "of whom 12 were children", "four of the dead were children", "one of them a boy": the noun behind tells who
    they are.
    """
    group = part.group
    at = index + 1
    while at < index + 4 and clause.kind(at) in "KXMBd":
        at += 1
    other = clause.chunks[at].group if at < len(clause.chunks) else None
    if (
        group.victim is not None
        or other is None
        or other.victim is None
        or other.count == "number"
        or (at == index + 1 and not group.share)
    ):
        return
    group.victim = other.victim
    group.words += other.words
    part.end = max(part.end, clause.tokens[other.last - 1].end)
    other.count = "bare"


def sums(drafts: list[Draft]) -> None:
    """Marks claims that add up to a total stated before them as its parts (23, then 10 children, 6 women and 7
    elderly).
    """
    for index, total in enumerate(drafts):
        if total.whole is not None or (total.number or 0) < 2 or total.qualifier not in {"exact", "at_least"}:
            continue
        run = _adding_up(total, drafts[index + 1 :])
        for member in run:
            member.whole = total
            member.partition = True


def _adding_up(total: Draft, later: Sequence[Draft]) -> list[Draft]:
    """The claims of *later* that make up *total*, in order; empty when none do or when it may be chance."""
    reach = _REACH if total.sentence <= 2 else 4
    run: list[Draft] = []
    size = 0
    for item in later:
        if item.sentence > total.sentence + reach:
            break
        fits = item.harm == total.harm or (total.harm == "killed_or_injured" and item.harm in {"killed", "injured"})
        if (
            not fits
            or item.whole is not None
            or item.restates is not None
            or item.qualifier != "exact"
            or "superseded" in item.flags
            or not _same_class(item, total)
        ):
            continue
        if (item.number or 0) >= (total.number or 0):
            continue
        run.append(item)
        size += item.number or 0
        if size >= (total.number or 0):
            break
    if size != total.number or len(run) < 2:
        return []
    return run if _one_list(run, total) else []


def _same_class(item: Draft, total: Draft) -> bool:
    return (
        item.victim_class == total.victim_class
        or total.victim_class in {"unknown", "mixed"}
        or item.victim_class == "unknown"
    )


def _one_list(run: list[Draft], total: Draft) -> bool:
    """Whether the sum is no chance: one sentence, a list after a colon, a total of deaths and injuries, or a large
    enough figure.
    """
    if total.harm == "killed_or_injured":
        return {item.harm for item in run} == {"killed", "injured"}
    if len({item.sentence for item in run}) == 1 and run[0].sentence <= total.sentence + 4:
        return True
    return (run[0].sentence <= total.sentence + 1 and ":" in total.clause.kinds) or (total.number or 0) >= _NO_CHANCE


_SHARERS = frozenset({"them", "whom", "of them", "of whom", "of those", "among them", "among whom", "those"})
_REACH = 40
"""Sentences within which the parts of an opening total may stand."""
_NO_CHANCE = 6
"""Totals from which on an exact sum over several sentences is taken for a breakdown."""


def listed(sentence: int, clause: Clause, found: list[Draft], total: Draft) -> list[Draft] | None:
    """The items of a list line below *total* ("… 11, as follows:"): its first group, with or without a word of harm.

    None when the line does not begin with a group, so that the list is over.
    """
    first = next((k for k, kind in enumerate(clause.kinds) if kind not in "\u2014():,"), None)
    if first is None or clause.kinds[first] != "g" or first > 2:
        return None
    group = clause.chunks[first].group
    if group is None or group.count in {"bare", "none"}:
        return None
    own = [item for item in found if item.at == first]
    made = [] if own else [draft(sentence, clause, group, first, first, total.harm, "list")]
    for item in own or made:
        if item.harm == total.harm and (item.number or 0) <= (total.number or 0):
            item.whole = total
    return made


def _outlived(kept: list[Draft], item: Draft) -> None:
    """ "… was shot. He died in hospital": the wounded one just told of is the dead one now."""
    for other in reversed(kept):
        if other.sentence < item.sentence - 3:
            return
        if other.number == 1 and other.harm in {"injured", "killed_or_injured"}:
            other.flags.add("superseded")
            item.victim_class = other.victim_class
            return


def without_repeated_pronouns(drafts: list[Draft]) -> list[Draft]:
    """*drafts* without the pronouns that only point back to somebody counted already ("… was shot. A second bullet
    killed him").
    """
    kept: list[Draft] = []
    for item in drafts:
        back = [
            other
            for other in kept
            if other.harm == item.harm and other.sentence >= item.sentence - 3 and other.number is not None
        ]
        if "pronoun" in item.flags and back:
            continue
        if "pronoun" in item.flags and item.harm == "killed":
            _outlived(kept, item)
        kept.append(item)
    return kept


_ANYBODY = frozenset(
    {"people", "person", "victim", "member", "civilian", "individual", "body", "man", "soul", "human", "casualty"}
)


def _same_people(one: Draft, other: Draft) -> bool:
    """Whether two groups can be the same people: neither adds to the other, and their nouns do not tell them apart."""
    if (
        one.group.remainder
        or other.group.remainder
        or "also"
        in other.clause.text(other.group.first, min(other.group.last + 4, len(other.clause.tokens))).lower().split()
    ):
        return False
    heads = {made.group.victim.head for made in (one, other) if made.group.victim is not None}
    if (one.number or 0) == 1 and not (
        one.group.named and other.group.named and one.group.words[-1] == other.group.words[-1]
    ):
        return (
            len(heads) == 1
            and not one.group.named
            and not other.group.named
            and one.group.victim is not None
            and one.group.victim.head not in _ANYBODY
        )
    return len(heads - _ANYBODY) < 2


def restated(drafts: list[Draft]) -> None:
    """Marks a claim that repeats an earlier one of the same document: same harm, same bounds, classes that agree."""
    for index, item in enumerate(drafts):
        if item.number is None or (item.number < 2 and item.group.number is None):
            continue
        for other in drafts[:index]:
            if (
                other.harm == item.harm
                and _same_people(other, item)
                and (other.low, other.best, other.high) == (item.low, item.best, item.high)
                and other.sentence != item.sentence
                and {other.victim_class, item.victim_class} != {"civilian", "combatant"}
                and other.demographic == item.demographic
            ):
                item.restates = other
                if (
                    item.victim_class == "unknown"
                    and other.victim_class in {"civilian", "combatant"}
                    and not item.group.share
                ):
                    item.victim_class = other.victim_class
                break
