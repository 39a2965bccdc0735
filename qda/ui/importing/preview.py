"""The text of a file before it is stored: its turns coloured by speaker, numbers, times, the head apart.

Only the first paragraphs are laid out; more come as one scrolls, so that no length of a text is felt.
"""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qda.coding.transcript import ParagraphDraft, TranscriptDraft
from qda.i18n import _
from qda.ui.fonts import AXIS, READING, SMALL, figures, px, reading_font, ui_font
from qda.ui.theme import NEXT_COLOURS, Tokens, code_colour, tint, tokens_of

Index = QModelIndex | QPersistentModelIndex
FIRST: Final = 200  # paragraphs shown at once
_MORE: Final = 100
_PALE: Final = 0.6  # of the tint of coded text: so much of it stands here
_LONGEST: Final = 3000  # characters of a paragraph that are shown
_SPEAKERS: Final = (9, 7, *(c for c in NEXT_COLOURS if c not in (7, 9)))


def speaker_colour(at: int) -> int:
    """The colour of the speaker who comes at this place among all, from 0."""
    return _SPEAKERS[at % len(_SPEAKERS)]


class PreviewModel(QAbstractListModel):
    """Paragraphs of a draft."""

    def __init__(self) -> None:
        super().__init__()
        self._draft: TranscriptDraft | None = None
        self._shown = 0
        self._colours: Mapping[str, int] = {}
        self._places: tuple[int, ...] = ()

    def show_draft(
        self, draft: TranscriptDraft | None, colours: Mapping[str, int], places: tuple[int, ...]
    ) -> None:
        """Shows another draft, from its beginning. ``places`` are those of its times."""
        self.beginResetModel()
        self._draft, self._colours, self._places = draft, colours, places
        self._shown = min(FIRST, len(draft.paragraphs)) if draft else 0
        self.endResetModel()

    def recolour(self, colours: Mapping[str, int]) -> None:
        """Speakers were merged or parted."""
        self._colours = colours
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(self._shown - 1))

    @property
    def draft(self) -> TranscriptDraft | None:
        """What is shown."""
        return self._draft

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._shown

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._draft is not None and self._shown < len(self._draft.paragraphs)

    def fetchMore(self, parent: Index) -> None:
        if self._draft is None or parent.isValid():
            return
        last = min(self._shown + _MORE, len(self._draft.paragraphs))
        self.beginInsertRows(QModelIndex(), self._shown, last - 1)
        self._shown = last
        self.endInsertRows()

    def paragraph(self, row: int) -> ParagraphDraft:
        """One of those shown."""
        assert self._draft is not None
        return self._draft.paragraphs[row]

    def words(self, row: int) -> str:
        """What is spoken in it, without the label."""
        assert self._draft is not None
        paragraph = self.paragraph(row)
        text = self._draft.text[paragraph.label_stop : paragraph.stop].strip()
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"

    def colour(self, row: int) -> int | None:
        """The colour of its speaker; none where nobody speaks."""
        speaker = self.paragraph(row).speaker
        return self._colours.get(speaker) if speaker is not None else None

    def time(self, row: int) -> str:
        """When it begins, where a time stands in it."""
        assert self._draft is not None
        paragraph = self.paragraph(row)
        at = bisect_left(self._places, paragraph.start)
        if at < len(self._places) and self._places[at] <= paragraph.stop:
            seconds = self._draft.time_marks[at].ms // 1000
            hours, rest = divmod(seconds, 3600)
            return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
        return ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._draft is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            paragraph, words = self.paragraph(index.row()), self.words(index.row())
            label = f"{paragraph.speaker}: " if paragraph.opens_turn else ""
            return f"{paragraph.number} {label}{words}"
        return None


class _Row(QStyledItemDelegate):
    """Paints a paragraph; heights are kept for a width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}
        self._width = 0

    def forget(self) -> None:
        """Another text, or another width."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        view = self.parent()
        assert isinstance(view, Preview)
        width = view.room()
        if width != self._width:
            self._heights.clear()
            self._width = width
        if index.row() not in self._heights:
            words, font = view.preview.words(index.row()), view.face(index.row())
            lines = _laid_out(words, font, width).lineCount()
            gap = px(16) if view.preview.colour(index.row()) is not None else px(8)
            self._heights[index.row()] = lines * px(23) + gap
        return QSize(px(200), self._heights[index.row()])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, row = self.parent(), index.row()
        assert isinstance(view, Preview)
        theme, area = tokens_of(view), QRect(option.rect)
        model, paragraph = view.preview, view.preview.paragraph(row)
        colour = model.colour(row)
        painter.save()
        left = area.left() + view.left
        if colour is not None:
            ground = QRect(left, area.top() + px(4), view.room() + px(24), area.height() - px(6))
            painter.setOpacity(_PALE)
            painter.fillRect(ground, tint((colour,), theme.dark))
            painter.setOpacity(1.0)
            painter.fillRect(
                QRect(left, ground.top(), px(4), ground.height()), code_colour(colour, theme.dark)
            )
        self._margin(painter, area, view, row, theme)
        set_apart = paragraph.kind in ("header", "note")
        painter.setPen(QColor(theme.secondary if set_apart else theme.text))
        layout = _laid_out(model.words(row), view.face(row), view.room())
        layout.draw(painter, QPointF(left + px(16), area.top() + px(6)))
        painter.restore()

    @staticmethod
    def _margin(painter: QPainter, area: QRect, view: "Preview", row: int, theme: Tokens) -> None:
        paragraph, time = view.preview.paragraph(row), view.preview.time(row)
        line = QRect(area.left() + px(8), area.top() + px(6), px(28), px(23))
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(figures(ui_font(SMALL)))
        painter.setPen(QColor(theme.minor))
        if paragraph.kind != "header":
            painter.drawText(line, flags, paragraph.number)
        if time and area.height() > px(48):
            painter.setFont(figures(ui_font(AXIS)))
            painter.drawText(line.adjusted(-px(8), px(20), 0, px(20)), flags, time)
        label = QRect(line.right() + px(10), line.top(), view.left - px(52), line.height())
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head = paragraph.kind == "header" and paragraph.number == "0.1"
        if paragraph.opens_turn or head:
            painter.setFont(ui_font(SMALL, semibold=not head))
            painter.setPen(QColor(theme.minor if head else theme.text))
            words = _("Head") if head else paragraph.speaker or ""
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, label.width())
            painter.drawText(label, flags, words)


def _laid_out(words: str, font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPoint(0, height))
        height += px(23)
    layout.endLayout()
    return layout


class Preview(QListView):
    """The list; more of a long text comes with scrolling."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = PreviewModel()
        self.left = px(92)
        self._faces: dict[str, QFont] = {}
        self._row = _Row(self)
        self.setObjectName("import_preview")
        self.setAccessibleName(_("Preview"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(self.preview)
        self.setItemDelegate(self._row)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(20)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def show_draft(
        self, draft: TranscriptDraft | None, colours: Mapping[str, int], places: tuple[int, ...]
    ) -> None:
        """Shows a draft from its beginning, or nothing."""
        self._row.forget()
        self._faces.clear()
        longest = max((len(one.label) for one in draft.speakers), default=0) if draft else 0
        self.left = px(62 + min(max(longest * 8, 30), 110))
        self.preview.show_draft(draft, colours, places)
        self.scrollToTop()

    def room(self) -> int:
        """How wide the words may be."""
        return int(min(max(self.viewport().width() - self.left - px(40), px(120)), px(640)))

    def face(self, row: int) -> QFont:
        """The face of a paragraph."""
        kind = self.preview.paragraph(row).kind
        if kind not in self._faces:
            if kind in ("header", "note"):
                self._faces[kind] = ui_font(SMALL)
            else:
                self._faces[kind] = reading_font(READING, semibold=kind == "heading")
        return self._faces[kind]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._row.forget()
        super().resizeEvent(event)
