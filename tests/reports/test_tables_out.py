"""Reports as spreadsheets, csv and Markdown."""

import csv
import io

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from qda.errors import KnownError
from qda.reports import render_csv, render_md, render_xlsx
from qda.reports.model import Column, Report, Table, cell, number, paragraph
from qda.reports.text import clean

from .samples import HOSTILE


def test_every_table_is_a_sheet_with_frozen_head_and_figures_are_figures(plain_report):
    book = load_workbook(io.BytesIO(render_xlsx.render(plain_report)))
    assert book.sheetnames == ["Counts of Netzwerkpflege", "Code tree", "About this file"]
    page = book.worksheets[0]
    assert page.freeze_panes == "A2"
    assert [one.value for one in page[1]] == ["Code", "Count", "Netzwerkpflege"]
    assert [one.value for one in page[4]] == ["Mittel", 1, "Mittel"]
    assert "Invented teaching study" in [one.value for one in book.worksheets[-1]["A"]]


def test_names_are_never_formulas_in_a_workbook(hostile_report):
    book = load_workbook(io.BytesIO(render_xlsx.render(hostile_report)))
    for page in book.worksheets:
        for row in page.iter_rows():
            assert all(one.data_type in ("s", "n") for one in row)
    values = [row[2].value for row in book.worksheets[0].iter_rows(min_row=3)]
    assert values == [clean(name) for name in HOSTILE]
    assert book.worksheets[0].cell(3, 3).quotePrefix


def test_sheet_names_are_legal_and_unique_and_long_cells_are_cut():
    tables = tuple(
        Table((Column("a"),), ((cell("x" * 40_000),),), f"[{'n' * 40}]: *?/\\ {n}") for n in range(3)
    )
    book = load_workbook(io.BytesIO(render_xlsx.render(Report("T", "en", tables))))
    assert len({name.casefold() for name in book.sheetnames}) == 4
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert book.worksheets[0]["A2"].value == "x" * 32_766 + "…"


def test_csv_has_a_mark_commas_and_no_formula():
    rows = tuple((cell(name), number(index)) for index, name in enumerate(HOSTILE))
    data = render_csv.render(Report("T", "en", (Table((Column("Name"), Column("=n")), rows, "c"),)))
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read[0] == ["Name", "'=n"]
    assert [row[0] for row in read[1:5]] == ["'=1+1", "'+49 171", "'-ja", "'@SUM(A1)"]
    assert [row[0] for row in read[5:]] == [clean(name) for name in HOSTILE[4:]]
    assert [row[1] for row in read[1:]] == [str(index) for index in range(len(HOSTILE))]


def test_a_negative_figure_stays_a_figure_in_csv():
    data = render_csv.render(Report("T", "en", (Table((Column("n"),), ((number(-1.5),),), "c"),)))
    assert data.decode("utf-8-sig") == "n\r\n-1.5\r\n"


@pytest.mark.parametrize("renderer", [render_csv, render_xlsx])
def test_a_report_without_tables_cannot_be_a_table(renderer):
    with pytest.raises(KnownError, match="no table"):
        renderer.render(Report("T", "en", (paragraph("x"),)))


def test_markdown_shows_hostile_names_as_text(hostile_report):
    page = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = page.parse(render_md.render(hostile_report).decode())
    inline = [child for token in tokens for child in token.children or ()]
    shown = "".join(child.content for child in inline if child.type in ("text", "text_special"))
    for name in HOSTILE:
        assert " ".join(clean(name).split()).replace('"', "") in shown.replace('"', "") or "\n" in clean(name)
    raw = {
        token.content.split()[0]
        for token in [*tokens, *inline]
        if token.type in ("html_inline", "html_block")
    }
    assert raw <= {"<a", "</a>", "<small>", "</small>", "<br>"}
    links = [child.attrGet("href") for child in inline if child.type == "link_open"]
    assert links
    assert all(link.startswith("#") for link in links)
    tables = [token for token in tokens if token.type == "tbody_open"]
    assert len(tables) == 2


def test_markdown_sets_quotes_as_quotes_with_citation(plain_report):
    text = render_md.render(plain_report).decode()
    assert "> “Mittel” (Interview 1, Abs. 34)" in text
    assert "## 1 Categories" in text
    assert "**\\[give reasons\\]**" in text
