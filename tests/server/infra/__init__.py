"""The server's storage, socket transport and proof workers."""
