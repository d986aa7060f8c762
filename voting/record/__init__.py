"""The public record between law and tally: which questions a poll asks, what its record states, what follows from it.

Pure, and open to everybody who holds the record: the server that writes it, terminals that check it, auditors.
"""
