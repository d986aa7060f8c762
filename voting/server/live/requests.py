"""The socket requests: each one thin function from a parsed request to the service. Every one names its roles."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from voting.congress.refusal import RefusalCode, Refused, refuse
from voting.server.http.access import EVERYBODY, Principal, allow, require_role
from voting.server.services.sitting import SittingService, scrutineer_index
from voting.wire import messages as wire
from voting.wire.messages import Reply, Role

OK = Reply(ok=True)
Act = Callable[[SittingService, Principal, Any], Reply | None]


class Handler(msgspec.Struct, frozen=True):
    """A request's message type and the function that carries it out; it returns OK where it returns nothing."""

    message: type[wire.Wire]
    act: Act


REQUESTS: dict[str, Handler] = {}


def event_name(message: type[wire.Wire]) -> str:
    """Socket event of a request: its class name without "Request", in snake_case."""
    name = message.__name__.removesuffix("Request")
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def handles(message: type[wire.Wire]) -> Callable[[Act], Act]:
    """Register the function for this request."""

    def register(act: Act) -> Act:
        REQUESTS[event_name(message)] = Handler(message, act)
        return act

    return register


def answer(service: SittingService, who: Principal, handler: Handler, payload: object) -> Reply:
    """Check the role, parse strictly, act. Every refusal becomes a Reply; anything else is a programmer error."""
    try:
        require_role(who, handler.act)
        return handler.act(service, who, _parse(handler.message, payload)) or OK
    except Refused as refused:
        return Reply(ok=False, refusal=refused.refusal)


def _parse(message: type[wire.Wire], payload: object) -> wire.Wire:
    try:
        return msgspec.convert(payload, message)
    except msgspec.ValidationError as error:
        raise Refused(refuse(RefusalCode.FRAME_MALFORMED, detail=str(error)[:200])) from None


def declared() -> Mapping[str, Callable[..., Any]]:
    """All socket handlers by event, for the check at start-up."""
    return {name: handler.act for name, handler in REQUESTS.items()}


@handles(wire.SignInRequest)
@allow(Role.DELEGATE, Role.OBSERVER)
def sign_in(service: SittingService, who: Principal, _: wire.SignInRequest) -> None:
    service.sign_in(who)


@handles(wire.RegisterCredentialRequest)
@allow(Role.DELEGATE, Role.OBSERVER)
def register_credential(service: SittingService, who: Principal, request: wire.RegisterCredentialRequest) -> None:
    service.ballots.register(who.subject, request.poll, request.credential)


@handles(wire.CastRequest)
@allow(Role.DELEGATE, Role.OBSERVER)
def cast(service: SittingService, who: Principal, request: wire.CastRequest) -> Reply:
    return Reply(ok=True, tracker=service.ballots.cast(who.subject, request.poll, request.ballot))


@handles(wire.SignInForRequest)
@allow(Role.CHAIR)
def sign_in_for(service: SittingService, _: Principal, request: wire.SignInForRequest) -> None:
    service.sign_in_for(request.person)


@handles(wire.RecordLeaveRequest)
@allow(Role.CHAIR)
def record_leave(service: SittingService, _: Principal, request: wire.RecordLeaveRequest) -> None:
    service.record_leave(request.delegate)


@handles(wire.RecordDepartureRequest)
@allow(Role.CHAIR)
def record_departure(service: SittingService, _: Principal, request: wire.RecordDepartureRequest) -> None:
    service.record_departure(request.delegate)


@handles(wire.CallItemRequest)
@allow(Role.CHAIR)
def call_item(service: SittingService, _: Principal, request: wire.CallItemRequest) -> None:
    service.call_item(request.item)


@handles(wire.PreparePollRequest)
@allow(Role.CHAIR)
def prepare_poll(service: SittingService, _: Principal, request: wire.PreparePollRequest) -> None:
    service.polls.prepare(request.poll)


@handles(wire.OpenPollRequest)
@allow(Role.CHAIR)
def open_poll(service: SittingService, _: Principal, request: wire.OpenPollRequest) -> None:
    service.polls.open(request.poll, request.seconds)


@handles(wire.ClosePollRequest)
@allow(Role.CHAIR)
def close_poll(service: SittingService, _: Principal, request: wire.ClosePollRequest) -> None:
    service.polls.close(request.poll)


@handles(wire.AnnounceResultRequest)
@allow(Role.CHAIR)
def announce_result(service: SittingService, _: Principal, request: wire.AnnounceResultRequest) -> None:
    service.polls.announce(request.poll)


@handles(wire.AnnulPollRequest)
@allow(Role.CHAIR)
def annul_poll(service: SittingService, _: Principal, request: wire.AnnulPollRequest) -> None:
    service.polls.annul(request.poll, request.reason)


@handles(wire.OpenByHandRequest)
@allow(Role.CHAIR)
def open_by_hand(service: SittingService, _: Principal, request: wire.OpenByHandRequest) -> None:
    service.hands.open(request.poll)


@handles(wire.IssuePaperRequest)
@allow(Role.CHAIR)
def issue_paper(service: SittingService, _: Principal, request: wire.IssuePaperRequest) -> None:
    service.hands.issue_paper(request.poll, request.delegate, request.reason)


@handles(wire.PlanPollRequest)
@allow(Role.CHAIR)
def plan_poll(service: SittingService, _: Principal, request: wire.PlanPollRequest) -> None:
    service.planning.plan(request.item, request.draft)


@handles(wire.PreviewPollRequest)
@allow(Role.CHAIR)
def preview_poll(service: SittingService, _: Principal, request: wire.PreviewPollRequest) -> Reply:
    return Reply(ok=True, preview=service.planning.preview(request.item, request.draft))


@handles(wire.PostCeremonyRequest)
@allow(Role.SCRUTINEER)
def post_ceremony(service: SittingService, who: Principal, request: wire.PostCeremonyRequest) -> None:
    service.ceremony.post(scrutineer_index(who), request.round, request.message)


@handles(wire.PostShuffleRequest)
@allow(Role.SCRUTINEER)
def post_shuffle(service: SittingService, who: Principal, request: wire.PostShuffleRequest) -> None:
    service.polls.post_shuffle(request.poll, scrutineer_index(who), request.position, request.shuffle)


@handles(wire.ReleaseDecryptionRequest)
@allow(Role.SCRUTINEER)
def release_decryption(service: SittingService, who: Principal, request: wire.ReleaseDecryptionRequest) -> None:
    service.polls.release(request.poll, scrutineer_index(who), request.decryption)


@handles(wire.EnterHandCountRequest)
@allow(Role.SCRUTINEER)
def enter_hand_count(service: SittingService, who: Principal, request: wire.EnterHandCountRequest) -> None:
    service.hands.enter(request.poll, scrutineer_index(who), request.method, request.figures, request.reason)


@handles(wire.ConfirmHandCountRequest)
@allow(Role.SCRUTINEER)
def confirm_hand_count(service: SittingService, who: Principal, request: wire.ConfirmHandCountRequest) -> None:
    service.hands.confirm(request.poll, scrutineer_index(who), request.entered_at)


@handles(wire.ConfirmCountRequest)
@allow(Role.SCRUTINEER)
def confirm_count(service: SittingService, who: Principal, request: wire.ConfirmCountRequest) -> None:
    service.polls.confirm(request.poll, scrutineer_index(who))


@handles(wire.ResyncRequest)
@allow(*EVERYBODY)
def resync(_: SittingService, _who: Principal, _request: wire.ResyncRequest) -> None:
    """The connection's snapshot is sent by sockets.py, which knows its audience."""
