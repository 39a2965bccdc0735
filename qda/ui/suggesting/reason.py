"""The passage that a suggestion is likened to, read in its text; Esc leads back to the field as it was."""

from typing import TYPE_CHECKING, Final

from qda.coding.material import span_row
from qda.coding.rows import CodingRow
from qda.i18n import _
from qda.ui.comparing.visit import VisitPanel
from qda.ui.navigator.codebook import CodeBook
from qda.ui.suggesting.offers import Offer, Place

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qda.ui.desk import Desk
    from qda.ui.open_coding.workspace import Workspace

KEY: Final = "suggestion"


class ReasonPanel(VisitPanel):
    """As at a comparison, with the selection in hand, which has no coding."""

    key = KEY

    def __init__(self, desk: "Desk", parent: "QWidget | None" = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("suggestion_reason")
        self.setAccessibleName(_("Passage of the suggestion"))


def read_reason(desk: "Desk", workspace: "Workspace", offer: Offer, here: Place) -> ReasonPanel | None:
    """Shows the passage behind a suggestion beside the one in hand; none where it has none."""
    code = CodeBook.of(desk).row(offer.row.guid)
    if offer.like is None or code is None:
        return None
    project, like = desk.project, offer.like
    mine = span_row(project, here.source, here.start, here.stop)
    in_hand = CodingRow(
        guid="",
        segment=mine,
        code=code.guid,
        code_name=code.name,
        colour=code.colour,
        in_vivo=code.origin == "in-vivo",
        coder="",
        comment="",
        created=project.clock(),
    )
    panel = workspace.show_panel(KEY, ReasonPanel)
    assert isinstance(panel, ReasonPanel)
    panel.visit(workspace, span_row(project, like.source, like.start, like.stop), in_hand, by_keys=False)
    return panel
