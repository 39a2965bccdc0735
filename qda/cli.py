"""The way in: ``qda`` alone or with a project opens the window, with a word it does that without one.

Nothing heavy is imported before it is known which of the two is wanted. Exit codes: 0 done, 1 a problem of
the user's world (one sentence on standard error), 2 wrong usage.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from qda.errors import KnownError, UsageError
from qda.i18n import LANGUAGES, _, set_language, system_language

VERBS: Final = (
    "demo",
    "new",
    "import",
    "list",
    "text",
    "code",
    "do",
    "search",
    "retrieve",
    "compare",
    "suggest",
    "report",
    "check",
    "undo",
    "redo",
    "history",
    "doctor",
)
_HEADER: Final = (b"SQLite format 3\0", b"qda1")  # at bytes 0 and 68 of a project


def main(argv: Sequence[str] | None = None) -> int:
    """The command ``qda``; returns its exit code."""
    # Its matrices are small; several threads of a linear algebra would wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    words = list(sys.argv[1:] if argv is None else argv)
    set_language(system_language())
    try:
        return _done(words)
    except UsageError as problem:
        _tell(problem.sentence)
        return 2
    except KnownError as problem:
        _tell(problem.sentence)
        return 1
    except KeyboardInterrupt:
        return 130


def _done(words: list[str]) -> int:
    words = _with_language(words)
    if not words or not (words[0] in VERBS or words[0].startswith("-")):
        return _open_window(words)
    from qda.command_line.app import run

    return run(words)


def window() -> int:
    """The command ``qda-window``: the window without a console, for menus and double clicks."""
    set_language(system_language())
    try:
        return open_window(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    except KnownError as problem:
        _tell(problem.sentence)
        return 1


def _tell(sentence: str) -> None:
    if sys.stderr is not None:  # a program without a console has none
        sys.stderr.write(" ".join(sentence.split()) + "\n")


def _with_language(words: list[str]) -> list[str]:
    """Takes ``--language de|en`` off the front."""
    if not words or not words[0].startswith("--language"):
        return words
    option, given, value = words[0].partition("=")
    if option != "--language":
        return words
    rest = words[1:] if given else words[2:]
    if not given:
        value = words[1] if len(words) > 1 else ""
    for known in LANGUAGES:
        if value == known:
            set_language(known)
            os.environ["QDA_LANGUAGE"] = known  # what the window takes for the system's language
            return rest
    raise UsageError(_("The language is one of: {names}.").format(names=", ".join(LANGUAGES)))


def _open_window(words: list[str]) -> int:
    if len(words) > 1:
        raise UsageError(
            _("There is no command “{name}”. “qda --help” shows all; “qda PROJECT” opens the window.").format(
                name=words[0]
            )
        )
    path = Path(words[0]) if words else None
    if path is not None:
        _look_at(path)
    return open_window(path)


def _look_at(path: Path) -> None:
    """Refuses what is no project before a window opens."""
    with suppress(OSError, ValueError), path.open("rb") as stream:
        head = stream.read(100)
        if head[:16] == _HEADER[0] and head[68:72] == _HEADER[1]:
            return
    from qda.models.engines import identify

    identify(path)


def open_window(path: Path | None) -> int:
    """Opens the window (with a project) and waits until it is closed; returns the exit code."""
    from qda.preflight import require_window

    require_window()
    from qda.ui.app import run

    return run([str(path)] if path else [])


if __name__ == "__main__":
    sys.exit(main())
