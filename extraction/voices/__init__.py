"""Who says so: the voice that governs each claim."""
