"""Web pages: what is seen, looks, tables, encodings; transcripts of noScribe; odd files."""

import random

import pytest

from qda.coding.transcript import turns, with_time_marks
from qda.errors import KnownError
from qda.exchange.drafts import draft_of
from qda.exchange.html_in import read_html
from qda.exchange.raw import RawStyle
from qda.exchange.reading import read_bytes

NOSCRIBE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/strict.dtd">
<html ><head ><meta charset="UTF-8" /><meta name="qrichtext" content="1" />
<style type="text/css" >p, li { white-space: pre-wrap; }</style>
<meta name="audio_source" content="C:\\Users\\ada\\Gespräch.mp3" /></head>
<body style="font-weight: 400" ><div class="WordSection1" ><p style="font-weight: 600" >Gespräch</p>
<p ><span style="color: #909090" >Transcribed with noScribe vers. 0.7<br />(Timestamps: 1)</span></p>
<p ><a name="ts_0_2140_" >(2 seconds pause) </a></p>
<p ><a name="ts_2140_22800_S01" >S01: <span style="color: #78909C" >[00:00:02]</span> Guten Tag.</a><a
name="ts_22800_24360_S01" > (..)</a><a name="ts_30090_30910_//S02" > //S02: Ah.</a><a
name="ts_31870_33510_S01" >// Schön. <span style="color: #78909C" >[00:00:31]</span> Und <b>dann</b>?</a></p>
<p ><a name="ts_36190_36330_S00" ><span>Anna </span></a><a
name="ts_36190_36330_S00" ><span>[00:00:36]</span></a><a
name="ts_36190_36330_S00" ><span>: Ja: so.</span></a></p>
<p ><a name="ts_40000_41000_S00" >Es war: viel.</a></p>
<p ><a name="ts_42500_43000_S01" >Gut.</a></p></div></body></html>"""


def texts(page: str, encoding: str = "utf-8") -> list[str]:
    return [paragraph.text for paragraph in read_html(page.encode(encoding)).paragraphs]


def test_a_transcript_of_noscribe_has_its_speakers_and_exact_times() -> None:
    content = read_html(NOSCRIBE.encode())
    spoken = content.paragraphs[2:]
    assert [(p.text, p.label) for p in spoken] == [
        ("(2 seconds pause)", 0),
        ("S01: Guten Tag. (..) //S02: Ah.// Schön. Und dann?", 4),
        ("Anna: Ja: so.", 5),
        ("Es war: viel.", 0),
        ("S01: Gut.", 4),
    ]
    assert [(p.text[m.position :][:3], m.ms, m.written) for p in spoken for m in p.marks] == [
        ("(2 ", 0, "[00:00:00]"),
        ("Gut", 2140, "[00:00:02]"),
        ("Und", 31870, "[00:00:31]"),
        ("Ja:", 36190, "[00:00:36]"),
        ("Es ", 40000, "[00:00:40]"),
        ("Gut", 42500, "[00:00:42]"),
    ]
    (dann,) = spoken[1].styles
    assert spoken[1].text[dann.start : dann.stop] == "dann"
    assert content.header == (("audio", "Gespräch.mp3"),)


def test_the_turns_of_noscribe_arrive_in_the_draft_and_times_go_back_out() -> None:
    draft = draft_of(read_bytes(NOSCRIBE.encode(), name="a.html"))
    assert (draft.format, draft.family) == ("html", "voices")
    assert [(turn.speaker, turn.time_ms) for turn in turns(draft)] == [
        ("S01", 2140),
        ("Anna", 36190),
        ("S01", 42500),
    ]
    assert "Anna: [00:00:36] Ja: so." in with_time_marks(draft.text, draft.time_marks)


def test_white_space_collapses_as_in_a_browser() -> None:
    page = "<html>\n <p>Wie\n  geht <b> es </b> <i>dir</i>?</p>\n<div>Gut<br>so<p>  </p>ja</div><p>&nbsp;</p>"
    assert texts(page) == ["Wie geht es dir?", "Gut\nso", "ja"]
    assert texts("<html><pre>\n 01  a:   (.) so\n 02     ja \n</pre>") == [" 01  a:   (.) so\n 02     ja"]


def test_what_is_not_seen_is_not_read() -> None:
    page = (
        "<html><head><title>Titel</title><style>.weg{display:none}</style></head><body><script>x()</script>"
        "<noscript>a</noscript><template><p>b</p></template><p hidden>c</p><p style='display: none'>d</p>"
        "<p class='x weg'>e</p><!-- f --><p>g<span style='mso-hide:all'>h</span>&amp;&#8222;</p></html>"
    )
    content = read_html(page.encode())
    assert [p.text for p in content.paragraphs] == ["g&„"]
    assert content.header == (("title", "Titel"),)


def test_headings_lists_and_tables() -> None:
    page = (
        "<html><h2>Kopf</h2><ul><li>eins<li>zwei<ul><li>drei</ul></ul><dl><dt>T<dd>D</dl>"
        "<table><tr><th>Zeit<th>Wer<th>Was<tr><td><p>00:01</p><td><p>I</p><p>x</p><td><p>Eins</p><p>zwei</p><tr><td><td>B<td></table>"
        "<table><tr><td><p>nur Rahmen</p></td></tr></table><blockquote>Zitat</blockquote></html>"
    )
    found = read_html(page.encode()).paragraphs
    assert [(p.text, p.heading, p.row) for p in found] == [
        ("Kopf", 2, False),
        *((word, 0, False) for word in ("eins", "zwei", "drei", "T", "D")),
        ("Zeit\tWer\tWas", 0, True),
        ("00:01\tI x\tEins\nzwei", 0, True),
        ("\tB\t", 0, True),
        ("nur Rahmen", 0, False),
        ("Zitat", 0, False),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "<b>I:</b> Ja",
        "<strong>I</strong><b>:</b> Ja",
        "<span style='FONT-WEIGHT: 600'>I:</span> Ja",
        "<span class='c1'>I:</span><span class=c2> Ja</span>",
        "<b><span style='font-weight:normal'></span>I:</b> Ja",
    ],
)
def test_a_bold_beginning_is_told(words: str) -> None:
    page = (
        "<html><style>/* x */ p.a, .c1{color:red;font-weight:700}\n.c2{font-weight:400}</style>"
        f"<p>{words}</p>"
    )
    (found,) = read_html(page.encode()).paragraphs
    assert (found.text, found.bold, found.styles) == ("I: Ja", 2, (RawStyle(0, 2, "bold"),))


def test_a_page_saved_by_word_keeps_tabs_and_notes_and_tells_of_comments() -> None:
    page = (
        "<html><body><p class=MsoNormal>a<span style='mso-tab-count:1'>&nbsp;&nbsp; </span>b<o:p></o:p>"
        "<span class=MsoCommentReference><a href='#_msocom_1'>[A1]</a></span></p>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>Anmerkung</p></div></div>"
        "<div style='mso-element:footnote-list'>"
        "<div style='mso-element:footnote' id=ftn1><p>[1] Fuß</p></div></div>"
    )
    content = read_html(page.encode())
    assert [(p.text, p.note) for p in content.paragraphs] == [("a\tb", False), ("[1] Fuß", True)]
    assert content.warnings == ("1 comment was left out; save the file as docx to bring comments in.",)


@pytest.mark.parametrize(
    ("head", "encoding", "told"),
    [
        ("<meta charset=windows-1252>", "cp1252", "cp1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>", "cp1252", "cp1252"),
        ("<meta charset='utf-8'>", "utf-8", "utf-8"),
        ("<meta charset='windows-1252'>", "utf-8", "utf-8"),
        ("<meta charset='utf-8'>", "cp1252", "cp1252"),
        ("<meta charset=punycode>", "utf-8", "utf-8"),
        ("", "utf-16", "utf-16"),
        ("", "utf-8-sig", "utf-8"),
    ],
)
def test_the_encoding_is_the_declared_one_unless_that_is_wrong(head: str, encoding: str, told: str) -> None:
    content = read_html(f"<html><head>{head}</head><p>Für „Größe“</p>".encode(encoding))
    assert (content.paragraphs[0].text, content.encoding) == ("Für „Größe“", told)


def test_xhtml_with_a_document_type_is_read_and_loads_nothing() -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
        '"http://127.0.0.1:9/x.dtd" [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>so &e;</p><img src="http://127.0.0.1:9/a.png"/></body></html>'
    )
    words = " ".join(texts(page))
    assert "so" in words
    assert "root" not in words


def test_a_page_without_words_is_told_in_a_sentence() -> None:
    with pytest.raises(KnownError, match="no text"):
        read_html(b"<html><body><p> </p></body></html>")
    with pytest.raises(KnownError, match="too deeply"):
        read_html(b"<html>" + b"<div>x" * 5000)


def test_mutated_pages_are_read_or_told_and_nothing_else_happens() -> None:
    chance = random.Random(5)
    signs = (
        b"<",
        b">",
        b"<p>",
        b"<td>",
        b"</table>",
        b"&#0;",
        b"\x00",
        b"\xff\xfe",
        b"'",
        b"ts_1_2_S0",
        b"",
        b"[00:00:31]",
    )
    read_well = 0
    for _number in range(300):
        data = bytearray(NOSCRIBE.encode())
        for _change in range(chance.randint(1, 10)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 60)] = chance.choice(signs) * chance.choice((1, 1, 9))
        try:
            content = read_html(bytes(data))
        except KnownError:
            continue
        read_well += 1
        for p in content.paragraphs:
            assert p.text.strip()
            assert not p.label or p.text[p.label - 1] == ":"
            assert all(0 <= mark.position <= len(p.text) for mark in p.marks)
            assert all(0 <= style.start < style.stop <= len(p.text) for style in p.styles)
    assert read_well > 200
