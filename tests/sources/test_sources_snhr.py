"""News posts of the Network: related news cut off from pages and JSON, footnotes and law kept, dates from the text."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import sources
from extraction import extract
from schemas.records import Facts
from sources import registry, snhr

TITLE = "Shelling kills two people in Tal Qaria, July 3, 2021"
LEAD = (
    "At least four civilians, including one child, were killed and seven others were wounded when regime forces "
    "shelled the mill of Tal Qaria in rural Homs governorate on July 3, 2021."
)
LAW = "SNHR notes that the attack breaks the rule of distinction between civilians and fighters."
FOOTNOTE = "* An earlier version of this report said that two people were killed; four were, as we found on July 5."
TEASERS = ["Farmer shot dead by unknown gunmen in W. Daraa, June 1, 2024", "Nurse abducted in Raqqa, June 2, 2024"]
TEASER_LIST = "".join(f'<li><a href="/n/{n}">{title}</a></li>' for n, title in enumerate(TEASERS))
PAGE = f"""<html lang="en"><head><meta property="og:url" content="https://news.snhr.org/2021/07/03/tal-qaria/">
<title>{TITLE}</title></head><body class="single postid-71"><main><article id="post-71">
<div class="post-content"><div><a rel="tag" href="/c/news">News</a> <a rel="tag" href="/c/c">Casualties</a></div>
<p>Date:</p><h1 class="post-title">{TITLE}</h1><h3>Related News</h3><ul>{TEASER_LIST}</ul>
<p>{LEAD}<br/><br/>{LAW}</p><p>{FOOTNOTE}</p><h4>Related News</h4><p>{TEASERS[0]}</p><p>{TEASERS[1]}</p></div>
</article></main></body></html>"""


def read(data: str, name: str, **fields: Any) -> Facts:
    received = sources.Received(data.encode(), name, f"/in/{name}", "1" * 64, datetime(2024, 1, 1), **fields)
    (reading,) = snhr.read(received)
    (facts,) = reading.facts
    return facts


def test_page_keeps_law_and_footnote_and_cuts_related_news() -> None:
    document = read(PAGE, "tal-qaria.html").document
    assert document.text == f"{TITLE}\n\n{LEAD}\n\n{LAW}\n\n{FOOTNOTE}"
    assert document.record is not None
    assert document.record["cut"] == ["News Casualties", "Date:", "Related News", *TEASERS, "Related News", *TEASERS]
    assert (document.publisher, document.source) == ("SNHR", "snhr")
    assert document.version_key == "https://news.snhr.org/2021/07/03/tal-qaria/"


def test_no_claim_comes_from_related_news_and_the_day_comes_from_the_text() -> None:
    document = read(PAGE, "tal-qaria.html").document
    assert document.published is None
    claims = extract(document.text, published=document.published).claims
    assert {claim.date_start for claim in claims if claim.low == 4} == {date(2021, 7, 3)}
    assert not {claim.harm for claim in claims} & {"detained"}


def test_json_and_page_of_one_post_are_versions_of_one_document() -> None:
    body = f"<p>{LEAD}</p><p>{LAW}</p><p>{FOOTNOTE}</p>"
    post = {"id": 71, "link": "https://news.snhr.org/2021/07/03/tal-qaria/", "date": "2021-07-04T10:00:00",
            "title": {"rendered": TITLE}, "content": {"rendered": body}}  # fmt: skip
    document = read(json.dumps([post]), "posts.json").document
    page = read(PAGE, "tal-qaria.html").document
    assert document.version_key == page.version_key
    assert document.text == page.text
    assert document.published == date(2021, 7, 4)


@pytest.mark.parametrize("host", ["news.snhr.org", "snhr.org", "news.sn4hr.org"])
def test_recognised_on_every_site_of_the_network(host: str) -> None:
    post = [{"id": 1, "link": f"https://{host}/x/", "content": {"rendered": "<p>x</p>"}}]
    assert registry.recognise(json.dumps(post).encode(), "x.json") is snhr


def test_saved_text_stays_as_it_is() -> None:
    text = f"News\n\nCasualties\n\n{LEAD}\n\nRelated News\n\n{TEASERS[0]}\n"
    assert read(text, "tal-qaria.txt").document.text == text


SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "snhr"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of the Network are not beside this checkout")
def test_the_sample_posts_give_their_figures_and_days() -> None:
    found = {}
    for path in sorted(SAMPLES.glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("#")]
        claims = extract(read("\n".join(lines).strip(), path.name).document.text).claims
        found[path.name[:10]] = {(claim.harm, claim.low, claim.date_start) for claim in claims}
    assert {("killed", 1, date(2021, 8, 26)), ("injured", 6, date(2021, 8, 26))} <= found["2021-08-26"]
    assert {("killed", 6, date(2022, 9, 8)), ("injured", 11, date(2022, 9, 8))} <= found["2022-09-08"]
    assert ("killed", 5, date(2023, 10, 5)) in found["2023-10-05"]
