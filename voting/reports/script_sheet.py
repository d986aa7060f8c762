"""主持词: what the executive chair says, with every figure in place."""

from msgspec.structs import replace

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Medium
from voting.congress.law.reasons import ReasonCode
from voting.congress.law.ruleset import Ruleset, after_shortfall
from voting.congress.law.ruling import OutcomeKind
from voting.reports import spoken_texts as say
from voting.reports import texts
from voting.reports.circumstances import annulment, deviation, is_competitive, over_of
from voting.reports.findings import CHINESE, Findings, OptionResult, findings_of
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.share_texts import base_called, share_called
from voting.reports.sheet import Sheet, Speech
from voting.reports.times import moment
from voting.sitting import attendance
from voting.sitting.poll import PollState
from voting.words import TOO_FEW, Language, Way, Words, ending_of, members_in_words


def opening_script(record: SittingRecord) -> Sheet:
    """The chair reports attendance and opens the sitting, or says that it cannot be held."""
    found = attendance.summary(record.sitting)
    members = members_in_words(record.sitting.plan.adopted, Language.CHINESE)
    others = (
        (say.ON_LEAVE, found.on_leave),
        (say.ABSENT, found.absent),
        (say.DEPARTED, found.departed),
        (say.SUSPENDED, found.suspended),
    )
    named = "".join("，" + words.format(n=n) for words, n in others if n)
    lines = [
        say.OPENING.format(members=members),
        say.ATTENDANCE.format(members=members, due=found.due, present=found.present, others=named),
        _quorum(record.sitting.plan.adopted, reached=found.quorum_reached),
    ]
    if found.observers_due:
        lines.insert(2, say.OBSERVERS.format(due=found.observers_due, present=found.observers_present))
    sheet = _sheet(record, "attendance-script", texts.OPENING_SCRIPT_TITLE, "", lines)
    return replace(sheet, blocks=(*deviation(record.sitting.plan.adopted), *sheet.blocks))


def _quorum(rules: Ruleset, *, reached: bool) -> str:
    more, share = rules.quorum.strictly_more is True, share_called(rules.quorum.fraction)
    words = say.QUORUM[more] if reached else say.NO_QUORUM[more]
    return words.format(
        base=base_called(rules.quorum.base, rules), share=share, members=members_in_words(rules, Language.CHINESE)
    )


def has_script(poll: PollRecord) -> bool:
    """Whether there is a result to announce: it is counted, and not annulled."""
    return poll.progress.count is not None and poll.progress.state is not PollState.ANNULLED


def script_sheet(record: SittingRecord, poll: PollRecord) -> Sheet:
    """The chair announces one poll. Raises OutcomeDiffers, and ValueError when it is not counted."""
    found = findings_of(record, poll)
    lines = [_beginning(found), _ballots(found), *_result(found)]
    if not KINDS[found.kind].one_question:
        lines.append(found.say(say.END))
    sheet = _sheet(record, "script", texts.SCRIPT_TITLE.fill(act=found.called.act), _title(found), lines)
    notices = (*annulment(poll), *deviation(found.progress.question.ruleset))
    return replace(sheet, blocks=(*notices, *sheet.blocks))


def _beginning(found: Findings) -> str:
    title = _title(found)
    elects = KINDS[found.kind].has_post and title.startswith(say.ELECTS)
    return found.say(say.BEGIN_OF_TITLE if elects else say.BEGIN, title=title)


def _sheet(record: SittingRecord, name: str, title: Words, subject: str, lines: list[str]) -> Sheet:
    return Sheet(
        name=name,
        over=over_of(record),
        title=title,
        subject=subject,
        as_of=record.as_of,
        as_of_line=texts.AS_OF.fill(time=moment(record.as_of)),
        blocks=(Speech(paragraphs=tuple(lines)),),
    )


def _title(found: Findings) -> str:
    return found.progress.question.title


def _ballots(found: Findings) -> str:
    """Who was there, and what was issued and returned; of keys and hands only how many were there."""
    count, plan = found.count, found.progress.question
    spoken = found.say(say.PRESENT, in_office=found.in_office, present=found.present)
    if KINDS[found.kind].has_post:
        form = (say.BY_ELECTION if plan.by_election else "") + (say.COMPETITIVE if is_competitive(plan) else say.EQUAL)
        spoken = found.say(say.FORM, form=form, candidates=len(plan.options), seats=plan.seats) + spoken
    counted = found.say(say.COUNTED, by_hand=count.by_hand)
    keys = KINDS[found.kind].one_question and count.medium is Medium.ELECTRONIC
    if keys or found.way is Way.SHOW_OF_HANDS:
        return spoken + counted
    figures = {"issued": count.issued, "returned": count.returned, "valid": count.valid, "void": count.void}
    spoken += found.say(say.BALLOTS, **figures)
    if found.ruling.valid_poll:
        spoken += found.say(say.VALID if found.limit == count.issued else say.VALID_OTHERWISE, limit=found.limit)
    return spoken + counted


def _result(found: Findings) -> list[str]:
    if found.ruling.outcome is OutcomeKind.VOID and not _too_few_took_part(found):
        return [found.say(say.VOID, limit=found.limit)]
    if found.ruling.outcome is OutcomeKind.NO_QUORUM:
        return [found.say(say.VOID_QUORUM)]
    if found.progress.question.fills_seats:
        return _seats(found)
    if KINDS[found.kind].one_question:
        return _motion(found)
    if found.ruling.outcome is OutcomeKind.DECIDED:
        return [found.say(say.EACH_NEEDS, needed=found.needed), *(_decided(found, option) for option in found.options)]
    return [_subject(found, option) for option in found.options]


def _too_few_took_part(found: Findings) -> bool:
    return ending_of(found.ruling.outcome, found.ruling.reasons) == TOO_FEW


def _motion(found: Findings) -> list[str]:
    count, title = found.count, _title(found)
    shown = found.progress.question.ruleset.display.show_not_pressed
    idle = found.say(say.IDLE, n=count.not_pressed) if shown else ""
    against, abstain = count.votes["against"], count.votes["abstain"]
    said = found.say(say.MOTION, votes=count.votes["for"], against=against, abstain=abstain, not_pressed=idle)
    if found.ruling.outcome is OutcomeKind.PASSED:
        return [said, found.say(say.PASSED, needed=found.needed, title=title)]
    if found.ruling.outcome is OutcomeKind.VOID:
        return [said, found.say(say.VOID_TOO_FEW)]
    if any(reason.code is ReasonCode.PARTICIPATION_MISSED for reason in found.ruling.reasons):
        return [said, found.say(say.TOO_FEW_TOOK_PART, title=title)]
    return [said, found.say(say.NOT_PASSED, needed=found.needed, title=title)]


def _subject(found: Findings, option: OptionResult) -> str:
    levels = zip(texts.LEVELS, option.levels, strict=False)
    said = "，".join(found.say(say.LEVEL, level=level.zh, n=n) for level, n in levels)
    return found.say(say.SUBJECT, title=option.title, levels=said, verdict=option.mark)


def _decided(found: Findings, option: OptionResult) -> str:
    """An option that passed or did not, by itself."""
    votes = {"votes": option.votes, "against": option.against, "abstain": option.abstain}
    return found.say(say.DECIDED, title=option.title, verdict=option.mark, **votes)


def _option(found: Findings, option: OptionResult) -> str:
    mark = f"，{option.mark}" if option.elected else ""
    if option.write_in:
        return found.say(say.WRITE_IN, title=option.id, votes=option.votes, mark=mark)
    votes = {"votes": option.votes, "against": option.against, "abstain": option.abstain}
    return found.say(say.OPTION, title=option.title, mark=mark, **votes)


def _seats(found: Findings) -> list[str]:
    lines = _votes(found)
    if found.needed is not None:
        lines.append(found.say(say.NEEDED, needed=found.needed))
    return [*lines, _elected(found), *_tied(found), *_missing(found)]


def _votes(found: Findings) -> list[str]:
    """The votes that are announced, best first; none where nobody was elected and the rules publish no others."""
    spoken = [_option(found, option) for option in found.published]
    if not spoken:
        return []
    order = say.ORDER if found.published == found.options else say.ORDER_OF_ELECTED
    return [found.say(order), *(f"{option}；" for option in spoken[:-1]), f"{spoken[-1]}。"]


def _elected(found: Findings) -> str:
    elected = found.ruling.elected
    if not elected:
        return found.say(say.NOBODY)
    names = "、".join(found.titles[option] for option in elected)
    return found.say(say.ELECTED if len(elected) > 1 else say.ELECTED_ONE, names=names, won=len(elected))


def _tied(found: Findings) -> list[str]:
    """Who votes again: what follows from the tie."""
    run_off = found.ruling.run_off
    if run_off is None:
        return []
    tied = "、".join(found.titles[option] for option in run_off.options)
    votes = found.count.votes[run_off.options[0]]
    again = found.say(say.AGAIN, n=len(run_off.options), left=run_off.seats)
    return [found.say(say.TIED, tied=tied, votes=votes) + again]


def _missing(found: Findings) -> list[str]:
    """What the congress may choose between where seats stay empty."""
    ruling, plan = found.ruling, found.progress.question
    if ruling.outcome is not OutcomeKind.SHORTFALL:
        return []
    may_follow = [
        CHINESE.text(CHINESE.terms.after[one], found.kind) for one in after_shortfall(plan.ruleset, found.kind)
    ]
    first, *others = may_follow or [""]
    choices = found.say(say.CHOICE_ALONE, first=first) if first else ""
    if others:
        choices = found.say(say.CHOICE, first="、".join((first, *others[:-1])), other=others[-1])
    figures = {"seats": plan.seats, "won": len(ruling.elected), "missing": ruling.shortfall}
    return [found.say(say.MISSING, choices=choices, **figures)]
