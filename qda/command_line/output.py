"""How commands speak: JSON and nothing else, or aligned columns and plain sentences."""

import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from qda.errors import KnownError
from qda.i18n import _

Row = Mapping[str, Any]


def say(sentence: str = "") -> None:
    """A line to standard output; a terminal that lacks a sign shows a question mark."""
    with _told():
        try:
            sys.stdout.write(f"{sentence}\n")
        except UnicodeEncodeError:
            code = sys.stdout.encoding or "ascii"
            sys.stdout.write(f"{sentence}\n".encode(code, "replace").decode(code))


def complain(sentence: str) -> None:
    """A line to standard error."""
    sys.stderr.write(" ".join(sentence.split()) + "\n")


def exactly(text: str) -> None:
    """``text`` as UTF-8, not one byte more or less, whatever the terminal's encoding and line ends."""
    with _told():
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()


def finish() -> None:
    """Makes sure that everything has been written.

    :raises KnownError: it has not (a full disk behind “>”).
    """
    with _told():
        sys.stdout.flush()


@contextmanager
def counting(words: str, whole: int) -> Iterator[Callable[[int], bool]]:
    """A line on a terminal's standard error that counts up to ``whole`` and goes in the end.

    ``words`` hold {n} and {all}. What is handed out never asks to stop.
    """
    shown = sys.stderr.isatty() and whole > 1
    longest = 0

    def count(done: int) -> bool:
        nonlocal longest
        if shown:
            line = words.format(n=done, all=whole)
            longest = max(longest, width(line))
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
        return True

    try:
        yield count
    finally:
        if longest:
            sys.stderr.write(f"\r{' ' * longest}\r")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # “| head” has read enough; the caller ends quietly
        raise
    except OSError as problem:
        # What could not be written is not tried again at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise KnownError(
            _("The output could not be written: {reason}.").format(reason=problem.strerror)
        ) from None


def as_json(value: object) -> None:
    """``value`` as JSON in UTF-8; moments of time in ISO 8601."""
    exactly(json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else list(value)


def width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def table(rows: Sequence[Row], columns: Sequence[tuple[str, str]]) -> None:
    """Rows in aligned columns under their headings; in a terminal the last column is cut to fit.

    ``columns`` are keys with headings.
    """
    if not rows:
        say(_("(nothing)"))
        return
    heads = [heading for _key, heading in columns]
    cells = [[_cell(row.get(key)) for key, _heading in columns] for row in rows]
    widths = [max(width(line[i]) for line in [heads, *cells]) for i in range(len(heads))]
    numeric = [all(isinstance(row.get(key), int | None) for row in rows) for key, _heading in columns]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for line in [heads, ["─" * w for w in widths], *cells]:
        say(_cut("  ".join(_padded(*one) for one in zip(line, widths, numeric, strict=True)).rstrip(), room))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat(sep=" ", timespec="minutes"))[:16]
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(_cell(one) for one in value)
    return " ".join(str(value).split())


def _padded(text: str, wanted: int, right: bool) -> str:
    space = " " * (wanted - width(text))
    return space + text if right else text + space


def _cut(line: str, room: int) -> str:
    if not room or width(line) <= room:
        return line
    return line[: max(1, room - 1)] + "…"
