"""Rich Text files: every program writes its own, and the words, bold labels, notes and comments arrive."""

import random
import time

import pytest

from qda.coding.transcript import turns
from qda.errors import KnownError
from qda.exchange.raw import RawStyle
from qda.exchange.reading import read_bytes, read_transcript
from qda.exchange.rtf_in import read_rtf

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}}"


def rtf(body: str, head: str = HEAD) -> bytes:
    return f"{head}{body}}}".encode("latin-1")


def texts(body: str, head: str = HEAD) -> list[str]:
    return [p.text for p in read_rtf(rtf(f"\n{body}", head)).paragraphs]


WORD = r"""{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\adeff31507\deff0\stshfdbch31506\stshfloch31506\deflang1031
{\fonttbl{\f0\fbidi \froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}
{\f2\fbidi \fmodern\fcharset0\fprq1 Courier New;}{\f10\fbidi \fnil\fcharset2\fprq2 Wingdings;}
{\f37\fbidi \fswiss\fcharset0\fprq2 Calibri;}{\f45\fbidi \froman\fcharset238\fprq2 Times New Roman CE;}}
{\colortbl;\red0\green0\blue0;}{\*\defchp \f37\fs22 }
{\stylesheet{\ql \li0\ri0\f37\fs22 \snext0 \sqformat Normal;}
{\s1\ql \sb240\keepn\outlinelevel0 \b\f37\fs32 \sbasedon0 \snext0 \sqformat heading 1;}
{\*\cs10 \additive \ssemihidden Default Paragraph Font;}{\*\cs15 \additive \b Strong;}}
{\*\rsidtbl \rsid1\rsid2}{\mmathPr\mmathFont34}{\info{\title Geheimer Titel}{\author Wer Auch}}
{\*\themedata 504b0304140006}{\*\latentstyles\lsdstimax371{\lsdlockedexcept \lsdqformat1 Normal;}}
\paperw11906\widowctrl{\*\pnseclvl1\pnucrm{\pntxta .}}{\header \pard\plain Kopfzeile\par}
\pard\plain \ltrpar\s1\ql\outlinelevel0 \rtlch\fcs1 \af0 \ltrch\fcs0 \b\f37\fs32 {\rtlch\fcs1 \af0 \ltrch\fcs0
\insrsid1 \'dcberschrift}{\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid2
\par }\pard\plain \ltrpar\ql \f37\fs22 {\rtlch\fcs1 \ab\af0 \ltrch\fcs0 \b\insrsid1 Int}{\rtlch\fcs1 \ab\af0
\ltrch\fcs0 \b\insrsid1 erviewerin:}{\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid1  Erz\'e4hlen Sie \'84mal\'93\'85 }
{\rtlch\fcs1 \af0 \ltrch\fcs0 \deleted\revauthdel1 weg}{\rtlch\fcs1 \af0 \ltrch\fcs0 \revised\revauth1 neu}
{\rtlch\fcs1 \af0 \ltrch\fcs0 \v\insrsid1 versteckt}
{\field{\*\fldinst {\rtlch\fcs1 \af0 \ltrch\fcs0  HYPERLINK "http://x" }}{\fldrslt {\cs16\ul Verweis}}}\sectd
{\rtlch\fcs1 \af0 \ltrch\fcs0
\par }{\rtlch\fcs1 \ab\af0 \ltrch\fcs0 \b Herr M\'fcller:}{ \loch\af37\hich\af37\dbch\af31505\loch\f37
\hich\af37 Ja
{\field{\*\fldinst SYMBOL 224 \\f "Wingdings" \\s 11}{\fldrslt\f10\fs22}}.
\par }}"""


def test_a_file_of_word_gives_headings_bold_labels_and_what_is_seen():
    content = read_rtf(WORD.encode("latin-1"))
    assert [(p.text, p.bold, p.heading) for p in content.paragraphs] == [
        ("Überschrift", 0, 1),
        ("Interviewerin: Erzählen Sie „mal“… neuVerweis", len("Interviewerin:"), 0),
        ("Herr Müller: Ja→.", len("Herr Müller:"), 0),
    ]
    assert content.paragraphs[1].styles == (RawStyle(0, 14, "bold"), RawStyle(38, 45, "underline"))
    assert not content.warnings


TEXTEDIT = (
    r"""{\rtf1\ansi\ansicpg1252\cocoartf2639
\cocoatextscaling0\cocoaplatform0{\fonttbl\f0\fswiss\fcharset0 Helvetica-Bold;\f1\fswiss\fcharset0 Helvetica;}
{\colortbl;\red255\green255\blue255;}
{\*\expandedcolortbl;;}
\paperw11900\paperh16840\margl1440\margr1440\vieww11520\viewh8400\viewkind0
\pard\tx566\tx1133\pardirnatural\partightenfactor0

\f0\b\fs24 \cf0 I:
\f1\b0  \'84Gr\'fc\'dfe\'93 \uc0\u8211  ja \u55357 \u56832 \
"""
    "\\\n"
    r"""
\f0\b B:
\f1\b0  Nein.{{\NeXTGraphic bild.png \width640 \height480 \appleattachmentpadding0 \appleembedtype0
}\'ac}\
\pard\tx220\li720\fi-720\pardirnatural
\ls1\ilvl0\cf0 {\listtext	\uc0\u8226 	}Punkt\
}"""
)


def test_a_file_of_textedit_ends_paragraphs_by_backslash_and_line_end():
    content = read_rtf(TEXTEDIT.encode("latin-1"))
    assert [(p.text, p.bold) for p in content.paragraphs] == [
        ("I: „Grüße“ – ja 😀", 2),
        ("", 0),
        ("B: Nein.", 2),
        ("Punkt", 0),
    ]


def test_a_file_of_a_transcription_program_keeps_labels_and_time_marks():
    body = (
        "\\viewkind4\\uc1\\pard\\lang1031\\b\\f0\\fs22 I:\\b0  Wie war es? #00:00:12-1#\\par\r\n"
        "\\b B:\\b0  Gut, \\i sehr\\i0  gut. #00:00:15-4#\\par\r\n\\b I:\\b0  Sch\\'f6n.\\par\r\n"
        "\\b B:\\b0  Eben.\\par\r\n"
    )
    raw = read_bytes(rtf(body), name="a.rtf")
    assert raw.format == "rtf"
    assert [(p.text, p.bold) for p in raw.paragraphs] == [
        ("I: Wie war es? #00:00:12-1#", 2),
        ("B: Gut, sehr gut. #00:00:15-4#", 2),
        ("I: Schön.", 2),
        ("B: Eben.", 2),
    ]
    assert raw.paragraphs[1].styles == (RawStyle(0, 2, "bold"), RawStyle(8, 12, "italic"))


LIBREOFFICE = r"""{\rtf1\ansi\deff3\adeflang1025
{\fonttbl{\f0\froman\fprq2\fcharset0 Times New Roman;}
{\f3\froman\fprq2\fcharset0 Liberation Serif{\*\falt Times};}}
{\stylesheet{\s0\snext0\f3 Normal;}{\s1\sbasedon0\snext1\b Heading 1;}}
{\*\generator LibreOffice/7}{\info{\title Titel}}{\*\userprops}\deftab709
{\*\pgdsctbl{\pgdsc0\pgdscuse451 Default;}}\formshade{\*\pgdscno0}\sectd{\*\ftnsep\chftnsep}\pgndec
\pard\plain \s0\f3{\loch\b\loch
B:}{\loch
 Na {\*\atrfstart 0}\loch
ja, das}{{\*\atrfend 0}{\*\atnid ML}{\*\atnauthor Mo Li}{\chatn}{\*\annotation{\*\atnref 0}
{\*\atndate -940855890}
{\rtlch \ltrch\loch Erste\par Zweite}}}{\loch
 wei\u223\'df}{{\super\chftn}{\*\footnote\pard\plain {\super\chftn }{\loch leise }{\i gesprochen}}}{\loch
 ich nicht.\line Zeile\tab Ende}
\par \trowd\trql\cellx4212\cellx8531\pard\plain \s0\f3\intbl{\loch\b
I}\cell\pard\plain\intbl{\loch
Eins}\par\pard\plain\intbl{\loch
Zwei}\cell\row\pard\pard\plain {\loch
Schluss}
\par }"""


def test_a_file_of_libreoffice_gives_comment_note_and_table():
    content = read_rtf(LIBREOFFICE.encode("latin-1"))
    assert [(p.text, p.bold, p.row, p.note) for p in content.paragraphs] == [
        ("B: Na ja, das weiß[1] ich nicht.\nZeile\tEnde", 2, False, False),
        ("[1] leise gesprochen", 0, False, True),
        ("I\tEins\nZwei", 1, True, False),
        ("Schluss", 0, False, False),
    ]
    (comment,) = content.comments
    assert (comment.author, comment.text, comment.date) == ("Mo Li", "Erste\nZweite", "2026-11-21T22:46")
    assert content.paragraphs[comment.first].text[comment.start : comment.stop] == "ja, das"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\u8364 ?uro", "€uro"),
        (r"\u8364\'80uro", "€uro"),
        (r"{\uc2\u26085\'93\'fax}", "日x"),
        (r"\uc0\u8364 uro", "€uro"),
        (r"\u-10179 ?\u-8704 ?!", "😀!"),
        (r"\u128512 ?!", "😀!"),
        (r"{\u8364}x", "€x"),
        (r"\u8211\endash x", "–x"),
        (r"a\emdash b\endash c\bullet\lquote d\rquote\ldblquote e\rdblquote", "a—b–c•‘d’“e”"),
        (r"z.\~B. 2015\_2020 Ko\-operation", "z.\u00a0B. 2015\u20112020 Ko\u00adoperation"),
        (r"\{x\}\\", r"{x}\ ".strip()),
        (r"a{\v geheim}b{\deleted weg}c", "abc"),
        (r"a\v geheim\v0 b", "ab"),
        (r"a{\v geheim \v0 offen}b", "aoffenb"),
        (r"a{\*\unknown weg{\b weg}}b", "ab"),
        (r"a{\pict\pngblip 89504e47}b", "ab"),
        ("a{\\pict\\bin5 }}}{{}b", "ab"),
        (r"a{\xe Stichwort}{\tc Eintrag}b", "ab"),
        (r"a{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}b", "ab"),
        (r"a{\object\objemb{\*\objclass X}{\*\objdata 00}{\result bild}}b", "abildb"),
        (r"a{\upr{ansi}{\*\ud{unicode}}}b", "aunicodeb"),
        (r"{\field{\*\fldinst DATE}{\fldrslt heute}}", "heute"),
        (r"{\pntext\'b7\tab}Punkt", "Punkt"),
        ("zwei\r\n Wör\nter".encode().decode("latin-1"), "zwei WÃ¶rter"),  # never UTF-8
        (r"a\page b", "a\nb"),
        (r"{\*\cs15\b fett}", "fett"),
        (r"a\bin3 }}}b", "ab"),
    ],
)
def test_traps_of_the_format(body, text):
    assert texts(body) == [text]


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (r"{\rtf1\ansi\ansicpg1250", r"P\'f8\'edli\'9a", "Příliš"),
        (r"{\rtf1\ansi\ansicpg1251", r"\'c6\'e8\'e7\'ed\'fc", "Жизнь"),
        (r"{\rtf1\mac", r"Gr\'9f\'a7e", "Grüße"),
        (r"{\rtf1\ansi\ansicpg10000", r"Gr\'9f\'a7e", "Grüße"),
        (r"{\rtf1\pc", r"Gr\'81\'e1e", "Grüße"),
        (r"{\rtf1\ansi\ansicpg932", r"\'93\'fa\'96\'7b \'83A", "日本 ア"),
        (r"{\rtf1\ansi\ansicpg936", r"\'c4\'e3\'ba\'c3", "你好"),
        (r"{\rtf1\ansi\ansicpg65001", r"Gr\'c3\'bc\'c3\'9fe", "Grüße"),
        (r"{\rtf1\ansi\ansicpg99999", r"Gr\'fc\'dfe", "Grüße"),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}", r"\'e4{\f1\'e4}\'e4", "äдä"),
        (r"{\rtf1\ansi\deff1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset161 B;}}", r"\'e1\plain\f0\'e1", "αá"),
        (r"{\rtf1\ansi{\fonttbl\f0\fcharset0 A;\f1\fcharset77 Geneva;}", r"\f1\'9f\f0\'fc", "üü"),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f3\fcharset2 Wingdings;}{\f4\fcharset2 Symbol;}}",
         r"\f3\'e0 \u-3872\'e0\f4 a\f0 a", "→ →αa"),
    ],
)  # fmt: skip
def test_bytes_are_letters_of_the_code_page_of_their_font(head, body, text):
    assert texts(body, head) == [text]


def test_tables_in_tables_text_boxes_and_endnotes_stand_where_they_belong():
    nested = r"\pard\intbl\itap2 n1\nestcell n2\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
    table = rf"\trowd\cellx1\cellx2\pard\intbl B:\cell Vor\par {nested}\pard\intbl nach\cell\row\pard "
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt \pard\plain Im Kasten\par}}{\shprslt{\*\do x}}}"
    note = r"{\super\chftn}{\footnote\ftnalt\pard\plain\chftn  Endnote}"
    content = read_rtf(rtf(rf"{table}Anker{box} weiter{note}\par Ende"))
    assert [(p.text, p.row, p.note) for p in content.paragraphs] == [
        ("B:\tVor\nn1\tn2\nnach", True, False),
        ("Anker weiter[1]", False, False),
        ("Im Kasten", False, False),
        ("[1] Endnote", False, True),
        ("Ende", False, False),
    ]


def test_a_deleted_end_of_paragraph_joins_and_a_comment_without_range_takes_its_word():
    comment = r"{\*\atnid ab}{\*\atnauthor Ada}\chatn{\*\annotation\pard Kurz}"
    content = read_rtf(rtf(rf"I: Wie {{\deleted weg\par}}war das{comment}?\par B: Gut"))
    assert [p.text for p in content.paragraphs] == ["I: Wie war das?", "B: Gut"]
    (found,) = content.comments
    assert (found.author, found.text) == ("Ada", "Kurz")
    assert content.paragraphs[found.first].text[found.start : found.stop] == "das?"


def test_a_comment_may_reach_over_several_paragraphs():
    body = r"I: {\*\atrfstart 7}Eins\par Zwei{\*\atrfend 7}{\*\annotation{\*\atnref 7}Lang} Drei"
    (found,) = read_rtf(rtf(body)).comments
    assert (found.first, found.start, found.last, found.stop) == (0, 3, 1, 4)


def test_the_same_interview_as_rtf_has_the_words_and_turns_of_the_text_file(shared):
    plain = read_transcript(shared / "derived/nnProf_f4.txt")
    rich = read_transcript(shared / "derived/nnProf_f4_boldspeaker.rtf")
    assert rich.text.split() == plain.text.split()
    assert [(t.speaker, t.time_ms) for t in turns(rich)] == [(t.speaker, t.time_ms) for t in turns(plain)]
    assert len(turns(rich)) > 40


def test_a_file_that_breaks_off_gives_what_is_there_and_says_so():
    content = read_rtf(rtf(r"I: Wie?\par B: Gu")[:-1])
    assert [p.text for p in content.paragraphs] == ["I: Wie?", "B: Gu"]
    assert "breaks off" in content.warnings[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"{\\rtf1 }", "no text"), (b"Hallo", "no Rich Text"), (b"{\\rtf1 " + b"{" * 6_000, "nested deeper")],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data, said):
    with pytest.raises(KnownError, match=said):
        read_rtf(data)


@pytest.mark.parametrize(
    "body",
    [
        rb"a\page " * 40_000,
        rb" \row" * 40_000,
        rb"\intbl a\cell" * 30_000,
        rb"{\*\x " * 50_000,
        rb"{\footnote a}" * 20_000,
        rb"\uc999999999 \u8364 \bin-5 \itap999999999 \f-1 \intbl x\nestcell" * 5_000,
    ],
)
def test_endless_repetition_is_read_in_linear_time(body):
    begin = time.perf_counter()
    assert read_rtf(b"{\\rtf1 x" + body + b"}").paragraphs
    assert time.perf_counter() - begin < 5


def test_mutated_files_are_read_or_refused_in_a_sentence():
    chance = random.Random(5)
    seeds = [text.encode("latin-1") for text in (WORD, TEXTEDIT, LIBREOFFICE)]
    for _ in range(300):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.choice((1, 3, 30))):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 1, 40))] = chance.choice(
                (b"{", b"}", b"\\", b"\\'", b"\xff", b"\\u")
            )
        try:
            assert read_rtf(bytes(data)).paragraphs
        except KnownError as error:
            assert str(error)
