"""Mode B: every option for / against / abstain, then ranked by "for"; without seats each passes or not by itself."""

from msgspec.structs import replace

from voting.congress.law.figures import Figures
from voting.congress.law.kinds import common, seats
from voting.congress.law.kinds.voiced import voiced
from voting.congress.law.outcome import Found, OutcomeKind
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import ReasonCode
from voting.congress.law.ruleset import Ruleset

_FOR_SEATS = voiced(
    PollKind.APPROVE_EACH,
    over=lambda ballots: ballots.over_approval,
    floor=seats.floor_of_projects,
    secrecy=common.choice_secrecy,
    secrecy_key=common.CHOICE,
)


def _decide(rules: Ruleset, figures: Figures, majority: int) -> Found:
    return _FOR_SEATS.decide(rules, figures, majority) if figures.seats else _each(rules, figures, majority)


def _each(rules: Ruleset, figures: Figures, majority: int) -> Found:
    """Each option as a motion of its own: each needs the majority, whatever floor projects have among each other."""
    passed = {tally.id: tally.votes >= majority for tally in figures.options}
    verdicts = {option: OutcomeKind.PASSED if passes else OutcomeKind.NOT_PASSED for option, passes in passed.items()}
    return Found(
        OutcomeKind.DECIDED,
        verdicts={option: verdict.value for option, verdict in verdicts.items()},
        reasons=tuple(
            seats.compared(_CODES[verdicts[tally.id]], majority, rules, figures, tally) for tally in figures.options
        ),
    )


_CODES = {OutcomeKind.PASSED: ReasonCode.OPTION_PASSES, OutcomeKind.NOT_PASSED: ReasonCode.OPTION_FAILS}

APPROVE_EACH = replace(_FOR_SEATS, decide=_decide, seats_optional=True)
