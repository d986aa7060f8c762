"""What the console needs to compose a poll: what rules leave open to it, and which polls may follow one."""

from collections.abc import Mapping

from voting.congress.law.choices_left import media_left, secrecies_left
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Ruleset
from voting.sitting.decide.planning import ENDED
from voting.sitting.follow_ups import follow_ups_of
from voting.sitting.machine import PollProgress, Sitting
from voting.wire.polls import Allowed, PollDraft


def allowed_to(kind: PollKind, rules: Ruleset) -> Allowed:
    """What these rules leave open to a poll of this kind."""
    return Allowed(secrecies=secrecies_left(kind, rules), media=media_left(kind, rules))


def allowed_by(sitting: Sitting, rulebooks: Mapping[str, Ruleset]) -> dict[str, dict[PollKind, Allowed]]:
    """The same of each kind, by the name of the rules; "" stands for those of the sitting."""
    named = {"": sitting.plan.adopted, **rulebooks}
    return {name: {kind: allowed_to(kind, rules) for kind in PollKind} for name, rules in named.items()}


def allowed_after(sitting: Sitting) -> dict[str, Allowed]:
    """What is open to a poll that follows one which ended: it keeps kind and rules."""
    return {poll: allowed_to(p.question.kind, p.question.ruleset) for poll, p in _ended(sitting).items()}


def follow_ups_by(sitting: Sitting) -> dict[str, dict[str, PollDraft]]:
    """The polls that may follow now, by the poll that ended and by relation."""
    return {
        poll: {
            relation.value: PollDraft.keeping_rules(plan.question, plan.seconds)
            for relation, plan in follow_ups_of(sitting, poll).items()
        }
        for poll in _ended(sitting)
    }


def _ended(sitting: Sitting) -> dict[str, PollProgress]:
    return {poll: progress for poll, progress in sitting.polls.items() if progress.state in ENDED}
