"""The coding desk as people use it: an invented interview, keys, a pointer, and what is stored.

Keys go to whatever has the focus. The pointer goes to places on the screen: a button, an entry of an open
menu, a word of the text. Nothing here calls an act of the program; what is stored is read past the window.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QPushButton, QWidget
from sqlalchemy import text

from qda.coding import codes
from qda.models import Project

Mod = Qt.KeyboardModifier
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier
TABLES = ("code", "segment", "coding", "property", "property_value", "memo", "memo_link")

TURNS = (
    "I: Frau Öztürk, wie fing das mit dem Netzwerk bei Ihnen an?",
    "B: Angefangen hat es mit einem Anruf. Da hat niemand gefragt, wer zuständig ist. "
    "Wir haben’s einfach gemacht 😀 und hinterher das Protokoll geschrieben.",
    "I: Wer war damals dabei?",
    "B: Die Bürgermeisterin, zwei Ämter und die Kirche. Die Bürgermeisterin hält mir den Rücken frei.",
    "I: Was heißt das?",
    "B: Wenn es eng wird, ruft sie an. Dann geht es plötzlich.",
    "I: Und wenn sie nicht anruft?",
    "B: Dann warte ich. Ohne Beschluss rührt sich in den Ämtern keiner.",
    "I: Wie kommen Zusagen zustande?",
    "B: Ich geh rüber und frage. Kurzer Dienstweg nennen die das. Per Mail kriegst du nie eine Zusage.",
    "I: Hält so eine Zusage?",
    "B: Meistens. Man kennt sich ja. Wer einmal sein Wort bricht, bekommt beim nächsten Mal nichts.",
    "I: Schreiben Sie das auf?",
    "B: Ja, immer. Ohne Protokoll gibt’s mich nicht. Das ist kein Misstrauen, das schützt alle.",
    "I: Gab es Streit?",
    "B: Um die Räume, ja. Da stand Aussage gegen Aussage. Am Ende galt der Beschluss.",
    "I: Was machen Sie bei Streit?",
    "B: Erst telefoniere ich. Dann hole ich alle an einen Tisch. Erlich gesagt hilft nur der Tisch.",
    "I: Wer gehört an den Tisch?",
    "B: Alle, die etwas zusagen können. Wer nichts zusagen kann, hält nur auf.",
    "I: Und die Zeit?",
    "B: Die Zeit fehlt immer. Ich übernehme Dinge, die sonst liegen bleiben.",
    "I: Was geschieht, wenn Sie gehen?",
    "B: Dann ist das Netzwerk weg. Das Netzwerk bin ja ich. Das ist kein Lob. 🙂",
    "I: Danke für das Gespräch, Frau Öztürk.",
)
INTERVIEW = "\n".join(TURNS) + "\n"


# -- the window ---------------------------------------------------------------------------------------------


@pytest.fixture
def german(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[QWidget]:
    """The real window in German at its start screen, with settings and documents of its own."""
    monkeypatch.setenv("QDA_SETTINGS", str(tmp_path / "settings.ini"))
    documents = tmp_path / "Dokumente"
    documents.mkdir()
    (tmp_path / "Interview Öztürk.txt").write_text(INTERVIEW, encoding="utf-8")
    for module in ("start", "window", "material.workspace"):
        monkeypatch.setattr(f"qda.ui.{module}.documents_folder", lambda: documents)
    from qda.ui.app import build_main_window

    window = build_main_window(None)
    window.preferences.language = "de"
    window.rebuild()
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.start.focus_first()
    yield window
    window.close()
    window.deleteLater()


# -- what is stored -----------------------------------------------------------------------------------------


def state(project: Project) -> dict[str, list[tuple]]:
    """All rows that coding touches, by table; a row's number in the file is no part of it."""
    found = {}
    with project.read() as db:
        for table in TABLES:
            rows = db.execute(text(f"SELECT * FROM {table} ORDER BY guid")).mappings()
            found[table] = [tuple((k, v) for k, v in row.items() if k != "id") for row in rows]
    return found


def journalled(path: Path) -> tuple[str, list[str]]:
    """The journalled rows of a project file as a hash, and what must never be, by name.

    Rows and references are named by GUID; numbers of rows and what is derived are no part of it.
    """
    from qda.models.journal import ENTITIES, fields_of, target_of
    from tests.coding.watching import Watcher

    watcher = Watcher(path)
    try:
        found = []
        names = {
            (table, number): guid
            for table in ENTITIES
            for number, guid in watcher.db.execute(f"SELECT id, guid FROM {table}")
        }
        for table, entity in ENTITIES.items():
            fields = fields_of(entity)
            listed = ", ".join(["guid", *(f'"{field.name}"' for field in fields)])
            targets = [target_of(field) for field in fields]
            for guid, *values in watcher.db.execute(f"SELECT {listed} FROM {table}"):
                named = [
                    value if target is None or value is None else names[target.name, value]
                    for value, target in zip(values, targets, strict=True)
                ]
                found.append(repr((table, guid, named)))
        return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest(), watcher.faults()
    finally:
        watcher.close()


def coded(desk) -> list[tuple[str, str]]:
    """(words, code) of all codings, in the order of the text."""
    return [(row.segment.text, row.code_name) for row in codes.codings(desk.project)]


def code_names(desk) -> list[str]:
    return [row.name for row in codes.codes(desk.project)]


def undo_all(desk, start) -> None:
    while state(desk.project) != start:
        assert desk.project.undo_label(), "the start was not reached"
        desk.undo()


# -- keys ---------------------------------------------------------------------------------------------------


def focus() -> QWidget:
    """What a key goes to: a popup's field, else what has the focus."""
    popup = QApplication.activePopupWidget()
    found = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
    if found is None and QApplication.activeWindow() is None:  # a dialog has closed: a desktop does this
        main = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "main" and w.isVisible())
        main.activateWindow()
        QTest.qWaitForWindowActive(main)
        found = QApplication.focusWidget()
    found = found or QApplication.activeWindow()  # as the system does
    assert found is not None, "nothing has the focus"
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    """A key to whatever has the focus."""
    QTest.keyClick(focus(), key, modifiers)
    QApplication.processEvents()


def write(words: str) -> None:
    for sign in words:
        if sign.isascii():
            QTest.keyClicks(focus(), sign)
        else:  # QTest types ASCII alone
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focus(), QKeyEvent(kind, 0, Mod.NoModifier, sign))
    QApplication.processEvents()


def cursor_to(view, words: str, occurrence: int = 0) -> None:
    """Puts the cursor before ``words`` by the keys of the text: from the top by paragraph, then by sign."""
    press(Key.Key_Home, CTRL)
    at = -1
    for _each in range(occurrence + 1):
        at = view.text.index(words, at + 1)
    here = view.text.rfind("\n", 0, at) + 1
    while view.current_position() < here:
        press(Key.Key_Down, CTRL)
    press(Key.Key_Home)
    while view.current_position() < at:
        press(Key.Key_Right)
    assert view.current_position() == at


def choose(view, words: str, occurrence: int = 0) -> None:
    """Selects ``words`` by Shift and the arrow key."""
    cursor_to(view, words, occurrence)
    stop = view.current_position() + len(words)
    while view.selected_span() is None or view.selected_span().stop < stop:
        press(Key.Key_Right, SHIFT)


def tab_to(name: str, *, back: bool = False) -> QWidget:
    """Tab until what is called ``name`` has the focus."""
    for _each in range(80):
        if focus().objectName() == name:
            return focus()
        press(Key.Key_Tab if not back else Key.Key_Backtab, SHIFT if back else Mod.NoModifier)
    raise AssertionError(f"Tab does not lead to {name}")


# -- the pointer --------------------------------------------------------------------------------------------


def click(widget: QWidget, name: str) -> None:
    """A click on the button of this name that is seen."""
    found = [one for one in widget.findChildren(QPushButton, name) if one.isVisible()]
    QTest.mouseClick((found or [widget.findChild(QPushButton, name)])[0], LEFT)
    QApplication.processEvents()


def press_on(widget: QWidget, place: QPoint | None = None, modifiers=Mod.NoModifier) -> None:
    """A click in the middle of a widget, or at a place of it."""
    assert widget.isVisible(), widget.objectName()
    QTest.mouseClick(widget, LEFT, modifiers, place if place is not None else widget.rect().center())
    QApplication.processEvents()


def seen(parent: QWidget, name: str) -> QWidget:
    """The part of this name that is on the screen."""
    found = [one for one in parent.findChildren(QWidget, name) if one.isVisible()]
    assert found, f"{name} is not to be seen"
    return found[-1]


def pick(menu: QMenu, words: str) -> None:
    """A click on an entry of an open menu."""
    assert menu.isVisible()
    action = entry(menu, words)
    assert action.isEnabled(), words
    QTest.mouseClick(menu, LEFT, Mod.NoModifier, menu.actionGeometry(action).center())
    QApplication.processEvents()


def popup_menu() -> QMenu:
    """The menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), menu
    return menu


def _menu_in(parent: QWidget, name: str) -> QMenu:
    """The menu of this name among the entries of a menu or of the menu bar."""
    return next(one.menu() for one in parent.actions() if one.menu() and one.menu().objectName() == name)


def from_menu(window, *names: str) -> None:
    """Clicks through the menu bar: a menu, a submenu, the action, by objectName."""
    bar = window.menuBar()
    menu = _menu_in(bar, f"menu_{names[0]}")
    QTest.mouseClick(bar, LEFT, Mod.NoModifier, bar.actionGeometry(menu.menuAction()).center())
    QApplication.processEvents()
    assert menu.isVisible(), names[0]
    for name in names[1:-1]:
        inner = _menu_in(menu, f"menu_{names[0]}_{name}")
        place = menu.actionGeometry(inner.menuAction()).center()
        QTest.mouseMove(menu, place - QPoint(6, 0))
        QTest.mouseMove(menu, place)
        for each in range(200):  # it opens a moment later
            if inner.isVisible():
                break
            if each == 40:  # a screen that is none does not always hear the pointer
                menu.setActiveAction(inner.menuAction())
            QTest.qWait(10)
        assert inner.isVisible(), name
        menu = inner
    action = next(one for one in menu.actions() if one.objectName() == names[-1])
    assert action.isEnabled(), names[-1]
    QTest.mouseClick(menu, LEFT, Mod.NoModifier, menu.actionGeometry(action).center())
    QApplication.processEvents()


def menu_at(area: QAbstractScrollArea, place: QPoint) -> QMenu:
    """The menu that the right button opens there."""
    port = area.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, port.mapToGlobal(place))
    QApplication.sendEvent(port, event)
    QApplication.processEvents()
    return popup_menu()


def drag(target, data: QMimeData, at: QPoint) -> bool:
    """Drops ``data`` on a view at ``at`` of its viewport, as a pointer would."""
    port = target.viewport() if isinstance(target, QAbstractScrollArea) else target
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    args = (data, LEFT, Mod.NoModifier)
    enter = QDragEnterEvent(at, actions, *args)
    QApplication.sendEvent(port, enter)
    move = QDragMoveEvent(at, actions, *args)
    QApplication.sendEvent(port, move)
    drop = QDropEvent(QPointF(at), actions, *args)
    QApplication.sendEvent(port, drop)
    QApplication.processEvents()
    return drop.isAccepted()


def place_of(view, position: int) -> QPoint:
    """The middle of a character in the text, in the viewport."""
    cursor = QTextCursor(view.document())
    cursor.setPosition(view._shown.to_unit(position))
    return view.cursorRect(cursor).center() + QPoint(3, 0)


def sweep(view, words: str) -> None:
    """Selects ``words`` with the mouse."""
    start = view.text.index(words)
    first, last = place_of(view, start), place_of(view, start + len(words) - 1)
    pull(view, first, last)


def pull(view, first: QPoint, last: QPoint) -> None:
    """Presses the button at one place of the text and lets it go at another."""
    port = view.viewport()
    QTest.mousePress(port, LEFT, Mod.NoModifier, first)
    QTest.mouseMove(port, (first + last) / 2)
    QTest.mouseMove(port, last)
    QTest.mouseRelease(port, LEFT, Mod.NoModifier, last)
    QApplication.processEvents()


def row_place(tree, index) -> QPoint:
    return tree.visualRect(index).center()


def entry(menu: QMenu, words: str):
    return next(a for a in menu.actions() if words in a.text().replace("&", ""))


# -- waiting ------------------------------------------------------------------------------------------------


def settle() -> None:
    """Waits until what follows an act a moment later has followed."""
    QTest.qWait(20)
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "main" and w.isVisible())
    timers = [t for t in window.findChildren(QTimer) if t.isSingleShot() and t.interval() <= 60]
    for _each in range(400):
        if not any(timer.isActive() for timer in timers):
            break
        QTest.qWait(10)
    QTest.qWait(10)


def until(qtbot, condition: Callable[[], object], timeout: int = 8000) -> None:
    """Waits until something is so."""
    qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)
