"""A transcript written to a text file reads as the file did that came in."""

import pytest

from qda.acts import perform
from qda.coding import cases, consent, documents, material
from qda.coding.documents import take_in
from qda.errors import KnownError
from qda.exchange.reading import draft_from_text
from qda.exchange.text_out import transcript_text
from qda.models import Project

TIMED = "I: Wie fing das an? #00:00:05-0#\nB: Mit dem Beirat. #00:00:31-0#\nI: Und dann? #00:01:02-0#\n"


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "out.qdaproj", coder="A")
    yield made
    made.close()


def test_time_marks_stand_where_they_stood(project, tmp_path):
    take_in(project, draft=draft_from_text(TIMED), title="Interview")
    path = perform(project, "export-transcript", {"source": "Interview", "file": str(tmp_path / "out.txt")})
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == TIMED
    assert path.endswith("out.txt")


def test_own_line_numbers_come_back(project):
    numbered = "\n".join(f"{n:02}   {who}: na ja gut {n}" for n, who in enumerate("ABABABAB", start=1))
    source = take_in(project, draft=draft_from_text(numbered), title="GAT")
    assert material.source(project, source).numbered
    assert transcript_text(project, source).splitlines()[:2] == ["01   A: na ja gut 1", "02   B: na ja gut 2"]


def test_words_of_someone_who_may_not_be_quoted_are_not_written(project, tmp_path):
    source = take_in(project, draft=draft_from_text(TIMED), title="Interview")
    case = cases.add_case(project, name="Fall A")
    documents.set_source_case(project, source=source, case=case)
    consent.set_consent(project, case=case, quote="no")
    with pytest.raises(KnownError, match="has not agreed"):
        perform(project, "export-transcript", {"source": "Interview", "file": str(tmp_path / "out.txt")})
    assert not (tmp_path / "out.txt").exists()


def test_a_folder_that_is_not_there_is_told(project, tmp_path):
    take_in(project, draft=draft_from_text(TIMED), title="Interview")
    with pytest.raises(KnownError, match="was not written: its folder does not exist"):
        perform(project, "export-transcript", {"source": "Interview", "file": str(tmp_path / "no" / "x.txt")})
