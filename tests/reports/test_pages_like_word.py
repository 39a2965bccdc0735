"""Printed pages and counted pages break where Word and LibreOffice break them."""

import pytest

from qda.reports.docx_pages import pages
from qda.reports.model import Note, Paragraph, Quote, Report, Run, Section, paragraph
from qda.reports.numbering import place
from qda.reports.pages.letters import Face, Manner, Piece, as_word_is_shown_here, lines
from qda.reports.pages.paging import all_pages


def report(before: int, *blocks: object) -> Report:
    filling = tuple(paragraph(f"Zeile {number}") for number in range(before))
    return Report("T", "de", (*filling, *blocks), cover=False)  # type: ignore[arg-type]


def page_with(made, words: str) -> int:
    (found,) = [page for page in range(len(made)) if words in made.text(page)]
    return found


@pytest.mark.parametrize("before", range(24, 36, 2))
def test_a_label_stays_with_its_quotation_and_a_quotation_with_its_note(qapp, before):
    label = Paragraph((Run("Typische Stelle:", bold=True),))
    quote = Quote("eins zwei drei " * 12, "Beleg")
    made = all_pages(report(before, label, quote, Note((Run("Anmerkung dazu"),)), paragraph("Ende")))
    assert page_with(made, "Typische Stelle") == page_with(made, "Beleg") == page_with(made, "Anmerkung")


def test_a_paragraph_that_is_no_label_may_end_a_page(qapp):
    ends = set()
    for before in range(24, 36):
        made = all_pages(report(before, paragraph("Kein Etikett"), Quote("eins zwei drei " * 12, "Beleg")))
        ends.add(page_with(made, "Kein Etikett") == page_with(made, "Beleg"))
    assert ends == {True, False}


def test_sizes_and_distances_are_whole_dots_of_paper_as_in_a_word_processor():
    face = Face(("Any",), 1.36, dots=600)
    assert face.distance(9) == pytest.approx(round(75 * 1.36) * 2.4)  # 75 dots are 9 points
    assert face.distance(11) == pytest.approx(round(91 * 1.36) * 2.4)  # 91.67 are cut
    assert Face(("Any",), 1.36).distance(11) == pytest.approx(1.36 * 11 * 20)


def test_equal_texts_are_broken_once_where_pages_are_only_counted(qapp):
    pieces = [Piece("eins zwei drei", Manner())]
    assert lines(pieces, 1000)[0].key != lines(pieces, 1000)[0].key
    with as_word_is_shown_here():
        assert lines(pieces, 1000)[0].key == lines(pieces, 1000)[0].key
        assert lines(pieces, 1000)[0].key != lines(pieces, 900)[0].key


def test_the_contents_name_pages_that_grow(qapp):
    parts = tuple(
        Section(f"Teil {number}", tuple(paragraph("Wort " * 400) for _each in range(3)))
        for number in range(6)
    )
    made = Report("T", "de", parts)
    layout = place(made)
    found = [pages(made, layout)[one.ident] for one in layout.contents()]
    assert found == sorted(found)
    assert found[0] >= 2
    assert found[-1] > found[0] + 3
