"""A whole sitting's record as one file: its container, what it states of itself, and the checks across its polls."""
