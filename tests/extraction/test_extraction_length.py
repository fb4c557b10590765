"""Time grows with the length of a text, whatever it repeats: counted in calls, which no busy machine disturbs."""

from __future__ import annotations

import cProfile
import csv
import pstats
from datetime import date

import pytest

from extraction import extract

REPEATED = {
    "a list of victims": "The blast killed {}a cook.|a driver and ",
    "victims by name": "Among the dead were {}Ilya Benko, killed by Russia in Tarsk.|Anton Kravko, ",
    "numbers": "They killed {}9 men.|7 men, 11 women, ",
    "brackets": "Ten people were killed {} in Tarsk.|(((a",
    "quotation marks": "Ten people were killed {} in Tarsk.|'\" ",
    "names": "Ten people were killed in {}Tarsk.|Abu ",
    "verbs of saying": "{}ten people were killed.|officials said ",
    "dates": "Ten people were killed on {}3 June 2019.|5 May 2017 and ",
    "blanks": "Ten people were killed{}in Tarsk.|    ",
    "lines": "Ten people were killed{}in Tarsk.|\n\n",
    "sentences of harm": "{}|A raid killed six civilians in Mosul on Monday, the army said. ",
    "denials": "Ten people were killed. {}|Turkey denied carrying out the strike. ",
    "unknown places": "Ten people were killed. {}|The village of Karsanovo lay there. Karsanovo burned. ",
}


@pytest.mark.parametrize("what", REPEATED)
def test_calls_grow_with_the_length(what: str) -> None:
    frame, _, part = REPEATED[what].partition("|")
    few, many = (_calls(frame.format(part * (size // len(part)))) for size in (6_000, 24_000))
    assert many < 5 * few


def _calls(text: str) -> int:
    extract(text[:200], published=date(2020, 1, 1))
    profile = cProfile.Profile()
    profile.runcall(extract, text, published=date(2020, 1, 1))
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def test_tables_are_read_once_not_for_each_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "MARKET TOWN, {0} - Regime forces shelled a market in {0} on Monday, killing six people, residents said."
    read: list[object] = []
    extract(text.format("Syria"), published=date(2020, 1, 1))
    monkeypatch.setattr(csv, "DictReader", lambda lines: read.append(lines.name) or iter(()))
    for country in ("Myanmar", "Sudan", "Belarus"):
        assert extract(text.format(country), published=date(2020, 1, 1)).claims
    assert not read
