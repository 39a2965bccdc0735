"""The passage that a suggestion is likened to, read in its text; Esc leads back to the field as it was."""

from typing import TYPE_CHECKING, Final

from qda.coding.material import span_row
from qda.coding.rows import CodingRow
from qda.i18n import _
from qda.ui.comparing.visit import VisitPanel
from qda.ui.fonts import px
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding.parts import INSET
from qda.ui.suggesting.offers import Offer, Place
from qda.ui.surfaces import small

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
        self.theirs.title.setText(_("The suggestion is like this passage"))
        self.mine.title.setText(_("Selected"))

    def tell(self, words: str) -> None:
        """The reason in words, below the passage."""
        told = small(words, self.theirs, wrap=True)
        told.setObjectName("suggestion_shared")
        told.setContentsMargins(px(INSET), 0, px(INSET), 0)
        self.theirs.box.addWidget(told)


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
    if offer.kept.words:
        panel.tell(_("Both have: {words}").format(words=offer.kept.words))
    return panel
