"""What the sentences around a claim tell of its doers: those before it, the opening of the text, those that follow."""

from __future__ import annotations

from collections.abc import Sequence, Set

from extraction.blame.dead import suspects
from extraction.blame.fights import GROUP_ROLES
from extraction.blame.sides import own_people
from extraction.blame.stance import speaks_for
from extraction.drafts import Draft
from extraction.mentions.accusations import Blame
from extraction.mentions.bodies import is_unnamed
from extraction.mentions.settings import Scenes, Setting
from extraction.scene.scope import of_the_same
from extraction.words.lexicon import pattern, sought

_ASIDE = sought("nearby", "aside")
_THAT_DEED = pattern("nearby", "that_deed")
_STOPPED = pattern("doers", "stopped")
_STOPPED_BY = sought("doers", "stopped_by")
_PLANTED = sought("doers", "planted")
_OF_OTHERS = pattern("nearby", "of_others")
_THE_DEED = sought("nearby", "the_deed")
_RECALL = sought("scene", "recall")
_NEW_EVENT = sought("nearby", "new_event")
_ACCUSES = sought("nearby", "accuses")
_JUST_BEFORE = 2
"""How many sentences back those who did what is only recalled may be named."""
_NEAR = 4
"""How many sentences ahead a doer may be named without a word of the attack."""
_LONG_AGO = frozenset({"month", "year"})


def told_near(made: Draft, victims: str, scenes: Scenes, apart: set[int], *, elsewhere: bool) -> list[Blame]:
    """The doers of the nearest sentence that names some; where armed men are known, only a name tells more. *apart*
    are sentences of other people's dead; *elsewhere*: the claim is of another event than the text's.
    """
    known = bool(made.perpetrators)
    bare = all(" " not in p.actor for p in made.perpetrators)
    nameless: list[Blame] = []
    for near in _nearby(made, scenes, apart, elsewhere=elsewhere):
        if known and near.taken and not _THE_DEED.search(near.text):
            continue
        told = [b for b in near.blames if not (_accused(near, b) and speaks_for(made.claimant, b.actor))]
        told = [b for b in told if elsewhere or not _of_recalled(near, b)]
        told = [b for b in told if not stops_the_doer(b, scenes) and not _stopped_by(near, b)]
        told = [b for b in told if GROUP_ROLES & set(victims.split()) or not _by_other_means(made, near, b, scenes)]
        found = suspects(made, told, victims, scenes)
        before = near.span.start < made.start
        settled = known or (bool(nameless) and not before)
        names = [b for b in found if not is_unnamed(b.actor)]
        with_name = [b for b in names if not settled or _tells_more(b, bare=bare and known)]
        if with_name:
            return _together(with_name)
        follows = before and not is_new(scenes.at(made.sentence))
        nameless = nameless or [b for b in found if follows or b.hedged]
    return [] if known else _together(nameless)


def stops_the_doer(blame: Blame, scenes: Scenes) -> bool:
    """ "… before police shot him dead": those who stopped an attack did not do it."""
    return _STOPPED.match(scenes.plain, blame.at) is not None


def _stopped_by(near: Setting, blame: Blame) -> bool:
    """ "The driver there, shot dead by police, was known": who killed one that the sentence only tells of."""
    return not near.taken and _STOPPED_BY.search(near.text, 0, blame.at - near.span.start) is not None


def _by_other_means(made: Draft, near: Setting, blame: Blame, scenes: Scenes) -> bool:
    """Whether *made* is of a bomb that somebody planted or carried, which no army told of in another sentence did."""
    if blame.kind not in {"state_military", "coalition"} or blame.hedged or blame.claimed:
        return False
    if _accused(near, blame) and not near.taken:
        return False
    return scenes.at(made.sentence).says(_PLANTED) and not near.says(_PLANTED)


def _of_recalled(near: Setting, blame: Blame) -> bool:
    """ "The worst since 4 May, when a bomb blamed on X killed nine": the doer is that of the event recalled."""
    return _RECALL.search(near.text, 0, blame.at - near.span.start) is not None


def _accused(near: Setting, blame: Blame) -> bool:
    """Whether the sentence only tells that somebody accuses the doer: what the doer says after it owns to nothing."""
    return _ACCUSES.search(near.text, 0, blame.at - near.span.start) is not None


def claimed_later(made: Draft, victims: str, scenes: Scenes, recalling: Set[int]) -> Blame | None:
    """Who claims responsibility in a later sentence, unless that sentence or those before it tell of another event;
    *recalling* are the sentences that recall one.
    """
    latest = scenes.at(made.sentence)
    for near in scenes.after(made.sentence):
        if near.taken:
            latest = near
        if near.other or latest.other or near.index in recalling or _OF_OTHERS.match(near.text):
            continue
        for blame in near.blames:
            if blame.claimed and not own_people(blame.actor, victims):
                return blame
    return None


def _nearby(made: Draft, scenes: Scenes, apart: set[int], *, elsewhere: bool) -> list[Setting]:
    """The sentences that may tell of the same deed, nearest first: those before, the opening, those that follow."""
    aside = scenes.at(made.sentence).says(_ASIDE)
    before = [near for near in scenes.before(made.sentence) if near.index not in apart and not aside]
    if _THAT_DEED.match(scenes.at(made.sentence).text):
        return before[:1]
    if made.scope != "incident":
        said = scenes.at(made.sentence).text
        told = [near for near in before[:1] if near.taken or of_the_same(said, near.text)]
        return [near for near in told if not any(b.claimed for b in near.blames) and _blames_one(near)]
    if elsewhere:
        return [near for near in before if 0 < made.sentence - near.index <= _JUST_BEFORE]
    after = [near for near in _following(made, scenes) if near.index not in apart]
    return [near for near in (*before, *after) if not near.other and not near.says(_ASIDE)]


def _blames_one(setting: Setting) -> bool:
    """Whether the sentence has one doer: a list of several tells nothing of the next figure's."""
    return len({blame.actor for blame in setting.blames}) == 1


def is_dated_back(setting: Setting) -> bool:
    """Whether the sentence tells of another month or year."""
    return any(m.precision in _LONG_AGO for m in setting.dates)


def _following(made: Draft, scenes: Scenes) -> list[Setting]:
    """The next sentences, those of a new event left out, and those further on that guess who is behind "the attack"."""
    ahead = scenes.after(made.sentence)
    new = next((k for k, near in enumerate(ahead) if near.taken and is_new(near)), len(ahead))
    guesses = [near for near in ahead[_NEAR:new] if near.says(_THE_DEED) and any(b.hedged for b in near.blames)]
    return [near for near in ahead[:_NEAR] if not (near.taken and is_new(near))] + guesses


def _together(blames: Sequence[Blame]) -> list[Blame]:
    """The first of the doers that a sentence names, with the one named beside it."""
    return [b for b in blames[:2] if b.at - blames[0].at < 90]


def is_new(setting: Setting) -> bool:
    """Whether the sentence brings up an event of its own: "A car bomb …", "On Sunday …"."""
    return bool(setting.dates) or setting.says(_NEW_EVENT)


def _tells_more(blame: Blame, *, bare: bool) -> bool:
    """Whether *blame* says who the armed men of a claim are: suspected, claimed, or a group where they are only called
    "gunmen".
    """
    return blame.hedged or blame.claimed or (bare and blame.kind == "armed_group")
