"""The two groups of the tally, and the zero-knowledge proofs over either.

Law of this room: every element received is checked for membership and for its one spelling.
"""
