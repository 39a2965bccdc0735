"""The curve of new codes, small, with what it is not: a measure of theoretical saturation."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qda.coding.saturation import Curve
from qda.i18n import _, ngettext
from qda.reports.saturation import curve_figure, curve_words
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.surfaces import section, small
from qda.ui.typology.picture_view import PictureView

if TYPE_CHECKING:
    from qda.figures.new_codes import NewCodesLayout


class CurveView(QWidget):
    """Title, curve, and a sentence on what can be reckoned from it yet."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        title = section(_("New codes per transcript"), self)
        title.setFont(ui_font(SMALL, semibold=True))
        self.picture: PictureView[NewCodesLayout] = PictureView(
            f"{name}_picture", _("New codes per transcript"), self, margin=2.0
        )
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
        self.picture.set_picture(curve_figure(curve, high=64.0) if shown else None)
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
