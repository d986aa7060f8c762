"""What several sheets share: the lines above the title, the circumstances of a poll, the lines to sign on."""

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Question
from voting.congress.law.ruleset import Ruleset
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
from voting.sitting.state import Rollback
from voting.words import KindWords, Language, Words, deviation_in_words


def over_of(record: SittingRecord) -> tuple[str, ...]:
    """Congress, session and sitting."""
    titles = record.sitting.plan.titles
    return (titles.congress, f"{titles.session}　{titles.sitting}")


def kind_words(question: Question) -> KindWords:
    """What the poll's kind calls its things, in Chinese."""
    return CHINESE.kinds[question.kind]


def circumstances(record: SittingRecord, poll: PollRecord) -> Facts:
    """How, when and under which rules the poll was held, and what it follows and is followed by."""
    progress = poll.progress
    question, act = progress.question, kind_words(progress.question).act
    by_hand = progress.count.by_hand if progress.count else 0
    medium = texts.MEDIA[progress.count.medium if progress.count else question.medium].fill(by_hand=by_hand)
    items = [
        *_form(question),
        *_kin(progress),
        Item(texts.SECRECY.fill(act=act), _way(progress)),
        Item(texts.MEDIUM, medium.zh),
        Item(texts.RULES, question.ruleset.title or texts.RULES_DEFAULT.zh),
        Item(texts.STATE, texts.STATES[progress.state].zh),
        *hand_facts(record.sitting.plan.scrutineers, progress),
        *_shuffled(record, progress),
        *_pressed_again(progress),
        *_follows(record, question),
        *_followed(record, question),
        *_rolled_back(record),
    ]
    if progress.opened is not None and progress.closed_at is not None:
        items.insert(0, Item(texts.HELD.fill(act=act), held(progress.opened.at, progress.closed_at)))
    return Facts(items=tuple(items))


def _way(progress: PollProgress) -> str:
    """Secret, by name, or with hands raised for everybody to see."""
    hands = is_show_of_hands(progress)
    return texts.METHODS[HandMethod.SHOW_OF_HANDS] if hands else texts.SECRECIES[progress.question.secrecy].zh


def _form(question: Question) -> tuple[Item, ...]:
    """差额 or 等额 of an election, and whether it is a by-election."""
    if not KINDS[question.kind].has_post:
        return ()
    form = texts.COMPETITIVE if is_competitive(question) else texts.EQUAL
    form = texts.BY_ELECTION + form if question.by_election else form
    return (Item(texts.FORM, form.format(candidates=len(question.options), seats=question.seats)),)


def _kin(progress: PollProgress) -> tuple[Item, ...]:
    """Of an election, that the chair had asked about kin before it was opened."""
    return (Item(texts.KIN, texts.NO_KIN),) if progress.kin_ruled_out else ()


def is_competitive(question: Question) -> bool:
    """Whether there are more candidates than seats."""
    return len(question.options) > question.seats


def _follows(record: SittingRecord, question: Question) -> tuple[Item, ...]:
    if question.follows is None:
        return ()
    earlier = record.polls.get(question.follows.poll)
    title = earlier.progress.question.title if earlier else question.follows.poll
    return (Item(texts.FOLLOWS, CHINESE.terms.relations[question.follows.relation].format(title=title)),)


def _followed(record: SittingRecord, question: Question) -> tuple[Item, ...]:
    later = (p.progress for p in record.polls.values() if p.progress.question.follows is not None)
    return tuple(
        Item(
            texts.FOLLOWED,
            texts.FOLLOWED_BY.format(title=p.question.title, state=texts.STATES_OF_FOLLOWING[p.state]),
        )
        for p in later
        if p.question.follows is not None and p.question.follows.poll == question.id
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
    replaced = [len(voter.on_board) - 1 for voter in progress.voters.values() if len(voter.on_board) > 1]
    if not replaced:
        return ()
    text = texts.PRESSED_AGAIN_LAST_COUNTS.format(delegates=len(replaced), ballots=sum(replaced))
    return (Item(texts.PRESSED_AGAIN, text),)


def _rolled_back(record: SittingRecord) -> tuple[Item, ...]:
    """Where the sitting went on from a record that was not the one acknowledged; it concerns every poll."""

    def told(rollback: Rollback) -> str:
        text = texts.ROLLED_BACK_TO if rollback.mark else texts.ROLLED_BACK_UNMARKED
        return text.format(at=moment(rollback.at), row=rollback.row, mark=rollback.mark)

    return tuple(Item(texts.ROLLED_BACK, told(rollback)) for rollback in record.sitting.rollbacks)


def held(opened_at: int, closed_at: int) -> str:
    """From when to when; the day is said again only when it is another one."""
    same_day = in_china(opened_at).date() == in_china(closed_at).date()
    return f"{moment(opened_at)[:-6]} {clock(opened_at)} 至 {clock(closed_at) if same_day else moment(closed_at)}"


def deviation(rules: Ruleset) -> tuple[Notice, ...]:
    """Rules that openly set articles of the law aside say so on every sheet."""
    chinese, english = (deviation_in_words(rules, language) for language in Language)
    return (Notice(text=Words(chinese, english)),) if chinese else ()


def annulment(poll: PollRecord) -> tuple[Notice, ...]:
    """Notices above the figures of an annulled poll; after its count also who annulled it."""
    because, asked = poll.progress.annulled_because, poll.progress.annulment
    if because is None:
        return ()
    notice = Notice(text=texts.ANNULLED.fill(reason=because))
    if asked is None or not asked.confirmed:
        return (notice,)
    return (notice, Notice(text=texts.ANNULLED_TOGETHER[asked.asked_by is not None]))


def to_sign(scrutineers: tuple[Scrutineer, ...]) -> Signatures:
    """Chief scrutineer first, then the scrutineers, then a teller."""
    chiefs = [Signature(texts.CHIEF_SCRUTINEER, s.name) for s in scrutineers if s.chief]
    others = [Signature(texts.SCRUTINEER, s.name) for s in scrutineers if not s.chief]
    return Signatures(lines=(*chiefs, *others, Signature(texts.TELLER)), date=texts.SIGN_DATE)
