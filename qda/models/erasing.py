"""Deleting for good: rows, names, and every trace of them in the history, the index, originals, snapshots.

Everything else in a project can be undone; this cannot. The file is held alone, one unit of work is written
whose entries keep nothing of what went, the history forgets it (:mod:`qda.models.forgetting`), the file is
written anew without it, and then searched byte by byte.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, select, text, true, update
from sqlalchemy.orm import Session

from qda.errors import KnownError
from qda.i18n import _
from qda.models import snapshots
from qda.models.forgetting import Trace, forget, rows_of, without_content
from qda.models.journal import ENTITIES, Collector, Recorded, table_of, target_of
from qda.models.material import Original, Setting, Source, without_analyses
from qda.models.names import Names, left_in_bytes, left_in_rows, replace_in_history, replace_in_rows
from qda.models.project import Project
from qda.models.suggested import SuggestionEvent

_INDEXES = ("paragraph_words", "paragraph_parts")


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What :func:`scrub` found: fields of rows, documents among them, entries of the history, its acts that
    cannot be undone any more, originals and safety copies that went.
    """

    fields: int
    documents: int
    entries: int
    closed: int
    originals: int
    snapshots: int


@dataclass(slots=True)
class Erasing:
    """A running deletion for good.

    ``words``: what the history is searched for, too; ``passages``: texts that must not be quoted in it;
    ``fields``: further columns (table, GUID, column) of which the history forgets what stood in them;
    ``originals``: hashes of files that go, where no document has them any more. In the end ``closed`` is
    how many acts cannot be taken back any more, ``dropped`` how many originals went.
    """

    session: Session
    fields: set[tuple[str, str, str]] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    passages: list[str] = field(default_factory=list)
    originals: set[str] = field(default_factory=set)
    closed: int = 0
    dropped: int = 0


@contextmanager
def erasing(project: Project, label: str) -> Iterator[Erasing]:
    """Everything that the block deletes and changes through the session, it deletes and changes for good.

    One entry stays in the history (``label``, with the GUIDs of the rows and nothing of them); acts that
    had to do with these rows cannot be undone any more.

    :raises KnownError: another window has the file open; nothing was changed then.
    """
    with project.alone():
        with project.unit(label, undoable=False) as session:
            work = Erasing(session)
            yield work
            forget_all(work)
        snapshots.remove(project.path)


def erase(
    project: Project,
    *,
    guids: Mapping[str, Collection[str]],
    words: Collection[str] = (),
    label: str | None = None,
) -> None:
    """Deletes rows (table → GUIDs) for good; ``words`` must not stay in the history either.

    :raises KnownError: something else refers to them, or another window has the file open.
    """
    with erasing(project, label or _("Delete for good")) as work:
        work.words.update(words)
        for table in _children_first(guids):
            entity = ENTITIES[table]
            for row in work.session.scalars(select(entity).where(entity.guid.in_(list(guids[table])))):
                if isinstance(row, Source) and row.original_sha256:
                    work.originals.add(row.original_sha256)
                work.session.delete(row)
            work.session.flush()


def _children_first(tables: Collection[str]) -> list[str]:
    """Tables in the order in which their rows can go: what refers goes before what it refers to."""
    order: list[str] = []

    def place(name: str) -> None:
        if name in order:
            return
        order.append(name)
        for column in table_of(ENTITIES[name]).columns:
            target = target_of(column)
            if target is not None and target.name in ENTITIES and target.name != name:
                if target.name in order:
                    order.remove(target.name)
                place(target.name)

    for name in ("evidence", "segment", "source", "code"):
        place(name)
    rank = {name: number for number, name in enumerate(order)}
    return sorted(tables, key=lambda name: rank.get(name, -1))


def forget_all(work: Erasing) -> None:
    """The history, originals, side data and index forget what the running unit has deleted and changed."""
    work.session.flush()
    collector: Collector = work.session.info["collector"]
    connection = work.session.connection()
    trace = Trace.of(collector.changes, words=work.words, passages=work.passages)
    for table, guid, column in work.fields:
        trace.fields[table, guid].add(column)
    for change in collector.changes:
        if change.op == "bundle-out":
            trace.add_bundle(change.guid, change.old)
            work.originals.add(change.old["source"].get("original_sha256") or "")
    work.closed = forget(connection, trace)
    work.originals |= trace.originals
    work.dropped = _drop_originals(connection, work.originals)
    _drop_settings(connection, trace)
    drop_analyses(connection)
    _drop_suggestions(connection, trace)
    rebuild_index(connection)
    collector.changes[:] = without_content(collector.changes)


def _drop_originals(connection: Connection, hashes: Collection[str]) -> int:
    """Deletes the bytes of these files, unless a document still stands on them; how many there were."""
    kept = set(connection.execute(select(Source.original_sha256)).scalars())
    there = set(connection.execute(select(Original.sha256)).scalars())
    gone = there.intersection(hashes) - kept
    for one in gone:
        connection.execute(delete(Original).where(Original.sha256 == one))
    return len(gone)


def _drop_settings(connection: Connection, trace: Trace) -> None:
    """Side data that names a row that is gone (places of reading), or quotes it (drafts)."""
    for key, value in connection.execute(select(Setting.key, Setting.value)).all():
        if trace.quotes(value) or any(guid in key or guid in value for guid in trace.guids):
            connection.execute(delete(Setting).where(Setting.key == key))


def _drop_suggestions(connection: Connection, trace: Trace) -> None:
    """What was proposed for texts that are gone; of the rest no words of theirs stay."""
    row = SuggestionEvent
    for guid in trace.guids:
        connection.execute(delete(row).where(row.source_guid == guid))
    for guid in {*trace.guids, *trace.documents}:
        likened = (row.source_guid == guid) | (row.like_source == guid)
        connection.execute(update(row).where(likened).values(name="", words="", reason=""))
    for found in connection.execute(select(row.id, row.name, row.words, row.reason)).all():
        if any(trace.quotes(written) for written in found[1:]):
            connection.execute(update(row).where(row.id == found.id).values(name="", words="", reason=""))


def drop_analyses(connection: Connection, *, of_living: bool = False) -> None:
    """Deletes what the language tools read in texts that are in the project no more; or in all texts."""
    for statement in without_analyses(true() if of_living else None):
        connection.execute(statement)


def rebuild_index(connection: Connection) -> None:
    """Makes the search index anew from the paragraphs: nothing else stays in it."""
    for index in _INDEXES:
        connection.execute(text(f"INSERT INTO {index}({index}) VALUES ('rebuild')"))


# -- names --------------------------------------------------------------------------------------------------


def scrub(project: Project, *, replacements: Mapping[str, str], label: str | None = None) -> Scrubbed:
    """Replaces every clear name (each form as written → pseudonym) in all that the project holds, for good.

    Texts, memos, names, labels of the history and what it keeps, settings; whole words only, the longest
    form first. Originals in which a name stands and all safety copies go. Acts of which the history kept
    a name cannot be undone any more.

    :raises KnownError: a pseudonym holds a clear name, another window has the file open, or (a fault of the
        program) a name was found in the file afterwards.
    """
    names = Names.of(replacements)
    with project.alone():
        with project.unit(label or _("Delete clear names for good"), undoable=False) as session:
            collector: Collector = session.info["collector"]
            documents = _replace_in_texts(session, names)
            connection = session.connection()
            # All of them: their bytes are packed, and nobody could prove that no name stands in them.
            drop_analyses(connection, of_living=True)
            # Words are kept there in small letters and in parts: a name would not be found in them.
            connection.execute(update(SuggestionEvent).values(words=""))
            touched, fields = replace_in_rows(connection, names)
            entries, units, hashes = replace_in_history(connection, names)
            documents |= {guid for table, guid in touched if table == "source"}
            originals = _drop_named_originals(connection, names, documents, hashes)
            rebuild_index(connection)
            touched -= set(rows_of(collector.changes))
            collector.changes[:] = without_content(
                [*(Recorded("erased", *row) for row in sorted(touched)), *collector.changes]
            )
            if left := left_in_rows(connection, names):
                raise _left(left)
        copies = snapshots.remove(project.path)
    if left := left_in_bytes(snapshots.files(project.path), names):
        raise _left(left)
    return Scrubbed(fields, len(documents), entries, units, originals, copies)


def _left(where: str) -> KnownError:
    return KnownError(
        _(
            "A clear name was still found in {where}. This is a fault of the program; please report it."
        ).format(where=where)
    )


def _replace_in_texts(session: Session, names: Names) -> set[str]:
    """Names that still stand in stored texts go as corrections do: positions follow."""
    from qda.models.splicing import Hunk, splice

    found: set[str] = set()
    for source in session.scalars(select(Source)):
        places = names.places(source.text)
        if places:
            splice(session, source, [Hunk(at, removed, inserted) for at, removed, inserted in places])
            found.add(source.guid)
    session.flush()
    return found


def _drop_named_originals(
    connection: Connection, names: Names, documents: Collection[str], hashes: set[str]
) -> int:
    """Originals of documents in which a name stood, and those in which one is found."""
    of_documents = select(Source.original_sha256).where(Source.guid.in_(list(documents)))
    gone = hashes | {h for h in connection.execute(of_documents).scalars() if h}
    for sha in list(connection.execute(select(Original.sha256)).scalars()):
        if sha not in gone:
            data = connection.execute(select(Original.data).where(Original.sha256 == sha)).scalar_one()
            if names.in_file(data):
                gone.add(sha)
    for sha in gone:
        connection.execute(update(Source).where(Source.original_sha256 == sha).values(original_sha256=None))
        connection.execute(delete(Original).where(Original.sha256 == sha))
    return len(gone)
