"""These tests begin in the workspace of open coding."""

import pytest


@pytest.fixture
def left_in() -> str:
    return "open"
