"""A study with an interview and a focus group, all invented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.coding import documents
from qda.coding.positions import normalise
from qda.coding.transcript import ParagraphDraft, SpeakerDraft, TranscriptDraft
from qda.models import Project
from tests.coding.helpers import FOCUS_GROUP, INTERVIEW


def draft(words: str, roles: dict[str, str]) -> TranscriptDraft:
    text, _offsets = normalise(words)
    paragraphs, at = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        label, _colon, _said = line.partition(": ")
        begin = at + len(label) + 2
        paragraphs.append(ParagraphDraft(at, at + len(line), begin, label, True, "text", str(number)))
        at += len(line) + 1
    speakers = tuple(SpeakerDraft(label, role, "") for label, role in roles.items())
    return TranscriptDraft(text, tuple(paragraphs), speakers, (), (), "txt", "utf-8", "label", "de", ())


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.qdaproj", title="Study", language="de", coder="Ada") as opened:
        yield opened


@pytest.fixture
def interview(project: Project) -> str:
    read = draft(INTERVIEW, {"I": "interviewer", "B": "respondent"})
    return documents.take_in(project, draft=read, title="Interview A")


@pytest.fixture
def group(project: Project) -> str:
    read = draft(FOCUS_GROUP, {"M": "interviewer", "A": "respondent", "B": "respondent"})
    return documents.take_in(project, draft=read, title="Gruppe", kind="focus_group")
