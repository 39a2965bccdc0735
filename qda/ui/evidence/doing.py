"""What the commands on passages and relations do: ask what is missing, then do one act."""

from typing import TYPE_CHECKING, cast

from qda.coding import axial, evidence, material, relating, templates, theory
from qda.i18n import _
from qda.ui.axial.adding import Passage, passage_in_hand
from qda.ui.axial.dialogs import ModelDialog
from qda.ui.axial.words import polarity_word
from qda.ui.evidence.from_passage import FromPassage, PassageRelationDialog, RelationChooser
from qda.ui.evidence.queue_panel import QueuePanel

if TYPE_CHECKING:
    from qda.ui.axial.workspace import Workspace
    from qda.ui.desk import Desk
    from qda.ui.window import MainWindow


def relate_here(window: "MainWindow") -> None:
    """ "This says that A leads to B": asks which codes, in which model."""
    desk = window.desk
    passage = passage_in_hand(desk) if desk is not None else None
    if desk is None or passage is None:
        return
    models = [(row.guid, row.name) for row in theory.models(desk.project) if row.status == "active"]
    if models:
        _ask_relation(window, desk, passage, models)
        return

    def make(name: str, template: str) -> None:
        if guid := desk.do(axial.add_model, name=name, template=template):
            _ask_relation(window, desk, passage, [(guid, name)])

    offered = templates.offered(desk.project)
    dialog = ModelDialog(material.project_sheet(desk.project).template, offered, make, window)
    dialog.setWindowTitle(_("There is no model yet: name one for the relation"))
    dialog.open()
    dialog.name.setFocus()


def _ask_relation(
    window: "MainWindow", desk: "Desk", passage: Passage, models: list[tuple[str, str]]
) -> None:
    row = passage.row
    here = relating.codes_in(desk.project, row.source, row.start, row.stop)
    reading = cast("Workspace", window.workspace("axial")).reading  # ended with the study
    choices = reading.code_choices(tuple(here))
    known = relating.short_relations(desk.project)
    dialog = PassageRelationDialog(row, models, known, choices, window, here=here)
    shown = _shown_model(window)
    if shown:
        dialog.model.setCurrentIndex(max(0, dialog.model.findData(shown)))
    dialog.said.connect(lambda asked: _said(desk, passage, asked))
    dialog.open()


def _shown_model(window: "MainWindow") -> str:
    if not window.study.is_made("axial"):
        return ""
    model = cast("Workspace", window.workspace("axial")).model
    return model.guid if model is not None else ""


def _said(desk: "Desk", passage: Passage, asked: FromPassage) -> None:
    if asked.known:
        _add(desk, passage, asked.known, asked.polarity, asked.kind)
        return
    made = desk.do(
        relating.relate_passage,
        model=asked.model,
        from_code=asked.from_code,
        to_code=asked.to_code,
        type=asked.type,
        own_type=asked.own_type,
        statement=asked.statement,
        segments=[passage.written],
        polarity=asked.polarity,
        kind=asked.kind,
    )
    if made:
        row = next(row for row in relating.short_relations(desk.project) if row.guid == made)
        desk.told.emit(
            _("Relation {n}: {words}. The passage is its evidence.").format(n=row.number, words=row.words)
        )


def evidence_here(window: "MainWindow") -> None:
    """Asks for which relation the passage in hand is evidence."""
    desk = window.desk
    passage = passage_in_hand(desk) if desk is not None else None
    if desk is None or passage is None:
        return
    row = passage.row
    rows = relating.short_relations(desk.project, row)
    if not rows:
        desk.told.emit(_("There is no relation yet: make one from the passage with Ctrl+Alt+Z."))
        return
    here = relating.codes_in(desk.project, row.source, row.start, row.stop)
    dialog = RelationChooser(row, rows, here, window)
    dialog.taken.connect(lambda relation, polarity, kind: _add(desk, passage, relation, polarity, kind))
    dialog.open()
    dialog.field.setFocus()


def _add(desk: "Desk", passage: Passage, relation: str, polarity: str, kind: str) -> None:
    made = desk.do(
        evidence.add_evidence, relation=relation, segments=[passage.written], polarity=polarity, kind=kind
    )
    if made:
        row = next(row for row in relating.short_relations(desk.project) if row.guid == relation)
        does = polarity_word(polarity)
        words = _("The passage {does} relation {n}: {words}.")
        desk.told.emit(words.format(does=does, n=row.number, words=row.words))


# -- in axial coding ----------------------------------------------------------------------------------------


def axial_of(window: "MainWindow") -> "Workspace":
    """The workspace of axial coding with its model in front."""
    window.show_workspace("axial")
    workspace = cast("Workspace", window.workspace("axial"))
    workspace.show_models()
    return workspace


def show_queue(window: "MainWindow") -> None:
    """Brings the list of what was not searched yet to the right of the model."""
    workspace = axial_of(window)
    panel = workspace.show_panel("queue", QueuePanel)
    assert isinstance(panel, QueuePanel)
    panel.lead = lambda relation, case: lead(workspace, relation, case)
    panel.focus_first()


def lead(workspace: "Workspace", relation: str, case: str) -> None:
    """Shows the passages of a relation's codes in one case, beside its evidence."""
    workspace.show_relation(relation)
    workspace.show_view("board")
    workspace.page.adding.show_case(relation, case)
    workspace.page.adding.focus_card()
