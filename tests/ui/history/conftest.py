"""The window with a category, a model with relation, evidence and a frozen version; keys and mouse."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qda.coding import (
    axial,
    cases,
    codebook,
    codes,
    documents,
    evidence,
    material,
    memos,
    open_coding,
    theory,
)
from qda.coding.model_versions import freeze_model

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from qda.ui.window import MainWindow

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def left_in() -> str:
    return "axial"


class Hands:
    """The window and short ways in it; each act of the preparation is on a day of its own."""

    def __init__(self, window: "MainWindow", qtbot: "QtBot") -> None:
        assert window.desk is not None
        self.window, self.desk, self.bot = window, window.desk, qtbot
        self.day = datetime(2024, 5, 1, 8, tzinfo=UTC)
        self.project.clock = lambda: self.day

    @property
    def project(self):
        return self.desk.project

    def next_day(self) -> None:
        self.day += timedelta(days=1)

    def guid(self, name: str) -> str:
        return next(row.guid for row in codes.codes(self.project) if row.name == name)

    def place(self, words: str) -> dict[str, Any]:
        source = material.sources(self.project)[0].guid
        start = material.text(self.project, source).index(words)
        return {"source": source, "start": start, "stop": start + len(words)}

    def code(self, words: str, name: str) -> None:
        open_coding.code_passage(self.project, code=name, **self.place(words))

    @property
    def model(self) -> str:
        return theory.models(self.project)[0].guid

    @property
    def relation(self) -> str:
        return theory.relations(self.project)[0].guid

    def build(self) -> None:
        """A category with a code below it, a model with one relation, a version, and what came after it."""
        source = material.sources(self.project)[0].guid
        documents.set_source_case(self.project, source=source, case=cases.add_case(self.project, name="A"))
        self.code("Zusagen", "Zusage")
        self.code("auf dem kurzen Dienstweg", "Dienstweg")
        self.next_day()
        codebook.rename_code(self.project, code=self.guid("Zusage"), name="Verbindlichkeit")
        codebook.set_code_kind(self.project, code=self.guid("Verbindlichkeit"), kind="category")
        self.next_day()
        model = axial.add_model(self.project, name="Leihen", phenomenon=self.guid("Verbindlichkeit"))
        relation = axial.relate_codes(
            self.project,
            model=model,
            from_code=self.guid("Dienstweg"),
            to_code=self.guid("Verbindlichkeit"),
            type="leads_to",
            statement="Der Dienstweg bindet",
        )
        self.next_day()
        freeze_model(self.project, model=model, name="vor Fall C")
        self.next_day()
        place = self.place("Ruhe")
        evidence.add_evidence(
            self.project,
            relation=relation,
            segments=[f"{place['source']}:{place['start']}-{place['stop']}"],
            polarity="contradicting",
        )
        axial.set_relation_status(self.project, relation=relation, status="modified")
        memos.write_memo(
            self.project,
            kind="theoretical",
            title="Warum",
            body="Weil es ruht.",
            target=f"relation:{relation}",
        )
        self.next_day()

    def run(self, command: str) -> None:
        self.window.action(command).trigger()

    def page(self, kind: type) -> Any:
        """The page in front, when what it reads in a thread is there."""
        found = self.window.findChild(kind)
        for _ask in range(3):  # what was read first may ask for more
            self.bot.waitUntil(lambda: not found.worker.busy, timeout=20_000)
            QTest.qWait(20)
        return found

    def key(self, key: Qt.Key, more: Any = NONE) -> None:
        """A key where the focus is, as a shortcut where it is one."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, more)

    def type(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), words)

    def find(self, name: str, kind: type = QWidget) -> Any:
        return next(one for one in self.window.findChildren(kind, name) if one.isVisible())


def shortcut(widget: QWidget, key: Qt.Key) -> bool:
    """Whether the widget keeps a key from the shortcuts of the window."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, NONE)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.fixture
def hands(study, qtbot) -> Hands:
    made = Hands(study, qtbot)
    made.build()
    return made
