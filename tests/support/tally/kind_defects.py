"""Records of every further kind of poll with one defect each, and the number of the check that must find it.

As in ``defects``: everything around the defect is consistent. ``tool`` says whether belenios-tool 2.0
refuses it too; None where the tool does not read such records (recorded polls).
"""

from tests.support.tally.broken import of_recorded_kinds, of_shuffled_kinds, of_summed_kinds
from tests.support.tally.broken.kind_forms import KindDefect, honest_kind

__all__ = ["KIND_DEFECTS", "KindDefect", "honest_kind"]

KIND_DEFECTS: list[KindDefect] = [*of_summed_kinds.DEFECTS, *of_shuffled_kinds.DEFECTS, *of_recorded_kinds.DEFECTS]
