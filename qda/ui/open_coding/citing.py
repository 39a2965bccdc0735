"""Copies passages as citations: „…“ (Interview 2, Abs. 34), as formatted text and as plain text."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from qda.coding.citation import cited, paragraphs_cited, quoted, spoken
from qda.coding.rows import SegmentRow


def citation_mime(rows: Sequence[SegmentRow]) -> QMimeData:
    """The citations, a paragraph each; word processors take the formatted form."""
    data = QMimeData()
    data.setText("\n".join(cited(row) for row in rows))
    data.setHtml("".join(_paragraph(row) for row in rows))
    return data


def _paragraph(row: SegmentRow) -> str:
    words = escape(quoted(spoken(row)), quote=False)
    place = escape(paragraphs_cited(row), quote=False)
    return f"<p>{words} <span>({place})</span></p>"


def copy(rows: Sequence[SegmentRow]) -> None:
    """Puts the citations on the clipboard."""
    if rows:
        QGuiApplication.clipboard().setMimeData(citation_mime(rows))
