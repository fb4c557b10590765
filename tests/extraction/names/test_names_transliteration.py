"""Spellings that must meet in one skeleton, and names that must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.names.transliteration import bones, fold, plain


@pytest.mark.parametrize(
    "spellings",
    [
        ("Deir Ezzor", "Deir al-Zour", "Dayr az Zawr", "Deir ez-Zor", "Dier Ezzour"),
        ("al-Soussa", "As Susah", "Al Susa", "Sousah"),
        ("Mayadin", "al-Mayadeen", "Al Mayādīn"),
        ("Raqqa", "Ar-Raqqah", "al Raqqah", "Raqa"),
        ("Idlib", "Idleb"),
        ("Fallujah", "al-Falluja", "Falloujah"),
        ("Latakia", "Lattakia"),
        ("Sana'a", "Sana’a", "Sanaa"),
        ("Tartus", "Tartous"),
        ("Şırnak", "Sirnak"),
        ("الرقّة", "رقة"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({fold(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hama", "Homs"), ("Mosul", "Masyaf"), ("al-Soussa", "al-Musayyib"), ("Kabul", "Kibal"), ("Raqqa", "Rakah Dib")],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_plain_keeps_vowels_but_not_case_accents_or_the_leading_article() -> None:
    assert plain("Al-Shaddādah") == plain("ash shaddadah") == ("shaddadah",)
    assert plain("Deir ez-Zor") == ("deir", "al", "zor")
    assert plain("Hama") != plain("Homs")


def test_a_name_that_is_only_an_article_is_kept() -> None:
    assert plain("Al") == ("al",)
    assert fold("Al") != ""


def test_bones_are_consonants_alone() -> None:
    assert bones("Shaddadah") == bones("Shadadi")
    assert bones("Hajin") != bones("Homs")


@given(st.text(max_size=40))
def test_any_text_folds_without_error_and_case_does_not_matter(text: str) -> None:
    assert isinstance(fold(text), str)
    if text.isascii():
        assert fold(text.upper()) == fold(text.lower())
