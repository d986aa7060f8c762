"""The wire as one JSON schema, which the pages' types are generated from."""

from typing import Any

import msgspec

from voting.congress import limits
from voting.record.ballot_problems import BallotProblemCode
from voting.sitting.plan_problems import PlanProblemCode
from voting.sitting.refusals import ChamberRefusal
from voting.wire.login import LoggedIn, Login
from voting.wire.polls import DraftProblem
from voting.wire.pushed import PUSHED
from voting.wire.record import BoardRecords, BoardTrackers, PollSetup
from voting.wire.refusals import WireRefusal
from voting.wire.replies import RefusedReply
from voting.wire.requests import REQUESTS
from voting.wire.roles import AUDIENCES, ROUTES, Audience
from voting.wire.views import VIEWS, ChairStep

MESSAGES: tuple[type, ...] = (
    Login,
    LoggedIn,
    *(declared.message for declared in REQUESTS.values()),
    *dict.fromkeys(declared.reply for declared in REQUESTS.values()),
    RefusedReply,
    *VIEWS.values(),
    Audience,
    *PUSHED.values(),
    BoardTrackers,
    PollSetup,
    BoardRecords,
    ChamberRefusal,
    WireRefusal,
    PlanProblemCode,
    DraftProblem,
    BallotProblemCode,
    ChairStep,
)

LIMITS: dict[str, int] = {
    "text": limits.MAX_TEXT,
    "addedName": limits.MAX_ADDED_NAME,
    "reason": limits.MAX_REASON,
    "shortestSeconds": limits.SHORTEST_SECONDS,
    "longestSeconds": limits.LONGEST_SECONDS,
}
"""What the pages keep to while something is entered; the chamber decides."""


def json_schema() -> dict[str, Any]:
    """JSON schema with one definition per message type.

    requests: what each socket event carries and what acknowledges it; views: what each audience is shown; both by the
    names of definitions. pages: where each page is served; audiences: which views each role may join;
    limits: of what persons may enter.
    """
    _, components = msgspec.json.schema_components(MESSAGES, ref_template="#/definitions/{name}")
    rooms = [{"$ref": f"#/definitions/{room.__name__}"} for room in (ChamberRefusal, WireRefusal)]
    components["RefusalCode"] = {"anyOf": rooms}
    components["Refusal"]["properties"]["code"] = {"$ref": "#/definitions/RefusalCode"}
    return {
        "title": "Wire",
        "type": "object",
        "definitions": components,
        "properties": {},
        "requests": {
            name: {"request": declared.message.__name__, "reply": declared.reply.__name__}
            for name, declared in REQUESTS.items()
        },
        "views": {audience.value: view.__name__ for audience, view in VIEWS.items()},
        "pages": ROUTES,
        "audiences": AUDIENCES,
        "limits": LIMITS,
    }
