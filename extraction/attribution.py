"""Who says so: the voice that governs each claim, and the outlets that relay it.

A sentence's voices are the subjects of its reporting verbs ("SOHR said", "…, police said", "according to residents");
each governs a stretch of the sentence. A pronoun or a definite noun ("the group", "the site", "he") stands for the
last voice of its kind; a quotation that runs on keeps its voice; everything else is the narrator's.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from extraction import lexicon
from extraction.actors import ActorMention
from extraction.lexicon import pattern
from extraction.memory import Memory, at_home, definite
from extraction.tokens import Token
from extraction.voices import Voice, voice_of

_ANAPHORS = pattern("attribution", "anaphors")
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "that"})
_SKIP_BEFORE_VERB = frozenset("Henzb")


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


def _kinds() -> dict[str, str]:
    return {form: row["kind"] for row in lexicon.rows("reporting_verbs.csv") for form in row["forms"].split()}


_KIND: dict[str, str] = {}
"""Which kinds of body a definite noun can stand for, the likeliest first."""
_PAPERS = frozenset(
    {"report", "reports", "count", "tally", "estimates", "estimate", "records", "claims", "documents", "notes"}
)
_LEADING = pattern("attribution", "leading")
_NO_CONTENT = frozenset({"responsibility", "credit", "lives", "life"})


def kind_of(form: str) -> str:
    """Kind of the reporting verb *form*."""
    if not _KIND:
        _KIND.update(_kinds())
    return _KIND.get(form, "say")


def stretches(plain: str, tokens: Sequence[Token], memory: Memory, named: Sequence[ActorMention]) -> list[Stretch]:
    """The voices of one sentence and what each governs; *memory* is read and brought up to date with them and the
    actors *named*.
    """
    if not tokens:
        return []
    found = [
        stretch for index in range(len(tokens)) if (stretch := _voice_at(plain, tokens, index, memory)) is not None
    ]
    _limit(found, tokens)
    found += _headline(plain, tokens, memory) if not found else []
    start, end = tokens[0].start, tokens[-1].end
    if not found and memory.last is not None and (memory.open_quote or plain[start] == '"'):
        found = [Stretch(start, end, memory.last, "say", start)]
    if plain.count('"', start, end) % 2:
        memory.open_quote = not memory.open_quote
    memory.note(named)
    for stretch in found:
        memory.hear(stretch.voice)
    return found


def _voice_at(plain: str, tokens: Sequence[Token], index: int, memory: Memory) -> Stretch | None:
    token = tokens[index]
    if token.low == "according" and index + 1 < len(tokens) and tokens[index + 1].tag == "t":
        return _according(plain, tokens, index, memory)
    if token.tag != "R" or not _is_verb(tokens, index):
        return None
    kind = kind_of(token.low)
    if token.low in {"citing", "quoting", "cites", "quotes"} or (
        token.low in {"cited", "quoted"} and not _passive(tokens, index)
    ):
        return _following(plain, tokens, index, memory, kind)
    if _says_nothing(tokens, index, kind):
        return None
    passive = _passive(tokens, index)
    if not passive and index + 1 < len(tokens) and tokens[index + 1].low == "by" and token.low.endswith("ed"):
        return None
    if passive:
        return _by_whom(plain, tokens, index, memory, kind)
    subject = _subject(tokens, index)
    if subject is not None:
        voice = _voice(plain, tokens, *subject, memory)
        if voice is None:
            return None
        relays = _told(plain, tokens, index)
        if _around(tokens, index, subject[0]):
            return Stretch(tokens[0].start, tokens[-1].end, voice, kind, token.start, relays)
        if _closes(tokens, index, subject[0]):
            return Stretch(tokens[0].start, tokens[subject[0]].start, voice, kind, token.start, relays)
        return Stretch(token.end, tokens[-1].end, voice, kind, token.start, relays)
    return _inverted(plain, tokens, index, memory, kind)


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the reporting form is used as a verb: not "the report", "a claim of", "reported deaths"."""
    before = tokens[index - 1] if index else None
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if tokens[index].low in {"confirmed", "reported", "listed"} and after in {"dead", "killed", "missing", "wounded"}:
        return False
    if before is not None and (
        before.tag in "do"
        or before.tag == "N"
        or (
            before.low in {"to", "of", "no", "initial", "local", "media", "news", "'s", "as", "unconfirmed", "earlier"}
            and tokens[index].low
            in {
                "report",
                "reports",
                "claims",
                "counts",
                "estimates",
                "notes",
                "documents",
                "records",
                "shows",
                "accounts",
                "quotes",
                "posts",
                "claim",
                "estimate",
                "record",
            }
        )
    ):
        return False
    if (
        tokens[index].low in {"report", "claim", "estimate", "record", "count", "note", "state"}
        and before is not None
        and before.tag in "wC"
        and before.low.endswith("'s")
    ):
        return False
    if tokens[index].low in {"put", "puts", "placed", "places", "putting"}:
        return any(
            token.tag == "T" or token.low in {"number", "figure", "count", "total", "dead", "casualties"}
            for token in tokens[index + 1 : index + 7]
        )
    if tokens[index].low in {
        "released",
        "posted",
        "published",
        "broadcast",
        "show",
        "shows",
        "showed",
        "mentioned",
        "listed",
        "monitored",
    }:
        return any(token.harm is not None or token.low == "that" for token in tokens[index + 1 : index + 8])
    return True


def _says_nothing(tokens: Sequence[Token], index: int, kind: str) -> bool:
    """ "claimed responsibility", "claimed the lives of", "warned Hezbollah against": no figure hangs on the verb."""
    ahead = [token.low for token in tokens[index + 1 : index + 5]]
    if tokens[index].low.startswith("claim") and _NO_CONTENT & set(ahead):
        return True
    return (
        tokens[index].low.startswith(("warn", "condemn", "denounc", "describ", "recall", "explain"))
        and "that" not in ahead[:2]
    )


def _passive(tokens: Sequence[Token], index: int) -> bool:
    step = index - 1
    while step >= 0 and tokens[step].tag in "en":
        step -= 1
    return step >= 0 and tokens[step].tag == "B"


def _subject(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Token span of the subject of the verb at *index*; None when the verb comes first ("said the Observatory")."""
    end = index
    while end > 0 and (
        (tokens[end - 1].tag in _SKIP_BEFORE_VERB and tokens[end - 1].quantity is None)
        or tokens[end - 1].low in {"since", "have"}
    ):
        end -= 1
    if end == 0:
        return None
    aside = tokens[end - 1].tag == "," and end >= 3
    if aside:
        start = _apposition(tokens, end - 1)
        if start is None:
            return None
        end -= 1
        first = _phrase_start(tokens, start)
        return (first, end) if first < end else None
    if tokens[end - 1].tag in '"' or tokens[end - 1].tag in ".;:":
        return None
    start = _phrase_start(tokens, end)
    return (start, end) if start < end else None


def _apposition(tokens: Sequence[Token], comma: int) -> int | None:
    """The comma that opens the aside closed at *comma* ("Hussein, a captain, said"); None when there is no name
    before it.
    """
    for step in range(comma - 1, max(-1, comma - 32), -1):
        if tokens[step].tag == "," and step > 0:
            if tokens[step - 1].tag in "Cvw)" and step + 1 < comma and tokens[step + 1].tag in "dNCrwv":
                return step
            return None
        if tokens[step].tag in "RKGPD;" and tokens[step].low not in _PAPERS:
            return None
    return None


def _phrase_start(tokens: Sequence[Token], end: int) -> int:
    """Where the noun phrase that ends before *end* begins."""
    start = end
    if end > 0 and tokens[end - 1].tag == ")":
        start = next((k for k in range(end - 2, max(-1, end - 8), -1) if tokens[k].tag == "("), end)
    while start > 0 and end - start < 18:
        token = tokens[start - 1]
        if token.tag in 'RKGPDBbzt;:()\u2014i"' and not (token.tag == '"' and end - start < 1):
            break
        if token.tag == "," and not _name_aside(tokens, start - 1, end):
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
        if token.tag == "p" and token.low not in {
            "in",
            "at",
            "for",
            "from",
            "on",
            "with",
            "near",
            "against",
            "inside",
            "based",
        }:
            break
        start -= 1
    inner = next(
        (
            k
            for k in range(end - 1, start, -1)
            if tokens[k].low in {"the", "a", "an"} and tokens[k - 1].tag in "wCvUN" and tokens[k - 1].tag != "o"
        ),
        None,
    )
    start = inner if inner is not None else start
    while start < end and (tokens[start].tag in "pc,oe" or tokens[start].low in {"that"}) and start < end - 1:
        start += 1
    return start


def _name_aside(tokens: Sequence[Token], comma: int, end: int) -> bool:
    """Whether the comma parts a title from a name: "A spokesman for the army, Col. Dillon"."""
    after = tokens[comma + 1 : end]
    return (
        bool(after)
        and all(token.tag in "C'" or token.low in {"al", "el", "bin", "abu", "de"} for token in after)
        and comma > 0
        and tokens[comma - 1].tag in "Cwv"
        and any(token.tag in "wv" for token in tokens[max(0, comma - 8) : comma])
    )


def _new_clause(tokens: Sequence[Token], index: int) -> bool:
    """Whether the "and" at *index* opens a clause rather than joins two names."""
    return any(token.tag in "KGPDBH" for token in tokens[max(0, index - 12) : index])


def _around(tokens: Sequence[Token], index: int, first: int) -> bool:
    """ "Eight were injured, he added, and five men were led away": the voice stands inside what it says."""
    if first < 3 or tokens[first - 1].tag != "," or index + 1 >= len(tokens) or tokens[index + 1].low == "that":
        return False
    harmed = [k for k, token in enumerate(tokens) if token.tag in "KGPDMXT"]
    comma = next((k for k in range(index + 1, len(tokens)) if tokens[k].tag == ","), None)
    return (
        comma is not None
        and comma - index < 9
        and any(k < first for k in harmed)
        and any(k > comma for k in harmed)
        and not any(token.tag == "R" for token in tokens[comma:])
    )


def _closes(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether "…, SUBJECT said" closes the sentence or the clause, so that it governs what stands before it."""
    rest = [token for token in tokens[index + 1 :] if token.tag not in 'e"']
    before = tokens[first - 1] if first else None
    if before is None or not any(token.tag in "KGPDMXTN" for token in tokens[:first]):
        return False
    if before.tag in ',"' or before.low in {"which", "as"}:
        return _tail(rest)
    return len(rest) <= 4 and _tail(rest) and not any(token.low in _NO_CONTENT or token.tag == "N" for token in rest)


def _tail(rest: Sequence[Token]) -> bool:
    """Whether what follows the verb is only when, where and to whom it was said."""
    for position, token in enumerate(rest):
        if token.tag in "KGPDMT":
            return False
        if token.tag in ",;" and position > 0 and any(t.tag in "KGPDMTR" for t in rest[position:]):
            return any(t.tag == "R" for t in rest[position:]) and not any(t.tag in "KGPDMT" for t in rest[position:])
        if token.low == "that":
            return False
    return True


def _inverted(plain: str, tokens: Sequence[Token], index: int, memory: Memory, kind: str) -> Stretch | None:
    """ "…", said the Observatory."""
    if index == 0 or tokens[index - 1].tag not in ',"' or tokens[index].low.endswith("ing"):
        return None
    end = index + 1
    while end < len(tokens) and tokens[end].tag not in ',;()RKGPD\u2014"' and end - index < 14:
        end += 1
    voice = _voice(plain, tokens, index + 1, end, memory)
    if voice is None:
        return None
    return Stretch(tokens[0].start, tokens[index].start, voice, kind, tokens[index].start)


def _following(plain: str, tokens: Sequence[Token], index: int, memory: Memory, kind: str) -> Stretch | None:
    """ "citing hospital officials": the source behind the voice that relays it."""
    end = index + 1
    while end < len(tokens) and tokens[end].tag not in ',;()RKGPDBH\u2014"' and end - index < 12:
        end += 1
    voice = _voice(plain, tokens, index + 1, end, memory)
    if voice is None:
        return None
    subject = _subject(tokens, index) if not tokens[index].low.endswith("ing") else None
    outlet = voice_of(plain[tokens[subject[0]].start : tokens[subject[1] - 1].end]) if subject else None
    relays = (outlet.name,) if outlet is not None and outlet.is_outlet else ()
    return Stretch(tokens[0].start, tokens[-1].end, voice, "cite", tokens[index].start, relays)


def _by_whom(plain: str, tokens: Sequence[Token], index: int, memory: Memory, kind: str) -> Stretch | None:
    """ "was quoted as saying by", "were reported by activists"; the subject when it "was quoted"."""
    if tokens[index].low in {"quoted", "cited"}:
        step = index - 1
        while step >= 0 and tokens[step].tag in "eBHn":
            step -= 1
        start = _phrase_start(tokens, step + 1)
        voice = _voice(plain, tokens, start, step + 1, memory)
        if voice is not None:
            by = next((k for k in range(index, len(tokens) - 1) if tokens[k].low == "by"), None)
            relays = (
                tuple(v.name for v in [_voice(plain, tokens, by + 1, min(len(tokens), by + 8), memory)] if v)
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
    if index + 1 < len(tokens) and tokens[index + 1].low == "by":
        end = index + 2
        while end < len(tokens) and tokens[end].tag not in ',;()RKGPDB\u2014"r' and end - index < 12:
            end += 1
        voice = _voice(plain, tokens, index + 2, end, memory)
        return Stretch(tokens[0].start, tokens[-1].end, voice, kind, tokens[index].start) if voice else None
    return None


def _according(plain: str, tokens: Sequence[Token], index: int, memory: Memory) -> Stretch | None:
    end = index + 2
    while end < len(tokens) and end - index < 18:
        token = tokens[end]
        if (
            token.tag in ";()KGPDBH\u2014"
            or (token.tag == "R" and token.low not in _PAPERS)
            or (
                token.tag == "p"
                and token.low in {"due to", "after", "as", "while", "when", "because", "before", "following"}
            )
            or (token.tag == "," and not _name_aside(tokens, end, min(len(tokens), end + 4)))
        ):
            break
        if token.tag == '"' and end > index + 3:
            break
        end += 1
    voice = _voice(plain, tokens, index + 2, end, memory)
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


def _headline(plain: str, tokens: Sequence[Token], memory: Memory) -> list[Stretch]:
    """ "Activists: IS kills 135" and "… kills 55 militants: military sources", "… leave 31 dead - reports"."""
    marks = [k for k, token in enumerate(tokens) if token.tag in ":\u2014"]
    if not marks:
        return []
    first, last = marks[0], marks[-1]
    if (
        first <= 5
        and not any(token.tag in "KGPDMN" for token in tokens[:first])
        and any(token.harm for token in tokens[first:])
    ):
        voice = voice_of(plain[tokens[0].start : tokens[first - 1].end]) if first else None
        if voice is not None and voice.is_known and tokens[first].tag == ":":
            return [Stretch(tokens[first].end, tokens[-1].end, voice, "say", tokens[0].start)]
    if len(tokens) - last <= 6 and last + 1 < len(tokens) and any(token.harm for token in tokens[:last]):
        voice = voice_of(plain[tokens[last + 1].start : tokens[-1].end])
        voice = at_home(voice, memory) if voice is not None else None
        if voice is not None and voice.is_known and not any(token.tag in "NKGPDM" for token in tokens[last + 1 :]):
            return [Stretch(tokens[0].start, tokens[last].start, voice, "say", tokens[last].start)]
    return []


def _voice(plain: str, tokens: Sequence[Token], first: int, end: int, memory: Memory) -> Voice | None:
    """The voice that the phrase ``tokens[first:end]`` names; pronouns and definite nouns are looked up in *memory*."""
    while end > first and tokens[end - 1].tag in ',"e':
        end -= 1
    if end <= first:
        return None
    text = _LEADING.sub("", plain[tokens[first].start : tokens[end - 1].end])
    low = text.lower().strip("\"', ")
    if low.startswith(("no ", "nobody", "nothing", "neither ")):
        return None
    if low in {"which", "who"} and first > 1:
        behind = first - 1 if tokens[first - 1].tag == "," else first
        start = _phrase_start(tokens, behind)
        return voice_of(plain[tokens[start].start : tokens[behind - 1].end]) if start < behind else None
    if low in _PRONOUNS:
        return memory.last if low in {"he", "she", "it", "they"} else None
    if _ANAPHORS.match(low):
        return definite(text, low, memory)
    surname = low.split()[-1]
    if surname in memory.people and tokens[first].tag == "C":
        return memory.people[surname]
    voice = voice_of(text)
    return at_home(voice, memory) if voice is not None else None


def _limit(found: list[Stretch], tokens: Sequence[Token]) -> None:
    """A voice that opens the sentence governs up to the next one; a closing one back to the one before."""
    for earlier, later in itertools.pairwise(found):
        if earlier.kind == "cite":
            earlier.relays += (later.voice.name,) if later.voice.is_outlet else ()
            continue
        if later.kind == "cite":
            later.relays += (earlier.voice.name,) if earlier.voice.is_outlet else ()
            continue
        if earlier.end > later.verb and later.start > earlier.start:
            earlier.end = min(earlier.end, later.start)
        elif later.start <= earlier.start and later.end > earlier.verb and earlier.start < later.end:
            later.start = max(later.start, earlier.start)


def governing(found: Sequence[Stretch], start: int, end: int) -> Stretch | None:
    """The voice that governs ``[start, end)``: the innermost stretch that holds the number."""
    holding = [stretch for stretch in found if stretch.start <= start and end <= stretch.end + 1]
    if not holding:
        holding = [stretch for stretch in found if stretch.start < end and start < stretch.end]
    cited = [stretch for stretch in holding if stretch.kind == "cite"]
    return cited[-1] if cited else max(holding, key=lambda stretch: stretch.start, default=None)
