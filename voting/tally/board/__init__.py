"""The hash-chained public board of one poll and every document that stands on it, from election to result.

Law of this room: documents are hashed as they were written, never re-serialised.
"""
