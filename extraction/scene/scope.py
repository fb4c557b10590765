"""One attack or a running total: the scope of a claim, and the period that a total covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extraction.drafts import Draft
from extraction.mentions.periods import PeriodMention
from extraction.words.lexicon import pattern, sought

_TOTAL_KINDS = frozenset({"since", "range", "past", "this", "until", "to_date"})
_SUPERLATIVE = re.compile(
    r"\b(?:\w+est|first|worst|most|second|third|fourth|fifth|one of)\b[^.;]{0,60}$", re.IGNORECASE
)
_NTH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|worst|\w+iest|latest|(?:larg|bigg)est)\b[^.;,]{0,60}$", re.IGNORECASE
)
"""What the words behind it rank among others: "the first strike in three months" is one."""
_SINCE_WHEN = re.compile(r",? when\b", re.IGNORECASE)
_OVER_A_CRIME = re.compile(
    r"\b(?:because of|in connection with|involve\w* in|accused of|charged with|suspected of)\b",
    re.IGNORECASE,
)
"""Words between the days of an arrest and the crime that it is for."""
_BEGAN = pattern("when", "began")
_WAR = sought("scope", "war")
_LOST_TO_WAR = sought("scope", "lost_to_war")
_MANY_EVENTS = sought("scope", "many_events")
_MANY_THAT = pattern("scope", "many_that")
_STRIKES_HAVE = sought("scope", "strikes_have")
_COUNTED_HAVE = sought("scope", "counted_have")
_SO_FAR = sought("scope", "so_far")
_PERFECT = sought("scope", "perfect")
_RECORDED = sought("scope", "recorded")
_ALONE = re.compile(r"\b(?:in|during) (?:[\w,]+ ){1,3}alone\b", re.IGNORECASE)
_GRAVE = re.compile(r"\bmass graves?\b|\bgraves?\b|\bburial pits?\b|\bin a pit\b|\bexhum", re.IGNORECASE)
_ONE_EVENT = sought("scope", "one_event")
_LONG = 31
_BY_THOUSANDS = frozenset({"displaced", "detained"})
"""Harms that one event does to hundreds."""
_BIG = 500
_CAMPAIGN = sought("scope", "campaign")
_THESE = sought("scope", "these")
_COUNTED = sought("scope", "counted")
_THE_COUNTED = sought("scope", "the_counted")
_PLURAL = re.compile(
    r"\b(?:strikes|airstrikes|attacks|raids|bombings|clashes|protests|operations|battles)\b", re.IGNORECASE
)
_KILLED_IN_ATTACKS = sought("scope", "killed_in_attacks")
_STRIKES_THAT = sought("scope", "strikes_that")
_KILLED_BY_STRIKES = sought("scope", "killed_by_strikes")
_SINCE_START = sought("scope", "since_start")
_IN_WEEKS = sought("scope", "in_weeks")
_FEW_DAYS = re.compile(r"\b(?:hours|days)\b", re.IGNORECASE)
_DATING = re.compile(r"(?:earlier|later|late|early)\b|.*\bweek", re.IGNORECASE)
"""Words that make "this month" a date of one event."""
_WEAK = frozenset({"scope:big", "scope:war", "scope:perfect", "scope:attacks"})
"""Reasons for a running total that say nothing of the same figure elsewhere."""
_IN_ATTACKS = pattern("scope", "in_attacks")
"""Attacks in the plural, which with a year are many."""
_CLOSED = re.compile(r"[^,;]{0,40},")
_RELATIVE = re.compile(r", (?:where|which|whose)\b")
"""Words behind a place or party that turn to what else is told of it."""
_LEAD = 90
_OPENING = 60
_CLOSE = 45
_MANY = 60
_LEDE = 1
"""The last sentence that may be a headline or lede: what attacks "have killed" there is the news of the day."""
_OF_A_DAY = 100
"""More than so many told there are summed up."""
_AT_A_PLACE = re.compile(r"\b(?:in|on|near|at) (?:the )?(?:[\w'’-]+ ){0,3}?[A-Z]")
_ON_A_DAY = re.compile(r"\b(?:on|early|late) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
"""A day of the strikes, which then are no more than those of that day."""
_SOME = 20
"""Fewer than so many whom "forces have killed" fell in one fight."""
_EVENT = sought("scope", "event")
_WHO = re.compile(r", who(?:se)?\b|,?\" (?:said|says)\b")
"""Where the words turn from the dead to the one who speaks of them."""
_WHEN = re.compile(r",? (?:when|after|as)\b", re.IGNORECASE)
_IN_ONE = pattern("scope", "in_one")
_IN_IT = pattern("scope", "in_it")
_ONE_OF_THEM = pattern("scope", "one_of_them")
_OF_TWO = re.compile(r"\b(?:former|latter),? $")


def settle(made: Draft, sentence: str, offset: int, periods: Sequence[PeriodMention], published: date | None) -> None:
    """Fills ``scope``, ``period_start`` and ``period_end`` of *made* from its *sentence* (which starts at *offset*)."""
    before = sentence[: max(0, made.start - offset)]
    here = sentence[max(0, made.start - offset - 40) :]
    periods = [p for p in periods if not _BEGAN.search(sentence, max(0, made.start - offset), p.start - offset)]
    governing = [
        p
        for p in periods
        if p.kind in _TOTAL_KINDS
        and not _SUPERLATIVE.search(sentence[max(0, p.start - offset - 70) : p.start - offset])
    ]
    counted = _COUNTED.search(before) is not None or _THE_COUNTED.search(sentence) is not None
    alone = _ALONE.search(here) is not None
    counted |= alone
    within = [p for p in periods if p.kind == "within" and (counted or _beside(made, p))]
    if made.harm == "killed" and _has_bodies(made) and _GRAVE.search(sentence):
        made.scope = "site"
        made.harm = "bodies_found"
        return
    if governing and _ONE_EVENT.search(before) and made.active:
        governing = []
    governing = [p for p in governing if p.kind != "this" or not _DATING.match(p.text)]
    governing = [p for p in governing if p.kind != "to_date" or _PLURAL.search(sentence) or _WAR.search(sentence)]
    governing = [p for p in governing if not _of_something_else(made, p, sentence, offset)]
    if made.number == 1 and made.group.count == "single" and made.group.number is None:
        governing = []  # "the slain policeman had served since 1987"
    if _sums_since(made, governing, sentence, offset):
        governing = []
    if governing:
        period = min(governing, key=lambda p: abs(p.start - made.value_start))
        _cover(made, period, published)
        made.rules.append(f"scope:{period.kind}")
        return
    reason = _total_reason(made, sentence, before, here)
    if reason:
        made.scope = "cumulative"
        made.period_end = published
        made.rules.append(f"scope:{reason}")
        if within:
            _cover(made, within[0], published)
        return
    one_event = (made.number == 1 and not alone) or (
        bool(within) and not counted and _one_attack(made, within[0], sentence, offset)
    )
    if within and not one_event and (counted or _month_of(within[0])):
        _cover(made, within[0], published)
        made.scope = "period"
        made.rules.append("scope:within")


def _sums_since(made: Draft, periods: Sequence[PeriodMention], sentence: str, offset: int) -> bool:
    """ "100 killed this month, bringing the total to 6,000 since the war began": nearer to the figure than a period."""
    end = made.end - offset
    since = _SINCE_START.search(sentence, end, end + _CLOSE)
    if since is None:
        return False
    return all(abs(period.start - made.value_start) > since.start() + offset - made.value_start for period in periods)


def _of_something_else(made: Draft, period: PeriodMention, sentence: str, offset: int) -> bool:
    """ "vacant since 1 August, when two were shot", "arrested this week in connection with the murder of six"."""
    if period.kind == "since" and _SINCE_WHEN.match(sentence, period.end - offset):
        return True
    if period.start > made.end and _RELATIVE.search(sentence, made.end - offset, period.start - offset):
        return True  # "five refugees from Kashmir, where rebels have fought since 1990"
    first = max(0, made.start - offset)
    aside = _RELATIVE.search(sentence, 0, max(0, period.start - offset)) is not None
    if aside and _CLOSED.match(sentence, period.end - offset, first) and not _PERFECT.search(sentence, first):
        return True  # "In Beit Hanoun, where troops have been since October, officials said raids killed nine"
    return _OVER_A_CRIME.search(sentence, period.end - offset, max(0, made.value_start - offset)) is not None


def of_one(made: Draft) -> bool:
    """ "There were four people injured in the attack", "in the latter, four were": words of one attack stand beside."""
    if _OF_TWO.search(made.clause.plain, max(0, made.start - 20), made.start):
        return True
    opening = made.clause.tokens[0].start
    if _ONE_OF_THEM.match(made.clause.plain, opening, max(opening, made.start)):
        return True
    return _IN_IT.match(made.clause.plain, made.start, min(len(made.clause.plain), made.end + _CLOSE)) is not None


def _beside(made: Draft, period: PeriodMention) -> bool:
    return period.start - made.end < _CLOSE and made.start - period.end < _CLOSE


def of_the_same(sentence: str, before: str) -> bool:
    """ "These attacks left 25 dead": the sentence speaks of the attacks that the one *before* it counted."""
    counted = _THE_COUNTED.search(sentence) is not None and _COUNTED.search(before) is not None
    return counted or _THESE.search(sentence) is not None


def _one_attack(made: Draft, period: PeriodMention, sentence: str, offset: int) -> bool:
    """Whether a month only dates one event: an attack is named beside the figure, or somebody did it."""
    if _MANY_EVENTS.search(sentence) or (_year_of(period) and _IN_ATTACKS.search(sentence)):
        return False
    first, last = min(made.start, period.start) - offset, max(made.end, period.end) - offset
    near = sentence[max(0, first - 60) : last + 10]
    told = _WHEN.match(sentence, made.end - offset) or _EVENT.search(near) or _IN_ONE.match(sentence, last)
    return (made.active and (made.number or 0) < _MANY) or told is not None


def _has_bodies(made: Draft) -> bool:
    """Whether the claim counts bodies: its noun or its word of harm is one of them."""
    word = made.group.harm or made.clause.tokens[made.clause.chunks[made.predicate].first].harm
    return word is not None and word.form in {"bodies", "body", "corpses", "corpse", "remains"}


def _month_of(period: PeriodMention) -> bool:
    return (
        period.period_start is not None
        and period.period_end is not None
        and (period.period_end - period.period_start).days >= 27
    )


def _total_reason(made: Draft, sentence: str, before: str, here: str) -> str | None:
    """Why the claim is a running total; None when it is not."""
    number = made.number or 0
    if number == 1:
        return None
    aside = _RELATIVE.search(sentence, len(before))
    if _SO_FAR.search(sentence, 0, aside.start() if aside else len(sentence)) and not re.search(
        r"\bno\b[^.;]{0,60}\bso far\b", sentence
    ):
        return "so_far"
    around = sentence[max(0, len(before) - 110) :]
    if _COUNTED_HAVE.search(around):
        return "strikes_have"
    have = _STRIKES_HAVE.search(around)
    lede = made.sentence <= _LEDE and number < _OF_A_DAY
    news = lede and _AT_A_PLACE.search(here) is not None  # "Air strikes have killed 31 people in Gaza, officials say"
    of_one = _ON_A_DAY.search(around) or _ONE_EVENT.search(here) or _ONE_EVENT.search(sentence[:_OPENING])
    if have and not news and not of_one and (number >= _SOME or _PLURAL.match(have.group())):
        return "strikes_have"
    if _SINCE_START.search(sentence):
        return "since_start"
    weeks = _IN_WEEKS.search(sentence, max(0, len(before) - 40)) if number >= 2 else None
    if weeks and not _NTH.search(sentence[max(0, weeks.start() - _LEAD) : weeks.start()]):
        return "in_weeks"
    many_strikes = _STRIKES_THAT.search(before[-90:]) or _KILLED_BY_STRIKES.search(here)
    if number >= _BIG and made.harm == "killed" and (many_strikes or made.rules[0] == "toll"):
        return "strikes_that"
    told = _WHO.split(here, maxsplit=1)[0]
    if number >= _MANY and (_RECORDED.search(before[-60:]) or _RECORDED.search(told[:140])):
        return "recorded"
    if _LOST_TO_WAR.search(told) or (_WAR.search(told) and number >= _MANY and not _ONE_EVENT.search(here)):
        return "war"
    if _KILLED_IN_ATTACKS.search(here):
        return "attacks"
    if _CAMPAIGN.search(here):
        return "campaign"
    told_of = sentence if made.rules[0] == "participle" else here
    if number >= _BIG and not _at_once(made, here) and not _EVENT.search(told_of):
        return "big"
    if (
        number >= _MANY
        and _PERFECT.search(here)
        and not _EVENT.search(here)
        and not (made.active and _ONE_EVENT.search(before))
        and not (number < _BIG and re.search(r"\bhad\b", here))
    ):
        return "perfect"
    if number >= 2 and _MANY_THAT.search(before[-_LEAD:]):
        return "many_events"
    return "many_events" if number >= 2 and _MANY_EVENTS.search(here) and "in " in here else None


def _at_once(made: Draft, here: str) -> bool:
    """ "2,000 people fled", "gunmen abducted 500 pupils": one event drives out or takes hundreds, where it is told as
    done then.
    """
    counted = made.rules[0] != "own" and made.qualifier != "vague"
    return made.harm in _BY_THOUSANDS and counted and not _PERFECT.search(here)


def _year_of(period: PeriodMention) -> bool:
    first, last = period.period_start, period.period_end
    return first is not None and last is not None and (last - first).days > 12 * 27


def _cover(made: Draft, period: PeriodMention, published: date | None) -> None:
    made.period_start = period.period_start
    made.period_end = period.period_end or (
        published if period.kind in {"since", "this", "past", "to_date", "until"} else None
    )
    few = period.kind == "past" and _FEW_DAYS.search(period.text) is not None
    long = not few
    if made.period_start is not None and made.period_end is not None:
        long = (made.period_end - made.period_start).days > _LONG
    made.scope = "cumulative" if long or period.kind in {"since", "to_date", "until"} else "period"


def agree(drafts: Sequence[Draft]) -> None:
    """Gives one scope to claims that must share it: a headline sums over what the figure sums over in the text, and a
    large figure beside smaller ones of one attack is of that attack.
    """
    for item in drafts:
        head = item.restates
        if head is not None and head.sentence == 0 and item.sentence > 0 and (item.number or 0) > 1:
            summed = item.scope in {"period", "cumulative"} and head.scope == "incident"
            if summed and not item.flags & {"background", "recalled"} and item.rules[-1] not in _WEAK:
                head.scope, head.period_start, head.period_end = item.scope, item.period_start, item.period_end
    for item in [item for item in drafts if "scope:big" in item.rules]:
        beside = [d for d in drafts if d.sentence == item.sentence and d.scope == "incident" and (d.number or 0) > 1]
        if beside and all(d.clause is item.clause and d.predicate == item.predicate and not d.active for d in beside):
            for other in beside:
                other.scope = item.scope
        elif beside:
            item.scope, item.period_start, item.period_end = "incident", None, None
