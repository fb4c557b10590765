"""Where, when and with what: the scene of each claim, from its own words or from the words around it.

A claim takes what stands nearest in its own sentence. What its sentence leaves open is carried over from the
sentences before in the same paragraph and then from the opening of the text, unless the sentence says that it speaks
of something else ("in a separate attack", "last month", a date of its own).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from extraction.drafts import Draft
from extraction.mentions import weapons
from extraction.mentions.settings import Scenes, Setting
from extraction.scene.when import own_date, share_date, told_date
from extraction.scene.where import narrow_alike, own_place, told_place
from extraction.words.lexicon import pattern, sought
from extraction.words.text import REACH

_LEADING = pattern("scene", "leading")
_RECALL = sought("scene", "recall")
_DATED_BACK = sought("scene", "dated_back")
_SUMMED = sought("scene", "summed")
_OVERALL = pattern("scene", "overall")
_LAST = re.compile(r"\W*(?:last|earlier (?:this|that)) (?:week|month|year)\b", re.IGNORECASE)
_SUCH = sought("scene", "such")


def place_all(drafts: Sequence[Draft], scenes: Scenes) -> None:
    """Fills date, place and weapon of every draft; claimants must be known already.

    First each claim's own sentence, then the claims that say the same elsewhere in the text, then the sentences around.
    """
    told: dict[int, list[Draft]] = {}
    for made in drafts:
        told.setdefault(made.sentence, []).append(made)
    for made in drafts:
        setting = scenes.at(made.sentence)
        own_date(made, scenes)
        own_place(made, told[made.sentence], scenes)
        strong = [w for w in setting.weapons if w[2] not in weapons.WEAK]
        made.weapon = weapons.nearest(strong, (made.start + made.end) // 2)
        recalled = _recalled(made, scenes.plain) or _dated_back(made, setting, drafts) or _of_recalled(made)
        if (setting.other and made.scope == "incident" and made.sentence > 0) or recalled:
            made.flags.add("background")
        if recalled:
            made.flags |= {"recalled"} if made.sentence else {"recalled", "opening"}
        if setting.says(_SUMMED):
            made.flags.add("summed")
        elif _OVERALL.search(scenes.plain, max(made.clause.tokens[0].start, made.start - REACH), made.start):
            made.flags.add("overall")
    _undo_chance_sums(drafts)
    for made in drafts:
        _set_events_apart(made, scenes.at(made.sentence))
        _share_with_twins(made)
    for made in drafts:
        setting = scenes.at(made.sentence)
        around = [] if setting.other and made.scope != "incident" else scenes.before(made.sentence)
        told_date(made, told, around, scenes)
        told_place(made, told, scenes)
        _weapon(made, setting, around)
    narrow_alike(drafts)


def _of_recalled(made: Draft) -> bool:
    """Whether the claim is of a total of its sentence that is only recalled."""
    whole = made.whole
    return whole is not None and whole.sentence == made.sentence and "recalled" in whole.flags


def _recalled(made: Draft, plain: str) -> bool:
    """Whether the claim stands under "after an attack that …", "in retaliation for …": an earlier event, recalled."""
    opening = made.clause.tokens[0].start
    cue = _RECALL.search(plain, max(opening, made.start - REACH), made.start)
    if cue is None:
        return False
    aside = plain[max(cue.start() - 2, 0) : cue.start()].strip() == "," and "," in plain[cue.start() : made.start]
    aside &= not plain.endswith(
        "the ", 0, made.start
    )  # "in revenge for raids, the arrest of many and the murder of two"
    return not aside and not (_LEADING.match(plain, opening, cue.end()) and _in_main_clause(made, cue.start()))


def _dated_back(made: Draft, setting: Setting, drafts: Sequence[Draft]) -> bool:
    """Whether the sentence dates the claim back behind what the text has told ("had killed 40 the day before"). What
    opens with its day and tells its own place is an incident as well ("Last month, a strike near Mosul killed eight").
    """
    again = made.restates is not None or made.whole is not None
    if (
        again
        or ("located" in made.flags and _LAST.match(setting.text))
        or made.scope != "incident"
        or not setting.says(_DATED_BACK)
    ):
        return False
    return any(
        item.harm == made.harm and item.scope == "incident" and item.number and "recalled" not in item.flags
        for item in takewhile(lambda item: item.sentence < made.sentence, drafts)
    )


def _in_main_clause(made: Draft, cue: int) -> bool:
    """ "Two days after a mayor was shot, two bodies were found": behind the comma stands what the text tells."""
    before = [token for token in made.clause.tokens if cue < token.start < made.start]
    comma = max((index for index, token in enumerate(before) if token.tag == ","), default=-1)
    return comma >= 0 and any(token.tag in "KDB" for token in before[:comma])


def _set_events_apart(made: Draft, setting: Setting) -> None:
    """Undoes what tied the claim to one of another event: "dozens" of "another strike", somebody killed years ago."""
    twin, whole = made.restates, made.whole
    if twin is not None and not made.group.name:
        vague = made.qualifier == "vague" and setting.other and twin.sentence != made.sentence
        made.restates = None if vague or _of_another_day(made, twin) else twin
    elsewhere = whole is not None and whole.sentence != made.sentence
    if whole is not None and elsewhere and made.group.count == "single" and _of_another_time(made, whole):
        made.whole = None
        made.flags.add("background")


def _undo_chance_sums(drafts: Sequence[Draft]) -> None:
    """Unties the parts of a total of one event that each tell a day of their own: figures that add up by chance."""
    parts: dict[int, list[Draft]] = {}
    for made in drafts:
        if made.partition and made.whole is not None and made.scope == made.whole.scope == "incident":
            parts.setdefault(id(made.whole), []).append(made)
    for group in parts.values():
        whole = group[0].whole
        told = [made for made in (*group, whole) if made is not None and made.date_basis != "implied"]
        days = [(made.date_start, made.date_end or made.date_start) for made in told if made.date_start is not None]
        if days and max(first for first, _ in days) > min(last for _, last in days):
            for made in group:
                made.whole, made.partition = None, False


def _of_another_day(one: Draft, other: Draft) -> bool:
    """Whether each tells a day of its own, or its total does, and not the same: equal figures of two events."""
    days = [_own_day(one), _own_day(other)]
    return None not in days and days[0] != days[1]


def _of_another_time(one: Draft, other: Draft) -> bool:
    """Whether both tell when, be it only a month, and the times do not meet."""
    if _of_another_day(one, other):
        return True
    if one.date_start is None or other.date_start is None or "implied" in {one.date_basis, other.date_basis}:
        return False
    ends = one.date_end or one.date_start, other.date_end or other.date_start
    return ends[0] < other.date_start or ends[1] < one.date_start


def _own_day(made: Draft) -> tuple[date | None, date | None] | None:
    if made.date_start is None and made.whole is not None:
        return _own_day(made.whole)
    told = made.date_precision == "day" and made.date_basis != "implied"
    return (made.date_start, made.date_end) if told else None


def _share_with_twins(made: Draft) -> None:
    """A headline and its lede tell of one event: what one leaves open the other fills in."""
    twin = made.restates
    if twin is None:
        return
    for one, other in ((made, twin), (twin, made)):
        if one.date_start is None and other.date_start is not None and one.scope == "incident":
            share_date(one, other)
        one.weapon = one.weapon or other.weapon


def _weapon(made: Draft, setting: Setting, around: Sequence[Setting]) -> None:
    if made.weapon is None and not setting.other and (made.scope == "incident" or setting.says(_SUCH)):
        strong = ([w for w in near.weapons if w[2] not in weapons.WEAK] for near in around if not near.other)
        made.weapon = next((weapons.nearest(found, made.start) for found in strong if found), None)
    if made.weapon is None:
        made.weapon = weapons.nearest(setting.weapons, made.start) or next(
            (weapons.nearest(near.weapons, made.start) for near in around[:2] if near.weapons), None
        )
