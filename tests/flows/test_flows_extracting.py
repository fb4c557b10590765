"""The extractor over many documents: the same in one process and in several, and one failure costs one document."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

import extraction
from flows import extracting
from schemas.records import Document, Facts

TEXT = "Government shelling killed {n} civilians in Hajin on Tuesday, local activists said.\n"


def prose(text: str, name: str = "a.txt") -> Facts:
    key = hashlib.sha256(text.encode()).hexdigest()
    return Facts(Document(key, name, "files", "news_article", text, name, key, published=date(2018, 11, 8)))


def test_prose_gets_claims_and_the_name_of_the_extractor() -> None:
    [fact] = extracting.extract([prose(TEXT.format(n=12))])
    assert [claim.low for claim in fact.claims] == [12]
    assert (fact.extractor, fact.extractor_version) == (extraction.EXTRACTOR, extraction.VERSION)


def test_facts_that_are_not_prose_come_back_untouched() -> None:
    fact = Facts(prose(TEXT).document, extractor="airwars", is_prose=False)
    assert extracting.extract([fact]) == [fact]


def test_several_processes_give_the_same_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [prose(TEXT.format(n=number), f"{number}.txt") for number in range(11, 31)]
    alone = extracting.extract(facts, jobs=1)
    monkeypatch.setattr(extracting, "ALONE_CHARACTERS", 0)
    monkeypatch.setattr(extracting, "CHUNK_CHARACTERS", 300)
    done: list[int] = []
    assert extracting.extract(facts, jobs=2, advance=done.append) == alone
    assert sum(done) == 20
    assert len(done) > 2


def test_a_text_that_the_extractor_trips_over_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = extraction.extract

    def trips(text: str, **given: object) -> object:
        if "99" in text:
            raise ValueError("unexpected")
        return sound(text, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "extract", trips)
    bad, good = extracting.extract([prose(TEXT.format(n=99), "bad.txt"), prose(TEXT.format(n=12))])
    assert (bad.claims, len(good.claims)) == ((), 1)
    assert bad.extractor_version != extraction.VERSION
    [reject] = bad.rejects
    assert (reject.stage, reject.column) == ("extract", "text")
    assert reject.record == {"document_name": "bad.txt"}
    assert "unexpected" in str(reject.failure_case)


def test_nothing_to_extract() -> None:
    assert extracting.extract([]) == []
