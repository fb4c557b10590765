"""What a verb of saying governs: its subject's words after it, before it or around it, and who relays them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extraction.tables import rows
from extraction.voices.memory import Memory
from extraction.voices.referents import voice_at
from extraction.voices.speakers import PAPERS, name_aside, office_end, phrase_start, subject_of
from extraction.voices.voice import Voice, voice_of
from extraction.words.index import openings
from extraction.words.lexicon import words
from extraction.words.tokens import Token, reporting

_CITING = words("attribution", "citing")
_QUOTED = words("attribution", "quoted")
_SHARING = words("attribution", "sharing")
_GIVING = words("attribution", "giving")
_PAPERS_OF = words("attribution", "papers_of")
_NEEDS_OBJECT = words("attribution", "needs_object")
_NEVER = words("attribution", "never")
_TIMES = words("attribution", "times")
_REACH = 400
"""Words of a sentence around a verb of saying that can belong to it: keeps a text without full stops in linear time."""
_OWNERS = words("attribution", "owners")
_CUES = _PAPERS_OF | _SHARING | _GIVING | {"according"}
"""Words beside the verbs of saying that can bring a voice."""
_HEADINGS = words("attribution", "headings")
_NO_CONTENT = words("attribution", "no_content")
_NOUNS = words("attribution", "nouns_too")
_BEFORE_NOUN = words("attribution", "before_noun")
_OWNED_NOUNS = words("attribution", "owned_nouns")
_COUNTED = words("attribution", "counted")
_NEEDS_HARM = words("attribution", "needs_harm")
_GOES_ON = words("attribution", "goes_on")
_WRITINGS = words("attribution", "writings")
_PUBLISHES = words("attribution", "publishes")
_PLURAL = words("attribution", "plural")
_FINDING = words("attribution", "finding")
_REMAINS = words("attribution", "remains")
_NEEDS_THAT = tuple(words("attribution", "needs_that"))
_CLAUSE_OPENERS = words("attribution", "clause_openers")
_REPORTED = words("attribution", "reported")
_REPORTS = Voice("unspecified reports", "it", "generic")


@dataclass(slots=True)
class Stretch:
    """``[start, end)`` of the plain text that a voice governs; ``kind`` of its verb (say, claim, confirm, deny,
    blame, cite).
    """

    start: int
    end: int
    voice: Voice
    kind: str
    verb: int
    relays: tuple[str, ...] = ()


@cache
def _kinds() -> dict[str, str]:
    return {form: row["kind"] for row in rows("reporting_verbs.csv") for form in row["forms"].split()}


def kind_of(form: str) -> str:
    """Kind of the reporting verb *form*."""
    return _kinds().get(form, "say")


def may_say(token: Token) -> bool:
    """Whether *token* can be the word of a voice: a quick look, for every word of a text."""
    return token.tag == "R" or token.low in _CUES


@cache
def words_of_voices() -> frozenset[str]:
    """Words, one of which stands wherever a token `may_say` something, lower case."""
    return openings(reporting() | _CUES)


def saying(
    plain: str, tokens: Sequence[Token], index: int, memory: Memory, earlier: Sequence[Stretch] = ()
) -> Stretch | None:
    """The voice of the word at *index* and what it governs; *earlier* are those before it in the sentence."""
    token = tokens[index]
    if token.low == "according" and index + 1 < len(tokens) and tokens[index + 1].tag == "t":
        return _according(plain, tokens, index, memory)
    if token.low in _PAPERS_OF and index and tokens[index - 1].low in _OWNERS:
        return _paper(plain, tokens, index, memory)
    if (token.low in _SHARING and _opens_quote(tokens, index)) or _gives_toll(tokens, index):
        subject = subject_of(tokens, index)
        voice = voice_at(plain, tokens, *subject, memory) if subject is not None else None
        return Stretch(token.end, tokens[-1].end, voice, "say", token.start) if voice is not None else None
    if token.tag != "R" or not _is_verb(tokens, index) or _says_nothing(tokens, index) or _negated(tokens, index):
        return None
    if _cites(tokens, index):
        return _following(plain, tokens, index, memory)
    kind = kind_of(token.low)
    if _passive(tokens, index):
        return _by_whom(plain, tokens, index, memory, kind)
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if token.low.endswith("ed") and (after == "by" or (token.low in _QUOTED and after in {"in", "as", "on"})):
        return None
    if kind == "blame" and token.low.endswith("ed") and after in {"for", "of"}:
        return None  # "a man blamed for attacks"
    subject = subject_of(tokens, index)
    if _goes_on(tokens, index, subject):
        again = earlier[-1].voice if earlier else _speaker_before(plain, tokens, index, memory)
        return Stretch(token.end, tokens[-1].end, again, kind, token.start) if again is not None else None
    if earlier and subject is not None and _is_own_pronoun(tokens, *subject):
        return Stretch(token.end, tokens[-1].end, earlier[-1].voice, kind, token.start)
    if _speaker_follows(tokens, index):
        behind = _inverted(plain, tokens, index, memory, kind)
        if behind is not None:
            return behind
    voice = voice_at(plain, tokens, *subject, memory) if subject is not None else None
    if voice is not None and earlier and voice.name == _REPORTS.name:
        return None
    if subject is None or voice is None:
        return _inverted(plain, tokens, index, memory, kind)
    return _governed(plain, tokens, index, subject[0], voice, kind)


def _gives_toll(tokens: Sequence[Token], index: int) -> bool:
    """ "gave a toll of 82 killed", "offered a figure of ten"."""
    if tokens[index].low not in _GIVING:
        return False
    ahead = tokens[index + 1 : index + 6]
    counts = any(token.tag == "T" or _COUNTED & set(token.low.split()) or "toll" in token.low for token in ahead[:4])
    return counts and any(token.tag == "N" for token in ahead)


def _opens_quote(tokens: Sequence[Token], index: int) -> bool:
    """Whether a colon and a quotation follow: "shared a message: “…”"."""
    ahead = tokens[index + 1 : index + 9]
    return any(one.tag == ":" and two.tag == '"' for one, two in itertools.pairwise(ahead))


def _goes_on(tokens: Sequence[Token], index: int, subject: tuple[int, int] | None) -> bool:
    """ "… and said", "…, adding that", "issued a statement saying": the verb has the speaker of the one before it."""
    if tokens[index].low.endswith("ing"):
        before = tokens[index - 1] if index else None
        return before is not None and (before.tag == "," or before.low in _GOES_ON or before.low in _WRITINGS)
    if subject is None:
        return index > 1 and tokens[index - 1].low in {"and", "but"}  # "…, but denied reports that it had killed"
    return tokens[subject[1] - 1].tag == "c"


def _speaker_before(plain: str, tokens: Sequence[Token], index: int, memory: Memory) -> Voice | None:
    """The subject of the verb of saying or publishing before *index*, though no figure hangs on that verb; that of the
    sentence where a party does something "saying" so ("The army challenged the account, saying it had killed").
    """
    for step in range(index - 1, 0, -1):
        verb = tokens[step].tag == "R" and tokens[step].low not in _WRITINGS
        if verb or tokens[step].low in _PUBLISHES:
            subject = subject_of(tokens, step)
            return voice_at(plain, tokens, *subject, memory) if subject is not None else None
    return _doer_before(plain, tokens, index, memory) if tokens[index].low.endswith("ing") else None


def _doer_before(plain: str, tokens: Sequence[Token], index: int, memory: Memory) -> Voice | None:
    """The party that opens the sentence and whose verb in "-ed" stands before the comma at *index*."""
    for step in range(1, index):
        if tokens[step].tag == "w" and tokens[step].low.endswith("ed"):
            subject = subject_of(tokens, step)
            opens = subject is not None and all(token.tag in "cep" for token in tokens[: subject[0]])
            voice = voice_at(plain, tokens, *subject, memory) if subject is not None and opens else None
            return voice if voice is not None and voice.is_known else None
        if tokens[step].tag in ",;KGPDR":
            return None
    return None


def _governed(plain: str, tokens: Sequence[Token], index: int, first: int, voice: Voice, kind: str) -> Stretch | None:
    """What the subject at *first* says by the verb at *index*: the words around, before or after it."""
    token = tokens[index]
    relays = _told(plain, tokens, index)
    if first and tokens[first - 1].tag == '"' and tokens[first - 1].start > tokens[0].start:
        return Stretch(tokens[0].start, tokens[-1].end, voice, kind, token.start, relays)
    if _around(tokens, index, first):
        return Stretch(tokens[0].start, tokens[-1].end, voice, kind, token.start, relays)
    if _closes(tokens, index, first):
        blamed = kind == "blame" and index + 1 < len(tokens) and tokens[index + 1].low == "on"
        return None if blamed else Stretch(tokens[0].start, tokens[first].start, voice, kind, token.start, relays)
    return Stretch(token.end, tokens[-1].end, voice, kind, token.start, relays)


def _cites(tokens: Sequence[Token], index: int) -> bool:
    """ "citing officials", "The paper quoted a doctor": the source stands behind the verb; not "was quoted"."""
    low = tokens[index].low
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    return low in _CITING or (low in _QUOTED and not _passive(tokens, index) and after not in {"in", "by", "as", "on"})


def _paper(plain: str, tokens: Sequence[Token], index: int, memory: Memory) -> Stretch | None:
    """ "by its estimate", "the ministry's tally of 40 dead": a count that is somebody's own."""
    before = tokens[index - 1]
    if before.low != "'s":
        voice = (memory.topic or memory.last) if _by(tokens, index - 1) else None
    elif index > 1 and _claims(tokens, index):
        voice = voice_at(plain, tokens, phrase_start(tokens, index - 1), index - 1, memory)
    else:
        return None
    if voice is None:
        return None
    closes = index + 2 >= len(tokens)
    start, end = (tokens[0].start, tokens[index].start) if closes else (tokens[index].end, tokens[-1].end)
    return Stretch(start, end, voice, "say", tokens[index].start)


def _by(tokens: Sequence[Token], index: int) -> bool:
    """Whether "by" or "in" stands before *index*: "by its estimate"."""
    return index > 0 and tokens[index - 1].low in {"by", "in"}


def _claims(tokens: Sequence[Token], index: int) -> bool:
    """Whether the paper at *index* is of a figure ("report of 20 killed") or measures it ("by X's count")."""
    if _by(tokens, phrase_start(tokens, index - 1)):
        return True
    return (
        index + 1 < len(tokens)
        and any(token.tag == "N" for token in tokens[index + 1 : index + 6])
        and tokens[index + 1].low in {"of", "that"}
    )


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the reporting form is used as a verb: not "the report", "a claim of", "reported deaths"."""
    verb = tokens[index].low
    before = tokens[index - 1] if index else None
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if verb in {"confirmed", "reported", "listed"} and after in {"dead", "killed", "missing", "wounded"}:
        return False
    if before is not None and (
        before.tag in "doN" or (before.low in _BEFORE_NOUN and verb in _NOUNS and after != "that")
    ):
        return False
    if verb in _OWNED_NOUNS and _is_noun(tokens, index):
        return False
    if verb in _NOUNS and before is not None and _denied(tokens, index):
        return False
    if verb in {"put", "puts", "placed", "places", "putting"}:
        return any(token.tag == "T" or token.low in _COUNTED for token in tokens[index + 1 : index + 7])
    if verb in _FINDING and any(token.low in _REMAINS for token in tokens[index + 1 : index + 7]):
        return False
    if verb in _NEEDS_HARM:
        ahead = tokens[index + 1 : index + 8]
        return len(ahead) < 2 or any(token.harm is not None or token.low == "that" for token in ahead)
    return True


def _denied(tokens: Sequence[Token], index: int) -> bool:
    """ "denied (on Friday) reports that": what is denied, no verb."""
    return any(token.tag == "R" and kind_of(token.low) == "deny" for token in tokens[max(0, index - 3) : index])


def _is_noun(tokens: Sequence[Token], index: int) -> bool:
    """ "the last note", "the ministry's report": one that is said, unlike "the police report"."""
    before = tokens[index - 1] if index else None
    if before is None or before.low.endswith("s") or before.low in _PLURAL:
        return before is not None and before.low.endswith("'s")
    return before.tag in "wCe" and index > 1 and tokens[index - 2].tag in "d'"


def _says_nothing(tokens: Sequence[Token], index: int) -> bool:
    """ "claimed responsibility", "warned Hezbollah against", "denied a bombing that killed 12": no figure hangs on the
    verb.
    """
    ahead = [token.low for token in tokens[index + 1 : index + 5]]
    if tokens[index].low.startswith("claim") and _NO_CONTENT & set(ahead):
        return True
    if kind_of(tokens[index].low) == "deny" and _denies_a_deed(ahead):
        return True
    return tokens[index].low.startswith(_NEEDS_THAT) and "that" not in ahead[:2]


def _denies_a_deed(ahead: Sequence[str]) -> bool:
    """Whether a deed and "that" stand *ahead*: what it did is no part of what is denied."""
    return any(deed in _HEADINGS and that in {"that", "which"} for deed, that in itertools.pairwise(ahead))


def _negated(tokens: Sequence[Token], index: int) -> bool:
    """ "who have never publicly stated their goals": nothing is said."""
    return any(token.low in _NEVER for token in tokens[max(0, index - 3) : index])


def _passive(tokens: Sequence[Token], index: int) -> bool:
    step = index - 1
    while step >= 0 and (tokens[step].tag in "en" or tokens[step].low in {"first", "also"}):
        step -= 1
    return step >= 0 and tokens[step].tag == "B"


def _around(tokens: Sequence[Token], index: int, first: int) -> bool:
    """ "Eight were injured, he added, and five men were led away": the voice stands inside what it says."""
    if first < 3 or tokens[first - 1].tag != "," or index + 1 >= len(tokens) or tokens[index + 1].low == "that":
        return False
    comma = next((k for k in range(index + 1, min(index + 9, len(tokens))) if tokens[k].tag == ","), None)
    return (
        comma is not None
        and any(token.tag in "KGPDMXT" for token in tokens[max(0, first - _REACH) : first])
        and any(token.tag in "KGPDMXT" for token in tokens[comma + 1 : comma + _REACH])
        and not any(token.tag == "R" for token in tokens[comma : comma + _REACH])
    )


def _closes(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether "…, SUBJECT said" closes the sentence or the clause, so that it governs what stands before it."""
    before = tokens[first - 1] if first else None
    if before is None or not any(token.tag in "KGPDMXTN" for token in tokens[max(0, first - _REACH) : first]):
        return False
    rest = [token for token in tokens[index + 1 : index + _REACH] if token.tag not in 'e"']
    if before.tag in ',"' or before.low in {"which", "as"}:
        return _tail(rest)
    return len(rest) <= 4 and _tail(rest) and not any(token.low in _NO_CONTENT or token.tag == "N" for token in rest)


_CONTRASTS = frozenset({"but", "while", "although", "though", "whereas"})


def _tail(rest: Sequence[Token]) -> bool:
    """Whether what follows the verb is only when, where and to whom it was said, or opens what is added to it."""
    if len(rest) > 1 and rest[0].tag == "," and rest[1].tag == "R" and rest[1].low.endswith("ing"):
        return True
    if len(rest) > 1 and rest[0].tag in ",;" and rest[1].low in _CONTRASTS:
        return True
    for position, token in enumerate(rest):
        if token.tag in "KGPDMT":
            return False
        if token.tag in ",;" and position > 0 and any(t.tag in "KGPDMTR" for t in rest[position:]):
            return any(t.tag == "R" for t in rest[position:]) and not any(t.tag in "KGPDMT" for t in rest[position:])
        if token.low == "that" and not (position + 1 < len(rest) and rest[position + 1].low in _TIMES):
            return False
    return True


def _is_own_pronoun(tokens: Sequence[Token], first: int, end: int) -> bool:
    """ "The monitor said it confirmed …": a pronoun in what a voice says means that voice."""
    return end - first == 1 and tokens[first].low in {"it", "they", "he", "she"}


def _speaker_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing but a name or an office follows the verb to the end: "…, said local police chief Ahmed."."""
    rest = tokens[index + 1 : index + 14]
    if not rest or index + 14 < len(tokens) or tokens[index - 1].tag != "," or tokens[index].low in _NEEDS_OBJECT:
        return False
    names = rest[0].tag in "Cwdv" and rest[0].low != "that" and any(token.tag == "C" for token in rest)
    return names and not any(token.tag in "KGPDXTRBH:;(" for token in rest)


def _inverted(plain: str, tokens: Sequence[Token], index: int, memory: Memory, kind: str) -> Stretch | None:
    """ "…", said the Observatory."""
    if index == 0 or tokens[index - 1].tag not in ',"' or tokens[index].low.endswith("ing"):
        return None
    end = index + 1
    while end < len(tokens) and tokens[end].tag not in ',;()RKGPD\u2014"' and end - index < 14:
        end += 1
    if _says_a_clause(tokens[index + 1 : end]):
        return None
    voice = voice_at(plain, tokens, index + 1, office_end(tokens, end), memory)
    if voice is None:
        return None
    return Stretch(tokens[0].start, tokens[index].start, voice, kind, tokens[index].start)


def _says_a_clause(behind: Sequence[Token]) -> bool:
    """ "A villager, said rebels had fled": what stands behind the verb of saying has a verb of its own."""
    verb = next((at for at, token in enumerate(behind) if token.tag in "BH"), 0)
    return verb > 0 and all(token.tag != "r" for token in behind[:verb])


def _following(plain: str, tokens: Sequence[Token], index: int, memory: Memory) -> Stretch | None:
    """ "citing hospital officials": the source behind the voice that relays it."""
    end = index + 1
    while end < len(tokens) and tokens[end].tag not in ',;()RKGPDBH\u2014"' and end - index < 12:
        if tokens[end].low == "as":
            break
        end += 1
    voice = voice_at(plain, tokens, index + 1, end, memory)
    if voice is None:
        return None
    subject = subject_of(tokens, index) if not tokens[index].low.endswith("ing") else None
    outlet = voice_of(plain[tokens[subject[0]].start : tokens[subject[1] - 1].end]) if subject else None
    relays = (outlet.name,) if outlet is not None and outlet.is_outlet else ()
    return Stretch(tokens[0].start, tokens[-1].end, voice, "cite", tokens[index].start, relays)


def _by_whom(plain: str, tokens: Sequence[Token], index: int, memory: Memory, kind: str) -> Stretch | None:
    """ "was quoted as saying by", "were reported by activists"; the subject when it "was quoted"."""
    if tokens[index].low in {"quoted", "cited"}:
        step = index - 1
        while step >= 0 and tokens[step].tag in "eBHn":
            step -= 1
        step -= step > 0 and tokens[step].tag == ","  # "the watchdog, Rights Network, was quoted"
        start = phrase_start(tokens, step + 1)
        voice = voice_at(plain, tokens, start, step + 1, memory)
        if voice is not None:
            by = next((k for k in range(index, len(tokens) - 1) if tokens[k].low == "by"), None)
            relays = (
                tuple(v.name for v in [voice_at(plain, tokens, by + 1, min(len(tokens), by + 8), memory)] if v)
                if by
                else ()
            )
            inside = any(token.tag in "KGPDMT" for token in tokens[:start])
            return Stretch(
                tokens[0].start if inside else tokens[index].end,
                tokens[start].start if inside else tokens[-1].end,
                voice,
                "say",
                tokens[index].start,
                relays,
            )
        return None
    if tokens[index].low in _REPORTED and _is_it(tokens, index):
        return Stretch(tokens[index].end, tokens[-1].end, _REPORTS, kind, tokens[index].start)
    if index + 1 < len(tokens) and tokens[index + 1].low == "by":
        end = index + 2
        while end < len(tokens) and tokens[end].tag not in ',;()RKGPDB\u2014"r' and end - index < 12:
            end += 1
        voice = voice_at(plain, tokens, index + 2, end, memory)
        return Stretch(tokens[0].start, tokens[-1].end, voice, kind, tokens[index].start) if voice else None
    return None


def _is_it(tokens: Sequence[Token], index: int) -> bool:
    """ "it was reported": nobody in particular says it."""
    step = index - 1
    while step > 0 and tokens[step].tag in "eBHn":
        step -= 1
    return tokens[step].low == "it"


def _according(plain: str, tokens: Sequence[Token], index: int, memory: Memory) -> Stretch | None:
    end = index + 2
    if end < len(tokens) and tokens[end].low in {"him", "her", "them"}:
        return _after(plain, tokens, index, end + 1, memory)
    while end < len(tokens) and end - index < 18:
        token = tokens[end]
        if (
            token.tag in ":;()KGPDBH\u2014"
            or (token.tag == "R" and token.low not in PAPERS and not _done_by(tokens, end))
            or (token.tag == "p" and token.low in _CLAUSE_OPENERS)
            or (token.tag == "," and not name_aside(tokens, end, min(len(tokens), end + 4)))
        ):
            break
        if token.tag == '"' and end > index + 3:
            break
        end += 1
    return _after(plain, tokens, index, end, memory)


def _done_by(tokens: Sequence[Token], index: int) -> bool:
    """ "figures released by the ministry": the participle at *index* tells whose they are."""
    return index + 1 < len(tokens) and tokens[index + 1].low == "by"


def _after(plain: str, tokens: Sequence[Token], index: int, end: int, memory: Memory) -> Stretch | None:
    """What "according to" at *index* governs by the voice that ends before *end*: the rest, or what stands before."""
    voice = voice_at(plain, tokens, index + 2, end, memory)
    if voice is None:
        return None
    opens = index == 0 or tokens[index - 1].tag in "c" or not any(token.tag in "KGPDMXT" for token in tokens[:index])
    if opens:
        return Stretch(tokens[end - 1].end, tokens[-1].end, voice, "say", tokens[index].start)
    return Stretch(tokens[0].start, tokens[index].start, voice, "say", tokens[index].start)


def _told(plain: str, tokens: Sequence[Token], index: int) -> tuple[str, ...]:
    """ "told Reuters": the outlet that carries the words."""
    if tokens[index].low not in {"told", "tells", "informed"}:
        return ()
    end = index + 1
    while end < len(tokens) and tokens[end].tag in "Cdvw'" and end - index < 6:
        end += 1
    voice = voice_of(plain[tokens[index + 1].start : tokens[end - 1].end]) if end > index + 1 else None
    return (voice.name,) if voice and voice.is_outlet else ()
