"""Units of work, the journal, undo and redo: whose, how far, and when it is refused."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from qda.coding import axial, cases, codebook, codes, documents, evidence, material, memos, open_coding, sheet
from qda.coding import history as histories
from qda.coding import theory as theories
from qda.coding.memo_queries import memos as memo_rows
from qda.coding.search import search
from qda.errors import KnownError
from qda.models import Changed, Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Coder

WORDS = "Am Anfang war das schwer. 😀 Dann kam Vertrauen, und die Straße wurde hell."


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "study.qdaproj", coder="Ada") as opened:
        yield opened


@pytest.fixture
def source(project: Project) -> str:
    return documents.add_document(project, title="Interview A", text=WORDS)


def other_coder(project: Project, name: str = "Ben") -> str:
    """Adds a second person; the first stays the current one."""
    return sheet.add_coder(project, name=name)


def as_coder(project: Project, coder: str, act, **arguments) -> str:
    before = project.coder
    project.use_coder(coder)
    try:
        return act(project, **arguments)
    finally:
        project.use_coder(before)


def names(project: Project) -> list[str]:
    return [row.name for row in codes.codes(project)]


# -- units --------------------------------------------------------------------------------------------------


def test_units_inside_a_unit_are_one_step(project: Project) -> None:
    with project.unit("Two codes"):
        codebook.add_code(project, name="A")
        codebook.add_code(project, name="B")
    assert project.undo() == "Two codes"
    assert names(project) == []


def test_a_failing_unit_leaves_nothing(project: Project) -> None:
    units = project.unit_count()
    with pytest.raises(ZeroDivisionError), project.unit("Half"):
        codebook.add_code(project, name="A")
        raise ZeroDivisionError
    assert (names(project), project.unit_count(), project.undo_label()) == ([], units, None)


def test_an_inner_unit_that_fails_leaves_nothing_and_the_outer_goes_on(project: Project) -> None:
    with project.unit("Many"):
        codebook.add_code(project, name="A")
        with pytest.raises(KnownError), project.unit("Half"):
            codebook.add_code(project, name="B")
            codebook.add_code(project, name=" ")
        codebook.add_code(project, name="C")
    assert names(project) == ["A", "C"]
    assert [t.op for t in project.last_change.touched] == ["insert", "insert"]
    project.undo()
    assert names(project) == []
    project.redo()
    assert names(project) == ["A", "C"]


def test_after_a_failed_inner_unit_the_journal_still_knows_old_values(project: Project) -> None:
    code = codebook.add_code(project, name="A")
    with project.unit("Rename") as session:
        row = session.scalars(select(Code)).one()
        with pytest.raises(KnownError), project.unit("Half"):
            row.name = "wrong"
            codebook.add_code(project, name="")
        row.name = "B"
    assert names(project) == ["B"]
    project.undo()
    assert [(r.guid, r.name) for r in codes.codes(project)] == [(code, "A")]


def test_a_unit_without_changes_is_no_act(project: Project) -> None:
    code = codebook.add_code(project, name="A")
    units = project.unit_count()
    codebook.rename_code(project, code=code, name="A")
    assert project.unit_count() == units
    assert project.undo_label() == "New code “A”"


def test_reading_inside_a_unit_sees_what_it_wrote(project: Project) -> None:
    with project.unit("Two"):
        codebook.add_code(project, name="A")
        assert names(project) == ["A"]


def test_what_a_code_name_cannot_hold_does_not_reach_the_label(project: Project) -> None:
    codebook.add_code(project, name="A\ud800\0")
    assert names(project) == ["A\ufffd"]
    assert project.undo_label() == "New code “A\ufffd”"


# -- undo and redo ------------------------------------------------------------------------------------------


def test_a_new_act_ends_what_could_be_redone(project: Project) -> None:
    codebook.add_code(project, name="A")
    project.undo()
    assert project.redo_label() == "New code “A”"
    codebook.add_code(project, name="B")
    assert project.redo_label() is None
    with pytest.raises(KnownError, match="nothing to redo"):
        project.redo()


def test_undo_ends_at_the_beginning(project: Project) -> None:
    with pytest.raises(KnownError, match="nothing to undo"):
        project.undo()
    assert material.project_sheet(project).title == "study"


def test_undo_and_redo_survive_closing(project: Project) -> None:
    for name in "ABC":
        codebook.add_code(project, name=name)
    project.undo()
    project.close()
    with Project.open(project.path) as again:
        assert (again.undo_label(), again.redo_label()) == ("New code “B”", "New code “C”")
        again.undo()
        again.redo()
        again.redo()
        assert names(again) == ["A", "B", "C"]


def test_an_object_keeps_its_guid_over_undo_and_redo_and_gets_no_used_number(
    project: Project, source: str
) -> None:
    coding = open_coding.code_passage(project, source=source, start=0, stop=9, code="Anfang")

    def numbers() -> list[int]:
        with project.read() as db:
            return [n for table in (Coding, Segment, Code) for n in db.execute(select(table.id)).scalars()]

    before = numbers()
    project.undo()
    project.redo()
    assert [row.guid for row in codes.codings(project)] == [coding]
    assert all(new > old for new, old in zip(numbers(), before, strict=True))


def test_undo_takes_back_own_acts_only(project: Project) -> None:
    ben = other_coder(project)
    codebook.add_code(project, name="A")
    as_coder(project, ben, codebook.add_code, name="B")
    assert project.undo_label() == "New code “A”"
    project.undo()
    assert names(project) == ["B"]
    project.use_coder(ben)
    assert (project.undo_label(), project.redo_label()) == ("New code “B”", None)


def test_undo_is_refused_where_someone_else_changed_the_same_field_since(project: Project) -> None:
    ben = other_coder(project)
    code = codebook.add_code(project, name="A")
    codebook.rename_code(project, code=code, name="B")
    as_coder(project, ben, codebook.rename_code, code=code, name="C")
    with pytest.raises(KnownError, match=r"Ben has changed the same thing since \(“Rename code “C””\)"):
        project.undo()
    assert names(project) == ["C"]
    assert project.undo_label() == "Rename code “B”"


def test_undo_goes_on_where_someone_else_changed_another_field(project: Project) -> None:
    ben = other_coder(project)
    code = codebook.add_code(project, name="A")
    codebook.rename_code(project, code=code, name="B")
    as_coder(project, ben, codebook.set_code_field, code=code, field="definition", value="Wichtig")
    project.undo()
    assert [(c.name, c.definition) for c in codes.codes(project)] == [("A", "Wichtig")]


def test_undo_is_possible_again_once_the_other_took_theirs_back(project: Project) -> None:
    ben = other_coder(project)
    code = codebook.add_code(project, name="A")
    as_coder(project, ben, codebook.rename_code, code=code, name="B")
    with pytest.raises(KnownError):
        project.undo()
    as_coder(project, ben, Project.undo)
    project.undo()
    assert names(project) == []


def test_undo_is_refused_where_someone_else_built_on_it(project: Project, source: str) -> None:
    ben = other_coder(project)
    codebook.add_code(project, name="A")
    as_coder(project, ben, open_coding.code_passage, source=source, start=0, stop=9, code="A")
    with pytest.raises(KnownError, match="built on it"):
        project.undo()
    assert names(project) == ["A"]
    assert project.check() == []


def test_undo_is_refused_where_someone_else_hung_a_memo_on_it(project: Project) -> None:
    ben = other_coder(project)
    code = codebook.add_code(project, name="A")
    as_coder(project, ben, memos.write_memo, kind="code", title="Frage", target=f"code:{code}")
    with pytest.raises(KnownError, match="memo"):
        project.undo()
    assert memo_rows(project)[0].link_names == ("A",)


def test_undo_leaves_a_passage_on_which_someone_else_has_coded(project: Project, source: str) -> None:
    ben = other_coder(project)
    codebook.add_code(project, name="B")
    open_coding.code_passage(project, source=source, start=0, stop=9, code="A")
    as_coder(project, ben, open_coding.code_passage, source=source, start=0, stop=9, code="B")
    project.undo()
    (left,) = codes.codings(project)
    assert (left.code_name, left.coder, left.segment.text) == ("B", "Ben", "Am Anfang")
    project.redo()
    assert sorted(c.code_name for c in codes.codings(project)) == ["A", "B"]
    assert len(material.segments(project)) == 1


def test_an_import_with_someone_elses_codings_is_not_undone(project: Project) -> None:
    ben = other_coder(project)
    source = documents.add_document(project, title="Interview A", text=WORDS)
    as_coder(project, ben, open_coding.code_passage, source=source, start=0, stop=9, code="B")
    with pytest.raises(KnownError, match="built on it"):
        project.undo()
    assert [s.title for s in material.sources(project)] == ["Interview A"]


def test_an_import_that_someone_else_renamed_is_not_undone(project: Project) -> None:
    ben = other_coder(project)
    source = documents.add_document(project, title="Interview A", text=WORDS)
    as_coder(project, ben, documents.rename_source, source=source, title="Interview 1")
    with pytest.raises(KnownError, match="Ben has changed"):
        project.undo()


def test_a_removed_document_comes_back_with_all_that_stood_on_it(project: Project, source: str) -> None:
    coding = open_coding.code_passage(project, source=source, start=0, stop=9, code="A", comment="Beginn")
    memos.write_memo(project, kind="code", title="Dazu", target=f"coding:{coding}")
    other = documents.add_document(project, title="B", text="Zwei Worte")
    model = axial.add_model(project, name="M", template="hajji")
    a = codes.codes(project)[0].guid
    b = codebook.add_code(project, name="B")
    relation = axial.relate_codes(project, model=model, from_code=a, to_code=b, type="furthers")
    both = [f"{source}:0-9", f"{other}:0-4"]
    evidence.add_evidence(project, relation=relation, segments=both, polarity="supporting")
    evidence.add_evidence(project, relation=relation, segments=[f"{source}:3-9"], polarity="qualifying")
    codebook.choose_passage(project, code=a, which="typical", segment=f"{source}:0-9")
    before = _view(project)

    documents.remove_source(project, source=source)

    assert [s.title for s in material.sources(project)] == ["B"]
    assert codes.codings(project) == []
    assert [[s.text for s in e.segments] for e in theories.evidence(project)] == [["Zwei"]]
    assert codes.codes(project)[0].typical is None
    assert memo_rows(project)[0].links == ()
    assert search(project, "vertrauen") == []
    project.undo()
    assert _view(project) == before
    assert [hit.text for hit in search(project, "vertrauen")] == [WORDS]
    project.redo()
    assert [s.title for s in material.sources(project)] == ["B"]
    assert project.check() == []


def _view(project: Project) -> list[object]:
    return [
        material.sources(project),
        [material.text(project, s.guid) for s in material.sources(project)],
        [material.paragraphs(project, s.guid) for s in material.sources(project)],
        codes.codings(project),
        codes.codes(project),
        theories.evidence(project),
        memo_rows(project),
    ]


def test_undoing_an_import_empties_the_search_and_redoing_fills_it(project: Project, source: str) -> None:
    project.undo()
    assert (material.sources(project), search(project, "strasse")) == ([], [])
    project.redo()
    assert [s.guid for s in material.sources(project)] == [source]
    assert [hit.start for hit in search(project, "strasse")] == [WORDS.index("Straße")]
    with project.unit("check") as session:  # fails in the database where the index is wrong
        for index in ("paragraph_words", "paragraph_parts"):
            session.execute(text(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"))


def test_two_windows_on_one_file_agree_on_what_comes_next(project: Project) -> None:
    with Project.open(project.path) as other:
        codebook.add_code(project, name="A")
        codebook.add_code(other, name="B")
        assert project.undo_label() == other.undo_label() == "New code “B”"
        project.undo()
        assert other.redo_label() == "New code “B”"
        other.undo()
        assert project.undo_label() is None
        project.redo()
        project.redo()
        assert names(other) == ["A", "B"]


def test_old_and_new_are_read_back_as_they_were(project: Project) -> None:
    """Values that look like numbers stay what they are."""
    case = cases.add_case(project, name="007")
    code = codebook.add_code(project, name="1e5", colour=3)
    cases.rename_case(project, case=case, name="7")
    codebook.colour_code(project, code=code, colour=4)
    project.undo()
    project.undo()
    assert [c.name for c in material.cases(project)] == ["007"]
    assert [(c.name, c.own_colour) for c in codes.codes(project)] == [("1e5", 3)]


def test_an_undo_inside_a_unit_is_a_bug(project: Project) -> None:
    codebook.add_code(project, name="A")
    with pytest.raises(RuntimeError), project.unit("x"):
        project.undo()


# -- history, listeners, moments ----------------------------------------------------------------------------


def test_the_history_names_every_act_with_person_and_moment(project: Project) -> None:
    project.clock = lambda: datetime(2025, 3, 1, 10, tzinfo=timezone(timedelta(hours=2)))
    codebook.add_code(project, name="A")
    project.undo()
    first, act, back = histories.history(project)
    assert (first.kind, act.label, act.kind, act.coder, act.changes) == (
        "start",
        "New code “A”",
        "do",
        "Ada",
        1,
    )
    assert (back.label, back.kind) == ("New code “A”", "undo")
    assert act.at == datetime(2025, 3, 1, 8, tzinfo=UTC)
    assert act.at.tzinfo is UTC
    assert [row.kind for row in histories.history(project, limit=1)] == ["undo"]


def test_a_moment_without_zone_is_refused(project: Project) -> None:
    project.clock = lambda: datetime(2025, 3, 1)
    with pytest.raises(StatementError, match="without zone"):
        codebook.add_code(project, name="A")
    assert names(project) == []


def test_subscribers_learn_what_changed_when_it_is_on_the_disk(project: Project, source: str) -> None:
    heard: list[tuple[Changed, int]] = []

    def hear(change: Changed) -> None:
        with Project.open(project.path, read_only=True) as other:
            heard.append((change, len(codes.codings(other))))

    stop = project.subscribe(hear)
    coding = open_coding.code_passage(project, source=source, start=0, stop=9, code="A")
    stop()
    open_coding.remove_coding(project, coding=coding)
    ((change, stored),) = heard
    assert (change.label, change.kind, stored) == ("Code passage", "do", 1)
    assert change.tables == {"code", "segment", "coding"}
    assert coding in {t.guid for t in change.touched if t.op == "insert"}


def test_the_first_coder_and_the_sheet_are_no_act_to_undo(project: Project) -> None:
    assert project.undo_label() is None
    with project.unit("look") as session:
        assert [c.name for c in session.scalars(select(Coder))] == ["Ada"]


def test_a_thousand_codings_of_a_merge_are_undone_at_once(project: Project, source: str) -> None:
    with project.unit("Many"):
        for start in range(60):
            for stop in range(start + 1, min(start + 6, len(WORDS))):
                open_coding.code_passage(project, source=source, start=start, stop=stop, code="A")
    a = codes.codes(project)[0]
    b = codebook.add_code(project, name="B")
    codebook.merge_codes(project, code=a.guid, into=b)
    assert [(c.name, c.codings) for c in codes.codes(project)] == [("B", a.codings)]
    project.undo()
    assert [(c.name, c.codings) for c in codes.codes(project)] == [("A", a.codings), ("B", 0)]
