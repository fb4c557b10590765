"""``sources.toml``: what is collected, from where and how politely. Read whole, checked whole, every fault named.

Secrets never stand in the file: ``{env = "NAME"}`` takes one from the environment, ``{block = "name"}`` from a Secret
block of Prefect.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from sources import registry
from sources.visiting import Manners

KINDS: dict[str, tuple[str, ...]] = {
    "feed": ("url",), "sitemap": ("url",), "pages": ("urls",), "folder": ("path",), "gdelt": ("query",),
    "reliefweb": ("query", "appname"), "ucdp": ("release",), "acled": (),
}  # fmt: skip
"""What a source may be, and which keys each kind must have."""
PAGE_KINDS = frozenset({"feed", "sitemap", "pages", "gdelt"})
"""Kinds that give addresses of pages."""
MONITORS = frozenset({"ucdp", "acled"})
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CONTACT = re.compile(r"[^@\s()]+@[^@\s()]+\.[^@\s()]+|https?://[^\s()]+")


class ConfigError(Exception):
    """``sources.toml`` cannot be used; ``str()`` lists every fault with its source and key, a line each."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret is to be had; never the secret itself."""

    env: str | None = None
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One ``[sources.NAME]``."""

    name: str
    kind: str
    url: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    path: str | None = None
    query: str | None = None
    release: str | None = None
    appname: str | Secret | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str | Secret] = field(default_factory=dict)
    reader: str | None = None
    """The source module that reads what comes; None: articles (pages), or by content (folders)."""
    publisher: str | None = None
    language: str | None = None
    licence: str | None = None
    redistributable: bool = False
    include: tuple[str, ...] = ()
    """Regular expressions: an address has to match one of them somewhere."""
    exclude: tuple[str, ...] = ()
    limit: int = 500
    """Articles a run at most; the rest waits for the next."""
    days: int = 7
    """How far back a search or a site's list is read the first time."""
    every_hours: float = 1.0
    recheck_days: float = 3.0
    """How long an article is looked at again for changes."""
    recheck_hours: float = 6.0
    seconds_between: float = 1.0
    robots: bool = True
    enabled: bool = True

    def manners(self, secret: Callable[[Secret], str]) -> Manners:
        """How its hosts are visited. Raises what ``secret`` raises."""
        headers = {name: value if isinstance(value, str) else secret(value) for name, value in self.headers.items()}
        return Manners(self.seconds_between, self.robots, headers)

    def secrets(self) -> list[Secret]:
        """All that it needs."""
        return [value for value in (self.appname, *self.headers.values()) if isinstance(value, Secret)]

    def wants(self, url: str) -> bool:
        """Whether ``include`` and ``exclude`` let the address through."""
        if self.include and not any(re.search(pattern, url) for pattern in self.include):
            return False
        return not any(re.search(pattern, url) for pattern in self.exclude)


@dataclass(frozen=True, slots=True)
class Config:
    """All of ``sources.toml``."""

    contact: str
    """An e-mail or web address, told to every site in the User-Agent."""
    sources: Mapping[str, Source]
    allow_hosts: frozenset[str] = frozenset()
    keep: int = 5
    """Publications kept."""
    keep_days: float | None = None


_KEYS = {field.name for field in fields(Source)} - {"name"}
_TOP = {"contact", "allow_hosts", "defaults", "publish", "sources"}
_DEFAULTS = {"limit", "every_hours", "recheck_days", "recheck_hours", "seconds_between", "robots", "days"}


def load(path: Path) -> Config:
    """The configuration in ``path``. Raises `ConfigError`."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"there is no {path}: docs/collecting.md has one to begin with; another is named by --config FILE"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    faults = list(_faults(raw))
    if faults:
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in faults))
    defaults = raw.get("defaults", {})
    publish = raw.get("publish", {})
    return Config(
        contact=raw["contact"], allow_hosts=frozenset(host.lower() for host in raw.get("allow_hosts", ())),
        sources={name: _source(name, defaults | table, path.parent) for name, table in raw["sources"].items()},
        keep=publish.get("keep", 5), keep_days=publish.get("keep_days"),
    )  # fmt: skip


def _source(name: str, table: Mapping[str, Any], folder: Path) -> Source:
    values = dict(table)
    for key in ("url", "urls", "include", "exclude"):
        if key in values:
            values[key] = (values[key],) if isinstance(values[key], str) else tuple(values[key])
    if "appname" in values:
        values["appname"] = _secret(values["appname"])
    if "headers" in values:
        values["headers"] = {header: _secret(value) for header, value in values["headers"].items()}
    if "path" in values:
        # Beside the file that names it, wherever the command runs.
        values["path"] = str(folder.absolute() / values["path"])
    values.setdefault("every_hours", 24.0 if values["kind"] in MONITORS else 1.0)
    return Source(name, **values)


def _secret(value: Any) -> Any:
    return Secret(**value) if isinstance(value, dict) else value


def _faults(raw: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown(raw, _TOP, "")
    contact = raw.get("contact")
    if not isinstance(contact, str) or not _CONTACT.fullmatch(contact):
        yield 'contact must be an e-mail or web address under which a site can reach you: contact = "ops@example.org"'
    if not _texts(raw.get("allow_hosts", [])):
        yield "allow_hosts must be a list of host names"
    for section, known in (("defaults", _DEFAULTS), ("publish", {"keep", "keep_days"})):
        table = raw.get(section, {})
        if not isinstance(table, dict):
            yield f"[{section}] must be a table"
            continue
        yield from _unknown(table, known, f"[{section}] ")
        yield from (f"[{section}] {fault}" for fault in _types(table))
    tables = raw.get("sources", {})
    if not isinstance(tables, dict) or not tables:
        yield "it names no source: add [sources.NAME] with kind and url"
        return
    for name, table in tables.items():
        if not isinstance(table, dict):
            yield f"[sources.{name}] must be a table"
        else:
            yield from (f"[sources.{name}] {fault}" for fault in _faults_of(name, table))


def _faults_of(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    if not _NAME.fullmatch(name):
        yield "a name has small letters, digits, - and _, and begins with a letter"
    kind = table.get("kind")
    if kind not in KINDS:
        yield f"kind must be one of {', '.join(KINDS)}" + (f", not {kind!r}" if kind else "")
        return
    if name in registry.names() and name != kind and name != table.get("reader"):
        yield f"the name {name} belongs to the reader {name}: choose another, or set reader = {name!r}"
    yield from _unknown(table, _KEYS, "")
    yield from (f"{key} is missing: a source of kind {kind} needs it" for key in KINDS[kind] if key not in table)
    yield from _types(table)
    for key in ("url", "urls"):
        links = [table[key]] if isinstance(table.get(key), str) else table.get(key, [])
        for link in links if _texts(links) else []:
            if not re.match(r"https?://[^/\s@]+(?:/|$|\?)", link):
                yield f"{key}: {link!r} is no http or https address (and holds no user name or password)"
    reader = table.get("reader")
    if isinstance(reader, str) and reader not in registry.names():
        yield f"there is no reader {reader!r}: choose one of {', '.join(registry.names())}"


def _types(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key in ("url", "urls", "include", "exclude"):
            if not (isinstance(value, str) and value) and not (_texts(value) and value):
                yield f"{key} must be a text or a list of texts"
            elif key in ("include", "exclude"):
                yield from _patterns(key, [value] if isinstance(value, str) else value)
        elif key in ("robots", "redistributable", "enabled"):
            if not isinstance(value, bool):
                yield f"{key} must be true or false"
        elif key in ("limit", "days", "keep"):
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                yield f"{key} must be a whole number above 0"
        elif key in ("every_hours", "recheck_days", "recheck_hours", "seconds_between", "keep_days"):
            if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
                yield f"{key} must be a number, 0 or above"
        elif key in ("headers", "filters"):
            yield from _pairs(key, value)
        elif key == "appname":
            if not isinstance(value, str) and not _is_secret(value):
                yield 'appname must be a text, {env = "NAME"} or {block = "name"}'
        elif not isinstance(value, str):
            yield f"{key} must be a text"


def _pairs(key: str, value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{key} must be a table"
        return
    for name, one in value.items():
        if isinstance(one, str):
            if key == "headers" and re.search(r"auth|token|key|cookie|secret|password", name, re.IGNORECASE):
                yield f'headers.{name} is a secret: take it from {{env = "NAME"}} or {{block = "name"}}'
        elif key == "filters" or not _is_secret(one):
            yield f'{key}.{name} must be a text' + (', {env = "NAME"} or {block = "name"}' if key == "headers" else "")


def _patterns(key: str, patterns: list[str]) -> Iterator[str]:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{key}: {pattern!r} is no regular expression: {error}"


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _is_secret(value: Any) -> bool:
    if not isinstance(value, dict) or len(value) != 1:
        return False
    kind, name = next(iter(value.items()))
    return isinstance(name, str) and (kind == "block" or (kind == "env" and bool(_VARIABLE.fullmatch(name))))


def _unknown(table: Mapping[str, Any], known: set[str], where: str) -> Iterator[str]:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, sorted(known), 1)
            yield f"{where}there is no key {key!r}" + (f"; do you mean {near[0]}?" if near else "")
