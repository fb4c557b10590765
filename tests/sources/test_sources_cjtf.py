"""The reader as the commands use it: files in, facts out; bad input has a clear outcome."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from schemas.records import Facts, Reading
from sources import cjtf
from sources.reading import Received

REPORT = """Monthly Civilian Casualty Report of CJTF-OIR

Dec. 30, 2018

At least 1,139 civilians have been unintentionally killed since the start of Operation Inherent Resolve. In
the month of November, CJTF-OIR carried over 5 open reports and received two new reports. The assessment of
three reports has been completed. Out of the three completed reports, one report was determined to be credible
and resulted in two unintentional civilian deaths. The remaining two reports were assessed to be non-credible.
A total of four reports are still open.

Credible Reports

1. Nov. 3, 2018, near Tal Brak, Syria, via self-report. An aircraft hit a depot. Two civilians were killed.
41/CS9 37SFA835617

Non-Credible Reports

1. Nov. 5, 2118, near Amuda, Syria, via Airwars report (once closed, now reopened). No Coalition strikes were
conducted.
2. Nov. 6, 2018, near Derik, Syria, via Airwars report. It was found that no civilians were harmed by it.
"""


def received(data: bytes, name: str, **more: object) -> Received:
    digest = hashlib.sha256(data).hexdigest()
    return Received(data, name, f"/in/{name}", digest, datetime(2026, 1, 1), **more)  # type: ignore[arg-type]


def readings(data: str | bytes, name: str) -> list[Reading]:
    return list(cjtf.read(received(data.encode() if isinstance(data, str) else data, name)))


def facts(data: str | bytes, name: str) -> Facts:
    (reading,) = readings(data, name)
    assert reading.failed is None
    (found,) = reading.facts
    return found


ESCAPED = {ord("("): r"\(", ord(")"): r"\)"}
"""How a PDF writes parentheses in its strings."""


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF with a line of text a line, written by hand."""
    shown = "\n".join(f"({line.translate(ESCAPED)}) Tj T*" for line in lines) if lines else ""
    stream = f"BT /F1 9 Tf 12 TL 40 800 Td\n{shown}\nET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 850] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def html() -> str:
    lines = [f"<p>{line}</p>" for line in REPORT.split("\n\n")]
    menu = "<nav><p>May 1, 2010, near Home, Syria, via menu report.</p></nav><script>var a = 'credible';</script>"
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{menu}{''.join(lines)}</body></html>".replace(
        "\n2.", "<br>2."
    )


def check_report(found: Facts) -> None:
    text = found.document.text
    assert found.report is not None
    assert (found.report.received, found.report.still_open, found.report.reconciles) == (2, 4, True)
    assert found.report.period_start == date(2018, 11, 1)
    assert [entry.finding for entry in found.entries] == ["credible", "non_credible", "non_credible"]
    assert [entry.killed_conceded for entry in found.entries] == [2, None, 0]
    assert found.document.published == date(2018, 12, 30)
    for claim in found.claims:
        assert text[claim.quote_start : claim.quote_end] == claim.quote
        assert claim.value_start is not None
        assert text[claim.value_start : claim.value_end] == claim.value_text
    for position in found.positions:
        assert text[position.quote_start : position.quote_end] == position.quote


def test_a_report_as_text() -> None:
    found = facts(REPORT, "report.txt")
    check_report(found)
    assert (found.is_prose, found.extractor, found.document.doc_type) == (False, "cjtf", "official_report")
    assert found.document.text == REPORT


def test_a_report_as_html() -> None:
    check_report(facts(html(), "report.html"))


def test_a_report_as_pdf() -> None:
    pytest.importorskip("pypdf")
    check_report(facts(pdf(REPORT.split("\n")), "CIVCAS report.pdf"))


def test_claims_of_a_report() -> None:
    total, period, dead, nobody = facts(REPORT, "report.txt").claims
    assert (total.scope, total.qualifier, total.low, total.high) == ("cumulative", "at_least", 1139, None)
    assert total.period_end == date(2018, 11, 30)
    assert (period.scope, period.best, period.part_of) == ("period", 2, None)
    # The entry's dead are those of the month's total
    assert (dead.best, dead.harm, dead.victim_class, dead.part_of) == (2, "killed", "civilian", period.number)
    assert (dead.claimant, dead.weapon, dead.date_start) == ("US-led Coalition", "airstrike", date(2018, 11, 3))
    assert [(p.actor, p.stance) for p in dead.perpetrators] == [("US-led Coalition", "admitted")]
    assert (dead.place_text, dead.country, dead.geo_precision) == ("Tal Brak", "SYR", "within_100m")
    assert (nobody.qualifier, nobody.low, nobody.perpetrators[0].stance) == ("none_reported", 0, "denied")


def test_positions_of_a_report() -> None:
    found = facts(REPORT, "report.txt").positions
    assert [position.position for position in found] == ["credible", "non_credible", "reopened", "non_credible"]
    assert (found[0].killed_conceded, found[0].stated_on, found[0].about) == (2, date(2018, 12, 30), (3,))
    assert found[1].reason == "no_coalition_strikes"


def test_what_is_odd_is_told_and_kept() -> None:
    found = facts(REPORT.replace("A total of four", "A total of forty"), "report.txt")
    odd = [(reject.stage, reject.column, reject.failure_case) for reject in found.rejects]
    assert ("warn", "date_start", "Nov. 5, 2118") in odd
    (balance,) = [case for stage, column, case in odd if (stage, column) == ("warn", "reconciles")]
    assert '"still_open": 40' in (balance or "")
    assert found.report is not None
    assert (found.report.still_open, found.report.reconciles) == (40, False)
    assert found.entries[1].date_start == date(2118, 11, 5)


def test_a_credible_entry_without_a_figure_is_told() -> None:
    text = "May 3, 2017, near Tal Brak, Syria, via media report. The report was determined to be CREDIBLE. No number."
    (odd,) = [reject for reject in facts(text, "statement.txt").rejects if reject.column == "killed_conceded"]
    assert "neither deaths nor injuries could be read" in odd.check


def test_fighters_never_count_as_civilians() -> None:
    text = "May 3, 2017, near Tal Brak, Syria, via self-report. It killed five ISIS fighters and one civilian was hurt."
    fighters, civilian = facts(text, "statement.txt").claims
    assert (fighters.victim_class, fighters.best) == ("combatant", 5)
    assert (civilian.victim_class, civilian.harm, civilian.best) == ("civilian", "injured", 1)


def test_json_lines_with_the_sources_own_keys() -> None:
    rows = [
        {"statement": "May 3, 2017, near Tal Brak, Syria. One civilian was killed.", "statement_id": "a", "extra": 1,
         "statement_date": "2018-01-31"},
        {"text": "No Coalition strikes were conducted there.", "document_name": "b", "published": "n/a"},
        {"statement": ""},
    ]  # fmt: skip
    data = "\n".join(json.dumps(row) for row in rows) + "\n{broken\n"
    (reading,) = readings(data, "statements.jsonl")
    first, second = reading.facts
    assert (first.document.document_name, first.document.published) == ("a", date(2018, 1, 31))
    assert (first.document.record or {})["extra"] == 1
    assert (first.entries[0].killed_conceded, first.positions[0].stated_on) == (1, date(2018, 1, 31))
    assert (second.document.document_name, second.document.published) == ("b", None)
    assert second.entries[0].finding == "non_credible"
    assert [reject.failure_case for reject in second.rejects] == ["n/a"]
    assert len(reading.rejects) == 2
    assert reading.failed is None


def test_the_same_lines_give_the_same_facts() -> None:
    data = json.dumps({"statement": "May 3, 2017, near Tal Brak, Syria. One civilian was killed."})
    assert len({facts(data, "s.jsonl").document.document_id for _ in range(2)}) == 1


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "report.txt", "empty"),
        (
            b"<!DOCTYPE html><html><body><h1>403 Forbidden</h1></body></html>",
            "report.html",
            "no civilian casualty report",
        ),
        (b"Once upon a time there was a report.", "report.txt", "no civilian casualty report"),
        (b"%PDF-1.4\nnothing", "report.pdf", "broken PDF"),
        (b"\x00\x01\x02\x03", "report.txt", "binary"),
        (b"{broken\n{also broken\n", "report.jsonl", "not JSONL"),
    ],
)
def test_input_that_is_no_report_fails_with_the_reason(data: bytes, name: str, said: str) -> None:
    if data.startswith(b"%PDF"):
        pytest.importorskip("pypdf")
    found = readings(data, name)
    assert not any(reading.facts for reading in found)
    assert said in (found[-1].failed or "")


def test_a_pdf_cut_off_or_scanned_fails_with_the_reason() -> None:
    pytest.importorskip("pypdf")
    whole = pdf(REPORT.split("\n"))
    assert "scan" in (readings(pdf([]), "scan.pdf")[0].failed or "")
    assert readings(whole[: len(whole) // 3], "cut.pdf")[0].failed


@pytest.mark.parametrize("cut", [60, 300, 700, 900, 1150])
def test_a_truncated_report_gives_what_is_there(cut: int) -> None:
    for reading in readings(REPORT[:cut], "report.txt"):
        assert reading.failed or reading.facts[0].report is not None
        for found in reading.facts:
            assert len(found.entries) <= 3
            assert all(before.quote_end <= after.quote_start for before, after in pairwise(found.entries))


def test_a_file_in_the_store_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    (reading,) = cjtf.read(Received(path, path.name, str(path), "0" * 64, datetime(2026, 1, 1)))
    check_report(reading.facts[0])


def test_reports_are_recognised_and_articles_are_not() -> None:
    assert cjtf.recognises(REPORT.encode(), "x")
    assert cjtf.recognises(b"%PDF-1.7", "CJTF-OIR CIVCAS Report.pdf")
    assert not cjtf.recognises(b"%PDF-1.7", "thesis.pdf")
    assert not cjtf.recognises(b"CJTF-OIR said on Monday that at least 12 civilians were killed since May.", "x")
    assert not cjtf.recognises(b'[{"a": "CJTF-OIR"}]', "x")
    assert not cjtf.recognises(b"\xff\xfe\x00", "x")
