"""Armed bodies that a text names by a common noun only ("the group", "police", "troops"), and whom they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extraction.actors import ActorMention, canonical
from extraction.lexicon import function_words, pattern
from extraction.tokens import reporting

_THE_GROUP = pattern("bodies", "the_group")


def groups_meant(plain: str, named: Sequence[ActorMention]) -> list[ActorMention]:
    """ "The group said it was behind": the armed group named last before it."""
    armed = [m for m in named if m.kind == "armed_group"]
    found: list[ActorMention] = []
    for hit in _THE_GROUP.finditer(plain):
        last = next((m for m in reversed(armed) if m.end < hit.start()), None)
        if last is not None:
            found.append(replace(last, start=hit.start(), end=hit.end(), text=hit.group()))
    return found


_BODY = pattern("bodies", "state")


def state_bodies(plain: str, home: str, named: Sequence[ActorMention]) -> list[ActorMention]:
    """ "killed by police", "troops opened fire": unnamed bodies of the state that the text reports from."""
    found: list[ActorMention] = []
    for hit in _BODY.finditer(plain):
        before = re.search(r"([\w'-]+)\s+$", plain[max(0, hit.start() - 30) : hit.start()])
        own = before is None or before[1].lower() in function_words() or before[1].lower() in reporting()
        if not own or any(m.start < hit.end() and hit.start() < m.end for m in named):
            continue
        noun = {"troops": "forces", "soldiers": "forces", "the army": "army", "the military": "military"}.get(
            hit.group(1).lower(), hit.group(1).lower()
        )
        found.append(
            ActorMention(hit.start(), hit.end(), hit.group(1), canonical(f"{home} {noun}"), "state_military", None)
        )
    return found
