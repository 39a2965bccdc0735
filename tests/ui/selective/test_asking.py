"""The story line asks at the place of the cursor, and what can be done about it is one key away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding import axial, codes, memo_piles, memos, selective, theory
from qda.coding.story_text import Reference, parse

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def left_in():
    return "selective"


@pytest.fixture
def workspace(study):
    """Selective coding of a study with one coded passage, two categories and a relation."""
    from qda.coding import codebook, open_coding

    project = study.project
    source = codes_source(project)
    text = "Wir haben uns Zusagen geholt"
    from qda.coding import material

    start = material.text(project, source).index(text)
    open_coding.code_passage(project, source=source, start=start, stop=start + len(text), code="holen")
    for name in ("halten", "lassen"):
        codebook.add_code(project, name=name, kind="category")
    model = axial.add_model(project, name="Modell", phenomenon=guid(project, "holen"))
    axial.relate_codes(
        project,
        model=model,
        from_code=guid(project, "holen"),
        to_code=guid(project, "halten"),
        type="leads_to",
        statement="Zusagen halten zusammen",
    )
    study.show_workspace("selective")
    made = study.workspace("selective")
    made.line.setFocus()
    return made


def codes_source(project):
    from qda.coding import material

    return material.sources(project)[0].guid


def guid(project, name):
    return next(row.guid for row in codes.codes(project) if row.name == name)


def references(edit):
    return [(one.kind, one.words) for one in parse(edit.body) if isinstance(one, Reference)]


def to(edit, words):
    """Puts the cursor behind words."""
    cursor = edit.document().find(words)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionEnd())
    edit.setTextCursor(cursor)


def asked(workspace, edit):
    """What is asked at the cursor now."""
    workspace._ask(edit)
    return edit.question


def press(workspace, name):
    """Presses an act of the question by the keyboard alone."""
    workspace.answer_question()
    strip = workspace._last.strip
    at = next(at for at, button in enumerate(strip.buttons) if button.objectName() == name)
    for _step in range(at):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert QApplication.focusWidget() is strip.buttons[at]
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Space)


def test_a_reference_is_completed_as_one_types_even_with_a_slip(workspace):
    edit = workspace.line
    QTest.keyClicks(edit, "Sie @haltn")
    assert edit.completion.list.choice.words == "halten"
    QTest.keyClick(edit, Key.Key_Tab)
    QTest.keyClicks(edit, " es")
    assert edit.body == f"Sie [halten](code:{guid(workspace._desk.project, 'halten')}) es"


def test_a_relation_is_found_by_its_words_and_by_its_number(workspace):
    edit = workspace.line
    for typed in ("#zusammen", "#1"):
        edit.show_other("")
        QTest.keyClicks(edit, typed)
        QTest.keyClick(edit, Key.Key_Return)
        assert references(edit) == [("relation", "Relation 1")]


def test_the_arrow_keys_turn_to_another_row_and_a_blank_leaves_the_sign(workspace):
    edit = workspace.line
    QTest.keyClicks(edit, "@")
    first = edit.completion.list.key
    QTest.keyClick(edit, Key.Key_Down)
    assert edit.completion.list.key != first
    QTest.keyClicks(edit, " so")
    assert not edit.completion.isVisible()
    assert edit.body == "@ so"


def test_words_that_are_no_passage_yet_become_one_when_they_are_quoted(workspace):
    edit, project = workspace.line, workspace._desk.project
    QTest.keyClicks(edit, ">Ruhe")
    QTest.keyClick(edit, Key.Key_Return)
    edit.flush()
    (quotation,) = [one for one in parse(theory.story(project, "story_line")) if isinstance(one, Reference)]
    assert (quotation.kind, quotation.words) == ("segment", "“Ruhe.”")
    assert ":" not in quotation.target
    assert edit.body == theory.story(project, "story_line")
    assert "Wording as in the source." in edit.toPlainText()


def test_a_typed_quotation_is_found_and_offered(workspace):
    edit = workspace.line
    edit.insertPlainText("Er sagt: „wir haben uns Zusagen geholt“ und lacht.")
    to(edit, "Zusagen")
    assert asked(workspace, edit).words == "These words stand in Interview A, para. 2."
    press(workspace, "make_quotation")
    assert references(edit) == [("segment", "„wir haben uns Zusagen geholt“")]
    assert "(Interview A, para. 2)" in edit.toPlainText()


def test_words_that_nobody_said_are_told(workspace):
    edit = workspace.line
    edit.insertPlainText("Er sagt: „wir haben uns Zusagen gekauft“ und lacht.")
    to(edit, "gekauft")
    assert asked(workspace, edit).words == "These words in quotation marks stand nowhere in the material."
    assert asked(workspace, edit).deeds == ()


def test_a_quotation_that_differs_says_what_and_takes_the_wording_of_the_source(workspace):
    edit, project = workspace.line, workspace._desk.project
    passage = codes.codings(project)[0].segment.guid
    edit.show_other(f"[„Wir haben uns Zusagen gekauft“](segment:{passage})")
    edit.follow()
    to(edit, "gekauft")
    question = asked(workspace, edit)
    assert (question.words, question.amiss) == ("The source has “geholt”, not “gekauft”.", True)
    press(workspace, "mend_quotation")
    assert references(edit) == [("segment", "„Wir haben uns Zusagen geholt“")]
    assert asked(workspace, edit) is None


def test_a_claim_is_asked_about_until_it_refers_to_a_relation(workspace):
    edit = workspace.line
    edit.insertPlainText("Zusagen halten alles zusammen. Danach kam Ruhe auf.")
    to(edit, "alles")
    assert asked(workspace, edit).words == "For this sentence a relation is missing."
    press(workspace, "claim_refer")
    QTest.keyClicks(edit, "1")
    QTest.keyClick(edit, Key.Key_Return)
    assert edit.body.startswith("Zusagen halten alles zusammen [Relation 1](relation:")
    to(edit, "alles")
    assert asked(workspace, edit) is None
    to(edit, "Danach")
    assert asked(workspace, edit) is not None


def test_a_relation_made_for_a_claim_is_referred_to_in_it(workspace, qtbot):
    from qda.ui.axial.dialogs import RelationDialog

    edit, project = workspace.line, workspace._desk.project
    holen, halten = guid(project, "holen"), guid(project, "halten")
    edit.put_text(f"[Holen](code:{holen}) wird zum [Halten](code:{halten}).")
    to(edit, "wird")
    asked(workspace, edit)
    press(workspace, "claim_make")
    dialog = workspace.findChild(RelationDialog)
    assert dialog is not None
    dialog.statement.setText("Wer holt, hält")
    QTest.keyClick(dialog.statement, Key.Key_Return, Mod.ControlModifier)
    if dialog.isVisible():
        dialog.accept()
    made = next(row for row in theory.relations(project) if row.number == 2)
    assert (made.from_code, made.to_code) == (holen, halten)
    assert edit.body.endswith(f" ([Relation 2](relation:{made.guid})).")
    assert "(Relation 2)." in edit.toPlainText() or "(Relation 2: " in edit.toPlainText()


def test_passages_are_looked_for_by_the_codes_of_a_claim(workspace):
    from qda.ui.axial.choices import Chooser

    edit, project = workspace.line, workspace._desk.project
    edit.show_other(f"Erst kommt [das Holen](code:{guid(project, 'holen')}). Dann anderes.")
    to(edit, "kommt")
    asked(workspace, edit)
    press(workspace, "claim_passages")
    chooser = workspace.findChild(Chooser)
    assert [row.words for row in chooser.list.choices.rows] == ["“Wir haben uns Zusagen geholt”"]
    QTest.keyClick(chooser.field, Key.Key_Return)
    assert references(edit)[1] == ("segment", "“Wir haben uns Zusagen geholt”")
    assert edit.toPlainText().startswith("Erst kommt das Holen. “Wir haben uns Zusagen geholt” (Interview A")


def test_claims_are_asked_about_at_will_and_the_study_remembers(workspace):
    edit = workspace.line
    edit.insertPlainText("Zusagen halten alles zusammen.")
    QTest.mouseClick(workspace.claims, Qt.MouseButton.LeftButton)
    assert not edit.asks_claims
    assert asked(workspace, edit) is None
    assert workspace._desk.project.setting("story-claims") == "off"


def test_escape_leads_from_the_question_back_to_the_word(workspace):
    edit = workspace.line
    edit.insertPlainText("Zusagen halten alles zusammen.")
    to(edit, "alles")
    asked(workspace, edit)
    workspace.answer_question()
    assert edit.strip.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert QApplication.focusWidget() is edit
    assert edit.textCursor().position() == len("Zusagen halten alles")


def test_a_sign_and_a_blank_make_a_heading_and_backspace_ends_it(workspace):
    edit = workspace.line
    QTest.keyClicks(edit, "# Geliehen")
    QTest.keyClick(edit, Key.Key_Return)
    QTest.keyClicks(edit, "Text")
    assert edit.body == "# Geliehen\nText"
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(edit, Key.Key_Backspace)
    assert edit.body == "Geliehen\nText"


def test_a_memo_goes_into_the_story_by_key_as_reference_and_as_words(workspace):
    project = workspace._desk.project
    memo = memos.write_memo(project, kind="theoretical", title="Leihen", body="Es gehört einem anderen.")
    workspace.show_beside("memos")
    assert QApplication.focusWidget() is workspace.memos.list
    QTest.keyClick(workspace.memos.list, Key.Key_Return, Mod.ControlModifier)
    assert workspace.line.body == f"[Leihen](memo:{memo})"
    workspace.memos.list.setFocus()
    QTest.keyClick(workspace.memos.list, Key.Key_Return, Mod.ControlModifier | Mod.ShiftModifier)
    assert workspace.line.body == f"[Leihen](memo:{memo})Es gehört einem anderen."


def test_a_private_memo_stays_out_of_the_story(workspace):
    project = workspace._desk.project
    memo = memos.write_memo(project, kind="theoretical", title="Geheim", body="Nichts.", private=True)
    workspace.show_beside("memos")
    QTest.keyClick(workspace.memos.list, Key.Key_Return, Mod.ControlModifier)
    assert workspace.line.body == ""
    refused = []
    workspace._desk.refused.connect(refused.append)
    workspace.line.refer_to_memo(memo)
    assert (workspace.line.body, len(refused)) == ("", 1)


def test_memos_are_read_by_pile_in_its_order(workspace):
    project = workspace._desk.project
    made = [memos.write_memo(project, kind="diary", title=title, body="…") for title in "ABC"]
    pile = memo_piles.new_memo_pile(project, name="Stapel")
    for memo in (made[1], made[0]):
        memo_piles.put_memo(project, pile=pile, memo=memo)
    workspace.show_beside("memos")
    kind = workspace.memos.kind
    kind.setCurrentIndex(kind.findText("Stapel"))
    assert [workspace.memos.list.item(at).text() for at in range(workspace.memos.list.count())] == ["B", "A"]


def test_an_older_version_is_looked_at_and_made_the_text_again(workspace):
    project = workspace._desk.project
    clock = project.clock
    from datetime import timedelta

    selective.write_story(project, kind="story_line", body="Erst dies")
    project.clock = lambda: clock() + timedelta(hours=2)
    selective.write_story(project, kind="story_line", body="Nun jenes")
    assert workspace.version.text() == "Version 2"
    workspace.version.click()
    page = workspace.front.part
    assert page.text.toPlainText() == "Nun jenes"
    assert not page.back.isEnabled()
    QTest.keyClick(page.list, Key.Key_Down)
    assert page.text.toPlainText() == "Erst dies"
    page.back.click()
    assert workspace.line.body == "Erst dies"
    assert workspace.front.part is None


def test_the_author_answers_on_the_core_category_and_undo_takes_it_back(workspace):
    project = workspace._desk.project
    selective.choose_core(project, code=guid(project, "halten"))
    link, field = workspace.panel.answers["core:abstract"]
    link.click()
    QTest.keyClicks(field, "Tausch")
    field.flush()
    assert selective.core_answers(project) == {"core:abstract": "Tausch"}
    assert link.text() == "Answered"
    workspace._desk.undo()
    assert selective.core_answers(project) == {}
    assert field.toPlainText() == ""


def test_what_is_not_yet_linked_leads_to_its_sheet(workspace):
    project = workspace._desk.project
    selective.choose_core(project, code=guid(project, "halten"))
    panel = workspace.panel
    assert [row.words for row in panel.apart.choices.rows] == ["lassen"]
    told = []
    workspace._desk.code_chosen.connect(told.append)
    panel.apart.setFocus()
    panel.apart.setCurrentIndex(panel.apart.choices.index(0))
    QTest.keyClick(panel.apart, Key.Key_Return)
    assert told == [guid(project, "lassen")]


def test_hidden_frequencies_are_not_in_the_story(workspace):
    from qda.coding import evidence, sheet

    project = workspace._desk.project
    relation = theory.relations(project)[0].guid
    passage = codes.codings(project)[0].segment.guid
    evidence.add_evidence(project, relation=relation, segments=[passage], polarity="contradicting")
    workspace.line.put_text(f"[R1](relation:{relation})")
    assert "1 against" in workspace.line.toPlainText()
    sheet.set_frequencies_hidden(project, hidden=True)
    assert "1 against" not in workspace.line.toPlainText()
