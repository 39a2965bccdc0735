"""What one does with codes by hand: acts of the desk; dialogs only where something must be chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from qda.coding import codebook, partial, regrouping
from qda.coding.references import split_path
from qda.i18n import _, ngettext
from qda.ui.asking import ask_name
from qda.ui.navigator.code_dialogs import ColourGrid, MergeDialog, MoveDialog
from qda.ui.navigator.codebook import CodeBook
from qda.ui.navigator.together import ask_what_stays, ask_where_to, remove_together
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.coding.rows import CodeRow
    from qda.ui.desk import Desk


class CodeActs(QObject):
    """Acts on codes, asked for by GUID. Dialogs stand over ``widget``."""

    def __init__(self, desk: "Desk", widget: QWidget) -> None:
        super().__init__(widget)
        self._desk = desk
        self._widget = widget
        self._book = CodeBook.of(desk)
        self.chosen: Callable[[], list[str]] = list  # the codes chosen together

    def _together(self, guid: str) -> list[str]:
        """The codes that an act on ``guid`` is meant for: all that are chosen with it."""
        chosen = self.chosen()
        return chosen if len(chosen) > 1 and guid in chosen else [guid]

    def _row(self, guid: str) -> "CodeRow | None":
        return self._book.row(guid)

    def new(self, parent: str = "") -> None:
        """Asks for the name of a new code ("Parent > Child" makes both), at the top or below ``parent``."""
        above = self._row(parent)
        title = _("New code below “{name}”").format(name=above.name) if above else _("New code")
        ask_name(self._widget, title, _("Name"), lambda name: self.make(name, parent))

    def make(self, name: str, parent: str = "") -> str:
        """Makes a code (and what is missing above it) and chooses it. Returns its GUID, "" if refused."""
        above = self._row(parent)
        names = split_path(name)
        if len(names) > 1 and above is None:
            path = " > ".join(names[:-1])
            known = next((row for row in self._book.rows if row.path == path), None)
            if known is None:
                parent = self.make(path)
                if not parent:
                    return ""
            else:
                parent = known.guid
            name = names[-1]
        made = self._desk.do(codebook.add_code, name=name, parent=parent or None)
        if made is None:
            return ""
        self._book.now()
        self._desk.code_chosen.emit(made)
        return made

    def rename(self, guid: str, name: str) -> None:
        """Gives a code another name."""
        row = self._row(guid)
        if row is not None and name != row.name:
            self._desk.do(codebook.rename_code, code=guid, name=name)
            self._book.now()

    def move(self, guid: str, parent: str | None, place: int) -> None:
        """Puts a code below another at a place among its siblings; -1 is the last."""
        self._desk.do(
            codebook.move_code, code=guid, parent=parent or None, position=place if place >= 0 else None
        )
        self._book.now()

    def move_several(self, guids: list[str], parent: str | None, place: int = -1) -> None:
        """Puts several codes below another, in their order, in one act."""
        self._desk.do(
            regrouping.move_codes, codes=guids, parent=parent or None, position=place if place >= 0 else None
        )
        self._book.now()

    def ask_move(self, guid: str) -> None:
        """Asks below which code; all that are chosen together go there."""
        row = self._row(guid)
        if row is None:
            return
        if len(together := self._together(guid)) > 1:
            ask_where_to(
                self._book, together, lambda to: self.move_several(together, to or None), self._widget
            )
            return
        inside = f"{row.path} > "
        choices = [c for c in self._book.choices() if c.guid != guid and not c.path.startswith(inside)]
        MoveDialog(row.name, choices, lambda to: self.move(guid, to or None, -1), self._widget).open()

    def ask_merge(self, guid: str) -> None:
        """Asks into which code, shows what moves, and merges; all that are chosen together."""
        row = self._row(guid)
        if row is None:
            return
        if len(together := self._together(guid)) > 1:
            ask_what_stays(
                self._desk,
                self._book,
                together,
                lambda into, note: self.merge_several(together, into, note),
                self._widget,
            )
            return
        project = self._desk.project
        choices = [c for c in self._book.choices() if c.guid != guid]
        MergeDialog(
            row.name,
            choices,
            lambda into: partial.merge_preview(project, guid, into),
            lambda into, note: self.merge(guid, into, note),
            self._widget,
        ).open()

    def merge(self, guid: str, into: str, note: str = "") -> None:
        """Joins two codes; the note says why."""
        if not into:
            return
        gone = self._row(guid)
        if self._desk.do(codebook.merge_codes, code=guid, into=into, note=note):
            if self._desk.last_code == guid:
                self._desk.last_code = into
            self._book.now()
            kept = self._row(into)
            self._desk.code_chosen.emit(into)
            if gone and kept:
                self._desk.told.emit(
                    _("Merged “{gone}” into “{kept}”.").format(gone=gone.name, kept=kept.name)
                )

    def merge_several(self, guids: list[str], into: str, note: str = "") -> None:
        """Joins several codes with one, as one act; the note says why."""
        gone = [guid for guid in guids if guid != into]
        if into and self._desk.do(regrouping.merge_several, codes=gone, into=into, note=note):
            if self._desk.last_code in gone:
                self._desk.last_code = into
            self._book.now()
            self._desk.code_chosen.emit(into)
            if (kept := self._row(into)) is not None:
                words = ngettext("{n} code went up in “{kept}”.", "{n} codes went up in “{kept}”.", len(gone))
                self._desk.told.emit(words.format(n=len(gone), kept=kept.name))

    def ask_colour(self, guid: str, place: QPoint) -> None:
        """Opens the colours at ``place`` on the screen."""
        row = self._row(guid)
        if row is not None:
            grid = ColourGrid(
                row.colour,
                inherits=row.parent is not None,
                take=lambda colour: self.recolour(guid, colour),
                parent=self._widget,
            )
            grid.open_at(place)

    def recolour(self, guid: str, colour: int | None) -> None:
        """Gives a code a colour (1–12), or that of the code above."""
        row = self._row(guid)
        if row is not None and row.own_colour != colour:
            self._desk.do(codebook.colour_code, code=guid, colour=colour)
            self._book.now()

    def toggle_category(self, guid: str) -> None:
        """Makes a code a category, or a concept again."""
        row = self._row(guid)
        if row is not None:
            kind = "concept" if row.kind == "category" else "category"
            self._desk.do(codebook.set_code_kind, code=guid, kind=kind)
            self._book.now()

    def remove(self, guid: str) -> None:
        """Removes a code; what stands on it says so, undo brings it back."""
        row = self._row(guid)
        if row is None:
            return
        if len(together := self._together(guid)) > 1:
            self._remove_several(together)
            return
        rows = self._book.rows
        at = rows.index(row)
        after = next((r for r in rows[at + 1 :] if r.depth <= row.depth), None)
        neighbour = after or (rows[at - 1] if at else None)
        if self._desk.do(codebook.remove_code, code=guid):
            self._book.now()
            if self._desk.last_code == guid:
                self._desk.last_code = ""
            self._desk.code_chosen.emit(neighbour.guid if neighbour else "")
            name = shown_name(row.name, row.origin == "in-vivo")
            self._desk.told.emit(_("Removed “{name}”.").format(name=name.strip("„“”")))

    def _remove_several(self, guids: list[str]) -> None:
        if self._desk.do(remove_together, codes=guids):
            self._book.now()
            self._desk.code_chosen.emit("")
            words = ngettext("Removed {n} code.", "Removed {n} codes.", len(guids))
            self._desk.told.emit(words.format(n=len(guids)))
