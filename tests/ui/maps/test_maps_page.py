"""Code maps in the real window: adding, moving, lines, what is related, lists, undo; by mouse and by keys."""

import shutil

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton

from qda.coding import axial, cases, code_maps, codebook, sheet, theory
from qda.models import Project
from qda.ui.maps import menus
from qda.ui.maps.mime import targets_mime
from qda.ui.navigator.several import codes_mime
from tests.ui.maps.hands import (
    CTRL,
    SHIFT,
    answer,
    at,
    click,
    dialog,
    drag,
    item,
    on,
    places,
    press,
    settle,
    shift,
)


def find(page, words):
    page.panel.field.setFocus()
    page.panel.field.setText(words)
    settle(200)


def row(menu, words):
    return next(action for action in menu.actions() if action.text().startswith(words))


# -- maps ---------------------------------------------------------------------------------------------------


def test_without_a_map_one_sentence_says_what_a_map_is_and_one_button_begins_it(page):
    assert page.findChild(QPushButton, "first_map").isVisible()
    assert not page.view.isVisible()
    page.findChild(QPushButton, "first_map").click()
    settle()
    answer("Wie es hält")
    assert [one.name for one in page.reading.maps] == ["Wie es hält"]
    assert page.view.isVisible()
    settle(100)
    assert page.window().focusWidget() is page.panel.field  # nothing lies on it: one finds something first


def test_adding_without_a_map_begins_one_and_undo_takes_it_all_back(page, study):
    find(page, "Dienst")
    press(page.panel.field, Qt.Key.Key_Return)
    assert [one.name for one in on(page).items] == [""]
    assert [box.face.title for box in page.scene.figure.boxes] == ["Dienstweg"]
    study.action("undo").trigger()
    study.action("undo").trigger()
    settle()
    assert page.shown == ""
    assert code_maps.map_names(study.project) == []


def test_a_map_is_renamed_copied_moved_and_removed_by_keys_and_menu(full, study):
    full.panel.maps.setFocus()
    press(full.panel.maps, Qt.Key.Key_F2)
    answer("Erste")
    row(menus.of_map(full, full.shown), "Duplicate").trigger()
    settle()
    assert [one.name for one in full.reading.maps] == ["Erste", "Erste (copy)"]
    assert on(full).name == "Erste (copy)"
    row(menus.of_map(full, full.shown), "Up").trigger()
    settle()
    assert [one.name for one in full.reading.maps] == ["Erste (copy)", "Erste"]
    press(full.panel.maps, Qt.Key.Key_Delete)
    assert [one.name for one in full.reading.maps] == ["Erste"]
    assert on(full).name == "Erste"
    study.action("undo").trigger()
    settle()
    assert len(full.reading.maps) == 2


def test_the_map_shown_last_is_shown_again(full, study):
    other = code_maps.new_map(study.project, name="Zweite")
    settle()
    full.show_map(other)
    assert study.project.setting("maps.shown") == other


# -- adding -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Rückh", "code"),
        ("A", "case"),
        ("Rückhalt?", "memo"),
        ("leads to", "relation"),
        ("Dienstweg", "segment"),
    ],
)
def test_one_field_finds_codes_cases_memos_relations_and_passages(page, words, kind):
    page.panel.kind.setCurrentIndex(page.panel.kind.findData(kind))
    find(page, words)
    keys = [choice.key for choice in page.panel.found.choices.rows]
    assert keys
    assert {key.partition(":")[0] for key in keys} == {kind}


def test_a_found_relation_brings_its_codes_and_its_arrow_and_they_are_chosen(page):
    page.new_map()
    answer("Neu")
    find(page, "leads to")
    press(page.panel.field, Qt.Key.Key_Return)
    shown = page.scene.figure
    assert sorted(box.face.title for box in shown.boxes) == ["Ruhe", "anrufen"]
    (link,) = shown.links
    assert (link.is_relation, link.shape, link.status) == (True, "head", "supposed")
    assert "leads to" in link.label
    assert "1 case (A 1)" in link.badge[0]
    assert len(page.scene.chosen_boxes()) == 2


def test_a_row_that_lies_on_the_map_says_so_and_adding_it_only_chooses_it(full):
    find(full, "Rückhalt")
    rows = full.panel.found.choices.rows
    on_map = next(choice for choice in rows if choice.key.startswith("code:"))
    assert on_map.faded
    before = places(full)
    full.add([on_map.key])
    settle()
    assert places(full) == before
    assert full.scene.chosen_boxes() == [item(full, "Rückhalt")]


def test_new_things_never_lie_on_others(full, desk):
    for name in ("eins", "zwei", "drei", "vier", "fünf"):
        full.add([f"code:{codebook.add_code(desk.project, name=name)}"])
        settle()
    boxes = [box.rect for box in full.scene.boxes()]
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_rows_and_codes_of_other_lists_are_dropped_where_the_pointer_is(full, desk, codes):
    def drop(data, x, y):
        event = QDropEvent(
            QPointF(x, y),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        full.view.dropEvent(event)
        settle()
        return event.isAccepted()

    case = cases.add_case(desk.project, name="B")
    assert drop(targets_mime([f"case:{case}"], "B"), 40, 60)
    wanted = full.view.mapToScene(40, 60) / full.view.look().px(1)
    put = next(one for one in on(full).items if one.target == case)
    assert abs(put.x - wanted.x()) < 200
    assert abs(put.y - wanted.y()) < 120
    assert drop(codes_mime([(codes["Dienstweg"], "Dienstweg")]), 300, 60)
    assert codes["Dienstweg"] in {one.target for one in on(full).items}


def test_what_is_related_to_a_code_comes_around_it(full, study):
    click(full, item(full, "Rückhalt"))
    rows = full.acts.related_to(item(full, "Rückhalt"))
    menu = menus.of_related(full, item(full, "Rückhalt"), rows)
    row(menu, "Memos (1)").trigger()
    settle()
    memo = item(full, "Rückhalt?")
    (line,) = [one for one in on(full).lines if one.end == memo]
    assert line.start == item(full, "Rückhalt")
    assert full.acts.related_to(item(full, "Rückhalt")) == []
    study.action("undo").trigger()
    settle()
    assert len(on(full).items) == 4


def test_relations_among_the_codes_of_a_map_are_drawn_at_once(full, desk, codes):
    model = theory.models(desk.project)[0].guid
    axial.relate_codes(
        desk.project, model=model, from_code=codes["Rückhalt"], to_code=codes["Ruhe"], type="hinders"
    )
    settle()
    full.acts.draw_relations()
    settle()
    assert [link.shape for link in full.scene.figure.links] == ["head", "bar"]


# -- moving -------------------------------------------------------------------------------------------------


def test_a_box_is_dragged_and_undo_brings_it_back(full, study):
    guid, before = item(full, "Rückhalt"), places(full)
    start = at(full, guid)
    drag(full, start, start + shift(60, 40))
    moved = places(full)
    assert moved[guid][0] > before[guid][0]
    assert moved[guid][1] > before[guid][1]
    assert {one: place for one, place in moved.items() if one != guid} == {
        one: place for one, place in before.items() if one != guid
    }
    study.action("undo").trigger()
    settle()
    assert places(full) == before


def test_while_a_box_is_dragged_the_rest_is_a_still_picture_and_nothing_is_stored(full):
    guid, before = item(full, "anrufen"), places(full)
    start = at(full, guid)
    drag(full, start, start + shift(50, 50), drop=False)
    assert full.view._moving.isVisible()
    assert places(full) == before
    QTest.keyClick(full.view, Qt.Key.Key_Escape)
    assert not full.view._moving.isVisible()
    assert places(full) == before


def test_several_chosen_things_move_together(full):
    first, last = item(full, "Rückhalt"), item(full, "und dann?")
    click(full, first)
    click(full, last, CTRL)
    before = places(full)
    start = at(full, last)
    drag(full, start, start + shift(-30, 20))
    after = places(full)
    ways = {(after[g][0] - before[g][0], after[g][1] - before[g][1]) for g in (first, last)}
    assert len(ways) == 1
    assert ways != {(0, 0)}


def test_a_frame_on_the_bare_ground_gathers_what_it_touches(full):
    rect = full.scene.box(item(full, "Rückhalt")).rect.united(full.scene.box(item(full, "und dann?")).rect)
    start = full.view.mapFromScene(rect.topLeft() - QPointF(12, 12))
    end = full.view.mapFromScene(rect.bottomRight() + QPointF(12, 12))
    drag(full, start, end)
    assert set(full.scene.chosen_boxes()) == {item(full, "Rückhalt"), item(full, "und dann?")}


def test_arrow_keys_step_with_shift_gather_and_with_control_move_as_one_act(full, study):
    view = full.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    click(full, item(full, "Rückhalt"))
    press(view, Qt.Key.Key_Right)
    assert full.scene.current == ("item", item(full, "und dann?"))
    press(view, Qt.Key.Key_Left, SHIFT)
    assert set(full.scene.chosen_boxes()) == {item(full, "Rückhalt"), item(full, "und dann?")}
    before, undo = places(full), study.project.undo_label()
    for _step in range(4):
        QTest.keyClick(view, Qt.Key.Key_Down, CTRL)
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert places(full) == before  # it is put there after a pause
    view.finish_move()
    settle()
    after = places(full)
    for name in ("Rückhalt", "und dann?"):
        guid = item(full, name)
        assert (after[guid][0] - before[guid][0], after[guid][1] - before[guid][1]) == (1, 40)
    study.action("undo").trigger()
    settle()
    assert places(full) == before
    assert study.project.undo_label() == undo


def test_undo_right_after_a_move_by_keys_takes_back_that_move_alone(full, study):
    full.view.setFocus()
    click(full, item(full, "Rückhalt"))
    before, things = places(full), len(on(full).items)
    QTest.keyClick(full.view, Qt.Key.Key_Down, CTRL)
    QTest.keyClick(full.view, Qt.Key.Key_Z, CTRL)
    settle()
    assert places(full) == before
    assert len(on(full).items) == things


@pytest.mark.parametrize("order", ["near", "layers"])
def test_a_map_is_put_in_order_without_overlaps_and_undo_brings_the_places_back(full, study, order, qtbot):
    before = places(full)
    full.tidy(order)
    qtbot.waitUntil(lambda: not full.busy, timeout=10_000)
    settle(60)
    assert places(full) != before
    boxes = [box.rect for box in full.scene.boxes()]
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at])
    study.action("undo").trigger()
    settle()
    assert places(full) == before


# -- lines --------------------------------------------------------------------------------------------------


def test_a_line_is_drawn_from_the_edge_of_a_box_to_another(full):
    start, end = item(full, "und dann?"), item(full, "Rückhalt")
    full.scene.hover(full.scene.box(start).rect.center())
    drag(full, at(full, start, "right") - shift(1, 0), at(full, end))
    (line,) = [one for one in on(full).lines if not one.relation]
    assert (line.start, line.end, line.directed, line.label) == (start, end, False, "")


def test_between_two_codes_it_is_asked_what_the_line_is(full, desk, codes):
    start, end = item(full, "anrufen"), item(full, "Rückhalt")
    full.acts.ask_line_between(start, end)
    settle()
    rows = [choice.words for choice in dialog().list.choices.rows]
    assert rows == ["Plain line", "Plain arrow", "New relation…"]
    dialog()._take("arrow")
    settle()
    (line,) = [one for one in on(full).lines if not one.relation]
    assert line.directed


def test_a_new_relation_from_the_map_stands_in_the_model_and_undo_takes_both_back(full, study):
    full.acts.ask_line_between(item(full, "Rückhalt"), item(full, "Ruhe"))
    settle()
    dialog()._take("relation")
    settle()
    asked = dialog()
    asked.types.make_current("hinders")
    asked.accept()
    settle()
    assert [(one.from_name, one.type, one.to_name) for one in theory.relations(study.project)][1] == (
        "Rückhalt",
        "hinders",
        "Ruhe",
    )
    assert len([one for one in on(full).lines if one.relation]) == 2
    study.action("undo").trigger()
    settle()
    assert len(theory.relations(study.project)) == 1
    assert len(on(full).lines) == 1


def test_by_keys_b_begins_a_line_arrows_choose_and_enter_takes(full):
    full.view.setFocus()
    click(full, item(full, "und dann?"))
    press(full.view, Qt.Key.Key_B)
    assert full.scene.gesture == "line"
    assert full.scene.target == item(full, "Rückhalt")  # the nearest
    press(full.view, Qt.Key.Key_Up)
    assert full.scene.target in (item(full, "anrufen"), item(full, "Ruhe"))
    press(full.view, Qt.Key.Key_Down)
    assert full.scene.target == item(full, "Rückhalt")
    press(full.view, Qt.Key.Key_Return)
    assert [one.end for one in on(full).lines if not one.relation] == [item(full, "Rückhalt")]


def test_escape_ends_a_line_and_then_leads_back(full, study):
    full.view.setFocus()
    click(full, item(full, "und dann?"))
    press(full.view, Qt.Key.Key_B)
    press(full.view, Qt.Key.Key_Escape)
    assert full.scene.gesture == ""
    assert full.isVisible()
    press(full.view, Qt.Key.Key_Escape)  # nothing is chosen any more
    press(full.view, Qt.Key.Key_Escape)
    assert not full.isVisible()
    assert len(on(full).lines) == 1


def test_a_plain_line_is_written_on_turned_and_made_an_arrow_by_keys(full):
    start, end = item(full, "und dann?"), item(full, "Rückhalt")
    line = code_maps.draw_line(full._desk.project, start=start, end=end)
    settle()
    full.view.setFocus()
    full.scene.choose({("line", line)})
    press(full.view, Qt.Key.Key_F2)
    answer("gehört dazu")
    press(full.view, Qt.Key.Key_T)
    press(full.view, Qt.Key.Key_D)
    (row,) = [one for one in on(full).lines if one.guid == line]
    assert (row.start, row.end, row.label, row.directed) == (end, start, "gehört dazu", True)
    link = next(one for one in full.scene.figure.links if one.guid == line)
    assert (link.label, link.shape, link.is_relation) == ("gehört dazu", "head", False)


def test_an_arrow_that_is_a_relation_keeps_its_direction_and_says_why(full, desk):
    refused = []
    desk.refused.disconnect()
    desk.refused.connect(refused.append)
    line = next(one.guid for one in on(full).lines)
    full.acts.turn(line)
    assert "axial coding" in refused[0]


def test_an_arrow_follows_its_relation_when_that_is_turned(full, desk):
    link = full.scene.figure.links[0]
    axial.turn_relation(desk.project, relation=theory.relations(desk.project)[0].guid)
    settle()
    turned = full.scene.figure.links[0]
    assert (turned.start, turned.end) == (link.end, link.start)


# -- words, taking off, leading -----------------------------------------------------------------------------


def test_words_of_ones_own_keep_their_lines_and_a_remark_stands_below_a_code(full):
    full.view.setFocus()
    press(full.view, Qt.Key.Key_N)
    answer("eins\nzwei")
    words = next(one for one in on(full).items if one.text == "eins\nzwei")
    assert words.kind == ""
    click(full, item(full, "Rückhalt"))
    press(full.view, Qt.Key.Key_F2)
    answer("nur in A")
    assert next(box for box in full.scene.figure.boxes if box.face.remark).face.title == "Rückhalt"


def test_delete_takes_all_chosen_off_and_the_study_keeps_it(full, study, codes):
    full.view.setFocus()
    full.scene.choose({("item", item(full, "anrufen")), ("item", item(full, "und dann?"))})
    press(full.view, Qt.Key.Key_Delete)
    assert sorted(box.face.title for box in full.scene.figure.boxes) == ["Ruhe", "Rückhalt"]
    assert full.scene.figure.links == ()
    assert len(theory.relations(study.project)) == 1
    study.action("undo").trigger()
    settle()
    assert len(full.scene.figure.links) == 1


def test_a_removed_code_leaves_the_map_in_front_and_comes_back(full, study, codes):
    extra = codebook.add_code(study.project, name="weg damit")
    full.add([f"code:{extra}"])
    settle()
    codebook.remove_code(study.project, code=extra)
    settle()
    assert "weg damit" not in [box.face.title for box in full.scene.figure.boxes]
    study.action("undo").trigger()
    settle()
    assert "weg damit" in [box.face.title for box in full.scene.figure.boxes]


def test_enter_and_double_click_lead_to_code_case_memo_and_relation(full, desk, study, codes):
    chosen = []
    desk.code_chosen.connect(chosen.append)
    full.view.setFocus()
    click(full, item(full, "Rückhalt"))
    press(full.view, Qt.Key.Key_Return)
    assert chosen[-1] == codes["Rückhalt"]
    assert study.current_workspace == "open"
    study.action("code-maps").trigger()
    settle()
    assert full.isVisible()
    full.lead("line", full.scene.figure.links[0].guid)
    settle()
    assert not full.isVisible()  # the relation stands behind the map
    assert study.workspace("axial").relation.guid == theory.relations(study.project)[0].guid


# -- lists, menus, reading only -----------------------------------------------------------------------------


def test_the_lists_show_the_same_and_everything_is_done_there_by_keys(full):
    full.show_as("list")
    settle()
    listed = full.list
    assert [box.face.title for box in listed.things.grid.rows] == [
        box.face.title for box in full.scene.figure.boxes
    ]
    listed.things.make_current(item(full, "und dann?"))
    listed.things.setFocus()
    press(listed.things, Qt.Key.Key_B)
    asked = dialog()
    key = next(one.key for one in asked.list.choices.rows if one.words == "Rückhalt")
    asked._take(key)
    settle()
    assert len(on(full).lines) == 2
    line = next(one.guid for one in on(full).lines if not one.relation)
    full.list.label_written.emit(line, "dazu")
    settle()
    assert "dazu" in [link.label for link in listed.lines.grid.rows]
    listed.things.make_current(item(full, "Rückhalt"))
    press(listed.things, Qt.Key.Key_Delete)
    assert len(on(full).items) == 3


def test_a_remark_is_written_in_its_cell(full):
    full.show_as("list")
    settle()
    full.list.things.make_current(item(full, "Rückhalt"))
    full.list.things.setFocus()
    press(full.list.things, Qt.Key.Key_F2)
    editor = full.list.things.findChild(QLineEdit, "cell_line")
    editor.setText("hier zuerst")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert next(one for one in on(full).items if one.text == "hier zuerst").kind == "code"


def test_the_canvas_tells_a_screen_reader_what_is_in_hand(full):
    click(full, item(full, "Rückhalt"))
    assert "Code, Rückhalt" in full.view.accessibleName()
    full.scene.choose({("line", full.scene.figure.links[0].guid)})
    assert "anrufen – 1 leads to – Ruhe" in full.view.accessibleName()


def test_letters_on_the_map_do_nothing_in_the_model_behind_it(full, study):
    full.view.setFocus()
    full.scene.choose(())
    for letter in (Qt.Key.Key_B, Qt.Key.Key_V, Qt.Key.Key_S, Qt.Key.Key_L):
        press(full.view, letter)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]
    assert full.isVisible()
    assert len(theory.evidence(study.project)) == 1


def test_a_study_that_hides_frequencies_shows_none_on_its_maps(full, desk):
    assert any(box.face.count for box in full.scene.figure.boxes)
    assert full.scene.figure.links[0].badge
    sheet.set_frequencies_hidden(desk.project, hidden=True)
    settle()
    assert not any(box.face.count or box.face.subline for box in full.scene.figure.boxes)
    assert full.scene.figure.links[0].badge == ()


def test_the_wheel_and_keys_zoom_within_bounds_and_control_0_shows_all(full):
    full.view.setFocus()
    for _step in range(40):
        press_fast(full.view, Qt.Key.Key_Plus)
    assert full.view.factor == pytest.approx(3.0)
    press_fast(full.view, Qt.Key.Key_0)
    seen = full.view.mapToScene(full.view.viewport().rect()).boundingRect()
    assert seen.contains(full.scene.extent())


def test_a_passage_on_the_map_is_copied_as_a_citation(full, desk, study):
    page = full
    find(page, "kurzen Dienst")
    page.panel.kind.setCurrentIndex(page.panel.kind.findData("segment"))
    settle(200)
    page.add([page.panel.found.choices.rows[0].key])
    settle()
    QGuiApplication.clipboard().clear()
    page.view.setFocus()
    page.scene.choose({("item", item(page, "kurzen Dienstweg"))})
    study.action("copy-citation").trigger()
    assert QGuiApplication.clipboard().text() == "“kurzen Dienstweg” (Interview A, para. 2)"


def test_a_study_that_can_only_be_read_is_looked_at_and_not_changed(full, study, tmp_path):
    copy = tmp_path / "copy.qdaproj"
    study.project.checkpoint()
    shutil.copyfile(study.project.path, copy)
    study.close_study()
    study.open_project(Project.open(copy, read_only=True))
    study.action("code-maps").trigger()
    settle(100)
    page = study.workspace("axial").front.part
    assert len(page.scene.figure.boxes) == 4
    before = places(page)
    start = at(page, item(page, "Rückhalt"))
    drag(page, start, start + shift(60, 40))
    page.view.setFocus()
    for key in (Qt.Key.Key_N, Qt.Key.Key_B, Qt.Key.Key_R, Qt.Key.Key_F2, Qt.Key.Key_Delete):
        press(page.view, key)
    press(page.view, Qt.Key.Key_Down, CTRL)
    assert places(page) == before
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    page.let_go()


def press_fast(widget, key):
    QTest.keyClick(widget, key, CTRL)


def test_middle_button_takes_the_ground_along(full):
    from tests.ui.maps.hands import mouse

    before = full.view.mapToScene(0, 0)
    port = full.view.viewport().rect().center()
    middle = Qt.MouseButton.MiddleButton
    mouse(full, QEvent.Type.MouseButtonPress, port, button=middle)
    mouse(full, QEvent.Type.MouseMove, port + shift(40, 30), button=middle)
    mouse(full, QEvent.Type.MouseButtonRelease, port + shift(40, 30), held=False, button=middle)
    after = full.view.mapToScene(0, 0)
    assert after.x() < before.x()
    assert after.y() < before.y()
