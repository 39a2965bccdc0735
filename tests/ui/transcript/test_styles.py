"""Bold, italics and underlined words of the file are seen; texts with meaningful white space are aligned."""

import shutil
import subprocess

import pytest
from PySide6.QtGui import QFont, QFontInfo

from qda.ui.transcript.rows import ParagraphRow, StyleRow
from qda.ui.transcript.view import TranscriptView

TEXT = "B: Das war 😀 sehr wichtig.\nI: Ach so."
ROWS = [
    ParagraphRow("a", "1", 0, TEXT.index("\n"), 3, "B", opens_turn=True),
    ParagraphRow("b", "2", TEXT.index("\n") + 1, len(TEXT), TEXT.index("Ach"), "I", True, opens_turn=True),
]


def style(words: str, kind: str) -> StyleRow:
    start = TEXT.index(words)
    return StyleRow(start, start + len(words), kind)


def runs(view: TranscriptView) -> list[tuple[str, bool, bool, bool]]:
    """The runs of the document: words, bold, italic, underlined."""
    found = []
    block = view.document().begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            piece = iterator.fragment()
            look = piece.charFormat()
            bold = look.fontWeight() > QFont.Weight.Normal
            found.append((piece.text(), bold, look.fontItalic(), look.fontUnderline()))
            iterator += 1
        block = block.next()
    return found


def test_runs_that_overlap_and_reach_into_the_hidden_label_are_set_apart(light, qtbot):
    view = TranscriptView()
    qtbot.addWidget(view)
    styles = [
        StyleRow(0, TEXT.index("war"), "bold"),
        style("sehr", "italic"),
        StyleRow(TEXT.index("hr wich"), TEXT.index("tig"), "underline"),
    ]
    view.set_transcript(TEXT, ROWS, styles=styles)
    assert runs(view) == [
        ("Das ", True, False, False),
        ("war 😀 ", False, False, False),
        ("se", False, True, False),
        ("hr", False, True, True),
        (" wich", False, False, True),
        ("tig.", False, False, False),
        ("Ach so.", False, False, False),
    ]


def test_places_stay_right_beside_styled_words(light, qtbot):
    view = TranscriptView()
    qtbot.addWidget(view)
    view.set_transcript(TEXT, ROWS, styles=[style("sehr", "bold")])
    view.select_span(TEXT.index("sehr"), TEXT.index("sehr") + 4)
    span = view.selected_span()
    assert TEXT[span.start : span.stop] == "sehr"


@pytest.mark.skipif(
    not subprocess.run(["fc-list", ":spacing=100"], capture_output=True, check=False).stdout
    if shutil.which("fc-list")
    else False,
    reason="no face with letters of one width is installed on this system",
)
def test_a_text_with_meaningful_white_space_has_letters_of_one_width(light, qtbot):
    view = TranscriptView()
    qtbot.addWidget(view)
    view.set_transcript(TEXT, ROWS, aligned=True)
    assert QFontInfo(view.document().defaultFont()).fixedPitch()
    view.set_transcript(TEXT, ROWS)
    assert not QFontInfo(view.document().defaultFont()).fixedPitch()
