"""`casualties explain`: marks where the words are, sentences for columns, meanings for rules."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import extract
from flows import explaining
from flows.commands import explain

Ask = Callable[[str], list[dict[str, Any]]]

TEXT = (
    "The road had been closed for a week. On Monday two drivers and a cook were killed near Tal Sifr, the mayor said. "
    "It reopened later."
)


def row(**changes: Any) -> dict[str, Any]:
    """A claim of TEXT as ``mart.claim_flat`` has it."""
    quote = "two drivers and a cook were killed"
    start = TEXT.index(quote)
    base = {
        "claim_id": "ab" * 16, "quote": quote, "quote_start": start, "quote_end": start + len(quote),
        "value_text": "two", "value_start": start, "value_end": start + 3, "low": 2, "best": 2, "high": 2,
        "qualifier": "exact", "harm": "killed", "victim_class": "civilian", "demographic": None, "role": "drivers",
        "nationality": None, "part_of": None, "restates": None, "claimant": "the mayor", "co_claimants": [],
        "claimant_text": "the mayor", "relays": [], "perpetrators": [], "weapon": None, "scope": "incident",
        "period_start": None, "period_end": None, "place_text": "Tal Sifr", "place": None, "admin1": None,
        "country": None, "lat": None, "lon": None, "geo_precision": None, "date_text": "Monday", "date_start": None,
        "date_end": None, "date_precision": None, "date_basis": "none", "rules": ["passive", "word:killed"],
        "flags": [],
    }  # fmt: skip
    return base | changes


def marked(**changes: Any) -> dict[str, str]:
    inside = explaining.window(TEXT, row()["quote_start"], row()["quote_end"])
    return {mark.label: TEXT[mark.start : mark.end] for mark in explaining.marks(row(**changes), TEXT, inside)}


def test_everything_that_the_claim_says_is_marked() -> None:
    assert marked() == {
        "date": "Monday", "number": "two", "victims": "drivers", "harm": "killed", "place": "Tal Sifr",
        "claimant": "the mayor",
    }  # fmt: skip


def test_what_is_not_told_or_stands_elsewhere_is_not_marked() -> None:
    assert set(marked(claimant_text=None, place_text="Hit", date_text=None)) == {"number", "victims", "harm"}


def test_overlapping_marks_keep_the_more_telling_one() -> None:
    assert "place" not in marked(place_text="two drivers")


def test_context_is_a_sentence_on_either_side() -> None:
    long = "Far away. " * 50 + TEXT + " Nobody saw it." * 50
    at = long.index("two drivers")
    start, end = explaining.window(long, at, at + 11)
    assert long[start:end].strip() == TEXT


@given(st.text(min_size=1, max_size=900), st.data())
def test_the_window_holds_the_quote_and_pieces_lose_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    inside = explaining.window(text, start, end)
    assert 0 <= inside[0] <= start < end <= inside[1] <= len(text)
    pieces = explaining.pieces(text, inside, [explaining.Mark(start, end, "number")])
    assert "".join(words for words, _ in pieces) == text[slice(*inside)]


def test_columns_become_sentences() -> None:
    told = dict(explaining.in_words(row(
        claimant="narrator", claimant_text=None, relays=["Hazar Radio"], low=2, best=None, high=None,
        qualifier="at_least", scope="period", period_start=date(2020, 1, 1), lat=36.0, lon=40.5, place="Tal Sifr",
        perpetrators=[{"actor": "X Brigade", "stance": "denied", "asserted_by": "X Brigade"}],
        part_of="cd" * 16, part_of_quote="three people died", date_start=date(2020, 2, 3), date_end=date(2020, 2, 4),
    )))  # fmt: skip
    assert told["says"] == "the text itself, in its own voice, quoted by Hazar Radio"
    assert told["how many"] == "“two”: at_least: this many or more (low 2)"
    assert told["part of"] == "“three people died” (cdcdcdcd)"
    assert told["scope"].endswith("from 2020-01-01 to an open end")
    assert told["blamed"].startswith("X Brigade (denied: ")
    assert told["place"] == "“Tal Sifr”: Tal Sifr, 36.0000 40.5000"
    assert told["date"].startswith("“Monday”: 2020-02-03 to 2020-02-04")
    assert "restates" not in told


def test_nothing_told_is_said_so() -> None:
    nothing = dict.fromkeys(("place_text", "date_text", "value_text", "low", "best", "high"))
    told = dict(explaining.in_words(row(**nothing)))
    assert (told["place"], told["date"], told["blamed"]) == ("none told", "none told", "nobody")
    assert told["how many"].endswith("(no bound)")


def test_rules_have_meanings_and_unknown_ones_stay_as_they_are() -> None:
    fired = dict(explaining.fired(row(rules=["passive", "word:slain", "brand_new"], flags=["attackers_died_2"])))
    assert fired["word:slain"] == "Word of harm: slain."
    assert fired["flag:attackers_died_2"].endswith(": 2.")
    assert fired["brand_new"] == ""
    assert "subject" in fired["passive"]


def test_every_rule_that_fires_on_the_examples_has_a_meaning() -> None:
    folder = Path(__file__).parents[2] / "examples"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    texts += [
        "Initial reports said three people were killed. The ministry said five people were killed.",
        "Two people were killed in the market. In total, the attacks killed 31 people.",
        "Nine men were abducted in Kut. Their bodies were found on Monday.",
        "In retaliation for the killing of nine traders, gunmen burnt a mill.",
    ]
    names = {
        name
        for text in texts
        for claim in extract(text, published=date(2018, 7, 14)).claims
        for name in (*claim.rules, *(f"flag:{flag}" for flag in claim.flags))
    }
    assert len(names) > 10
    assert [name for name in sorted(names) if not explaining.meaning(name)] == []


@pytest.fixture
def claim_id(casualties: Callable[..., Any], article: Path, ask: Ask) -> str:
    assert casualties("ingest", article).status == 0
    found: str = ask("SELECT claim_id FROM mart.claim_flat WHERE low = 14")[0]["claim_id"]
    return found


def test_the_command_shows_the_claim_with_its_marks(casualties: Callable[..., Any], claim_id: str) -> None:
    answer = casualties("explain", claim_id)
    assert answer.status == 0, answer.err
    assert "[number: At least 14] [victims: people]" in answer.out
    assert "[harm: killed]" in answer.out
    assert "[claimant: the Syrian Observatory for Human Rights]" in answer.out
    assert "“three children”" not in answer.out.split("rules that fired")[1]
    assert "including three children" in answer.out.split("parts")[1]
    assert "word:killed" in answer.out


def test_a_unique_beginning_of_the_id_is_enough(casualties: Callable[..., Any], claim_id: str) -> None:
    assert casualties("explain", claim_id[:12].upper()).out == casualties("explain", claim_id).out


@pytest.mark.parametrize("wanted", ["zz", "", "f" * 40, "' OR true --", "%"])
def test_an_unknown_id_is_told_plainly(wanted: str, casualties: Callable[..., Any], claim_id: str) -> None:
    answer = casualties("explain", wanted)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == f"casualties: no claim_id of mart.claim_flat begins with {wanted!r}\n"


def test_a_beginning_that_fits_several_names_them(casualties: Callable[..., Any], tmp_path: Path) -> None:
    lines = [{"document_name": f"d{n}", "text": f"At least {n + 20} people were killed in Hit."} for n in range(20)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert casualties("ingest", "many.jsonl").status == 0
    # Twenty ids and sixteen digits: two begin alike.
    answers = [casualties("explain", digit) for digit in "0123456789abcdef"]
    several = [answer for answer in answers if "several claims begin with" in answer.err]
    assert several
    assert all(answer.status == 1 for answer in several)


def test_colour_on_a_terminal_only(
    casualties: Callable[..., Any], claim_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[" not in casualties("explain", claim_id).out
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _self: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = casualties("explain", claim_id).out
    assert "\x1b[" in shown
    assert "[number:" not in shown


def test_a_text_cannot_steer_the_terminal() -> None:
    assert explain._plain(" a\x1b[2Jb\nc ") == " a [2Jb c "
