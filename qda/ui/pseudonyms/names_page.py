"""The page where one decides: names left, the hits of one right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.pseudonyms.controls import link, sentence
from qda.ui.pseudonyms.hits_pane import HitsPane
from qda.ui.pseudonyms.name_table import NameModel, NameTable
from qda.ui.surfaces import on_panel, scrolled, small

if TYPE_CHECKING:
    from qda.ui.pseudonyms.work import Name, Work


class NamesPage(QWidget):
    """Table, hits, questions. Nothing of the study is changed here."""

    decided = Signal()  # numbers have changed
    looking_wanted = Signal()  # names or forms have changed: hits are to be looked for anew
    add_wanted = Signal()
    key_wanted = Signal()

    def __init__(self, work: "Work", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.model = NameModel(work, self)
        self.table = NameTable(self.model, self)
        self.hits = HitsPane(work, self)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self.hits)
        split.setSizes([px(566), px(590)])
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self._connect()
        self._keys()

    def _left(self) -> QWidget:
        left = on_panel(QWidget(self))
        left.setMinimumWidth(px(420))
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.table, 3)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(16), px(8), px(16), px(8))
        foot.setSpacing(px(2))
        key = QKeySequence("Ctrl+Alt+P").toString(QKeySequence.SequenceFormat.NativeText)
        hint = small(
            _(
                "The same person becomes the same in all documents. L puts aside what is no name. Names that "
                "were missed can be marked in the text and added with {key}."
            ).format(key=key),
            left,
            wrap=True,
        )
        foot.addWidget(hint)
        links = QHBoxLayout()
        links.setSpacing(px(12))
        links.addWidget(link(left, "add_name", _("Add name…"), self.add_wanted.emit, flush=True))
        self.key_link = link(left, "open_key", _("Open a key file…"), self.key_wanted.emit)
        links.addWidget(self.key_link)
        links.addStretch(1)
        foot.addLayout(links)
        box.addLayout(foot)
        self._asked = sentence(left, "questions")
        self._asked.setAccessibleName(_("Questions"))
        self._asked.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._asked.setContentsMargins(px(16), 0, px(16), px(8))
        self._asked.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._area = scrolled(on_panel(self._asked))
        self._area.setObjectName("questions_area")
        box.addWidget(self._area)
        return left

    def _connect(self) -> None:
        self.table.shown.connect(self.hits.show_name)
        self.table.hits_wanted.connect(self.hits.list.setFocus)
        self.table.accept_wanted.connect(self._accept_row)
        self.table.drop_wanted.connect(self._drop)
        self.model.edited.connect(self._edited)
        self.hits.decided.connect(self._told)
        self.hits.renamed.connect(self._edited)
        self.hits.formed.connect(lambda _name: self.looking_wanted.emit())

    def _keys(self) -> None:
        for key, act in (
            ("Ctrl+Down", lambda: self.table.step(1)),
            ("Ctrl+Up", lambda: self.table.step(-1)),
            ("F6", self._other_side),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _other_side(self) -> None:
        (self.hits.list if self.table.hasFocus() else self.table).setFocus()

    # -- showing ---------------------------------------------------------------------------------------------

    def refresh(self, chosen: "Name | None" = None) -> None:
        """Reads all names anew; the one in hand stays in hand."""
        wanted = chosen or self.table.name or self.hits.name
        stays = wanted is not None and wanted is self.hits.name
        hold = self.table.blockSignals(True)
        self.model.refresh()
        self.table.choose(wanted)
        self.table.blockSignals(hold)
        now = self.table.name
        self.hits.show_name(now, again=stays and now is wanted)
        self.show_questions()
        self.decided.emit()

    def filter_kind(self, kind: str) -> None:
        """Shows names of one kind only; an empty one shows all."""
        self.model.kind = kind
        self.refresh()

    def show_questions(self) -> None:
        """The sentences below the table."""
        asked = self._work.questions
        self._area.setVisible(bool(asked))
        if asked:
            head = ngettext("Worth a look:", "Worth a look ({n}):", len(asked)).format(n=len(asked))
            self._asked.setText("\n".join((head, *(f"– {words}" for words in asked))))
            wide = max(px(300), self.table.width())
            self._area.setFixedHeight(min(px(140), self._asked.heightForWidth(wide) + px(4)))
        self._asked.setAccessibleName(self._asked.text())
        if self._work.key is not None:
            name = self._work.key[0].name
            self.key_link.setText(_("Key: {name}").format(name=name))

    def focus_first(self) -> None:
        """Into the table."""
        self.table.setFocus()

    # -- acts ------------------------------------------------------------------------------------------------

    def _told(self, name: "Name") -> None:
        self.model.told(name)
        self.decided.emit()

    def _accept_row(self, name: "Name") -> None:
        if not name.dismissed and self._work.accept_rest(name):
            self.hits.refresh()
            self._told(name)

    def _drop(self, name: "Name") -> None:
        """It is no name: down to the end. Or it is one after all."""
        row = self.table.currentIndex().row()
        name.dismissed = not name.dismissed
        self._work.stir()
        rows = self.model.rows
        following = rows[row + 1] if row + 1 < len(rows) and name.dismissed else name
        self.refresh(following)
        self.looking_wanted.emit()

    def _edited(self, name: "Name") -> None:
        self.model.told(name)
        if name is self.hits.name:
            self.hits.instead.setText(name.entry.replacement)
            self.hits.refresh()
        self.decided.emit()
        self.looking_wanted.emit()
