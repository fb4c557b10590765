"""Lists of figures under a total, lists within lists, and what ends one."""

from __future__ import annotations

from extraction import extract
from schemas.records import Claim

NESTED = """Monitors said that the number of people killed in the raids has jumped to 17; they are as follows:

-9 members of local forces:

Six were killed near Tell Karnaf.

Three were killed in Bir Luz village.

-Army forces: 6 fatalities:

Four were killed at a post near Wadi Sabha.

Two were killed in Bir Luz village.

-Two reporters were killed in Tell Karnaf.

The number is expected to rise.
"""


def wholes(text: str) -> list[tuple[int | None, int | None]]:
    """Each claim's figure with that of its total."""
    claims = {claim.number: claim for claim in extract(text).claims}
    return [(c.best, claims[c.part_of].best if c.part_of is not None else None) for c in claims.values()]


def test_what_stands_below_an_item_belongs_to_it_until_the_next_item() -> None:
    assert wholes(NESTED) == [(17, None), (9, 17), (6, 9), (3, 9), (6, 17), (4, 6), (2, 6), (2, 17)]


def test_items_of_one_list_never_say_each_other_again() -> None:
    assert all(claim.restates is None for claim in extract(NESTED).claims)


def test_a_heading_without_a_number_takes_the_last_total_of_its_harm_apart() -> None:
    text = (
        "Since January, 60 raids were counted, which left 44 fighters and civilians dead.\n\n"
        "The fatalities can be distributed as follows:\n\n"
        "\u2022 Thirty civilians were killed by the army.\n\n\u2022 12 fighters, including two commanders.\n\n"
        "\u2022 A soldier.\n\n\u2022 One guard.\n"
    )
    claims = extract(text).claims
    total = next(c for c in claims if c.best == 44)
    assert total.victim_class == "mixed"
    parts: list[Claim] = [c for c in claims if c.part_of == total.number]
    assert [c.best for c in parts] == [30, 12, 1, 1]
    assert {c.scope for c in parts} == {total.scope} == {"cumulative"}


def test_behind_a_colon_the_groups_that_add_up_are_parts_of_the_first() -> None:
    text = "The toll is 8, as follows:\n\nFive people: four villagers and one soldier, were killed in Bir Luz.\n"
    assert wholes(text)[1:] == [(5, 8), (4, 5), (1, 5)]
