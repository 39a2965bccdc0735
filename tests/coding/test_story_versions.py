"""Versions of the story line from the journal."""

from datetime import UTC, datetime, timedelta

import pytest

from qda.coding import selective, sheet
from qda.coding.story_versions import story_versions, version_text
from qda.models import Project


@pytest.fixture
def clock():
    return [datetime(2026, 3, 1, 9, tzinfo=UTC)]


@pytest.fixture
def project(tmp_path, clock):
    with Project.create(tmp_path / "s.qdaproj", title="Probe", coder="MK", template="hajji") as made:
        made.clock = lambda: clock[0]
        yield made


def write(project, clock, body, minutes=0, kind="story_line"):
    clock[0] += timedelta(minutes=minutes)
    selective.write_story(project, kind=kind, body=body)


def test_what_is_written_in_one_sitting_is_one_version(project, clock):
    write(project, clock, "Erst")
    write(project, clock, "Erst dies", minutes=10)
    write(project, clock, "Nun jenes", minutes=45)
    versions = story_versions(project, "story_line")
    assert [version_text(project, one) for one in versions] == ["Erst dies", "Nun jenes"]
    assert [(one.number, one.coder) for one in versions] == [(1, "MK"), (2, "MK")]
    assert versions[0].at == datetime(2026, 3, 1, 9, 10, tzinfo=UTC)


def test_story_and_story_line_have_versions_of_their_own(project, clock):
    write(project, clock, "Geschichte", kind="story")
    assert story_versions(project, "story_line") == []
    assert [version_text(project, one) for one in story_versions(project, "story")] == ["Geschichte"]


def test_another_person_makes_another_version(project, clock):
    write(project, clock, "Eins")
    project.use_coder(sheet.add_coder(project, name="TS"))
    write(project, clock, "Eins und zwei", minutes=1)
    assert [one.coder for one in story_versions(project, "story_line")] == ["MK", "TS"]


def test_what_was_undone_counts_as_it_stood(project, clock):
    write(project, clock, "Eins")
    write(project, clock, "Zwei", minutes=60)
    clock[0] += timedelta(minutes=60)
    project.undo()
    assert [version_text(project, one) for one in story_versions(project, "story_line")] == [
        "Eins",
        "Zwei",
        "Eins",
    ]
