import pytest

from tests.support.chamber import Chamber
from tests.support.statements import counted_sitting


@pytest.fixture(scope="package")
def chamber() -> Chamber:
    return counted_sitting()
