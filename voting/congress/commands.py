"""What may be asked of a sitting. The shell checks cryptography first and passes its findings in."""

import msgspec


class Command(msgspec.Struct, frozen=True):
    """Base of all commands."""


class SignIn(Command):
    delegate: str
    by_desk: bool = False


class SignInObserver(Command):
    observer: str
    by_desk: bool = False


class RecordLeave(Command):
    delegate: str


class RecordDeparture(Command):
    delegate: str


class CallItem(Command):
    item: str


class PostCeremonyMessage(Command):
    round: int
    scrutineer: int
    message: str


class CompleteCeremony(Command):
    trustees: str
    public_key: str


class PreparePoll(Command):
    poll: str
    election_uuid: str = ""


class RegisterCredential(Command):
    poll: str
    delegate: str
    credential: str


class OpenPoll(Command):
    """seconds: None = as planned. Empty texts are allowed in a dry run (see sitting.why_not)."""

    poll: str
    election: str = ""
    credentials: str = ""
    fingerprint: str = ""
    seconds: int | None = None


class StoreBallot(Command):
    poll: str
    delegate: str
    credential: str
    tracker: str


class AcceptBallot(Command):
    poll: str
    delegate: str
    tracker: str
    height: int
    head: str


class RejectBallot(Command):
    poll: str
    delegate: str
    tracker: str
    reason: str


class ClosePoll(Command):
    poll: str
    by: str = "chair"


class SealTally(Command):
    poll: str
    encrypted_tally: str
    head: str


class ReleaseDecryption(Command):
    poll: str
    scrutineer: int
    decryption: str = ""
    head: str = ""


class CountPoll(Command):
    """votes: per option in order, from the decrypted tally."""

    poll: str
    votes: tuple[int, ...]
    result: str
    head: str


class ConfirmCount(Command):
    poll: str
    scrutineer: int


class AnnounceResult(Command):
    poll: str


class AnnulPoll(Command):
    poll: str
    reason: str
