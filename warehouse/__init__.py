"""The warehouse: one DuckDB file that facts are loaded into, linked in, and read from.

Names are imported when they are used, so that reading a warehouse does not wait for what only loading needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.connection import files_folder as files_folder
    from warehouse.errors import ExportRefused as ExportRefused
    from warehouse.errors import QueryRefused as QueryRefused
    from warehouse.errors import WarehouseBusy as WarehouseBusy
    from warehouse.errors import WarehouseError as WarehouseError
    from warehouse.errors import WarehouseFull as WarehouseFull
    from warehouse.errors import WarehouseMissing as WarehouseMissing
    from warehouse.errors import WarehouseOutdated as WarehouseOutdated
    from warehouse.errors import WarehouseReadOnly as WarehouseReadOnly
    from warehouse.errors import WarehouseUnreadable as WarehouseUnreadable
    from warehouse.exporting import export as export
    from warehouse.gazetteers import import_places as import_places
    from warehouse.holding import HoldError as HoldError
    from warehouse.holding import decide_hold as decide_hold
    from warehouse.holding import held_loads as held_loads
    from warehouse.holding import held_snapshots as held_snapshots
    from warehouse.holding import hold as hold
    from warehouse.holding import published_holds as published_holds
    from warehouse.linking import LinkSummary as LinkSummary
    from warehouse.linking import link as link
    from warehouse.loading import LoadSummary as LoadSummary
    from warehouse.loading import known as known
    from warehouse.loading import load as load
    from warehouse.loading import total as total
    from warehouse.querying import Table as Table
    from warehouse.querying import counts as counts
    from warehouse.querying import query as query
    from warehouse.querying import rejects as rejects
    from warehouse.querying import status as status
    from warehouse.rebuilding import Load as Load
    from warehouse.rebuilding import rebuild as rebuild
    from warehouse.releases import held as held
    from warehouse.reviewing import ReviewError as ReviewError
    from warehouse.reviewing import ReviewSummary as ReviewSummary
    from warehouse.reviewing import export_reviews as export_reviews
    from warehouse.reviewing import load_reviews as load_reviews

_HOMES = {
    "connection": ("files_folder",),
    "errors": (
        "ExportRefused",
        "QueryRefused",
        "WarehouseBusy",
        "WarehouseError",
        "WarehouseFull",
        "WarehouseMissing",
        "WarehouseOutdated",
        "WarehouseReadOnly",
        "WarehouseUnreadable",
    ),
    "exporting": ("export",),
    "holding": (
        "HoldError", "decide_hold", "held_loads", "held_snapshots", "hold", "published_holds",
    ),
    "gazetteers": ("import_places",),
    "linking": ("LinkSummary", "link"),
    "loading": ("LoadSummary", "known", "load", "total"),
    "querying": ("Table", "counts", "query", "rejects", "status"),
    "rebuilding": ("Load", "rebuild"),
    "releases": ("held",),
    "reviewing": ("ReviewError", "ReviewSummary", "export_reviews", "load_reviews"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'warehouse' has no attribute {name!r}")
    return getattr(import_module(f"warehouse.{_HOME[name]}"), name)
