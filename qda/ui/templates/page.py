"""The page of templates: those of the program to read and to copy, one's own to write."""

import json
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from qda.coding import templates, theory
from qda.coding.paradigms import ParadigmTemplate
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.ui.axial.choices import Choice, ChoiceList, choose
from qda.ui.axial.dialogs import LineDialog
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.places import Page
from qda.ui.surfaces import Line, LinkButton, head_row, on_panel, on_paper, scrolled, small
from qda.ui.templates.slot_card import SlotCard

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

_TABLES: Final = frozenset({"user_template", "paradigm_model"})
_NEW: Final = ({"key": "phenomenon", "role": "phenomenon"}, {"key": "slot-1", "role": "own"})


class _List(ChoiceList):
    """The templates; F2 renames, Delete removes one's own."""

    def __init__(self, page: "TemplatesPage") -> None:
        super().__init__("template_list", _("Templates"), page)
        self._page = page
        self.setProperty("panel", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self._page.rename()
        elif event.key() == Qt.Key.Key_Delete:
            self._page.remove()
        else:
            super().keyPressEvent(event)


class TemplatesPage(Page):
    """Templates at the left, the slots of the chosen one at the right."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("templates")
        self.setAccessibleName(_("Templates of the paradigm"))
        self._known: dict[str, ParadigmTemplate] = {}
        self._rows: dict[str, templates.TemplateRow] = {}
        self._shown: tuple[object, ...] = ()
        self.list = _List(self)
        self.list.turned_to.connect(lambda _key: self._show())
        self.cards: list[SlotCard] = []
        self._title = heading("", self)
        self._told = small("", self, wrap=True)
        self._buttons: dict[str, LinkButton] = {}
        self._build()
        desk.changed.connect(self._changed)

    def _build(self) -> None:
        left = on_panel(QWidget(self))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head_row(_("Templates"), self._button(_("New"), "new_template", self.new)))
        column.addWidget(self.list, 1)
        centre = on_paper(QWidget(self))
        inner = QVBoxLayout(centre)
        inner.setContentsMargins(px(24), px(16), px(24), px(20))
        inner.setSpacing(px(10))
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        for words, name, act in (
            (_("Use for a model…"), "use_template", self.use),
            (_("Copy and change"), "copy_template", self.copy),
            (_("Rename…"), "rename_template", self.rename),
            (_("Remove"), "remove_template", self.remove),
            (_("Back to the model"), "back_to_model", self.closed.emit),
        ):
            top.addWidget(self._button(words, name, act))
        inner.addLayout(top)
        inner.addWidget(self._told)
        self._slots = QVBoxLayout()
        self._slots.setSpacing(px(10))
        self._slots.setContentsMargins(0, 0, 0, 0)
        holder = QWidget(centre)
        holder.setLayout(self._slots)
        holder.setMaximumWidth(px(820))
        inner.addWidget(holder)
        add = self._button(_("New slot"), "add_template_slot", self.add_slot)
        inner.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        self._scrolled = scrolled(centre)
        on_paper(self._scrolled.viewport())
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self._scrolled)
        split.setStretchFactor(1, 1)
        split.setSizes([px(260), px(1180)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(Line(self))
        box.addWidget(split, 1)

    def _button(self, words: str, name: str, act: Any) -> LinkButton:
        button = LinkButton(words, name, self)
        button.clicked.connect(lambda _checked=False: act())
        self._buttons[name] = button
        return button

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows the templates there are."""
        project = self._desk.project
        self._known = {known.id: known for known in templates.offered(project)}
        self._rows = {row.id: row for row in templates.templates(project)}
        models = theory.models(project)
        used = {known: sum(model.template == known for model in models) for known in self._known}
        choices = [
            Choice(
                known.id,
                str(known.name),
                detail=ngettext("{n} model", "{n} models", used[known.id]).format(n=used[known.id])
                if used[known.id]
                else "",
                below=_("your own") if known.id in self._rows else _("comes with the program"),
            )
            for known in self._known.values()
        ]
        current = self.list.key
        if current not in self._known:
            current = next((m.template for m in models if m.template in self._known), choices[0].key)
        self.list.show_choices(choices, current=current)
        self._show()

    def focus_first(self) -> None:
        """Into the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, change: "Changed") -> None:
        if change.tables & _TABLES and self.isVisible():
            self.refresh()

    @property
    def _chosen(self) -> ParadigmTemplate | None:
        return self._known.get(self.list.key)

    def _show(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        mine = chosen.id in self._rows
        writable = mine and not self._desk.project.read_only
        for name in ("rename_template", "remove_template", "add_template_slot"):
            self._buttons[name].setVisible(writable)
        for name in ("copy_template", "use_template", "new_template"):
            self._buttons[name].setEnabled(not self._desk.project.read_only)
        self._title.setText(str(chosen.name))
        words = (
            _("Your own template. What is changed here changes in its models too; what is placed stays.")
            if mine
            else _("Comes with the program and stays as it is. Copy it to change it.")
        )
        self._told.setText("\n".join(part for part in (str(chosen.origin), words) if part))
        spec = templates.spec_of(chosen)["slots"]
        state = (chosen.id, writable, json.dumps(spec))
        if state != self._shown:
            self._shown = state
            self._fill(spec, writable)

    def _fill(self, spec: list[dict[str, Any]], writable: bool) -> None:
        focus = self.focusWidget()
        had = (
            focus.objectName() if focus is not None and any(c.isAncestorOf(focus) for c in self.cards) else ""
        )
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for number, slot in enumerate(spec):
            card = SlotCard(slot, number=number, writable=writable, parent=self)
            card.changed.connect(self._save)
            card.moved.connect(lambda by, number=number: self._move(number, by))
            card.removed.connect(lambda number=number: self._remove_slot(number))
            self._slots.addWidget(card)
            self.cards.append(card)
        if had:
            again = self.findChild(QWidget, had)
            (again or self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- acts ------------------------------------------------------------------------------------------------

    def _write(self, slots: list[dict[str, Any]]) -> None:
        row = self._rows.get(self.list.key)
        if row is None:
            return
        spec = {**row.spec, "slots": slots}
        before = self._shown
        self._shown = (row.id, True, json.dumps(slots))
        if self._desk.do(templates.change_template, template=row.guid, spec=json.dumps(spec)) is None:
            self._shown = before

    def _save(self) -> None:
        self._write([card.spec() for card in self.cards])

    def _move(self, number: int, by: int) -> None:
        at = number + by
        if not 1 <= at < len(self.cards):
            return
        slots = [card.spec() for card in self.cards]
        slots.insert(at, slots.pop(number))
        self._write_anew(slots)
        self.cards[at].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_slot(self, number: int) -> None:
        slots = [card.spec() for card in self.cards]
        if len(slots) <= 2:
            self._desk.refused.emit(_("A template has a slot beside the phenomenon."))
            return
        del slots[number]
        self._write_anew(slots)
        self.cards[min(number, len(self.cards) - 1)].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_anew(self, slots: list[dict[str, Any]]) -> None:
        self._write(slots)
        self._fill(slots, writable=True)

    def add_slot(self) -> None:
        """A new slot at the end; its name has the keyboard."""
        slots = [card.spec() for card in self.cards]
        taken = {slot["key"] for slot in slots}
        key = next(f"slot-{n}" for n in range(1, len(slots) + 2) if f"slot-{n}" not in taken)
        nothing = {"de": "", "en": ""}
        name = _("New slot")
        slots.append(
            {
                "key": key,
                "role": "own",
                "name": {"de": name, "en": name},
                "definition": nothing,
                "question": nothing,
                "levels": False,
                "addressees": False,
            }
        )
        self._write_anew(slots)
        field = self.cards[-1].name
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def new(self) -> None:
        """A template from nothing: the phenomenon and one slot."""
        names = (_("Phenomenon"), _("New slot"))
        slots = [{**slot, "name": name} for slot, name in zip(_NEW, names, strict=True)]
        spec = json.dumps({"slots": slots})
        self._show_made(self._desk.do(templates.add_template, name=_("Own template"), spec=spec))

    def copy(self) -> None:
        """The chosen template as one's own, to be changed."""
        if self.list.key:
            self._show_made(self._desk.do(templates.copy_template, template=self.list.key))

    def _show_made(self, guid: str | None) -> None:
        if guid:
            self.refresh()
            self.list.make_current(templates.OWN + guid)
            self._show()
            self.cards[0].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def rename(self) -> None:
        """Asks for another name."""
        row = self._rows.get(self.list.key)
        if row is None:
            return
        dialog = LineDialog(_("Rename the template"), _("Name"), self, start=row.name)
        dialog.taken.connect(
            lambda name: (
                name.strip() and self._desk.do(templates.change_template, template=row.guid, name=name)
            )
        )
        dialog.open()
        dialog.field.selectAll()

    def remove(self) -> None:
        """Removes a template of one's own that no model is made from."""
        row = self._rows.get(self.list.key)
        if row is not None:
            self._desk.do(templates.remove_template, template=row.guid)

    def use(self) -> None:
        """Asks which model gets this template; a new one can be made."""
        chosen = self._chosen
        models = [row for row in theory.models(self._desk.project) if chosen and row.template != chosen.id]
        if chosen is None:
            return
        if not models:
            self._desk.told.emit(_("Every model has this template. A new model asks for its template."))
            return
        choose(
            self,
            _("Which model gets the template “{name}”?").format(name=chosen.name),
            [Choice(row.guid, row.name, below=self._name(row.template)) for row in models],
            lambda key: self._desk.do(templates.set_model_template, model=key, template=chosen.id),
        )

    def _name(self, template: str) -> str:
        try:
            return str(templates.template(self._desk.project, template).name)
        except KnownError:
            return ""
