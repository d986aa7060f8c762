"""What several sheets share: the lines above the title, the circumstances of a poll, the lines to sign on."""

from voting.congress.roster import Scrutineer
from voting.reports import texts
from voting.reports.findings import CHINESE
from voting.reports.hand_figures import hand_facts
from voting.reports.reason_texts import is_show_of_hands
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.sheet import Facts, Item, Notice, Signature, Signatures
from voting.reports.times import clock, in_china, moment
from voting.sitting.hand_counts import HandMethod
from voting.sitting.machine import PollProgress
from voting.sitting.poll import PollKind, PollPlan, PollState
from voting.words import KindWords


def over_of(record: SittingRecord) -> tuple[str, ...]:
    """Congress, session and sitting."""
    titles = record.sitting.plan.titles
    return (titles.congress, f"{titles.session}　{titles.sitting}")


def kind_words(plan: PollPlan) -> KindWords:
    """What the poll's kind calls its things, in Chinese."""
    return CHINESE.kinds[plan.kind]


def circumstances(record: SittingRecord, poll: PollRecord) -> Facts:
    """How, when and under which rules the poll was held, and what it follows and is followed by."""
    progress = poll.progress
    plan, act = progress.plan, kind_words(progress.plan).act
    by_hand = progress.count.by_hand if progress.count else 0
    medium = texts.MEDIA[progress.count.medium if progress.count else plan.medium].fill(by_hand=by_hand)
    items = [
        *_form(plan),
        Item(texts.SECRECY.fill(act=act), _way(progress)),
        Item(texts.MEDIUM, medium.zh),
        Item(texts.RULES, plan.adopted.title or texts.RULES_DEFAULT.zh),
        Item(texts.STATE, texts.STATES[progress.state].zh),
        *hand_facts(record.sitting.plan.scrutineers, progress),
        *_shuffled(record, progress),
        *_pressed_again(progress),
        *_follows(record, plan),
        *_followed(record, plan),
    ]
    if progress.opened_at is not None and progress.closed_at is not None:
        items.insert(0, Item(texts.HELD.fill(act=act), held(progress.opened_at, progress.closed_at)))
    return Facts(items=tuple(items))


def _way(progress: PollProgress) -> str:
    """Secret, by name, or with hands raised for everybody to see."""
    hands = is_show_of_hands(progress)
    return texts.METHODS[HandMethod.SHOW_OF_HANDS] if hands else texts.SECRECIES[progress.plan.secrecy].zh


def _form(plan: PollPlan) -> tuple[Item, ...]:
    """差额 or 等额 of an election."""
    if plan.kind is not PollKind.ELECTION:
        return ()
    form = texts.COMPETITIVE if is_competitive(plan) else texts.EQUAL
    return (Item(texts.FORM, form.format(candidates=len(plan.options), seats=plan.seats)),)


def is_competitive(plan: PollPlan) -> bool:
    """Whether there are more candidates than seats."""
    return len(plan.options) > plan.seats


def _follows(record: SittingRecord, plan: PollPlan) -> tuple[Item, ...]:
    if plan.follows is None:
        return ()
    earlier = record.polls.get(plan.follows.poll)
    title = earlier.progress.plan.title if earlier else plan.follows.poll
    return (Item(texts.FOLLOWS, texts.RELATIONS[plan.follows.relation].format(title=title)),)


def _followed(record: SittingRecord, plan: PollPlan) -> tuple[Item, ...]:
    later = (p.progress for p in record.polls.values() if p.progress.plan.follows is not None)
    return tuple(
        Item(
            texts.FOLLOWED,
            texts.FOLLOWED_BY.format(title=p.plan.title, state=texts.STATES_OF_FOLLOWING[p.state]),
        )
        for p in later
        if p.plan.follows is not None and p.plan.follows.poll == plan.id
    )


def _shuffled(record: SittingRecord, progress: PollProgress) -> tuple[Item, ...]:
    """Who shuffled the ballots before they were read one by one, in the order of their turns."""
    if not progress.shuffles:
        return ()
    names = {s.index: s.name for s in record.sitting.plan.scrutineers}
    shufflers = "、".join(names.get(index, "") for index in progress.shuffles)
    return (Item(texts.SHUFFLED, texts.SHUFFLED_BY.format(names=shufflers)),)


def _pressed_again(progress: PollProgress) -> tuple[Item, ...]:
    """How many ballots were replaced by a later one of the same delegate."""
    replaced = sum(len(earlier) for earlier in progress.superseded.values())
    if not replaced:
        return ()
    text = texts.PRESSED_AGAIN_LAST_COUNTS.format(delegates=len(progress.superseded), ballots=replaced)
    return (Item(texts.PRESSED_AGAIN, text),)


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
