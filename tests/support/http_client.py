"""The HTTP side of a sitting without a listener."""

from collections.abc import Mapping

import flask
from werkzeug.test import TestResponse

from tests.support.chamber import Chamber
from tests.support.signer import SIGNER
from voting.server.health import Health
from voting.server.http.access import Access, Principal, ServerSecret, Tokens
from voting.server.http.api import Api, answer_refusals
from voting.server.http.attempts import Attempts
from voting.server.http.routes import Routes
from voting.server.http.sitting_record import SittingRecordApi
from voting.server.services.admissions import follow_codes, generation_in
from voting.server.services.count_statements import CountStatements
from voting.server.services.persons import Persons
from voting.wire.roles import Role


class Client:
    """Asks as any role. codes: who signs in with which."""

    def __init__(
        self,
        chamber: Chamber,
        codes: Mapping[str, Principal] | None = None,
        trusted_proxies: frozenset[str] = frozenset(),
    ) -> None:
        self._secret = ServerSecret(bytes(64))
        app = flask.Flask("tests", static_folder=None)
        boards = chamber.service.boards
        entries = [(self._secret.code_mac(code), who) for code, who in (codes or {}).items()]
        self._tokens = Tokens(self._secret, lambda who: generation_in(chamber.service.sitting, who))
        self.access = access = Access(self._secret, entries, Attempts())
        follow_codes(access, chamber.service.sitting)
        persons, statements = Persons(chamber.plan, boards, SIGNER), CountStatements(boards, SIGNER)
        health = Health(chamber.journal)
        api = Api(chamber.service, access, self._tokens, persons, statements, health, trusted_proxies)
        routes = Routes(app, self._tokens)
        routes.add(api.routes())
        routes.add(SittingRecordApi(chamber.service, self._tokens, SIGNER).routes())
        answer_refusals(app)
        self._client = app.test_client()

    def get(self, path: str, role: Role = Role.PUBLIC, subject: str = "", **headers: str) -> TestResponse:
        token = self._tokens.token_for(Principal(role, subject))
        headers |= {} if role is Role.PUBLIC else {"Authorization": f"Bearer {token}"}
        return self._client.get(path, headers=headers)

    def sign_in(self, body: bytes, address: str = "192.0.2.1", forwarded: str | None = None) -> TestResponse:
        headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
        return self._client.post("/api/login", data=body, headers=headers, environ_base={"REMOTE_ADDR": address})

    def holder(self, token: str) -> Principal:
        """Whom the server takes the bearer of this token for."""
        return self._tokens.principal_of(token)
