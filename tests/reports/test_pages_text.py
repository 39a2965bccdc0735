"""Lines on printed pages: their distance, widths of columns, and how wide tables are parted."""

import pytest

from qda.reports.docx_table import column_widths, parted
from qda.reports.model import Column, Line, Remark, Span, Table, Transcript, cell
from qda.reports.pages.letters import Manner, Piece, lines
from qda.reports.pages.remarks import transcript

_TEXT = "Da hat keiner gefragt, wer zuständig ist, und dann haben wir angefangen zu telefonieren. " * 4


@pytest.mark.usefixtures("qapp")
def test_a_small_sign_at_its_beginning_does_not_press_a_paragraph_together():
    plain = lines([Piece(_TEXT, Manner(10.5))], 5_000)
    marked = lines([Piece("[1]\u2009", Manner(7)), Piece(_TEXT, Manner(10.5))], 5_000)
    assert {line.height for line in marked} == {line.height for line in plain}


@pytest.mark.usefixtures("qapp")
def test_the_lines_of_a_note_stand_as_close_as_notes_do_and_not_as_the_text_beside_them():
    """Beside three lines of the text four of a note find room."""
    note = "Eine Notiz, die sich über drei Zeilen zieht und doch neben den Absatz passt, und nicht darunter."
    line = Line("1", "B: ", _TEXT[:130], (Span(0, 0, 10),))
    alone = transcript(Transcript((line,), (Remark("Kode"),)), width=9_000)
    beside = transcript(Transcript((line,), (Remark("Kode", note),)), width=9_000)
    assert len(alone) == 3
    assert len(beside) == 3
    assert sum(len(one.words) for one in beside) == sum(len(one.words) for one in alone)


def _table(*texts: str) -> Table:
    long = "Ein langer Grund, der in vielen Worten erklärt, warum die Kategorie noch offen ist. " * 3
    columns = (*(Column("T", share=0.5) for _text in texts), Column("Grund", share=8))
    return Table(columns, ((*map(cell, texts), cell(long)),))


def test_short_cells_are_not_broken_where_a_wide_column_has_room():
    widths = column_widths(_table("7 Fälle", "12. März 2025"), 9_000)
    longer = column_widths(_table("7", "12."), 9_000)
    assert sum(widths) == sum(longer) == 9_000
    assert widths[0] > longer[0]
    assert widths[1] > widths[0]


def test_a_wide_table_is_parted_so_that_no_word_of_its_heads_is_broken_and_the_parts_are_alike():
    names = [f"Zuständigkeit{n}" for n in range(7)]
    columns = (Column("Kode", share=3), *(Column(name, "right") for name in names))
    rows = ((cell("Rückhalt der Spitze"), *(cell("1") for _name in names)),)
    parts = parted(Table(columns, rows, heads=1), landscape=False)
    sizes = [len(part.columns) - 1 for part in parts]
    assert len(parts) > 1
    assert max(sizes) - min(sizes) <= 1
    assert [column.title for part in parts for column in part.columns[1:]] == names
