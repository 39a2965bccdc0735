"""The curve of new codes, small, with what it is not: a measure of theoretical saturation."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qda.coding.saturation import Curve, Transcript
from qda.figures.new_codes import NewCodesLayout
from qda.i18n import _, ngettext
from qda.reports.saturation import curve_figure, curve_words
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.surfaces import section, small
from qda.ui.theme import tokens_of
from qda.ui.typology.picture_view import PictureView


class CurvePicture(PictureView[NewCodesLayout]):
    """The curve itself; a click (or a key) on a point leads to its transcript."""

    wanted = Signal(str)  # a document

    def __init__(self, name: str, parent: QWidget | None = None, *, high: float = 64.0) -> None:
        super().__init__(name, _("New codes per transcript"), parent, margin=2.0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(_("Arrow keys choose a transcript, Enter leads there."))
        self._steps: tuple[Transcript, ...] = ()
        self._at = -1
        self._high = high

    def show_steps(self, curve: Curve) -> None:
        """Shows this curve."""
        self._steps = curve.transcripts
        self._at = min(self._at, len(self._steps) - 1)
        self.set_picture(curve_figure(curve, high=self._high))

    def clear(self) -> None:
        """Shows nothing."""
        self._steps = ()
        self.set_picture(None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.arranged is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.arranged.paint(painter)
        if self.hasFocus() and 0 <= self._at < len(self.arranged.points):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens_of(self).accent), 2))
            painter.drawEllipse(self.arranged.points[self._at], px(7), px(7))

    def _nearest(self, x: float) -> int:
        points = self.arranged.points if self.arranged is not None else ()
        return min(range(len(points)), key=lambda at: abs(points[at].x() - x), default=-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._nearest(event.position().x())
        if 0 <= at < len(self._steps):
            self.setToolTip(_told(self._steps[at]))
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._at = self._nearest(event.position().x())
        self._go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self._steps:
            self._at = min(max(self._at + steps[Qt.Key(event.key())], 0), len(self._steps) - 1)
            self.setAccessibleDescription(_told(self._steps[self._at]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        if 0 <= self._at < len(self._steps):
            self.wanted.emit(self._steps[self._at].source)


def _told(step: Transcript) -> str:
    n = len(step.new)
    return ngettext("{title}: {n} new code.", "{title}: {n} new codes.", n).format(title=step.title, n=n)


class CurveView(QWidget):
    """Title, curve, and a sentence on what can be reckoned from it yet."""

    def __init__(self, name: str, parent: QWidget | None = None, *, high: float = 64.0) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        title = section(_("New codes per transcript"), self)
        title.setFont(ui_font(SMALL, semibold=True))
        self.picture = CurvePicture(f"{name}_picture", self, high=high)
        self.told = small("", self, wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        box.addWidget(title)
        box.addWidget(small(_("no measure of theoretical saturation"), self, wrap=True))
        box.addWidget(self.picture)
        box.addWidget(self.told)

    def show_curve(self, curve: Curve, *, counted: bool = True) -> None:
        """Shows this curve; where frequencies are hidden, nothing is counted here."""
        shown = counted and len(curve.transcripts) > 1
        if shown:
            self.picture.show_steps(curve)
        else:
            self.picture.clear()
        self.picture.setVisible(shown)
        self.picture.setAccessibleDescription(curve_words(curve) if shown else "")
        self.told.setText(told_of(curve) if counted else _("This study hides frequencies."))


def told_of(curve: Curve) -> str:
    """What can be said of the curve: the share of new codes in the last run, or that there is none yet."""
    n, needed = len(curve.transcripts), curve.base + curve.run
    if not n:
        return _("No transcript has been coded yet.")
    last = curve.runs[-1] if curve.runs else None
    if last is None:
        words = ngettext(
            "Share of new codes: not yet determinable with {n} transcript (it takes {needed}).",
            "Share of new codes: not yet determinable with {n} transcripts (it takes {needed}).",
            n,
        )
        return words.format(n=n, needed=needed)
    if last.ratio is None:
        return _("Share of new codes: not defined, the base holds no code.")
    words = _(
        "In the last {run} transcripts: {new} new codes, {percent} % of the {codes} codes of the first "
        "{base}."
    )
    return words.format(
        run=curve.run, new=last.new, percent=round(100 * last.ratio), codes=curve.base_codes, base=curve.base
    )
