"""The window with a short interview in open coding, and hands to code it."""

from typing import TYPE_CHECKING

import pytest

from qda.coding import codes, open_coding, pencil

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


@pytest.fixture
def left_in() -> str:
    return "open"


class Coding:
    """The window, and the interview in it."""

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
    def pane(self):
        return self.workspace.pane

    @property
    def view(self):
        return self.pane.view

    @property
    def source(self) -> str:
        return self.pane.source

    def place(self, words: str) -> tuple[int, int]:
        start = self.view.text.index(words)
        return start, start + len(words)

    def go(self, words: str) -> None:
        """The cursor before these words."""
        self.view.go_to(self.place(words)[0])
        self.view.setFocus()

    def select(self, words: str) -> None:
        self.view.select_span(*self.place(words))
        self.view.setFocus()

    def code(self, words: str, code: str) -> str:
        start, stop = self.place(words)
        made = self.desk.do(open_coding.code_passage, source=self.source, start=start, stop=stop, code=code)
        assert made
        return made

    def coded(self) -> list[tuple[str, str]]:
        """Code and words of every coding, by place."""
        found = sorted(codes.codings(self.project), key=lambda row: (row.segment.start, row.code_name))
        return [(row.code_name, row.segment.text) for row in found]

    def penciled(self) -> list[tuple[str, str]]:
        """Words and note of every pencil mark."""
        return [(self.view.text[r.start : r.stop], r.note) for r in pencil.pencils(self.project)]

    def run(self, command: str) -> None:
        self.window.action(command).trigger()


@pytest.fixture
def coding(study: "MainWindow") -> Coding:
    study.show_workspace("open")
    return Coding(study)
