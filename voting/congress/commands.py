"""What may be asked of a sitting. The shell checks cryptography first and passes its findings in."""

import msgspec


class Command(msgspec.Struct, frozen=True):
    """Base of all commands."""


class SignIn(Command, frozen=True):
    delegate: str
    by_desk: bool = False


class SignInObserver(Command, frozen=True):
    observer: str
    by_desk: bool = False


class RecordLeave(Command, frozen=True):
    delegate: str


class RecordDeparture(Command, frozen=True):
    delegate: str


class CallItem(Command, frozen=True):
    item: str


class PostCeremonyMessage(Command, frozen=True):
    round: int
    scrutineer: int
    message: str


class CompleteCeremony(Command, frozen=True):
    trustees: str
    public_key: str


class PreparePoll(Command, frozen=True):
    poll: str
    election_uuid: str = ""


class RegisterCredential(Command, frozen=True):
    poll: str
    delegate: str
    credential: str


class OpenPoll(Command, frozen=True):
    """seconds: None = as planned, 0 = no preset end. Empty texts are allowed in a dry run (see sitting.why_not)."""

    poll: str
    election: str = ""
    credentials: str = ""
    fingerprint: str = ""
    seconds: int | None = None


class StoreBallot(Command, frozen=True):
    poll: str
    delegate: str
    credential: str
    tracker: str


class AcceptBallot(Command, frozen=True):
    poll: str
    delegate: str
    tracker: str
    height: int
    head: str


class RejectBallot(Command, frozen=True):
    poll: str
    delegate: str
    tracker: str
    reason: str


class ClosePoll(Command, frozen=True):
    poll: str
    by: str = "chair"


class SealTally(Command, frozen=True):
    poll: str
    encrypted_tally: str
    head: str


class ReleaseDecryption(Command, frozen=True):
    poll: str
    scrutineer: int
    decryption: str = ""
    head: str = ""


class CountPoll(Command, frozen=True):
    """votes: per option in order, from the decrypted tally."""

    poll: str
    votes: tuple[int, ...]
    result: str
    head: str


class ConfirmCount(Command, frozen=True):
    poll: str
    scrutineer: int


class AnnounceResult(Command, frozen=True):
    poll: str


class AnnulPoll(Command, frozen=True):
    poll: str
    reason: str
