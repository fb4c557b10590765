"""People called by name where a victim stands: "killed Karim Haddad", "30-year-old Lin was shot"."""

from __future__ import annotations

from collections.abc import Sequence, Set

from extraction.words import lexicon
from extraction.words.lexicon import words
from extraction.words.tokens import Token

PARTICLES = words("groups", "particles")
"""Small words inside a person's name."""
_BODIES = words("groups", "bodies")
_KIN = words("grammar", "kin")
_SUFFER = words("grammar", "suffer")
_DEATHS = words("groups", "deaths")
_PAST_NOUN = frozenset("e,;:()pcrBHbzR.\u2014")
_DATE_LENGTH = 6
_LONGEST = 24
"""Words of a run of names and particles that may still be one person's."""
_WHENCE = frozenset({"from", "in", "at", "near", "outside"})
"""Words before the name of a place, which is no subject ("a commander from Swat, were killed")."""
_SELF = frozenset({"himself", "herself"})
_ON = frozenset({"on", "in", "last"})
_NO_NAME = words("groups", "no_name")


def called_by_name(
    tokens: list[Token], index: int, names: Sequence[tuple[int, int]], surnames: Set[str], chain: int | None
) -> tuple[int, int, lexicon.Victim | None] | None:
    """Where the person called by name at *index* begins and ends, and who they are; None where no victim stands there.

    *names* are spans of actors and places, which are nobody's name; *surnames* the last words of names that the text
    gives in full somewhere; *chain* is the end of the person named just before.
    """
    if tokens[index].tag != "C" or tokens[index].low in _NO_NAME:
        return None
    last = index
    while last < len(tokens) and (
        (tokens[last].tag == "C" and tokens[last].low not in _NO_NAME)
        or (tokens[last].low in PARTICLES and last > index)
    ):
        last += 1
        if last - index > _LONGEST:
            return None
    while tokens[last - 1].low in PARTICLES:
        last -= 1
    if (
        _all_but_named(tokens[index:last], names)
        or tokens[last - 1].low in _BODIES
        or last - index > 6
        or _acronym(tokens, index, last)
    ):
        return None
    at = _before_age(tokens, index)
    if last < len(tokens) and tokens[last].tag == "'":
        return (at, last, _titled(tokens, at)) if dies_of_own(tokens, last + 1) else None
    before = tokens[at - 1] if at else None
    if before is not None and before.low in _WHENCE:
        return None
    harmed = (
        before is not None
        and before.tag in "KAPG"
        and before.harm is not None
        and before.harm.harm in {"killed", "injured", "detained", "killed_or_injured"}
    )
    listed = before is not None and before.tag == "c" and last - index >= 2
    after = _past_aside(tokens, last)
    while after < len(tokens) and tokens[after].tag == "e":
        after += 1
    plural = {"were", "are"} if listed or (after > last and last - index >= 2) else set()
    suffers = _suffers(tokens, after, {"was", "is", "has", "had", *plural}) or (
        last - index >= 2 and (_pair_suffers(tokens, last) or _row_suffers(tokens, last, at == 0))
    )
    hurt = after < len(tokens) and tokens[after].low in _SUFFER
    suffers |= hurt and any(token.tag == "M" for token in tokens[after + 1 : after + 5])
    while after < len(tokens) and tokens[after].tag == "e":
        after += 1
    dies = after < len(tokens) and tokens[after].tag == "D"
    suffers |= before is None and last - index >= 2 and _in_a_headline(tokens, after)
    harmed |= index > 2 and tokens[index - 1].tag == "," and tokens[index - 2].low in _SELF
    chained = chain is not None and all(token.tag in ",cU" for token in tokens[chain:index])
    told = _apposed(tokens, last) or _titled(tokens, at)
    if chained and last - index >= 2:
        return at, last, told
    told_first = _told_first(tokens, at)
    if not (harmed or told_first or suffers or dies or _of_harm(tokens, at)) and not (listed and suffers):
        return None
    if not harmed and last - index < 2 and not suffers and not told_first and tokens[index].low not in surnames:
        return None
    return at, last, told


def dies_of_own(tokens: list[Token], index: int) -> bool:
    """Whether the owned thing at *index* is a violent death: "Haddad's murder", not "Haddad's murder trial"."""
    if index >= len(tokens) or tokens[index].low not in _DEATHS:
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is None or after.tag in _PAST_NOUN or (after.tag in "wC" and after.low.endswith("ed"))


def _of_harm(tokens: list[Token], index: int) -> bool:
    """Whether "the murder of" stands before the name, also with a title or a day between ("the murder on 4 May of")."""
    step = index - 1
    while step > 0 and tokens[step].tag == "v":
        step -= 1
    if step < 1 or tokens[step].tag != "o":
        return False
    step -= 1
    while step > max(index - _DATE_LENGTH, 0) and (tokens[step].tag in "UCe" or tokens[step].low in _ON):
        step -= 1
    return tokens[step].tag in "MGP"


def _in_a_headline(tokens: list[Token], at: int) -> bool:
    """ "Karim Haddad killed in a strike": a participle without its verb, no object behind."""
    return at + 1 < len(tokens) and tokens[at].tag == "K" and tokens[at + 1].tag in "pc"


def _told_first(tokens: list[Token], index: int) -> bool:
    """Whether "among the dead was", "the dead were" and a title at most stand before *index*."""
    while index and tokens[index - 1].tag in "vC" and tokens[index - 1].text[0].isupper():
        index -= 1
    if index < 2 or tokens[index - 1].tag != "B":
        return False
    index -= 2
    if index == 1 and tokens[0].low == "the" and f"among the {tokens[1].low}" in _AMONG_HARMED:
        return True
    return tokens[index].low in _AMONG_HARMED or (index > 0 and tokens[index - 1].low.startswith("among"))


def _before_age(tokens: list[Token], index: int) -> int:
    """Where "30-year-old Kyaw Soe" begins."""
    aged = index > 1 and tokens[index - 1].low.endswith("-old") and tokens[index - 2].quantity is not None
    return index - 2 if aged else index


def _titled(tokens: list[Token], index: int) -> lexicon.Victim | None:
    """Who the named person is, from the noun before the name ("Officers Toral and Galdin")."""
    return tokens[index - 1].victim if index and tokens[index - 1].tag == "v" else None


def _suffers(tokens: list[Token], at: int, forms: set[str]) -> bool:
    """ "… was killed", "… was among the dead"."""
    if at + 1 >= len(tokens) or tokens[at].low not in forms:
        return False
    among = tokens[at + 1].low.startswith("among")
    return tokens[at + 1].low in _AMONG_HARMED or any(
        token.tag in "KD" for token in tokens[at + 1 : at + (7 if among else 4)]
    )


def _pair_suffers(tokens: list[Token], at: int) -> bool:
    """ "Omar Galdin and Carlos Toral were killed": the first of two people called by name."""
    if at + 3 >= len(tokens) or tokens[at].low != "and":
        return False
    step = start = at + 1 + 2 * tokens[at + 2].low.endswith("-old")
    while step < len(tokens) and tokens[step].tag == "C":
        step += 1
    return step - start > 1 and _suffers(tokens, _past_aside(tokens, step), {"were", "are"})


def _row_suffers(tokens: list[Token], at: int, opens: bool) -> bool:
    """ "Omar Galdin, 40, his son, and two others were killed": the first of a list that goes on with kin or a name, or
    with anybody where the name *opens* the sentence.
    """
    if at + 2 >= len(tokens) or tokens[at].tag not in ",c(":
        return False
    step = next((k for k in range(at, min(at + 5, len(tokens))) if tokens[k].tag not in ",cN()"), at)
    names = [token.tag for token in tokens[step : step + 2]] == ["C", "C"]
    if not (opens or names or tokens[step].low in _KIN_OF):
        return False
    for ahead in range(step, min(at + _LIST_LENGTH, len(tokens))):
        if tokens[ahead].low == "were":
            return _suffers(tokens, ahead, {"were"}) and any(token.tag == "c" for token in tokens[at:ahead])
        if tokens[ahead].tag in "RKGPDB":
            return False
    return False


_KIN_OF = frozenset({"his", "her", "their"})
_LIST_LENGTH = 30
_AMONG_HARMED = frozenset(
    f"among {whom} {harm}"
    for whom in ("the", "those")
    for harm in ("dead", "killed", "injured", "wounded", "hurt", "fatalities", "victims", "casualties")
)


def _all_but_named(words: Sequence[Token], names: Sequence[tuple[int, int]]) -> bool:
    """Whether *words* are the name of an actor or place: known spans cover them but for one word at most. "Ahmed
    Riyadh al-Karbouli" is a person, though a city is called so.
    """
    known = [any(a < word.end and word.start < b for a, b in names) for word in words]
    return any(known) and len(words) - sum(known) < 2


def _acronym(tokens: list[Token], index: int, last: int) -> bool:
    """Whether the capitals are an acronym's; in a text all in capitals a run of two words and more may be a name."""
    if not tokens[index].text.isupper() or len(tokens[index].text) < 2:
        return False
    shouted = all(token.text.isupper() for token in tokens if token.tag in "wCvRK")
    return not shouted or last - index < 2


def _past_aside(tokens: list[Token], index: int) -> int:
    """Behind an aside in commas or brackets and behind "who": "Haddad, a teacher, was", "Haddad (34), who was"."""
    if index < len(tokens) and tokens[index].tag == "(":
        close = next((k for k in range(index, min(index + _BRACKETS, len(tokens))) if tokens[k].tag == ")"), None)
        acronym = any(token.text.isupper() and len(token.text) > 1 for token in tokens[index:close])
        index = index if close is None or acronym else close + 1
    if index < len(tokens) and tokens[index].tag == ",":
        if index + 1 < len(tokens) and tokens[index + 1].tag in "BHD":
            return index + 1
        for step in range(index + 1, min(index + 22, len(tokens))):
            if tokens[step].tag == "," or tokens[step].low == "who":
                clause = min(step + (tokens[step].tag == ","), len(tokens) - 1)
                return _past_clause(tokens, clause) if tokens[clause].low == "who" else step + 1
            if tokens[step].tag in "RKGPD;":
                break
    return index + (index < len(tokens) and tokens[index].low == "who")


def _past_clause(tokens: list[Token], who: int) -> int:
    """Behind the clause that *who* opens where a comma and a verb follow ("who was at work, was"); else behind it."""
    for step in range(who + 2, min(who + _CLAUSE, len(tokens) - 1)):
        if tokens[step].tag == "," and tokens[step + 1].tag in "BHD":
            return step + 1
        if tokens[step].tag in "RKGP;":
            break
    return who + 1


_CLAUSE = 24
_BRACKETS = 12
"""Words within which a bracket behind a name closes."""


def _apposed(tokens: list[Token], index: int) -> lexicon.Victim | None:
    """Who the named person is, from the aside behind the name ("Haddad, a local teacher,"); None when nothing tells."""
    if index < len(tokens) and tokens[index].tag == ",":
        for token in tokens[index + 1 : index + 9]:
            if token.victim is not None:
                kin = tokens[index + 1].low in _KIN_OF and token.victim.head in _KIN
                return token.victim if not kin else None  # "Haddad, his wife, and their son"
            if token.tag in ",RKGPD;o":
                break
    return None
