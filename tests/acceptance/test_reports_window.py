"""Reports in the real window, by keyboard and by mouse: looking, finding, saving, again, all at once."""

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from qda.coding import sheet
from qda.models import Project
from qda.ui.preferences import Preferences
from tests.reports.small_study import build

USER = Qt.ItemDataRole.UserRole
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qapp, tmp_path, monkeypatch):
    """The real window at the reports of a small study; what is opened elsewhere is only noted."""
    from qda.ui import theme
    from qda.ui.app import build_main_window

    monkeypatch.setenv("QDA_SETTINGS", str(tmp_path / "settings.ini"))
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    theme.apply(qapp, dark=False)
    build(tmp_path / "study.qdaproj").close()
    made = build_main_window(None)
    made.opened = opened
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    made.open_project(Project.open(tmp_path / "study.qdaproj"))
    yield made
    made.close()
    made.deleteLater()


def reports(window, qtbot):
    """The workspace of reports with its pages."""
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    workspace = window.workspace("reports")
    ready(workspace, qtbot)
    return workspace


def ready(workspace, qtbot):
    qtbot.waitUntil(lambda: workspace._ready is not None and not workspace.busy, timeout=30_000)


def press(window, key, modifiers):
    """A key of a command, in the window, which is in front again after a dialog."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, key, modifiers)


def save_again(window):
    press(window, Qt.Key.Key_E, CTRL | SHIFT)


def child(window, kind, name):
    found = window.findChild(kind, name)
    assert found is not None, name
    assert found.isVisible(), name
    return found


def click(window, kind, name):
    widget = child(window, kind, name)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())


def dialog_of(kind, name):
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.objectName() == name)


def file_dialog(window):
    return window.findChild(QFileDialog, "save_report_dialog")


def test_saved_as_pdf_and_again_by_keyboard_alone(window, qtbot, tmp_path):
    workspace = reports(window, qtbot)
    pdf = window.findChild(QPushButton, "format_pdf")
    pdf.setFocus()
    QTest.keyClick(pdf, Qt.Key.Key_Space)
    QTest.keyClick(window, Qt.Key.Key_S, CTRL | SHIFT)
    dialog = file_dialog(window)
    out = tmp_path / "out.pdf"
    name = dialog.findChild(QLineEdit)
    name.setText(str(out))
    QTest.keyClick(name, Qt.Key.Key_Return)
    ready(workspace, qtbot)
    assert len(pypdfium2.PdfDocument(out)) == len(workspace.preview.pages)
    line = window.statusBar().findChild(QWidget, "status_place").text()
    assert line.startswith("Saved: out.pdf · ")
    assert line.endswith("placeholders still to fill in")

    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    window.desk.do(sheet.set_title, title="Ein ganz anderer Titel")
    save_again(window)
    qtbot.waitUntil(lambda: not workspace.saving.exporter.busy, timeout=30_000)
    assert pypdfium2.PdfDocument(out).get_metadata_dict()["Title"] == "Ein ganz anderer Titel"
    assert window.current_workspace == "material"
    link = child(window, QPushButton, "status_act")
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert window.opened == [str(out)]


def test_saved_and_again_by_mouse_alone(window, qtbot, tmp_path):
    workspace = reports(window, qtbot)
    click(window, QPushButton, "format_html")
    click(window, QPushButton, "save_report")
    dialog = file_dialog(window)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("page.html")
    save = next(b for b in dialog.findChildren(QPushButton) if b.isDefault() or "Save" in b.text())
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    ready(workspace, qtbot)
    out = tmp_path / "page.html"
    first = out.stat().st_mtime_ns
    click(window, QPushButton, "open_file")
    click(window, QPushButton, "open_folder")
    assert window.opened == [str(out), str(tmp_path)]
    click(window, QPushButton, "save_again")
    ready(workspace, qtbot)
    assert out.stat().st_mtime_ns > first


def test_the_study_keeps_where_and_how_it_was_saved(window, qtbot, tmp_path):
    workspace = reports(window, qtbot)
    workspace.list.choose("codetree")
    ready(workspace, qtbot)
    click(window, QPushButton, "format_csv")
    workspace.save(tmp_path / "tree.csv")
    ready(workspace, qtbot)
    (tmp_path / "tree.csv").unlink()
    window.close_study()
    window.open_project(Project.open(tmp_path / "study.qdaproj"))
    save_again(window)
    again = window.workspace("reports")
    qtbot.waitUntil(lambda: not again.saving.exporter.busy, timeout=30_000)
    assert (tmp_path / "tree.csv").read_text(encoding="utf-8-sig").startswith("Ebene 1,")
    workspace = reports(window, qtbot)
    workspace.ask_and_save()
    dialog = file_dialog(window)
    assert dialog.selectedFiles() == [str(tmp_path / "tree.csv")]
    dialog.reject()


def test_a_study_from_elsewhere_does_not_say_where_files_are_replaced(window, qtbot, tmp_path):
    victim = tmp_path.parent / f"{tmp_path.name}-other.docx"
    victim.write_text("mine")
    rows = f'[{{"name": "codetree", "format": "docx", "out": "{victim}", "options": {{}}}}]'
    window.desk.project.set_setting("report.exports", rows)
    save_again(window)
    assert "choose the place once more" in window.study.message.sentence
    assert victim.read_text() == "mine"
    window.desk.project.set_setting("report.exports", "[{]")
    save_again(window)
    assert window.study.message.sentence == "No report of this study has been saved yet."
    victim.unlink()


def test_all_reports_into_a_folder_by_keyboard_and_again(window, qtbot, tmp_path):
    workspace = reports(window, qtbot)
    button = child(window, QPushButton, "all_reports")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    dialog = dialog_of(QDialog, "all_reports_dialog")
    none = dialog.findChild(QPushButton, "none_of_them")
    none.setFocus()
    QTest.keyClick(none, Qt.Key.Key_Space)
    rows = dialog.findChild(QListWidget, "all_list")
    rows.setFocus()
    assert not dialog.findChild(QPushButton, "all_save").isEnabled()
    for wanted in ("codetree", "typology"):
        (row,) = [n for n in range(rows.count()) if rows.item(n).data(USER) == wanted]
        rows.setCurrentRow(row)
        QTest.keyClick(rows, Qt.Key.Key_Space)
    for name, on in (("docx", False), ("pdf", False), ("md", True), ("csv", True)):
        check = dialog.findChild(QCheckBox, f"all_{name}")
        if check.isChecked() != on:
            check.setFocus()
            QTest.keyClick(check, Qt.Key.Key_Space)
    folder = dialog.findChild(QLineEdit, "all_folder")
    folder.setFocus()
    folder.selectAll()
    QTest.keyClicks(folder, str(tmp_path / "all"))
    assert dialog.told.text() == "4 files"
    QTest.keyClick(folder, Qt.Key.Key_Return)
    ready(workspace, qtbot)
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["codetree.csv", "codetree.md"]
    line = child(window, QWidget, "saved").text()
    assert line.startswith("2 files saved in “all”")
    assert line.endswith("1 report not written")
    assert window.study.message.sentence.startswith("Not written: Typology")

    for path in (tmp_path / "all").iterdir():
        path.unlink()
    save_again(window)
    ready(workspace, qtbot)
    assert len(list((tmp_path / "all").iterdir())) == 2
    workspace.ask_all()
    dialog = dialog_of(QDialog, "all_reports_dialog")
    assert (dialog.names, dialog.formats) == (["codetree"], ["csv", "md"])
    assert dialog.told.text() == "2 files · 2 of these names are there and will be replaced"
    dialog.reject()


def test_stopping_leaves_the_former_file(window, qtbot, tmp_path):
    workspace = reports(window, qtbot)
    click(window, QPushButton, "format_pdf")
    out = tmp_path / "out.pdf"
    out.write_bytes(b"former")
    workspace.saving.exporter.progressed.connect(lambda _progress: workspace.saving.exporter.cancel())
    workspace.save(out)
    ready(workspace, qtbot)
    assert out.read_bytes() == b"former"
    assert child(window, QWidget, "saved").text() == "Nothing was saved: stopped."
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_words_are_found_on_the_pages_by_keyboard(window, qtbot):
    workspace = reports(window, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    field = child(window, QLineEdit, "report_find_words")
    assert field.hasFocus()
    QTest.keyClicks(field, "der")
    QTest.keyClick(field, Qt.Key.Key_Return)
    told = child(window, QWidget, "report_find_told")
    count = len(workspace.find_bar._hits)
    assert count > 3
    assert told.text() == f"1 of {count}"
    pages = [hit.page for hit in workspace.find_bar._hits]
    assert pages == sorted(pages)
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    assert told.text() == f"{count} of {count}"
    place = workspace.preview.place.page
    assert abs(place - pages[-1]) <= 1
    QTest.keyClicks(field, "xyz")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.text() == "Not found"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert workspace.preview.hasFocus()
    assert not workspace.find_bar.isVisible()


def test_pages_are_turned_by_keys_and_by_wheel(window, qtbot):
    workspace = reports(window, qtbot)
    preview = workspace.preview
    preview.setFocus()
    bar = preview.verticalScrollBar()
    seen = [bar.value()]
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(preview, key)
        seen.append(bar.value())
    assert seen[0] < seen[1] < seen[2]
    assert seen[3] == seen[1]
    assert seen[4] == bar.maximum()
    assert seen[5] == 0
    QTest.keyClick(window, Qt.Key.Key_PageDown, CTRL)
    assert preview.page == 1
    click(window, QWidget, "next_page")
    assert preview.page == 2
    qtbot.mouseClick(preview.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert preview.page == 2


def test_made_anew_the_preview_stays_where_one_was_reading(window, qtbot):
    workspace = reports(window, qtbot)
    preview = workspace.preview
    preview.step(len(preview.pages) - 3)
    preview.verticalScrollBar().setValue(preview.verticalScrollBar().value() + 150)
    before = preview.mark
    assert before is not None
    window.desk.do(sheet.set_title, title="Neu " * 60)
    assert workspace.busy
    ready(workspace, qtbot)
    after = preview.mark
    assert after.words == before.words
    assert after.below == pytest.approx(before.below, abs=0.01)


def test_saving_goes_on_where_the_last_file_was_saved(window, qtbot, tmp_path):
    workspace = reports(window, qtbot)
    out = tmp_path / "deep"
    out.mkdir()
    workspace.save(out / "one.docx")
    ready(workspace, qtbot)
    assert Preferences().saving_folder == out
