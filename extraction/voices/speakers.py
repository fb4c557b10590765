"""Who stands before a verb of saying: the noun phrase that is its subject, with its asides and titles."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.words.lexicon import word_set, words
from extraction.words.tokens import Token

_SKIP_BEFORE_VERB = frozenset("Henzb")
PAPERS = words("attribution", "papers")
"""What a body says in writing: "according to a report by", "its records"."""
_JOINS = words("attribution", "joins")
_NAMED_FOR = frozenset({"for", "of", "on"})
_ARTICLES = frozenset({"a", "an", "one"})
_OPENS_OFFICE = words("attribution", "offices") | words("attribution", "aides") | {"a", "an", "the"}
_BETWEEN = words("attribution", "between")
_RUN_BY = words("attribution", "run_by")
_CITING = words("attribution", "citing")
_HEADS = words("attribution", "heads")
_PAPER_KIND = words("attribution", "before_noun")
_AIDES = words("attribution", "aides")
_STRETCHES = words("attribution", "stretches")
"""Stretches of time that stand before a speaker without a comma: "in recent months commanders said"."""
_OFFICES = words("attribution", "offices") | _AIDES


def subject_of(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Token span of the subject of the verb at *index*; None when the verb comes first ("said the Observatory")."""
    end = index
    while end > 0 and (
        (tokens[end - 1].tag in _SKIP_BEFORE_VERB and tokens[end - 1].quantity is None)
        or tokens[end - 1].low in _BETWEEN
    ):
        end -= 1
    if end == 0:
        return None
    aside = tokens[end - 1].tag == "," and end >= 3
    if aside:
        start = _apposition(tokens, end - 1)
        if start is None:
            return _named_first(tokens, end)
        end -= 1
        if tokens[start + 1].low == "who" and tokens[start + 2].low in _HEADS:
            return phrase_start(tokens, start), end
        first = _with_list(tokens, _with_name(tokens, phrase_start(tokens, start), start))
        return (first, end) if first < end else None
    behind = _before_relative(tokens, end)
    if behind is not None:
        return phrase_start(tokens, behind), behind
    if tokens[end - 1].tag in '"' or tokens[end - 1].tag in ".;:":
        return None
    start = _with_list(tokens, _with_name(tokens, phrase_start(tokens, end), end))
    return (start, end) if start < end else None


def _named_first(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """ "Karim Haddad, who lives in Ain, where it began, said": the name that opens the sentence, told of in between."""
    name = next((at for at, token in enumerate(tokens[:end]) if token.tag not in "C"), end)
    told = 1 < name < end - 2 and tokens[name].tag == "," and tokens[name + 1].low.split()[0] in {"who", "whose"}
    said = any(token.tag in 'R";:' for token in tokens[name:end])
    return (0, name) if told and not said else None


def _with_name(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the name begins that an office follows: "Farhad Shami, the SDF media head"."""
    if start < 2 or tokens[start - 1].tag != "," or tokens[start - 2].tag != "C" or end - start < 2:
        return start
    office = tokens[start].low in {"a", "an", "the"} and (
        tokens[end - 1].low in _OFFICES or tokens[end - 1].victim is not None
    )
    first = phrase_start(tokens, start - 1)
    alone = first == 0 or tokens[first - 1].tag in ',"'
    return first if office and alone and all(token.tag in "C'" for token in tokens[first : start - 1]) else start


def _with_list(tokens: Sequence[Token], start: int) -> int:
    """Where a body's name begins that is a list: "Centre for Peace, Democracy and Human Rights"."""
    if start < 4 or tokens[start - 1].tag != "," or tokens[start - 2].tag != "C" or tokens[start].tag != "C":
        return start
    first = phrase_start(tokens, start - 1)
    head = [token.low for token in tokens[first : start - 1]]
    named = any(word in _NAMED_FOR for word in head) and bool(set(head) & word_set("speaking_bodies.csv"))
    return first if named else start


def _before_relative(tokens: Sequence[Token], end: int) -> int | None:
    """Where the noun phrase ends that a short relative clause follows: "the charity that runs it said"."""
    for step in range(end - 2, max(0, end - 8), -1):
        if tokens[step].low.split()[0] in {"that", "which", "who"}:
            return step if tokens[step - 1].tag in "Cwv" and tokens[step + 1].tag in "wPHBRe" else None
        if tokens[step].tag in ',;:"':
            return None
    return None


def office_end(tokens: Sequence[Token], end: int) -> int:
    """Where a name that ends at *end* ends with the office told behind it: "Dillon, a spokesman for the army"."""
    if end + 2 >= len(tokens) or tokens[end].tag != ",":
        return end
    heads = tokens[end + 1].low == "who" and tokens[end + 2].low in _HEADS
    owned = end + 3 < len(tokens) and tokens[end + 1].tag == "C" and tokens[end + 2].tag == "'"
    if not heads and not owned and tokens[end + 1].low not in _OPENS_OFFICE:
        return end
    stop = end + (3 if heads else 1)
    while stop < len(tokens) and tokens[stop].tag not in ',;:()RKGPDBHr\u2014"' and stop - end < 12:
        stop += 1
    return stop if heads or any(token.low in _OFFICES for token in tokens[end + 1 : stop]) else end


def _apposition(tokens: Sequence[Token], comma: int) -> int | None:
    """The comma that opens the aside closed at *comma* ("Hussein, a captain, said"); None when there is no name
    before it.
    """
    says = False
    for step in range(comma - 1, max(-1, comma - 32), -1):
        if tokens[step].tag == "," and step > 0:
            if tokens[step + 1].low == "of which":
                return _apposition(tokens, step)
            after = tokens[step + 1].tag
            fits = after in ("r" if says else "dNCrwv") or tokens[step + 1].low in _CITING
            aged = step > 3 and [token.tag for token in tokens[step - 3 : step]] == ["C", ",", "U"]
            opens = (aged or tokens[step - 1].tag in "Cvw)") and step + 1 < comma and fits
            return (step - 2 if aged else step) if opens else None
        if tokens[step].tag in "KGPD;":
            return None
        says = says or (tokens[step].tag == "R" and tokens[step].low not in PAPERS)
    return None


def phrase_start(tokens: Sequence[Token], end: int) -> int:
    """Where the noun phrase that ends before *end* begins."""
    start = end
    if end > 0 and tokens[end - 1].tag == ")":
        start = next((k for k in range(end - 2, max(-1, end - 8), -1) if tokens[k].tag == "("), end)
    while start > 0 and end - start < 18:
        token = tokens[start - 1]
        noun = token.tag == "R" and (
            (start > 1 and (tokens[start - 2].tag in "d'" or tokens[start - 2].low in _PAPER_KIND))
            or (start == 1 and token.low in PAPERS and (end == 1 or tokens[start].tag == "p"))
        )
        if not noun and token.tag in 'RKGPDBbz;:()\u2014i"' and not (token.tag == '"' and end - start < 1):
            break
        if token.tag == "," and not name_aside(tokens, start - 1, end):
            break
        if token.tag == "c" and token.low not in {"and", "&"}:
            break
        if token.tag == "c" and _new_clause(tokens, start - 1):
            break
        if token.tag == "H" or (token.tag == "y" and start - 1 < end - 1):
            break
        if (token.tag == "r" and start - 1 < end - 1) or (
            token.low in {"that", "while", "but", "as", "when", "after", "where"} and start < end
        ):
            break
        if token.tag == "p" and token.low not in _JOINS and not (start > 1 and tokens[start - 2].low in _RUN_BY):
            break
        if token.tag == "t" and not (start > 1 and tokens[start - 2].low in _AIDES):
            break
        if _counted(tokens, start - 1) or (token.low in _STRETCHES and start < end):
            break
        start -= 1
    inner = next(
        (
            k
            for k in range(end - 1, start, -1)
            if tokens[k].low in {"the", "a", "an"}
            and not tokens[k - 1].low.endswith("ing")
            and tokens[k - 1].tag in "wCvUN"
            and tokens[k - 1].tag != "o"
        ),
        None,
    )
    start = inner if inner is not None else start
    while start < end and (tokens[start].tag in "pc,oe" or tokens[start].low in {"that"}) and start < end - 1:
        start += 1
    return start


def _counted(tokens: Sequence[Token], index: int) -> bool:
    """ "wounding 12 people army sources said": the counted ahead of the speaker, where commas were stripped."""
    if index < 2 or tokens[index].tag != "v" or tokens[index - 1].tag != "N" or tokens[index - 1].low in _ARTICLES:
        return False
    for token in reversed(tokens[max(0, index - 10) : index - 1]):
        if token.tag in "KGPXADM":
            return True
        if token.tag == ",":
            return False
    return False


def name_aside(tokens: Sequence[Token], comma: int, end: int) -> bool:
    """Whether the comma parts a title from a name: "A spokesman for the army, Col. Dillon"."""
    after = tokens[comma + 1 : end]
    office = comma
    while office > 0 and tokens[office - 1].tag in "CwvdN":
        office -= 1
    if office > 0 and tokens[office - 1].tag == "B":
        return False  # "the other was a police officer, Mr Toral said"
    return (
        bool(after)
        and all(token.tag in "C'" or token.low in {"al", "el", "bin", "abu", "de"} for token in after)
        and comma > 0
        and tokens[comma - 1].tag in "Cwv"
        and any(token.low in _OFFICES for token in tokens[max(0, comma - 8) : comma])
    )


def _new_clause(tokens: Sequence[Token], index: int) -> bool:
    """Whether the "and" at *index* opens a clause rather than joins two names."""
    for token in reversed(tokens[max(0, index - 12) : index]):
        if token.tag in "KGPDBH":
            return True
        if token.tag == ",":
            return False
    return False
