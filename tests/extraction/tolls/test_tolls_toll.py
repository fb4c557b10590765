"""Document tolls: every person once. The claims are written by hand, so that only the last test needs the grammar."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import extract
from extraction.tolls.statements import is_additional
from extraction.tolls.toll import DEFAULT, TollOptions, document_tolls, presets, tolls_by_counting
from schemas.records import Claim, Toll

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
Bounds = tuple[int | None, int | None, int | None]
GAP = 1000
"""Characters between two claims of a test that stand in different paragraphs."""


class Text:
    """Claims of one invented document, each after the other."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.end = 0

    def say(self, figure: int | None, *, gap: int = GAP, quote: str = "", **fields: Any) -> int:
        """Adds a claim of *figure* people and returns its number."""
        words = quote or f"{figure} people were killed"
        value = fields.pop("value_text", str(figure) if str(figure) in words else words.split()[0])
        start = self.end + gap
        at = start + words.index(value)
        given: dict[str, Any] = {"qualifier": "exact", "scope": "incident", "claimant": "narrator"}
        given |= {"low": figure, "best": figure, "high": figure, "harm": "killed", "victim_class": "unknown"} | fields
        claim = Claim(
            number=len(self.claims),
            quote=words,
            quote_start=start,
            quote_end=start + len(words),
            value_text=value,
            value_start=at,
            value_end=at + len(value),
            **given,
        )
        self.claims.append(claim)
        self.end = claim.quote_end
        return claim.number

    def at_least(self, figure: int, **fields: Any) -> int:
        return self.say(figure, qualifier="at_least", high=None, **fields)

    def vague(self, low: int, **fields: Any) -> int:
        return self.say(low, qualifier="vague", best=None, high=None, **fields)

    def beside(self, figure: int, **fields: Any) -> int:
        """A further member of the list that the last claim belongs to: their quotes share the word of harm."""
        number = self.say(figure, gap=0, **fields)
        last, made = self.claims[-2], self.claims[-1]
        self.claims[-1] = replace(made, quote_start=last.quote_start)
        return number

    def toll(
        self, harm: str = "killed", options: TollOptions = DEFAULT
    ) -> tuple[int | None, int | None, int | None] | None:
        found = {item.harm: item for item in document_tolls(self.claims, options)}
        return (found[harm].low, found[harm].best, found[harm].high) if harm in found else None


@pytest.fixture
def text() -> Text:
    return Text()


def test_no_claims_no_toll() -> None:
    assert document_tolls(()) == ()


def test_nobody_hurt_is_a_toll_of_zero(text: Text) -> None:
    text.say(0, qualifier="none_reported", harm="injured")
    assert text.toll("injured") == (0, 0, 0)
    assert text.toll("killed") is None


def test_a_range_has_no_best(text: Text) -> None:
    text.say(None, low=5, high=7, qualifier="range", quote="between five and seven died", value_text="five and seven")
    assert text.toll() == (5, None, 7)


def test_at_least_leaves_the_high_end_open(text: Text) -> None:
    text.at_least(15)
    assert text.toll() == (15, 15, None)


def test_parts_are_not_added(text: Text) -> None:
    whole = text.say(12)
    text.say(3, part_of=whole, demographic="children", gap=5)
    text.say(4, part_of=whole, demographic="women", gap=5)
    assert text.toll() == (12, 12, 12)


def test_parts_raise_only_a_loose_total(text: Text) -> None:
    whole = text.vague(12, quote="dozens of people were killed", value_text="dozens")
    text.say(15, part_of=whole, demographic="children", gap=5)
    text.say(6, part_of=whole, demographic="women", gap=5)
    assert text.toll() == (21, None, None)


def test_parts_on_different_axes_are_not_summed(text: Text) -> None:
    whole = text.vague(12, quote="dozens of people were killed", value_text="dozens")
    text.say(20, part_of=whole, victim_class="civilian", gap=5)
    text.say(8, part_of=whole, demographic="children", gap=5)
    assert text.toll() == (20, None, None)


def test_a_part_whose_total_is_left_out_counts_itself(text: Text) -> None:
    whole = text.say(900, scope="cumulative")
    text.say(6, part_of=whole)
    assert text.toll() == (6, 6, 6)


def test_lists_are_added(text: Text) -> None:
    text.say(2, victim_class="combatant", role="soldiers")
    text.beside(1, victim_class="civilian")
    assert text.toll() == (3, 3, 3)


def test_the_sum_of_a_list_told_again_is_a_restatement(text: Text) -> None:
    text.say(2, victim_class="combatant", role="soldiers")
    text.beside(1, victim_class="civilian")
    text.say(3)
    assert text.toll() == (3, 3, 3)


def test_a_list_that_goes_on_with_a_split_is_no_addition(text: Text) -> None:
    whole = text.say(33)
    text.say(14, part_of=whole, demographic="children", gap=5)
    text.claims.append(replace(text.claims[0], number=2, low=8, best=8, high=8, demographic="women", value_text="33"))
    assert text.toll() == (33, 33, 33)


def test_classes_that_exclude_each_other_are_added(text: Text) -> None:
    text.say(70, victim_class="civilian")
    text.say(2, victim_class="combatant", role="prison guards")
    assert text.toll() == (72, 72, 72)


def test_more_fighters_than_the_total_has_room_for_are_others(text: Text) -> None:
    text.at_least(54)
    text.vague(
        100, victim_class="combatant", role="militiamen", quote="hundreds of militiamen died", value_text="hundreds"
    )
    assert text.toll() == (154, None, None)


def test_others_are_added(text: Text) -> None:
    text.say(12)
    text.say(2, gap=40, quote="two others died later", value_text="two")
    assert text.toll() == (14, 14, 14)


def test_others_hurt_after_deaths_are_no_addition(text: Text) -> None:
    text.at_least(13, harm="injured", quote="at least 13 were hurt")
    text.say(4)
    text.say(12, gap=5, harm="injured", claimant="doctors", quote="12 others were hurt")
    assert text.toll("injured") == (13, 13, None)


def test_another_relative_far_below_a_full_count_is_in_it(text: Text) -> None:
    text.say(15, victim_class="civilian")
    text.say(1, victim_class="civilian", demographic="men", quote="another son was killed", value_text="another")
    assert text.toll() == (15, 15, 15)


def test_a_restatement_counts_once(text: Text) -> None:
    first = text.say(23)
    text.say(23, restates=first, claimant="police")
    assert text.toll() == (23, 23, 23)


def test_people_of_different_names_are_different_people(text: Text) -> None:
    first = text.say(1, quote="Julio Leal was shot dead", value_text="shot dead", flags=("named",))
    text.say(1, quote="Leal was murdered", value_text="murdered", flags=("named",), restates=first)
    text.say(1, quote="Rosa Lindt was killed", value_text="killed", flags=("named",))
    assert text.toll() == (2, 2, 2)


def test_a_restatement_that_says_also_is_none(text: Text) -> None:
    first = text.say(4, victim_class="combatant", role="police officers")
    text.say(
        4,
        gap=60,
        restates=first,
        victim_class="combatant",
        role="fighters",
        quote="four fighters were also killed",
        value_text="four",
    )
    assert text.toll() == (8, 8, 8)


def test_an_exact_figure_satisfies_a_vague_one(text: Text) -> None:
    text.vague(12, quote="dozens were killed", value_text="dozens", victim_class="civilian")
    text.say(70, victim_class="civilian", claimant="a news site")
    text.vague(20, quote="scores were killed", value_text="scores", victim_class="civilian")
    assert text.toll() == (70, 70, 70)


def test_a_larger_figure_of_the_same_voice_after_at_least_raises_the_high_end(text: Text) -> None:
    text.at_least(14)
    text.say(22)
    assert text.toll() == (14, 14, 22)


def test_a_figure_that_the_text_calls_outdated_does_not_hold_the_low_end(text: Text) -> None:
    text.at_least(14, flags=("superseded",))
    text.say(22)
    assert text.toll() == (22, 22, 22)


def test_a_smaller_least_number_does_not_contradict_a_larger_one(text: Text) -> None:
    text.say(12)
    text.at_least(10, claimant="a news site")
    assert text.toll() == (12, 12, 12)


def test_a_superseded_figure_is_left_out(text: Text) -> None:
    text.say(15)
    text.say(14, flags=("superseded",), claimant="health ministry")
    assert text.toll() == (15, 15, 15)


def test_claimants_that_differ_span_the_range(text: Text) -> None:
    text.say(23, claimant="monitor")
    text.say(25, claimant="state agency")
    text.say(20, claimant="army")
    assert text.toll() == (20, 23, 25)


def test_a_full_split_by_one_party_is_a_rival_of_another_partys_figure(text: Text) -> None:
    whole = text.at_least(23, claimant="state agency")
    for size, group in ((10, "children"), (6, "women"), (7, "elderly")):
        text.say(size, part_of=whole, demographic=group, claimant="monitor", partition=True, gap=5)
    text.say(25, claimant="state agency")
    assert text.toll() == (23, 23, 25)


@pytest.mark.parametrize(
    ("rivals", "expected"), [("span", (18, 20, 26)), ("above", (20, 20, 26)), ("first", (20, 20, 20))]
)
def test_how_far_rivals_widen_the_range_is_an_option(text: Text, rivals: str, expected: tuple[int, int, int]) -> None:
    text.say(20)
    text.say(18, claimant="police")
    text.say(26, claimant="hospital")
    assert text.toll(options=TollOptions(rivals=rivals)) == expected


def test_another_place_is_another_incident(text: Text) -> None:
    text.say(20, place_text="near Raqqa", country="SYR", victim_class="civilian", flags=("located",))
    text.say(8, place_text="Mosul", country="IRQ", flags=("located",))
    assert text.toll() == (28, 28, 28)
    assert text.toll(options=TollOptions(other_incidents=False)) == (20, 20, 20)


def test_a_bare_name_is_no_place_of_its_own(text: Text) -> None:
    text.say(20, place_text="near Raqqa", country="SYR", flags=("located",))
    text.say(1, place_text="Mosul", country="IRQ", demographic="men")
    assert text.toll() == (20, 20, 20)


def test_the_day_of_the_telling_is_no_other_incident(text: Text) -> None:
    text.say(20, date_start=date(2030, 3, 1), date_end=date(2030, 3, 1), date_basis="explicit")
    text.say(1, quote="his friend", value_text="his friend", date_start=date(2030, 3, 5), date_end=date(2030, 3, 5))
    text.say(24, claimant="a relative", date_start=date(2030, 3, 2), date_end=date(2030, 3, 2))
    assert text.toll() == (20, 20, 24)
    text.say(1, quote="a guard died", value_text="a guard", date_start=date(2030, 3, 5), date_end=date(2030, 3, 5))
    assert text.toll() == (21, 21, 25)


def test_an_implied_day_tells_no_incidents_apart(text: Text) -> None:
    text.say(20, date_start=date(2030, 3, 1), date_end=date(2030, 3, 1), date_basis="explicit")
    text.say(4, date_start=date(2030, 3, 9), date_end=date(2030, 3, 9), date_basis="implied", demographic="women")
    assert text.toll() == (20, 20, 20)


def test_nobody_quoted_lowers_what_the_text_says_to_be_the_least(text: Text) -> None:
    text.at_least(20)
    text.say(15, claimant="police")
    text.say(26, claimant="hospital")
    assert text.toll() == (20, 20, 26)


def test_up_to_so_many_asserts_no_least_number(text: Text) -> None:
    text.say(None, high=27, qualifier="at_most", quote="up to 27 were killed", value_text="up to 27")
    text.say(17, claimant="a monitor")
    assert text.toll()[::2] == (17, 27)


def test_a_list_told_later_completes_the_figure_that_it_repeats(text: Text) -> None:
    monks = text.say(6, role="monks", victim_class="civilian")
    text.say(6, quote="the murder of the six monks", value_text="six", role="monks", restates=monks)
    text.say(2, quote="monks and their two maids", value_text="two", demographic="women", gap=-5)
    assert text.toll() == (8, 8, 8)


def test_others_in_as_large_a_figure_of_another_voice_are_no_further_people(text: Text) -> None:
    text.say(23)
    text.say(30, quote="30 other members of the family were killed", claimant="a relative", gap=50)
    assert text.toll() == (23, 23, 30)


def test_a_close_figure_of_the_next_day_is_of_the_same_incident(text: Text) -> None:
    text.at_least(22, date_start=date(2030, 3, 2), date_end=date(2030, 3, 2))
    text.say(18, date_start=date(2030, 3, 1), date_end=date(2030, 3, 1))
    assert text.toll()[0] == 22


def test_a_place_within_the_first_is_no_other_incident(text: Text) -> None:
    text.say(20, place_text="Syria", country="SYR", flags=("located",))
    text.say(20, place_text="Raqqa", country="SYR", flags=("located",))
    assert text.toll() == (20, 20, 20)


def test_another_day_is_another_incident_unless_the_figure_is_told_again(text: Text) -> None:
    text.say(5, date_start=date(2030, 3, 1), date_end=date(2030, 3, 1))
    text.say(5, date_start=date(2030, 3, 2), date_end=date(2030, 3, 2), claimant="police")
    text.say(9, date_start=date(2030, 2, 1), date_end=date(2030, 2, 1))
    assert text.toll() == (14, 14, 14)


def test_a_voice_that_jumps_sums_over_more_than_this_incident(text: Text) -> None:
    text.say(4)
    text.say(27)
    assert text.toll() == (4, 4, 4)


def test_every_named_set_of_options_counts_the_same_text_by_its_own_rules(text: Text) -> None:
    text.vague(12, quote="dozens were killed", value_text="dozens")
    found = {toll.counting: (toll.low, toll.high) for toll in tolls_by_counting(text.claims)}
    assert set(found) == set(presets())
    assert found["default"] == (12, None)
    assert found["airwars"] == (12, 24)
    assert found["rand"] == (0, 0)


def test_running_totals_count_only_if_asked(text: Text) -> None:
    text.say(6)
    text.say(900, scope="cumulative", claimant="monitor")
    assert text.toll() == (6, 6, 6)
    assert text.toll(options=TollOptions(running_totals=True)) == (6, 6, 900)


def test_related_news_never_counts(text: Text) -> None:
    text.say(6)
    text.say(40, segment="related")
    assert text.toll() == (6, 6, 6)


def test_the_attackers_own_death_is_an_option(text: Text) -> None:
    text.say(8, victim_class="combatant", role="policemen")
    text.beside(1, victim_class="combatant", flags=("attacker",))
    assert text.toll() == (9, 9, 9)
    assert text.toll(options=TollOptions(attackers=False)) == (8, 8, 8)


def test_an_implied_attacker_is_added_to_victims_of_a_told_class_only(text: Text) -> None:
    text.say(8, victim_class="combatant", role="policemen", flags=("attackers_died_2",))
    assert text.toll() == (10, 10, 10)
    assert text.toll(options=TollOptions(implied_attackers=False)) == (8, 8, 8)
    text.claims[0] = replace(text.claims[0], victim_class="unknown")
    assert text.toll() == (8, 8, 8)


def test_an_implied_attacker_dies_where_nobody_else_does(text: Text) -> None:
    text.say(5, harm="injured", quote="5 were hurt", flags=("attackers_died_1",))
    assert text.toll() == (1, 1, 1)


def test_a_told_attacker_is_not_implied_again(text: Text) -> None:
    text.say(8, victim_class="combatant", flags=("attackers_died_1",))
    text.beside(1, victim_class="combatant", flags=("attacker",))
    assert text.toll() == (9, 9, 9)


def test_people_shot_count_as_killed_where_nothing_better_is_told(text: Text) -> None:
    text.say(3, harm="killed_or_injured", quote="three workers were shot", value_text="three")
    unasked = TollOptions(shot=False)
    assert (text.toll(), text.toll("killed_or_injured")) == ((3, 3, 3), None)
    assert (text.toll(options=unasked), text.toll("killed_or_injured", unasked)) == (None, (3, 3, 3))
    text.say(3, harm="injured", quote="3 were hurt")
    assert (text.toll(), text.toll("injured")) == (None, (3, 3, 3))


def test_a_motive_is_no_toll_where_the_text_has_its_own(text: Text) -> None:
    text.say(2, flags=("opening", "recalled"), quote="2 citizens were assassinated")
    assert text.toll() == (2, 2, 2)
    text.say(0, harm="injured", qualifier="none_reported", quote="nobody was hurt", value_text="nobody")
    assert text.toll() is None


def test_a_close_figure_of_another_voice_is_a_rival_a_far_smaller_one_a_part(text: Text) -> None:
    text.say(15)
    text.say(13, claimant="police")
    text.say(4, claimant="radio")
    assert text.toll() == (13, 15, 15)


def test_deaths_and_injuries_without_a_number_are_some_of_each(text: Text) -> None:
    text.say(
        None,
        harm="killed_or_injured",
        qualifier="unquantified",
        quote="a number of deaths and injuries",
        value_text="a number",
    )
    assert text.toll() == (2, None, None)
    assert text.toll(TollOptions(bare_plural=0)) is None


def test_who_is_mourned_is_told_already(text: Text) -> None:
    text.say(1, quote="the baker was killed", value_text="the baker", role="baker")
    text.say(1, quote="death of my uncle", value_text="my uncle", role="uncle", claimant="relatives")
    assert text.toll() == (1, 1, 1)


def test_some_of_those_counted_are_no_rival_figure(text: Text) -> None:
    text.say(15, claimant="police")
    text.say(11, quote="bodies of 11 of those killed", value_text="11", claimant="medics")
    assert text.toll() == (15, 15, 15)


def test_more_dead_of_another_voice_are_no_lower_figure_of_all(text: Text) -> None:
    text.say(21, claimant="officials")
    text.say(3, claimant="officials")
    text.say(4, quote="4 more people died", claimant="doctors")
    assert text.toll() == (21, 21, 21)


def test_attackers_are_none_of_the_police(text: Text) -> None:
    text.say(
        2, quote="killed two bombers", value_text="two", victim_class="combatant", role="bombers", flags=("attacker",)
    )
    text.say(1, quote="killing one policeman", value_text="one", victim_class="combatant", role="policeman")
    assert text.toll() == (3, 3, 3)


def test_a_sum_over_all_attacks_adds_nobody(text: Text) -> None:
    text.say(8, place_text="Kirkuk", flags=("located",))
    text.say(40, place_text="Basra", flags=("located", "summed"))
    assert text.toll() == (8, 8, 8)


def test_a_suicide_attack_that_only_dates_another_adds_nobody() -> None:
    later = extract("Mortars hit a post soon after a suicide bomber struck a mosque. Two guards were wounded.")
    assert "killed" not in {toll.harm for toll in document_tolls(later.claims)}
    same = extract("A suicide bomber struck a post. Two guards were wounded.")
    assert [toll.low for toll in document_tolls(same.claims) if toll.harm == "killed"] == [1]


def test_what_is_recalled_behind_the_opening_is_no_toll(text: Text) -> None:
    text.say(2, flags=("recalled",), quote="2 citizens were assassinated")
    assert text.toll() is None


def test_other_incidents_are_added_unless_left_out(text: Text) -> None:
    text.say(8, place_text="Aleppo", country="SYR", flags=("located",))
    text.say(30, place_text="Mosul", country="IRQ", flags=("background", "located"))
    assert text.toll(options=TollOptions(other_incidents=False)) == (8, 8, 8)
    assert text.toll() == (38, 38, 38)


def test_what_a_bare_plural_counts_is_an_option(text: Text) -> None:
    text.say(None, qualifier="unquantified", harm="injured", quote="others were hurt", value_text="others")
    assert text.toll("injured") == (2, None, None)
    assert text.toll("injured", TollOptions(bare_plural=0)) is None


def test_a_bare_plural_never_replaces_a_number(text: Text) -> None:
    text.say(1, victim_class="civilian", demographic="men")
    text.say(None, qualifier="unquantified", quote="many mourned his death", value_text="many")
    assert text.toll() == (1, 1, 1)


def test_a_bare_plural_after_a_number_adds_nobody_not_even_after_a_running_total(text: Text) -> None:
    text.say(1200, scope="cumulative")
    text.say(None, qualifier="unquantified", quote="a large number died", value_text="a large number")
    assert text.toll() is None


@pytest.mark.parametrize(("harm", "option"), [("missing", "missing"), ("bodies_found", "bodies_found")])
def test_missing_people_and_bodies_are_options(text: Text, harm: str, option: str) -> None:
    text.say(3, harm=harm)
    yes: dict[str, Any] = {option: True}
    no: dict[str, Any] = {option: False}
    assert text.toll(options=replace(DEFAULT, **yes)) == (3, 3, 3)
    assert text.toll(harm, replace(DEFAULT, **no)) == (3, 3, 3)


def test_vague_words_are_options(text: Text) -> None:
    text.vague(12, quote="dozens were killed", value_text="dozens")
    assert text.toll(options=TollOptions(vague_span=2)) == (12, None, 24)
    assert text.toll(options=TollOptions(vague_counts=False)) == (0, 0, 0)


def test_several_is_an_option(text: Text) -> None:
    text.vague(3, quote="several were killed", value_text="several")
    assert text.toll() == (3, None, None)
    assert text.toll(options=TollOptions(several=2)) == (2, None, 2)


def test_at_least_may_be_read_as_one_more(text: Text) -> None:
    text.at_least(9)
    assert text.toll(options=TollOptions(at_least_above=1)) == (9, 9, 10)


def test_fighters_may_be_left_out(text: Text) -> None:
    text.say(3, victim_class="combatant", role="soldiers")
    text.say(2, victim_class="civilian")
    assert text.toll(options=TollOptions(combatants=False)) == (2, 2, 2)


def test_casualties_already_told_apart_are_not_counted_again(text: Text) -> None:
    text.say(15, harm="killed_or_injured", quote="15 casualties")
    text.say(4)
    text.say(6, harm="injured", quote="6 were hurt")
    assert text.toll("killed_or_injured") == (5, 5, 5)


@pytest.mark.parametrize(
    ("quote", "value", "expected"),
    [
        ("two others were killed", "two", True),
        ("another person was killed", "another", True),
        ("a further three were killed", "three", True),
        ("five soldiers were also killed", "five", True),
        ("more than 20 people were killed", "more than 20", False),
        ("Rami Saleh, also known as Abu Rami, was killed", "Rami Saleh", False),
        ("three people were killed", "three", False),
    ],
)
def test_words_that_add(text: Text, quote: str, value: str, expected: bool) -> None:
    text.say(2, quote=quote, value_text=value)
    assert is_additional(text.claims[0]) is expected


FIGURES = st.tuples(
    st.integers(0, 300),
    st.sampled_from(["narrator", "police", "monitor"]),
    st.sampled_from(["civilian", "combatant", "unknown"]),
    st.sampled_from(["exact", "at_least", "vague"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(FIGURES, max_size=8), st.randoms())
def test_tolls_are_ordered_whatever_the_order_of_claims(said: list[tuple[int, str, str, str]], chance: Any) -> None:
    text = Text()
    for figure, claimant, victim_class, qualifier in said:
        high = figure if qualifier == "exact" else None
        text.say(figure, claimant=claimant, victim_class=victim_class, qualifier=qualifier, high=high)
    tolls = document_tolls(text.claims)
    for item in tolls:
        assert item.low is not None
        assert item.high is None or item.high >= item.low
        assert item.low <= sum(figure for figure, *_ in said)
    shuffled = list(text.claims)
    chance.shuffle(shuffled)
    assert document_tolls(shuffled) == tolls
    assert all(isinstance(item, Toll) for item in tolls)


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the seed articles are not here: {SEEDS}")
@pytest.mark.parametrize("dated", [True, False])
def test_the_seed_articles(dated: bool) -> None:
    rows = [json.loads(line) for line in (SEEDS / "manifest.jsonl").read_text("utf-8").splitlines()]
    days = {row["document_name"]: date.fromisoformat(row["published"]) for row in rows if dated}
    found = {path.name: extract(path.read_text("utf-8"), published=days.get(path.name)) for path in SEEDS.glob("*.txt")}
    tolls = {name[:3]: document_tolls(read.claims) for name, read in found.items()}
    killed = {name: item for name, found in tolls.items() for item in found if item.harm == "killed"}
    assert {name: item.low for name, item in killed.items()} == {"000": 154, "001": 72, "003": 28, "004": 23}
    assert sum(item.high or item.best or item.low or 0 for item in killed.values()) <= 279


def test_deaths_and_injuries_of_one_vague_number_are_some_of_each() -> None:
    tolls = document_tolls(extract("The shell hit a bakery, resulting in several deaths and injuries.").claims)
    assert {toll.harm: toll.low for toll in tolls if toll.low} == {"killed": 2, "injured": 2}


def test_a_larger_figure_of_the_same_fighters_is_a_range_not_a_replacement() -> None:
    text = "At least five militants were killed at a mill, with some reports suggesting eight had died."
    (toll,) = document_tolls(extract(text).claims)
    assert (toll.low, toll.high) == (5, 8)
