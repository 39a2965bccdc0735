"""How the reading child and its parent speak: frames of JSON and of bytes, never pickles.

A frame is one letter (``J`` JSON, ``B`` bytes), the length of its content as four bytes, and the content.
A draft goes as its head, its text in pieces and its rows in blocks, so that no single call of the parent
takes long. The parent believes nothing: every row is looked at before it becomes part of a draft.
"""

import codecs
import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, Protocol, TypeVar, get_args

from qda.coding.transcript import (
    CommentDraft,
    LikeLabel,
    ParagraphDraft,
    ParagraphKind,
    Role,
    SpeakerDraft,
    StyleDraft,
    StyleKind,
    TimeMarkDraft,
    TranscriptDraft,
)
from qda.exchange.tables_in import Table
from qda.models.base import storable

_HEAD: Final = struct.Struct(">cI")
PIECE: Final = 1 << 20  # bytes of a frame
BLOCK: Final = 1_000  # rows in a frame
MAX_FRAME: Final = 64 << 20  # a longer one is nonsense
MAX_TEXT: Final = 256 << 20  # bytes
MAX_ROWS: Final = 20_000_000
TABLES: Final = ("speakers", "paragraphs", "time_marks", "styles", "comments", "likes")
_KINDS: Final[tuple[ParagraphKind, ...]] = get_args(ParagraphKind)
_STYLES: Final[tuple[StyleKind, ...]] = get_args(StyleKind)
_ROLES: Final[tuple[Role, ...]] = get_args(Role)

T = TypeVar("T")


class GarbledError(ValueError):
    """The other side sent what it never should."""


class Readable(Protocol):
    """A pipe's end, unbuffered."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fills the buffer, or a part of it; 0 at the end."""


class Writable(Protocol):
    """The other end."""

    def write(self, data: memoryview, /) -> int | None:
        """Writes the data, or a part of it."""


# -- frames -------------------------------------------------------------------------------------------------


def _write(stream: Writable, data: bytes | memoryview) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) or 0 :]


def _read(stream: Readable, size: int) -> bytearray:
    buffer = bytearray(size)
    view, done = memoryview(buffer), 0
    while done < size:
        count = stream.readinto(view[done:])
        if not count:
            raise EOFError
        done += count
    return buffer


def send(stream: Writable, value: object) -> None:
    """Sends a value as JSON."""
    _write(stream, _json_frame(value))


def _json_frame(value: object) -> bytes:
    data = json.dumps(value, separators=(",", ":")).encode("ascii")
    return _HEAD.pack(b"J", len(data)) + data


def send_bytes(stream: Writable, data: bytes) -> None:
    """Sends bytes in pieces; how many they are has been said before."""
    view = memoryview(data)
    for at in range(0, len(data), PIECE):
        piece = view[at : at + PIECE]
        _write(stream, _HEAD.pack(b"B", len(piece)))
        _write(stream, piece)


def _frame(stream: Readable, wanted: bytes) -> bytearray:
    kind, size = _HEAD.unpack(_read(stream, _HEAD.size))
    if kind != wanted or size > MAX_FRAME:
        raise GarbledError
    return _read(stream, size)


def receive(stream: Readable) -> dict[str, Any]:
    """The next value.

    :raises EOFError: the other side is gone.
    :raises GarbledError: it is no mapping.
    """
    try:
        value = json.loads(_frame(stream, b"J"))
    except (ValueError, RecursionError) as problem:
        raise GarbledError from problem
    if not isinstance(value, dict):
        raise GarbledError
    return value


def receive_bytes(stream: Readable, size: int) -> bytes:
    """So many bytes."""
    pieces: list[bytearray] = []
    while size > 0:
        pieces.append(_frame(stream, b"B"))
        size -= len(pieces[-1])
    if size:
        raise GarbledError
    return b"".join(pieces)


# -- drafts -------------------------------------------------------------------------------------------------


def frames_of(draft: TranscriptDraft, more: Mapping[str, object]) -> list[bytes]:
    """A draft, ready to be sent; ``more`` goes along in its head."""
    text = draft.text.encode("utf-8")
    head: dict[str, object] = {
        "kind": "draft",
        "text": len(text),
        "counts": {name: len(getattr(draft, name)) for name in TABLES},
        "header": draft.header,
        "warnings": draft.warnings,
        "numbered": draft.numbered,
    }
    head |= {name: getattr(draft, name) for name in ("format", "encoding", "family", "language")}
    frames = [_json_frame(head | dict(more))]
    for at in range(0, len(text), PIECE):
        piece = text[at : at + PIECE]
        frames.append(_HEAD.pack(b"B", len(piece)) + piece)
    for name in TABLES:
        rows = iter(_rows_of(draft, name))
        while block := list(islice(rows, BLOCK)):
            frames.append(_json_frame({"rows": block}))
    return frames


def no_frames() -> list[bytes]:
    """That the bytes of the file are needed."""
    return [_json_frame({"kind": "need"})]


def table_frames(table: Table) -> list[bytes]:
    """A table, ready to be sent."""
    head: dict[str, object] = {"kind": "table", "counts": {"cells": len(table.rows)}}
    head |= {name: getattr(table, name) for name in ("columns", "format", "encoding", "warnings")}
    frames = [_json_frame(head | {"numeric": sorted(table.numeric)})]
    for at in range(0, len(table.rows), BLOCK):
        frames.append(_json_frame({"rows": table.rows[at : at + BLOCK]}))
    return frames


def receive_table(stream: Readable, head: Mapping[str, Any]) -> Table:
    """The table whose head has come.

    :raises GarbledError: something in it cannot be.
    """
    columns = words(head.get("columns"))
    rows = tuple(words(row) for row in _rows(stream, _mapping(head.get("counts")), "cells"))
    if len(set(columns)) != len(columns) or any(len(row) != len(columns) for row in rows):
        raise GarbledError
    return Table(
        columns=columns,
        rows=rows,
        format=_word(head.get("format")),
        encoding=_word(head.get("encoding")),
        warnings=words(head.get("warnings")),
        numeric=frozenset(words(head.get("numeric"))),
    )


def send_frames(stream: Writable, frames: Iterable[bytes]) -> None:
    """Sends what :func:`frames_of` made."""
    for frame in frames:
        _write(stream, frame)


def _rows_of(draft: TranscriptDraft, name: str) -> Iterable[Sequence[object]]:
    if name == "speakers":
        return ((s.label, s.role, s.name) for s in draft.speakers)
    if name == "paragraphs":
        place = {s.label: at for at, s in enumerate(draft.speakers)}
        return (
            (
                p.start,
                p.stop,
                p.label_stop,
                -1 if p.speaker is None else place[p.speaker],
                p.opens_turn,
                _KINDS.index(p.kind),
                p.number,
                p.level,
            )
            for p in draft.paragraphs
        )
    if name == "time_marks":
        return ((m.position, m.ms, m.written) for m in draft.time_marks)
    if name == "styles":
        return ((s.start, s.stop, _STYLES.index(s.kind)) for s in draft.styles)
    if name == "comments":
        return ((c.author, c.text, c.start, c.stop, c.date) for c in draft.comments)
    return ((one.label, one.like, one.turns) for one in draft.likes)


def receive_draft(stream: Readable, head: Mapping[str, Any]) -> TranscriptDraft:
    """The draft whose head has come, every part of it looked at.

    :raises GarbledError: something in it cannot be.
    """
    text = _text(stream, _whole(head.get("text"), MAX_TEXT))
    size = len(text)
    counts = _mapping(head.get("counts"))
    speakers = tuple(_speaker(row) for row in _rows(stream, counts, "speakers"))
    labels = [s.label for s in speakers]
    if len(set(labels)) != len(labels):
        raise GarbledError
    return TranscriptDraft(
        text=text,
        speakers=speakers,
        paragraphs=tuple(_in_order(_paragraph(r, size, labels) for r in _rows(stream, counts, "paragraphs"))),
        time_marks=tuple(_time_mark(row, size) for row in _rows(stream, counts, "time_marks")),
        styles=tuple(_style(row, size) for row in _rows(stream, counts, "styles")),
        comments=tuple(_comment(row, size) for row in _rows(stream, counts, "comments")),
        likes=tuple(_like(row) for row in _rows(stream, counts, "likes")),
        header=tuple((_word(pair[0]), _word(pair[1])) for pair in _lists(head.get("header"), 2)),
        format=_word(head.get("format")),
        encoding=_word(head.get("encoding")),
        family=_word(head.get("family")),
        language=_word(head.get("language")),
        warnings=words(head.get("warnings")),
        numbered=_yes(head.get("numbered")),
    )


def _text(stream: Readable, size: int) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    pieces: list[str] = []
    while size > 0:
        piece = _frame(stream, b"B")
        size -= len(piece)
        try:
            pieces.append(decoder.decode(piece, final=size <= 0))
        except UnicodeDecodeError as problem:
            raise GarbledError from problem
    text = "".join(pieces)
    if size or "\0" in text:
        raise GarbledError
    return text


def _rows(stream: Readable, counts: Mapping[str, Any], name: str) -> Iterator[list[Any]]:
    left = _whole(counts.get(name), MAX_ROWS)
    while left > 0:
        block = _lists(receive(stream).get("rows"))
        left -= len(block)
        if not block or left < 0:
            raise GarbledError
        yield from block


def _in_order(paragraphs: Iterable[ParagraphDraft]) -> Iterator[ParagraphDraft]:
    before = -1
    for paragraph in paragraphs:
        if paragraph.start <= before:
            raise GarbledError
        before = paragraph.stop
        yield paragraph


def _paragraph(row: list[Any], size: int, labels: Sequence[str]) -> ParagraphDraft:
    _length(row, 8)
    start, stop = _span(row[0], row[1], size)
    label_stop = _whole(row[2], stop)
    speaker = None if row[3] == -1 else labels[_whole(row[3], len(labels) - 1)]
    opens, number = _yes(row[4]), _word(row[6])
    if label_stop < start or (opens and speaker is None) or not number:
        raise GarbledError
    kind = _KINDS[_whole(row[5], len(_KINDS) - 1)]
    return ParagraphDraft(start, stop, label_stop, speaker, opens, kind, number, _whole(row[7], 99))


def _speaker(row: list[Any]) -> SpeakerDraft:
    _length(row, 3)
    label = _word(row[0])
    if row[1] not in _ROLES or not label:
        raise GarbledError
    return SpeakerDraft(label, row[1], _word(row[2]))


def _time_mark(row: list[Any], size: int) -> TimeMarkDraft:
    _length(row, 3)
    written = _word(row[2])
    if not written:
        raise GarbledError
    return TimeMarkDraft(_whole(row[0], size), _whole(row[1], 1 << 53), written)


def _style(row: list[Any], size: int) -> StyleDraft:
    _length(row, 3)
    return StyleDraft(*_span(row[0], row[1], size), _STYLES[_whole(row[2], len(_STYLES) - 1)])


def _comment(row: list[Any], size: int) -> CommentDraft:
    _length(row, 5)
    return CommentDraft(_word(row[0]), _word(row[1]), *_span(row[2], row[3], size), _word(row[4]))


def _like(row: list[Any]) -> LikeLabel:
    _length(row, 3)
    return LikeLabel(_word(row[0]), _word(row[1]), _whole(row[2], MAX_ROWS))


# -- small looks --------------------------------------------------------------------------------------------


def _whole(value: object, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise GarbledError
    return value


def _span(start: object, stop: object, size: int) -> tuple[int, int]:
    last = _whole(stop, size)
    return _whole(start, last), last


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise GarbledError
    return storable(value)


def words(value: object) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise GarbledError
    return tuple(_word(one) for one in value)


def scores(value: object) -> tuple[tuple[str, float], ...]:
    """A list of names with numbers."""
    pairs = _lists(value, 2)
    if any(type(number) not in (int, float) for _name, number in pairs):
        raise GarbledError
    return tuple((_word(name), float(number)) for name, number in pairs)


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise GarbledError
    return value


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise GarbledError
    return value


def _lists(value: object, length: int | None = None) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(one, list) for one in value):
        raise GarbledError
    if length is not None:
        for one in value:
            _length(one, length)
    return value


def _length(row: list[Any], wanted: int) -> None:
    if len(row) != wanted:
        raise GarbledError
