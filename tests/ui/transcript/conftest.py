"""A short invented interview with labels, emoji, a heading and a paragraph that goes on."""

from dataclasses import dataclass

import pytest

from qda.ui.transcript.rows import CodingRow, ParagraphKind, ParagraphRow
from qda.ui.transcript.view import TranscriptView

LINES = (
    ("", "Interview B, erfunden", ParagraphKind.HEADING, None),
    (
        "B",
        "Wir haben 😀 den Beschluss. Ohne Protokoll gibt’s mich nicht, das sag ich immer.",
        ParagraphKind.TEXT,
        1000,
    ),
    ("I", "Sie führen über Regeln?", ParagraphKind.TEXT, None),
    ("B", "Nee. Ich schütz 👩‍👩‍👧 mich mit Regeln. Das ist was anderes.", ParagraphKind.TEXT, 62_000),
    ("", "Und die Straße zum Amt, die kennt jeder.", ParagraphKind.TEXT, None),
    ("I", "Wie war das?", ParagraphKind.TEXT, None),
)


@dataclass(frozen=True)
class Interview:
    text: str
    paragraphs: list[ParagraphRow]

    def coding(
        self, words: str, guid: str = "c", *, colour: int = 7, name: str = "Kode", **more
    ) -> CodingRow:
        start = self.text.index(words)
        return CodingRow(guid, f"s-{guid}", start, start + len(words), f"k-{name}", name, colour, **more)


def interview(lines=LINES) -> Interview:
    text, rows, speaker = "", [], ""
    for number, (label, words, kind, time) in enumerate(lines, 1):
        start = len(text)
        text += f"{label}: " if label else ""
        label_stop = len(text)
        text += words
        speaker = label or ("" if kind is ParagraphKind.HEADING else speaker)
        rows.append(
            ParagraphRow(
                str(number), str(number), start, len(text), label_stop, speaker, speaker == "I", time, kind
            )
        )
        text += "\n"
    return Interview(text.rstrip("\n"), rows)


@pytest.fixture
def short() -> Interview:
    return interview()


@pytest.fixture
def long() -> Interview:
    """Four hundred turns."""
    words = ("Also das war so, dass wir angerufen haben und keiner zuständig war. " * 3).strip()
    return interview([("IB"[number % 2], words, ParagraphKind.TEXT, None) for number in range(400)])


@pytest.fixture
def make():
    """Builds an interview from (label, words) pairs."""
    return lambda *turns: interview([(label, words, ParagraphKind.TEXT, None) for label, words in turns])


@pytest.fixture
def view(qtbot, light) -> TranscriptView:
    view = TranscriptView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    return view
