"""Days, weeks, months and years that a text mentions, resolved against its day of publication and nothing else.

A weekday is the last such day up to publication, a day without a year the last such day. What the text and its
publication date do not settle is None, with basis ``none``: never a guess, no outside knowledge. An impossible day
(30 February) is no mention. Names and fixed phrases live in ``data/date_words.csv``. Offsets are code points.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extraction.words.index import DIGIT, index_of, openings
from extraction.words.lexicon import openings_of, words
from extraction.words.numbers import any_of, fold_case, read_rows, word_value


@dataclass(frozen=True, slots=True)
class DateMention:
    """One mention of a day, week, month or year: ``text == whole[start:end]``.

    ``date_start`` and ``date_end`` are inclusive, both None when unresolvable. ``precision``: time, day, day_range,
    week, month, year. ``basis``: explicit (the year is written), relative_to_doc (settled by the publication date),
    none. ``kind``: absolute, weekday, relative, anaphoric, future, deed (the year of an attack that it stands before).
    An anaphoric mention ("a day earlier") has no date, but ``offset_days`` from the mention that it leans on.
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    precision: str
    basis: str
    kind: str
    offset_days: int | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    """What a rule makes of its match, before it is bound to a text."""

    first: date | None
    last: date | None
    precision: str
    basis: str
    kind: str = "absolute"
    offset_days: int | None = None
    start: int | None = None
    """Where the mention begins when that is not where the pattern does."""


_NAMES: dict[str, dict[str, int]] = defaultdict(dict)
for _word, _role, _value in read_rows("date_words.csv", "word", "role", "value"):
    _NAMES[_role][_word] = int(_value)

MONTH = rf"(?:{any_of(_NAMES['month'])})\b(?!['’]\w\w)\.?"
WEEKDAY = any_of(_NAMES["weekday"])
_DAY = r"\d{1,2}(?!\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d(?![\d-]|,\d)"
_AND = r"(?:\s?[-/&]\s?|\s(?:and|to|or|until|through)\s(?:the\s)?)"
_COUNTED = (
    r"(?:people|persons|civilians|children|women|men|others|soldiers|fighters|militants|dead|killed|wounded|injured)\b"
)
_A_DEED = rf"\s+(?:[\w.'’-]+\s+){{0,4}}?(?:{any_of(words('dates', 'deeds'))})(?:e?s)?\b"
_PART = r"(?:\s+(?:morning|afternoon|evening|night|noon|midnight))?"
_EARLY = (
    r"(?:(?:early|earlier|late|later|mid|the\s+end\s+of|the\s+beginning\s+of|the\s+start\s+of)[-\s]+(?:in\s+|on\s+)?)?"
)

_ISO = re.compile(
    r"(?<![\w/.-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)(?P<time>[t ]\d\d:\d\d)?"
)
_NUMERIC = re.compile(r"(?<![\w/.-])(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<![\w.,:$-])(?:{WEEKDAY},?\s+\(?(?:the\s+)?)?(?P<d1>{_DAY})(?:{_AND}(?P<d2>{_DAY}))?\s+(?:of\s+)?(?P<m1>{MONTH})"
    rf"(?:,?\s+(?P<y1>{_YEAR}))?(?:{_AND}(?P<d3>{_DAY})\s+(?:of\s+)?(?P<m2>{MONTH})(?:,?\s+(?P<y2>{_YEAR}))?)?"
)
_MONTH_DAY = re.compile(
    rf"\b(?:{WEEKDAY},?\s+\(?(?:the\s+)?)?(?P<m1>{MONTH})\s+(?:the\s+)?(?P<d1>{_DAY})(?![:,]\d)"
    rf"(?:{_AND}(?:(?P<m2>{MONTH})\s+)?(?P<d2>{_DAY})(?![:,.]\d|\s+{_COUNTED}))?"
    rf"(?:,?\s+(?P<y1>{_YEAR}))?"
)
_MONTH_ONLY = re.compile(
    rf"\b(?:(?:{_EARLY}(?P<last>last\s+)?)(?=[jfmasond]))?(?P<m>{MONTH})"
    rf"(?:,?\s+(?:of\s+)?(?P<y>{_YEAR}(?!\s+{_COUNTED})))?(?!\s*\d+(?!\d|\s+{_COUNTED}))"
)
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?\s+(?:of\s+)?$")
_LEAD = re.compile(
    r"\b(?:in|during|since|until|till|by|of|early|late|mid|last|this|the|from|between|to|through|before|after|and)[-\s]+$"
)
_YEAR_ONLY = re.compile(
    r"\b(?:in|since|during|of|by|until|till|from|between|before|after|throughout|early|late|mid)[-\s]+"
    rf"(?P<year>(?:early\s|late\s|mid[-\s])?(?P<y>{_YEAR}))(?!\s+{_COUNTED}|\w)"
)
_BARE_YEAR = re.compile(rf"(?:early\s|late\s|mid[-\s])?(?P<y>{_YEAR})(?!\s+{_COUNTED}|\w)")
YEAR_OF_DEED = re.compile(rf"(?P<year>(?P<y>{_YEAR}))(?=(?P<deed>{_A_DEED}))")
_OF_A_DEED = re.compile(r"(?:\b(?:an?|the|its|his|her|their|this|that)\s|['’]s?\s)$")
_LEAD_REACH = 40
KILLING_OF = re.compile(r"\s+(?:[\w.'’-]+\s+){0,4}?(?:assassination|execution|killing|lynching|massacre|murder)s? of\b")
_BESIDE_A_DEED = re.compile(r"\b(?:since|before|after|following|until|than|like|to) (?:the|an?|\w+['’]s?)\s$")
"""What a deed of a year stands behind where it is another than that told of ("the worst since the 2005 attacks")."""
_WEEKDAYS = re.compile(
    r"\b(?:(?:early|late|earlier)\s+(?:on\s+)?)?(?P<mode>last\s+|next\s+|coming\s+|this\s+past\s+|this\s+coming\s+)?"
    rf"(?P<w>{WEEKDAY})(?!\s+(?:times|telegraph|mirror|mail|express)\b)\b{_PART}"
)
_STREET = re.compile(r"\s(?:[Rr]oad|[Ss]treet|[Bb]ridge|[Ss]quare|[Aa]venue|[Hh]ospital|[Uu]niversity|[Ss]tadium)\b")
"""What is called by a day ("July 7 road")."""
_NOT_A_DAY = re.compile(r"(?:bloody|black|good|ash|palm|easter|maundy)\s$")
_FIXED = re.compile(rf"\b(?P<phrase>{any_of([*_NAMES['day'], *_NAMES['anaphoric']])})(?!\s+yesterday)\b")
_AGO = re.compile(
    r"\b(?P<unit>day|week|fortnight|month|year)s?\s+(?P<way>ago|earlier|before|later|after)\b(?!\s+(?:than|that|the|a|he|she|they|it)\b)"
)
_NUMERAL_BEFORE = re.compile(r"\b(?P<n>\d{1,4}|[a-z]+(?:-[a-z]+)?)\s+$")
_AROUND = re.compile(
    r"\b(?P<early>earlier\s+|late\s+|later\s+|early\s+)?(?P<which>this|last|next)\s+(?P<unit>week|month|year|weekend)"
    rf"(?!\w|['’]s(?!{_A_DEED}))"
    r"|\b(?:over|at|during)\s+the\s+(?P<weekend>weekend)\b"
    rf"|\b(?P<overnight>overnight)\b(?:\s+(?:(?:from|on|between)\s+)?(?P<night>{WEEKDAY})(?:\s*(?:to|into|and|-|/|–)\s*{WEEKDAY})?)?"
)
_THE_DAY = re.compile(
    r"\bon\s+(?P<day>the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)(?:\s+of\s+(?:this|the)\s+month)?)"
    r"(?=\s*(?:[.,;:)]|$)|\s+(?:and|at|in|when|as)\b)"
)


_MONTHS = frozenset(_NAMES["month"])
_DAYS = frozenset(_NAMES["weekday"])
_TIMES = frozenset({"early", "earlier", "late", "later", "last", "next", "this"})
_OPENINGS: dict[re.Pattern[str], frozenset[str]] = {
    _ISO: frozenset({DIGIT}),
    _NUMERIC: frozenset({DIGIT}),
    _DAY_MONTH: _DAYS | {DIGIT},
    _MONTH_DAY: _DAYS | _MONTHS,
    _MONTH_ONLY: _MONTHS | _TIMES | {"mid", "the"},
    _YEAR_ONLY: openings_of("dates", "year_only"),
    YEAR_OF_DEED: frozenset({DIGIT}),
    _WEEKDAYS: _DAYS | _TIMES | {"coming"},
    _FIXED: openings([*_NAMES["day"], *_NAMES["anaphoric"]]),
    _AGO: frozenset({"day", "days", "week", "weeks", "fortnight", "fortnights", "month", "months", "year", "years"}),
    _AROUND: _TIMES | {"over", "at", "during", "overnight"},
    _THE_DAY: frozenset({"on"}),
}
"""The words with which a match of each pattern begins."""


def date_mentions(text: str, published: date | None) -> list[DateMention]:
    """All dates that ``text`` mentions, left to right, without overlap; ``published`` settles what is left open."""
    return Reader(text, published).mentions()


def _day(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _possible(month: int, day: int) -> bool:
    return _day(2000, month, day) is not None


def month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def back(day: date, count: int, unit: str) -> date | None:
    """``day`` less so many units; months and years keep the day of the month if it exists. None before year 1."""
    try:
        if unit in ("hour", "day", "week", "night"):
            return day - timedelta(days={"hour": -(-count // 24), "week": 7 * count}.get(unit, count))
        months = day.year * 12 + day.month - 1 - count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        first = date(months // 12, months % 12 + 1, 1)
    except (OverflowError, ValueError):
        return None
    return first.replace(day=min(day.day, month_end(first).day))


def count_of(words: str | None) -> int | None:
    """ "two", "12", "a" as a number; None for "several" and whatever is no numeral."""
    if not words:
        return 1
    if words.isdecimal():
        return int(words)
    return 1 if words in ("a", "an") else word_value(words) or None


class Reader:
    """One text with its publication date; the rules are its methods, each giving a ``_Span`` or None."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.folded = fold_case(text)
        self.published = published
        self.year: int | None = None
        """Year that an unwritten year is taken from: that of the far end of a range ("between June and May 2018")."""
        self.rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Span | None]], ...] = (
            (_ISO, self._iso),
            (_NUMERIC, self._numeric),
            (_DAY_MONTH, self._day_month),
            (_MONTH_DAY, self._month_day),
            (_MONTH_ONLY, self._month),
            (_YEAR_ONLY, self._year),
            (YEAR_OF_DEED, self._year_of_deed),
            (_WEEKDAYS, self._weekday),
            (_FIXED, self._fixed),
            (_AGO, self._ago),
            (_AROUND, self._around),
            (_THE_DAY, self._the_day),
        )

    def mentions(self) -> list[DateMention]:
        index = index_of(self.folded)
        found = [
            self.mention(match, span)
            for pattern, rule in self.rules
            for match in index.led(pattern, _OPENINGS[pattern])
            if (span := rule(match)) is not None
        ]
        found.sort(key=lambda m: (m.start, -m.end))
        kept: list[DateMention] = []
        for mention in found:
            if _STREET.match(self.text, mention.end):
                continue
            if kept and mention.kind == "weekday" and self.text[kept[-1].end : mention.start] == " (":
                kept.pop()  # "yesterday (Friday)": the day of the speaker, then by name
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def mention(self, match: re.Match[str], span: _Span) -> DateMention:
        start = match.start() if span.start is None else span.start
        end = match.end()
        return DateMention(
            start,
            end,
            self.text[start:end],
            span.first,
            span.last,
            span.precision,
            span.basis,
            span.kind,
            span.offset_days,
        )

    def at(self, position: int) -> DateMention | None:
        """The date mention that begins right at ``position``, the longest."""
        found = [
            self.mention(match, span)
            for pattern, rule in (*self.rules, (_BARE_YEAR, self._bare_year))
            if (match := pattern.match(self.folded, position))
            and (span := rule(match))
            and (span.start in (None, position))
        ]
        return max(found, key=lambda m: m.end, default=None)

    def relative(self, first: date | None, last: date | None, precision: str, kind: str = "relative") -> _Span:
        basis = "relative_to_doc" if first is not None else "none"
        return _Span(first, last if first is not None else None, precision, basis, kind)

    def _capital(self, at: int) -> bool:
        return self.text[at].isupper()

    def _number(self, match: re.Match[str], group: str) -> int:
        return int(re.match(r"\d+", match[group])[0])  # type: ignore[index]

    def _month_number(self, match: re.Match[str], group: str) -> int | None:
        return _NAMES["month"][match[group].rstrip(".")] if self._capital(match.start(group)) else None

    def _dated(self, month: int, day: int, year: str | None) -> tuple[date | None, str]:
        """A day and how it is known: year written, borrowed from a range's far end, or the last by ``published``."""
        if year is not None or self.year is not None:
            return _day(int(year) if year else self.year or 0, month, day), "explicit"
        if self.published is None:
            return None, "none"
        years = range(self.published.year, self.published.year - 9, -1)
        days = (found for y in years if (found := _day(y, month, day)) and found <= self.published)
        return next(days, None), "relative_to_doc"

    def _iso(self, match: re.Match[str]) -> _Span | None:
        day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
        return _Span(day, day, "time" if match["time"] else "day", "explicit") if day else None

    def _numeric(self, match: re.Match[str]) -> _Span | None:
        """ "03/06/2017" is either June or March: no mention. Dots are only written day first."""
        a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
        readings = {_day(year, b, a)} if match["sep"] == "." else {_day(year, b, a), _day(year, a, b)}
        days = [day for day in readings if day]
        return _Span(days[0], days[0], "day", "explicit") if len(days) == 1 else None

    def _days(self, one: tuple[int, int, str | None], two: tuple[int, int, str | None] | None) -> _Span | None:
        """One day or a range of days, each (month, day, year as written)."""
        if not _possible(*one[:2]) or (two is not None and not _possible(*two[:2])):
            return None
        last, basis = self._dated(*(two or one))
        if basis == "explicit" and last is None:
            return None
        first = last
        if two is not None:
            first = self._dated(one[0], one[1], one[2] or (str(last.year - (one[0] > two[0])) if last else None))[0]
        if (first is None) != (last is None) or (first and last and first > last):
            return None
        precision = "day" if two is None else "day_range"
        return _Span(first, last, precision, basis if last else "none")

    def _day_month(self, match: re.Match[str]) -> _Span | None:
        month, later = self._month_number(match, "m1"), match["m2"] and self._month_number(match, "m2")
        if month is None:
            return None
        year = match["y1"]
        one = (month, self._number(match, "d1"), year)
        if later:
            return self._days((month, one[1], year), (int(later), self._number(match, "d3"), match["y2"] or year))
        if match["d2"] and self._number(match, "d2") > one[1]:
            return self._days(one, (month, self._number(match, "d2"), year))
        return self._days(one, None)

    def _month_day(self, match: re.Match[str]) -> _Span | None:
        month, later = self._month_number(match, "m1"), match["m2"] and self._month_number(match, "m2")
        counted = re.match(rf"\s+{_COUNTED}", self.folded[match.end() : match.end() + 12])
        lead = self.folded[max(0, match.start() - 8) : match.start()]
        if month is None or (counted and re.search(r"\b(?:in|during|since)\s$", lead)):
            return None
        one = (month, self._number(match, "d1"), match["y1"])
        if match["d2"]:
            two = (int(later or month), self._number(match, "d2"), match["y1"])
            if two[:2] > one[:2] or later:
                return self._days(one, two)
        return self._days(one, None)

    def _month(self, match: re.Match[str]) -> _Span | None:
        month = self._month_number(match, "m")
        led = match.start("m") > match.start() or _LEAD.search(self.folded[max(0, match.start() - 12) : match.start()])
        # "May" and "March" begin sentences and names too: without a year they need a word of time before them.
        dayed = _DAY_BEFORE.search(self.folded[max(0, match.start() - 8) : match.start()])
        if (
            month is None
            or dayed
            or (match["m"].rstrip(".") in ("may", "march", "mar", "dec", "jan", "sep") and not (led or match["y"]))
        ):
            return None
        first, basis = self._dated(month, 1, match["y"])
        if (
            first
            and match["last"]
            and self.published
            and (first.year, month) == (self.published.year, self.published.month)
        ):
            first = _day(first.year - 1, month, 1)
        last = month_end(first) if first else None
        return _Span(first, last, "month", basis if first else "none")

    def _year(self, match: re.Match[str]) -> _Span:
        return replace(self._bare_year(match), start=match.start("year"))

    def _year_of_deed(self, match: re.Match[str]) -> _Span | None:
        """ "a 2004 attack", "the 2014 killing of": the year before a word for violence."""
        before = self.folded[max(0, match.start() - _LEAD_REACH) : match.start()]
        beside = _BESIDE_A_DEED.search(before) and not KILLING_OF.match(self.folded, match.end())
        return replace(self._year(match), kind="deed") if _OF_A_DEED.search(before) and not beside else None

    def _bare_year(self, match: re.Match[str]) -> _Span:
        year = int(match["y"])
        return _Span(date(year, 1, 1), date(year, 12, 31), "year", "explicit")

    def _weekday(self, match: re.Match[str]) -> _Span | None:
        if not self._capital(match.start("w")) or _NOT_A_DAY.search(
            self.folded[max(0, match.start() - 9) : match.start()]
        ):
            return None
        mode = (match["mode"] or "").strip()
        ahead = mode.endswith(("next", "coming"))
        if self.published is None:
            return _Span(None, None, "day", "none", "future" if ahead else "weekday")
        gap = (self.published.weekday() - _NAMES["weekday"][match["w"]]) % 7
        if ahead:
            day = back(self.published, gap - 7, "day")
            return self.relative(day, day, "day", "future")
        day = back(self.published, 7 if mode == "last" and gap == 0 else gap, "day")
        return self.relative(day, day, "day", "weekday")

    def _fixed(self, match: re.Match[str]) -> _Span:
        phrase = " ".join(match["phrase"].split())
        if phrase in _NAMES["anaphoric"]:
            return _Span(None, None, "day", "none", "anaphoric", _NAMES["anaphoric"][phrase])
        day = back(self.published, _NAMES["day"][phrase], "day") if self.published else None
        return self.relative(day, day, "day")

    def _ago(self, match: re.Match[str]) -> _Span | None:
        floor = max(0, match.start() - 24)
        numeral = _NUMERAL_BEFORE.search(self.folded[floor : match.start()])
        count, unit = count_of(numeral["n"]) if numeral else None, match["unit"]
        if numeral is None or (count is None and numeral["n"] not in ("several", "few", "many", "some")):
            return None
        start = floor + numeral.start()
        if unit == "fortnight":
            count, unit = 2 * count if count else None, "week"
        if match["way"] != "ago":
            days = {"day": 1, "week": 7}.get(unit)
            sign = -1 if match["way"] in ("earlier", "before") else 1
            return _Span(None, None, unit, "none", "anaphoric", sign * days * count if days and count else None, start)
        day = back(self.published, count, unit) if self.published and count else None
        last = day
        if day is not None and unit in ("month", "year"):
            day = day.replace(day=1) if unit == "month" else date(day.year, 1, 1)
            last = month_end(day) if unit == "month" else date(day.year, 12, 31)
        return replace(self.relative(day, last, unit), start=start)

    def _around(self, match: re.Match[str]) -> _Span | None:
        unit = "overnight" if match["overnight"] else match["unit"] or "weekend"
        which = match["which"] or "this"
        kind = "future" if which == "next" else "relative"
        precision = {"weekend": "day_range", "overnight": "day_range"}.get(unit, unit)
        if self.published is None or which == "next":
            return _Span(None, None, precision, "none", kind)
        if match["night"]:
            evening = back(self.published, (self.published.weekday() - _NAMES["weekday"][match["night"]]) % 7, "day")
            return self.relative(evening, evening and min(evening + timedelta(days=1), self.published), precision, kind)
        first, last = self.calendar(unit, which, self.published)
        return self.relative(first, last, precision, kind)

    def calendar(self, unit: str, which: str, published: date) -> tuple[date | None, date | None]:
        """First and last day of this or the last week, month, year, weekend or night; "this" ends on publication."""
        if unit == "overnight":
            return back(published, 1, "day"), published
        if unit == "weekend":
            saturday = back(published, (published.weekday() - 5) % 7, "day")
            return saturday, saturday and min(saturday + timedelta(days=1), published)
        first = {
            "week": back(published, published.weekday(), "day"),
            "month": published.replace(day=1),
            "year": date(published.year, 1, 1),
        }[unit]
        if which == "this" or first is None:
            return first, published
        return back(first, 1, unit), back(first, 1, "day")

    def _the_day(self, match: re.Match[str]) -> _Span | None:
        number = int(match["d"])
        if not 1 <= number <= 31:
            return None
        day, start = self.published, match.start("day")
        for _ in range(62 if day else 0):
            if day is None or day.day == number:
                break
            day = back(day, 1, "day")
        return replace(self.relative(day, day, "day"), start=start)
