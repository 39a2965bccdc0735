"""The demo study in English: the same acts with English words, and where it is opened from."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from qda import demo, resources
from qda.coding import codes, history, material, memo_queries, theory
from qda.errors import KnownError
from qda.models import Project

GERMAN = (" und ", " der ", " die ", " das ", " nicht ", " ist ", " mit ", " von ", "ß")
IN_VIVO = {"kurzer Dienstweg", "mit dem Essen", "auf Augenhöhe", "sich mit Regeln schützen"}


def _tables() -> dict[str, dict[str, str]]:
    folder = resources.path("demo", "acts.en")
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))}


@pytest.fixture(scope="module")
def english(english_demo: Path) -> Iterator[Project]:
    """The study in English, for reading only."""
    with Project.open(english_demo, read_only=True) as project:
        yield project


@pytest.fixture(scope="module")
def german(german_demo: Path) -> Iterator[Project]:
    """The same study in the language of its script."""
    with Project.open(german_demo, read_only=True) as project:
        yield project


def _counts(project: Project) -> dict[str, Any]:
    sources = material.sources(project)
    return {
        "history": [(unit.at, unit.coder) for unit in history.history(project)],
        "codings": [(s.title, s.language, len(codes.marks(project, s.guid))) for s in sources],
        "codes": [(row.kind, row.origin) for row in codes.codes(project)],
        "memos": [(row.kind, len(row.links)) for row in memo_queries.memos(project)],
        "relations": [(row.number, row.status, row.supporting) for row in theory.relations(project)],
        "models": [(row.status, len(theory.placements(project, row.guid))) for row in theory.models(project)],
    }


def test_the_english_study_is_the_german_one_act_by_act(english: Project, german: Project) -> None:
    assert english.check() == []
    assert _counts(english) == _counts(german)


def test_transcripts_and_the_titles_of_documents_stay_german(english: Project, german: Project) -> None:
    texts = [
        {s.title: material.text(project, s.guid) for s in material.sources(project)}
        for project in (english, german)
    ]
    assert texts[0] == texts[1]
    assert "Interview A" in texts[0]


def test_title_and_language_of_the_english_study_are_english(english: Project) -> None:
    sheet = material.project_sheet(english)
    assert (sheet.title, sheet.language) == (demo.title("en"), "en")
    assert demo.title("en") != demo.title("de") == demo.TITLE


def test_codes_in_vivo_keep_the_respondents_words_and_an_english_definition_says_what_they_mean(
    english: Project,
) -> None:
    rows = {row.name: row for row in codes.codes(english) if row.origin == "in-vivo"}
    assert set(rows) >= IN_VIVO
    said = {name: rows[name].definition for name in IN_VIVO}
    assert all(text.startswith("“") for text in said.values()), said


def test_a_code_in_vivo_and_its_gloss_are_undone_in_one_step(english_demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.qdaproj"
    path.write_bytes(english_demo.read_bytes())
    line: demo.Line = {"at": "2026-02-01T09:00", "by": "MK", "act": "code-in-vivo", "source": "Interview A"}
    line |= {"in": "14", "quote": "Mit Block"}
    with Project.open(path) as project:
        wording = demo.Wording("en")
        wording.gloss = lambda line: "“With notepads”: all of them"  # type: ignore[method-assign]
        demo.Replay(project, wording).do(line)
        (code,) = [row for row in codes.codes(project) if row.name == "Mit Block"]
        assert code.definition == "“With notepads”: all of them"
        project.undo()
        assert "Mit Block" not in {row.name for row in codes.codes(project)}


def test_a_later_definition_of_a_code_in_vivo_goes_on_saying_what_the_words_mean(
    english_demo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "copy.qdaproj"
    path.write_bytes(english_demo.read_bytes())
    line: demo.Line = {"at": "2026-02-01T09:00", "by": "MK", "act": "code-in-vivo", "source": "Interview A"}
    line |= {"in": "14", "quote": "Mit Block"}
    later = {"at": "2026-02-02T09:00", "by": "MK", "act": "set-code-field", "field": "definition"}
    with Project.open(path) as project:
        wording = demo.Wording("en")
        wording.gloss = lambda line: "“With notepads”: all of them"  # type: ignore[method-assign]
        replay = demo.Replay(project, wording)
        replay.do(line)
        for value in ("who takes notes will come again", "“Notepads”, in short"):
            replay.do({**later, "code": "Mit Block", "value": value})
            (code,) = [row for row in codes.codes(project) if row.name == "Mit Block"]
            assert code.definition.endswith(value)
            assert code.definition.startswith(("“With notepads”: who", "“Notepads”, in"))


def test_names_are_the_same_everywhere_and_told_apart_as_in_german() -> None:
    names = _tables()["names"]
    lines = [line for file in demo.files() for _number, line in demo.lines(file)]
    used = {line[key] for line in lines for key in ("code", "name", "into") if key in line}
    used = {name for name in used if isinstance(name, str) and name in names}
    english = [names[name] for name in used]
    assert len(set(english)) == len(english) > 150


def test_nothing_of_a_translated_part_is_left_in_german() -> None:
    translated = tuple(name for name in _tables() if name[0].isdigit())
    assert len(translated) >= 6
    left = [place for place in demo.untranslated("en") if place.startswith(translated)]
    assert left == []


def test_no_translation_is_of_a_text_that_is_no_longer_there() -> None:
    said: set[str] = set()

    def hear(value: Any) -> None:
        if isinstance(value, str):
            said.update((value, value.partition(":")[2], *value.split(" > ")))
        elif isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                hear(one)

    for file in demo.files():
        for _number, line in demo.lines(file):
            hear(line)
    said.add(demo.TITLE)
    tables = _tables()
    glossed = tables.pop("glosses")
    assert [words for table in tables.values() for words in table if words not in said] == []
    assert [words for words in glossed if words not in said] == []


def test_english_texts_are_not_german() -> None:
    tables = _tables()
    for table in tables.values():
        for written, words in table.items():
            plain = words.partition("](passage:")[0]
            assert written == words or sum(part in f" {plain} " for part in GERMAN) < 2, words


def test_words_without_a_translation_are_told_with_file_line_and_words_and_stay_german(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    (folder / "acts.de").mkdir(parents=True)
    (folder / "acts.en").mkdir()
    copytree(resources.path("demo", "raw"), folder / "raw")
    base = {"at": "2024-10-01T09:00", "by": "MK", "act": "add-code"}
    lines = [{**base, "name": "hinfahren"}, {**base, "name": "bleiben", "definition": "Wer noch kommt."}]
    script = "\n".join(json.dumps(line) for line in lines)
    (folder / "acts.de" / "01-x.jsonl").write_text(script, encoding="utf-8")
    (folder / "acts.en" / "names.json").write_text('{"hinfahren": "driving out"}', encoding="utf-8")
    (folder / "acts.en" / "01-x.json").write_text('{"bleiben": "staying"}', encoding="utf-8")
    monkeypatch.setattr(resources, "path", tmp_path.joinpath)
    assert demo.untranslated("en") == ["01-x.jsonl, 2: Wer noch kommt."]
    heard: list[tuple[int, int]] = []
    told = lambda done, whole: heard.append((done, whole))  # noqa: E731
    with demo.build(tmp_path / "x.qdaproj", language="en", told=told) as project:
        rows = {row.name: row.definition for row in codes.codes(project)}
    assert rows == {"driving out": "", "staying": "Wer noch kommt."}
    assert heard == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2024-10-27T02:30", "2024-10-27T00:30"),  # the hour that comes twice is that of the summer
        ("2024-10-27T03:00", "2024-10-27T02:00"),
        ("2025-01-15T09:00", "2025-01-15T08:00"),
        ("2025-03-30T01:59", "2025-03-30T00:59"),
        ("2025-03-30T03:00", "2025-03-30T01:00"),
        ("2025-07-01T12:00", "2025-07-01T10:00"),
        ("2025-10-26T01:59", "2025-10-25T23:59"),
        ("2025-10-26T03:00", "2025-10-26T02:00"),
        ("2026-01-20T10:15", "2026-01-20T09:15"),
        ("2026-03-29T03:00", "2026-03-29T01:00"),
        ("2024-03-31T03:00", "2024-03-31T01:00"),  # the last day of the month is the Sunday
    ],
)
def test_the_time_of_the_script_is_german_local_time_in_any_year(written: str, utc: str) -> None:
    assert demo.moment(written).astimezone(UTC) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_the_command_line_lays_the_studies_of_both_languages_side_by_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qda.command_line import showing

    def begun(path: Path, *, language: str) -> Project:
        return Project.create(path, language=language)  # type: ignore[arg-type]

    monkeypatch.setattr(demo, "build", begun)
    paths = [showing.built(tmp_path, language, anew=True) for language in ("de", "en")]
    assert [path.stem for path in paths] == [demo.title("de"), demo.title("en")]
    with Project.open(paths[1], read_only=True) as project:
        assert material.project_sheet(project).language == "en"


def test_a_language_in_which_there_is_no_demo_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "languages", lambda: ("de",))
    with pytest.raises(KnownError, match="en"):
        demo.build(tmp_path / "x.qdaproj", language="en")


def test_the_window_takes_the_language_of_the_interface_unless_another_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qda.i18n import use_language
    from qda.ui import demo as offered

    monkeypatch.setattr(offered, "documents_folder", lambda: tmp_path)
    with use_language("en"):
        assert offered.demo_path().stem == demo.title("en")
        assert offered.demo_path("de").stem == demo.title("de")
    with use_language("de"):
        assert offered.demo_path().stem == demo.title("de")


def test_the_window_has_a_study_only_when_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    from qda.ui.demo import Building

    path = tmp_path / "study.qdaproj"
    there: list[bool] = []

    def begun(part: Path, *, language: Any, told: demo.Told) -> Project:
        project = Project.create(part, language=language)
        told(1, 2)
        there.append(path.exists())
        return project

    monkeypatch.setattr(demo, "build", begun)
    path.with_name("study.qdaproj.part").write_text("half of one that was never finished")
    building = Building(path, "en")
    with qtbot.waitSignals([building.told, building.done]):
        building.start()
    assert there == [False]
    assert [one.name for one in tmp_path.iterdir()] == ["study.qdaproj"]
    with Project.open(path, read_only=True) as project:
        assert material.project_sheet(project).language == "en"
