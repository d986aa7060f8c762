"""What the sitting decides, one module per subject; dispatch.py knows which decision answers which command.

Law of this room: a decision reads the state and the command, and answers events or raises Refused. It changes nothing.
"""
