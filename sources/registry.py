"""Which sources there are. A source is a module here with the face of `sources.reading.SourceModule`."""

from __future__ import annotations

import importlib
from pathlib import PurePath
from typing import cast

from sources.reading import SourceModule

MODULES = (
    *("airwars", "airwars_pages", "ucdp", "acled", "mapping"),
    *("cjtf", "sohr", "snhr", "reliefweb", "articles", "files"),
)
"""Names of the source modules, in the order in which they are asked whether they know an input."""

TEXT_ENDINGS = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".jsonl", ".ndjson"})
"""Files of documents: never searched for a table, so that an article with a table's header stays an article."""

LINES = (".jsonl", ".ndjson")
"""Files of one document a line."""

TEXT_MODULES = ("airwars_pages", "cjtf", "sohr", "snhr")
"""Sources whose own pages and reports come as text; each knows its own by marks that no article has."""


class UnknownSourceError(ValueError):
    """A ``--source`` that no module carries; the text lists those there are."""


def names() -> list[str]:
    """The names that ``--source`` takes, sorted."""
    return sorted(MODULES)


def module(name: str) -> SourceModule:
    """The source of that name, imported now. Raises `UnknownSourceError`."""
    if name not in MODULES:
        raise UnknownSourceError(f"no source is called {name!r}; there are {', '.join(names())}")
    return cast(SourceModule, importlib.import_module(f"sources.{name}"))


def recognise(head: bytes, name: str) -> SourceModule | None:
    """The source that knows this input, by the ending of its name and by its first bytes; None when none does."""
    if PurePath(name).suffix.lower() in TEXT_ENDINGS:
        published = TEXT_MODULES if not name.lower().endswith(LINES) else ()
        return next((found for found in map(module, published) if found.recognises(head, name)), module("files"))
    return next((found for found in map(module, MODULES) if found.recognises(head, name)), None)
