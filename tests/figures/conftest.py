"""Pictures in a run that shows widgets as well: the application is made once, with widgets."""

import pytest


@pytest.fixture(autouse=True)
def _one_application(qapp):
    yield
