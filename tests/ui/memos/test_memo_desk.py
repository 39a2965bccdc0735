"""The memo desk: piles by hand, what is listed, order, export."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu

from qda.coding import codebook, memo_piles
from qda.coding.memos import write_memo
from qda.ui.memos import export
from qda.ui.memos.desk import MemoDesk
from qda.ui.memos.piles import memos_mime
from qda.ui.window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier
TITLES = ("Leihe", "Dienstweg", "Krise")


@pytest.fixture
def desk(study: MainWindow) -> MemoDesk:
    code = codebook.add_code(study.project, name="holen")
    for title in TITLES:
        write_memo(
            study.project,
            kind="theoretical",
            title=title,
            body=f"Über {title}.",
            target=f"code:{code}" if title == "Krise" else None,
        )
    study.action("memo-desk").trigger()
    found = study.workspace("material").memos
    QTest.qWait(20)
    found.list.setFocus()
    return found


def listed(desk: MemoDesk) -> list[str]:
    return [desk.list.item(at).text() for at in range(desk.list.count())]


def piled(study: MainWindow) -> dict[str, list[str]]:
    from qda.coding.memo_queries import memos

    names = {row.guid: row.title for row in memos(study.project)}
    return {pile.name: [names[one] for one in pile.memos] for pile in memo_piles.memo_piles(study.project)}


def choose(desk: MemoDesk, *titles: str) -> None:
    desk.list.clearSelection()
    for at in range(desk.list.count()):
        if desk.list.item(at).text() in titles:
            desk.list.item(at).setSelected(True)


def menu_of(desk: MemoDesk) -> QMenu:
    menu = desk.findChild(QMenu, "lay_memo_menu")
    assert menu is not None
    return menu


def press(act_text: str, menu: QMenu) -> None:
    next(act for act in menu.actions() if act.text() == act_text).trigger()
    menu.close()
    QTest.qWait(20)


def answer(words: str) -> None:
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QInputDialog) and w.isVisible())
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(words)
    dialog.accept()
    QTest.qWait(20)


def test_t_lays_the_memos_chosen_on_a_new_pile_in_one_step(desk, study):
    choose(desk, "Leihe", "Krise")
    QTest.keyClick(desk.list, Qt.Key.Key_T)
    press("&New pile…", menu_of(desk))
    answer("Kapitel 3")
    assert piled(study) == {"Kapitel 3": ["Krise", "Leihe"]}
    study.desk.undo()
    assert piled(study) == {}


def test_a_pile_shows_its_memos_in_its_order_and_alt_with_the_arrow_keys_changes_it(desk, study, qtbot):
    desk.piles.begin("Kapitel 3", [row.guid for row in desk._rows])
    desk.piles.list.setCurrentRow(0)
    assert listed(desk) == ["Krise", "Dienstweg", "Leihe"]
    desk.list.setCurrentRow(2)
    desk.list.setFocus()
    QTest.keyClick(desk.list, Qt.Key.Key_Up, ALT)
    qtbot.waitUntil(lambda: listed(desk) == ["Krise", "Leihe", "Dienstweg"])
    assert desk.list.currentItem().text() == "Leihe"
    QTest.keyClick(desk.list, Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: piled(study) == {"Kapitel 3": ["Krise", "Dienstweg", "Leihe"]})


def let_fall(target, data, at: QPoint) -> None:
    nothing = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, nothing)
    target.dropEvent(event)
    QTest.qWait(20)


def test_memos_are_dropped_on_a_pile_and_inside_it_dragged_to_their_place(desk, study):
    desk.piles.begin("Kapitel 3")
    every = [row.guid for row in desk._rows]
    data = memos_mime(every)
    pile = desk.piles.list
    let_fall(pile, data, pile.visualItemRect(pile.item(0)).center())
    assert piled(study) == {"Kapitel 3": ["Krise", "Dienstweg", "Leihe"]}
    pile.setCurrentRow(0)
    data = memos_mime(every[:1])
    area = desk.list.visualItemRect(desk.list.item(2))
    let_fall(desk.list, data, QPoint(20, area.bottom() - 2))
    assert listed(desk) == ["Dienstweg", "Leihe", "Krise"]


def test_a_memo_lies_on_several_piles_and_is_taken_off_one(desk, study):
    memo = desk._rows[0].guid
    for name in ("Rivalen", "Kapitel 3"):
        desk.piles.begin(name, [memo])
    choose(desk, "Krise")
    desk.list.setCurrentRow(0)
    assert "Rivalen, Kapitel 3" in desk._piled.text()
    QTest.keyClick(desk.list, Qt.Key.Key_T)
    press("Rivalen", menu_of(desk))
    assert piled(study) == {"Rivalen": [], "Kapitel 3": ["Krise"]}


def test_piles_are_renamed_moved_and_taken_apart_by_keys_and_the_memos_stay(desk, study, qtbot):
    for name in ("Rivalen", "Kapitel 3"):
        desk.piles.begin(name)
    piles = desk.piles.list
    piles.setCurrentRow(1)
    QTest.keyClick(piles, Qt.Key.Key_Up, ALT)
    qtbot.waitUntil(lambda: list(piled(study)) == ["Kapitel 3", "Rivalen"])
    QTest.keyClick(piles, Qt.Key.Key_F2)
    answer("Kapitel 4")
    assert list(piled(study)) == ["Kapitel 4", "Rivalen"]
    QTest.keyClick(piles, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: list(piled(study)) == ["Rivalen"])
    assert sorted(listed(desk)) == sorted(TITLES)


def test_chips_and_words_narrow_the_list_and_pressed_again_they_let_go(desk):
    chip = desk.sieve.code
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    chooser = chip.findChild(QApplication.activePopupWidget().__class__, "chooser")
    QTest.keyClicks(chooser.field, "hol")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert listed(desk) == ["Krise"]
    assert chip.accessibleName() == "Code: holen"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(listed(desk)) == 3
    QTest.keyClicks(desk.filter, "ueber dienst")
    assert listed(desk) == ["Dienstweg"]


def test_only_private_memos_are_listed_and_then_none_can_be_exported(desk, study):
    desk.editor.private.click()
    desk.sieve.private.click()
    assert listed(desk) == ["Krise"]
    assert not desk._export.isEnabled()


def test_what_is_listed_is_written_in_its_order_without_private_ones(desk, study, tmp_path: Path):
    desk.piles.begin("Kapitel 3", [row.guid for row in reversed(desk._rows)])
    desk.piles.list.setCurrentRow(0)
    path = tmp_path / "memos.md"
    export.export(study.desk, desk._wish(), desk._book, path)
    text = path.read_text(encoding="utf-8")
    places = [text.index(f"# {title}\n") for title in TITLES]
    assert places == sorted(places)


def test_a_memo_on_a_sensitizing_concept_leads_to_the_list_of_concepts(desk, study):
    from qda.coding.concepts import add_concept
    from qda.ui.memos.targets import go_to, target_word

    concept = add_concept(study.project, name="Grenzobjekt")
    target = f"concept:{concept}"
    write_memo(study.project, kind="literature", title="Star 1989", body="x", target=target)
    assert target_word(target) == "Sensitizing concept"
    go_to(study.desk, target)
    assert study.workspace("open").concepts.isVisible()
