"""What is new at the configured sources comes into the warehouse: a run, its desk, a turn for each source, a ledger."""
