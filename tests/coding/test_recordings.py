"""The recording beside a transcript: its path, its moments."""

import pytest

from qda.coding import documents, material, recordings
from qda.errors import KnownError
from qda.exchange.reading import draft_from_text
from qda.models import Project

WORDS = "[00:00:05] I: Wie fing das an?\n[00:01:10] B: Klein.\n[00:02:00] I: Und dann?\n[00:02:30] B: Größer."


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study.qdaproj", title="Erfunden", coder="A") as made:
        documents.take_in(made, draft=draft_from_text(WORDS), title="Interview A")
        yield made


def source_of(project: Project) -> str:
    return material.sources(project)[0].guid


def test_a_recording_in_the_study_s_folder_moves_with_it(project, tmp_path):
    (tmp_path / "ton").mkdir()
    (tmp_path / "ton" / "a.wav").write_bytes(b"RIFF")
    source = source_of(project)
    recordings.set_media(project, source=source, file=str(tmp_path / "ton" / "a.wav"))
    assert material.source(project, source).media == "ton/a.wav"
    assert recordings.media_path(project, source) == tmp_path / "ton" / "a.wav"
    project.undo()
    assert recordings.media_path(project, source) is None


def test_a_recording_that_is_not_there_is_refused(project):
    with pytest.raises(KnownError, match="nirgends"):
        recordings.set_media(project, source=source_of(project), file="nirgends.wav")


def test_a_place_has_the_moment_of_the_mark_before_it_and_the_other_way_round(project):
    source = source_of(project)
    text = material.text(project, source)
    marks = recordings.time_marks(project, source)
    assert [mark.ms for mark in marks] == [5_000, 70_000, 120_000, 150_000]
    assert recordings.moment_of(marks, text.index("Klein")) == 70_000
    assert recordings.moment_of(marks, len(text)) == 150_000
    assert recordings.moment_of([], 5) == 0
    assert text[recordings.place_of(marks, 130_000) :].startswith("I: Und dann?")
    assert recordings.place_of(marks, 1_000) == 0
