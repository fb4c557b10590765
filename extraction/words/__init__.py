"""The text as words and numbers: characters made plain, sentences, tags, and the vocabularies they are read with."""
