"""What a person has set for the window on this machine, and which studies were open last.

Kept beside the studies, never in them. Nothing here is needed to read a study.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, cast

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from qda import i18n
from qda.i18n import Language, Spelling
from qda.ui.theme import Scheme

LanguageChoice = Literal["system", "de", "en"]
ENVIRONMENT: Final = "QDA_SETTINGS"  # path of another settings file: for trials and tests
MOST_RECENT: Final = 12
LEAST_READING_SIZE, MOST_READING_SIZE = 60, 260  # per cent, by keys and wheel
READING_SIZES: Final = (90, 100, 110, 125, 150, 175)  # per cent of the drawn size


@dataclass(frozen=True, slots=True)
class Recent:
    """A study that was open; the counts are those of its last closing."""

    path: str
    title: str
    opened: str  # ISO moment
    interviews: int = 0
    codings: int = 0

    @property
    def moment(self) -> datetime:
        """When it was open last."""
        return datetime.fromisoformat(self.opened)

    @property
    def exists(self) -> bool:
        """Whether the file is where it was; the file is not opened."""
        return Path(self.path).is_file()


class Preferences:
    """Typed access to the settings; every change is kept at once."""

    def __init__(self) -> None:
        path = os.environ.get(ENVIRONMENT)
        form = QSettings.Format.IniFormat
        self._kept = (
            QSettings(path, form) if path else QSettings(form, QSettings.Scope.UserScope, "qda", "qda")
        )

    def _text(self, key: str, default: str) -> str:
        return str(self._kept.value(key, default) or default)

    def _one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self._text(key, allowed[0])
        return value if value in allowed else allowed[0]

    @property
    def language(self) -> LanguageChoice:
        """The language of the window, or the system's."""
        return cast(LanguageChoice, self._one_of("language", ("system", "de", "en")))

    @language.setter
    def language(self, value: LanguageChoice) -> None:
        self._kept.setValue("language", value)

    @property
    def spelling(self) -> Spelling:
        """Kode or Code, in German."""
        return cast(Spelling, self._one_of("spelling", ("kode", "code")))

    @spelling.setter
    def spelling(self, value: Spelling) -> None:
        self._kept.setValue("spelling", value)

    @property
    def theme(self) -> Scheme:
        """Light, dark, or as the system has it."""
        return cast(Scheme, self._one_of("theme", ("system", "light", "dark")))

    @theme.setter
    def theme(self, value: Scheme) -> None:
        self._kept.setValue("theme", value)

    @property
    def reading_face(self) -> str:
        """The family that transcripts are read in; empty for the first known one."""
        return self._text("reading_face", "")

    @reading_face.setter
    def reading_face(self, value: str) -> None:
        self._kept.setValue("reading_face", value)

    @property
    def reading_size(self) -> int:
        """Size of the reading face, in per cent of the drawn one; any, by keys and wheel in the text."""
        try:
            value = int(self._text("reading_size", "100"))
        except ValueError:
            return 100
        return min(max(value, LEAST_READING_SIZE), MOST_READING_SIZE)

    @reading_size.setter
    def reading_size(self, value: int) -> None:
        self._kept.setValue("reading_size", str(value))

    @property
    def where_on_opening(self) -> bool:
        """Whether a study that is opened says where one was."""
        return self._text("where_on_opening", "yes") != "no"

    @where_on_opening.setter
    def where_on_opening(self, value: bool) -> None:
        self._kept.setValue("where_on_opening", "yes" if value else "no")

    @property
    def saving_folder(self) -> Path:
        """Where a report or picture was saved last; the folder for documents where that is gone."""
        folder = Path(self._text("reports/folder", "") or documents_folder())
        return folder if folder.is_dir() else documents_folder()

    @saving_folder.setter
    def saving_folder(self, value: Path) -> None:
        self._kept.setValue("reports/folder", str(value))

    @property
    def coder(self) -> str:
        """The sign that new studies begin with; never the login name."""
        return self._text("coder", "")

    @coder.setter
    def coder(self, value: str) -> None:
        self._kept.setValue("coder", value)

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty at the first start."""
        return self._bytes("geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._kept.setValue("geometry", value)

    def _bytes(self, key: str) -> QByteArray:
        value = self._kept.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def current_language(self) -> Language:
        """The language that the choice comes to on this machine."""
        return i18n.system_language() if self.language == "system" else self.language

    # -- studies --------------------------------------------------------------------------------------------

    def recents(self) -> list[Recent]:
        """Studies that were open, the last one first."""
        try:
            rows = json.loads(self._text("recents", "[]"))
            return [Recent(**row) for row in rows]
        except (ValueError, TypeError):  # the file was written by hand, or by another version
            return []

    def remember(self, recent: Recent) -> None:
        """Puts a study at the head of the list."""
        rows = [recent, *(r for r in self.recents() if r.path != recent.path)]
        self._kept.setValue("recents", json.dumps([asdict(r) for r in rows[:MOST_RECENT]]))

    def forget(self, path: str) -> None:
        """Takes a study off the list; its file stays."""
        rows = [r for r in self.recents() if r.path != path]
        self._kept.setValue("recents", json.dumps([asdict(r) for r in rows]))

    def study_state(self, path: str) -> str:
        """The workspace that was in front when the study at ``path`` was closed."""
        return self._text(f"front/{_key(path)}", "")

    def keep_study_state(self, path: str, workspace: str) -> None:
        """Remembers the workspace in front."""
        self._kept.setValue(f"front/{_key(path)}", workspace)

    def sync(self) -> None:
        """Writes everything to the disk now."""
        self._kept.sync()


def _key(path: str) -> str:
    from hashlib import sha1

    return sha1(path.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:16]


def moment() -> str:
    """Now, as kept in the list."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def documents_folder() -> Path:
    """The user's folder for documents, else home."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


def file_name_for(title: str) -> str:
    """A file name that every system takes, made from a title."""
    kept = "".join(" " if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in title)
    return (" ".join(kept.split()).strip(". ")[:120] or "qda") + ".qdaproj"


def free_path(folder: Path, title: str) -> Path:
    """A path in ``folder`` for a study of this title that does not exist yet."""
    first = folder / file_name_for(title)
    path, number = first, 2
    while path.exists():
        path = first.with_name(f"{first.stem} {number}{first.suffix}")
        number += 1
    return path
