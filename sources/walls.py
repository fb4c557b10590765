"""Pages that answer well and show no article: walls of payment and consent, robot checks, empty and missing pages."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "walls.toml"
KINDS = {
    "paywall": "paywall", "consent": "cookie wall", "robot_check": "robot check", "not_found": "missing page",
}  # fmt: skip
"""Sections of the data file, in the order in which they are looked for, and what they are called in ``ops.fetch``."""
EMPTY = "empty page"

_LINKED_DATA = re.compile(r"<script[^>]+application/ld\+json[^>]*>(.{1,200000}?)</script", re.IGNORECASE | re.DOTALL)
_NOT_SEEN = re.compile(r"<(script|style|noscript)\b.{0,500000}?</\1\s*>|<[^>]{0,5000}>", re.IGNORECASE | re.DOTALL)
_SEEN_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class _Signs:
    most_words: int
    least_words: int
    phrases: dict[str, tuple[str, ...]]


@cache
def _signs() -> _Signs:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    phrases = {name: tuple(phrase.casefold() for phrase in data[kind]["phrases"]) for kind, name in KINDS.items()}
    return _Signs(data["most_words"], data["least_words"], phrases)


def recognise(source: str, text: str | None) -> str | None:
    """What stands in place of an article (a value of `KINDS`, or `EMPTY`); None where ``text`` is one.

    Args:
        source: the page as it came, decoded.
        text: its main text, None where there is none.
    """
    signs = _signs()
    words = len((text or "").split())
    if words > signs.most_words:
        return None
    if _costs(source):
        return KINDS["paywall"]
    # A short page is judged by all that a reader sees, an article with a text only by this text.
    shown = " ".join(_NOT_SEEN.sub(" ", source).split())[:_SEEN_CHARACTERS] if words < signs.least_words else text
    seen = (shown or "").casefold()
    for name, phrases in signs.phrases.items():
        if any(phrase in seen for phrase in phrases):
            return name
    return EMPTY if words < signs.least_words else None


def _costs(source: str) -> bool:
    """Whether the page's linked data says that its text is not free (schema.org ``isAccessibleForFree``)."""
    for block in _LINKED_DATA.findall(source):
        try:
            data = json.loads(block)
        except (ValueError, RecursionError):
            continue
        if any(str(value).casefold() == "false" for value in _values(data, "isAccessibleForFree", depth=6)):
            return True
    return False


def _values(data: Any, key: str, depth: int) -> Iterator[Any]:
    if depth and isinstance(data, dict):
        for name, value in data.items():
            if name == key:
                yield value
            yield from _values(value, key, depth - 1)
    elif depth and isinstance(data, list):
        for value in data:
            yield from _values(value, key, depth - 1)
