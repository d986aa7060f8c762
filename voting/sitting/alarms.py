"""What a scrutineer's terminal may find wrong with what a poll was opened with."""

from enum import StrEnum


class Alarm(StrEnum):
    """Of what a poll's setup holds, by what the terminal knows for itself."""

    KEY = "key"  # the scrutineers' keys are not those that they made together
    SERVER_KEY = "server_key"  # receipts would be signed with another key than the server's
    SETUP = "setup"  # the documents do not hang together, or would be held to fewer laws
