"""From codes to a theory by keyboard alone, in German; then all of it undone, and done again."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from qda.coding import code_maps, material, question_answers, sampling, theory
from qda.coding.candidate_context import passed_over
from qda.coding.comparison_cells import cells
from qda.coding.model_versions import versions
from qda.coding.saturation_judgements import judgements
from qda.coding.story_text import Reference, parse
from tests.acceptance.desk import ALT, CTRL, SHIFT, Key, focus, press, settle, tab_to, write
from tests.acceptance.theory_study import Walk, german, open_study

__all__ = ["german", "open_study"]
STATEMENT = "Wer anruft, hält die Vereine."


def keys_in_menu(*keys: Key) -> None:
    """Keys for a menu that holds the event loop while it is open, one after the other."""
    left = list(keys)

    def next_key() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        key = left.pop(0)
        if left:
            QTimer.singleShot(20, next_key)
        QTest.keyClick(menu, key)

    QTimer.singleShot(20, next_key)


def rows(words: str) -> list[str]:
    """What the list that is asked for shows."""
    return [row.words for row in focus().window().list.choices.rows if words in row.words]


# -- the model ----------------------------------------------------------------------------------------------


def make_a_model(walk: Walk) -> None:
    press(Key.Key_3, ALT)
    assert focus().objectName() == "first_model"
    press(Key.Key_Space)
    write("Netz halten")
    press(Key.Key_Return)
    assert focus().objectName() == "choose_phenomenon"
    press(Key.Key_Space)
    write("zusammen")
    press(Key.Key_Return)
    (model,) = theory.models(walk.project)
    assert (model.name, model.template, model.phenomenon_name) == ("Netz halten", "hajji", "Zusammenhalten")


def place_codes(walk: Walk) -> None:
    board = walk.axial.board.view
    walk.until(lambda: focus() is board)
    for name, slot in (("Anrufen", Key.Key_2), ("Vereine bleiben", Key.Key_3)):
        tab_to("unplaced")
        press(Key.Key_Home)
        for _each in range([row.words for row in focus().choices.rows].index(name)):
            press(Key.Key_Down)
        press(slot, CTRL)
    walk.run("Kode einord")
    write("Geld")
    press(Key.Key_Return)
    write("Kontext")
    press(Key.Key_Return)
    press(Key.Key_3, ALT)
    assert focus() is board
    press(Key.Key_L)
    press(Key.Key_7)
    placed = {row.code_name: (row.slot_key, row.level) for row in theory.placements(walk.project)}
    assert placed == {
        "Anrufen": ("strategies", ""),
        "Vereine bleiben": ("consequences", ""),
        "Geld vom Land": ("conditions", "state"),
    }


def relate_two_codes(walk: Walk) -> None:
    press(Key.Key_Right)
    press(Key.Key_B)
    press(Key.Key_Right)
    press(Key.Key_Return)
    assert focus().objectName() == "relation_type"
    press(Key.Key_6)
    write(STATEMENT)
    press(Key.Key_Return)
    (made,) = theory.relations(walk.project)
    assert (made.from_name, made.type, made.to_name) == ("Anrufen", "leads_to", "Vereine bleiben")
    assert made.statement == STATEMENT
    assert focus() is walk.axial.board.view
    assert "noch kein Beleg" in focus().accessibleName()


def pieces(walk: Walk, number: int = 1) -> list[tuple[str, str, int]]:
    relation = next(row for row in theory.relations(walk.project) if row.number == number)
    found = theory.evidence(walk.project, relation.guid)
    return [(row.polarity, row.kind, len(row.segments)) for row in found]


def judge_what_is_nearby(walk: Walk) -> None:
    near = walk.axial.page.adding.near
    walk.until(lambda: near.total == 6)
    first = near.current[0].segments
    press(Key.Key_W)  # what may contradict comes first
    assert pieces(walk) == [("contradicting", "spoken", len(first))]
    walk.until(lambda: near.total == 5)
    assert "noch kein Beleg" not in walk.axial.board.view.accessibleName()
    press(Key.Key_F9)
    assert focus().objectName() == "passage_card"
    press(Key.Key_K)
    press(Key.Key_E)
    walk.until(lambda: near.total == 4)
    press(Key.Key_U)
    walk.until(lambda: near.total == 3)
    assert len(passed_over(walk.project, theory.relations(walk.project)[0].guid)) >= 1
    press(Key.Key_S)
    walk.until(lambda: near.total == 2)
    assert sorted(pieces(walk)) == [
        ("contradicting", "spoken", 2),
        ("qualifying", "inferred", 2),
        ("supporting", "inferred", 2),
    ]
    press(Key.Key_Escape)
    assert focus() is walk.axial.board.view


def keep_what_was_not_found(walk: Walk) -> None:
    walk.run("Gegenbelege gesucht")
    assert focus().objectName() == "search_note"
    write("nach den Anrufen gefragt")
    press(Key.Key_Tab, SHIFT)
    assert focus().objectName() == "search_case"
    write("C")
    press(Key.Key_Return)
    (kept,) = theory.counter_searches(walk.project)
    assert (kept.case_name, kept.note) == ("C", "nach den Anrufen gefragt")


def say_when_it_holds(walk: Walk) -> None:
    for kind, words in ((Key.Key_K, "Geld"), (Key.Key_W, "solange jemand anruft")):
        walk.run("gilt, wenn")
        press(kind)
        write(words)
        press(Key.Key_Return)
        assert focus() is walk.axial.board.view
    walk.run("Beziehung: modifiziert")
    (relation,) = theory.relations(walk.project)
    held = [(one.code, one.text) for one in relation.conditions]
    assert held == [(walk.guid("Geld vom Land"), ""), (None, "solange jemand anruft")]
    assert relation.status == "modified"


def keep_a_version_and_see_what_changed(walk: Walk) -> None:
    walk.run("als Stand festhalten")
    write("vor Fall C")
    press(Key.Key_Return)
    assert [row.name for row in versions(walk.project, walk.axial.model.guid)] == ["vor Fall C"]
    board = walk.axial.board
    assert focus() is board.view
    press(Key.Key_Left)
    press(Key.Key_Left)
    press(Key.Key_B)
    press(Key.Key_Return)
    press(Key.Key_2)
    write("Geld macht Anrufe möglich.")
    press(Key.Key_Return)
    second = theory.relations(walk.project)[1]
    assert (second.from_name, second.type, second.to_name) == ("Geld vom Land", "context_of", "Anrufen")
    tab_to("model_versions")
    keys_in_menu(Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Return)
    press(Key.Key_Space)
    walk.until(lambda: walk.axial.front.part is not None)
    dates = walk.axial.front.part.dates
    walk.until(lambda: dates.summary.text() == "1 Unterschied")
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert walk.axial.front.part is None
    assert focus() is board.view


# -- cases, levels ------------------------------------------------------------------------------------------


def compare_the_cases(walk: Walk) -> None:
    press(Key.Key_C, CTRL | ALT | SHIFT)
    page = walk.axial.front.part
    walk.until(lambda: page.read is not None and focus() is page.table)
    press(Key.Key_Home, CTRL)
    for _each in range(3):
        press(Key.Key_Down)
    press(Key.Key_Q)
    write("Blumen")
    press(Key.Key_Return)
    walk.until(lambda: cells(walk.project))
    press(Key.Key_F2)
    assert focus().objectName() == "summary"
    write("A hält durch Räume: ")
    press(Key.Key_R, CTRL)
    settle()
    write("Raum")
    press(Key.Key_Return)
    assert focus().objectName() == "summary"
    write("– und C?")
    press(Key.Key_Return, CTRL)
    (cell,) = cells(walk.project).values()
    assert cell.case == walk.case("A")
    assert cell.segment
    assert cell.body.startswith("A hält durch Räume: [Interview A, Abs. 4](segment:")
    assert cell.body.endswith(") – und C?")
    assert focus() is page.table
    press(Key.Key_Escape)
    assert focus() is walk.axial.board.view


def follow_a_path_outwards(walk: Walk) -> None:
    press(Key.Key_N, CTRL | ALT | SHIFT)
    page = walk.axial.front.part
    walk.until(lambda: focus() is page.rings)
    while "Anrufen" not in page.rings.accessibleName():
        press(Key.Key_Right)
    press(Key.Key_L)
    write("Netz")
    press(Key.Key_Return)
    levels = {row.code_name: row.level for row in theory.placements(walk.project)}
    assert levels["Anrufen"] == "network"
    assert focus() is page.rings
    press(Key.Key_Escape)
    press(Key.Key_2, ALT)
    view = walk.window.workspace("open").pane.view
    walk.until(lambda: focus() is view)
    press(Key.Key_Home, CTRL)
    press(Key.Key_F8)
    walk.run("Pfad von dieser")
    assert focus().objectName() == "level_path"
    assert [step.name for step in page.steps] == ["Anrufen", "Geld vom Land"]
    press(Key.Key_Escape)
    assert focus() is walk.axial.board.view


# -- questions, saturation, sampling ------------------------------------------------------------------------


def answer_questions(walk: Walk) -> None:
    press(Key.Key_A, CTRL | ALT)
    tree = focus()
    assert tree.objectName() == "questions_tree"
    press(Key.Key_Home)
    press(Key.Key_Right)
    walk.until(lambda: tree.rows.groups[0].below)
    press(Key.Key_Down)
    assert tree.current.title == "Welche Beziehung hat noch keinen Beleg?"
    press(Key.Key_Right)
    press(Key.Key_Down)
    press(Key.Key_F2)
    write("Danach wird noch gesucht.")
    press(Key.Key_Return, CTRL)
    (answer,) = question_answers.answers(walk.project, "1")
    assert (answer.target_name, answer.body) == ("R2", "Danach wird noch gesucht.")
    assert focus() is tree
    press(Key.Key_Escape)
    assert focus() is walk.axial.board.view
    press(Key.Key_U, CTRL | ALT)
    assert focus().objectName() == "audit_questions"
    press(Key.Key_Return)
    write("Drei Fälle, die sich unterscheiden.")
    press(Key.Key_Escape)
    assert focus().objectName() == "audit_questions"
    bodies = [row.body for row in question_answers.answers(walk.project)]
    assert "Drei Fälle, die sich unterscheiden." in bodies
    press(Key.Key_Escape)
    assert focus() is walk.axial.board.view


def judge_saturation(walk: Walk) -> None:
    press(Key.Key_Y, CTRL | ALT | SHIFT)
    page = walk.selective.front.part
    walk.until(lambda: page.table.grid.rows and focus() is page.table)
    press(Key.Key_2)
    assert focus().objectName() == "judgement_reason"
    write("nur zwei Ausprägungen")
    press(Key.Key_Return)
    (judged,) = judgements(walk.project)
    assert (judged.state, judged.reason) == ("provisional", "nur zwei Ausprägungen")
    assert focus() is page.table
    settle()
    walk.until(lambda: page.gaps.list.choices.rows)
    tab_to("gaps")
    press(Key.Key_D)


def decide_on_the_next_case(walk: Walk) -> None:
    page = walk.selective.front.part
    walk.until(lambda: focus().objectName() == "decision_sought")
    write("Ein Verein, der ging")
    tab_to("target_new")
    press(Key.Key_Space)
    write("D")
    press(Key.Key_Return)
    (decision,) = sampling.decisions(walk.project)
    assert decision.gap.startswith("Anrufen: ")
    assert decision.sought == "Ein Verein, der ging"
    assert [target.name for target in decision.targets] == ["D"]
    assert [row.name for row in material.cases(walk.project)] == ["A", "B", "C", "D"]
    assert page.isVisible()
    press(Key.Key_Escape)
    assert walk.selective.front.part is None


# -- core category, map, reports ----------------------------------------------------------------------------


def tell_the_story(walk: Walk) -> None:
    assert focus().objectName() == "choose_core"
    press(Key.Key_Space)
    write("Zusammen")
    press(Key.Key_Return)
    assert theory.core(walk.project).code == walk.guid("Zusammenhalten")
    tab_to("story_line")
    write("Die Koordinatorin hält durch @Anru")
    press(Key.Key_Return)
    write(" die Vereine (#Wer")
    press(Key.Key_Return)
    write("). Eine sagt: >Blumen")
    press(Key.Key_Return)
    walk.selective.line.flush()
    told = theory.story(walk.project, "story_line")
    references = [part for part in parse(told) if isinstance(part, Reference)]
    assert [(one.kind, one.words) for one in references] == [
        ("code", "Anrufen"),
        ("relation", "Beziehung 1"),
        ("segment", "„Blumen allein wollten sie nicht.“"),
    ]
    assert "(Interview A, Abs. 4)" in walk.selective.line.toPlainText()
    assert focus() is walk.selective.line


def draw_a_map(walk: Walk) -> None:
    press(Key.Key_P, CTRL | ALT | SHIFT)
    page = walk.axial.front.part
    assert focus().objectName() == "first_map"
    press(Key.Key_Space)
    write("Skizze")
    press(Key.Key_Return)
    walk.until(lambda: focus() is page.panel.field)
    for words in ("Anrufen", "Vereine"):
        press(Key.Key_A, CTRL)
        write(words)
        walk.until(lambda words=words: page.panel.found.choices.rows[:1] and first(page).startswith(words))
        press(Key.Key_Return)
        settle()
    tab_to("map_view")
    for line in (0, 1):  # the relation there is, then a plain line
        press(Key.Key_B)
        press(Key.Key_Return)
        settle()
        assert rows("Einfache Linie")
        assert bool(rows("führt zu")) == (not line)
        press(Key.Key_Return)
        assert focus().objectName() == "map_view"
    drawn = code_maps.drawn_map(walk.project, page.shown)
    assert [one.relation is not None for one in drawn.lines] == [True, False]
    assert len(drawn.items) == 2
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert focus() is walk.axial.board.view


def first(page) -> str:
    return page.panel.found.choices.rows[0].words


REPORTS = (
    ("Kodierparadigma als B", "paradigm", "Wer anruft, hält die Vereine"),
    ("Fallvergleich", "cases", "A hält durch Räume"),
    ("Prüfbogen als Bericht", "audit", "Drei Fälle, die sich unterscheiden"),
    ("Sättigung als Bericht", "saturation", "nur zwei Ausprägungen"),
    ("Genese als Bericht", "genesis", "vor Fall C"),
)


def chosen_entry() -> str:
    """The entry of the palette that Enter would run."""
    shown = focus().window().list
    return shown.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)


def write_reports(walk: Walk, folder: Path) -> None:
    from docx import Document

    for words, name, found in REPORTS:
        if name == "cases":  # the page has the same name, and comes first
            press(Key.Key_K, CTRL)
            write(words)
            while "Bericht" not in chosen_entry():
                press(Key.Key_Down)
            press(Key.Key_Return)
        else:
            walk.run(words)
        reports = walk.window.workspace("reports")
        walk.until(lambda reports=reports, name=name: reports.list.name == name and not reports.busy)
        walk.until(lambda reports=reports: reports._ready is not None)
        walk.until(reports.foot.save_button.isEnabled)
        path = folder / f"{name}.docx"
        press(Key.Key_S, CTRL | SHIFT)
        dialog = walk.window.findChild(QFileDialog, "save_report_dialog")
        field = dialog.focusWidget()
        assert field is not None
        press(Key.Key_A, CTRL)
        write(str(path))
        press(Key.Key_Return)
        walk.until(path.exists)
        walk.until(lambda reports=reports: not reports.busy)
        document = Document(str(path))
        texts = [one.text for one in document.paragraphs]
        texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert any(found in text for text in texts), name


CHAPTERS = (
    make_a_model,
    place_codes,
    relate_two_codes,
    judge_what_is_nearby,
    keep_what_was_not_found,
    say_when_it_holds,
    keep_a_version_and_see_what_changed,
    compare_the_cases,
    follow_a_path_outwards,
    answer_questions,
    judge_saturation,
    decide_on_the_next_case,
    tell_the_story,
    draw_a_map,
)


def test_a_theory_by_keyboard_alone_and_back_to_its_start(open_study, qtbot, tmp_path) -> None:
    walk = Walk(open_study, qtbot)
    states = [walk.state()]
    for chapter in CHAPTERS:
        chapter(walk)
        states.append(walk.state())
    write_reports(walk, tmp_path)
    assert walk.state() == states[-1], "a report changes nothing"
    project, passed = walk.project, [states[-1]]
    while passed[-1] != states[0]:
        assert project.undo_label(), "the start was not reached"
        press(Key.Key_Z, CTRL)
        passed.append(walk.state())
        assert passed[-1] != passed[-2], "an undo that changes nothing"
    assert set(states) <= set(passed)
    for _each in passed[1:]:
        press(Key.Key_Z, CTRL | SHIFT)
    assert project.redo_label() is None
    assert walk.state() == passed[0]
