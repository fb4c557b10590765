"""The day of each claim: from its own words, from its total, or from the sentences around that tell of its event.

The day on which people died of wounds, on which a toll rose or a report was written is not the day of the event. A day
told by another ("a week earlier", "the next day") is reckoned from the last day that the text gave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from extraction.drafts import Draft
from extraction.mentions.dates import DateMention
from extraction.mentions.settings import Scenes, Setting
from extraction.words.lexicon import pattern, sought
from extraction.words.text import REACH

_AHEAD = 8
_WEEKS = timedelta(weeks=3)
_LEANING = 40
_WOUNDS_REACH = 80
_COARSE = frozenset({"month", "year"})
_DAYS = frozenset({"day", "time", "day_range"})
_PRECISE = _DAYS | {"week"}
_REPORT = timedelta(days=4)
"""The shortest stretch of days that is no date of one event."""
_TURN_COSTS = 40
_TURN = pattern("where", "turn")
_OF_WOUNDS = pattern("when", "of_wounds")
_ASIDE = re.compile(r"\b(?:who|whom|which|that|whose|where)\b")
_IN_EVENT = pattern("when", "in_event")
_EARLIER = re.compile(r"(?: in)?(?: an?| the)? (?:earlier|previous|prior) ", re.IGNORECASE)
"""Behind the wounds: the event lies before the day that is told."""
_OWNS = re.compile(r"['\u2019]s? ")
"""Behind a day that an attack is told by ("the previous day's bombing")."""
_ANSWERING = sought("when", "answering")
_BEGAN = pattern("when", "began")
_SAID_AS = sought("when", "said_as")
_CAPTION = sought("where", "caption")
_SINCE_WHEN = sought("when", "since_when")
_SINCE = re.compile(r"\bsince (?:the )?$")
_SUPERLATIVE = sought("when", "superlative")
_RECALL = sought("scene", "recall")
_REPORTING = sought("when", "reporting")
_SAME_DAY = sought("when", "same_day")


def own_date(made: Draft, scenes: Scenes) -> None:
    """Gives *made* the day that its own sentence tells of its event."""
    if made.scope != "incident":
        return
    dates = [m for m in scenes.at(made.sentence).dates if not _misleading(made, m, scenes.plain)]
    told = [m for m in dates if m.kind != "anaphoric" and not _of_death(made, m, scenes.plain)]
    if told and (owning := [m for m in dates if m.offset_days is not None and _OWNS.match(scenes.plain, m.end)]):
        nearest = min((*told, *owning), key=lambda m: _distance(made, m, scenes.plain))
        if nearest in owning:
            _reckon(made, nearest, scenes)
            return
    if told:
        take_date(made, min(told, key=lambda m: _distance(made, m, scenes.plain)), None)
        return
    leaning = [m for m in dates if m.offset_days is not None and _distance(made, m, scenes.plain) < _LEANING]
    if leaning:
        _reckon(made, min(leaning, key=lambda m: _distance(made, m, scenes.plain)), scenes)


def told_date(made: Draft, told: dict[int, list[Draft]], around: Sequence[Setting], scenes: Scenes) -> None:
    """Gives *made* the day of its total or of the sentences *around* where its own tells none; *told* are the claims
    of each sentence.
    """
    if made.scope in {"cumulative", "period"} or made.date_start is not None or "recalled" in made.flags:
        return
    own = scenes.at(made.sentence)
    if made.whole is not None and made.whole.date_start is not None:
        share_date(made, made.whole)
        return
    near = [s for s in (*around, *scenes.after(made.sentence)[:_AHEAD]) if not _of_a_past_death(told.get(s.index, ()))]
    if own.other:
        near = list(around[:2]) if _SAME_DAY.search(own.text) else []
    for setting in near:
        if (setting.other and not _SAME_DAY.search(setting.text)) or setting.says(_CAPTION):
            continue
        claims = [d for d in told.get(setting.index, ()) if d.scope == "incident" and d.date_start is not None]
        claims = [d for d in claims if made.harm == "detained" or d.harm != "detained"]
        if setting.index > made.sentence and claims and all(_long_ago(made, d, scenes) for d in claims):
            continue
        days = _DAYS if setting.index > made.sentence else _PRECISE  # "Last week, …" further on is of another event
        dated = [m for m in setting.dates if m.precision in days and _settled(m, setting, scenes.plain)]
        if dated and _reports_on(dated[0]) and setting.says(_REPORTING) and (made.number or 0) > 1:
            made.scope, made.period_start, made.period_end = "period", dated[0].date_start, dated[0].date_end
            return
        if dated:
            take_date(made, dated[0], "implied")
            return
        leaning = [m for m in setting.dates if m.offset_days is not None]
        if leaning and setting.index < made.sentence and not claims:
            _reckon(made, leaning[-1], scenes)
            if made.date_start is not None:
                return
        if claims and setting.index < made.sentence:
            share_date(made, claims[-1])
            return
    _last_resort(made, own, scenes)


def _reports_on(mention: DateMention) -> bool:
    """Whether *mention* is the stretch of days that a report covers ("the reporting period, 24 to 30 May"): what it
    counts further on is a sum.
    """
    first, last = mention.date_start, mention.date_end
    return mention.precision == "day_range" and first is not None and last is not None and last - first >= _REPORT


def _long_ago(made: Draft, other: Draft, scenes: Scenes) -> bool:
    """Whether *other*, told after *made*, is of an attack weeks before the report, and counts others ("In August, four
    policemen were killed there").
    """
    alike = made.harm == other.harm and made.number == other.number
    if scenes.published is None or other.date_start is None or other.date_basis == "implied" or alike:
        return False
    return scenes.published - other.date_start > _WEEKS and other.whole is not made and other.restates is not made


def _of_a_past_death(claims: Sequence[Draft]) -> bool:
    """ "Haddad was shot dead there in 1988": what is told next is not of that day."""
    return bool(claims) and all(d.group.named and "background" in d.flags for d in claims)


def _last_resort(made: Draft, own: Setting, scenes: Scenes) -> None:
    """The day of death where no other is told, and the month of the opening in a text that names no day."""
    dates = [m for m in own.dates if m.date_start is not None and not _misleading(made, m, scenes.plain)]
    days = any(m.precision in _PRECISE for m in scenes.all_dates)
    if not own.dates and not own.other and not days:
        told = [(m, setting) for setting in scenes.opening() for m in setting.dates if m.precision in _COARSE]
        dates = [m for m, setting in told if m.kind != "deed" and _settled(m, setting, scenes.plain)]
    if dates:
        own_day = dates[0] in own.dates and not _of_death(made, dates[0], scenes.plain)
        take_date(made, dates[0], None if own_day else "implied")


def share_date(one: Draft, other: Draft) -> None:
    """Gives *one* the day of *other*."""
    one.date_text, one.date_start, one.date_end = other.date_text, other.date_start, other.date_end
    one.date_precision, one.date_basis = other.date_precision, "implied"


def take_date(made: Draft, mention: DateMention, basis: str | None) -> None:
    """Gives *made* the day of *mention*, on *basis* or on the mention's own."""
    made.date_text = mention.text
    made.date_start, made.date_end = mention.date_start, mention.date_end
    made.date_precision = mention.precision if mention.date_start else None
    made.date_basis = (basis or mention.basis) if mention.date_start else "none"


def _misleading(made: Draft, mention: DateMention, plain: str) -> bool:
    """Whether *mention* dates something else: what led up to a recalled event, or an aside behind the claim."""
    recall = _RECALL.search(plain, made.clause.tokens[0].start, made.start)
    if recall is not None and mention.end <= min(made.start, recall.start()):
        return True
    if _BEGAN.search(plain, made.start, mention.start):
        return True
    if plain.endswith("since ", max(0, mention.start - REACH), mention.start) and (
        made.start < mention.start < made.end or (mention.end <= made.start and _in_aside(made, mention, plain))
    ):
        return True  # "had served since 1987 and was shot", "where troops have been since October, raids killed"
    if _answered(made, mention, plain):
        return True  # "After Monday's attack troops shot five", "arrested 14 over last week's bombing"
    if mention.kind == "deed" and mention.end <= made.end and _in_aside(made, mention, plain):
        return True  # "A cleric who had left during the 2004 siege was shot"
    coarse = mention.precision in _COARSE and mention.start > made.end
    opening = max(made.clause.tokens[0].start, mention.start - REACH)
    this = mention.precision in _COARSE and mention.text.lower().startswith("this ")
    if this and _SUPERLATIVE.search(plain, opening, mention.start):
        return True  # "in the deadliest attack this year"
    since = _SINCE.search(plain, opening, mention.start)
    if since is not None and _SUPERLATIVE.search(plain, opening, since.start()):
        return True  # "the deadliest assault since the Sept. 11 attacks"
    if mention.start > made.end and _SAID_AS.search(plain, made.end, mention.start):
        return True  # "… killed 20, police said, as the country began a day of mourning on Sunday"
    if coarse and _SINCE_WHEN.search(plain, made.end, mention.start):
        return True  # "… has been killed, the biggest blow since its chief was killed in 2008"
    return coarse and _ASIDE.search(plain, made.end, mention.start) is not None


def _answered(made: Draft, mention: DateMention, plain: str) -> bool:
    """Whether *mention* dates the deed that the one told of came after or answered."""
    owns = mention.kind == "deed" or _OWNS.match(plain, mention.end) is not None
    if not owns or _ANSWERING.search(plain, max(0, mention.start - _LEANING), mention.start) is None:
        return False
    if mention.start >= made.end:
        return True
    between = plain[mention.end : made.start]
    turns = "," in between and _ASIDE.search(between) is None
    return turns and not plain[made.start : made.end].split()[0].endswith("ing")


def _in_aside(made: Draft, mention: DateMention, plain: str) -> bool:
    """Whether *mention* stands in an aside that closes before the word of harm."""
    first = max(made.clause.tokens[0].start, mention.start - REACH)
    opened = _ASIDE.search(plain, first, mention.start) is not None
    return opened and _ASIDE.search(plain, mention.end, made.start) is None


def _of_death(made: Draft, mention: DateMention, plain: str) -> bool:
    """Whether *mention* is the day on which people died of wounds that they had from an event before."""
    wounds = _OF_WOUNDS.match(plain, made.start, len(plain) if mention.start > made.end else made.end + _WOUNDS_REACH)
    if wounds is None:
        return False
    event = _IN_EVENT.search(plain, wounds.end(), mention.start)
    return mention.start < wounds.end() or event is None or _EARLIER.match(plain, event.end()) is not None


def _distance(made: Draft, mention: DateMention, plain: str) -> int:
    """Code points between the claim and *mention*; what follows the claim counts as nearer, a turn as far."""
    if mention.start >= made.end:
        turns = _TURN.findall(plain, made.end, min(mention.start, made.end + REACH))
        return mention.start - made.end + _TURN_COSTS * len(turns)
    first = made.value_start if made.rules[0] == "gapped" else made.start
    if mention.end <= first:
        return 2 * (first - mention.end) + 10
    return 0


def _reckon(made: Draft, mention: DateMention, scenes: Scenes) -> None:
    """The day that lies as far from the last one told as *mention* says; "a week after" leads back before a claim."""
    base = scenes.last_date(mention.start)
    if base is None or base.date_start is None or mention.offset_days is None:
        return
    days = mention.offset_days
    if mention.end <= made.start and mention.text.lower().endswith("after"):
        days = -abs(days)
    day = base.date_start + timedelta(days=days)
    made.date_text, made.date_start, made.date_end = mention.text, day, day
    made.date_precision, made.date_basis = ("week" if abs(days) % 7 == 0 and days else "day"), base.basis


def _settled(mention: DateMention, setting: Setting, plain: str) -> bool:
    """Whether *mention* is a known day that no stretch of time begins or ends with ("since Monday")."""
    if mention.date_start is None or plain.startswith(", when", mention.end):
        return mention.date_start is not None
    return not any(p.start <= mention.start and mention.end <= p.end and p.kind != "within" for p in setting.periods)
