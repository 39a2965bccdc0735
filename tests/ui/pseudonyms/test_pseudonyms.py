"""Names are replaced hit by hit in the real window; after the purge no byte of the folder knows them."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from qda.coding import material
from qda.ui.pseudonyms.adding import AddName, ScopeDialog, as_name
from qda.ui.pseudonyms.dialog import PseudonymDialog
from qda.ui.pseudonyms.protocol import ProtocolDialog
from qda.ui.pseudonyms.work import Work, describes

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.window import MainWindow

FIRST = """I: Wer half Ihnen, Frau Brenneke?
B: Der Herr Karimov, also der Karimov, und Karimovs Verein in Lindenau.
B: In Lindenau kennt jeder die Karimovsche Art. Die Förderung kam von Herrn Karimov."""
SECOND = """I: Und Herr Karimov?
B: Herr Karimov war nie hier. Frau Brenneke kam nach Lindenau, in Lindenau blieb sie."""
T = TypeVar("T", bound=QWidget)
CLEAR = ("Brenneke", "Karimov", "Lindenau")
KEY = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "work"
    made.mkdir()
    return made


@pytest.fixture
def talks(window: "MainWindow", folder: Path) -> "MainWindow":
    """A study with two interviews, their originals, and a memo."""
    from qda.coding.documents import take_in
    from qda.coding.memos import write_memo
    from qda.exchange.reading import draft_from_text
    from qda.models import Project

    project = Project.create(folder / "study.qdaproj", title="Nachbarn", coder="MK", template="hajji")
    for title, text in (("Interview 1", FIRST), ("Interview 2", SECOND)):
        take_in(
            project,
            draft=draft_from_text(text),
            title=title,
            original=text.encode(),
            file_name=f"{title}.txt",
        )
    write_memo(project, kind="theoretical", title="Zu Brenneke", body="Karimov hilft.", private=False)
    window.open_project(project)
    return window


def desk_of(window: "MainWindow") -> "Desk":
    assert window.desk is not None
    return window.desk


def text_of(window: "MainWindow", number: int = 0) -> str:
    project = desk_of(window).project
    return material.text(project, material.sources(project)[number].guid)


def idle(dialog: PseudonymDialog) -> bool:
    return dialog._worker is None and not dialog._later.isActive()


def opened(window: "MainWindow", qtbot: QtBot) -> PseudonymDialog:
    """The dialog, by its key, with all hits found."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.keyClick(window, KEY.Key_R, CONTROL | ALT)
    dialog = last(window, PseudonymDialog)
    qtbot.waitUntil(lambda: idle(dialog) and dialog.page.isVisible())
    return dialog


def last(window: QWidget, kind: type[T]) -> T:
    """The dialog that was opened last, when it is in front."""
    dialog = next(found for found in reversed(window.findChildren(kind)) if found.isVisible())
    for _turn in range(100):
        if QApplication.activeWindow() is dialog and QApplication.focusWidget() is not None:
            break
        QTest.qWait(10)
    assert QApplication.activeWindow() is dialog
    return dialog


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key to whatever has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)
    if key == KEY.Key_Return:
        QTest.qWait(1)  # an editor in a cell closes a little later


def write(words: str) -> None:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QLineEdit)
    QTest.keyClicks(widget, words)


def tab_to(name: str) -> None:
    """Tab until the focus is there; it must be reachable."""
    seen = []
    for _step in range(60):
        widget = QApplication.focusWidget()
        if widget is not None and widget.objectName() == name:
            return
        seen.append(widget.objectName() if widget else "")
        press(KEY.Key_Tab)
    pytest.fail(f"{name} cannot be reached by the keyboard: {seen}")


def row_to(dialog: PseudonymDialog, clear: str) -> None:
    """Down or up until the row of a name is in hand."""
    table = dialog.page.table
    for _step in table.names.rows:
        press(KEY.Key_Up)
    for _step in table.names.rows:
        if table.name is not None and clear in table.name.entry.clear:
            return
        press(KEY.Key_Down)
    names = [name.entry.clear for name in table.names.rows]
    pytest.fail(f"{clear} is not among {names}; the focus is on {QApplication.focusWidget()}")


def click(parent: QWidget, name: str) -> None:
    found = cast("QAbstractButton", parent.findChild(QAbstractButton, name))
    assert found.isVisible(), name
    assert found.isEnabled(), name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def shown_words(parent: QWidget, name: str) -> str:
    found = parent.findChild(QWidget, name)
    assert found is not None
    assert found.isVisible(), name
    return str(found.property("text"))


def traces(folder: Path, words: tuple[str, ...] = CLEAR) -> list[tuple[str, str]]:
    return [
        (path.name, word)
        for path in folder.rglob("*")
        if path.is_file()
        for word in words
        if word.encode() in path.read_bytes() or word.encode("utf-16-le") in path.read_bytes()
    ]


def accept_all(dialog: PseudonymDialog) -> None:
    """Every hit of the three names, the unsure ones too; row by row."""
    dialog.page.table.setFocus()
    for clear in CLEAR:
        row_to(dialog, clear)
        press(KEY.Key_A)
        name = dialog.page.table.name
        assert name is not None
        if dialog.work.standing(name).open:
            press(KEY.Key_A)
        assert dialog.work.standing(name).open == 0


# -- the whole way ------------------------------------------------------------------------------------------


def test_by_keyboard_alone_to_a_study_without_a_clear_name(
    talks: "MainWindow", folder: Path, qtbot: QtBot
) -> None:
    assert traces(folder) != []
    dialog = opened(talks, qtbot)
    assert QApplication.focusWidget() is dialog.page.table
    assert not dialog.go.isEnabled()
    accept_all(dialog)
    row_to(dialog, "Lindenau")
    press(KEY.Key_F2)
    write("Oberberg")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: idle(dialog))
    press(KEY.Key_Return, CONTROL)
    assert QApplication.focusWidget().objectName() == "key_passphrase"  # type: ignore[union-attr]
    write("vier Worte ohne Sinn")
    press(KEY.Key_Tab)
    tab_to("key_again")
    write("vier Worte ohne Sinn")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: dialog.purge_page.isVisible() and idle(dialog))
    assert "Oberberg" in text_of(talks, 1)
    assert [word for word in CLEAR if word in text_of(talks) + text_of(talks, 1)] == []
    assert "Oberberg" not in shown_words(dialog, "purge_preview")
    assert traces(folder) != []  # the history still knows them
    assert not dialog.purge_page.purge.isEnabled()
    tab_to("purge_sure")
    press(KEY.Key_Space)
    tab_to("purge_go")
    press(KEY.Key_Space)
    qtbot.waitUntil(lambda: idle(dialog) and "gone" in shown_words(dialog, "done_title"))
    assert "every byte" in shown_words(dialog, "done_words")
    press(KEY.Key_Escape)
    assert dialog.isHidden()
    assert traces(folder) == []
    talks.close_study()
    assert traces(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == ["study.qdakey", "study.qdaproj"]


def test_by_mouse_alone(talks: "MainWindow", qtbot: QtBot) -> None:
    before = text_of(talks), text_of(talks, 1)
    talks.action("pseudonymise").trigger()
    dialog = last(talks, PseudonymDialog)
    qtbot.waitUntil(lambda: idle(dialog) and dialog.page.isVisible())
    table = dialog.page.table
    for row, name in enumerate(table.names.rows):
        if "Brenneke" in name.entry.clear:
            place = table.visualRect(table.names.index(row, 0)).center()
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    chosen = dialog.page.hits.name
    assert chosen is not None
    total = len(chosen.hits)
    click(dialog, "accept_hit")
    click(dialog, "leave_hit")
    click(dialog, "accept_rest")
    standing = dialog.work.standing(chosen)
    assert (standing.yes, standing.left) == (total - 1, 1)
    click(dialog, "names_go")
    click(dialog, "key_none")
    click(dialog, "key_go")
    qtbot.waitUntil(lambda: dialog.purge_page.isVisible() and idle(dialog))
    assert (text_of(talks), text_of(talks, 1)) != before
    click(dialog, "done_undo")
    assert (text_of(talks), text_of(talks, 1)) == before
    click(dialog, "purge_close")
    assert dialog.isHidden()


def test_nothing_is_replaced_that_was_not_accepted(talks: "MainWindow", qtbot: QtBot) -> None:
    before = text_of(talks), text_of(talks, 1)
    dialog = opened(talks, qtbot)
    row_to(dialog, "Lindenau")
    press(KEY.Key_Return)
    assert QApplication.focusWidget() is dialog.page.hits.list
    press(KEY.Key_A)
    click(dialog, "names_go")
    click(dialog, "key_none")
    click(dialog, "key_go")
    qtbot.waitUntil(lambda: dialog.purge_page.isVisible() and idle(dialog))
    after = text_of(talks), text_of(talks, 1)
    assert sum(new.count("Lindenau") for new in after) == sum(old.count("Lindenau") for old in before) - 1
    assert all(new.count("Karimov") == old.count("Karimov") for old, new in zip(before, after, strict=True))


# -- deciding -----------------------------------------------------------------------------------------------


def test_unsure_hits_are_marked_and_not_accepted_with_the_others(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    row_to(dialog, "Karimov")
    press(KEY.Key_A)
    hits = dialog.page.hits.model
    open_ones = [row for row in range(len(hits.hits)) if hits.decided(row) is None]
    assert [hits.hits[row].written for row in open_ones] == ["Karimovsche"]
    assert "unsure" in hits.state(open_ones[0])
    assert "unsure" in dialog.page.hits.rest.text()


def test_other_words_for_one_hit_and_for_a_form(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    row_to(dialog, "Lindenau")
    press(KEY.Key_Return)
    press(KEY.Key_F2)
    assert QApplication.focusWidget().objectName() == "otherwise_words"  # type: ignore[union-attr]
    write("einer Stadt")
    press(KEY.Key_Return)
    pane = dialog.page.hits
    assert (pane.model.instead(0), pane.model.decided(0)) == ("einer Stadt", True)
    assert pane.model.instead(1) != "einer Stadt"
    press(KEY.Key_F2)
    write("einem Ort")
    tab_to("otherwise_here")
    press(KEY.Key_Right)
    assert pane.otherwise.everywhere.isChecked()
    tab_to("otherwise_take")
    press(KEY.Key_Space)
    qtbot.waitUntil(lambda: idle(dialog))
    alike = [row for row, hit in enumerate(pane.model.hits) if hit.written == "Lindenau"]
    assert len(alike) > 2
    assert {pane.model.instead(row) for row in alike} == {"einem Ort"}
    assert {pane.model.decided(row) for row in alike} == {True}


def test_escape_in_the_field_for_other_words_changes_nothing(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    press(KEY.Key_Return)
    press(KEY.Key_F2)
    write("anders")
    press(KEY.Key_Escape)
    assert dialog.isVisible()
    assert dialog.page.hits.model.instead(0) != "anders"
    assert QApplication.focusWidget() is dialog.page.hits.list


def test_what_is_no_name_sinks_to_the_end_and_can_come_back(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    rows = dialog.page.table.names.rows
    first = rows[0]
    row_to(dialog, first.entry.clear)
    press(KEY.Key_A)
    press(KEY.Key_L)
    rows = dialog.page.table.names.rows
    assert rows[-1] is first
    qtbot.waitUntil(lambda: idle(dialog))
    assert not dialog.go.isEnabled()
    row_to(dialog, first.entry.clear)
    press(KEY.Key_L)
    qtbot.waitUntil(lambda: idle(dialog))
    assert dialog.page.table.names.rows[0] is first
    assert dialog.go.isEnabled()


def test_another_kind_and_a_coarser_word_find_other_forms(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    row_to(dialog, "Lindenau")
    press(KEY.Key_K)
    box = QApplication.focusWidget()
    assert box is not None
    assert box.objectName() == "name_kind"
    QTest.keyClick(box, KEY.Key_Down)
    QTest.keyClick(box, KEY.Key_Return)
    name = dialog.page.hits.name
    assert name is not None
    qtbot.waitUntil(lambda: idle(dialog))
    assert name.entry.kind == "institution"
    tab_to("instead")
    cast("QLineEdit", QApplication.focusWidget()).selectAll()
    write("eine Stadt von knapp 40.000")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: idle(dialog))
    assert name.entry.coarse
    assert {hit.replacement for hit in name.hits} >= {"in einer Stadt von knapp 40.000"}
    dialog.kinds.setCurrentIndex(dialog.kinds.findData("person"))
    assert {row.entry.kind for row in dialog.page.table.names.rows} == {"person"}


def test_questions_are_asked_in_sentences(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    for clear in ("Brenneke", "Karimov"):
        row_to(dialog, clear)
        press(KEY.Key_F2)
        write("Weber")
        press(KEY.Key_Return)
    qtbot.waitUntil(lambda: idle(dialog))
    assert "“Weber” stands for several names" in shown_words(dialog, "questions")


def test_decisions_stay_when_the_dialog_is_closed_until_the_texts_change(
    talks: "MainWindow", qtbot: QtBot
) -> None:
    dialog = opened(talks, qtbot)
    row_to(dialog, "Lindenau")
    press(KEY.Key_A)
    told = dialog.go.text()
    press(KEY.Key_Escape)
    dialog = opened(talks, qtbot)
    assert dialog.go.text() == told
    assert dialog.go.isEnabled()
    press(KEY.Key_Escape)
    from qda.coding.correcting import correct_text

    desk = desk_of(talks)
    source = material.sources(desk.project)[0].guid
    desk.do(correct_text, source=source, start=0, stop=3, text="Wer denn")
    dialog = opened(talks, qtbot)
    assert not dialog.go.isEnabled()


# -- adding, scope, key, protocol ---------------------------------------------------------------------------


def test_a_selection_is_added_to_the_names(talks: "MainWindow", qtbot: QtBot) -> None:
    desk = desk_of(talks)
    source = material.sources(desk.project)[0].guid
    at = text_of(talks).index("Förderung")
    talks.show_workspace("open")
    desk.source_wanted.emit(source, at, at + len("Förderung"))
    qtbot.waitUntil(talks.action("add-name").isEnabled)
    talks.action("add-name").trigger()
    dialog = last(talks, AddName)
    assert dialog.clear.text() == "Förderung"
    tab_to("new_instead")
    cast("QLineEdit", QApplication.focusWidget()).selectAll()
    write("[Programm]")
    press(KEY.Key_Return)
    assert [name.entry.clear for name in Work.of(desk).names] == ["Förderung"]
    names = opened(talks, qtbot)
    assert names.page.table.names.rows[0].entry.replacement == "[Programm]"
    assert names.page.table.names.rows[0].hits[0].written == "Förderung"


def test_a_name_is_added_in_the_dialog(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    click(dialog, "add_name")
    small = last(dialog, AddName)
    QTest.keyClicks(small.clear, "Verein")
    click(small, "new_add")
    qtbot.waitUntil(lambda: idle(dialog))
    name = dialog.page.table.name
    assert name is not None
    assert (name.entry.clear, [hit.written for hit in name.hits]) == ("Verein", ["Verein"])
    assert name.entry.replacement.startswith("[")


def test_only_the_chosen_documents_are_looked_through(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    click(dialog, "scope_button")
    scope = last(dialog, ScopeDialog)
    click(scope, "scope_some")
    scope.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    click(scope, "scope_go")
    qtbot.waitUntil(lambda: idle(dialog) and dialog.page.isVisible())
    second = material.sources(desk_of(talks).project)[1].guid
    places = {hit.guid for name in dialog.work.names for hit in name.hits if hit.table == "source"}
    assert places == {second}
    assert not any(hit.table == "memo" for name in dialog.work.names for hit in name.hits)


def test_names_in_a_key_become_what_they_became_before(
    talks: "MainWindow", folder: Path, qtbot: QtBot
) -> None:
    from qda.coding.pseudonyms import Entry
    from qda.exchange.name_key import read_key, write_key

    path = write_key(folder / "old", "geheim", [Entry("Herr Karimov", "person", "Herr Demir")])
    dialog = opened(talks, qtbot)
    click(dialog, "open_key")
    dialog.open_page.fields.path.setText(str(path))
    QTest.keyClicks(dialog.open_page.fields.passphrase, "falsch")
    click(dialog, "open_key_go")
    qtbot.waitUntil(lambda: idle(dialog))
    assert "passphrase is another one" in shown_words(dialog, "open_key_refusal")
    dialog.open_page.fields.passphrase.setText("geheim")
    click(dialog, "open_key_go")
    qtbot.waitUntil(lambda: idle(dialog) and dialog.page.isVisible())
    name = next(n for n in dialog.work.names if n.from_key)
    assert dialog.work.standing(name).yes > 0
    assert [n.entry.clear for n in dialog.work.names if "Karimov" in n.entry.clear] == ["Herr Karimov"]
    accept_all(dialog)
    click(dialog, "names_go")
    assert dialog.key_page.open_one.isChecked()
    click(dialog, "key_go")
    qtbot.waitUntil(lambda: dialog.purge_page.isVisible() and idle(dialog))
    assert "Herr Demir" in text_of(talks)
    assert {entry.clear for entry in read_key(path, "geheim")} >= {"Herr Karimov", "Lindenau"}


def test_a_wrong_second_passphrase_and_an_unwritable_place_are_told(
    talks: "MainWindow", folder: Path, qtbot: QtBot
) -> None:
    before = text_of(talks)
    dialog = opened(talks, qtbot)
    accept_all(dialog)
    click(dialog, "names_go")
    fields = dialog.key_page.fields
    fields.passphrase.setText("eins")
    fields.again.setText("zwei")
    click(dialog, "key_go")
    assert "not the same" in shown_words(dialog, "key_refusal")
    fields.again.setText("eins")
    fields.path.setText(str(folder / "nowhere" / "key"))
    click(dialog, "key_go")
    qtbot.waitUntil(lambda: idle(dialog))
    assert "cannot be read or written" in shown_words(dialog, "key_refusal")
    assert text_of(talks) == before
    click(dialog, "key_back")
    assert dialog.page.isVisible()
    assert dialog.go.isEnabled()


def test_a_form_left_standing_is_not_purged_unasked(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    row_to(dialog, "Lindenau")
    press(KEY.Key_Return)
    press(KEY.Key_A)
    press(KEY.Key_L)
    click(dialog, "names_go")
    click(dialog, "key_none")
    click(dialog, "key_go")
    qtbot.waitUntil(lambda: dialog.purge_page.isVisible() and idle(dialog))
    assert "Lindenau" in dialog.purge_page.unsure.text()
    assert "nothing is left to delete" in shown_words(dialog, "purge_preview")


def test_the_protocol_is_copied_as_a_table(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    accept_all(dialog)
    click(dialog, "names_go")
    click(dialog, "key_none")
    click(dialog, "key_go")
    qtbot.waitUntil(lambda: dialog.purge_page.isVisible() and idle(dialog))
    given = {entry.replacement for entry in dialog.work.replaced}
    assert dialog.work.propose("person", "Neu") not in given
    press(KEY.Key_Escape)
    talks.action("pseudonym-protocol").trigger()
    protocol = last(talks, ProtocolDialog)
    click(protocol, "protocol_copy")
    words = QGuiApplication.clipboard().text()
    assert words.splitlines()[0].split("\t")[:2] == ["Kind", "Names"]
    assert "Person\t2\t" in words
    assert "<table>" in QGuiApplication.clipboard().mimeData().html()
    assert [word for word in CLEAR if word in words] == []


def test_a_purge_without_a_known_name_asks_for_the_key(talks: "MainWindow") -> None:
    talks.action("purge-names").trigger()
    dialog = last(talks, PseudonymDialog)
    assert dialog.open_page.isVisible()
    press(KEY.Key_Escape)
    assert dialog.isHidden()


def test_the_search_can_be_stopped(talks: "MainWindow", qtbot: QtBot) -> None:
    talks.action("pseudonymise").trigger()
    dialog = talks.findChildren(PseudonymDialog)[-1]
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert dialog.isHidden()
    work = Work.of(desk_of(talks))
    QTest.qWait(300)
    assert work.basis is None
    assert opened(talks, qtbot).page.table.names.rows


# -- everything has a name ----------------------------------------------------------------------------------


def test_every_control_has_a_name(talks: "MainWindow", qtbot: QtBot) -> None:
    dialog = opened(talks, qtbot)
    nameless = [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.window() is dialog
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not (widget.objectName() and widget.accessibleName())
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("words", "name"),
    [("„Karimov“,", "Karimov"), ("\n Frau Brenneke.\nUnd", "Frau Brenneke."), ("Dr. K.", "Dr. K.")],
)
def test_a_selection_loses_what_stands_around_the_name(words: str, name: str) -> None:
    assert as_name(words) == name


def test_a_description_is_told_from_a_name() -> None:
    assert describes("eine Stadt von knapp 40.000")
    assert not any(describes(words) for words in ("Demir", "[Person 1]", "de", "Obere Leine"))
