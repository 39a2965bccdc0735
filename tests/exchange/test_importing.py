"""Files into a study: one act, decisions on titles, speakers, cases and comments, and nothing half-done."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from qda.coding import material, memo_queries
from qda.coding.search import search
from qda.coding.transcript import CommentDraft, StyleDraft
from qda.errors import KnownError
from qda.exchange.importing import Decision, ReadFile, SpeakerDecision, import_files, proposed, store
from qda.exchange.reader import CancelledError, Reader
from qda.exchange.reading import draft_from_text
from qda.models import Project
from tests.exchange.mutating import state

TALK = """I: Wie begann das?
B: Ganz klein, mit zwei Leuten.
I: Und dann?
B: Dann wurden es mehr.
b: Und heute sind es viele.
I: Danke.
B: Gern.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    for n in range(4):
        (made / f"Gespräch {n}.txt").write_text(f"{TALK}I: Ende {n}?\n", encoding="utf-8")
    (made / "kaputt.docx").write_bytes(b"PK\x03\x04 no archive at all")
    return made


@pytest.fixture
def project(tmp_path: Path):
    with Project.create(tmp_path / "study.qdaproj", coder="Ada") as opened:
        yield opened


def read(text: str = TALK, name: str = "Gespräch.txt") -> ReadFile:
    draft = draft_from_text(text)
    return ReadFile(Path(name), draft, text.encode(), sha256=f"{hash(text):x}")


def titles(project: Project) -> list[str]:
    return [row.title for row in material.sources(project)]


def test_a_bad_file_gets_its_sentence_and_the_others_come_in_as_one_act(
    project: Project, folder: Path
) -> None:
    done = import_files(project, sorted(folder.iterdir()))
    assert [one.error is None for one in done] == [True] * 4 + [False]
    assert project.undo_label() == "Import 4 documents"
    assert "zip" in str(done[4].error)
    assert len(search(project, "wurden")) == 4
    project.undo()
    assert titles(project) == []
    assert search(project, "wurden") == []
    project.redo()
    assert len(search(project, "wurden")) == 4
    assert project.check() == []


def test_the_result_tells_turns_and_words_of_each_speaker(project: Project, folder: Path) -> None:
    (one,) = import_files(project, [folder / "Gespräch 0.txt"])
    told = {s.label: (s.role, s.turns, s.words) for s in one.speakers}
    assert told["I"] == ("interviewer", 4, 8)
    assert one.turns == sum(s.turns for s in one.speakers) == len(material.turns(project, one.source))


def test_only_bad_files_change_nothing(project: Project, folder: Path) -> None:
    before = state(project)
    (one,) = import_files(project, [folder / "kaputt.docx"])
    assert one.error
    assert state(project) == before
    assert project.undo_label() is None


def test_stopping_by_progress_leaves_nothing(project: Project, folder: Path) -> None:
    before = state(project)
    heard: list[int] = []

    def stop_at_three(done: int) -> bool:
        heard.append(done)
        return done < 3

    with pytest.raises(CancelledError):
        import_files(project, sorted(folder.iterdir()), progress=stop_at_three)
    assert heard == [1, 2, 3]
    assert state(project) == before
    assert len(import_files(project, sorted(folder.iterdir()))) == 5


def test_stopping_the_reader_from_another_thread_leaves_nothing(project: Project, folder: Path) -> None:
    before = state(project)
    reader = Reader()

    def stop(done: int) -> bool:
        threading.Thread(target=reader.cancel).start()
        time.sleep(0.3)
        return True

    paths = sorted(folder.iterdir()) * 20
    with reader, pytest.raises(CancelledError):
        import_files(project, paths, progress=stop, reader=reader)
    assert state(project) == before


def test_equal_titles_get_a_number(project: Project, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Interview_A.txt").write_text(f"{TALK}I: {name}\n", encoding="utf-8")
    import_files(project, [tmp_path / "a/Interview_A.txt"])
    import_files(project, [tmp_path / "b/Interview_A.txt", tmp_path / "c/Interview_A.txt"])
    assert titles(project) == ["Interview A", "Interview A (2)", "Interview A (3)"]


def test_a_file_that_is_in_the_study_is_left_out_unless_asked_for(project: Project, folder: Path) -> None:
    path = folder / "Gespräch 0.txt"
    import_files(project, [path])
    (left,) = import_files(project, [path])
    assert left.source is None
    assert "in the study already, as “Gespräch 0”" in str(left.error)
    (again,) = import_files(project, [path], decide=lambda file: replace(proposed(file), again=True))
    assert "same file" in again.warnings[-1]
    assert titles(project) == ["Gespräch 0", "Gespräch 0 (2)"]
    project.undo()
    project.undo()
    (one,) = import_files(project, [path])  # after the undo it is in the study no more
    assert one.error is None


def test_speakers_are_merged_named_and_belong_to_cases(project: Project) -> None:
    file = read()
    labels = {s.label for s in file.draft.speakers}
    assert labels == {"I", "B", "b"}
    decision = Decision(
        "A",
        "focus_group",
        case="Dorf",
        group="Erste Welle",
        speakers=(
            SpeakerDecision("b", "respondent", into="B"),
            SpeakerDecision("B", "respondent", case="Frau B.", name="Bauer"),
            SpeakerDecision("I", "left_out"),
        ),
    )
    (one,) = store(project, [(file, decision)])
    rows = {s.label: (s.role, s.name, s.turns) for s in material.speakers(project, one.source)}
    assert rows == {"I": ("left_out", "", 3), "B": ("respondent", "Bauer", 4)}
    (source,) = material.sources(project)
    cases = {c.name: c.guid for c in material.cases(project)}
    assert set(cases) == {"Dorf", "Frau B."}
    assert source.case == cases["Dorf"]
    assert [g.name for g in material.groups(project)] == ["Erste Welle"]
    assert {s.case for s in material.speakers(project)} == {None, cases["Frau B."]}
    assert project.undo() == "Import 1 document"
    assert material.cases(project) == []
    project.redo()
    assert {c.name for c in material.cases(project)} == set(cases)
    store(project, [(read(TALK + "I: Noch eins?\n"), replace(decision, title="B"))])
    assert len(material.cases(project)) == 2  # a known name is that case


@pytest.mark.parametrize("into", ["X", "B"], ids=["to nobody", "in a circle"])
def test_a_merging_that_leads_nowhere_refuses_that_file_only(project: Project, into: str) -> None:
    wrong = Decision(
        "A",
        "interview",
        case="Neu",
        speakers=(
            SpeakerDecision("B", "respondent", into="b"),
            SpeakerDecision("b", "respondent", into=into),
        ),
    )
    bad, _good = store(project, [(read(), wrong), (read(TALK + "I: 2?\n", "b.txt"), None)])
    assert "cannot be merged" in str(bad.error)
    assert titles(project) == ["b"]
    assert material.cases(project) == []  # what the refused file had begun is gone
    assert len(search(project, "wurden")) == 1


def test_comments_in_the_margin_become_memos_on_their_words(project: Project) -> None:
    file = read()
    start = TALK.index("Ganz klein")
    comments = (
        CommentDraft("Mo", "Bescheiden!", start, start + 10, "2026-03-01T10:00:00Z"),
        CommentDraft("", "Noch eins", start, start + 10, ""),
        CommentDraft("Mo", "An keiner Stelle", 0, 0, ""),
    )
    draft = replace(file.draft, comments=comments, styles=(StyleDraft(0, 2, "bold"),))
    (one,) = store(project, [(replace(file, draft=draft), None)])
    assert one.memos == 3
    memos = memo_queries.memos(project)
    assert sorted(m.title for m in memos) == ["Comment", "Comment by Mo", "Comment by Mo"]
    first = next(m for m in memos if "Bescheiden!" in m.body)
    assert first.body == "Bescheiden!\n\nMo, 2026-03-01"
    words = {s.text for s in material.segments(project)}
    assert words == {"Ganz klein", "I: Wie begann das?"}
    project.undo()
    assert memo_queries.memos(project) == []
    assert material.segments(project) == []
    left = replace(proposed(file), comments=False)
    (one,) = store(project, [(replace(file, draft=draft), left)])
    assert one.memos == 0
    assert memo_queries.memos(project) == []


def test_a_project_that_can_only_be_read_is_told(project: Project, folder: Path) -> None:
    with (
        Project.open(project.path, read_only=True) as closed,
        pytest.raises(KnownError, match="only be read"),
    ):
        import_files(closed, sorted(folder.iterdir()))


def test_a_table_comes_in_with_the_documents_as_one_act(project: Project, folder: Path) -> None:
    table = folder / "Fälle.csv"
    table.write_text("id;Alter;Ort\nFall A;34;Dorf\nFall B;51;Stadt\n", encoding="utf-8")
    done = import_files(project, [folder / "Gespräch 0.txt", table])
    assert [one.family for one in done] == ["label-colon", "attributes"]
    assert len(done[1].cases) == 2
    project.undo()
    assert material.cases(project) == []
    assert titles(project) == []


def test_another_thread_runs_on_while_many_files_come_in(project: Project, tmp_path: Path) -> None:
    for n in range(30):
        text = "".join(f"I: Frage {n} {i}?\nB: {'Und dann kam die Arbeit. ' * 30}\n" for i in range(20))
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    results: list[object] = []
    paths = sorted(tmp_path.glob("*.txt"))
    job = threading.Thread(target=lambda: results.extend(import_files(project, paths)))
    job.start()
    ticks = 0
    while job.is_alive():
        time.sleep(0.005)
        ticks += 1
    assert len(results) == 30
    assert ticks > 20
