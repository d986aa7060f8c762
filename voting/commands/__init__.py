"""The commands of `voting`, one module each."""
