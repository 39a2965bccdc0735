"""The reports of profiles and typologies read as their golden files; what may not be printed is not."""

import os
from pathlib import Path

import pytest

from qda.coding import consent, memos, properties, sheet
from qda.coding.typology import name_type
from qda.errors import UsageError
from qda.i18n import use_language
from qda.models import Project
from qda.reports.dimensional import profile_figure, typology_figure
from qda.reports.model import Figure, Report, Table, walk
from qda.reports.registry import TABLE_FORMATS, render_bytes, report_kind
from tests.reports.small_study import at, build, guid, span

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def study(tmp_path: Path) -> Project:
    """The small study with a second property, values of both kinds, and a named type."""
    project = build(tmp_path / "study.qdaproj")
    code = guid(project, "Anerkennung")
    prop = properties.add_property(
        project, code=code, name="Weg", pole_from="beiläufig", pole_to="förmlich", places=["beides"]
    )
    for title, words, value in (
        ("Interview A", "Blumen kriegen wir jedes Jahr", "beiläufig"),
        ("Interview A", "einen Raum nie", "beides"),
    ):
        properties.set_property_value(
            project, property=prop, segment=span(project, title, words), value=value
        )
    from qda.coding.material import cases

    properties.set_case_value(project, property=prop, case=cases(project)[1].guid, value="förmlich")
    return project


def _named(project: Project) -> dict[str, str]:
    from qda.coding.codes import properties as rows

    return {row.name: row.guid for row in rows(project)}


def _made(project: Project, name: str, **options: str) -> Report:
    return report_kind(name).build(project, options)


def _text(report: Report) -> str:
    return render_bytes(report, "md").decode()


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("name", ["profile", "typology"])
def test_the_report_reads_as_its_golden_file(study, name, language):
    """Made anew with QDA_GOLDEN=1."""
    with use_language(language):
        guids = _named(study)
        name_type(
            study,
            rows=guids["Art"],
            row="symbolisch",
            columns=guids["Weg"],
            column="beiläufig",
            name="Blumen im Vorbeigehen",
        )
        options = {"rows": "Art", "columns": "Anerkennung: Weg"} if name == "typology" else {}
        written = _text(_made(study, name, language=language, **options))
    file = GOLDEN / f"{name}.{language}.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["profile", "typology"])
@pytest.mark.parametrize("kind", TABLE_FORMATS)
def test_every_format_takes_them(study, name, kind):
    options = {"rows": "Art", "columns": "Weg"} if name == "typology" else {}
    assert len(render_bytes(_made(study, name, **options), kind)) > 50


def test_the_picture_and_the_table_show_the_same_cases(study):
    report = _made(study, "typology", rows="Art", columns="Weg", language="en")
    blocks = list(walk(report.blocks))
    table = next(one for one in blocks if isinstance(one, Table))
    picture = next(one for one in blocks if isinstance(one, Figure))
    assert picture.png.startswith(b"\x89PNG")
    assert b"<svg" in picture.svg
    for row in table.rows:
        for column, one in zip(table.columns[1:], row[1:], strict=True):
            names = one.text.replace("*", "").splitlines()[-1]
            wanted = "no case" if names == "?" else names
            assert f"{row[0].text} × {column.title}: {wanted}." in picture.alt


def test_a_study_that_hides_frequencies_has_no_counts_in_its_picture(study):
    from qda.coding.typology import typology

    guids = _named(study)
    grid = typology(study, rows=guids["Art"], columns=guids["Weg"])
    shown = [cell.note for row in typology_figure(grid).cells for cell in row if cell.note]
    hidden = [cell.note for row in typology_figure(grid, numbers=False).cells for cell in row if cell.note]
    assert shown
    assert not hidden
    sheet.set_frequencies_hidden(study, hidden=True)
    with use_language("en"):
        assert "passage" not in _text(_made(study, "typology", rows="Art", columns="Weg", language="en"))


def test_a_private_type_and_words_without_consent_are_not_printed(study):
    guids = _named(study)
    at_ = {"rows": guids["Art"], "columns": guids["Weg"]}
    memo = name_type(study, row="symbolisch", column="beiläufig", name="Nebenbei", **at_)
    place = at(study, "Interview A", "Blumen kriegen wir jedes Jahr")
    assert place["start"] < place["stop"]
    said = "„Blumen kriegen wir jedes Jahr, hat er gesagt, einen Raum nie“"
    body = f"Art: symbolisch × Weg: beiläufig\nWie A sagt: {said}."
    memos.edit_memo(study, memo=memo, body=body)
    assert "Blumen" in _text(_made(study, "typology", **at_))
    from qda.coding.material import cases

    consent.set_consent(study, case=cases(study)[0].guid, quote="no")
    silenced = _text(_made(study, "typology", **at_))
    assert "Blumen" not in silenced
    assert "Nebenbei" in silenced
    memos.set_memo_private(study, memo=memo, private=True)
    assert "Nebenbei" not in _text(_made(study, "typology", **at_))


def test_a_filled_dot_is_the_passage_in_hand_and_a_square_the_case_as_a_whole(study):
    from qda.coding.codes import property_values
    from qda.coding.profiles import profile

    here = property_values(study, _named(study)["Weg"])[0].segment.guid
    figure = profile_figure(profile(study, guid(study, "Anerkennung")), here=here)
    dots = {
        (axis.name, row.name, dot.place): dot for axis in figure.axes for row in axis.rows for dot in row.dots
    }
    assert dots["Weg", "A", "beiläufig"].here
    assert not dots["Weg", "A", "beides"].here
    assert dots["Weg", "B", "förmlich"].whole
    assert not dots["Weg", "A", "beides"].whole
    assert figure.notes


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "rows"),
        ({"rows": "Art"}, "columns"),
        ({"rows": "Art", "columns": "Nichts"}, "Nichts"),
    ],
)
def test_a_typology_without_its_properties_says_which_there_are(study, options, says):
    with pytest.raises(UsageError, match=says):
        _made(study, "typology", **options)


def test_a_category_without_a_property_has_no_profile(study):
    with pytest.raises(UsageError):
        _made(study, "profile", code="Hinfahren")
