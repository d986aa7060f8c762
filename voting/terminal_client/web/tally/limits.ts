/** Limits that pages tell a person beforehand; nothing of the protocol's arithmetic is loaded with them. */

/** The shortest passphrase that seals a scrutineer's share. */
export const MIN_PASSPHRASE_CHARACTERS = 8;

/** The largest record that is read; 256 MiB: about ten thousand ballots in the larger group. */
export const MAX_ARCHIVE_BYTES = 2 ** 28;

/** The largest document in a record; 32 MiB: a shuffle of ten thousand ballots in any group. */
export const MAX_DOCUMENT_BYTES = 2 ** 25;

/** The commas and opening brackets of one document, hence about how many values there are: what reading it costs. */
export const MAX_DOCUMENT_PARTS = 1_000_000;
