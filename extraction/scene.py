"""Where, when, with what and by whom: the scene of each claim, from its own words or from the words around it.

A claim takes what stands nearest in its own sentence. What its sentence leaves open is carried over from the
sentences before in the same paragraph and then from the opening of the text, unless the sentence says that it speaks
of something else ("in a separate attack", "last month", a date of its own).
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction import doers, weapons
from extraction.dates import DateMention
from extraction.drafts import Draft
from extraction.lexicon import pattern
from extraction.places import PlaceMention, country_context, place_phrase
from extraction.settings import Scenes, Setting

_WIDE = frozenset({"country", "region"})
_WIDTH = {"governorate": 1, "region": 2, "country": 3}
_RECALL = pattern("scene", "recall")


def place_all(drafts: Sequence[Draft], scenes: Scenes) -> None:
    """Fills date, place, weapon and perpetrators of every draft; claimants must be known already.

    First each claim's own sentence, then the claims that say the same elsewhere in the text, then the sentences around.
    """
    for made in drafts:
        setting = scenes.at(made.sentence)
        _own_date(made, setting)
        _own_place(made, setting, scenes)
        made.weapon = weapons.nearest([w for w in setting.weapons if w[2] != "other"], (made.start + made.end) // 2)
        doers.own(made, setting, scenes)
        if (setting.other and made.scope == "incident" and made.sentence > 0) or _recalled(made, scenes.plain):
            made.flags.add("background")
        if _recalled(made, scenes.plain):
            made.flags.add("recalled")
    for made in drafts:
        _share_with_twins(made)
    for made in drafts:
        doers.fought(made, scenes.at(made.sentence), scenes)
    for made in drafts:
        setting = scenes.at(made.sentence)
        around = [] if setting.other and made.scope != "incident" else scenes.before(made.sentence)
        _date(made, setting, around, scenes)
        _place(made, setting, around, scenes)
        _weapon(made, setting, around)
        doers.around(made, setting, around, scenes)


def _recalled(made: Draft, plain: str) -> bool:
    """Whether the claim stands under "after an attack that …", "in retaliation for …": an earlier event, recalled."""
    opening = made.clause.tokens[0].start
    return _RECALL.search(plain, opening, made.start) is not None


def _share_with_twins(made: Draft) -> None:
    """A headline and its lede tell of one event: what one leaves open the other fills in."""
    twin = made.restates
    if twin is None:
        return
    for one, other in ((made, twin), (twin, made)):
        if one.date_start is None and other.date_start is not None and one.scope == "incident":
            one.date_text, one.date_start, one.date_end, one.date_precision, one.date_basis = (
                other.date_text,
                other.date_start,
                other.date_end,
                other.date_precision,
                "implied",
            )
        if one.place_text is None and other.place_text is not None:
            one.place_text, one.country, one.place_context = other.place_text, other.country, other.place_context
        one.weapon = one.weapon or other.weapon
        if not one.perpetrators:
            one.perpetrators = other.perpetrators


def _own_date(made: Draft, setting: Setting) -> None:
    own = [m for m in setting.dates if m.kind != "anaphoric"]
    if own and made.scope == "incident":
        _take_date(made, min(own, key=lambda m: _distance(made, m.start, m.end)), None)


def _date(made: Draft, setting: Setting, around: Sequence[Setting], scenes: Scenes) -> None:
    if made.scope in {"cumulative", "period"} or made.date_start is not None or setting.other:
        return
    for near in [*around, *scenes.after(made.sentence)[:8]]:
        dated = [
            m for m in near.dates if m.date_start is not None and m.precision in {"day", "time", "day_range", "week"}
        ]
        if dated and not near.other:
            _take_date(made, dated[0], "implied")
            return


def _take_date(made: Draft, mention: DateMention, basis: str | None) -> None:
    made.date_text = mention.text
    made.date_start, made.date_end = mention.date_start, mention.date_end
    made.date_precision = mention.precision if mention.date_start else None
    made.date_basis = (basis or mention.basis) if mention.date_start else "none"


def _distance(made: Draft, start: int, end: int) -> int:
    """Code points between the claim and ``[start, end)``; what follows the claim counts as nearer than what precedes
    it.
    """
    if start >= made.end:
        return start - made.end
    if end <= made.start:
        return 2 * (made.start - end) + 10
    return 0


def _own_place(made: Draft, setting: Setting, scenes: Scenes) -> None:
    own = [m for m in _usable(setting.places) if not _in_name(made, m)]
    if not own:
        return
    chosen = min(own, key=lambda m: _distance(made, m.start, m.end))
    if chosen.kind in _WIDE and made.scope == "incident" and made.sentence > 0 and not setting.other:
        for near in [setting, *scenes.beside(made.sentence)]:
            narrow = [
                m
                for m in _usable(near.places)
                if m.kind not in _WIDE and m.country in {None, chosen.country} and m.prep
            ]
            if narrow and not near.other:
                chosen, setting = narrow[0], near
                break
    _take_place(made, chosen, setting.places, scenes)


def _in_name(made: Draft, mention: PlaceMention) -> bool:
    """Whether the victim is only called like a place ("Ahmed Riyadh")."""
    tokens = made.clause.tokens[made.group.first : made.group.last]
    return made.group.named and tokens[0].start <= mention.start < tokens[-1].end


def _place(made: Draft, setting: Setting, around: Sequence[Setting], scenes: Scenes) -> None:
    if made.place_text is not None:
        return
    if made.scope == "cumulative":
        told = country_context(scenes.plain[made.clause.tokens[0].start : made.clause.tokens[-1].end])
        made.country = told[0] if told else scenes.paper.home_country
        return
    for near in around:
        usable = _usable(near.places)
        if usable:
            chosen = _narrowest(usable)
            narrower = _narrower(made, chosen, scenes)
            _take_place(made, *(narrower or (chosen, near.places)), scenes)
            return
    made.country = scenes.paper.home_country


def _narrower(
    made: Draft, chosen: PlaceMention, scenes: Scenes
) -> tuple[PlaceMention, Sequence[PlaceMention]] | None:
    """A place inside *chosen* that the opening of the text names beside it ("the Marja district of Helmand province"),
    with the places around it.
    """
    if chosen.kind not in _WIDE | {"governorate"} or made.scope != "incident":
        return None
    for near in scenes.opening():
        inside = [
            m
            for m in _usable(near.places)
            if _WIDTH.get(m.kind, 0) < _WIDTH[chosen.kind] and m.prep and _beside(m, chosen, near.places)
        ]
        if inside and not near.other:
            return _narrowest(inside), near.places
    return None


def _beside(inner: PlaceMention, wide: PlaceMention, places: Sequence[PlaceMention]) -> bool:
    """Whether *wide* is named just after *inner*, as what it lies in."""
    return any(m.name == wide.name and 0 <= m.start - inner.end < 30 for m in places)


def _take_place(made: Draft, chosen: PlaceMention, places: Sequence[PlaceMention], scenes: Scenes) -> None:
    chain = _chain(chosen, places)
    best = _narrowest(chain)
    start, end = place_phrase(scenes.plain, best, list(places))
    made.place_text = scenes.plain[start:end]
    made.country = best.country or next((m.country for m in chain if m.country), None) or scenes.paper.home_country
    made.place_context = tuple(dict.fromkeys(m.name or m.text for m in chain if m is not best))[:4]


def _usable(places: Sequence[PlaceMention]) -> list[PlaceMention]:
    return [
        m
        for m in places
        if m.kind not in {"sea", "river"} and m.prep not in {"from", "to", "into", "towards", "toward"}
    ]


def _chain(chosen: PlaceMention, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The mentions that stand beside *chosen* as one address ("Mayadin in Deir Ezzor province, Syria")."""
    return [m for m in places if abs(m.start - chosen.end) < 45 or abs(chosen.start - m.end) < 45 or m is chosen]


def _narrowest(places: Sequence[PlaceMention]) -> PlaceMention:
    order = [
        "landmark",
        "base",
        "crossing",
        "camp",
        "neighbourhood",
        "village",
        "town",
        "city",
        None,
        "district",
        "governorate",
        "region",
        "country",
    ]
    return min(places, key=lambda m: order.index(m.kind) if m.kind in order else order.index(None))


def _weapon(made: Draft, setting: Setting, around: Sequence[Setting]) -> None:
    if made.weapon is None and not setting.other and made.scope == "incident":
        strong = ([w for w in near.weapons if w[2] != "other"] for near in around if not near.other)
        made.weapon = next((weapons.nearest(found, made.start) for found in strong if found), None)
    if made.weapon is None:
        made.weapon = weapons.nearest(setting.weapons, made.start) or next(
            (weapons.nearest(near.weapons, made.start) for near in around[:2] if near.weapons), None
        )
