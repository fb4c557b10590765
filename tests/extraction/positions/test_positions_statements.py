"""Statements of responsibility, over texts of our own: what is one, who holds it, and what is none."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from extraction import tables
from extraction.blame.sides import same_side
from extraction.mentions.settings import Paper
from extraction.names.actors import actor_mentions
from extraction.positions.cues import Cue, anchored, cues
from extraction.positions.statements import positions
from extraction.reader import extract
from extraction.voices.attribution import Stretch, stretches
from extraction.voices.memory import Memory
from extraction.words.numbers import quantities
from extraction.words.text import sentences, view
from extraction.words.tokens import tokens
from schemas.enums import values
from schemas.records import Position

PUBLISHED = date(2018, 6, 14)


def read(text: str, published: date | None = PUBLISHED) -> tuple[Position, ...]:
    """The positions of *text*, read with its claims and voices as the extractor reads them."""
    seen = view(text)
    spans = sentences(seen.plain)
    heard: dict[int, list[Stretch]] = {}
    paper, memory = Paper(seen.plain), Memory()
    for index, span in enumerate(spans):
        numbers = [n for n in quantities(seen.plain) if span.start <= n.start and n.end <= span.end]
        words = tokens(seen.plain, span.start, span.end, numbers)
        heard[index] = stretches(seen.plain, words, memory, paper.actors_in(span.start, span.end))
    return positions(seen, spans, heard, extract(text, published=published).claims, published)


def held(text: str) -> set[tuple[str, str]]:
    return {(position.actor, position.position) for position in read(text)}


@pytest.mark.parametrize(
    ("text", "actor", "position"),
    [
        # Claims of responsibility by armed groups.
        (
            "A car bomb killed nine people in Mogadishu. Al-Shabaab claimed responsibility for the blast.",
            "al-Shabaab",
            "accepted_responsibility",
        ),
        (
            "A shell wounded a baker in Kunduz. The Taliban is suspected, although they did not claim responsibility.",
            "Taliban",
            "no_acknowledgement",
        ),
        (
            "A charge hit an office in Ajaccio. The Corsican National Liberation Front (FLNC) claimed responsibility.",
            "FLNC",
            "accepted_responsibility",
        ),
        (
            "The Afghan Taliban quickly took responsibility for the raid, which killed four guards.",
            "Taliban",
            "accepted_responsibility",
        ),
        (
            "Six soldiers died in the ambush near Maiduguri, which was later claimed by Boko Haram.",
            "Boko Haram",
            "accepted_responsibility",
        ),
        (
            "Responsibility for the bombing was claimed by Islamic State on its channel.",
            "Islamic State",
            "accepted_responsibility",
        ),
        ("Islamic State claimed the attack in a short audio message.", "Islamic State", "accepted_responsibility"),
        (
            "Gunmen shot dead 12 worshippers. Hamas fighters were blamed at first. Abu Anas, a senior Islamic State "
            "commander, claimed responsibility for the assault.",
            "Islamic State",
            "accepted_responsibility",
        ),
        ("The Houthis said they carried out the attack on the airport.", "Houthis", "accepted_responsibility"),
        # States that own to harm.
        (
            "Two shepherds were killed in the valley. NATO apologised for the deaths of the two shepherds.",
            "NATO",
            "accepted_responsibility",
        ),
        (
            "The Saudi-led coalition admitted that its jets had mistakenly killed 11 mourners in Sanaa.",
            "Saudi-led Coalition",
            "accepted_responsibility",
        ),
        (
            "In a report the Pentagon said its aircraft unintentionally killed 31 civilians that year.",
            "United States",
            "accepted_responsibility",
        ),
        ("Turkey said its troops had killed 17 militants near Afrin.", "Turkey", "accepted_responsibility"),
        # The strike, not the harm.
        (
            "The Israeli military acknowledged that its warplanes had struck the building in Gaza City.",
            "Israel",
            "acknowledged_strike",
        ),
        (
            "Russian airstrikes killed five in Saraqib, residents said. The Russian military confirmed the strike.",
            "Russia",
            "acknowledged_strike",
        ),
        (
            "Turkey said it had carried out several air strikes in northern Iraq overnight.",
            "Turkey",
            "acknowledged_strike",
        ),
        # Hedges.
        (
            "AFRICOM said on Tuesday that it may have hit a minibus near Jilib.",
            "United States",
            "possible_responsibility",
        ),
        ("NATO said it was possible that its helicopters struck the compound.", "NATO", "possible_responsibility"),
        (
            '"More details are needed before responsibility can be established," the Saudi-led coalition said.',
            "Saudi-led Coalition",
            "responsibility_undetermined",
        ),
        (
            "The U.S. military said it could not determine whether its drones were responsible for the deaths of two "
            "farmers.",
            "United States",
            "responsibility_undetermined",
        ),
        (
            "The US-led coalition said it was looking into reports of civilian deaths in Mosul.",
            "US-led Coalition",
            "under_assessment",
        ),
        ('"We take all allegations of this kind very seriously," the Israeli army said.', "Israel", "under_assessment"),
        (
            "The US-led coalition said the claims had been passed to its investigators for review.",
            "US-led Coalition",
            "under_assessment",
        ),
        (
            "Israel's army said it was aware of the reports from Rafah and was checking them.",
            "Israel",
            "under_assessment",
        ),
        (
            "The US-led coalition said it had insufficient information to assess the allegation.",
            "US-led Coalition",
            "insufficient_information",
        ),
        # Denials.
        ("A shell killed three girls in Donetsk. Ukraine denied carrying out the attack.", "Ukraine", "denied_strike"),
        (
            "The Russian Defence Ministry denied that its planes had bombed the clinic in Idlib.",
            "Russia",
            "denied_strike",
        ),
        (
            "The Saudi-led coalition said there were no coalition air strikes in Hajjah on that day.",
            "Saudi-led Coalition",
            "denied_strike",
        ),
        ("Israel said it had nothing to do with the explosion in Tehran.", "Israel", "denied_strike"),
        ("The Syrian army strongly denied responsibility for the gas attack.", "Syrian Government", "denied_strike"),
        (
            "Pakistani air strikes killed eight people, the Taliban said. Pakistan said it did not target civilians.",
            "Pakistan",
            "denied_harm",
        ),
        ("A NATO air strike hit Sirte. NATO said there was no evidence of civilian casualties.", "NATO", "denied_harm"),
        ("Russia denied killing civilians in the raids.", "Russia", "denied_harm"),
        # Figures, silence, blame.
        (
            "Amnesty International counted 60 dead. The Nigerian army rejected the figure.",
            "Nigerian Army",
            "rejects_figure",
        ),
        ("The ministry put the toll at 12. Airwars said that number was too low.", "Airwars", "rejects_figure"),
        (
            "Human Rights Watch criticised Turkey for not acknowledging the deaths of nine picnickers.",
            "Turkey",
            "no_acknowledgement",
        ),
        ("Israel has neither confirmed nor denied the strike near Damascus.", "Israel", "no_acknowledgement"),
        ("Russia has never acknowledged the bombing of the market.", "Russia", "no_acknowledgement"),
        (
            "The Syrian Observatory for Human Rights said it was not known who carried out the strike.",
            "SOHR",
            "perpetrator_unclear",
        ),
        (
            "A camp near Atma was bombed. SNHR said it "
            "was unclear whether Russian or Syrian aircraft were responsible.",
            "SNHR",
            "perpetrator_unclear",
        ),
        (
            "Amnesty International blamed the fighters of Boko Haram for the killing of 30 villagers.",
            "Amnesty International",
            "blames",
        ),
        ("Kyiv residents fled. Ukraine accused Russia of shelling a school in Kharkiv.", "Ukraine", "blames"),
        ("SANA said four workers were killed near Homs, blaming Israel.", "SANA", "blames"),
        ("The Houthis held the Saudi-led coalition responsible for the blast.", "Houthis", "blames"),
        ("A mine killed 14 people. The police held the Tamil Tigers responsible.", "police", "blames"),
        ("A bomb killed 12 people in Kabul. Officials suspect the Taliban.", "officials", "blames"),
        ("A bomb killed 12 people in Kabul. Pakistan said the Taliban were to blame.", "Pakistan", "blames"),
        ("A blast killed 14 people. The TTP distanced itself from the attack.", "Pakistani Taliban", "denied_strike"),
        ("Russia said its forces did not plan or carry out strikes in the city.", "Russia", "denied_strike"),
        (
            "The Saudi-led coalition said it will probe reports of an air strike that killed seven people.",
            "Saudi-led Coalition",
            "under_assessment",
        ),
        # Findings.
        (
            "The US-led coalition said that two of the reports were found to be credible.",
            "US-led Coalition",
            "credible",
        ),
        ("The US-led coalition assessed the allegation as non-credible.", "US-led Coalition", "non_credible"),
        ("The US-led coalition has reopened its assessment of the Tabqa allegation.", "US-led Coalition", "reopened"),
    ],
)
def test_position_is_found(text: str, actor: str, position: str) -> None:
    assert (actor, position) in held(text)


def test_a_position_is_read_from_a_text_in_which_nobody_is_harmed() -> None:
    text = "A rocket hit a farm near Khost without any damage. The Taliban claimed responsibility."
    (found,) = extract(text).positions
    assert (found.actor, found.position) == ("Taliban", "accepted_responsibility")


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed seven people in Quetta. No group has claimed responsibility.",
        "There was no immediate claim of responsibility for the blast in Kabul.",
        "Nobody claimed responsibility for the shooting of two traders.",
        "If Israel denied carrying out the strike, few would believe it.",
        "Analysts wondered whether Boko Haram would claim responsibility for the raid.",
        "The storm claimed 14 lives and damaged the port of Beirut.",
        "The Pentagon denied that the general had resigned over the budget.",
        "Turkey denied a visa to the reporter after nine people were killed in Van.",
        "Police are investigating the bombing, which killed two people.",
        "Police said they were looking for the driver of the car.",
        "The minister accused Qatar of spreading rumours about the talks.",
        "Critics blamed the weather for the crash that killed six soldiers.",
        "The bombings there are usually claimed by Islamic State.",
        "Israel's foreign ministry confirmed that some of its citizens were among the wounded.",
        "Islamabad has accused its neighbour of letting its land be used to launch attacks.",
        "Nobody can trust the US military to investigate civilian casualties.",
        "Moscow blamed Ukraine for trying to distract attention from its losses.",
        "The mayor confirmed the attack and said three people had died.",
        "A security official confirmed the bombing in Baghdad.",
        "The court rejected the appeal of two men who had killed a guard.",
        "Russia said the United States may have struck the convoy.",
        "Islamic State claimed that its fighters would win the war.",
        "It was not clear whether the road to Aleppo would open again, the Syrian Observatory for Human Rights said.",
        "The Taliban have a responsibility to protect aid workers.",
        "Turkey has yet to publish the number of voters.",
        "Hospitals in Gaza may have to close, the United Nations said.",
        "The Colombian army confirmed that three soldiers were killed.",
        "The Colombian army confirmed three soldiers killed near Tunja.",
        "Hezbollah confirmed that its commander was killed.",
        "Hamas confirmed its envoy had been killed in an Israeli air strike.",
        "Somali officials said an air strike killed 20 militants.",
    ],
)
def test_no_position_is_invented(text: str) -> None:
    assert held(text) == set()


def test_quote_is_the_text_as_given_with_curly_quotes_and_hidden_characters() -> None:
    text = (
        "In Ra\u00adqqa, the US-led coalition said it \u201cmay have\u201d struck a school\u00a0bus on Monday; "
        "inquiries go on."
    )
    (found,) = read(text)
    assert text[found.quote_start : found.quote_end] == found.quote
    assert found.quote == "it \u201cmay have\u201d struck a school\u00a0bus on Monday"


def test_own_toll_is_conceded_and_names_its_claim() -> None:
    text = "Villagers spoke of 40 dead. The US military said its strikes had accidentally killed 16 civilians."
    (found,) = [p for p in read(text) if p.position == "accepted_responsibility"]
    claim = {c.number: c for c in extract(text, published=PUBLISHED).claims}[found.about[0]]
    assert (found.actor, found.killed_conceded, claim.low) == ("United States", 16, 16)


def test_fighters_killed_are_a_deed_but_no_concession() -> None:
    (found,) = [p for p in read("Turkey said its troops had killed 17 militants near Afrin.") if p.about]
    assert found.killed_conceded is None


def test_denial_speaks_of_the_claims_told_before_it() -> None:
    text = "Four nurses were killed on Monday in Idlib. Russia denied bombing the town."
    (found,) = read(text)
    assert found.about == (0,)


def test_attack_that_the_sentence_introduces_is_not_the_one_told_before() -> None:
    text = "A blast killed five people in Kismayo. Al-Shabaab claimed responsibility for a bomb found in Nairobi."
    (found,) = read(text)
    assert found.about == ()


def test_rejected_figure_is_the_last_total_of_another_voice() -> None:
    text = "Amnesty International counted 60 dead, including eight girls. Nigeria's army disputed the figure."
    (found,) = [p for p in read(text) if p.position == "rejects_figure"]
    claims = {claim.number: claim for claim in extract(text, published=PUBLISHED).claims}
    assert [claims[number].low for number in found.about] == [60]


def test_blame_names_its_target_and_makes_the_confirmation_a_position() -> None:
    text = "Amnesty International blamed Russia for the deaths of six pupils. Russia's army confirmed the strike."
    found = read(text)
    assert [(p.actor, p.position, p.target) for p in found] == [
        ("Amnesty International", "blames", "Russia"),
        ("Russia", "acknowledged_strike", None),
    ]


def test_the_same_confirmation_by_one_that_nobody_accuses_is_none() -> None:
    assert held("A strike by unknown jets killed six. Jordan's army confirmed the strike.") == set()


def test_we_in_a_quotation_is_its_speaker() -> None:
    text = 'Al-Shabaab claimed the raid on a hotel. "We have confirmed that nine civilians died," an officer said.'
    assert held(text) == {("al-Shabaab", "accepted_responsibility")}
    assert len(read(text)) == 1


def test_the_quote_begins_with_the_full_name_before_its_abbreviation() -> None:
    text = "Tehreek-e-Taliban Pakistan (TTP), a group of militants, has denied killing the nine men."
    (said,) = extract(text).positions
    assert said.quote.startswith("Tehreek-e-Taliban Pakistan (TTP)")


def test_officer_who_speaks_of_a_coalition_speaks_for_it() -> None:
    text = (
        "An American air strike hit a bridge in Tabqa. US Army Col. Mark Halloway confirmed the strike. "
        "\u201cThe US-led coalition is aware of the claims,\u201d Halloway said."
    )
    assert held(text) == {("US-led Coalition", "acknowledged_strike"), ("US-led Coalition", "under_assessment")}


def test_relative_clause_speaks_for_the_one_it_follows() -> None:
    text = "SANA blamed the Saudi-led coalition, which said its records showed no strikes near Taiz that night."
    assert held(text) == {("SANA", "blames"), ("Saudi-led Coalition", "denied_strike")}


def test_day_and_outlet_of_the_statement() -> None:
    (found,) = read("NATO said Tuesday it may have bombed a depot in Brega, in an email to Reuters.")
    assert (found.stated_on, found.relay) == (date(2018, 6, 12), "Reuters")
    (undated,) = read("NATO said Tuesday it may have bombed a depot in Brega.", published=None)
    assert undated.stated_on is None


def test_reason_of_a_denial_is_that_of_official_reports() -> None:
    (found,) = read("The Saudi-led coalition said there were no coalition air strikes in Hajjah on that day.")
    assert found.reason == "no_coalition_strikes"


def test_accused_party_that_cannot_tell_leaves_its_own_responsibility_open() -> None:
    text = "Israeli strikes killed two boys. Israel's army said it was not clear who fired the missile."
    assert held(text) == {("Israel", "responsibility_undetermined")}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("United States", "US-led Coalition", True),
        ("Turkish officials", "Turkey", True),
        ("YPG", "SDF", True),
        ("Russia", "Syrian Government", False),
    ],
)
def test_same_side(one: str, other: str, same: bool) -> None:
    assert same_side(one, other) is same


def test_every_kind_of_position_has_a_cue_and_every_cue_a_known_kind() -> None:
    assert {cue.position for cue in cues()} == set(values("position"))


@pytest.mark.parametrize(
    "row",
    [
        {"position": "shrugs"},
        {"speaker": "nobody"},
        {"needs": "luck"},
        {"cue": "blamed {nobody_knows}"},
        {"anchors": ""},
        {"anchors": "blam*|"},
        {"anchors": "Blamed"},
        {"anchors": "blamed on"},
    ],
)
def test_broken_row_of_cues_is_named(monkeypatch: pytest.MonkeyPatch, row: dict[str, str]) -> None:
    real = tables.rows
    row = {"position": "blames", "speaker": "voice", "needs": "", "anchors": "blam*", "cue": "blamed", "why": ""} | row
    told = lambda name: [row] if name == "position_cues.csv" else real(name)  # noqa: E731
    monkeypatch.setattr("extraction.positions.cues.rows", told)
    with pytest.raises(ValueError, match=r"position_cues\.csv, line 2"):
        cues.__wrapped__()


PARSER = importlib.import_module("re._parser")
CATEGORIES = {"CATEGORY_SPACE": " ", "CATEGORY_WORD": "abx", "CATEGORY_DIGIT": "37"}


def words_of(pattern: Iterable[tuple[Any, Any]], chance: random.Random) -> str:
    """Words that fit the parsed *pattern*, every choice made by *chance*; what it looks around for is left out."""
    made = ""
    for kind, what in pattern:
        name = str(kind)
        if name == "LITERAL":
            made += chr(what)
        elif name == "IN":
            made += chance.choice(one_of(what))
        elif name == "BRANCH":
            made += words_of(chance.choice(what[1]), chance)
        elif name == "SUBPATTERN":
            made += words_of(what[3], chance)
        elif name in {"MAX_REPEAT", "MIN_REPEAT"}:
            least, most, part = what
            made += "".join(words_of(part, chance) for _ in range(chance.randint(least, min(most, least + 2))))
        else:
            assert name in {"AT", "ASSERT", "ASSERT_NOT"}, name
    return made


def one_of(members: Iterable[tuple[Any, Any]]) -> str:
    """Characters of a set; of all but some marks, a letter and a blank."""
    found = ""
    for kind, what in members:
        if str(kind) == "NEGATE":
            return "a "
        found += CATEGORIES[str(what)] if str(kind) == "CATEGORY" else chr(what if str(kind) == "LITERAL" else what[0])
    return found


def anchor_stands(cue: Cue, text: str) -> bool:
    found = (rf"\b{anchor[:-1]}" if anchor.endswith("*") else rf"\b{anchor}\b" for anchor in cue.anchors)
    return any(re.search(anchor, text) for anchor in found)


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: f"{cue.position}-{cue.anchors[0]}")
def test_cue_matches_no_words_without_its_anchors(cue: Cue) -> None:
    chance = random.Random(cue.pattern.pattern)
    made = [words_of(PARSER.parse(cue.pattern.pattern), chance) for _ in range(300)]
    ends = (". ", " in ", " of war crimes", " as responsible", " that killed")
    found = [match[0] for words in made for match in cue.pattern.finditer(words + chance.choice(ends))]
    assert found, "no words made that the cue matches"
    assert all(anchor_stands(cue, words) for words in found)


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: f"{cue.position}-{cue.anchors[0]}")
def test_each_anchor_leads_to_its_cue(cue: Cue) -> None:
    for anchor in cue.anchors:
        text = f"They said: {anchor.replace('*', 'xx')} (again)".lower()
        pattern, table = anchored()
        tried = {number for hit in pattern.finditer(text) for number in table[hit[0]]}
        assert cues().index(cue) in tried


def test_whole_word_is_no_beginning_of_another() -> None:
    pattern, _ = anchored()
    assert [hit[0] for hit in pattern.finditer("nobody north of nowhere knows, no")] == ["no"]


def test_capitals_and_typographic_apostrophes_are_read_like_plain_ones() -> None:
    plain = "A raid killed six in Taiz. The Saudi-led coalition said it didn't carry out the strike."
    loud = plain.replace("it didn't carry out", "IT DIDN\u2019T CARRY OUT")
    assert held(loud) == held(plain) == {("Saudi-led Coalition", "denied_strike")}


def test_actors_given_are_those_looked_for() -> None:
    text = "A shell killed three girls in Donetsk. Ukraine denied carrying out the attack."
    seen = view(text)
    spans = sentences(seen.plain)
    assert positions(seen, spans, {}, (), None, actor_mentions(text)) == positions(seen, spans, {}, (), None)
    assert positions(seen, spans, {}, (), None, []) == ()


def test_empty_text_and_long_text_without_positions() -> None:
    assert read("") == ()
    assert read("The harvest was good. " * 400) == ()


def test_a_toll_that_its_party_denies_is_not_owned_up_to() -> None:
    stated = extract("M23 rejected accusations that it had killed 30 men.").positions
    assert [(one.actor, one.position) for one in stated] == [("M23", "denied_strike")]
