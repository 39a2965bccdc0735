"""What is deleted for good is in no byte of any file that the program has written; the rest is whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.coding import attributes, cases, codebook, codes, documents, material, memos, open_coding
from qda.coding import history as histories
from qda.coding.memo_queries import memos as memo_rows
from qda.coding.search import search
from qda.errors import KnownError
from qda.models import Project
from qda.models.erasing import erase, scrub

WORDS = "B: Am Anfang war Kesslerin da.\nB: Die Müller-Straße, sagt Kesslerin, und Kesslerinnen.\nI: Und?"
NAMES = {"Kesslerin": "Frau A.", "Müller-Straße": "[Straße]", "Kesslerins": "Frau A.s"}


def everywhere(folder: Path, *words: str) -> list[tuple[str, str]]:
    """Which of the words stand in which file of the folder, however they are written."""
    found = []
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        for word in words:
            forms = {word.encode(), json.dumps(word)[1:-1].encode(), word.casefold().encode()}
            forms |= {word.encode("utf-16-le"), word.encode("utf-16-be")}
            found += [(path.name, word)] if any(form in data for form in forms) else []
    return found


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "a [b].qdaproj", title="Study", coder="Ada") as opened:
        yield opened


@pytest.fixture
def source(project: Project) -> str:
    return documents.add_document(project, title="Interview", text=WORDS, kind="interview")


# -- names --------------------------------------------------------------------------------------------------


def test_a_name_goes_from_texts_memos_history_and_side_data(project: Project, source: str) -> None:
    memos.write_memo(project, kind="code", title="Zu Kesslerin", body="Kesslerins Müller-Straße")
    project.set_setting("draft", json.dumps(["Kesslerin"]))
    open_coding.code_passage(project, source=source, start=0, stop=12, code="Kesslerin hilft")
    removed = documents.add_document(project, title="Zweites", text="Nur Kesslerin.")
    documents.remove_source(project, source=removed)
    project.path.with_name("a [b].v1.qdaproj.bak").write_bytes(b"Kesslerin")

    done = scrub(project, replacements=NAMES)

    assert done.documents == 1
    assert done.snapshots == 1
    assert material.text(project, source).startswith("B: Am Anfang war Frau A. da.\nB: Die [Straße], sagt")
    assert [(m.title, m.body) for m in memo_rows(project)] == [("Zu Frau A.", "Frau A.s [Straße]")]
    assert [c.name for c in codes.codes(project)] == ["Frau A. hilft"]
    assert project.setting("draft") == '["Frau A."]'
    assert "Kesslerinnen" in material.text(project, source)
    assert not search(project, "Müller-Straße")
    assert project.check() == []
    project.close()
    assert (
        everywhere(project.path.parent, "Zu Kesslerin", "Müller-Straße", "war Kesslerin", "Kesslerins") == []
    )


def test_places_in_a_text_follow_the_names_that_were_replaced(project: Project, source: str) -> None:
    start = WORDS.index("Und?")
    open_coding.code_passage(project, source=source, start=start, stop=start + 4, code="Frage")
    scrub(project, replacements=NAMES)
    assert [row.text for row in material.segments(project)] == ["Und?"]
    project.undo()
    assert material.segments(project) == []
    project.redo()
    assert [row.text for row in material.segments(project)] == ["Und?"]


def test_an_act_that_kept_a_name_is_a_wall_and_later_ones_are_not(project: Project, source: str) -> None:
    codebook.add_code(project, name="Vorher")
    memo = memos.write_memo(project, kind="code", title="Kesslerin")
    memos.edit_memo(project, memo=memo, body="mehr")
    scrub(project, replacements=NAMES)
    codebook.add_code(project, name="Danach")
    project.undo()
    project.redo()
    project.undo()
    assert project.undo() == "Edit memo"
    for _again in range(2):
        with pytest.raises(KnownError, match="deleted for good"):
            project.undo()
    assert [c.name for c in codes.codes(project)] == ["Vorher"]
    assert [row.title for row in memo_rows(project)] == ["Frau A."]
    labels = [row.label for row in histories.history(project)]
    assert "New memo “Frau A.”" in labels
    assert "Delete clear names for good" in labels


def test_a_taken_back_act_that_kept_a_name_does_not_come_back(project: Project) -> None:
    memos.write_memo(project, kind="code", title="Kesslerin")
    project.undo()
    scrub(project, replacements=NAMES)
    with pytest.raises(KnownError, match="deleted for good"):
        project.redo()
    assert memo_rows(project) == []


def test_a_pseudonym_that_holds_a_clear_name_is_refused(project: Project, source: str) -> None:
    with pytest.raises(KnownError, match="holds the clear name “Kesslerin”"):
        scrub(project, replacements={"Frau Kesslerin": "die Kesslerin", "Kesslerin": "A"})
    assert material.text(project, source) == WORDS


def test_a_file_that_another_window_has_open_is_not_touched(project: Project, source: str) -> None:
    with Project.open(project.path) as other, pytest.raises(KnownError, match="another window"):
        material.sources(other)
        scrub(project, replacements=NAMES)
    assert material.text(project, source) == WORDS
    scrub(project, replacements=NAMES)
    assert "Frau A." in material.text(project, source)


def test_listeners_may_read_when_they_hear_of_it(project: Project, source: str) -> None:
    heard = []
    project.subscribe(lambda change: heard.append((change.tables, material.text(project, source)[17:24])))
    scrub(project, replacements=NAMES)
    assert heard == [(frozenset({"source"}), "Frau A.")]


def test_originals_in_which_a_name_stands_go(project: Project) -> None:
    from qda.coding.transcript import plain_document

    kept = documents.take_in(project, draft=plain_document("Nichts"), title="A", original=b"Nichts")
    gone = documents.take_in(project, draft=plain_document("Nichts"), title="B", original=b"von Kesslerin")
    assert scrub(project, replacements=NAMES).originals == 1
    assert (material.original(project, kept), material.original(project, gone)) == (b"Nichts", None)


# -- rows ---------------------------------------------------------------------------------------------------


def test_rows_erased_leave_no_byte(project: Project) -> None:
    case = cases.add_case(project, name="Wanderdüne")
    attributes.set_attribute(project, case=case, name="Beruf", value="Zahnradprüferin")
    cases.describe_case(project, case=case, text="Sandburgenbau")
    codebook.add_code(project, name="Bleibt")
    cases.describe_case(project, case=case, text="")
    with project.read() as db:
        values = db.exec_driver_sql("SELECT guid FROM attribute_value").scalars().all()
    erase(project, guids={"case_": [case], "attribute_value": values})
    assert material.cases(project) == []
    assert project.check() == []
    assert everywhere(project.path.parent, "Wanderdüne", "Zahnradprüferin", "Sandburgenbau") == []
    with pytest.raises(KnownError, match="deleted for good"):
        project.undo()
    project.close()
    with Project.open(project.path) as again:
        assert [c.name for c in codes.codes(again)] == ["Bleibt"]
