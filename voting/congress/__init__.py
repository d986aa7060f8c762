"""What every room shares of the congress: people, refusals, names; its law lies in `law`.

Law of this room: pure. It knows no clock, no randomness, no disk and no network, and imports no other room.
"""
