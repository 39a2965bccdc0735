"""A window with an interview that was read not quite right: a typo, two turns in one, a label mistyped."""

from typing import TYPE_CHECKING

import pytest

from qda.coding.documents import take_in
from qda.exchange.reading import draft_from_text

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

WORDS = (
    "I: Wie fing das bei Ihnen an? #00:00:05-0#\n"
    "B: Mit dem Beirat. Da haben wir uns Zusagen geholt, auf dem kurzen Dienstweg. #00:00:31-0#\n"
    "I: Was steht dem heute im Weg? #00:01:02-0#\n"
    "B: Das Geld, erlich gesagt. Und was noch? Die Zeit. #00:01:30-0#\n"
    "I: Und wer hilft Ihnen? #00:12:30-4#\n"
    "B: Das Amt.\n"
    "Und der Beirat.\n"
)


@pytest.fixture
def left_in() -> str:
    return "open"


class Correcting:
    """The window, and the interview in it."""

    def __init__(self, window: "MainWindow", source: str) -> None:
        assert window.desk is not None
        self.window, self.desk, self.source = window, window.desk, source
        self.told: list[str] = []
        self.refused: list[str] = []
        self.desk.told.connect(self.told.append)
        self.desk.refused.connect(self.refused.append)

    @property
    def project(self):
        return self.desk.project

    @property
    def pane(self):
        return self.window.workspace("open").pane

    @property
    def view(self):
        return self.pane.view

    def go(self, words: str) -> None:
        """The cursor before these words."""
        self.view.go_to(self.view.text.index(words))
        self.view.setFocus()

    def select(self, words: str) -> None:
        start = self.view.text.index(words)
        self.view.select_span(start, start + len(words))
        self.view.setFocus()

    def paragraphs(self):
        from qda.coding.material import paragraphs

        return {row.number: row for row in paragraphs(self.project, self.source)}

    def text(self) -> str:
        from qda.coding.material import text

        return text(self.project, self.source)


@pytest.fixture
def correcting(study: "MainWindow") -> Correcting:
    assert study.desk is not None
    source = take_in(study.desk.project, draft=draft_from_text(WORDS), title="Interview mit Fehlern")
    study.show_workspace("open")
    study.desk.source_wanted.emit(source, -1, -1)
    return Correcting(study, source)
