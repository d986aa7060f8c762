"""The hash-chained, append-only journal: the port, its two stores and the group commit.

Law of this room: after the first failure nothing more is taken.
"""
