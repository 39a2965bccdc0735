"""These tests begin in the workspace of axial coding."""

import pytest


@pytest.fixture
def left_in() -> str:
    return "axial"
