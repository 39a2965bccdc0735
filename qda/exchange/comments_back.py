"""Comments that come back in a file: read from Word with their record and replies, from others as they are.

Numbers and times beside the text are no part of it; they are known by their styles, in a file that lost its
styles by their form.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qda.coding import comments_back
from qda.coding.comments_back_form import (
    LINE_STYLES,
    NAMESPACE,
    NUMBER_STYLE,
    TIME_STYLE,
    Comment,
    CommentedFile,
    Record,
    Reply,
    records,
)
from qda.coding.references import SourceRef
from qda.errors import KnownError
from qda.exchange.archive import Archive
from qda.exchange.docx_in import read_parts
from qda.exchange.docx_parts import Parts, main_part
from qda.exchange.docx_styles import value
from qda.exchange.raw import RawComment
from qda.exchange.xml_names import attribute, child, local
from qda.i18n import _
from qda.models import Project

if TYPE_CHECKING:
    from lxml import etree

_OPEN: Final = "\ufdd2"  # around a number; no text of ours holds them
_CLOSE: Final = "\ufdd3"
_NUMBER: Final = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_WRITTEN: Final = re.compile(r"(\d{1,6}[a-z]{0,3})\t")
_MOST_ITEMS: Final = 200
_MAX_BYTES: Final = 100_000_000


def read_comments(project: Project, *, file: str, source: SourceRef | None = None, dry: bool = False) -> str:
    """Reads the comments of a file back into the study: ours as codings, others as memos of their author.

    ``source`` is the document they belong to; a coded transcript knows it. With ``dry`` nothing is changed.
    Returns what arrived, a line each.
    """
    found = read_file(Path(file))
    plan = comments_back.planned(project, found, source=source)
    if not dry:
        comments_back.take(project, plan)
    return "\n".join(comments_back.told(plan))


def is_coded(path: Path) -> bool:
    """Whether a file is a coded transcript that the program wrote."""
    try:
        if path.suffix.lower() != ".docx" or path.stat().st_size > _MAX_BYTES:
            return False
        return bool(_records(Archive(path.read_bytes())))
    except (OSError, KnownError):
        return False


def read_file(path: Path) -> CommentedFile:
    """A file with comments.

    :raises KnownError: it cannot be read, or holds no comment.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _MAX_BYTES else b""
    except OSError as error:
        raise KnownError(_("{name} cannot be read.").format(name=path.name), path=path) from error
    if data[:4] == b"PK\x03\x04" and main_part(archive := Archive(data)) is not None:
        found = _word(path.name, archive)
    else:
        found = _other(path)
    if not found.comments and not found.records:
        raise KnownError(_("{name} holds no comments.").format(name=path.name), path=path)
    return found


def _other(path: Path) -> CommentedFile:
    """A file of another kind, by the reader that imports use."""
    from qda.exchange.replacing import read_corrected

    draft = read_corrected(path).draft
    assert draft is not None
    lines = draft.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def place(position: int) -> tuple[int, int]:
        from bisect import bisect_right

        at = min(max(0, bisect_right(starts, position) - 1), len(lines) - 1)
        return at, min(position - starts[at], len(lines[at]))

    comments = tuple(
        Comment(one.author, one.text, *place(one.start), *place(one.stop), one.date) for one in draft.comments
    )
    return CommentedFile(path.name, tuple(lines), ("",) * len(lines), comments)


def _word(name: str, archive: Archive) -> CommentedFile:
    parts = Parts(archive)
    root = parts.text()
    marked = _mark_margin(root, parts.root("styles"))
    content = read_parts(parts, root)
    texts, numbers, gone = [], [], []
    for paragraph in content.paragraphs:
        text, number, cut = _without_numbers(paragraph.text, marked=marked)
        texts.append(text)
        numbers.append(number)
        gone.append(cut)
    answers = _answers(parts)
    comments = []
    replies: dict[str, list[Reply]] = {}
    keyed = list(zip(_keys(parts.root("comments")), content.comments, strict=True))
    for key, one in keyed:
        if key in answers:
            replies.setdefault(_top(answers, key), []).append(Reply(one.author, one.text, one.date))
    for key, one in keyed:
        if key not in answers:
            comments.append(_comment(one, gone, tuple(replies.get(key, ()))))
    inside = tuple(_OPEN in paragraph.text for paragraph in content.paragraphs) if marked else ()
    return CommentedFile(
        name, tuple(texts), tuple(numbers), tuple(comments), tuple(_records(archive)), inside
    )


def _comment(
    one: RawComment, gone: Sequence[Sequence[tuple[int, int]]], replies: tuple[Reply, ...]
) -> Comment:
    start = _moved(one.start, gone[one.first])
    stop = _moved(one.stop, gone[one.last])
    return Comment(one.author, one.text, one.first, start, one.last, stop, one.date, replies)


# -- numbers and times beside the text -----------------------------------------------------------------------


def _mark_margin(root: "etree._Element", styles: "etree._Element | None") -> bool:
    """Takes times out of the text and puts numbers between two signs, by the styles of their runs.

    A paragraph of a transcript without a number gets the signs alone. True where the file has these styles.
    """
    named: dict[str, str] = {}
    for style in () if styles is None else styles:
        if local(style) == "style":
            named[attribute(style, "styleId")] = value(child(style, "name")).casefold()
    wanted = {NUMBER_STYLE.casefold(): True, TIME_STYLE.casefold(): False}
    kinds = {key: wanted[name] for key, name in named.items() if name in wanted}
    lines = {key for key, name in named.items() if name in {one.casefold() for one in LINE_STYLES}}
    if not kinds or not lines:
        return False
    run = str(root.tag).replace("document", "r")
    for paragraph in root.iter(str(root.tag).replace("document", "p")):
        if _style_of(paragraph, "pPr", "pStyle") in lines:
            sign = paragraph.makeelement(run, None, None)
            _mark(sign, number=True)
            paragraph.insert(1 if child(paragraph, "pPr") is not None else 0, sign)
    for element in root.iter(run):
        key = _style_of(element, "rPr", "rStyle")
        if key in kinds:
            _mark(element, number=kinds[key])
    return True


def _style_of(element: "etree._Element", properties: str, style: str) -> str:
    found = child(element, properties)
    return "" if found is None else value(child(found, style))


def _mark(run: "etree._Element", *, number: bool) -> None:
    words = "".join(element.text or "" for element in run if local(element) == "t").strip()
    for element in list(run):
        if local(element) in ("t", "tab", "br", "cr"):
            run.remove(element)
    if number:
        text = run.makeelement(str(run.tag)[: -len("r")] + "t", None, None)
        text.text = f"{_OPEN}{words}{_CLOSE}"
        run.append(text)


def _without_numbers(text: str, *, marked: bool) -> tuple[str, str, list[tuple[int, int]]]:
    """The text, the number at its beginning, and what was taken out (start and stop).

    ``marked``: the file has its styles, and what only looks like a number is none.
    """
    found = list(_NUMBER.finditer(text))
    if not found:
        written = None if marked else _WRITTEN.match(text)
        if written is None:
            return text, "", []
        return text[written.end() :], written[1], [written.span()]
    number = next((one[1] for one in found if one[1]), "")
    return _NUMBER.sub("", text), number, [one.span() for one in found]


def _moved(place: int, gone: Sequence[tuple[int, int]]) -> int:
    return place - sum(max(0, min(place, stop) - start) for start, stop in gone)


# -- replies and the record ----------------------------------------------------------------------------------


def _keys(root: "etree._Element | None") -> list[str]:
    """The ids of the comments, in the order in which they were read."""
    comments = () if root is None else root
    return list(dict.fromkeys(attribute(one, "id") for one in comments if local(one) == "comment"))


def _answers(parts: Parts) -> dict[str, str]:
    """Which comment answers which, by their ids."""
    root, extended = parts.root("comments"), parts.root("commentsExtended")
    if root is None or extended is None:
        return {}
    by_paragraph: dict[str, str] = {}
    for one in root:
        for element in one.iter():
            if local(element) == "p" and (mark := attribute(element, "paraId")):
                by_paragraph[mark] = attribute(one, "id")
    found: dict[str, str] = {}
    for one in extended:
        own = by_paragraph.get(attribute(one, "paraId"))
        above = by_paragraph.get(attribute(one, "paraIdParent"))
        if own and above and own != above:
            found[own] = above
    return found


def _top(answers: dict[str, str], key: str) -> str:
    """The comment at the beginning of a conversation."""
    seen = {key}
    while key in answers and answers[key] not in seen:
        key = answers[key]
        seen.add(key)
    return key


def _records(archive: Archive) -> list[Record]:
    texts = []
    for n in range(1, _MOST_ITEMS):
        name = f"customXml/item{n}.xml"
        if name not in archive:
            continue
        try:
            root = archive.xml(name)
        except KnownError:
            continue  # of someone else
        if root.tag == f"{{{NAMESPACE}}}coded":
            texts.append(root.text or "")
    return records(texts)
