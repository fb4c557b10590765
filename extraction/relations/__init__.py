"""How the claims of a text hang together: parts, lists, later deaths, figures said again, corrections."""
