"""Saturation as a report: as its golden file, with hidden frequencies, without a verdict."""

import os
from pathlib import Path

import pytest

from qda.coding import properties, sheet
from qda.coding.saturation import curve
from qda.errors import UsageError
from qda.i18n import use_language
from qda.models import Project
from qda.reports.model import Figure, Report, Table, walk
from qda.reports.registry import TABLE_FORMATS, checked_options, render_bytes, report_kind
from tests.reports.small_study import build, guid, span

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def study(tmp_path: Path) -> Project:
    """The small study with a second property that is seen in the second interview alone."""
    project = build(tmp_path / "study.qdaproj")
    prop = properties.add_property(
        project, code=guid(project, "Anerkennung"), name="Weg", pole_from="beiläufig", pole_to="förmlich"
    )
    place = span(project, "Interview B", "Formal war das korrekt.")
    properties.set_property_value(project, property=prop, segment=place, value="förmlich")
    return project


def _made(project: Project, **options: str) -> Report:
    kind = report_kind("saturation")
    with use_language("en"):
        return kind.build(project, checked_options(kind, {"language": "en", **options}))


def _text(report: Report) -> str:
    return render_bytes(report, "md").decode()


@pytest.mark.parametrize("name", ["saturation", "saturation-run"])
def test_the_report_reads_as_its_golden_file(study, name):
    """Made anew with QDA_GOLDEN=1."""
    options = {"base": "1", "run": "1"} if name == "saturation-run" else {}
    written = _text(_made(study, order="study", **options))
    file = GOLDEN / f"{name}.en.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", TABLE_FORMATS)
def test_every_format_takes_it(study, kind):
    assert len(render_bytes(_made(study), kind)) > 50


def test_two_transcripts_are_too_few_for_a_share(study):
    assert "not yet determinable. It takes 6 transcripts" in _text(_made(study))


def test_picture_and_table_show_the_same_counts(study):
    blocks = list(walk(_made(study, order="study").blocks))
    picture = next(one for one in blocks if isinstance(one, Figure))
    table = [one for one in blocks if isinstance(one, Table)][-1]
    assert picture.png.startswith(b"\x89PNG")
    for row, one in zip(table.rows, curve(study, order="study").transcripts, strict=True):
        assert (row[1].text, row[2].number) == (one.title, len(one.new))
        assert f"{one.title}: {len(one.new)} new code" in picture.alt


def test_a_study_that_hides_frequencies_counts_no_passages(study):
    sheet.set_frequencies_hidden(study, hidden=True)
    table = [one for one in walk(_made(study).blocks) if isinstance(one, Table)][1]
    assert "Passages" not in [one.title for one in table.columns]
    assert table.rows[0][1].text == "●"


@pytest.mark.parametrize("written", ["0", "viele", "-1"])
def test_a_base_that_is_no_number_is_told(study, written):
    with pytest.raises(UsageError, match=written):
        _made(study, base=written)


def test_the_curve_names_transcripts_where_there_is_room_and_numbers_them_where_not():
    from qda.figures.new_codes import NewCodesFigure, Step
    from qda.figures.painting import ensure_gui, print_look

    ensure_gui()
    few = NewCodesFigure((Step("Interview A", 5), Step("Interview B", 0)), 1, "Base: 5 codes")
    layout = few.arrange(width=3600, look=print_look())
    assert [run.text for run in layout.runs()] == ["Base: 5 codes", "5", "Interview A", "0", "Interview B"]
    assert layout.points[1].y() == layout.floor
    assert layout.points[0].y() == layout.top
    many = NewCodesFigure(tuple(Step(f"Interview {n}", 1) for n in range(40)))
    texts = {run.text for run in many.arrange(width=600, look=print_look()).runs()}
    assert "1" in texts
    assert not any(text.startswith("Interview") for text in texts)


def test_what_a_person_judged_is_printed_with_its_reason(study):
    from qda.coding.saturation_judgements import judge_saturation

    code = guid(study, "Anerkennung")
    judge_saturation(study, code=code, state="provisional", reason="Seit B nichts Neues.")
    text = _text(_made(study))
    assert "| provisional | 1 October 2024, MK | Seit B nichts Neues. |" in text


def test_gaps_are_listed_with_the_decisions_that_start_from_them(study):
    from qda.coding.sampling import decide_sampling
    from qda.coding.saturation import states
    from qda.coding.saturation_gaps import gaps

    with use_language("en"):
        gap = next(one for one in gaps(study, states(study).rows) if one.kind == "pole")
        assert f"**{gap.name}**: {gap.question}" in _text(_made(study))
        decide_sampling(study, form=gap.form, gap=gap.words)
    assert f"{gap.question} (decision 1)" in _text(_made(study))
