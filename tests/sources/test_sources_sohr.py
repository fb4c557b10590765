"""Posts of the Observatory: text, pages, WordPress JSON, new versions of a post, and what is wrong with an input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import sources
from extraction import extract
from schemas.records import Document, Facts, Reading
from sources import registry, sohr

TITLE = "Toll update | Twelve shepherds among the dead near the wells of Tal Qaria"
BODY = (
    "<p>Homs province: SOHR activists have counted 12 civilians killed, two of them children,&nbsp;by shells of "
    "regime forces on the wells near Tal Qaria.</p>\n<ul><li>Nine died on the spot.</li><li>Three died later.</li></ul>"
)
POST: dict[str, Any] = {
    "id": 500101, "date": "2022-03-05T00:20:00", "date_gmt": "2022-03-04T22:20:00",
    "modified_gmt": "2022-03-05T09:00:00",
    "link": "https://www.syriahr.com/en/500101/", "title": {"rendered": "Toll update &#124; Tal Qaria"},
    "content": {"rendered": BODY, "protected": False}, "categories": [7],
}  # fmt: skip
PAGE = f"""<!doctype html><html lang="en-US"><head><title>{TITLE} - The Observatory</title>
<link rel="canonical" href="https://www.syriahr.com/en/500101/"/>
<meta property="og:site_name" content="The Observatory">
</head><body class="post-template single postid-500101"><nav><a href="/">Home</a></nav>
<article><header><a rel="category tag" href="/c">Breaking news</a><h1 class="entry-title">{TITLE}</h1></header>
<div class="entry-content"><div class="td-post-sharing">Share this story</div>{BODY}
<p><a href="/en/1/">Four killed in another town by an airstrike</a></p>
<div class="sharedaddy"><h3>Share this:</h3></div><p>Post Views: 312</p></div></article>
<footer>About us</footer></body></html>"""


def received(data: bytes | str, name: str = "post.json", **fields: Any) -> sources.Received:
    raw = data.encode() if isinstance(data, str) else data
    return sources.Received(raw, name, f"/in/{name}", "0" * 64, datetime(2024, 1, 1), **fields)


def read(data: bytes | str, name: str = "post.json", **fields: Any) -> list[Reading]:
    return list(sohr.read(received(data, name, **fields)))


def only(readings: list[Reading]) -> Facts:
    (facts,) = [facts for reading in readings for facts in reading.facts]
    return facts


def failure(readings: list[Reading]) -> str:
    (reading,) = readings
    assert reading.failed
    assert not reading.facts
    assert reading.rejects[0].source == "sohr"
    return reading.failed


def posts(*changes: dict[str, Any]) -> str:
    return json.dumps([POST | change for change in changes])


def test_json_post() -> None:
    facts = only(read(json.dumps(POST)))
    document = facts.document
    assert facts.is_prose
    assert document.text == (
        "Toll update | Tal Qaria\n\nHoms province: SOHR activists have counted 12 civilians killed, two of them "
        "children, by shells of regime forces on the wells near Tal Qaria.\n\n• Nine died on the spot.\n\n"
        "• Three died later."
    )
    assert (document.document_name, document.locator) == ("sohr:500101", "500101")
    assert document.version_key == document.url == "https://www.syriahr.com/en/500101/"
    assert (document.publisher, document.source, document.doc_type) == ("SOHR", "sohr", "monitor_post")
    # The site's own clock, on which the post says "today".
    assert (document.published, document.published_basis) == (date(2022, 3, 5), "explicit")
    assert document.record is not None
    assert document.record["categories"] == [7]


def test_page_gives_the_text_and_keeps_what_it_cut_off() -> None:
    document = only(read(PAGE, "post.html")).document
    assert document.text.startswith(f"{TITLE}\n\nHoms province: SOHR activists")
    assert document.text.endswith("• Three died later.")
    assert document.record == {
        "post_id": "500101",
        "cut": ["Share this story", "Four killed in another town by an airstrike", "Share this:", "Post Views: 312"],
    }
    assert (document.title, document.language) == (TITLE, "en")
    assert (document.published, document.published_basis) == (None, "none")
    assert document.version_key == "https://www.syriahr.com/en/500101/"
    assert document.document_id == "0" * 64


def test_text_is_taken_as_it_is_and_needs_no_date() -> None:
    text = f"{TITLE}\r\n\r\nRelated News\r\n\r\nThree died.\r\n"
    document = only(read(text, "500101.txt")).document
    assert document.text == text
    assert (document.publisher, document.published, document.version_key) == ("SOHR", None, "/in/500101.txt")


def test_what_is_supplied_beside_a_text_is_used() -> None:
    beside = {"url": "https://www.syriahr.com/en/500101/?fbclid=abc&utm_source=x#top", "published": "2022-03-05"}
    document = only(read("Three died.", "a.txt", metadata=beside)).document
    assert document.version_key == "https://www.syriahr.com/en/500101/"
    assert document.url == beside["url"]
    assert (document.published, document.published_basis) == (date(2022, 3, 5), "external")


def test_a_page_dates_itself_only_by_its_own_mark() -> None:
    mark = '<meta property="article:published_time" content="2022-03-04T22:20:00+00:00">'
    page = PAGE.replace("</head>", f"{mark}</head>")
    document = only(read(page, "post.html")).document
    assert (document.published, document.published_basis) == (date(2022, 3, 4), "explicit")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("SOHR documents the death of 411 people in November 2019", "monitor_toll"),
        ("During March of 2018: 96 civilians among 600 dead", "monitor_toll"),
        ("Three killed on March 4, 2018 in rural Homs", "monitor_post"),
    ],
)
def test_a_monthly_toll_is_told_by_its_title(title: str, kind: str) -> None:
    assert only(read(posts({"title": {"rendered": title}}))).document.doc_type == kind


def test_a_changed_post_is_a_new_version_of_the_same_document() -> None:
    before = only(read(posts({}))).document
    after = only(read(posts({"content": {"rendered": BODY.replace("12", "15")}}))).document
    assert before.version_key == after.version_key
    assert before.document_id != after.document_id
    assert only(read(json.dumps(POST, indent=2))).document.document_id == before.document_id


def test_a_post_without_address_is_known_by_its_id() -> None:
    post = {key: value for key, value in POST.items() if key != "link"}
    assert only(read(json.dumps(post))).document.version_key == "sohr:500101"


def test_a_post_twice_in_one_answer_is_kept_once_as_last_changed() -> None:
    later = {"modified_gmt": "2022-03-06T00:00:00", "content": {"rendered": "<p>Fifteen were killed.</p>"}}
    (reading,) = read(posts(later, {}))
    assert only([reading]).document.text.endswith("Fifteen were killed.")
    assert [(reject.stage, reject.failure_case) for reject in reading.rejects] == [("warn", "sohr:500101")]


def test_what_is_no_post_is_rejected_beside_the_good_ones() -> None:
    mixed = [POST, {"id": 2, "title": {"rendered": "x"}}, 7, POST | {"id": 3, "link": "", "content": {"rendered": " "}}]
    (reading,) = read(json.dumps(mixed))
    assert len(reading.facts) == 1
    assert [reject.check.split(":")[0] for reject in reading.rejects] == ["post 2", "post 3", "post 4"]
    assert reading.rejects[0].record == {"id": 2}


def test_a_date_that_is_none_is_left_out() -> None:
    facts = only(read(posts({"date": "n/a"})))
    assert facts.document.published is None
    assert [(reject.column, reject.failure_case) for reject in facts.rejects] == [("date", "n/a")]


def test_json_lines_of_posts_and_of_texts() -> None:
    (reading,) = read(f"{json.dumps(POST)}\n{{broken\n{json.dumps(POST | {'id': 9, 'link': 'https://syriahr.com/9'})}\n")
    assert [facts.document.locator for facts in reading.facts] == ["500101", "9"]
    assert len(reading.rejects) == 1
    line = json.dumps({"text": "Three died.", "document_name": "a", "published": "2022-03-05"})
    document = only(read(f"{line}\n", "posts.jsonl")).document
    assert (document.source, document.publisher, document.published) == ("sohr", "SOHR", date(2022, 3, 5))


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        ('{"code": "rest_post_invalid_id", "message": "Invalid post ID."}', "p.json", "Invalid post"),
        (json.dumps([POST])[:-40], "p.json", "truncated"),
        ("[]", "p.json", "no post"),
        ('{"rendered": "x"}', "p.json", "no post"),
        ("<html><head><title>Just a moment</title></head><body><p>Wait</p></body></html>", "p.html", "Just a moment"),
        (PAGE.replace('class="post-template', 'class="error404 post-template'), "p.html", "shows no post"),
        ("<html><body><article><nav>Menu</nav></article></body></html>", "p.html", "no text"),
        (b"\x00\x01\x02", "p.txt", "binary"),
        (b"", "p.txt", "empty"),
    ],
)
def test_bad_input_says_what_it_is(data: bytes | str, name: str, said: str) -> None:
    assert said in failure(read(data, name))


def test_a_page_that_breaks_off_is_read_with_a_warning() -> None:
    facts = only(read(PAGE[: PAGE.index("<li>Three")], "post.html"))
    assert facts.document.text.endswith("• Nine died on the spot.")
    assert [reject.stage for reject in facts.rejects] == ["warn"]


def test_recognised_by_its_own_address() -> None:
    escaped = json.dumps(POST).replace("/", "\\/").encode()
    assert sohr.recognises(escaped, "x.json")
    assert sohr.recognises(PAGE.encode(), "x")
    assert registry.recognise(escaped, "x.json") is sohr
    elsewhere = PAGE.replace("www.syriahr.com", "news.example.org") + '<a href="https://www.syriahr.com/en/1/">SOHR</a>'
    assert not sohr.recognises(elsewhere.encode(), "x")
    assert not sohr.recognises(b'{"link": "https://notsyriahr.com/1", "rendered": 1}', "x.json")
    assert not sohr.recognises(b"SOHR activists have counted three dead.", "x.txt")


def test_a_toll_raised_in_a_later_post_is_read_from_both() -> None:
    """Two posts on one attack keep their own figures, 14 and 15, for the linking to hold against each other."""
    told = "<p>Activists of SOHR counted 14 civilians dead after the shelling of Al-Bab on 19 August 2022.</p>"
    raised = "<p>A child died of wounds in Al-Bab, bringing the total death toll of 19 August 2022 to 15 civilians.</p>"
    later = {"id": 2, "link": "https://www.syriahr.com/en/2/", "content": {"rendered": raised}}
    first, second = read(posts({"content": {"rendered": told}}, later))[0].facts
    assert first.document.version_key != second.document.version_key
    assert 14 in {claim.best for claim in extract(first.document.text).claims}
    assert 15 in {claim.best for claim in extract(second.document.text).claims}


SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "sohr"


def sample_posts() -> Iterator[tuple[str, Document]]:
    for path in sorted(SAMPLES.glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("#")]
        yield path.stem, replace(only(read("\n".join(lines).strip(), path.name)).document, title=None)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of the Observatory are not beside this checkout")
def test_the_sample_posts_give_their_main_figures() -> None:
    figures = {stem[:6]: {claim.low for claim in extract(document.text).claims} for stem, document in sample_posts()}
    assert {7, 4, 2} <= figures["260487"]
    assert {14, 38, 5} <= figures["264104"]
    assert {27, 65} <= figures["276790"]
    assert {196, 1, 4} <= figures["297011"]
    assert {9, 6, 3, 30} <= figures["302531"]
