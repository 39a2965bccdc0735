"""The category in hand: its judgement with reason, the judgements before it, and the curve small below."""

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.coding.saturation import CategoryState
from qda.coding.saturation_judgements import JudgementRow
from qda.i18n import _
from qda.reports.saturation import state_word
from qda.ui.axial.choices import Choice, ChoiceList
from qda.ui.axial.segmented import Chip
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.saturation.acts import unjudge
from qda.ui.saturation.curve_view import CurveView
from qda.ui.saturation.judging import JudgeBar
from qda.ui.saturation.reading import Standing
from qda.ui.saturation.table import day_told
from qda.ui.saturation.words import DASH, since_told
from qda.ui.surfaces import Elided, Line, LinkButton, on_panel, scrolled, section, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk


_LISTED: Final = 4  # judgements that are seen at once
_ROW: Final = 43


class History(ChoiceList):
    """Judgements, the last one first; Del takes one back."""

    removed = Signal(str)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.key:
            self.removed.emit(self.key)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CategoryPanel(QWidget):
    """Right of the table."""

    left = Signal()  # Esc: back to the table

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self.setObjectName("saturation_category")
        on_panel(self)
        self.chip = Chip(0, self)
        self.name = Elided("", self)
        self.name.setFont(ui_font(semibold=True))
        self.there = LinkButton(_("Go there"), "saturation_category_there", self)
        self.there.setAccessibleName(_("Go to the category"))
        self.there.setFont(ui_font(SMALL))
        self.there.clicked.connect(lambda: desk.workspace_wanted.emit("open"))
        self.there.clicked.connect(lambda: desk.code_chosen.emit(self._code))
        self.told = small("", self, wrap=True)
        self.bar = JudgeBar("judgement", self)
        self.keys = small(_("In the table: 1, 2, 3. Enter keeps, Esc drops."), self, wrap=True)
        self.seen = QLabel(self)
        self.seen.setObjectName("saturation_seen")
        self.seen.setWordWrap(True)
        self.seen.setTextFormat(Qt.TextFormat.RichText)
        self.seen.setFont(ui_font(SMALL))
        self.seen.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.seen.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.none = small(_("None yet."), self)
        self.history = History("judgements", _("Judgements so far"), self)
        self.history.removed.connect(lambda guid: unjudge(desk, guid))
        self.history.left.connect(self.left)
        self.history.turned_to.connect(lambda _key: self._turned())
        self.remove = LinkButton(_("Take back"), "judgement_remove", self)
        self.remove.setAccessibleName(_("Take the judgement back"))
        self.remove.setFont(ui_font(SMALL))
        self.remove.clicked.connect(lambda: unjudge(desk, self.history.key))
        self.curve = CurveView("saturation_curve", self)
        self.curve.picture.wanted.connect(lambda source: desk.source_wanted.emit(source, -1, -1))
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self.chip)
        head.addWidget(self.name, 1)
        head.addWidget(self.there)
        top = QVBoxLayout()
        top.setContentsMargins(px(16), px(12), px(16), px(10))
        top.setSpacing(px(8))
        top.addLayout(head)
        top.addWidget(self.told)
        top.addWidget(self.bar)
        top.addWidget(self.keys)
        seen = on_panel(QWidget())
        around = QVBoxLayout(seen)
        around.setContentsMargins(px(16), px(8), px(16), px(8))
        around.addWidget(self.seen)
        around.addStretch(1)
        past = QHBoxLayout()
        past.setContentsMargins(px(16), px(8), px(12), px(6))
        past.setSpacing(px(8))
        title = section(_("Judgements so far"), self)
        title.setFont(ui_font(SMALL, semibold=True))
        past.addWidget(title)
        past.addWidget(self.none, 1)
        past.addWidget(self.remove)
        low = QVBoxLayout()
        low.setContentsMargins(px(16), px(10), px(16), px(12))
        low.addWidget(self.curve)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(Line(self))
        box.addWidget(scrolled(seen), 1)
        box.addWidget(Line(self))
        box.addLayout(past)
        box.addWidget(self.history)
        box.addWidget(Line(self))
        box.addLayout(low)

    def show_standing(self, standing: Standing, code: str, *, writable: bool) -> None:
        """Shows this category, as it stands."""
        row = next((one for one in standing.states.rows if one.code == code), None)
        self._code = code if row else ""
        self.chip.setVisible(row is not None)
        self.chip.show_colour(row.colour if row else 0)
        self.name.setText(row.name if row else _("No category"))
        self.name.setToolTip(row.path if row else "")
        self.told.setText(since_told(row) if row else "")
        self.there.setEnabled(row is not None)
        self.seen.setText(_seen_html(row) if row else "")
        self.bar.show_category(self._code, _state_of(row), "", writable=writable)
        self.keys.setVisible(writable)
        self._show_history(standing.judged.get(code, ()), writable=writable)
        self.curve.show_curve(standing.curve, counted=standing.counted)

    def _show_history(self, rows: tuple[JudgementRow, ...], *, writable: bool) -> None:
        self.history.show_choices(
            [
                Choice(
                    row.guid,
                    state_word(row.state),
                    detail=f"{day_told(row.created)}, {row.coder}",
                    below=row.reason,
                    faded=not row.holds,
                )
                for row in reversed(rows)
            ]
        )
        self.history.setVisible(bool(rows))
        self.none.setText("" if rows else _("None yet."))
        self.history.setFixedHeight(min(len(rows), _LISTED) * px(_ROW) + 2)
        self.remove.setVisible(writable and bool(rows))
        self._turned()

    def _turned(self) -> None:
        self.remove.setEnabled(bool(self.history.key))


def _seen_html(row: CategoryState) -> str:
    """All that was seen on each property, from pole to pole; what is new since stands out."""
    parts = []
    for one in row.dimensions:
        places = [
            f"<b>{escape(place)}</b>" if place in one.new_places else escape(place) for place in one.seen
        ]
        told = " · ".join(places) or DASH
        if one.missing_poles:
            gone = _("not seen: {places}").format(places=escape(" · ".join(one.missing_poles)))
            told = f"{told}<br><i>{gone}</i>"
        parts.append(f"<p style='margin: 0 0 6px 0'><b>{escape(one.name)}</b><br>{told}</p>")
    if any(one.new_places for one in row.dimensions):
        parts.append(f"<p><i>{escape(_('New since then is set bold.'))}</i></p>")
    return "".join(parts)


def _state_of(row: CategoryState | None) -> str:
    return row.judgement.state if row is not None and row.judgement is not None else ""
