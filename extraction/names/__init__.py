"""The names that are known beforehand: places, actors, and the many spellings of both."""
