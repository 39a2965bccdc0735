"""Reports as Word documents, read back with python-docx."""

import io
import re
import time
import zipfile
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn

from qda.reports import render_docx
from qda.reports.docx_table import column_widths
from qda.reports.model import Column, Quote, Report, Section, Table, paragraph
from qda.reports.render_docx import render
from qda.reports.text import clean

from .samples import HOSTILE, sample


@pytest.fixture(scope="module")
def document():
    return Document(io.BytesIO(render(sample())))


def texts(document, style):
    return [one.text for one in document.paragraphs if one.style.name == style]


def test_headings_carry_real_numbering_and_stand_in_the_contents_with_pages(document):
    assert texts(document, "Heading 1") == ["Categories", "Core", "End"]
    assert texts(document, "Heading 4") == ["Definition"]
    style = document.styles["Heading 2"].element
    assert style.find(f".//{qn('w:numId')}") is not None
    lines = [one.text for one in document.paragraphs if one.style.name.startswith("toc ")]
    assert [line.split("\t")[:2] for line in lines] == [
        ["1", "Categories"],
        ["1.1", "Netzwerkpflege"],
        ["1.2", "Mittel"],
        ["1.3", "Rückhalt"],
        ["2", "Core"],
        ["3", "End"],
    ]
    pages = [int(line.split("\t")[2]) for line in lines]
    assert pages == sorted(pages)
    assert pages[0] == 3


def test_every_link_and_field_points_to_a_bookmark_that_exists(document):
    body = document.element.body
    marks = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    fields = [one.text for one in body.iter(qn("w:instrText"))]
    wanted = {name for text in fields for name in re.findall(r"(?:PAGE)?REF (\S+)", text)}
    assert anchors <= marks
    assert wanted <= marks
    assert len(wanted) == 6 + 3
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(fields)


def test_cross_references_and_captions_read_as_text(document):
    assert "See Table 1, Figure 1 and Section\u00a02." in texts(document, "Body Text")
    assert texts(document, "Caption") == [
        "Table 1: Counts of Netzwerkpflege",
        "Figure 1: Figure of Netzwerkpflege",
        "Table 2: Code tree",
    ]


def test_tables_repeat_their_head_keep_rows_whole_and_fill_the_width(document):
    for table in document.tables:
        rows = table._tbl.findall(qn("w:tr"))
        assert rows[0].find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        grid = [int(one.get(qn("w:w"))) for one in table._tbl.iter(qn("w:gridCol"))]
        assert sum(grid) == 16_838 - 2 * 1_531
    assert [one.text for one in document.tables[0].rows[2].cells] == [
        "■\tNetzwerkpflege",
        "0",
        "Netzwerkpflege",
    ]


def test_where_words_need_more_than_the_page_has_the_short_ones_stay_whole():
    titles = ("Wörter", "Zusammenarbeitsvereinbarung", "Koordinierungsgruppensitzung", "Fallzahl")
    heads = tuple(Column(title) for title in titles)
    narrow, *_rest = widths = column_widths(Table(heads, ()), 5_000)
    alone = column_widths(Table((Column("Wörter"), Column("x", share=50)), ()), 5_000)[0]
    assert sum(widths) == 5_000
    assert narrow == alone
    assert widths[1] > widths[3] > narrow


def test_two_tables_never_touch_and_the_document_ends_with_a_paragraph():
    table = Table((), ())
    body = Document(io.BytesIO(render(Report("T", "en", (table, table))))).element.body
    tags = [one.tag.rsplit("}", 1)[-1] for one in body]
    assert "tbl" in tags
    assert all(pair != ("tbl", "tbl") for pair in pairwise(tags))
    assert tags[-2:] == ["p", "sectPr"]


def test_pages_are_a4_and_turn_for_a_wide_section(document):
    sizes = [(round(one.page_width.mm), round(one.page_height.mm)) for one in document.sections]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    assert document.sections[0].different_first_page_header_footer
    assert document.sections[0].header.paragraphs[0].text == "Netzwerkpflege · Invented teaching study"
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.sections[2].header.is_linked_to_previous


def test_the_picture_has_its_width_and_alternative_text(document):
    shape = document.inline_shapes[0]
    assert round(shape.width.mm) == 100
    assert round(shape.height.mm) == 50
    assert shape._inline.docPr.get("descr") == "Netzwerkpflege"


def test_language_hyphenation_and_properties_are_set_and_nothing_is_asked_at_opening():
    data = render(sample())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        styles = package.read("word/styles.xml").decode()
        settings = package.read("word/settings.xml").decode()
    assert 'w:val="en-GB"' in styles
    assert "autoHyphenation" in settings
    assert "updateFields" not in settings
    assert not [name for name in names if "customXml" in name or "thumbnail" in name]
    core = Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.language) == ("Netzwerkpflege", "M. Koch", "en-GB")
    assert core.created.year == 2026


def test_quotations_are_set_as_block_quotes_with_their_citation():
    report = Report("T", "de", (Quote("Die wollten „nie“ wieder", "Interview 2, Abs. 34"),))
    found = texts(Document(io.BytesIO(render(report))), "Quote")
    assert found == ["„Die wollten ‚nie‘ wieder“ (Interview 2, Abs.\u00a034)"]


def test_hostile_names_arrive_as_text(hostile_report):
    document = Document(io.BytesIO(render(hostile_report)))
    quotes = texts(document, "Quote")
    for name, quote in zip(HOSTILE, quotes, strict=True):
        letters = re.sub(r"[\"„“”‘’]", "", clean(name))
        assert letters in re.sub(r"[\"„“”‘’]", "", quote)
    bidi = [one.text for one in document.paragraphs if one._p.find(f".//{qn('w:bidi')}") is not None]
    assert any("שלום עולם" in one for one in bidi)
    cells = [row.cells[2].text for row in document.tables[0].rows[2:]]
    assert cells == [clean(name) for name in HOSTILE]


def test_five_thousand_paragraphs_are_written_in_less_than_two_seconds(monkeypatch):
    monkeypatch.setattr(render_docx, "pages", lambda *_all: {})  # pages are set, which is measured elsewhere
    text = "Koordinierende sollen zusammenhalten, was sie nicht anweisen können. " * 3
    sections = tuple(Section(f"S {n}", tuple(paragraph(text) for _ in range(50))) for n in range(100))
    start = time.process_time()
    data = render(Report("T", "de", sections))
    assert time.process_time() - start < 2
    assert len(data) > 10_000
