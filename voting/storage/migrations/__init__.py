"""Schema revisions, applied in order at start-up by engine.upgrade."""
