"""The live side: sockets, requests, views and their numbered patches.

Law of this room: what leaves is committed, and goes out from one place, after the commit.
"""
