"""Points of the Military Grid Reference System as WGS 84 degrees.

Reads references such as "37SFV126086" (100 m square) or "37S FU 30171 87869" (1 m). The point given is the square's
south-west corner, which is what the reference names; the square's size is its uncertainty. Conversion by the `mgrs`
package (NGA's GEOTRANS routines, MIT).
"""

from __future__ import annotations

import re

from mgrs import MGRS  # type: ignore[import-untyped]
from mgrs.core import MGRSError  # type: ignore[import-untyped]

_SHAPE = re.compile(r"(?P<zone>\d{1,2})(?P<band>[C-HJ-NP-X])(?P<square>[A-HJ-NP-Z]{2})(?P<digits>\d{2,10})")
_CONVERTER = MGRS()


def to_lat_lon(reference: str) -> tuple[float, float] | None:
    """Latitude and longitude (WGS 84 degrees, seven decimals) of a reference; None when it names no point on earth.

    An odd number of digits, a zone above 60 or letters that the system does not use make a reference invalid: figures
    mistyped in a report are not guessed at.
    """
    shape = _SHAPE.fullmatch(re.sub(r"\s", "", reference).upper())
    if shape is None or len(shape["digits"]) % 2:
        return None
    try:
        lat, lon = _CONVERTER.toLatLon(shape[0])
    except MGRSError:
        return None
    return round(float(lat), 7), round(float(lon), 7)
