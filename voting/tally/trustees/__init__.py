"""The scrutineers' keys: the ceremony, its messages, a scrutineer's share, and the archived document of keys.

Law of this room: fewer shares than the threshold open nothing.
"""
