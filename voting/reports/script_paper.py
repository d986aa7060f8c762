"""主持词: what the executive chair says, with every figure in place."""

from msgspec.structs import replace

from voting.congress import attendance
from voting.congress.poll import Medium, PollKind
from voting.congress.poll_kinds import PER_OPTION_KINDS
from voting.congress.reasons import ReasonCode
from voting.congress.ruling import OutcomeKind
from voting.reports import outcome_texts as say
from voting.reports import texts
from voting.reports.count_paper import unit_of, verb_of
from voting.reports.findings import Findings, OptionResult, findings_of
from voting.reports.paper import Paper, Speech
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.sheets import act_called, annulment, ballots_called, over_of
from voting.reports.texts import Words
from voting.reports.times import moment


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


def script_paper(record: SittingRecord, poll: PollRecord) -> Paper:
    """The chair announces one poll. Raises OutcomeDiffers, and ValueError when it is not counted."""
    found = findings_of(record, poll)
    lines = [say.SPOKEN_BEGIN.format(title=_title(found), act=_act(found)), _ballots(found), *_result(found)]
    lines.append(say.SPOKEN_END.format(title=_title(found), act=_act(found)))
    paper = _paper(record, "script", texts.SCRIPT_TITLE, _title(found), lines)
    return replace(paper, blocks=(*annulment(poll), *paper.blocks))


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
    count, ballots, act = found.count, ballots_called(found.progress.plan), _act(found)
    present = "" if found.present is None else say.SPOKEN_PRESENT.format(act=act, present=found.present)
    spoken = say.SPOKEN_BALLOTS.format(
        in_office=found.in_office,
        present=present,
        ballots=ballots,
        issued=count.issued,
        returned=count.returned,
        valid=count.valid,
        void=count.void,
    )
    if found.ruling.valid_poll:
        spoken += say.SPOKEN_VALID.format(ballots=ballots, limit=found.limit, act=act)
    if count.medium is not Medium.ELECTRONIC:
        spoken += say.SPOKEN_BY_HAND[count.medium.value].format(by_hand=count.by_hand)
    return spoken


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
    count, shown = found.count, found.progress.plan.adopted.display.show_not_pressed
    votes = say.SPOKEN_MOTION.format(
        act=_act(found),
        votes=count.votes["for"],
        against=count.votes["against"],
        abstain=count.votes["abstain"],
        not_pressed=say.SPOKEN_NOT_PRESSED.format(n=count.not_pressed) if shown else "",
    )
    if found.ruling.outcome is OutcomeKind.PASSED:
        return [votes, say.SPOKEN_PASSED.format(needed=found.needed)]
    if any(reason.code is ReasonCode.PARTICIPATION_MISSED for reason in found.ruling.reasons):
        return [votes, say.SPOKEN_TOO_FEW_TOOK_PART]
    return [votes, say.SPOKEN_NOT_PASSED.format(needed=found.needed)]


def _subject(option: OptionResult) -> str:
    names = (level.zh for level in texts.LEVELS.values())
    levels = "，".join(say.SPOKEN_LEVEL.format(level=name, n=n) for name, n in zip(names, option.levels, strict=False))
    return say.SPOKEN_SUBJECT.format(title=option.title, levels=levels, verdict=option.mark)


def _option(found: Findings, option: OptionResult) -> str:
    if found.kind in PER_OPTION_KINDS:
        words = say.SPOKEN_OPTION_ALL
    else:
        words = say.SPOKEN_OPTION_RANK if found.kind is PollKind.RANK else say.SPOKEN_OPTION
    mark = f"，{option.mark}" if option.elected else ""
    return words.format(
        title=option.title, votes=option.votes, against=option.against, abstain=option.abstain, mark=mark
    )


def _seats(found: Findings) -> list[str]:
    ruling, plan = found.ruling, found.progress.plan
    words = {"unit": unit_of(found), "verb": verb_of(found), "called": _called(found)}
    intro = say.SPOKEN_RANKS if found.kind is PollKind.RANK else say.SPOKEN_VOTES
    *spoken, last = [_option(found, option) for option in found.options]
    lines = [intro.format(**words), *(f"{option}；" for option in spoken), f"{last}。"]
    if found.needed is not None:
        lines.append(say.SPOKEN_NEEDED.format(needed=found.needed, **words))
    if ruling.elected:
        names = "、".join(found.titles[option] for option in ruling.elected)
        lines.append(say.SPOKEN_ELECTED.format(names=names, won=len(ruling.elected), **words))
    else:
        lines.append(say.SPOKEN_NOBODY.format(**words))
    if ruling.run_off:
        tied = "、".join(found.titles[option] for option in ruling.run_off.options)
        votes = found.count.votes[ruling.run_off.options[0]]
        unit = "" if found.kind is PollKind.RANK else "票"
        lines.append(
            say.SPOKEN_TIED.format(tied=tied, votes=votes, votes_unit=unit, left=ruling.run_off.seats, **words)
        )
    if ruling.shortfall:
        lines.append(say.SPOKEN_MISSING.format(seats=plan.seats, missing=ruling.shortfall, **words))
    return lines
