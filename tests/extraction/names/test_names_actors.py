"""The actors' table, canonical names, and actors found in sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.names.actors import (
    KINDS,
    actor_mentions,
    actors,
    canonical,
    generic_mentions,
    generic_voice,
    is_of_state,
    load_actors,
    load_periods,
    name_spans,
    parent_of,
)


def found(text: str) -> list[tuple[str, str]]:
    return [(m.text, m.name) for m in actor_mentions(text)]


def test_the_table_is_wide_and_sound() -> None:
    assert len(actors()) >= 350
    assert {a.kind for a in actors().values()} <= KINDS
    assert parent_of("YPG") == "SDF"
    assert parent_of("Reuters") is None
    assert parent_of("nobody known") is None


def test_every_alias_leads_to_an_actor_that_bears_it() -> None:
    for actor in actors().values():
        for alias in (actor.name, *actor.aliases):
            owner = canonical(alias)
            assert owner in actors(), alias
            assert owner == actor.name or alias.lower() in {a.lower() for a in (owner, *actors()[owner].aliases)}, alias


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("Red Band,pirates,,SYR,\n", "kind 'pirates' is unknown"),
        ("Red Band,ngo,,SY,\n", "country 'SY' is not"),
        ("Red Band,ngo,Blue Band,SYR,\n", "parent 'Blue Band' is no actor"),
        ("Red Band,ngo,,SYR,\nRed Band,ngo,,SYR,\n", "stands twice"),
    ],
)
def test_a_wrong_row_is_named_with_its_fault(tmp_path: Path, rows: str, message: str) -> None:
    table = tmp_path / "actors.csv"
    table.write_text("name,kind,parent,country,aliases\n" + rows, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_actors(table)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("U.S.-led coalition", "US-led Coalition"),
        ("the American-led coalition", "US-led Coalition"),
        ("international coalition", "US-led Coalition"),
        ("CJTF-OIR", "US-led Coalition"),
        ("Saudi-led military coalition", "Saudi-led Coalition"),
        ("CENTCOM", "United States"),
        ("Syrian Observatory for Human Rights", "SOHR"),
        ("Daesh", "Islamic State"),
        ("Russian forces", "Russia"),
        ("Turkish warplanes", "Turkey"),
        ("the Israeli army", "Israel"),
        ("Syrian government forces", "Syrian Government"),
        ("Iraqi police", "Iraqi police"),
        ("Angolan troops", "Angolan forces"),
        ("Angolan army", "Angolan army"),
        ("Filipino military", "Philippine Army"),
        ("Turkish security forces", "Turkish security forces"),
        ("I.R.A.", "IRA"),
        ("Hamas-run health ministry", "Gaza Ministry of Health"),
        ("local activists", "activists"),
        ("syria civil defence", "White Helmets"),
        ("The Harbour Committee", "The Harbour Committee"),
    ],
)
def test_canonical(written: str, name: str) -> None:
    assert canonical(written) == name


def test_acronyms_count_only_in_capitals() -> None:
    assert found("It is said that IS fled and told us so.") == [("IS", "Islamic State")]
    assert found("THE ROAD IS OPEN") == []
    assert found("The UN counted; un-named men did not.") == [("UN", "United Nations")]


def test_possessives_are_left_out_and_full_stops_kept() -> None:
    assert found("Hezbollah's rockets fell, the U.S. said.") == [("Hezbollah", "Hezbollah"), ("U.S.", "United States")]


def test_longest_reading_wins() -> None:
    assert found("Syrian government forces shelled it.") == [("Syrian government forces", "Syrian Government")]
    assert found("The Islamic State West Africa Province did.") == [
        ("Islamic State West Africa Province", "Boko Haram")
    ]


def test_who_backs_somebody_is_not_the_actor() -> None:
    assert found("Iran-backed gunmen left.") == []
    assert found("US-backed Syrian Democratic Forces advanced.") == [("Syrian Democratic Forces", "SDF")]


def test_countries_are_actors_only_when_they_act() -> None:
    assert found("Five died in Russia and across Israel.") == []
    mention = actor_mentions("They blamed Israel for it.")[0]
    assert (mention.name, mention.place_like) == ("Israel", True)
    assert name_spans("They blamed Israel for it.") == []
    assert found("Georgia Harlow filmed it.") == []


def test_capitals_stand_for_governments_only_when_they_speak() -> None:
    assert found("Moscow denied it.") == [("Moscow", "Russia")]
    assert found("Moscow woke early.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Saudi-led coalition flew. The coalition denied it.", "Saudi-led Coalition"),
        ("Raids on Islamic State in Syria: the coalition denied it.", "US-led Coalition"),
        ("Houthi guns fired and the coalition denied it.", "Saudi-led Coalition"),
    ],
)
def test_a_bare_coalition_is_the_one_the_text_speaks_of(text: str, name: str) -> None:
    assert actor_mentions(text)[-1].name == name


def test_a_bare_coalition_without_a_theatre_is_nobody() -> None:
    assert found("The coalition denied it. A coalition government fell.") == []


@pytest.mark.parametrize("word", ["Dawn", "Guardian", "Punch"])
def test_papers_with_everyday_names_need_their_setting(word: str) -> None:
    assert found(f"{word} came slowly.") == []
    assert [n for _, n in found(f"A nurse told {word} about it.")] != []


def test_ministries_and_regular_forms() -> None:
    text = "Chad's army, the Kenyan police and Ukraine's defence ministry agreed."
    assert [n for _, n in found(text)] == ["Chadian Army", "Kenyan police", "Ukrainian Defence Ministry"]


def test_unnamed_voices() -> None:
    assert [m.name for m in generic_mentions("Local residents and a hospital official spoke.")] == [
        "residents",
        "hospital officials",
    ]
    assert generic_voice("two opposition activists in the town") == "activists"
    assert generic_voice("the burnt bus") is None


def test_spans_slice_the_text() -> None:
    text = "NATO, Boko Haram and the Syrian Network for Human Rights; al-Shabaab too."
    assert all(text[m.start : m.end] == m.text for m in actor_mentions(text))
    assert [m.name for m in actor_mentions(text)] == ["NATO", "Boko Haram", "SNHR", "al-Shabaab"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Coalition forces in Helmand returned fire.", "NATO"),
        ("Coalition forces near Raqqa returned fire.", "US-led Coalition"),
        ("The coalition struck Sanaa in Yemen.", "Saudi-led Coalition"),
        ("Farc rebels attacked the post.", "FARC"),
        ("The Lord's Resistance Army attacked the hamlet.", "Lord's Resistance Army"),
        ("People’s Protection Units struck the post.", "YPG"),
        ("The Kurdistan Workers' Party struck the post.", "PKK"),
    ],
)
def test_a_body_is_that_of_the_theatre(text: str, name: str) -> None:
    assert name in {mention.name for mention in actor_mentions(text)}


def test_a_splinter_group_is_not_the_group_that_it_left() -> None:
    assert actor_mentions("A Taliban splinter group claimed the blast.") == []


def test_actors_have_the_years_of_their_activity() -> None:
    period = {actor.name: actor.period for actor in load_actors()}
    assert period["KLA"] == (1995, 1999)
    assert period["US-led Coalition"] == (2014, None)
    assert period["Taliban"] == (None, None)


@pytest.mark.parametrize("row", ["KLA,1999,1995", "KLA,,", "KLA,soon,", "Nobody at all,1995,", "KLA,1995,\nKLA,1996,"])
def test_a_period_that_cannot_be_is_refused_by_row(row: str, tmp_path: Path) -> None:
    path = tmp_path / "actor_periods.csv"
    path.write_text(f"name,active_from_year,active_until_year\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"actor_periods\.csv row [23]"):
        load_periods(frozenset({"KLA"}), path)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Afrin in Syria the SNA shot a man.", "Syrian National Army"),
        ("In Mogadishu, Somalia, the SNA shot a man.", "Somali forces"),
        ("The Syrian National Army took Afrin. Near Somali shops the SNA shot a man.", "Syrian National Army"),
        ("In Hasakah in Syria, NPA reported fighting.", "North Press"),
        ("On Samar in the Philippines the NPA shot a man.", "NPA"),
    ],
)
def test_an_abbreviation_of_two_bodies_means_that_of_the_text_s_country(text: str, name: str) -> None:
    assert name in {actor for _, actor in found(text)}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Let me say so.", False),
        ("Jalal Haqqani said so.", False),
        ("Mr Haqqani said so.", False),
        ("The Haqqani network said so.", True),
        ("Turkish Wagner fighters said so.", True),
        ("WAFA reported it.", True),
        ("It happened in Syria and Iraq.", False),
        ("Syria and Iraq said so.", True),
    ],
)
def test_names_of_persons_and_places_are_no_actors(text: str, named: bool) -> None:
    assert bool(found(text)) is named


@pytest.mark.parametrize("text", ["Hamas حماس movement said so.", "The U.N.'s Karim Haddad said so."])
def test_what_has_no_letters_of_a_name_ends_it(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("police", True),
        ("security forces", True),
        ("Angolan troops", True),
        ("Turkey", True),
        ("Boko Haram", False),
        ("gunmen", False),
    ],
)
def test_forces_of_a_state_are_told_from_others(name: str, expected: bool) -> None:
    assert is_of_state(name) is expected
