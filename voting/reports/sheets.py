"""What several sheets share: the lines above the title, the circumstances of a poll, the lines to sign on."""

from voting.congress.poll import PollKind, PollPlan, PollState
from voting.congress.roster import Scrutineer
from voting.reports import texts
from voting.reports.paper import Facts, Item, Notice, Signature, Signatures
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.times import clock, in_china, moment


def over_of(record: SittingRecord) -> tuple[str, ...]:
    """Congress, session and sitting."""
    titles = record.sitting.plan.titles
    return (titles.congress, f"{titles.session}　{titles.sitting}")


def ballots_called(plan: PollPlan) -> str:
    """What a ballot of this poll is called on paper."""
    by_kind = {PollKind.ELECTION: texts.BALLOTS_OF_ELECTION, PollKind.EVALUATION: texts.BALLOTS_OF_EVALUATION}
    return by_kind.get(plan.kind, texts.BALLOTS)


def act_called(plan: PollPlan) -> str:
    """What holding this poll is called."""
    return {PollKind.ELECTION: "选举", PollKind.EVALUATION: "测评"}.get(plan.kind, "表决")


def circumstances(poll: PollRecord) -> Facts:
    """How, when and under which rules the poll was held."""
    progress = poll.progress
    plan = progress.plan
    by_hand = progress.count.by_hand if progress.count else 0
    medium = texts.MEDIA[progress.count.medium if progress.count else plan.medium].fill(by_hand=by_hand)
    items = [
        Item(texts.SECRECY, texts.SECRECIES[plan.secrecy].zh),
        Item(texts.MEDIUM, medium.zh),
        Item(texts.RULES, plan.adopted.title or texts.RULES_DEFAULT.zh),
        Item(texts.STATE, texts.STATES[progress.state].zh),
    ]
    if progress.opened_at is not None and progress.closed_at is not None:
        items.insert(0, Item(texts.HELD, held(progress.opened_at, progress.closed_at)))
    return Facts(items=tuple(items))


def held(opened_at: int, closed_at: int) -> str:
    """From when to when; the day is said again only when it is another one."""
    same_day = in_china(opened_at).date() == in_china(closed_at).date()
    return f"{moment(opened_at)[:-6]} {clock(opened_at)} 至 {clock(closed_at) if same_day else moment(closed_at)}"


def annulment(poll: PollRecord) -> tuple[Notice, ...]:
    """A notice above the figures of an annulled poll."""
    if poll.progress.state is not PollState.ANNULLED:
        return ()
    return (Notice(text=texts.ANNULLED.fill(reason=poll.progress.annulled_because or "")),)


def to_sign(scrutineers: tuple[Scrutineer, ...]) -> Signatures:
    """Chief scrutineer first, then the scrutineers, then a teller."""
    chiefs = [Signature(texts.CHIEF_SCRUTINEER, s.name) for s in scrutineers if s.chief]
    others = [Signature(texts.SCRUTINEER, s.name) for s in scrutineers if not s.chief]
    return Signatures(lines=(*chiefs, *others, Signature(texts.TELLER)), date=texts.SIGN_DATE)
