"""What holds for the file in hand: title, kind, case; how turns are marked, encoding, times, comments."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from qda.i18n import _, ngettext
from qda.ui.asking import NEW_CASE, ask_name
from qda.ui.axial.segmented import Segmented
from qda.ui.fonts import px
from qda.ui.importing.words import ENCODINGS, FAMILIES
from qda.ui.material.fields import Choice
from qda.ui.material.words import KINDS
from qda.ui.surfaces import Elided, small

if TYPE_CHECKING:
    from qda.ui.importing.plan import Item, Plan

Pairs = Sequence[tuple[str, str]]
_ROWS: Final = ("title", "case", "family", "encoding", "times", "table", "boxes")


class Options(QWidget):
    """The form. It tells what was chosen and shows what it is given; the plan belongs to the page."""

    title_written = Signal(str)
    kind_chosen = Signal(str)
    case_chosen = Signal(str)
    family_chosen = Signal(str)
    encoding_chosen = Signal(str)
    table_chosen = Signal(str)
    comments_chosen = Signal(bool)
    again_chosen = Signal(bool)
    for_all_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_options")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(16), px(10), px(16), px(10))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)
        self._labels: dict[str, QLabel] = {}
        self._fields: dict[str, QWidget] = {}
        self._segments: dict[str, tuple[Segmented, tuple[str, ...]]] = {}
        self._build_document()
        self._build_reading()
        self._build_boxes()

    # -- building --------------------------------------------------------------------------------------------

    def _build_document(self) -> None:
        self.title = QLineEdit(self)
        self.title.setObjectName("import_title")
        self.title.setAccessibleName(_("Title of the document"))
        self.title.textEdited.connect(self.title_written)
        self.kind = Choice("import_kind", _("Kind"), [(k, _(w)) for k, w in KINDS], self)
        self.kind.activated.connect(lambda _at: self.kind_chosen.emit(self.kind.currentData()))
        self.case = Choice("import_case", _("Case"), [], self)
        self.case.setMinimumContentsLength(8)
        self.case.activated.connect(self._case_activated)
        first, second = QWidget(self), QWidget(self)
        for holder, widgets in ((first, (self.title,)), (second, (self.kind, self.case))):
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(8))
            for widget in widgets:
                row.addWidget(widget, 1)
        self._row("title", _("Title"), first, self.title)
        self._row("case", _("Kind and case"), second, self.kind)

    def _build_reading(self) -> None:
        for name, words in (("family", _("Turns by")), ("encoding", _("Encoding"))):
            holder = QWidget(self)
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(10))
            if name == "family":
                row.addStretch(1)
            self._row(name, words, holder)
        self.sample = Elided("", self)
        self.sample.setProperty("minor", True)
        self.sample.setObjectName("import_sample")
        layout = self._fields["encoding"].layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(0, self.sample, 1)
        self.times = Elided("", self)
        self.times.setObjectName("import_times")
        self._row("times", _("Time marks"), self.times)
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self.table = Segmented(
            "import_table",
            _("Brought in as"),
            (("survey", _("Survey")), ("attributes", _("Attributes of cases"))),
            holder,
        )
        self.table.chosen.connect(self.table_chosen)
        row.addWidget(self.table)
        row.addStretch(1)
        self._row("table", _("Brought in as"), holder)

    def _build_boxes(self) -> None:
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(px(2))
        self.comments = self._box("import_comments", self.comments_chosen)
        self.again = self._box("import_again", self.again_chosen, _("Bring it in all the same"))
        self.for_all = self._box("import_for_all", self.for_all_chosen, _("Use for all files of this import"))
        self.for_all.setToolTip(_("Turns, encoding and roles; a file that they do not fit keeps its own."))
        for at, box in enumerate((self.comments, self.again, self.for_all)):
            grid.addWidget(box, at, 0, Qt.AlignmentFlag.AlignLeft)
        self._row("boxes", "", holder)

    def _box(self, name: str, signal: SignalInstance, words: str = "") -> QCheckBox:
        box = QCheckBox(words, self)
        box.setObjectName(name)
        box.setAccessibleName(words)
        box.clicked.connect(signal)
        return box

    def _row(self, name: str, words: str, field: QWidget, buddy: QWidget | None = None) -> None:
        at = _ROWS.index(name)
        label = small(words, self)
        if buddy is not None:
            label.setBuddy(buddy)
        self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, at, 1)
        self._labels[name], self._fields[name] = label, field

    # -- showing ---------------------------------------------------------------------------------------------

    def show_item(self, item: "Item | None", plan: "Plan") -> None:
        """Shows what holds for a file."""
        document, draft = (item.document, item.draft) if item else (None, None)
        self._show_rows(
            {
                "title": document is not None,
                "case": document is not None,
                "family": draft is not None,
                "encoding": draft is not None and bool(draft.encoding),
                "times": draft is not None and bool(draft.time_marks),
                "table": item is not None and bool(item.columns),
                "boxes": document is not None,
            }
        )
        if item is None:
            return
        if item.columns:
            self.table.show_key("survey" if item.is_survey else "attributes")
        if document is None or draft is None:
            return
        if self.title.text() != document.title:
            self.title.setText(document.title)
        self.kind.show_key(document.kind)
        self._show_cases(item, plan, document.case)
        self._show_families(item, draft.family)
        self._show_encodings(draft.encoding, item)
        n = len(draft.time_marks)
        found = ngettext(
            "{n} found, written {mark}, put in the margin", "{n} found, written {mark}, put in the margin", n
        )
        self.times.setText(found.format(n=n, mark=item.facts.mark))
        n = len(draft.comments)
        words = ngettext("{n} comment becomes a memo", "{n} comments become memos", n).format(n=n)
        self.comments.setText(words)
        self.comments.setAccessibleName(words)
        self.comments.setVisible(n > 0)
        self.comments.setChecked(document.comments)
        self.again.setVisible(bool(item.twin))
        self.again.setChecked(document.again)
        self.for_all.setVisible(len(plan.items) > 1)
        self.for_all.setChecked(plan.for_all)

    def _show_rows(self, shown: dict[str, bool]) -> None:
        for name, on in shown.items():
            self._labels[name].setVisible(on)
            self._fields[name].setVisible(on)

    def _show_cases(self, item: "Item", plan: "Plan", held: str) -> None:
        self.case.fill(case_choices(item, plan, held, none=_("no case")))
        self.case.show_key(held)

    def _show_families(self, item: "Item", held: str) -> None:
        wished = item.wished.family if item.wished else None
        families = tuple(dict.fromkeys((*item.families, held, "none")))
        pairs = [(key, _(FAMILIES.get(key, key))) for key in families]
        self._show_segments("family", _("Turns by"), pairs, wished or held, self.family_chosen)

    def _show_encodings(self, held: str, item: "Item") -> None:
        if not held:
            return
        plain = held.removesuffix("-sig")
        known = list(ENCODINGS[:3]) + [pair for pair in ENCODINGS[3:] if pair[0] == plain]
        if plain not in dict(known):
            known.insert(0, (plain, plain.upper()))
        wished = item.wished.encoding if item.wished and item.wished.encoding else plain
        self._show_segments(
            "encoding", _("Encoding"), known, wished.removesuffix("-sig"), self.encoding_chosen
        )
        samples = ", ".join(_("“{name}”").format(name=word) for word in item.facts.samples)
        self.sample.setText(_("Sample: {words}").format(words=samples) if samples else "")

    def _show_segments(self, name: str, title: str, pairs: Pairs, held: str, signal: SignalInstance) -> None:
        keys = tuple(key for key, _words in pairs)
        old = self._segments.get(name)
        if old is None or old[1] != keys:
            layout = self._fields[name].layout()
            assert isinstance(layout, QHBoxLayout)
            focused = old is not None and old[0].isAncestorOf(self.focusWidget() or self)
            made = Segmented(f"import_{name}", title, pairs, self._fields[name])
            made.chosen.connect(signal)
            layout.insertWidget(0, made)
            self._segments[name] = (made, keys)
            if old is not None:
                layout.removeWidget(old[0])
                old[0].hide()
                old[0].deleteLater()
            self._in_order()
            if focused:
                made.button(held).setFocus()
        self._segments[name][0].show_key(held)

    def _in_order(self) -> None:
        """The order of the Tab key: as one reads."""
        before: QWidget = self.case
        for name in ("family", "encoding"):
            if name in self._segments:
                segments, keys = self._segments[name]
                for key in keys:
                    QWidget.setTabOrder(before, segments.button(key))
                    before = segments.button(key)
        for box in (self.comments, self.again, self.for_all):
            QWidget.setTabOrder(before, box)
            before = box

    def segments(self, name: str) -> Segmented | None:
        """The alternatives of ``family`` or ``encoding``, if a file was shown that has them."""
        found = self._segments.get(name)
        return found[0] if found else None

    def _case_activated(self) -> None:
        key = self.case.currentData()
        if key == NEW_CASE:
            ask_new(self, self.case_chosen.emit)
        else:
            self.case_chosen.emit(key)


def case_choices(item: "Item", plan: "Plan", held: str, *, none: str) -> list[tuple[str, str]]:
    """None, the cases of the study, one that the file's name suggests, those made new here, and another."""
    found = [("", none), *plan.cases.items()]
    there = {words.casefold() for _key, words in found}
    new = [other.document.case for other in plan.items if other.document is not None]
    for name in dict.fromkeys((held, plan.new_case(item), *new)):
        if name and name not in plan.cases and name.casefold() not in there:
            found.append((name, _("{name} (new)").format(name=name)))
            there.add(name.casefold())
    return [*found, (NEW_CASE, _("New case…"))]


def ask_new(parent: QWidget, take: Callable[[str], object]) -> None:
    """Asks for the name of a case that comes with the import."""
    ask_name(parent, _("New case"), _("Name of the case"), take)
