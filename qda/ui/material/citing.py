"""How passages are cited in this study: the template with an example, and the measure of numbered lines."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from qda.errors import KnownError
from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.surfaces import small

if TYPE_CHECKING:
    from qda.coding.rows import SheetRow
    from qda.ui.desk import Desk


class CitationField(QWidget):
    """A template to choose or to write; Enter or leaving the field takes it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = ""
        self.template = QComboBox(self)
        self.template.setObjectName("sheet_citation")
        self.template.setAccessibleName(_("How passages are cited"))
        self.template.setEditable(True)
        self.template.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.template.setMinimumWidth(px(320))
        for written in self._presets():
            self.template.addItem(written)
        line = self.template.lineEdit()
        assert line is not None
        line.setObjectName("sheet_citation_text")
        line.setAccessibleName(self.template.accessibleName())
        line.setPlaceholderText(_("The usual way"))
        line.editingFinished.connect(self._settle)
        line.textEdited.connect(lambda _text: self._tell())
        self.template.activated.connect(lambda _at: self._settle())
        self.example = small("", self, wrap=True)
        self.example.setObjectName("sheet_citation_example")
        self.measure = QSpinBox(self)
        self.measure.setObjectName("sheet_line_measure")
        self.measure.setAccessibleName(_("Characters a line holds that is cited"))
        self.measure.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.measure.setKeyboardTracking(False)
        self._lay_out()
        self.measure.valueChanged.connect(self._measured)

    def _lay_out(self) -> None:
        from qda.coding.line_numbers import LEAST, MOST

        self.measure.setRange(LEAST, MOST)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        first = QHBoxLayout()
        first.addWidget(self.template)
        first.addStretch(1)
        box.addLayout(first)
        box.addWidget(self.example)
        second = QHBoxLayout()
        second.setSpacing(px(8))
        words = QLabel(_("A numbered line holds"), self)
        words.setBuddy(self.measure)
        second.addWidget(words)
        second.addWidget(self.measure)
        second.addWidget(QLabel(_("characters"), self))
        second.addStretch(1)
        box.addLayout(second)

    @staticmethod
    def _presets() -> list[str]:
        return [
            "",
            _("{title}, para. {paragraph}"),
            _("{title}, ll. {lines}"),
            _("{case}, ll. {lines}"),
            _("{title}, {speaker}, para. {paragraph}"),
        ]

    def show_sheet(self, row: "SheetRow") -> None:
        """Shows what is stored; what is being typed stays."""
        self._shown = row.citation
        line = self.template.lineEdit()
        assert line is not None
        if not line.hasFocus():
            line.setText(row.citation)
        self.measure.blockSignals(True)
        self.measure.setValue(row.line_measure)
        self.measure.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        """The template on an invented passage, or what is wrong with it."""
        from qda.coding.citation import checked_template, cited
        from qda.coding.rows import SegmentRow

        try:
            template = checked_template(self.template.currentText())
        except KnownError as problem:
            self.example.setText(problem.sentence)
            return
        passage = SegmentRow(
            guid="",
            source="",
            title=_("Interview 2"),
            start=0,
            stop=1,
            text=_("We just did it."),
            paragraph="34",
            last_paragraph="34",
            speaker="B",
            role="respondent",
            case=None,
            case_name=_("Case B"),
            lines="120–124" if "{lines}" in template else "",
            citation=template,
        )
        self.example.setText(_("For instance: {example}").format(example=cited(passage)))

    def _settle(self) -> None:
        from qda.coding.citation import checked_template
        from qda.coding.sheet import set_citation

        try:
            template = checked_template(self.template.currentText())
        except KnownError:
            self._tell()
            return
        if template != self._shown:
            self._desk.do(set_citation, template=template)
        self._tell()

    def _measured(self, characters: int) -> None:
        from qda.coding.sheet import set_line_measure

        self._desk.do(set_line_measure, characters=characters)
