"""`voting decide`: the outcome of a count under given rules, and why."""

from pathlib import Path
from typing import Any

import click
import msgspec

from voting.commands.lines import shown
from voting.commands.options import json_option, language_option
from voting.commands.stop import Stop
from voting.congress.law.figures import Figures, FiguresInvalid
from voting.congress.law.ruleset import Ruleset
from voting.congress.law.ruling import Ruling, rule_on
from voting.files.rules import CountsRefused, RulesRefused, load_ruleset, read_counts
from voting.words import Language, deviation_in_words, in_words


@click.command(name="decide", short_help="State the outcome of a count under given rules, and why.")
@click.argument("rules", metavar="RULES.toml", type=click.Path(path_type=Path))
@click.argument("counts", metavar="COUNTS.json", type=click.Path(path_type=Path))
@json_option
@language_option
def command(rules: Path, counts: Path, as_json: bool, language: str) -> None:
    """State the outcome of a count under given rules, with every step of the reasoning.

    RULES.toml holds a congress's rules, as those in config/rules; COUNTS.json the figures of one poll. Both forms, and
    the closed list of outcomes, are described in docs/rules.md. The exit status is 0 whatever the outcome is, and 2
    when the rules are refused or the figures cannot be those of a count.
    """
    ruleset, figures, ruling = _decided(rules, counts)
    deviation = deviation_in_words(ruleset, Language(language))
    lines = [deviation] if deviation else []
    lines += [in_words(reason, Language(language), figures.kind) for reason in ruling.reasons]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(_document(ruling, lines)), indent=2))
        return
    click.echo(shown((*lines, _summary(ruling))), nl=False)


def _decided(rules: Path, counts: Path) -> tuple[Ruleset, Figures, Ruling]:
    try:
        ruleset = load_ruleset(rules)
        figures = read_counts(counts, ruleset)
        return ruleset, figures, rule_on(ruleset, figures)
    except RulesRefused as refused:
        raise Stop("rules_invalid", str(refused)) from None
    except CountsRefused as refused:
        raise Stop("counts_invalid", str(refused)) from None
    except FiguresInvalid as invalid:
        raise Stop("counts_impossible", f"{counts}: {invalid}") from None


def _document(ruling: Ruling, lines: list[str]) -> dict[str, Any]:
    verdicts = {"verdicts": ruling.verdicts} if ruling.verdicts else {}
    return {
        "quorum": ruling.quorum,
        "majority": ruling.majority,
        "valid_poll": ruling.valid_poll,
        "outcome": ruling.outcome,
        "elected": ruling.elected,
        "run_off": ruling.run_off,
        "shortfall": ruling.shortfall,
        **verdicts,
        "reasons": lines,
    }


def _summary(ruling: Ruling) -> str:
    elected = f": {', '.join(ruling.elected)}" if ruling.elected else ""
    return f"outcome: {ruling.outcome}{elected}"
