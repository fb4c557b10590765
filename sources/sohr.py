"""Syrian Observatory for Human Rights (SOHR, syriahr.com): posts on incidents, updates of a toll, monthly tolls.

Reads: text as it is, pages, and WordPress JSON (a list of posts or one post: ``id``, ``date``, ``date_gmt``, ``link``,
``title.rendered``, ``content.rendered``). Every document is prose; its claims come from the extractor.
Definitions: civilians, fighters and soldiers are counted apart and by the party that killed them; children are under
eighteen, "citizen women" are women of eighteen and over; totals of a month or year count all of them together.
Licence: none that could be found; the texts are not for redistribution.
Quirks: no date in the address and mostly none in a saved text (then it is unknown and "today" stays unresolved); words
broken with an asterisk against moderation; an earlier state of the same toll told again at the end of a post; updates
as new posts, each with an address of its own, or as changes of a post, which become versions of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.records import Reading, Reject
from sources.expectations import Expectations, compare
from sources.reading import Received
from sources.wordpress import posts as wordpress_posts

NAME = "sohr"
LICENCE: str | None = None
REDISTRIBUTABLE = False

EXPECTS = Expectations(records_at_least=1, records_at_most=50_000, shares={})
"""Whether a post has a figure, a date and a place is known only when its prose has been read."""

MONITOR = wordpress_posts.Monitor(NAME, "SOHR", ("syriahr.com",), LICENCE)


def recognises(head: bytes, name: str) -> bool:
    """WordPress JSON or a page whose own address is on the Observatory's site."""
    return wordpress_posts.recognises(MONITOR, head)


def read(received: Received) -> Iterator[Reading]:
    """The posts of one file or response; see `sources.reading.SourceModule`."""
    return wordpress_posts.read(MONITOR, received)


def expectations(readings: Sequence[Reading]) -> list[Reject]:
    """Compare a load with `EXPECTS`."""
    return compare(readings, EXPECTS, NAME, complete=True)
