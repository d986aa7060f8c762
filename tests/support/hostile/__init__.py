"""Hostile frames and requests: what is sent, how, and what must not come of it."""
