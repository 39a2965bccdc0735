"""A coded transcript goes out to Word and comes back: the same codings, to the character."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.coding import codebook, comments_back, documents, material, open_coding, sheet
from qda.coding.codes import codes, codings, marks
from qda.coding.memo_queries import memos as all_memos
from qda.coding.transcript import ParagraphDraft, SpeakerDraft, TranscriptDraft, lines
from qda.errors import KnownError
from qda.exchange.comments_back import is_coded, read_comments, read_file
from qda.models import Project
from qda.reports.registry import build_report, render_bytes

LETTERS = [
    *"abc  .,-–„“=+@<>&'\"\\[]{}()_*#|",
    *"äß\u0301é🌷👩\u200d🔬אבגשלוםع\u00a0\u202e\u00ad\t\x7f\x85\x9f\ufdd5\u2028",
]
WORDS = st.text(st.sampled_from(LETTERS), max_size=40)


@st.composite
def studies(draw):
    """A text in lines, some with a speaker's label, and ranges in it with code, coder and comment."""
    shown = []
    for label, words in draw(
        st.lists(st.tuples(st.sampled_from(["", "", "B: ", "I:\t"]), WORDS), min_size=1, max_size=8)
    ):
        shown.append(f"{label}{words}" if words.strip() else "")
    text = "\n".join([*shown, "Ende."])
    place = st.integers(0, len(text))
    ranges = draw(
        st.lists(
            st.tuples(
                place,
                place,
                st.sampled_from(["Netz", "Netz > Pflege", "=1+1", "<script>", "Ämter 🌷", "שלום"]),
                st.sampled_from(["MK", "Tove Sander", "=cmd", "א"]),
                st.sampled_from(["", "kurz", "zwei\nZeilen", "Code: falsch", "& <b> \x7f 🌷"]),
            ),
            max_size=8,
        )
    )
    return text, [one for one in ranges if one[0] != one[1]]


def taken_in(project: Project, text: str, title: str = "Interview A") -> str:
    """A document with exactly this text; lines with a label begin a turn."""
    paragraphs, speaker = [], None
    for number, (start, stop) in enumerate(lines(text), start=1):
        label = re.match(r"([BI]):[ \t]", text[start:stop])
        speaker = label[1] if label else speaker
        begin = start + label.end() if label else start
        paragraphs.append(ParagraphDraft(start, stop, begin, speaker, label is not None, "text", str(number)))
    used = dict.fromkeys(p.speaker for p in paragraphs if p.speaker)
    speakers = tuple(SpeakerDraft(one, "interviewer" if one == "I" else "respondent", "") for one in used)
    draft = TranscriptDraft(text, tuple(paragraphs), speakers, (), (), "typed", "", "label-colon", "de", ())
    return documents.take_in(project, draft=draft, title=title, kind="interview")


def new(path: Path) -> Project:
    return Project.create(path, title="Studie", language="de", template="hajji", coder="MK")


def told(project: Project) -> Counter:
    paths = {row.guid: row.path for row in codes(project)}
    return Counter(
        (one.segment.start, one.segment.stop, paths[one.code], one.coder, one.comment)
        for one in codings(project)
    )


def written(project: Project, path: Path, **options: str) -> Path:
    path.write_bytes(render_bytes(build_report("coded", project, options), "docx"))
    return path


def changed(path: Path, part: str, old: str, new_: str, *, more: dict[str, str] | None = None) -> Path:
    """The Word file with something in one of its parts replaced once, and with further parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                before = data.decode("utf-8")
                assert old in before
                data = before.replace(old, new_, 1).encode("utf-8")
            out.writestr(name, data)
        for name, text in (more or {}).items():
            out.writestr(name, text)
    path.write_bytes(stream.getvalue())
    return path


def without_record(path: Path) -> Path:
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stream, "w") as out:
        for name in source.namelist():
            if not name.startswith("customXml"):
                out.writestr(name, source.read(name))
    path.write_bytes(stream.getvalue())
    return path


def there_and_back(tmp_path_factory, study):
    text, ranges = study
    folder = tmp_path_factory.mktemp("there and back")
    with new(folder / "one.qdaproj") as one, new(folder / "two.qdaproj") as two:
        source = taken_in(one, text)
        for a, b, code, coder, comment in ranges:
            open_coding.code_passage(
                one, source=source, start=min(a, b), stop=max(a, b), code=code, coder=coder, comment=comment
            )
        file = written(one, folder / "coded.docx", source=source)
        taken_in(two, text)
        read_comments(two, file=str(file))
        assert told(two) == told(one)
        before = two.unit_count()
        read_comments(two, file=str(file))
        assert two.unit_count() == before, "nothing comes twice"
        read_comments(one, file=str(file))
        assert told(two) == told(one)


@given(studies())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_comes_back_to_the_character_into_an_empty_copy(tmp_path_factory, study):
    there_and_back(tmp_path_factory, study)


@pytest.mark.soak
@given(studies())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_hundreds_of_written_files_come_back_to_the_character(tmp_path_factory, study):
    there_and_back(tmp_path_factory, study)


def in_words(source_rows, start: int, stop: int) -> bool:
    """Whether a range begins and ends at words, not in a label or between lines."""
    begins = any(row.label_stop <= start < row.stop for row in source_rows)
    return begins and any(row.label_stop < stop <= row.stop for row in source_rows)


def without_its_record(tmp_path_factory, study):
    text, ranges = study
    folder = tmp_path_factory.mktemp("without a record")
    with new(folder / "one.qdaproj") as one, new(folder / "two.qdaproj") as two:
        source = taken_in(one, text)
        rows = material.paragraphs(one, source)
        held = [(min(a, b), max(a, b), *rest) for a, b, *rest in ranges]
        held = [r for r in held if in_words(rows, r[0], r[1]) and "\x7f" not in r[4]]
        for start, stop, code, coder, comment in held:
            open_coding.code_passage(
                one, source=source, start=start, stop=stop, code=code, coder=coder, comment=comment
            )
        other = taken_in(two, text)
        for row in codes(one):
            with two.unit("code"):
                codebook.code_named(two, row.path)
        if not held:
            return
        file = without_record(written(one, folder / "coded.docx", source=source))
        read_comments(two, file=str(file), source=other)
        assert told(two) == told(one)


@given(studies())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_file_that_lost_its_record_brings_the_same_words(tmp_path_factory, study):
    without_its_record(tmp_path_factory, study)


@pytest.mark.soak
@given(studies())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_hundreds_of_files_that_lost_their_record_bring_the_same_words(tmp_path_factory, study):
    without_its_record(tmp_path_factory, study)


# -- the demo study -----------------------------------------------------------------------------------------


def copied_texts(one: Project, two: Project) -> None:
    """The documents of a study in another one, without anything that was done with them."""
    for row in material.sources(one):
        text = material.text(one, row.guid)
        paragraphs = tuple(
            ParagraphDraft(
                p.start, p.stop, p.label_stop, p.speaker or None, p.opens_turn, p.kind, p.number, p.level
            )
            for p in material.paragraphs(one, row.guid)
        )
        speakers = tuple(SpeakerDraft(s.label, s.role, s.name) for s in material.speakers(one, row.guid))
        draft = TranscriptDraft(
            text, paragraphs, speakers, (), row.header, row.format, "", row.family, row.language, ()
        )
        draft = replace(draft, numbered=row.numbered)
        documents.take_in(two, draft=draft, title=row.title, kind=row.kind)


def told_of_all(project: Project) -> Counter:
    paths = {row.guid: row.path for row in codes(project)}
    return Counter(
        (s.title, one.segment.start, one.segment.stop, paths[one.code], one.coder, one.comment)
        for s in material.sources(project)
        for one in codings(project, source=s.guid)
    )


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("template", ["", "{title}, Z. {lines}"])
def test_all_transcripts_of_the_demo_come_back_into_an_empty_copy(request, tmp_path, language, template):
    path = request.getfixturevalue("german_demo" if language == "de" else "english_demo")
    shutil.copy(path, tmp_path / "one.qdaproj")
    with Project.open(tmp_path / "one.qdaproj") as one, new(tmp_path / "two.qdaproj") as two:
        if template:
            sheet.set_citation(one, template=template)
        copied_texts(one, two)
        file = written(one, tmp_path / "all.docx")
        read_comments(two, file=str(file))
        assert told_of_all(two) == told_of_all(one)
        assert sum(told_of_all(one).values()) > 500
        two.undo()
        assert not codings(two) and not codes(two)


@pytest.fixture
def study(request, tmp_path):
    shutil.copy(request.getfixturevalue("german_demo"), tmp_path / "study.qdaproj")
    with Project.open(tmp_path / "study.qdaproj") as project:
        yield project


def source_called(project: Project, title: str) -> str:
    return next(row.guid for row in material.sources(project) if row.title == title)


def saved_by_libreoffice(path: Path) -> Path:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    out = path.parent / "saved"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120)
    return out / path.name


def test_a_file_that_libreoffice_saved_comes_back_unchanged_and_whole(study, tmp_path):
    source = source_called(study, "Interview A")
    file = saved_by_libreoffice(written(study, tmp_path / "coded.docx", source=source))
    plan = comments_back.planned(study, read_file(file))
    assert plan.counts() == {"same": len(codings(study, source=source))}
    assert not plan.missing
    without_record(file)
    plan = comments_back.planned(study, read_file(file))
    assert plan.counts() == {"same": len(codings(study, source=source))}


# -- what others do with the file ------------------------------------------------------------------------

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
REPLIES = (
    '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
    '<w15:commentEx w15:paraId="000000A1" w15:done="0"/>'
    '<w15:commentEx w15:paraId="000000A2" w15:paraIdParent="000000A1" w15:done="0"/></w15:commentsEx>'
)


def comment_xml(ident: int, author: str, text: str, *, para: str = "") -> str:
    mark = f' {W14} w14:paraId="{para}"' if para else ""
    return (
        f'<w:comment w:id="{ident}" w:author="{author}" w:date="2026-11-02T10:00:00Z" w:initials="X">'
        f"<w:p{mark}><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
    )


def commented(path: Path, words: str, author: str, text: str, *, ident: int = 9001, run: str = "") -> Path:
    """Puts a comment on words that stand in one run of the file."""
    with zipfile.ZipFile(path) as file:
        document = file.read("word/document.xml").decode("utf-8")
    found = re.search(
        rf"(<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>)([^<]*){re.escape(words)}", document
    )
    assert found is not None
    opening = found[1]
    close = "</w:t></w:r>"
    again = (
        f'{close}<w:commentRangeStart w:id="{ident}"/>{opening}{run or words}{close}'
        f'<w:commentRangeEnd w:id="{ident}"/><w:r><w:commentReference w:id="{ident}"/></w:r>{opening}'
    )
    old = found[0]
    changed(path, "word/document.xml", old, old[: -len(words)] + again)
    return changed(
        path, "word/comments.xml", "</w:comments>", f"{comment_xml(ident, author, text)}</w:comments>"
    )


@pytest.fixture
def sent(study, tmp_path):
    """Interview A as it was sent to others."""
    return written(study, tmp_path / "coded.docx", source=source_called(study, "Interview A"))


def test_a_foreign_comment_becomes_a_memo_of_its_author_on_the_very_words(study, sent):
    commented(sent, "Katastrophe", "Prof. Weiß", "Starkes Wort. Ironie?")
    units = study.unit_count()
    assert read_comments(study, file=str(sent)).splitlines()[0] == "Memo on the passage: 1"
    memo = next(one for one in all_memos(study) if one.body == "Starkes Wort. Ironie?")
    assert memo.coder == "Prof. Weiß"
    assert memo.title == "Comment by Prof. Weiß: Starkes Wort. Ironie?"
    kind, _colon, guid = memo.links[0].partition(":")
    assert (kind, material.segment(study, guid).text) == ("segment", "Katastrophe")
    assert study.unit_count() == units + 1
    read_comments(study, file=str(sent))
    assert study.unit_count() == units + 1
    study.undo()
    assert all(one.body != "Starkes Wort. Ironie?" for one in all_memos(study))


def test_a_comment_in_a_text_that_was_edited_still_finds_its_words(study, sent):
    commented(sent, "eine Kuchenliste", "PW", "Schön.")
    changed(sent, "word/document.xml", "Da waren so 40 Eltern drauf.", "Es waren wohl vierzig Eltern drauf.")
    changed(sent, "word/document.xml", "Telefonkette. Ich hab", "Eine Telefonkette! Ich habe")
    plan = comments_back.planned(study, read_file(sent))
    (one,) = [arrival for arrival in plan.arrivals if arrival.state == "memo"]
    assert one.words == "eine Kuchenliste"
    assert plan.counts()["same"] == len(plan.arrivals) - 1


def test_a_comment_on_words_that_the_study_does_not_have_is_kept_with_the_document(study, sent):
    commented(sent, "Katastrophe", "PW", "Woher?", run="vollkommen andere hinzugefügte Gedanken von mir")
    read_comments(study, file=str(sent))
    memo = next(one for one in all_memos(study) if one.body.startswith("Woher?"))
    assert memo.links == (f"source:{source_called(study, 'Interview A')}",)
    assert "vollkommen andere hinzugefügte Gedanken von mir" in memo.body
    assert memo.coder == "PW"
    units = study.unit_count()
    read_comments(study, file=str(sent))
    assert study.unit_count() == units


def first_of_ours(study: Project):
    """The first coding of Interview A."""
    return marks(study, source_called(study, "Interview A"))[0]


def test_a_reply_to_our_comment_becomes_a_memo_on_the_coding(study, sent):
    with zipfile.ZipFile(sent) as file:
        comments = file.read("word/comments.xml").decode("utf-8")
    first = re.search(r"<w:comment .*?</w:comment>", comments)[0]
    marked = first.replace("<w:p>", f'<w:p {W14} w14:paraId="000000A1">', 1)
    answer = comment_xml(9002, "PW", "Warum nicht Herkunft?", para="000000A2")
    changed(sent, "word/comments.xml", first, marked)
    changed(
        sent, "word/comments.xml", "</w:comments>", f"{answer}</w:comments>",
        more={"word/commentsExtended.xml": REPLIES},
    )  # fmt: skip
    changed(sent, "word/document.xml", "</w:body>", "</w:body>")
    read_comments(study, file=str(sent))
    memo = next(one for one in all_memos(study) if one.body == "Warum nicht Herkunft?")
    assert memo.links == (f"coding:{first_of_ours(study).guid}",)
    assert memo.coder == "PW"


def test_a_comment_that_somebody_removed_is_told_and_its_coding_stays(study, sent):
    before = told_of_all(study)
    with zipfile.ZipFile(sent) as file:
        comments = file.read("word/comments.xml").decode("utf-8")
    changed(sent, "word/comments.xml", re.search(r"<w:comment .*?</w:comment>", comments)[0], "")
    said = read_comments(study, file=str(sent))
    assert "1 comment is missing in the file; its coding stays." in said
    assert "beruflicher Weg (MK; Interview A, para. 2)" in said
    assert told_of_all(study) == before


def test_a_changed_comment_changes_the_comment_of_the_coding(study, sent):
    mark = next(one for one in marks(study, source_called(study, "Interview A")) if one.comment)
    line = mark.comment.splitlines()[0].replace("&", "&amp;")
    changed(sent, "word/comments.xml", line, "Ganz anders gesagt.")
    read_comments(study, file=str(sent))
    (row,) = codings(study, guids=[mark.guid])
    assert row.comment.startswith("Ganz anders gesagt.")


def test_a_comment_changed_on_both_sides_is_kept_beside_it(study, sent):
    mark = next(one for one in marks(study, source_called(study, "Interview A")) if one.comment)
    changed(sent, "word/comments.xml", mark.comment.splitlines()[0].replace("&", "&amp;"), "Von außen.")
    open_coding.comment_coding(study, coding=mark.guid, comment="Hier geändert.")
    read_comments(study, file=str(sent))
    (row,) = codings(study, guids=[mark.guid])
    assert row.comment == "Hier geändert."
    memo = next(one for one in all_memos(study) if one.body.startswith("Von außen."))
    assert memo.links == (f"coding:{mark.guid}",)


def test_another_code_named_in_our_comment_is_told_and_recodes_nothing(study, sent):
    before = told_of_all(study)
    changed(sent, "word/comments.xml", "beruflicher Weg<", "Lebensweg<")
    said = read_comments(study, file=str(sent))
    assert "Another code is named: 1" in said
    assert told_of_all(study) == before
    memo = next(one for one in all_memos(study) if one.title == "Another code is named: Lebensweg")
    assert memo.links == (f"coding:{first_of_ours(study).guid}",)


def test_a_comment_in_our_form_by_someone_else_is_a_coding_if_the_code_is_known(study, sent):
    commented(sent, "Katastrophe", "PW", "Kode: beruflicher Weg")
    commented(sent, "Baustelle", "PW", "Code: Ärger im Verkehr", ident=9005)
    read_comments(study, file=str(sent))
    source = source_called(study, "Interview A")
    (mark,) = [one for one in marks(study, source) if one.coder == "PW"]
    assert (mark.name, material.text(study, source)[mark.start : mark.stop]) == (
        "beruflicher Weg",
        "Katastrophe",
    )
    assert [one.body for one in all_memos(study) if one.coder == "PW"] == ["Code: Ärger im Verkehr"]


def test_a_coding_that_was_removed_here_comes_back_only_if_somebody_wants_it(study, sent):
    mark = first_of_ours(study)
    open_coding.remove_coding(study, coding=mark.guid)
    units = study.unit_count()
    read_comments(study, file=str(sent))
    assert study.unit_count() == units
    plan = comments_back.planned(study, read_file(sent))
    (number,) = [n for n, one in enumerate(plan.arrivals) if one.state == "removed"]
    comments_back.take(study, plan, chosen={number})
    assert any(
        (one.start, one.stop, one.code) == (mark.start, mark.stop, mark.code)
        for one in marks(study, source_called(study, "Interview A"))
    )


def test_a_corrected_transcript_takes_the_comments_of_its_former_text(study, sent):
    from qda.coding.correcting import correct_text

    source = source_called(study, "Interview A")
    commented(sent, "Katastrophe", "PW", "Ja!")
    at = material.text(study, source).index("So, das Gerät")
    correct_text(study, source=source, start=at, stop=at + 3, text="Also gut,")
    plan = comments_back.planned(study, read_file(sent))
    (one,) = [arrival for arrival in plan.arrivals if arrival.state != "same"]
    assert (one.state, one.words) == ("memo", "Katastrophe")


def test_comments_of_a_plain_transcript_find_the_document_by_its_words(study, tmp_path, docx):
    source = source_called(study, "Interview B")
    shown = material.text(study, source).split("\n")
    words = next(line for line in shown if len(line) > 200)
    body = ""
    for line in shown:
        text = line.replace("&", "&amp;").replace("<", "&lt;")
        run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
        if line == words:
            run = f'<w:commentRangeStart w:id="0"/>{run}<w:commentRangeEnd w:id="0"/>'
        body += f"<w:p>{run}</w:p>"
    file = tmp_path / "transcript.docx"
    comments = f"<w:root>{comment_xml(0, 'PW', 'Wichtig.')}</w:root>"
    file.write_bytes(docx(body, {"word/comments.xml": comments}))
    plan = comments_back.planned(study, read_file(file))
    assert plan.sources == (source,)
    (one,) = plan.arrivals
    assert (one.state, one.words) == ("memo", words)
    assert not is_coded(file)


def test_a_file_like_no_document_asks_which_it_is(study, tmp_path, docx):
    file = tmp_path / "other.docx"
    run = "<w:r><w:t>Etwas ganz anderes.</w:t></w:r>"
    body = f'<w:p><w:commentRangeStart w:id="0"/>{run}<w:commentRangeEnd w:id="0"/></w:p>'
    file.write_bytes(docx(body, {"word/comments.xml": f"<w:root>{comment_xml(0, 'PW', 'Hm.')}</w:root>"}))
    with pytest.raises(KnownError, match="like no document"):
        read_comments(study, file=str(file))
    read_comments(study, file=str(file), source=source_called(study, "Interview A"))
    assert any(one.body.startswith("Hm.") for one in all_memos(study))


def test_a_stopped_reading_changes_nothing(study, sent):
    commented(sent, "Katastrophe", "PW", "Ja!")
    plan = comments_back.planned(study, read_file(sent))
    with pytest.raises(KnownError, match="Stopped"):
        comments_back.take(study, plan, progress=lambda _done: False)
    assert all(one.body != "Ja!" for one in all_memos(study))


@pytest.mark.parametrize("record", ["{}", "[1]", '{"remarks": 3}', "x" * 50, '{"remarks":[{"start":"x"}]}'])
def test_a_damaged_record_is_no_record(study, sent, record):
    with zipfile.ZipFile(sent) as file:
        xml = file.read("customXml/item1.xml").decode("utf-8")
    inner = re.search(r">([^<]+)</coded>", xml)[1]
    changed(sent, "customXml/item1.xml", inner, record)
    found = read_file(sent)
    assert found.records == ()
    plan = comments_back.planned(study, found)
    assert plan.counts() == {"same": len(codings(study, source=source_called(study, "Interview A")))}
