"""Numbers and times lead to a place; a joined paragraph answers to both its numbers."""

import pytest

from qda.coding import material
from qda.coding.correcting import join_paragraph, split_paragraph
from qda.coding.documents import take_in
from qda.coding.going import moment_written, place_written
from qda.coding.recordings import time_marks
from qda.coding.speakers import words_spoken
from qda.coding.turn_borders import begin_turn_at
from qda.exchange.reading import draft_from_text
from qda.models import Project

WORDS = (
    "I: Wie fing das an? #00:00:05-0#\n"
    "B: Mit dem Beirat. Und dann nochmal. #00:00:31-0#\n"
    "I: Und dann? #00:01:02-0#\n"
    "B: Ruhe. #00:12:30-4#\n"
)


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "going.qdaproj", coder="A")
    yield made
    made.close()


@pytest.fixture
def source(project):
    return take_in(project, draft=draft_from_text(WORDS), title="Interview")


def _place(project, source, written):
    found = place_written(material.paragraphs(project, source), time_marks(project, source), written)
    return found.number if found else None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("00:12:30", 750_000),
        ("12:30", 750_000),
        ("#00:12:30-4#", 750_000),
        ("[00:00:05]", 5000),
        ("34", None),
    ],
)
def test_a_time_is_read_as_it_is_written_in_transcripts(written, moment):
    assert moment_written(written) == moment


def test_a_joined_paragraph_is_found_by_both_numbers(project, source):
    join_paragraph(project, source=source, paragraph="3")
    assert [_place(project, source, n) for n in ("2", "3", " 4 ", "9")] == ["2", "2", "4", None]


def test_a_time_leads_to_the_paragraph_of_the_last_mark_before_it(project, source):
    assert _place(project, source, "00:01:10") == "3"
    assert _place(project, source, "0:40") == "2"


def test_a_split_paragraph_is_found_by_its_letter(project, source):
    split_paragraph(project, source=source, at=material.text(project, source).index("Und dann nochmal"))
    assert _place(project, source, "2A") == "2a"


def test_a_turn_begins_in_the_middle_of_a_paragraph_as_one_act(project, source):
    at = material.text(project, source).index("Und dann nochmal")
    begin_turn_at(project, source=source, at=at, speaker="C")
    rows = {row.number: row for row in material.paragraphs(project, source)}
    assert (rows["2"].speaker, rows["2a"].speaker, rows["2a"].opens_turn) == ("B", "C", True)
    assert project.undo() == "Begin turn"
    assert "2a" not in {row.number for row in material.paragraphs(project, source)}


def test_the_words_of_a_speaker_are_counted_without_labels(project, source):
    named = {row.guid: row.label for row in material.speakers(project, source)}
    assert {named[guid]: n for guid, n in words_spoken(project, source=source).items()} == {"I": 6, "B": 7}
