"""Do the tests notice? A sample of small faults put into the code, each in turn, in a copy of the tree.

``make mutants`` prints how many were noticed. Nothing here is a test; docs/adr/0018 says why it is our own.
"""
