"""From codes to a theory by mouse alone, in German; words are typed. Undone by the menu, done again."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListView, QPushButton, QWidget

from qda.coding import code_maps, sampling, theory
from qda.coding.comparison_cells import cells
from qda.coding.saturation_judgements import judgements
from qda.coding.story_text import Reference, parse
from qda.ui.board.scene import MIME_CODE
from tests.acceptance.desk import LEFT, Mod, drag, focus, from_menu, press_on, seen, settle, write
from tests.acceptance.theory_study import Walk, german, open_study

__all__ = ["german", "open_study"]
STATEMENT = "Wer anruft, hält die Vereine."


def menu(walk: Walk, *names: str) -> None:
    focus()  # a desktop makes the window active again
    settle()
    from_menu(walk.window, *names)


def click(parent: QWidget, name: str) -> None:
    """A click on what is called so and is to be seen."""
    press_on(seen(parent, name))


def dialog() -> QDialog:
    found = QApplication.activeModalWidget() or QApplication.activePopupWidget()
    assert isinstance(found, QDialog), found
    return found


def take(words: str) -> None:
    """A click on the row with these words in the small window that asks for one."""
    rows = dialog().list
    at = next(at for at, row in enumerate(rows.choices.rows) if row.words == words)
    index = rows.choices.index(at)
    rows.scrollTo(index)
    press_on(rows.viewport(), rows.visualRect(index).center())


def row(view: QListView, at: int, words: str) -> None:
    """A click on a row of a list."""
    index = view.model().index(at, 0)
    assert words in str(index.data())
    view.scrollTo(index)
    press_on(view.viewport(), view.visualRect(index).center())


def pull(port: QWidget, start: QPoint, end: QPoint) -> None:
    """The pointer drags from one place to another."""
    for kind, at, button, held in (
        (QEvent.Type.MouseButtonPress, start, LEFT, LEFT),
        *((QEvent.Type.MouseMove, start + (end - start) * step / 5, None, LEFT) for step in range(1, 6)),
        (QEvent.Type.MouseButtonRelease, end, LEFT, None),
    ):
        none = Qt.MouseButton.NoButton
        where = QPointF(port.mapToGlobal(at))
        event = QMouseEvent(kind, QPointF(at), where, button or none, held or none, Mod.NoModifier)
        QApplication.sendEvent(port, event)
        QApplication.processEvents()


# -- the model ----------------------------------------------------------------------------------------------


def make_a_model(walk: Walk) -> None:
    tabs = seen(walk.window, "workspaces")
    press_on(tabs, tabs.tabRect(2).center())
    click(walk.window, "first_model")
    write("Netz halten")
    click(dialog(), "accept")
    focus()
    click(walk.axial.board, "choose_phenomenon")
    take("Zusammenhalten")
    (model,) = theory.models(walk.project)
    assert (model.name, model.phenomenon_name) == ("Netz halten", "Zusammenhalten")


def place_codes_by_dragging(walk: Walk) -> None:
    focus()
    settle()
    board = walk.axial.board
    for name, slot in (
        ("Anrufen", "strategies"),
        ("Vereine bleiben", "consequences"),
        ("Geld vom Land", "conditions"),
    ):
        data = QMimeData()
        data.setData(MIME_CODE, walk.guid(name).encode())
        box = next(one for one in board.scene.layout_shown.slots if one.slot.key == slot)
        assert drag(board.view, data, board.view.mapFromScene(box.ground.center()))
        settle()
    placed = {row.code_name: row.slot_key for row in theory.placements(walk.project)}
    assert placed == {
        "Anrufen": "strategies",
        "Vereine bleiben": "consequences",
        "Geld vom Land": "conditions",
    }


def relate_by_dragging(walk: Walk) -> None:
    board = walk.axial.board
    card = board.scene.rect_of(("card", walk.guid("Anrufen")))
    edge = board.view.mapFromScene(QPointF(card.right(), card.center().y()))
    target = board.view.mapFromScene(board.scene.rect_of(("card", walk.guid("Vereine bleiben"))).center())
    pull(board.view.viewport(), edge, target)
    asked = dialog()
    press_on(asked.statement)
    write(STATEMENT)
    click(asked, "accept")
    focus()
    (made,) = theory.relations(walk.project)
    assert (made.from_name, made.type, made.to_name) == ("Anrufen", "leads_to", "Vereine bleiben")
    assert made.statement == STATEMENT


def pieces(walk: Walk) -> list[tuple[str, str]]:
    return [(row.polarity, row.kind) for row in theory.evidence(walk.project)]


def judge_what_is_nearby(walk: Walk) -> None:
    adding = walk.axial.page.adding
    walk.until(lambda: adding.near.total == 6)
    for name, left in (
        ("add_contradicting", 5),
        ("pass_candidate", 4),
        ("kind_inferred", 4),
        ("add_qualifying", 3),
        ("add_supporting", 2),
    ):
        click(adding, name)
        walk.until(lambda left=left: adding.near.total == left and not adding.near.looking)
        settle()
    assert sorted(pieces(walk)) == [
        ("contradicting", "spoken"),
        ("qualifying", "inferred"),
        ("supporting", "inferred"),
    ]
    click(walk.axial.page.head, "status_modified")
    (relation,) = theory.relations(walk.project)
    assert relation.status == "modified"


def keep_what_was_not_found(walk: Walk) -> None:
    click(walk.axial.page.adding, "note_search")
    asked = dialog()
    press_on(asked.note)
    write("nach den Anrufen gefragt")
    click(asked, "accept")
    focus()
    (kept,) = theory.counter_searches(walk.project)
    assert kept.note == "nach den Anrufen gefragt"


# -- cases, levels ------------------------------------------------------------------------------------------


def cell_part(page, what: str, row: int) -> None:
    """A click on a part of a cell of the first case."""
    table = page.table
    index = table.shown.index(row, 0)
    area = table.visualRect(index)
    hits = table.shown.laid(row, 0, area.width()).hits
    hit = next(one for one in hits if one.what == what)
    press_on(table.viewport(), area.topLeft() + hit.area.center().toPoint())


def compare_the_cases(walk: Walk) -> None:
    menu(walk, "analysis", "theory", "compare-cases")
    page = walk.axial.front.part
    walk.until(lambda: page.read is not None and page.table.shown.rowCount() == 4)
    settle()
    table = page.table
    place = table.visualRect(table.shown.index(3, 0)).center()
    press_on(table.viewport(), place)
    QTest.mouseDClick(table.viewport(), LEFT, Mod.NoModifier, place)
    settle()
    assert table.shown.open_key == table.place[0]
    cell_part(page, "choose", 3)
    click(QApplication.activeModalWidget(), "take_passage")
    focus()
    walk.until(lambda: cells(walk.project))
    settle()
    cell_part(page, "summary", 3)
    assert focus().objectName() == "summary"
    write("A hält durch Räume.")
    press_on(table.viewport(), table.visualRect(table.shown.index(0, 1)).center())
    walk.until(lambda: [one.body for one in cells(walk.project).values()] == ["A hält durch Räume."])
    (cell,) = cells(walk.project).values()
    assert cell.segment
    assert cell.case == walk.case("A")


def set_a_level_by_dragging(walk: Walk) -> None:
    menu(walk, "analysis", "theory", "levels")
    page = walk.axial.front.part
    settle()
    placed = next(one for one in theory.placements(walk.project) if one.code_name == "Geld vom Land")
    rings = page.rings
    start = rings.arranged.box(placed.guid).rect.center().toPoint()
    frame = next(one for one in rings.arranged.frames if one.key == "state").rect
    pull(rings, start, QPoint(int(frame.left()) + 4, int(frame.center().y())))
    levels = {one.code_name: one.level for one in theory.placements(walk.project)}
    assert levels["Geld vom Land"] == "state"


# -- questions, saturation, sampling ------------------------------------------------------------------------


def judge_saturation_and_decide(walk: Walk) -> None:
    menu(walk, "analysis", "theory", "saturation")
    page = walk.selective.front.part
    walk.until(lambda: page.table.grid.rows and page.gaps.list.choices.rows)
    click(page, "judgement_state_provisional")
    press_on(seen(page, "judgement_reason"))
    write("nur zwei Ausprägungen")
    click(page, "judgement_keep")
    (judged,) = judgements(walk.project)
    assert (judged.state, judged.reason) == ("provisional", "nur zwei Ausprägungen")
    settle()
    row(page.gaps.list, 0, "Anrufen")
    click(page, "gap_decide")
    page = walk.selective.front.part
    walk.until(lambda: page.objectName() == "sampling" and len(sampling.decisions(walk.project)) == 1)
    settle()
    click(page, "target_new")
    write("D")
    asked = QApplication.activeModalWidget()
    buttons = [one for one in asked.findChildren(QPushButton) if one.isDefault()]
    press_on(buttons[0])
    focus()
    (decision,) = sampling.decisions(walk.project)
    assert [target.name for target in decision.targets] == ["D"]
    click(page, "sampling_back")


# -- core category, map -------------------------------------------------------------------------------------


def tell_the_story(walk: Walk) -> None:
    settle()
    click(walk.selective, "choose_core")
    take("Zusammenhalten")
    focus()
    assert theory.core(walk.project).code == walk.guid("Zusammenhalten")
    edit = walk.selective.line
    press_on(edit.viewport())
    write("Alle halten ")
    for name in ("refer_relation", "refer_segment"):
        click(walk.selective, name)
        settle()
        choices = edit.completion.list
        press_on(choices.viewport(), choices.visualRect(choices.choices.index(0)).center())
        settle()
    edit.flush()
    told = parse(theory.story(walk.project, "story_line"))
    assert [one.kind for one in told if isinstance(one, Reference)] == ["relation", "segment"]


def draw_a_map(walk: Walk) -> None:
    menu(walk, "analysis", "theory", "code-maps")
    page = walk.axial.front.part
    settle()
    click(page, "first_map")
    write("Skizze")
    click(dialog(), "accept")
    focus()
    settle()
    found = page.panel.found
    for name in ("Anrufen", "Vereine bleiben"):
        walk.until(lambda name=name: name in [one.words for one in found.choices.rows])
        at = next(at for at, one in enumerate(found.choices.rows) if one.words == name)
        place = found.visualRect(found.choices.index(at)).center()
        press_on(found.viewport(), place)
        QTest.mouseDClick(found.viewport(), LEFT, Mod.NoModifier, place)
        settle()
    drawn = code_maps.drawn_map(walk.project, page.shown)
    assert len(drawn.items) == 2
    start, end = (page.scene.box(one.guid).rect for one in drawn.items)
    view = page.view
    pull(
        view.viewport(),
        view.mapFromScene(start.center()),
        view.mapFromScene(start.center() + QPointF(-90, -70)),
    )
    settle()
    moved = code_maps.drawn_map(walk.project, page.shown).items
    assert (moved[0].x, moved[0].y) != (drawn.items[0].x, drawn.items[0].y)
    assert (moved[1].x, moved[1].y) == (drawn.items[1].x, drawn.items[1].y)
    start, end = (page.scene.box(one.guid).rect for one in moved)
    page.scene.hover(start.center())
    edge = view.mapFromScene(QPointF(start.right(), start.center().y())) - QPoint(1, 0)
    pull(view.viewport(), edge, view.mapFromScene(end.center()))
    settle()
    take("Einfache Linie")
    focus()
    (line,) = code_maps.drawn_map(walk.project, page.shown).lines
    assert line.relation is None


CHAPTERS = (
    make_a_model,
    place_codes_by_dragging,
    relate_by_dragging,
    judge_what_is_nearby,
    keep_what_was_not_found,
    compare_the_cases,
    set_a_level_by_dragging,
    judge_saturation_and_decide,
    tell_the_story,
    draw_a_map,
)


def test_a_theory_by_mouse_alone_and_back_to_its_start(open_study, qtbot) -> None:
    walk = Walk(open_study, qtbot)
    states = [walk.state()]
    for chapter in CHAPTERS:
        chapter(walk)
        states.append(walk.state())
    project, passed = walk.project, [states[-1]]
    while passed[-1] != states[0]:
        assert project.undo_label(), "the start was not reached"
        menu(walk, "edit", "undo")
        passed.append(walk.state())
        assert passed[-1] != passed[-2], "an undo that changes nothing"
    assert set(states) <= set(passed)
    for _each in passed[1:]:
        menu(walk, "edit", "redo")
    assert project.redo_label() is None
    assert walk.state() == passed[0]
