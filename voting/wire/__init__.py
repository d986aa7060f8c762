"""What travels between server and terminals: requests, replies and views; the pages' types are generated from here.

Law of this room: types only. It imports no framework and nothing of the server.
"""
