"""One suite per storage port, run on every backend."""
