"""What is dragged: a code onto text, a piece of text onto a code, a document into a pane."""

import json
from typing import Final

from PySide6.QtCore import QMimeData

from qda.coding.positions import Span

CODE: Final = "application/x-qda-code"
SPAN: Final = "application/x-qda-span"
SOURCE: Final = "application/x-qda-source"


def code_mime(guid: str, name: str = "") -> QMimeData:
    """The payload for dragging the code ``guid``; other programs get its name."""
    data = QMimeData()
    data.setData(CODE, guid.encode())
    if name:
        data.setText(name)
    return data


def code_of(data: QMimeData) -> str | None:
    """The guid of the dragged code, if it is one."""
    return bytes(data.data(CODE).data()).decode() if data.hasFormat(CODE) else None


def source_mime(guid: str, title: str = "") -> QMimeData:
    """The payload for dragging the document ``guid``; other programs get its title."""
    data = QMimeData()
    data.setData(SOURCE, guid.encode())
    if title:
        data.setText(title)
    return data


def source_of(data: QMimeData) -> str | None:
    """The guid of the dragged document, if it is one."""
    return bytes(data.data(SOURCE).data()).decode() if data.hasFormat(SOURCE) else None


def span_mime(span: Span, text: str) -> QMimeData:
    """The payload for dragging or copying ``span``, whose words are ``text``."""
    data = QMimeData()
    data.setText(text)
    data.setData(SPAN, json.dumps([span.start, span.stop]).encode())
    return data


def span_of(data: QMimeData) -> Span | None:
    """The dragged span of the transcript in view, if it is one."""
    if not data.hasFormat(SPAN):
        return None
    start, stop = json.loads(bytes(data.data(SPAN).data()))
    return Span(start, stop)
