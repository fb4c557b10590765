"""sources.toml: what passes, and what is said of every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources import config
from sources.config import ConfigError, Secret

ROOT = Path(__file__).parents[2]
HEAD = 'contact = "ops@example.org"\n'
FEED = '[sources.wire]\nkind = "feed"\nurl = "https://example.org/feed.xml"\n'


def load(tmp_path: Path, text: str) -> config.Config:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_defaults_hold_unless_a_source_says_otherwise(tmp_path: Path) -> None:
    text = f"{HEAD}[defaults]\nlimit = 7\nrobots = false\n{FEED}limit = 9\n"
    wire = load(tmp_path, text).sources["wire"]
    assert (wire.limit, wire.robots, wire.url, wire.every_hours) == (9, False, ("https://example.org/feed.xml",), 1.0)


def test_monitors_are_asked_once_a_day(tmp_path: Path) -> None:
    assert load(tmp_path, HEAD + '[sources.acled]\nkind = "acled"\n').sources["acled"].every_hours == 24


def test_secrets_are_named_and_never_held(tmp_path: Path) -> None:
    headers = 'headers = {X-Key = {env = "WIRE_KEY"}, Accept-Language = "en"}\n'
    wire = load(tmp_path, HEAD + FEED + headers).sources["wire"]
    assert wire.secrets() == [Secret(env="WIRE_KEY")]
    assert wire.manners(lambda wanted: f"<{wanted.env}>").headers == {"X-Key": "<WIRE_KEY>", "Accept-Language": "en"}


def test_folders_are_found_beside_the_file(tmp_path: Path) -> None:
    found = load(tmp_path, HEAD + '[sources.inbox]\nkind = "folder"\npath = "inbox"\n').sources["inbox"]
    assert found.path == str(tmp_path / "inbox")


def test_addresses_are_let_through_by_patterns(tmp_path: Path) -> None:
    wire = load(tmp_path, HEAD + FEED + "include = ['/news/']\nexclude = ['/sport/', '\\.pdf$']\n").sources["wire"]
    urls = ["https://e.org/news/1", "https://e.org/news/sport/1", "https://e.org/news/1.pdf", "https://e.org/about"]
    assert [wire.wants(url) for url in urls] == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contact = 7", "contact must be"),
        (FEED, "contact must be"),
        (HEAD, "it names no source"),
        (HEAD + "[sources]\nwire = 4", "[sources.wire] must be a table"),
        (HEAD + '[sources.Wire]\nkind = "feed"\nurl = "https://e.org/"', "small letters"),
        (HEAD + "[sources.wire]\nurl = 'https://e.org/'", "kind must be one of feed, sitemap"),
        (HEAD + '[sources.wire]\nkind = "rss"', "not 'rss'"),
        (HEAD + '[sources.wire]\nkind = "feed"', "url is missing: a source of kind feed needs it"),
        (HEAD + FEED + "lmit = 4", "there is no key 'lmit'; do you mean limit?"),
        (HEAD + FEED + "limit = 0", "limit must be a whole number above 0"),
        (HEAD + FEED + "limit = true", "limit must be a whole number above 0"),
        (HEAD + FEED + 'robots = "no"', "robots must be true or false"),
        (HEAD + FEED + "every_hours = -1", "every_hours must be a number"),
        (HEAD + FEED + 'publisher = ["a"]', "publisher must be a text"),
        (HEAD + FEED + 'include = "("', "is no regular expression"),
        (HEAD + FEED + 'reader = "nobody"', "there is no reader 'nobody'"),
        (HEAD + FEED + 'headers = {Authorization = "Bearer abc"}', "is a secret: take it from"),
        (HEAD + FEED + 'headers = {X-Key = {env = "A B"}}', "headers.X-Key must be a text"),
        (HEAD + '[sources.wire]\nkind = "feed"\nurl = "ftp://e.org/"', "no http or https address"),
        (HEAD + '[sources.wire]\nkind = "feed"\nurl = "https://me:pw@e.org/"', "no http or https address"),
        (HEAD + '[sources.airwars]\nkind = "feed"\nurl = "https://e.org/"', "belongs to the reader airwars"),
        (HEAD + '[sources.r]\nkind = "reliefweb"\nquery = "x"\nappname = 4', "appname must be a text"),
        (HEAD + "[publish]\nkeep = 0\n" + FEED, "[publish] keep must be"),
        (HEAD + "[default]\nlimit = 1\n" + FEED, "there is no key 'default'; do you mean defaults?"),
        ("contact = ", "is not TOML"),
    ],
)  # fmt: skip
def test_faults_are_named_with_source_and_key(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as fault:
        load(tmp_path, text)
    assert said in str(fault.value)
    assert "sources.toml" in str(fault.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as fault:
        load(tmp_path, FEED + "limit = 0\nrobots = 1\n")
    assert len(str(fault.value).splitlines()) == 3


def test_a_missing_file_says_where_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"collecting\.md"):
        config.load(tmp_path / "sources.toml")


def test_the_documented_example_passes() -> None:
    found = config.load(ROOT / "docs" / "sources.example.toml")
    assert {source.kind for source in found.sources.values()} == set(config.KINDS)
