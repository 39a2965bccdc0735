"""A corrected file in place of a transcript."""

from pathlib import Path

from qda.coding import replacing
from qda.coding.references import SourceRef
from qda.coding.replacing import Replacement
from qda.errors import KnownError
from qda.exchange.reader import Reader, ReadFile
from qda.i18n import _
from qda.models import Project


def read_corrected(file: Path) -> ReadFile:
    """The corrected file, read in a process of its own.

    :raises KnownError: it cannot be read.
    """
    with Reader() as reader:
        read = reader.read(file)
    if read.draft is None:
        raise KnownError(read.error or _("It could not be read."), path=file)
    return read


def planned(project: Project, *, source: str, file: ReadFile) -> Replacement:
    """What :func:`replace_source` would do with a file that has been read."""
    assert file.draft is not None
    return replacing.plan_replacement(project, source=source, draft=file.draft)


def replace_source(project: Project, *, source: SourceRef, file: str) -> str:
    """Replaces a transcript by a corrected file; codings are carried over, what found no place is listed."""
    read = read_corrected(Path(file))
    return replace_by(project, source=source, file=read)


def replace_by(project: Project, *, source: str, file: ReadFile) -> str:
    """As :func:`replace_source`, with a file that has been read."""
    assert file.draft is not None
    return replacing.replace(
        project, source=source, draft=file.draft, original=file.original, file_name=file.path.name
    )
