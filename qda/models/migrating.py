"""Brings older project files up to date: a verified snapshot first, then one linear history of migrations."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from qda.errors import KnownError
from qda.i18n import _
from qda.models import engines

HEAD = "0006"


def stamp(connection: Connection) -> None:
    """Marks a new file as up to date, without importing Alembic."""
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def configuration() -> Any:
    """Alembic's configuration for the migrations in this package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def upgrade(connection: Connection) -> None:
    """Runs all migrations that the file behind ``connection`` lacks, in its transaction."""
    from alembic import command

    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA user_version={engines.SCHEMA_VERSION}")


def migrate(path: Path, version: int) -> Path:
    """Snapshot, check of the snapshot, migration; returns the snapshot's path.

    :raises KnownError: where no sound snapshot could be made; the file is unchanged then.
    """
    copy = snapshot(path, version)
    writer = engines.migrating_engine(path)
    try:
        with writer.begin() as connection:
            upgrade(connection)
            if strays := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                msg = f"the migration left references to nothing: {strays[:5]}"
                raise RuntimeError(msg)
    except DBAPIError as problem:
        known = engines.explain(problem, path)
        if known is None:
            raise
        raise known from problem
    finally:
        writer.dispose()
    return copy


def snapshot(path: Path, version: int) -> Path:
    """A verified copy of the project beside it, named by its version."""
    copy = path.with_name(f"{path.stem}.v{version}{path.suffix}.bak")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.stem}.v{version}-{number}{path.suffix}.bak")
    failed = KnownError(
        _("No safety copy of “{name}” could be made. Nothing was changed.").format(name=path.name), path=path
    )
    from sqlcipher3 import dbapi2

    try:
        source = dbapi2.connect(f"{engines.address(path)}?mode=ro", uri=True)
        target = dbapi2.connect(f"{engines.address(copy)}?mode=rwc", uri=True)
        try:
            source.backup(target)
            sound = target.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        finally:
            source.close()
            target.close()
    except dbapi2.Error as problem:
        copy.unlink(missing_ok=True)
        raise failed from problem
    if not sound:
        copy.unlink(missing_ok=True)
        raise failed
    return copy
