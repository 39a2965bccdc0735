"""From a passage of a text to the theory: "this says that A leads to B", or evidence of a relation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.relating import ShortRelation
from qda.coding.rows import SegmentRow
from qda.i18n import _, ngettext
from qda.ui.axial.choices import Choice, ChoiceList, matching
from qda.ui.axial.dialogs import RelationDialog
from qda.ui.axial.segmented import SIGNS, Segmented
from qda.ui.axial.words import POLARITY_KEYS, kinds, polarity_word, statuses
from qda.ui.evidence.item import POLARITIES
from qda.ui.evidence.keys import ListKeys
from qda.ui.fonts import QUOTE, px, reading_font
from qda.ui.surfaces import small

_SHOWN: Final = 320  # characters of the passage


@dataclass(frozen=True, slots=True)
class FromPassage:
    """What was asked for. Codes are GUIDs, or names of new ones; ``known``: the relation there already is."""

    model: str
    from_code: str
    to_code: str
    type: str
    own_type: str
    statement: str
    polarity: str
    kind: str
    known: str = ""


def passage_label(row: SegmentRow, parent: QWidget) -> QLabel:
    """The words of a passage, cut where they are long, over its place."""
    words = spoken(row)
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
    label = QLabel(quoted(shown), parent)
    label.setObjectName("passage_said")
    label.setFont(reading_font(QUOTE))
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _polarities(parent: QWidget) -> Segmented:
    choices = [(key, f"{SIGNS[key]} {polarity_word(key)}") for key in POLARITY_KEYS.values()]
    made = Segmented("said_polarity", _("What the passage does"), choices, parent)
    made.show_key("supporting")
    return made


class PassageRelationDialog(RelationDialog):
    """A relation that a passage speaks of; where it is there already, the passage becomes its evidence."""

    said = Signal(object)  # FromPassage

    def __init__(
        self,
        passage: SegmentRow,
        models: Sequence[tuple[str, str]],
        known: Sequence[ShortRelation],
        choices: Sequence[Choice],
        parent: QWidget | None = None,
        *,
        here: Sequence[str] = (),
    ) -> None:
        super().__init__(
            choices,
            parent,
            from_code=here[0] if here else "",
            to_code=here[1] if len(here) > 1 else "",
        )
        self._known_relations = known
        self.setObjectName("passage_relation_dialog")
        self.setWindowTitle(_("This says that …"))
        self.form.insertRow(0, passage_label(passage, self))
        self.form.insertRow(1, small(paragraphs_cited(passage), self))
        self.model = QComboBox(self)
        for guid, name in models:
            self.model.addItem(name, guid)
        self.model.setObjectName("said_model")
        self.model.setAccessibleName(_("Model"))
        self.form.insertRow(2, _("Model"), self.model)
        self.form.setRowVisible(self.model, len(models) > 1)
        self.polarity = _polarities(self)
        self.form.addRow(_("The passage"), self.polarity)
        self.kind = Segmented("said_kind", _("Kind of evidence"), kinds(), self)
        self.kind.show_key("spoken")
        self.form.addRow("", self.kind)
        self.there = small("", self, wrap=True)
        self.there.setObjectName("said_known")
        self.form.addRow("", self.there)
        for field in (self.start, self.end):
            field.editTextChanged.connect(lambda _text: self._tell_known())
            if (line := field.lineEdit()) is not None:
                line.setPlaceholderText(_("A code, or the name of a new one"))
        self.types.turned_to.connect(lambda _key: self._tell_known())
        self.model.currentIndexChanged.connect(lambda _at: self._tell_known())
        self._tell_known()

    def _match(self) -> ShortRelation | None:
        wanted = (self.model.currentData(), self.start.key, self.types.key or "leads_to", self.end.key)
        if wanted[2] == "own":
            return None
        return next(
            (r for r in self._known_relations if (r.model, r.from_code, r.type, r.to_code) == wanted), None
        )

    def _tell_known(self) -> None:
        found = self._match()
        if found is not None:
            words = _("Relation {n} says so already: the passage becomes evidence of it.").format(
                n=found.number
            )
        else:
            new = [field.currentText().strip() for field in (self.start, self.end) if not field.key]
            new = [name for name in new if name]
            names = ", ".join(quoted(name) for name in new)
            words = (
                ngettext("New code: {names}", "New codes: {names}", len(new)).format(names=names)
                if new
                else ""
            )
        self.there.setText(words)
        self.form.setRowVisible(self.there, bool(words))

    def accept(self) -> None:
        """A relation needs two codes; names that are not known become codes."""
        ends = [field.key or field.currentText().strip() for field in (self.start, self.end)]
        if not all(ends) or ends[0] == ends[1]:
            (self.end if ends[0] else self.start).setFocus()
            return
        known = self._match()
        asked = FromPassage(
            str(self.model.currentData()),
            ends[0],
            ends[1],
            self.types.key or "leads_to",
            self.own.text().strip(),
            self.statement.text().strip(),
            self.polarity.key or "supporting",
            self.kind.key or "spoken",
            known.guid if known is not None else "",
        )
        QDialog.accept(self)
        self.said.emit(asked)


class RelationChooser(QDialog):
    """For which relation is the passage evidence? S, W, E take the current one; K changes the kind."""

    taken = Signal(str, str, str)  # relation, polarity, kind

    def __init__(
        self,
        passage: SegmentRow,
        rows: Sequence[ShortRelation],
        here: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("relation_chooser")
        self.setWindowTitle(_("Evidence for a relation"))
        self.finished.connect(self.deleteLater)
        self.resize(px(640), px(560))
        near = set(here)
        order = sorted(rows, key=lambda r: -(len({r.from_code, r.to_code} & near)))
        self._choices = [self._choice(row, several=len({r.model for r in rows}) > 1) for row in order]
        self.field = QLineEdit(self)
        self.field.setObjectName("chooser_field")
        self.field.setAccessibleName(_("Search in the relations"))
        self.field.setPlaceholderText(_("Search in the relations"))
        self.field.textChanged.connect(self._filter)
        self.list = ChoiceList("relation_list", _("Relations"), self)
        self.list.setProperty("always_lit", True)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(14), px(16), px(12))
        box.setSpacing(px(8))
        box.addWidget(passage_label(passage, self))
        box.addWidget(small(paragraphs_cited(passage), self))
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        box.addLayout(self._keys())
        ListKeys(self.field, self.list, self.kind, self.take)
        self._filter("")

    def _keys(self) -> QHBoxLayout:
        self.kind = Segmented("chooser_kind", _("Kind of evidence"), kinds(), self)
        self.kind.show_key("spoken")
        row = QHBoxLayout()
        row.setSpacing(px(6))
        for key, polarity in POLARITIES.items():
            words = polarity_word(polarity)
            button = QPushButton(f"{SIGNS[polarity]} {words}  {chr(key)}", self)
            button.setObjectName(f"chooser_{polarity}")
            button.setAccessibleName(_("The passage {does}").format(does=words))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, polarity=polarity: self.take(polarity))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.kind)
        return row

    @staticmethod
    def _choice(row: ShortRelation, *, several: bool) -> Choice:
        status = dict(statuses()).get(row.status, "")
        model = row.model_name if several else ""
        here = _("this passage {does} already").format(does=polarity_word(row.here)) if row.here else ""
        return Choice(
            row.guid,
            f"{row.number}  {row.words}",
            detail=SIGNS.get(row.here, ""),
            below=" · ".join(part for part in (row.statement, status, model, here) if part),
            faded=row.status == "rejected",
        )

    def _filter(self, typed: str) -> None:
        shown = matching(self._choices, typed)
        self.list.show_choices(shown)
        if shown:
            self.list.make_current(shown[0].key)

    def take(self, polarity: str) -> None:
        """The passage becomes evidence of the current relation."""
        if key := self.list.key:
            kind = self.kind.key or "spoken"
            self.accept()
            self.taken.emit(key, polarity, kind)
