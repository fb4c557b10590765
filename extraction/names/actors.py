"""Actors in English news text: known names with their aliases, and the productive patterns ("Chadian army").

Canonical names are those of the contract (`US-led Coalition`, `SOHR`, `Syrian Government`); an unknown actor keeps its
wording. Offsets are code points; a possessive is never in the span. Parties, ministries, monitors, outlets and generic
voices are data (`data/actors.csv`, `actor_heads.csv`, `actor_generic.csv`, `actor_guard.csv`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extraction.names.gazetteer import gazetteer, listed, load_countries
from extraction.names.namefinder import NameFinder
from extraction.names.namesakes import is_of_another, is_person, is_surname, meant
from extraction.names.transliteration import ARTICLES, plain
from extraction.tables import DATA, read_table, rows
from extraction.words.index import index_of, openings
from extraction.words.numbers import fold_case
from extraction.words.sieve import Sought

KINDS = frozenset(
    {"state_military", "coalition", "armed_group", "government", "monitor", "ngo", "un", "media", "local_media"}
    | {"state_media", "activist", "study", "dataset", "unattributed"}
)

# "Iran-backed", "US-designated": said of somebody else.
_HYPHEN = re.compile(
    r"[-‑](?:led|backed|based|run|allied|aligned|linked|affiliated|supported|sponsored|trained|funded|made|born|brokered|"
    r"mediated|imposed|supplied|controlled|held|occupied|style|inspired|dominated|designated)\b"
)
_SPLIT_OFF = re.compile(r"\s+(?:splinter|breakaway|offshoot|affiliates?)\b")
"""Behind a group's name: another group that came from it."""
_IN_PLACE = Sought(
    r"\b(?:in|near|from|across|to|into|inside|outside|at|around|throughout|within|over|through|entering|fled|leaving|"
    r"(?:north|south|east|west|central|(?:north|south)-?(?:east|west))(?:ern)?(?: of)?)\s(?:the\s)?$",
    re.IGNORECASE,
)
_OWN_DEED = re.compile(
    r"['’]s (?:[\w-]+ ){0,2}?(?:shelling|attacks?|strikes?|air ?strikes?|bombardments?|bombings?|raids?|invasion|"
    r"assaults?|army|military|forces|troops|warplanes|jets|missiles?|drones?)\b"
)
_AND_IN = frozenset({" and ", ", ", ", and ", " or "})
"""Between two places of one phrase: "in Syria and Iraq"."""
_ACTS = re.compile(
    r"(?:['’]s?\b|\s(?:has |have |had |also |later |earlier |repeatedly |officially )*"
    r"(?:sa(?:id|ys)|(?:does|did|has|will|would) not|accept|disput|conced|maintain|"
    r"den(?:ied|ies)|confirm|accus|claim|insist|announc|condemn|blam|admit|acknowledg|reject|vow|warn|"
    r"launch|struck|bombed|attack|carried|conducted|killed|wants?|agreed|refus|declin|consider))"
)
_BLAMED = Sought(r"\b(?:by|blam(?:ed|es|ing)|accus(?:ed|es|ing)|against|between|with)\s$")
_OUTLET_BEFORE = Sought(
    r"\b(?:told|by|citing|cited|according to|newspaper|daily|agency|channel|website|magazine|broadcaster|group|network|"
    r"to|The|militia|forces)[\s,]+(?:the )?$"
)
_OUTLET_AFTER = re.compile(
    r"['’]?s?\s(?:said|says|reported|reports|quoted|newspaper|news|daily|agency|group|militants|fighters|mercenaries|"
    r"movement|network|battalion|regiment|brigade|added|wrote|cited)\b",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 3, 5
"""Letters of an abbreviation that may stand with full stops."""
_ARMIES = ("military", "forces", "army")
"""What a state's fighting bodies are called: three words for one actor, where the table has it."""
_LEADER = r"(?P<leader>U\.?\s?S\.?A?|American|United States|Saudi(?: Arabia)?|Saudi Arabian)[-‑– ]{1,2}(?:led|backed)"
_WHOSE = r"(?P<whose>Arab|[Ii]nternational|[Gg]lobal|[Aa]nti-(?:ISIS|ISIL|IS|Daesh|Islamic State)|[Mm]ilitary)"
_COALITION = re.compile(
    rf"\b(?:{_LEADER}[\s\"“”‘’']+(?:[a-z-]+ ){{0,2}}|{_WHOSE} |(?P<bare>[Tt]he ))[Cc]oalition\b"
    r"(?! government| of | party| partners| talks| deal| agreement| cabinet)"
)
_SAUDI_WORDS = Sought(r"\b(?:Yemen|Houthi|Sana['’]?a\b|Saudi-led)")
_NATO_WORDS = Sought(r"\b(?:ISAF|NATO|N\.A\.T\.O\.|Afghan\w*|Helmand|Kandahar)\b")
_US_WORDS = Sought(
    r"\b(?:Syria|Iraq|Raqqa|Mosul|Deir ?(?:ez|al|Ez)-?Z\w+|ISIS|ISIL|Islamic State|Daesh|CJTF|Inherent Resolve)\b"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A row of `data/actors.csv`: ``parent`` is a canonical name, ``country`` ISO 3166-1 alpha-3; "" for none.

    ``period`` is the first and last calendar year of its activity (`data/actor_periods.csv`, typed from general
    knowledge), None where not told or going on.
    """

    name: str
    kind: str
    parent: str
    country: str
    aliases: tuple[str, ...]
    period: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor in text; ``place_like``: written as a country or capital ("Ankara"), maybe meant as a place."""

    start: int
    end: int
    text: str
    name: str
    kind: str
    country: str | None
    place_like: bool = False


def load_actors(path: Path = DATA / "actors.csv") -> tuple[Actor, ...]:
    """Actors in file order; ValueError names the row with a repeated name, an unknown kind, country or parent."""
    rows = read_table(path, ("name", "kind", "parent", "country", "aliases"))
    names = [row["name"] for row in rows]
    codes = {c.iso3 for c in load_countries()} | {""}
    for number, row in enumerate(rows, 2):
        wrong = (
            "name stands twice"
            if names.count(row["name"]) > 1
            else f"kind {row['kind']!r} is unknown"
            if row["kind"] not in KINDS
            else f"country {row['country']!r} is not in countries.csv"
            if row["country"] not in codes
            else f"parent {row['parent']!r} is no actor"
            if row["parent"] and row["parent"] not in names
            else ""
        )
        if wrong:
            raise ValueError(f"{path.name} row {number} ({row['name']}): {wrong}")
    periods = load_periods(frozenset(names))
    unknown = (None, None)
    return tuple(
        Actor(r["name"], r["kind"], r["parent"], r["country"], listed(r["aliases"]), periods.get(r["name"], unknown))
        for r in rows
    )


def load_periods(
    actors: frozenset[str], path: Path = DATA / "actor_periods.csv"
) -> dict[str, tuple[int | None, int | None]]:
    """Years of activity by canonical name; ValueError names the row with an unknown or repeated actor or bad years."""
    found: dict[str, tuple[int | None, int | None]] = {}
    for number, row in enumerate(read_table(path, ("name", "active_from_year", "active_until_year")), 2):
        years = row["active_from_year"], row["active_until_year"]
        first, last = (int(year) if year.isdigit() else None for year in years)
        fits = all(not year or year.isdigit() for year in years) and (first or last)
        if not fits or (first and last and first > last) or row["name"] not in actors or row["name"] in found:
            raise ValueError(f"{path.name} row {number} ({row['name']}): no actor, repeated, or impossible years")
        found[row["name"]] = (first, last)
    return found


@dataclass(frozen=True)
class _Directory:
    actors: dict[str, Actor]
    by_key: dict[str, str]
    finder: NameFinder[tuple[str, str]]
    lower: re.Pattern[str]
    lower_first: frozenset[str]
    """The words with which the names of ``lower`` begin."""
    demonyms: NameFinder[tuple[str, str]]
    heads: re.Pattern[str]
    head_rows: dict[str, tuple[str, str]]
    guards: dict[str, str]
    states: dict[str, str]


def _key(name: str) -> str:
    return " ".join(plain(name.replace("_", " ")))


def _starts_lower(alias: str) -> bool:
    """Aliases that the finder, which enters at capitals, would miss; a lower-case Arabic article does not count."""
    first = re.split(r"[\s\-]", alias)[0]
    return first[:1].islower() and first not in ARTICLES and first != "the" and "_" not in alias and " " in alias


def _dotted(alias: str) -> bool:
    """Whether newspapers write it with full stops too ("I.R.A.")."""
    return alias.isupper() and alias.isascii() and _SHORTEST <= len(alias) <= _LONGEST


@cache
def _directory() -> _Directory:
    actors = {a.name: a for a in load_actors()}
    written = [(alias, a.name) for a in actors.values() if a.name != "narrator" for alias in (a.name, *a.aliases)]
    written += [(f"{'.'.join(alias)}.", name) for alias, name in written if alias.isalpha() and _dotted(alias)]
    keys = {_key(alias) for alias, _ in written}
    states = [(alias, c.country) for c in load_countries() for alias in (c.country, *c.aliases)]
    written += [(alias, country) for alias, country in states if _key(alias) not in keys]
    by_key: dict[str, str] = {}
    for alias, name in [
        *((a.name, a.name) for a in actors.values()),
        *written,
        *((x, "narrator") for x in actors["narrator"].aliases),
    ]:
        by_key.setdefault(_key(alias), name)
    generic = read_table(DATA / "actor_generic.csv", ("name", "kind", "aliases"))
    for row in generic:
        for alias in (row["name"], *listed(row["aliases"])):
            by_key.setdefault(_key(alias), row["name"])
    lower = sorted({alias for alias, _ in written if _starts_lower(alias)}, key=len, reverse=True)
    heads = {
        r["head"]: (r["canonical"], r["kind"])
        for r in read_table(DATA / "actor_heads.csv", ("head", "canonical", "kind"))
    }
    countries = [
        (word, (c.iso3, c.demonyms[0]))
        for c in load_countries()
        if c.demonyms
        for word in (*c.demonyms, c.country, *c.aliases)
    ]
    return _Directory(
        actors,
        by_key,
        NameFinder(
            (alias, (name, alias))
            for alias, name in written
            if not _starts_lower(alias) and "_" not in alias and alias != alias.lower()
        ),
        re.compile(r"\b(?:" + "|".join(map(re.escape, lower)) + r")\b"),
        openings(lower),
        NameFinder(countries),
        re.compile(
            r"(?:['’]s?)?[\s-](" + "|".join(sorted(map(re.escape, heads), key=len, reverse=True)) + r")\b",
            re.IGNORECASE,
        ),
        heads,
        {r["alias"]: r["needs"] for r in read_table(DATA / "actor_guard.csv", ("alias", "needs", "why"))},
        {c.country: c.iso3 for c in load_countries()},
    )


def actors() -> dict[str, Actor]:
    """Every known actor by canonical name."""
    return _directory().actors


_OF_A_STATE = frozenset({"state_military", "government", "coalition"})


@cache
def is_of_state(name: str) -> bool:
    """Whether *name* is a state's forces or office, also one without a name of its own ("security forces")."""
    known = actors().get(canonical(name))
    if known is not None:
        return known.kind in _OF_A_STATE
    ends = {row["head"] for row in rows("actor_heads.csv") if row["kind"] in _OF_A_STATE}
    last = name.lower().split()
    return any(" ".join(last[-size:]) in ends for size in (1, 2))


@lru_cache(maxsize=65536)
def canonical(name: str) -> str:
    """The canonical actor for *name* as written (case, dots, articles and apostrophes aside); unknown stays as it is.

    "Russian forces" gives ``Russia``, "local activists" ``activists``, "Angolan troops" regularly ``Angolan forces``.
    """
    book = _directory()
    flat = re.sub(r"^(?:the|an?) ", "", " ".join(name.split()), flags=re.IGNORECASE)
    flat = flat.replace(".", "") if re.fullmatch(r"(?:[A-Z]\.){2,}", flat) else flat
    for text in (name, flat):
        found = book.by_key.get(_key(text))
        if found:
            return found
    coalition = _COALITION.fullmatch(flat) or _COALITION.fullmatch(f"the {flat}")
    if coalition and not coalition["bare"]:
        return _led(coalition)
    for start, end, (payload, *_) in book.demonyms.find(flat):
        head = book.heads.fullmatch(flat, end)
        if start == 0 and head:
            return _produced(payload, head[1].lower())[0]
    return name


@cache
def _demonyms() -> dict[str, tuple[str, ...]]:
    return {country.iso3: tuple(country.demonyms) for country in load_countries()}


def _produced(demonym: tuple[str, str], head: str) -> tuple[str, str]:
    """(canonical name, kind) of "<Demonym> <head>": the state's own actor if the table has one, else a regular name."""
    book = _directory()
    country, adjective = demonym
    word, kind = book.head_rows[head]
    nouns = (head, *_ARMIES) if word in _ARMIES else (head,)
    said = (_key(f"{called} {noun}") for noun in nouns for called in (adjective, *_demonyms().get(country, ())))
    name = next((book.by_key[key] for key in said if key in book.by_key), f"{adjective} {word}")
    return name, book.actors[name].kind if name in book.actors else kind


@cache
def _armies() -> dict[str, str]:
    """Whose soldiers a country's are where it has none of its own, by demonyms."""
    return {_demonyms()[row["country"]][0]: _demonyms()[row["army_of"]][0] for row in rows("armies.csv")}


def army_of(demonym: str) -> str:
    """The demonym of the state whose army stands in the country of *demonym*: its own, where it has one."""
    return _armies().get(demonym, demonym)


def _led(match: re.Match[str]) -> str:
    return (
        "Saudi-led Coalition"
        if (match["leader"] or match["whose"] or "").startswith(("Saudi", "Arab"))
        else "US-led Coalition"
    )


@lru_cache(maxsize=4)
def coalition_meant(text: str) -> str | None:
    """The coalition that fights where *text* plays, for one that is not called by name; None where none or two do."""
    told = {"US-led Coalition": _US_WORDS, "Saudi-led Coalition": _SAUDI_WORDS, "NATO": _NATO_WORDS}
    found = [name for name, words in told.items() if words.search(text)]
    return found[0] if len(found) == 1 else None


def _coalitions(text: str) -> list[ActorMention]:
    """Coalitions spelled any way; a bare one is that named before it, else the one that the text's theatre tells."""
    found: list[ActorMention] = []
    last: str | None = None
    for match in _COALITION.finditer(text) if "oalition" in text else ():
        if not match["bare"]:
            last = _led(match)
        elif last is None:
            last = coalition_meant(text)
            if last is None:
                continue
        start = match.start() + (4 if match["bare"] else 0)
        found.append(
            ActorMention(
                start,
                match.end(),
                text[start : match.end()],
                last,
                "coalition",
                "SAU" if last.startswith("Saudi") else None,
            )
        )
    return found


def _line(text: str, start: int, end: int) -> str:
    """The line of *text* that holds ``[start, end)``."""
    return text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]


def _fits(text: str, start: int, end: int, alias: str) -> bool:
    """Acronyms in capitals or as a word ("Farc"), guarded words only where their surroundings speak for the actor."""
    written = text[start:end].replace(".", "")
    short = alias.replace(".", "")
    needs = _directory().guards.get(short)
    as_a_word = len(short) > 3 and written == short.title() and needs is None
    if short.isupper() and len(short) <= 5 and not written.isupper() and not as_a_word:
        return False
    if short[-1:].isupper() and not short.isupper() and written != short:
        return False
    if _HYPHEN.match(text, end) or _SPLIT_OFF.match(text, end):
        return False
    if needs == "mixed_case":
        return not _line(text, start, end).isupper()
    if needs == "article":
        return text[max(0, start - 4) : start].lower() == "the "
    if needs == "surname" and (is_surname(text, start) or written.isupper()):
        return written.isupper() and not _line(text, start, end).isupper()
    if needs in {"outlet", "surname"}:
        return bool(_OUTLET_BEFORE.search(text, max(0, start - 24), start) or _OUTLET_AFTER.match(text, end))
    return True


@lru_cache(maxsize=4096)
def _place_kind(key: str) -> str:
    places = gazetteer().exact.get(key, ())
    return "" if not places else "country" if any(p.kind == "country" for p in places) else "other"


def _meant(text: str, names: tuple[str, ...]) -> str:
    """The one of *names*, which an abbreviation in *text* stands for, that the text is about."""
    rows = [actors()[name] for name in names if name in actors()]
    return meant(text, [(row.name, row.country, row.aliases) for row in rows]) if len(rows) > 1 else names[0]


def _known(text: str) -> list[ActorMention]:
    book = _directory()
    found = []
    where = -1
    for start, end, payloads in book.finder.find(text):
        chosen = [p for p in payloads if p[1] == text[start:end]] or list(payloads)
        name, alias = chosen[0]
        if len(chosen) > 1:
            name = _meant(text, tuple(name for name, _ in chosen))
        if not _fits(text, start, end, alias) or text[max(0, start - 4) : start].lower().endswith(("pro-", "nti-")):
            continue
        place = _place_kind(_key(text[start:end]))
        in_place = _IN_PLACE.search(text, max(0, start - 24), start) or text[where:start] in _AND_IN
        in_place = in_place and not _OWN_DEED.match(text, end)
        if place and (in_place or is_person(text, start, end)):
            where = end if in_place else -1
            continue
        if place == "other" and not (_ACTS.match(text, end) or _BLAMED.search(text, max(0, start - 12), start)):
            continue
        if alias == "Coalition forces":
            name = coalition_meant(text) or name
        actor = book.actors.get(name)
        country = actor.country if actor else book.states.get(name, "")
        if " " in alias and is_of_another(text, start, country):
            continue
        found.append(
            ActorMention(
                start, end, text[start:end], name, actor.kind if actor else "government", country or None, bool(place)
            )
        )
    for match in index_of(fold_case(text)).led(book.lower, book.lower_first, text):
        actor = book.actors[book.by_key[_key(match[0])]]
        found.append(ActorMention(match.start(), match.end(), match[0], actor.name, actor.kind, actor.country or None))
    return found


def _productive(text: str) -> list[ActorMention]:
    book = _directory()
    found = []
    for start, end, payloads in book.demonyms.find(text):
        head = book.heads.match(text, end)
        if head:
            name, kind = _produced(payloads[0], head[1].lower())
            found.append(ActorMention(start, head.end(), text[start : head.end()], name, kind, payloads[0][0]))
    return found


@lru_cache(maxsize=16)
def _mentions(text: str) -> tuple[ActorMention, ...]:
    kept: list[ActorMention] = []
    # Where readings overlap the longer one is the actor: "Syrian government forces", not "Syrian government".
    for mention in sorted([*_known(text), *_productive(text), *_coalitions(text)], key=lambda m: (m.start, -m.end)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
        else:
            kept.append(mention)
    return tuple(kept)


def actor_mentions(text: str) -> list[ActorMention]:
    """Every named actor in *text*, in order of appearance, without overlaps; generic voices are `generic_mentions`."""
    return list(_mentions(text))


def acts(text: str, end: int) -> bool:
    """Whether a verb of doing or saying follows the name that ends at *end* ("Turkey launched")."""
    return text[end : end + 1] == " " and _ACTS.match(text, end) is not None


def name_spans(text: str) -> list[tuple[int, int]]:
    """Spans of actors that cannot be meant as places, for the place matcher to keep out of."""
    return [(m.start, m.end) for m in _mentions(text) if not m.place_like]


@cache
def _generics() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    table: dict[str, tuple[str, str]] = {}
    for row in read_table(DATA / "actor_generic.csv", ("name", "kind", "aliases")):
        for alias in (row["name"], *listed(row["aliases"])):
            if alias in table:
                raise ValueError(f"actor_generic.csv: {alias!r} stands under {table[alias][0]!r} and {row['name']!r}")
            table[alias] = (row["name"], row["kind"])
    words = sorted(table, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE), table


def names_place(text: str) -> bool:
    """Whether *text* is a country or capital by itself: "Iraq: 13 dead" tells where, not who says so."""
    return any(m.place_like and m.end - m.start == len(text) for m in _mentions(text))


def common_word(text: str) -> bool:
    """Whether *text* is an English word that only in capitals is an actor's acronym ("the site" and SITE)."""
    word = text.split()[-1]
    return word.islower() and word.upper() in _directory().guards


def generic_names() -> frozenset[str]:
    """The unnamed voices as the vocabulary writes them."""
    return frozenset(_generics()[1])


def generic_mentions(text: str) -> list[ActorMention]:
    """Unnamed voices ("local activists", "hospital officials") with their canonical form, in order of appearance."""
    pattern, table = _generics()
    return [ActorMention(m.start(), m.end(), m[0], *table[m[0].lower()], None) for m in pattern.finditer(text)]


def generic_voice(text: str) -> str | None:
    """Canonical form of the unnamed voice that *text* speaks of: "two local activists" gives ``activists``; else None.

    The last one counts, as the head of an English noun phrase stands last, unless an "of" or "in" follows it.
    """
    head = re.split(r"\b(?:of|in|at|from|near|who|that|with)\b", text, maxsplit=1)[0]
    found = generic_mentions(head) or generic_mentions(text)
    return found[-1].name if found else None


def parent_of(name: str) -> str | None:
    """Canonical parent of a canonical actor (``YPG`` stands under ``SDF``); None for none and for unknown actors."""
    actor = actors().get(name)
    return (actor.parent or None) if actor else None


__all__ = [
    "Actor",
    "ActorMention",
    "actor_mentions",
    "actors",
    "acts",
    "army_of",
    "canonical",
    "common_word",
    "generic_mentions",
    "generic_names",
    "generic_voice",
    "is_of_state",
    "load_actors",
    "name_spans",
    "names_place",
    "parent_of",
]
