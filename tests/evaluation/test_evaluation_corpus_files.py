"""The annotated texts keep their own rules, and the measures that use them say what they promise."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from corpus_loader import CorpusError, CorpusText, bounds, digest, load, paths, read_text, span, write
from scoring import F1, counted, figure, pair, same_actor, same_place, score

TEXTS = load()
GOLD = [row for text in TEXTS for row in text.gold]
BY_NAME = {text.name: text for text in TEXTS}


def claim(**changes: Any) -> dict[str, Any]:
    """A plain claim: three civilians killed, code points 0 to 20 of document d."""
    base = {"document_name": "d", "quote": "killed three people", "quote_start": 0, "quote_end": 20,
            "low": 3, "best": 3, "high": 3, "qualifier": "exact", "harm": "killed", "victim_class": "civilian",
            "demographic": None, "scope": "incident", "claimant": "police", "perpetrators": [], "place": "Hit",
            "country": "IRQ", "date_start": "2020-01-01", "date_end": None, "weapon": None, "part_of": None}
    return base | changes


def as_found(gold: dict[str, Any]) -> dict[str, Any]:
    """A gold claim as a perfect extractor would give it."""
    return gold | {"claimant": gold["claimant"][0], "place_text": (gold["place"] or [None])[0]}


# The corpus


def test_the_corpus_is_as_large_and_varied_as_the_gate_needs() -> None:
    assert len(TEXTS) >= 80
    assert sum(text.split == "unseen" for text in TEXTS) >= 20
    assert len({text.voice for text in TEXTS}) >= 12
    assert len({c["country"] for c in GOLD} - {None}) >= 18
    assert sum(not text.gold for text in TEXTS) >= 4, "texts with numbers and no harm"


def test_names_are_unique_and_texts_short_enough_to_read() -> None:
    assert len(BY_NAME) == len(TEXTS)
    for text in TEXTS:
        assert 40 <= len(text.document["text"].split()) <= 330, text.name


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_every_quote_stands_in_its_text(text: CorpusText) -> None:
    for row in text.gold:
        assert text.document["text"][row["quote_start"]:row["quote_end"]] == row["quote"]
        if row["value_text"]:
            assert text.document["text"][row["value_start"]:row["value_end"]] == row["value_text"]
        assert row["value_text"] or not counted(row), row["claim_id"]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_parts_are_no_larger_than_their_totals_and_share_their_harm(text: CorpusText) -> None:
    by_id = {row["claim_id"]: row for row in text.gold}
    for row in text.gold:
        whole = by_id.get(row["part_of"])
        if whole is None:
            continue
        assert row["harm"] == whole["harm"] or whole["harm"] == "killed_or_injured", row["claim_id"]
        part_low = row["low"] if row["low"] is not None else row["best"]
        if whole["high"] is not None and part_low is not None:
            assert part_low <= whole["high"], row["claim_id"]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_no_incident_lies_after_publication(text: CorpusText) -> None:
    published = text.document["published"]
    for row in text.gold:
        start, end = row["date_start"], row["date_end"]
        assert start is None or date.fromisoformat(start) <= date.fromisoformat(end)
        assert start is None or published is None or start <= published, row["claim_id"]


def test_identical_claims_are_not_annotated_twice() -> None:
    seen = [(row["document_name"], row["quote_start"], row["quote_end"], row["harm"], figure(row)) for row in GOLD]
    assert len(seen) == len(set(seen))


def test_tolls_lie_within_what_the_text_claims() -> None:
    for text in TEXTS:
        for harm, (low, high) in text.toll.items():
            assert 0 <= low <= high, text.name
            rows = [row for row in text.gold if row["harm"] == harm]
            stated = [n for row in rows for n in (row["low"], row["best"], row["high"]) if n]
            assert low == 0 or stated, f"{text.name}: a toll of {harm} without a claim"
            assert high <= sum(stated), text.name


def test_a_text_that_breaks_a_rule_is_refused_with_file_and_claim(tmp_path: Path) -> None:
    source = 'publisher = "X"\nvoice = "v"\ntext = "Two died. Two died."\nclaim = [{quote = "Two died", n = 2}]\n'
    path = tmp_path / "twice.toml"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(CorpusError, match="twice claim 1: 'Two died' stands 2 times"):
        read_text(path, "open")
    path.write_text(source.replace("n = 2", 'nth = 2, n = 2, harm = "hurt"'), encoding="utf-8")
    with pytest.raises(CorpusError, match="harm = 'hurt' is not one of"):
        read_text(path, "open")
    path.write_text(source.replace("n = 2", "nth = 2, n = 2, part_of = 7"), encoding="utf-8")
    with pytest.raises(CorpusError, match="part_of names twice-7"):
        read_text(path, "open")


def test_the_second_occurrence_is_found() -> None:
    assert span("Two died. Two died.", "Two died", 2, "here") == (10, 18)


@pytest.mark.parametrize(("n", "qualifier", "expected"), [
    (15, "exact", (15, 15, 15)), (15, "at_least", (15, 15, None)), (15, "at_most", (None, None, 15)),
    (15, "almost", (None, 15, 15)), (15, "about", (None, 15, None)), ([5, 7], "range", (5, None, 7)),
    (12, "vague", (12, None, None)), (0, "none_reported", (0, 0, 0)), (None, "unquantified", (None, None, None))])
def test_bounds_follow_the_table(n: int | list[int] | None, qualifier: str, expected: tuple[int | None, ...]) -> None:
    assert tuple(bounds(n, qualifier).values()) == expected


def test_the_files_written_hold_every_text_and_claim(tmp_path: Path) -> None:
    write(tmp_path)
    rows = {name: [json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
            for name in ("docs", "gold", "counts")}
    assert rows["docs"] == [text.document for text in TEXTS]
    assert rows["gold"] == GOLD
    assert len(rows["counts"]) == len(TEXTS)


def test_the_digest_tells_splits_apart_and_is_stable() -> None:
    assert digest() == digest()
    assert len({digest(), digest("open"), digest("unseen")}) == 3
    assert len(list(paths("open"))) + len(list(paths("unseen"))) == len(TEXTS)


# The measures


def test_gold_scored_against_itself_is_perfect() -> None:
    result = score(GOLD, [as_found(row) for row in GOLD])
    assert result.count.f1 == result.full.f1 == 1.0
    assert {result.accuracy(name) for name in result.attributes} == {1.0}
    assert result.notes == []


def test_nothing_found_is_all_missed_and_nothing_wanted_is_all_spurious() -> None:
    missed = score([claim()], [])
    assert (missed.count.recall, missed.count.f1) == (0.0, 0.0)
    assert missed.notes[0].startswith("MISSED d killed (3,)")
    spurious = score([], [claim()])
    assert (spurious.count.precision, spurious.count.f1) == (0.0, 0.0)
    assert F1(0, 0, 0).f1 == 1.0


@pytest.mark.parametrize(("change", "hits"), [
    ({"quote_start": 19, "quote_end": 30}, 1), ({"quote_start": 20, "quote_end": 30}, 0), ({"best": 4}, 0),
    ({"harm": "injured"}, 0), ({"harm": "bodies_found"}, 1), ({"low": None}, 1), ({"best": None}, 1),
    ({"best": None, "low": 2}, 0), ({"qualifier": "unquantified"}, 0)])
def test_count_wants_overlap_harm_and_figure(change: dict[str, Any], hits: int) -> None:
    gold = claim() if change != {"best": None} else claim(best=None)
    assert score([gold], [claim(**change)]).count.hits == hits


@pytest.mark.parametrize(("change", "name"), [
    ({"qualifier": "about"}, "qualifier"), ({"victim_class": "unknown"}, "victim_class"),
    ({"demographic": "women"}, "demographic"), ({"scope": "period"}, "scope"), ({"claimant": "army"}, "claimant"),
    ({"part_of": "d-9"}, "part_of")])
def test_full_needs_each_of_its_attributes(change: dict[str, Any], name: str) -> None:
    result = score([claim()], [claim(**change)])
    assert (result.count.hits, result.full.hits) == (1, 0)
    assert result.accuracy(name) == 0.0
    assert result.notes == [f"WRONG d killed (3,) 'killed three people' {name}"]


def test_attributes_outside_full_are_measured_and_cost_nothing_there() -> None:
    gold = claim(perpetrators=[{"actor": "ISIS", "stance": "alleged"}], weapon="ied")
    found = claim(perpetrators=[{"actor": "Daesh", "stance": "denied"}], place="Mosul", date_start="2020-01-02")
    result = score([gold], [found])
    assert result.full.hits == 1
    measured = {name: result.accuracy(name) for name in ("perpetrator", "stance", "place", "date", "weapon")}
    assert measured == {"perpetrator": 1.0, "stance": 0.0, "place": 0.0, "date": 0.0, "weapon": 0.0}


def test_values_that_mean_the_same_agree() -> None:
    pairs = [({"victim_class": "mixed"}, {"victim_class": "unknown"}), ({"scope": "cumulative"}, {"scope": "period"})]
    for gold, found in pairs:
        assert score([claim(**gold)], [claim(**found)]).full.hits == 1


def test_what_gold_leaves_open_is_not_asked() -> None:
    result = score([claim(place=None, date_start=None, weapon=None, perpetrators=None)], [claim(weapon="ied")])
    assert all(result.accuracy(name) is None for name in ("place", "date", "weapon", "perpetrator", "stance"))


def test_secondary_gold_counts_neither_for_nor_against() -> None:
    spare = claim(tier="secondary")
    assert score([spare], []).count == F1(0, 0, 0)
    assert score([spare], [claim()]).count == F1(0, 0, 0)
    assert score([spare], [claim(), claim()]).count == F1(0, 0, 0), "a second reading of the same words is forgiven"
    assert score([spare, claim()], [claim()]).count == F1(1, 1, 1), "core gold is served first"


def test_pairing_prefers_agreement_and_leaves_nobody_out() -> None:
    women, children = claim(demographic="women"), claim(demographic="children")
    assert pair([women, children], [dict(children), dict(women)]) == {0: 1, 1: 0}
    # Only the wide quote overlaps both: the greedy first choice must give way so that both golds are served.
    early, late = claim(quote_end=10), claim(quote_start=10)
    wide, narrow = claim(), claim(quote_end=5, demographic="men")
    assert pair([early, late], [wide, narrow]) == {0: 1, 1: 0}


def test_a_claim_is_used_once() -> None:
    assert score([claim(), claim()], [claim()]).count == F1(1, 1, 2)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("the Observatory", "SOHR", True), ("Syrian Observatory for Human Rights", "SOHR", True), ("SOHR", "SNHR", False),
    ("US-led Coalition", "United States", False), ("Somali police", "police", False),
    ("Borno State police spokesman", "Borno State police", True), ("", "SOHR", False)])
def test_same_actor(one: str, other: str, same: bool) -> None:
    assert same_actor(one, other) is same


@pytest.mark.parametrize(("one", "other", "same"), [
    ("al-Soussa", "As Susah", True), ("the town of Hit, Anbar", "Hit", True), ("Raqqa, Syria", "Idlib, Syria", False),
    ("Syria", "northern Syria", True), ("Mosul", "", False), ("Mayadin", "Al Mayadeen", True)])
def test_same_place(one: str, other: str, same: bool) -> None:
    assert same_place(one, other) is same


def test_a_range_agrees_only_at_both_ends() -> None:
    gold = claim(low=5, best=None, high=7, qualifier="range")
    assert score([gold], [claim(low=5, best=None, high=8)]).count.hits == 0
    assert score([gold], [claim(low=5, best=None, high=7)]).count.hits == 1
