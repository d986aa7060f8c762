"""For pytest while faults are tried: the same examples every time, and none made smaller once one fails."""

from hypothesis import Phase, settings

settings.register_profile("mutants", phases=[Phase.explicit, Phase.generate], derandomize=True, database=None)
settings.load_profile("mutants")
