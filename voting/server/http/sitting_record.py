"""The whole sitting's record over HTTP: one zip file, for everybody, as soon as no count in it is unpublished."""

import hashlib

from flask import Response

from voting.congress.refusal import refuse
from voting.record.whole.packing import sitting_record
from voting.server.http.access import Tokens
from voting.server.http.api import cached
from voting.server.http.routes import Route, asking
from voting.server.services.sitting import SittingService
from voting.sitting.poll import PollState
from voting.sitting.state import Sitting
from voting.storage.server_key import ReceiptSigner
from voting.wire.refusals import WireRefusal
from voting.wire.roles import EVERYBODY, OFFICIALS

PUBLISHED = frozenset({PollState.ANNOUNCED, PollState.ANNULLED})
"""A poll that was annulled ends as public as one that was announced: its count is what somebody would look at."""
Stated = tuple[object, ...]


class SittingRecordApi:
    """Makes the file when somebody asks, and again only when something in it has changed."""

    def __init__(self, service: SittingService, tokens: Tokens, signer: ReceiptSigner) -> None:
        self._service = service
        self._tokens = tokens
        self._signer = signer
        self._made: tuple[Stated, bytes, str] | None = None

    def routes(self) -> tuple[Route, ...]:
        """What is asked where, and by whom."""
        return (Route("sitting_record", "/api/sitting.zip", EVERYBODY, self.record),)

    def record(self) -> Response:
        """The zip file: for chair and scrutineers always, for everybody once each count is announced or annulled."""
        sitting = self._service.sitting
        unpublished = [id for id, poll in sitting.polls.items() if poll.count and poll.state not in PUBLISHED]
        if unpublished and asking(self._tokens).role not in OFFICIALS:
            raise refuse(WireRefusal.NOT_PUBLIC_YET, poll=unpublished[0])
        body, digest = self._file(sitting)
        response = cached(body, "application/zip", digest)
        response.headers.set("Content-Disposition", "attachment", filename="sitting.zip")
        return response

    def _file(self, sitting: Sitting) -> tuple[bytes, str]:
        """The file and its hash. Ballots that are being cast are not in it, so they do not make it anew."""
        stated = tuple((id, p.state, p.election_uuid, p.annulled_because) for id, p in sitting.polls.items())
        if self._made is None or self._made[0] != stated:
            key, sign = self._signer.public_hex, self._signer.sign
            body = sitting_record(sitting, self._service.boards, server_key=key, sign=sign)
            self._made = (stated, body, hashlib.sha256(body).hexdigest())
        return self._made[1], self._made[2]
