import pytest

# Assertions in shared support explain themselves as those in tests do.
pytest.register_assert_rewrite("tests.support")
