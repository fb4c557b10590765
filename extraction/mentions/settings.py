"""What a document tells of time, place, weapon and doers, sentence by sentence: read once, looked up often."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache, cached_property
from typing import Protocol, TypeVar

from extraction.mentions import bodies, weapons
from extraction.mentions.accusations import Blame, blamed
from extraction.mentions.countries import country_context, country_votes
from extraction.mentions.dates import DateMention, date_mentions
from extraction.mentions.epithets import epithets
from extraction.mentions.periods import PeriodMention, period_mentions
from extraction.mentions.places import PlaceMention, place_mentions
from extraction.mentions.sites import NAMED, Site, sites
from extraction.names.actors import ActorMention, actor_mentions, actors, canonical, coalition_meant
from extraction.names.gazetteer import load_countries, resolve
from extraction.words.lexicon import pattern, sought
from extraction.words.numbers import fold_case
from extraction.words.sieve import Sought
from extraction.words.text import REACH, Sentence, item_starts

_OTHER = sought("settings", "other")
_SAID_ON = sought("settings", "said_on")
_ACTED = pattern("settings", "acted")
"""Behind "police on Tuesday": what they did on that day, not what they said."""
_DATED_BEFORE = pattern("settings", "dated_before")
_DATED_AFTER = pattern("settings", "dated_after")
_DATED_AGENCY = pattern("settings", "dated_agency")
_DAYS_EVENT = re.compile(rf"['’]s (?:\w+ ){{0,2}}?{pattern('settings', 'event').pattern}\b")
_DATED_CITY = pattern("settings", "dated_city")
_DATELINE_WIDTH = 40
_DATELINE_COLON = re.compile(r": (?=[A-Z][^\n]{140})")
"""Behind the town that a report was written in; in a headline, a shorter line, it is that of what it tells."""
_FULL_NAME = re.compile(r"\b[A-Z][\w'.-]+ (?:[a-z]{2,3} )?(?:[A-Z][\w'.-]+ )*((?:al-|el-)?[A-Z][\w'-]+)")
_LEAD = 5
_BACK = 3
_AHEAD = 12
_DEFINED = pattern("settings", "defined")
_DATELINE = pattern("settings", "dateline")


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...


_S = TypeVar("_S", bound=_Spanned)


def home_of(plain: str, most_named: str | None) -> str | None:
    """The country (ISO alpha-3) whose forces "the army" of the text are: its dateline's, unless the text tells of
    another ("CAIRO - A market in Khartoum …"), else *most_named*; None when neither tells.
    """
    for hit in _DATELINE.finditer(plain, 0, min(len(plain), 1200)):
        for name in hit.group(1).split("/"):
            place = resolve(name.strip().title())
            if place is not None and place.country in demonyms():
                return _told_of(place.country or "", [vote for vote in country_votes(plain) if vote[0] >= hit.end()])
    return most_named


def _told_of(written_in: str, votes: Sequence[tuple[int, str, bool]]) -> str:
    """The country that a report *written_in* another one tells of, by the *votes* behind its dateline: the one whose
    places it names while it is silent, or nearly so, about its own.
    """
    own = sum(code == written_in for _, code, _ in votes)
    abroad = Counter(code for _, code, place in votes if place and code != written_in).most_common(1)
    if not abroad:
        return written_in
    country, named = abroad[0]
    opens = next((code for _, code, place in votes if place), written_in)
    return country if (not own and opens == country) or (named > 1 and named > 2 * own) else written_in


@cache
def demonyms() -> dict[str, str]:
    """First demonym of each country, by ISO 3166-1 alpha-3 code."""
    return {country.iso3: country.demonyms[0] for country in load_countries() if country.demonyms}


class Paper:
    """A document's plain text with the names that stand in it and the country that it reports from."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.folded = fold_case(plain)
        """The text in lower case, one code point for each."""
        self.named = actor_mentions(plain)
        self.placed = place_mentions(plain)
        self.countries = country_context(plain)
        self.home_country = self.countries[0] if self.countries else None
        self.home = demonyms().get(home_of(plain, self.home_country) or "")

    def country_among(self, codes: Sequence[str]) -> str | None:
        """Of *codes* (ISO 3166-1 alpha-3) the one that the text names most, None where it names none of them."""
        return next((code for code in self.countries if code in codes), None)

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Full names by the abbreviations that the text gives behind them and no actor bears."""
        found = {hit[2]: hit[1] for hit in _DEFINED.finditer(self.plain) if _spells(hit[1], hit[2])}
        return {short: name for short, name in found.items() if canonical(short) not in actors()}

    @cached_property
    def name_spans(self) -> list[tuple[int, int]]:
        """Where actors and places stand: no person's name."""
        return [*((m.start, m.end) for m in self.named), *((m.start, m.end) for m in self.placed)]

    def names_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where actors and places stand within ``[start, end)``, those that reach into it among them."""
        found: list[tuple[int, int]] = []
        for mentions in (self.named, self.placed):
            first = bisect_left(mentions, start, key=lambda m: m.start)
            near = slice_of(mentions, start, end)
            found += [(m.start, m.end) for m in [*mentions[max(0, first - 1) : first], *near] if m.end > start]
        return found

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Last words of the names of several words in this text, actors and places left out, lower case."""
        known = {span[1] for span in self.name_spans}
        return frozenset(hit.group(1).lower() for hit in _FULL_NAME.finditer(self.plain) if hit.end() not in known)

    @cached_property
    def from_aircraft(self) -> frozenset[str]:
        """Words that mean airstrikes in this text."""
        return weapons.dropped(self.folded)

    def actors_in(self, start: int, end: int) -> list[ActorMention]:
        """The actors named in ``[start, end)``."""
        return slice_of(self.named, start, end)


def _spells(name: str, short: str) -> bool:
    """Whether the capitals of *short* open words of *name*, in order."""
    initials = iter(word[0] for word in name.split() if word[0].isupper())
    return all(letter in initials for letter in short[:2])


def slice_of(mentions: Sequence[_S], start: int, end: int) -> list[_S]:
    """The members of *mentions*, sorted by start, that begin in ``[start, end)``."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    last = first
    while last < len(mentions) and mentions[last].start < end:
        last += 1
    return list(mentions[first:last])


class Setting:
    """What one sentence tells of time, place, weapon and doers; each is read when it is asked for."""

    def __init__(self, scenes: Scenes, index: int) -> None:
        self._scenes = scenes
        self.index = index
        self.span = scenes.spans[index]
        self._says: dict[Sought, bool] = {}

    @cached_property
    def text(self) -> str:
        """The sentence's plain words."""
        return self._scenes.plain[self.span.start : self.span.end]

    def says(self, what: Sought) -> bool:
        """Whether *what* stands in the sentence; looked for once, however many claims ask."""
        if what not in self._says:
            self._says[what] = what.search(self.text) is not None
        return self._says[what]

    @cached_property
    def _mentions(self) -> tuple[list[DateMention], list[DateMention]]:
        dates: list[DateMention] = []
        said: list[DateMention] = []
        for mention in slice_of(self._scenes.all_dates, self.span.start, self.span.end):
            if mention.kind != "future":
                (said if self._is_stamp(mention) else dates).append(mention)
        return dates, said

    @property
    def dates(self) -> list[DateMention]:
        """Dates of events."""
        return self._mentions[0]

    @cached_property
    def periods(self) -> list[PeriodMention]:
        """Stretches of time."""
        return slice_of(self._scenes.all_periods, self.span.start, self.span.end)

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Places named, those of datelines and metonyms left out."""
        return slice_of(self._scenes.places, self.span.start, self.span.end)

    @cached_property
    def sites(self) -> list[Site]:
        """The places where something may have happened."""
        return sites(self._scenes.plain, self.places, self.span.start)

    @cached_property
    def weapons(self) -> list[tuple[int, int, str]]:
        """Weapon words with what they stand for."""
        paper = self._scenes.paper
        return weapons.mentions(paper.folded, self.span.start, self.span.end, paper.from_aircraft)

    @cached_property
    def actors(self) -> list[ActorMention]:
        """Actors named."""
        return slice_of(self._scenes.actors, self.span.start, self.span.end)

    @property
    def taken(self) -> Sequence[tuple[int, int]]:
        """Spans of its victims; none where the sentence tells of no harm."""
        return self._scenes.taken.get(self.index, ())

    @property
    def free_actors(self) -> list[ActorMention]:
        """Actors named, but for those that are the victims."""
        return [m for m in self.actors if not any(start <= m.start < end for start, end in self.taken)]

    @cached_property
    def blames(self) -> list[Blame]:
        """Actors that the sentence makes the doers."""
        scenes, span = self._scenes, self.span
        here = scenes.paper.home_country
        return blamed(scenes.plain, span.start, span.end, self.actors, self.taken, scenes.coalition, here)

    @cached_property
    def other(self) -> bool:
        """Whether the sentence says that it speaks of another event."""
        if self.span.segment == "related":
            return True
        if not _OTHER.search(self.text):
            return False
        return not (
            _OTHER.search(self.text, 60) and any(m.precision in {"day", "time"} and m.date_start for m in self.dates)
        )

    def _is_stamp(self, mention: DateMention) -> bool:
        """Whether the date is that of a statement ("said on Friday") or of publication, not of the event."""
        published = self._scenes.published
        before = self._scenes.plain[max(self.span.start, mention.start - REACH) : mention.start]
        plain = self._scenes.plain
        written_out = (
            mention.basis == "explicit"
            and mention.date_start == mention.date_end == published
            and mention.precision in {"day", "time"}
        )
        if _DAYS_EVENT.match(plain, mention.end):
            return False
        if len(before) < _DATELINE_WIDTH and _heads_report(before, plain, mention.end):
            return True
        said = _SAID_ON.search(before) is not None and _ACTED.match(plain, mention.end) is None
        return said or (written_out and not re.search(r"\b[Oo]n\s+(?:\w+,?\s+)?$", before))


class Scenes:
    """The settings of a document's sentences."""

    def __init__(
        self,
        paper: Paper,
        spans: Sequence[Sentence],
        published: date | None,
        taken: dict[int, list[tuple[int, int]]],
        house: str | None = None,
    ) -> None:
        self.paper = paper
        self.plain = paper.plain
        self.spans = spans
        self.published = published
        self.taken = taken
        self.house = house
        """The party that publishes the text: where nobody else speaks, it does."""
        self._read: dict[int, Setting] = {}
        self._before: dict[int, tuple[Setting, ...]] = {}
        written_in = frozenset(m.start for m in paper.placed if _in_dateline(paper.plain, m))
        meant_places = epithets(paper.plain, paper.placed, paper.home_country, written_in)
        heads = [m.start for m in paper.placed if _heads_item(paper.plain, m)]
        told = [
            m
            for m in paper.placed
            if not m.metonym and (m.start not in written_in or (len(heads) > 1 and m.start in heads))
        ]
        self.places = sorted([*told, *meant_places], key=lambda m: m.start)
        named = [m for m in paper.named if not (m.place_like and _in_dateline(paper.plain, m))]
        named = bodies.at_home(bodies.by_full_names(named, paper.home_country), paper.home_country)
        meant = bodies.groups_meant(paper.plain, named)
        forces = bodies.state_bodies(paper.plain, paper.home, named)
        nameless = bodies.unnamed(paper.plain, [*named, *meant, *forces])
        self.actors = sorted([*named, *meant, *forces, *nameless], key=lambda m: m.start)
        coalitions = [actor.name for actor in self.actors if actor.kind == "coalition"]
        self.coalition = coalitions[0] if coalitions else coalition_meant(paper.plain)

    @cached_property
    def all_dates(self) -> list[DateMention]:
        """Every date of the document."""
        return date_mentions(self.plain, self.published)

    @cached_property
    def all_periods(self) -> list[PeriodMention]:
        """Every period of the document."""
        return period_mentions(self.plain, self.published)

    def last_date(self, before: int) -> DateMention | None:
        """The last settled day that stands before position *before*, of an event or of a statement."""
        told = [m for m in self.all_dates if m.end <= before and m.date_start is not None and m.precision == "day"]
        return told[-1] if told else None

    def at(self, index: int) -> Setting:
        """The setting of sentence *index*."""
        if index not in self._read:
            self._read[index] = Setting(self, index)
        return self._read[index]

    def before(self, index: int) -> tuple[Setting, ...]:
        """Settings of the sentences just before *index*, nearest first, then those that open the text."""
        if index not in self._before:
            self._before[index] = tuple(self._find_before(index))
        return self._before[index]

    def _find_before(self, index: int) -> list[Setting]:
        near: list[Setting] = []
        for back in range(index - 1, max(-1, index - 1 - _BACK), -1):
            near.append(self.at(back))
            if self.at(back).other and back > 1:
                break
        opening = [setting for k, setting in enumerate(self.opening()) if k != index]
        near, opening = ([s for s in found if self.item(s.index) in {0, self.item(index)}] for found in (near, opening))
        return near + sorted(opening, key=lambda setting: setting.span.start > self.spans[index].start)

    def paragraph_before(self, index: int) -> list[Setting]:
        """Settings of the sentences before *index* in its paragraph, the nearest first, up to another event."""
        near: list[Setting] = []
        for back in range(index - 1, max(-1, index - 1 - _LEAD), -1):
            if self.spans[back].paragraph != self.spans[index].paragraph:
                break
            near.append(self.at(back))
            if self.at(back).other:
                break
        return near

    def country_around(self, index: int) -> str | None:
        """The country of the nearest site up to the end of sentence *index*, else the one that the text names most."""
        for back in range(index, max(-1, index - _LEAD), -1):
            told = [site for site in self.at(back).sites if site.rank <= NAMED and site.mention.country]
            if told:
                return told[0].mention.country
        return self.paper.home_country

    def opening(self) -> list[Setting]:
        """Settings of the first sentences of the text."""
        return [self.at(k) for k in range(min(_LEAD, len(self.spans)))]

    def beside(self, index: int) -> list[Setting]:
        """Settings of the sentences next to *index* in its paragraph: a wide place there has its narrow one here."""
        paragraph = self.spans[index].paragraph
        return [
            self.at(k)
            for k in (index + 1, index - 1, index + 2, index - 2)
            if 0 <= k < len(self.spans) and self.spans[k].paragraph == paragraph
        ]

    def after(self, index: int) -> list[Setting]:
        """Settings of the sentences that follow *index*: responsibility is often told last."""
        ahead = range(index + 1, min(index + _AHEAD, len(self.spans)))
        return [self.at(k) for k in ahead if self.item(k) == self.item(index)]

    @cached_property
    def _items(self) -> list[int]:
        return item_starts([self.plain[span.start : span.end] for span in self.spans])

    def item(self, index: int) -> int:
        """Which item of a round-up of reports sentence *index* belongs to; 0 in a text of one report."""
        return bisect_right(self._items, index)


def _heads_report(before: str, plain: str, end: int) -> bool:
    """Whether a date that ends at *end*, with *before* in front of it in its sentence, is that of a dateline."""
    if _DATED_AGENCY.match(plain, end) and (not before or _DATED_BEFORE.search(before)):
        return True
    if _DATED_CITY.search(before) and re.match(r" [A-Z]", plain[end : end + 2]):
        return True
    return _DATED_BEFORE.search(before) is not None and _DATED_AFTER.match(plain, end) is not None


def _in_dateline(plain: str, mention: PlaceMention | ActorMention) -> bool:
    """Whether *mention* only says where the report was written ("BEIRUT, Lebanon (AP) -")."""
    line = plain.rfind("\n", 0, mention.start) + 1
    if mention.start == line and re.match(r"(?:, [A-Z]\w+)? ?(?:-|\u2014)(?= )", plain[mention.end : mention.end + 30]):
        return True
    town = isinstance(mention, PlaceMention) and mention.kind in {"city", "town"}
    if town and mention.start == line and _DATELINE_COLON.match(plain, mention.end):
        return True  # "Srinagar: Three men …"
    stamp = _DATELINE.match(plain, line)
    return mention.start - line < 60 and stamp is not None and mention.end <= stamp.end(1)


def _heads_item(plain: str, mention: PlaceMention) -> bool:
    """Whether *mention* opens a line before a colon, as the place of what follows ("KIRKUK: A bomb …")."""
    return plain[mention.end : mention.end + 1] == ":" and plain[mention.start - 1 : mention.start] in {"", "\n"}
