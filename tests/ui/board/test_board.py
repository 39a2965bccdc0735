"""The paradigm board: by mouse, by keys, for screen readers."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from qda.figures.paradigm import Arrow, Card, Group, ParadigmFigure, SlotColumn
from qda.ui.board import Board
from qda.ui.board.scene import MIME_CODE

FIGURE = ParadigmFigure(
    phenomenon=Card("ph", "Akteure zusammenhalten", colour=7),
    slots=(
        SlotColumn(
            "conditions",
            "Kontextbedingungen",
            "Wodurch?",
            (Group(cards=(Card("m", "Mittel"), Card("r", "Rückhalt"))),),
        ),
        SlotColumn(
            "strategies", "Strategien", "Wie?", (Group(cards=(Card("p", "Pflege"), Card("d", "Dienstweg"))),)
        ),
        SlotColumn(
            "consequences",
            "Folgen",
            "Was?",
            (
                Group("Für sich", (Card("u", "Unersetzbar"),), "self"),
                Group("Für das Netzwerk", (Card("b", "Bleiben"),), "network"),
            ),
        ),
    ),
    arrows=(
        Arrow("R2", "m", "p", ("1 Fall (A 1)",), "modified", "hemmt", 2, "hinders"),
        Arrow("R6", "p", "u", ("1 Fall (A 2)",), "supported", "führt zu", 6),
    ),
    phenomenon_name="Phänomen",
)


@pytest.fixture
def board(qtbot):
    made = Board()
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    made.show_figure(FIGURE)
    qtbot.waitExposed(made)
    made.view.relayout()
    return made


def at(board, kind, guid):
    return board.view.mapFromScene(board.scene.rect_of((kind, guid)).center())


def press(board, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(board.view, key, modifier)


def drag(board, start, end):
    port = board.view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def test_without_a_phenomenon_the_board_shows_a_button_and_no_slot(board, qtbot):
    board.show_figure(ParadigmFigure(None, FIGURE.slots))
    button = board.findChild(QPushButton, "choose_phenomenon")
    assert button.isVisible()
    assert not board.view.isVisible()
    with qtbot.waitSignal(board.phenomenon_requested):
        button.click()


def test_a_click_makes_card_or_badge_current(board):
    QTest.mouseClick(board.view.viewport(), Qt.MouseButton.LeftButton, pos=at(board, "card", "d"))
    assert board.current == ("card", "d")
    QTest.mouseClick(board.view.viewport(), Qt.MouseButton.LeftButton, pos=at(board, "relation", "R6"))
    assert board.current == ("relation", "R6")


def test_a_card_dragged_to_another_group_asks_to_be_moved_there(board, qtbot):
    target = at(board, "card", "b") + QPoint(0, 12)
    with qtbot.waitSignal(board.card_moved) as moved:
        drag(board, at(board, "card", "m"), target)
    assert moved.args == ["m", "consequences", "network", 1]
    assert board.scene.gesture == ""


def test_a_card_dropped_where_it_was_asks_nothing(board, qtbot):
    start = at(board, "card", "m")
    with qtbot.assertNotEmitted(board.card_moved):
        drag(board, start, start + QPoint(12, 6))


def test_a_drag_from_the_edge_of_a_card_asks_for_a_relation(board, qtbot):
    edge = board.view.mapFromScene(board.scene.item_of(("card", "d")).handles()[1])
    with qtbot.waitSignal(board.relation_requested) as asked:
        drag(board, edge, at(board, "card", "b"))
    assert asked.args == ["d", "b"]


def test_a_code_dropped_from_a_list_asks_to_be_placed(board, qtbot):
    data = QMimeData()
    data.setData(MIME_CODE, b"code-guid")
    spot = at(board, "card", "u")
    common = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    board.view.dragEnterEvent(QDragEnterEvent(spot, Qt.DropAction.CopyAction, *common))
    with qtbot.waitSignal(board.code_dropped) as dropped:
        board.view.dropEvent(QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, *common))
    assert dropped.args == ["code-guid", "consequences", "self"]


def test_arrow_keys_walk_over_cards_and_relations(board):
    board.set_current("card", "m")
    walked = []
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
    ):
        press(board, key)
        walked.append(board.current)
    assert walked == [
        ("relation", "R2"),
        ("card", "p"),
        ("card", "d"),
        ("card", "b"),
        ("card", "u"),
        ("phenomenon", "ph"),
    ]


def test_b_and_arrows_and_enter_ask_for_a_relation(board, qtbot):
    board.set_current("card", "r")
    press(board, Qt.Key.Key_B)
    assert board.scene.target == ("card", "d")
    press(board, Qt.Key.Key_Right)
    with qtbot.waitSignal(board.relation_requested) as asked:
        press(board, Qt.Key.Key_Return)
    assert asked.args == ["r", "b"]
    assert board.scene.gesture == ""


def test_escape_ends_a_relation_begun_by_keys(board, qtbot):
    board.set_current("card", "r")
    press(board, Qt.Key.Key_B, Qt.Key.Key_Escape)
    assert board.scene.target is None
    with qtbot.assertNotEmitted(board.relation_requested):
        press(board, Qt.Key.Key_Return)


def test_control_and_arrows_ask_to_move_the_card(board):
    asked = []
    board.card_moved.connect(lambda *args: asked.append(args))
    control = Qt.KeyboardModifier.ControlModifier
    board.set_current("card", "m")
    press(board, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, modifier=control)
    board.set_current("card", "u")
    press(board, Qt.Key.Key_Down, modifier=control)
    assert asked == [
        ("m", "strategies", "", 2),
        ("m", "conditions", "", 1),
        ("u", "consequences", "network", 0),
    ]


def test_delete_asks_to_remove_card_and_relation_but_never_the_phenomenon(board):
    asked = []
    board.remove_requested.connect(lambda *args: asked.append(args))
    for kind, guid in (("card", "m"), ("relation", "R6"), ("phenomenon", "ph")):
        board.set_current(kind, guid)
        press(board, Qt.Key.Key_Delete)
    assert asked == [("card", "m"), ("relation", "R6")]


def test_what_is_current_stays_current_when_the_figure_is_shown_anew(board):
    board.set_current("relation", "R6")
    board.show_figure(FIGURE)
    assert board.current == ("relation", "R6")
    board.show_figure(ParadigmFigure(FIGURE.phenomenon, FIGURE.slots))
    assert board.current is None


def test_screen_readers_get_the_whole_board_and_what_is_current(board):
    words = board.view.accessibleDescription()
    assert "Strategien:" in words
    assert "2. Mittel hemmt Pflege" in words
    board.set_current("card", "u")
    assert board.view.accessibleName().endswith("Unersetzbar – Folgen")


def test_fit_shows_everything_and_zoom_stays_in_its_bounds(board):
    board.resize(700, 200)
    board.view.relayout()
    board.fit()
    shown = board.view.mapToScene(board.view.viewport().rect()).boundingRect()
    assert shown.height() + 1 >= board.scene.sceneRect().height()
    for _turn in range(40):
        board.view.zoom(2)
    assert board.view.transform().m11() == pytest.approx(4.0)


def test_the_current_relation_is_painted_differently(board):
    def picture() -> QImage:
        return board.view.grab().toImage()

    before = picture()
    board.set_current("relation", "R2")
    assert picture() != before
