"""Small parts of the pages: buttons, sentences, notices."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from qda.ui.surfaces import LinkButton


def button(
    parent: QWidget, name: str, words: str, act: Callable[[], object], *, key: str = "", default: bool = False
) -> QPushButton:
    """A button with its key behind the word."""
    made = QPushButton(f"{words}  {key}" if key else words, parent)
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setAutoDefault(False)
    made.setDefault(default)
    made.clicked.connect(lambda _checked=False: act())
    return made


def link(
    parent: QWidget, name: str, words: str, act: Callable[[], object], *, flush: bool = False
) -> LinkButton:
    """An act in words."""
    made = LinkButton(words, name, parent, flush=flush)
    made.clicked.connect(lambda _checked=False: act())
    return made


def sentence(parent: QWidget, name: str, words: str = "", *, quiet: bool = False) -> QLabel:
    """A paragraph that may be several lines long."""
    label = QLabel(words, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setProperty("quiet", quiet)
    return label


def refusal(parent: QWidget, name: str) -> QLabel:
    """A sentence about what could not be done, hidden until then."""
    label = sentence(parent, name)
    label.setProperty("notice", True)
    label.hide()
    return label


def refuse(label: QLabel, words: str) -> None:
    """Says it, to a screen reader too; empty words take it away."""
    from qda.ui.status import announce

    label.setText(words)
    label.setVisible(bool(words))
    if words:
        announce(label, words)
