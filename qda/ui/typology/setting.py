"""Putting what is in hand in the transcript on dimensions: the coding set apart, or the selection."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, Qt

from qda.coding import partial
from qda.coding.positions import Span
from qda.coding.valuing import Passage
from qda.i18n import _
from qda.ui.typology.value_field import ValueField

if TYPE_CHECKING:
    from qda.ui.open_coding.transcript_pane import TranscriptPane
    from qda.ui.open_coding.workspace import Workspace


def passage_in_hand(pane: "TranscriptPane") -> tuple[Passage, str] | None:
    """The passage that is meant, and the code of its coding ("" for none)."""
    project = pane.acts.desk.project
    coding = pane.acts.desk.coding
    place = partial.place_of_coding(project, coding) if coding else None
    span = pane.span
    if place is not None and place.source == pane.source and span in (None, Span(place.start, place.stop)):
        return Passage(place.source, place.start, place.stop), partial.code_of_coding(project, coding)
    if span is not None:
        return Passage(pane.source, span.start, span.stop), ""
    here = pane.view.codings_at(pane.view.current_position()) if pane.source else []
    if here:
        row = min(here, key=lambda one: one.stop - one.start)
        return Passage(pane.source, row.start, row.stop), partial.code_of_coding(project, row.guid)
    return None


def set_properties(workspace: "Workspace") -> None:
    """Opens the field for the passage in hand."""
    pane = workspace.pane
    found = passage_in_hand(pane)
    if found is None:
        pane.acts.desk.told.emit(
            _("Select a passage, or go to a coding, to say where it lies on a dimension.")
        )
        return
    passage, code = found
    if pane.span is None:
        pane.view.select_span(passage.start, passage.stop)
    at = pane.view.selection_rect()
    field_of(workspace).open_for(passage, code, at)


def field_of(workspace: "Workspace") -> ValueField:
    """The one field of a workspace."""
    known = workspace.findChild(ValueField)
    if isinstance(known, ValueField):
        return known
    made = ValueField(workspace.pane.acts.desk, workspace)
    made.closed.connect(lambda: workspace.pane.view.setFocus(Qt.FocusReason.PopupFocusReason))
    return made


def set_for(workspace: "Workspace", passage: Passage, code: str, at: QRect, *, prop: str = "") -> None:
    """Opens the field for another passage, beside a place of the screen."""
    field_of(workspace).open_for(passage, code, at, prop=prop)


def shown_field(workspace: "Workspace") -> ValueField | None:
    """The field, where it is open."""
    known = cast("ValueField | None", workspace.findChild(ValueField))
    return known if known is not None and known.isVisible() else None
