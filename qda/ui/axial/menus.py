"""The menus of axial coding: what can be done to a relation, a piece of evidence, a placed code."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from qda.coding import paradigms
from qda.coding.rows import EvidenceRow, PlacementRow, RelationRow
from qda.i18n import _
from qda.ui.axial.acts import Acts
from qda.ui.axial.reading import Reading
from qda.ui.axial.words import DASH, POLARITY_KEYS, kinds, polarity_word, statuses
from qda.ui.open_coding import citing


def level_choices() -> list[tuple[str, str]]:
    """The levels of the conditional matrix, and none."""
    return [("", DASH), *((term.key, str(term.name)) for term in paradigms.levels())]


def addressee_choices() -> list[tuple[str, str]]:
    """Whom a consequence reaches, and nobody in particular."""
    return [("", DASH), *((term.key, str(term.name)) for term in paradigms.addressees())]


def condition_menu(parent: QWidget, acts: Acts, reading: Reading, relation: RelationRow) -> QMenu:
    """A condition is a code, a value on a property, or words; each one there can be removed."""
    menu = QMenu(parent)
    menu.setObjectName("condition_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("A &code…"), lambda: acts.add_code_condition(relation))
    menu.addAction(_("A &value on a property…"), lambda: acts.add_value_condition(relation))
    menu.addAction(_("&Words…"), lambda: acts.add_words_condition(relation))
    if relation.conditions:
        menu.addSeparator()
    for row in relation.conditions:
        words = _("Remove “{words}”").format(words=reading.condition_words(row)).replace("&", "&&")
        menu.addAction(words, _later(acts.remove_condition, row.guid))
    return menu


def relation_menu(parent: QWidget, acts: Acts, reading: Reading, relation: RelationRow) -> QMenu:
    """What can be done to a relation, on board and table alike."""
    menu = QMenu(parent)
    menu.setObjectName("relation_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    types = menu.addMenu(_("&Type"))
    for kind in paradigms.relation_types():
        action = types.addAction(str(kind.forward), _later(acts.set_type, relation.guid, kind.key))
        action.setCheckable(True)
        action.setChecked(kind.key == relation.type)
    states = menu.addMenu(_("&Status"))
    for key, words in statuses():
        action = states.addAction(words, _later(acts.set_status, relation.guid, key))
        action.setCheckable(True)
        action.setChecked(key == relation.status)
    inner = condition_menu(menu, acts, reading, relation)
    inner.setTitle(_("&Holds when"))
    menu.addMenu(inner)
    menu.addAction(_("Tu&rn the direction"), _later(acts.turn_relation, relation.guid))
    menu.addSeparator()
    menu.addAction(f"{_('Remove the relation')}\tDel", _later(acts.remove_relation, relation.guid))
    return menu


def evidence_menu(parent: QWidget, acts: Acts, row: EvidenceRow) -> QMenu:
    """What can be done to a piece of evidence."""
    menu = QMenu(parent)
    menu.setObjectName("evidence_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for key, polarity in POLARITY_KEYS.items():
        words = polarity_word(polarity)
        action = menu.addAction(f"{_upper(words)}\t{key}", _later(acts.set_polarity, row.guid, polarity))
        action.setCheckable(True)
        action.setChecked(row.polarity == polarity)
    menu.addSeparator()
    for kind, words in kinds():
        action = menu.addAction(_upper(words), _later(acts.set_kind, row.guid, kind))
        action.setCheckable(True)
        action.setChecked(row.kind == kind)
    menu.addSeparator()
    menu.addAction(_("Show in the text"), lambda: acts.jump(row))
    menu.addAction(_("Copy as citation"), lambda: citing.copy_from(parent, row.segments))
    menu.addAction(f"{_('Note…')}\tF2", lambda: acts.write_note(row))
    menu.addSeparator()
    menu.addAction(f"{_('Remove the evidence')}\tDel", lambda: acts.remove_evidence(row.guid))
    return menu


def card_menu(parent: QWidget, acts: Acts, rows: Sequence[PlacementRow]) -> QMenu:
    """What can be done to a placed code: level, addressee, out of the slot. The caller adds the rest."""
    menu = QMenu(parent)
    menu.setObjectName("card_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    level_menu(menu, acts, rows)
    addressee_menu(menu, acts, rows)
    menu.addSeparator()
    guids = [row.guid for row in rows]
    menu.addAction(f"{_('Take out of the slot')}\tDel", lambda: acts.remove_placements(guids))
    return menu


def level_menu(menu: QMenu, acts: Acts, rows: Sequence[PlacementRow]) -> QMenu:
    """The levels of the conditional matrix, as a menu below ``menu``."""
    inner = menu.addMenu(_("&Level"))
    _terms(inner, level_choices(), {row.level for row in rows}, lambda key: _set(rows, acts.set_level, key))
    return inner


def addressee_menu(menu: QMenu, acts: Acts, rows: Sequence[PlacementRow]) -> QMenu:
    """Whom a consequence reaches, as a menu below ``menu``."""
    inner = menu.addMenu(_("&Addressee"))
    held = {row.addressee for row in rows}
    _terms(inner, addressee_choices(), held, lambda key: _set(rows, acts.set_addressee, key))
    return inner


def _terms(
    menu: QMenu, terms: Sequence[tuple[str, str]], held: set[str], take: Callable[[str], None]
) -> None:
    for number, (key, words) in enumerate(terms):
        shown = f"&{number} {words}" if number else words
        action = menu.addAction(shown, _later(take, key))
        action.setCheckable(True)
        action.setChecked(key in held)


def _set(rows: Sequence[PlacementRow], act: Callable[[str, str], object], key: str) -> None:
    for row in rows[:1]:
        act(row.guid, key)


def _upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _later(act: Callable[..., object], *arguments: str) -> Callable[[], None]:
    def do() -> None:
        act(*arguments)

    return do
