"""Word files: what a person sees in Word arrives, what Word hides does not."""

import io
import random
import re
import zipfile

import pytest

from qda.errors import KnownError
from qda.exchange import archive
from qda.exchange.docx_in import read_docx
from qda.exchange.raw import RawStyle
from qda.exchange.reading import read_bytes, read_file, read_transcript


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
    assert (comment.start, comment.stop, comment.date) == (10, 14, "2026-11-21T22:46:37")
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


STYLES = (
    '<w:root><w:style w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:styleId="Loud"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:styleId="Calm"><w:basedOn w:val="Loud"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
    '<w:style w:styleId="H"><w:name w:val="heading 2"/><w:basedOn w:val="Loud"/></w:style></w:root>'
)


def looks(data: bytes) -> list[tuple[str, int, tuple[RawStyle, ...]]]:
    return [(p.text, p.bold, p.styles) for p in read_docx(data).paragraphs]


def test_neighbouring_runs_of_one_look_are_one_and_each_look_is_kept(docx):
    body = paragraph(
        *(run("Frau ", "<w:b/>"), run("B:", "<w:b/><w:i/>"), run(" leise ", "<w:i/>")),
        *(run("doch", '<w:u w:val="single"/>'), run(" so", '<w:u w:val="none"/>')),
    )
    styles = (RawStyle(0, 7, "bold"), RawStyle(5, 14, "italic"), RawStyle(14, 18, "underline"))
    assert looks(docx(body)) == [("Frau B: leise doch so", 7, styles)]


def test_a_plain_blank_between_bold_words_does_not_end_the_bold_beginning(docx):
    body = paragraph(run(" "), run("Frau", "<w:b/>"), run(" "), run("B:", "<w:b/>"), run(" ja"))
    assert looks(docx(body)) == [(" Frau B: ja", 8, (RawStyle(1, 5, "bold"), RawStyle(6, 8, "bold")))]


def test_bold_of_paragraph_and_run_cancel_out_and_a_style_can_undo_its_ancestor(docx):
    strong = '<w:rStyle w:val="Strong"/>'
    body = "".join(
        paragraph(run("I:", strong), run(" ja"), properties=f'<w:pStyle w:val="{style}"/>')
        for style in ("Loud", "Calm", "H")
    )
    assert looks(docx(body, {"word/styles.xml": STYLES})) == [
        ("I: ja", 0, (RawStyle(2, 5, "bold"),)),
        ("I: ja", 2, (RawStyle(0, 2, "bold"),)),
        ("I: ja", 2, (RawStyle(0, 2, "bold"),)),
    ]


def test_notes_are_marked_as_such_also_behind_a_row_and_hidden_words_stay_out(docx):
    notes = (
        '<w:root><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> leise</w:t></w:r>'
        f"{run('weg', '<w:vanish/>')}</w:p><w:p>{run('zwei', '<w:i/>')}</w:p></w:footnote></w:root>"
    )
    cell = paragraph(run("Ja"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    body = f"<w:tbl><w:tr><w:tc>{paragraph(run('B'))}</w:tc><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    found = read_docx(docx(body, {"word/footnotes.xml": notes})).paragraphs
    assert [(p.text, p.row, p.note) for p in found] == [
        ("B\tJa[1]", True, False),
        ("[1] leise zwei", False, True),
    ]
    assert found[1].styles == (RawStyle(10, 14, "italic"),)


def test_a_note_that_is_referred_to_many_times_is_told_once(docx):
    notes = '<w:root><w:footnote w:id="2"><w:p><w:r><w:t>leise</w:t></w:r></w:p></w:footnote></w:root>'
    body = paragraph(run("Ja"), '<w:r><w:footnoteReference w:id="2"/></w:r>' * 3)
    assert texts(docx(body, {"word/footnotes.xml": notes})) == ["Ja[1][1][1]", "[1] leise"]


def remark(key: str) -> str:
    return (
        f'<w:comment w:id="{key}" w:author="Ada" w:date="2024-03-05T10:11:12Z">'
        "<w:p><w:r><w:t>Eins</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Zwei</w:t></w:r></w:p></w:comment>"
    )


def placed(data: bytes) -> list[tuple[int, int, int, int]]:
    return [(c.first, c.start, c.last, c.stop) for c in read_docx(data).comments]


def test_a_comment_has_its_exact_range_over_paragraphs_cells_and_between_paragraphs(docx):
    names = ("commentRangeStart", "commentRangeEnd", "commentReference")
    start, stop, refers = (f'<w:{name} w:id="KEY"/>' for name in names)
    body = paragraph(run("I: Na "), start.replace("KEY", "1"), run("ja")) + paragraph(
        run("B: das"), stop.replace("KEY", "1"), run(" war"), f"<w:r>{refers}</w:r>".replace("KEY", "1")
    )
    cell = paragraph(run("vor "), start.replace("KEY", "2"), run("wort"), stop.replace("KEY", "2"))
    body += f"<w:tbl><w:tr><w:tc>{paragraph(run('B'))}</w:tc><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    body += start.replace("KEY", "3") + paragraph(run("ganz")) + stop.replace("KEY", "3")
    body += paragraph(run("an einem Punkt"), f"<w:r>{refers}</w:r>".replace("KEY", "4"), run(" nur"))
    remarks = "".join(remark(key) for key in "1234")
    data = docx(body, {"word/comments.xml": f"<w:root>{remarks}</w:root>"})
    assert placed(data) == [(0, 6, 1, 6), (2, 6, 2, 10), (3, 0, 3, 4), (4, 9, 4, 14)]
    first = read_docx(data).comments[0]
    assert (first.author, first.text, first.date) == ("Ada", "Eins\nZwei", "2024-03-05T10:11:12")


def test_the_text_is_found_by_the_relations_of_the_file():
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<R><r Type="{kinds}/officeDocument" Target="/word/document2.xml"/></R>',
        "word/_rels/document2.xml.rels": f'<R><r Type="{kinds}/footnotes" Target="footnotes9.xml"/></R>',
        "word/footnotes9.xml": f'<w:f {word}><w:footnote w:id="2">'
        f"{paragraph(run('leise'))}</w:footnote></w:f>",
        "word/document2.xml": f"<w:document {word}><w:body>"
        + paragraph(run("I: Wie?"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + "</w:body></w:document>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    raw = read_bytes(stream.getvalue(), name="a.docx")
    assert (raw.format, raw.text) == ("docx", "I: Wie?[1]\n[1] leise")


def test_a_file_without_a_word_is_told_in_a_sentence(docx):
    with pytest.raises(KnownError, match="no text"):
        read_docx(docx(paragraph()))


@pytest.mark.parametrize("name", ["ins", "sdt", "r", "x", "tbl", "txbxContent", "AlternateContent"])
def test_deep_nesting_is_read_or_refused_and_never_overruns(docx, name):
    inside = f"{f'<w:{name}>' * 240}{run('x')}{f'</w:{name}>' * 240}"
    for body in (inside, f"<w:p>{inside}</w:p>"):
        try:
            assert "y" in texts(docx(body + paragraph(run("y"))))
        except KnownError as error:
            assert str(error)


def test_mutated_files_are_read_or_refused_in_a_sentence(shared):
    chance = random.Random(3)
    source = (shared / "derived/docx_features.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode()
    names, values = (sorted(set(re.findall(found, text))) for found in (r"<(\w+:\w+)", r'="[^"]*"'))
    for number in range(150):
        stream = io.BytesIO()
        changed = re.sub(rf"(</?){chance.choice(names)}\b", rf"\1{chance.choice(names)}", text)
        changed = changed.replace(
            chance.choice(values), chance.choice(('="-1"', '="²"', '="99999999"', '=""'))
        )
        with zipfile.ZipFile(stream, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, changed if name == "word/document.xml" else data)
        raw = bytearray(stream.getvalue())
        if number % 3 == 0:
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            assert read_docx(bytes(raw)).paragraphs
        except KnownError as error:
            assert str(error)
