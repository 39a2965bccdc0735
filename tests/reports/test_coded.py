"""Coded transcripts: comments at their very words, notes in the margin, nothing that may not leave."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree, html

from qda.coding import codebook, comments_back_form, consent, memos, open_coding, sheet
from qda.coding.material import cases, sources
from qda.models import Project
from qda.reports.model import Line, Remark, Report, Span, Transcript
from qda.reports.registry import build_report, render_bytes
from qda.reports.render_comments import initials, tint
from tests.reports.samples import HOSTILE
from tests.reports.small_study import at, build, guid, span

GOLDEN = Path(__file__).with_name("golden")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def study(tmp_path):
    with build(tmp_path / "study.qdaproj") as project:
        place = at(project, "Interview A", "hat er gesagt, einen Raum nie. 🌷")
        open_coding.code_passage(
            project, code="Anerkennung > Blumen statt Raum", comment="Doppelt.\nSiehe B.", coder="TS", **place
        )
        start = at(project, "Interview A", "Und die Vereine?")["start"]
        stop = at(project, "Interview A", "Blumen kriegen")["stop"]
        open_coding.code_passage(
            project, source=place["source"], start=start - 3, stop=stop, code="Hinfahren", coder="TS"
        )
        memos.write_memo(
            project,
            kind="theoretical",
            title="Blumen",
            body="Symbol ohne Mittel.",
            target=f"segment:{span(project, 'Interview A', 'Blumen kriegen wir jedes Jahr')}",
        )
        memos.write_memo(
            project, kind="code", title="Nur am Text", target=f"segment:{span(project, 'Interview A', 'ähm')}"
        )
        memos.write_memo(
            project,
            kind="diary",
            title="Geheim",
            body="Nur für mich.",
            private=True,
            target=f"segment:{span(project, 'Interview A', 'Blumen kriegen wir jedes Jahr')}",
        )
        yield project


def source_of(project: Project, title: str = "Interview A") -> str:
    return next(row.guid for row in sources(project) if row.title == title)


def made(project: Project, **options: str) -> Report:
    return build_report("coded", project, {"language": "en"} | options)


def word(report: Report) -> tuple[etree._Element, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(render_bytes(report, "docx"))) as file:
        return etree.fromstring(file.read("word/document.xml")), etree.fromstring(
            file.read("word/comments.xml")
        )


def commented(document: etree._Element) -> dict[str, str]:
    """The words of each comment by its id, a line feed between paragraphs."""
    open_: set[str] = set()
    found: dict[str, str] = {}
    for element in document.iter():
        if element.tag == f"{W}commentRangeStart":
            open_.add(element.get(f"{W}id"))
            found[element.get(f"{W}id")] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_.remove(element.get(f"{W}id"))
        elif element.tag in (f"{W}t", f"{W}p"):
            style = element.getparent().find(f"{W}rPr/{W}rStyle") if element.tag == f"{W}t" else None
            if style is None:
                for one in open_:
                    found[one] += element.text if element.tag == f"{W}t" else "\n"
    assert not open_
    return found


def test_the_report_reads_as_its_golden_file(study):
    """Made anew with QDA_GOLDEN=1."""
    written = render_bytes(made(study, memos="yes"), "md").decode()
    golden = GOLDEN / "coded.en.md"
    if os.environ.get("QDA_GOLDEN"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_each_coding_is_a_comment_at_its_very_words(study):
    document, comments = word(made(study, source=source_of(study)))
    words = commented(document)
    told = {
        one.get(f"{W}id"): (
            one.get(f"{W}author"),
            one.get(f"{W}initials"),
            "\n".join("".join(p.itertext(f"{W}t")) for p in one.iter(f"{W}p")),
        )
        for one in comments
    }
    assert {(words[key], told[key]) for key in told} >= {
        ("einen Raum nie", ("MK", "MK", "Code: Bleiben der Vereine")),
        (
            "hat er gesagt, einen Raum nie. 🌷",
            ("TS", "TS", "Code: Anerkennung > Blumen statt Raum\nDoppelt.\nSiehe B."),
        ),
        ("I: Und die Vereine?\nB: Blumen kriegen", ("TS", "TS", "Code: Hinfahren")),
    }
    assert len(words) == len(told) == len(document.findall(f".//{W}commentReference"))


def test_memos_on_passages_are_comments_if_that_is_wanted_and_private_ones_never(study):
    for wanted in ("no", "yes"):
        _document, comments = word(made(study, source=source_of(study), memos=wanted))
        texts = ["".join(one.itertext()) for one in comments]
        assert ("Memo: BlumenSymbol ohne Mittel." in texts) is (wanted == "yes")
        assert ("Memo: Nur am Text" in texts) is (wanted == "yes")
        assert not any("Geheim" in text or "Nur für mich" in text for text in texts)


def test_the_codes_of_others_and_other_branches_can_be_left_out(study):
    report = made(study, source=source_of(study), coders="TS")
    (transcript,) = (block for section in report.blocks[:1] for block in section.blocks[1:])
    assert {one.author for one in transcript.remarks} == {"TS"}
    report = made(study, source=source_of(study), branches="Anerkennung")
    (transcript,) = (block for section in report.blocks[:1] for block in section.blocks[1:])
    assert {one.title.split(" > ")[0] for one in transcript.remarks} == {"Anerkennung"}


def test_turns_of_the_interviewer_can_be_left_out_and_the_numbers_stay(study):
    report = made(study, source=source_of(study), interviewer="no")
    (transcript,) = (block for section in report.blocks[:1] for block in section.blocks[1:])
    assert [line.number for line in transcript.lines] == ["2", "4", "5"]
    assert all(line.label in ("B: ", "") for line in transcript.lines)


def test_where_the_study_cites_lines_the_lines_have_their_numbers(study):
    from qda.coding.citation import paragraphs_cited
    from qda.coding.material import span_row

    sheet.set_line_measure(study, characters=30)
    sheet.set_citation(study, template="{title}, l. {lines}")
    source = source_of(study)
    report = made(study, source=source)
    (transcript,) = (block for section in report.blocks[:1] for block in section.blocks[1:])
    numbers = [number for line in transcript.lines for _place, number in line.numbers]
    assert numbers == list(range(1, len(numbers) + 1))
    place = at(study, "Interview A", "einen Raum nie")
    cited = paragraphs_cited(span_row(study, source, place["start"], place["stop"]))
    document, _comments = word(report)
    shown = [
        "".join(run.itertext(f"{W}t"))
        for run in document.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}rStyle[@{W}val='QdaNumber']") is not None
    ]
    assert shown[: len(numbers)] == [str(number) for number in numbers]
    assert re.search(r"\d+", cited)[0] in shown


def test_nobody_is_printed_who_may_not_be_quoted(study):
    consent.set_consent(study, case=cases(study)[0].guid, quote="no")
    report = made(study)
    assert [section.title for section in report.blocks if hasattr(section, "blocks")][:1] == ["Interview B"]
    assert "Left out, because there is no consent: Interview A." in report.withheld
    for kind in ("docx", "html", "md"):
        data = render_bytes(report, kind)
        if kind == "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                data = b"".join(file.read(name) for name in file.namelist())
        assert "einen Raum nie" not in data.decode("utf-8", "replace")


def test_shading_is_light_enough_to_read_and_can_be_left_out(study):
    def grounds(**options: str) -> set[str]:
        document, _comments = word(made(study, source=source_of(study), **options))
        return {one.get(f"{W}fill") for one in document.iter(f"{W}shd")} - {None}

    of_codes, grey = grounds(), grounds(shading="grey")
    assert len(of_codes) > 1
    assert len(grey) == 1
    assert not grounds(shading="no")
    for fill in of_codes | grey:
        red, green, blue = (int(fill[n : n + 2], 16) for n in (0, 2, 4))
        assert 0.2126 * red + 0.7152 * green + 0.0722 * blue > 200


def test_the_shortest_coding_gives_the_ground():
    block = Transcript(
        (Line("1", "", "abcdef", (Span(0, 0, 6), Span(1, 2, 4))),),
        (Remark("A", colour="#0000FF"), Remark("B", colour="#FF0000")),
    )
    document, _comments = word(Report("T", "en", (block,)))
    runs = [
        ("".join(run.itertext(f"{W}t")), shade.get(f"{W}fill"))
        for run in document.iter(f"{W}r")
        if (shade := run.find(f"{W}rPr/{W}shd")) is not None
    ]
    assert runs == [("ab", tint("#0000FF")), ("cd", tint("#FF0000")), ("ef", tint("#0000FF"))]


def test_the_file_opens_in_python_docx_with_all_its_comments(study):
    data = render_bytes(made(study), "docx")
    document = Document(io.BytesIO(data))
    assert len(list(document.comments)) == sum(row.codings for row in sources(study))


def test_libreoffice_opens_it_and_keeps_every_comment(study, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / "coded.docx"
    path.write_bytes(render_bytes(made(study, memos="yes"), "docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with zipfile.ZipFile(tmp_path / "coded.odt") as file:
        text = file.read("content.xml").decode("utf-8")
    _document, comments = word(made(study, memos="yes"))
    assert text.count("<office:annotation ") == len(comments)
    assert text.count("<office:annotation-end ") == len(comments)


def test_the_page_has_notes_beside_the_text_and_nothing_active(study):
    page = html.document_fromstring(render_bytes(made(study, memos="yes"), "html").decode())
    for element in page.iter():
        assert element.tag not in ("script", "iframe", "object", "embed", "link", "img")
        assert not any(name.startswith("on") or name in ("href", "src") for name in element.attrib) or (
            element.get("href", "#").startswith("#")
        )
    notes = [" ".join(one.text_content().split()) for one in page.xpath("//*[@role='note']")]
    assert "Anerkennung › Blumen statt Raum MK" in [re.sub(r"^\d+ ", "", note) for note in notes]
    numbers = [one.text_content() for one in page.xpath("//sup[@class='tr']")]
    assert numbers == [note.split()[0] for note in notes]
    lines = page.xpath("//p[contains(@class, 'tl')]")
    for note in page.xpath("//*[@role='note'] | //sup[@class='tr']"):
        note.drop_tree()
    assert lines[1].text_content().strip().endswith("Wir haben’s, ähm, einfach gemacht.")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_go_through_every_format(tmp_path, name):
    with build(tmp_path / "study.qdaproj") as project:
        code = guid(project, "Hinfahren")
        codebook.rename_code(project, code=code, name=name)
        place = at(project, "Interview B", "Samstags")
        open_coding.code_passage(project, code=code, coder=name, comment=name, **place)
        report = made(project, source=source_of(project, "Interview B"))
        _document, comments = word(report)
        assert len(comments) == 3
        assert html.document_fromstring(render_bytes(report, "html").decode()).find(".//script") is None
        assert render_bytes(report, "md")


def test_the_record_can_be_read_and_a_first_line_too():
    record = comments_back_form.Record("s", "d", "T", "0", ())
    assert comments_back_form.records([comments_back_form.written(record), "no"]) == [record]
    for line in ("Code: A > B", "Kode: A > B", "code:A > B"):
        assert comments_back_form.read_form(f"{line}\nmore") == ("coding", "A > B", "more")
    assert comments_back_form.read_form("Memo: Blumen") == ("memo", "Blumen", "")
    assert comments_back_form.read_form("A remark: yes") is None
    assert comments_back_form.read_form("") is None


def test_initials_are_short():
    assert initials("MK") == "MK"
    assert initials("Tove Sander") == "TS"
    assert initials("") == ""
