"""Secrets that ``sources.toml`` names: from the environment, or from a Secret block of Prefect."""

from __future__ import annotations

import os

from sources.config import ConfigError, Secret


def secret(wanted: Secret) -> str:
    """The secret itself, never logged. Raises `ConfigError` that says which one is missing and where to put it."""
    if wanted.env:
        value = os.environ.get(wanted.env, "").strip()
        if not value:
            raise ConfigError(f"{wanted.env} is not set: put the secret into the environment under this name")
        return value
    return _from_block(wanted.block or "")


def _from_block(name: str) -> str:
    try:
        # Only where a source asks for it: the commands start without Prefect.
        from prefect.blocks.system import Secret as Block

        block = Block.load(name)
        value = block.get() if isinstance(block, Block) else ""
    except Exception as error:  # Prefect raises what its client, its server or its settings make of it
        raise ConfigError(
            f"Prefect has no Secret block {name!r} that can be read ({type(error).__name__}): make it in the UI under "
            "Blocks, or name an environment variable instead"
        ) from None
    return str(value).strip()
