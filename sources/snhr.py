"""Syrian Network for Human Rights (SNHR, snhr.org, news.snhr.org, earlier sn4hr.org): news posts and monthly tolls.

Reads: text as it is, pages, and WordPress JSON (a list of posts or one post: ``id``, ``date``, ``date_gmt``, ``link``,
``title.rendered``, ``content.rendered``). Every document is prose; its claims come from the extractor.
Definitions: civilians only, in news as in tolls ("our focus on documenting civilian casualties"); soldiers and fighters
are not counted; seven parties; "which we believe were Russian" names an alleged party.
Licence: none that could be found; the texts are not for redistribution.
Quirks: the text of a news post always carries a full date, so that a saved text needs none beside it; a list headed
"Related News" stands before or after the text (cut off from pages and JSON, kept in the record); a paragraph on the law
closes most posts and stays, since it is the Network's own statement; corrections are footnotes led by an asterisk and
stay; the first lines of a saved text may be its categories.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.records import Reading, Reject
from sources.expectations import Expectations, compare
from sources.reading import Received
from sources.wordpress import posts as wordpress_posts

NAME = "snhr"
LICENCE: str | None = None
REDISTRIBUTABLE = False

EXPECTS = Expectations(records_at_least=1, records_at_most=50_000, shares={})
"""Whether a post has a figure, a date and a place is known only when its prose has been read."""

MONITOR = wordpress_posts.Monitor(NAME, "SNHR", ("snhr.org", "sn4hr.org"), LICENCE)


def recognises(head: bytes, name: str) -> bool:
    """WordPress JSON or a page whose own address is on one of the Network's sites."""
    return wordpress_posts.recognises(MONITOR, head)


def read(received: Received) -> Iterator[Reading]:
    """The posts of one file or response; see `sources.reading.SourceModule`."""
    return wordpress_posts.read(MONITOR, received)


def expectations(readings: Sequence[Reading]) -> list[Reject]:
    """Compare a load with `EXPECTS`."""
    return compare(readings, EXPECTS, NAME, complete=True)
