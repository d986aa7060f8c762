"""What fractions are taken of."""

import msgspec

from voting.congress.law.ruleset import Base


class BaseUnknown(ValueError):
    """The rules take a fraction of a number that is not known (yet)."""


class Bases(msgspec.Struct, frozen=True):
    """The numbers of persons and ballots that fractions are taken of; None: not known (yet).

    statutory_seats: the seats the law gives this congress (名额); returned, valid: ballots.
    """

    in_office: int
    statutory_seats: int | None = None
    present: int | None = None
    returned: int | None = None
    valid: int | None = None

    def of(self, base: Base) -> int:
        """The number a fraction is taken of. Raises BaseUnknown."""
        number = {
            Base.IN_OFFICE: self.in_office,
            Base.STATUTORY_SEATS: self.statutory_seats,
            Base.PRESENT: self.present,
            Base.RETURNED: self.returned,
            Base.VALID: self.valid,
        }[base]
        if number is None:
            raise BaseUnknown(f"the rules ask for {base}, which is not known")
        return number
