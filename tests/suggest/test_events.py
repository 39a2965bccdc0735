"""What was proposed is kept beside the journal, counted, and forgotten with the texts that it was about."""

import pytest

from qda.coding import cases, codes, documents, open_coding, suggested, withdrawing
from qda.coding.origins import SUGGESTION
from qda.models import Project
from qda.models.erasing import scrub
from qda.suggest import events
from qda.suggest.events import Proposed

TEXT = "Wir haben Vertrauen aufgebaut, und Meier kam zur Konferenz."


@pytest.fixture
def study(tmp_path):
    with Project.create(tmp_path / "a.qdaproj", title="T", coder="MK", template="hajji") as project:
        source = documents.add_document(project, title="Interview A", text=TEXT)
        open_coding.code_passage(project, source=source, start=0, stop=29, code="Vertrauen")
        yield project, source


def proposed(outcome="passed", **fields):
    given = {"kind": "code", "engine": "own", "version": "1", "score": 0.5} | fields
    return Proposed(outcome=outcome, **given)


def show(project, source, *rows, start=31, stop=58):
    assert events.record(project, source=source, start=start, stop=stop, proposed=rows)


def test_what_was_shown_at_once_stands_together_in_its_order(study):
    project, source = study
    (code,) = codes.codes(project)
    show(project, source, proposed("taken", code=code.guid, strong=True), proposed(kind="new", name="Kommen"))
    first, second = events.events(project)
    assert (first.name, first.code, first.strong, first.outcome) == ("Vertrauen", code.guid, True, "taken")
    assert (second.name, second.kind, second.rank, first.rank) == ("Kommen", "new", 2, 1)
    assert first.showing == second.showing
    assert (first.source_name, first.coder_name, first.start, first.stop) == ("Interview A", "MK", 31, 58)


def test_events_are_no_acts(study):
    project, source = study
    heard = []
    project.subscribe(heard.append)
    before = project.unit_count(), project.undo_label()
    show(project, source, proposed())
    assert (project.unit_count(), project.undo_label(), heard) == (*before, [])
    project.undo()
    assert len(events.events(project)) == 1


def test_nothing_is_kept_where_nothing_was_shown(study):
    project, source = study
    show(project, source)
    assert events.events(project) == []


def test_they_are_there_when_the_study_is_opened_again(study, tmp_path):
    project, source = study
    show(project, source, proposed())
    project.close()
    with Project.open(tmp_path / "a.qdaproj") as again:
        assert [row.outcome for row in events.events(again)] == ["passed"]


def test_a_study_that_can_only_be_read_keeps_none(study, tmp_path):
    project, source = study
    project.close()
    with Project.open(tmp_path / "a.qdaproj", read_only=True) as again:
        assert not events.record(again, source=source, start=0, stop=3, proposed=[proposed()])
        assert events.events(again) == []


def test_what_was_passed_by_name_is_known_for_the_passage_and_one_that_is_mostly_it(study):
    project, source = study
    show(project, source, proposed(code="c", dismissed=True), proposed(code="d"))
    at = {"source": source, "start": 31, "stop": 58}
    assert events.dismissed(project, **at) == {"c"}
    assert events.dismissed(project, **at | {"start": 35}) == {"c"}
    assert events.dismissed(project, **at | {"start": 50}) == frozenset()
    assert events.dismissed(project, source="other", start=31, stop=58) == frozenset()


def test_the_declaration_counts_by_engine_version_and_outcome(study):
    project, source = study
    show(project, source, proposed("taken", strong=True), proposed("changed"))
    show(project, source, proposed("changed", strong=True))
    show(project, source, proposed())
    show(project, source, proposed("shown", kind="slot", engine="cues"), proposed(version="2"))
    cues, first, second = events.declaration(project)
    assert (cues.engine, cues.kind, cues.proposals["shown"], cues.passages) == ("cues", "slot", 1, 1)
    assert first.proposals == {"shown": 0, "taken": 1, "changed": 2, "passed": 1}
    assert first.strong == {"shown": 0, "taken": 1, "changed": 1, "passed": 0}
    assert (first.passages, first.passages_taken, first.passages_changed) == (3, 1, 1)
    assert (second.version, second.proposals["passed"]) == ("2", 1)


def test_of_a_document_that_is_deleted_for_good_nothing_stays(study):
    project, source = study
    other = documents.add_document(project, title="Interview B", text="Ganz etwas anderes.")
    show(project, source, proposed())
    show(project, other, proposed(reason="like Interview A", words="vertrauen", like_source=source), stop=40)
    case = cases.add_case(project, name="Kern")
    documents.set_source_case(project, source=source, case=case)
    withdrawing.delete_case_for_good(project, case=case, confirm="Kern")
    (left,) = events.events(project)
    assert (left.source, left.reason, left.words) == (other, "", "")


def test_a_clear_name_stays_in_no_event(study):
    project, source = study
    show(project, source, proposed(kind="new", name="Meier kam", words="mei·er · konferenz"))
    scrub(project, replacements={"Meier": "[Person 1]"})
    (row,) = events.events(project)
    assert (row.name, row.words) == ("[Person 1] kam", "")


def test_a_coding_taken_from_a_suggestion_says_so_and_the_others_do_not(study):
    project, source = study
    suggested.code_from_suggestions(
        project, source=source, start=31, stop=58, codes=["Kommen", "Vertrauen"], suggested=["Vertrauen"]
    )
    found = {row.code_name: row.origin for row in codes.codings(project) if row.segment.start == 31}
    assert found == {"Kommen": "hand", "Vertrauen": SUGGESTION}
    assert codes.origins(project)[SUGGESTION] == 1
    project.undo()
    assert SUGGESTION not in codes.origins(project)


def test_own_words_become_a_code_in_vivo(study):
    project, source = study
    place = {"source": source, "start": 31, "stop": 58}
    taken = {"codes": ["kam zur Konferenz"], "suggested": ["kam zur Konferenz"]}
    suggested.code_from_suggestions(project, **place, **taken, in_vivo=["kam zur Konferenz"])
    made = next(code for code in codes.codes(project) if code.name == "kam zur Konferenz")
    assert made.origin == "in-vivo"
