"""Proofs are checked in child processes that reach neither storage nor codes nor the sitting."""
