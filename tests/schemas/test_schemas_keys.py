"""Keys: the same for the same content, different for different content."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from schemas.keys import claim_key, claim_keys, content_key, numbered_keys
from schemas.records import Claim

PARTS = st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=8)), max_size=4).map(tuple)
CLAIM = Claim(0, "two died", 0, 8, "exact", "killed", "unknown", "incident", "narrator", "two", 0, 3, 2, 2, 2)


@given(PARTS, PARTS)
def test_keys_are_equal_exactly_when_parts_are(left: tuple[object, ...], right: tuple[object, ...]) -> None:
    same = left == right and [type(part) for part in left] == [type(part) for part in right]
    assert (content_key(*left) == content_key(*right)) == same  # type: ignore[arg-type]


@given(st.text(max_size=6), st.text(max_size=6), st.integers(0, 6))
def test_moving_the_border_between_parts_changes_the_key(left: str, right: str, cut: int) -> None:
    whole = left + right
    moved = (whole[:cut], whole[cut:])
    assert (content_key(*moved) == content_key(left, right)) == (moved == (left, right))


@given(st.lists(st.sampled_from(["a", "b"]), max_size=12))
def test_numbered_keys_never_repeat(names: list[str]) -> None:
    keys = numbered_keys([(name,) for name in names])
    assert len(set(keys)) == len(names)


@given(st.permutations(range(5)))
def test_claim_keys_do_not_depend_on_the_order(order: list[int]) -> None:
    claims = [replace(CLAIM, number=n, harm="injured" if n % 2 else "killed") for n in range(5)]
    plain = dict(zip([c.number for c in claims], claim_keys("d", "rules", claims), strict=True))
    mixed = [claims[index] for index in order]
    assert dict(zip([c.number for c in mixed], claim_keys("d", "rules", mixed), strict=True)) == plain


def test_a_claim_elsewhere_changes_no_key() -> None:
    other = replace(CLAIM, number=0, quote_start=20, quote_end=28, value_start=20, value_end=23)
    assert claim_keys("d", "rules", [other, replace(CLAIM, number=1)])[1] == claim_key("d", "rules", CLAIM)


def test_how_a_claim_was_read_is_no_part_of_its_key() -> None:
    assert claim_key("d", "rules", replace(CLAIM, low=1, place_text="Hajin")) == claim_key("d", "rules", CLAIM)
    assert claim_key("d", "airwars", CLAIM) != claim_key("d", "rules", CLAIM)
    assert claim_key("e", "rules", CLAIM) != claim_key("d", "rules", CLAIM)
