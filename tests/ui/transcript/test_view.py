"""The transcript as a person reads and codes it."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding.positions import Span
from qda.ui import theme
from qda.ui.transcript import mime
from qda.ui.transcript.frame import edges, text_line
from qda.ui.transcript.margin import brackets, labels
from qda.ui.transcript.movement import Step
from qda.ui.transcript.rows import CodingRow


def _show(view, interview, *codings):
    view.set_transcript(interview.text, interview.paragraphs)
    view.set_codings(codings)
    QApplication.processEvents()


def _place(view, point):
    """The middle of the sign at ``point``, in the viewport."""
    unit = view._shown.to_unit(point)
    line = next(line for line in view.frame().lines if line.start <= unit < line.stop)
    qt_line, offset = text_line(view.document(), line)
    left, right = edges(qt_line, offset, unit, unit + 1, bidirectional=False)[0]
    return QPoint(round((left + right) / 2), round(line.baseline - 4))


def _words(view, interview):
    span = view.selected_span()
    return None if span is None else interview.text[span.start : span.stop]


def _count(image, colour):
    wanted = QColor(colour).rgb()
    return sum(
        image.pixel(x, y) == wanted for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    )


def test_the_document_holds_the_words_without_labels(view, short):
    _show(view, short)
    assert view.document().blockCount() == len(short.paragraphs)
    assert view.document().findBlockByNumber(1).text().startswith("Wir haben 😀 den Beschluss.")
    assert "B: " not in view.toPlainText()


def test_the_sides_move_along_when_the_next_text_has_longer_names_and_the_same_width(view, make):
    said = "Wir haben angerufen, und keiner war zuständig. " * 4
    places = []
    view.resize(1100, 500)
    for name in ("B", "Brinkschulte", "B"):
        _show(view, make(("I", "Und dann?"), (name, said)))
        text = view.viewport().geometry()
        assert view._margin.geometry().left() == text.right() + 1
        assert view._gutter.geometry().right() == text.left() - 1
        places.append((text.left(), text.width()))
    assert places[0] == places[2] != places[1]
    assert places[0][1] == places[1][1]


def test_coded_words_have_their_tint_and_lose_it_again(view, short):
    coding = short.coding("Ohne Protokoll gibt’s mich nicht", colour=7)
    tint = theme.tint([7], dark=False)
    _show(view, short)
    assert _count(view.viewport().grab().toImage(), tint) == 0
    view.add_coding(coding)
    assert _count(view.viewport().grab().toImage(), tint) > 300
    view.remove_coding(coding.guid)
    assert _count(view.viewport().grab().toImage(), tint) == 0


def test_the_tint_lies_under_the_coded_words_behind_an_emoji(view, short):
    _show(view, short, short.coding("Regeln. Das", colour=5))
    image = view.viewport().grab().toImage()
    tint = theme.tint([5], dark=False).rgb()
    row = _place(view, short.text.index("mich mit Regeln")).y() - 8
    start, stop = short.text.index("Regeln. Das"), short.text.index("Regeln. Das") + len("Regeln. Das") - 1
    left, right = _place(view, start).x(), _place(view, stop).x()
    coloured = [x for x in range(image.width()) if image.pixel(x, row) == tint]
    assert abs(coloured[0] - left) < 10
    assert abs(coloured[-1] - right) < 10


def test_overlapping_codes_blend(view, short):
    _show(
        view, short, short.coding("Ohne Protokoll", "a", colour=7), short.coding("Protokoll", "b", colour=9)
    )
    image = view.viewport().grab().toImage()
    assert _count(image, theme.tint([7], dark=False)) > 20
    assert _count(image, theme.tint([7, 9], dark=False)) > 20


def test_only_lines_in_view_are_looked_at(view, long):
    codings = [
        CodingRow(f"c{at}", "s", row.label_stop, row.stop, "k", "Kode", 3)
        for at, row in enumerate(long.paragraphs)
    ]
    _show(view, long, *codings)
    assert len(view.frame().lines) < 40
    assert len(view.frame().marks) < 20
    view.reveal(long.paragraphs[300].start)
    blocks = {line.block for line in view.frame().lines}
    assert 300 in blocks
    assert len(view.frame().marks) == len(blocks)


def test_lanes_stay_while_scrolling(view, long):
    row = long.paragraphs[20]
    codings = [
        CodingRow("over", "s", long.paragraphs[18].label_stop, long.paragraphs[30].stop, "k", "Lang", 1),
        CodingRow("in", "s", row.label_stop, row.stop, "k", "Kurz", 2),
    ]
    _show(view, long, *codings)
    view.reveal(row.start)
    before = {bracket.mark.row.guid: bracket.mark.lane for bracket in brackets(view.frame())}
    assert before == {"over": 0, "in": 1}
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 60)
    shown = brackets(view.frame())
    assert {one.mark.row.guid: one.mark.lane for one in shown} == before
    view.reveal(long.paragraphs[25].start)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 200)
    (over,) = (one for one in brackets(view.frame()) if one.mark.row.guid == "over")
    assert over.above


def test_names_keep_apart_and_what_has_no_lane_is_counted(view, short):
    codings = [
        short.coding("Ohne Protokoll gibt’s", f"c{at}", colour=at + 1, name=f"K{at}") for at in range(6)
    ]
    _show(view, short, *codings)
    placed = labels(view.frame())
    assert [len(label.marks) for label in placed] == [1, 1, 1, 3]
    assert placed[-1].counted
    middles = [label.middle for label in placed]
    assert all(below - above >= 14 for above, below in pairwise(middles))


def test_dragging_the_mouse_selects_whole_words(view, short, qtbot):
    _show(view, short)
    start, stop = short.text.index("otokoll"), short.text.index("gibt’s") + 2
    with qtbot.waitSignal(view.span_selected):
        _drag(view, start, stop)
    assert _words(view, short) == "Protokoll gibt’s"


def test_with_alt_or_exact_the_very_signs_are_selected(view, short):
    _show(view, short)
    start, stop = short.text.index("otokoll"), short.text.index("otokoll") + 4
    _drag(view, start, stop, Qt.KeyboardModifier.AltModifier)
    assert 3 <= len(_words(view, short)) <= 5
    view.clear_selection()
    view.set_exact(True)
    _drag(view, start, stop)
    assert 3 <= len(_words(view, short)) <= 5


def _drag(view, start, stop, modifier=Qt.KeyboardModifier.NoModifier):
    area, button = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(area, button, modifier, _place(view, start))
    QTest.mouseMove(area, _place(view, (start + stop) // 2))
    QTest.mouseMove(area, _place(view, stop))
    QTest.mouseRelease(area, button, modifier, _place(view, stop))


def test_selecting_by_position_selects_exactly_that(view, short):
    _show(view, short)
    start = short.text.index("schütz 👩")
    view.select_span(start, start + 4)
    assert view.selected_span() == Span(start, start + 4)


def test_a_selection_over_two_turns_keeps_the_stored_positions(view, short):
    _show(view, short)
    start, stop = short.text.index("sag ich immer."), short.text.index("Sie führen") + 3
    view.select_span(start, stop)
    assert _words(view, short) == "sag ich immer.\nI: Sie"


def test_sentence_paragraph_and_turn_are_selected_by_key(view, short, qtbot):
    _show(view, short)
    point = short.text.index("mich mit Regeln")
    view.select_span(point, point)
    alt, shift, ctrl = (
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ControlModifier,
    )
    qtbot.keyClick(view, Qt.Key.Key_Right, alt | shift)
    assert _words(view, short) == "Ich schütz 👩‍👩‍👧 mich mit Regeln."
    qtbot.keyClick(view, Qt.Key.Key_Right, alt | shift)
    assert _words(view, short) == "Ich schütz 👩‍👩‍👧 mich mit Regeln. Das ist was anderes."
    view.clear_selection()
    view.select_span(point, point)
    qtbot.keyClick(view, Qt.Key.Key_Down, ctrl | shift)
    assert _words(view, short).startswith("Nee. Ich")
    view.clear_selection()
    view.select_span(point, point)
    qtbot.keyClick(view, Qt.Key.Key_Down, alt | shift)
    assert _words(view, short).endswith("kennt jeder.")


def test_keys_go_from_turn_to_turn_and_paragraph_to_paragraph(view, short, qtbot):
    _show(view, short)
    view.move_by(Step.TURN, forward=True)
    assert view.current_paragraph().number == "2"
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert view.current_paragraph().number == "6"
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert view.current_paragraph().number == "5"


def test_a_letter_or_enter_on_a_selection_asks_for_a_code(view, short, qtbot):
    _show(view, short)
    asked = []
    view.code_requested.connect(asked.append)
    qtbot.keyClicks(view, "x")
    assert asked == [""]  # nothing is selected: the pane says so
    asked.clear()
    view.select_span(short.text.index("Beschluss"), short.text.index("Beschluss") + 9)
    typed = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Udiaeresis, Qt.KeyboardModifier.NoModifier, "ü")
    QApplication.sendEvent(view, typed)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["ü", ""]
    assert _words(view, short) == "Beschluss"


def test_a_letter_on_a_selection_comes_before_a_shortcut_of_one_letter(view, short, qtbot):
    _show(view, short)
    pressed, asked = [], []
    QShortcut(QKeySequence("M"), view).activated.connect(lambda: pressed.append("m"))
    view.code_requested.connect(asked.append)
    view.select_span(short.text.index("Beschluss"), short.text.index("Beschluss") + 9)
    qtbot.keyClicks(view, "m")
    assert (pressed, asked) == ([], ["m"])


def test_copying_gives_the_stored_words_and_their_place(view, short, qtbot):
    _show(view, short)
    start = short.text.index("gibt’s")
    view.select_span(start, start + 6)
    view.copy()
    data = QApplication.clipboard().mimeData()
    assert data.text() == "gibt’s"
    assert mime.span_of(data) == Span(start, start + 6)


def _drop(view, data, place):
    event = QDropEvent(
        QPointF(place),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    view.dropEvent(event)
    return event.isAccepted()


def test_a_code_dropped_on_the_selection_codes_it_and_elsewhere_the_turn(view, short):
    _show(view, short)
    dropped = []
    view.code_dropped.connect(lambda code, start, stop: dropped.append((code, short.text[start:stop])))
    start = short.text.index("Ohne Protokoll")
    view.select_span(start, start + 14)
    assert _drop(view, mime.code_mime("k1", "Regeln"), _place(view, start + 3))
    assert _drop(view, mime.code_mime("k2"), _place(view, short.text.index("führen")))
    assert dropped == [("k1", "Ohne Protokoll"), ("k2", "Sie führen über Regeln?")]


def test_other_things_cannot_be_dropped_on_the_text(view, short):
    _show(view, short)
    data = QMimeData()
    data.setText("etwas")
    assert not _drop(view, data, _place(view, short.text.index("führen")))
    assert view.document().findBlockByNumber(2).text() == "Sie führen über Regeln?"


def test_a_click_on_coded_words_activates_the_shortest_then_the_one_around(view, short, qtbot):
    outer, inner = (
        short.coding("Ohne Protokoll gibt’s mich nicht", "outer"),
        short.coding("Protokoll", "inner"),
    )
    _show(view, short, outer, inner)
    activated = []
    view.coding_activated.connect(activated.append)
    place = _place(view, short.text.index("Protokoll") + 3)
    for _number in range(2):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.wait(QApplication.doubleClickInterval() + 20)
    assert activated == ["inner", "outer"]


def test_bracket_and_name_in_the_margin_lead_to_the_coding(view, short, qtbot):
    _show(view, short, short.coding("Ohne Protokoll", "c"))
    (bracket,) = brackets(view.frame())
    (label,) = labels(view.frame())
    hovered = []
    view.coding_hovered.connect(hovered.append)
    QTest.mouseMove(view._margin, QPoint(round(bracket.right) - 1, round((bracket.top + bracket.bottom) / 2)))
    assert hovered == ["c"]
    qtbot.mouseClick(view._margin, Qt.MouseButton.LeftButton, pos=QPoint(70, round(label.middle)))
    assert view.active_coding == "c"


def test_the_active_coding_goes_with_its_removal(view, short):
    coding = short.coding("Ohne Protokoll", "c")
    _show(view, short, coding)
    view.activate("c")
    activated = []
    view.coding_activated.connect(activated.append)
    view.set_codings([])
    assert (view.active_coding, activated) == ("", [""])


def test_next_and_previous_coding_by_key(view, short, qtbot):
    first, second = short.coding("Beschluss", "a"), short.coding("anderes", "b")
    _show(view, short, second, first)
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(view, Qt.Key.Key_Period, ctrl)
    assert view.active_coding == "a"
    qtbot.keyClick(view, Qt.Key.Key_Period, ctrl)
    assert view.active_coding == "b"
    qtbot.keyClick(view, Qt.Key.Key_Comma, ctrl)
    assert view.active_coding == "a"


def test_the_ends_of_a_coding_move_by_key(view, short, qtbot):
    coding = short.coding("Ohne Protokoll", "c")
    _show(view, short, coding)
    resized = []
    view.coding_resized.connect(lambda guid, start, stop: resized.append((guid, short.text[start:stop])))
    view.activate("c")
    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert view.resizing == "c"
    step = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view, Qt.Key.Key_Right, step)
    qtbot.keyClick(view, Qt.Key.Key_Right, step)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert [guid for guid, _words in resized] == ["c"]
    assert resized[0][1].startswith("Ohne Protokoll gibt’s")
    assert view.selected_span() is None
    qtbot.keyClick(view, Qt.Key.Key_F2)
    qtbot.keyClick(view, Qt.Key.Key_Right, step)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert len(resized) == 1


def test_the_end_of_a_coding_is_dragged_by_its_handle(view, short):
    coding = short.coding("Ohne Protokoll", "c")
    _show(view, short, coding)
    resized = []
    view.coding_resized.connect(lambda _guid, start, stop: resized.append(short.text[start:stop]))
    view.activate("c")
    end = _place(view, coding.stop)
    area, button = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(area, button, Qt.KeyboardModifier.NoModifier, end)
    QTest.mouseMove(area, _place(view, short.text.index("mich nicht") + 1))
    QTest.mouseRelease(area, button, Qt.KeyboardModifier.NoModifier, end)
    assert resized == ["Ohne Protokoll gibt’s mich"]


def test_a_screen_reader_finds_the_text_and_hears_speaker_and_codes(view, short):
    _show(view, short, short.coding("Ohne Protokoll", "c", name="verschriftlichen"))
    view.select_span(short.text.index("Ohne") + 2, short.text.index("Ohne") + 2)
    assert view.accessibleDescription() == "Paragraph 2. Speaker B. Codes: verschriftlichen"
    view.select_span(short.text.index("Sie führen"), short.text.index("Sie führen"))
    assert view.accessibleDescription() == "Paragraph 3. Speaker I. Not coded"
    face = QAccessible.queryAccessibleInterface(view)
    assert face.text(QAccessible.Text.Name) == "Transcript"
    assert face.textInterface() is not None
    assert "Sie führen über Regeln?" in face.textInterface().text(0, face.textInterface().characterCount())


def test_zoom_keeps_place_and_selection(view, long):
    _show(view, long)
    row = long.paragraphs[200]
    view.select_span(row.label_stop, row.label_stop + 8)
    before = view._top_unit()[0]
    sizes = []
    view.zoom_changed.connect(sizes.append)
    view.set_zoom(1.5)
    assert sizes == [1.5]
    assert view.selected_span() == Span(row.label_stop, row.label_stop + 8)
    first = view.frame().lines[0].start
    assert abs(first - before) < 400


def test_the_dark_theme_is_put_on_without_losing_the_place(view, short, qapp):
    _show(view, short, short.coding("Ohne Protokoll", colour=7))
    view.select_span(10, 15)
    theme.apply(qapp, dark=True)
    QApplication.processEvents()
    assert view.selected_span() == Span(10, 15)
    assert _count(view.viewport().grab().toImage(), theme.tint([7], dark=True)) > 50
    theme.apply(qapp, dark=False)


def test_in_a_narrow_window_the_names_give_way_to_the_text(view, short):
    _show(view, short)
    view.resize(1400, 500)
    QApplication.processEvents()
    wide = view.viewport().width()
    view.resize(520, 500)
    QApplication.processEvents()
    assert view.viewport().width() >= 300
    assert wide <= 660


@pytest.mark.parametrize("words", ["שלום רב לך", "abc שלום def"])
def test_words_written_from_right_to_left_are_tinted(view, make, words):
    talk = make(("B", f"Er sagte {words} und ging."))
    _show(view, talk, talk.coding(words, colour=12))
    assert _count(view.viewport().grab().toImage(), theme.tint([12], dark=False)) > 50


def test_an_empty_transcript_can_be_worked_on_without_harm(view, qtbot):
    view.set_transcript("", [])
    view.set_codings([])
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    view.grab()
    assert view.selected_span() is None
    assert view.current_paragraph() is None
    assert view.codings_at(0) == []
