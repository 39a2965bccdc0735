"""A statement is compiled once in a process, whichever file it is asked of."""

from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.sql.compiler import SQLCompiler

from qda.models import Project
from qda.models.engines import migrating_engine, reader_engine, writer_engine
from qda.models.material import Setting


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that were compiled, in their order."""
    seen: list[str] = []
    usual = SQLCompiler.__init__

    def counted(self: SQLCompiler, *words: object, **named: object) -> None:
        usual(self, *words, **named)  # type: ignore[arg-type]
        seen.append(str(self))

    monkeypatch.setattr(SQLCompiler, "__init__", counted)
    return seen


def test_what_one_file_was_asked_is_not_compiled_again_for_another(
    tmp_path: Path, compiled: list[str]
) -> None:
    asked = select(Setting.value).where(Setting.key == "project").where(Setting.key != "no other")
    answers = set()
    for name in ("one", "two", "three"):
        with Project.create(tmp_path / f"{name}.qdaproj") as project, project.read() as connection:
            answers.add(connection.scalar(asked))
    assert len(answers) == 3, "each file answers for itself"
    assert len([one for one in compiled if "!=" in one]) == 1


def test_the_engines_of_a_file_agree_about_their_language_and_keep_their_ways(tmp_path: Path) -> None:
    path = tmp_path / "one.qdaproj"
    Project.create(path).close()
    engines = [reader_engine(path), writer_engine(path), migrating_engine(path)]
    assert len({engine.dialect for engine in engines}) == 1
    with pytest.raises(Exception, match="readonly"), engines[0].begin() as connection:
        connection.execute(insert(Setting).values(key="probe", value="x"))
    with engines[1].begin() as connection:
        connection.execute(insert(Setting).values(key="probe", value="x"))
    for engine in engines:
        engine.dispose()
