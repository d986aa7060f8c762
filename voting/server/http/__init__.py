"""The HTTP side: pages, log-in, the public record, reports.

Law of this room: every route names the roles that may ask.
"""
