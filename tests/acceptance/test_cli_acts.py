"""Acting by the command line: new, import, code, do, undo, redo."""

from pathlib import Path

import pytest

from qda.acts import ACTS

from .conftest import INTERVIEW_A, Call

IMPORTED = {"file", "format", "encoding", "family", "source", "turns", "speakers", "warnings", "error"}


def test_a_new_study_has_its_title_language_template_and_coder(qda: Call, tmp_path: Path) -> None:
    path = tmp_path / "neu.qdaproj"
    words = ("--title", "Mein Netz", "--language", "en", "--template", "strauss-corbin", "--coder", "Eva")
    assert qda("new", path, *words).code == 0
    (coder,) = qda("list", path, "coders", "--json").json
    assert (coder["name"], coder["current"]) == ("Eva", True)
    qda("do", path, "add-code", "name=Trust")
    qda("do", path, "add-model", "name=M", "phenomenon=Trust")
    (model,) = qda("list", path, "models", "--json").json
    assert model["template"] == "strauss-corbin"


def test_a_new_study_never_replaces_a_file(qda: Call, study: Path) -> None:
    before = study.read_bytes()
    said = qda("new", study)
    assert said.code == 1
    assert study.name in said.err
    assert study.read_bytes() == before


def test_of_ten_files_with_one_bad_nine_come_in(qda: Call, tmp_path: Path) -> None:
    path = tmp_path / "s.qdaproj"
    qda("new", path)
    files = []
    for number in range(9):
        file = tmp_path / f"Interview {number}.txt"
        file.write_text(INTERVIEW_A, encoding="utf-8")
        files.append(file)
    bad = tmp_path / "picture.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    said = qda("import", path, *files[:4], bad, *files[4:], "--json")
    assert said.code == 1
    assert len(said.json) == 10
    assert [bool(row["error"]) for row in said.json] == [False] * 4 + [True] + [False] * 5
    for row in said.json:
        assert set(row) >= IMPORTED
    assert said.err.count("\n") == 1
    assert len(qda("list", path, "sources", "--json").json) == 9
    assert qda("undo", path).code == 0
    assert qda("list", path, "sources", "--json").json == []


def test_code_makes_a_new_code_with_its_path_and_prints_the_coding(qda: Call, study: Path) -> None:
    at = INTERVIEW_A.index("kein Lob")
    said = qda("code", study, "Interview A", at, at + 8, "Folgen > Preis", "--coder", "Eva", "--json")
    assert said.code == 0
    row = said.json
    assert (row["text"], row["path"], row["coder_name"]) == ("kein Lob", "Folgen > Preis", "Eva")
    assert row in qda("list", study, "codings", "--json").json
    codes = {c["path"]: c for c in qda("list", study, "codes", "--json").json}
    assert codes["Folgen > Preis"]["parent"] == codes["Folgen"]["guid"]


@pytest.mark.parametrize("source", ["Interview A", "interview a", "Interview_A.txt", "GUID"])
def test_a_document_goes_by_title_file_name_or_guid(qda: Call, study: Path, source: str) -> None:
    if source == "GUID":
        source = qda("list", study, "sources", "--json").json[0]["guid"]
    assert qda("text", study, source).out == INTERVIEW_A


def test_a_name_with_two_meanings_is_refused_with_the_candidates(qda: Call, study: Path) -> None:
    twins = [
        qda("do", study, "add-code", "name=Doppelt", f"parent={parent}", "--json").json["result"]
        for parent in ("Absicherung", "Unersetzbar werden")
    ]
    qda("do", study, "rename-source", "source=Interview B", "title=Interview A")
    sources = [row["guid"] for row in qda("list", study, "sources", "--json").json]
    for words, candidates in (
        (("text", study, "Interview A"), sources),
        (("do", study, "rename-code", "code=Doppelt", "name=x"), twins),
        (("code", study, sources[0], 0, 4, "Doppelt"), twins),
    ):
        said = qda(*words)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
        assert all(guid in said.err for guid in candidates)


def test_every_act_is_listed_with_what_it_takes(qda: Call) -> None:
    rows = qda("do", "--list", "--json").json
    assert [row["act"] for row in rows] == [act.id for act in ACTS]
    assert all(row["title"] and row["help"] for row in rows)
    said = qda("do", "--list").out
    assert all(f"{act.id}  " in said for act in ACTS)


def test_an_act_gives_its_result_and_the_unit_that_the_history_knows(qda: Call, study: Path) -> None:
    row = qda("do", study, "rename-code", "code=Absicherung", "name=Sich absichern", "--json").json
    assert row["act"] == "rename-code"
    assert row["unit"] == qda("history", study, "--json").json[-1]["unit"]
    names = {c["guid"]: c["name"] for c in qda("list", study, "codes", "--json").json}
    assert names[row["result"]] == "Sich absichern"


def test_undo_and_redo_go_back_and_forth_across_calls_and_name_the_act(qda: Call, study: Path) -> None:
    def names() -> set[str]:
        return {c["name"] for c in qda("list", study, "codes", "--json").json}

    qda("do", study, "rename-code", "code=Absicherung", "name=Sich absichern")
    label = qda("history", study, "--json").json[-1]["label"]
    said = qda("undo", study)
    assert label in said.out
    assert "Absicherung" in names()
    assert label in qda("redo", study).out
    assert "Sich absichern" in names()
    assert qda("redo", study).code == 1


def test_values_of_an_act_may_hold_equal_signs_and_line_ends(qda: Call, study: Path) -> None:
    body = "a = b\nzweite Zeile"
    guid = qda("do", study, "write-memo", "kind=code", "title=x", f"body={body}", "--json").json["result"]
    assert next(m for m in qda("list", study, "memos", "--json").json if m["guid"] == guid)["body"] == body


WRONG = (
    ("list",),
    ("list", "STUDY", "nope"),
    ("list", "STUDY", "codes", "--nope"),
    ("do", "STUDY"),
    ("do", "STUDY", "nope"),
    ("do", "STUDY", "rename-code", "name=x"),
    ("do", "STUDY", "rename-code", "code=Absicherung", "name=x", "colour=1"),
    ("do", "STUDY", "set-code-kind", "code=Absicherung", "kind=nope"),
    ("do", "STUDY", "add-code", "name"),
    ("code", "STUDY", "Interview A", "x", "y", "Code"),
    ("report", "STUDY", "nope", "out.docx"),
    ("report", "STUDY", "study", "out.nope"),
    ("report", "STUDY", "study"),
    ("new", "NEW", "--template", "nope"),
    ("new", "NEW", "--language", "fr"),
    ("--language", "fr", "list", "STUDY", "codes"),
    ("suggest", "STUDY"),
    ("suggest", "STUDY", "Interview A", "--start", "x"),
    ("refi", "check", "x.qdpx"),
    ("export", "STUDY", "x.qdpx"),
    ("check", "STUDY", "--methods"),
)


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_gives_exit_code_2_and_changes_nothing(
    qda: Call, study: Path, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = qda("history", study, "--json").json
    places = {"STUDY": study, "NEW": tmp_path / "new.qdaproj"}
    said = qda(*(places.get(word, word) for word in words))
    assert said.code == 2
    assert said.out == ""
    assert said.err
    assert "Traceback" not in said.err
    assert qda("history", study, "--json").json == before
    assert [p.name for p in tmp_path.iterdir()] == ["study.qdaproj"]


def test_an_import_takes_decisions_about_its_files(qda: Call, tmp_path: Path) -> None:
    path, folder = tmp_path / "study.qdaproj", tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.txt", "sub/b.txt"):
        (folder / name).write_text(f"I: Wie war {name}?\nB: Gut.\nI: Und nun?\nB: Gut.\n", encoding="utf-8")
    qda("new", path)
    rows = qda(
        "import", path, folder, "--case", "Dorf", "--group", "Welle 1", "--kind", "focus_group", "--json"
    ).json
    assert [(row["turns"], row["error"], row["family"]) for row in rows] == [(4, None, "label-colon")] * 2
    assert rows[0]["speakers"][0] == {"label": "I", "role": "interviewer", "name": "", "turns": 2, "words": 5}
    sources = qda("list", path, "sources", "--json").json
    assert [(row["name"], row["kind"]) for row in sources] == [("a", "focus_group"), ("b", "focus_group")]
    assert [row["name"] for row in qda("list", path, "cases", "--json").json] == ["Dorf"]
    again = qda("import", path, folder / "a.txt")
    assert (again.code, again.out) == (1, "")
    assert "in the study already" in again.err
    said = qda(
        "import", path, folder / "a.txt", "--again", "--title", "Noch einmal", "--family", "none", "--json"
    )
    assert (said.json[0]["title"], said.json[0]["turns"]) == ("Noch einmal", 0)


@pytest.mark.parametrize(
    "words",
    [("--family", "dance"), ("--kind", "song"), ("--encoding", "klingon"), ("--title", "one for both")],
    ids=" ".join,
)
def test_a_wrong_word_about_an_import_is_wrong_usage(
    qda: Call, tmp_path: Path, words: tuple[str, str]
) -> None:
    path = tmp_path / "study.qdaproj"
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text("I: Ja?\nB: Ja.\n", encoding="utf-8")
    qda("new", path)
    said = qda("import", path, *files, *words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert qda("list", path, "sources", "--json").json == []


def test_what_was_written_to_a_file_is_told_with_its_path(qda: Call, study: Path, tmp_path: Path) -> None:
    for act, words, file in (
        ("export-transcript", ["source=Interview A"], tmp_path / "a.txt"),
        ("export-attributes", [], tmp_path / "a.csv"),
    ):
        done = qda("do", study, act, *words, f"file={file}")
        assert (done.code, done.err) == (0, "")
        assert done.out.endswith(f": {file}\n")
        assert file.exists()


def test_what_cannot_be_written_is_told_in_the_language_of_the_call(
    qda: Call, study: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for act, words, name in (
        ("export-transcript", ["source=Interview A"], "a.txt"),
        ("export-attributes", [], "a.csv"),
    ):
        done = qda("do", study, act, *words, f"file={tmp_path / 'nowhere' / name}")
        assert (done.code, done.err) == (1, f"{name} was not written: its folder does not exist.\n")
        done = qda("do", study, act, *words, f"file={tmp_path / 'file' / name}")
        assert done.code == 1
        assert "a part of its path is a file" in done.err


def test_passages_are_listed_with_the_citation_of_the_study(qda: Call, study: Path) -> None:
    assert qda("do", study, "set-citation", "template={title}, Abs. {paragraph}").code == 0
    rows = qda("list", study, "segments", "--json").json
    assert rows
    assert all(row["citation"].startswith(f"{row['title']}, Abs. {row['paragraph']}") for row in rows)


def test_hits_of_a_search_are_coded_with_their_sentences_and_say_so(qda: Call, study: Path) -> None:
    hits = qda("search", study, "kein", "--json").json
    spans = "spans=" + ";".join(f"{hit['source']}:{hit['start']}-{hit['stop']}" for hit in hits)
    assert qda("do", study, "code-hits", spans, "code=Fehlt", "words=kein", "extent=sentence").code == 0
    rows = [row for row in qda("list", study, "codings", "--json").json if row["path"] == "Fehlt"]
    assert rows
    assert {(row["origin"], row["searched"]) for row in rows} == {("search", "kein")}
    assert all("kein" in row["text"].casefold() and len(row["text"]) > 4 for row in rows)
    assert qda("do", study, "code-hits", spans, "code=Fehlt", "extent=page").code == 2
    assert qda("undo", study).code == 0
    assert not [row for row in qda("list", study, "codings", "--json").json if row["path"] == "Fehlt"]
