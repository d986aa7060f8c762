"""Plenary: the electronic sitting of a People's Congress with secret ballots that anyone can check."""
