"""Comments of a coded transcript are read back in the window: seen before, chosen, one act."""

import io
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.coding import material
from qda.coding.codes import codings, marks
from qda.coding.memo_queries import memos
from qda.coding.open_coding import code_passage
from qda.reports.registry import build_report, render_bytes
from qda.ui.comments_back.dialog import CommentsBackDialog


@pytest.fixture
def left_in() -> str:
    return "open"


@pytest.fixture
def source(study) -> str:
    guid = material.sources(study.desk.project)[0].guid
    text = material.text(study.desk.project, guid)
    at = text.index("Zusagen geholt")
    code_passage(study.desk.project, source=guid, start=at, stop=at + 14, code="Zusagen", comment="Woher?")
    return guid


def comment(ident: int, author: str, text: str) -> str:
    return (
        f'<w:comment w:id="{ident}" w:author="{author}" w:date="2026-11-02T10:00:00Z"><w:p><w:r>'
        f"<w:t>{text}</w:t></w:r></w:p></w:comment>"
    )


@pytest.fixture
def file(study, source, tmp_path):
    """The coded transcript with a comment on "Ruhe" and one on words that nobody said."""
    data = render_bytes(build_report("coded", study.desk.project, {"source": source}), "docx")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode("utf-8")
            if name == "word/document.xml":
                run = '<w:r><w:t xml:space="preserve">Ruhe.</w:t></w:r>'
                assert run in text
                marked = f'<w:commentRangeStart w:id="90"/>{run}<w:commentRangeEnd w:id="90"/>'
                more = '<w:p><w:commentRangeStart w:id="91"/><w:r><w:t>Ganz fremde Worte hier.</w:t></w:r>'
                more += '<w:commentRangeEnd w:id="91"/></w:p><w:sectPr'
                text = text.replace(run, marked).replace("<w:sectPr", more, 1)
            if name == "word/comments.xml":
                both = comment(90, "PW", "Welche Ruhe?") + comment(91, "PW", "Von mir.")
                text = text.replace("</w:comments>", f"{both}</w:comments>")
            new.writestr(name, text)
    path = tmp_path / "coded.docx"
    path.write_bytes(stream.getvalue())
    return path


@pytest.fixture
def dialog(study, file, qtbot):
    study.rows.refresh()
    study.action("read-comments").trigger()
    made = next(d for d in study.findChildren(CommentsBackDialog) if d.isVisible())
    made.read(file)
    qtbot.waitUntil(lambda: made.plan is not None and made.choose.isEnabled(), timeout=20000)
    return made


def cells(dialog, row: int) -> list[str]:
    return [dialog.list.item(row, column).text() for column in range(5)]


def test_what_arrives_is_shown_before_anything_changes(study, dialog):
    assert dialog.told.text() == "coded.docx: 2 comments arrive, 1 is unchanged."
    assert cells(dialog, 0)[:4] == ["Memo on the passage", "PW", dialog.plan.arrivals[1].cited, "Ruhe."]
    assert cells(dialog, 1)[0] == "No place found: memo on the document"
    assert dialog.take.text() == "Take over 2 comments"
    assert "Welche Ruhe?" in dialog.detail.toPlainText()
    assert not memos(study.desk.project)


def test_by_keyboard_one_is_left_out_and_the_other_is_taken_as_one_act(study, dialog, qtbot):
    project = study.desk.project
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.take.text() == "Take over 1 comment"
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20000)
    (memo,) = memos(project)
    assert (memo.coder, memo.body) == ("PW", "Welche Ruhe?")
    assert len(codings(project)) == 1
    study.undo()
    assert not memos(project)


def test_by_mouse_none_are_chosen_then_all(study, dialog, qtbot):
    QTest.mouseClick(dialog.none, Qt.MouseButton.LeftButton)
    assert not dialog.take.isEnabled()
    QTest.mouseClick(dialog.every, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not study.desk.at_work and not dialog.isVisible(), timeout=20000)
    assert {memo.body.split("\n")[0] for memo in memos(study.desk.project)} == {"Welche Ruhe?", "Von mir."}


def test_a_second_time_nothing_arrives(study, dialog, file, qtbot):
    dialog.take_over()
    qtbot.waitUntil(lambda: not study.desk.at_work and not dialog.isVisible(), timeout=20000)
    study.action("read-comments").trigger()
    again = next(d for d in study.findChildren(CommentsBackDialog) if d.isVisible())
    again.read(file)
    qtbot.waitUntil(lambda: again.plan is not None and again.choose.isEnabled(), timeout=20000)
    assert again.told.text() == "coded.docx: 0 comments arrive, 3 are unchanged."
    assert not again.list.isVisible()
    assert not again.take.isEnabled()


def test_taking_over_can_be_stopped_and_nothing_is_kept(study, dialog, qtbot, monkeypatch):
    monkeypatch.setattr(dialog._stop, "is_set", lambda: True)
    dialog.take_over()
    qtbot.waitUntil(lambda: not study.desk.at_work, timeout=20000)
    assert dialog.told.text() == "Stopped. Nothing was changed."
    assert dialog.list.isEnabled()
    assert not memos(study.desk.project)


def test_a_file_without_comments_says_so(study, qtbot, tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text("Ruhe.", encoding="utf-8")
    study.action("read-comments").trigger()
    dialog = next(d for d in study.findChildren(CommentsBackDialog) if d.isVisible())
    dialog.read(path)
    qtbot.waitUntil(dialog.choose.isEnabled, timeout=20000)
    assert dialog.told.text() == "plain.txt holds no comments."
    assert not dialog.take.isEnabled()


def test_a_comment_that_is_missing_has_a_row_and_its_coding_stays(study, source, file, qtbot):
    stream = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode("utf-8")
            if name == "word/comments.xml":
                text = text[: text.index("<w:comment ")] + text[text.index("</w:comment>") + 12 :]
            new.writestr(name, text)
    file.write_bytes(stream.getvalue())
    study.action("read-comments").trigger()
    dialog = next(d for d in study.findChildren(CommentsBackDialog) if d.isVisible())
    dialog.read(file)
    qtbot.waitUntil(lambda: dialog.plan is not None and dialog.choose.isEnabled(), timeout=20000)
    assert cells(dialog, 2)[0] == "Missing in the file; it stays"
    assert "1 comment is missing in the file; its coding stays." in dialog.told.text()
    dialog.list.setCurrentCell(2, 0)
    assert "Zusagen" in dialog.detail.toPlainText()
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert len(marks(study.desk.project, source)) == 1
