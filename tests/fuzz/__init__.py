"""Every reader of what others wrote, given what nobody should have written; see README.md."""
