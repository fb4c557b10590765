"""Where, when and over how long: the scene of each claim."""
