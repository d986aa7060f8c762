"""The tally protocol: Belenios-compatible secret ballots that a stranger can check.

This room is pure: randomness is an argument, there is no clock, no file and no network
(only ``__main__`` reads files). It knows nothing of congresses, servers or terminals.
``docs/protocol.md`` states the format and the numbered checks.
"""
