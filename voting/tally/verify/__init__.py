"""The numbered checks of a poll's archive, and the report of an audit.

Law of this room: it reads the public record alone; an incomplete record is never called valid.
"""
