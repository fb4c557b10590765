"""Whose deaths a second figure tells: those of the other side, the same people counted later, or a rival's count."""

from __future__ import annotations

import pytest

from extraction import extract
from extraction.tolls.toll import document_tolls


def killed(text: str) -> tuple[int | None, int | None]:
    """Both ends of the dead that *text* tells of."""
    toll = next(toll for toll in document_tolls(extract(text).claims) if toll.harm == "killed")
    return toll.low, toll.high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Attackers whom police or troops killed are others than those whom they killed.
        ("Gunmen killed six farmers at a ford. Police shot dead two of the gunmen.", (8, 8)),
        ("Raiders killed six people at a ford. Soldiers later killed three of the attackers.", (9, 9)),
        ("Gunmen killed six people at a ford. Gunmen on mules killed two people there.", (6, 6)),
        ("Militants killed three guards at a ford. The garrison fired back and killed two of the militants.", (5, 5)),
        ("Gunmen killed six people at a ford. The gunmen, two of whom were killed, burned it.", (8, 8)),
        # A figure of all.
        ("Raiders killed five guards at a mill. In total, 12 guards and four raiders were killed.", (16, 16)),
        # A toll that rose replaces what the same voice told before.
        ("Nine people died in a fire at a mill. The toll later rose to 21.", (21, 21)),
        ("Nine people died in a fire at a mill. Over the next days the death toll was raised to 21.", (21, 21)),
        ("Nine people died in a fire at a mill (later revised to 21).", (21, 21)),
        ("Nine people died in a fire at a mill. A nurse said the toll had risen to 21.", (9, 21)),
    ],
)
def test_a_second_figure_of_the_dead(text: str, expected: tuple[int, int]) -> None:
    assert killed(text) == expected
