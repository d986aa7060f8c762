"""Reading rules (TOML) and counts (JSON) from files; every refusal names file, place and reason."""

from voting.files.rules.counts import CountsRefused, read_counts
from voting.files.rules.load import RulesFileProblem, RulesRefused, load_ruleset
from voting.files.rules.presets import PRESETS, RENAMED, rules_places

__all__ = [
    "PRESETS",
    "RENAMED",
    "CountsRefused",
    "RulesFileProblem",
    "RulesRefused",
    "load_ruleset",
    "read_counts",
    "rules_places",
]
