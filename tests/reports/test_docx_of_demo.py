"""Word documents of the demo study's reports, opened by another program and turned into pages there.

LibreOffice takes all documents in one call. The short form is the report on the study and a
coded transcript; every report with every choice, in both languages, is for ``make soak``.
"""

import io
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
from docx import Document

from qda.i18n import Language
from qda.models import Project
from qda.reports.registry import build_report, render_bytes, report_kind

from .golden_demo import LANGUAGES, NAMES, options_of
from .harmless import problems

_SOFFICE: Final = shutil.which("soffice")
_PATIENCE: Final = 900  # seconds, for all documents
_NEAR: Final = 1  # pages that two programs may be apart, or one in a hundred of a long report
_CHOICES: Final = ("profile", "fields", "form", "table", "rows")

needs_office = pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")


def wanted(project: Project, name: str, language: Language, *, whole: bool) -> Iterator[Mapping[str, str]]:
    """The report as it is kept, and for the long run with every choice that changes what is in it."""
    usual = options_of(project, name, language)
    yield usual
    for option in report_kind(name).options if whole else ():
        if option.name in _CHOICES and name != "typology":
            yield from ({**usual, option.name: value} for value in option.choices if value != option.default)


def written(
    project: Project, folder: Path, names: tuple[str, ...], language: Language, *, whole: bool
) -> None:
    """Writes the documents; each is opened by python-docx and holds nothing active."""
    for name in names:
        if "docx" not in report_kind(name).formats:
            continue
        for at, options in enumerate(wanted(project, name, language, whole=whole)):
            data = render_bytes(build_report(name, project, options), "docx")
            assert (name, options, problems(data, "docx")) == (name, options, [])
            (folder / f"{name}-{language}-{at}.docx").write_bytes(data)


def printed(folder: Path) -> dict[str, Path]:
    """Every document of the folder as LibreOffice prints it."""
    made, files = folder / "pdf", sorted(folder.glob("*.docx"))
    assert files
    command = [str(_SOFFICE), f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(made), *map(str, files)],
        check=True,
        timeout=_PATIENCE,
        capture_output=True,
    )
    found = {one.stem: one for one in made.glob("*.pdf")}
    assert set(found) == {one.stem for one in files}, "LibreOffice did not open all of them"
    return found


def faults(document: Path, pages: Path) -> list[str]:
    """Empty pages, and entries of the contents that lead to another page than LibreOffice's."""
    found = []
    pdf = pypdfium2.PdfDocument(pages)
    for at, page in enumerate(pdf):
        marks = page.get_textpage().get_text_range().split()
        if len(marks) < 2 and not any(True for _one in page.get_objects(filter=[3])):
            found.append(f"{document.stem}: page {at + 1} is empty")
    outline = [(one.get_title(), (one.get_dest().get_index() or 0) + 1) for one in pdf.get_toc()]
    start = 0
    for number, title, told in contents(document):
        place = next((n for n in range(start, len(outline)) if outline[n][0].endswith(title)), None)
        if place is None:
            found.append(f"{document.stem}: {number} {title} is in the contents only")
            continue
        start = place + 1
        if abs(outline[place][1] - told) > max(_NEAR, -(-told // 100)):
            found.append(f"{document.stem}: {number} {title} stands on {outline[place][1]}, told is {told}")
    return found


def contents(document: Path) -> list[tuple[str, str, int]]:
    """The table of contents as it stands in the file: number, title, page."""
    texts = [
        one.text.split("\t")
        for one in Document(io.BytesIO(document.read_bytes())).paragraphs
        if one.style is not None and (one.style.name or "").startswith("toc ")
    ]
    return [(one[0], " ".join(one[1].split()), int(one[-1])) for one in texts if one[-1].isdigit()]


@needs_office
def test_the_report_on_the_study_opens_elsewhere_with_the_pages_that_its_contents_tell(
    german_demo: Path, tmp_path: Path
) -> None:
    with Project.open(german_demo, read_only=True) as project:
        written(project, tmp_path, ("study", "coded"), "de", whole=False)
    pages = printed(tmp_path)
    assert len(contents(tmp_path / "study-de-0.docx")) > 10
    assert [one for stem, pdf in pages.items() for one in faults(tmp_path / f"{stem}.docx", pdf)] == []


@needs_office
@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_opens_elsewhere_with_every_choice(
    request: pytest.FixtureRequest, tmp_path: Path, language: Language
) -> None:
    path = request.getfixturevalue({"de": "german_demo", "en": "english_demo"}[language])
    with Project.open(path, read_only=True) as project:
        written(project, tmp_path, NAMES, language, whole=True)
    pages = printed(tmp_path)
    assert [one for stem, pdf in pages.items() for one in faults(tmp_path / f"{stem}.docx", pdf)] == []
