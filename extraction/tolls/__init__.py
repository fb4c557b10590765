"""What a document reports in all: every person counted once."""
