"""Files into a project: every file is read first, then all that could be read come in as one unit of work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from qda.coding import documents
from qda.coding.transcript import TranscriptDraft, turns
from qda.errors import KnownError
from qda.exchange.reading import read_transcript
from qda.i18n import _, ngettext
from qda.models import Project


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file: ``error`` is a sentence where it did not come in, ``source`` a GUID else."""

    file: str
    format: str = ""
    encoding: str = ""
    family: str = ""
    source: str | None = None
    turns: int = 0
    speakers: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that has been read and waits to be stored, or the sentence that says why not."""

    path: Path
    draft: TranscriptDraft | None
    original: bytes
    error: str | None


def read(path: Path) -> ReadFile:
    """Reads one file; a file that cannot be read gives its sentence."""
    try:
        draft = read_transcript(path)
        return ReadFile(path, draft, path.read_bytes(), None)
    except KnownError as problem:
        return ReadFile(path, None, b"", problem.sentence)


def title_of(path: Path) -> str:
    """The title a file gets: its name without suffix, underscores as blanks."""
    return " ".join(path.stem.replace("_", " ").split()) or path.name


def kind_of(title: str, draft: TranscriptDraft) -> documents.SourceKind:
    """What a document seems to be: by the words of its title, else by its turns."""
    words = title.casefold()
    if "postskript" in words or "postscript" in words:
        return "postscript"
    if "beobachtung" in words or "field note" in words or "feldnotiz" in words:
        return "field_note"
    if draft.family == "none":
        return "document"
    respondents = [s for s in draft.speakers if s.role == "respondent"]
    return "focus_group" if len(respondents) > 2 else "interview"


def store(project: Project, files: Iterable[ReadFile]) -> list[Imported]:
    """Takes read files into the project as one unit of work; a bad one does not stop the others."""
    files = list(files)
    good = sum(f.draft is not None for f in files)
    label = ngettext("Import {n} document", "Import {n} documents", good).format(n=good)
    if not good:
        return [Imported(str(f.path), error=f.error) for f in files]
    with project.unit(label):
        return [_stored(project, file) for file in files]


def _stored(project: Project, file: ReadFile) -> Imported:
    draft = file.draft
    if draft is None:
        return Imported(str(file.path), error=file.error)
    title = title_of(file.path)
    guid = documents.take_in(
        project,
        draft=draft,
        title=title,
        kind=kind_of(title, draft),
        original=file.original,
        file_name=file.path.name,
    )
    return Imported(
        str(file.path),
        draft.format,
        draft.encoding,
        draft.family,
        guid,
        len(turns(draft)),
        tuple((s.label, s.role) for s in draft.speakers),
        draft.warnings,
    )


def import_files(
    project: Project,
    paths: Iterable[str | Path],
    *,
    progress: Callable[[int], bool] | None = None,
) -> list[Imported]:
    """Reads and stores files. ``progress`` hears how many are read and says False to stop.

    :raises KnownError: stopped; nothing has come in then.
    """
    files: list[ReadFile] = []
    for path in paths:
        files.append(read(Path(path)))
        if progress is not None and not progress(len(files)):
            raise KnownError(_("The import was stopped. Nothing was changed."))
    return store(project, files)
