"""The tutorial's afternoon in the real window, from the start screen to the report, in both languages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QListWidget, QWidget

from qda.coding import codes, material, memo_queries, sampling, theory
from qda.coding.comparison_cells import cells
from qda.coding.model_versions import versions
from qda.coding.saturation_judgements import judgements
from qda.coding.story_text import Reference, parse
from qda.i18n import LANGUAGES
from qda.ui.tutorial import chapters
from qda.ui.tutorial.reader import TutorialWindow
from tests.acceptance.desk import SHIFT, Key, press
from tests.tutorial_steps import Afternoon, wait
from tests.tutorial_words import TYPED


@pytest.fixture(params=LANGUAGES)
def window(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """The real window at its start screen, in one language after the other."""
    monkeypatch.setenv("QDA_SETTINGS", str(tmp_path / "settings.ini"))
    documents = tmp_path / "Documents"
    documents.mkdir()
    for module in ("start", "window", "material.workspace", "tutorial.reader"):
        monkeypatch.setattr(f"qda.ui.{module}.documents_folder", lambda: documents)
    from qda.ui.app import build_main_window

    made = build_main_window(None)
    made.preferences.language = request.param
    made.rebuild()
    made.resize(1240, 820)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    made.start.focus_first()
    made.language_of_test = request.param
    yield made
    made.close()
    made.deleteLater()


def tutorial(window: Any) -> TutorialWindow:
    """Brings the tutorial up by its key."""
    press(Key.Key_F1, SHIFT)
    made = window.findChild(TutorialWindow, "tutorial")
    assert made is not None
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    wait(0.3)  # it is laid out in the width that it has
    return made


def test_the_afternoon_from_the_first_key_to_the_report(
    window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = save_the_transcripts(window, tmp_path, monkeypatch)
    language = window.language_of_test
    afternoon, said = Afternoon(window, language), TYPED[language]
    report = tmp_path / "report.docx"
    afternoon.all_of_it(report, files)
    project = afternoon.project
    the_material_is_in(project)
    the_codes_are_laid(project, said)
    the_model_stands(project, said)
    the_theory_is_told(project, said)
    the_report_has_it(report, said)


def save_the_transcripts(window: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The link of the second chapter."""
    reader = tutorial(window)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    reader.text.anchorClicked.emit(QUrl("../demo/raw/Interview_A.docx"))
    reader.close()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.start.focus_first()
    files = [folder / name for name in chapters.INTERVIEWS]
    assert all(path.is_file() for path in files)
    return files


def the_material_is_in(project: Any) -> None:
    rows = material.sources(project)
    assert [(row.title, row.case_name, row.turns) for row in rows] == [
        ("Interview A", "A", 82),
        ("Interview B", "B", 84),
    ]
    texts = "".join(material.text(project, row.guid) for row in rows)
    assert not any(name in texts for name in ("Moorstetten", "Pfrängle", "Terlinden", "Öztan"))
    assert "Ausfall" in texts


def the_codes_are_laid(project: Any, said: Any) -> None:
    paths = [row.path for row in codes.codes(project)]
    assert said.slip not in paths
    assert len([path for path in paths if path.startswith(f"{said.reaching} > ")]) == 3
    assert len([path for path in paths if path.startswith(f"{said.hanging} > ")]) == 2
    assert {row.value for row in codes.property_values(project)} == {said.between, said.poles[1]}
    bodies = [memo.body for memo in memo_queries.memos(project)]
    assert all(any(words in body for body in bodies) for words in (said.how, said.note, said.memo))


def the_model_stands(project: Any, said: Any) -> None:
    first, second = theory.relations(project)
    assert (first.statement, first.status) == (said.keeps, "modified")
    assert (first.supporting, first.contradicting, first.qualifying) == (2, 1, 1)
    assert [one.value for one in first.conditions] == [said.poles[1]]
    assert (second.statement, second.supporting) == (said.needs, 2)
    assert [(row.case_name, row.note) for row in theory.counter_searches(project)] == [("B", said.searched)]
    (model,) = theory.models(project)
    assert [row.name for row in versions(project, model.guid)] == [said.version]
    placed = {row.code_name: (row.level, row.addressee) for row in theory.placements(project)}
    assert placed[said.open_duty] == ("district", "")
    assert placed[said.hanging] == ("", "self")


def the_theory_is_told(project: Any, said: Any) -> None:
    assert {cell.body for cell in cells(project).values()} == {said.cell_a, said.cell_b}
    assert [(row.state, row.reason) for row in judgements(project)] == [("open", said.judged)]
    (decision,) = sampling.decisions(project)
    assert (decision.sought, [target.name for target in decision.targets]) == (said.sought, ["C"])
    told = [part for part in parse(theory.story(project, "story_line")) if isinstance(part, Reference)]
    assert [part.kind for part in told] == ["code", "relation", "segment"]


def the_report_has_it(report: Path, said: Any) -> None:
    from docx import Document

    document = Document(str(report))
    texts = [one.text for one in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for words in (said.preconception, said.keeps, said.story):
        assert any(words in text for text in texts), words


# -- the window of the tutorial -----------------------------------------------------------------------------


def test_the_tutorial_is_read_searched_and_left_by_keys(window: Any) -> None:
    reader = tutorial(window)
    text = reader.text
    assert QApplication.focusWidget() is text
    assert reader.windowTitle()
    names = [widget.accessibleName() for widget in (text, reader.list, reader.line)]
    assert all(names)
    assert reader.list.count() == 11
    assert text.chapter_in_view() == ""
    chosen = reader.findChild(QListWidget, "tutorial_chapters")
    chosen.setFocus()
    chosen.setCurrentRow(5)
    QTest.keyClick(chosen, Qt.Key.Key_Return)
    wait(0.1)
    assert text.chapter_in_view() == reader._chapters[5].anchor
    assert text.hasFocus()
    reader.resize(reader.width() - 200, reader.height())
    wait(0.4)
    assert text.chapter_in_view() == reader._chapters[5].anchor, "another width leads elsewhere"
    QTest.keyClick(text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert reader.line.hasFocus()
    QTest.keyClicks(reader.line, "Nachmittag" if window.language_of_test == "de" else "afternoon")
    QTest.keyClick(reader.line, Qt.Key.Key_Return)
    assert text.textCursor().selectedText().lower() in ("nachmittag", "afternoon")
    reader.line.setText("xyzzy")
    reader.find_next()
    assert "xyzzy" in reader.told.text()
    QTest.keyClick(reader.line, Qt.Key.Key_Escape)
    assert not reader.isVisible()


def test_no_picture_is_wider_than_the_column_and_nothing_else_is_loaded(window: Any) -> None:
    text = tutorial(window).text
    kind = 2  # a picture
    name = f"pictures/import-{window.language_of_test}.png"
    image = text.loadResource(kind, QUrl(name))
    assert 0 < image.width() / image.devicePixelRatio() <= text.viewport().width()
    for address in ("../demo/raw/Interview_A.docx", "https://example.org/x.png", "pictures/none.png"):
        assert text.loadResource(kind, QUrl(address)) is None


def test_a_second_call_brings_the_same_window_and_the_start_screen_leads_there(window: Any) -> None:
    QTest.mouseClick(window.start.findChild(QWidget, "tutorial_open"), Qt.MouseButton.LeftButton)
    reader = window.findChild(TutorialWindow, "tutorial")
    assert reader is not None
    window.action("tutorial").trigger()
    assert window.findChildren(TutorialWindow, "tutorial") == [reader]
