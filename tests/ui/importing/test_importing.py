"""The import in the real window: by keyboard, by mouse, stopped, closed, with files that break."""

import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qda.coding import memo_queries
from qda.coding.cases import add_case
from qda.coding.material import cases, paragraphs, sources, speakers
from qda.exchange.reader import Reader
from qda.models import Project
from qda.ui.importing import jobs
from qda.ui.importing.page import ImportPage
from qda.ui.material.workspace import Workspace
from qda.ui.window import MainWindow

TALK = [
    ("I", "Wie war der erste Tag?"),
    ("B", "Ich hab drei Ordner geerbt, und müsste sie ähnlich heißen."),
    ("I", "Was haben Sie da gemacht?"),
    ("B", "Gefragt: wen kennen Sie?"),
]


def talk(*more: tuple[str, str], times: int = 3) -> str:
    return "\n".join(f"{label}: {words}" for label, words in [*(TALK * times), *more])


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture
def material(study: MainWindow) -> Workspace:
    found = study.workspace("material")
    assert isinstance(found, Workspace)
    return found


@pytest.fixture
def page(material: Workspace) -> ImportPage:
    return material.importing


def _project(window: MainWindow) -> Project:
    assert window.desk is not None
    return window.desk.project


def _drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(700, 400), copy, data, left, Qt.KeyboardModifier.NoModifier))


def _read(page: ImportPage, qtbot) -> None:
    qtbot.waitUntil(lambda: not page.is_running, timeout=20000)
    QTest.qWait(10)


def _press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def _tab_to(wanted: QWidget) -> None:
    for _each in range(60):
        if QApplication.focusWidget() is wanted:
            return
        _press(Qt.Key.Key_Tab)
    raise AssertionError(wanted.objectName())


def _states(page: ImportPage) -> list[str]:
    return [row[3].whole for row in page.files.table.grid.rows]


# -- by keyboard, by mouse ----------------------------------------------------------------------------------


def test_three_files_come_in_by_keyboard_alone(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [
        write(tmp_path, "Interview B.txt", talk(("b", "Auch das noch."))),
        write(tmp_path, "Interview C.txt", talk()),
        write(tmp_path, "Notizen.txt", talk(times=2)),
    ]
    monkeypatch.setattr(
        "qda.ui.material.workspace.QFileDialog.getOpenFileNames",
        lambda *_args: ([str(path) for path in paths], ""),
    )
    _press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    _read(page, qtbot)
    assert QApplication.focusWidget() is page.files.table
    assert "slip" in _states(page)[0]
    _tab_to(page.who.speakers)
    _press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _each in range(3):
        _press(Qt.Key.Key_Right)
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_F2)  # the role of B
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Return)
    for _each in range(2):
        _press(Qt.Key.Key_Right)
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Space)  # b, merged into: the proposed label stands first
    assert page.who.speakers.menu is not None
    assert page.who.speakers.menu.actions()[0].text() == "B (proposed)"
    _press(Qt.Key.Key_Up)
    _press(Qt.Key.Key_Return)
    assert _states(page)[0].startswith("ready")
    study.activateWindow()  # a desktop does that by itself when a menu closes
    _press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    _press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    segments = page.who.options.segments("family")
    assert segments is not None
    _tab_to(page.who.options.for_all)
    _press(Qt.Key.Key_Space)  # what follows is for this file alone
    _tab_to(segments.button("label-colon"))
    _press(Qt.Key.Key_Right)  # no turns
    _read(page, qtbot)
    _tab_to(page.files.table)
    _press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    assert [(s.title, s.family, s.turns) for s in sources(_project(study))[1:]] == [
        ("Interview B", "label-colon", 13),
        ("Interview C", "label-colon", 12),
        ("Notizen", "none", 0),
    ]
    first, second = (s.guid for s in sources(_project(study))[1:3])
    assert [(s.label, s.role) for s in speakers(_project(study), first)] == [
        ("I", "interviewer"),
        ("B", "left_out"),
    ]
    assert [s.role for s in speakers(_project(study), second)] == ["interviewer", "left_out"]
    study.undo()
    assert [s.title for s in sources(_project(study))] == ["Interview A"]


def test_files_come_in_by_mouse_alone(study: MainWindow, page: ImportPage, tmp_path: Path, qtbot) -> None:
    add_case(_project(study), name="C")
    _drop(study, write(tmp_path, "Interview C.txt", talk()), write(tmp_path, "x.txt", ""))
    _read(page, qtbot)
    table = page.who.speakers
    area = table.visualRect(table.grid.index(0, 3))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    menu = table.menu
    assert menu is not None
    wanted = next(action for action in menu.actions() if action.text() == "Left out")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(wanted).center())
    QTest.mouseClick(page.footer.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    row = sources(_project(study))[-1]
    assert (row.title, row.case_name) == ("Interview C", "C")
    assert [s.role for s in speakers(_project(study), row.guid)] == ["left_out", "respondent"]
    area = page.results.table.visualRect(page.results.table.grid.index(0, 0))
    QTest.mouseDClick(page.results.table.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    material = study.workspace("material")
    assert isinstance(material, Workspace)
    assert material.tree.in_hand == ("source", row.guid)
    assert not material.is_importing


def test_enter_brings_in_what_is_proposed_as_soon_as_all_is_read(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, write(tmp_path, "Interview C.txt", talk()))
    assert page.is_running
    page.files.table.setFocus()
    _press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    assert [s.title for s in sources(_project(study))] == ["Interview A", "Interview C"]
    assert QApplication.focusWidget() is page.results.done
    _press(Qt.Key.Key_Return)
    assert not page.isVisible()


def test_every_control_of_the_import_has_a_name(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, write(tmp_path, "a.txt", talk(), "cp1252"), write(tmp_path, "b.txt", talk()))
    _read(page, qtbot)
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.objectName() and widget.accessibleName())
    ]
    assert nameless == []


# -- what is decided ----------------------------------------------------------------------------------------


def test_nothing_is_merged_unasked(study: MainWindow, page: ImportPage, tmp_path: Path, qtbot) -> None:
    _drop(study, write(tmp_path, "a.txt", talk(("b", "Auch das noch."))))
    _read(page, qtbot)
    assert page.who.speakers.grid.rows[2][5].text == "B (proposed)"
    page.import_now()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    guid = sources(_project(study))[-1].guid
    assert [s.label for s in speakers(_project(study), guid)] == ["I", "B", "b"]


def test_another_encoding_is_tried_and_holds_for_all_files_that_looked_alike(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, *(write(tmp_path, f"{n}.txt", talk(), "cp1252") for n in range(2)))
    _read(page, qtbot)
    assert "ähnlich" in page.who.options.sample.text()
    segments = page.who.options.segments("encoding")
    assert segments is not None
    assert segments.key == "cp1252"
    segments.button("mac_roman").click()
    _read(page, qtbot)
    assert [item.draft.encoding for item in page.plan.items if item.draft] == ["mac_roman"] * 2
    assert "ähnlich" not in page.who.options.sample.text()


def test_comments_come_in_as_memos_or_not(study: MainWindow, page: ImportPage, tmp_path: Path, qtbot) -> None:
    for name in ("a.docx", "b.docx"):
        (tmp_path / name).write_bytes(commented())
    _drop(study, tmp_path / "a.docx", tmp_path / "b.docx")
    _read(page, qtbot)
    box = page.who.options.comments
    assert box.isVisible()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    page.import_now()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    found = [memo.title + memo.body for memo in memo_queries.memos(_project(study))]
    assert sum("Nachfragen" in words for words in found) == 1


def commented() -> bytes:
    import io

    import docx

    document = docx.Document()
    for label, words in TALK * 2:
        document.add_paragraph(f"{label}: {words}")
    first = document.paragraphs[0]
    document.add_comment(first.runs, text="Nachfragen", author="MK")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_new_case_comes_with_the_import_and_speakers_have_their_own(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, write(tmp_path, "Interview C.txt", talk()))
    _read(page, qtbot)
    options = page.who.options
    options.case.setCurrentIndex(options.case.findData("C"))
    options.case.activated.emit(options.case.currentIndex())
    page.who.speakers.chosen.emit(1, 4, "Amt")
    page.import_now()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    assert {c.name for c in cases(_project(study))} == {"C", "Amt"}
    row = sources(_project(study))[-1]
    assert row.case_name == "C"
    names = {c.guid: c.name for c in cases(_project(study))}
    assert [names.get(s.case or "") for s in speakers(_project(study), row.guid)] == [None, "Amt"]


def test_a_file_of_the_study_is_left_out_unless_it_is_wanted_again(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    path = write(tmp_path, "a.txt", talk())
    for again in (False, False, True):
        _drop(study, path)
        _read(page, qtbot)
        if again:
            assert page.who.options.again.isVisible()
            page.who.options.again.click()
        page.import_now()
        qtbot.waitUntil(page.results.isVisible, timeout=20000)
        page.results.done.click()
    assert [s.title for s in sources(_project(study))] == ["Interview A", "a", "a (2)"]


def test_a_table_is_a_survey_or_attributes_as_its_columns_say(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    answer = "Weil wir uns gegenseitig auf dem kurzen Weg {n} Mal geholfen haben, ganz ohne Auftrag."
    lines = ["Fall;Alter;Warum machen Sie mit?", *(f"F{n};{40 + n};{answer.format(n=n)}" for n in range(4))]
    _drop(study, write(tmp_path, "umfrage.csv", "\n".join(lines)))
    _read(page, qtbot)
    assert _states(page) == ["ready, table: 4 rows, survey"]
    assert [row[2].key for row in page.who.columns.grid.rows] == ["case", "attribute", "text"]
    page.who.options.table.button("attributes").click()
    assert _states(page) == ["ready, table: 4 rows, attributes of cases"]
    page.who.options.table.button("survey").click()
    page.who.columns.chosen.emit(1, 2, "left_out")
    page.import_now()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    rows = cases(_project(study))
    assert [c.name for c in rows] == ["F0", "F1", "F2", "F3"]
    assert all(c.attributes == {} for c in rows)
    assert len(sources(_project(study))) == 5


def test_del_takes_a_file_out_of_the_import(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, *(write(tmp_path, f"{n}.txt", talk(("I", str(n)))) for n in range(3)))
    _read(page, qtbot)
    page.files.table.setFocus()
    study.refresh_actions()
    _press(Qt.Key.Key_Delete)
    assert [row[0].text for row in page.files.table.grid.rows] == ["1.txt", "2.txt"]
    assert (tmp_path / "0.txt").exists()
    page.import_now()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    assert [s.title for s in sources(_project(study))] == ["Interview A", "1", "2"]


def test_what_was_decided_is_dropped_only_when_asked_twice(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, write(tmp_path, "a.txt", talk()))
    _read(page, qtbot)
    QTest.keyClicks(page.who.options.title, " neu")
    page.files.table.setFocus()
    _press(Qt.Key.Key_Escape)
    assert page.isVisible()
    assert "Once more" in page.footer.words.text()
    _press(Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert len(sources(_project(study))) == 1


# -- stopping, closing, breaking ----------------------------------------------------------------------------


def test_reading_can_be_stopped_and_nothing_has_come_in(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, *(write(tmp_path, f"{n}.txt", talk(times=200)) for n in range(20)))
    QTest.qWait(1)
    page.footer.cancel.setFocus()
    _press(Qt.Key.Key_Space)
    assert not page.is_running
    assert not page.isVisible()
    assert len(sources(_project(study))) == 1
    assert not any(thread.name in ("reading", "storing") for thread in threading.enumerate())


def _slow_store(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Storing waits before its last file until it is told."""
    begun, go_on = threading.Event(), threading.Event()
    store = jobs.store

    def slowly(project, files, *, progress):
        def waiting(done: int) -> bool:
            begun.set()
            go_on.wait(10)
            return progress(done)

        return store(project, files, progress=waiting)

    monkeypatch.setattr(jobs, "store", slowly)
    return begun, go_on


def test_storing_can_be_stopped_and_is_taken_back(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = _slow_store(monkeypatch)
    _drop(study, *(write(tmp_path, f"{n}.txt", talk(("I", str(n)))) for n in range(3)))
    _read(page, qtbot)
    page.import_now()
    assert begun.wait(10)
    assert page.is_running
    page.footer.cancel.setFocus()
    _press(Qt.Key.Key_Space)
    go_on.set()
    qtbot.waitUntil(lambda: not page.is_running, timeout=10000)
    assert len(sources(_project(study))) == 1
    assert "stopped" in page.footer.words.text()
    assert page.plan.count("ready") == 3  # what was decided is still there
    monkeypatch.undo()
    page.import_now()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    assert len(sources(_project(study))) == 4


def test_while_files_are_stored_other_acts_are_refused_at_once_and_settings_kept(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = _slow_store(monkeypatch)
    _drop(study, write(tmp_path, "a.txt", talk()))
    _read(page, qtbot)
    page.import_now()
    assert begun.wait(10)
    assert study.desk is not None
    assert study.desk.do(add_case, name="Fall") is None
    assert "still at work" in study.study.message.sentence
    _project(study).set_setting("ui.test", "kept")
    go_on.set()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    assert study.desk.do(add_case, name="Fall")
    assert _project(study).setting("ui.test") == "kept"


def test_listeners_hear_of_the_import_in_the_windows_thread(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    heard = []
    assert study.desk is not None
    study.desk.changed.connect(lambda _change: heard.append(threading.current_thread()))
    _drop(study, write(tmp_path, "a.txt", talk()))
    _read(page, qtbot)
    page.import_now()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    assert heard == [threading.main_thread()]


@pytest.mark.parametrize("moment", ["reading", "read", "storing"])
def test_the_study_is_closed_safely_at_any_moment_of_an_import(
    study: MainWindow, tmp_path: Path, qtbot, monkeypatch, moment: str
) -> None:
    page = study.workspace("material").importing  # type: ignore[attr-defined]
    begun, go_on = _slow_store(monkeypatch)
    path = _project(study).path
    _drop(study, *(write(tmp_path, f"{n}.txt", talk(("I", str(n)), times=50)) for n in range(3)))
    if moment != "reading":
        _read(page, qtbot)
    if moment == "storing":
        page.import_now()
        assert begun.wait(10)
        threading.Timer(0.1, go_on.set).start()
    assert study.close_study()
    QTest.qWait(100)
    assert not any(thread.name in ("reading", "storing") for thread in threading.enumerate())
    assert not path.with_name(f"{path.name}-wal").exists()
    with Project.open(path) as project:
        assert [s.title for s in sources(project)] == ["Interview A"]
        assert project.check() == []


def test_a_file_that_kills_its_reader_gets_its_sentence_and_the_others_come_in(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "Reader", partial(Reader, module="tests.exchange.bad_worker"))
    _drop(study, *(write(tmp_path, f"{name}.txt", talk(("I", name))) for name in ("a", "crash", "b")))
    _read(page, qtbot)
    assert "damaged" in _states(page)[1]
    page.import_now()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    assert [s.title for s in sources(_project(study))] == ["Interview A", "a", "b"]


def test_an_import_waits_while_one_looks_elsewhere(
    study: MainWindow, material: Workspace, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, write(tmp_path, "a.txt", talk()))
    _read(page, qtbot)
    material.show_sheet()
    assert not page.isVisible()
    study.action("import").trigger()
    assert page.isVisible()
    _drop(study, write(tmp_path, "b.txt", talk(times=2)))
    _read(page, qtbot)
    assert [item.path.name for item in page.plan.items] == ["a.txt", "b.txt"]


# -- preview ------------------------------------------------------------------------------------------------


def test_the_preview_of_a_long_text_shows_its_beginning_and_more_with_scrolling(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, write(tmp_path, "a.txt", talk(times=300)))
    _read(page, qtbot)
    view = page.preview.text
    assert view.preview.rowCount() == 200
    bar = view.verticalScrollBar()

    def more() -> bool:
        bar.setValue(bar.maximum())
        return view.preview.rowCount() > 200

    qtbot.waitUntil(more)
    assert view.preview.index(0).data() == "1 I: Wie war der erste Tag?"


def test_a_merged_label_takes_the_colour_of_its_speaker(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    _drop(study, write(tmp_path, "a.txt", talk(("b", "Auch das noch."))))
    _read(page, qtbot)
    model, last = page.preview.text.preview, 12
    assert model.colour(last) not in (model.colour(0), model.colour(1))
    page.who.speakers.chosen.emit(2, 5, "B")
    assert model.colour(last) == model.colour(1)


def test_times_stand_in_the_margin_and_the_head_apart(
    study: MainWindow, page: ImportPage, tmp_path: Path, qtbot
) -> None:
    lines = ["Interview mit B", "Datum: 3.3.2025", ""]
    lines += [f"{label}: {words} #00:03:2{at}-0#" for at, (label, words) in enumerate(TALK * 2)]
    _drop(study, write(tmp_path, "a.txt", "\n".join(lines)))
    _read(page, qtbot)
    model = page.preview.text.preview
    first = next(row for row in range(model.rowCount()) if model.paragraph(row).opens_turn)
    assert model.paragraph(0).kind == "header"
    assert model.time(first) == "3:20"
    assert "8 found" in page.who.options.times.text()
    page.import_now()
    qtbot.waitUntil(page.results.isVisible, timeout=20000)
    guid = sources(_project(study))[-1].guid
    assert all("#" not in row.number for row in paragraphs(_project(study), guid))
