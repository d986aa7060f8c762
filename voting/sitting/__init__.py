"""One sitting as a state machine: plan, events, commands, decisions, and the fold of the journal.

Law of this room: pure and event-sourced. `decide` changes nothing; only `evolve` makes a new state, live and in replay.
"""
