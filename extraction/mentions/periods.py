"""Stretches of time that a text names: "since March", "between June and May 2018", "in the past two weeks".

Days are those of `extraction.mentions.dates`; offsets are code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extraction.mentions.dates import (
    KILLING_OF,
    MONTH,
    WEEKDAY,
    YEAR_OF_DEED,
    DateMention,
    Reader,
    back,
    count_of,
    month_end,
)
from extraction.words.index import DIGIT, index_of
from extraction.words.lexicon import openings_of


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A stretch of time; the ends are inclusive days, None where open or unresolvable.

    ``kind``: since, range ("between … and", "from … to"), past ("in the last two months"), this ("so far this year"),
    within ("during July", "in 2015", "the first half of 2019"), until ("by the end of March"), to_date.
    """

    start: int
    end: int
    text: str
    period_start: date | None
    period_end: date | None
    kind: str


def period_mentions(text: str, published: date | None) -> list[PeriodMention]:
    """All stretches of time that ``text`` names, left to right, no overlap. An open "since" ends at ``published``."""
    return _Periods(text, published).periods()


class _Periods(Reader):
    """One text whose stretches of time are read, each from the dates at its ends."""

    def periods(self) -> list[PeriodMention]:
        kept: list[PeriodMention] = []
        for match in index_of(self.folded).led(_PERIOD, _PERIOD_OPENINGS):
            if kept and match.start() < kept[-1].end:
                continue
            period = self._period(match)
            if period is not None:
                kept.append(period)
        return kept

    def _make(self, start: int, end: int, first: date | None, last: date | None, kind: str) -> PeriodMention | None:
        if first and last and first > last:
            return None
        return PeriodMention(start, end, self.text[start:end], first, last, kind)

    def _period(self, match: re.Match[str]) -> PeriodMention | None:
        group = str(match.lastgroup)
        if group in ("since", "range", "within", "until"):
            return self._led(match, group)
        if group == "told":
            year = int(match["told_year"])
            return self._make(*match.span(), date(year, 1, 1), date(year, 12, 31), "range")
        if group == "months_to":
            return self._up_to(match)
        start, end = match.span()
        if group in ("to_date", "so_far"):
            return self._make(start, end, None, self.published, "to_date")
        if group in ("unit", "span"):
            return self._past(match, match["n"] or match["m"] or "", match["unit"] or match["span"])
        if group == "this":
            first = self.calendar(match["this"], "this", self.published)[0] if self.published else None
            return self._make(start, end, first, self.published, "this")
        return self._part_of_year(match)

    def _past(self, match: re.Match[str], number: str, unit: str) -> PeriodMention | None:
        words, unit = " ".join(number.split()), unit.replace("centuries", "century")
        if not words and (unit in ("hour", "day", "night") or match["which"] == "previous"):
            return None
        if not words and match["the"] is None and unit in ("week", "month", "year"):
            first, last = self.calendar(unit, "last", self.published) if self.published else (None, None)
            return self._make(*match.span(), first, last, "within")
        count = 2 if words == "couple of" else count_of(words)
        if words.startswith("half"):
            count, unit = {"century": (50, "year"), "decade": (5, "year"), "year": (6, "month")}.get(unit, (None, unit))
        if count is None and words not in ("few", "several", "many", "some"):
            return None
        first = back(self.published, count, unit) if self.published and count else None
        return self._make(*match.span(), first, self.published, "past")

    def _up_to(self, match: re.Match[str]) -> PeriodMention | None:
        """ "In the nine months to (the end of) September": so long a stretch, with its last month or day."""
        last = self._anchor(match.end())
        count = count_of(match["k"]) if match["k"] else 1
        if last is None or last.date_end is None or count is None or last.kind in ("anaphoric", "future"):
            return None
        first = back(last.date_end + timedelta(days=1), count, match["stretch"])
        return self._make(match.start(), last.end, first, last.date_end, "range")

    def _part_of_year(self, match: re.Match[str]) -> PeriodMention | None:
        year = int(match["part_year"]) if match["part_year"] and match["part_year"].isdecimal() else None
        if year is None and self.published:
            year = self.published.year - (match["part_year"] == "last year")
        if year is None:
            return self._make(*match.span(), None, None, "within")
        length = 6 if match["part"] == "half" else 3
        index = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 12 // length - 1}[match["nth"]]
        if (index + 1) * length > 12:
            return None
        first = date(year, index * length + 1, 1)
        return self._make(*match.span(), first, month_end(date(year, (index + 1) * length, 1)), "within")

    def _led(self, match: re.Match[str], kind: str) -> PeriodMention | None:
        """Periods made of a leading word and one or two dates: "since March 2011", "between June 2014 and May 2018"."""
        one = self._anchor(match.end())
        if one is None or one.kind in ("anaphoric", "future"):
            return None
        two = None
        joined = _TO.match(self.folded, one.end)
        if kind in ("since", "range") and joined and one.precision != "day_range":
            two = self._anchor(joined.end())
            if two is not None and two.kind in ("anaphoric", "future"):
                two = None
        if two is not None and one.basis != "explicit" and two.basis == "explicit" and two.date_start:
            one = self._borrow(match.end(), two) or one
        start = match.start()
        if two is not None:
            return self._make(start, two.end, one.date_start, two.date_end, "range" if kind == "range" else "since")
        if kind == "since":
            return self._make(start, one.end, one.date_start, self.published, kind)
        if kind == "until":
            return self._make(start, one.end, None, one.date_end, kind)
        whole = one.precision in ("month", "year", "week", "day_range")
        if (kind == "within" and whole) or (kind == "range" and one.precision == "day_range"):
            return self._make(start, one.end, one.date_start, one.date_end, kind)
        return None

    def _anchor(self, position: int) -> DateMention | None:
        """The date at ``position``; "the beginning of" it is the whole, "the end of" it only its last day."""
        edge = _EDGE.match(self.folded, position)
        if edge is None:
            year = _THE_YEAR.match(self.folded, position)
            if year is not None:
                return self.mention(year, self._bare_year(year))
            return self.at(position) or self._deed(position)
        inner = self.at(edge.end()) or self._unit_anchor(edge.end())
        if inner is None or inner.date_start is None or inner.date_end is None:
            return replace(inner, start=position) if inner else None
        if edge["edge"] == "end":
            return replace(inner, start=position, date_start=inner.date_end)
        return replace(inner, start=position)

    def _deed(self, position: int) -> DateMention | None:
        """ "since the 2003 invasion": the year of it; "since the 2014 killing of" is told itself."""
        if not self.folded.startswith("the ", position):
            return None
        deed = YEAR_OF_DEED.match(self.folded, position + len("the "))
        if deed is None or KILLING_OF.match(self.folded, deed.end()):
            return None
        return replace(self.mention(deed, self._year(deed)), end=deed.end("deed"))

    def _unit_anchor(self, position: int) -> DateMention | None:
        """ "the year", "the month" after "the beginning of": those of publication."""
        match = _THE_UNIT.match(self.folded, position)
        if match is None:
            return None
        first, last = self.calendar(match["unit"], "this", self.published) if self.published else (None, None)
        return self.mention(match, self.relative(first, last, match["unit"]))

    def _borrow(self, position: int, far: DateMention) -> DateMention | None:
        """The near end of a range read again with the far end's year, or the year before where that would be later."""
        assert far.date_start is not None
        for year in (far.date_start.year, far.date_start.year - 1):
            self.year = year
            near = self._anchor(position)
            self.year = None
            if near is not None and near.date_start is not None and near.date_start <= far.date_start:
                return near
        return None


_ANCHOR = rf"\d|{MONTH}|{WEEKDAY}|(?:the|last|this|early|late|mid|yesterday|today|earlier)\b"
_STRETCH = r"(?P<stretch>week|month|year)"
_UNITS = r"(?P<unit>hour|day|night|week|month|year|decade|centur(?:y|ies))"
_PERIOD = re.compile(
    rf"\b(?=[bdefiloptuwsa12])(?:(?P<since>since\s+(?:at\s+least\s+|about\s+|around\s+)?(?={_ANCHOR}))"
    rf"|(?P<months_to>(?:in|over|during)\s+the\s+(?:(?P<k>\d{{1,2}}|[a-z]+)\s+)?{_STRETCH}s?\s+(?:up\s+)?to\s+(?={_ANCHOR}))"
    rf"|(?P<range>(?:between|from)\s+(?={_ANCHOR}))|(?P<to_date>(?:to\s+date|up\s+to\s+now|until\s+now)\b)"
    rf"|(?P<until>(?:until|till|by|up\s+to|through)\s+(?={_ANCHOR}))"
    r"|(?:(?:in|over|during|within|for|of)\s+)?(?P<the>the\s+)?(?P<which>past|last|previous)\s+"
    rf"(?:(?P<n>\d{{1,4}}|half\s+a|couple\s+of|[a-z]+(?:-[a-z]+)?)\s+)?{_UNITS}s?\b"
    r"|(?:in|within)\s+(?:(?:less\s+than|under|just|only|barely)\s+|(?=\S+\s+(?:weeks|months|years)))"
    r"(?P<m>\d{1,4}|[a-z]+(?:-[a-z]+)?)\s+(?P<span>day|night|week|month|year)s?\b(?!'|\s+(?:ago|later|earlier|time))"
    r"|(?:so\s+far\s+|earlier\s+|already\s+)?this\s+(?P<this>year|month|week)\b(?!'s)|(?P<so_far>so\s+far)\b"
    r"|(?:in\s+|during\s+)?the\s+(?P<nth>first|second|third|fourth|last)\s+(?P<part>half|quarter)\s+of\s+"
    rf"(?P<part_year>(?:19|20)\d\d|this\s+year|last\s+year|the\s+year)\b|(?P<within>(?:in|during|throughout|over)\s+(?={_ANCHOR}))"
    r"|(?P<told>(?:the\s+year\s+)?(?P<told_year>(?:19|20)\d\d))(?=\s+(?:was|is|has\s+been|turned\s+out|proved|became)\b"
    r"[^.]{0,40}\b(?:\w+est|worst)\b))"
)
_PERIOD_OPENINGS = openings_of("dates", "period") | {DIGIT}
_TO = re.compile(r"\s*(?:,\s*)?(?:\s(?:and|to|until|till|through|up\s+to)\s+|\s?-\s?)(?:the\s+)?")
_EDGE = re.compile(
    r"the\s+(?P<edge>beginning|start|end|middle)\s+of\s+(?:last\s+(?=[a-z]{3,9}\b(?<!year)(?<!month)(?<!week)))?"
)
_THE_YEAR = re.compile(r"(?:the\s+)?year\s+(?P<y>(?:19|20)\d\d)\b")
_THE_UNIT = re.compile(r"the\s+(?P<unit>year|month|week)\b")
