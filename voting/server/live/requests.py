"""The socket requests: each one thin function from a parsed request to the service.

Names and roles are the wire's own declarations; `unhandled` says which of them nobody carries out.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar, overload

import msgspec

from voting.congress.refusal import Refused, refuse
from voting.server.http.access import Principal, require_role
from voting.server.services.sitting import SittingService, chief_index, scrutineer_index
from voting.wire.base import Wire
from voting.wire.declared import AnyRequest, Declared, Request, declared
from voting.wire.refusals import WireRefusal
from voting.wire.replies import CastReply, DoneReply, NewCodeReply, PreviewReply, RefusedReply
from voting.wire.requests import (
    REQUESTS,
    AnnounceResultRequest,
    AnnulPollRequest,
    AskAnnulmentRequest,
    CallItemRequest,
    CastRequest,
    ClosePollRequest,
    CompareClosedHeadRequest,
    ConfirmAnnulmentRequest,
    ConfirmCountRequest,
    ConfirmHandCountRequest,
    EnterHandCountRequest,
    IssuePaperRequest,
    LogOutEverywhereRequest,
    NewCodeRequest,
    OpenByHandRequest,
    OpenPollRequest,
    PlanPollRequest,
    PostCeremonyRequest,
    PostShuffleRequest,
    PreparePollRequest,
    PreviewPollRequest,
    RaiseAlarmRequest,
    RecordDepartureRequest,
    RecordLeaveRequest,
    RegisterCredentialRequest,
    ReleaseDecryptionRequest,
    ResyncRequest,
    SignClosedBoardRequest,
    SignInForRequest,
    SignInRequest,
)

Requested = TypeVar("Requested", bound=AnyRequest)
Done = TypeVar("Done", bound=Request[DoneReply])
Casting = TypeVar("Casting", bound=Request[CastReply])
Coding = TypeVar("Coding", bound=Request[NewCodeReply])
Previewing = TypeVar("Previewing", bound=Request[PreviewReply])
Answered = TypeVar("Answered", bound=Wire | None)
Act = Callable[[SittingService, Principal, Requested], Answered]
Registering = Callable[[Act[Requested, Answered]], Act[Requested, Answered]]


class Handler(msgspec.Struct, frozen=True):
    """A declared request and what carries out a payload of it. Raises Refused."""

    declared: Declared[Wire]
    carry_out: Callable[[SittingService, Principal, object], Wire]


HANDLERS: dict[str, Handler] = {}
"""By socket event."""


@overload
def handles(message: type[Done]) -> Registering[Done, None]: ...
@overload
def handles(message: type[Casting]) -> Registering[Casting, CastReply]: ...
@overload
def handles(message: type[Coding]) -> Registering[Coding, NewCodeReply]: ...
@overload
def handles(message: type[Previewing]) -> Registering[Previewing, PreviewReply]: ...
def handles(message: type[Requested]) -> Registering[Requested, Answered]:
    """Register the function for this request, which returns the request's own reply, or nothing where it is done."""

    def register(act: Act[Requested, Answered]) -> Act[Requested, Answered]:
        def carry_out(service: SittingService, who: Principal, payload: object) -> Wire:
            reply: Wire | None = act(service, who, _parse(message, payload))
            return DoneReply() if reply is None else reply

        HANDLERS[declared(message).name] = Handler(declared(message), carry_out)
        return act

    return register


def unhandled(handlers: Iterable[str]) -> tuple[str, ...]:
    """Requests that are declared and not handled, or handled and not declared; the server does not start with any."""
    return tuple(sorted(REQUESTS.keys() ^ set(handlers)))


def answer(service: SittingService, who: Principal, handler: Handler, payload: object) -> Wire:
    """Check the role, parse strictly, act. Every refusal becomes a RefusedReply; else it is a programmer error."""
    try:
        require_role(who, handler.declared.roles)
        return handler.carry_out(service, who, payload)
    except Refused as refused:
        return RefusedReply(refused.refusal)


def _parse(message: type[Requested], payload: object) -> Requested:
    try:
        return msgspec.convert(payload, message)
    except msgspec.ValidationError as error:
        raise refuse(WireRefusal.FRAME_MALFORMED, detail=str(error)[:200]) from None


@handles(SignInRequest)
def sign_in(service: SittingService, who: Principal, _: SignInRequest) -> None:
    service.sign_in(who)


@handles(RegisterCredentialRequest)
def register_credential(service: SittingService, who: Principal, request: RegisterCredentialRequest) -> None:
    service.ballots.register(who.subject, request.poll, request.credential)


@handles(CastRequest)
def cast(service: SittingService, who: Principal, request: CastRequest) -> CastReply:
    return CastReply(tracker=service.ballots.cast(who.subject, request.poll, request.ballot))


@handles(SignInForRequest)
def sign_in_for(service: SittingService, _: Principal, request: SignInForRequest) -> None:
    service.sign_in_for(request.person)


@handles(RecordLeaveRequest)
def record_leave(service: SittingService, _: Principal, request: RecordLeaveRequest) -> None:
    service.record_leave(request.delegate)


@handles(RecordDepartureRequest)
def record_departure(service: SittingService, _: Principal, request: RecordDepartureRequest) -> None:
    service.record_departure(request.delegate)


@handles(NewCodeRequest)
def new_code(service: SittingService, _: Principal, request: NewCodeRequest) -> NewCodeReply:
    badge = service.admissions.new_code(Principal(request.role, request.subject))
    qr = badge.qr(service.admissions.address).svg_data_uri(scale=4)
    return NewCodeReply(code=badge.code, qr=qr)


@handles(LogOutEverywhereRequest)
def log_out_everywhere(service: SittingService, _: Principal, request: LogOutEverywhereRequest) -> None:
    service.admissions.log_out_everywhere(Principal(request.role, request.subject))


@handles(CallItemRequest)
def call_item(service: SittingService, _: Principal, request: CallItemRequest) -> None:
    service.call_item(request.item)


@handles(PreparePollRequest)
def prepare_poll(service: SittingService, _: Principal, request: PreparePollRequest) -> None:
    service.polls.prepare(request.poll)


@handles(OpenPollRequest)
def open_poll(service: SittingService, _: Principal, request: OpenPollRequest) -> None:
    service.polls.open(request.poll, request.seconds, request.no_kin)


@handles(ClosePollRequest)
def close_poll(service: SittingService, _: Principal, request: ClosePollRequest) -> None:
    service.polls.close(request.poll)


@handles(AnnounceResultRequest)
def announce_result(service: SittingService, _: Principal, request: AnnounceResultRequest) -> None:
    service.polls.announce(request.poll)


@handles(AnnulPollRequest)
def annul_poll(service: SittingService, _: Principal, request: AnnulPollRequest) -> None:
    service.polls.annul(request.poll, request.reason)


@handles(AskAnnulmentRequest)
def ask_annulment(service: SittingService, who: Principal, request: AskAnnulmentRequest) -> None:
    service.polls.ask_annulment(request.poll, request.reason, chief_index(who))


@handles(ConfirmAnnulmentRequest)
def confirm_annulment(service: SittingService, who: Principal, request: ConfirmAnnulmentRequest) -> None:
    service.polls.confirm_annulment(request.poll, request.asked_at, chief_index(who))


@handles(OpenByHandRequest)
def open_by_hand(service: SittingService, _: Principal, request: OpenByHandRequest) -> None:
    service.hands.open(request.poll, request.no_kin)


@handles(IssuePaperRequest)
def issue_paper(service: SittingService, _: Principal, request: IssuePaperRequest) -> None:
    service.hands.issue_paper(request.poll, request.delegate, request.reason)


@handles(PlanPollRequest)
def plan_poll(service: SittingService, _: Principal, request: PlanPollRequest) -> None:
    service.planning.plan(request.item, request.draft)


@handles(PreviewPollRequest)
def preview_poll(service: SittingService, _: Principal, request: PreviewPollRequest) -> PreviewReply:
    return PreviewReply(preview=service.planning.preview(request.item, request.draft))


@handles(PostCeremonyRequest)
def post_ceremony(service: SittingService, who: Principal, request: PostCeremonyRequest) -> None:
    service.ceremony.post(scrutineer_index(who), request.round, request.message)


@handles(SignClosedBoardRequest)
def sign_closed_board(service: SittingService, who: Principal, request: SignClosedBoardRequest) -> None:
    service.polls.sign_closed_board(request.poll, scrutineer_index(who), request.signed)


@handles(CompareClosedHeadRequest)
def compare_closed_head(service: SittingService, who: Principal, request: CompareClosedHeadRequest) -> None:
    service.polls.compare_closed_head(request.poll, scrutineer_index(who), request.head)


@handles(RaiseAlarmRequest)
def raise_alarm(service: SittingService, who: Principal, request: RaiseAlarmRequest) -> None:
    service.polls.raise_alarm(request.poll, scrutineer_index(who), request.alarm)


@handles(PostShuffleRequest)
def post_shuffle(service: SittingService, who: Principal, request: PostShuffleRequest) -> None:
    service.polls.post_shuffle(request.poll, scrutineer_index(who), request.position, request.shuffle, request.owned)


@handles(ReleaseDecryptionRequest)
def release_decryption(service: SittingService, who: Principal, request: ReleaseDecryptionRequest) -> None:
    service.polls.release(request.poll, scrutineer_index(who), request.decryption)


@handles(EnterHandCountRequest)
def enter_hand_count(service: SittingService, who: Principal, request: EnterHandCountRequest) -> None:
    service.hands.enter(request.poll, scrutineer_index(who), request.method, request.figures, request.reason)


@handles(ConfirmHandCountRequest)
def confirm_hand_count(service: SittingService, who: Principal, request: ConfirmHandCountRequest) -> None:
    service.hands.confirm(request.poll, scrutineer_index(who), request.entered_at)


@handles(ConfirmCountRequest)
def confirm_count(service: SittingService, who: Principal, request: ConfirmCountRequest) -> None:
    service.polls.confirm(request.poll, scrutineer_index(who))


@handles(ResyncRequest)
def resync(_: SittingService, _who: Principal, _request: ResyncRequest) -> None:
    """The connection's snapshot is sent by sockets.py, which knows its audience."""
