"""Codings filtered by code, coder, speaker and phase: said clearly, cleared at once, heeded everywhere."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from qda.coding import sheet
from qda.coding.codes import codes
from qda.ui.open_coding.filter_popup import FilterPopup

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def coded(coding):
    """Two codes on one passage, a child of one of them further down, made by two people in two phases."""
    coding.code("Zusagen", "Absichern")
    coding.code("Dienstweg", "Absichern > Umweg")
    coding.code("Zusagen geholt", "Vertrauen")
    other = coding.desk.do(sheet.add_coder, name="TB")
    coding.desk.use_coder(other)
    coding.project.phase = "axial"
    coding.code("Ruhe", "Vertrauen")
    coding.code("Und dann", "Frage")
    coding.project.phase = "open"
    coding.view.setFocus()
    return coding


def _guid(coding, name):
    return next(row.guid for row in codes(coding.project) if row.name == name)


def _filter(coding):
    return coding.workspace.filtering


def _bar(coding):
    return coding.pane.filter_bar


def _popup(coding):
    coding.run("filter-codings")
    return coding.pane.findChild(FilterPopup)


def _shown(coding):
    """What the margin names on this page, and what is painted under the text."""
    return sorted(mark.row.name for mark in coding.view.frame().marks)


def test_the_key_opens_the_popup_where_a_code_is_typed_and_taken(coded):
    QTest.keyClick(coded.window, Qt.Key.Key_X, CTRL_ALT)
    popup = coded.pane.findChild(FilterPopup)
    assert QApplication.focusWidget() is popup.line
    QTest.keyClicks(popup.line, "vertr")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    assert _shown(coded) == ["Vertrauen", "Vertrauen"]
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    assert len(_shown(coded)) == 5, "once more takes it out again"
    popup.close()


def test_a_branch_is_meant_or_the_code_alone(coded):
    popup = _popup(coded)
    _filter(coded).only_code(_guid(coded, "Absichern"))
    assert _shown(coded) == ["Absichern", "Umweg"]
    popup.below.click()
    assert _shown(coded) == ["Absichern"]
    popup.close()


def test_several_codes_are_shown_together(coded):
    popup = _popup(coded)
    for words in ("umweg", "frage"):
        popup.line.setText(words)
        QTest.keyClick(popup.line, Qt.Key.Key_Return)
    assert _shown(coded) == ["Frage", "Umweg"]
    popup.line.clear()
    ticked = [popup.list.item(at).text() for at in range(popup.list.count())][:2]
    assert sorted(ticked) == ["Frage", "Umweg"], "what is chosen stands first"
    popup.close()


@pytest.mark.parametrize(
    ("box", "left"),
    [
        ("filter_coders_TB", ["Frage", "Vertrauen"]),
        ("filter_speakers_I", ["Frage"]),
        ("filter_roles_respondent", ["Absichern", "Umweg", "Vertrauen", "Vertrauen"]),
        ("filter_phases_axial", ["Frage", "Vertrauen"]),
    ],
)
def test_a_box_filters_at_once_and_once_more_takes_it_back(coded, box, left):
    from qda.coding.documents import set_speaker_role
    from qda.coding.material import speakers

    asks = next(row for row in speakers(coded.project, coded.source) if row.label == "I")
    coded.desk.do(set_speaker_role, speaker=asks.guid, role="interviewer")
    popup = _popup(coded)
    tick = popup.findChild(QCheckBox, box)
    tick.click()
    assert _shown(coded) == left
    tick.click()
    assert len(_shown(coded)) == 5
    popup.close()


def test_criteria_of_different_kinds_are_all_meant(coded):
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    _filter(coded).toggle("coders", "TB")
    assert [(mark.row.name, mark.row.coder) for mark in coded.view.frame().marks] == [("Vertrauen", "TB")]


def test_the_bar_says_what_is_filtered_and_one_click_shows_all(coded):
    bar = _bar(coded)
    assert not bar.isVisible()
    _filter(coded).only_code(_guid(coded, "Absichern"))
    _filter(coded).toggle("phases", "open")
    assert bar.isVisible()
    assert bar.words.accessibleName() == "Only: Absichern with 1 below · Open coding"
    assert bar.findChild(QLabel, "filter_count").text() == "2 of 5 codings here"
    QTest.mouseClick(bar.findChild(QPushButton, "filter_clear"), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert len(_shown(coded)) == 5
    assert QApplication.focusWidget() is coded.view


def test_the_bar_counts_on_while_one_codes(coded):
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    coded.code("Wie kam", "Vertrauen")
    assert _bar(coded).count.text() == "3 of 6 codings here"


def test_the_key_clears_from_the_popup_and_the_command_from_anywhere(coded):
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    popup = _popup(coded)
    popup.clear.click()
    assert len(_shown(coded)) == 5
    popup.close()
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    QApplication.processEvents()
    coded.run("clear-filter")
    assert len(_shown(coded)) == 5


def test_lanes_stay_where_they_are(coded):
    made = {mark.row.guid: mark.lane for mark in coded.view.frame().marks}
    assert set(made.values()) >= {0, 1}
    for name in ("Absichern", "Vertrauen", "Umweg"):
        _filter(coded).only_code(_guid(coded, name))
        for mark in coded.view.frame().marks:
            assert mark.lane == made[mark.row.guid]


def test_next_coding_passes_by_what_is_not_shown(coded):
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    coded.go("Wie kam")
    seen = []
    for _each in range(3):
        QTest.keyClick(coded.view, Qt.Key.Key_F8)
        seen.append(coded.view.segment_row(coded.view.active_coding)[0])
    assert seen == [coded.place("Zusagen")[0], coded.place("Ruhe")[0], coded.place("Ruhe")[0]]


def test_a_screen_reader_hears_only_what_is_shown(coded):
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    coded.go("Zusagen")
    told = coded.view.accessibleDescription()
    assert "Codes: Vertrauen" in told
    assert "Absichern" not in told
    _filter(coded).clear()
    assert "Absichern" in coded.view.accessibleDescription()


def test_margin_and_click_find_only_what_is_shown(coded):
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    assert [row.name for row in coded.view.codings_at(coded.place("Zusagen")[0])] == ["Vertrauen"]
    coded.view.grab()
    margin = coded.view._margin
    names = {label.marks[0].row.name for label in margin._layout()[2]}
    assert names == {"Vertrauen"}


def test_a_coding_led_to_from_a_list_is_shown_while_it_is_set_apart(coded):
    hidden = next(mark.row.guid for mark in coded.view.frame().marks if mark.row.name == "Frage")
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    coded.desk.coding_chosen.emit(hidden)
    assert "Frage" in _shown(coded)
    coded.desk.coding_chosen.emit("")
    assert "Frage" not in _shown(coded)


def test_a_code_made_below_one_that_is_shown_is_shown_too(coded, qtbot):
    _filter(coded).only_code(_guid(coded, "Absichern"))
    coded.code("Wie kam", "Absichern > Anfang")
    qtbot.waitUntil(lambda: _shown(coded) == ["Absichern", "Anfang", "Umweg"])


def test_a_code_that_is_gone_filters_no_more(coded, qtbot):
    from qda.coding.codebook import remove_code

    _filter(coded).only_code(_guid(coded, "Frage"))
    coded.desk.do(remove_code, code=_guid(coded, "Frage"))
    qtbot.waitUntil(lambda: not _bar(coded).isVisible())


def test_the_menu_of_a_coding_shows_only_its_code(coded):
    coding = coded.view.codings_at(coded.place("Ruhe")[0])[0].guid
    acts = {act.text().replace("&", ""): act for act in coded.pane.menu_of(coding).actions()}
    acts["Show only this code"].trigger()
    coded.view.activate("")
    assert _shown(coded) == ["Vertrauen", "Vertrauen"]


def test_both_texts_heed_it_and_another_document_too(coded):
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    coded.run("split-view")
    for pane in coded.workspace.panes.all:
        assert sorted(mark.row.name for mark in pane.view.frame().marks) == ["Vertrauen", "Vertrauen"]
        assert pane.filter_bar.isVisible()


def test_a_study_is_opened_without_the_filter_of_yesterday(coded):
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    path = coded.project.path
    coded.window.show_workspace("material")
    coded.window.show_workspace("open")
    assert _bar(coded).isVisible(), "kept while the study is open"
    coded.window.close_study()
    coded.window.open_path(path)
    coded.window.show_workspace("open")
    assert not coded.window.workspace("open").pane.filter_bar.isVisible()


def test_a_change_of_language_keeps_the_filter(coded):
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    coded.window.rebuild()
    coded.window.show_workspace("open")
    QApplication.processEvents()
    assert _bar(coded).isVisible()
    assert _shown(coded) == ["Vertrauen", "Vertrauen"]


# -- hover and selection -----------------------------------------------------------------------------------


def _hover(coding, words):
    """The pointer over the first letter of these words."""
    from qda.ui.transcript.frame import edges, text_line

    coding.view.grab()
    unit = coding.view._shown.to_unit(coding.place(words)[0])
    line = next(one for one in coding.view.frame().lines if one.start <= unit < one.stop)
    qt_line, offset = text_line(coding.view.document(), line)
    left = edges(qt_line, offset, unit, unit + 1, bidirectional=False)[0][0]
    place = QPointF(left + 3, line.baseline - 4).toPoint()
    QTest.mouseMove(coding.view.viewport(), place)
    return place


def test_all_codings_under_the_pointer_are_set_off_and_the_shortest_has_its_colour(coded):
    _hover(coded, "Zusagen")
    names = [coded.view._marks.mark(guid).row.name for guid in coded.view.hot()]
    assert names == ["Absichern", "Vertrauen"]
    assert coded.view.set_off() == set(coded.view.hot())


def test_the_tool_tip_names_all_codings_with_coder_and_comment(coded):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QToolTip

    from qda.coding.open_coding import comment_coding

    coding = next(
        row.guid for row in coded.view.codings_at(coded.place("Zusagen")[0]) if row.name == "Absichern"
    )
    coded.desk.do(comment_coding, coding=coding, comment="Warum <gerade> jetzt?")
    place = _hover(coded, "Zusagen")
    viewport = coded.view.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    told = QToolTip.text()
    assert "<b>Absichern</b> · MK<br>Warum &lt;gerade&gt; jetzt?" in told
    assert "<b>Vertrauen</b> · MK" in told


def test_a_selection_sets_the_names_of_all_codings_in_it_off_and_says_them(coded):
    start, stop = coded.place("Zusagen geholt, 🙂 auf dem kurzen Dienstweg")
    coded.view.select_span(start, stop)
    names = sorted(coded.view._marks.mark(guid).row.name for guid in coded.view.set_off())
    assert names == ["Absichern", "Umweg", "Vertrauen"]
    assert "Umweg" in coded.view.accessibleDescription()


def test_the_count_of_hidden_codings_opens_the_list_of_them(coded):
    for number in range(9):
        coded.code("Zusagen", f"Kode {number}")
    coded.view.grab()
    margin = coded.view._margin
    label = next(one for one in margin._layout()[2] if one.counted)
    place = QPointF(margin._page.frame().geometry.px(42), label.middle).toPoint()
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=place)
    menu = QApplication.activePopupWidget()
    assert len(menu.actions()) == len(label.marks) > 1
    wanted = label.marks[-1].row
    assert menu.actions()[-1].text() == f"{wanted.name} · {wanted.coder}"
    menu.actions()[-1].trigger()
    assert coded.view.active_coding == wanted.guid
    menu.close()


def test_the_codings_at_the_cursor_are_listed_by_key(coded):
    coded.go("Zusagen")
    QTest.keyClick(coded.view, Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert [act.text() for act in menu.actions()] == ["Absichern · MK", "Vertrauen · MK"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert coded.view._marks.mark(coded.view.active_coding).row.name == "Vertrauen"
    coded.go("Wie kam")
    coded.run("codings-here")
    assert coded.told[-1] == "There is no coding at the cursor."


def test_a_study_that_hides_frequencies_tells_no_figures_of_the_filter(coded, qtbot):
    from qda.coding.sheet import set_frequencies_hidden

    coded.desk.do(set_frequencies_hidden, hidden=True)
    _filter(coded).only_code(_guid(coded, "Vertrauen"))
    qtbot.waitUntil(lambda: _bar(coded).count.text() == "other codings are hidden")
