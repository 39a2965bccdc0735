"""Widgets are tested without a screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture
def light(qapp: QApplication) -> QApplication:
    """The application in the light theme."""
    from qda.ui import theme

    theme.apply(qapp, dark=False)
    return qapp
