"""Code maps as a report: picture, lines and things; nothing private and nothing withheld leaves the study."""

from pathlib import Path

import pytest

from qda.coding import axial, code_maps, consent, map_gathering, material, memos, sheet, theory
from qda.errors import KnownError
from qda.i18n import use_language
from qda.models import Project
from qda.reports.code_map import outward_figure
from qda.reports.model import Figure, Report, Table, walk
from qda.reports.registry import TABLE_FORMATS, checked_options, render_bytes, report_kind
from tests.reports.small_study import build


@pytest.fixture
def study(tmp_path: Path) -> Project:
    return build(tmp_path / "study.qdaproj")


@pytest.fixture
def chart(study: Project) -> str:
    """A map with every relation of the small study, a passage, two memos and words."""
    guid = code_maps.new_map(study, name="Skizze")
    relations = [f"relation:{row.guid}" for row in theory.relations(study)]
    open_memo = memos.write_memo(study, kind="theoretical", title="Offen", body="Das darf jeder lesen.")
    secret = memos.write_memo(study, kind="diary", title="Geheim", body="Nur für mich.", private=True)
    passage = material.segments(study)[0].guid
    targets = [*relations, f"segment:{passage}", f"memo:{open_memo}", f"memo:{secret}"]
    map_gathering.gather_on_map(
        study, map=guid, targets=targets, xs=[0] * len(targets), ys=[at * 120 for at in range(len(targets))]
    )
    code_maps.put_on_map(study, map=guid, text="und dann?", x=400)
    return guid


def made(project: Project, **options: str) -> Report:
    kind = report_kind("map")
    with use_language("en"):
        return kind.build(project, checked_options(kind, {"language": "en", **options}))


def text(report: Report) -> str:
    return render_bytes(report, "md").decode()


def test_picture_lines_and_things_stand_in_the_report(study: Project, chart: str) -> None:
    report = made(study, map="Skizze")
    (figure,) = [block for block in walk(report.blocks) if isinstance(block, Figure)]
    lines, things = [block for block in walk(report.blocks) if isinstance(block, Table)]
    relations = theory.relations(study)
    assert len(lines.rows) == len(relations) > 0
    assert lines.rows[0][0].text == relations[0].from_name
    assert "und dann?" in [row[1].text for row in things.rows]
    assert figure.caption == "Skizze"
    assert relations[0].from_name in figure.alt


@pytest.mark.parametrize("kind", TABLE_FORMATS)
def test_every_format_takes_it(study: Project, chart: str, kind: str) -> None:
    assert len(render_bytes(made(study), kind)) > 200


def test_a_private_memo_is_in_no_report(study: Project, chart: str) -> None:
    written = text(made(study))
    assert "Das darf jeder lesen." in written
    assert "Geheim" not in written
    assert "Nur für mich." not in written


def test_words_that_may_not_be_quoted_stay_in_the_study(study: Project, chart: str) -> None:
    segment = material.segments(study)[0]
    assert segment.case is not None
    consent.set_consent(study, case=segment.case, quote="no")
    with use_language("en"):
        figure = outward_figure(study, chart)
    told = next(box.face.words for box in figure.boxes if box.face.kind == "segment")
    assert told == "[quotation withheld: no consent]"


def test_a_study_that_hides_frequencies_prints_none(study: Project, chart: str) -> None:
    sheet.set_frequencies_hidden(study, hidden=True)
    figure = outward_figure(study, chart)
    assert {box.face.count for box in figure.boxes} == {None}
    assert {link.badge for link in figure.links if link.status != "rejected"} <= {(), ("modified",)}


def test_a_rejected_relation_on_a_map_says_so(study: Project, chart: str) -> None:
    relation = theory.relations(study)[0].guid
    axial.set_relation_status(study, relation=relation, status="rejected")
    with use_language("en"):
        figure = outward_figure(study, chart)
    assert "rejected" in next(link for link in figure.links if link.status == "rejected").badge


def test_without_a_map_the_report_says_so_and_an_unknown_one_is_refused(study: Project) -> None:
    assert "There is no map yet." in text(made(study))
    with pytest.raises(KnownError):
        made(study, map="Unbekannt")


def test_an_empty_map_is_printed_as_empty(study: Project) -> None:
    code_maps.new_map(study, name="Leer")
    assert "Nothing lies on this map yet." in text(made(study))
