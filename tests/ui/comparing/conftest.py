"""The window with two interviews of two cases, some passages coded, and hands to compare them."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qda.coding import cases, codes, documents, memo_queries, open_coding

if TYPE_CHECKING:
    from qda.ui.comparing.section import ComparingSection
    from qda.ui.window import MainWindow

FIRST = (
    "I: Wie kam es dazu?\n"
    "B: Die Zusagen haben wir uns auf dem kurzen Dienstweg geholt. 🙂 Das ging über das Telefon.\n"
    "I: Und dann?\n"
    "B: Dann kam der Beschluss im Kreistag, und alles stand geschrieben.\n"
    "I: Und heute?\n"
    "B: Heute hole ich mir die Zusagen wieder am Telefon, auf dem kurzen Weg."
)
SECOND = (
    "I: Wie holen Sie sich Zusagen?\n"
    "B: Zusagen hole ich mir am Telefon, da geht alles auf dem kurzen Weg.\n"
    "I: Immer?\n"
    "B: Nein, für die Räume gibt es eine Satzung mit Stempel und Siegel."
)
CODE = "Zusagen holen"


@pytest.fixture
def left_in() -> str:
    return "open"


class Comparing:
    """The window, and what stands in it of a comparison."""

    def __init__(self, window: "MainWindow") -> None:
        assert window.desk is not None
        self.window, self.desk = window, window.desk
        self.told: list[str] = []
        self.refused: list[str] = []
        self.desk.told.connect(self.told.append)
        self.desk.refused.connect(self.refused.append)
        self.sources: list[str] = []

    @property
    def project(self):
        return self.desk.project

    @property
    def workspace(self):
        return self.window.workspace("open")

    @property
    def view(self):
        return self.workspace.pane.view

    @property
    def page(self):
        return self.workspace.inspector.coding

    @property
    def section(self) -> "ComparingSection":
        return self.page.comparing

    def code(self, words: str, name: str = CODE, source: int = 0) -> str:
        """Codes words of a document without the window."""
        text = (FIRST, SECOND)[source]
        start = text.index(words)
        made = self.desk.do(
            open_coding.code_passage,
            source=self.sources[source],
            start=start,
            stop=start + len(words),
            code=name,
        )
        assert made
        return made

    def choose(self, coding: str) -> None:
        """Sets a coding apart and waits for its comparison."""
        self.desk.coding_chosen.emit(coding)
        self.settle()

    def settle(self) -> None:
        """Everything that was put off is done."""
        self.page.refresh()
        self.section.asker.wait()
        QApplication.processEvents()

    def shown(self) -> list[str]:
        """The words of the passages shown, from above."""
        return [one.row.text for one in self.section.passages()]

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the focus is."""
        QTest.keyClick(self.window.focusWidget(), key, modifiers)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.window.focusWidget(), words)

    def found(self, name: str, inside: QWidget | None = None) -> QWidget | None:
        """What is seen of this name."""
        every = (inside or self.section).findChildren(QWidget, name)
        return next((one for one in every if one.isVisible()), None)

    def click(self, name: str, inside: QWidget | None = None) -> None:
        button = self.found(name, inside)
        assert button is not None, name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def run(self, command: str) -> None:
        action = self.window.action(command)
        assert action.isEnabled(), command
        action.trigger()

    def memos(self) -> list[tuple[str, str, str]]:
        return [(one.kind, one.title, one.body) for one in memo_queries.memos(self.project)]

    def codings(self) -> list[tuple[str, str]]:
        return sorted((row.code_name, row.segment.text) for row in codes.codings(self.project))


@pytest.fixture
def comparing(window: "MainWindow", tmp_path) -> Comparing:
    from qda.exchange.reading import draft_from_text
    from qda.models import Project

    project = Project.create(tmp_path / "study.qdaproj", title="Koordination", coder="MK")
    sources = []
    for title, text, name in (("Interview A", FIRST, "Fall A"), ("Interview B", SECOND, "Fall B")):
        source = documents.take_in(project, draft=draft_from_text(text), title=title)
        documents.set_source_case(project, source=source, case=cases.add_case(project, name=name))
        sources.append(source)
    window.open_project(project)
    window.show_workspace("open")
    made = Comparing(window)
    made.sources = sources
    made.desk.source_wanted.emit(sources[0], -1, -1)
    made.view.setFocus()
    return made
