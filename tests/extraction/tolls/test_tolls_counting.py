"""The named sets of counting options."""

from __future__ import annotations

from typing import Any

import pytest

from extraction.tolls import counting
from extraction.tolls.counting import DEFAULT, presets


def test_every_preset_differs_from_the_default_in_something() -> None:
    assert presets()["default"] == DEFAULT
    assert {"rand", "muc4", "dronestream", "airwars"} <= set(presets())


def test_an_unknown_option_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    file = tmp_path / "toll_options.toml"
    file.write_text("[mine]\nbombers = true\n", encoding="utf-8")
    monkeypatch.setattr(counting, "_OPTIONS", file)
    with pytest.raises(ValueError, match=r"mine.*bombers"):
        presets.__wrapped__()
