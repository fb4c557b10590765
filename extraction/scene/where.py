"""The place of each claim: from its own words, from the scene that the text has set, or from what narrows it later.

A claim takes the site nearest in its own sentence. Without one it stands on the scene: that of its total, of the
heading of its paragraph, of the claims and sites told just before, of the opening. A wide place (a country, a
province) is narrowed by what the text tells of the same event; a running total keeps to the wide ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from extraction.drafts import Draft
from extraction.mentions.addresses import WIDE, address, country_of, innermost
from extraction.mentions.places import PlaceMention, place_phrase, width
from extraction.mentions.settings import Scenes, Setting
from extraction.mentions.sites import ELSEWHERE, HAPPENED, NAMED, SPOKEN, Site
from extraction.words.lexicon import pattern, sought
from extraction.words.text import REACH

_THE_EVENT = sought("where", "the_event")
_CAPTION = sought("where", "caption")
_BYLINE = pattern("where", "byline")
_EARLIER = sought("where", "earlier")
_HOURS_LATER = re.compile(
    r"(?:[\w-]+ ){0,2}(?:minutes|hours?|days?|weeks?|months?) (?:later|earlier|before|after)\b", re.IGNORECASE
)
_TURN = pattern("where", "turn")
_THERE = sought("where", "there")
_WAR = sought("where", "war")
_MANY = sought("where", "many")
_AND = re.compile(r"(?:,| and|, and|,? as well as)(?: in)? ")
_DID = re.compile(
    r"(?:['’]s)?\s(?:\w+\s){0,2}?(?:killed|wounded|detained|arrested|captured|says?|forces|army|military|strikes|attacks)"
)
_OWNS = re.compile(r"['’]s (?:(?:north|south)?(?:east|west|north|south)(?:ern)? )?")
_WHERE = re.compile(r"(?: [A-Z]\w+){0,3},? where ")
_AHEAD = 8
_REACH = 100
_OPENING = 5
_LEDE = 1
"""The last sentence that may be the lede: a report of something long ago tells there where it was."""
_TURN_COSTS = 40
_MONTH = timedelta(days=31)
_BIG = 1000
_SAID_OF = 30
_IN_SIMILAR = re.compile(r" (?:in|by) (?:an? )?(?:similar|earlier|previous|recent) ")
_CLOSES = 90
_SPREAD = frozenset({"across", "throughout"})
_TAKEN_FROM = frozenset({"displaced", "detained"})


def own_place(made: Draft, beside: Sequence[Draft], scenes: Scenes) -> None:
    """Gives *made* the place that its own sentence tells, if it tells one; *beside* are the claims of the sentence."""
    setting = scenes.at(made.sentence)
    own = [s for s in setting.sites if (s.rank <= NAMED or _doing(made, s)) and not _in_name(made, s.mention)]
    if not own and made.scope != "incident" and _of_a_war(made):
        own = [
            s
            for s in setting.sites
            if s.mention.kind == "country"
            and not s.mention.prep
            and s.mention.start < made.start
            and not _DID.match(scenes.plain, s.mention.end)
        ]
    if made.harm in _TAKEN_FROM:
        left = (m for m in setting.places if m.prep == "from" and m.start > made.value_start)
        own = [Site(m, HAPPENED) for m in left if not _TURN.search(scenes.plain, made.end, m.start)] or own
    if own:
        _take(made, min(own, key=lambda s: _distance(made, s, beside, scenes.plain)), setting, scenes)


def told_place(made: Draft, told: dict[int, list[Draft]], scenes: Scenes) -> None:
    """Gives *made* a place from around where it has none, and a narrower one where it has a wide one; *told* are the
    claims of each sentence.
    """
    if made.place is None:
        _inherit(made, told, scenes)
    if made.place is not None and made.scope == "incident" and width(made.place) >= WIDE:
        _narrow(made, told, scenes)
    if made.country is None and made.place is None:
        made.country = scenes.paper.home_country


def narrow_alike(drafts: Sequence[Draft]) -> None:
    """Gives a headline's claim with a wide place the narrower one of a claim that counts the same people."""
    placed = [d for d in drafts if d.place is not None and d.scope == "incident" and width(d.place) < WIDE]
    for made in drafts:
        if made.sentence > 0 or made.place is None or made.scope != "incident":
            continue
        if width(made.place) < WIDE or (made.number or 0) < 2:
            continue
        alike = [d for d in placed if (d.harm, d.number, d.country) == (made.harm, made.number, made.country)]
        if alike and "background" not in alike[0].flags | made.flags:
            share(made, alike[0])


def share(one: Draft, other: Draft) -> None:
    """Gives *one* the place of *other*."""
    one.place, one.place_text, one.place_context = other.place, other.place_text, other.place_context
    one.country = other.country
    one.flags |= other.flags & {"located"}


def _distance(made: Draft, site: Site, beside: Sequence[Draft], plain: str) -> int:
    """Code points between the claim and the site; what follows counts as nearer than what precedes, a turn of the
    sentence ("who", "while") as far, and so does what closes another claim ("killed two in X and wounded four in Y").
    """
    start, end = site.mention.start, site.mention.end
    first = made.value_start if made.rules[0] == "gapped" else made.start
    if start >= made.end:
        turns = _TURN.findall(plain, made.end, min(start, made.end + REACH))
        return start - made.end + _TURN_COSTS * len(turns)
    if end <= first:
        if _WHERE.fullmatch(plain, end, first):
            return 0
        closes = any(other.end <= start and start - other.end < _CLOSES for other in beside if other is not made)
        return 2 * (first - end) + 10 + (_TURN_COSTS if closes else 0)
    return 0


def _doing(made: Draft, site: Site) -> bool:
    """Whether the claim tells what the event at a site of elsewhere did ("a similar raid in Bamako killed 20")."""
    said = 0 <= made.start - site.mention.end <= _SAID_OF or _IN_SIMILAR.match(made.clause.plain, made.end) is not None
    return site.rank == ELSEWHERE and (made.scope != "incident" or said)


def _in_name(made: Draft, mention: PlaceMention) -> bool:
    """Whether the victim is only called like a place ("Ahmed Riyadh")."""
    tokens = made.clause.tokens[made.group.first : made.group.last]
    return made.group.named and tokens[0].start <= mention.start < tokens[-1].end


def _take(made: Draft, site: Site, setting: Setting, scenes: Scenes, *, wide: bool = False) -> None:
    places = setting.places
    chain = [m for m in address(scenes.plain, site.mention, places) if not wide or width(m) >= WIDE]
    best = innermost(scenes.plain, chain)
    made.place, made.place_text = best, _as_written(best, places, scenes.plain)
    told = country_of(scenes.plain, best, chain)
    around = told or made.country or scenes.country_around(setting.index)
    made.country = around if around in (best.among or (around,)) else scenes.paper.country_among(best.among)
    other = _coordinate(best, places, scenes.plain)
    if other is not None:
        made.place_text = scenes.plain[best.start : other.end]
        made.country = None if best.kind == "country" else made.country
    made.place_context = tuple(dict.fromkeys(m.name or m.text for m in chain if m is not best))[:4]
    made.flags.discard("located")
    if site.rank == HAPPENED:
        made.flags.add("located")


def _coordinate(best: PlaceMention, places: Sequence[PlaceMention], plain: str) -> PlaceMention | None:
    """The last of several places of one kind named together, *best* first ("Iraq and Syria")."""
    row = [m for m in places if m.start >= best.start]
    last = 0
    while last + 1 < len(row) and row[last + 1].kind == best.kind and _joined(plain, row[last], row[last + 1]):
        last += 1
    together = last > 0 and " and " in plain[row[last - 1].end : row[last].start]
    return row[last] if together or (last and best.kind == "country") else None


def _joined(plain: str, one: PlaceMention, other: PlaceMention) -> bool:
    return _AND.fullmatch(plain, one.end, other.start) is not None


def _several(made: Draft) -> bool:
    """Whether the claim has several places ("in Oruro and Potosi")."""
    return made.place is not None and " and " in (made.place_text or "").replace(made.place.text, "")


def _as_written(best: PlaceMention, places: Sequence[PlaceMention], plain: str) -> str:
    """The place with what stands around it, or its name where the text only says "the village" here."""
    if plain[best.start : best.end] != best.text:
        return best.text
    start, end = place_phrase(plain, best, list(places))
    owner = next((m for m in places if m.kind != "country" and m.known and _OWNS.fullmatch(plain, m.end, start)), None)
    return plain[owner.start if owner else start : end]


def _inherit(made: Draft, told: dict[int, list[Draft]], scenes: Scenes) -> None:
    """Gives *made* the place of its total, of its paragraph, of what says the same elsewhere, of the sentences before,
    of the opening; a total of a whole war, and another event than the one just told, take only a wide place.
    """
    near = [scenes.at(made.sentence), *scenes.paragraph_before(made.sentence)]
    around = [*near, *scenes.before(made.sentence)]
    apart = _long_apart(made, told)
    wide = (
        _of_a_long_time(made) if made.scope != "incident" else (around[0].other or apart) and not _there(made, scenes)
    )
    twin = made.restates
    total = _total(made, told)
    if total is not None and total.place is not None:
        share(made, total)
    elif _stand_on(made, near, told, scenes, NAMED, wide=wide):
        return
    elif twin is not None and twin.place is not None:
        share(made, twin)
    else:
        far = apart or (wide and made.scope != "incident")
        for rank, only_wide in ((HAPPENED, wide), (NAMED, wide), (SPOKEN, wide), *(() if far else ((NAMED, False),))):
            if _stand_on(made, around, told, scenes, rank, wide=only_wide):
                return
        seats = (s.mention.country for setting in around for s in setting.sites if s.seat)
        made.country = made.country or next(seats, None)


def _total(made: Draft, told: dict[int, list[Draft]]) -> Draft | None:
    """The total of *made*; for one of the headline, the claim that says the same in the text before *made*."""
    if made.whole is None or made.whole.sentence > 0:
        return made.whole
    near = (d for index in range(min(made.sentence, _OPENING), 0, -1) for d in told.get(index, ()))
    return next((d for d in near if d.restates is made.whole and d.place is not None), made.whole)


def _there(made: Draft, scenes: Scenes) -> bool:
    """ "An earlier attack there": the place is the one just told."""
    return scenes.at(made.sentence).says(_THERE)


def _stand_on(
    made: Draft, around: Sequence[Setting], told: dict[int, list[Draft]], scenes: Scenes, rank: int, *, wide: bool
) -> bool:
    """Whether one of *around*, the nearest first, gives *made* a place, with a site of up to *rank*."""
    here = scenes.spans[made.sentence].paragraph
    for setting in around:
        lede = setting.index <= _LEDE and setting.span.segment != "related"
        if (setting.other and setting.span.paragraph != here and not lede) or _of_the_page(setting):
            continue
        claims = reversed(told.get(setting.index, ()) if setting.index < made.sentence else ())
        placed = next((d for d in claims if d.place is not None and not (wide and width(d.place) < WIDE)), None)
        if placed is not None:
            share(made, placed)
            return True
        close = setting.span.paragraph == here or setting.index < _OPENING
        found = [
            s
            for s in setting.sites
            if (s.rank <= rank or (s.rank == ELSEWHERE and made.scope != "incident"))
            and not s.seat
            and (s.wide or not wide)
            and (close or s.mention.kind != "side")
        ]
        if found:
            _take(made, min(found, key=_likeliest), setting, scenes, wide=wide)
            return True
    return False


def _of_the_page(setting: Setting) -> bool:
    """Whether the line is a caption, or says who wrote the report where."""
    return setting.says(_CAPTION) or _BYLINE.match(setting.text) is not None


def _likeliest(site: Site) -> tuple[int, bool, int]:
    return site.rank, site.mention.kind == "unknown", width(site.mention)


def _long_apart(made: Draft, told: dict[int, list[Draft]]) -> bool:
    """Whether the claim dates itself more than a month apart from the last dated claim before its sentence."""
    if made.date_start is None or made.date_basis == "implied":
        return False
    before = [d for index in told if index < made.sentence for d in told[index]]
    days = [d.date_start for d in before if d.date_start is not None]
    return bool(days) and abs(made.date_start - days[-1]) > _MONTH


def _of_a_long_time(made: Draft) -> bool:
    """Whether the claim sums over a war or over months, to an unknown end since the first of one: it is not of the town
    told before it.
    """
    start, end = made.period_start, made.period_end
    months = start is not None and (end - start > _MONTH if end is not None else start.day == 1)
    return months or _of_a_war(made)


def _of_a_war(made: Draft) -> bool:
    """Whether the claim counts the dead of a whole war."""
    tokens = made.clause.tokens
    big = (made.number or 0) >= (_BIG if made.harm == "killed" else 100 * _BIG)
    return big or _WAR.search(made.clause.plain, tokens[0].start, tokens[-1].end) is not None


def _narrow(made: Draft, told: dict[int, list[Draft]], scenes: Scenes) -> None:
    """Takes the narrower places that the text tells of the same event: in the sentence of the claim, in those after
    it, in those that open the text.
    """
    own = scenes.at(made.sentence)
    if own.says(_MANY) or _several(made) or (made.place is not None and made.place.prep in _SPREAD):
        return
    opening = scenes.spans[min(_OPENING, len(scenes.spans)) - 1].end
    opened = made.place is not None and made.place.start < opening
    after = range(made.sentence + 1, min(made.sentence + 1 + _AHEAD, len(scenes.spans)))
    elsewhere = [*after, *range(min(_OPENING, made.sentence))] if "recalled" not in made.flags else []
    for index in [made.sentence, *elsewhere]:
        wide = made.place
        if wide is None or width(wide) < WIDE:
            return
        setting = scenes.at(index)
        claims = [d for d in told.get(index, ()) if d.number is not None]
        same = _same_toll(claims, told[made.sentence])
        if setting is not own and (setting.other or (claims and not same) or (index < made.sentence and not opened)):
            continue
        if setting is not own and (_of_the_page(setting) or _on_another_day(made, setting)):
            continue
        close = setting is own or index == 0 or same
        inside = [
            s
            for s in setting.sites
            if s.rank == HAPPENED
            and not (setting is own and _EARLIER.search(scenes.plain[s.mention.end : made.start]))
            and not (setting is own and _of_the_next(made, s, claims))
            and _within(s.mention, wide, made)
            and (
                close
                or (index > made.sentence and _of_the_event(s.mention, setting))
                or _in_address(s.mention, wide, setting, scenes.plain)
            )
        ]
        if inside:
            _take(made, min(inside, key=_likeliest), setting, scenes)


def _on_another_day(made: Draft, setting: Setting) -> bool:
    """Whether the sentence gives days of its own and none of them is the claim's, or opens with "Hours later"."""
    if _HOURS_LATER.match(setting.text):
        return True
    days = {m.date_start for m in setting.dates if m.precision in {"day", "time"} and m.date_start is not None}
    return made.date_start is not None and bool(days) and made.date_start not in days


def _of_the_next(made: Draft, site: Site, claims: Sequence[Draft]) -> bool:
    """ "Nine fell in Sirnak province and six in Hakkari": whether another claim stands between *made* and the site."""
    return any(made.end <= other.value_start < site.mention.start for other in claims if other is not made)


def _within(mention: PlaceMention, wide: PlaceMention, made: Draft) -> bool:
    return width(mention) < min(width(wide), WIDE + 1) and (mention.country == made.country or not mention.known)


def _in_address(mention: PlaceMention, wide: PlaceMention, setting: Setting, plain: str) -> bool:
    """Whether *mention* stands in one address with the wide place ("the Marja district of Helmand province")."""
    return any(m.name == wide.name for m in address(plain, mention, setting.places))


def _of_the_event(mention: PlaceMention, setting: Setting) -> bool:
    """Whether the words just before *mention* speak of an event that is known already ("the blast hit …")."""
    at = mention.start - setting.span.start
    return _THE_EVENT.search(setting.text[max(0, at - _REACH) : at]) is not None


def _same_toll(claims: Sequence[Draft], own: Sequence[Draft]) -> bool:
    """Whether one of *claims* counts what one of *own*, those of another sentence, counts."""
    return any(
        one.harm == other.harm and (one.number == other.number or "vague" in {one.qualifier, other.qualifier})
        for one in own
        for other in claims
    )
