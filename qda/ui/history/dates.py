"""A model at two dates: each chosen from versions and days, everything side by side, differences in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.coding.genesis_states import Moment
from qda.coding.genesis_words import GROUPS, DifferenceLine, Group, SideRow
from qda.i18n import _, ngettext
from qda.ui.background import Background
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.history.reading import Life, TwoStates, two_states
from qda.ui.status import told_date
from qda.ui.surfaces import Line, LinkButton, on_paper, small
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_ABOUT: Final = Qt.ItemDataRole.UserRole + 1
_SEPARATOR: Final = " · "


class _Wrapped(QStyledItemDelegate):
    """Rows as high as their words need in the columns as wide as they are."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        plain = super().sizeHint(option, index)
        if not index.parent().isValid():
            return QSize(plain.width(), px(28))
        inset = self._tree.indentation() if index.column() == 0 else 0
        width = self._tree.columnWidth(index.column()) - inset - px(14)
        font = index.data(Qt.ItemDataRole.FontRole) or self._tree.font()
        wrap = Qt.TextFlag.TextWordWrap
        room = QFontMetrics(font).boundingRect(QRect(0, 0, max(width, px(60)), 10_000), wrap, index.data())
        return QSize(plain.width(), room.height() + px(10))


class DatesPart(QWidget):
    """``left``: Esc leads back; ``wanted`` is "code:GUID" or "relation:GUID" that one wants to see."""

    left = Signal()
    wanted = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = ""
        self.found: TwoStates | None = None
        self.setObjectName("two_dates")
        self.setAccessibleName(_("The model at two dates"))
        self.worker = Background(self)
        self.worker.done.connect(lambda _kind, found: self._land(found))
        self.before = _choice("date_before", _("Before"), self)
        self.behind = _choice("date_behind", _("After"), self)
        self.only = QCheckBox(_("Only what differs"), self)
        self.only.setObjectName("only_differences")
        self.only.setAccessibleName(self.only.text())
        self.only.setChecked(True)
        self.summary = QLabel(self)
        self.summary.setObjectName("difference_summary")
        self.summary.setWordWrap(True)
        self.summary.setFont(ui_font(SMALL))
        self.summary.setProperty("minor", True)
        self.states = (QLabel(self), QLabel(self))
        self.tree = self._tree()
        self._build()
        for choice in (self.before, self.behind):
            choice.activated.connect(lambda _at: self.read())
        self.only.toggled.connect(lambda _on: self._show())

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setObjectName("difference")
        tree.setAccessibleName(_("Differences"))
        tree.setColumnCount(3)
        tree.setWordWrap(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(px(14))
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.setItemDelegate(_Wrapped(tree))
        tree.itemActivated.connect(self._activated)
        header = tree.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.sectionResized.connect(lambda *_sizes: tree.scheduleDelayedItemsLayout())
        return tree

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = on_paper(QWidget(self))
        inner = QVBoxLayout(head)
        inner.setContentsMargins(px(16), px(10), px(16), px(8))
        inner.setSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for words, choice, state in (
            (_("Before"), self.before, self.states[0]),
            (_("After"), self.behind, self.states[1]),
        ):
            column = QVBoxLayout()
            line = QHBoxLayout()
            label = small(words, head)
            label.setBuddy(choice)
            line.addWidget(label)
            line.addWidget(choice, 1)
            column.addLayout(line)
            state.setFont(ui_font(SMALL))
            state.setProperty("quiet", True)
            state.setWordWrap(True)
            state.setAlignment(Qt.AlignmentFlag.AlignTop)
            column.addWidget(state, 1)
            row.addLayout(column, 1)
        swap = LinkButton(_("Swap"), "swap_dates", head)
        swap.setAccessibleName(_("Swap the two dates"))
        swap.clicked.connect(self.swap)
        row.insertWidget(1, swap, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(row)
        last = QHBoxLayout()
        last.addWidget(self.summary, 1)
        last.addWidget(self.only)
        inner.addLayout(last)
        box.addWidget(head)
        box.addWidget(Line(self))
        box.addWidget(self.tree, 1)

    # -- what is compared -----------------------------------------------------------------------------------

    def show_model(self, model: str, life: Life) -> None:
        """Offers the versions and days of a model; what was chosen stays where it is still there."""
        kept = [_key(choice) for choice in (self.before, self.behind)] if model == self._model else ["", ""]
        self._model = model
        rows = _moments(life)
        for choice, wanted, usual in zip(
            (self.before, self.behind), kept, (max(0, len(rows) - 2), len(rows) - 1), strict=True
        ):
            choice.clear()
            for words, moment in rows:
                choice.addItem(words, moment)
            at = next((at for at, (_words, one) in enumerate(rows) if _key_of(one) == wanted), -1)
            choice.setCurrentIndex(at if wanted and at >= 0 else usual)
        first = next((at for at, (_words, one) in enumerate(rows) if one.version), 0)
        if not kept[0]:
            self.before.setCurrentIndex(first)
        self.read()

    def choose(self, before: Moment) -> None:
        """Compares a moment with the model now."""
        at = next((at for at in range(self.before.count()) if _matches(self.before.itemData(at), before)), -1)
        if at >= 0:
            self.before.setCurrentIndex(at)
        self.behind.setCurrentIndex(self.behind.count() - 1)
        self.read()

    def swap(self) -> None:
        """Turns the two dates round."""
        before, behind = self.before.currentIndex(), self.behind.currentIndex()
        self.before.setCurrentIndex(behind)
        self.behind.setCurrentIndex(before)
        self.read()

    def read(self) -> None:
        """Asks for both states."""
        before, behind = self.before.currentData(), self.behind.currentData()
        if not self._model or before is None or behind is None:
            return
        project, model = self._desk.project, self._model
        self.worker.ask("states", lambda: two_states(project, model, before, behind))

    def _land(self, found: TwoStates) -> None:
        self.found = found
        self._show()

    # -- showing --------------------------------------------------------------------------------------------

    def _show(self) -> None:
        found = self.found
        if found is None:
            return
        for label, lines in zip(self.states, (found.before, found.behind), strict=True):
            label.setText(_SEPARATOR.join(lines))
        self.tree.setHeaderLabels([_("What"), self.before.currentText(), self.behind.currentText()])
        n = len(found.lines)
        told = ngettext("{n} difference", "{n} differences", n).format(n=n) if n else _("Nothing differs.")
        self.summary.setText(found.refused or told)
        self.tree.clear()
        told_by = {(line.group, line.about, line.words): line for line in found.lines}
        for group, title in GROUPS:
            rows = [row for row in found.rows if row.group == group]
            rows = [row for row in rows if row.differs or not self.only.isChecked()]
            if not rows:
                continue
            head = QTreeWidgetItem(self.tree, [_(title)])
            head.setFirstColumnSpanned(True)
            head.setFont(0, ui_font(SMALL, semibold=True))
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setExpanded(True)
            for row in rows:
                head.addChild(self._row(row, told_by))
            head.setExpanded(True)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first.child(0) or first)

    def _row(self, row: SideRow, lines: Mapping[tuple[Group, str, str], DifferenceLine]) -> QTreeWidgetItem:
        item = QTreeWidgetItem([row.name, row.before or "–", row.behind or "–"])
        item.setData(0, _ABOUT, row.about)
        for column in range(3):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        line = lines.get((row.group, row.about, row.name))
        told = [row.name, *(line.details if line else ())]
        item.setToolTip(0, "\n".join(told))
        if row.differs:
            item.setFont(0, ui_font(semibold=True))
        else:
            for column in range(3):
                item.setForeground(column, QColor(tokens_of(self).minor))
        return item

    def _activated(self, item: QTreeWidgetItem, _column: int) -> None:
        if about := item.data(0, _ABOUT):
            self.wanted.emit(about)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _choice(name: str, says: str, parent: QWidget) -> QComboBox:
    choice = QComboBox(parent)
    choice.setObjectName(name)
    choice.setAccessibleName(says)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(16)
    return choice


def _moments(life: Life) -> list[tuple[str, Moment]]:
    """The days on which something happened, the versions at their time, and now."""
    found = [(day, told_date(day, "d MMMM yyyy"), Moment(at=day)) for day in life.days]
    for row in life.versions:
        words = _("Version “{name}”, {day}").format(name=row.name, day=told_date(row.created, "d MMM yyyy"))
        found.append((row.created, words, Moment(version=row.guid)))
    ordered = sorted(found, key=lambda one: one[0])
    return [*((words, moment) for _at, words, moment in ordered), (_("now"), Moment())]


def _key(choice: QComboBox) -> str:
    moment = choice.currentData()
    return _key_of(moment) if moment is not None else ""


def _key_of(moment: Moment) -> str:
    return moment.version or (moment.at.isoformat() if moment.at else "now")


def _matches(known: Moment, wanted: Moment) -> bool:
    """Whether a moment of the list is the one wanted: the same version, or the same day."""
    if known.version or wanted.version:
        return known.version == wanted.version
    return bool(known.at and wanted.at and known.at.date() == wanted.at.astimezone().date())
