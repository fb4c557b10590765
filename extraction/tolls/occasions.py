"""Whether two claims can be of one occasion, by the day and the place that each of them names."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, timedelta

from extraction.names.gazetteer import ResolvedPlace, resolve
from schemas.records import Claim

_WIDE = frozenset({"country", "region", "admin1", "district"})
_LONG = frozenset({"year", "month"})
_APART_KM = 30
_KM_PER_DEGREE = 111


def days_meet(one: Claim, two: Claim, apart: int = 0) -> bool:
    """Whether both can be of one day, or of days at most *apart*; a day that is only implied tells nothing apart."""
    if one.date_start is None or two.date_start is None or "implied" in {one.date_basis, two.date_basis}:
        return True
    slack = timedelta(apart)
    return (
        one.date_start <= (two.date_end or two.date_start) + slack
        and two.date_start <= (one.date_end or one.date_start) + slack
    )


def without_history(claims: Sequence[Claim]) -> list[Claim]:
    """*claims* without those that only a year or month long before tells, behind a figure of a day ("a baker whose
    father was killed in 1993").
    """
    kept: list[Claim] = []
    day: date | None = None
    for claim in claims:
        if day is not None and claim.date_precision in _LONG and claim.date_end and claim.date_end.year < day.year:
            continue
        kept.append(claim)
        if day is None and claim.date_precision == "day":
            day = claim.date_start
    return kept


def other_place(one: Claim, two: Claim) -> bool:
    """Whether both say where, in different countries or too far apart to be one attack."""
    if not _located(one) or not _located(two) or one.place_text == two.place_text:
        return False
    if _names(one) & _names(two):
        return False
    here, there = (resolve(claim.place_text or "", claim.place_context, claim.country) for claim in (one, two))
    if here is None or there is None:
        return False
    if here.country and there.country and here.country != there.country:
        return True
    kilometres = _kilometres(here, there)
    return kilometres is not None and kilometres > _APART_KM


def _located(claim: Claim) -> bool:
    """Whether the text says that it happened there: a bare name may be part of a person's or paper's."""
    return "located" in claim.flags


def _kilometres(one: ResolvedPlace, two: ResolvedPlace) -> float | None:
    """Distance of two points, None where one of them stands for a wide area."""
    if one.lat is None or two.lat is None or one.lon is None or two.lon is None:
        return None
    if {one.geo_precision, two.geo_precision} & _WIDE:
        return None
    east = (one.lon - two.lon) * math.cos(math.radians(one.lat))
    return math.hypot(one.lat - two.lat, east) * _KM_PER_DEGREE


def _names(claim: Claim) -> frozenset[str]:
    return frozenset(
        word.lower()
        for text in (claim.place_text or "", *claim.place_context)
        for word in re.findall(r"[^\W\d_][\w'’-]+", text)
        if word[0].isupper()
    )
