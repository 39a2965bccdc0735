"""PDFs: the printed page becomes the paragraphs that were printed, and nothing that the page added."""

import random
import re
from collections import Counter
from difflib import SequenceMatcher

import pytest

from qda.coding.transcript import turns
from qda.errors import KnownError
from qda.exchange.drafts import draft_of
from qda.exchange.pdf_in import read_pdf
from qda.exchange.raw import RawDocument
from qda.exchange.reading import read_transcript
from tests.exchange.printed import Text, lines, pdf, width

WRAPPED = [
    "I: Wie war das damals, als Sie zum ersten Mal in dieses",
    "Haus gekommen sind und alles noch neu gewesen ist?",
    "B: Das war so, dass wir alle zusammen in einem Zimmer",
    "gewohnt haben.",
    "I: Und wie lange ging das dann noch so weiter, bis die",
    "Wohnung endlich fertig geworden ist?",
    "B: Drei Jahre.",
]
JOINED = [
    "I: Wie war das damals, als Sie zum ersten Mal in dieses Haus gekommen sind und alles noch neu "
    "gewesen ist?",
    "B: Das war so, dass wir alle zusammen in einem Zimmer gewohnt haben.",
    "I: Und wie lange ging das dann noch so weiter, bis die Wohnung endlich fertig geworden ist?",
    "B: Drei Jahre.",
]
_LOCK = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(a)(b)]" % (b"x" * 32, b"y" * 32)
PROTECTED = pdf(lines(["x"])).replace(b"/Root 1 0 R", b"/Root 1 0 R" + _LOCK)


def texts(*pages: list[Text], **more: str) -> list[str]:
    return [p.text for p in read_pdf(pdf(*pages, **more)).paragraphs if p.text]


def agreement(expected: str, found: str) -> tuple[float, float]:
    """Recall and precision of words, in their order."""
    a, b = expected.replace("\u00ad", "").split(), found.split()
    same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return same / len(a), same / len(b)


def test_lines_become_the_turns_that_were_printed():
    assert texts(lines(WRAPPED)) == JOINED


def test_a_paragraph_goes_on_over_the_page():
    assert texts(lines(WRAPPED[:1]), lines(WRAPPED[1:])) == JOINED


def test_a_short_last_line_ends_a_paragraph_without_a_label():
    found = texts(
        lines([*WRAPPED[:1], "und dann war es aus.", "Danach kam aber noch jemand anders in dieses Haus"])
    )
    assert found == [
        WRAPPED[0] + " und dann war es aus.",
        "Danach kam aber noch jemand anders in dieses Haus",
    ]


def test_a_gap_ends_a_paragraph():
    page = lines(
        ["Dies ist eine Zeile, die bis zum Rand reicht", "und diese Zeile reicht auch bis zum Rand hin"]
    )
    page += lines(["und nach der Lücke geht es mit etwas neu los"] * 2, top=760 - 14 - 22)
    assert len(texts(page)) == 2


def test_first_lines_that_are_set_in_open_paragraphs():
    full = "Diese Zeile hier reicht immer bis ganz an den Rand."
    page = [
        Text(72 + (24 if at % 3 == 0 else 0), 760 - 14 * at, full[: 47 if at % 3 == 0 else 51])
        for at in range(18)
    ]
    assert len(texts(page)) == 6


def test_lines_that_hang_behind_their_label_belong_to_it():
    page = []
    for at, line in enumerate(WRAPPED):
        label, words = (line[:2], line[3:]) if line[1] == ":" else ("", line)
        page += [Text(72, 760 - 14 * at, label)] if label else []
        page.append(Text(130, 760 - 14 * at, words))
    assert texts(page) == [text.replace(": ", ":\t", 1) for text in JOINED]


def test_hyphens_at_ends_of_lines_go_and_those_of_words_stay():
    page = lines(
        [
            "B: Wir haben in der Zeit vor allem mit den neuen Ver-",
            "einen gearbeitet, im Bereich der Aus- und Weiterbild-",
            "ung, in der Kinder- und Jugendarbeit, bei der Online-",
            "Beratung, und zwar immer genau in den Jahren von 2015-",
            "2020, und dann auch noch in der stationären Kinder-",
            "und Jugendhilfe.",
        ]
    )
    assert texts(page) == [
        "B: Wir haben in der Zeit vor allem mit den neuen Vereinen gearbeitet, im Bereich der Aus- und "
        "Weiterbildung, in der Kinder- und Jugendarbeit, bei der Online-Beratung, und zwar immer genau in "
        "den Jahren von 2015-2020, und dann auch noch in der stationären Kinder- und Jugendhilfe."
    ]


def test_a_slash_of_a_broken_sentence_keeps_its_blank_and_one_between_words_none():
    page = lines(
        [
            "B: Und dann hat der Kollege gesagt, das war doch erst der Dezember /",
            "Sehen Sie, so geht das da zu, mit den Helferinnen und Helfern, Frauen/",
            "Männern, wie es in dem Antrag heißt, den wir geschrieben haben.",
        ]
    )
    assert texts(page) == [
        "B: Und dann hat der Kollege gesagt, das war doch erst der Dezember / Sehen Sie, so geht das da zu, "
        "mit den Helferinnen und Helfern, Frauen/Männern, wie es in dem Antrag heißt, den wir geschrieben "
        "haben."
    ]


def test_a_print_without_hyphenation_keeps_the_hyphens_of_its_words():
    page = lines(
        [
            "I: So it was a self-made and well-known thing, was it, a long-",
            "term plan, a well-meant and short-lived thing that no one ever",
            "talked about in any of the self-help groups that you had been in.",
        ]
        * 4
    )
    assert all("long-term" in text for text in texts(page))


def test_headers_footers_and_page_numbers_go():
    pages = []
    for number in range(1, 7):
        page = lines(
            [f"{'IB'[number % 2]}: Dies ist der {text} Satz." for text in ("eine", "andere", "letzte")]
        )
        page += [Text(72, 806, "Projekt Lehre - vertraulich"), Text(250, 30, f"Seite {number} von 6")]
        pages.append(page)
    found = texts(*pages)
    assert len(found) == 18
    assert not [text for text in found if "vertraulich" in text or "Seite" in text]


def test_headings_of_chapters_go_where_they_carry_the_page_number():
    pages = [
        [*lines(WRAPPED), Text(72, 806, f"{at + 31}    {title}")]
        for at, title in enumerate(("Anfang", "Anfang", "Hauptteil", "Ende"))
    ]
    assert texts(*pages) == JOINED * 4


def test_the_same_short_answer_at_the_top_of_two_pages_stays():
    pages = [lines(["B: Ja.", "I: Und was war dann noch mit dem Haus in der Stadt?"])] * 2
    assert texts(*pages).count("B: Ja.") == 2


@pytest.mark.parametrize("every", [1, 5])
@pytest.mark.parametrize("x", [40, 520])
def test_line_numbers_in_the_margin_go(every, x):
    words = lines(WRAPPED * 5)
    numbers = [Text(x, t.y, str(at)) for at, t in enumerate(words, 1) if at % every == 0]
    assert texts(words + numbers) == JOINED * 5


def test_paragraph_numbers_of_an_analysis_program_go_and_tell_paragraphs():
    words = lines(["Dies ist eine Zeile, die bis zum Rand reicht."] * 9)
    numbers = [Text(40, words[at].y + 0.7, str(n)) for n, at in enumerate((0, 2, 5, 7), 1)]
    assert [len(text) // 45 for text in texts(words + numbers)] == [2, 3, 2, 2]


def test_numbers_that_the_transcriber_has_typed_stay():
    page = []
    for at in range(12):
        page.append(Text(72, 760 - 14 * at, f"{at + 1:02d}"))
        page.append(Text(110, 760 - 14 * at, f"{'AB'[at // 2 % 2]}:" if at % 2 == 0 else "   "))
        page.append(Text(150, 760 - 14 * at, "und dann " * (1 + at * 5 % 6)))
    found = texts(page)
    assert [text[:2] for text in found] == [f"{n:02d}" for n in range(1, 13)]
    assert found[0].startswith("01\tA:\tund")


def test_two_columns_are_read_one_after_the_other():
    left, right = (
        lines(["Dies ist die linke Spalte"] * 12),
        lines(["und dies ist die rechte hier"] * 12, x=330),
    )
    (text,) = texts(left + right)
    assert text == " ".join(["Dies ist die linke Spalte"] * 12 + ["und dies ist die rechte hier"] * 12)


def test_cells_of_several_lines_are_joined_to_their_row():
    page = []
    for row in range(4):
        top = 760 - 60 * row
        page += lines(["00:01:0" + str(row)], x=72, top=top)
        page += lines(["Inter-", "viewer"], x=150, top=top) + lines(
            ["Wie war", "das", "damals?"], x=230, top=top
        )
    content = read_pdf(pdf(page))
    rows = [p for p in content.paragraphs if p.text]
    assert [p.text for p in rows] == [f"00:01:0{n}\tInterviewer\tWie war das damals?" for n in range(4)]
    assert all(p.row for p in rows)


def test_bold_and_italic_runs_are_told():
    page = []
    for at, line in enumerate(WRAPPED):
        label = line[:2] if line[1] == ":" else ""
        page += [Text(72, 760 - 14 * at, label, "F2")] if label else []
        page.append(Text(72 + width(label), 760 - 14 * at, line[len(label) :], "F3" if at == 1 else "F1"))
    paragraphs = read_pdf(pdf(page)).paragraphs
    assert [(p.text, p.bold) for p in paragraphs] == [(text, 2) for text in JOINED]
    first = paragraphs[0]
    assert [(s.kind, first.text[s.start : s.stop]) for s in first.styles] == [
        ("bold", "I:"),
        ("italic", WRAPPED[1]),
    ]


def test_bold_questions_without_labels_are_paragraphs_of_their_own():
    page = [
        Text(72, 760 - 14 * at, line, "F2" if at in (2, 3) else "F1")
        for at, line in enumerate(["Diese Zeile reicht bis an den Rand hin."] * 6)
    ]
    found = read_pdf(pdf(page)).paragraphs
    assert [p.bold > 0 for p in found] == [False, True, False]


def test_a_larger_line_is_a_heading():
    page = [Text(72, 790, "Interview mit Person 7", size=18), *lines(WRAPPED)]
    assert [(p.text, p.heading) for p in read_pdf(pdf(page)).paragraphs if p.heading] == [
        ("Interview mit Person 7", 1)
    ]


def test_a_footnote_follows_the_paragraph_that_refers_to_it():
    raised = Text(72 + width(WRAPPED[1]), 750, "1", size=6)
    page = [*lines(WRAPPED[:2]), raised, *lines(WRAPPED[2:], top=760 - 28)]
    page += [Text(72, 60, "1", size=5), Text(80, 57, "leise gesprochen", size=8)]
    paragraphs = [p for p in read_pdf(pdf(page)).paragraphs if p.text]
    assert [p.text for p in paragraphs] == [JOINED[0] + "[1]", "[1] leise gesprochen", *JOINED[1:]]
    assert [p.note for p in paragraphs] == [False, True, False, False, False]


def test_signs_printed_one_by_one_are_words_again():
    page = []
    for row, line in enumerate(WRAPPED):
        words, x = line.split(" "), 72.0
        for word in words:
            for sign in word:
                page.append(Text(x, 760 - 14 * row, sign))
                x += 6
            x += 3
    assert texts(page) == JOINED


def test_what_lies_off_the_page_or_is_turned_is_not_read():
    page = lines(WRAPPED)
    page += [Text(72, -300, "unten"), Text(900, 400, "rechts"), Text(30, 200, "quer", matrix="0 1 -1 0")]
    assert texts(page) == JOINED


def test_what_the_page_cuts_away_is_not_read():
    first_four = "0 712 595 130 re W n\n"
    assert texts(lines(WRAPPED), before=first_four) == JOINED[:2]


def test_a_page_that_lies_on_its_side_is_read():
    page = [Text(100 + 14 * at, 72, line, matrix="0 1 -1 0") for at, line in enumerate(WRAPPED)]
    assert texts(page) == JOINED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (pdf([]), "pictures of pages and no text"),
        (b"%PDF-1.4 and nothing else", "damaged"),
        (b"", "damaged"),
        (pdf(), "no pages|damaged"),
        (PROTECTED, "password"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_sentence(data, sentence):
    with pytest.raises(KnownError, match=sentence):
        read_pdf(data)


def test_a_page_without_text_is_warned_of():
    data = pdf(lines(WRAPPED), [Text(0, 0, "")]).replace(
        b"BT /F1 10 Tf 1 0 0 1 0 0 Tm () Tj ET", b"0 0 200 200 re f".ljust(36)
    )
    assert read_pdf(data).warnings == ("Page 2 holds a picture and no text.",)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("en/western-sydney/dataset/ftf_transcripts_pdfa/ftf_transcript_colless.pdf",
         "en/western-sydney/dataset/COLLESS _12SEPT91_corrected.txt"),
        ("en/western-sydney/dataset/ftf_transcripts_pdfa/ftf_transcript_corr.pdf",
         "en/western-sydney/dataset/CORR_21NOV91_fromscan.txt"),
        ("derived/nnProf_f4_boldspeaker.pdf", "derived/nnProf_f4.txt"),
        ("derived/two_columns_hyphenated.pdf", "derived/two_columns_hyphenated.expected.txt"),
    ],
)  # fmt: skip
def test_real_prints_hold_the_words_of_their_text(shared, printed, text):
    raw = (shared / text).read_bytes()
    expected = (
        raw.decode("utf-8-sig") if b"\xef\xbb\xbf" in raw[:3] or _is_utf8(raw) else raw.decode("cp1252")
    )
    found = "\n".join(p.text for p in read_pdf((shared / printed).read_bytes()).paragraphs)
    recall, precision = agreement(expected, found)
    assert recall >= 0.999
    assert precision >= 0.999


@pytest.mark.parametrize("name", ["P1", "P2"])
def test_prints_of_an_analysis_program_lose_their_numbers_and_no_word(shared, name):
    import pypdfium2

    data = (shared / f"en/pdpilot/{name}.pdf").read_bytes()
    pages = "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))
    printed = Counter(re.findall(r"[^\W\d_]+", pages))
    content = read_pdf(data)
    found = Counter(re.findall(r"[^\W\d_]+", "\n".join(p.text for p in content.paragraphs)))
    assert not found - printed
    assert not set(printed) - set(found)
    assert (printed - found).total() <= 30  # the line that is cut at the edge stands on two pages
    assert not [p.text for p in content.paragraphs if re.match(r"\d+\b", p.text)]


def test_a_transcript_gives_the_same_words_and_turns_as_its_docx(shared):
    path = shared / "derived/nnProf_f4_boldspeaker.pdf"
    data = path.read_bytes()
    printed = draft_of(RawDocument(path.name, "pdf", "", data, read_pdf(data).paragraphs))
    docx = read_transcript(path.with_suffix(".docx"))
    assert printed.text.split() == docx.text.split()
    assert [t.speaker for t in turns(printed)] == [t.speaker for t in turns(docx)]
    assert len(printed.time_marks) == len(docx.time_marks)


def test_odd_pages_are_read_or_refused():
    dice = random.Random(3)
    read = 0
    for _round in range(150):
        pages = [
            [_odd(dice, 800 - 14.0 * at) for at in range(dice.randrange(40))]
            for _page in range(dice.randrange(1, 4))
        ]
        read += _survives(pdf(*pages))
    assert read > 100


def test_mutated_files_are_read_or_refused():
    whole, dice, read = pdf(lines(WRAPPED * 3), lines(WRAPPED)), random.Random(4), 0
    for _round in range(150):
        changed = bytearray(whole)
        for _change in range(dice.choice((1, 3, 10, 40))):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        read += _survives(bytes(changed))
    assert read > 20


def _odd(dice: random.Random, y: float) -> Text:
    words = (
        "1",
        "10",
        "I:",
        "B: ja",
        "das-",
        "haus",
        "Seite 3",
        "•",
        "   ",
        "a" * 50,
        "-",
        "*",
        "2/5",
        "[00:12]",
    )
    places = (72.0, 72.0, 72.0, 40.0, 300.0, -5000.0, 1e9)
    matrix = dice.choice(("1 0 0 1",) * 6 + ("0 1 -1 0", "0 0 0 0", "1e9 0 0 1", "1 0 0 -1"))
    size = dice.choice((10, 10, 7, 0, 1000, -10))
    place = dice.choice(places), dice.choice((*places, y, y, y))
    return Text(*place, dice.choice(words), dice.choice(("F1", "F2", "F3")), size, matrix)


def _survives(data: bytes) -> bool:
    try:
        read_pdf(data)
    except KnownError:
        return False
    return True


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
