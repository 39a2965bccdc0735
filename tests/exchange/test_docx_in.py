"""Word files: what a person sees in Word arrives, what Word hides does not."""

import io
import zipfile

import pytest

from qda.errors import KnownError
from qda.exchange import archive
from qda.exchange.docx_in import read_docx
from qda.exchange.reading import read_file, read_transcript


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(data: bytes) -> list[str]:
    return [p.text for p in read_docx(data).paragraphs]


@pytest.mark.parametrize(
    "probe",
    [
        "Interview 3 – HEADING",
        "BOLDSPEAKER plain text after bold speaker",
        "TABBED\tafter tab",
        "LINEBREAK second line",
        "SOFTHY Integration U+00AD Koordination",
        "NOBREAKHY 2015‑2020",
        "NBSP z.\u00a0B.",
        "TRACK kept INSERTED MOVEDTO",
        "LINK see HYPERLINKTEXT",
        "INLINESDT",
        "FLDSIMPLE",
        "SMARTTAG",
        "HIDDENP",
        "NUMBERED I",
        "FOOTNOTE anchor",
        "BOXANCHOR\nTEXTBOXTEXT\nTABLE I:\tTABLECELL Frage\nB:\tTABLECELL Antwort\nAFTERTABLE",
        "BLOCKSDT paragraph",
        "CUSTOMXML paragraph",
        "COMMENTED span",
        "SYM →",
        "ALTCHOICE",
    ],
)
def test_every_feature_of_word_that_shows_text_arrives(shared, probe):
    assert probe in read_transcript(shared / "derived/docx_features.docx").text


@pytest.mark.parametrize(
    "gone", ["DELETED", "MOVEDFROM", "HIDDENTEXT", "ALTFALLBACK", "COMMENTTEXT", "\u00ad"]
)
def test_what_word_does_not_show_in_the_text_stays_out(shared, gone):
    assert gone not in read_transcript(shared / "derived/docx_features.docx").text


def test_looks_and_comments_are_kept_beside_the_text(shared):
    raw = read_file(shared / "derived/docx_features.docx")
    by_text = {p.text.split()[0]: p for p in raw.paragraphs}
    assert by_text["BOLDSPEAKER"].bold == len("BOLDSPEAKER")
    assert by_text["Interview"].heading == 1
    assert by_text["B:"].row
    comment = raw.comments[0]
    assert (comment.author, comment.text) == ("A", "COMMENTTEXT")
    assert raw.paragraphs[comment.first].text == raw.paragraphs[comment.last].text == "COMMENTED span"
    assert raw.original == (shared / "derived/docx_features.docx").read_bytes()
    assert len(raw.sha256) == 64


def test_a_deleted_paragraph_mark_joins_two_paragraphs(docx):
    first = paragraph(run("I: Wie "), properties="<w:rPr><w:del/></w:rPr>")
    assert texts(docx(first + paragraph(run("war das?")))) == ["I: Wie war das?"]


def test_text_hidden_by_its_style_stays_out_and_bold_comes_from_a_style(docx):
    styles = (
        '<w:root><w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="S"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="T"><w:basedOn w:val="S"/></w:style></w:root>'
    )
    body = paragraph(
        run("B", '<w:rStyle w:val="T"/>'), run(" sichtbar"), run(" weg", '<w:rStyle w:val="H"/>')
    )
    content = read_docx(docx(body, {"word/styles.xml": styles}))
    assert [(p.text, p.bold) for p in content.paragraphs] == [("B sichtbar", 1)]


def test_a_footnote_follows_its_paragraph_with_a_mark_in_both(docx):
    notes = (
        '<w:root><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>leise gesprochen</w:t></w:r></w:p></w:footnote></w:root>'
    )
    body = paragraph(run("B: Ja"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" doch.")) + paragraph(
        run("I: Gut.")
    )
    assert texts(docx(body, {"word/footnotes.xml": notes})) == [
        "B: Ja[1] doch.",
        "[1] leise gesprochen",
        "I: Gut.",
    ]


def test_a_complex_field_shows_its_result_and_not_its_instruction(docx):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
    )
    assert texts(docx(paragraph(run("Seite "), field))) == ["Seite 12"]


def test_a_deleted_row_is_skipped_and_a_cell_of_two_paragraphs_becomes_two_lines(docx):
    def row(*cells: str, properties: str = "") -> str:
        inner = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"

    table = row(paragraph(run("I")), paragraph(run("Eins")) + paragraph(run("Zwei")))
    table += row(paragraph(run("weg")), paragraph(run("weg")), properties="<w:del/>")
    assert texts(docx(f"<w:tbl>{table}</w:tbl>")) == ["I\tEins\nZwei"]


def test_a_document_type_is_refused(docx):
    hostile = docx(paragraph(run("x")), before='<!DOCTYPE w [<!ENTITY a "aaaa">]>')
    with pytest.raises(KnownError, match="document type"):
        read_docx(hostile)


def test_a_bomb_is_not_unpacked(docx):
    bomb = docx(paragraph(run("a" * 40_000_000)))
    assert len(bomb) < 100_000
    with pytest.raises(KnownError, match="unpacks to far more"):
        read_docx(bomb)


def test_a_file_with_thousands_of_parts_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for i in range(archive.MAX_ENTRIES + 1):
            made.writestr(f"p{i}", b"")
    with pytest.raises(KnownError, match="parts"):
        archive.Archive(stream.getvalue())


@pytest.mark.parametrize(
    "damage", [lambda d: d[: len(d) // 2], lambda d: d.replace(b"PK\x01\x02", b"PK\x01\x09")]
)
def test_a_damaged_file_is_told_in_a_sentence(docx, damage):
    with pytest.raises(KnownError, match="damaged"):
        read_docx(damage(docx(paragraph(run("x")))))


def test_broken_xml_is_told_in_a_sentence(docx):
    with pytest.raises(KnownError, match="well-formed"):
        read_docx(docx("<w:p>"))
