"""The command palette: what it finds, and that Enter does it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.coding.memos import write_memo
from qda.ui.finding import folded, match
from qda.ui.palette import Palette
from qda.ui.palette_items import ENTRY
from qda.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def _shown(palette: Palette) -> list[str]:
    return [palette.list.item(at).text() for at in range(palette.list.count())]


def _open(window: MainWindow) -> Palette:
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert Palette.current is not None
    return Palette.current


def test_folding_keeps_the_length_of_every_text() -> None:
    assert folded("Größe ÄÖÜ ﬁ") == "grose aou f"
    assert len(folded("Straße 🙂 é")) == len("Straße 🙂 é")


def test_letters_that_were_found_are_told_with_their_places() -> None:
    fit = match("mem", "New case memo")
    assert fit is not None
    assert fit.spans == ((9, 12),)


def test_a_beginning_counts_more_than_a_middle_and_that_more_than_a_synonym() -> None:
    scores = [
        match("note", "Note here"),
        match("note", "Keynote here"),
        match("note", "Memo here", ("note",)),
    ]
    assert [fit.score for fit in scores if fit] == sorted((fit.score for fit in scores if fit), reverse=True)
    assert all(scores)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zitat", "Copy as citation"),
        ("netzwerk", "New model"),
        ("notiz", "Memo"),
        ("einlesen", "Add transcripts"),
        ("quotation", "Choose as typical passage"),
        ("tastatur", "Keys"),
    ],
)
def test_words_of_other_programs_and_of_the_other_language_are_known(typed: str, name: str) -> None:
    fit = match(typed, name)
    assert fit is not None
    assert folded(fit.synonym).startswith(typed)


def test_a_misspelling_is_forgiven_and_nonsense_is_not() -> None:
    assert match("setings", "Settings") is not None
    assert match("xqzw", "Settings") is None


def test_every_word_typed_must_be_found() -> None:
    assert match("new case", "New case") is not None
    assert match("new banana", "New case") is None


def test_enter_runs_what_is_chosen(study: MainWindow, qtbot) -> None:
    palette = _open(study)
    QTest.keyClicks(palette.field, "project sheet")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    material = study.workspace("material")
    qtbot.waitUntil(lambda: material.parts.currentIndex() == 1)
    assert Palette.current is None


def test_a_click_runs_what_is_clicked(study: MainWindow, qtbot) -> None:
    palette = _open(study)
    palette.field.setText("memo desk")
    at = next(i for i, text in enumerate(_shown(palette)) if text == "Memo desk")
    rect = palette.list.visualItemRect(palette.list.item(at))
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.waitUntil(lambda: study.workspace("material").parts.currentIndex() == 2)


def test_rows_show_menu_and_key(study: MainWindow) -> None:
    palette = _open(study)
    palette.field.setText("search")
    entries = [palette.list.item(at).data(ENTRY) for at in range(palette.list.count())]
    assert any(entry.key == "Ctrl+Shift+F" for entry in entries)
    palette.close()


def test_what_cannot_be_done_now_cannot_be_run(study: MainWindow) -> None:
    palette = _open(study)
    palette.field.setText("in vivo")
    row = next(i for i, text in enumerate(_shown(palette)) if text == "In vivo")
    assert not palette.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled
    palette.close()


def test_passages_and_memos_are_found_from_three_letters_on(study: MainWindow, qtbot) -> None:
    assert study.desk is not None
    study.desk.do(write_memo, kind="theoretical", title="Der kurze Weg", body="Dienstwege überall")
    palette = _open(study)
    palette.field.setText("di")
    QTest.qWait(200)
    assert "In the material" not in _shown(palette)
    palette.field.setText("dienstweg")
    qtbot.waitUntil(lambda: "In the material" in _shown(palette))
    hit = next(
        palette.list.item(at).data(ENTRY)
        for at in range(palette.list.count())
        if palette.list.item(at).data(ENTRY).quote
    )
    ((start, stop),) = hit.spans
    assert hit.text[start:stop] == "Dienstweg"
    assert "Der kurze Weg" in _shown(palette)
    palette.close()


def test_a_passage_found_is_shown_in_the_transcript(study: MainWindow, qtbot) -> None:
    assert study.desk is not None
    wanted = []
    study.desk.source_wanted.connect(lambda *place: wanted.append(place))
    palette = _open(study)
    QTest.keyClicks(palette.field, "zusagen")
    qtbot.waitUntil(lambda: "In the material" in _shown(palette))
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(wanted))
    _source, start, stop = wanted[0]
    from qda.coding.material import sources, text

    project = study.desk.project
    assert text(project, sources(project)[0].guid)[start:stop] == "Zusagen"
    assert study.current_workspace == "open"


def test_esc_closes_and_does_nothing(study: MainWindow) -> None:
    palette = _open(study)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert Palette.current is None


def test_reports_are_found(study: MainWindow) -> None:
    palette = _open(study)
    palette.field.setText("codebook")
    assert "Reports" in _shown(palette)
    assert "Code tree" in _shown(palette)
    palette.close()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("suggest", "Suggestions"),
        ("auto-coding", "Suggestions"),
        ("passages elsewhere", "Passages elsewhere like those of the code"),
        ("negative case", "Passages elsewhere like those of the code"),
        ("hint", "Passage of the hint"),
        ("nearby", "Next passage nearby"),
        ("counter-evidence", "Relations not yet searched for in a case"),
        ("wrong quotation", "Check quotations of a finished text"),
        ("wide margin", "Print for reading"),
        ("data session", "Passage for the workshop"),
        ("member check", "Feedback to the case"),
        ("word comments", "Read comments back"),
        ("appendix", "All reports into a folder"),
    ],
)
def test_what_suggests_and_what_goes_out_is_found_by_its_name_and_by_what_it_is_for(
    study: MainWindow, typed: str, name: str
) -> None:
    palette = _open(study)
    palette.field.setText(typed)
    assert name in _shown(palette)[:8]
    palette.close()
