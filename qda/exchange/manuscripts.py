"""A finished text (docx, odt, rtf, pdf, doc, md, txt, html) as paragraphs, read in a child process.

It is no transcript: nothing is cut off, no turns are looked for. Between the child and its parent a text
goes as a table, a row for each paragraph.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qda.coding.quotations.written import Written
from qda.errors import KnownError
from qda.exchange import wire, worker
from qda.exchange.raw import RawDocument, RawParagraph
from qda.exchange.reading import read_bytes
from qda.exchange.tables_in import Table
from qda.i18n import _

if TYPE_CHECKING:
    from qda.exchange.reader import Reader

FORMATS: Final = ("docx", "odt", "rtf", "pdf", "doc", "md", "txt", "html")
"""What can be read; what a file is, is told by its content."""

_COLUMNS: Final = ("text", "level", "note", "set_in", "page")
_PLAIN: Final = ("txt", "md")
_WRAPPED: Final = 120  # characters of a line, at most, where a program has broken lines
_SET_IN: Final = re.compile(r"(?:[ \t]*>[ \t>]*| {4,}|\t[ \t]*)(?=[^\s*+-])")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+")
_EMPHASIS: Final = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_NOTE: Final = re.compile(r"\[\^([^\]\s]{1,40})\]")
_NOTE_TEXT: Final = re.compile(r"\[\^([^\]\s]{1,40})\]:[ \t]*")


class Manuscripts:
    """Reads one text after the other; anyone may cancel."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: Reader | None = None
        self._cancelled = False

    def read(self, path: Path | str) -> tuple[Written, ...]:
        """The paragraphs of the file.

        :raises KnownError: it cannot be read, or somebody stopped it.
        """
        from qda.exchange.reader import Reader

        with self._lock:
            if self._cancelled:
                raise KnownError(_("The check was stopped."))
            self._reader = reader = Reader(module="qda.exchange.manuscripts")
        try:
            with reader:
                found = reader.read(path)
        except KnownError as problem:
            if self._cancelled:
                raise KnownError(_("The check was stopped.")) from problem
            raise
        finally:
            with self._lock:
                self._reader = None
        if found.table is None:
            raise KnownError(found.error or _("{name} holds no text.").format(name=Path(path).name))
        return tuple(_written(found.table))

    def cancel(self) -> None:
        """Stops what is being read, and everything after it."""
        with self._lock:
            self._cancelled = True
            reader = self._reader
        if reader is not None:
            reader.cancel()


def read_manuscript(path: Path | str) -> tuple[Written, ...]:
    """The paragraphs of a finished text.

    :raises KnownError: the file cannot be read.
    """
    return Manuscripts().read(path)


def _written(table: Table) -> Iterator[Written]:
    for text, level, note, set_in, page in table.rows:
        numbers = [int(one) if one.isdecimal() else 0 for one in (level, page)]
        yield Written(text, numbers[0], bool(note), bool(set_in), numbers[1])


# -- in the child -------------------------------------------------------------------------------------------


def main(memory: int) -> None:
    """What runs in the child."""
    worker.main(memory, _frames)


def _frames(request: dict[str, Any], data: bytes | None, _shelf: object) -> list[bytes]:
    if data is None:
        return wire.no_frames()
    raw = read_bytes(data, name=request["name"], encoding=request["encoding"])
    rows = tuple(
        (one.text, str(one.level), "1" if one.note else "", "1" if one.set_in else "", str(one.page))
        for one in paragraphs_of(raw)
    )
    return wire.table_frames(Table(_COLUMNS, rows, raw.format, raw.encoding, raw.warnings))


def paragraphs_of(raw: RawDocument) -> list[Written]:
    """The paragraphs of a file that has been read; of a plain text those that its signs tell."""
    if raw.format in _PLAIN:
        return _of_lines(raw.paragraphs, markdown=raw.format == "md")
    return [Written(one.text, one.heading, one.note, one.set_in, one.page) for one in raw.paragraphs]


def _of_lines(lines: Iterable[RawParagraph], *, markdown: bool) -> list[Written]:
    """Lines without an empty one between are a paragraph in Markdown, and in texts with short lines."""
    found: list[Written] = []
    notes: dict[str, str] = {}
    open_ = False
    lines = list(lines)
    joined = markdown or max((len(line.text) for line in lines), default=0) <= _WRAPPED
    for line in lines:
        note = _NOTE_TEXT.match(line.text) if markdown else None
        if note is not None:
            notes[note[1]] = line.text[note.end() :]
            open_ = False
            continue
        one = _of_line(line.text, markdown=markdown)
        if joined and open_ and one.text.strip() and not one.level and one.set_in == found[-1].set_in:
            found[-1] = Written(f"{found[-1].text}\n{one.text}", set_in=one.set_in)
        else:
            found.append(one)
        open_ = bool(one.text.strip()) and not one.level
    return _with_notes(found, notes)


def _of_line(line: str, *, markdown: bool) -> Written:
    if not markdown:
        apart = _SET_IN.match(line)
        return Written(line[apart.end() :] if apart else line, set_in=apart is not None)
    heading = _HEADING.match(line)
    if heading is not None:
        return Written(line[heading.end() :], level=len(heading[1]))
    apart = _SET_IN.match(line)
    return Written(_EMPHASIS.sub(r"\2", line[apart.end() :] if apart else line), set_in=apart is not None)


def _with_notes(paragraphs: Iterable[Written], notes: dict[str, str]) -> list[Written]:
    """Footnotes of Markdown stand behind the paragraph that refers to them, as those of other formats do."""
    numbers: dict[str, int] = {}
    found: list[Written] = []
    for one in paragraphs:
        named = [key for key in _NOTE.findall(one.text) if key in notes]
        for key in named:
            numbers.setdefault(key, len(numbers) + 1)

        def mark(match: re.Match[str]) -> str:
            return f"[{numbers[match[1]]}]" if match[1] in numbers else match[0]

        found.append(Written(_NOTE.sub(mark, one.text), one.level, one.note, one.set_in, one.page))
        found += [Written(f"[{numbers[key]}] {notes[key]}", note=True) for key in named]
    return found
