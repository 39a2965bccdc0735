"""Speakers, file and recording of a document, in the material."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from qda.coding.documents import take_in
from qda.coding.material import source, speakers
from qda.exchange.reading import draft_from_text
from qda.ui.turns.picking import PickDialog

TYPED_WRONG = "\n".join(
    ("I: Wie war das?", "B1: Gut.", "I: Und dann?", "P1: Ja.", "I: Wann?", "P1: Bald.", "I: Wo?", "P1: Hier.",
     "I: Wer?", "P: Ich.", "I: Warum?", "P1: Darum.")
)  # fmt: skip


@pytest.fixture
def material(study):
    found = study.workspace("material")
    guid = take_in(study.desk.project, draft=draft_from_text(TYPED_WRONG), title="Mit Tippfehler")
    study.show_workspace("material")
    found.choose_document(guid)
    return found


def _now(table, kind, name):
    """What is shown by this name (rows that were shown before are on their way out)."""
    return table.findChildren(kind, name)[-1]


def _labels(study, guid):
    return {row.label: row for row in speakers(study.desk.project, guid)}


def test_turns_and_words_of_each_speaker_are_counted(study, material):
    table = material.document.speakers
    shown = [label.text() for label in table.findChildren(QLabel) if label.isVisibleTo(table)]
    assert {"I", "P1", "4"} <= set(shown)


def test_a_name_is_typed_and_saved(study, material):
    guid = material.document.guid
    at = list(_labels(study, guid)).index("P1")
    field = _now(material.document.speakers, QLineEdit, f"speaker_name_{at}")
    field.setFocus()
    QTest.keyClicks(field, "die Koordinatorin")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert _labels(study, guid)["P1"].name == "die Koordinatorin"
    study.undo()
    assert _labels(study, guid)["P1"].name == ""


def test_the_focus_stays_in_the_row_that_was_changed(study, material):
    table = material.document.speakers
    role = _now(table, QComboBox, "speaker_role_1")
    role.setFocus()
    QTest.keyClick(role, Qt.Key.Key_Up)
    assert QApplication.focusWidget().objectName() == "speaker_role_1"


def test_a_label_that_looks_mistyped_is_proposed_and_merged_by_a_person(study, material):
    guid = material.document.guid
    table = material.document.speakers
    merge = _now(table, QPushButton, "speaker_merge")
    assert "“P” (1 turn) looks like “P1” mistyped." in merge.accessibleDescription()
    QTest.mouseClick(merge, Qt.MouseButton.LeftButton)
    assert "P" not in _labels(study, guid)
    assert _labels(study, guid)["P1"].turns == 5
    study.undo()
    assert "P" in _labels(study, guid)


def test_labels_said_to_be_two_people_are_not_proposed_again(study, material):
    table = material.document.speakers
    QTest.mouseClick(_now(table, QPushButton, "speaker_apart"), Qt.MouseButton.LeftButton)
    other = next(g for g in (s.guid for s in _sources(study)) if g != material.document.guid)
    guid = material.document.guid
    material.choose_document(other)
    material.choose_document(guid)
    shown = [w for w in table.findChildren(QPushButton, "speaker_merge") if w.isVisibleTo(table)]
    assert shown == []


def _sources(study):
    from qda.coding.material import sources

    return sources(study.desk.project)


def test_a_speaker_is_merged_into_another_by_keyboard(study, material):
    guid = material.document.guid
    at = list(_labels(study, guid)).index("B1")
    into = _now(material.document.speakers, QPushButton, f"speaker_into_{at}")
    into.setFocus()
    QTest.keyClick(into, Qt.Key.Key_Space)
    line = study.findChild(PickDialog).line
    QTest.keyClicks(line, "P1")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "B1" not in _labels(study, guid)


def test_a_transcript_is_written_with_its_times(study, material, tmp_path):
    timed = "I: Wann? #00:00:05-0#\nB: Jetzt. #00:00:09-0#\n"
    guid = take_in(study.desk.project, draft=draft_from_text(timed), title="Mit Zeiten")
    material.choose_document(guid)
    told = []
    study.desk.told.connect(told.append)
    material.document.facts.export_to(str(tmp_path / "zeiten.txt"))
    assert (tmp_path / "zeiten.txt").read_text(encoding="utf-8") == timed
    assert told == ["Written: zeiten.txt"]


def test_a_recording_is_put_beside_the_document_and_taken_away(study, material, tmp_path):
    (tmp_path / "interview.wav").write_bytes(b"RIFF")
    facts = material.document.facts
    facts.use_recording(str(tmp_path / "interview.wav"))
    assert source(study.desk.project, material.document.guid).media.endswith("interview.wav")
    assert facts.remove.isVisible()
    QTest.mouseClick(facts.remove, Qt.MouseButton.LeftButton)
    assert source(study.desk.project, material.document.guid).media == ""
    assert not facts.remove.isVisible()
