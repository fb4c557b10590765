"""The texts that are timed: dense with casualties, and general ones without a word of harm.

Dense texts are the project's own annotated ones (or a folder of news with ``docs.jsonl``); general ones are sentences
of everyday matters, put together from a fixed vocabulary, always the same. They hold words that also stand in clauses
of harm (left, found, held, led), as any English text does.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "evaluation"))

import corpus_loader  # noqa: E402

PEOPLE = (
    "the council", "a teacher", "the orchestra", "our neighbour", "the committee", "a baker", "the museum",
    "Mayor Lindqvist", "the school in Porto", "an engineer from Lyon", "the harbour office", "Anna Reyes",
)  # fmt: skip
DEEDS = (
    "opened", "repaired", "discussed", "painted", "visited", "planned", "sold", "described", "designed", "praised",
    "met", "left", "found", "led", "made", "held",
)  # fmt: skip
THINGS = (
    "a new bridge", "the 1894 library", "three tram lines", "the spring market", "a garden of 40 trees",
    "the annual budget of $2.3 million", "its summer programme", "two recipes for lentil soup", "a history of the town",
    "the timetable for 2021", "an exhibition on weaving", "the northern playground",
)  # fmt: skip
ENDS = (
    "on Tuesday", "after a long debate", "for the first time in ten years", "with help from volunteers",
    "because the weather was mild", "in front of a large audience", "near the old station", "as promised in March",
    "at a cost of 12 percent more than expected", "to the delight of visitors", "without much noise",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """One text to read and the day it was published."""

    text: str
    published: date | None


def own() -> list[Text]:
    """The open annotated texts of the project."""
    return [_text(found.document) for found in corpus_loader.load("open") if found.gold]


def news(shared: Path) -> list[Text]:
    """The texts of ``SHARED/gold/news``; none where there is no such folder."""
    path = shared / "gold" / "news" / "docs.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    return [_text(json.loads(line)) for line in lines if line]


def _text(document: dict[str, str]) -> Text:
    published = document.get("published")
    return Text(document["text"], date.fromisoformat(published) if published else None)


def general(megabytes: float) -> list[Text]:
    """Different texts of 4 KB, about as many MB as asked, in which nobody is harmed."""
    draw = random.Random(7)
    made: list[Text] = []
    written = 0
    while written < megabytes * 1e6:
        paragraphs = (" ".join(_sentence(draw) for _ in range(4)) for _ in range(11))
        made.append(Text("\n\n".join(paragraphs), date(2021, 5, 4)))
        written += len(made[-1].text)
    return made


def _sentence(draw: random.Random) -> str:
    words = " ".join(draw.choice(choices) for choices in (PEOPLE, DEEDS, THINGS, ENDS))
    return f"{words[0].upper()}{words[1:]}."


def size(texts: list[Text]) -> int:
    """UTF-8 bytes of all texts together."""
    return sum(len(text.text.encode()) for text in texts)
