"""The tutorial as it ships: its text in a language, its chapters, the transcripts it works on."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qda import resources
from qda.errors import KnownError
from qda.i18n import Language, _

INTERVIEWS: Final = ("Interview_A.docx", "Interview_B.docx")
_TIME: Final = re.compile(r" · \d\d:\d\d")
_NOT_IN_ANCHORS: Final = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the second level; ``anchor`` is what a link to it ends in."""

    title: str
    anchor: str

    @property
    def short(self) -> str:
        """The title without the time of day."""
        return _TIME.sub("", self.title)


def folder() -> Path:
    """Where text and pictures lie."""
    return resources.path("tutorial")


def text(language: Language) -> str:
    """The tutorial in ``language``, as Markdown."""
    return (folder() / f"tutorial.{language}.md").read_text(encoding="utf-8")


def anchor(title: str) -> str:
    """The anchor of a heading, as sites that show Markdown make it."""
    return _NOT_IN_ANCHORS.sub("", title.lower()).strip().replace(" ", "-")


def chapters(markdown: str) -> list[Chapter]:
    """The chapters in their order."""
    titles = re.findall(r"^## (.+?)\s*$", markdown, flags=re.MULTILINE)
    return [Chapter(title, anchor(title)) for title in titles]


def save_interviews(target: Path) -> list[Path]:
    """Copies the two transcripts into a folder; what has their name there already stays as it is.

    :raises KnownError: the folder does not take them.
    """
    saved = []
    for name in INTERVIEWS:
        path = target / name
        try:
            if not path.exists():
                shutil.copyfile(resources.path("demo", "raw", name), path)
        except OSError as error:
            raise KnownError(_("The transcripts could not be saved there."), path=target) from error
        saved.append(path)
    return saved
