"""The migrations make the same file as the program; older files come up to date or stay as they are."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlcipher3 import dbapi2

from qda.errors import KnownError
from qda.models import Project, engines, migrating
from qda.models.base import Base

OLD = Path(__file__).parents[1] / "projects"


def empty_file(path: Path, version: int = 0) -> Path:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA application_id={engines.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={version}")
    connection.close()
    return path


def migrated(path: Path) -> Path:
    migrating.migrate(empty_file(path), 0)
    return path


def structure(path: Path) -> dict[str, Any]:
    """Tables by columns, references and indexes (in which order columns were added means nothing)."""
    connection = dbapi2.connect(str(path))
    found: dict[str, Any] = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if kind == "table" and "VIRTUAL" not in (sql or ""):
            columns = connection.execute(f"SELECT * FROM pragma_table_xinfo('{name}')").fetchall()
            found[name, "columns"] = {row[1:] for row in columns}
            references = connection.execute(f"SELECT * FROM pragma_foreign_key_list('{name}')").fetchall()
            found[name, "references"] = {row[2:] for row in references}
            found[name, "deferred"] = len(re.findall(r"DEFERRABLE\s+INITIALLY\s+DEFERRED", sql or ""))
            found[name, "numbered"] = "AUTOINCREMENT" in (sql or "")
        else:
            found[name, kind] = re.sub(r"\s+", " ", sql or "").replace("( ", "(").replace(" )", ")")
    connection.close()
    return found


def last_column(path: Path, table: str) -> str:
    connection = dbapi2.connect(str(path))
    rows = connection.execute(f"SELECT name FROM pragma_table_info('{table}') ORDER BY cid").fetchall()
    connection.close()
    return str(rows[-1][0])


def everything(path: Path) -> list[str]:
    connection = dbapi2.connect(str(path))
    lines = [str(row) for row in connection.execute("SELECT * FROM sqlite_master ORDER BY name")]
    for table in ("setting", "project_sheet", "coder", "unit", "change", "alembic_version"):
        lines += [str(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")]
    lines.append(str(connection.execute("PRAGMA user_version").fetchone()))
    connection.close()
    return lines


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program with one more migration; returns the folder in which that one stands."""
    folder = tmp_path / "versions"
    folder.mkdir()
    own = migrating.configuration

    def configuration() -> Any:
        config = own()
        first = Path(migrating.__file__).parent / "migrations" / "versions"
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", f"{first}\n{folder}")
        return config

    monkeypatch.setattr(migrating, "configuration", configuration)
    monkeypatch.setattr(engines, "SCHEMA_VERSION", engines.SCHEMA_VERSION + 1)
    return folder


def write_migration(folder: Path, *lines: str) -> None:
    body = "\n".join(f"    {line}" for line in lines)
    (folder / "later.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f'revision = "later"\ndown_revision = "{migrating.HEAD}"\nbranch_labels = depends_on = None\n'
        f"def upgrade():\n{body}\n",
        encoding="utf-8",
    )


def test_a_file_made_by_migrations_equals_one_made_by_the_program(tmp_path: Path) -> None:
    Project.create(tmp_path / "new.qdaproj").close()
    made, chained = structure(tmp_path / "new.qdaproj"), structure(migrated(tmp_path / "old.qdaproj"))
    assert chained.keys() == made.keys()
    assert {name: what for name, what in made.items() if chained[name] != what} == {}
    assert {last_column(tmp_path / f"{name}.qdaproj", "source") for name in ("new", "old")} == {"text"}


def test_the_migrations_leave_nothing_to_compare(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(_thing: object, name: str | None, *_rest: object) -> bool:
        return not str(name).startswith(("paragraph_words", "paragraph_parts"))

    engine = engines.reader_engine(migrated(tmp_path / "old.qdaproj"))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "include_object": ours}
        )
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_new_files_are_stamped_with_the_last_migration(tmp_path: Path) -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(migrating.configuration())
    assert scripts.get_heads() == [migrating.HEAD]
    assert len(list(scripts.walk_revisions())) == engines.SCHEMA_VERSION
    with Project.create(tmp_path / "new.qdaproj") as project, project.read() as db:
        assert db.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [migrating.HEAD]
        assert db.execute(text("PRAGMA user_version")).scalar_one() == engines.SCHEMA_VERSION


def test_an_older_file_is_brought_up_to_date_after_a_copy_of_it(tmp_path: Path, newer: Path) -> None:
    path = tmp_path / "study.qdaproj"
    shutil.copy(OLD / "v1.qdaproj", path)
    before = everything(path)
    write_migration(newer, "op.add_column('code', sa.Column('note', sa.String(), nullable=True))")
    with Project.open(path) as project, project.read() as db:
        assert "note" in {row[1] for row in db.execute(text("PRAGMA table_info(code)"))}
        assert db.execute(text("SELECT count(*) FROM coding")).scalar_one() > 0
    assert engines.identify(path).version == engines.SCHEMA_VERSION
    copy = tmp_path / "study.v1.qdaproj.bak"
    assert everything(copy) == before


def test_a_table_can_be_made_anew_under_its_references(tmp_path: Path, newer: Path) -> None:
    path = tmp_path / "study.qdaproj"
    shutil.copy(OLD / "v1.qdaproj", path)
    write_migration(
        newer,
        "with op.batch_alter_table('code', recreate='always') as batch:",
        "    batch.add_column(sa.Column('note', sa.String(), nullable=True))",
    )
    with Project.open(path) as project:
        assert project.check() == []
        with project.read() as db:
            assert db.execute(text("SELECT count(*) FROM code")).scalar_one() > 0


@pytest.mark.parametrize(
    "fault",
    [
        "raise RuntimeError('a fault')",
        "op.execute('UPDATE coding SET code_id = 9999')",  # leaves references to nothing
    ],
)
def test_a_failed_migration_leaves_the_file_as_it_was(tmp_path: Path, newer: Path, fault: str) -> None:
    path = tmp_path / "study.qdaproj"
    shutil.copy(OLD / "v1.qdaproj", path)
    before = everything(path)
    write_migration(newer, "op.add_column('code', sa.Column('note', sa.String(), nullable=True))", fault)
    with pytest.raises(RuntimeError):
        Project.open(path)
    assert everything(path) == before
    assert not path.with_name(f"{path.name}-wal").exists()


def test_without_a_sound_copy_nothing_is_migrated(
    tmp_path: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "study.qdaproj"
    shutil.copy(OLD / "v1.qdaproj", path)
    with path.open("rb+") as stream:  # a page in the middle is gone
        stream.seek(path.stat().st_size // 8192 * 4096)
        stream.write(b"\xff" * 4096)
    before = path.read_bytes()
    write_migration(newer, "op.add_column('code', sa.Column('note', sa.String(), nullable=True))")
    with pytest.raises(KnownError, match="safety copy"):
        Project.open(path)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.bak"))


def test_a_file_of_the_next_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = empty_file(tmp_path / "later.qdaproj", engines.SCHEMA_VERSION + 1)
    before = path.read_bytes()
    with pytest.raises(KnownError, match="newer version"):
        Project.open(path)
    assert path.read_bytes() == before


def test_an_older_file_that_may_only_be_read_is_refused_in_words(tmp_path: Path, newer: Path) -> None:
    path = tmp_path / "study.qdaproj"
    shutil.copy(OLD / "v1.qdaproj", path)
    before = path.read_bytes()
    with pytest.raises(KnownError, match="older version"):
        Project.open(path, read_only=True)
    assert path.read_bytes() == before
    assert list(tmp_path.glob("*.bak")) == []


def test_two_copies_of_the_same_version_do_not_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "study.qdaproj"
    shutil.copy(OLD / "v1.qdaproj", path)
    assert migrating.snapshot(path, 1).name == "study.v1.qdaproj.bak"
    assert migrating.snapshot(path, 1).name == "study.v1-2.qdaproj.bak"


def test_migrations_run_inside_the_transaction_of_their_caller(tmp_path: Path) -> None:
    path = empty_file(tmp_path / "old.qdaproj")
    engine = engines.migrating_engine(path)

    def upgraded(connection: Connection) -> None:
        migrating.upgrade(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        upgraded(connection)
    engine.dispose()
    assert structure(path) == {}
