"""How sure a claim is: the chance that a careful reader would find the same count there, learnt from annotated texts.

A claim's features are short names of what was seen while reading it: the rule that bound number and harm, how the
number is written, the length of sentence and quote, what else was guessed. Each has a weight in log-odds in
``data/confidence.csv``, once for the count (words, harm and number agree with a reader's claim) and once for the full
claim (qualifier, victims, scope, claimant and being a part agree, too). ``bench/calibrate.py`` learns the weights;
docs/confidence.md has the reliability tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from math import exp, isfinite

from extraction.tables import rows
from schemas.records import Claim

ALWAYS = "always"
"""The feature that every claim has: its weight is the log-odds of a claim with nothing special about it."""
LOWEST, HIGHEST = 0.02, 0.99
"""Some hundred annotated texts cannot tell more extreme chances apart."""

_FAR = 120
_LONG = 250
_CROWDED = 4
_LARGE = 500
_STATED_SCOPES = frozenset({"since", "range", "past", "this", "until", "to_date", "within"})


@lru_cache(maxsize=1)
def weights() -> dict[str, tuple[float, float]]:
    """(count, full) weight in log-odds of each feature. Raises ValueError naming the row that is wrong."""
    found: dict[str, tuple[float, float]] = {}
    for row in rows("confidence.csv"):
        try:
            pair = float(row["count"]), float(row["full"])
        except ValueError as error:
            raise ValueError(f"confidence.csv: the weights of {row['feature']!r} are no numbers") from error
        if row["feature"] in found or not all(map(isfinite, pair)):
            raise ValueError(f"confidence.csv: {row['feature']!r} is repeated or has no finite weight")
        found[row["feature"]] = pair
    if ALWAYS not in found:
        raise ValueError(f"confidence.csv: the row {ALWAYS!r} is missing")
    return found


def confidence(features: Iterable[str]) -> float:
    """Chance (`LOWEST` to `HIGHEST`) that a claim with these features is a correct count; unknown names weigh 0."""
    return _chance(features, 0)


def full_confidence(features: Iterable[str]) -> float:
    """Chance that the claim is right in qualifier, victims, scope, claimant and being a part, too."""
    return _chance(features, 1)


def _chance(features: Iterable[str], column: int) -> float:
    known = weights()
    total = known[ALWAYS][column] + sum(known[name][column] for name in features if name in known)
    return min(max(1 / (1 + exp(-max(-30.0, min(30.0, total)))), LOWEST), HIGHEST)


def score(claims: Sequence[Claim], text: str) -> tuple[Claim, ...]:
    """*claims* of one *text*, each with its ``confidence`` (to two decimals) and otherwise as it was."""
    return tuple(
        replace(claim, confidence=round(confidence(seen), 2))
        for claim, seen in zip(claims, features_of(claims, text), strict=True)
    )


def features_of(claims: Sequence[Claim], text: str) -> list[tuple[str, ...]]:
    """The features of each of *claims*, all of them of one *text*."""
    sentences = [_sentence(text, claim) for claim in claims]
    company = Counter(sentences)
    before: set[tuple[str, int | None]] = set()
    found = []
    for claim, sentence in zip(claims, sentences, strict=True):
        names = [*_of_claim(claim), *_of_place_in_text(claim, sentence, company[sentence])]
        figure = claim.harm, _figure(claim)
        if figure in before and claim.restates is None:
            names.append("again")
        before.add(figure)
        found.append(tuple(names))
    return found


def _of_claim(claim: Claim) -> Iterator[str]:
    """What the claim itself tells: its rules, its number, its victims, and what was left open."""
    if claim.rules:
        yield f"rule:{claim.rules[0]}"
    yield f"number:{_written(claim)}"
    yield f"harm:{claim.harm if claim.harm in ('killed', 'injured') else 'other'}"
    yield f"class:{claim.victim_class}"
    if (_figure(claim) or 0) >= _LARGE:
        yield "large"
    if any(rule.startswith("voice:") for rule in claim.rules):
        yield "voice"
    reasons = [rule.removeprefix("scope:") for rule in claim.rules if rule.startswith("scope:")]
    if reasons:
        yield "scope:stated" if reasons[0] in _STATED_SCOPES else "scope:guessed"
    yield from (name for name, holds in (
        ("part", claim.part_of is not None), ("restates", claim.restates is not None),
        ("background", "background" in claim.flags), ("pronoun", "pronoun" in claim.flags),
        ("no place", claim.place_text is None), ("no date", claim.date_text is None),
    ) if holds)  # fmt: skip


def _of_place_in_text(claim: Claim, sentence: tuple[int, int], company: int) -> Iterator[str]:
    if claim.segment != "body":
        yield f"segment:{claim.segment}"
    if claim.quote_end - claim.quote_start > _FAR:
        yield "far"
    if sentence[1] - sentence[0] > _LONG:
        yield "long sentence"
    if company >= _CROWDED:
        yield "crowded"


def _figure(claim: Claim) -> int | None:
    if claim.best is not None:
        return claim.best
    return claim.low if claim.low is not None else claim.high


def _written(claim: Claim) -> str:
    """How the number stands in the text: digits, words, vague, none (nobody), or not at all ("a driver")."""
    if claim.qualifier in ("none_reported", "vague", "unquantified", "relative"):
        return "none" if claim.qualifier == "none_reported" else "vague"
    value = (claim.value_text or "").lower()
    if any(character.isdigit() for character in value):
        return "digits"
    return "singular" if _figure(claim) == 1 and not value.startswith("one") else "words"


def _sentence(text: str, claim: Claim) -> tuple[int, int]:
    """About where the sentence around the quote starts and ends: good enough to see its length and its company."""
    start = max(text.rfind(mark, 0, claim.quote_start) for mark in (". ", "\n"))
    ends = [end for mark in (". ", "\n") if (end := text.find(mark, claim.quote_end)) >= 0]
    return start + 1, min(ends, default=len(text))
