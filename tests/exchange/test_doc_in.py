"""Old Word documents: what a person sees in Word arrives, and no file, however odd, does harm."""

import random
import struct
from pathlib import Path

import pytest

from qda.coding.transcript import turns
from qda.errors import KnownError
from qda.exchange import doc_file
from qda.exchange.doc_in import read_doc
from qda.exchange.drafts import draft_of
from qda.exchange.raw import RawDocument
from qda.exchange.reading import read_transcript
from tests.exchange.ole import ole

FIXTURE = Path(__file__).parent / "files" / "old_word.doc"


@pytest.fixture(scope="module")
def content():
    return read_doc(FIXTURE.read_bytes())


def old_word(text: bytes, *, version: int = 0x68, flags: int = 0, mac: bool = False) -> bytes:
    """A document of Word 6 or 95: head and text in one stream."""
    head = bytearray(0x300)
    struct.pack_into("<HH", head, 0, 0xA5DC, version)
    struct.pack_into("<H", head, 0x0A, flags)
    head[0x12] = mac
    struct.pack_into("<II", head, 0x18, len(head), len(head) + len(text))
    struct.pack_into("<7i", head, 0x34, len(text), 0, 0, 0, 0, 0, 0)
    return ole({"WordDocument": bytes(head) + text})


def texts(data: bytes) -> list[str]:
    return [p.text for p in read_doc(data).paragraphs]


def test_the_paragraphs_are_those_that_word_shows(content):
    assert [p.text for p in content.paragraphs] == [
        "Kapitel eins",
        "I: Wie war das[1] damals 😐 im alten Haus[2]?",
        "[1] leise gesprochen, mit einer Fußnote",
        "[2] Endnote hier",
        "B: Ja das war so schön und  lang.",
        "00:01\tI\tEins\nZwei",
        "\tB\t",
        "x\ty\tinnen 1\n\ninnen 2\n\nnach",
        "zweite Tabelle\tdaneben",
        "Ende Verweis Seite 1.",
        "Punkt eins",
        "Punkt zwei",
    ]


def test_headings_rows_and_notes_are_told_from_text(content):
    assert [p.heading for p in content.paragraphs[:2]] == [1, 0]
    assert [p.row for p in content.paragraphs] == [False] * 5 + [True] * 4 + [False] * 3
    assert [i for i, p in enumerate(content.paragraphs) if p.note] == [2, 3]


def test_bold_italic_and_underlined_runs_keep_their_places(content):
    found = [(p.text[s.start : s.stop], s.kind) for p in content.paragraphs for s in p.styles]
    assert found == [("I:", "bold"), ("alten", "italic"), ("B:", "bold"), ("lang", "underline")]
    assert [p.bold for p in content.paragraphs[:5]] == [0, 2, 0, 0, 2]


def test_a_comment_stands_at_exactly_the_words_it_is_about(content):
    (comment,) = content.comments
    paragraph = content.paragraphs[comment.first]
    assert (comment.author, comment.text) == ("Maria Muster", "Wichtig!\nzweite Zeile")
    assert paragraph.text[comment.start : comment.stop] == "war so schön"
    assert comment.first == comment.last


@pytest.mark.parametrize("gone", ["DELETEDWORD", "HIDDENWORD", "HYPERLINK", "example.org"])
def test_deleted_hidden_and_coded_text_stays_out(content, gone):
    assert all(gone not in p.text for p in content.paragraphs)


def test_a_transcript_gives_the_same_words_and_turns_as_its_docx(shared):
    path = shared / "derived/nnProf_f4_boldspeaker.doc"
    data = path.read_bytes()
    content = read_doc(data)
    doc = draft_of(RawDocument(path.name, "doc", "", data, content.paragraphs))
    docx = read_transcript(path.with_suffix(".docx"))
    assert doc.text.split() == docx.text.split()
    assert [t.speaker for t in turns(doc)] == [t.speaker for t in turns(docx)]
    assert [p.label_stop for p in doc.paragraphs] == [p.label_stop for p in docx.paragraphs]
    assert doc.family == "bold"


def test_word_95_keeps_its_text_in_one_run():
    data = old_word("I: Schön – gut?\rB:\tJa\x0bdoch\x1e.\r".encode("cp1252"))
    assert texts(data) == ["I: Schön – gut?", "B:\tJa\ndoch\u2011."]


def test_word_6_on_a_mac_has_its_own_letters():
    assert texts(old_word("Für Öl\r".encode("mac_roman"), version=0x65, mac=True)) == ["Für Öl"]


def test_a_field_shows_its_result_and_one_that_never_ends_takes_nothing_along():
    assert texts(old_word(b"Seite \x13 PAGE \x1412\x15 hier\r")) == ["Seite 12 hier"]
    assert texts(old_word(b"Anfang \x13 und alles danach\rEnde\r")) == ["Anfang  und alles danach", "Ende"]


def test_a_table_of_word_95_is_rows():
    assert texts(old_word(b"I\x07Eins\x07\x07B\x07Zwei\x07\x07Danach\r")) == ["I\tEins", "B\tZwei", "Danach"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (old_word(b"x\r", flags=0x0004), "fast-saved"),
        (old_word(b"x\r", flags=0x0100), "password"),
        (old_word(b"x\r", version=0x2D), "older than Word 6"),
        (old_word(b"\r\r"), "holds no text"),
        (ole({"Workbook": b""}), "spreadsheet"),
        (ole({"PowerPoint Document": b""}), "presentation"),
        (ole({"EncryptedPackage": b"", "EncryptionInfo": b""}), "password"),
        (ole({"__properties_version1.0": b""}), "mail"),
        (ole({"Contents": b""}), "no Word document"),
        (ole({"WordDocument": b""}), "no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
        (b"", "damaged"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data, sentence):
    with pytest.raises(KnownError, match=sentence):
        read_doc(data)


def test_a_table_of_sectors_that_claims_to_be_endless_is_refused():
    data = bytearray(ole({"WordDocument": b""}))
    struct.pack_into("<I", data, 44, 0x7FFFFFFF)
    struct.pack_into("<I", data, 72, 0x00810204)
    with pytest.raises(KnownError, match="damaged"):
        read_doc(bytes(data))


def test_mutated_files_are_read_or_refused():
    whole, dice, read = FIXTURE.read_bytes(), random.Random(5), 0
    for _round in range(300):
        read += _survives(_mutated(whole, dice))
    assert read > 20


def test_mutated_tables_inside_a_sound_container_are_read_or_refused(monkeypatch):
    main, tables = doc_file.streams(FIXTURE.read_bytes())
    dice, read = random.Random(6), 0
    for _round in range(300):
        streams = _mutated(main, dice), {name: _mutated(table, dice) for name, table in tables.items()}
        monkeypatch.setattr(doc_file, "streams", lambda _data, found=streams: found)
        read += _survives(b"")
    assert read > 100


def _mutated(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _change in range(dice.choice((0, 1, 3, 10, 40))):
        at = dice.randrange(len(changed) if dice.random() < 0.5 else 1024)
        value = dice.choice((0, 0xFFFFFFFF, 0x7FFFFFFF, dice.randrange(5000), dice.randrange(1 << 32)))
        changed[at : at + 4] = value.to_bytes(4, "little")
    return bytes(changed[: dice.randrange(len(changed))]) if dice.random() < 0.1 else bytes(changed)


def _survives(data: bytes) -> bool:
    try:
        read_doc(data)
    except KnownError:
        return False
    return True
