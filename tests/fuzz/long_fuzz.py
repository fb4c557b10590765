"""A long search for texts that break the extractor's promises: `python tests/fuzz/long_fuzz.py [SECONDS] [SEED]`.

Not part of the tests: those read the same texts with fixed seeds. What it finds becomes an ``@example`` there. Exit
status 1 when a promise is broken; the smallest text found is printed.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "extraction"))

from promises import any_texts, articles, broken, changed_by_what_follows, days, reports

ROUND = 400
"""Texts between two looks at the clock."""


def search(number: int) -> None:
    """One round under the seed *number*; raises AssertionError with the smallest text that breaks a promise."""
    settled = settings(max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck))

    @seed(number)
    @settled
    @given(any_texts, days)
    def promises_hold(text: str, published: date | None) -> None:
        assert not (notes := broken(text, published)), notes

    @seed(number)
    @settled
    @given(st.one_of(articles, reports))
    def the_end_is_irrelevant(text: str) -> None:
        assert not (notes := changed_by_what_follows(text)), notes

    promises_hold()
    the_end_is_irrelevant()


def main(arguments: list[str]) -> int:
    """Searches for so many seconds (600), one seed after the other from the one given (0)."""
    seconds, first = float(arguments[0]) if arguments else 600.0, int(arguments[1]) if arguments[1:] else 0
    end = time.monotonic() + seconds
    number = first
    while time.monotonic() < end:
        search(number)
        number += 1
        sys.stdout.write(f"{(number - first) * 2 * ROUND} texts, seed {number - 1}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
