"""What people write by hand: session folders, rules, rosters.

Law of this room: every problem is found at once and named by place; nothing is guessed or left out silently.
"""
