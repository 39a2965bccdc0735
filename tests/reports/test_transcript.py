"""Transcripts on paper: as their golden file, numbered as cited, in every format, heeding consent."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from qda.coding import consent, material, sheet
from qda.coding.correcting import split_paragraph
from qda.errors import UsageError
from qda.i18n import LANGUAGES, use_language
from qda.models import Project
from qda.reports import transcript as module
from qda.reports.model import Numbered, Report, Table, plain, walk
from qda.reports.registry import build_report, render_bytes, report_kind
from tests.reports.small_study import at, build

GOLDEN = Path(__file__).with_name("golden")
HEBREW = "I: שלום?\nB: אני גר בעיר, =1+1 <b>🌷</b>.\n"


@pytest.fixture
def study(tmp_path: Path) -> Project:
    return build(tmp_path / "study.qdaproj")


def _made(project: Project, **options: str) -> Report:
    with use_language("en"):
        return build_report("transcript", project, {"language": "en", **options})


def _text(report: Report) -> str:
    return render_bytes(report, "md").decode()


def _lines(report: Report) -> list[tuple[str, str]]:
    found = [one for one in walk(report.blocks) if isinstance(one, Numbered)]
    return [(line.number, plain(line.runs)) for one in found for line in one.lines]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", module.FORMS)
def test_the_report_reads_as_its_golden_file(study, form, language):
    """Made anew with QDA_GOLDEN=1."""
    written = _text(_made(study, form=form, language=language))
    file = GOLDEN / f"transcript-{form}.{language}.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", module.FORMS)
@pytest.mark.parametrize("kind", report_kind("transcript").formats)
def test_every_format_takes_both_forms(study, form, kind):
    assert len(render_bytes(_made(study, form=form), kind)) > 200


def test_a_part_that_was_cut_off_keeps_its_number_with_a_letter(study):
    place = at(study, "Interview A", "Wir haben’s")
    split_paragraph(study, source=place["source"], at=place["start"])  # type: ignore[arg-type]
    stored = [one.number for one in material.paragraphs(study, place["source"])]  # type: ignore[arg-type]
    assert "2a" in stored
    assert [number for number, _words in _lines(_made(study, source="Interview A", form="plain"))] == stored


def test_where_lines_are_cited_each_line_stands_with_its_number(study):
    sheet.set_citation(study, template="{title}, Z. {lines}")
    sheet.set_line_measure(study, characters=30)
    lines = _lines(_made(study, source="Interview A", form="plain"))
    assert [number for number, _words in lines] == [str(n) for n in range(1, len(lines) + 1)]
    words = "einfach gemacht"
    place = at(study, "Interview A", words)
    row = material.span_row(study, place["source"], place["start"], place["stop"])  # type: ignore[arg-type]
    assert [number for number, text in lines if words in text] == [row.lines]
    table = next(one for one in walk(_made(study, source="Interview A").blocks) if isinstance(one, Table))
    assert [row[0].text for row in table.rows] == [number for number, _words in lines]


def test_codes_stand_in_the_row_where_they_begin_and_can_be_left_out(study):
    table = next(one for one in walk(_made(study, source="Interview A").blocks) if isinstance(one, Table))
    beside = {row[0].text: row[2].text for row in table.rows}
    assert "Blumen statt Raum" in beside["4"]
    assert beside["1"] == ""
    bare = _made(study, source="Interview A", codes="no")
    assert "Blumen statt Raum" not in _text(bare)
    assert "Blumen kriegen wir jedes Jahr" in _text(bare)


def test_a_plain_transcript_has_no_codes_and_room_to_write(study):
    report = _made(study, form="plain")
    assert "Blumen statt Raum" not in _text(report)
    assert all(one.wide for one in walk(report.blocks) if isinstance(one, Numbered))
    with zipfile.ZipFile(io.BytesIO(render_bytes(report, "docx"))) as package:
        styles, body = package.read("word/styles.xml").decode(), package.read("word/document.xml").decode()
    reading = styles[styles.index('w:styleId="QdaReading"') :].partition("</w:style>")[0]
    assert 'w:line="360"' in reading
    assert body.count('w:val="QdaReading"') == len(_lines(report))
    assert 'w:right="3000"' in body


def test_the_numbers_stay_where_the_interviewer_is_left_out(study):
    every = _lines(_made(study, source="Interview A", form="plain"))
    answers = _lines(_made(study, source="Interview A", form="plain", interviewer="no"))
    assert answers == [(number, words) for number, words in every if not words.startswith("I:")]
    assert [number for number, _words in answers] == ["2", "4", "5"]


def test_a_case_whose_words_may_not_be_used_is_left_out_and_said(study):
    consent.set_consent(study, case=material.cases(study)[0].guid, quote="no")
    report = _made(study)
    text = _text(report)
    assert "Blumen kriegen wir" not in text
    assert "Samstags fahr ich hin" in text
    assert report.withheld == ("Left out, because those who speak may not be quoted: Interview A.",)
    assert report.withheld[0] in text
    alone = _text(_made(study, source="Interview A", form="plain"))
    assert "Blumen" not in alone
    assert "Left out" in alone


def test_consent_that_is_not_settled_is_said_of_the_cases_that_are_printed(study):
    consent.set_consent(study, case=material.cases(study)[1].guid, quote="open")
    assert _made(study).withheld == ("Consent to be quoted is not settled for: B.",)
    assert _made(study, source="Interview A").withheld == ()


def test_texts_that_run_to_the_left_and_hostile_signs_come_through_every_format(study, tmp_path):
    from qda.exchange.importing import import_files

    file = tmp_path / "עברית.txt"
    file.write_text(HEBREW * 3, encoding="utf-8")
    import_files(study, [file])
    for form in module.FORMS:
        report = _made(study, source="עברית", form=form)
        with zipfile.ZipFile(io.BytesIO(render_bytes(report, "docx"))) as package:
            body = package.read("word/document.xml").decode()
        assert "<w:rtl/>" in body
        assert "🌷" in body
        html = render_bytes(report, "html").decode()
        assert "<b>🌷" not in html
        assert "אני גר בעיר" in html


def test_an_unknown_form_is_refused(study):
    with pytest.raises(UsageError, match="no value for form"):
        _made(study, form="spiral")


def test_the_demo_study_stands_word_for_word_in_both_forms(german_demo):
    with Project.open(german_demo, read_only=True) as project:
        for form in module.FORMS:
            printed = " ".join(_words(build_report("transcript", project, {"form": form, "times": "no"})))
            for source in material.sources(project):
                text = material.text(project, source.guid)
                for line in material.paragraphs(project, source.guid):
                    words = " ".join(text[line.label_stop : line.stop].split())
                    assert words in printed, (form, source.title, line.number)


def _words(report: Report) -> list[str]:
    from qda.reports.model import runs_of

    return [" ".join(run.text.split()) for block in walk(report.blocks) for run in runs_of(block)]
