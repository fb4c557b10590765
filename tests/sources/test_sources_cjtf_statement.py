"""Single statements in wording of the project's own: every part of an entry, and what makes it a finding."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.records import OfficialEntry
from sources.cjtf import parse_statement

RELEASED = date(2021, 6, 30)


def only(text: str) -> OfficialEntry:
    (entry,) = parse_statement(text, RELEASED)
    assert text[entry.quote_start : entry.quote_end] == entry.quote
    return entry


def harm(sentences: str) -> tuple[int | None, int | None, int | None]:
    entry = only(f"May 3, 2017, near Tal Brak, Syria, via self-report. {sentences}")
    return entry.killed_conceded, entry.injured_conceded, entry.combatants_killed


def test_every_part_of_an_entry() -> None:
    entry = only(
        "12. Aug. 9, 2018, near Wadi Sabha village, Hasakah, Syria, via Amnesty International report. A "
        "bridge was hit. "
        "Sadly, two civilians were unintentionally killed and another was wounded. 1907/AI-8/CS77 37S FU 30171 87869"
    )
    assert entry.finding == "credible"
    assert (entry.date_start, entry.date_end) == (date(2018, 8, 9), date(2018, 8, 9))
    assert (entry.place_text, entry.country) == ("Wadi Sabha village, Hasakah", "SYR")
    assert (entry.via, entry.allegation_no) == ("Amnesty International", "1907")
    assert (entry.codes, entry.mgrs) == (("AI-8", "CS77"), ("37SFU3017187869",))
    assert (entry.lat, entry.lon) == pytest.approx((35.125, 40.429), abs=0.001)
    assert (entry.killed_conceded, entry.injured_conceded, entry.combatants_killed) == (2, 1, None)
    assert entry.quote.startswith("Aug. 9, 2018")
    assert entry.quote.endswith("87869")


@pytest.mark.parametrize(
    ("head", "place", "country", "via"),
    [
        ("May 3, 2017, near Tal Brak, Syria, via Airwars report.", "Tal Brak", "SYR", "Airwars"),
        ("May 3, 2017 near Tal Brak Syria via AIRWARS report.", "Tal Brak", "SYR", "Airwars"),
        ("On May 3, 2017, Tal Brak, Syria, via self report:", "Tal Brak", "SYR", "self-report"),
        ("May 3, 2017 north of Mosul, Iraq [sic], via Human Rights Watch.", "Mosul", "IRQ", "Human Rights Watch"),
        ("May 3, 2017, on the road between A’zaz and Kilis, Syria:", "road between A’zaz and Kilis", "SYR", None),
        ("May 3, 2017, in Jafra Oil Field, via social media report.", "Jafra Oil Field", None, "social media"),
        ("May 3, 2017, near Qaim, Iraq and Bukamal, Syria via U.S. media report.", "Qaim", "IRQ", "U.S. media"),
        ("May 3, 2017, near Tal Brak, Syria, via Airwars and SOHR reports.", "Tal Brak", "SYR", "Airwars and SOHR"),
        ("03 MAY 17 Tal Brak, Hasakah Province, Syria, Air,", "Tal Brak, Hasakah Province", "SYR", None),
        ("May 3, 2017, near Tal Brak, Syria, during a strike", "Tal Brak", "SYR", None),
        ("On or about May 3, 2017, near Tal Brak, Syria, via Airwars report.", "Tal Brak", "SYR", "Airwars"),
        ("May 3, 2017 – near Tal Brak, Syria via Airwars report:", "Tal Brak", "SYR", "Airwars"),
        ("“May 3, 2017, near Tal Brak,\nSyria, via\nAirwars report.", "Tal Brak", "SYR", "Airwars"),
        ("May 3, 2017, near Tal Brak, Syria, via self-\nreport.", "Tal Brak", "SYR", "self-report"),
        ("MAY 3, 2017, NEAR TAL BRAK, SYRIA, VIA AIRWARS REPORT:", "TAL BRAK", "SYR", "Airwars"),
        ("May 3, 2017, near Tal Brak, Syria, via Airwars, SOHR, and UN reports.", "Tal Brak", "SYR",
         "Airwars, SOHR, and UN"),
        ("May 3, 2017, near Tal Brak, Syria, via U.N. report.", "Tal Brak", "SYR", "U.N."),
        ("May 3, 2017, near Tal Brak, Syria, via Airwars report", "Tal Brak", "SYR", "Airwars"),
    ],
)  # fmt: skip
def test_datelines(head: str, place: str, country: str | None, via: str | None) -> None:
    entry = only(f"{head} Regrettably, one civilian was killed.")
    assert (entry.place_text, entry.country, entry.via) == (place, country, via)
    assert (entry.date_start, entry.killed_conceded) == (date(2017, 5, 3), 1)


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ("We assess three unidentified civilians were likely killed.", (3, None, None)),
        ("Thirty three civilians were unintentionally killed.", (33, None, None)),
        ("Two civilians, who had not been seen before the release, were unintentionally killed.", (2, None, None)),
        ("Eleven civilians were inside, and were killed when the roof fell.", (11, None, None)),
        ("One civilian was sadly killed and at least one other wounded.", (1, 1, None)),
        ("One civilian was injured, and four were unintentionally killed.", (4, 1, None)),
        ("The strike resulted in the deaths of three civilians and injuries to five civilians.", (3, 5, None)),
        ("Two civilian deaths more likely than not occurred.", (2, None, None)),
        ("Two women and a child were killed.", (3, None, None)),
        ("Eleven civilians, including three children, were killed.", (11, None, None)),
        ("A child was killed in each of these two strikes.", (2, None, None)),
        ("It was found that they killed three civilians in each of the two strikes.", (6, None, None)),
        ("One civilian was killed. Later a second strike killed two civilians.", (3, None, None)),
        ("Two civilians were killed. One passenger was killed and one civilian cyclist was killed.", (2, None, None)),
        ("One civilian was killed there. One civilian was killed here. It is the death of two total civilians.",
         (2, None, None)),
        ("A civilian car drove in and it was assessed that one civilian was killed.", (1, None, None)),
        ("The driver presumed killed was not counted; one civilian was hurt.", (None, 1, None)),
        ("During a strike on seven ISIL fighters two civilians were inadvertently killed.", (2, None, None)),
        ("The strike killed five Daesh members and it was assessed that three civilians were killed.", (3, None, 5)),
        ("The car held two known ISIS gunmen. While the gunmen were killed, a civilian nearby was injured.",
         (None, 1, 2)),
        ("A house with six ISIS fighters was hit. Nine civilians in the street were killed.", (9, None, None)),
        ("A strike killed six ISIS fighters and two civilians.", (2, None, 6)),
        ("This strike unintentionally killed four ISIS fighters and one civilian.", (1, None, 4)),
        ("An adult male and three children were killed.", (4, None, None)),
        ("Four members of one family were unintentionally killed.", (4, None, None)),
        ("A woman and her son were killed, and her husband was injured.", (2, 1, None)),
        ("The blast caused the deaths of six civilians and injuries to two.", (6, 2, None)),
        ("It killed one civilian and wounded another.", (1, 1, None)),
        ("Three civilians were killed and a fourth was injured.", (3, 1, None)),
        ("Nine civilians lost their lives and another two were hurt.", (9, 2, None)),
        ("Two civilians in a nearby house and one civilian in the street were killed.", (3, None, None)),
        ("A father, his wife and their two sons were killed.", (4, None, None)),
        ("One boy was killed and his mother and sister were hurt.", (1, 2, None)),
        ("The blast killed a mother and her infant and wounded the father.", (2, 1, None)),
        ("A strike killed the claimant's brother.", (1, None, None)),
        ("A family of six on the road was unintentionally injured.", (None, 6, None)),
        ("One civilian was killed in the first strike, two in the second, and one was hurt in the third.",
         (3, 1, None)),
        ("Six civilians were killed, four in the first house and two in the other.", (6, None, None)),
        ("Five individuals, believed to be civilians, were killed.", (5, None, None)),
        ("Two of the guard's relatives, both civilians, were killed.", (2, None, None)),
        ("A truck with two occupants drove in. Both occupants were killed.", (2, None, None)),
        ("Two civilians stood there. Two civilians were killed. Both civilians were killed by the blast.",
         (2, None, None)),
        ("It killed 18 members of the Syrian Democratic Forces and one civilian.", (1, None, 18)),
        ("No fewer than 16 fighters and, regrettably, four civilians were killed.", (4, None, 16)),
    ],
)  # fmt: skip
def test_harm_conceded(sentences: str, expected: tuple[int | None, int | None, int | None]) -> None:
    assert harm(sentences) == expected


@pytest.mark.parametrize(
    ("sentences", "finding", "reason"),
    [
        ("No Coalition strikes were conducted in that area.", "non_credible", "no_coalition_strikes"),
        ("No strike or operation was found within a day of it.", "non_credible", "no_coalition_strikes"),
        ("The report gives insufficient details of time or place.", "non_credible", "insufficient_information"),
        (
            "Video was seen; there is insufficient evidence that five civilians were killed.",
            "non_credible",
            "insufficient_evidence",
        ),
        ("More likely than not civilian casualties did not occur.", "non_credible", "other"),
        ("The claim was found not credible as it was not attributable to Coalition aircraft.", "non_credible", "other"),
        ("It affected only legitimate military targets.", "non_credible", "other"),
        ("It is more likely than not that no civilian casualties occurred.", "non_credible", "other"),
        ("Thirty civilians were killed; the Coalition was not responsible for it.", "non_credible", "other"),
        ("This one is a duplicate of allegation 88, deemed not credible.", "duplicate", None),
        ("This report is still being assessed.", "open", None),
        ("The review of this allegation is ongoing.", "open", None),
        ("There is no record of any strike there.", "non_credible", "no_coalition_strikes"),
        ("The Coalition conducted no strikes on that day.", "non_credible", "no_coalition_strikes"),
        ("It lacks sufficient detail to be looked into.", "non_credible", "insufficient_information"),
        ("The evidence does not show that anybody was hurt.", "non_credible", "insufficient_evidence"),
        ("It was the work of a partner force, not by Coalition aircraft.", "non_credible", "other"),
        ("The information given was not sufficient to find a strike.", "non_credible", "insufficient_information"),
        ("None of those strikes caused civilian harm.", "non_credible", "other"),
        ("It was assessed that civilians may have been killed.", "credible", None),
        ("First assessed as non-credible, the report is still open.", "open", None),
        ("It was allegedly a strike that killed 60 civilians.", "not_stated", None),
        ("", "not_stated", None),
    ],
)
def test_findings(sentences: str, finding: str, reason: str | None) -> None:
    entry = only(f"May 3, 2017, near Tal Brak, Syria, via media report. {sentences}")
    assert (entry.finding, entry.reason) == (finding, reason)
    assert entry.killed_conceded is None


@pytest.mark.parametrize(
    "sentences",
    [
        "It was found that no civilians were harmed by it.",
        "It was assessed, more likely than not, that no civilian was harmed.",
        "The blast killed nobody else. No civilians were harmed.",
    ],
)
def test_nobody_harmed_is_zero(sentences: str) -> None:
    assert harm(sentences) == (0, 0, None)


def test_a_finding_that_a_later_one_replaces_is_not_the_finding() -> None:
    for said in ("The claim was previously assessed as non-credible.", "It was changed from non-credible to credible."):
        entry = only(f"May 3, 2017, near Tal Brak, Syria, via media report. {said} Regrettably, nine civilians died.")
        assert (entry.finding, entry.killed_conceded) == ("credible", 9)


def test_a_strike_told_in_a_sentence_has_its_place_and_day() -> None:
    entry = only(
        "A strike near Tal Brak, Syria, on May 3, 2017 hit a car. It was assessed that one civilian was killed."
    )
    assert (entry.place_text, entry.country, entry.date_start) == ("Tal Brak", "SYR", date(2017, 5, 3))
    assert (entry.finding, entry.killed_conceded) == ("credible", 1)


def test_a_duplicate_keeps_what_the_original_conceded() -> None:
    entry = only(
        "May 3, 2017, near Tal Brak, Syria. These are duplicates of those in report 9 (Credible, one civilian killed)."
    )
    assert (entry.finding, entry.killed_conceded) == ("duplicate", 1)


def test_a_correction_counts_what_it_says_now_and_takes_the_rest_back() -> None:
    entry = only(
        "May 3, 2017, near Tal Brak, Syria: Number 8 of the July 1, 2017, release reported that two civilians were "
        "killed. That was incorrect, one civilian was injured."
    )
    assert (entry.finding, entry.killed_conceded, entry.injured_conceded) == ("correction", 0, 1)


def test_a_month_alone_begins_an_entry_where_an_informant_follows() -> None:
    entry = only("In March 2017, near Tal Brak, Syria, via Airwars report. Regrettably, one civilian was killed.")
    assert (entry.date_start, entry.date_end) == (date(2017, 3, 1), date(2017, 3, 31))
    assert (entry.place_text, entry.via) == ("Tal Brak", "Airwars")
    listed = "May 3, 2017, near Tal Brak, Syria, via Airwars report. In May 2017, near Amuda, strikes went on."
    assert only(listed).place_text == "Tal Brak"


def test_a_statement_without_a_dateline_is_one_entry() -> None:
    entry = only("During a strike on a depot, four civilians were unintentionally killed. (4021)")
    assert (entry.finding, entry.killed_conceded, entry.allegation_no) == ("credible", 4, "4021")
    assert (entry.date_start, entry.place_text, entry.via) == (None, None, None)


def test_a_date_inside_a_statement_is_taken_where_something_occurred() -> None:
    entry = only("Case 4 occurred March 1-2, 2023 at night in Tal Brak, Syria. It led to one child being injured.")
    assert (entry.date_start, entry.date_end) == (date(2023, 3, 1), date(2023, 3, 2))
    assert (entry.place_text, entry.country, entry.injured_conceded) == ("Tal Brak", "SYR", 1)


def test_several_entries_in_one_text_are_numbered() -> None:
    text = (
        "Duplicate Reports: These two were known. 1. May 3, 2017, near Tal Brak, Syria, via Airwars report. "
        "It is a duplicate "
        "of 20. 41/CS9 37SFA835617 2. On May 4, 2017, near Amuda, Syria, via media report. Regrettably, one "
        "civilian was "
        "killed.\n3. Near Derik, Syria, via media report: No Coalition actions were conducted there.\n"
        "7. Feb. 30, 2017, near Qamishli, Syria, via media report: The report has insufficient information."
    )
    entries = parse_statement(text, RELEASED)
    assert [entry.entry_no for entry in entries] == [1, 2, 3, 4]
    assert [entry.place_text for entry in entries] == ["Tal Brak", "Amuda", "Derik", "Qamishli"]
    assert [entry.finding for entry in entries] == ["duplicate", "credible", "non_credible", "non_credible"]
    assert [entry.date_start for entry in entries] == [date(2017, 5, 3), date(2017, 5, 4), None, None]
    assert (entries[0].codes, entries[0].mgrs, entries[0].allegation_no) == (("CS9",), ("37SFA835617",), "41")
    assert all(text[entry.quote_start : entry.quote_end] == entry.quote for entry in entries)
    assert entries[0].quote.endswith("37SFA835617")


def test_a_date_within_a_sentence_begins_no_entry() -> None:
    entry = only(
        "May 3, 2017, near Tal Brak, Syria: The actual assessment was that on\nMay 4, 2017, near Amuda, Syria, two "
        "civilians were killed. Closed on June 1, 2019."
    )
    assert (entry.place_text, entry.killed_conceded) == ("Tal Brak", 2)


@pytest.mark.parametrize("reference", ["37FSU347072", "37SFU34707", "37SEC0297578153", "377SFU805225"])
def test_a_mistyped_grid_reference_is_kept_without_a_point(reference: str) -> None:
    entry = only(f"May 3, 2017, near Tal Brak, Syria, via media report. Insufficient information. 8/CS9 {reference}")
    assert (entry.mgrs, entry.lat, entry.lon) == ((reference,), None, None)


def test_text_cut_short_keeps_what_is_sure() -> None:
    entry = only("May 3, 2017, near Tal Br")
    assert (entry.date_start, entry.place_text, entry.finding) == (date(2017, 5, 3), None, "not_stated")
    assert parse_statement("  \n", RELEASED) == ()


def test_an_entry_may_end_with_its_grid_reference_alone() -> None:
    one = "May 3, 2017, near Tal Brak, Syria, via Airwars report. Sadly, a civilian was killed. 12/CS12 37SFA835617 "
    entries = parse_statement(one * 500, RELEASED)
    assert len(entries) == 500
    assert {entry.killed_conceded for entry in entries} == {1}
