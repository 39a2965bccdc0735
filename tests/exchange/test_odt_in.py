"""OpenDocument texts: what a person reads arrives in reading order, with looks, notes and comments."""

import io
import random
import re
import zipfile

import pytest

from qda.coding.transcript import turns
from qda.errors import KnownError
from qda.exchange.odt_in import read_odt
from qda.exchange.raw import RawStyle
from qda.exchange.reading import read_bytes, read_file, read_transcript

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        **{"office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing"},
        "fo": "xsl-fo-compatible",
    }.items()
)
NAMES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'


def style(name: str, properties: str, *, family: str = "text", more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" {more}>'
        f"<style:text-properties {properties}/></style:style>"
    )


AUTOMATIC = (
    style("B", 'fo:font-weight="bold"')
    + style("I", 'fo:font-style="italic"')
    + style("U", 'style:text-underline-style="solid"')
    + style("H", 'text:display="none"')
    + style("C", "", more='style:parent-style-name="Speaker"')
    + style("N", 'fo:font-weight="normal"')
    + style("P", 'fo:font-weight="bold"', family="paragraph")
    + style("Q", "", family="paragraph", more='style:parent-style-name="Heading_20_2"')
)
NAMED = style("Speaker", 'fo:font-weight="700"') + style(
    "Heading_20_2", 'fo:font-weight="bold"', family="paragraph", more='style:display-name="Heading 2"'
)


def odt(body: str, *, manifest: str = "", flat: bool = False, before: str = "") -> bytes:
    inner = f"<office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
    inner += f"<office:body><office:text>{body}</office:text></office:body>"
    styles = f"<office:styles>{NAMED}</office:styles>"
    if flat:
        return f'<?xml version="1.0"?>\n<office:document {NAMES}>{styles}{inner}</office:document>'.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        content = f"{before}<office:document-content {NAMES}>{inner}</office:document-content>"
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", f"<office:document-styles {NAMES}>{styles}</office:document-styles>")
        archive.writestr("meta.xml", f"<office:document-meta {NAMES}/>")
    return stream.getvalue()


def texts(body: str) -> list[str]:
    return [p.text for p in read_odt(odt(body)).paragraphs]


def test_every_probe_of_the_format_arrives_in_its_place(shared):
    raw = read_file(shared / "derived/odt_features.odt")
    assert [(p.text, p.heading, p.row, p.note) for p in raw.paragraphs] == [
        ("HEADING", 1, False, False),
        ("SPACES a   b TAB\tc LB\nd", 0, False, False),
        ("SPAN SPANTEXT LINK LINKTEXT", 0, False, False),
        ("NOTE[1] after", 0, False, False),
        ("[1] FOOTNOTETEXT", 0, False, True),
        ("ANNO after DELhere", 0, False, False),
        ("LISTITEM", 0, False, False),
        ("CELLA\tCELLB", 0, True, False),
        ("SECTIONTEXT", 0, False, False),
        ("BOX", 0, False, False),
        ("BOXTEXT", 0, False, False),
    ]
    (comment,) = raw.comments
    assert (comment.author, comment.text, comment.first, comment.start, comment.stop) == (
        *("X", "COMMENTTEXT", 5),
        *(0, 4),
    )


def test_the_same_interview_as_odt_has_the_words_and_turns_of_the_text_file(shared):
    plain = read_transcript(shared / "derived/nnProf_f4.txt")
    rich = read_transcript(shared / "derived/nnProf_f4_boldspeaker.odt")
    assert rich.text.split() == plain.text.split()
    assert [(t.speaker, t.time_ms) for t in turns(rich)] == [(t.speaker, t.time_ms) for t in turns(plain)]
    assert len(turns(rich)) > 40


def test_looks_come_from_automatic_and_named_styles():
    body = (
        '<text:p><text:span text:style-name="C">Frau</text:span> '
        '<text:span text:style-name="B">B:</text:span> sehr '
        '<text:span text:style-name="I">leise<text:span text:style-name="U"> doch</text:span></text:span>'
        '<text:span text:style-name="H">geheim</text:span></text:p>'
    )
    (paragraph,) = read_odt(odt(body)).paragraphs
    assert paragraph.text == "Frau B: sehr leise doch"
    assert paragraph.bold == len("Frau B:")
    assert paragraph.styles == (
        RawStyle(0, 4, "bold"),
        RawStyle(5, 7, "bold"),
        RawStyle(13, 23, "italic"),
        RawStyle(18, 23, "underline"),
    )


def test_a_bold_paragraph_with_a_plain_run_is_bold_at_its_beginning_only():
    body = '<text:p text:style-name="P">B:<text:span text:style-name="N"> gut</text:span></text:p>'
    (paragraph,) = read_odt(odt(body)).paragraphs
    assert (paragraph.bold, paragraph.styles) == (2, (RawStyle(0, 2, "bold"),))


def test_headings_are_known_by_level_and_by_style_and_their_look_is_no_speakers():
    body = '<text:h text:outline-level="3">Drei</text:h><text:p text:style-name="Q">Zwei</text:p>'
    assert [(p.heading, p.bold, p.styles) for p in read_odt(odt(body)).paragraphs] == [(3, 0, ()), (2, 0, ())]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:p>\n   Viel\n  Luft</text:p>", "Viel Luft"),
        ("<text:p>a <text:span> b</text:span> c</text:p>", "a b c"),
        ('<text:p><text:s text:c="2"/>eingerückt</text:p>', "  eingerückt"),
        ("<text:p>a<text:soft-page-break/>b</text:p>", "ab"),
        ("<text:p>a<text:ruby><text:ruby-base>b</text:ruby-base><text:ruby-text>x</text:ruby-text>"
         "</text:ruby></text:p>", "ab"),
        ("<text:p><text:date>1. Mai</text:date><text:bookmark/>!</text:p>", "1. Mai!"),
        ('<text:p>a<text:hidden-text text:is-hidden="true">weg</text:hidden-text>b</text:p>', "ab"),
        ("<text:p>\uf0e0</text:p>", "→"),
        ("<text:p>a<!-- nichts --><?x y?>b</text:p>", "ab"),
    ],
)  # fmt: skip
def test_blanks_and_fields_are_read_as_the_format_means_them(body, text):
    assert texts(body) == [text]


@pytest.mark.parametrize(
    "gone",
    [
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>",
        "<text:table-of-content><text:index-body><text:p>weg</text:p></text:index-body></text:table-of-content>",
        '<text:section text:display="none"><text:p>weg</text:p></text:section>',
    ],
)
def test_deleted_text_indexes_and_hidden_sections_stay_out(gone):
    assert texts(f"{gone}<text:p>da</text:p>") == ["da"]


def test_a_comment_reaches_from_its_beginning_to_its_end_over_paragraphs():
    comment = (
        '<office:annotation office:name="k"><dc:creator>Ada</dc:creator>'
        "<dc:date>2024-03-05T10:11:12.5</dc:date>"
        "<text:p>Eins</text:p><text:p>Zwei</text:p></office:annotation>"
    )
    body = f"<text:p>I: Na {comment}ja</text:p><text:p>B: das"
    body += '<office:annotation-end office:name="k"/> war es</text:p>'
    content = read_odt(odt(body))
    assert [p.text for p in content.paragraphs] == ["I: Na ja", "B: das war es"]
    (found,) = content.comments
    assert (found.author, found.text, found.date) == ("Ada", "Eins\nZwei", "2024-03-05T10:11:12")
    assert (found.first, found.start, found.last, found.stop) == (0, 6, 1, 6)


def test_a_comment_in_a_cell_and_a_note_in_a_cell_stay_with_the_row():
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>leise</text:p>"
    note += "</text:note-body></text:note>"
    mark = (
        '<office:annotation office:name="z"><dc:creator>A</dc:creator><text:p>Oh</text:p></office:annotation>'
    )
    cells = [
        "<text:p>B</text:p>",
        f'<text:p>Ja {mark}gut<office:annotation-end office:name="z"/>{note}</text:p><text:p>Zwei</text:p>',
    ]
    row = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    content = read_odt(odt(f"<table:table><table:table-row>{row}</table:table-row></table:table>"))
    assert [(p.text, p.row, p.note) for p in content.paragraphs] == [
        ("B\tJa gut[1]\nZwei", True, False),
        ("[1] leise", False, True),
    ]
    (found,) = content.comments
    assert content.paragraphs[0].text[found.start : found.stop] == "gut"


def test_a_flat_file_is_read_as_well():
    raw = read_bytes(odt("<text:p>I: Wie?</text:p>", flat=True), name="a.fodt")
    assert (raw.format, raw.text) == ("odt", "I: Wie?")


def test_endless_blanks_are_cut():
    assert len(texts('<text:p>a<text:s text:c="999999999"/>b</text:p>')[0]) < 2_000


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (odt("<text:p>x</text:p>", manifest="<encryption-data/>"), "password"),
        (odt("<text:p/>"), "no text"),
        (odt("<text:p>x</text:p>", before='<!DOCTYPE x [<!ENTITY a "b">]>'), "document type"),
        (odt("<text:p>"), "well-formed"),
        (odt("<text:p>x</text:p>")[:300], "damaged"),
        (odt("").replace(b"content.xml", b"kontent.xml"), "missing"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data, said):
    with pytest.raises(KnownError, match=said):
        read_odt(data)


def test_deep_nesting_is_read_or_refused_and_never_overruns():
    for name in ("text:span", "text:section", "draw:frame"):
        try:
            found = texts(f"<text:p>{f'<{name}>' * 240}x{f'</{name}>' * 240}</text:p><text:p>y</text:p>")
            assert "y" in found
        except KnownError as error:
            assert str(error)


def test_mutated_files_are_read_or_refused_in_a_sentence():
    chance = random.Random(7)
    source = odt(
        '<text:h text:outline-level="1">T</text:h>'
        '<text:p text:style-name="P">I:<text:s text:c="2"/>x</text:p>'
        '<table:table><table:table-row><table:table-cell><text:p>z</text:p></table:table-cell>'
        '</table:table-row></table:table><text:p><office:annotation office:name="a"><text:p>k</text:p>'
        '</office:annotation></text:p>',
        flat=True,
    ).decode()  # fmt: skip
    names = sorted(set(re.findall(r"<(\w+:[\w-]+)", source)))
    values = sorted(set(re.findall(r'="[^"]*"', source)))
    for _ in range(300):
        data = re.sub(rf"(</?){chance.choice(names)}\b", rf"\1{chance.choice(names)}", source)
        data = data.replace(chance.choice(values), chance.choice(('="-1"', '="²"', '="99999999"', '=""')), 1)
        raw = bytearray(data.encode())
        if chance.random() < 0.3:
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            assert read_odt(bytes(raw)).paragraphs
        except KnownError as error:
            assert str(error)
