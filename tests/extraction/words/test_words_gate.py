"""Whether a text holds a word of harm: the quick look lets through all that the pattern finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.words import gate
from extraction.words.lexicon import harm_words
from extraction.words.numbers import fold_case

FORMS = sorted(harm_words())


def test_every_word_of_harm_opens_the_gate() -> None:
    assert [form for form in FORMS if not gate.text_tells(f"the trip; {form} of it")] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The family lost four sons.", True),
        ("The club lost the cup.", False),
        ("They were in a\ncritical condition.", True),
        ("The bridge was in a good condition, critical voices said.", False),
        ("« tué », killed… they say", True),
        ("« blessé »… killé they say", False),
        ("A skilled baker opened a shop.", False),
        ("The crash was, for life-threatening reasons, avoided.", True),
        ("", False),
    ],
)
def test_a_text_tells_of_harm_or_not(text: str, told: bool) -> None:
    assert gate.text_tells(fold_case(text)) is told


@given(st.lists(st.one_of(st.sampled_from(FORMS), st.text(max_size=6)), max_size=8), st.sampled_from(" \n-'é,_"))
def test_the_quick_look_never_answers_otherwise_than_the_pattern(words: list[str], between: str) -> None:
    text = fold_case(between.join(words))
    assert gate.text_tells(text) is gate.tells(text)


def test_a_sentence_is_looked_at_alone() -> None:
    text = "two were killed. all is well."
    assert gate.tells(text, 0, 16)
    assert not gate.tells(text, 17, len(text))
