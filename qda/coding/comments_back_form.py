"""How a coded transcript tells on its way back which comments are the program's own.

Every comment of ours begins with a line that a person reads too ("Code: Network > Care"), and the file
carries a record of all of them, which no one sees. Without the record the first lines are enough.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Literal

from qda.i18n import _

NAMESPACE: Final = "urn:qda:coded-transcript:1"
NUMBER_STYLE: Final = "Transcript Number"  # runs of these two belong to the page, not to the text
TIME_STYLE: Final = "Transcript Time"
LINE_STYLES: Final = ("Transcript", "Transcript Lines", "Transcript Head")  # of its paragraphs

Kind = Literal["coding", "memo"]
# What no file of Word can hold stands there as U+FFFD.
_UNWRITTEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORM: Final = re.compile(r"\s*(code|kode|memo)\s*:\s*(\S[^\n]*)(?:\n|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """A comment as it was written: what it is of, where in the document's text, and its words.

    ``code`` is a GUID, empty with a memo; ``title`` the code's path or the memo's title. ``date`` is as it
    stands in the file, ``made`` the moment in ISO.
    """

    kind: Kind
    guid: str
    code: str
    title: str
    author: str
    date: str
    made: str
    text: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Record:
    """The comments of one document as they were written; ``sha256`` is that of its text then."""

    study: str
    source: str
    title: str
    sha256: str
    remarks: tuple[Told, ...]


def as_in_file(text: str) -> str:
    """A text as a file can hold it, as long as it was."""
    return _UNWRITTEN.sub("\ufffd", text)


def first_line(kind: Kind, title: str) -> str:
    """The line with which a comment of ours begins."""
    title = " ".join(title.split())
    return (_("Memo: {title}") if kind == "memo" else _("Code: {path}")).format(title=title, path=title)


def comment_text(kind: Kind, title: str, text: str) -> str:
    """The words of a comment of ours: its first line, and below it what was written."""
    return "\n".join(part for part in (first_line(kind, title), text.strip()) if part)


def date_in_file(moment: datetime) -> str:
    """A moment as Word writes it: the time of this place, to the second."""
    local = moment.astimezone() if moment.tzinfo else moment
    return local.strftime("%Y-%m-%dT%H:%M:%SZ")


def read_form(text: str) -> tuple[Kind, str, str] | None:
    """Kind, code's path or memo's title, and the words below; none where it is no comment of our form."""
    found = _FORM.match(text)
    if found is None:
        return None
    kind: Kind = "memo" if found[1].casefold() == "memo" else "coding"
    return kind, found[2].strip(), text[found.end() :].strip()


def written(record: Record) -> str:
    """The record as text."""
    return json.dumps(asdict(record), ensure_ascii=True, separators=(",", ":"))


def records(texts: Iterable[str]) -> list[Record]:
    """The records that can be read; what is damaged or of another version is left out."""
    found = []
    for text in texts:
        try:
            found.append(_record(json.loads(text)))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue
    return found


def _record(data: Mapping[str, Any]) -> Record:
    return Record(
        study=str(data["study"]),
        source=str(data["source"]),
        title=str(data["title"]),
        sha256=str(data["sha256"]),
        remarks=tuple(_told(one) for one in data["remarks"]),
    )


def _told(data: Mapping[str, Any]) -> Told:
    return Told(
        kind="memo" if data["kind"] == "memo" else "coding",
        guid=str(data["guid"]),
        code=str(data["code"]),
        title=str(data["title"]),
        author=str(data["author"]),
        date=str(data["date"]),
        made=str(data["made"]),
        text=str(data["text"]),
        start=int(data["start"]),
        stop=int(data["stop"]),
    )


# -- what a file brings --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer below a comment; ``date`` as the file has it."""

    author: str
    text: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a file, from ``start`` in paragraph ``first`` to ``stop`` in ``last`` (inclusive)."""

    author: str
    text: str
    first: int
    start: int
    last: int
    stop: int
    date: str = ""
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentedFile:
    """The paragraphs of a file, as a transcript has them, with its comments.

    ``numbers`` are those that stand beside the paragraphs (empty where there is none). Places are code points
    of their paragraph. ``inside`` tells of each paragraph whether it is one of a transcript, where the file
    knows that (else it is empty).
    """

    name: str
    paragraphs: tuple[str, ...]
    numbers: tuple[str, ...]
    comments: tuple[Comment, ...]
    records: tuple[Record, ...] = ()
    inside: tuple[bool, ...] = ()
