"""The start screen: studies that were open, the demo study, the form for a new one. All of it by keyboard.

No study's file is opened to show the list: title and counts are those of its last closing.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, language, ngettext
from qda.ui.fonts import SHEET_TITLE, SMALL, px, reading_font, ui_font
from qda.ui.preferences import Preferences, Recent, documents_folder, free_path
from qda.ui.start_items import RECENT, RecentDelegate, TemplateCard
from qda.ui.status import MessageBar, locale, told_date
from qda.ui.surfaces import Elided, Framed, Line, LinkButton, on_panel, scrolled, small
from qda.ui.theme import Tokens

_ROWS: Final = 6


def told_moment(moment: datetime, now: datetime | None = None) -> str:
    """When, as one says it: "today, 14:32", "yesterday", "3 November"."""
    here = moment.astimezone()
    today = (now or datetime.now().astimezone()).date()
    days = (today - here.date()).days
    if days == 0:
        return _("today, {time}").format(time=here.strftime("%H:%M"))
    if days == 1:
        return _("yesterday")
    form = _("d MMMM") if here.year == today.year else _("d MMMM yyyy")
    return told_date(moment, form)


def told_counts(recent: Recent) -> str:
    """What a study held when it was closed."""
    interviews = ngettext("{n} interview", "{n} interviews", recent.interviews).format(n=recent.interviews)
    codings = ngettext("{n} coding", "{n} codings", recent.codings).format(
        n=locale().toString(recent.codings)
    )
    return f"{interviews}, {codings}"


class RecentList(QListWidget):
    """The studies that were open; Enter opens, Del takes off the list."""

    chosen = Signal(str)
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recents")
        self.setAccessibleName(_("Opened last"))
        self.setItemDelegate(RecentDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._choose)

    def fill(self, recents: list[Recent]) -> None:
        """Shows these studies."""
        self.clear()
        for recent in recents:
            counts = told_counts(recent) if recent.exists else _("The file is no longer there")
            when = told_moment(recent.moment)
            item = QListWidgetItem(recent.title, self)
            item.setData(RECENT, (recent.path, counts, when))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{recent.title}, {counts}, {when}")
            item.setToolTip(recent.path)
        self.setCurrentRow(-1)
        rows = min(len(recents), _ROWS)
        self.setFixedHeight(max(1, rows) * RecentDelegate.height() + 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.currentRow() < 0:  # so that Enter opens at once, and the focus is seen
            self.setCurrentRow(0)
        super().focusInEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(RECENT)[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(item)
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self.dropped.emit(item.data(RECENT)[0])
        else:
            super().keyPressEvent(event)


def _card_rules(theme: Tokens) -> str:
    return (
        f"#card {{ background: {theme.paper}; border: 1px solid {theme.quiet_frame};"
        f" border-radius: {px(4)}px; }}"
    )


def _card(parent: QWidget) -> Framed:
    card = Framed(_card_rules, parent)
    card.setObjectName("card")
    return card


def _progress(name: str, key: str, parent: QWidget) -> QProgressBar:
    bar = QProgressBar(parent)
    bar.setObjectName(key)
    bar.setAccessibleName(name)
    bar.setTextVisible(False)
    bar.setFixedHeight(px(8))
    bar.hide()
    return bar


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setFont(ui_font(SHEET_TITLE, semibold=True))
    return label


class StartScreen(QWidget):
    """What is seen while no study is open."""

    open_wanted = Signal(str)  # path
    ask_wanted = Signal()
    create_wanted = Signal(str, str, str, str, str)  # path, title, language, template, coder
    demo_wanted = Signal()
    tour_wanted = Signal()
    tutorial_wanted = Signal()
    tour_stopped = Signal()  # while its study is being built

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._own_path: Path | None = None
        self.setObjectName("start")
        self.message = MessageBar(self)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(px(32), px(52), px(32), px(32))
        inner.addWidget(self._centred(page))
        inner.addStretch(1)
        on_panel(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(Line(self))
        box.addWidget(self.message)
        box.addWidget(scrolled(page), 1)
        self.refresh()
        self._title_typed()

    def _centred(self, page: QWidget) -> QWidget:
        middle = QWidget(page)
        middle.setMaximumWidth(px(1120))
        grid = QGridLayout(middle)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(64))
        grid.setVerticalSpacing(0)
        title = QLabel(_("What would you like to work on?"), middle)
        title.setFont(reading_font(30 / 13))
        grid.addWidget(title, 0, 0, 1, 2)
        words = QLabel(
            _("Read transcripts, code them, ground a theory. Everything stays on this computer."), middle
        )
        words.setFont(ui_font(SHEET_TITLE))
        words.setProperty("quiet", True)
        grid.addWidget(words, 1, 0, 1, 2)
        grid.setRowMinimumHeight(2, px(40))
        left = self._left(middle)
        grid.addLayout(left, 3, 0)
        grid.addLayout(self._new(middle), 3, 1)
        grid.setColumnStretch(0, 44)
        grid.setColumnStretch(1, 56)
        holder = QWidget(page)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        return holder

    # -- left: what there is ---------------------------------------------------------------------------------

    def _left(self, parent: QWidget) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(_heading(_("Opened last"), parent), 1)
        ask = LinkButton(_("Open…"), "open", parent)
        ask.setAccessibleName(_("Open a study from a file"))
        ask.clicked.connect(self.ask_wanted)
        head.addWidget(ask)
        box.addLayout(head)
        ask.ensurePolished()
        self._head_height = ask.sizeHint().height()
        self._recents_card = _card(parent)
        inner = QVBoxLayout(self._recents_card)
        inner.setContentsMargins(1, 1, 1, 1)
        self.recents = RecentList(self._recents_card)
        self.recents.chosen.connect(self.open_wanted)
        self.recents.dropped.connect(self._drop)
        inner.addWidget(self.recents)
        self._none = QWidget(self._recents_card)
        words = _("Nothing yet. Begin with a study of your own, or look around in the demo study.")
        around = QVBoxLayout(self._none)
        around.setContentsMargins(px(16), px(14), px(16), px(14))
        around.addWidget(small(words, self._none, wrap=True))
        inner.addWidget(self._none)
        box.addWidget(self._recents_card)
        box.addSpacing(px(20))
        box.addWidget(_heading(_("To look around"), parent))
        box.addWidget(self._tour(parent))
        box.addWidget(self._demo(parent))
        self.tutorial_link = LinkButton(
            _("To read: a replication in an afternoon, step by step"), "tutorial_open", parent, flush=True
        )
        self.tutorial_link.clicked.connect(self.tutorial_wanted)
        box.addWidget(self.tutorial_link)
        box.addStretch(1)
        return box

    def _tour(self, parent: QWidget) -> QFrame:
        card, box = self._offer(
            parent,
            _("Tour in five steps"),
            _("Read, code, compare, relate, report: a few minutes in the real window. Nothing of it stays."),
        )
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.tour_button = QPushButton(_("Begin the tour"), card)
        self.tour_button.setObjectName("tour_begin")
        self.tour_button.setAccessibleName(_("Begin the tour"))
        self.tour_button.setAutoDefault(False)
        self.tour_button.clicked.connect(self.tour_wanted)
        self.tour_stop = QPushButton(_("Cancel"), card)
        self.tour_stop.setObjectName("tour_stop")
        self.tour_stop.setAccessibleName(_("Cancel the tour"))
        self.tour_stop.setAutoDefault(False)
        self.tour_stop.clicked.connect(self.tour_stopped)
        self.tour_stop.hide()
        self.tour_progress = _progress(_("Preparing the tour"), "tour_progress", card)
        for widget in (self.tour_button, self.tour_stop):
            row.addWidget(widget)
        row.addWidget(self.tour_progress, 1)
        row.addStretch(0)
        box.addSpacing(px(4))
        box.addLayout(row)
        row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        return card

    def _offer(self, parent: QWidget, title: str, words: str) -> tuple[QFrame, QVBoxLayout]:
        card = _card(parent)
        box = QVBoxLayout(card)
        box.setContentsMargins(px(16), px(14), px(16), px(16))
        box.setSpacing(px(6))
        name = QLabel(title, card)
        name.setFont(ui_font(semibold=True))
        box.addWidget(name)
        told = QLabel(words, card)
        told.setWordWrap(True)
        told.setProperty("quiet", True)
        box.addWidget(told)
        return card, box

    def _demo(self, parent: QWidget) -> QFrame:
        card, box = self._offer(
            parent,
            _("Demo study"),
            _(
                "Six invented interviews and a focus group on the coordination of integration networks, "
                "worked through from the first passage to the story line. The transcripts are German. Every "
                "act stands in its history, so you can see how it came about."
            ),
        )
        row = QHBoxLayout()
        self.demo_button = QPushButton(_("Open the demo study"), card)
        self.demo_button.setObjectName("demo")
        self.demo_button.setAccessibleName(_("Open the demo study"))
        self.demo_button.setAutoDefault(False)
        self.demo_button.clicked.connect(self.demo_wanted)
        row.addWidget(self.demo_button)
        self.demo_progress = _progress(_("Building the demo study"), "demo_progress", card)
        row.addWidget(self.demo_progress, 1)
        row.addStretch(0)
        box.addSpacing(px(4))
        box.addLayout(row)
        row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        return card

    def show_tour_progress(self, done: int | None, of: int = 0) -> None:
        """How far the study of the tour is; none: no longer being built."""
        building = done is not None
        held = self.tour_button.hasFocus() or self.tour_stop.hasFocus()
        self.tour_button.setVisible(not building)
        self.tour_stop.setVisible(building)
        self.demo_button.setEnabled(not building)
        self.tour_progress.setVisible(building)
        if held:  # the keyboard stays at the tour
            (self.tour_stop if building else self.tour_button).setFocus()
        if done is not None:
            self.tour_progress.setRange(0, of)
            self.tour_progress.setValue(done)

    def show_progress(self, done: int | None, of: int = 0) -> None:
        """How far the demo study is; none: no longer being built."""
        self.demo_button.setEnabled(done is None)
        self.tour_button.setEnabled(done is None)
        self.demo_progress.setVisible(done is not None)
        if done is not None:
            self.demo_progress.setRange(0, of)
            self.demo_progress.setValue(done)

    def refresh(self) -> None:
        """Reads the list anew."""
        recents = self._preferences.recents()
        self.recents.fill(recents)
        self.recents.setVisible(bool(recents))
        self._none.setVisible(not recents)

    def _drop(self, path: str) -> None:
        self._preferences.forget(path)
        self.refresh()

    # -- right: a new study ----------------------------------------------------------------------------------

    def _new(self, parent: QWidget) -> QVBoxLayout:
        outer = QVBoxLayout()
        outer.setSpacing(px(8))
        heading = _heading(_("New study"), parent)
        heading.setMinimumHeight(self._head_height)  # as high as the one beside it with its link
        outer.addWidget(heading)
        card = _card(parent)
        box = QVBoxLayout(card)
        box.setContentsMargins(px(16), px(14), px(16), px(16))
        box.setSpacing(px(8))
        box.addLayout(self._first_fields(card))
        box.addSpacing(px(4))
        box.addWidget(small(_("Template of the coding paradigm"), card))
        box.addLayout(self._cards(card))
        box.addWidget(Line(card))
        box.addSpacing(px(4))
        box.addLayout(self._last_row(card))
        outer.addWidget(card)
        outer.addStretch(1)
        return outer

    def _first_fields(self, card: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(4))
        self.title = QLineEdit(card)
        self.title.setObjectName("new_title")
        self.title.setPlaceholderText(_("What is the study about?"))
        self.title.textChanged.connect(self._title_typed)
        self.title.returnPressed.connect(self.create_study)
        self.coder = QLineEdit(self._preferences.coder, card)
        self.coder.setObjectName("new_coder")
        self.coder.setMaxLength(40)
        self.coder.returnPressed.connect(self.create_study)
        self.language = QComboBox(card)
        self.language.setObjectName("new_language")
        self.language.addItem(_("German"), "de")
        self.language.addItem(_("English"), "en")
        self.language.setCurrentIndex(0 if language() == "de" else 1)
        fields = (
            (_("Title"), self.title, 4),
            (_("Your sign"), self.coder, 1),
            (_("Language of the study"), self.language, 2),
        )
        for column, (name, field, stretch) in enumerate(fields):
            label = small(name, card)
            label.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, stretch)
        return grid

    def _cards(self, card: QWidget) -> QGridLayout:
        from qda.coding.paradigms import templates

        grid = QGridLayout()
        grid.setSpacing(px(8))
        self.templates = QButtonGroup(card)
        self.templates.setExclusive(True)
        shown = [t for t in templates() if t.has_paradigm]
        for at, template in enumerate(shown):
            choice = TemplateCard(template, card)
            self.templates.addButton(choice)
            grid.addWidget(choice, at // 2, at % 2)
        row = (len(shown) + 1) // 2
        for template in templates():
            if not template.has_paradigm:
                words = _("{name}: no paradigm").format(name=template.name)
                plain = QRadioButton(words, card)
                plain.setFont(ui_font(SMALL))
                plain.setObjectName(f"template_{template.id}")
                plain.setAccessibleName(words)
                plain.setToolTip(str(template.origin))
                plain.setProperty("template", template.id)
                self.templates.addButton(plain)
                grid.addWidget(plain, row, 0, 1, 2)
                row += 1
        self.templates.buttons()[0].setChecked(True)
        return grid

    def _last_row(self, card: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(4))
        self._file = Elided("", card)
        self._file.setFont(ui_font(SMALL))
        self._file.setProperty("minor", True)
        row.addWidget(self._file, 1)
        change = LinkButton(_("Change…"), "new_file", card)
        change.setFont(ui_font(SMALL))
        change.setAccessibleName(_("Choose another file"))
        change.clicked.connect(self._ask_path)
        row.addWidget(change)
        row.addSpacing(px(8))
        self.create_button = QPushButton(_("Create study"), card)
        self.create_button.setObjectName("create")
        self.create_button.setAccessibleName(_("Create study"))
        self.create_button.setDefault(True)
        self.create_button.clicked.connect(self.create_study)
        row.addWidget(self.create_button)
        return row

    # -- acts ------------------------------------------------------------------------------------------------

    @property
    def template(self) -> str:
        """The id of the template chosen."""
        chosen = self.templates.checkedButton()
        return str(chosen.property("template")) if chosen else ""

    @property
    def path(self) -> Path:
        """Where the new study would be kept."""
        return self._own_path or free_path(documents_folder(), self.title.text() or _("New study"))

    def focus_new(self) -> None:
        """Begins to type the title of a new study."""
        self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_first(self) -> None:
        """The last study, else the title of a new one."""
        if self.recents.count():
            self.recents.setFocus()
        else:
            self.focus_new()

    def use_path(self, path: Path) -> None:
        """Keeps the new study in another file."""
        self._own_path = path if path.suffix == ".qdaproj" else path.with_name(path.name + ".qdaproj")
        self._title_typed()

    def _ask_path(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Where should the study be kept?"), str(self.path), _("Studies (*.qdaproj)")
        )
        if path:
            self.use_path(Path(path))

    def _title_typed(self) -> None:
        path = self.path
        try:
            shown = "~/" + str(path.relative_to(Path.home()))
        except ValueError:
            shown = str(path)
        self._file.setText(_("File: {path}").format(path=shown))

    def create_study(self) -> None:
        """Makes the study, or says what is missing."""
        title = " ".join(self.title.text().split())
        if not title:
            self.message.tell(_("The new study needs a title."))
            self.title.setFocus()
            return
        coder = " ".join(self.coder.text().split())
        self._preferences.coder = coder
        path = self.path
        self.create_wanted.emit(str(path), title, self.language.currentData(), self.template, coder)

    def clear_new(self) -> None:
        """An empty form again."""
        self._own_path = None
        self.title.clear()
