"""A code tree from a file in the real window: seen before anything changes, taken as one act."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog

from qda.coding import codebook, codes, concepts
from qda.reports.registry import build_report, render_bytes
from qda.ui.code_tree_in.dialog import CodeTreeDialog


@pytest.fixture
def project(study):
    made = study.desk.project
    top = codebook.add_code(made, name="Zusagen", definition="Worauf man zählt.")
    codebook.add_code(made, name="kurzer Dienstweg", parent=top)
    codebook.add_code(made, name="Ruhe")
    return made


@pytest.fixture
def tree(project, tmp_path) -> Path:
    path = tmp_path / "tree.csv"
    path.write_bytes(render_bytes(build_report("codetree", project, {"language": "en"}), "csv"))
    return path


def opened(study, path: Path | None, qtbot) -> CodeTreeDialog:
    study.refresh_actions()
    study.action("import-codes").trigger()
    dialog = next(one for one in study.findChildren(CodeTreeDialog) if one.isVisible())
    if path is not None:
        dialog.read(path)
        settled(dialog, qtbot)
    return dialog


def settled(dialog: CodeTreeDialog, qtbot) -> None:
    qtbot.waitUntil(dialog.choose.isEnabled, timeout=20000)


def rows(dialog: CodeTreeDialog) -> list[tuple[str, str]]:
    found, stack = [], [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())][::-1]
    while stack:
        item = stack.pop()
        found.append((item.text(0), item.text(1)))
        stack += [item.child(n) for n in range(item.childCount())][::-1]
    return found


def test_the_tree_as_it_will_be_is_seen_and_taken_by_keyboard_as_one_act(study, project, tree, qtbot):
    text = (
        tree.read_text(encoding="utf-8-sig").replace("Ruhe", "Stille", 1).replace("Worauf man", "Auf was man")
    )
    tree.write_text(text + ",,0,0,0,,,,\r\nMacht,,,,,,,,\r\n", encoding="utf-8-sig")
    dialog = opened(study, tree, qtbot)
    assert rows(dialog) == [
        ("Zusagen", "Definition changed"),
        ("kurzer Dienstweg", ""),
        ("Stille", "Renamed"),
        ("Macht", "New"),
    ]
    assert "tree.csv: 3 changes, 1 code is unchanged." in dialog.told.text()
    assert dialog.tree.hasFocus()
    assert dialog.detail.text() == "Definition changed: Worauf man zählt. → Auf was man zählt."
    QTest.keyClick(dialog.tree, Qt.Key.Key_Down)
    QTest.keyClick(dialog.tree, Qt.Key.Key_Down)
    assert dialog.detail.text() == "Renamed: Ruhe → Stille"
    assert [row.name for row in codes.codes(project)] == ["Zusagen", "kurzer Dienstweg", "Ruhe"]
    assert dialog.take.isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert [row.name for row in codes.codes(project)] == ["Zusagen", "kurzer Dienstweg", "Stille", "Macht"]
    study.desk.undo()
    assert [row.name for row in codes.codes(project)] == ["Zusagen", "kurzer Dienstweg", "Ruhe"]


def test_cancelled_by_escape_nothing_has_changed(study, project, tree, qtbot):
    tree.write_text(tree.read_text(encoding="utf-8-sig").replace("Ruhe", "Stille", 1), encoding="utf-8-sig")
    dialog = opened(study, tree, qtbot)
    units = project.unit_count()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert project.unit_count() == units


def test_a_file_that_changes_nothing_says_so(study, project, tree, qtbot):
    dialog = opened(study, tree, qtbot)
    assert dialog.told.text() == "tree.csv: No change, 3 codes are unchanged."
    assert not dialog.take.isEnabled()
    assert dialog.leave.hasFocus()
    assert dialog.leave.text() == "Close"


def test_what_changed_in_both_is_taken_only_when_it_is_said(study, project, tree, qtbot):
    ruhe = next(row for row in codes.codes(project) if row.name == "Ruhe")
    codebook.rename_code(project, code=ruhe.guid, name="Still")
    tree.write_text(tree.read_text(encoding="utf-8-sig").replace("Ruhe", "Stille", 1), encoding="utf-8-sig")
    dialog = opened(study, tree, qtbot)
    assert ("Still", "Changed in both; the study’s stays") in rows(dialog)
    assert not dialog.take.isEnabled()
    dialog.both.setChecked(True)
    assert ("Stille", "Renamed") in rows(dialog)
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert codes.codes(project)[2].name == "Stille"


def test_columns_of_a_list_from_elsewhere_are_chosen_and_it_arrives_as_concepts(
    study, project, tmp_path, qtbot, monkeypatch
):
    path = tmp_path / "liste.csv"
    path.write_text("Nr;Was;Wozu\n1;Alltag;Arbeit\n2;Macht;\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    dialog = opened(study, None, qtbot)
    assert not dialog.tree.isVisible()
    QTest.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    settled(dialog, qtbot)
    assert dialog.columns.isVisible()
    assert [name for name, _words in rows(dialog)] == ["1", "2"]
    for combo, title in ((dialog.name, "Was"), (dialog.above, "Wozu")):
        combo.setFocus()
        while combo.currentText() != title:
            QTest.keyClick(combo, Qt.Key.Key_Down)
        settled(dialog, qtbot)
    assert rows(dialog) == [("Arbeit", "New"), ("Alltag", "New"), ("Macht", "New")]
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert [one.name for one in concepts.concepts(project)] == ["Arbeit", "Arbeit > Alltag", "Macht"]
    assert len(codes.codes(project)) == 3


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(study, project, tmp_path, qtbot):
    path = tmp_path / "list.opml"
    path.write_text("<opml>", encoding="utf-8")
    dialog = opened(study, path, qtbot)
    assert "no well-formed XML" in dialog.told.text()
    assert dialog.choose.hasFocus()


def test_every_control_has_a_name_for_screen_readers(study, project, tree, qtbot):
    dialog = opened(study, tree, qtbot)
    for widget in (
        dialog.tree,
        dialog.name,
        dialog.above,
        dialog.definition,
        dialog.both,
        dialog.as_concepts,
    ):
        assert widget.accessibleName()
    assert all(one.accessibleName() for one in dialog.findChild(QDialogButtonBox).buttons())
    assert QApplication.focusWidget() is not None
