"""The HTTP side of a sitting without a listener."""

import flask
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from werkzeug.test import TestResponse

from tests.support.chamber import Chamber
from voting.server.health import Health
from voting.server.http.access import Access, Attempts, Principal, ServerSecret
from voting.server.http.api import Api, answer_refusals
from voting.server.http.routes import Routes
from voting.server.services.count_statements import CountStatements
from voting.server.services.persons import Persons
from voting.storage.server_key import ReceiptSigner
from voting.wire.roles import Role

SIGNER = ReceiptSigner(Ed25519PrivateKey.from_private_bytes(bytes(32)))


class Client:
    """Asks as any role."""

    def __init__(self, chamber: Chamber) -> None:
        self._secret = ServerSecret(bytes(64))
        app = flask.Flask("tests", static_folder=None)
        boards = chamber.service.boards
        access = Access(self._secret, [], Attempts())
        persons, statements = Persons(chamber.plan, boards, SIGNER), CountStatements(boards, SIGNER)
        health = Health(chamber.journal)
        api = Api(chamber.service, access, self._secret, persons, statements, health)
        Routes(app, self._secret).add(api.routes())
        answer_refusals(app)
        self._client = app.test_client()

    def get(self, path: str, role: Role = Role.PUBLIC, subject: str = "") -> TestResponse:
        token = self._secret.token_for(Principal(role, subject))
        headers = {} if role is Role.PUBLIC else {"Authorization": f"Bearer {token}"}
        return self._client.get(path, headers=headers)
