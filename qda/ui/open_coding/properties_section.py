"""The properties of a category in the inspector: dimension, where cases and this passage lie, adding one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.coding import codes as code_queries
from qda.coding import profiles, properties
from qda.coding.bearers import Bearer
from qda.coding.profiles import Axis, Seen
from qda.i18n import _
from qda.reports.dimensional import letters
from qda.ui.asking import ask_name
from qda.ui.controls import open_menu
from qda.ui.dialogs import heading
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.dimension import DimensionBar, Dot
from qda.ui.open_coding.parts import INSET, Section, clear, link, links, minor
from qda.ui.surfaces import small
from qda.ui.typology import acts
from qda.ui.typology.leading import lead

if TYPE_CHECKING:
    from qda.coding.partial import Place
    from qda.coding.rows import PropertyRow
    from qda.ui.desk import Desk


class PropertiesSection(Section):
    """Properties with poles and values; the passage set apart is moved by keys, clicks or its menu."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(_("Properties"), parent)
        self._desk = desk
        self._code = ""
        self._place: Place | None = None

    def show_code(self, code: str, place: "Place | None") -> None:
        """Shows the properties of a code; ``place`` is the passage set apart, coded with it."""
        self._code, self._place = code, place
        project = self._desk.project
        shown = profiles.profile(project, code)
        rows = {row.guid: row for row in code_queries.properties(project, code)}
        clear(self.box)
        short = letters((*shown.cases, *shown.bearers))
        for axis in shown.axes:
            self._add(rows[axis.property], axis, short)
        if not rows:
            self.box.addWidget(minor(_("None yet: in what does what happens here vary?"), self))
        new = link(_("New property…"), "new_property", self.ask_new)
        new.setEnabled(not project.read_only)
        self.box.addLayout(links(new))

    def _add(self, row: "PropertyRow", axis: Axis, short: dict[str, str]) -> None:
        here = next((one for one in axis.seen if self._place and one.segment == self._place.segment), None)
        head = QHBoxLayout()
        head.setContentsMargins(px(INSET), 0, 0, 0)
        name = QLabel(row.name, self)
        name.setFont(ui_font(semibold=True))
        name.setWordWrap(True)
        head.addWidget(name, 1)
        button = QToolButton(self)
        button.setObjectName("property_menu")
        button.setText("⋯")
        button.setAccessibleName(_("Property {name}: value and more").format(name=row.name))
        button.setToolTip(button.accessibleName())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(menu, row, axis, here))
        open_menu(button, menu)
        head.addWidget(button)
        self.box.addLayout(head)
        dots = _dots(axis, short)
        if len(axis.places) > 1:
            bar = DimensionBar(row.name, axis.places, self)
            letter = short.get(here.bearer.guid, "") if here else ""
            movable = self._place is not None and not self._desk.project.read_only
            bar.set_values(dots, here.place if here else "", letter, movable=movable)
            bar.moved.connect(lambda value: self._set(row.guid, value))
            bar.asked.connect(lambda place, at: self._lead(axis, place, at))
            self.box.addWidget(bar)
        bare = len(axis.places) <= 1  # no axis to lie on
        shown = [dot for dot in dots if bare or dot.place in axis.others]
        if shown:
            words = [f"{one.place} ({one.letter})" if one.letter else one.place for one in shown]
            self.box.addWidget(minor(", ".join(words), self))

    def _lead(self, axis: Axis, place: str, at: QPoint) -> None:
        lead(self._desk, [one for one in axis.seen if one.place == place], self, at)

    def _fill(self, menu: QMenu, row: "PropertyRow", axis: Axis, here: Seen | None) -> None:
        menu.clear()
        can = self._place is not None and not self._desk.project.read_only
        for value in axis.places:
            action = menu.addAction(value.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(here is not None and here.place == value)
            action.setEnabled(can)
            action.triggered.connect(lambda _checked=False, value=value: self._set(row.guid, value))
        other = menu.addAction(_("In other words…"), lambda: self._ask_value(row))
        other.setEnabled(can)
        if here is not None:
            menu.addAction(
                _("Take the value off"),
                lambda: self._desk.do(properties.remove_property_value, value=here.value),
            )
        menu.addSeparator()
        self._places_menu(menu, axis)
        if not self._desk.project.read_only:
            menu.addAction(_("Change property…"), lambda: self._ask_change(row))
            menu.addAction(_("Remove property"), lambda: self._remove(row))

    def _places_menu(self, menu: QMenu, axis: Axis) -> None:
        """The places at which something lies; each leads to its passages."""
        seen = [place for place in axis.every_place if any(one.place == place for one in axis.seen)]
        if not seen:
            return
        inner = menu.addMenu(_("&Go to the passages"))
        for place in seen:
            action = inner.addAction(place.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, place=place: self._lead(axis, place, QCursor.pos()))

    def _set(self, guid: str, value: str) -> None:
        if self._place is not None:
            self._desk.do(
                properties.set_property_value, property=guid, segment=self._place.segment, value=value
            )

    def _ask_value(self, row: "PropertyRow") -> None:
        ask_name(self, row.name, _("Value of this passage"), lambda value: self._set(row.guid, value))

    def _remove(self, row: "PropertyRow") -> None:
        if self._desk.do(properties.remove_property, property=row.guid):
            self._desk.told.emit(_("Removed “{name}”.").format(name=row.name))

    def ask_new(self) -> None:
        """Asks for a new property of the code."""

        def add(name: str, pole_from: str, pole_to: str, places: list[str]) -> None:
            self._desk.do(
                properties.add_property,
                code=self._code,
                name=name,
                pole_from=pole_from,
                pole_to=pole_to,
                places=places,
            )

        PropertyDialog(_("New property"), add, self).open()

    def _ask_change(self, row: "PropertyRow") -> None:
        def change(name: str, pole_from: str, pole_to: str, places: list[str]) -> None:
            self._desk.do(
                acts.change_property,
                property=row.guid,
                name=name,
                pole_from=pole_from,
                pole_to=pole_to,
                places=places,
            )

        PropertyDialog(_("Property"), change, self, row).open()


def _dots(axis: Axis, short: dict[str, str]) -> list[Dot]:
    """One dot a place, with the letters of the cases that lie there."""
    found: dict[str, list[Bearer]] = {}
    for bearer in axis.bearers:
        for place in axis.places_of(bearer.guid):
            found.setdefault(place, []).append(bearer)
    return [
        Dot(
            place,
            " ".join(short[one.guid] for one in found[place]),
            ", ".join(one.name for one in found[place]),
        )
        for place in axis.every_place
        if place in found
    ]


class PropertyDialog(QDialog):
    """Name, poles and the named places between them."""

    def __init__(
        self,
        title: str,
        take: Callable[[str, str, str, list[str]], None],
        parent: QWidget,
        row: "PropertyRow | None" = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("property_dialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(px(420))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(12))
        box.addWidget(heading(title))
        form = QFormLayout()
        form.setVerticalSpacing(px(8))
        self._fields: list[QLineEdit] = []
        written = (row.name, row.pole_from, row.pole_to, "; ".join(row.places)) if row else ("", "", "", "")
        labels = (_("Name"), _("From (pole)"), _("To (pole)"), _("Places between"))
        names = ("property_name", "property_from", "property_to", "property_places")
        for label, name, text in zip(labels, names, written, strict=True):
            line = QLineEdit(text, self)
            line.setObjectName(name)
            line.setAccessibleName(label)
            form.addRow(label, line)
            self._fields.append(line)
        self._fields[3].setPlaceholderText(_("rather personal; both; rather by decision"))
        box.addLayout(form)
        hint = small(_("Three to five places, parted by semicolons. Nothing is calculated with them."))
        hint.setFont(ui_font(SMALL))
        hint.setWordWrap(True)
        box.addWidget(hint)
        buttons = QDialogButtonBox(self)
        ok = buttons.addButton(_("OK"), QDialogButtonBox.ButtonRole.AcceptRole)
        ok.setObjectName("ok")
        ok.setDefault(True)
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("cancel")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        name_field = self._fields[0]
        ok.setEnabled(bool(name_field.text().strip()))
        name_field.textChanged.connect(lambda text: ok.setEnabled(bool(text.strip())))
        self.accepted.connect(lambda: take(*self._written()))
        self.finished.connect(self.deleteLater)

    def _written(self) -> tuple[str, str, str, list[str]]:
        name, pole_from, pole_to, places = (field.text().strip() for field in self._fields)
        return name, pole_from, pole_to, [part.strip() for part in places.split(";") if part.strip()]
