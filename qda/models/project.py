"""A project: one file, two engines, units of work, undo and redo.

``with project.unit(_("Merge codes"))`` is one transaction, one undo step, one entry in the history. When the
outermost block ends, the act is on the disk; then those who subscribed learn what changed.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Executable, bindparam, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from qda.errors import KnownError
from qda.i18n import Language, _
from qda.models import engines, gone, journal, search_index
from qda.models.base import new_guid, now, storable, table_statements
from qda.models.journal import Collector
from qda.models.journal_tables import Change, Unit
from qda.models.material import Coder, ProjectSheet, Setting
from qda.models.narrowing import Narrowing, lay
from qda.models.reversing import apply_reversed
from qda.models.undo import Step, redoable, undoable

_SETTING = select(Setting.value).where(Setting.key == bindparam("key"))


@dataclass(frozen=True, slots=True)
class Touched:
    """One row that an act changed."""

    table: str
    guid: str
    op: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What a finished unit of work did."""

    unit: str
    label: str
    kind: str
    touched: tuple[Touched, ...]

    @property
    def tables(self) -> frozenset[str]:
        """Names of the tables with changed rows."""
        return frozenset(t.table for t in self.touched)


class Project:
    """An open project file. Make one with :meth:`create` or :meth:`open`; close it, or use ``with``."""

    def __init__(self, path: Path, *, read_only: bool, narrowed: Narrowing | None = None) -> None:
        self.path = path
        self.read_only = read_only
        self.narrowed = narrowed
        self.clock: Callable[[], datetime] = now
        self.phase = ""
        self.last_change: Changed | None = None
        part = partial(lay, wanted=narrowed) if narrowed is not None else None
        self._reader = engines.reader_engine(path, untouched=read_only, first=part)
        self._whole: Self | None = None
        self._writer = None if read_only else engines.writer_engine(path)
        self._guids: dict[tuple[str, int], str] = {}
        self._running = threading.local()  # a unit of work belongs to the thread that began it
        self._listeners: list[Callable[[Changed], None]] = []
        self._unheard: list[Changed] | None = None  # while the file is held alone nobody may read
        self._later: dict[str, str] = {}  # settings that wait for the end of another thread's unit of work

    # -- opening and closing ------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        title: str = "",
        language: Language = "de",
        template: str = "hajji",
        coder: str = "",
    ) -> Self:
        """Makes a new project file and opens it.

        :raises KnownError: the file exists, or its folder cannot be written.
        """
        path = Path(path)
        if path.exists():
            raise KnownError(
                _("“{name}” exists already. Nothing was changed.").format(name=path.name), path=path
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(exist_ok=False)
        except OSError as problem:
            raise KnownError(
                _("“{name}” cannot be made here: {reason}.").format(name=path.name, reason=problem.strerror),
                path=path,
            ) from None
        project = cls(path, read_only=False)
        try:
            with project._told():
                engines.new_file(path)
                project._begin_file(title or path.stem, language, template, coder.strip() or _("Me"))
        except BaseException:
            project._let_go()
            for part in ("", "-wal", "-shm", "-journal"):
                path.with_name(f"{path.name}{part}").unlink(missing_ok=True)
            raise
        return project

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False, narrowed: Narrowing | None = None) -> Self:
        """Opens a project file; with ``read_only`` no byte of it changes.

        A file or folder without the right to write is opened for reading. ``narrowed`` shows a part of the
        study as if it were the whole; that can only be read.

        :raises KnownError: missing, no project, newer, damaged or locked; older, and not to be written.
        """
        path = Path(path)
        identity = engines.identify(path)
        read_only = read_only or narrowed is not None or not _writable(path)
        if identity.version < engines.SCHEMA_VERSION:
            if read_only:
                raise KnownError(
                    _(
                        "“{name}” was saved by an older version of qda. Open it once where it can be written."
                    ).format(name=path.name),
                    path=path,
                )
            from qda.models.migrating import migrate

            migrate(path, identity.version)
        project = cls(path, read_only=read_only, narrowed=narrowed)
        try:
            project._take_up()
        except BaseException:
            project._let_go()
            raise
        return project

    @property
    def whole(self) -> Self:
        """The whole study, of which this may be a part; for what must know all, such as consent."""
        if self.narrowed is None:
            return self
        if self._whole is None:
            self._whole = type(self).open(self.path, read_only=True)
        return self._whole

    def _take_up(self) -> None:
        try:
            with self._told():
                if not self.read_only:
                    self._log_mode("WAL")
                whole = bool(self.setting("project"))
        except OperationalError as problem:  # tables are missing: it was never finished, or is damaged
            if "no such table" not in str(problem.orig):
                raise
            whole = False
        if not whole:
            raise KnownError(
                _("“{name}” is damaged. Please open a copy from a backup.").format(name=self.path.name),
                path=self.path,
            )

    def _begin_file(self, title: str, language: str, template: str, coder: str) -> None:
        from qda.models.migrating import stamp

        assert self._writer is not None
        self._log_mode("WAL")
        with self._writer.begin() as connection:
            for statement in table_statements():
                connection.exec_driver_sql(statement)
            search_index.create(connection)
            stamp(connection)
            for key in ("project", "replica"):
                connection.execute(insert(Setting).values(key=key, value=new_guid()))
        self.set_setting("coder", new_guid())
        with self.unit(_("New study"), undoable=False) as session:
            session.add(Coder(guid=self.setting("coder"), name=coder, created=self.clock()))
            session.add(ProjectSheet(title=title, language=language, template=template, created=self.clock()))

    def close(self) -> None:
        """Writes everything back into one plain file and lets go of it.

        A file that was removed or moved meanwhile is written again in its place.
        """
        if self._writer is not None and not self.path.exists():
            self._write_again()
            return
        self._keep_later()
        self._reader.dispose()
        if self._whole is not None:
            self._whole.close()
        if self._writer is not None:
            # Another window may have the file open: then the last one out does this.
            with suppress(KnownError):
                self._log_mode("DELETE")
            self._let_go()

    def _write_again(self) -> None:
        assert self._writer is not None
        with suppress(KnownError, OSError), self._told():
            gone.copy_held(self._writer, self.path)
        self._let_go()
        with suppress(OSError):  # the whole folder may be gone
            gone.put_back(self.path)

    def _let_go(self) -> None:
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _log_mode(self, mode: str) -> None:
        self._outside(f"PRAGMA journal_mode={mode}")

    def checkpoint(self) -> None:
        """Writes the log into the file (a copy of the file alone is then complete), without waiting.

        While a unit of work is running it does nothing: that one is not on the disk yet.
        """
        if self._writer is not None and not self._at_work():
            self._outside("PRAGMA wal_checkpoint(PASSIVE)")

    def _at_work(self) -> bool:
        """True while the one connection that writes is taken, by whichever thread."""
        assert self._writer is not None
        pool = self._writer.pool
        return isinstance(pool, QueuePool) and pool.checkedout() > 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Holds the file alone, in one plain file: what goes meanwhile leaves no byte in it.

        Listeners hear of it when the file is free again.

        :raises KnownError: another window has it open, or it can only be read; nothing was changed then.
        """
        self._demand_writing()
        if self._session is not None or self._unheard is not None:
            msg = "the file cannot be held alone inside a unit of work"
            raise RuntimeError(msg)
        self._unheard = []
        try:
            self._take_alone()
            yield
            self._outside("VACUUM")
        finally:
            self._free_again()
            heard, self._unheard = self._unheard, None
            for change in heard:
                self._tell(change)

    def _take_alone(self) -> None:
        self._reader.dispose()
        try:
            self._outside("PRAGMA secure_delete=ON")
            self._outside("PRAGMA locking_mode=EXCLUSIVE")
            self._log_mode("DELETE")
        except KnownError as problem:
            raise KnownError(
                _(
                    "“{name}” is open in another window. Nothing was changed; close it there and try again."
                ).format(name=self.path.name),
                path=self.path,
            ) from problem

    def _free_again(self) -> None:
        self._outside("PRAGMA locking_mode=NORMAL")
        self._outside("SELECT count(*) FROM setting")  # the lock goes with the next look into the file
        self._outside("PRAGMA secure_delete=OFF")
        self._log_mode("WAL")

    def _outside(self, pragma: str) -> None:
        """Sends the writer what cannot stand in a transaction."""
        assert self._writer is not None
        with self._told():
            connection = self._writer.raw_connection()
            try:
                connection.cursor().execute(pragma).fetchall()
            finally:
                connection.close()

    @property
    def _session(self) -> Session | None:
        return getattr(self._running, "session", None)

    @_session.setter
    def _session(self, session: Session | None) -> None:
        self._running.session = session

    # -- reading ------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for queries; inside a unit of work it sees what the unit has written."""
        if self._session is not None:
            self._session.flush()
            yield self._session.connection()
            return
        with self._told(), self._reader.begin() as connection:
            yield connection

    def setting(self, key: str, default: str = "") -> str:
        """A piece of side data (not journalled)."""
        if key in self._later:
            return self._later[key]
        with self.read() as db:
            value = db.execute(_SETTING, {"key": key}).scalar_one_or_none()
        return default if value is None else value

    def set_setting(self, key: str, value: str) -> None:
        """Keeps a piece of side data; where the file can only be read it is forgotten.

        While another thread writes, nobody waits for it: what is to be kept is written after that.
        """
        if self._writer is None:
            return
        if self._session is not None:
            self._session.merge(Setting(key=key, value=value))
            return
        if self._at_work():
            self._later[key] = value
            return
        self._later.pop(key, None)
        with self._told(), self._writer.begin() as connection, Session(connection) as session:
            session.merge(Setting(key=key, value=value))
            session.flush()

    def write_aside(self, statement: Executable) -> bool:
        """Writes side data in a table (not journalled, unheard); false where that cannot be done just now.

        That is where the file can only be read, and while another thread writes: nobody waits for it.
        """
        return self.work_aside(lambda connection: connection.execute(statement))

    def work_aside(self, work: Callable[[Connection], object]) -> bool:
        """As :meth:`write_aside`, for several statements in one transaction."""
        if self._session is not None:
            work(self._session.connection())
            return True
        if self._writer is None or self._at_work():
            return False
        with self._told(), self._writer.begin() as connection:
            work(connection)
        return True

    def _keep_later(self) -> None:
        with suppress(KnownError):  # they matter less than what was done
            for key, value in tuple(self._later.items()):
                self.set_setting(key, value)

    @property
    def coder(self) -> str:
        """GUID of the current coder."""
        return self.setting("coder")

    def use_coder(self, coder: str) -> None:
        """Makes ``coder`` (a GUID) the one who codes from now on."""
        self.set_setting("coder", coder)

    # -- writing ------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The session of the running unit of work."""
        if self._session is None:
            msg = "no unit of work is running"
            raise RuntimeError(msg)
        return self._session

    @contextmanager
    def unit(self, label: str | Callable[[], str], *, undoable: bool = True) -> Iterator[Session]:
        """One transaction, one undo step, one entry of the history; nested units join the outer one.

        ``label`` names the act in the language of the moment; it stays so in the history. A function is
        asked at the end, when it is known what was done.

        :raises KnownError: the file can only be read, is locked, or the disk is full; nothing is kept then.
        """
        if self._session is not None:
            with self._joining(self._session) as session:
                yield session
            return
        with self._writing(label, kind="do" if undoable else "start", reverses=None) as session:
            yield session

    @contextmanager
    def _joining(self, session: Session) -> Iterator[Session]:
        """A unit inside another: what fails in it leaves nothing, even where the outer one goes on."""
        session.flush()
        collector: Collector = session.info["collector"]
        before = len(collector.changes)
        part = session.begin_nested()
        try:
            yield session
            session.flush()
        except BaseException:
            part.rollback()
            del collector.changes[before:]
            self._guids.clear()
            raise
        part.commit()

    @contextmanager
    def _writing(
        self,
        label: str | Callable[[], str],
        *,
        kind: str,
        reverses: int | None,
        refused: str | None = None,
    ) -> Iterator[Session]:
        self._demand_writing()
        assert self._writer is not None
        collector = Collector(self._guids)
        with self._told(refused), self._writer.connect() as connection:
            coder = connection.execute(_SETTING, {"key": "coder"}).scalar_one()
            replica = connection.execute(_SETTING, {"key": "replica"}).scalar_one()
            session = Session(connection, expire_on_commit=False, info={"collector": collector})
            self._session = session
            try:
                yield session
                session.flush()
                unit = Unit(
                    label=storable(label if isinstance(label, str) else label()),
                    at=self.clock(),
                    coder=coder,
                    replica=replica,
                    kind=kind,
                    reverses=reverses,
                    phase=self.phase,
                )
                if collector.changes:
                    session.add(unit)
                    session.flush()
                    journal.store(session.connection(), unit.id, collector.changes)
                connection.commit()
            except BaseException:
                session.rollback()
                connection.rollback()
                self._guids.clear()
                raise
            finally:
                self._session = None
                session.close()
        self._keep_later()
        if collector.changes:
            self._finished(unit, collector)

    def _demand_writing(self) -> None:
        if self._writer is None:
            raise KnownError(
                _(
                    "“{name}” can only be read, not written. Nothing was changed; "
                    "copy it to a folder of your own."
                ).format(name=self.path.name),
                path=self.path,
            )

    def _finished(self, unit: Unit, collector: Collector) -> None:
        change = Changed(
            unit=unit.guid,
            label=unit.label,
            kind=unit.kind,
            touched=tuple(Touched(c.table, c.guid, c.op) for c in collector.changes),
        )
        if self._unheard is None:
            self._tell(change)
        else:
            self._unheard.append(change)

    def _tell(self, change: Changed) -> None:
        self.last_change = change
        for listener in tuple(self._listeners):
            listener(change)

    @contextmanager
    def _told(self, refused: str | None = None) -> Iterator[None]:
        try:
            yield
        except IntegrityError as problem:
            raise KnownError(
                refused or _("This would leave something without what it refers to. Nothing was changed.")
            ) from problem
        except PoolTimeoutError as problem:  # another thread's unit of work
            raise KnownError(
                _("Another act is still at work. Nothing was changed; please try again after it."),
                path=self.path,
            ) from problem
        except (DBAPIError, engines.raw_errors()) as problem:
            known = engines.explain(problem, self.path)
            if known is None:
                raise
            raise known from problem

    def subscribe(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """``listener`` hears of every finished unit; the function returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # -- undo and redo ------------------------------------------------------------------------------------

    def undo_label(self) -> str | None:
        """The name of the act that :meth:`undo` would take back."""
        step = self._step(undoable)
        return step.label if step else None

    def redo_label(self) -> str | None:
        """The name of the act that :meth:`redo` would bring back."""
        step = self._step(redoable)
        return step.label if step else None

    def step_labels(self) -> tuple[str | None, str | None]:
        """Both names at once, for menus that are named anew after every act."""
        with self.read() as db:
            coder = db.execute(_SETTING, {"key": "coder"}).scalar_one_or_none() or ""
            last, next_ = undoable(db, coder), redoable(db, coder)
        return last.label if last else None, next_.label if next_ else None

    def undo(self) -> str:
        """Takes back the current coder's last act and returns its name.

        :raises KnownError: nothing to undo, its data were deleted for good, or someone else changed the same
            thing since.
        """
        step = self._step(undoable)
        if step is None:
            raise KnownError(_("There is nothing to undo."))
        self._reverse(step, "undo")
        return step.label

    def redo(self) -> str:
        """Brings the act taken back last to life again and returns its name."""
        step = self._step(redoable)
        if step is None:
            raise KnownError(_("There is nothing to redo."))
        self._reverse(step, "redo")
        return step.label

    def _step(self, asked: Callable[[Connection, str], Step | None]) -> Step | None:
        coder = self.coder
        with self.read() as db:
            return asked(db, coder)

    def _reverse(self, step: Step, kind: str) -> None:
        if self._session is not None:
            msg = "undo inside a unit of work"
            raise RuntimeError(msg)
        if step.erased:
            raise KnownError(_("This cannot be undone: its data were deleted for good."))
        refused = _("This cannot be undone: something else has been built on it since.")
        with self._writing(step.label, kind=kind, reverses=step.unit, refused=refused) as session:
            changes = session.scalars(
                select(Change).where(Change.unit_id == step.unit).order_by(Change.seq)
            ).all()
            for change in changes:
                session.expunge(change)
            apply_reversed(session, changes)

    # -- the file -----------------------------------------------------------------------------------------

    def check(self) -> list[str]:
        """Faults of the file; empty where it is sound."""
        with self.read() as db:
            search_index.look_up_to_date(db)
            faults = [str(row[0]) for row in db.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
            faults += [
                _("A row of “{table}” refers to nothing.").format(table=row[0])
                for row in db.execute(text("PRAGMA foreign_key_check"))
            ]
            strays = db.execute(
                text(
                    "SELECT count(*) FROM segment JOIN source ON source.id = segment.source_id "
                    "WHERE segment.start < 0 OR segment.stop > source.length OR segment.start >= segment.stop"
                )
            )
            if count := strays.scalar_one():
                faults.append(_("{n} segments lie outside their text.").format(n=count))
        return faults

    def unit_count(self) -> int:
        """How many units of work the history holds."""
        with self.read() as db:
            return int(db.execute(select(func.count(Unit.id))).scalar_one())


def _writable(path: Path) -> bool:
    import os

    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
