"""A query put together by clicking: chips beside each other, what stands in brackets further in.

A click on a chip opens its small editor, a click on a word between two its menu; what is typed anywhere in
the query looks for a condition. Arrow keys go from piece to piece, Del takes one out.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QInputDialog, QMenu, QVBoxLayout, QWidget

from qda.coding.citation import quoted
from qda.coding.retrieval import spec
from qda.coding.retrieval.spec import FARTHEST, Spec
from qda.i18n import N_, _, ngettext
from qda.ui.fonts import px
from qda.ui.navigator.codebook import CodeBook
from qda.ui.retrieval import tree
from qda.ui.retrieval.chips import LineBox, TokenButton
from qda.ui.retrieval.choices import Choices
from qda.ui.retrieval.finder import Finder, PartAct, Wish
from qda.ui.retrieval.telling import Words, rich
from qda.ui.retrieval.tree import Group, Join, Path, Token

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk

RELATION_WORDS: Final = {
    "near": (N_("near"), N_("at most so many paragraphs apart")),
    "followed_by": (N_("followed by"), N_("the other begins behind it, at most so many paragraphs on")),
    "overlapping": (N_("overlapping"), N_("both have words in common")),
    "sharing": (N_("overlapping, only what both share"), N_("the words that both have in common")),
    "within": (N_("within"), N_("it lies inside the other")),
    "contains": (N_("that contains"), N_("the other lies inside it")),
    "same_turn": (N_("in the same turn as"), N_("both touch one turn")),
    "same_paragraph": (N_("in the same paragraph as"), N_("both touch one paragraph")),
}
_REACHES: Final = (0, 1, 2, 3, 5, 10)
_CHOICE_TABLES: Final = frozenset(
    {"code", "case_", "speaker", "source", "attribute", "coder", "document_group", "saved_query", "coding"}
)


def relation_words(query: spec.Relation) -> str:
    """What stands between two passages."""
    words = _(RELATION_WORDS[tree.relation_name(query)][0])
    n = tree.paragraphs(query)
    if n is None:
        return words
    if n == 0:
        return _("{relation} · same paragraph").format(relation=words)
    return ngettext("{relation} · {n} paragraph", "{relation} · {n} paragraphs", n).format(
        relation=words, n=n
    )


class Builder(QWidget):
    """The query in hand. ``changed``: a click has made another one of it."""

    changed = Signal()

    def __init__(self, desk: "Desk", words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._words = desk, words
        self._group: Group = tree.EVERYTHING
        self._buttons: list[TokenButton] = []
        self._lines: list[LineBox] = []
        self._choices: Choices | None = None
        self._finder: Finder | None = None
        self.setObjectName("query_builder")
        self.setAccessibleName(_("Query"))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(4))
        self._box.setAlignment(Qt.AlignmentFlag.AlignTop)
        desk.changed.connect(self._desk_changed)

    # -- what is shown --------------------------------------------------------------------------------------

    @property
    def query(self) -> Spec:
        """The query that stands here."""
        return tree.asked(self._group)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been asked for yet."""
        return not self._group.of

    @property
    def finder(self) -> Finder:
        """The small editor, made when first wanted."""
        if self._finder is None:
            self._finder = Finder(self._desk.project, self)
            self._finder.chosen.connect(self._chosen)
        return self._finder

    def show_query(self, query: Spec) -> None:
        """Shows another query; nobody is told."""
        self._group = tree.shown(query)
        self._build()

    def refresh(self) -> None:
        """Names may be others now."""
        self._build()

    def wanted_height(self, width: int) -> int:
        """How high the query is at a width."""
        high = sum(box.heightForWidth(width) for box in self._lines)
        return high + self._box.spacing() * max(0, len(self._lines) - 1) + px(2)

    def focus_first(self) -> None:
        """The focus goes to the first chip, or to what begins a query."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_add(self) -> None:
        """The focus goes to what takes a further condition."""
        self._focus(Token("add", ()))

    def _build(self) -> None:
        held = next((one.token for one in self._buttons if one.hasFocus()), None)
        for gone in self._lines:
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._buttons, self._lines = [], []
        lines = tree.lines(self._group)
        for line in lines:
            box = LineBox(line.depth, self)
            for token in line.tokens:
                button = self._button(token)
                box.flow.addWidget(button)
                self._buttons.append(button)
            self._box.addWidget(box)
            self._lines.append(box)
            box.show()
        self.updateGeometry()
        if held is not None:
            self._focus(held)

    def _button(self, token: Token) -> TokenButton:
        here = tree.at(self._group, token.path)
        if token.piece == "chip":
            made = self._chip(token, here)
        elif token.piece == "relation":
            assert isinstance(here, spec.Relation)
            made = TokenButton(token, relation_words(here), framed=False, marked=True)
        elif token.piece == "add":
            top = not token.path
            made = TokenButton(token, _("+ Condition") if top else "+")
            made.setAccessibleName(_("Add a condition") if top else _("Add a condition in these brackets"))
        else:
            joint = _("or") if isinstance(here, spec.Or) else _("and")
            known = {"join": joint, "not": _("not"), "relate": _("+ Near, within…")}
            framed = token.piece == "relate"
            made = TokenButton(token, known[token.piece], framed=framed, marked=not framed)
        made.setObjectName(
            "_".join([token.piece, *map(str, token.path), *([str(token.index)] * (token.piece == "join"))])
        )
        made.clicked.connect(lambda: self._open(made))
        made.menu_wanted.connect(lambda place: self._menu(made.token, place))
        return made

    def _chip(self, token: Token, here: Spec) -> TokenButton:
        words = self._words.told(here)
        inner = here.what if isinstance(here, spec.Not) else here
        colour = None
        if isinstance(inner, spec.Code):
            row = CodeBook.of(self._desk).row(inner.code)
            colour = row.colour if row is not None else 0
            words = words.replace("*", "") if row is None or "*" not in row.name else words
        return TokenButton(token, words, colour=colour)

    def _focus(self, token: Token) -> None:
        wanted = next((one for one in self._buttons if one.token == token), None)
        if wanted is None and self._buttons:
            near = [one for one in self._buttons if one.token.path == token.path[:-1]]
            wanted = near[0] if near else self._buttons[-1]
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _desk_changed(self, change: "Changed") -> None:
        if change.tables & _CHOICE_TABLES:
            self._choices = None

    # -- what a click does ----------------------------------------------------------------------------------

    def _now(self, group: Group, focus: Token) -> None:
        self._group = group
        self._build()
        self._focus(focus)
        self.changed.emit()

    def _open(self, button: TokenButton) -> None:
        token = button.token
        if token.piece == "chip":
            self._change(token.path)
        elif token.piece == "add":
            self.add_condition(token.path)
        elif token.piece == "relate":
            self.add_relation()
        else:
            self._menu(token, button.mapToGlobal(QPoint(0, button.height())))

    def _ask(self, token: Token, wish: Wish, then: Callable[[Spec, int], None]) -> None:
        """Opens the editor at a piece."""
        if self._choices is None:
            self._choices = Choices(self._desk)
        self._then = then
        button = next((one for one in self._buttons if one.token == token), None) or self._buttons[-1]
        place = QRect(button.mapToGlobal(QPoint(0, 0)), button.size())
        self.finder.open_at(place, self._choices, wish)

    def _chosen(self, found: Spec, reach: int) -> None:
        self._then(found, reach)

    def add_condition(self, path: Path = (), typed: str = "") -> None:
        """Asks for one more condition of a group."""
        token = Token("add", path)

        def then(found: Spec, _reach: int) -> None:
            if not path and not self._group.of:
                self._now(tree.shown(found), token)
            else:
                self._now(tree.added(self._group, path, found), token)

        joined = isinstance(tree.at(self._group, path), spec.Or)
        title = _("or …") if joined else _("and …")
        self._ask(token, Wish(title if self._group.of else _("Passages …"), typed=typed), then)

    def add_relation(self) -> None:
        """Asks what the last passage is to be near, within …"""
        if self._group.of:
            button = next(one for one in self._buttons if one.token.piece == "relate")
            place = button.mapToGlobal(QPoint(0, button.height()))
            menu = self._relations(tree.last_named(self._group))
            menu.popup(place)

    def _change(self, path: Path) -> None:
        here = tree.at(self._group, path)
        turned = isinstance(here, spec.Not)
        now = here.what if isinstance(here, spec.Not) else here

        def then(found: Spec, _reach: int) -> None:
            new = spec.Not(found) if turned else found
            self._now(tree.changed(self._group, path, new), Token("chip", path))

        token = Token("chip", path)
        wish = Wish(self._title(here), None if now == tree.EVERYTHING else now, self._acts(path))
        self._ask(token, wish, then)

    def _title(self, *parts: Spec | str) -> str:
        told = [part if isinstance(part, str) else self._words.told(part) for part in parts]
        return rich(" ".join(told))

    def _acts(self, path: Path) -> tuple[PartAct, ...]:
        """What can be done with any part of a query."""
        here = tree.at(self._group, path)
        turn = _("Without “not”") if isinstance(here, spec.Not) else _("Not")
        return (
            PartAct(turn, "part_not", lambda: self.turn_round(path)),
            PartAct(_("Or another…"), "part_or", lambda: self._beside(path, spec.Or)),
            PartAct(_("And also…"), "part_and", lambda: self._beside(path, spec.And)),
            PartAct(_("Near, within…"), "part_relate", lambda: self._relate_here(path)),
            PartAct(_("Remove"), "part_remove", lambda: self.remove(path)),
        )

    def turn_round(self, path: Path) -> None:
        """ "Not" before a part, or no longer."""
        self._now(tree.negated(self._group, path), Token("chip", path))

    def remove(self, path: Path) -> None:
        """Takes a part out."""
        before = (*path[:-1], path[-1] - 1) if path and path[-1] else path
        self._now(tree.removed(self._group, path), Token("chip", before))

    def _beside(self, path: Path, join: Join) -> None:
        def then(found: Spec, _reach: int) -> None:
            self._now(tree.beside(self._group, path, found, join), Token("chip", path))

        word = _("or …") if join is spec.Or else _("and …")
        here = tree.at(self._group, path)
        self._ask(self._handle(path), Wish(self._title(here, word)), then)

    def _handle(self, path: Path) -> Token:
        """The piece by which one takes hold of a part."""
        here = tree.at(self._group, path)
        if tree.is_simple(here) and path:
            return Token("chip", path)
        if isinstance(here, spec.Relation):
            return Token("relation", path)
        return Token("not" if isinstance(here, spec.Not) else "add", path)

    # -- relations ------------------------------------------------------------------------------------------

    def _relate_here(self, path: Path) -> None:
        token = self._handle(path)
        button = next((one for one in self._buttons if one.token == token), self._buttons[-1])
        self._relations(path).popup(button.mapToGlobal(QPoint(0, button.height())))

    def _relations(self, path: Path) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("relations")
        menu.setToolTipsVisible(True)
        for name, (words, hint) in RELATION_WORDS.items():
            action = menu.addAction(_(words) + "…")
            action.setObjectName(f"relation_{name}")
            action.setToolTip(_(hint))
            action.triggered.connect(lambda _on=False, name=name: self.relate(path, name))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def relate(self, path: Path, name: str) -> None:
        """Asks for the other side of a relation that begins with a part."""
        here = tree.at(self._group, path)

        def then(found: Spec, reach: int) -> None:
            new = tree.relation(name, here, found, reach)
            self._now(tree.changed(self._group, path, new), Token("add", ()))

        words = _(RELATION_WORDS[name][0])
        reach = 1 if name in ("near", "followed_by") else None
        self._ask(self._handle(path), Wish(self._title(here, words, "…"), paragraphs=reach), then)

    def _change_relation(self, path: Path, name: str, reach: int | None = None) -> None:
        here = tree.at(self._group, path)
        assert isinstance(here, spec.Relation)
        now = tree.paragraphs(here)
        n = reach if reach is not None else 1 if now is None else now
        new = tree.relation(name, here.left, here.right, n)
        self._now(tree.changed(self._group, path, new), Token("relation", path))

    def _ask_reach(self, path: Path) -> None:
        here = tree.at(self._group, path)
        assert isinstance(here, spec.Relation)
        n, taken = QInputDialog.getInt(
            self,
            _("Paragraphs"),
            _("At most so many paragraphs apart"),
            tree.paragraphs(here) or 0,
            0,
            FARTHEST,
        )
        if taken:
            self._change_relation(path, tree.relation_name(here), n)

    # -- menus ----------------------------------------------------------------------------------------------

    def _menu(self, token: Token, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("part_menu")
        if token.piece == "join":
            self._fill_joint(menu, token)
        elif token.piece == "relation":
            self._fill_relation(menu, token.path)
        elif token.piece == "chip":
            menu.addAction(_("Change…"), lambda: self._change(token.path))
        if token.piece in ("add", "relate"):
            return
        if not menu.isEmpty():
            menu.addSeparator()
        whole = token.piece == "join"
        for act in self._acts(token.path):
            if whole and (act.name != "part_remove" or token.path):
                self._add(menu, _("All of this: {act}").format(act=act.words), act.run, act.name)
            elif not whole:
                self._add(menu, act.words, act.run, act.name)
        if token.piece == "chip":
            self._add(menu, _("Further left"), lambda: self.move_part(token.path, -1), "part_left")
            self._add(menu, _("Further right"), lambda: self.move_part(token.path, 1), "part_right")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _add(
        self, menu: QMenu, words: str, run: Callable[[], object], name: str, *, on: bool | None = None
    ) -> None:
        action = menu.addAction(words)
        action.setObjectName(name)
        action.triggered.connect(lambda _on=False: run())
        if on is not None:
            action.setCheckable(True)
            action.setChecked(on)

    def _fill_joint(self, menu: QMenu, token: Token) -> None:
        here = tree.at(self._group, token.path)
        assert isinstance(here, spec.And | spec.Or)
        many, path, index = len(here.of) > 2, token.path, token.index
        for join, word, says in (
            (spec.And, _("and"), _("both must hold")),
            (spec.Or, _("or"), _("one of them is enough")),
        ):
            is_so = isinstance(here, join)
            words = f"{word} – {says}"
            self._add(
                menu,
                words,
                partial(self._join, token, join, every=not many),
                f"join_{join.__name__.lower()}",
                on=is_so,
            )
            if many and not is_so:
                every = _("{word} between all of them").format(word=quoted(word))
                self._add(menu, every, partial(self._join, token, join, every=True), "join_every")
        if many:
            self._add(
                menu,
                _("These two in brackets"),
                lambda: self._now(tree.bracketed(self._group, path, index), Token("chip", (*path, index, 0))),
                "join_bracket",
            )
        if path and isinstance(tree.at(self._group, path[:-1]), spec.And | spec.Or):
            self._add(
                menu,
                _("Without these brackets"),
                lambda: self._now(tree.unbracketed(self._group, path), Token("chip", path)),
                "join_unbracket",
            )

    def _join(self, token: Token, join: Join, *, every: bool) -> None:
        here = tree.at(self._group, token.path)
        if not isinstance(here, join):
            group = tree.joined(self._group, token.path, token.index, join, every=every)
            self._now(group, token)

    def _fill_relation(self, menu: QMenu, path: Path) -> None:
        here = tree.at(self._group, path)
        assert isinstance(here, spec.Relation)
        now = tree.relation_name(here)
        for name, (words, _hint) in RELATION_WORDS.items():
            self._add(
                menu, _(words), partial(self._change_relation, path, name), f"relation_{name}", on=name == now
            )
        n = tree.paragraphs(here)
        if n is not None:
            reach = menu.addMenu(_("Paragraphs"))
            for one in _REACHES:
                words = (
                    ngettext("{n} paragraph", "{n} paragraphs", one).format(n=one)
                    if one
                    else _("the same one")
                )
                run = partial(self._change_relation, path, now, one)
                self._add(reach, words, run, f"reach_{one}", on=one == n)
            self._add(reach, _("Another number…"), lambda: self._ask_reach(path), "reach_other")
        swap = lambda: self._now(tree.swapped(self._group, path), Token("relation", path))  # noqa: E731
        self._add(menu, _("The other way round"), swap, "relation_swap")

    def move_part(self, path: Path, by: int) -> None:
        """A part one place on."""
        group, to = tree.moved(self._group, path, by)
        if to != path:
            self._now(group, Token("chip", to))

    # -- keys -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((n for n, one in enumerate(self._buttons) if one.hasFocus()), None)
        if at is None:
            super().keyPressEvent(event)
            return
        token = self._buttons[at].token
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if step is not None and alt and token.piece == "chip":
            self.move_part(token.path, step)
        elif step is not None and not alt:
            self._buttons[min(max(at + step, 0), len(self._buttons) - 1)].setFocus(
                Qt.FocusReason.TabFocusReason
            )
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._delete(token)
        elif token.piece == "relation" and event.text() in ("+", "-"):
            self._reach_further(token.path, 1 if event.text() == "+" else -1)
        elif event.text() == "+":
            self.add_condition(token.path if token.piece == "add" else ())
        elif event.text().isprintable() and event.text().strip() and not alt:
            self.add_condition(token.path if token.piece == "add" else (), event.text())
        else:
            super().keyPressEvent(event)

    def _delete(self, token: Token) -> None:
        if token.piece in ("chip", "relation"):
            self.remove(token.path)
        elif token.piece == "not":
            self.turn_round(token.path)

    def _reach_further(self, path: Path, by: int) -> None:
        here = tree.at(self._group, path)
        assert isinstance(here, spec.Relation)
        n = tree.paragraphs(here)
        if n is not None and 0 <= n + by <= FARTHEST:
            self._change_relation(path, tree.relation_name(here), n + by)
