"""Names and texts that try to break out go through every report in every format, and stay texts."""

import dataclasses
from collections.abc import Iterator, Mapping

import pytest

from qda.coding import codes, material, theory
from qda.errors import KnownError
from qda.models import Project
from qda.reports.model import Figure, Report, Section, Table, Transcript, Tree, walk
from qda.reports.registry import FORMATS, ReportKind, build_report, render_bytes, report_kind, reports
from qda.reports.sheets import sheets
from qda.reports.text import clean

from .harmless import problems, squeezed, words
from .hostile_study import NASTY, clock, hostile

KINDS = [kind.name for kind in reports()]
HALF = "\ud800=1+1<b>"
MEANT = [squeezed(clean(name)) for name in NASTY]
_SLOW = {"docx", "pdf"}  # set in pages, once a report: every block is written in the same way
_THOUSAND_PAGES = ("codetree", "matrix", "study")
_HIDDEN = {
    "anchor",
    "link",
    "colour",
    "align",
    "language",
    "template",
    "record",
    "kind",
    "only_table",
    "guid",
}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = hostile(tmp_path_factory.mktemp("hostile") / "study.qdaproj")
    with Project.open(path, read_only=True) as project:
        project.clock = clock
        yield project


def wishes(project: Project, kind: ReportKind) -> list[dict[str, str]]:
    """The report as it comes, and with much of what can be chosen; options hold hostile words, too."""
    names = {option.name for option in kind.options}
    flags = {option.name for option in kind.options if option.choices == ("yes", "no")}
    known = {
        "source": material.sources(project)[0].guid,
        "case": material.cases(project)[0].guid,
        "model": theory.models(project)[0].guid,
        "passage": "1-5",
        "question": HALF,
        "author": HALF,
        "memos": "yes" if "memos" in flags else "all",
        "context": "yes",
        "named": "yes",
        "citation": "{title} <b>=1+1</b> {paragraph}",
    }
    if kind.name in ("genesis", "profile"):
        known["code"] = codes.properties(project)[0].code
    if kind.name == "typology":
        known |= dict(zip(("rows", "columns"), [one.guid for one in codes.properties(project)], strict=False))
    if kind.name == "feedback":
        known["codes"] = "names"
    made = [{name: value for name, value in known.items() if name in names}]
    choices = {option.name: option.choices for option in kind.options if option.kind == "choice"}
    for name in ("profile", "table", "form", "fields"):
        made += [{**made[0], name: value} for value in choices.get(name, ())]
    return made


def built(project: Project, name: str, options: Mapping[str, str]) -> Report | None:
    """The report, or none where it refuses in a sentence."""
    try:
        return build_report(name, project, options)
    except KnownError:
        return None


def strings(value: object) -> Iterator[str]:
    """Every text in a part of a report that people read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in _HIDDEN:
                yield from strings(getattr(value, field.name))


def expected(report: Report, suffix: str) -> set[str]:
    """Which of the hostile texts have to be read in the file, as they stand in the report."""
    if suffix in ("xlsx", "csv"):
        only = report.only_table if suffix == "csv" else ""
        every = [sheet for sheet in sheets(report) if not only or sheet.name == only]
        told = [value for sheet in every for row in sheet.rows for value in row]
        found = [value for value in told if isinstance(value, str)]
    elif suffix in ("opml", "mmd", "graphml"):
        trees = [block for block in walk(report.blocks) if isinstance(block, Tree)]
        found = [path[-1].name for tree in trees for _depth, path in tree.walk()]
    else:
        shown = [
            block
            for block in walk(report.blocks)
            if not isinstance(block, Section | Transcript)
            and not (isinstance(block, Table) and block.sheet_only)
            and not (isinstance(block, Figure) and suffix in ("docx", "pdf"))
        ]
        found = [text for block in shown for text in strings(block)]
        found += [block.title for block in walk(report.blocks) if isinstance(block, Section)]
    return {squeezed(clean(text)) for text in found} & set(MEANT)


@pytest.mark.parametrize("name", KINDS)
def test_hostile_names_stay_texts_in_every_format(study: Project, name: str) -> None:
    kind = report_kind(name)
    made, seen = set(), []
    for number, options in enumerate(wishes(study, kind)):
        report = built(study, name, options)
        if report is None:
            continue
        whole = dataclasses.replace(report, only_table="")
        alike = whole in seen  # which table was chosen says csv alone
        seen.append(whole)
        for suffix in kind.formats:
            if (suffix == "pdf" and name in _THOUSAND_PAGES) or (number and suffix in _SLOW):
                continue
            if alike and suffix != "csv":
                continue
            try:
                data = render_bytes(report, suffix)
            except KnownError:  # nothing that this format could hold
                continue
            made.add(suffix)
            assert (name, options, suffix, problems(data, suffix)) == (name, options, suffix, [])
            if suffix != "pdf":
                shown = words(data, suffix)
                lost = [text[:80] for text in expected(report, suffix) if text not in shown]
                assert (name, options, suffix, lost) == (name, options, suffix, [])
    assert made, f"the report {name} could not be made of this study at all: teach the test how"


@pytest.mark.soak
@pytest.mark.parametrize("name", _THOUSAND_PAGES)
def test_a_thousand_pages_of_hostile_names_are_printed(study: Project, name: str) -> None:
    assert problems(render_bytes(build_report(name, study, {}), "pdf"), "pdf") == []


def test_the_study_is_hostile_enough(study: Project) -> None:
    report = build_report("study", study, {"profile": "thesis", "memos": "all"})
    assert len(expected(report, "docx")) > len(set(MEANT)) * 0.9
    assert {suffix for kind in reports() for suffix in kind.formats} == set(FORMATS)
