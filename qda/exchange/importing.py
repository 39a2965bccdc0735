"""Files into a project: each is read in a child process, and all that could be read are one unit of work.

Reading and storing overlap: the child reads ahead while the parent stores. Whatever stops the import leaves
the project as it was.
"""

import contextvars
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qda.coding import comments, documents
from qda.coding.documents import SourceKind, SpeakerDecision, known_files
from qda.coding.transcript import TranscriptDraft
from qda.errors import KnownError
from qda.exchange.reader import CancelledError, Reader, ReadFile
from qda.exchange.survey_columns import ColumnGuess
from qda.exchange.tables_in import Table
from qda.exchange.undisturbed import undisturbed
from qda.i18n import _, ngettext
from qda.models import Project

__all__ = (
    "Decision",
    "Imported",
    "ReadFile",
    "Reader",
    "SpeakerDecision",
    "SpeakerTold",
    "TableDecision",
    "import_files",
    "known_files",
    "proposed",
    "store",
)

_AHEAD: Final = 6  # files that are read before they are stored
_AT_ONCE: Final = 24  # documents that are indexed together
_POSTSCRIPT: Final = ("postskript", "postscript")
_FIELD_NOTE: Final = ("beobachtung", "field note", "feldnotiz")


@dataclass(frozen=True, slots=True)
class Decision:
    """How a file is to come in.

    ``case`` and ``group`` are GUIDs or names (made if new); ``comments``: those in the margin become memos;
    ``again``: also where the file is in the study already.
    """

    title: str
    kind: SourceKind
    language: str = ""
    case: str = ""
    group: str = ""
    speakers: tuple[SpeakerDecision, ...] = ()
    comments: bool = True
    again: bool = False


@dataclass(frozen=True, slots=True)
class TableDecision:
    """What each column of a table is; with an open answer among them it is a survey."""

    columns: tuple[ColumnGuess, ...]


Decided = Decision | TableDecision | None


@dataclass(frozen=True, slots=True)
class SpeakerTold:
    """A speaker as stored, with turns and words under all labels that were merged into this one."""

    label: str
    role: str
    name: str = ""
    turns: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file: ``error`` is a sentence where it did not come in, ``source`` a GUID else.

    ``memos`` is how many comments became memos. A table (family: survey or attributes) has several
    ``sources``, and ``cases`` and ``attributes``.
    """

    file: str
    format: str = ""
    encoding: str = ""
    family: str = ""
    source: str | None = None
    turns: int = 0
    speakers: tuple[SpeakerTold, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str | None = None
    title: str = ""
    memos: int = 0
    sources: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


# -- what is proposed ---------------------------------------------------------------------------------------


def title_of(path: Path) -> str:
    """The title a file gets: its name without suffix, underscores as blanks."""
    return " ".join(path.stem.replace("_", " ").split()) or path.name


def kind_of(title: str, draft: TranscriptDraft) -> SourceKind:
    """What a document seems to be: by the words of its title, else by its turns."""
    words = title.casefold()
    if any(word in words for word in _POSTSCRIPT):
        return "postscript"
    if any(word in words for word in _FIELD_NOTE):
        return "field_note"
    if draft.family == "none":
        return "document"
    respondents = [s for s in draft.speakers if s.role == "respondent"]
    return "focus_group" if len(respondents) > 2 else "interview"


def proposed(file: ReadFile) -> Decision:
    """What the program would do with a file; a person may change all of it.

    :raises KnownError: it could not be read.
    """
    if file.draft is None:
        raise KnownError(file.error or "", path=file.path)
    title = title_of(file.path)
    speakers = tuple(SpeakerDecision(s.label, s.role, name=s.name) for s in file.draft.speakers)
    return Decision(title, kind_of(title, file.draft), language=file.draft.language, speakers=speakers)


# -- storing ------------------------------------------------------------------------------------------------


def store(
    project: Project,
    files: Sequence[tuple[ReadFile, Decided]],
    *,
    progress: Callable[[int], bool] | None = None,
) -> list[Imported]:
    """Takes read files into the project as one unit of work; a bad one does not stop the others.

    No decision means what is :func:`proposed`. ``progress`` hears how many are done, and says False to stop.

    :raises CancelledError: stopped; nothing has changed then.
    """
    if not any(file.draft or file.table for file, _decision in files):
        return [_refused(file, file.error) for file, _decision in files]
    return _store(project, files, progress)


def _store(
    project: Project,
    files: Iterable[tuple[ReadFile, Decided]],
    progress: Callable[[int], bool] | None,
) -> list[Imported]:
    done: list[Imported] = []

    def label() -> str:
        good = sum(one.error is None for one in done)
        return ngettext("Import {n} document", "Import {n} documents", good).format(n=good)

    with undisturbed(), documents.taking_in_many(project, label) as bulk:
        shelf = _Shelf(project)
        for file, decision in files:
            before = len(bulk.waiting)
            done.append(_stored(project, shelf, file, decision))
            if done[-1].error is not None:
                del bulk.waiting[before:]  # what it had written is gone
            bulk.settle(_AT_ONCE)
            if progress is not None and not progress(len(done)):
                raise CancelledError
    return done


class _Shelf:
    """Titles and files that the study has."""

    def __init__(self, project: Project) -> None:
        self.before = known_files(project)
        self.now: dict[str, str] = {}
        self._titles = documents.titles(project)

    def free(self, title: str) -> str:
        """The title, with a number where it is taken."""
        found, number = title, 2
        while found in self._titles:
            found, number = f"{title} ({number})", number + 1
        return found

    def put(self, title: str, sha256: str) -> None:
        self._titles.add(title)
        self.now.setdefault(sha256, title)


def _refused(file: ReadFile, sentence: str | None) -> Imported:
    return Imported(str(file.path), error=sentence or _("It could not be read."))


def _stored(project: Project, shelf: _Shelf, file: ReadFile, decision: Decided) -> Imported:
    draft = file.draft
    if file.table is not None:
        return _table(project, file, file.table, decision)
    if draft is None:
        return _refused(file, file.error)
    if not isinstance(decision, Decision):
        decision = proposed(file)
    twin = shelf.before.get(file.sha256)
    if twin is not None and not decision.again:
        sentence = _("{name} is in the study already, as “{title}”; it was left out.")
        return _refused(file, sentence.format(name=file.path.name, title=twin))
    warnings = draft.warnings
    if twin := twin or shelf.now.get(file.sha256):
        warnings += (_("The same file is in the study as “{title}”.").format(title=twin),)
    title = shelf.free(" ".join(decision.title.split()) or title_of(file.path))
    try:
        with project.unit(title):
            guid, memos = _kept(project, file, draft, decision, title)
    except KnownError as problem:
        return _refused(file, problem.sentence)
    shelf.put(title, file.sha256)
    return Imported(
        file=str(file.path),
        format=draft.format,
        encoding=draft.encoding,
        family=draft.family,
        source=guid,
        turns=sum(p.opens_turn for p in draft.paragraphs),
        speakers=told(draft, decision.speakers),
        warnings=warnings,
        title=title,
        memos=memos,
    )


def _table(project: Project, file: ReadFile, table: Table, decision: Decided) -> Imported:
    from qda.exchange import tables_import

    columns = decision.columns if isinstance(decision, TableDecision) else None
    try:
        with project.unit(file.path.name):
            done = tables_import.bring_in(project, table, file=str(file.path), columns=columns)
    except KnownError as problem:
        return _refused(file, problem.sentence)
    return Imported(
        file=done.file,
        format=done.format,
        encoding=done.encoding,
        family=done.family,
        source=done.source,
        warnings=done.warnings,
        sources=done.sources,
        cases=done.cases,
        attributes=done.attributes,
    )


def _kept(
    project: Project, file: ReadFile, draft: TranscriptDraft, decision: Decision, title: str
) -> tuple[str, int]:
    guid = documents.take_in(
        project,
        draft=draft,
        title=title,
        kind=decision.kind,
        original=file.original,
        file_name=file.path.name,
        language=decision.language,
        case=decision.case,
        group=decision.group,
        speakers=decision.speakers,
    )
    memos = comments.keep(project, source=guid, draft=draft) if decision.comments else 0
    return guid, memos


def told(draft: TranscriptDraft, decisions: Sequence[SpeakerDecision]) -> tuple[SpeakerTold, ...]:
    """The speakers of a draft with turns and words, as decided."""
    last = documents.merged(draft, decisions)
    decided = {d.label: d for d in decisions}
    opened = dict.fromkeys(last.values(), 0)
    words = dict.fromkeys(last.values(), 0)
    for paragraph in draft.paragraphs:
        if paragraph.speaker is not None:
            label = last[paragraph.speaker]
            opened[label] += paragraph.opens_turn
            words[label] += len(draft.text[paragraph.label_stop : paragraph.stop].split())
    found = []
    for one in draft.speakers:
        if last[one.label] == one.label:
            chosen = decided.get(one.label)
            role, name = (chosen.role, chosen.name or one.name) if chosen else (one.role, one.name)
            found.append(SpeakerTold(one.label, role, name, opened[one.label], words[one.label]))
    return tuple(found)


# -- from the disk ------------------------------------------------------------------------------------------


def import_files(
    project: Project,
    paths: Iterable[str | Path],
    *,
    family: str | None = None,
    encoding: str | None = None,
    decide: Callable[[ReadFile], Decision] = proposed,
    progress: Callable[[int], bool] | None = None,
    reader: Reader | None = None,
) -> list[Imported]:
    """Reads and stores files. ``progress`` hears how many are done, and says False to stop.

    ``decide`` says how a file that could be read comes in. ``reader`` is one that the caller may cancel, and
    closes: it can serve several imports.

    :raises CancelledError: stopped; nothing has changed then.
    """
    wanted = [Path(path) for path in paths]
    with nullcontext(reader) if reader is not None else Reader() as reading:
        files = _read_ahead(reading, wanted, family, encoding)
        try:
            first = _up_to_a_good_one(files)
            if not any(
                file.draft or file.table for file in first
            ):  # nothing to store, and nothing to write for
                return [_refused(file, file.error) for file in first]
            return _store(project, _decided(first, files, decide), progress)
        finally:
            files.close()


def _up_to_a_good_one(files: Iterator[ReadFile]) -> list[ReadFile]:
    found: list[ReadFile] = []
    for file in files:
        found.append(file)
        if file.draft is not None or file.table is not None:
            break
    return found


def _decided(
    first: Iterable[ReadFile], files: Iterable[ReadFile], decide: Callable[[ReadFile], Decision]
) -> Iterator[tuple[ReadFile, Decided]]:
    for some in (first, files):
        for file in some:
            yield file, decide(file) if file.draft is not None else None


def _read_ahead(
    reader: Reader, paths: Sequence[Path], family: str | None, encoding: str | None
) -> Generator[ReadFile]:
    """Files in their order, a few of them read before they are asked for."""
    context = contextvars.copy_context()  # the language of sentences belongs to it
    waiting: deque[Future[ReadFile]] = deque()
    rest = iter(paths)
    with ThreadPoolExecutor(1, thread_name_prefix="reading ahead") as pool:

        def send() -> None:
            for path in rest:
                job = pool.submit(context.run, reader.read, path, family=family, encoding=encoding)
                waiting.append(job)
                if len(waiting) >= _AHEAD:
                    return

        try:
            send()
            while waiting:
                yield waiting.popleft().result()
                send()
        except BaseException:
            reader.cancel()
            raise
        finally:
            for job in waiting:
                job.cancel()
