"""Copies passages as citations: „…“ (Interview 2, Abs. 34), as formatted text and as plain text."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolTip, QWidget

from qda.coding.citation import cited, may_quote, paragraphs_cited, quoted, spoken
from qda.coding.rows import SegmentRow
from qda.i18n import _


def citation_mime(rows: Sequence[SegmentRow]) -> QMimeData:
    """The citations, a paragraph each; word processors take the formatted form."""
    data = QMimeData()
    data.setText("\n".join(cited(row) for row in rows))
    data.setHtml("".join(_paragraph(row) for row in rows))
    return data


def _paragraph(row: SegmentRow) -> str:
    if not may_quote(row):
        return f"<p>{escape(cited(row), quote=False)}</p>"
    words = escape(quoted(spoken(row)), quote=False)
    place = escape(paragraphs_cited(row), quote=False)
    return f"<p>{words} <span>({place})</span></p>"


def copy(rows: Sequence[SegmentRow]) -> str:
    """Puts the citations on the clipboard; returns what to tell the person.

    Where none of the passages may be quoted nothing is copied, and it is said why.
    """
    allowed = [row for row in rows if may_quote(row)]
    if not allowed:
        name = rows[0].case_name if rows else ""
        return _("Not copied: “{case}” has not agreed to be quoted.").format(case=name) if rows else ""
    QGuiApplication.clipboard().setMimeData(citation_mime(rows))
    return _("Copied with its place.")


def in_hand(widget: QWidget | None) -> list[SegmentRow]:
    """The passages of the list or sheet that ``widget`` belongs to: what has ``passages_in_hand``."""
    while widget is not None:
        passages = getattr(widget, "passages_in_hand", None)
        if passages is not None:
            return list(passages())
        widget = widget.parentWidget()
    return []


def copy_from(place: QWidget, rows: Sequence[SegmentRow]) -> None:
    """As :func:`copy`; why nothing was copied is shown at the widget."""
    told = copy(rows)
    if rows and not any(may_quote(row) for row in rows):
        QToolTip.showText(place.mapToGlobal(place.rect().center()), told, place)
