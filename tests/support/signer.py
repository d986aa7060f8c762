"""The server's key of every sample sitting."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.storage.server_key import ReceiptSigner

SIGNER = ReceiptSigner(Ed25519PrivateKey.from_private_bytes(bytes(32)))
