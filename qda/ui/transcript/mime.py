"""What is dragged: a code onto text, and a piece of text onto a code."""

import json
from typing import Final

from PySide6.QtCore import QMimeData

from qda.coding.positions import Span

CODE: Final = "application/x-qda-code"
SPAN: Final = "application/x-qda-span"


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
