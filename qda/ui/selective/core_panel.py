"""The left panel: the core category, what speaks for it, the author's reasons and rivals, what is apart."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.coding import material, selective
from qda.coding.citation import may_quote, paragraphs_cited, quoted, spoken, withheld
from qda.coding.references import PATH_SEPARATOR
from qda.coding.rows import SegmentRow
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.ui.axial.acts import Acts
from qda.ui.axial.choices import Choice, ChoiceList, choose
from qda.ui.axial.reading import Reading
from qda.ui.axial.segmented import Chip
from qda.ui.fonts import QUOTE, SHEET_TITLE, SMALL, px, reading_font, ui_font
from qda.ui.memos.autosave import AutoText
from qda.ui.selective.standing import Standing
from qda.ui.selective.targets import passage_choice
from qda.ui.surfaces import Elided, Line, LinkButton, head_row, on_panel, scrolled, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk


def label(words: str, parent: QWidget) -> QLabel:
    """The name of a part of the panel."""
    made = QLabel(words, parent)
    made.setFont(ui_font(SMALL, semibold=True))
    made.setProperty("quiet", True)
    return made


_TALLEST: Final = 150  # of a field of the author's words
_AGAINST: Final = 5  # passages that are listed at once


def short_words() -> dict[str, str]:
    """What the author answers himself, in few words."""
    return {
        "core:strain": _("Relations without strain"),
        "core:variation": _("Explains what deviates"),
        "core:abstract": _("Named more abstractly"),
    }


class CorePanel(QWidget):
    """Core category: chosen here, argued for here."""

    category_opened = Signal(str)
    case_opened = Signal(str)

    def __init__(self, desk: "Desk", reading: Reading, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading = reading
        self._acts = acts
        self._passage: tuple[str, int, int] | None = None
        self._answered: set[str] = set()
        self._against_rows: dict[str, SegmentRow] = {}
        self.setObjectName("core_panel")
        self.setMinimumWidth(px(276))
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
        for button in (self.first, self.change):
            button.setEnabled(not desk.project.read_only)
        for widget in (self._none, self._area, self.change):  # until the figures are known
            widget.hide()
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
            figure.setWordWrap(True)  # many cases, counted one by one
            row = QHBoxLayout()
            row.setSpacing(px(6))
            row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(figure, 1)
            box.addLayout(row)
            self._lines.append((words, figure))
        self.answers: dict[str, tuple[LinkButton, AutoText]] = {}
        for key, question in selective.CORE_QUESTIONS:
            asked = small(_(question), part, wrap=True)
            asked.hide()
            box.addLayout(self._answer_row(part, key, asked))
            box.addWidget(asked)
            box.addWidget(self.answers[key][1])
        return part

    def _answer_row(self, part: QWidget, key: str, asked: QLabel) -> QHBoxLayout:
        """A question that no figure answers: it opens and closes below its short words, with the answer."""
        question = asked.text()
        words = Elided(short_words()[key], part)
        words.setFixedHeight(px(20))
        words.setToolTip(question)
        field = self._text(key.replace(":", "_"), question, _("In your words"))
        field.hide()
        link = LinkButton(_("Your answer"), f"answer_{key.replace(':', '_')}", part)
        link.setAccessibleName(_("Your answer: {question}").format(question=question))
        link.setToolTip(question)
        link.setStyleSheet("padding: 0; margin: 0;")
        link.setFixedHeight(px(20))

        def turn() -> None:
            field.setVisible(not field.isVisible())
            asked.setVisible(field.isVisible())
            if field.isVisible():
                field.setFocus()

        link.clicked.connect(turn)
        field.settled.connect(lambda body: self._answer(key, body))
        self.answers[key] = (link, field)
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(words, 1)
        row.addWidget(link)
        return row

    def _answer(self, key: str, body: str) -> None:
        if body.strip() or key in self._answered:
            self._desk.do(selective.answer_on_core, key=key, text=body)

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
        field.setReadOnly(self._desk.project.read_only)
        size = field.document().documentLayout().documentSizeChanged

        def grow() -> None:
            around, line = px(12), max(1, field.fontMetrics().lineSpacing())
            tallest = (px(_TALLEST) - around) // line * line + around  # no line is cut in two
            wanted = round(field.document().size().height()) + around
            field.setFixedHeight(max(px(64), min(wanted, tallest)))

        size.connect(grow)
        grow()
        return field

    def _deviating(self) -> QWidget:
        part, box = self._part(_("What deviates"))
        self._quote = QLabel(part)
        self._quote.setFont(reading_font(QUOTE))
        self._quote.setWordWrap(True)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        self._place = LinkButton("", "show_deviating", part)
        self._place.setFont(ui_font(SMALL))
        self._place.clicked.connect(self._show_passage)
        self._without = small("", part, wrap=True)
        self.without = ChoiceList("cases_without", _("Cases without a passage of it"), part)
        self.without.taken.connect(self.case_opened)
        self._against = small(_("Speaks against its relations:"), part, wrap=True)
        self.against = ChoiceList("passages_against", _("Passages that speak against its relations"), part)
        self.against.taken.connect(self._show_against)
        for row in (self._quote, self._place, self._without):
            row.setContentsMargins(px(16), 0, px(14), 0)
        self._against.setContentsMargins(px(16), px(4), px(14), 0)
        title = part.findChild(QLabel)
        if title is not None:
            title.setContentsMargins(px(16), 0, 0, 0)
        box.setContentsMargins(0, px(9), 0, px(6))
        box.addWidget(self._quote)
        place = QHBoxLayout()
        place.setContentsMargins(px(12), 0, 0, 0)
        place.addWidget(self._place)
        place.addStretch(1)
        box.addLayout(place)
        for one in (self._without, self.without, self._against, self.against):
            one.setProperty("panel", True)
            box.addWidget(one)
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
        self._answered = set(found.answers)
        for key, (link, field) in self.answers.items():
            field.show_text(found.answers.get(key, ""))
            link.setText(_("Answered") if key in found.answers else _("Your answer"))
        self._show_deviating(row.deviating if row else None)
        self._show_others(found, row.deviating if row else None)
        self._deviating_part.setVisible(bool(self._passage or found.without or found.against))
        self._apart_part.setVisible(bool(found.apart))
        self.apart.show_choices([self._reading.choice(code.guid) for code in found.apart])
        self.apart.setFixedHeight(px(26) * len(found.apart) + px(2))

    def _show_deviating(self, segment: str | None) -> None:
        self._passage = None
        if segment is not None:
            try:
                row = material.segment(self._desk.project, segment)
            except KnownError:
                pass
            else:
                self._passage = (row.source, row.start, row.stop)
                self._quote.setText(quoted(spoken(row)) if may_quote(row) else withheld())
                self._place.setText(paragraphs_cited(row))
                told = _("Show {place} in the text").format(place=paragraphs_cited(row))
                self._place.setAccessibleName(told)
        for widget in (self._quote, self._place):
            widget.setVisible(self._passage is not None)

    def _show_others(self, found: Standing, shown: str | None) -> None:
        """Cases without a passage of it, and what speaks against its relations (but the one ``shown``)."""
        n = len(found.without)
        told = ngettext("{n} coded case without it:", "{n} coded cases without it:", n).format(n=n)
        self._without.setText(told)
        self.without.show_choices([Choice(case.guid, case.name) for case in found.without])
        self._against_rows = {row.guid: row for row in found.against if row.guid != shown}
        against = list(self._against_rows.values())
        self.against.show_choices([passage_choice(row) for row in against])
        self.without.setFixedHeight(px(26) * min(n, _AGAINST) + px(2))
        self.against.setFixedHeight(px(43) * min(len(against), _AGAINST) + px(2))
        for widget in (self._without, self.without):
            widget.setVisible(bool(found.without))
        for widget in (self._against, self.against):
            widget.setVisible(bool(against))

    def _show_against(self, guid: str) -> None:
        row = self._against_rows[guid]
        self._desk.source_wanted.emit(row.source, row.start, row.stop)

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
