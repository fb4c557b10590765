"""Who a phrase names as the one that speaks: an organisation, a kind of source, a person with or without an office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extraction.mentions.settings import demonyms
from extraction.names.actors import (
    ActorMention,
    actor_mentions,
    actors,
    canonical,
    common_word,
    generic_names,
    generic_voice,
)
from extraction.words import lexicon
from extraction.words.lexicon import nationalities, pattern, sought

_SOME_AGENCY = re.compile(r"(?:[Tt]he )?(?:state-run |official )?national news agency")
"""In lower case no agency's name, but that of the country."""
_OUTLETS = frozenset({"media", "local_media", "state_media"})
_STRIP = pattern("voice", "strip")
_OFFICE_OF = sought("voice", "office_of")
_BODY = pattern("voice", "body")
_VERBAL = re.compile(r"\b(?:was|were|had|has|have|is|are|killed|struck|hit|been|which)\b")
_OWNED = pattern("voice", "owned")
_BODY_OF_OFFICIAL = sought("voice", "body_of_official")
_SILENT = frozenset(
    {"dead", "victims", "victim", "body", "bodies", "killed", "wounded", "casualties", "people", "civilians", "elderly"}
)
_ROLE_AND_NAME = re.compile(r"(?:[a-z-]+ ){1,4}[A-Z][\w'’-]+(?: (?:al-|el-|bin |de )?[A-Z][\w'’-]+)+")
_OWN_STAFF = pattern("voice", "own_staff")
_NAME_GOES_ON = pattern("voice", "name_goes_on")
_BODY_BEFORE = pattern("voice", "body_before")
_AT_HOSPITAL = sought("voice", "at_hospital")
_OFFICIALS_OF = sought("voice", "officials_of")
_STATE_BODY = re.compile(r"ministry|government", re.IGNORECASE)
_WRITING = pattern("voice", "writing")
_WHOLE_NAME = pattern("voice", "whole_name")
_POLICE_RANK = pattern("voice", "police_rank")
_RULERS = pattern("voice", "rulers")
_RUN_MEDIA = pattern("voice", "run_media")
_MINISTRY_OF = pattern("voice", "ministry_of")
_RELATIVE = pattern("voice", "relative")
_HEAD = re.compile(r",|\b(?:at|in|of|for|from|near|with|who|which|that|on|to|run|led)\b")
_PLAIN_OFFICIALS = lexicon.words("attribution", "plain_officials")
_MEDIUM = pattern("voice", "medium")
_OF_STATE = pattern("voice", "of_state")
_BRACKETS = re.compile(r"\s*\([^()]*\)?$")
_ROLE_BEHIND = pattern("voice", "role_behind")
_BY_WHOM = sought("voice", "by_whom")
_OFFICIALS = lexicon.words("attribution", "of_a_state")
_NO_VOICE = lexicon.words("attribution", "no_voice") | lexicon.words("attribution", "writings")
_OPEN_BRACKET = re.compile(r"\s*\([^)]*$")
_POST = pattern("voice", "post")
_PLACED = re.compile(r"(?:of|on|in|at|from|by|for|after|with) ", re.IGNORECASE)
_OF_OTHERS = re.compile(r"[- ](?:backed|led|linked|affiliated|controlled|held|trained|run)\b")
_CAPITAL = re.compile(r"(?:(?:al|el|a[dnrstz]|ash|ul|bin|ibn|de|d|l)[-'’])?[A-Z]")
_HANDLE = re.compile(r"@\w[\w.]*")
_NAME_OF = re.compile(r"(?:[A-Z][\w-]+ (?:of |for |and )?){2,}(?:of|for) (?:[A-Z]\w+ )?$")
_OF_A_STATE = re.compile(r"Government|Republic|Kingdom|State|Forces|Army|President|King|Minister")
_AND = re.compile(r",? (?:and|&) |, ")
_AGED = re.compile(r"(?:,| \()\s?\d{1,3}\)?,(?= (?:an?|the|who) )")
_LONG = 60
"""Longest phrase, in code points, that is kept as the name of a source."""
_SPOKESMAN = re.compile(r"\bspokes(?:man|woman|person)\b")
_SOURCES = re.compile(r"\bsources?\b", re.IGNORECASE)
_OFFICE = pattern("voice", "office")
_NAME = re.compile(r"[A-Z][\w'’-]+(?:\s+(?:al|el|bin|abu|van|de|der)?[- ]?[A-Z][\w'’-]+)*")
_TITLE = pattern("voice", "title")


@dataclass(frozen=True, slots=True)
class Voice:
    """One who speaks: ``name`` canonical where known, else as written; ``text`` as written."""

    name: str
    text: str
    kind: str
    people: tuple[str, ...] = ()
    """Lower-case surnames that later stand for this voice."""
    joint: tuple[str, ...] = ()
    """Further canonical names where several speak together."""

    @property
    def is_outlet(self) -> bool:
        """Whether it is a medium, which may relay what others say."""
        return self.kind in _OUTLETS

    @property
    def is_organisation(self) -> bool:
        """Whether it is a body that "the group" or "the ministry" can stand for."""
        return self.kind not in {"person", "generic"}

    @property
    def is_known(self) -> bool:
        """Whether the vocabulary of actors knows it."""
        return self.kind not in {"person", "phrase"}


@lru_cache(maxsize=4096)
def voice_of(text: str) -> Voice | None:
    """The voice that the noun phrase *text* names; None for a phrase that names nobody who could speak ("the
    attack").
    """
    text = text.strip(" \"',;:()\u2014")
    if not text or len(text) > 220 or _PLACED.match(text):
        return None
    if _OWN_STAFF.match(text):
        return Voice("narrator", text, "generic")
    if (ageless := _AGED.sub(",", text)) != text:
        told = voice_of(ageless)
        return replace(told, text=text) if told is not None else None
    post = _POST.match(text)
    named, *behind = _ROLE_BEHIND.split(text, maxsplit=1)
    if post is not None or (behind and _BODY.search(named)):
        told = voice_of(text[post.end() :] if post is not None else named)
        return replace(told, text=text) if told is not None else None
    surnames = _surnames(text)
    whole = _writer(text) or _spoken_for(named, behind, text) or _whole(text)
    return whole or _known(text, surnames) or _other(text, surnames)


def _whole(text: str) -> Voice | None:
    """The voice that the whole phrase is a name or a kind of, or several of them side by side."""
    run_media = _RUN_MEDIA.match(text)
    if run_media is not None:
        return Voice(run_media[1], text, "media")
    if _RELATIVE.fullmatch(text):
        return Voice("relatives", text, "generic")
    alias = own_name(text) if not _SOME_AGENCY.fullmatch(text) else text
    if alias in actors() and alias != text and not common_word(text):
        return Voice(alias, text, actors()[alias].kind)
    several = _several(text)
    if several:
        first, *others = several
        return replace(first, text=text, joint=tuple(dict.fromkeys(v.name for v in others if v.name != first.name)))
    return None


def _known(text: str, surnames: tuple[str, ...]) -> Voice | None:
    """The voice of a body that the phrase names: its own, or that of an office, a ministry or people of it."""
    mentions = [
        m
        for m in actor_mentions(f"{text} said")
        if not _BY_WHOM.search(text, 0, m.start) and not _OF_OTHERS.match(text, m.end)
    ]
    owner = _OWNED.match(text)
    if owner is not None and not any(m.end > owner.start(1) for m in mentions):
        return Voice(owner.group(1), text, "organisation")
    if not mentions:
        return None
    head = _head_mention(text, mentions)
    kind = generic_voice(text[: head.start]) if head.place_like else None
    if kind is not None and kind not in _OFFICIALS:
        return _unnamed(kind, _STRIP.sub("", text[: head.start]), text, surnames)
    group = _RULERS.match(text, head.end) if head.kind == "armed_group" else None
    state = f"{head.text} {group[1]}" if group is not None else _of_state(text, head)
    if state is not None:
        return Voice(state, text, "government", surnames)
    longer = _longer(text, head) or _around_place(text, head)
    if longer is not None:
        return Voice(longer, text, "organisation", surnames)
    if head.place_like and _SOURCES.search(text, head.end):
        return Voice(_STRIP.sub("", text), text, "generic", surnames)
    joint = tuple(
        dict.fromkeys(m.name for m in mentions if m is not head and _joined(text, head, m) and m.name != head.name)
    )
    return Voice(_office(head) or head.name, text, head.kind, surnames, joint)


def _other(text: str, surnames: tuple[str, ...]) -> Voice | None:
    """The voice of a phrase in which no known body stands: a kind of source, an office, a person, a body's name."""
    handle = _HANDLE.search(text)
    if handle is not None:
        return Voice(handle.group(), text, "person")
    if _POLICE_RANK.match(text):
        return Voice("police", text, "generic", surnames)
    plain = _OPEN_BRACKET.sub("", _STRIP.sub("", text))
    verbal = _VERBAL.search(plain) is not None
    generic = generic_voice(text)
    body = _BODY_OF_OFFICIAL.search(plain)
    if body is not None and (generic == "officials" or (_OFFICE.match(plain) and not verbal)):
        return _of_body(body.group().lower(), text, surnames)
    if generic is not None:
        of_body = _is_body(plain) or _names_body(plain, generic)
        return _by_noun(plain, text) if of_body else _unnamed(generic, plain, text, surnames)
    if _OFFICE.match(plain) and not verbal:
        return Voice(plain.split(",")[0], text, "person", surnames)
    medium = _MEDIUM.fullmatch(plain)
    if medium is not None:
        return Voice(medium.group(1) or plain, text, "media")
    if plain and (_is_name(plain) or _ROLE_AND_NAME.fullmatch(plain)) and not verbal:
        kind = "organisation" if _BODY.search(plain) else "person"
        return Voice(_ROLE_BEHIND.split(plain, maxsplit=1)[0], text, kind, surnames or (plain.lower().split()[-1],))
    return _by_noun(plain, text)


def _writer(text: str) -> Voice | None:
    """Whose statement "an army statement" is; None where the words before it name no body ("a joint statement")."""
    hit = _WRITING.search(text)
    told = voice_of(hit.group(1)) if hit is not None else None
    return replace(told, text=text) if told is not None and told.kind not in {"person", "media"} else None


def _spoken_for(named: str, behind: Sequence[str], text: str) -> Voice | None:
    """The body that "Gen. Khalaf, an Interior Ministry spokesman" speaks for."""
    if not behind or _BODY.search(named) or not _SPOKESMAN.search(behind[0]):
        return None
    told = voice_of(behind[0])
    people = _surnames(named)
    return replace(told, text=text, people=people) if told is not None and told.is_known and people else None


def _several(text: str) -> list[Voice]:
    """The voices of "witnesses and local medics", where each is one that the vocabulary knows; none for a single
    one.
    """
    parts = _AND.split(text)
    long = any(len(part.split()) > 5 for part in parts[:-1]) or len(parts[-1].split()) > 8
    if not 1 < len(parts) < 5 or long or text.lower() in generic_names():
        return []
    voices = [voice_of(part) for part in parts]
    known = [voice for voice in voices if voice is not None and _speaks_alone(voice, text)]
    return known if len(known) == len(parts) and any(voice.kind == "generic" for voice in known) else []


def _speaks_alone(voice: Voice, text: str) -> bool:
    """Whether it is one that the vocabulary knows, or a person by name or office ("the governor and police"); behind a
    comma stands who somebody is.
    """
    if voice.kind == "person":
        return "," not in text and (bool(voice.people) or _OFFICE.match(_STRIP.sub("", voice.text)) is not None)
    return voice.is_known and voice.kind != "organisation"


def _longer(text: str, head: ActorMention) -> str | None:
    """The whole name of a body that begins with a known one's ("Kurdistan Region Security Council")."""
    hit = _NAME_GOES_ON.match(text, head.end) if head.place_like or head.kind == "government" else None
    return text[head.start : hit.end()] if hit is not None and _BODY.search(hit.group()) else None


def _around_place(text: str, head: ActorMention) -> str | None:
    """The name of a body that a place only ends ("Central Committee of Sudan Doctors")."""
    named = _NAME_OF.search(text, 0, head.start) if head.place_like else None
    if named is None or _OF_A_STATE.search(named.group()):
        return None
    return re.sub(r"^[Tt]he ", "", text.split(",")[0])


def _unnamed(generic: str, plain: str, text: str, surnames: tuple[str, ...]) -> Voice:
    """A kind of voice, with the body, the hospital or the people that it is of, where the phrase says so."""
    body = _BODY_BEFORE.match(plain)
    if body is not None:
        return Voice(body.group(1), text, "organisation", surnames)
    if _SOURCES.search(plain) and len(plain) < _LONG and generic != "military sources":
        return Voice(_in_mid_sentence(plain), text, "generic", surnames)
    if generic in {"officials", "sources"} and _AT_HOSPITAL.search(text):
        return Voice(f"hospital {generic}", text, "generic", surnames)
    kind = _OFFICIALS_OF.search(plain) if generic == "officials" else None
    if kind is not None and kind.group(1).lower() not in _PLAIN_OFFICIALS:
        return Voice(f"{kind.group(1)} {generic}", text, "generic", surnames)
    return Voice(generic, text, "generic", surnames)


def _in_mid_sentence(plain: str) -> str:
    """*plain* as it stands inside a sentence: "Medical sources" in lower case, "Lebanese sources" and names as they
    are.
    """
    named = not plain.isupper() and not plain[1:].islower()
    return plain if named or plain.split()[0].lower() in nationalities() else plain.lower()


def own_name(name: str) -> str:
    """The canonical actor of *name*, but a ministry's or government's own name where that is its country's."""
    known = canonical(name)
    kind = _STATE_BODY.search(name)
    return name if kind is not None and kind.group().lower() not in known.lower() else known


def _of_state(text: str, head: ActorMention) -> str | None:
    """ "Algeria's interior minister" speaks as the Algerian one; None where no state owns the office."""
    owner = text.find("'s ", head.start)
    adjective = demonyms().get(head.country or "")
    hit = _OF_STATE.match(text, owner) if adjective and 0 < owner <= head.end else None
    return f"{adjective} {hit.group(1)}" if hit is not None else None


def _office(head: ActorMention) -> str | None:
    """A ministry or a government speaks for itself, though what it orders is done by its country's forces."""
    kind = _STATE_BODY.search(head.text)
    if kind is None or kind.group().lower() in head.name.lower():
        return None
    return _MINISTRY_OF.sub(r"\1\3 \2", re.sub(r"^[Tt]he ", "", head.text))


def _of_body(body: str, text: str, surnames: tuple[str, ...]) -> Voice:
    """ "A health ministry official", "the army's official spokesman": the body whose official it is."""
    if body == "police" or "ministry" in body:
        name = re.sub(r"^ministry of (?:the )?(\w+)$", r"\1 ministry", body)
        return Voice(name, text, "generic", surnames)
    return Voice(body, text, "organisation", surnames)


def _is_body(plain: str) -> bool:
    """ "A hospital run by medics": a body that speaks, whoever is named behind it."""
    head = _HEAD.split(plain, maxsplit=1)[0].strip()
    return (
        head != plain
        and generic_voice(head) is None
        and head.lower().split()[-1:] != []
        and (head.lower().split()[-1] in lexicon.word_set("speaking_bodies.csv"))
    )


def _names_body(plain: str, generic: str) -> bool:
    """ "the Homs media office", "a doctors' union": the unnamed voice in it only tells what kind of body it is."""
    words = _HEAD.split(plain, maxsplit=1)[0].lower().split()
    bodies = lexicon.word_set("speaking_bodies.csv")
    told = words[-1] in bodies if len(words) > 1 else False
    return told and generic_voice(" ".join(words[:-1])) == generic and generic_voice(words[-1]) is None


def _by_noun(plain: str, text: str) -> Voice | None:
    """ "a district doctor", "the regional council": a common noun of somebody or of a body that can speak."""
    bare = _BRACKETS.sub("", plain)
    head = _HEAD.split(bare, maxsplit=1)[0].strip()
    words = head.lower().split()
    if not words or len(words) > 5 or _VERBAL.search(head):
        return None
    bodies = lexicon.word_set("speaking_bodies.csv")
    if words[-1] in bodies or words[-1].removesuffix("s") in bodies:
        whole = _WHOLE_NAME.match(bare) if head.split()[-1][0].isupper() else None
        return Voice(whole.group() if whole is not None else head, text, "organisation")
    return Voice(head, text, "person") if words[-1] in lexicon.victims() and words[-1] not in _SILENT else None


def _head_mention(text: str, mentions: Sequence[ActorMention]) -> ActorMention:
    """The body that speaks: the one that an office belongs to, else the last of the leading noun phrase."""
    office = _OFFICE_OF.search(text)
    if office is not None:
        behind = [m for m in mentions if m.start >= office.end() - 4]
        before = [m for m in mentions if m.end <= office.start()]
        if behind and not (before and behind[0].place_like):
            return behind[0]
    bodies = [m for m in mentions if not m.place_like] or mentions
    if text[bodies[0].end : bodies[0].end + 2] in {"'s", "’s"} and len(bodies) > 1:
        return bodies[1]
    return bodies[0]


def _joined(text: str, head: ActorMention, other: ActorMention) -> bool:
    between = text[min(head.end, other.end) : max(head.start, other.start)]
    return bool(re.fullmatch(r"\s*(?:,|and|&|, and|and the|, the|and a| )\s*(?:the\s+)?", between))


def _is_name(plain: str) -> bool:
    """Whether *plain* is a proper name: a capitalised word that is not just the first of a sentence, or a sole one."""
    words = plain.split(",")[0].split()
    if len(words) == 1 and (words[0].lower() in _NO_VOICE or words[0].lower().endswith("ly")):
        return False
    return (
        bool(words)
        and ((plain[0].isupper() and len(words) == 1) or any(_CAPITAL.match(word) for word in words[1:]))
        and (plain[0].isupper() or bool(_TITLE.search(plain)))
    )


def _surnames(text: str) -> tuple[str, ...]:
    """Last words of the personal names in *text*."""
    bare = _TITLE.sub(" ", text)
    found = [hit.group() for hit in _NAME.finditer(bare)]
    return tuple(name.split()[-1].split("-")[-1].lower() for name in found if " " in name or len(found) == 1)
