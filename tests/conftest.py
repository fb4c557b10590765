"""What every test shares: nothing phones home, and no test writes into the home of the person who runs it."""

from __future__ import annotations

import os

# Before anything imports Prefect: it reads these once.
os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ.pop("CASUALTIES_WAREHOUSE", None)
