"""Rebuilding a warehouse from what was received, into a new file that then takes the old one's place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from schemas.records import Facts, Hold, Reject, Withdrawal
from warehouse.connection import files_folder, reading, remove
from warehouse.errors import WarehouseBusy, WarehouseError, WarehouseMissing, explained
from warehouse.holding import hold
from warehouse.linking import link
from warehouse.loading import LoadSummary, load, total
from warehouse.placing import Resolver
from warehouse.tolls import TollRule


@dataclass(frozen=True, slots=True)
class Load:
    """One past load, read again: what `load` takes."""

    flow: str
    facts: Iterable[Facts] = ()
    rejects: Iterable[Reject] = ()
    release: str | None = None
    withdrawn: Iterable[Withdrawal] = ()
    held: Hold | None = None
    """What was kept and not published: then there is nothing else in this load."""


def rebuild(
    path: Path, loads: Callable[[], Iterable[Load]], *, tolls: TollRule | None = None, resolver: Resolver | None = None
) -> LoadSummary:
    """Loads *loads* (one a past load, in the order received) into a new file, links it, and puts it in the place of
    *path*.

    The old file stays as it is until the new one is complete. Returns the sum over the loads; ``run_id`` is the last
    one's.
    Raises `WarehouseMissing` when there is nothing to load, `WarehouseBusy` while somebody has *path* open.
    """
    folder = files_folder(path)
    with explained(path):
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / "rebuild.duckdb"
        remove(aside)
        try:
            summaries = [_loaded(aside, one, tolls) for one in loads()]
            if not summaries:
                raise WarehouseMissing(f"nothing was received for {path} yet: its folder {folder} holds no snapshots")
            link(aside, resolver, reviews=folder / "reviews")
            _check_free(path)
            # A log beside the old file belongs to it; left behind it would make the new file unopenable.
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
            aside.replace(path)
        finally:
            remove(aside)
    return total(summaries)


def _loaded(path: Path, one: Load, tolls: TollRule | None) -> LoadSummary:
    if one.held is not None:
        return hold(path, one.held, flow=one.flow)
    return load(
        path, one.facts, flow=one.flow, rejects=one.rejects, tolls=tolls, release=one.release, withdrawn=one.withdrawn
    )


def _check_free(path: Path) -> None:
    """Raises `WarehouseBusy` when another process writes *path*; a file that is missing, old or broken may be
    replaced."""
    try:
        with reading(path):
            pass
    except WarehouseError as error:
        if isinstance(error, WarehouseBusy):
            raise
