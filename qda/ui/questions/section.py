"""A small section of a side panel: what is open about a model, one line a question."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qda.coding.method_questions import Finding, Group, Question
from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.memos.items import paint_ground
from qda.ui.questions.asked import Asked
from qda.ui.surfaces import Line, head_row, small
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.window import MainWindow

_MOST: Final = 5  # lines
_HEADING: Final = Qt.ItemDataRole.UserRole
_GROUP: Final = Qt.ItemDataRole.UserRole + 1
_COUNT: Final = Qt.ItemDataRole.UserRole + 2


class ModelQuestions(QWidget):
    """What is open about the shown model (:meth:`show_model`), or about all; hidden while nothing is."""

    def __init__(
        self,
        desk: "Desk",
        parent: QWidget | None = None,
        *,
        groups: tuple[Group, ...] = ("relations",),
        title: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("model_questions")
        self._desk = desk
        self._asked = Asked.of(desk)
        self._groups = groups
        self._model: str | None = None
        self.list = _Lines(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, px(6))
        box.setSpacing(0)
        box.addWidget(Line(self))
        box.addLayout(head_row(title or _("Questions to the model")))
        box.addWidget(self.list)
        self.nothing = small(_("Nothing is open."), self, wrap=True)
        self.nothing.setContentsMargins(px(16), 0, px(14), px(6))
        box.addWidget(self.nothing)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self._asked.changed.connect(self._fill)
        self._show([])

    def show_model(self, model: str) -> None:
        """From now on only what belongs to this model (GUID; empty: to any)."""
        if model != self._model:
            self._model = model
            self._fill(self._groups[0])

    def let_go(self) -> None:
        """The study is about to be closed."""
        self._asked.let_go()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._look)  # after it is painted

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for group in self._groups:
            self._asked.look_away(group, self)

    def _look(self) -> None:
        if self.isVisible():
            for group in self._groups:
                self._asked.look_at(group, self)
                self._fill(group)

    def _fill(self, name: str) -> None:
        if name in self._groups:
            found = [(group, self._asked.questions(group) or []) for group in self._groups]
            self._show([line for group, questions in found for line in self._lines(group, questions)])

    def _lines(self, group: Group, questions: list[Question]) -> list[tuple[Group, str, str, int]]:
        lines = []
        for question in questions:
            for heading, findings in question.headings:
                n = sum(self._belongs(one) for one in findings)
                if n:
                    lines.append((group, heading, _brief(question, heading), n))
        return lines

    def _belongs(self, finding: Finding) -> bool:
        return not self._model or not finding.model or finding.model == self._model

    def _show(self, lines: list[tuple[Group, str, str, int]]) -> None:
        self.list.clear()
        for group, heading, brief, n in lines[:_MOST]:
            item = QListWidgetItem(brief)
            item.setData(_HEADING, heading)
            item.setData(_GROUP, group)
            item.setData(_COUNT, str(n))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{heading} {n}")
            item.setToolTip(heading)
            self.list.addItem(item)
        self.list.fit()
        self.list.setVisible(bool(lines))
        known = all(self._asked.questions(group) is not None for group in self._groups)
        self.nothing.setVisible(not lines and known)

    def _open(self, item: QListWidgetItem) -> None:
        from qda.ui.questions.commands import show_questions

        panel = show_questions(cast("MainWindow", self.window()))
        panel.open_group(item.data(_GROUP), item.data(_HEADING))


def _brief(question: Question, heading: str) -> str:
    """A question in the few words that fit into a side panel."""
    return {
        "1": _("No evidence yet?"),
        "3": _("Against, no memo since?"),
        "4": _("Nothing against: searched?"),
        "6": _("Empty slots?"),
    }.get(question.key, heading)


class _Line(QStyledItemDelegate):
    """The question, and behind it at how many places it arises."""

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(px(80), QFontMetrics(ui_font(SMALL)).height() + px(8))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, font = tokens_of(option.widget), ui_font(SMALL)
        painter.save()
        paint_ground(painter, option, theme)
        inner = option.rect.adjusted(px(16), 0, -px(14), 0)
        count = str(index.data(_COUNT))
        metrics = QFontMetrics(font)
        room = inner.width() - metrics.horizontalAdvance(count) - px(8)
        painter.setFont(font)
        painter.setPen(QColor(theme.secondary))
        words = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        painter.restore()


class _Lines(QListWidget):
    """The questions, as high as they are many."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("model_questions_list")
        self.setAccessibleName(_("Questions to the model"))
        self.setProperty("panel", True)
        self.setFont(ui_font(SMALL))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Line(self))
        self.setMouseTracking(True)

    def fit(self) -> None:
        """As high as its lines."""
        height = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(max(height + px(2), px(4)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)
