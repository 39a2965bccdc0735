"""The demo study with one case that may not be quoted, and the checks of a text against it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qda.acts import perform
from qda.coding import material
from qda.coding.quotations import Checked, Finding, Written, check
from qda.exchange.manuscripts import read_manuscript
from qda.models import Project


def _copy(path: Path, folder: Path) -> Path:
    made = folder / "study.qdaproj"
    shutil.copy(path, made)
    with Project.open(made) as project:
        perform(project, "set-consent", {"case": "F", "quote": "no"})
    return made


@pytest.fixture(scope="module")
def path(german_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the study."""
    return _copy(german_demo, tmp_path_factory.mktemp("german"))


@pytest.fixture(scope="module")
def english_path(english_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same study in its English wording."""
    return _copy(english_demo, tmp_path_factory.mktemp("english"))


@pytest.fixture(scope="module")
def study(path: Path) -> Iterator[Project]:
    """The study, which cannot be written to."""
    with Project.open(path, read_only=True) as project:
        yield project


@pytest.fixture
def found(study: Project) -> Callable[..., list[Finding]]:
    """The findings of a text: a paragraph for each string, or as it is written."""

    def findings(*paragraphs: str | Written) -> list[Finding]:
        written = [Written(one) if isinstance(one, str) else one for one in paragraphs]
        return list(check(study, written).findings)

    return findings


@pytest.fixture
def one(found: Callable[..., list[Finding]]) -> Callable[..., Finding]:
    """The only finding of a text."""

    def finding(*paragraphs: str | Written) -> Finding:
        (only,) = found(*paragraphs)
        return only

    return finding


def checked_file(path: Path, file: Path) -> Checked:
    """A file compared with a study."""
    with Project.open(path, read_only=True) as project:
        return check(project, read_manuscript(file))


def said(project: Project, title: str, number: str) -> str:
    """The words of a paragraph."""
    (source,) = (row for row in material.sources(project) if row.title == title)
    (paragraph,) = (row for row in material.paragraphs(project, source.guid) if row.number == number)
    return material.text(project, source.guid)[paragraph.label_stop : paragraph.stop].strip()
