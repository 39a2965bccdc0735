"""Texts are read for their words while the window is idle; it never waits, and ends with the study."""

import time

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit

from qda.coding import analyses, documents, search_all
from qda.exchange.reading import draft_from_text
from qda.ui import reading_texts


@pytest.fixture
def soon(monkeypatch):
    monkeypatch.setattr(reading_texts, "IDLE_MS", 50)


def unread(project) -> list[str]:
    from qda.suggest.language.tools import names

    return [row.title for row in analyses.unread(project, names())]


def test_a_study_that_was_opened_is_read_and_what_comes_in_later_too(soon, study, qtbot):
    project = study.desk.project
    qtbot.waitUntil(lambda: unread(project) == [], timeout=60_000)
    before = project.unit_count()
    documents.take_in(project, draft=draft_from_text("B: Wir sind gegangen."), title="Later")
    assert unread(project) == ["Later"]
    qtbot.waitUntil(lambda: unread(project) == [], timeout=60_000)
    assert project.unit_count() == before + 1
    assert [h.start for h in search_all.found(project, search_all.Query("gehen", forms=True))] == [12]


def test_the_study_can_be_closed_while_texts_are_read(soon, study, qtbot):
    reading = study.desk.reading_texts
    qtbot.waitUntil(lambda: reading.busy, timeout=5_000)
    began = time.monotonic()
    study.close_study()
    assert time.monotonic() - began < 10
    assert not reading._background._thread


def test_nothing_is_read_while_a_text_is_edited(study, qtbot):
    reading = study.desk.reading_texts
    study.desk.hold("A text is being edited.")
    reading._begin()
    assert (reading.busy, reading._timer.isActive()) == (False, True)
    study.desk.release()
    reading._begin()
    assert reading.busy


def test_the_box_for_word_forms_finds_what_was_read(study, qtbot):
    from qda.suggest.language.analysing import analyse_here

    analyse_here(study.desk.project)
    study.show_workspace("open")
    study.action("search-all").trigger()
    box, line = study.findChild(QCheckBox, "search_all_forms"), study.findChild(QLineEdit, "search_all_line")
    count = study.findChild(QLabel, "search_all_count")
    line.setText("holen")
    qtbot.waitUntil(lambda: count.text() != "", timeout=5_000)
    before = count.text()
    box.setChecked(True)
    qtbot.waitUntil(lambda: count.text() != before and "1" in count.text(), timeout=5_000)
