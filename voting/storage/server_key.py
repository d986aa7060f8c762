"""The key with which a server signs receipts and counts; it lies with the data of its sitting."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.storage.private_files import write_private


class KeyDamaged(Exception):
    """The file does not hold the server's key."""


class ReceiptSigner:
    """The server's Ed25519 key. The same ballot always gets the same receipt: these signatures are deterministic."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.public_hex = raw.hex()

    @classmethod
    def load(cls, path: Path) -> "ReceiptSigner":
        """The key of this data directory; made at the first start, readable by its owner only.

        Raises KeyDamaged and OSError.
        """
        if not path.exists():
            fresh = Ed25519PrivateKey.generate()
            pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
            write_private(path, fresh.private_bytes(pem, pkcs8, serialization.NoEncryption()))
        try:
            key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):  # not PEM, sealed with a password, of another kind
            raise KeyDamaged(f"{path} does not hold a private key") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyDamaged(f"{path} does not hold an Ed25519 key")
        return cls(key)

    def sign(self, message: bytes) -> bytes:
        """A raw signature of 64 bytes."""
        return self._key.sign(message)
