"""主持词: what the executive chair says, with every figure in place."""

from msgspec.structs import replace

from voting.congress.law.poll_kinds import PER_OPTION_KINDS
from voting.congress.law.reasons import ReasonCode
from voting.congress.law.ruling import OutcomeKind
from voting.reports import outcome_texts as say
from voting.reports import texts
from voting.reports.count_paper import unit_of, verb_of
from voting.reports.findings import Findings, OptionResult, findings_of
from voting.reports.paper import Paper, Speech
from voting.reports.reason_texts import AFTER_SHORTFALL, AFTER_SHORTFALL_OF_PERSONS, is_show_of_hands
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.sheets import act_called, annulment, ballots_called, is_competitive, over_of
from voting.reports.texts import Words
from voting.reports.times import moment
from voting.sitting import attendance
from voting.sitting.poll import Medium, PollKind, PollState


def opening_script(record: SittingRecord) -> Paper:
    """The chair reports attendance and opens the sitting, or says that it cannot be held."""
    found = attendance.summary(record.sitting)
    others = (
        (say.SPOKEN_ON_LEAVE, found.on_leave),
        (say.SPOKEN_ABSENT, found.absent),
        (say.SPOKEN_DEPARTED, found.departed),
    )
    named = "".join("，" + words.format(n=n) for words, n in others if n)
    lines = [
        say.SPOKEN_OPENING,
        say.SPOKEN_ATTENDANCE.format(due=found.due, present=found.present, others=named),
        say.SPOKEN_QUORUM if found.quorum_reached else say.SPOKEN_NO_QUORUM,
    ]
    if found.observers_due:
        lines.insert(2, say.SPOKEN_OBSERVERS.format(due=found.observers_due, present=found.observers_present))
    return _paper(record, "attendance-script", texts.OPENING_SCRIPT_TITLE, "", lines)


def has_script(poll: PollRecord) -> bool:
    """Whether there is a result to announce: it is counted, and not annulled."""
    return poll.progress.count is not None and poll.progress.state is not PollState.ANNULLED


def script_paper(record: SittingRecord, poll: PollRecord) -> Paper:
    """The chair announces one poll. Raises OutcomeDiffers, and ValueError when it is not counted."""
    found = findings_of(record, poll)
    lines = [_beginning(found), _ballots(found), *_result(found)]
    if found.kind is not PollKind.MOTION:
        lines.append(say.SPOKEN_END.format(act=_act(found)))
    paper = _paper(record, "script", texts.SCRIPT_TITLE.fill(act=_act(found)), _title(found), lines)
    return replace(paper, blocks=(*annulment(poll), *paper.blocks))


def _beginning(found: Findings) -> str:
    title = _title(found)
    elects = found.persons and title.startswith(say.ELECTS)
    return (say.SPOKEN_BEGIN_OF_ELECTION if elects else say.SPOKEN_BEGIN).format(title=title, act=_act(found))


def _paper(record: SittingRecord, name: str, title: Words, subject: str, lines: list[str]) -> Paper:
    return Paper(
        name=name,
        over=over_of(record),
        title=title,
        subject=subject,
        as_of=record.as_of,
        as_of_line=texts.AS_OF.fill(time=moment(record.as_of)),
        blocks=(Speech(paragraphs=tuple(lines)),),
    )


def _title(found: Findings) -> str:
    return found.progress.plan.title


def _act(found: Findings) -> str:
    return act_called(found.progress.plan)


def _called(found: Findings) -> str:
    return texts.CANDIDATE.zh if found.persons else texts.OPTION.zh


def _ballots(found: Findings) -> str:
    """Who was there, and what was issued and returned; of keys and hands only how many were there."""
    count, plan, act = found.count, found.progress.plan, _act(found)
    ballots = ballots_called(plan)
    spoken = say.SPOKEN_PRESENT.format(in_office=found.in_office, act=act, present=found.present)
    if found.persons:
        form = say.COMPETITIVE if is_competitive(plan) else say.EQUAL
        spoken = say.SPOKEN_FORM.format(form=form, candidates=len(plan.options), seats=plan.seats) + spoken
    if is_show_of_hands(found.progress):
        return spoken + say.SPOKEN_HANDS
    if found.kind is PollKind.MOTION and count.medium is Medium.ELECTRONIC:
        return spoken
    spoken += say.SPOKEN_BALLOTS.format(
        ballots=ballots, issued=count.issued, returned=count.returned, valid=count.valid, void=count.void
    )
    if found.ruling.valid_poll:
        valid = say.SPOKEN_VALID if found.limit == count.issued else say.SPOKEN_VALID_OTHERWISE
        spoken += valid.format(ballots=ballots, limit=found.limit, act=act)
    if count.medium is Medium.ELECTRONIC:
        return spoken
    by_hand = say.SPOKEN_BY_HAND if count.medium is Medium.BY_HAND else say.SPOKEN_MIXED
    return spoken + by_hand.format(by_hand=count.by_hand, act=act, ballots=ballots)


def _result(found: Findings) -> list[str]:
    act, ballots = _act(found), ballots_called(found.progress.plan)
    if found.ruling.outcome is OutcomeKind.VOID:
        return [say.SPOKEN_VOID.format(ballots=ballots, limit=found.limit, act=act)]
    if found.ruling.outcome is OutcomeKind.NO_QUORUM:
        return [say.SPOKEN_VOID_QUORUM.format(act=act)]
    if found.kind is PollKind.MOTION:
        return _motion(found)
    if found.kind is PollKind.EVALUATION:
        return [_subject(option) for option in found.options]
    return _seats(found)


def _motion(found: Findings) -> list[str]:
    count, shown, title = found.count, found.progress.plan.adopted.display.show_not_pressed, _title(found)
    votes = say.SPOKEN_MOTION.format(
        act=_act(found),
        votes=count.votes["for"],
        against=count.votes["against"],
        abstain=count.votes["abstain"],
        not_pressed=_not_voted(found).format(n=count.not_pressed) if shown else "",
    )
    if found.ruling.outcome is OutcomeKind.PASSED:
        return [votes, say.SPOKEN_PASSED.format(needed=found.needed, title=title)]
    if any(reason.code is ReasonCode.PARTICIPATION_MISSED for reason in found.ruling.reasons):
        return [votes, say.SPOKEN_TOO_FEW_TOOK_PART.format(title=title)]
    return [votes, say.SPOKEN_NOT_PASSED.format(needed=found.needed, title=title)]


def _not_voted(found: Findings) -> str:
    if is_show_of_hands(found.progress):
        return say.SPOKEN_NO_HAND_RAISED
    return say.SPOKEN_NOT_PRESSED if found.count.medium is Medium.ELECTRONIC else say.SPOKEN_NOT_CAST


def _subject(option: OptionResult) -> str:
    names = (level.zh for level in texts.LEVELS.values())
    levels = "，".join(say.SPOKEN_LEVEL.format(level=name, n=n) for name, n in zip(names, option.levels, strict=False))
    return say.SPOKEN_SUBJECT.format(title=option.title, levels=levels, verdict=option.mark)


def _option(found: Findings, option: OptionResult) -> str:
    mark = f"，{option.mark}" if option.elected else ""
    if option.write_in:
        return say.SPOKEN_WRITE_IN.format(title=option.id, votes=option.votes, mark=mark)
    if found.kind in PER_OPTION_KINDS:
        words = say.SPOKEN_OPTION_ALL
    else:
        words = say.SPOKEN_OPTION_RANK if found.kind is PollKind.RANK else say.SPOKEN_OPTION
    return words.format(
        title=option.title, votes=option.votes, against=option.against, abstain=option.abstain, mark=mark
    )


def _seats(found: Findings) -> list[str]:
    words = {"unit": unit_of(found), "verb": verb_of(found), "called": _called(found), "act": _act(found)}
    intro = say.SPOKEN_RANKS if found.kind is PollKind.RANK else say.SPOKEN_VOTES
    *spoken, last = [_option(found, option) for option in found.options]
    lines = [intro.format(**words), *(f"{option}；" for option in spoken), f"{last}。"]
    if found.needed is not None:
        lines.append(say.SPOKEN_NEEDED.format(needed=found.needed, **words))
    return [*lines, _elected(found, words), *_tied(found, words), *_missing(found, words)]


def _elected(found: Findings, words: dict[str, str]) -> str:
    elected = found.ruling.elected
    if not elected:
        return say.SPOKEN_NOBODY.format(**words)
    names = "、".join(found.titles[option] for option in elected)
    spoken = say.SPOKEN_ELECTED if len(elected) > 1 else say.SPOKEN_ELECTED_ONE
    return spoken.format(names=names, won=len(elected), **words)


def _tied(found: Findings, words: dict[str, str]) -> list[str]:
    """Who votes again: what follows from the tie."""
    run_off = found.ruling.run_off
    if run_off is None:
        return []
    by_rank = found.kind is PollKind.RANK
    return [
        (say.SPOKEN_TIED + say.SPOKEN_AGAIN).format(
            which=say.WHICH_PERSON if found.persons else say.WHICH_PROJECT,
            tied="、".join(found.titles[option] for option in run_off.options),
            equal=say.EQUAL_SUMS if by_rank else say.EQUAL_VOTES,
            votes=found.count.votes[run_off.options[0]],
            votes_unit="" if by_rank else "票",
            n=len(run_off.options),
            left=run_off.seats,
            **words,
        )
    ]


def _missing(found: Findings, words: dict[str, str]) -> list[str]:
    """What the presidium may choose between where seats stay empty."""
    ruling, plan = found.ruling, found.progress.plan
    if not ruling.shortfall:
        return []
    after = AFTER_SHORTFALL_OF_PERSONS if found.persons else AFTER_SHORTFALL
    first, *others = [after[choice] for choice in plan.adopted.seats.shortfall] or [""]
    choices = say.SPOKEN_CHOICE_ALONE.format(first=first) if first else ""
    if others:
        choices = say.SPOKEN_CHOICE.format(first="、".join((first, *others[:-1])), other=others[-1])
    won = len(ruling.elected)
    return [say.SPOKEN_MISSING.format(seats=plan.seats, won=won, missing=ruling.shortfall, choices=choices, **words)]
