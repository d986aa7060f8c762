"""The rehearsal: a whole sitting against a real server, with headless terminals, compared with what was cast."""
