"""The act that checks the quotations of a finished text: it reads the file, compares, and may write a list.

It only asks: nothing of the study changes.
"""

from pathlib import Path

from qda.coding.quotations.checking import Progress, check
from qda.coding.quotations.findings import Checked, summary
from qda.errors import UsageError
from qda.exchange.manuscripts import Manuscripts
from qda.i18n import _
from qda.models import Project


def check_quotes(project: Project, *, file: str, save: str = "", every: bool = False) -> str:
    """Compare the quotations of a finished text (docx, odt, pdf, md, txt) with the documents of the study.

    ``save`` is a file for the list (docx, html, xlsx, csv, md); with ``every`` it has the right ones, too.
    Returns what was found in a sentence.
    """
    return summary(checked_file(project, Path(file), save=save, every=every))


def checked_file(
    project: Project,
    file: Path,
    *,
    save: str = "",
    every: bool = False,
    manuscripts: Manuscripts | None = None,
    progress: Progress | None = None,
) -> Checked:
    """As :func:`check_quotes`, with all that was found.

    :raises KnownError: the file cannot be read, or the list not be written.
    """
    from qda.reports.quotations import FORMATS, save_list

    out = Path(save)
    if save and out.suffix[1:].lower() not in FORMATS:
        raise UsageError(
            _("The list can be written as {formats}, not as “{name}”.").format(
                formats=", ".join(FORMATS), name=out.name
            )
        )
    paragraphs = (manuscripts or Manuscripts()).read(file)
    checked = check(project, paragraphs, progress=progress)
    if save:
        save_list(checked, out, name=file.name, created=project.clock(), every=every)
    return checked
