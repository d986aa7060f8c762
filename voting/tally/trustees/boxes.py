"""Shares on their way from one scrutineer's browser to another's: libsodium ``crypto_box``.

The box is authenticated by the sender's key, which the sender's certificate signs. On the wire it is
padded base64 of the 24-byte nonce followed by the box; inside is ``{"secret":"<decimal>"}``.
"""

import base64
import binascii

from nacl import bindings
from nacl.exceptions import CryptoError

from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Rng
from voting.tally.json_form import dump, load_canonical

BOX_KEY_BYTES = 32
_NONCE_BYTES = 24
_SHORTEST = _NONCE_BYTES + 16 + len('{"secret":"0"}')
_LONGEST = 1024  # a number of 617 digits, as RFC-3526-2048 has them, and the wrapping


def seal_share(value: int, recipient: bytes, sender_secret: bytes, rng: Rng) -> str:
    """Box a share for one recipient. Raises TallyError(share_invalid) when the recipient's key is unusable."""
    nonce = rng(_NONCE_BYTES)
    try:
        boxed = bindings.crypto_box(dump({"secret": str(value)}), nonce, recipient, sender_secret)
    except CryptoError:
        raise TallyError(TallyCode.SHARE_INVALID, "a scrutineer's box key cannot be used") from None
    return base64.b64encode(nonce + boxed).decode()


def open_share(text: str, sender: bytes, recipient_secret: bytes) -> str:
    """The decimal number inside a box from ``sender``. Raises TallyError(share_invalid)."""
    raw = base64.b64decode(text)
    try:
        plain = bindings.crypto_box_open(raw[_NONCE_BYTES:], raw[:_NONCE_BYTES], sender, recipient_secret)
    except CryptoError:
        raise TallyError(TallyCode.SHARE_INVALID, "the box cannot be opened") from None
    number: str = load_canonical(plain, {"secret": "string"}, "the content of a box")["secret"]
    return number


def box_shape_holds(text: str) -> bool:
    """Whether the text is padded base64 of a plausible length."""
    try:
        return _SHORTEST <= len(base64.b64decode(text, validate=True)) <= _LONGEST
    except (binascii.Error, ValueError):
        return False
