"""Place mentions in English news text: known names of the gazetteer, and unknown ones where the wording says "place".

Offsets are code points. A name guarded in `data/place_guard.csv` (a person, a paper, "Turkey-backed") is left out;
a capital or country that speaks or acts ("Washington said") is marked as a metonym. Demonyms are no places:
`mentions.countries` counts them. What a mention resolves to is `extraction.names.gazetteer.resolve`'s business.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from extraction.names.actors import name_spans
from extraction.names.gazetteer import SPECIFIC, Place, ResolvedPlace, gazetteer, in_longer_name, resolve
from extraction.names.transliteration import plain, plain_word
from extraction.tables import DATA, read_table
from extraction.words import lexicon
from extraction.words.index import index_of, openings, tried
from extraction.words.lexicon import openings_of
from extraction.words.numbers import any_of, fold_case
from extraction.words.sieve import Sought

__all__ = [
    "PlaceMention",
    "ResolvedPlace",
    "place_mentions",
    "place_phrase",
    "resolve",
]


# Lower-case "an", "at", "ed" before a blank are English; only al and el stand apart from the name in lower case.
_ARTICLE = r"(?:(?<!\w)(?:[Aa]l|[Ee]l|A[dnrstz]|Ash|E[dlrsz]|(?:a[dnrstz]|ash|adh|e[dlrsz]|esh)(?=[-‑]))[-‑ ]['’]?)"
_ADJECTIVAL = lexicon.pattern("places", "adjectival")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]")
_CAP = rf"{_CAPITAL.pattern}[\w'’]*\w"
_PARTICLE = rf"(?:{_ARTICLE}|-?(?:[ae][lszdrt]|e|de|du|del|la|el|los|las|of the|i)[- ])"
NAME = rf"(?:{_ARTICLE}?{_CAP}(?:(?: |-){_PARTICLE}?{_CAP}){{0,3}})"
"""A capitalised name of one to four words, with Arabic articles and Romance particles inside."""
_DIRECTION = r"(?:(?:north|south)[- ]?)?(?:north|south|east|west)(?:ern)?|central|upper|lower"
_DISTANCE = (
    r"(?:(?:about|some|around|roughly|nearly|over)\s)?\d[\d.,]*(?:[- ](?:\d+\s)?)?\s?"
    r"(?:miles?|mi|km|kilomet(?:er|re)s?)(?:\s\([^()]{1,25}\))?"
)
_ADJECTIVE = (
    r"(?:(?!(?:in|at|near|around|outside|inside|from|into|to|on|over|of|off|by|and|or|but|as|that|with|for|after|"
    r"before|while|who|which|was|were|is|are|has|had|said|the|a|an)\b)[a-z][\w-]*(?:['’]s)?)"
)
_VERBS = (
    r"struck|hit|hits|rocked|shook|rips?|ripped|shelled|bombed|attack(?:ed|s)?|targeted|killed|kills?|wounded|raided|stormed|entered|"
    r"seized|captured|overran|levelled|left"
)
"""Verbs that may stand right before the kind of a place and are no part of its name ("struck a suburb of")."""
_PREP = re.compile(
    rf"\b(in|at|near|around|outside|inside|from|into|to|on|over|of|across|through|throughout|off|between|within|around|towards?)\s+"
    rf"(?:the\s+|a\s+|an\s+|its\s+|their\s+)?(?:{_ADJECTIVE}\s+){{0,3}}?"
    rf"(?:(?:(?:{_DIRECTION})(?:\s+and)?|de facto|besieged|rebel-held|(?:\w+-)(?:held|controlled|occupied))\s+)*"
    rf"(?:(?:\w+\s+){{0,2}}(?:village|hamlet|town|township|city|capital|district|municipality|county|area|part|outskirt|hub|island|province|department|governorate|state|region|suburb|neighbou?rhood|camp)s?\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_DIRECTION_OF = Sought(rf"(?:{_DIRECTION}) of (?:the )?$", re.IGNORECASE)
_SAYING = re.compile(
    r"\s+(?:has |have |had |also |later |[a-z]+ly |itself )*"
    r"(?:said|says|say|denie[sd]|den(?:y|ying)|confirm(?:s|ed)?|accuse[sd]?|claim(?:s|ed)?|insist(?:s|ed)?|announce[sd]?|"
    r"condemn(?:s|ed)?|blame[sd]?|admit(?:s|ted)?|acknowledge[sd]?|reject(?:s|ed)?|vow(?:s|ed)?|warn(?:s|ed)?|"
    r"maintain(?:s|ed)?|argue[sd]?|call(?:s|ed) (?:on|for)|launched|considers?|wants?|agreed|refused|declined|"
    r"reported(?! in))\b"
)
_PROVINCE_OF = Sought(r"\b(?:province|governorate|region|oblast) of (?:the )?$", re.IGNORECASE)
_APPOSITION = re.compile(r",(?: \d\d,)? an? ")
_STREET = re.compile(r" (?:Street|Road|Avenue|Boulevard|Highway|Square|Roundabout)\b")
"""Behind a name, what is only called by it ("Salah al-Din Road")."""
_OF_A_TOWN = re.compile(r" of [A-Z]")
_NAME_ENDS = re.compile(r"\b(?! [A-Z])")
"""Words before "American" that make it no citizen of the United States."""
_OF_KIN = re.compile(
    r" (?:family|families|clan|tribe|household|brothers)\b|"
    r"['’]s (?:home|house|car|vehicle|convoy|office|residence|body)\b"
)
_OWNER = re.compile(r".*['’]s (?=[A-Z])")
_TITLE = 140
_WINDOW = 120
"""How far back from a name the words that belong to it may begin, in code points."""
_UNBROKEN = re.compile(r"[\w\s'’‑-]*")
_PASSED = re.compile(r"(?s:.*)(?<![\w-])(?:in|at|for|by|on|that|was|were|said)\b", re.IGNORECASE)
"""Up to the last word before a name that no phrase for a place holds."""
_SHORTEST = 3
_FAMILY_NAME = re.compile(r" (?:al|el|a[dnrstz]|ash)-[A-Z]")
_WORD_START = re.compile(r"(?<!\w)[\w-]")
_CLAUSE_MARK = re.compile(r"[;:!?\"]|(?<![\d.,])[.,]")
_PROVINCE = re.compile(r"\s(?:province|governorate|oblast|department)\b", re.IGNORECASE)
_FIRST_NAME = re.compile(r"[a-z], ([A-Z][a-z]+) $")
_NAMED_BY_TITLE = re.compile(r"[A-Z]\w+\.? (?:[A-Z][\w.'-]+ ){1,2}([A-Z]\w+)\b")
_AFTER_PERSON = re.compile(r",? (?:was|were|who|had|has|is|said|told|died|and \w+ed)\b")
_DIRECTIONS = re.compile(rf"(?:{_DIRECTION})|rural|greater|old|new|besieged", re.IGNORECASE)
_WORD_AFTER = re.compile(r"[\s]([\w]+)")
_WORD_BEFORE = re.compile(r"([\w]+)\.?\s$")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in text: ``text == document[start:end]``, without preposition, possessive or kind word.

    ``country`` is ISO 3166-1 alpha-3 where every bearer of the name lies in one; ``place_id`` is None for unknown names
    and for names of several places; ``prep`` is the preposition that governs it, lower-case; ``metonym`` marks a place
    that stands for its government.
    """

    start: int
    end: int
    text: str
    name: str
    kind: str
    country: str | None
    place_id: str | None
    prep: str | None
    metonym: bool = False
    known: bool = True
    among: tuple[str, ...] = ()
    """The countries of its bearers where they lie in several."""


@cache
def _guards() -> dict[str, dict[str, frozenset[str]]]:
    """where -> word -> plain names it guards (empty: every name)."""
    kinds = ("after", "before", "hyphen", "needs_place_word", "given_name", "calendar", "not_a_name", "toponym_part")
    found: dict[str, dict[str, set[str]]] = {kind: {} for kind in kinds}
    for row in read_table(DATA / "place_guard.csv", ("word", "where", "name", "why")):
        if row["where"] not in found:
            raise ValueError(f"place_guard.csv: {row['where']!r} ({row['word']}) is none of {', '.join(found)}")
        found[row["where"]].setdefault(row["word"], set()).update({" ".join(plain(row["name"]))} if row["name"] else ())
    return {where: {w: frozenset(n) for w, n in words.items()} for where, words in found.items()}


@cache
def _kind_openings() -> frozenset[str]:
    return openings(kind_words())


@cache
def kind_words() -> dict[str, str]:
    """Words that say what a place is ("refugee camp") with the gazetteer's kind."""
    return {row["word"]: row["kind"] for row in read_table(DATA / "place_kinds.csv", ("word", "kind", "of"))}


def _one_of(words: Iterable[str]) -> str:
    """One of *words*, the longest that fits, blanks taken literally."""
    return any_of(words).replace(r"\s+", " ")


@cache
def _unknown_patterns() -> tuple[tuple[re.Pattern[str], frozenset[str] | None], ...]:
    """What shows a name to be a place's, and the words with which each pattern begins: None where it is the name."""
    rows = read_table(DATA / "place_kinds.csv", ("word", "kind", "of"))
    before = [row["word"] for row in rows if row["of"] == "1"]
    return (
        (
            re.compile(rf"\b(?P<kind>{_one_of(before)})(?: of| called| named)(?: the)? (?P<name>{NAME})"),
            openings(before),
        ),
        (
            re.compile(rf"\b(?P<kind>villages?|hamlet|towns?|refugee camp),? (?P<name>{NAME})"),
            openings_of("places", "settlements"),
        ),
        (
            re.compile(
                rf"(?P<name>{NAME})(?: |-)(?P<kind>(?i:{_one_of(kind_words())}))\b"
                r"(?!(?:(?<=city)|(?<=town)|(?<=village)|(?<=capital)) of [A-Z])"
            ),
            None,
        ),
        (
            re.compile(
                r"\b(?:[Nn]ear|[Oo]utside|[Oo]utskirts of|[Vv]icinity of|"
                rf"(?:{_DIRECTION}) of)(?: the)? (?P<name>{NAME})"
            ),
            openings_of("places", "beside"),
        ),
        (re.compile(rf"\b[Ii]n (?P<name>{NAME})(?=[,.;:)]|\s+(?:[a-z]|\()|$|\n)"), frozenset({"in"})),
        (
            re.compile(
                rf"\b[Aa]t (?P<name>{NAME})(?=,? (?:near|outside|close to|about|some|\d|in [A-Z]\w*|{_DIRECTION})\b)"
            ),
            frozenset({"at"}),
        ),
        (
            re.compile(
                rf"(?P<name>{NAME}),(?: \d\d,)? an? (?:(?!(?:in|at|of|for|from|who)\b)[a-z][\w-]* ){{0,3}}?"
                rf"(?P<kind>{_one_of(before)})\b"
                r"(?! (?:chief|official|leader))"
            ),
            None,
        ),
    )


def _shown(text: str) -> Iterator[re.Match[str]]:
    """Names that a word beside them shows to be a place's: "the village of X", "X camp", "near X", "in X"."""
    index = index_of(fold_case(text))
    shown_by = [*index.starts(_kind_openings()), *(hit.start() for hit in _APPOSITION.finditer(text))]
    names = sorted(
        {hit.start() for hit in _CAPITAL.finditer(text)}.union(index.starts(openings_of("places", "articles")))
    )
    led = sorted(
        {at for end in shown_by for at in names[bisect_left(names, _unbroken(text, end)) : bisect_left(names, end)]}
    )
    for pattern, first in _unknown_patterns():
        yield from tried(pattern, text, led if first is None else index.starts(first))


def _guarded(text: str, start: int, end: int) -> bool:
    """Whether the words around a known name say that it is no place here."""
    guards = _guards()
    key = " ".join(plain(text[start:end]))

    def hit(where: str, word: str) -> bool:
        names = guards[where].get(word)
        return names is not None and (not names or key in names)

    if _OF_A_TOWN.match(text, end) and text[start:end].lower().endswith((" city", " town")):
        return True
    following = text[end : end + 1]
    if following in ("-", "‑", "–"):
        attribute = re.match(r".([a-zA-Z]+)", text[end : end + 20])
        if attribute and hit("hyphen", attribute[1].lower()):
            return True
    after = _WORD_AFTER.match(text, end)
    if after and after[1][0].isupper():
        word = after[1].lower()
        if hit("after", word) or (
            key in guards["given_name"]
            and text[end] == " "
            and not after[1].isupper()
            and word not in kind_words()
            and word not in guards["calendar"]
        ):
            return True
    before = _WORD_BEFORE.search(text, max(0, start - 20), start)
    if before and hit("before", before[1].lower()):
        named = after and after[1][0].isupper() and text[end] == " " and after[1].lower() not in kind_words()
        if before[1][0].isupper() or named:
            return True
    if _FAMILY_NAME.match(text, end) and not preposition(text, start):
        return True
    if _is_surname(text, start, end):
        return True
    if key in guards["needs_place_word"]:
        return not _placed(text, start, end)
    return False


def _is_surname(text: str, start: int, end: int) -> bool:
    """Whether a name of one word is the last of a person's: in apposition ("another sergeant, Ibrahim Nasir, was") or
    behind a title somewhere in the text ("Rear Admiral Rene Medina").
    """
    if text[start:end] in _titled(text) and not preposition(text, start):
        return True
    if " " in text[start:end] or not _AFTER_PERSON.match(text, end):
        return False
    first = _FIRST_NAME.search(text, max(0, start - 30), start)
    if first is None or (word := first[1].lower()) in gazetteer().demonyms or word in kind_words():
        return False
    return word not in _guards()["toponym_part"] and not _DIRECTIONS.fullmatch(word)


@lru_cache(maxsize=4)
def _titled(text: str) -> frozenset[str]:
    """Last words of the names of two or three words that stand behind a title in *text*."""
    places = index_of(fold_case(text)).starts(_titles())
    named = (hit for at in places if (hit := _NAMED_BY_TITLE.match(text, at)))
    return frozenset(hit[1] for hit in named)


@cache
def _titles() -> frozenset[str]:
    rows = read_table(DATA / "place_guard.csv", ("word", "where", "name", "why"))
    return frozenset(row["word"] for row in rows if row["why"] == "title of a person")


def _placed(text: str, start: int, end: int) -> bool:
    """A preposition of place in front, a kind word beside it, or a wider place after a comma."""
    if re.search(
        r"(?:\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Ii]nto|[Aa]round)|[A-Z][a-z]+['’]s)\s$", text[max(0, start - 20) : start]
    ):
        return True
    after = re.match(r"[ -](\w+(?: camp| base)?)", text[end : end + 25])
    if after and after[1].lower() in kind_words():
        return True
    before = re.search(r"\b(\w+)\s(?:of\s)?$", text[max(0, start - 25) : start])
    return bool(before and before[1].lower() in kind_words())


def _unbroken(text: str, end: int) -> int:
    """Where the words begin that lead up to *end* without a mark between them, at most some hundred letters back."""
    before = text[max(0, end - _WINDOW) : end]
    return end - _UNBROKEN.match(before[::-1]).end()  # type: ignore[union-attr]


def preposition(text: str, start: int) -> str | None:
    """The preposition that governs the name at *start*, lower-case, also across kind words ("in the village of")."""
    places = index_of(fold_case(text)).starts(openings_of("places", "prepositions"))
    first = max(start - 80, text.rfind("\n", 0, start) + 1, _unbroken(text, start))
    for at in places[bisect_left(places, first) : bisect_left(places, start)]:
        if match := _PREP.match(text, at, start):
            return match[1].lower()
    return "of" if _DIRECTION_OF.search(text, max(0, start - 24), start) else None


def _mention(text: str, start: int, end: int, places: tuple[Place, ...]) -> PlaceMention:
    province = _PROVINCE_OF.search(text, max(0, start - 24), start) or _PROVINCE.match(text, end)
    if province:
        # "the province of Idlib": the governorate, not the city.
        places = gazetteer().exact.get(" ".join(plain(text[start:end])) + " governorate") or places
    countries = {p.country for p in places}
    first = places[0]
    if _STREET.match(text, end):
        return PlaceMention(start, end, text[start:end], first.name, "landmark", None, None, preposition(text, start))
    kind = "governorate" if province and first.kind in ("city", "town") else first.kind
    prep = preposition(text, start)
    speaks = first.kind in ("country", "city") and not prep and bool(_SAYING.match(text, end))
    return PlaceMention(
        start,
        end,
        text[start:end],
        first.name,
        kind,
        (next(iter(countries)) or None) if len(countries) == 1 else None,
        first.place_id if len(places) == 1 and kind == first.kind else None,
        prep,
        speaks,
        among=tuple(sorted(countries)) if len(countries) > 1 else (),
    )


def case_fits(written: str, place: Place) -> bool:
    """Short all-capital aliases (US, UK) only in capitals; others capitalised or all upper-case."""
    if len(written) > 3:
        return True
    letters = written.replace(".", "")
    return letters.isupper() or not any(
        a.replace(".", "").isupper() and plain(a) == plain(written) for a in place.aliases
    )


@dataclass
class _Name:
    """A name that the gazetteer knows, where it stands."""

    text: str
    start: int
    end: int
    ids: tuple[str, ...]

    @cached_property
    def guarded(self) -> bool:
        """Whether the words around it say that it is no place here."""
        return _guarded(self.text, self.start, self.end)


@lru_cache(maxsize=4)
def names_in(text: str) -> list[_Name]:
    """The known names of *text*, left to right."""
    return [_Name(text, start, end, ids) for start, end, ids in gazetteer().finder.find(text)]


def _known(text: str) -> list[PlaceMention]:
    book = gazetteer()
    hidden = name_spans(text)
    starts = [s for s, _ in hidden]
    mentions = []
    for name in names_in(text):
        start, end = name.start, name.end
        places = tuple(p for p in (book.places[i] for i in name.ids) if case_fits(text[start:end], p))
        i = bisect_right(starts, start) - 1
        # "Syrian Observatory", "Islamic State of Iraq and Syria": inside a longer actor's name.
        inside = i >= 0 and end <= hidden[i][1] and end - start < hidden[i][1] - hidden[i][0]
        # "Islamic State in Libya" is a party and says where it is.
        inside = inside and not (end == hidden[i][1] and text[start - 4 : start] == " in ")
        if not places or inside or in_longer_name(text, start, end) or name.guarded:
            continue
        mention = _mention(text, start, end, places)
        # "A US air strike": an abbreviated country in front of a noun is an adjective.
        if (
            (mention.prep not in (None, "of") and not _ADJECTIVAL.match(text, end))
            or mention.metonym
            or mention.kind != "country"
            or not text[start:end].replace(".", "").isupper()
            or len(mention.text) > 6
        ):
            mentions.append(mention)
    return mentions


def _plausible(name: str) -> bool:
    words = [plain_word(w) for w in re.findall(r"\w[\w'’]*", name)]
    guards, demonyms = _guards(), gazetteer().demonyms
    noise = guards["not_a_name"].keys() | guards["calendar"].keys()
    owner = words[0].endswith("s") and words[0][:-1] in gazetteer().exact
    return not (owner or words[0] in noise or words[0] in demonyms or " ".join(words) in demonyms)


def _unknown(text: str, taken: list[tuple[int, int]]) -> list[PlaceMention]:
    """Names that only the wording shows to be places; never over a known place or an actor."""
    taken = sorted(taken)
    found: dict[int, PlaceMention] = {}
    for match in _shown(text):
        start, end = match.span("name")
        if match.groupdict().get("kind") and (owner := _OWNER.match(text, start, end)):
            # "Hajjah's Bani Qays district": the name begins behind its owner's.
            start = owner.end()
        end -= len(match["name"]) - len(re.sub(r"['’]s?$", "", match["name"]))
        i = bisect_left(taken, (end, 0)) - 1
        if i >= 0 and taken[i][1] > start:
            if match.groupdict().get("kind") and match.start("kind") > start:
                continue
            # "the neighbourhood of Zubdiya Aleppo": the name ends where the known one begins.
            end = taken[i][0] - 1
        if end - start < _SHORTEST or (i > 0 and taken[i - 1][1] > start) or not _plausible(text[start:end]):
            continue
        kind = kind_words().get((match.groupdict().get("kind") or "").lower(), "unknown")
        if kind == "unknown" and (_in_title(text, start) or _OF_KIN.match(text, end)):
            continue
        if _in_title(text, start) and _tells_of_people(text[start:end]):
            continue  # "Gunmen Attack Nigerian Village"
        if (match.groupdict().get("kind") or "").lower() == "community" and text.endswith("the ", 0, start):
            continue  # "the Hazara community"
        if start not in found or end > found[start].end:
            name = text[start:end]
            found[start] = PlaceMention(start, end, name, name, kind, None, None, preposition(text, start), known=False)
    chosen: list[PlaceMention] = []
    for mention in sorted(found.values(), key=lambda m: m.start):
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
    return [*chosen, *_again(text, chosen, taken)]


def _tells_of_people(name: str) -> bool:
    """Whether a word of *name* is one for people or a people."""
    words = [plain_word(word) for word in re.findall(r"\w[\w'’]*", name)]
    return any(word in lexicon.victims() or word in gazetteer().demonyms for word in words)


def _in_title(text: str, at: int) -> bool:
    """Whether *at* stands in a headline that writes most words with a capital: there a capital shows no name."""
    first, last = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[first : last if last >= 0 else len(text)]
    if len(line) > _TITLE:
        return False
    words = re.findall(r"[^\W\d_]{4,}", line)
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _again(text: str, told: list[PlaceMention], taken: list[tuple[int, int]]) -> list[PlaceMention]:
    """Where the names that a kind word showed to be places ("the Salhin neighbourhood") stand again without it."""
    kinds = {m.name: m.kind for m in told if m.kind != "unknown" and len(m.name) > 3}
    if not kinds:
        return []
    spans = sorted([*taken, *((m.start, m.end) for m in told)])
    starts = [start for start, _ in spans]
    ends = [0, *accumulate((end for _, end in spans), max)]
    longest = sorted(kinds, key=len, reverse=True)
    found: list[PlaceMention] = []
    past = 0
    for at in index_of(fold_case(text)).starts(openings(kinds)):
        here = (name for name in longest if text.startswith(name, at) and _NAME_ENDS.match(text, at + len(name)))
        name = next(here, None) if at >= past else None
        if name is not None:
            past = at + len(name)
            if ends[bisect_left(starts, past)] <= at:
                prep = preposition(text, at)
                found.append(PlaceMention(at, past, name, name, kinds[name], None, None, prep, known=False))
    return found


def place_mentions(text: str) -> list[PlaceMention]:
    """Every place named in *text*, known and unknown, in order of appearance, without overlaps."""
    return list(_mentions(text))


@lru_cache(maxsize=16)
def _mentions(text: str) -> tuple[PlaceMention, ...]:
    known = _known(text)
    taken = [(m.start, m.end) for m in known] + name_spans(text)
    return tuple(sorted([*known, *_unknown(text, taken)], key=lambda m: m.start))


@cache
def _phrase_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(what stands left of a name, its kind word to the right, what links it to the wider place that follows)."""
    kind = _one_of(kind_words())
    left = re.compile(
        rf"(?<![\w'’])(?:(?:{_DISTANCE}|just|further)\s+)*(?:\b(?:near|around|outside|close to|not far from)\s+"
        rf"(?:both\s+)?)?(?:(?:{_DISTANCE}|just|further)\s+)*(?:(?:{_DIRECTION})\s+of\s+)?(?:the\s+)?"
        r"(?:(?:outskirts|vicinity|cent(?:re|er)|edge|countryside)\s+of\s+(?:the\s+)?)?"
        rf"(?:(?:(?!(?:in|of|the|an?|and|near|at|for|by|on|to|that|was|were|said|{_VERBS})\b)[\w-]+\s+){{0,3}}{kind}\s+(?:of\s+)?)?"
        rf"(?:(?:{_DIRECTION})\s+)?$",
        re.IGNORECASE,
    )
    tail = re.compile(rf"(?:\s{kind}\b)?", re.IGNORECASE)
    link = re.compile(
        rf"(?:['’]s?)?(?:\s{kind})?(?:,|\s+in|\s+of|,\s+in|['’]s)?\s+(?:(?:{_DISTANCE}|just)\s+)*(?:(?:{_DIRECTION})\s+of\s+)?"
        rf"(?:the\s+)?(?:(?:{_DIRECTION})\s+)?(?:{kind}\s+of\s+)?",
        re.IGNORECASE,
    )
    return left, tail, link


_LEADING = re.compile(r"\s*(?:the\s+)?", re.IGNORECASE)


def width(mention: PlaceMention) -> int:
    """How wide the place is, from 0 for a village or a name of unknown kind."""
    return SPECIFIC.get(mention.kind, 0)


def place_phrase(text: str, mention: PlaceMention, mentions: list[PlaceMention] | None = None) -> tuple[int, int]:
    """(start, end) of the whole place expression around *mention*, as a reader would quote it.

    "near the town of X in Y's eastern Z province": to the left "near", distance, direction and kind word, to the right
    kind word and the wider places chained to it; never the preposition and article before it ("in the"). *mentions*
    are those of the text, when already at hand.
    """
    known = place_mentions(text) if mentions is None else mentions
    following = known[bisect_left(known, mention.end, key=lambda m: m.start) :]
    before, beside, link = _phrase_patterns()
    end, inner = mention.end, mention
    for other in following:
        # Only ever wider: "Hajin, Syria" is one address, "Hajin, Mayadin" are two places.
        wider = (
            width(other) > width(inner)
            or inner.kind in ("river", "sea", "unknown")
            or text[end : end + 2] in ("'s", "’s")
        )
        if not wider or not link.fullmatch(text, end, other.start):
            break
        end, inner = other.end, other
    tail = beside.match(text, end)
    end = tail.end() if tail else end
    start = _phrase_start(text, mention.start, before)
    return start + _LEADING.match(text[start : mention.start]).end(), end  # type: ignore[union-attr]


def _phrase_start(text: str, name: int, before: re.Pattern[str]) -> int:
    """Where the words begin that belong to the place named at *name*; no mark between clauses stands among them."""
    first = max(0, name - 120, text.rfind("\n", 0, name) + 1)
    if text.find(")", first, name) < 0:
        first = max([first, *(mark.end() for mark in _CLAUSE_MARK.finditer(text, first, name))])
        passed = _PASSED.match(text, first, name)
        first = passed.end() if passed else first
    starts = (word.start() for word in _WORD_START.finditer(text, first, name))
    return next((at for at in starts if before.match(text, at, name)), name)
