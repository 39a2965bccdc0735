"""Reports of others: found by their entry point, with everything that is common to all reports."""

import importlib
import sys

import pytest

from qda import cli
from qda.errors import UsageError
from qda.models import Project
from qda.reports.registry import build_report, render_bytes, report_kind, reports

from .small_study import build

_MODULE = """
from qda.coding.material import segments
from qda.reports.model import Report, Section, note, paragraph, placeholder
from qda.reports.registry import Option, ReportKind

def made(project, options):
    words = [paragraph(f"{one.title}: {one.text}") for one in segments(project)]
    asked = paragraph(options.get("word", "none"), placeholder("conclusion"))
    return Report("Own words", options.get("language", "en"), (Section("Passages", (asked, *words)),))

KIND = ReportKind("own-words", "Own words", made, options=(Option("word", "A word"),))
STUDY = ReportKind("study", "Not the study", made)
NOTHING = "no report"
"""
_POINTS = """[qda.reports]
own = foreign_report:KIND
study = foreign_report:STUDY
nothing = foreign_report:NOTHING
gone = foreign_report:GONE
absent = package_that_is_not_there:KIND
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    site = tmp_path / "site"
    about = site / "foreign_report-1.0.dist-info"
    about.mkdir(parents=True)
    (site / "foreign_report.py").write_text(_MODULE, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: foreign-report\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(_POINTS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    importlib.invalidate_caches()
    reports.cache_clear()
    yield
    reports.cache_clear()
    sys.modules.pop("foreign_report", None)


@pytest.fixture
def study(tmp_path):
    with build(tmp_path / "study.qdaproj") as project:
        return project.path


def test_it_is_found_with_its_options_and_those_common_to_all(installed):
    kind = report_kind("own-words")
    names = {option.name for option in kind.options}
    assert {"word", "documents", "cases", "coders", "branches", "author", "template"} <= names
    assert kind.formats == ("docx", "pdf", "html", "md")


def test_it_is_written_from_the_command_line_like_any_other(installed, study, tmp_path, capsys):
    out = tmp_path / "own.md"
    assert (
        cli.main(["report", str(study), "own-words", str(out), "word=Blumen", "documents=Interview A"]) == 0
    )
    assert "1 placeholder" in capsys.readouterr().err
    text = out.read_text(encoding="utf-8")
    assert "Blumen" in text
    assert "Interview A" in text
    assert "Interview B" not in text


def test_a_part_of_the_study_is_all_it_gets(installed, study):
    with Project.open(study, read_only=True) as project:
        report = build_report("own-words", project, {"documents": "Interview B"})
        with pytest.raises(UsageError, match="does not take “poem”"):
            build_report("own-words", project, {"poem": "x"})
    text = render_bytes(report, "md").decode()
    assert "Interview B" in text
    assert "Interview A:" not in text


def test_none_takes_the_place_of_one_of_ours(installed):
    assert report_kind("study").title != "Not the study"


def test_those_that_cannot_be_loaded_are_told_and_stop_no_other(installed, caplog):
    names = [kind.name for kind in reports()]
    assert {"own-words", "study", "codebook"} <= set(names)
    told = " ".join(record.getMessage() for record in caplog.records)
    assert "foreign_report:GONE" in told
    assert "package_that_is_not_there" in told
    assert "foreign_report:NOTHING is no kind of report" in told
