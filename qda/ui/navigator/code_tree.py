"""The view of the tree of codes: filter, expansion, choosing, dragging to order."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.navigator.code_model import COUNT, GUID, KEY, CodeModel
from qda.ui.navigator.painting import Index, Look, RowDelegate
from qda.ui.navigator.tree import NavigatorTree
from qda.ui.transcript.margin import shown_name

_OPENED = 200  # rows whose branches a filter opens


class CodeDelegate(RowDelegate):
    """Codes: in-vivo names in italics, categories in semibold, the core category marked."""

    def look(self, index: Index) -> Look:
        row = CodeModel.code(index)
        if row is None:
            return Look("")
        count = index.data(COUNT)
        in_vivo = row.origin == "in-vivo"
        return Look(
            shown_name(row.name, in_vivo),
            row.colour,
            italic=in_vivo,
            semibold=row.kind == "category",
            behind=_("core category") if row.core else "",
            figure=str(count) if count else "",
            core=row.core,
            key=str(index.data(KEY) or ""),
        )


class CodeTree(NavigatorTree):
    """The codes; dragging puts one before, behind or below another and never merges."""

    def __init__(self, model: CodeModel, parent: QWidget | None = None) -> None:
        super().__init__(GUID, parent)
        self._codes = model
        self.setObjectName("codes")
        self.setAccessibleName(_("Codes"))
        self.setModel(model)
        self.setItemDelegate(CodeDelegate(self))
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoScrollMargin(px(24))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._several: list[str] = []  # chosen together before the rows came anew
        self._wanted = ""  # chosen, though the filter may hide it
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)

    def _before_reset(self) -> None:
        self._wanted = self.current_guid or self._wanted
        self._several = self.chosen_guids

    def _after_reset(self) -> None:
        model = self._codes
        filtered = bool(model.filter)
        # a filter opens the hits of the first pages; a branch far below is opened by hand
        guids = (
            model.first_parents(_OPENED) if filtered else (g for g in model.parents() if g in self._expanded)
        )
        parents = [model.index_of(guid) for guid in guids]
        self.restore(parents, model.index_of(self._wanted), everything=filtered)
        if len(self._several) > 1:
            self._choose_again()

    def _choose_again(self) -> None:
        chosen = QItemSelection()
        for guid in self._several:
            if (index := self._codes.index_of(guid)).isValid():
                chosen.select(index, index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.Select)

    @property
    def chosen_guids(self) -> list[str]:
        """The codes chosen, in the order of the tree."""
        guids = {self.guid(index) for index in self.selectionModel().selectedIndexes()}
        return [guid for guid in self._codes.guids() if guid in guids] if len(guids) > 1 else list(guids)

    def choose(self, guid: str) -> None:
        """Makes a code the chosen one and brings it into view; "" chooses none."""
        self._wanted = guid
        index = self._codes.index_of(guid)
        if not index.isValid():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        if self.guid(self.currentIndex()) != guid:
            self.open_above(index)
            self.setCurrentIndex(index)
        self.scrollTo(index)

    def open_above(self, index: QModelIndex) -> None:
        """Opens what stands above a row."""
        above = index.parent()
        while above.isValid():
            self.setExpanded(above, True)
            above = above.parent()
