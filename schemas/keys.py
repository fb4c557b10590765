"""Keys made of content, so that the same input gives the same rows in any load.

Parts are prefixed with their length: ("ab", "c") and ("a", "bc") can never meet in one key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from schemas.records import Claim

Part = str | int | float | date | datetime | None

KEY_DIGITS = 32
"""Hex digits of a key: 128 bits, no collision to be expected among fewer than 10^18 rows."""


def content_key(*parts: Part) -> str:
    """The key of *parts*, 32 hex digits. None differs from the empty string, 1 from "1"."""
    digest = hashlib.sha256()
    for part in parts:
        raw = str(part).encode("utf-8", "surrogatepass")
        digest.update(f"{type(part).__name__}:{len(raw)}:".encode())
        digest.update(raw)
    return digest.hexdigest()[:KEY_DIGITS]


def numbered_keys(parts: Sequence[tuple[Part, ...]]) -> list[str]:
    """One key for each of *parts*, all different: equal ones are told apart by how often they came before."""
    seen: dict[tuple[Part, ...], int] = {}
    keys = []
    for group in parts:
        ordinal = seen.get(group, 0)
        seen[group] = ordinal + 1
        keys.append(content_key(*group, *((ordinal,) if ordinal else ())))
    return keys


def _claim_parts(document_id: str, extractor: str, claim: Claim) -> tuple[Part, ...]:
    where = (claim.quote_start, claim.quote_end, claim.value_start, claim.value_end)
    return ("claim", document_id, extractor, *where, claim.harm, claim.victim_class, claim.demographic)


def claim_key(document_id: str, extractor: str, claim: Claim) -> str:
    """The claim's key within its document: where it stands and whom it counts, not how it was read.

    The extractor's version is no part, so that a later reading of the same words keeps the key.
    """
    return content_key(*_claim_parts(document_id, extractor, claim))


def claim_keys(document_id: str, extractor: str, claims: Sequence[Claim]) -> list[str]:
    """One key a claim, in the order given, all different: `claim_key`, with an ordinal only where two would be the
    same.

    The ordinal follows ``number``, so that the order in which claims are given does not matter.
    """
    order = sorted(range(len(claims)), key=lambda index: claims[index].number)
    keys = numbered_keys([_claim_parts(document_id, extractor, claims[index]) for index in order])
    placed = dict(zip(order, keys, strict=True))
    return [placed[index] for index in range(len(claims))]
