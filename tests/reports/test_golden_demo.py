"""Every report of the demo study says what it said before, in both languages, to the letter."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest

from qda.i18n import Language
from qda.models import Project

from .golden_demo import FOLDER, LANGUAGES, NAMES, file_of, made, text_format


@pytest.fixture(scope="module")
def german(german_demo: Path) -> Iterator[Project]:
    with Project.open(german_demo, read_only=True) as project:
        yield project


@pytest.fixture(scope="module")
def english(english_demo: Path) -> Iterator[Project]:
    with Project.open(english_demo, read_only=True) as project:
        yield project


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in NAMES if text_format(name)])
def test_a_report_of_the_demo_study_reads_as_it_was_kept(
    request: pytest.FixtureRequest, name: str, language: Language
) -> None:
    path = file_of(name, language)
    project = request.getfixturevalue({"de": "german", "en": "english"}[language])
    if not path.exists():
        pytest.fail(f"{path.name} is not kept yet: python -m tests.reports.golden_demo {name}")
    now, kept = made(project, name, language), path.read_text(encoding="utf-8")
    found = list(unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", n=0, lineterm=""))[:40]
    assert not found, "\n".join(
        [*found, f"Wanted so? python -m tests.reports.golden_demo {name}, and read what has changed."]
    )


def test_what_is_kept_belongs_to_a_report_and_is_not_too_large() -> None:
    kept = [path for path in FOLDER.rglob("*") if path.is_file()]
    known = {file_of(name, language) for name in NAMES for language in LANGUAGES}
    assert set(kept) <= known
    assert sum(path.stat().st_size for path in kept) < 3_000_000
