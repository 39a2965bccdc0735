"""The demo study: its raw files, and the work on them replayed act by act from a script.

The script (``resources/demo/acts.de/*.jsonl``) holds one act a line: ``at`` (local time), ``by``
(coder), ``phase``, ``act`` and the parameters of the act. Instead of positions it names passages as
``{"source": …, "in": paragraph, "quote": exact words}``; instead of GUIDs it names codes, relations and the
rest as a person does. Every act goes through the table of acts, as one unit of the history. In another
language the same lines are done with the words of :mod:`qda.demo.wording`.
"""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from qda import resources
from qda.demo.places import passage_in
from qda.demo.replay import CODER, Replay, Told, ignore
from qda.demo.script import SCRIPT, Line, files, lines, moment
from qda.demo.wording import Wording
from qda.errors import KnownError
from qda.i18n import Language, _, use_language
from qda.models import Project

__all__ = [
    "CODER",
    "TEMPLATE",
    "TITLE",
    "Line",
    "Replay",
    "Told",
    "Wording",
    "build",
    "files",
    "languages",
    "lines",
    "moment",
    "passage_in",
    "title",
    "untranslated",
]

TITLE: Final = "Verbindlichkeit ohne Weisungsbefugnis"
TEMPLATE: Final = "hajji"
_START: Final = datetime(2024, 10, 1, 8, 55, tzinfo=timezone(timedelta(hours=2)))


class _ReplayedProject(Project):
    """A project whose first entry already bears the date on which the study began."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        super().__init__(path, read_only=read_only)
        self.clock = lambda: _START


def languages() -> tuple[str, ...]:
    """The languages in which the demo study exists."""
    return tuple(sorted(p.suffix[1:] for p in resources.path("demo").glob("acts.*") if p.is_dir()))


def title(language: Language) -> str:
    """What the study is called in ``language``."""
    return Wording(language).name(TITLE)


def build(path: str | Path, *, language: Language = "de", told: Told = ignore, until: str = "") -> Project:
    """Makes the demo study at ``path`` and hands it over open; the current coder is :data:`CODER`.

    In another language than German names, definitions, memos and the rest of the work are in that language;
    documents with their titles and codes in vivo stay German. ``told`` hears after each act how many of how
    many are done; what it raises ends the building, and nothing is left. ``until``: the study as it stood
    before the file of the script that begins so ("07").

    :raises KnownError: the file exists, the study does not exist in this language, or a line of the script
        does not fit (the sentence names the file, the line and the quote).
    """
    if language not in languages():
        raise KnownError(_("The demo study does not exist in this language ({name}).").format(name=language))
    wording = Wording(language)
    with use_language(language):
        project = _ReplayedProject.create(
            path, title=wording.name(TITLE), language=language, template=TEMPLATE, coder=CODER
        )
        try:
            Replay(project, wording, told).run(resources.path("demo", SCRIPT), until=until)
        except BaseException:
            project.close()
            Path(path).unlink(missing_ok=True)
            raise
    return project


def untranslated(language: Language) -> list[str]:
    """What of the script has no translation: "file, line: words", in the order of the script."""
    wording = Wording(language)
    found: list[str] = []
    for file in files():
        for number, line in lines(file):
            missing: list[str] = []
            wording.line(line, file.stem, missing)
            found += [f"{file.name}, {number}: {words}" for words in missing]
    return found
