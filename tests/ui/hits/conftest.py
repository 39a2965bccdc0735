"""The window with two interviews in open coding, and the panel of the search in all."""

from typing import TYPE_CHECKING

import pytest

from qda.coding import codes, documents
from qda.exchange.reading import draft_from_text

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

SECOND = (
    "I: Wie war das mit dem Vertrauen?\n"
    "B: Vertrauen war da. Auch Vertrauensleute gab es, für die Zusagen.\n"
    "I: Aha, Vertrauen.\n"
    "B: Ja. Vertrauen und nochmal Vertrauen."
)


@pytest.fixture
def left_in() -> str:
    return "open"


class Hits:
    """The window, its panel of hits, and hands for both."""

    def __init__(self, window: "MainWindow", source: str, qtbot) -> None:
        assert window.desk is not None
        self.window, self.desk, self.source, self._qtbot = window, window.desk, source, qtbot
        self.told: list[str] = []
        self.desk.told.connect(self.told.append)

    @property
    def project(self):
        return self.desk.project

    @property
    def workspace(self):
        return self.window.workspace("open")

    @property
    def panel(self):
        return self.workspace.results

    @property
    def view(self):
        return self.workspace.pane.view

    def run(self, command: str) -> None:
        self.window.action(command).trigger()

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self.panel.is_complete)

    def search(self, words: str) -> None:
        self.run("search-all")
        self.panel.line.setText(words)
        self.panel.search_now()
        self.settle()

    def selected(self) -> str:
        span = self.view.selected_span()
        return self.view.text[span.start : span.stop] if span else ""

    def dialog(self):
        from qda.ui.hits.coding import HitCodingDialog

        self.run("code-hits")
        (dialog,) = self.window.findChildren(HitCodingDialog)
        self._qtbot.waitUntil(lambda: dialog.is_complete)
        return dialog

    def choose_code(self, dialog, name: str) -> None:
        dialog.picker.line.setText(name)
        self._qtbot.waitUntil(lambda: dialog.is_complete)

    def coded(self) -> list[tuple[str, str, str, str]]:
        """Code, words, origin and what was looked for, by place."""
        return [(r.code_name, r.segment.text, r.origin, r.searched) for r in codes.codings(self.project)]


@pytest.fixture
def hits(study: "MainWindow", qtbot) -> Hits:
    assert study.desk is not None
    source = documents.take_in(study.desk.project, draft=draft_from_text(SECOND), title="Interview B")
    for row in documents_speakers(study, source):
        role = "interviewer" if row.label == "I" else "respondent"
        documents.set_speaker_role(study.desk.project, speaker=row.guid, role=role)
    study.show_workspace("open")
    study.desk.source_wanted.emit(source, -1, -1)
    return Hits(study, source, qtbot)


def documents_speakers(window: "MainWindow", source: str):
    from qda.coding.material import speakers

    return speakers(window.desk.project, source)
