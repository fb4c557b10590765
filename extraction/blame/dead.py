"""Who the dead of a claim are, and which parties can have harmed them."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.blame.fights import STATE_ROLES
from extraction.blame.sides import own_people
from extraction.blame.stance import speaks_for
from extraction.drafts import Draft
from extraction.mentions.accusations import Blame
from extraction.mentions.bodies import is_unnamed
from extraction.mentions.settings import Scenes
from extraction.words.lexicon import nationalities, pattern, sought
from extraction.words.text import REACH

_SECURITY = sought("sides", "security")
_OWNER = pattern("dead", "owner")
_OWN_SIDE = sought("dead", "own_side")
_ITS_OWN = sought("dead", "its_own")
_OWN_RANKS = sought("dead", "own_ranks")


def suspects(made: Draft, blames: Sequence[Blame], victims: str, scenes: Scenes) -> list[Blame]:
    """Those of *blames* that can have harmed the victims: not their own side, nor the one who says it lost nobody."""
    unhurt = made.qualifier == "none_reported" and _OWN_RANKS.search(scenes.plain, made.start, made.end + 60)
    mourns = unhurt or _ITS_OWN.search(victims)
    first, last = made.clause.tokens[0].start, made.clause.tokens[-1].end
    spoken = [b for b in blames if not b.denies or first <= b.at < last]
    group = _is_group(made, scenes)
    free = [b for b in spoken if not own_people(b.actor, victims) and not (group and is_unnamed(b.actor))]
    return [b for b in free if not speaks_for(made.claimant, b.actor)] if mourns else free


def _is_group(made: Draft, scenes: Scenes) -> bool:
    """Whether the dead are fighters of a group that is called by name: no "rebels" killed them."""
    first, last = made.clause.tokens[made.group.first].start, end_of_victims(made)
    named = any(first <= m.start < last and m.kind == "armed_group" for m in scenes.at(made.sentence).actors)
    return named and made.victim_class == "combatant"


def with_home(victims: str, scenes: Scenes) -> str:
    """The victims' words, and whose soldiers they are where none is told: those of the country of the text."""
    heads = set(victims.split())
    state = heads & STATE_ROLES or _SECURITY.search(victims)
    own = state and not any(word in nationalities() for word in heads)
    return f"{victims} {scenes.paper.home.lower()}" if own and scenes.paper.home else victims


def words_of(made: Draft) -> str:
    """The victims' words in lower case, with whose they are ("three members of the … brigade", "on the Israeli side
    …").
    """
    last = made.clause.tokens[made.group.last - 1].end
    side = _OWN_SIDE.search(made.clause.plain, max(made.clause.tokens[0].start, made.start - REACH), made.start)
    told = made.clause.plain[last : end_of_victims(made)].lower()
    return " ".join(made.group.words) + told + (f" {side[1].lower()}" if side is not None else "")


def end_of_victims(made: Draft) -> int:
    """Where the victims' words end, those included that tell whose they are."""
    last = made.clause.tokens[made.group.last - 1].end
    owner = _OWNER.match(made.clause.plain, last)
    return owner.end() if owner is not None else last
