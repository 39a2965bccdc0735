"""The left panel: the core category, what speaks for it, the author's reasons and rivals, what is apart."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.coding import material, selective
from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.references import PATH_SEPARATOR
from qda.errors import KnownError
from qda.i18n import _
from qda.ui.axial.acts import Acts
from qda.ui.axial.choices import ChoiceList, choose
from qda.ui.axial.reading import Reading
from qda.ui.axial.segmented import Chip
from qda.ui.fonts import QUOTE, SHEET_TITLE, SMALL, px, reading_font, ui_font
from qda.ui.memos.autosave import AutoText
from qda.ui.selective.standing import Standing
from qda.ui.surfaces import Line, LinkButton, head_row, on_panel, scrolled, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk


def label(words: str, parent: QWidget) -> QLabel:
    """The name of a part of the panel."""
    made = QLabel(words, parent)
    made.setFont(ui_font(SMALL, semibold=True))
    made.setProperty("quiet", True)
    return made


class CorePanel(QWidget):
    """Core category: chosen here, argued for here."""

    category_opened = Signal(str)

    def __init__(self, desk: "Desk", reading: Reading, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading = reading
        self._acts = acts
        self._passage: tuple[str, int, int] | None = None
        self.setObjectName("core_panel")
        on_panel(self)
        self.change = LinkButton(_("Change"), "change_core", self)
        self.change.setAccessibleName(_("Choose another core category"))
        self.change.clicked.connect(self.choose)
        self._inside = QWidget(self)
        on_panel(self._inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Core category"), self.change))
        self._none = self._nothing()
        box.addWidget(self._none)
        self._area = scrolled(self._inside)
        box.addWidget(self._area, 1)
        self._fill()

    def _nothing(self) -> QWidget:
        page = QWidget(self)
        words = small(
            _("The core category holds the theory together: it relates to all main categories."),
            page,
            wrap=True,
        )
        self.first = QPushButton(_("Choose the core category…"), page)
        self.first.setObjectName("choose_core")
        self.first.setAccessibleName(_("Choose the core category"))
        self.first.clicked.connect(self.choose)
        box = QVBoxLayout(page)
        box.setContentsMargins(px(16), px(4), px(14), px(12))
        box.setSpacing(px(10))
        box.addWidget(words)
        box.addWidget(self.first, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        return page

    def _fill(self) -> None:
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(0, 0, 0, px(12))
        box.setSpacing(0)
        box.addLayout(self._name())
        for part in (self._figures(), self._texts(), self._deviating(), self._apart()):
            box.addWidget(Line(self._inside))
            box.addWidget(part)
        box.addStretch(1)

    def _name(self) -> QVBoxLayout:
        self._chip = Chip(parent=self._inside)
        self._title = QLabel(self._inside)
        self._title.setFont(ui_font(SHEET_TITLE, semibold=True))
        self._title.setWordWrap(True)
        self._path = small("", self._inside, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        chip = QVBoxLayout()
        chip.addSpacing(px(5))
        chip.addWidget(self._chip)
        chip.addStretch(1)
        row.addLayout(chip)
        row.addWidget(self._title, 1)
        box = QVBoxLayout()
        box.setContentsMargins(px(16), px(2), px(14), px(10))
        box.setSpacing(px(4))
        box.addLayout(row)
        box.addWidget(self._path)
        return box

    def _part(self, title: str) -> tuple[QWidget, QVBoxLayout]:
        part = QWidget(self._inside)
        box = QVBoxLayout(part)
        box.setContentsMargins(px(16), px(9), px(14), px(9))
        box.setSpacing(px(5))
        if title:
            box.addWidget(label(title, part))
        return part, box

    def _figures(self) -> QWidget:
        part, box = self._part(_("What speaks for it"))
        self._lines: list[tuple[QLabel, QLabel]] = []
        for _number in range(3):
            words, figure = QLabel(part), QLabel(part)
            figure.setProperty("quiet", True)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            row = QHBoxLayout()
            row.setSpacing(px(6))
            row.addWidget(words)
            row.addWidget(figure, 1)
            box.addLayout(row)
            self._lines.append((words, figure))
        return part

    def _texts(self) -> QWidget:
        part, box = self._part("")
        self.rivals = self._text("core_rivals", _("Rivals"), _("Which others were considered, and why not"))
        self.reasons = self._text("core_reasons", _("Why this one"), _("What it explains that others do not"))
        self.rivals.settled.connect(lambda words: self._desk.do(selective.change_core, rivals=words))
        self.reasons.settled.connect(lambda words: self._desk.do(selective.change_core, reasons=words))
        for title, field in ((_("Rivals"), self.rivals), (_("Why this one"), self.reasons)):
            box.addWidget(label(title, part))
            box.addWidget(field)
            box.addSpacing(px(5))
        return part

    def _text(self, name: str, title: str, hint: str) -> AutoText:
        field = AutoText(self._inside)
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.setPlaceholderText(hint)
        field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        size = field.document().documentLayout().documentSizeChanged

        def grow() -> None:
            field.setFixedHeight(max(px(64), round(field.document().size().height()) + px(12)))

        size.connect(grow)
        grow()
        return field

    def _deviating(self) -> QWidget:
        part, box = self._part(_("Deviating passage"))
        self._quote = QLabel(part)
        self._quote.setFont(reading_font(QUOTE))
        self._quote.setWordWrap(True)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        self._place = LinkButton("", "show_deviating", part)
        self._place.setFont(ui_font(SMALL))
        self._place.clicked.connect(self._show_passage)
        box.addWidget(self._quote)
        box.addWidget(self._place)
        self._deviating_part = part
        return part

    def _apart(self) -> QWidget:
        part, box = self._part(_("Not yet linked"))
        self.apart = ChoiceList("not_linked", _("Main categories not yet linked"), part)
        self.apart.setProperty("panel", True)
        self.apart.taken.connect(self.category_opened)
        box.setContentsMargins(0, px(9), 0, px(4))
        title = part.findChild(QLabel)
        if title is not None:
            title.setContentsMargins(px(16), 0, 0, 0)
        box.addWidget(self.apart)
        self._apart_part = part
        return part

    def show_standing(self, found: Standing | None) -> None:
        """Shows the core category, or the way to one."""
        self._none.setVisible(found is None)
        self._area.setVisible(found is not None)
        self.change.setVisible(found is not None)
        if found is None:
            return
        row = self._reading.codes.get(found.core.code)
        self._title.setText(self._reading.name(found.core.code))
        self._chip.show_colour(self._reading.colour(found.core.code))
        above = row.path.rpartition(PATH_SEPARATOR)[0] if row else ""
        self._path.setText(_("from “{path}”").format(path=above) if above else "")
        self._path.setVisible(bool(above))
        for (words, figure), (name, value, told) in zip(self._lines, found.lines, strict=True):
            words.setText(name)
            figure.setText(value)
            figure.setAccessibleName(f"{name}: {value}")
            words.setToolTip(told)
            figure.setToolTip(told)
        self.rivals.show_text(found.core.rivals)
        self.reasons.show_text(found.core.reasons)
        self._show_deviating(row.deviating if row else None)
        self._apart_part.setVisible(bool(found.apart))
        self.apart.show_choices([self._reading.choice(code.guid) for code in found.apart])
        self.apart.setFixedHeight(px(26) * len(found.apart) + px(2))

    def _show_deviating(self, segment: str | None) -> None:
        self._deviating_part.setVisible(segment is not None)
        if segment is None:
            return
        try:
            row = material.segment(self._desk.project, segment)
        except KnownError:
            self._deviating_part.hide()
            return
        self._passage = (row.source, row.start, row.stop)
        self._quote.setText(quoted(spoken(row)))
        self._place.setText(paragraphs_cited(row))
        self._place.setAccessibleName(_("Show {place} in the text").format(place=paragraphs_cited(row)))

    def _show_passage(self) -> None:
        if self._passage is not None:
            self._desk.source_wanted.emit(*self._passage)

    def choose(self) -> None:
        """Asks which category is the core of the theory."""

        def take(key: str) -> None:
            if code := self._acts.code_of(key):
                self._desk.do(selective.choose_core, code=code)

        categories = tuple(row.guid for row in self._reading.codes.values() if row.kind == "category")
        choose(
            self,
            _("Which category is the core of the theory?"),
            self._reading.code_choices(categories),
            take,
            new=_("New category “{name}”"),
        )
