"""Number-like expressions of English prose, with the bounds that their words support.

"At least 15" is low 15 and best 15, "about 15" only best, "up to 15" only high, "5-7" low and high, "dozens" low 12.
What a number counts is left to the caller; ``Quantity.kind`` says what it surely is not (a year, an age, a distance).
Vocabulary lives in ``data/number_words.csv``, ``data/qualifiers.csv`` and ``data/number_contexts.csv``. Offsets are
code points of the text as given.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extraction.tables import rows
from extraction.words.index import index_of, openings

_LIMIT = 10**12
"""Longer digit strings are codes; it also keeps every value inside a BIGINT."""
_LOOKBACK = 48
"""Code points before a number in which its qualifier and its context are looked for."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number-like expression: ``text == whole[start:end]`` with its qualifier, ``core_start:core_end`` without.

    ``low``, ``best`` and ``high`` are counts (people, once a caller says so); None where the words give no bound.
    ``qualifier`` is one of exact, at_least, more_than, at_most, fewer_than, almost, about, range, vague, relative,
    unquantified, none_reported. ``kind`` is one of count, one ("one"), article ("a", "an"), ordinal_one ("another",
    "a third"), definite ("both", "a couple"), vague ("dozens", "many"), none ("no", "zero", "0"); or, never a count of
    victims: percent, fraction, ratio, ordinal, age, year, date, time, duration, distance, money, calibre (also
    letter-digit names), code.
    """

    start: int
    end: int
    text: str
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    kind: str
    core_start: int
    core_end: int


COUNTING_KINDS = frozenset({"count", "one", "article", "ordinal_one", "definite", "vague", "none"})
"""Kinds that may count people; the others do not (a ``year`` may be overruled when a victim noun follows directly)."""


@dataclass(frozen=True, slots=True)
class _Core:
    """A bare number: its span, its value (None for "many") and its kind before the surroundings are looked at."""

    start: int
    end: int
    value: int | None
    kind: str


def read_rows(name: str, *columns: str) -> list[tuple[str, ...]]:
    found = [tuple(row[column] for column in columns) for row in rows(name)]
    keys = [row[:2] for row in found]
    repeated = {key for key in keys if keys.count(key) > 1}
    if repeated or any(not row[0] for row in found):
        raise ValueError(f"{name}: repeated or empty entries {sorted(repeated)}; keep one row for each")
    return found


def any_of(phrases: Iterable[str]) -> str:
    """One of the phrases, the longest that fits, words parted by any white space; shared beginnings are tried once."""
    tails: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(set(phrases)):
        tails[phrase[:1]].append(phrase[1:])
    ends = tails.pop("", None) is not None
    branches = [(r"\s+" if head == " " else re.escape(head)) + any_of(rest) for head, rest in tails.items()]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if ends or len(branches) > 1 else branches[0]


_ROLES: dict[str, list[str]] = defaultdict(list)
NUMERALS: dict[str, int] = {}
"""The value of each single word for a number ("seven", "twenty", "thousand")."""
_PHRASES: dict[str, tuple[str, int | None]] = {}
for _word, _role, _value in read_rows("number_words.csv", "word", "role", "value"):
    _ROLES[_role].append(_word)
    if _role in ("unit", "teen", "ten", "hundred", "scale"):
        NUMERALS[_word] = int(_value)
    else:
        _PHRASES[_word] = (_role, int(_value) if _value else None)

_QUALIFIERS: dict[str, dict[str, str]] = defaultdict(dict)
for _word, _position, _qualifier in read_rows("qualifiers.csv", "phrase", "position", "qualifier"):
    _QUALIFIERS[_position][_word] = _qualifier
_CONTEXTS: dict[str, dict[str, str]] = defaultdict(dict)
for _word, _side, _kind in read_rows("number_contexts.csv", "word", "side", "kind"):
    _CONTEXTS[_side][_word] = _kind

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may(?!\s+(?:have|be|not|also|still))|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_UNIT, _SCALE = any_of(_ROLES["unit"]), any_of(_ROLES["scale"])
_SUB100 = rf"(?:{any_of(_ROLES['ten'])}(?:[-\s]\s?{_UNIT}\b)?|{any_of(_ROLES['teen'])}|{_UNIT})"
_SUB1000 = rf"(?:(?:(?:{_SUB100}|an?)[-\s]+)?hundred\b(?:\s+(?:and\s+)?{_SUB100}\b)?|{_SUB100})"
_NUMBER_WORDS = (
    rf"(?:(?:{_SUB1000}|an?)[-\s]+{_SCALE}\b(?:,?\s+(?:and\s+)?{_SUB1000}[-\s]+{_SCALE}\b)*"
    rf"(?:(?:\s+and|,)?\s+(?={_UNIT}\s+hundred){_SUB1000}\b|\s+(?:and\s+)?{_SUB100}\b)?|{_SUB1000}|{_SCALE})"
)
_GROUPED = (
    r"[1-9]\d{0,2}(?:,\d{3})+(?!\d)|[1-9]\d{0,2}, 000(?!\d)"
    r"|[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\d.])|[1-9]\d{0,2}(?: \d{3})+(?!\d|[.,:/]\d)"
    rf"|[1-9]\d{{0,2}}\.\d{{3}}(?=\s+[a-z])(?!\s+(?:{_SCALE}|k?m|miles|per\s?cent)\b)"
)
_PLAIN_DIGITS = r"\d+(?:\.\d+|,\d{1,2}(?=\s(?:million|billion)\b))?"
_DIGITS = rf"(?P<digits>(?P<grouped>{_GROUPED})|{_PLAIN_DIGITS})(?P<scale>[-\s]?{_SCALE}\b|k\b)?"
_MASTER = re.compile(
    r"(?=\d)(?<!\d)(?:"
    r"(?P<date>\d{4}-\d\d-\d\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?![\d.]*\d)|\d{1,2}/\d{1,2}(?![\d/]))"
    r"|(?P<time>\d{1,2}:\d\d(?::\d\d)?(?!\d)(?:\s?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\b\.?|0\d{3}(?![\d.,]))"
    r"|(?P<year>(?:(?:19|20)\d0|'\d0)'?s\b)|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
    rf"|(?P<code>\d{{2,4}}-\d{{3,4}}-\d{{2,4}}(?!\d)|\d+(?:\.\d+){{2,}}(?<!\.\d\d\d)|\d+/\d+)|{_DIGITS})"
    rf"|\b(?:(?P<phrase>{any_of(_PHRASES)})(?!\w)|(?P<words>{_NUMBER_WORDS})(?!\w)"
    r"|(?P<article>an?)(?=\s))"
)
_TRIGGER = re.compile(rf"\d+|\b(?:{any_of([*_PHRASES, *NUMERALS, 'a', 'an'])})(?!\w)")
"""A fast look whether a number may begin here; ``_MASTER`` then reads it."""
_OPENINGS = openings([*_PHRASES, *NUMERALS, "a", "an"])
_DIGIT_RUN = re.compile(r"\d+")
_FRACTION = re.compile(
    r"[-\s](?:thirds?|quarters?|fifths?|sixths?|tenths?|halves)\b|\s+(?:in|out\s+of)\s+every\s+(?:\d+|[a-z]+)\b"
    r"|\s+out\s+of\s+(?:\d|10|100|two|three|four|five|six|seven|eight|nine|ten|an?\s+hundred)\b"
    rf"|(?<=one)\s+in\s+(?:\d+|{_UNIT}|ten|twenty)(?=\s+(?:people|children|women|men|civilians|of)\b)"
)


def _sides(side: str, kinds: Iterable[str] = ()) -> str:
    """Alternation of the context words of one side, one named group a kind; ``kinds`` come first."""
    words: dict[str, list[str]] = {kind: [] for kind in kinds}
    for word, kind in _CONTEXTS[side].items():
        words.setdefault(kind, []).append(word)
    return "|".join(f"(?P<{kind}>{any_of(found)})" for kind, found in words.items())


_AFTER = re.compile(rf"[-\s]{{0,2}}(?:{_sides('after', ['age', 'money'])})(?!\w)".replace(r"\-", r"[-\s]"))
_BEFORE = re.compile(rf"(?<!\w)(?:{_sides('before')})[\s-]?$")
_BEFORE_ENDS = frozenset(word.split()[-1] for word in _CONTEXTS["before"])
_LAST_WORDS = frozenset(phrase.split()[-1] for phrase in _QUALIFIERS["before"])
_QUALIFIED = re.compile(
    rf"(?<!\w)({any_of(_QUALIFIERS['before'])})(?:,?[\s\"'(\[]+)(?:(?:another|a\s+further|an\s+additional)\s+)?$"
)
_TOLD_OF = re.compile(r"(?<!\w)(?:information|news|details|rumou?rs|word)\s+$")
_BETWEEN = re.compile(r"(?<!\w)between\s+[\"']?$")
_AND_TO = re.compile(rf"\s*{any_of(_QUALIFIERS['between'])}\s*")
_JOIN = re.compile(rf"[\"']?(?:(?:,\s*|\s+|\s*\()({any_of(_QUALIFIERS['join'])})\s+|(?P<dash>-|\s-\s))")
_FROM = re.compile(r"from\s+$")
_OPENS = re.compile(r"(?:[.,;:]|\b(?:and|but|that|while))\s+from\s+$")
"""Before a range that is the subject ("and from eight to 25 civilians were injured"); elsewhere a figure rises."""
_RANGING = re.compile(r"(?<!\w)(?:anywhere|rang(?:e[sd]?|ing)|var(?:y|ies|ied|ying))\s+from\s+$")
_ASIDE = re.compile(r"\s*\([^()]{1,60}\)(?=\s+to\s)")
"""Who gives the lower figure: "ranging from one (a radio station) to six"."""
_POST = re.compile(
    rf"(?:[\"']?\s+|(?=[-+]))(?P<post>{any_of(_QUALIFIERS['after'])})"
    rf"(?![\w-])(?!\s+(?:\d|an?\s|of\b|than\b|as\b|{any_of(NUMERALS)}\b))"
)
_GAP = 4
"""Code points between two figures of which one is right: a comma or an "or"."""
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_NOUN = re.compile(r"\s+[a-z]+(?=\s+(?:at|or)\s)")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\D+(?:19|20)|[-/])\d\d")
_YEAR_BOUND = re.compile(r"(?:since|by|until|till|before|after|in|from)\s+$")
_MONTH_BEFORE = re.compile(
    rf"(?P<lead>(?:in|during|since)\s+)?(?<![a-z]){_MONTHS}\s*(?P<list>\d{{1,2}}(?:st|nd|rd|th)?\s?(?:-|/|and|to|&)\s?)?$"
)
_MONTH_AFTER = re.compile(
    rf"(?:st|nd|rd|th)?(?:\s?(?:-|/|&|and|or|to)\s?\d{{1,2}}(?:st|nd|rd|th)?){{0,3}}\s+(?:of\s+)?({_MONTHS})"
)
_NOUN_AFTER = re.compile(r"\s+(?!(?:in|at|on|when|the|and|to|as|by|after|before|of|killed|was|were)\b)[a-z]")
_AGES = re.compile(r"\bage[sd]?\s+(?:\w+,\s*)*\w+,?\s+(?:and|to|or)\s+$")
_LONE_AGE = re.compile(r",\s(?:also |reportedly |who )?(?:was|is|has|had|died|said|told|who)\b")
_NAME_AGE = re.compile(r"(?<!\bin )(?<!\bat )(?<!\bfrom )(?<!\bnear )(?<!\w)[A-Z][\w'’-]+\)?(?:(?P<comma>,\s)|\s\()$")
_ONE_PERSON = re.compile(r" (?:- |(?:who|was|is|has)\b)")
_KIN_NAMED = re.compile(
    r"\b(?:wife|husband|son|daughter|brother|sister|father|mother|(?:grand)?(?:son|daughter)|nephew|niece|cousin|uncle|aunt)"
    r",?(?:\s[A-Z][\w'’-]+){2,5},\s$"
)
_AGE_THEN = re.compile(r"\.(?!\d)|;|\s(?:was|were)\b|\s*(?:\n|$)")
"""What may follow an age in an open aside: "his brother Karim Haddad, 28.", "his wife, Amal Haddad, 21 were killed"."""
_NAME = re.compile(r"([^\W\d_][\w.]*)-?$")
_HARM_AFTER = re.compile(r"\s+(?:were\s+)?(?:killed|wounded|injured|hurt|dead|missing|others|died)\b")
_ADDRESS = re.compile(r"(?:https?://|www\.|@)\S+")
_FOLDS = tuple(zip("\u00a0\u202f\u2009\u2007‘’“”«»–‑‐−٬，", '    \'\'""""----,,', strict=True))
_RANK = ("at_least", "more_than", "at_most", "fewer_than", "almost", "about", "exact")
_PLAIN = frozenset({"count", "one"})
_OPEN = frozenset({"count", "one", "none", "definite", "ordinal_one", "vague"})
_ADDITIVE = frozenset({"another", "further", "additional"})
_SOFT = frozenset({"article", "none", "definite", "ordinal_one"})


def quantities(text: str) -> list[Quantity]:
    """All number-like expressions of ``text``, from left to right and without overlap. Never raises on any string."""
    return _alternatives(list(_Scan(text).run()), text)


def _alternatives(found: list[Quantity], text: str) -> list[Quantity]:
    """*found* with "one, two or four" as a range from the smallest to the largest; "five or no" goes down to none."""
    made: list[Quantity] = []
    for number in reversed(found):
        last = made[-1] if made else None
        if last is None or not _either(number, last, text):
            made.append(number)
            continue
        ends = [value for value in (number.best, last.low, last.best, last.high) if value is not None]
        whole, low, high = text[number.start : last.end], min(ends), max(ends)
        bounds = replace(number, low=low, best=None, high=high, qualifier="range")
        made[-1] = replace(bounds, end=last.end, text=whole, core_end=last.core_end)
    return made[::-1]


def _either(number: Quantity, last: Quantity, text: str) -> bool:
    """Whether *number* and *last* right behind it are two of several figures, one of which is right."""
    if last.start - number.end > _GAP or number.kind not in {"count", "one"} or number.qualifier != "exact":
        return False
    between = text[number.end : last.start]
    if last.kind == "none":
        return between == " or "
    return last.kind == "count" and last.qualifier == "range" and between == ", " and bool(_OR.search(last.text))


@lru_cache(maxsize=32)
def fold_case(text: str) -> str:
    """Lower case and plain spaces, quotes and hyphens, one code point for each: offsets stay those of ``text``."""
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    if not folded.isascii():
        for char, plain in _FOLDS:
            folded = folded.replace(char, plain)
    return folded


def word_value(words: str) -> int:
    """Value of a well-formed English numeral: "a hundred and five thousand two hundred" is 105,200."""
    total = current = 0
    for word in re.findall(r"[a-z]+", words):
        value = 1 if word in ("a", "an") else NUMERALS.get(word, 0)
        if word in _ROLES["scale"]:
            total, current = total + max(current, 1) * value, 0
        else:
            current = max(current, 1) * value if value == 100 else current + value
    return total + current


def _bounds(qualifier: str, value: int | None, vague: bool) -> tuple[int | None, int | None, int | None]:
    if vague or value is None:
        return (value if qualifier in ("vague", "at_least", "more_than") else None), None, None
    low = value if qualifier in ("exact", "at_least", "more_than", "none_reported") else None
    high = value if qualifier in ("exact", "at_most", "fewer_than", "almost", "none_reported") else None
    return low, (None if qualifier in ("at_most", "fewer_than") else value), high


class _Scan:
    """One pass over one text. Holds the folded text, and the web and mail addresses: every number there is a code."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold_case(text)
        has_address = "://" in text or "www." in self.folded or "@" in text
        self.addresses = [m.span() for m in _ADDRESS.finditer(text)] if has_address else []

    def run(self) -> Iterator[Quantity]:
        """Yields with one of delay: a qualifier may swallow the article or the "some" before it ("an estimated 40")."""
        held: Quantity | None = None
        position = 0
        for start in self._starts():
            trigger = _TRIGGER.match(self.folded, start) if start >= position else None
            if trigger is None:
                continue
            position = trigger.end()
            match = _MASTER.match(self.folded, start)
            core = self._core(match) if match else None
            if match is None or core is None:
                continue
            position = match.end()
            found = self._quantity(core, self._floor(held))
            position = found.end if found.core_start < found.end else position
            if held is None or held.end > found.start:
                held = found
            elif found.text.lower() != "others" or self.folded[held.end : found.start].strip():
                yield held
                held = found
        if held is not None:
            yield held

    def _starts(self) -> list[int]:
        """Where a number may begin: at digits, and at the words with which numbers begin."""
        digits = {hit.start() for hit in _DIGIT_RUN.finditer(self.folded)}
        return sorted(digits.union(index_of(self.folded).starts(_OPENINGS)))

    @staticmethod
    def _floor(held: Quantity | None) -> int:
        """How far back the words of the next number may reach: not into a number that stands on its own."""
        if held is None:
            return 0
        soft = held.kind in _SOFT or held.qualifier == "unquantified"
        return held.start if soft else held.end

    def _core(self, match: re.Match[str]) -> _Core | None:
        group = match.lastgroup
        start, end = match.span()
        if group == "phrase":
            role, value = _PHRASES[" ".join(match[group].split())]
            if role == "skip" or (match[group] == "no" and re.match(r"\.\s?\d", self.folded[end : end + 3])):
                return None
            return _Core(start, end, value, "vague" if role == "unquantified" else role)
        if group == "words":
            return _Core(start, end, word_value(match[group]), "one" if match[group] == "one" else "count")
        if group == "article":
            return _Core(start, end, 1, "article")
        if group in ("digits", "scale"):
            return self._digits(match)
        return _Core(start, end, None, str(group))

    def _digits(self, match: re.Match[str]) -> _Core:
        start, end = match.span("digits")
        digits, scale = match["digits"], match["scale"] or ""
        if len(digits) > 15:
            return _Core(start, match.end(), None, "code")
        if " " in digits and not self._parts_thousands(start, end):
            first = digits[: digits.index(" ")]
            return _Core(start, start + len(first), int(first), "count")
        unit = 1000 if scale == "k" else NUMERALS.get(scale.strip(" \n\t-"), 1)
        if match["grouped"]:
            value = int(re.sub(r"\D", "", digits)) * unit
        elif not digits.isdecimal() and unit == 1:
            return _Core(start, match.end(), None, "fraction")
        else:
            value = round(float(digits.replace(",", ".")) * unit)
        if value >= _LIMIT:
            return _Core(start, match.end(), None, "code")
        return _Core(start, match.end(), value, "count" if value else "none")

    def _parts_thousands(self, start: int, end: int) -> bool:
        """A no-break space parts thousands; a plain one unless a month, a digit or a harm word stands beside."""
        if " " not in self.text[start:end]:
            return True
        before = self.folded[max(0, start - 12) : start]
        return not (_HARM_AFTER.match(self.folded, end) or _MONTH_BEFORE.search(before) or re.search(r"\d\s$", before))

    def _quantity(self, core: _Core, floor: int) -> Quantity:
        if core.kind == "article":
            return self._finish(core, core.start, core.end, "exact", self._unit_kind(core, core.end) or core.kind)
        if core.kind not in _OPEN:
            return self._finish(core, core.start, core.end, "relative" if core.kind == "ratio" else "exact", core.kind)
        before = self.folded[max(floor, core.start - _LOOKBACK) : core.start]
        between = _BETWEEN.search(before)
        top = self._top(core, before, _AND_TO if between else _JOIN)
        end = top.end if top else core.end
        kind = self._kind(core, end, before) if top is None or top.kind in _OPEN else top.kind
        if top is not None and kind == "count" and _YEARS.fullmatch(self.folded, core.start, end):
            kind = "year"
        if top is not None and core.kind != "vague" and kind in ("count", "one", "none"):
            start = core.start - len(before) + between.start() if between else self._qualifier(core, before)[0]
            return self._finish(core, start, self._post(end, "exact")[0], "range", "count", top)
        start, qualifier = self._qualifier(core, before) if core.kind != "none" else (core.start, "exact")
        if kind == "year" and qualifier != "exact" and not _YEAR_BOUND.search(self.folded[max(0, start - 8) : start]):
            kind = "count"
        if kind == "fraction" and (rest := _FRACTION.match(self.folded, end)):
            end = rest.end()
        if kind in COUNTING_KINDS:
            end, qualifier = self._post(end, qualifier)
        return self._finish(core, start, end, qualifier, kind)

    def _finish(
        self, core: _Core, start: int, end: int, qualifier: str, kind: str, top: _Core | None = None
    ) -> Quantity:
        """Bounds from value and qualifier; ``top`` is the upper number of a range."""
        value = core.value
        if core.kind == "vague" and value is None:
            qualifier = "unquantified"
        elif core.kind == "vague":
            qualifier = qualifier if qualifier in ("at_least", "more_than") else "vague"
        elif core.kind == "none" and top is None:
            qualifier = "none_reported"
        elif kind == "ratio":
            qualifier = "relative"
        low, best, high = (None, None, None) if kind == "ratio" else _bounds(qualifier, value, core.kind == "vague")
        core_end = core.end
        if top is not None:
            (low, high), best, core_end = _spread(core, top), None, top.end
        return Quantity(start, end, self.text[start:end], low, best, high, qualifier, kind, core.start, core_end)

    def _top(self, core: _Core, before: str, joins: re.Pattern[str]) -> _Core | None:
        """The upper number after "to", "or", "and possibly" or a dash (after "between": "and"), when it is higher."""
        ranging = _RANGING.search(before)
        aside = _ASIDE.match(self.folded, core.end) if ranging else None
        join = joins.match(self.folded, aside.end() if aside else core.end)
        nought = core.kind == "none" and self.folded[core.start] == "0"
        if join is None or core.value is None or (core.kind not in ("vague", *_PLAIN) and not nought):
            return None
        rising = _FROM.search(before) and not ranging and not _OPENS.search(before)
        if join[0].strip(", ") == "to" and (join[0].startswith(",") or rising):
            return None
        match = _MASTER.match(self.folded, join.end())
        top = self._core(match) if match else None
        if top is None or top.kind == "time":
            return top
        if top.kind not in _PLAIN | {"vague"} or top.value is None or (core.kind == "vague") != (top.kind == "vague"):
            return None
        if join.groupdict().get("dash", None) not in (None, "-") and _HARM_AFTER.match(self.folded, top.end):
            return None
        low, high = _spread(core, top)
        ordered = core.value < top.value or self._crossed(core, join[0], top)
        return top if low < high and ordered else None

    def _crossed(self, core: _Core, joined: str, top: _Core) -> bool:
        """Whether "12-10" is a range written the wrong way round: digits with a bare hyphen, no share behind it."""
        digits = self.folded[core.start : core.end] + self.folded[top.start : top.end]
        return joined == "-" and digits.isdigit() and top.value != 0 and not self.folded.startswith(" of", top.end)

    def _qualifier(self, core: _Core, before: str) -> tuple[int, str]:
        """Start of the whole expression and the strongest of the qualifiers before the number ("at least some 20")."""
        start, found = core.start, "exact"
        while (last := before.rstrip("\"'([ ,\n\t").rpartition(" ")[2]) and (
            last.rpartition("\n")[2].lstrip("\"'([") in _LAST_WORDS or last in _ADDITIVE
        ):
            match = _QUALIFIED.search(before)
            if match is None or (match[1] == "about" and _TOLD_OF.search(before, 0, match.start())):
                break
            qualifier = _QUALIFIERS["before"][" ".join(match[1].split())]
            found = min(found, qualifier, key=_RANK.index)
            start -= len(before) - match.start()
            before = before[: match.start()]
        return start, found

    def _post(self, end: int, qualifier: str) -> tuple[int, str]:
        """Qualifier words after the number ("or more"); past a noun ("15 people at least") the span stays."""
        match = _POST.match(self.folded, end)
        if match is None and (noun := _NOUN.match(self.folded, end)):
            match = _POST.match(self.folded, noun.end())
            if match is not None and match["post"].startswith(("at", "or")):
                return end, qualifier if qualifier != "exact" else _QUALIFIERS["after"][" ".join(match["post"].split())]
            return end, qualifier
        if match is None:
            return end, qualifier
        return match.end(), qualifier if qualifier != "exact" else _QUALIFIERS["after"][" ".join(match["post"].split())]

    def _kind(self, core: _Core, end: int, before: str) -> str:
        """What the surroundings make of a number; its own kind when they say nothing."""
        if any(start <= core.start < stop for start, stop in self.addresses):
            return "code"
        is_digits = self.folded[core.start].isdecimal()
        attached = self._attached(core, end) if is_digits else None
        if attached is not None:
            return attached
        kind = self._unit_kind(core, end) or ("fraction" if _FRACTION.match(self.folded, end) else None)
        if kind is None and before[-1:] not in ("", "\n"):
            words = before.split()
            if words and (words[-1].lstrip("\"'([") in _BEFORE_ENDS or not words[-1][-1].isalpha()):
                found = _BEFORE.search(before)
                kind = found.lastgroup if found else None
        if kind is None and core.kind == "count" and _AGES.search(self.folded, max(0, core.start - 24), core.start):
            kind = "age"
        if kind is None and is_digits and core.kind == "count":
            kind = self._calendar(core, end, self.folded[max(0, core.start - _LOOKBACK) : core.start])
        return kind or core.kind

    def _unit_kind(self, core: _Core, end: int) -> str | None:
        """The kind that a unit after the number gives; "15 night guards" and "12 foot soldiers" have no unit."""
        match = _AFTER.match(self.folded, end)
        if match is None:
            return None
        unit = match[0].strip()
        apart = "-" not in match[0] and match[0][0].isspace()
        lone = unit == "foot" or (match.lastgroup == "duration" and len(unit) > 3 and not unit.endswith("s"))
        return None if apart and lone and core.kind != "article" and core.value != 1 else match.lastgroup

    def _attached(self, core: _Core, end: int) -> str | None:
        """Letters glued to digits make a name ("AK-47"), but a long lower-case word only lost a space ("killed15")."""
        glued = self.folded[max(0, core.start - 1) : core.start]
        joined = glued == "-" or glued.isalpha()
        name = _NAME.search(self.text[max(0, core.start - 24) : core.start]) if joined else None
        if name and name[1].lower() in ("mid", "pre", "post", "late", "early", "since") and end - core.start == 4:
            return "year"
        if name and not re.fullmatch(r"[a-z]{4,}", name[1]):
            return "calibre"
        after = self.folded[end : end + 4]
        if after[:1] == "@" or (after[:1].isalpha() and not (len(after) == 4 and after.isalpha())):
            return None if _AFTER.match(self.folded, end) else "code"
        return None

    def _calendar(self, core: _Core, end: int, before: str) -> str | None:
        """Days, years, ages after a name and list numbers: what bare digits may be."""
        value = core.value or 0
        if 1 <= value <= 31 and (len(before) == 0 or before[-1] not in ",;"):
            after = _MONTH_AFTER.match(self.folded, end)
            if after and self._capital(after.start(1)):
                return "date"
            month = _MONTH_BEFORE.search(before)
            if month and self._capital(core.start - len(before) + month.start() + len(month["lead"] or "")):
                loose = month["lead"] or re.search(r"(?:and|to|&)\s?$", month["list"] or "")
                return None if loose and _NOUN_AFTER.match(self.folded, end) else "date"
        if 1900 <= value <= 2099 and self.folded[core.start : end].isdecimal():
            return "year"
        named = _NAME_AGE.search(self.text[max(0, core.start - 24) : core.start])
        if value <= 110 and named and self.text[end : end + 1] == ("," if named["comma"] else ")"):
            return "age"
        if value <= 110 and named and named["comma"] and _ONE_PERSON.match(self.folded, end):
            return "age"
        kin = named and _KIN_NAMED.search(self.text, max(0, core.start - _LOOKBACK), core.start)
        if value <= 110 and kin and _AGE_THEN.match(self.folded, end):
            return "age"
        if value <= 110 and before.endswith(", ") and _LONE_AGE.match(self.folded, end):
            return "age"
        line = before.rpartition("\n")[2].strip(" \t([") if "\n" in before or len(before) == core.start else "-"
        if value < 1000 and not line and re.match(r"[.)\]](?:\s|$)", self.folded[end : end + 2]):
            return "code"
        return "code" if before[-1:] == "[" and self.folded[end : end + 1] == "]" else None

    def _capital(self, at: int) -> bool:
        return self.text[at].isupper()


def _spread(core: _Core, top: _Core) -> tuple[int, int]:
    """Both ends of a range, the lower first; a scale said once holds for both ("two or three hundred", "15-20,000")."""
    low, high = core.value or 0, top.value or 0
    for scale in (1_000_000, 1000, 100, 12):
        if low < 100 and low * scale < high and high % scale == 0 and high // scale < 1000 and scale != 12:
            return low * scale, high
    return min(low, high), max(low, high)
