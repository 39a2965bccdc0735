"""The small windows of axial coding: new model, new relation, words of a slot, conditions of a relation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from qda.coding import paradigms
from qda.i18n import _
from qda.ui.axial.choices import Choice, ChoiceList
from qda.ui.axial.segmented import chip_icon
from qda.ui.fonts import px
from qda.ui.surfaces import small


def buttons(dialog: QDialog, accept: str) -> QDialogButtonBox:
    box = QDialogButtonBox(dialog)
    done = box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
    done.setObjectName("accept")
    done.setAccessibleName(accept)
    done.setDefault(True)
    stop = box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    stop.setObjectName("cancel")
    stop.setAccessibleName(_("Cancel"))
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


class Form(QDialog):
    """A dialog with labelled fields."""

    def __init__(self, name: str, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setMinimumWidth(px(520))
        self.finished.connect(self.deleteLater)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(px(20), px(18), px(20), px(14))
        self.outer.setSpacing(px(14))
        self.form = QFormLayout()
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.form.setHorizontalSpacing(px(14))
        self.form.setVerticalSpacing(px(9))
        self.outer.addLayout(self.form)

    def event(self, event: QEvent) -> bool:
        """Words that wrap need more height than a form asks for: no row may stand on another."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            wanted = self.outer.totalHeightForWidth(self.width())
            if wanted > self.height():
                self.resize(self.width(), wanted)
        return done

    def add(self, words: str, name: str, field: QWidget) -> None:
        """A field with its label."""
        field.setObjectName(name)
        field.setAccessibleName(words)
        self.form.addRow(words, field)


class ModelDialog(Form):
    """Name and template of a new model."""

    def __init__(
        self,
        template: str,
        offered: Sequence[paradigms.ParadigmTemplate],
        take: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        self._offered = {known.id: known for known in offered}
        super().__init__("model_dialog", _("New model"), parent)
        self.name = QLineEdit(self)
        self.add(_("Name"), "model_name", self.name)
        self.template = QComboBox(self)
        for known in offered:
            self.template.addItem(str(known.name), known.id)
        self.add(_("Template"), "model_template", self.template)
        self.origin = small("", self, wrap=True)
        self.form.addRow("", self.origin)
        self.template.currentIndexChanged.connect(self._tell)
        self.template.setCurrentIndex(max(0, self.template.findData(template)))
        self._tell()
        self.outer.addWidget(buttons(self, _("Make the model")))
        self.accepted.connect(lambda: take(self.name.text().strip(), self.template.currentData()))

    def _tell(self) -> None:
        chosen = self._offered[self.template.currentData()]
        slots = " – ".join(str(slot.name) for slot in chosen.columns)
        self.origin.setText("\n".join(part for part in (str(chosen.origin), slots) if part))

    def accept(self) -> None:
        """A model needs a name."""
        if self.name.text().strip():
            super().accept()
        else:
            self.name.setFocus()


class CodeCombo(QComboBox):
    """A code to choose, by typing a part of its name."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(30)
        for choice in choices:
            self.addItem(chip_icon(choice.colour or 0, self), choice.words, choice.key)
        completer = self.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCurrentIndex(-1)

    @property
    def key(self) -> str:
        """The chosen code; empty where what is typed names none."""
        at = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(at)) if at >= 0 else ""

    def choose(self, key: str) -> None:
        """Chooses the code ``key``."""
        self.setCurrentIndex(self.findData(key))


@dataclass(frozen=True, slots=True)
class NewRelation:
    """What the dialog asks for."""

    from_code: str
    to_code: str
    type: str
    statement: str
    own_type: str = ""


class RelationDialog(Form):
    """A new relation: from, type (one key, 1–9), to, statement."""

    taken = Signal(object)

    def __init__(
        self,
        choices: Sequence[Choice],
        parent: QWidget | None = None,
        *,
        from_code: str = "",
        to_code: str = "",
    ) -> None:
        super().__init__("relation_dialog", _("Relate codes"), parent)
        self.start = CodeCombo(choices, self)
        self.add(_("From"), "relation_from", self.start)
        self.types = ChoiceList("relation_type", _("Type of relation"), self)
        self.types.setProperty("always_lit", True)
        self.types.show_choices(
            [
                Choice(kind.key, f"{number}  {kind.forward}", detail="", faded=False)
                for number, kind in enumerate(paradigms.relation_types(), start=1)
            ],
            current="leads_to",
        )
        self.types.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.types.setFixedHeight(px(26) * len(paradigms.relation_types()) + px(2))
        self.types.installEventFilter(self)
        self.form.addRow(_("Type"), self.types)
        self.own = QLineEdit(self)
        self.add(_("In own words"), "relation_own_type", self.own)
        self.meaning = small("", self, wrap=True)
        self.form.addRow("", self.meaning)
        self.end = CodeCombo(choices, self)
        self.add(_("To"), "relation_to", self.end)
        self.statement = QLineEdit(self)
        self.statement.setPlaceholderText(_("The relation as a sentence"))
        self.add(_("Statement"), "relation_statement", self.statement)
        self.outer.addWidget(buttons(self, _("Relate")))
        self.types.turned_to.connect(lambda _key: self._tell())
        self.types.taken.connect(lambda _key: self._go_on())
        self.start.choose(from_code)
        self.end.choose(to_code)
        self._tell()
        (self.types if from_code and to_code else self.end if from_code else self.start).setFocus()

    def _tell(self) -> None:
        chosen = paradigms.relation_type(self.types.key or "leads_to")
        self.meaning.setText(str(chosen.definition))
        self.form.setRowVisible(self.own, chosen.key == "own")

    def _go_on(self) -> None:
        """The type is chosen: on to the next empty field."""
        if self.types.key == "own" and not self.own.text():
            self.own.setFocus()
        elif not self.end.key:
            self.end.setFocus()
        else:
            self.statement.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.types and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            number = event.key() - Qt.Key.Key_1
            kinds = paradigms.relation_types()
            if 0 <= number < len(kinds):
                self.types.make_current(kinds[number].key)
                self._tell()
                self._go_on()
                return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """A relation needs two codes."""
        if not self.start.key or not self.end.key:
            (self.end if self.start.key else self.start).setFocus()
            return
        made = NewRelation(
            self.start.key,
            self.end.key,
            self.types.key or "leads_to",
            self.statement.text().strip(),
            self.own.text().strip(),
        )
        super().accept()
        self.taken.emit(made)


class SlotDialog(Form):
    """Name, definition and question of a slot."""

    taken = Signal(str, str, str)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        name: str = "",
        definition: str = "",
        question: str = "",
    ) -> None:
        super().__init__("slot_dialog", _("Slot"), parent)
        self.name = QLineEdit(name, self)
        self.add(_("Name"), "slot_name", self.name)
        self.definition = QPlainTextEdit(definition, self)
        self.definition.setTabChangesFocus(True)
        self.definition.setFixedHeight(px(64))
        self.add(_("Definition"), "slot_definition", self.definition)
        self.question = QLineEdit(question, self)
        self.add(_("Question"), "slot_question", self.question)
        self.outer.addWidget(buttons(self, _("Keep")))

    def accept(self) -> None:
        """A slot needs a name."""
        if not self.name.text().strip():
            self.name.setFocus()
            return
        super().accept()
        self.taken.emit(self.name.text(), self.definition.toPlainText(), self.question.text())


class LineDialog(Form):
    """One text, a sentence long."""

    taken = Signal(str)

    def __init__(self, title: str, words: str, parent: QWidget | None = None, *, start: str = "") -> None:
        super().__init__("line_dialog", title, parent)
        self.field = QLineEdit(start, self)
        self.add(words, "line", self.field)
        self.outer.addWidget(buttons(self, _("Keep")))

    def accept(self) -> None:
        """Hands the text over; it may be empty."""
        super().accept()
        self.taken.emit(self.field.text())


class ValueDialog(Form):
    """A value on a property, as a condition: the property and one of its places, or other words."""

    taken = Signal(str, str)  # property, value

    def __init__(
        self, properties: Sequence[tuple[str, str, Sequence[str]]], parent: QWidget | None = None
    ) -> None:
        super().__init__("value_dialog", _("Holds at a value on a property"), parent)
        self._places = {guid: tuple(places) for guid, _name, places in properties}
        self.owner = QComboBox(self)
        for guid, name, _places in properties:
            self.owner.addItem(name, guid)
        self.add(_("Property"), "value_property", self.owner)
        self.value = QComboBox(self)
        self.value.setEditable(True)
        self.add(_("Value"), "value_value", self.value)
        self.owner.currentIndexChanged.connect(self._fill)
        self.outer.addWidget(buttons(self, _("Keep")))
        self._fill()

    def _fill(self) -> None:
        self.value.clear()
        self.value.addItems(list(self._places.get(self.owner.currentData(), ())))

    def accept(self) -> None:
        """A condition needs a value."""
        if not self.value.currentText().strip():
            self.value.setFocus()
            return
        super().accept()
        self.taken.emit(self.owner.currentData(), self.value.currentText())


def empty_page(
    name: str, sentence: str, button: QWidget | None = None, parent: QWidget | None = None
) -> QWidget:
    """A page with nothing yet: one sentence, one button."""
    page = QWidget(parent)
    page.setObjectName(name)
    words = QLabel(sentence, page)
    words.setWordWrap(True)
    words.setFixedWidth(px(440))
    words.ensurePolished()
    words.setMinimumHeight(words.heightForWidth(px(440)))  # a centred label would get one line
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    box = QVBoxLayout(page)
    box.setSpacing(px(12))
    box.addStretch(2)
    box.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
    if button is not None:
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
    box.addStretch(3)
    return page
