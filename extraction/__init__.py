"""From text to claims: pure functions, English, vocabularies in ``data/``."""

from __future__ import annotations

from extraction.reader import EXTRACTOR, VERSION, Extraction, extract

__all__ = ["EXTRACTOR", "VERSION", "Extraction", "extract"]
