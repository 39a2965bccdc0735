"""Reports to render."""

import pytest

from qda.reports.model import Report

from .samples import HOSTILE, sample


@pytest.fixture(scope="session")
def plain_report() -> Report:
    return sample()


@pytest.fixture(scope="session")
def hostile_report() -> Report:
    return sample(HOSTILE)
