"""The chamber's law: roster, attendance, agenda, polls and outcomes. Pure: no I/O, no clock, no randomness."""
