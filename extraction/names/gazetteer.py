"""The project's own gazetteer: `data/places.csv` and `data/countries.csv`, and what a place as written resolves to.

Points are WGS 84 degrees of the place's middle, typed from general knowledge; a blank means "not known". Nothing here
guesses: a name that stands for several places without a context that decides gives None.
"""

from __future__ import annotations

import difflib
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extraction.names.namefinder import NameFinder
from extraction.names.transliteration import bones, fold, plain, plain_word
from extraction.tables import DATA, read_table

PRECISION = {
    "country": "country",
    "region": "region",
    "governorate": "admin1",
    "district": "district",
    "city": "city",
    "town": "town",
    "village": "village",
    "neighbourhood": "neighbourhood",
    "camp": "neighbourhood",
    "crossing": "landmark",
    "base": "landmark",
    "landmark": "landmark",
    "river": "region",
    "sea": "region",
}
"""geo_precision that a point of each kind of place has when the row does not say otherwise."""
SPECIFIC = {
    kind: rank
    for rank, kinds in enumerate(
        (
            ("neighbourhood", "camp", "village", "base", "crossing", "landmark"),
            ("town",),
            ("city",),
            ("district",),
            ("governorate",),
            ("region", "side"),
            ("country",),
            ("river", "sea"),
        )
    )
    for kind in kinds
}
_KIND_WORDS = {
    "province": "governorate",
    "governorate": "governorate",
    "provinces": "governorate",
    "state": "governorate",
    "oblast": "governorate",
    "countryside": "governorate",
    "region": "governorate",
    "department": "governorate",
    "county": "governorate",
    "district": "district",
    "agency": "district",
    "city": "city",
    "town": "town",
    "village": "village",
}
_TYPE = re.compile(
    r"\b(?i:the|city|town|village|hamlet|province|governorate|state|oblast|district|region|area|countryside|"
    r"neighbou?rhood|suburb|junction|outskirts|refugee camp|camp|river|de facto|capital|of|central|"
    r"(?:north|south)?-?(?:east|west|north|south)(?:ern)?)\b"
)
_WORD_BEFORE = re.compile(r"(?<!\w)([A-Z][\w'’]*)[ -]$")
_NAME_AFTER = re.compile(r"[ -](?:[Aa][a-z]{1,2}|[Ee][a-z])?[ -]?[A-Z][a-z]")
_NEAR = re.compile(
    r"\b(?i:near|nearby|outside|outskirts|vicinity|close to|not far from|between|"
    r"(?:miles|mi|kilomet(?:er|re)s|km)\b[^,;]{0,30}?\b(?:of|from)|"
    r"(?:just )?(?:north|south|east|west)(?:-?(?:east|west))? of)\b"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the gazetteer; ``country`` is ISO 3166-1 alpha-3, ``""`` for seas and what crosses borders."""

    place_id: str
    name: str
    name_local: str
    kind: str
    admin1: str
    country: str
    lat: float | None
    lon: float | None
    geo_precision: str
    aliases: tuple[str, ...]
    origin: str = "project"


@dataclass(frozen=True, slots=True)
class Country:
    """A row of `data/countries.csv`: English name, ISO 3166-1 alpha-3, demonyms, other names, capital, middle point."""

    country: str
    iso3: str
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]
    capital: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class ResolvedPlace:
    """What a place as written stands for; ``method``: exact, transliteration, similar, anchor (near), within.

    ``origin`` says which table knows it: ``project``, or that of a place which `extended` took in.
    """

    name: str
    admin1: str | None
    country: str | None
    lat: float | None
    lon: float | None
    geo_precision: str
    place_id: str
    method: str
    origin: str = "project"


def listed(cell: str | None) -> tuple[str, ...]:
    """The values of a ``|``-separated cell."""
    return tuple(v.strip() for v in (cell or "").split("|") if v.strip())


def _degrees(row: dict[str, str], column: str, limit: float, where: str) -> float | None:
    if not row[column]:
        return None
    try:
        value = float(row[column])
    except ValueError as error:
        raise ValueError(
            f"{where}: {column} {row[column]!r} is not a number of degrees; write decimals or leave it blank"
        ) from error
    if not -limit <= value <= limit:
        raise ValueError(f"{where}: {column} {value} is outside ±{limit:g} degrees")
    return value


@cache
def load_countries(path: Path = DATA / "countries.csv") -> tuple[Country, ...]:
    """Countries in file order; ValueError on a malformed or repeated code."""
    found: dict[str, Country] = {}
    for number, row in enumerate(
        read_table(path, ("country", "iso3", "demonyms", "aliases", "capital", "lat", "lon")), 2
    ):
        where = f"{path.name} row {number} ({row['country']})"
        if not re.fullmatch(r"[A-Z]{3}", row["iso3"]) or row["iso3"] in found:
            raise ValueError(f"{where}: iso3 {row['iso3']!r} is malformed or stands twice")
        found[row["iso3"]] = Country(
            row["country"],
            row["iso3"],
            listed(row["demonyms"]),
            listed(row["aliases"]),
            row["capital"],
            _degrees(row, "lat", 90, where),
            _degrees(row, "lon", 180, where),
        )
    return tuple(found.values())


def load_places(path: Path = DATA / "places.csv", countries: Sequence[Country] | None = None) -> tuple[Place, ...]:
    """Every place, countries included; ValueError names file, row and what is wrong (id, kind, country, degrees)."""
    states = load_countries() if countries is None else countries
    places = {
        f"{c.iso3.lower()}": Place(
            c.iso3.lower(), c.country, "", "country", "", c.iso3, c.lat, c.lon, "country", c.aliases
        )
        for c in states
    }
    known = {c.iso3 for c in states} | {""}
    columns = ("place_id", "name", "name_local", "kind", "admin1", "country", "lat", "lon", "geo_precision", "aliases")
    for number, row in enumerate(read_table(path, columns), 2):
        where = f"{path.name} row {number} ({row['place_id']})"
        if row["place_id"] in places or not row["place_id"]:
            raise ValueError(f"{where}: place_id is empty or stands twice")
        if row["kind"] not in PRECISION:
            raise ValueError(f"{where}: kind {row['kind']!r} is none of {', '.join(PRECISION)}")
        if row["country"] not in known:
            raise ValueError(f"{where}: country {row['country']!r} is not in countries.csv")
        places[row["place_id"]] = Place(
            row["place_id"],
            row["name"],
            row["name_local"],
            row["kind"],
            row["admin1"],
            row["country"],
            _degrees(row, "lat", 90, where),
            _degrees(row, "lon", 180, where),
            row["geo_precision"] or PRECISION[row["kind"]],
            listed(row["aliases"]),
        )
    return tuple(places.values())


def written_names(place: Place) -> tuple[str, ...]:
    """Every way in which the table writes *place*; "Idlib Governorate" is also "Idlib province"."""
    names = [place.name, *place.aliases]
    if place.kind == "governorate":
        stems = {n.rsplit(" ", 1)[0] for n in names if n.endswith((" Governorate", " Province", " State", " Oblast"))}
        names += [f"{stem} {word}" for stem in sorted(stems) for word in ("Governorate", "Province", "Region")]
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Gazetteer:
    """The loaded tables with their indexes: by key as written, by skeleton, and a finder for running text."""

    places: dict[str, Place]
    exact: dict[str, tuple[Place, ...]]
    folded: dict[str, tuple[Place, ...]]
    boned: dict[tuple[str, str], tuple[Place, ...]]
    finder: NameFinder[str]
    demonyms: dict[str, str]
    capitals: dict[str, str]
    """Capital of each country, by ISO 3166-1 alpha-3 code."""


def _built(places: Sequence[Place], countries: Sequence[Country]) -> Gazetteer:
    exact: dict[str, list[Place]] = defaultdict(list)
    folded: dict[str, list[Place]] = defaultdict(list)
    boned: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        for name in (*written_names(place), *filter(None, (place.name_local,))):
            _enter(exact[" ".join(plain(name))], place)
            _enter(folded[fold(name)], place)
            _enter(boned[place.country, bones(name)], place)
    return Gazetteer(
        {p.place_id: p for p in places},
        {key: tuple(found) for key, found in exact.items()},
        {key: tuple(found) for key, found in folded.items()},
        {key: tuple(found) for key, found in boned.items()},
        NameFinder((name, p.place_id) for p in places for name in written_names(p)),
        {" ".join(plain(d)): c.iso3 for c in countries for d in c.demonyms},
        {c.iso3: c.capital for c in countries if c.capital},
    )


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of `data/`, read once a process."""
    countries = load_countries()
    return _built(load_places(countries=countries), countries)


def extended(places: Iterable[Place]) -> Gazetteer:
    """The gazetteer of `data/` with *places* of elsewhere beside its own."""
    return _built([*gazetteer().places.values(), *places], load_countries())


def _enter(found: list[Place], place: Place) -> None:
    if place not in found:
        found.append(place)


def distance_km(a: Place, b: Place) -> float:
    """Great-circle kilometres; infinity where either point is not known."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    x, y = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((y - x) / 2) ** 2 + math.cos(x) * math.cos(y) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


@cache
def _toponym_parts() -> frozenset[str]:
    """Words with which longer Arabic names begin: Tell, Bab, Khan."""
    rows = read_table(DATA / "place_guard.csv", ("word", "where", "name", "why"))
    return frozenset(row["word"] for row in rows if row["where"] == "toponym_part")


def in_longer_name(text: str, start: int, end: int) -> bool:
    """Whether the known name at start:end is only a part of a longer, unknown one ("Bab al-Khayr")."""
    before = _WORD_BEFORE.search(text, max(0, start - 20), start)
    if before and plain_word(before[1]) in _toponym_parts():
        return True
    after = _NAME_AFTER.match(text, end)
    return after is not None and text[start:end].split()[-1].split("-")[-1].lower() in _toponym_parts()


def _known(book: Gazetteer, text: str) -> list[tuple[int, int, tuple[Place, ...]]]:
    return [
        (s, e, tuple(book.places[i] for i in ids))
        for s, e, ids in book.finder.find(text)
        if not in_longer_name(text, s, e)
    ]


def _same_area(one: str, other: str) -> bool:
    return bool(one) and fold(_TYPE.sub(" ", one)) == fold(_TYPE.sub(" ", other))


def _choose(
    candidates: Sequence[Place], country: str | None, around: Sequence[Place], kind: str | None
) -> Place | None:
    """The one candidate that country, governorate, kind word and distance leave; None when several stay."""
    rest = [p for p in candidates if not country or not p.country or p.country == country]
    inside = {p.country for p in around if p.country}
    narrower = (
        lambda p: p.country in inside,
        lambda p: p.kind == kind,
        lambda p: any(_same_area(p.admin1, a.name) for a in around if a.kind in ("governorate", "region", "city")),
    )
    for test in narrower:
        rest = [p for p in rest if test(p)] or rest
    if len({p.country for p in rest}) == 1:
        # "Zahraa (Aleppo)" bears its name only beside a better known one of the same country.
        rest = [p for p in rest if "(" not in p.name] or rest
    if (
        len(rest) > 1
        and len({(p.country, fold(_TYPE.sub(" ", p.admin1 or p.name))) for p in rest}) == 1
        and kind is None
    ):
        # A city and the governorate around it: the bare name is the city.
        rest = sorted(rest, key=lambda p: p.kind == "governorate")[:1]
    if len(rest) > 1 and any(a.lat is not None for a in around):
        reach = sorted((min(distance_km(p, a) for a in around), i) for i, p in enumerate(rest))
        rest = [rest[reach[0][1]]] if reach[0][0] < min(300.0, reach[1][0] / 2) else rest
    return rest[0] if len(rest) == 1 and not _far_off(rest[0], around) else None


def _far_off(place: Place, around: Sequence[Place]) -> bool:
    """Whether a lesser place lies away from all that is named with it: a namesake that the table does not know."""
    near = [a for a in around if a.country == place.country and a.kind not in ("country", "region", "river", "sea")]
    lesser = place.kind in ("town", "village", "neighbourhood", "camp", "landmark")
    return lesser and bool(near) and 150 < min(distance_km(place, a) for a in near) < math.inf


def _similar(book: Gazetteer, name: str, country: str) -> tuple[Place, ...]:
    """Places of *country* with the same consonants and nearly the same vowels, where the fold rules do not reach."""
    key, skeleton = fold(name), bones(name)
    if len(skeleton) < 3:
        return ()
    near = [
        p
        for p in book.boned.get((country, skeleton), ())
        if any(
            difflib.SequenceMatcher(None, key, fold(n)).ratio() >= 0.75
            for n in written_names(p)
            if bones(n) == skeleton
        )
    ]
    return tuple(near)


def _areas(book: Gazetteer, key: str, country: str | None) -> tuple[Place, ...]:
    """Governorates and districts called *key*, which the table lists with their kind word ("Idlib Governorate")."""
    found = (p for kind in ("governorate", "province", "district") for p in book.exact.get(f"{key} {kind}", ()))
    return tuple(p for p in found if not country or p.country == country)


def _lookup(book: Gazetteer, name: str, country: str | None, around: Sequence[Place]) -> tuple[Place, str] | None:
    word = re.search(r"\b(?:" + "|".join(_KIND_WORDS) + r")\b", name, re.IGNORECASE)
    kind = _KIND_WORDS[word[0].lower()] if word else None
    bare = " ".join(_TYPE.sub(" ", name).split()).strip(" ,.") or name
    inside = {country} if country else {p.country for p in around if p.country}
    for text in dict.fromkeys((name, bare)):
        for method, index, key in (
            ("exact", book.exact, " ".join(plain(text))),
            ("transliteration", book.folded, fold(text)),
        ):
            found = index.get(key, ())
            if method == "exact":
                found = tuple(p for p in found if not country or p.country in (country, ""))
            elif inside:
                found = tuple(p for p in found if p.country in inside)
            elif len(key) < 5:
                # Short skeletons meet by chance (Acre, Accra); without a country they prove nothing.
                found = ()
            if kind and text == bare:
                found = tuple(dict.fromkeys(found + _areas(book, key, country)))
            if found:
                place = _choose(found, country, around, kind)
                return (place, method) if place else None
    if len(inside) == 1:
        place = _choose(_similar(book, bare, next(iter(inside))), country, around, kind)
        return (place, "similar") if place else None
    return None


def _resolved(book: Gazetteer, place: Place, method: str) -> ResolvedPlace:
    precision = place.geo_precision
    if method == "anchor" and place.kind not in ("country", "region", "governorate", "sea", "river"):
        precision = "near_place"
    if method == "within" and place.kind == "city" and _areas(book, " ".join(plain(place.name)), place.country):
        # "X, Aleppo" may be a quarter of the city or a village of the governorate.
        precision = "admin1"
    return ResolvedPlace(
        place.name, place.admin1 or None, place.country or None, place.lat, place.lon, precision, place.place_id,
        method, place.origin,
    )  # fmt: skip


def _around(book: Gazetteer, context: Sequence[str], country: str | None) -> list[Place]:
    """Places that *context* names without doubt, for telling namesakes apart."""
    found: list[Place] = []
    for text in context:
        for _, _, places in _known(book, text):
            place = _choose(places, country, found, None)
            if place is not None:
                found.append(place)
    return found


def resolve_in(
    book: Gazetteer, place_text: str, context: Sequence[str] = (), country: str | None = None
) -> ResolvedPlace | None:
    """As `resolve`, with the places of *book*."""
    text = " ".join(place_text.split())
    hits = _known(book, text)
    around = _around(book, context, country)
    inner = [p for _, _, places in hits for p in places if len(places) == 1]
    if not hits or (hits[0][0] > 0 and re.fullmatch(r"[\w'’\- ]+", text)):
        head = re.split(r",|\(|\bin\b", text)[0].strip()
        whole = _lookup(book, _NEAR.sub(" ", head).strip(), country, [*inner, *around])
        if whole or not hits:
            return _resolved(book, whole[0], "anchor" if _NEAR.search(head) else whole[1]) if whole else None
    best: tuple[int, int, Place] | None = None
    for start, end, places in hits:
        others = [p for p in inner if p not in places]
        found = _lookup(book, _with_kind(text, start, end), country, [*others, *around])
        if found and (best is None or SPECIFIC[found[0].kind] < SPECIFIC[best[2].kind]):
            best = (start, end, found[0])
    if best is None:
        return None
    before = text[: best[0]]
    if _NEAR.search(before):
        return _resolved(book, best[2], "anchor")
    # An unknown name in front ("the village of X, Raqqa province"): what is known only contains it.
    inside = any(
        w[0].isupper()
        for w in re.findall(r"\w[\w'’]+", _TYPE.sub(" ", before))
        if all(not s <= text.find(w) < e for s, e, _ in hits) and " ".join(plain(w)) not in book.demonyms
    )
    return _resolved(book, best[2], "within" if inside else "exact")


def _with_kind(text: str, start: int, end: int) -> str:
    """The name at start:end with the word beside it that says what it is ("Idlib province", "city of Raqqa")."""
    after = re.match(r" (?:" + "|".join(_KIND_WORDS) + r")\b", text[end:], re.IGNORECASE)
    before = re.search(r"\b(?:" + "|".join(_KIND_WORDS) + r")(?: of)? (?:the )?$", text[:start], re.IGNORECASE)
    return text[start:end] + (after[0] if after else "") if not before else before[0] + text[start:end]


@lru_cache(maxsize=20000)
def _resolve(place_text: str, context: tuple[str, ...], country: str | None) -> ResolvedPlace | None:
    return resolve_in(gazetteer(), place_text, context, country)


def resolve(place_text: str, context: Sequence[str] = (), country: str | None = None) -> ResolvedPlace | None:
    """The gazetteer place that *place_text* stands for, or None (unknown, or several and nothing decides).

    *context* are wider or neighbouring places of the same text, *country* an ISO 3166-1 alpha-3 code that is known for
    certain: a place of another country is then never returned. "25 miles north of X" gives X's point with geo_precision
    ``near_place``; an unknown village "in Y province" gives Y with method ``within`` and Y's own precision.
    """
    return _resolve(place_text, tuple(context), country)
