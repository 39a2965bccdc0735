"""The window with two short interviews of two cases, categories, a relation; hands for table and sheets."""

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qda.coding import axial, cases, codebook, codes, documents, material, open_coding, properties

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from qda.ui.window import MainWindow

SECOND = "I: Wie kam es dazu?\nB: Wir hatten einen Beschluss, schwarz auf weiß.\nI: Und?\nB: Er hielt."


@pytest.fixture
def left_in() -> str:
    return "selective"


class Hands:
    """The window and short ways in it."""

    def __init__(self, window: "MainWindow", qtbot: "QtBot") -> None:
        assert window.desk is not None
        self.window, self.desk, self.bot = window, window.desk, qtbot
        self.told: list[str] = []
        self.refused: list[str] = []
        self.desk.told.connect(self.told.append)
        self.desk.refused.connect(self.refused.append)

    @property
    def project(self):
        return self.desk.project

    def guid(self, name: str) -> str:
        return next(row.guid for row in codes.codes(self.project) if row.name == name)

    def source(self, title: str) -> str:
        return next(row.guid for row in material.sources(self.project) if row.title == title)

    def case(self, name: str) -> str:
        return next(row.guid for row in material.cases(self.project) if row.name == name)

    def place(self, title: str, words: str) -> str:
        source = self.source(title)
        start = material.text(self.project, source).index(words)
        return f"{source}:{start}-{start + len(words)}"

    def code(self, title: str, words: str, name: str) -> None:
        source, _colon, span = self.place(title, words).partition(":")
        start, stop = map(int, span.split("-"))
        open_coding.code_passage(self.project, source=source, start=start, stop=stop, code=name)

    def press(self, key: Qt.Key | str, more: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the focus is."""
        widget = QApplication.focusWidget() or self.window
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key, more)
        QApplication.processEvents()

    def click(self, name: str) -> None:
        """A click on a widget by name."""

        def seen() -> list[QWidget]:
            return [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]

        self.bot.waitUntil(lambda: bool(seen()))
        widget = seen()[-1]
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def settled(self, page: Any) -> Any:
        """The page once nothing is being read any more."""
        self.bot.waitUntil(
            lambda: not page.worker.busy and not page._soon.isActive() and page.standing is not None
        )
        QApplication.processEvents()
        return page

    @property
    def front(self) -> Any:
        selective: Any = self.window.workspace("selective")
        return selective.front.part

    def saturation(self) -> Any:
        self.window.show_workspace("selective")
        self.window.action("saturation").trigger()
        return self.settled(self.front)

    def sampling(self) -> Any:
        self.window.action("sampling").trigger()
        QApplication.processEvents()
        return self.front


@pytest.fixture
def hands(study: "MainWindow", qtbot: "QtBot") -> Hands:
    """Categories "Zusage" (one pole, in A) and "Beschluss" (both, in A and B), a bare relation."""
    from qda.exchange.reading import draft_from_text

    hand = Hands(study, qtbot)
    project = hand.project
    documents.take_in(project, draft=draft_from_text(SECOND), title="Interview B")
    for name in "AB":
        case = cases.add_case(project, name=name)
        documents.set_source_case(project, source=hand.source(f"Interview {name}"), case=case)
    hand.code("Interview A", "Zusagen", "Zusage")
    hand.code("Interview A", "Dienstweg", "Beschluss")
    hand.code("Interview B", "schwarz auf weiß", "Beschluss")
    for name, first, second in (("Zusage", "mündlich", "schriftlich"), ("Beschluss", "kurz", "lang")):
        code = hand.guid(name)
        codebook.set_code_kind(project, code=code, kind="category")
        properties.add_property(project, code=code, name=f"Dauer {name}", pole_from=first, pole_to=second)
    values = (
        ("Zusage", "Interview A", "Zusagen", "mündlich"),
        ("Beschluss", "Interview A", "Dienstweg", "kurz"),
        ("Beschluss", "Interview B", "schwarz auf weiß", "lang"),
    )
    for name, title, words, value in values:
        prop = next(row.guid for row in codes.properties(project) if row.name == f"Dauer {name}")
        place = hand.place(title, words)
        properties.set_property_value(project, property=prop, segment=place, value=value)
    model = axial.add_model(project, name="M", phenomenon=hand.guid("Zusage"))
    ends = {"from_code": hand.guid("Zusage"), "to_code": hand.guid("Beschluss")}
    axial.relate_codes(project, model=model, type="furthers", **ends)
    return hand
