"""Records that carry one defect each, and the number of the check that must find it.

Every builder starts from an honest election and re-hashes the chain (and, where the defect comes
earlier, re-signs, re-sums and re-decrypts), so that only the defect it is named after remains.
"""

from tests.support.tally.broken import of_ballots, of_the_count, of_the_record, of_the_setup
from tests.support.tally.broken.forms import Broken, Defect, honest

__all__ = ["DEFECTS", "Broken", "Defect", "honest"]

DEFECTS: list[Defect] = [*of_the_record.DEFECTS, *of_the_setup.DEFECTS, *of_ballots.DEFECTS, *of_the_count.DEFECTS]
