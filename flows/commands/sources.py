"""``casualties sources``: what can be read, what is configured in ``sources.toml``, and whether it can be used."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import Any

from flows import render
from flows.commands import config_option


@dataclass(frozen=True, slots=True)
class Listing:
    """Sources as a table (`flows.render.Rows`)."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "action", nargs="?", choices=("check", "list"),
        help="check everything that is configured, or list it; without: every kind of input that can be read",
    )  # fmt: skip
    config_option(parser)
    parser.add_argument("--format", choices=render.FORMATS, default="table", help="what to print (default: table)")
    parser.epilog = (
        "Without an action: the sources that --source takes, what each needs, its licence and an example.\n"
        "check reads sources.toml, looks for every secret and folder that it names, and fetches nothing;\n"
        "casualties collect --dry-run tries the addresses.\n"
        "exit status: 0 all is well; 2 something has to be changed\n\n"
        "examples:\n  casualties sources\n  casualties sources check\n  casualties sources list --format json"
    )


def run(args: argparse.Namespace) -> int:
    """Print the sources, and every fault on stderr; 2 when there is one."""
    if args.action is None:
        render.write(formats(), args.format)
        return 0
    from sources.config import ConfigError, load

    try:
        config = load(args.config)
    except ConfigError as error:
        print(f"casualties: {error}", file=sys.stderr)
        return 2
    columns = ("source", "kind", "enabled", "every_hours", "redistributable", "what")
    rows = [
        (one.name, one.kind, one.enabled, one.every_hours, one.redistributable,
         "; ".join((*one.url, *one.urls)) or one.path or one.query or one.release)
        for one in config.sources.values()
    ]  # fmt: skip
    render.write(Listing(columns, rows), args.format)
    faults = missing(config) if args.action == "check" else []
    for fault in faults:
        print(f"casualties: {args.config}: {fault}", file=sys.stderr)
    return 2 if faults else 0


def formats() -> Listing:
    """What can be read: one row a source that ``--source`` takes."""
    from sources.fields import data_table

    rows = data_table("formats.csv")
    return Listing(tuple(rows[0]), [tuple(row.values()) for row in rows])


def missing(config: Any) -> list[str]:
    """What enabled sources need and this machine does not have: secrets and folders."""
    import os
    from pathlib import Path

    from flows.credentials import secret
    from sources.config import ConfigError

    needed = {"ucdp": ("UCDP_TOKEN",), "acled": ("ACLED_EMAIL", "ACLED_PASSWORD")}
    faults = []
    for source in config.sources.values():
        if not source.enabled:
            continue
        if source.path and not Path(source.path).is_dir():
            faults.append(f"[sources.{source.name}] there is no folder {source.path}")
        for name in needed.get(source.kind, ()):
            if not os.environ.get(name):
                faults.append(f"[sources.{source.name}] {name} is not set: put the secret into the environment")
        for wanted in source.secrets():
            try:
                secret(wanted)
            except ConfigError as error:
                faults.append(f"[sources.{source.name}] {error}")
    return faults
