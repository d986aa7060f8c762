/** Limits that pages tell a person beforehand; nothing of the protocol's arithmetic is loaded with them. */

/** The shortest passphrase that seals a scrutineer's share. */
export const MIN_PASSPHRASE_CHARACTERS = 8;

/** The largest record that is read; 256 MiB: about ten thousand ballots in the larger group. */
export const MAX_ARCHIVE_BYTES = 2 ** 28;
