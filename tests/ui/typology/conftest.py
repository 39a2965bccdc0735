"""The window with two short interviews of two cases, a category on two properties, and hands to value."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.coding import cases, codebook, codes, documents, open_coding, properties
from qda.ui.typology.setting import field_of
from qda.ui.typology.value_field import ValueField

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

SECOND = "I: Wie kam es dazu?\nB: Wir hatten einen Beschluss, schwarz auf weiß.\nI: Und?\nB: Er hielt."


@pytest.fixture
def left_in() -> str:
    return "open"


class Hands:
    """The window, the documents in it, and short ways."""

    def __init__(self, window: "MainWindow") -> None:
        assert window.desk is not None
        self.window, self.desk = window, window.desk
        self.told: list[str] = []
        self.refused: list[str] = []
        self.desk.told.connect(self.told.append)
        self.desk.refused.connect(self.refused.append)

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
    def inspector(self):
        return self.workspace.inspector.code

    @property
    def field(self) -> ValueField:
        return field_of(self.workspace)

    @property
    def page(self):
        return self.workspace.page

    def guid(self, name: str) -> str:
        return next(row.guid for row in codes.codes(self.project) if row.name == name)

    def code(self, words: str, name: str) -> str:
        start = self.view.text.index(words)
        made = self.desk.do(
            open_coding.code_passage,
            source=self.workspace.pane.source,
            start=start,
            stop=start + len(words),
            code=name,
        )
        assert made
        return made

    def select(self, words: str) -> None:
        start = self.view.text.index(words)
        self.view.select_span(start, start + len(words))
        self.view.setFocus()

    def run(self, command: str) -> None:
        action = self.window.action(command)
        assert action.isEnabled(), command
        action.trigger()

    def keys(self, *keys: object) -> None:
        """Keys and words, into the field for values."""
        for key in keys:
            if isinstance(key, str) and not key.isascii():
                self.field.line.insert(key)  # keys beyond ASCII cannot be pressed by the test
            elif isinstance(key, str):
                QTest.keyClicks(self.field.line, key)
            else:
                QTest.keyClick(self.field.line, key)

    def values(self) -> list[tuple[str, str, str]]:
        """Property, words of the passage, place."""
        names = {row.guid: row.name for row in codes.properties(self.project)}
        return [
            (names[row.property], row.segment.text, row.value) for row in codes.property_values(self.project)
        ]

    def listed(self) -> list[str]:
        return [row.text for row in self.field.rows]


ENTER, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


@pytest.fixture
def hands(study: "MainWindow", qtbot) -> Hands:
    from qda.exchange.reading import draft_from_text

    study.show_workspace("open")
    found = Hands(study)
    first = found.workspace.pane.source
    second = documents.take_in(found.project, draft=draft_from_text(SECOND), title="Interview B")
    for source, name in ((first, "Fall A"), (second, "Fall B")):
        documents.set_source_case(found.project, source=source, case=cases.add_case(found.project, name=name))
    found.code("Zusagen", "Bindung")
    guid = found.guid("Bindung")
    codebook.set_code_kind(found.project, code=guid, kind="category")
    properties.add_property(
        found.project, code=guid, name="Dauer", pole_from="kurz", pole_to="lang", places=["mittel"]
    )
    properties.add_property(found.project, code=guid, name="Form", pole_from="Wort", pole_to="Papier")
    return found
