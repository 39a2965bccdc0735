"""The declaration: what helped and what was decided; what only the author knows is a placeholder."""

import os
import re
from pathlib import Path

import pytest

from qda.coding import analyses, material, sheet, suggested
from qda.coding.suggestion_events import Proposed, record
from qda.i18n import LANGUAGES, use_language
from qda.models import Project
from qda.reports import declaration as module
from qda.reports.model import Report, Section, Table, placeholders, walk
from qda.reports.registry import build_report, render_bytes, report_kind
from tests.reports.small_study import at, build, guid

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(module, "version", lambda _package: "1.2.3")
    return build(tmp_path / "study.qdaproj")


@pytest.fixture
def helped(study: Project) -> Project:
    """The study with suggestions that were taken, changed and passed, and with texts that were read."""
    place = at(study, "Interview B", "Samstags fahr ich hin")
    code = guid(study, "Hinfahren")
    where = at(study, "Interview B", "Formal war")
    suggested.code_from_suggestions(study, **where, codes=[code], suggested=[code])  # type: ignore[arg-type]
    shown = (
        Proposed("code", "qda", "2", 0.9, "taken", strong=True, code=code),
        Proposed("code", "qda", "2", 0.4, "passed", code=guid(study, "Anerkennung")),
        Proposed("new", "qda-phrases", "1", 0.2, "changed", name="Wochenende", form="noun"),
    )
    assert record(study, **place, proposed=shown)  # type: ignore[arg-type]
    for row in analyses.readable(study):
        name = "de hanta-1.2.1 spacy-3.8.2 1-0a1b2c3d"
        assert analyses.keep(study, row, name=name, data=b"", forms=())
    return study


def _made(project: Project, **options: str) -> Report:
    with use_language("en"):
        return build_report("declaration", project, {"language": "en", **options})


def _text(report: Report) -> str:
    return render_bytes(report, "md").decode()


def _table(report: Report, name: str) -> list[list[str]]:
    (found,) = [one for one in walk(report.blocks) if isinstance(one, Table) and one.name == name]
    return [[entry.text for entry in row] for row in found.rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_reads_as_its_golden_file(helped, language):
    """Made anew with QDA_GOLDEN=1."""
    written = _text(_made(helped, language=language))
    file = GOLDEN / f"declaration.{language}.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", report_kind("declaration").formats)
def test_every_format_takes_it(helped, kind):
    assert len(render_bytes(_made(helped), kind)) > 100


def test_where_nothing_was_suggested_it_says_so(study):
    text = _text(_made(study))
    assert "No suggestion was shown in this study." in text
    assert "Every coding was made by hand." in text
    assert "no text left it" in text
    assert "no text was read for words and lemmas" in text


def test_proposals_are_counted_by_engine_kind_and_outcome(helped):
    assert _table(_made(helped), "Suggestions") == [
        ["existing codes for a passage", "qda 2", "1", "2", "1", "–", "1"],
        ["of these called strong", "", "", "1", "1", "–", "–"],
        ["names for new codes", "qda-phrases 1", "1", "1", "–", "1", "–"],
    ]


def test_people_decided_and_are_named_with_the_time(helped):
    (row,) = _table(_made(helped), "People")
    assert row == ["MK", "1 October 2024", "1 October 2024", "3", "1", "1", "1"]


def test_programs_that_read_texts_are_named_with_their_versions(helped):
    rows = dict(_table(_made(helped), "Programs"))
    assert rows["Program"] == "qda 1.2.3"
    assert rows["Language tools for German"] == "HanTa 1.2.1, spaCy 3.8.2 (2 documents)"
    assert rows["Suggestions are shown"] == "after a person has gone through a document once"
    helped.set_setting("suggestions", "off")
    assert dict(_table(_made(helped), "Programs"))["Suggestions are shown"] == "never"


def test_codings_are_told_by_how_they_came_about_and_hidden_numbers_stay_hidden(helped):
    codings = len(material.segments(helped))
    (row,) = _table(_made(helped), "Codings")
    assert row[0] == "MK"
    assert int(row[1]) + int(row[2]) >= codings - 2
    assert row[2] == "1"
    sheet.set_frequencies_hidden(helped, hidden=True)
    assert _table(_made(helped), "Codings") == [["MK", "●", "●"]]


def test_for_an_engine_of_another_hand_it_promises_nothing(helped):
    place = at(helped, "Interview B", "Samstags fahr ich hin")
    record(helped, **place, proposed=[Proposed("code", "cloudy", "9", 0.9, "passed", code="")])  # type: ignore[arg-type]
    made = _made(helped)
    text = _text(made)
    assert "Everything that belongs to the program ran on the computer" in text
    assert "no language model wrote any text" not in text
    assert "The engine “cloudy” is not part of the program" in text
    assert placeholders(made) == placeholders(_made_without(helped)) + 1


def _made_without(project: Project) -> Report:
    """The report as if the foreign engine had never been asked: four placeholders for other programs."""
    chapter = module.declaration_chapter(project)
    return Report("", "en", tuple(one for one in chapter.blocks if isinstance(one, Section))[-1:])


def test_it_is_a_chapter_of_a_larger_report_too(helped):
    with use_language("en"):
        chapter = module.declaration_chapter(helped)
    assert chapter.title == "Use of software and suggestions"
    assert chapter.numbered
    assert [one.title for one in chapter.blocks if isinstance(one, Section)] == [
        "The program",
        "Suggestions",
        "Who decided",
        "How the codings came about",
        "Other programs",
    ]


def test_no_word_of_any_text_is_in_it(helped):
    text = _text(_made(helped))
    for source in material.sources(helped):
        for line in material.text(helped, source.guid).splitlines():
            if len(line) > 25:
                assert line[3:] not in text
    assert not re.search("Blumen|Samstags|Wochenende", text)
