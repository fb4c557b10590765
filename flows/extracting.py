"""Runs the extractor over documents: in this process when they are few, on every core when they are many.

A plain process pool and no task runner: on one machine it starts in a fraction of the time
(docs/decisions/0003-plain-functions-under-the-flows.md).
"""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import extraction
from schemas.records import Facts, Reject

logger = logging.getLogger(__name__)

CHUNK_CHARACTERS = 250_000
"""Characters of text a chunk: a fraction of a second of work, so that handing it over costs next to nothing."""
ALONE_CHARACTERS = 4 * CHUNK_CHARACTERS
"""Below this, starting other processes takes longer than the work."""


def extract(
    facts: Sequence[Facts], *, jobs: int | None = None, advance: Callable[[int], None] | None = None
) -> list[Facts]:
    """The same facts in the same order, prose with its claims and positions.

    A text on which the extractor fails is kept without claims, with the reason as a `Reject` of stage ``extract``;
    the next run tries it again.

    Args:
        facts: as read; those that are not prose come back untouched.
        jobs: processes to use at most; None for one a core.
        advance: called with the number of documents just finished.

    Raises:
        MemoryError: an extracting process was killed, which is what the system does when memory runs out.
    """
    workers = jobs or os.cpu_count() or 1
    chunks = list(_chunks(facts))
    if workers == 1 or sum(_size(fact) for fact in facts) < ALONE_CHARACTERS:
        return _collect(map(extract_chunk, chunks), advance)
    # spawn, not fork: polars and DuckDB have threads of their own, and a forked copy of them can lock up.
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(min(workers, len(chunks)), mp_context=context) as pool:
            return _collect(pool.map(extract_chunk, chunks), advance)
    except BrokenProcessPool as error:
        raise MemoryError("an extracting process was killed, most likely for want of memory: try --jobs 1") from error


def _collect(chunks: Iterator[list[Facts]], advance: Callable[[int], None] | None) -> list[Facts]:
    done: list[Facts] = []
    for chunk in chunks:
        done += chunk
        if advance:
            advance(len(chunk))
    return done


def _chunks(facts: Sequence[Facts]) -> Iterator[list[Facts]]:
    chunk: list[Facts] = []
    size = 0
    for fact in facts:
        chunk.append(fact)
        size += _size(fact)
        if size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(fact: Facts) -> int:
    return len(fact.document.text) if fact.is_prose else 0


def extract_chunk(facts: Sequence[Facts]) -> list[Facts]:
    """Extract one after the other, in this process."""
    return [_extract_one(fact) if fact.is_prose else fact for fact in facts]


def _extract_one(fact: Facts) -> Facts:
    document = fact.document
    try:
        found = extraction.extract(
            document.text, published=document.published, publisher=document.publisher, title=document.title
        )
    except Exception as error:  # one text that the extractor trips over must not cost the others
        logger.exception("the extractor failed on %s", document.document_name)
        reject = Reject(document.source, "extract", "the extractor failed on this text", schema="document",
                        column="text", failure_case=f"{type(error).__name__}: {error}",
                        record={"document_name": document.document_name})  # fmt: skip
        # Not marked as read by this version: the next run tries again.
        return replace(fact, rejects=(*fact.rejects, reject))
    return replace(fact, claims=found.claims, positions=found.positions, extractor=extraction.EXTRACTOR,
                   extractor_version=extraction.VERSION)  # fmt: skip
