"""Copying a passage as a citation: without consent nothing is copied, and it is said why."""

from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from qda.coding.rows import SegmentRow
from qda.ui.open_coding import citing

ROW = SegmentRow("g", "s", "Interview 2", 0, 9, "Am Anfang", "3", "3", "B", "respondent", "c", "Fall A")


def test_a_passage_is_copied_with_its_place() -> None:
    assert citing.copy([replace(ROW, quote="yes")]) == "Copied with its place."
    assert QGuiApplication.clipboard().text() == "“Am Anfang” (Interview 2, para. 3)"


def test_without_consent_nothing_is_copied_and_it_is_said_why() -> None:
    QGuiApplication.clipboard().setText("before")
    told = citing.copy([replace(ROW, quote="no")])
    assert told == "Not copied: “Fall A” has not agreed to be quoted."
    assert QGuiApplication.clipboard().text() == "before"


def test_of_several_passages_those_without_consent_keep_their_place_only() -> None:
    citing.copy([replace(ROW, quote="open"), replace(ROW, quote="no", text="Geheim", paragraph="4")])
    assert "Geheim" not in QGuiApplication.clipboard().text()
    assert "Geheim" not in QGuiApplication.clipboard().mimeData().html()
    assert "[quotation withheld: no consent]" in QGuiApplication.clipboard().text()
