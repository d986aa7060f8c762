"""Schema revisions, applied in order at start-up by database.upgrade."""
