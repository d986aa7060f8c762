"""HTTP beside the pages: login, the public record, health.

A refusal is JSON: `{"ok": false, "refusal": {"code": ..., "params": {...}}}`.
"""

import hashlib
from functools import lru_cache

import flask
import msgspec
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from voting.congress.law.question import Medium
from voting.congress.refusal import Refused, refuse
from voting.record.boards import closed_board_of, trustees_of
from voting.server.health import Health
from voting.server.http.access import Access, Tokens
from voting.server.http.attempts import client_address
from voting.server.http.routes import Route, asking
from voting.server.services.count_statements import CountStatements
from voting.server.services.persons import Persons
from voting.server.services.sitting import SittingService
from voting.sitting.machine import PollProgress
from voting.sitting.refusals import ChamberRefusal
from voting.wire.login import Login
from voting.wire.record import BoardRecord, BoardRecords, BoardTrackers, PollSetup, RecordKind
from voting.wire.refusals import WireRefusal
from voting.wire.replies import RefusedReply
from voting.wire.roles import EVERYBODY, OFFICIALS, Role

BODY_BYTES = 4096
_STATUS: dict[str, int] = {
    WireRefusal.LOGIN_NEEDED: 401,
    WireRefusal.LOGGED_OUT: 401,
    WireRefusal.CODE_UNKNOWN: 401,
    WireRefusal.TOO_MANY_ATTEMPTS: 429,
    WireRefusal.TOO_MANY_REQUESTS: 429,
    WireRefusal.FRAME_MALFORMED: 400,
    WireRefusal.FRAME_TOO_LARGE: 413,
    ChamberRefusal.UNKNOWN_POLL: 404,
    ChamberRefusal.POLL_BY_HAND: 404,
    WireRefusal.REPORTS_BUSY: 503,
    WireRefusal.REPORTS_FAILED: 500,
    WireRefusal.REPORT_FONT_MISSING: 500,
}


class Api:
    """The routes under /api, and /healthz."""

    def __init__(
        self,
        service: SittingService,
        access: Access,
        tokens: Tokens,
        persons: Persons,
        statements: CountStatements,
        health: Health,
        trusted_proxies: frozenset[str] = frozenset(),
    ) -> None:
        self._trusted_proxies = trusted_proxies
        self._health = health
        self._statements = statements
        self._service = service
        self._access = access
        self._tokens = tokens
        self._persons = persons
        self._setups: dict[str, bytes] = {}  # every seat asks for it when a poll opens
        self._records = lru_cache(maxsize=4)(self._records_json)

    def routes(self) -> tuple[Route, ...]:
        """What is asked where, and by whom."""
        return (
            Route("healthz", "/healthz", EVERYBODY, self.health),
            Route("login", "/api/login", EVERYBODY, self.login, method="POST"),
            Route("setup", "/api/polls/<poll>/setup", EVERYBODY - {Role.PUBLIC}, self.setup),
            Route("board", "/api/polls/<poll>/board", EVERYBODY, self.board),
            Route("trackers", "/api/polls/<poll>/trackers", EVERYBODY, self.trackers),
            Route("archive", "/api/polls/<poll>/archive.bel", EVERYBODY, self.archive),
            Route("count", "/api/polls/<poll>/count.json", EVERYBODY, self.count),
        )

    def login(self) -> Response:
        """A code for a token."""
        try:
            request = msgspec.json.decode(flask.request.get_data(), type=Login)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise refuse(WireRefusal.FRAME_MALFORMED) from None
        forwarded = flask.request.headers.get("X-Forwarded-For", "")
        address = client_address(flask.request.remote_addr or "", forwarded, self._trusted_proxies)
        who = self._access.login(request.code, address)
        return _json(self._persons.logged_in(who, self._tokens.token_for(who)))

    def setup(self, poll: str) -> Response:
        """What was frozen when the poll was opened."""
        progress = self._with_board(poll)
        setup = progress.setup
        if setup is None:
            raise refuse(WireRefusal.NOT_PUBLIC_YET, poll=poll)
        body = self._setups.get(setup.fingerprint)
        if body is None:
            frozen = PollSetup(
                election=setup.election,
                trustees=trustees_of(self._service.sitting, poll),
                credentials=setup.credentials,
                fingerprint=setup.fingerprint,
            )
            body = self._setups[setup.fingerprint] = msgspec.json.encode(frozen)
        return cached(body, "application/json", setup.fingerprint)

    def board(self, poll: str) -> Response:
        """The board: for chair and scrutineers once closed, for everybody once published."""
        progress = self._with_board(poll)
        is_closed = progress.closed_at is not None
        self._require_public(poll, progress, for_officials=is_closed)
        board = self._service.boards[poll]
        body = self._records(poll, board.head)
        return cached(body, "application/json", board.head)

    def trackers(self, poll: str) -> Response:
        """The trackers of the ballots on the board, for everybody once no ballot can come any more."""
        closed = closed_board_of(self._with_board(poll))
        if closed is None:
            raise refuse(WireRefusal.NOT_PUBLIC_YET, poll=poll)
        body = msgspec.json.encode(BoardTrackers(self._service.boards[poll].trackers()))
        return cached(body, "application/json", closed.head)

    def archive(self, poll: str) -> Response:
        """The `.bel` file: for chair and scrutineers once counted, for everybody once published."""
        progress = self._with_board(poll)
        self._require_public(poll, progress, for_officials=progress.count is not None)
        digest = self._service.boards.digests()[poll]
        response = cached(self._service.boards[poll].archive(), "application/octet-stream", digest)
        response.headers.set("Content-Disposition", "attachment", filename=f"{poll}.bel")
        return response

    def _records_json(self, poll: str, _head: str) -> bytes:
        board = self._service.boards[poll]
        records = tuple(BoardRecord(kind=RecordKind(entry.kind), text=entry.raw.decode()) for entry in board.records())
        return msgspec.json.encode(BoardRecords(timestamp=board.timestamp, records=records))

    def _progress(self, poll: str) -> PollProgress:
        progress = self._service.sitting.polls.get(poll)
        if progress is None:
            raise refuse(ChamberRefusal.UNKNOWN_POLL, poll=poll)
        return progress

    def count(self, poll: str) -> Response:
        """The signed statement of the count: for chair and scrutineers once counted, for everybody once published."""
        progress = self._progress(poll)
        self._require_public(poll, progress, for_officials=progress.count is not None)
        body = self._statements.of(poll, self._service.sitting)
        response = cached(body, "application/json", hashlib.sha256(body).hexdigest())
        response.headers.set("Content-Disposition", "attachment", filename=f"{poll}.count.json")
        return response

    def health(self) -> Response:
        """Whether the sitting can go on, which is whether its journal does; 503 and the reason when it cannot."""
        problem = self._health.problem()
        if problem is None:
            return Response('{"ok":true}', content_type="application/json")
        return Response(f'{{"ok":false,"problem":"{problem.value}"}}', 503, content_type="application/json")

    def _with_board(self, poll: str) -> PollProgress:
        """The poll, unless it is counted by hand and so has neither board nor archive. Raises Refused."""
        progress = self._progress(poll)
        if progress.question.medium is Medium.BY_HAND:
            raise refuse(ChamberRefusal.POLL_BY_HAND, poll=poll)
        return progress

    def _require_public(self, poll: str, progress: PollProgress, for_officials: bool) -> None:
        if progress.is_published:
            return
        if not for_officials or asking(self._tokens).role not in OFFICIALS:
            raise refuse(WireRefusal.NOT_PUBLIC_YET, poll=poll)


def answer_refusals(app: Flask) -> None:
    """Let the app answer what it refuses, and take no larger body than a log-in needs."""
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _http_error)


def _json(message: msgspec.Struct, status: int = 200) -> Response:
    return Response(msgspec.json.encode(message), status=status, content_type="application/json")


def cached(body: bytes, content_type: str, tag: str) -> Response:
    """An answer that is checked by its tag; it is for its asker alone."""
    response = Response(body, content_type=content_type)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(flask.request)
    return response


def _refused(error: Refused) -> Response:
    return _json(RefusedReply(error.refusal), _STATUS.get(error.refusal.code, 403))


def _too_large(_: RequestEntityTooLarge) -> Response:
    return _refused(refuse(WireRefusal.FRAME_TOO_LARGE, limit=BODY_BYTES))


def _http_error(error: HTTPException) -> Response:
    return Response(f"{error.code} {error.name}\n", status=error.code, content_type="text/plain; charset=utf-8")
