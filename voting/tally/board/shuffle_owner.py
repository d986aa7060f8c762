"""Whose a shuffle is: the document beside it, signed with the share's key of the scrutineer whom it names.

``{"owner":n,"payload":HASH,"signature":{"challenge":…,"response":…}}``, the signature being ours (docs/protocol.md).
Without it whoever writes the board could shuffle in everybody's name and know every permutation.
"""

from typing import NamedTuple

from voting.tally.board.election import Election
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Rng
from voting.tally.groups.proofs import PROOF_FORM, Proof, knowledge_holds, prove_knowledge, read_proof
from voting.tally.json_form import dump, load_canonical, sha256_hex
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare

OWNED_SHUFFLE_FORM = {"owner": "int", "payload": "string", "signature?": PROOF_FORM}


class ShuffleOwner(NamedTuple):
    """What the document says. signature: None where nobody signed."""

    owner: int
    payload: str
    signature: Proof | None


def sign_shuffle(election: Election, private: PrivateShare, raw: bytes, rng: Rng) -> bytes:
    """The owner's document of the scrutineer's own shuffle. Raises ValueError for an unfinished share."""
    secret = private.decryption_in(election.group)
    public = election.group.encode(election.group.secret_power_g(secret))
    payload = sha256_hex(raw)
    prefix = shuffle_prefix(election, public, private.index, payload)
    signature = prove_knowledge(election.group, secret, prefix, rng)
    return dump({"owner": private.index, "payload": payload, "signature": signature.to_json()})


def read_shuffle_owner(election: Election, owned: bytes) -> ShuffleOwner:
    """What the document says. Raises TallyError: document_malformed, document_not_canonical, scalar_malformed."""
    value = load_canonical(owned, OWNED_SHUFFLE_FORM, "the owner of a shuffle")
    signature = read_proof(election.group, value["signature"]) if "signature" in value else None
    return ShuffleOwner(value["owner"], value["payload"], signature)


def check_shuffle_owner(election: Election, trustees: Trustees, owned: bytes, raw: bytes) -> ShuffleOwner:
    """Who made this shuffle, by a signature that holds; in an election that claims our format 2 there must be one.

    Raises TallyError: as ``read_shuffle_owner``, decryption_invalid for a scrutineer whom nobody knows, and
    shuffle_invalid for another shuffle's document or a signature that is missing or does not hold.
    """
    found = read_shuffle_owner(election, owned)
    public = trustees.verification_key(found.owner)
    require_named(found, raw)
    if found.signature is None:
        _require(not election.strict, f"the shuffle of scrutineer {found.owner} is not signed")
        return found
    prefix = shuffle_prefix(election, public, found.owner, found.payload)
    holds = knowledge_holds(election.group, election.group.decode(public), found.signature, prefix)
    _require(holds, f"the signature of scrutineer {found.owner} on a shuffle does not hold")
    return found


def require_named(found: ShuffleOwner, raw: bytes) -> None:
    """Raise TallyError(shuffle_invalid) unless the document is that of this shuffle."""
    _require(found.payload == sha256_hex(raw), "the owner of a shuffle names another shuffle")


def require_signed(found: ShuffleOwner) -> None:
    """Raise TallyError(shuffle_invalid) unless somebody signed: whatever the election claims, terminals now do."""
    _require(found.signature is not None, f"the shuffle of scrutineer {found.owner} is not signed")


def require_owner(found: ShuffleOwner, owner: int) -> None:
    """Raise TallyError(shuffle_invalid) unless the scrutineer ``owner`` signed what was posted."""
    require_signed(found)
    _require(found.owner == owner, "this is not the scrutineer's own shuffle")


def shuffle_prefix(election: Election, public: str, owner: int, payload: str) -> str:
    """Prefix for the signature: this election, whose key, which scrutineer, and which shuffle."""
    return f"shuffle|{election.hash}|{public}|{owner}|{payload}|"


def _require(holds: bool, detail: str) -> None:
    if not holds:
        raise TallyError(TallyCode.SHUFFLE_INVALID, detail)
