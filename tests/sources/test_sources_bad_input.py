"""The same kinds of bad input for every table of a monitor, and for posts: what is told, and what loads beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from schemas.records import Facts, Reading, Reject
from sources import acled, mapping, sohr, ucdp
from sources import snhr as network
from sources.reading import Received
from tests.sources.table_samples import acled_event, joined, received, to_csv, ucdp_event

Result = tuple[list[Facts], list[Reject], str | None]
PAGE = "<!doctype html><html><head><title>Sign in</title></head><body><p>Sign in first.</p></body></html>"


@dataclass(frozen=True)
class Table:
    """A table of three good rows: how it is read, its id and one of its figures."""

    read: Callable[[Received], Iterable[Reading]]
    rows: list[dict[str, Any]]
    ident: str
    figure: str

    def text(self, delimiter: str = ",", **changed: Any) -> str:
        """The table as CSV, with the values *changed* in its second row."""
        rows = [dict(row) for row in self.rows]
        rows[1] |= {self.ident if key == "ident" else self.figure: value for key, value in changed.items()}
        return to_csv(list(rows[0]), rows, delimiter)

    def result(self, data: str | bytes, name: str = "table.csv") -> Result:
        return joined(list(self.read(received(data, name))))


def _ibc(number: int) -> dict[str, Any]:
    return {
        "IBC code": f"k{number}", "Start Date": "6 May 2009", "End Date": "7 May 2009", "Location": "Tell Karnaf",
        "Weapons": "car bomb", "Reported Minimum": str(number), "Reported Maximum": str(number + 1),
    }  # fmt: skip


def _bureau(number: int) -> dict[str, Any]:
    counts = ("total people killed", "civilians reported killed", "children reported killed", "reported injured")
    figures = {f"{bound} {what}": "4" for what in counts for bound in ("Minimum", "Maximum")}
    return {
        "Strike ID": f"T{number}", "Date": "06/05/2014", "Location": "Bir Luz", "Province": "Hazar",
        "US confirmed?": "Yes", "Minimum strikes": "1", "Maximum strikes": "1",
    } | figures  # fmt: skip


TABLES = {
    "ucdp": Table(ucdp.read, [ucdp_event(number) for number in (1, 2, 3)], "id", "best"),
    "acled": Table(acled.read, [acled_event(number) for number in (1, 2, 3)], "event_id_cnty", "fatalities"),
    "ibc": Table(mapping.read, [_ibc(number) for number in (1, 2, 3)], "IBC code", "Reported Minimum"),
    "tbij": Table(mapping.read, [_bureau(number) for number in (1, 2, 3)], "Strike ID", "Minimum total people killed"),
}
EACH = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))


@EACH
def test_a_good_table_loads_whole_with_any_delimiter(table: Table) -> None:
    for delimiter in ",;\t|":
        facts, _, failed = table.result(table.text(delimiter))
        assert failed is None
        assert [len(found.claims) > 0 for found in facts] == [True, True, True]


@EACH
def test_a_page_and_an_empty_file_are_called_so(table: Table) -> None:
    assert "HTML page titled 'Sign in'" in (table.result(PAGE)[2] or "")
    assert "empty" in (table.result("")[2] or "")


@EACH
def test_a_file_cut_off_loses_only_its_last_row(table: Table) -> None:
    text = table.text()
    facts, rejects, failed = table.result(text[: text.rstrip().rindex("\n") + 8])
    assert (len(facts), failed) == (2, None)
    assert any("cut off" in reject.check for reject in rejects)


@EACH
def test_a_row_in_another_encoding_is_rejected_alone(table: Table) -> None:
    lines = table.text().encode().split(b"\n")
    facts, rejects, failed = table.result(b"\n".join([*lines[:2], lines[2] + b"\xff\xe9", *lines[3:]]))
    assert (len(facts), failed) == (2, None)
    assert any("not UTF-8" in reject.check for reject in rejects)


@EACH
def test_of_two_records_with_one_id_the_first_is_kept(table: Table) -> None:
    facts, rejects, failed = table.result(table.text(ident=table.rows[0][table.ident]))
    assert (len(facts), failed) == (2, None)
    assert any("record 3" in reject.check and "record 2" in reject.check for reject in rejects)


@EACH
@pytest.mark.parametrize("written", ["12-10", "n/a"])
def test_what_is_no_figure_is_rejected_and_its_record_loads(table: Table, written: str) -> None:
    facts, rejects, failed = table.result(table.text(figure=written))
    assert (len(facts), failed) == (3, None)
    assert (table.figure, written) in [(reject.column, reject.failure_case) for reject in rejects]


@EACH
def test_a_new_column_is_noted_and_the_rows_load(table: Table) -> None:
    lines = table.text().rstrip("\n").split("\n")
    facts, rejects, failed = table.result("\n".join([lines[0] + ",newcomer", *(line + ",9" for line in lines[1:])]))
    assert (len(facts), failed) == (3, None)
    assert any("'newcomer' is new" in reject.check for reject in rejects)


def _posts(host: str) -> list[dict[str, Any]]:
    return [
        {
            "id": number, "date": "2022-03-05T00:20:00", "link": f"{host}{number}/", "title": {"rendered": "Toll"},
            "content": {"rendered": f"<p>Shells killed {number} civilians near Tal Qaria on March 4, 2022.</p>"},
        }
        for number in (3, 4, 5)
    ]  # fmt: skip


POSTS = pytest.mark.parametrize(
    ("read", "host"),
    [(sohr.read, "https://www.syriahr.com/en/"), (network.read, "https://snhr.org/blog/2022/03/05/")],
    ids=["sohr", "snhr"],
)


@POSTS
def test_posts_cut_off_a_page_or_nothing_are_told(read: Callable[[Received], Iterable[Reading]], host: str) -> None:
    whole = json.dumps(_posts(host))
    for data, said in ((whole[:-90], "may be truncated"), (PAGE, "titled 'Sign in'"), ("", "empty")):
        facts, _, failed = joined(list(read(received(data, "posts.json"))))
        assert facts == []
        assert said in (failed or "")


@POSTS
def test_a_post_twice_or_without_a_text_is_told_beside_the_good_ones(
    read: Callable[[Received], Iterable[Reading]], host: str
) -> None:
    posts = _posts(host)
    twice, empty = [posts[0], posts[0], posts[2]], [posts[0], {"id": 9, "date": "n/a"}, posts[2]]
    for given, said in ((twice, "comes twice"), (empty, "no content.rendered")):
        facts, rejects, failed = joined(list(read(received(json.dumps(given), "posts.json"))))
        assert (len(facts), failed) == (2, None)
        assert any(said in reject.check for reject in rejects)
