"""A part of a study, opened as if it were the whole: nothing refers to what is out, nothing is changed."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from qda.coding import codes, consent, material, memo_queries, theory
from qda.coding.open_coding import code_passage
from qda.errors import KnownError
from qda.models import Narrowing, Project
from qda.models.base import Base
from tests.reports.small_study import at, build, guid

TARGETS = ("source", "case_", "segment", "coding", "code", "relation", "evidence", "memo", "paradigm_model")
LINKS = ("memo_link", "sampling_target", "map_item", "question_answer")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Project]:
    with build(tmp_path / "study.qdaproj") as project:
        yield project


def part(project: Project, **wanted: object) -> Project:
    return Project.open(project.path, narrowed=Narrowing(**wanted))  # type: ignore[arg-type]


def named(project: Project) -> dict[str, str]:
    found = {row.title: row.guid for row in material.sources(project)}
    found |= {row.name: row.guid for row in material.cases(project)}
    found |= {row.name: row.guid for row in material.coders(project)}
    return found | {row.name: row.guid for row in codes.codes(project)}


def strays(db: Connection, schema: str = "") -> dict[str, int]:
    """How many references lead to nothing, by column."""
    found: dict[str, int] = {}

    def count(name: str, query: str) -> None:
        if n := db.execute(text(query)).scalar_one():
            found[name] = n

    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                count(
                    f"{table.name}.{column.name}",
                    f'SELECT count(*) FROM {schema}"{table.name}" WHERE "{column.name}" IS NOT NULL '
                    f'AND "{column.name}" NOT IN (SELECT id FROM {schema}"{key.column.table.name}")',
                )
    for links in LINKS:
        for target in TARGETS:
            count(
                f"{links} → {target}",
                f"SELECT count(*) FROM {schema}{links} WHERE target_table = '{target}' "
                f"AND target_guid NOT IN (SELECT guid FROM {schema}{target})",
            )
    return found


def wishes(project: Project) -> dict[str, Narrowing]:
    by = named(project)
    some = tuple(row.guid for row in codes.codes(project) if row.depth == 1)[:2]
    return {
        "documents": Narrowing(sources=(by["Interview A"], by["Fokusgruppe G"])),
        "a case": Narrowing(cases=(by["A"],)),
        "a case of a group": Narrowing(cases=(by["Welcome Points"],)),
        "a coder": Narrowing(coders=(by["MK"],)),
        "codes": Narrowing(codes=some),
        "without the interviewer": Narrowing(interviewer=False),
        "all at once": Narrowing((by["Interview A"],), (), (by["MK"],), some, interviewer=False),
    }


def test_in_no_part_of_a_study_does_anything_refer_to_what_is_out(german_demo: Path) -> None:
    with Project.open(german_demo, read_only=True) as whole:
        asked = wishes(whole)
    for name, wanted in asked.items():
        with Project.open(german_demo, narrowed=wanted) as project, project.read() as db:
            before = strays(db, "main.")
            new = {key: n for key, n in strays(db).items() if n > before.get(key, 0)}
            assert (name, new) == (name, {})


def test_a_part_can_only_be_read_and_leaves_no_trace(small: Project) -> None:
    small.close()
    path = small.path
    before = (sha256(path.read_bytes()).digest(), sorted(path.parent.iterdir()))
    with part(small, sources=("00000000-0000-4000-8000-000000000000",)) as project:
        assert project.read_only
        assert material.sources(project) == []
        with pytest.raises(KnownError), project.unit("No"):
            pass
    assert (sha256(path.read_bytes()).digest(), sorted(path.parent.iterdir())) == before


def test_documents_take_their_passages_with_them(small: Project) -> None:
    by = named(small)
    with part(small, sources=(by["Interview A"],)) as project:
        assert [row.title for row in material.sources(project)] == ["Interview A"]
        assert [row.name for row in material.cases(project)] == ["A"]
        assert {one.segment.title for one in codes.codings(project)} == {"Interview A"}
        assert {one.title for one in material.segments(project)} == {"Interview A"}
        assert [piece.polarity for piece in theory.evidence(project)] == ["contradicting"]
        assert {row.name for row in codes.codes(project)} == {row.name for row in codes.codes(small)}


def test_a_branch_keeps_what_is_above_as_bare_headings_and_relations_with_both_ends_inside(
    small: Project,
) -> None:
    with part(small, codes=(guid(small, "Blumen statt Raum"),)) as project:
        rows = {row.name: row for row in codes.codes(project)}
        assert set(rows) == {"Anerkennung", "Blumen statt Raum"}
        assert rows["Anerkennung"].definition == ""
        assert rows["Anerkennung"].typical is None
        assert {one.code_name for one in codes.codings(project)} == {"Blumen statt Raum"}
        assert theory.relations(project) == []
    ends = (guid(small, "Hinfahren"), guid(small, "Bleiben der Vereine"))
    with part(small, codes=ends) as project:
        assert [row.statement for row in theory.relations(project)] == [
            "Hinfahren führt zum Bleiben der Vereine"
        ]


def test_a_coder_keeps_the_shared_theory_and_loses_the_codings_of_others(small: Project) -> None:
    from qda.coding.sheet import add_coder

    me = named(small)["MK"]
    other = add_coder(small, name="AN")
    small.use_coder(other)
    code_passage(small, code="Neu", **at(small, "Interview B", "Formal"))  # type: ignore[arg-type]
    small.use_coder(me)
    with part(small, coders=(other,)) as project:
        assert [one.code_name for one in codes.codings(project)] == ["Neu"]
        assert [row.name for row in material.coders(project)] == ["AN"]
        assert len(theory.evidence(project)) == len(theory.evidence(small))
        assert memo_queries.memos(project) == []
    with part(small, coders=(me,)) as project:
        assert "Neu" not in {one.code_name for one in codes.codings(project)}


def test_a_memo_is_out_where_all_it_hangs_on_is_out_and_a_free_one_stays(small: Project) -> None:
    with part(small, codes=(guid(small, "Hinfahren"),)) as project:
        titles = {row.title for row in memo_queries.memos(project)}
    assert "Leihen" not in titles
    assert "Zu Blumen" in titles


def test_who_may_not_be_quoted_is_known_in_a_part_without_them(small: Project) -> None:
    by = named(small)
    consent.set_consent(small, case=by["A"], quote="no")
    with part(small, cases=(by["B"],)) as project:
        silent = consent.unquotable(project)
        assert silent is not None
        words = "Sie sagt: Da hat keiner gefragt, wer zuständig ist. So ist es."
        assert "keiner gefragt" not in silent.taken_out(words, "[…]")


def test_a_story_does_not_quote_what_is_out(small: Project) -> None:
    by = named(small)
    with part(small, cases=(by["B"],)) as project:
        told = theory.story(project, "story_line")
        assert "Blumen kriegen" not in told
        assert "Formal war" in told
    assert "Blumen kriegen" in theory.story(small, "story_line")
