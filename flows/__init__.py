"""Wires the rooms together: the commands, the plain pipeline and the Prefect flows that wrap it."""
