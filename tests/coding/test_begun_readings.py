"""Which documents were begun and not read to the end, and how many wait untouched."""

from qda.coding import documents, material, reading
from qda.models import Project
from tests.coding.helpers import code


def _starts(project: Project, source: str) -> list[int]:
    return [turn.start for turn in reading.turn_states(project, source)]


def test_a_document_is_named_while_some_of_its_turns_are_unread(project: Project, interview: str) -> None:
    assert reading.begun_readings(project) == ([], 1)
    starts = _starts(project, interview)
    reading.mark_seen(project, source=interview, starts=starts[:2])
    begun, untouched = reading.begun_readings(project)
    assert [(row.source, row.unread) for row in begun] == [(interview, len(starts) - 2)]
    assert untouched == 0
    reading.mark_seen(project, source=interview, starts=starts)
    assert reading.begun_readings(project) == ([], 0)


def test_a_turn_that_is_coded_counts_as_read(project: Project, interview: str) -> None:
    turns = reading.turn_states(project, interview)
    reading.mark_seen(project, source=interview, starts=[turn.start for turn in turns[:-1]])
    assert reading.begun_readings(project)[0]
    last = turns[-1]
    words = material.text(project, interview)[last.start : last.stop]
    code(project, interview, words, "Ende")
    assert reading.begun_readings(project) == ([], 0)


def test_no_more_are_named_than_asked_for(project: Project, interview: str) -> None:
    for number in range(4):
        text = "Ein Absatz.\nNoch einer."
        made = documents.add_document(
            project, title=f"N {number}", text=text, kind="field_note", language="de"
        )
        reading.mark_seen(project, source=made, starts=[0])
    begun, untouched = reading.begun_readings(project, limit=2)
    assert [row.title for row in begun] == ["N 0", "N 1"]
    assert untouched == 1
