"""Selecting and coding in the real window, each by keys and, where both are possible, with the mouse."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit

from qda.coding import codes
from qda.coding.documents import take_in
from qda.coding.memo_queries import memos
from qda.exchange.reading import draft_from_text
from qda.ui.transcript import mime
from tests.ui.open_coding.hands import LEFT, Hands, Key, Mod

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

TEXT = (
    "I: Wie kam es dazu?\n"
    "B: Wir haben uns Zusagen geholt, 🙂 auf dem kurzen Dienstweg. Das war so verabredet.\n"
    "B: Und danach kam nichts mehr.\n"
    "I: Und dann?\n"
    "B: Ruhe. Gar nichts."
)
CTRL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier


@pytest.fixture
def hands(study: "MainWindow") -> Hands:
    source = take_in(study.desk.project, draft=draft_from_text(TEXT), title="Interview B")
    study.show_workspace("open")
    made = Hands(study)
    made.pane.open_source(source, -1, -1)
    QTest.qWait(20)
    made.view.setFocus()
    return made


# -- selecting ----------------------------------------------------------------------------------------------


def test_keys_that_extend_take_whole_words(hands: Hands) -> None:
    hands.go("Zusagen")
    for _each in range(3):
        hands.press(Key.Key_Right, SHIFT)
    assert hands.selected == "Zusagen"


def test_the_mouse_takes_whole_words(hands: Hands) -> None:
    hands.sweep(hands.at("Zusagen", 2), hands.at("geholt", 3))
    assert hands.selected == "Zusagen geholt"


def test_a_key_lets_selections_end_at_the_very_sign_and_back(hands: Hands) -> None:
    hands.press(Key.Key_B, CTRL, ALT)
    hands.go("Zusagen")
    for _each in range(3):
        hands.press(Key.Key_Right, SHIFT)
    assert hands.selected == "Zus"
    hands.press(Key.Key_B, CTRL, ALT)
    assert hands.selected == "Zusagen"


def test_the_mouse_with_alt_takes_the_very_signs(hands: Hands) -> None:
    hands.sweep(hands.at("Dienstweg"), hands.at("Dienstweg", 6), ALT)
    assert hands.selected in ("Dienst", "Dienstw")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (Key.Key_W, "Das war so verabredet."),
        (Key.Key_P, TEXT.split("\n")[1][3:]),
        (Key.Key_T, TEXT.split("\n")[1][3:]),
        (Key.Key_A, TEXT[TEXT.index("Wir haben") : TEXT.index("\nI: Und dann")]),
    ],
    ids=["sentence", "paragraph", "turn", "answer"],
)
def test_a_key_takes_sentence_paragraph_turn_or_answer_and_asks_for_the_code(hands, key, words) -> None:
    hands.go("verabredet")
    hands.press(key, CTRL, SHIFT)
    assert hands.field.isVisible()
    hands.type("Weg")
    hands.press(Key.Key_Return)
    assert hands.coded() == [("Weg", words)]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("Code sentence", "Das war so verabredet."),
        ("Code paragraph", TEXT.split("\n")[1][3:]),
        ("Code turn", TEXT.split("\n")[1][3:]),
        ("Code answer", TEXT[TEXT.index("Wir haben") : TEXT.index("\nI: Und dann")]),
    ],
)
def test_the_menu_of_the_place_codes_sentence_paragraph_turn_or_answer(hands, entry, words) -> None:
    hands.choose(hands.menu_at("verabredet"), entry)
    hands.type("Weg")
    hands.press(Key.Key_Return)
    assert hands.coded() == [("Weg", words)]


# -- coding -------------------------------------------------------------------------------------------------


def test_several_codes_are_given_at_once_by_keys_and_taken_back_in_one_step(hands: Hands) -> None:
    hands.select("Zusagen geholt")
    hands.type("Absichern")
    hands.press(Key.Key_Return, CTRL)
    hands.type("Wege > kurz")
    hands.press(Key.Key_Return, CTRL)
    hands.type("Haltung")
    hands.press(Key.Key_Return)
    assert {code for code, _words in hands.coded()} == {"Absichern", "kurz", "Haltung"}
    assert hands.desk.coding
    hands.press(Key.Key_Z, CTRL)
    assert hands.coded() == []
    assert codes.codes(hands.project) == []


def test_several_codes_are_given_at_once_with_the_mouse(hands: Hands) -> None:
    for name in ("Absichern", "Wege"):
        hands.workspace.codes.acts.make(name)
    hands.sweep_words("Zusagen geholt")
    hands.choose(hands.menu_at("Zusagen"), "Code…")
    for _each in range(2):
        row = hands.field.list.visualRect(hands.field.model.index(0)).center()
        QTest.mouseClick(hands.field.list.viewport(), LEFT, CTRL, row)
    hands.click(hands.field.give)
    assert sorted(hands.coded()) == [("Absichern", "Zusagen geholt"), ("Wege", "Zusagen geholt")]


def test_codes_that_the_passage_has_are_ticked_and_given_again_they_join(hands: Hands) -> None:
    hands.code("Zusagen geholt", "Absichern")
    hands.select("Zusagen geholt")
    hands.press(Key.Key_Return)
    assert [row.name for row in hands.field.model.rows if row.given] == ["Absichern"]
    hands.type("Absichern")
    hands.press(Key.Key_Return)
    assert hands.coded() == [("Absichern", "Zusagen geholt")]
    assert hands.told[-1] == "The passage has “Absichern” already."


def test_the_last_code_is_given_again_by_key_and_by_menu(hands: Hands) -> None:
    hands.select("Zusagen")
    hands.type("Holen")
    hands.press(Key.Key_Return)
    hands.select("Dienstweg")
    hands.press(Key.Key_L, CTRL)
    hands.sweep_words("nichts mehr")
    hands.choose(hands.menu_at("nichts"), "Code with “Holen”")
    assert hands.coded() == [("Holen", "Zusagen"), ("Holen", "Dienstweg"), ("Holen", "nichts mehr")]


def test_after_several_codes_the_last_of_them_is_the_one_given_again(hands: Hands) -> None:
    hands.select("Zusagen")
    hands.type("Eins,Zwei")
    hands.press(Key.Key_Return)
    hands.select("Dienstweg")
    hands.press(Key.Key_L, CTRL)
    assert ("Zwei", "Dienstweg") in hands.coded()


def test_in_vivo_by_key_and_by_menu(hands: Hands) -> None:
    hands.select("kurzen Dienstweg")
    hands.press(Key.Key_I, CTRL)
    hands.sweep_words("Gar nichts")
    hands.choose(hands.menu_at("Gar nichts"), "In-vivo code")
    assert hands.coded() == [("kurzen Dienstweg", "kurzen Dienstweg"), ("Gar nichts", "Gar nichts")]


def test_a_code_is_dragged_onto_the_selection_and_the_selection_onto_a_code(hands: Hands) -> None:
    code = hands.workspace.codes.acts.make("Wege")
    hands.settle()
    hands.sweep_words("Zusagen geholt")
    assert hands.drop(hands.view, mime.code_mime(code, "Wege"), hands.at("geholt"))
    hands.sweep_words("Dienstweg")
    tree = hands.workspace.codes.tree
    row = tree.visualRect(hands.workspace.codes.model.index_of(code)).center()
    assert hands.drop(tree, hands.view.createMimeDataFromSelection(), row)
    assert hands.coded() == [("Wege", "Zusagen geholt"), ("Wege", "Dienstweg")]


def test_a_pull_at_the_selection_drags_its_words(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged = []
    make = hands.view.createMimeDataFromSelection

    def spy(*_args: object) -> object:
        QTimer.singleShot(50, lambda: QTest.keyClick(hands.window, Key.Key_Escape))  # or the drag goes on
        data = make()
        dragged.append(mime.span_of(data))
        return data

    hands.sweep_words("Zusagen geholt")
    span = hands.view.selected_span()
    QTest.qWait(QApplication.doubleClickInterval() + 20)
    monkeypatch.setattr(type(hands.view), "createMimeDataFromSelection", spy)
    hands.sweep(hands.at("geholt"), hands.at("geholt") + QPoint(60, 30))
    assert dragged[:1] == [span]


def test_a_pull_at_a_code_drags_it(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged = []
    code = hands.workspace.codes.acts.make("Wege")
    hands.settle()
    panel = hands.workspace.codes
    make = panel.model.mimeData

    def spy(_model: object, indexes: list[object]) -> object:
        QTimer.singleShot(50, lambda: QTest.keyClick(hands.window, Key.Key_Escape))  # or the drag goes on
        data = make(indexes)
        dragged.append(mime.code_of(data))
        return data

    monkeypatch.setattr(type(panel.model), "mimeData", spy)
    row = panel.tree.visualRect(panel.model.index_of(code)).center()
    port = panel.tree.viewport()
    QTest.mousePress(port, LEFT, Mod.NoModifier, row)
    for step in (10, 30, 60):
        QTest.mouseMove(port, row + QPoint(step, 0))
    QTest.mouseRelease(port, LEFT, Mod.NoModifier, row + QPoint(60, 0))
    assert dragged[:1] == [code]


def test_a_digit_gives_a_quick_code_and_a_click_on_a_code_in_the_list_too(hands: Hands) -> None:
    code = hands.workspace.codes.acts.make("Wege")
    hands.settle()
    hands.desk.code_chosen.emit(code)
    QTest.qWait(10)
    hands.press(Key.Key_4, ALT, SHIFT)
    hands.select("Zusagen")
    hands.press(Key.Key_4)
    hands.sweep_words("Dienstweg")
    tree = hands.workspace.codes.tree
    row = tree.visualRect(hands.workspace.codes.model.index_of(code)).center()
    QTest.mouseClick(tree.viewport(), LEFT, Mod.NoModifier, row)
    QTest.mouseDClick(tree.viewport(), LEFT, Mod.NoModifier, row)
    assert hands.coded() == [("Wege", "Zusagen"), ("Wege", "Dienstweg")]


# -- a coding -----------------------------------------------------------------------------------------------


def test_a_coding_is_resized_by_keys_from_both_ends(hands: Hands) -> None:
    hands.code("Zusagen geholt", "Wege")
    hands.click("geholt")
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Left, SHIFT, CTRL)
    hands.press(Key.Key_Left, SHIFT, CTRL)
    hands.press(Key.Key_Return)
    assert hands.coded()[0][1].startswith("Zusagen")
    hands.press(Key.Key_Up, ALT, SHIFT)
    assert hands.coded()[0][1].startswith("uns Zusagen")


def test_a_coding_is_resized_with_the_mouse_at_its_handle(hands: Hands) -> None:
    hands.code("Zusagen geholt", "Wege")
    hands.click("geholt")
    cursor = QTextCursor(hands.view.document())
    cursor.setPosition(hands.view.shown.to_unit(hands.place("Zusagen")[0]))
    hands.sweep(hands.view.cursorRect(cursor).center(), hands.at("haben"))
    assert hands.coded() == [("Wege", "haben uns Zusagen geholt")]


def test_escape_leaves_a_coding_as_it_was_while_it_is_resized(hands: Hands) -> None:
    hands.code("Zusagen geholt", "Wege")
    hands.click("geholt")
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Right, SHIFT, CTRL)
    hands.press(Key.Key_Escape)
    assert hands.coded() == [("Wege", "Zusagen geholt")]


def test_a_coding_gets_another_code_by_key_and_by_menu(hands: Hands) -> None:
    hands.code("Zusagen geholt", "Wege")
    hands.click("geholt")
    hands.press(Key.Key_C, CTRL, ALT)
    hands.type("Regeln")
    hands.press(Key.Key_Return)
    assert hands.coded() == [("Regeln", "Zusagen geholt")]
    hands.choose(hands.menu_at("geholt"), "Recode")
    hands.type("Haltung")
    hands.press(Key.Key_Return)
    assert hands.coded() == [("Haltung", "Zusagen geholt")]


def test_recoding_that_is_left_changes_nothing_and_the_coding_stays_set_apart(hands: Hands) -> None:
    guid = hands.code("Zusagen geholt", "Wege")
    hands.click("geholt")
    hands.press(Key.Key_C, CTRL, ALT)
    hands.press(Key.Key_Escape)
    QTest.qWait(20)
    assert hands.coded() == [("Wege", "Zusagen geholt")]
    assert hands.view.active_coding == guid
    assert hands.selected == ""


def test_a_coding_is_removed_by_key_and_by_menu_and_undo_is_offered(hands: Hands) -> None:
    hands.code("Zusagen", "Wege")
    hands.code("Dienstweg", "Wege")
    hands.click("Zusagen")
    hands.press(Key.Key_Delete)
    assert hands.coded() == [("Wege", "Dienstweg")]
    hands.choose(hands.menu_at("Dienstweg"), "Remove coding")
    assert hands.coded() == []
    assert "Removed “Wege”" in hands.told[-1]
    hands.window.undo()
    hands.window.undo()
    assert len(hands.coded()) == 2


def test_recoding_to_a_code_that_the_passage_has_joins_both_with_their_comments(hands: Hands) -> None:
    from qda.coding.open_coding import comment_coding

    for code in ("Wege", "Regeln"):
        guid = hands.code("Zusagen", code)
        hands.desk.do(comment_coding, coding=guid, comment=f"zu {code}")
    hands.click("Zusagen")
    other = {"Wege": "Regeln", "Regeln": "Wege"}
    now = next(r for r in codes.codings(hands.project) if r.guid == hands.view.active_coding).code_name
    hands.press(Key.Key_C, CTRL, ALT)
    hands.type(other[now])
    hands.press(Key.Key_Return)
    (row,) = codes.codings(hands.project)
    assert "zu Wege" in row.comment
    assert "zu Regeln" in row.comment


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_comment_of_any_length_is_written_and_leads_back(hands: Hands, by: str) -> None:
    hands.code("Zusagen", "Wege")
    hands.click("Zusagen")
    if by == "key":
        hands.press(Key.Key_E, CTRL)
    else:
        hands.choose(hands.menu_at("Zusagen"), "Comment")
    hands.settle()
    comment = hands.focus()
    assert isinstance(comment, QTextEdit | QPlainTextEdit)
    words = "Ein langer Kommentar mit 🙂 und Umbruch.\n" * 2000
    comment.insertPlainText(words)
    hands.press(Key.Key_Escape)
    assert codes.codings(hands.project)[0].comment == words.strip()
    assert QApplication.focusWidget() is hands.view


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_memo_on_the_passage_leads_back_to_the_same_words(hands: Hands, by: str) -> None:
    hands.select("Zusagen geholt")
    if by == "key":
        hands.press(Key.Key_M, CTRL)
    else:
        hands.choose(hands.menu_at("geholt"), "Memo")
    hands.type("Wer hat hier wen?")
    hands.press(Key.Key_Escape)
    assert [m.body for m in memos(hands.project)] == ["Wer hat hier wen?"]
    assert QApplication.focusWidget() is hands.view
    assert hands.selected == "Zusagen geholt"


def test_codings_are_split_and_merged_by_menu(hands: Hands) -> None:
    hands.code("Zusagen geholt", "Wege")
    hands.choose(hands.menu_at("geholt"), "Split here")
    assert [words for _code, words in hands.coded()] == ["Zusagen", "geholt"]
    hands.choose(hands.menu_at("geholt"), "Merge with what it meets")
    assert hands.coded() == [("Wege", "Zusagen geholt")]


# -- citations ----------------------------------------------------------------------------------------------


def cited() -> str:
    return QGuiApplication.clipboard().text()


def test_the_selection_and_the_coding_set_apart_are_copied_as_citations(hands: Hands) -> None:
    hands.code("kurzen Dienstweg", "Wege")
    hands.select("Zusagen geholt")
    hands.press(Key.Key_C, CTRL, SHIFT)
    assert cited() == "“Zusagen geholt” (Interview B, para. 2)"
    hands.click("Dienstweg")
    hands.press(Key.Key_C, CTRL, SHIFT)
    assert cited() == "“kurzen Dienstweg” (Interview B, para. 2)"
    QGuiApplication.clipboard().clear()
    hands.choose(hands.menu_at("Dienstweg"), "Copy as citation")
    assert cited() == "“kurzen Dienstweg” (Interview B, para. 2)"


def test_a_quotation_in_the_inspector_is_copied_by_key(hands: Hands) -> None:
    hands.code("kurzen Dienstweg", "Wege")
    hands.click("Dienstweg")
    hands.settle()
    quote = hands.workspace.inspector.coding.findChild(object, "passage")
    quote.setFocus()
    hands.press(Key.Key_C, CTRL, SHIFT)
    assert cited() == "“kurzen Dienstweg” (Interview B, para. 2)"


def test_everything_is_undone_to_the_start_by_key(hands: Hands) -> None:
    hands.select("Zusagen geholt")
    hands.type("Absichern,Wege > kurz")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Delete)
    hands.select("Dienstweg")
    hands.press(Key.Key_I, CTRL)
    hands.press(Key.Key_C, CTRL, ALT)
    hands.type("Haltung")
    hands.press(Key.Key_Return)
    while hands.coded() or codes.codes(hands.project):
        assert hands.project.undo_label()
        hands.press(Key.Key_Z, CTRL)
    hands.press(Key.Key_Z, CTRL, SHIFT)
    assert len(hands.coded()) == 2
