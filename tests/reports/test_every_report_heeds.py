"""What may not leave a study leaves it in no report and in no format: whoever writes the report.

Planted in a study are a private memo on everything, the words of someone who may not be quoted, a case that
was deleted for good, and a name that was replaced and purged. None of it may stand in any file.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from qda.coding import cases, consent, documents, material, memos, open_coding, properties
from qda.coding.pseudonyms import pseudonymise
from qda.coding.withdrawing import delete_case_for_good
from qda.errors import KnownError
from qda.exchange.importing import import_files
from qda.exchange.name_key import purge_names
from qda.models import Project
from qda.reports.model import Report
from qda.reports.registry import ReportKind, build_report, render_bytes, report_kind, reports

from .small_study import at, build, guid, span

PRIVATE = ("Zugeknöpft", "niemandem erzählen")
SILENT = ("kriegen wir jedes Jahr, hat er gesagt", "einen Raum nie", "keiner gefragt, wer zuständig")
GONE = ("Wolkenkuckucksheim", "Zitronenfalter")
CLEAR = ("Feuerbach",)
NAMES = '[{"clear": "Feuerbach", "kind": "person", "replacement": "Rosa Halm"}]'
_MARKS = re.compile(r"<[^>]*>")
KINDS = [kind.name for kind in reports()]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("planted")
    with build(folder / "study.qdaproj") as project:
        _private(project)
        _gone(project, folder)
        _clear(project)
        _silent(project)
        properties.add_property(
            project, code=guid(project, "Hinfahren"), name="Weg", pole_from="kurz", pole_to="weit"
        )
    yield project.path


def _private(project: Project) -> None:
    kinds = {
        "code": guid(project, "Anerkennung"),
        "case": material.cases(project)[1].guid,
        "source": material.sources(project)[1].guid,
        "segment": material.segments(project)[0].guid,
    }
    for kind, target in kinds.items():
        memos.write_memo(
            project,
            kind="theoretical",
            title=PRIVATE[0],
            body=f"Das darf ich {PRIVATE[1]}.",
            target=f"{kind}:{target}",
            private=True,
        )


def _gone(project: Project, folder: Path) -> None:
    file = folder / "Interview C.txt"
    file.write_text(f"I: Wo?\nC: Im {GONE[0]} saß ein {GONE[1]} und sang.\n", encoding="utf-8")
    import_files(project, [file])
    place = at(project, "Interview C", GONE[0])
    case = cases.add_case(project, name="C")
    documents.set_source_case(project, source=str(place["source"]), case=case)
    open_coding.code_passage(project, code="Anerkennung", **place)  # type: ignore[arg-type]
    open_coding.code_passage(project, code="Hinfahren", **at(project, "Interview C", GONE[1]))  # type: ignore[arg-type]
    delete_case_for_good(project, case=case, confirm="C", names_too=True)


def _clear(project: Project) -> None:
    memos.write_memo(project, kind="theoretical", title="Zu Feuerbach", body="Herr Feuerbach fährt hin.")
    open_coding.code_passage(
        project,
        code="Feuerbachs Weg",
        **at(project, "Interview B", "Samstags fahr ich hin"),  # type: ignore[arg-type]
    )
    pseudonymise(project, entries=NAMES)
    purge_names(project, entries=NAMES, unsure=True, confirm=True)


def _silent(project: Project) -> None:
    memos.write_memo(
        project,
        kind="portrait",
        title="Über A",
        body="Sie sagt: Blumen kriegen wir jedes Jahr, hat er gesagt.",
    )
    open_coding.code_passage(
        project,
        code="Anerkennung",
        comment="Da hat keiner gefragt, wer zuständig ist. So fing es an.",
        **at(project, "Interview A", "hat er gesagt"),  # type: ignore[arg-type]
    )
    consent.set_consent(project, case=material.cases(project)[0].guid, quote="no")


def wishes(project: Project, kind: ReportKind) -> list[dict[str, str]]:
    """The report as it comes, with everything, and about the one whose words may not be quoted."""
    flags = {option.name for option in kind.options if option.choices == ("yes", "no")}
    whole = {"memos": "yes" if "memos" in flags else "all"}
    whole |= {"rows": "Art", "columns": "Weg"} if kind.name == "typology" else {}
    whole |= {"context": "yes", "paragraphs": "5"} if kind.name == "segments" else {}
    about = {
        "source": "Interview A",
        "case": "A",
        "code": "Anerkennung",
        "passage": "Interview A, 1-5",
        "named": "yes",
        "codes": "names" if kind.name == "feedback" else "Anerkennung",
        "model": "Zusammenhalten",
    }
    names = [option.name for option in kind.options]
    asked = {name: value for name, value in about.items() if name in names and kind.name != "matrix"}
    other = {name: value.replace("Interview A", "Interview B") for name, value in asked.items()}
    other |= {"case": "B"} if "case" in other else {}
    part = {**whole, "cases": "B"}
    return [whole, {**whole, **asked}, {**whole, **other}, part, {**whole, "profile": "archive"}]


def built(project: Project, kind: ReportKind, options: Mapping[str, str]) -> Report | None:
    """The report, or none where it refuses in a sentence."""
    names = [option.name for option in kind.options]
    try:
        return build_report(kind, project, {name: v for name, v in options.items() if name in names})
    except KnownError:
        return None


def words_in(data: bytes, suffix: str) -> str:
    """Everything that can be read in a file, as it stands there and without its marks."""
    if suffix == "pdf":
        import pypdfium2

        pages = pypdfium2.PdfDocument(data)
        text = " ".join(page.get_textpage().get_text_range() for page in pages)
        return f"{text} {data.decode('latin-1')}"
    parts = [data]
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as package:
            parts = [package.read(name) for name in package.namelist() if not name.endswith(".png")]
    raw = "\n".join(part.decode("utf-8", "replace") for part in parts)
    return f"{raw}\n{' '.join(unescape(_MARKS.sub('', raw)).replace(chr(92), '').split())}"


@pytest.mark.parametrize("name", KINDS)
def test_no_report_lets_out_what_may_not_leave_the_study(planted: Path, name: str) -> None:
    kind = report_kind(name)
    forbidden = (*PRIVATE, *SILENT, *GONE, *CLEAR)
    made = 0
    with Project.open(planted, read_only=True) as project:
        for options in wishes(project, kind):
            report = built(project, kind, options)
            if report is None:
                continue
            for suffix in kind.formats:
                try:
                    words = words_in(render_bytes(report, suffix), suffix)
                except KnownError:  # nothing that this format could hold
                    continue
                made += 1
                found = [word for word in forbidden if word in words]
                assert (name, options, suffix, found) == (name, options, suffix, [])
    assert made, f"the report {name} could not be made of this study at all: teach the test how"


def test_the_test_would_see_it(planted: Path) -> None:
    report = build_report("segments", planted, {"language": "de"})
    assert "Formal war das korrekt" in words_in(render_bytes(report, "docx"), "docx")
    assert "Formal war das korrekt" in words_in(render_bytes(report, "pdf"), "pdf")
    assert "Rosa Halm" in words_in(render_bytes(build_report("memos", planted, {}), "html"), "html")
    with Project.open(planted, read_only=True) as project:
        assert span(project, "Interview A", "einen Raum nie")
