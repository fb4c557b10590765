"""Whole texts through the extractor: what it returns for an article, for none, and what each claim carries."""

from __future__ import annotations

from datetime import date

import pytest
from careful_reader import PUBLISHED, cases, differences

from extraction import EXTRACTOR, VERSION, Extraction, extract

MARKET = """Shelling kills nine at market in Toretsk, governor says

By Olena Marchuk

Nine people, including two children, were killed on Monday when shells struck a market in Toretsk, the regional
governor said. Twenty-three others were wounded, five of them critically, he said.

Pavlo Hryn, a baker, saw the first shell land. "I carried out three people, all wounded," he said.

The United Nations says more than 3,300 civilians have been killed in the conflict.
"""
HOTEL = """MOGADISHU, Somalia (Agency) - Al-Shabaab fighters stormed a hotel in Mogadishu on Wednesday, killing 11
people and wounding 18, police said.

Four attackers were shot dead, police said.

The group claimed responsibility for the attack. A similar raid in 2016 killed 20 people.
"""
CASES = [
    (MARKET,
     "killed 9, says officials|local officials|Ukrainian officials|governor|regional governor, segment headline, "
     "at market in Toretsk|Toretsk; killed 9, again 0, at Toretsk|market in Toretsk, on 2019-03-11, weapon shelling; "
     "killed 2, children, civilian, of 1, on 2019-03-11; injured 23, whole, at Toretsk|market in Toretsk; "
     "injured 5, of 3; injured 3; killed >3300, civilian, period|cumulative, says United Nations"),
    (HOTEL,
     "killed 11, says police|Somali police, at Mogadishu|hotel in Mogadishu, on 2019-03-13, country SOM, "
     "by al-Shabaab: alleged|al-Shabaab: admitted; injured 18, whole, says police|Somali police; "
     "killed 4, combatant, flag attacker; killed 20, flag background"),
]


@pytest.mark.parametrize(("text", "expected"), cases(CASES))
def test_an_article_is_read_as_a_whole(text: str, expected: str) -> None:
    assert differences(text, expected) == []


@pytest.mark.parametrize("text", ["", " \n", "The library opens at nine and has 40,000 books.", "12", "killed"])
def test_a_text_without_figures_of_harm_gives_nothing(text: str) -> None:
    assert extract(text) == Extraction()


def test_title_and_publisher_are_no_source_of_claims() -> None:
    assert extract("The library opened.", title="Nine killed in Toretsk", publisher="Two Dead Press").claims == ()


def test_claims_are_numbered_in_order_and_tell_the_rules_that_made_them() -> None:
    claims = extract(MARKET, published=PUBLISHED).claims
    assert [claim.number for claim in claims] == list(range(len(claims)))
    starts = [claim.value_start or 0 for claim in claims]
    assert starts == sorted(starts)
    for claim in claims:
        assert claim.rules, claim
        assert claim.quote_start <= (claim.value_start or 0) < (claim.value_end or 0) <= claim.quote_end
        assert 0 < claim.confidence <= 1


def test_relative_days_need_a_day_of_publication() -> None:
    text = "Two people were killed on Monday."
    assert [c.date_start for c in extract(text).claims] == [None]
    assert [c.date_text for c in extract(text).claims] == ["on Monday"] or extract(text).claims[0].date_text == "Monday"
    assert [c.date_start for c in extract(text, published=date(2016, 8, 10)).claims] == [date(2016, 8, 8)]


def test_reading_one_text_leaves_no_trace_in_the_next() -> None:
    first = extract(HOTEL, published=PUBLISHED)
    extract(MARKET, published=date(2001, 1, 1))
    assert extract(HOTEL, published=PUBLISHED) == first


def test_the_extractor_names_itself() -> None:
    assert EXTRACTOR == "rules"
    assert VERSION
