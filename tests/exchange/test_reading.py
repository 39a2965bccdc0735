"""What a file is, by its content; its encoding; and the sentences where it is something else."""

import io
import time
import zipfile

import pytest

from qda.errors import KnownError
from qda.exchange.reading import draft_from_text, read_bytes, read_file, read_transcript

GERMAN = "I: Wie war das für Sie?\nB: Schön, natürlich – größer, „Über“ Äpfel, Öl, süß und heiß…\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_the_encoding_is_found(encoding, told):
    raw = read_bytes(GERMAN.encode(encoding), name="a.txt")
    assert raw.encoding == told
    assert raw.text == GERMAN


def test_the_old_dos_code_page_is_found():
    german = GERMAN.replace("–", "-").replace("…", "").replace("„", '"').replace("“", '"')
    raw = read_bytes(german.encode("cp850"), name="a.txt")
    assert (raw.encoding, raw.text) == ("cp850", german)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_hebrew_in_utf_16_without_a_mark_is_found(encoding):
    hebrew = "מראיין: מה שלומך היום?\nנועה: טוב מאוד, תודה רבה\n" * 3
    assert read_bytes(hebrew.encode(encoding), name="a.txt").text == hebrew


def test_an_encoding_can_be_chosen_and_a_wrong_one_is_refused():
    assert read_bytes("Tür".encode("cp850"), name="a.txt", encoding="cp850").text == "Tür"
    with pytest.raises(KnownError, match="utf-8"):
        read_bytes("Tür".encode("cp850"), name="a.txt", encoding="utf-8")
    with pytest.raises(KnownError, match="no encoding called"):
        read_bytes(b"x", name="a.txt", encoding="klingon")


def test_a_guess_is_told(shared):
    assert "cp1252" in read_transcript(shared / "derived/nnProf_f4_cp1252.txt").warnings[0]
    assert read_transcript(shared / "derived/nnProf_f4.txt").warnings == ()


def test_the_same_interview_reads_the_same_from_every_encoding(shared):
    texts = {
        read_transcript(shared / f"derived/nnProf_f4{which}.txt").text for which in ("", "_cp1252", "_nfd")
    }
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("pattern", "form"),
    [
        ("derived/*.pdf", "pdf"),
        ("derived/*.rtf", "rtf"),
        ("derived/*.odt", "odt"),
        ("derived/*.doc", "doc"),
        ("derived/*.docx", "docx"),
        ("derived/*.vtt", "vtt"),
        ("derived/*.srt", "srt"),
    ],
)
def test_the_reader_is_chosen_by_content(shared, tmp_path, pattern, form):
    found = sorted(shared.glob(pattern))
    assert found
    for path in found:
        assert read_bytes(path.read_bytes(), name="interview.txt").format == form


def test_a_flat_open_document_is_known():
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    names += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    page = "<office:body><office:text><text:p>I: Ja?</text:p></office:text></office:body>"
    raw = read_bytes(
        f'<?xml version="1.0"?>\n<office:document {names}>{page}</office:document>'.encode(), name="a"
    )
    assert (raw.format, raw.text) == ("odt", "I: Ja?")


@pytest.mark.parametrize("name", ["cases456.xlsx", "survey456.csv"])
def test_a_table_is_sent_to_the_survey(shared, name):
    with pytest.raises(KnownError) as told:
        read_file(shared / "en/qualcoder/Examples" / name)
    assert "survey" in told.value.sentence
    assert told.value.path is not None


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", ".").replace("_", "/"), data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (b"\xff\xd8\xff\xe0....", "a picture"),
        (b"ID3\x04 music", "a recording"),
        (b"\x00\x00\x00\x20ftypM4A music", "a recording"),
        (b"SQLite format 3\x00 rows", "a database"),
        (b"7z\xbc\xaf\x27\x1c", "a packed archive"),
        (b"<?xml version='1.0'?><x/>", "an XML file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "survey"),
        (b"\xd0\xcf\x11\xe0" + "PowerPoint Document".encode("utf-16-le"), "a presentation"),
        (_zip(ppt_presentation__xml=b"<p/>"), "a presentation"),
        (_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content__xml=b"<p/>"), "survey"),
        (_zip(a__txt=b"no document"), "holds no document"),
    ],
)
def test_what_is_no_transcript_is_told_in_a_sentence(data, told):
    with pytest.raises(KnownError) as error:
        read_bytes(data, name="interview.txt")
    assert told in error.value.sentence
    assert "\n" not in error.value.sentence


@pytest.mark.parametrize("data", [b"", b"  \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_an_empty_file_is_told(data):
    with pytest.raises(KnownError, match="empty"):
        read_bytes(data, name="a.txt")


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(KnownError, match="no text"):
        read_bytes(bytes(range(256)) * 20, name="a.txt")


def test_a_web_page_without_text_and_a_broken_zip_are_told():
    with pytest.raises(KnownError, match="no text"):
        read_bytes(b"<!DOCTYPE html><html></html>", name="a.txt")
    with pytest.raises(KnownError, match="damaged"):
        read_bytes(b"PK\x03\x04 nothing", name="a.docx")


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(KnownError, match="There is no file"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(KnownError, match="is a folder, not a file"):
        read_file(tmp_path)


def test_content_counts_and_not_the_suffix(tmp_path, docx):
    path = tmp_path / "interview.txt"
    path.write_bytes(docx("<w:p><w:r><w:t>I: Ja?</w:t></w:r></w:p>"))
    assert read_file(path).format == "docx"


def test_markdown_loses_what_nobody_reads_and_keeps_the_rest():
    text = "# Gespr&auml;ch\n\n**Anna:**{: .red}   Hallo \\[leise\\] [Seite](a/b.md) und "
    text += "[W](https://w.org) ![Bild](x.png) **lacht**\\\n"
    assert read_bytes(text.encode(), name="a.md").text == (
        "# Gespräch\n\n**Anna:**   Hallo [leise] Seite und W <https://w.org> [Bild] **lacht**\n"
    )
    assert "&auml;" in read_bytes(text.encode(), name="a.txt").text


def test_an_unknown_family_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("I: a\nB: b")
    with pytest.raises(KnownError, match="no kind of turns"):
        read_transcript(path, family="dance")


@pytest.mark.parametrize(("name", "limit"), [("big_60k_words.txt", 0.3), ("big_60k_words.docx", 1.0)])
def test_sixty_thousand_words_are_read_at_once(shared, name, limit):
    read_transcript(shared / "derived" / name)  # imports
    took = []
    for _ in range(3):
        start = time.perf_counter()
        read_transcript(shared / "derived" / name)
        took.append(time.perf_counter() - start)
    assert min(took) < limit


@pytest.mark.parametrize(
    "line", [" " * 50_000, "I" + " " * 50_000 + "x", "[" * 20_000, "**" * 20_000, "1:" * 20_000, "(" * 20_000]
)
def test_a_strange_line_takes_no_time(line):
    start = time.perf_counter()
    draft_from_text(f"I: a\n{line}\nB: b\n{line}\nI: c")
    read_bytes(f"I: a\n{line}\nB: b".encode(), name="a.md")
    assert time.perf_counter() - start < 2


def test_the_language_is_guessed(shared):
    assert read_transcript(shared / "derived/nnProf_f4.txt").language == "de"
    assert read_transcript(next(shared.glob("en/changelog/*.md"))).language == "en"
    assert draft_from_text("12 34").language == ""
