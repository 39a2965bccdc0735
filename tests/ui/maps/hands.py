"""What hands do on a map."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from qda.coding import code_maps

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def settle(ms=40):
    QTest.qWait(ms)


def press(widget, key, modifier=NONE):
    QTest.keyClick(widget, key, modifier)
    settle()


def on(page):
    """The map as it is stored."""
    return code_maps.drawn_map(page._desk.project, page.shown)


def item(page, name):
    """The GUID of a thing by its title or words."""
    return next(
        box.guid
        for box in page.scene.figure.boxes
        if name in (box.face.title, box.face.words) or name in box.face.words
    )


def places(page):
    return {one.guid: (one.x, one.y) for one in on(page).items}


def at(page, guid, part="centre"):
    """A point of a box in the view."""
    rect = page.scene.box(guid).rect
    points = {
        "centre": rect.center(),
        "right": QPointF(rect.right(), rect.center().y()),
        "outside": rect.bottomRight() + QPointF(30, 30),
    }
    return page.view.mapFromScene(points[part])


def mouse(page, kind, point, *, held=True, modifier=NONE, button=Qt.MouseButton.LeftButton):
    port = page.view.viewport()
    buttons = button if held else Qt.MouseButton.NoButton
    told = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
    where = QPointF(port.mapToGlobal(point))
    QApplication.sendEvent(port, QMouseEvent(kind, QPointF(point), where, told, buttons, modifier))


def click(page, guid, modifier=NONE):
    point = at(page, guid)
    mouse(page, QEvent.Type.MouseButtonPress, point, modifier=modifier)
    mouse(page, QEvent.Type.MouseButtonRelease, point, held=False, modifier=modifier)
    settle(10)


def drag(page, start, end, *, steps=6, drop=True):
    mouse(page, QEvent.Type.MouseButtonPress, start)
    for step in range(1, steps + 1):
        mouse(page, QEvent.Type.MouseMove, start + (end - start) * step / steps)
        QApplication.processEvents()
    if drop:
        mouse(page, QEvent.Type.MouseButtonRelease, end, held=False)
        settle()


def answer(words):
    """Types into the open dialog and keeps it."""
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
    field = dialog.field
    (field.setPlainText if hasattr(field, "setPlainText") else field.setText)(words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def dialog():
    """The open dialog."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())


def shift(dx, dy):
    return QPoint(dx, dy)
