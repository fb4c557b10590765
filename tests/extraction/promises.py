"""What the extractor promises of any text, and texts that come near its rules: for property tests and fuzzing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from extraction import extract
from schemas.enums import values
from schemas.records import Claim

PUBLISHED = date(2019, 3, 14)
UNRELATED = ("The orchestra opens its season with a quartet. Tickets can be bought at the box office, and the "
             "programme is printed on recycled paper.")
"""Names nobody, no place, no day and no harm."""
_WORDS = (
    "killed|were killed|wounded|and|,|;|:|.|\n\n|including|among them|of whom|of them|at least|more than|"
    "up to|some|between|or|to|from|no|nobody|none of|neither|dozens|several|hundreds of|a dozen|two|three|14|"
    "1,200|3.600|5-7|1.3 million|half|40 percent|third|another|others|the other|both|the rest|all but one|"
    "people|civilians|children|women|soldiers|fighters|a nurse|his wife|two sons|casualties|dead|injured|died|"
    "death toll|rose|bodies|were found|mass grave|missing|detained|displaced|abducted|in|near|on|Idlib|Kabul|"
    "Mogadishu|Syria|Monday|3 March 2018|yesterday|since|last month|police|said|according to|the army|Russian|"
    "US-led coalition|SOHR|witnesses|told Reuters|denied|claimed responsibility|blamed|accused|suspected|"
    "airstrike|shelling|suicide bomber|himself|if|would have|threatened to|not|\"|(|)|\u2014|that|who|which|"
    "the|a|of|by|kil*led|\u00ad|\u00a0|\ufeff|\u202e|\ud83d\udd34|KILLED|toll|the number of|left|with|"
    "as many as|1|0|007|99999999999999999999")
VOCABULARY = _WORDS.split("|")
"""Words that rules look for, and signs that upset them."""
SENTENCES = (
    "At least 12 people, including three children, were killed in Idlib on Monday, the monitor said.",
    "A suicide bomber killed himself and four guards near Kabul.", "Two soldiers and a medic were wounded.",
    "Police said nobody was hurt.", "The toll rose to 15 from 14.", "Since March 2018, 410 people have been displaced.",
    "Four of them were women.", "Russian jets are suspected; Moscow denied it.",
    "\u201cWe buried five people,\u201d said a resident.",
    "He was among the dead.", "Another died on Tuesday.", "Dead: 8. Wounded: 21.",
    "KABUL (Agency) \u2014 A bomb killed three.")
COUNTS = (
    "two", "14", "1,200", "at least 6", "more than 3", "up to 9", "5-7", "between two and four", "dozens of",
    "some 40", "no", "a", "another", "several", "a further two", "1.3 million", "0", "the other", "nearly 60",
    "half of the")
PEOPLE = (
    "people", "civilians", "soldiers", "women", "children", "of them", "others", "fighters", "nurse", "bodies", "",
    "men (aged 20)", "Syrian refugees", "members of one family", "attackers", "man, a father of six,")
SHAPES = (
    "{n} {p} were killed", "a strike killed {n} {p}", "killing {n} {p} and wounding {m}",
    "{n} {p} died, including {m} {q}", "{n} {p}, {m} of them {q}, were wounded", "{n} {p} and {m} {q} were killed",
    "{n} casualties: {m} killed", "the toll rose to {n} from {m}", "{m} of the {n} {p} killed were {q}",
    "among them {m} {q}", "{m} of them were {q}", "police said {n} {p} were missing",
    "{n} {p} (including {m} {q}) were displaced since March", "the death of {n} {p}", "{n} dead, {m} injured",
    "{n} {p} were found in a mass grave", "a bomber killed himself and {n} {p}",
    "it was not clear whether {n} {p} had been killed", "Russia denied killing {n} {p}")
JOINTS = (". ", ", ", " and ", "; ", " \u2014 ", ".\n\n", " while ", ", who said ", " (", ") ", "\u201c",
          " on Monday in Idlib. ", " ")

plain_texts = st.text(max_size=200)
word_salads = st.lists(st.one_of(st.sampled_from(VOCABULARY), st.text(max_size=6)), max_size=40).map(" ".join)
articles = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).flatmap(
    lambda chosen: st.sampled_from((" ", "\n", "\n\n", "\r\n\r\n")).map(lambda gap: gap.join(chosen)))
_clauses = st.builds(
    lambda shape, n, m, p, q: shape.format(n=n, m=m, p=p, q=q), st.sampled_from(SHAPES), st.sampled_from(COUNTS),
    st.sampled_from(COUNTS), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
_joined = st.tuples(_clauses, st.one_of(st.sampled_from(JOINTS), st.text(max_size=2)))
reports = st.lists(_joined, min_size=1, max_size=6).map(
    lambda pairs: "".join(clause + joint for clause, joint in pairs))
any_texts = st.one_of(plain_texts, word_salads, reports, articles, st.tuples(articles, word_salads).map(" ".join))
days = st.one_of(st.none(), st.dates(date(1968, 1, 1), date(2030, 12, 31)))


def _is_exact(text: str, claim: Claim) -> bool:
    value = claim.value_start is None or claim.value_end is None or (
        text[claim.value_start:claim.value_end] == claim.value_text
        and claim.quote_start <= claim.value_start < claim.value_end <= claim.quote_end)
    return value and text[claim.quote_start:claim.quote_end] == claim.quote != ""


def _fits_parent(claim: Claim, claims: Sequence[Claim]) -> bool:
    if claim.part_of is None:
        return True
    whole = claims[claim.part_of]
    exact = whole.qualifier == claim.qualifier == "exact" and claim.best is not None and whole.best is not None
    return claim.part_of != claim.number and (not exact or claim.best <= whole.best)  # type: ignore[operator]


def _ends(claim: Claim) -> list[int]:
    return [value for value in (claim.low, claim.best, claim.high) if value is not None]


def broken(text: str, published: date | None = None) -> list[str]:
    """The promises that the claims of *text* break, in words; empty when all are kept."""
    claims = extract(text, published=published).claims
    notes = [] if claims == extract(text, published=published).claims else ["the same text is read in two ways"]
    if [claim.number for claim in claims] != list(range(len(claims))):
        notes.append("numbers of claims are not their positions")
        return notes
    for claim in claims:
        kept = {
            "quote and value stand in the text": _is_exact(text, claim),
            "low \u2264 best \u2264 high": _ends(claim) == sorted(_ends(claim)),
            "no negative people": all(value >= 0 for value in _ends(claim)),
            "a part is no larger than its whole": _fits_parent(claim, claims),
            "a restatement is of an earlier claim": claim.restates is None or claim.restates < claim.number,
            "period in order": not (claim.period_start and claim.period_end) or claim.period_start <= claim.period_end,
            "days in order": not (claim.date_start and claim.date_end) or claim.date_start <= claim.date_end,
            "confidence is a share": 0 <= claim.confidence <= 1,
            "harm is listed": claim.harm in values("harm"), "scope is listed": claim.scope in values("scope"),
            "qualifier is listed": claim.qualifier in values("qualifier"),
            "victim class is listed": claim.victim_class in values("victim_class")}
        notes += [f"{name}: broken by {claim!r}" for name, holds in kept.items() if not holds]
    return notes


def changed_by_what_follows(text: str, published: date | None = PUBLISHED) -> list[str]:
    """Claims of *text*, closed by a full stop, that an unrelated paragraph after it adds, drops or alters: what is not
    closed might be a headline, once something follows it."""
    closed = f"{text.rstrip()}."
    alone = extract(closed, published=published).claims
    followed = extract(f"{closed}\n\n{UNRELATED}", published=published).claims
    if len(alone) != len(followed):
        return [f"{len(alone)} claims alone, {len(followed)} with a paragraph after"]
    return [f"{a!r}\nbecomes\n{b!r}" for a, b in zip(alone, followed, strict=True) if a != b]
