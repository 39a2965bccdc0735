"""Suggestions in the real window: seen, read, taken, passed, undone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.coding import codes, reading
from qda.coding.origins import SUGGESTION
from qda.suggest import events
from qda.suggest.phrases.wordlists import word_lists
from qda.ui.suggesting import warming
from qda.ui.suggesting.asking import WARM_AFTER_MS, Asking
from qda.ui.suggesting.offers import PHRASES
from qda.ui.suggesting.setting import SuggestionsDialog
from qda.ui.suggesting.switch import set_when, shown_for, when
from qda.ui.transcript.code_list import Kind, pass_place, reason_place
from tests.ui.open_coding.hands import LEFT, Key, Mod

PASSAGE = "Ich rufe den Amtsleiter an und habe die Zusage auf dem kurzen Dienstweg."
OTHER = "Der Kreistag hat einen Beschluss, die Honorare stehen im Protokoll."


def offered(suggesting):
    return [row.name for row in suggesting.rows(Kind.SUGGESTION) if row.guid]


def outcomes(suggesting):
    return {row.name: row.outcome for row in events.events(suggesting.project)}


def test_see_the_suggestions_read_the_reason_accept_and_undo_the_ranks_return(suggesting):
    suggesting.open_field(PASSAGE)
    before = offered(suggesting)
    assert before[0] == "auf Zuruf regeln"
    assert len(before) <= 3
    assert suggesting.field.current.name == before[0]
    assert "Interview A" in suggesting.field.current.below
    suggesting.press(Key.Key_Right)
    QTest.qWait(30)
    assert not suggesting.field.isVisible()
    assert "Amtsleiter" in suggesting.selected
    assert "Zusage" in suggesting.selected
    assert suggesting.pane.bar.title.text() == "Interview A"
    suggesting.press(Key.Key_Escape)
    QTest.qWait(30)
    assert suggesting.pane.bar.title.text() == "Interview B"
    assert suggesting.selected == PASSAGE
    assert offered(suggesting) == before
    assert suggesting.field.current.name == before[0]
    suggesting.press(Key.Key_Return)
    QTest.qWait(30)
    assert ("auf Zuruf regeln", PASSAGE) in suggesting.coded()
    assert codes.origins(suggesting.project)[SUGGESTION] == 1
    assert outcomes(suggesting)["auf Zuruf regeln"] == "taken"
    suggesting.open_field(PASSAGE)
    assert "auf Zuruf regeln" not in offered(suggesting)  # the passage has it
    suggesting.press(Key.Key_Escape)
    suggesting.desk.undo()
    QTest.qWait(30)
    suggesting.open_field(PASSAGE)
    assert offered(suggesting) == before
    assert SUGGESTION not in codes.origins(suggesting.project)


def test_a_code_given_once_more_is_known_at_the_next_question(suggesting):
    third = "Der Fahrer wartet mit dem Bus auf die Kinder."
    suggesting.open_field(third)
    assert "abholen" not in offered(suggesting)
    suggesting.press(Key.Key_Escape)
    suggesting.code("Der Bus fährt um sechs, der Fahrer wartet auf die Kinder.", "abholen")
    suggesting.code("Um sechs wartet der Fahrer mit dem Bus, bis die Kinder kommen.", "abholen")
    suggesting.open_field(third)
    assert offered(suggesting)[0] == "abholen"


def test_delete_passes_a_suggestion_for_this_passage_alone(suggesting):
    suggesting.open_field(PASSAGE)
    suggesting.press(Key.Key_Delete)
    assert "auf Zuruf regeln" not in offered(suggesting)
    suggesting.press(Key.Key_Escape)
    QTest.qWait(30)
    assert outcomes(suggesting)["auf Zuruf regeln"] == "passed"
    suggesting.open_field(PASSAGE)
    assert "auf Zuruf regeln" not in offered(suggesting)
    assert "auf Zuruf regeln" in _names(suggesting, Kind.CODE)
    suggesting.press(Key.Key_Escape)
    suggesting.open_field(OTHER)
    assert offered(suggesting)[0] == "verschriftlichen"


def _names(suggesting, kind):
    return [row.name for row in suggesting.rows(kind)]


def test_by_mouse_alone_a_reason_is_read_and_a_suggestion_passed(suggesting):
    suggesting.open_field(PASSAGE)
    field = suggesting.field
    row = field.list.visualRect(field.list.currentIndex())
    QTest.mouseClick(field.list.viewport(), LEFT, Mod.NoModifier, reason_place(row).center())
    QTest.qWait(30)
    assert suggesting.pane.bar.title.text() == "Interview A"
    panel = suggesting.window.findChild(object, "suggestion_reason")
    QTest.mouseClick(panel.back, LEFT)
    QTest.qWait(30)
    assert field.isVisible()
    row = field.list.visualRect(field.list.currentIndex())
    QTest.mouseClick(field.list.viewport(), LEFT, Mod.NoModifier, pass_place(row).center())
    assert "auf Zuruf regeln" not in offered(suggesting)
    assert field.isVisible()


def test_another_code_given_is_kept_as_such_and_the_coding_is_by_hand(suggesting):
    suggesting.open_field(PASSAGE)
    suggesting.type("Telefon")
    suggesting.press(Key.Key_Return, Mod.AltModifier)
    QTest.qWait(30)
    assert outcomes(suggesting)["auf Zuruf regeln"] == "changed"
    assert SUGGESTION not in codes.origins(suggesting.project)


def test_a_suggested_name_makes_a_code_and_one_in_the_own_words_is_in_vivo(suggesting):
    suggesting.open_field(PASSAGE)
    new = [row for row in suggesting.rows(Kind.SUGGESTION) if not row.guid]
    assert 0 < len(new) <= 3
    assert {row.beside for row in new} == {"new"}
    suggesting.field.light(new[0].name)
    suggesting.press(Key.Key_Return)
    QTest.qWait(30)
    made = next(code for code in codes.codes(suggesting.project) if code.name == new[0].name)
    assert made.origin == ("in-vivo" if new[0].in_vivo else "open")
    assert codes.origins(suggesting.project)[SUGGESTION] == 1


def test_a_name_is_kept_with_the_version_of_the_lists_that_formed_it(suggesting):
    suggesting.open_field(PASSAGE)
    suggesting.press(Key.Key_Escape)
    QTest.qWait(30)
    kept = [row for row in events.events(suggesting.project) if row.engine == PHRASES]
    assert kept
    assert {row.version for row in kept} == {word_lists("de").version}


def test_a_suggestion_whose_coding_was_refused_was_shown_but_not_taken(suggesting):
    suggesting.open_field(PASSAGE)
    suggesting.desk.hold("A text is being edited.")
    suggesting.press(Key.Key_Return)
    QTest.qWait(30)
    suggesting.desk.release()
    assert ("auf Zuruf regeln", PASSAGE) not in suggesting.coded()
    assert set(outcomes(suggesting).values()) == {"shown"}


def test_the_engine_is_ready_before_anybody_asks_it(suggesting):
    asking = Asking.of(suggesting.desk)
    asking.warm(suggesting.source)
    for _turn in range(600):
        QTest.qWait(10)
        if asking.ready and not asking.busy:
            break
    assert asking.ready
    assert events.events(suggesting.project) == []


def test_nothing_is_made_ready_for_a_text_without_suggestions(suggesting):
    asking = Asking.of(suggesting.desk)
    set_when(suggesting.project, "off")
    QTest.qWait(WARM_AFTER_MS + 200)
    suggesting.answered()
    assert not asking.ready


def test_a_study_too_large_for_the_engine_still_gets_names(suggesting, monkeypatch):
    monkeypatch.setattr(warming, "MOST_CODINGS", 3)
    suggesting.open_field(PASSAGE)
    assert offered(suggesting) == []
    assert suggesting.rows(Kind.SUGGESTION)


def test_what_comes_late_shifts_nothing_once_one_has_typed(suggesting):
    suggesting.select(PASSAGE)
    suggesting.run("code")
    assert offered(suggesting) == []
    suggesting.type("Fes")
    before = suggesting.field.model.rows
    suggesting.answered()
    assert suggesting.field.model.rows == before
    suggesting.press(Key.Key_Escape)
    QTest.qWait(30)
    assert events.events(suggesting.project) == []  # nobody saw any


def test_what_comes_late_leaves_the_lit_row_lit(suggesting):
    suggesting.select(PASSAGE)
    suggesting.run("code")
    lit = suggesting.field.current
    suggesting.answered()
    assert offered(suggesting)
    assert suggesting.field.current.guid == lit.guid
    assert suggesting.field.current.kind is Kind.CODE


def test_there_are_none_before_the_first_reading_and_the_setting_says_why(suggesting, qtbot):
    set_when(suggesting.project, "after-reading")
    suggesting.open_field(PASSAGE)
    assert offered(suggesting) == []
    suggesting.press(Key.Key_Escape)
    suggesting.run("suggestions")
    dialog = suggesting.window.findChild(SuggestionsDialog)
    unread = "In “Interview B” there are none yet: 5 turns are neither read nor coded."
    assert dialog.here.text() == unread
    QTest.mouseClick(dialog.choices["on"], Qt.MouseButton.LeftButton)
    assert dialog.here.text() == "In “Interview B” they are shown now."
    QTest.mouseClick(dialog.choices["after-reading"], Qt.MouseButton.LeftButton)
    assert dialog.here.text() == unread
    dialog.reject()
    QTest.qWait(0)
    starts = [row.start for row in suggesting.view.paragraphs()]
    assert reading.mark_seen(suggesting.project, source=suggesting.source, starts=starts)
    assert shown_for(suggesting.project, suggesting.source)
    suggesting.run("suggestions")
    dialog = next(one for one in suggesting.window.findChildren(SuggestionsDialog) if one.isVisible())
    assert dialog.choices["after-reading"].isChecked()
    assert dialog.here.text() == "In “Interview B” they are shown now."
    QTest.mouseClick(dialog.choices["off"], Qt.MouseButton.LeftButton)
    assert when(suggesting.project) == "off"
    assert not shown_for(suggesting.project, suggesting.source)
    assert not dialog.here.isVisible()
    dialog.reject()


def test_a_screen_reader_hears_that_it_is_a_suggestion_how_strong_and_why(suggesting):
    suggesting.open_field(PASSAGE)
    told = suggesting.field.line.accessibleDescription()
    assert told.startswith("suggestion: auf Zuruf regeln")
    assert "strong" in told or "weak" in told
    assert "like Interview A" in told


def test_the_declaration_counts_what_was_shown_taken_changed_and_passed(suggesting):
    from qda.reports.model import Table, walk
    from qda.reports.registry import build_report

    suggesting.open_field(PASSAGE)
    first = [row for row in suggesting.rows(Kind.SUGGESTION) if row.guid]
    suggesting.press(Key.Key_Return)  # the first one is taken
    suggesting.answered()
    suggesting.open_field(OTHER)
    second = [row for row in suggesting.rows(Kind.SUGGESTION) if row.guid]
    suggesting.press(Key.Key_Delete)  # the first one is passed, nothing is given
    suggesting.press(Key.Key_Escape)
    QTest.qWait(30)
    kept = [row for row in events.events(suggesting.project) if row.kind == "code"]
    assert len(kept) == len(first) + len(second)
    counts = [sum(row.outcome == one for row in kept) for one in ("taken", "changed", "passed")]
    assert counts == [1, len(first) - 1, len(second)]
    made = build_report("declaration", suggesting.project, {"language": "en"})
    (table,) = [one for one in walk(made.blocks) if isinstance(one, Table) and one.name == "Suggestions"]
    lines = [[entry.text for entry in row] for row in table.rows]
    told = [row[3:] for row in lines if row[0] == "existing codes for a passage"]
    summed = [sum(int(one) for one in column if one.isdigit()) for column in zip(*told, strict=True)]
    assert summed == [len(kept), *counts]
