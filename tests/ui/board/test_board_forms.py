"""The board's other form, cards put by hand, folding, size, and what a screen reader finds."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from qda.figures.paradigm import Arrow, Card, Group, ParadigmFigure, SlotColumn
from qda.ui.board import Board, Manner

Key, Modifier = Qt.Key, Qt.KeyboardModifier
MANY = tuple(Card(f"s{number}", f"Strategie {number}") for number in range(12))
FIGURE = ParadigmFigure(
    phenomenon=Card("ph", "Akteure zusammenhalten", colour=7),
    slots=(
        SlotColumn("conditions", "Bedingungen", "Wodurch?", (Group(cards=(Card("m", "Mittel"),)),)),
        SlotColumn("strategies", "Strategien", "Wie?", (Group(cards=MANY),)),
        SlotColumn("consequences", "Folgen", "Was?", (Group(cards=(Card("u", "Unersetzbar"),)),)),
    ),
    arrows=(
        Arrow("R1", "m", "s3", ("1 Fall (A 1)",), "modified", "hemmt", 1, "hinders"),
        Arrow("R2", "s3", "u", ("1 Fall (A 2)",), "supported", "führt zu", 2),
        Arrow("R3", "s7", "u", ("1 Fall (B 2)",), "supported", "führt zu", 3),
    ),
)


@pytest.fixture
def board(qtbot):
    made = Board()
    qtbot.addWidget(made)
    made.resize(1100, 620)
    made.show()
    made.show_figure(FIGURE)
    qtbot.waitExposed(made)
    made.view.relayout()
    return made


def centre(board, kind, guid):
    return board.view.mapFromScene(board.scene.rect_of((kind, guid)).center())


def drag(board, start, end, modifier=Modifier.NoModifier):
    port = board.view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, modifier, end)


def press(board, *keys, modifier=Modifier.NoModifier):
    for key in keys:
        QTest.keyClick(board.view, key, modifier)


def gap_beside(board, guid):
    """A point in the free room right of a card's column."""
    rect = board.scene.rect_of(("card", guid))
    return board.view.mapFromScene(rect.right() + 60, rect.center().y() + 40)


def test_a_card_dropped_between_the_slots_is_put_there(board, qtbot):
    start, end = centre(board, "card", "m"), gap_beside(board, "m")
    before = board.scene.rect_of(("card", "m")).topLeft()
    with qtbot.waitSignal(board.card_put) as asked:
        drag(board, start, end)
    corner = next(one.ground for one in board.scene.layout_shown.slots if one.slot.key == "conditions")
    moved = (end - start) / board.view.size_shown
    place = before + moved - corner.topLeft()
    one = board.scene.layout_shown.look.px(1.0)
    assert asked.args[0] == "m"
    assert asked.args[1] * one == pytest.approx(place.x(), abs=3)
    assert asked.args[2] * one == pytest.approx(place.y(), abs=3)
    assert board.scene.rect_of(("card", "m")).topLeft() == before  # until the act is done


def test_a_card_dropped_into_another_slot_still_goes_into_it(board, qtbot):
    with qtbot.waitSignal(board.card_moved) as moved, qtbot.assertNotEmitted(board.card_put):
        drag(board, centre(board, "card", "m"), centre(board, "card", "u") + QPoint(0, 30))
    assert moved.args[:2] == ["m", "consequences"]


def test_with_shift_a_card_stays_where_it_is_dropped_even_on_a_slot(board, qtbot):
    with qtbot.waitSignal(board.card_put), qtbot.assertNotEmitted(board.card_moved):
        drag(
            board,
            centre(board, "card", "m"),
            centre(board, "card", "u") + QPoint(0, 30),
            Modifier.ShiftModifier,
        )


def test_the_place_among_folded_cards_is_told_as_among_all(board, qtbot):
    assert "s0" not in {box.card.guid for box in board.scene.layout_shown.cards}
    with qtbot.waitSignal(board.card_moved) as moved:
        drag(board, centre(board, "card", "m"), centre(board, "card", "s7") - QPoint(0, 14))
    assert moved.args == ["m", "strategies", "", 7]


def test_shift_and_arrows_put_a_card_in_one_act_when_the_keys_rest(board, qtbot):
    board.set_current("card", "m")
    asked = []
    board.card_put.connect(lambda *args: asked.append(args))
    press(board, Key.Key_Right, Key.Key_Right, Key.Key_Down, modifier=Modifier.ShiftModifier)
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked), timeout=3000)
    assert len(asked) == 1
    box = next(one for one in board.scene.layout_shown.cards if one.card.guid == "m")
    corner = next(one.ground for one in board.scene.layout_shown.slots if one.slot.key == "conditions")
    one = board.scene.layout_shown.look.px(1.0)
    assert asked[0][1] * one == pytest.approx(box.rect.x() - corner.x() + 16 * one)
    assert asked[0][2] * one == pytest.approx(box.rect.y() - corner.y() + 8 * one)


def test_escape_takes_a_card_moved_by_keys_back(board, qtbot):
    board.set_current("card", "m")
    press(board, Key.Key_Right, modifier=Modifier.ShiftModifier)
    asked = []
    board.card_put.connect(lambda *args: asked.append(args))
    press(board, Key.Key_Escape)
    qtbot.wait(900)
    assert asked == []


def test_r_shows_the_ring_and_keeps_what_is_current(board):
    board.set_current("relation", "R2")
    press(board, Key.Key_R)
    assert board.manner.form == "ring"
    assert board.scene.layout_shown.ring is not None
    assert board.current == ("relation", "R2")
    press(board, Key.Key_R)
    assert board.scene.layout_shown.ring is None


def test_in_the_ring_arrow_keys_reach_every_card(board):
    press(board, Key.Key_R)
    board.set_current("phenomenon", "ph")
    seen, waiting = set(), [("phenomenon", "ph")]
    from qda.ui.board.keys import step

    while waiting:
        here = waiting.pop()
        for way in ("up", "down", "left", "right"):
            there = step(board.scene.layout_shown, here, way)
            if there is not None and there not in seen:
                seen.add(there)
                waiting.append(there)
    assert {reference for reference in board.scene.references() if reference[0] == "card"} <= seen


def test_space_goes_through_the_relations_of_a_card(board):
    board.set_current("card", "s3")
    walked = []
    for _turn in range(3):
        press(board, Key.Key_Space)
        walked.append(board.current)
    assert walked == [("relation", "R1"), ("relation", "R2"), ("relation", "R1")]


def test_cards_without_relation_are_counted_and_opened_by_key_and_mouse(board):
    note = next(slot.note for slot in board.seen.slots if slot.foldable)
    assert note.startswith("10 ")
    board.set_current("card", "s7")
    press(board, Key.Key_Down)
    assert board.current == ("fold", "strategies")
    press(board, Key.Key_Return)
    assert len(board.scene.layout_shown.cards) == 14
    spot = centre(board, "fold", "strategies")
    board.view.ensureVisible(board.scene.rect_of(("fold", "strategies")))
    spot = centre(board, "fold", "strategies")
    QTest.mouseClick(board.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert len(board.scene.layout_shown.cards) == 4


def test_a_card_that_is_folded_away_is_shown_when_it_is_to_be_current(board):
    board.set_current("card", "s0")
    assert board.current == ("card", "s0")


def test_f_shows_only_what_the_card_is_related_to_and_escape_all_again(board):
    board.set_current("card", "u")
    press(board, Key.Key_F)
    assert {box.card.guid for box in board.scene.layout_shown.cards} == {"u", "s3", "s7"}
    press(board, Key.Key_Escape)
    assert {box.card.guid for box in board.scene.layout_shown.cards} == {"m", "s3", "s7", "u"}


def test_the_size_chosen_by_keys_is_told_and_shown_again(board):
    press(board, Key.Key_Plus, modifier=Modifier.ControlModifier)
    size = board.manner.size
    assert size == pytest.approx(board.view.size_shown)
    board.show_figure(FIGURE, Manner())
    assert board.manner.size == 0
    board.show_figure(FIGURE, Manner("ring", size, frozenset({"strategies"}), definitions=False))
    assert board.view.size_shown == pytest.approx(size)
    assert len(board.scene.layout_shown.cards) == 14


def test_control_and_zero_shows_the_whole_and_the_second_time_what_is_read(board):
    press(board, Key.Key_O)
    board.resize(700, 260)
    board.view.relayout()
    press(board, Key.Key_0, modifier=Modifier.ControlModifier)
    seen = board.view.mapToScene(board.view.viewport().rect()).boundingRect()
    assert seen.height() + 1 >= board.scene.sceneRect().height()
    small = board.view.size_shown
    press(board, Key.Key_0, modifier=Modifier.ControlModifier)
    assert board.view.size_shown > small


def test_screen_readers_find_every_card_and_relation_with_its_words_and_place(board):
    view = QAccessible.queryAccessibleInterface(board.view)
    assert view.role() == QAccessible.Role.List
    children = [view.child(number) for number in range(view.childCount())]
    names = [child.text(QAccessible.Text.Name) for child in children]
    assert "Unersetzbar – Folgen" in names
    assert any("1. Mittel hemmt Strategie 3" in name for name in names)
    board.set_current("card", "u")
    child = next(one for one in children if one.text(QAccessible.Text.Name) == "Unersetzbar – Folgen")
    assert child.state().selected
    spot = child.rect().center()
    found = view.childAt(spot.x(), spot.y())
    assert found.text(QAccessible.Text.Name) == "Unersetzbar – Folgen"


def test_a_crowded_board_shows_the_arrows_of_the_current_card(board):
    cards = tuple(Card(f"x{number}", f"Kode {number}") for number in range(400))
    slots = (
        SlotColumn("a", "A", groups=(Group(cards=cards[:200]),)),
        SlotColumn("b", "B", groups=(Group(cards=cards[200:]),)),
    )
    arrows = tuple(Arrow(f"r{n}", f"x{n % 200}", f"x{200 + n * 7 % 200}") for n in range(800))
    board.show_figure(ParadigmFigure(Card("p", "P"), slots, arrows))
    press(board, Key.Key_O)
    assert len(board.scene.layout_shown.cards) == 400
    board.set_current("card", "x5")
    wanted = {arrow.guid for arrow in arrows if "x5" in (arrow.from_card, arrow.to_card)}
    assert {guid for kind, guid in board.scene.references() if kind == "relation"} == wanted
    board.set_current("relation", "r9")
    assert board.current == ("relation", "r9")
