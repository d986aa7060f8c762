"""Questions as the published format asks them, credentials, and ballots: made, read and checked.

Law of this room: a ballot is accepted as a whole or refused with a code; nothing in it is corrected.
"""
