"""Where a sitting lies on disk: its journal, its tables and their migrations, private files.

Law of this room: durable before acknowledged; what does not hold is never repaired, only reported.
"""
