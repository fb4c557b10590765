"""Sources that give whole files or records instead of pages: watched folders, ReliefWeb, the monitors' APIs."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sources
import warehouse
from flows import pipeline
from flows.collecting.ledger import attempt_row
from flows.collecting.turn import Turn
from schemas.records import Reading
from sources import http, reliefweb
from sources.config import Secret
from sources.inputs import MANIFEST, OWN_ENDINGS, SIDECAR
from sources.reading import Received
from sources.visiting import JSON_TYPES
from warehouse import fetches

QUIET_SECONDS = 5.0
"""A file that was written to so recently may still be growing: it is taken by the next run."""


def collect(turn: Turn) -> None:
    """Take the turn of a source that is no list of pages. Raises what `flows.collecting.run.take` catches."""
    kinds = {"folder": _folder, "reliefweb": _reliefweb, "ucdp": _ucdp, "acled": _acled}
    kinds[turn.source.kind](turn)


def _folder(turn: Turn) -> None:
    """Files that are new or changed since they were read; a folder whose manifest or sidecar changed is read whole."""
    root = Path(turn.source.path or "")
    if not root.is_dir():
        raise OSError(f"there is no folder {root}: make it, or change path")
    looks = dict(_looks(root))
    changed = [name for name, look in looks.items() if turn.state.seen.get(name) != look]
    described = {str(Path(name).parent) for name in changed if name.endswith((MANIFEST, SIDECAR))}
    inputs = sorted(
        name for name in looks
        if not name.endswith((MANIFEST, SIDECAR)) and (name in changed or str(Path(name).parent) in described)
    )  # fmt: skip
    turn.looked_at = len(inputs)
    if turn.desk.journal is None:
        return
    taken = inputs[: turn.desk.wish.limit or turn.source.limit]
    if taken:
        _ingest(turn, taken, turn.source.reader)
    left = set(inputs) - set(taken)
    seen = {name: look for name, look in looks.items() if name not in left}
    # A manifest counts as read when all that it describes has been.
    turn.state.seen = {n: v for n, v in seen.items() if not (left and n.endswith((MANIFEST, SIDECAR)))}


def _looks(root: Path) -> list[tuple[str, str]]:
    found = []
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith(OWN_ENDINGS))
        for name in sorted(names):
            if name.startswith(".") or name.endswith(OWN_ENDINGS):
                continue
            stat = Path(place, name).stat()
            if time.time() - stat.st_mtime >= QUIET_SECONDS:
                found.append((os.path.join(place, name), f"{stat.st_mtime_ns}:{stat.st_size}"))  # noqa: PTH118
    return found


def _ingest(turn: Turn, inputs: list[str], reader: str | None) -> None:
    """Files into the warehouse; those that cannot be read are counted and named."""
    path = turn.desk.path
    before = turn.desk.alone(lambda: _documents(path))
    summary = turn.desk.alone(lambda: pipeline.ingest(inputs, path, source=reader, flow=turn.desk.run[0]))
    turn.state.new += turn.desk.alone(lambda: _documents(path)) - before
    turn.state.unchanged += summary.unchanged
    turn.state.failed += len(summary.failed)
    if summary.failed or summary.held:
        turn.state.trouble = "; ".join([*summary.failed[:5], *summary.held])


def _documents(path: Path) -> int:
    try:
        return int(warehouse.query(path, "SELECT count(*) FROM core.document").rows[0][0])
    except warehouse.WarehouseMissing:
        return 0


def _reliefweb(turn: Turn) -> None:
    since, until = turn.span()
    appname = turn.source.appname
    name = turn.desk.secret(appname) if isinstance(appname, Secret) else appname or ""

    def post(url: str, question: Mapping[str, Any]) -> bytes:
        response = turn.ask(url, JSON_TYPES, dict(question))
        return response.content if response else b""

    base = turn.source.url[0] if turn.source.url else reliefweb.URL
    pages = reliefweb.search(turn.source.query or "", since, until, name, post, url=base)
    for number, body in enumerate(pages, start=1):
        if turn.desk.journal is None:
            turn.looked_at += len(reliefweb.rows(body))
        else:
            _load_answer(turn, body, f"{base}#{turn.source.name}-{since:%Y%m%dT%H%M%S}-{number}")
    if not turn.desk.wish.since:
        turn.state.covered = until.isoformat()


def _load_answer(turn: Turn, body: bytes, origin: str) -> None:
    """One answer of the API: reports whose text the warehouse has already are no new versions."""
    source = turn.source
    told = {"collector": source.name, "licence": source.licence, "redistributable": source.redistributable or None}
    received = Received(
        data=body, name=f"{source.name}.json", origin=origin, snapshot_id=hashlib.sha256(body).hexdigest(),
        received_at=turn.at, media_type="application/json", source="reliefweb",
        metadata={key: value for key, value in told.items() if value is not None},
    )  # fmt: skip
    texts = {f.document.version_key: f.document.text for one in reliefweb.read(received) for f in one.facts}
    same = turn.desk.alone(lambda: fetches.same_texts(turn.desk.path, texts))
    turn.looked_at += len(texts)
    turn.state.unchanged += len(same)
    turn.state.new += len(texts) - len(same)
    if texts.keys() <= same and texts:
        return

    def load() -> None:
        store = pipeline.snapshots(turn.desk.path)
        kept = store.put(replace(received, received_at=store.received_at), "reliefweb", source.licence)
        turn.load_readings([_without(reading, same) for reading in reliefweb.read(kept)])

    turn.state.refused += sum(len(reading.rejects) for reading in reliefweb.read(received))
    turn.desk.alone(load)
    turn.record([])


def _without(reading: Reading, same: set[str]) -> Reading:
    return Reading(tuple(f for f in reading.facts if f.document.version_key not in same), reading.rejects,
                   reading.failed)  # fmt: skip


def _ucdp(turn: Turn) -> None:
    """A release once: it does not change after it is out."""
    from sources.ucdp import api as ucdp_api

    release = turn.source.release or ""
    if turn.state.covered == release and not turn.desk.wish.since:
        return
    turn.looked_at = 1
    if turn.desk.journal is None:
        return
    with http.told(lambda attempt: turn.note([attempt_row(turn.source.name, attempt)])):
        bundle = ucdp_api.download_release(
            release, _downloads(turn), filters=turn.source.filters, allow_hosts=turn.desk.config.allow_hosts,
            url=turn.source.url[0] if turn.source.url else ucdp_api.URL,
        )  # fmt: skip
    _ingest(turn, [str(bundle)], "ucdp")
    turn.state.covered = release


def _acled(turn: Turn) -> None:
    """What was written since the newest event that is held, and what was deleted meanwhile."""
    from sources import acled
    from sources.acled import api as acled_api

    covered = turn.state.covered
    since = int(covered) if covered and covered.isdigit() else None
    if turn.desk.wish.since:
        since = int(turn.desk.wish.since.replace(tzinfo=UTC).timestamp())
    turn.looked_at = 1
    if turn.desk.journal is None:
        return
    hosts = turn.desk.config.allow_hosts
    session = acled_api.Session(*turn.source.url[:1], allow_hosts=hosts)
    with http.told(lambda attempt: turn.note([attempt_row(turn.source.name, attempt)])):
        bundles = [acled_api.download_events(_downloads(turn), session, since=since, filters=turn.source.filters)]
        if since is not None:
            bundles.append(acled_api.download_deletions(_downloads(turn), session, since=since))
    _ingest(turn, [str(bundle) for bundle in bundles], "acled")
    newest = acled.latest_timestamp(list(sources.read(str(bundles[0]), source="acled")))
    turn.state.covered = str(newest or since or int(datetime.now(UTC).timestamp()))


def _downloads(turn: Turn) -> Path:
    return turn.desk.ledger.folder / "downloads"
