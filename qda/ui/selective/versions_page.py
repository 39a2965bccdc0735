"""Versions of story and story line: each as it stood, what differs from the one before, taking one back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from qda.coding import selective
from qda.coding.selective import StoryKind
from qda.coding.story_text import words_of
from qda.coding.story_versions import StoryVersion, story_versions, version_text
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.ui.axial.choices import Choice, ChoiceList
from qda.ui.axial.segmented import Segmented
from qda.ui.fonts import px
from qda.ui.places import Page
from qda.ui.selective.story_view import StoryView
from qda.ui.selective.targets import Targets
from qda.ui.status import told_date
from qda.ui.surfaces import Line, LinkButton, on_panel, on_paper, section, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.axial.reading import Reading
    from qda.ui.desk import Desk

_COUNTED = 60  # versions whose words are counted: the last ones


class VersionsPage(Page):
    """List at the left, the text at the right; paragraphs that differ from the version before are set off."""

    def __init__(self, reading: "Reading", desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._versions: list[StoryVersion] = []
        self._texts: dict[int, str] = {}
        self.setObjectName("story_versions")
        self.setAccessibleName(_("Versions of the story line"))
        on_paper(self)
        self.targets = Targets(desk.project, reading)
        reading.counting.counted.connect(self._counted)
        self.which = Segmented(
            "versions_of",
            _("Versions of"),
            (("story", _("Story")), ("story_line", _("Story line"))),
            self,
        )
        self.which.show_key("story_line")
        self.which.chosen.connect(self._choose)
        self.list = ChoiceList("versions", _("Versions"), self)
        self.list.setProperty("panel", True)
        self.list.turned_to.connect(self._show)
        self.text = StoryView(self.targets, self)
        self.text.setObjectName("version_text")
        self.text.setAccessibleName(_("The text of this version"))
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setMaximumWidth(px(660))
        self.back = QPushButton(_("Make this the text again"), self)
        self.back.setObjectName("take_version")
        self.back.setAccessibleName(_("Make this the text again"))
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.take_back)
        self._build()
        desk.changed.connect(self._changed)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(7), px(12), px(7))
        head.setSpacing(px(12))
        self._told = small("", self)
        close = LinkButton(_("Back to the story (Esc)"), "leave_versions", self)
        close.clicked.connect(self.closed)
        head.addWidget(section(_("Versions"), self))
        head.addWidget(self.which)
        head.addWidget(self._told, 1)
        head.addWidget(self.back)
        head.addWidget(close)
        left = QWidget(self)
        on_panel(left)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, px(6), 0, 0)
        inside.addWidget(self.list)
        paper = QWidget(self)
        on_paper(paper)
        row = QHBoxLayout(paper)
        row.setContentsMargins(px(26), px(16), px(20), px(8))
        row.addStretch(1)
        row.addWidget(self.text, 40)
        row.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(paper)
        split.setStretchFactor(1, 1)
        split.setSizes([px(300), px(1100)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(Line(self))
        box.addWidget(split, 1)

    @property
    def kind(self) -> StoryKind:
        """Whose versions are shown."""
        return "story" if self.which.key == "story" else "story_line"

    def _counted(self) -> None:
        self.targets.forget_counts()

    def _choose(self, _key: str) -> None:
        self._texts = {}
        self.refresh()

    def _changed(self, change: "Changed") -> None:
        if self.isVisible() and "story" in change.tables:
            self.refresh()

    def refresh(self) -> None:
        """Reads the versions anew; the last one is shown first."""
        before = self.list.key if self._versions else ""
        self._versions = story_versions(self._desk.project, self.kind)
        self._texts = {}
        self.targets.forget()
        rows = [self._row(version) for version in reversed(self._versions)]
        kept = before if any(row.key == before for row in rows) else ""
        self.list.show_choices(rows, current=kept or (rows[0].key if rows else ""))
        self._show(self.list.key if rows else "")

    def _row(self, version: StoryVersion) -> Choice:
        when = f"{told_date(version.at, _('d MMMM yyyy'))}, {version.at.astimezone():%H:%M}"
        below = [version.coder, when]
        if version.number > len(self._versions) - _COUNTED:
            n = len(words_of(self._text(version.number)).split())
            below.append(ngettext("{n} word", "{n} words", n).format(n=n))
        name = _("Version {number}").format(number=version.number)
        return Choice(str(version.entry), name, below=" · ".join(part for part in below if part))

    def _text(self, number: int) -> str:
        """The stored text of a version; empty for one that is gone for good, and before the first."""
        if not 1 <= number <= len(self._versions):
            return ""
        if number not in self._texts:
            try:
                self._texts[number] = version_text(self._desk.project, self._versions[number - 1])
            except KnownError:
                self._texts[number] = ""
        return self._texts[number]

    @property
    def version(self) -> StoryVersion | None:
        """The version that is shown."""
        return next((one for one in self._versions if str(one.entry) == self.list.key), None)

    def _show(self, _key: str) -> None:
        version = self.version
        last = version is None or version.number == len(self._versions)
        self.back.setEnabled(not last and not self._desk.project.read_only)
        self.text.fresh = frozenset()
        if version is None:
            self.text.show_other("")
            self._told.setText(_("Nothing has been written yet."))
            return
        body = self._text(version.number)
        former = set(self._text(version.number - 1).split("\n"))
        self.text.show_other(body)
        if version.number > 1:
            self.text.fresh = frozenset(
                at for at, line in enumerate(body.split("\n")) if line.strip() and line not in former
            )
        n = len(self.text.fresh)
        told = ngettext(
            "{n} paragraph differs from the version before",
            "{n} paragraphs differ from the version before",
            n,
        )
        self._told.setText(told.format(n=n) if version.number > 1 else _("The first version"))
        self.text.follow()

    def take_back(self) -> None:
        """Makes this version the text again; the one that stood there stays a version."""
        version = self.version
        if version is not None and self.back.isEnabled():
            self._desk.do(selective.write_story, kind=self.kind, body=self._text(version.number))
            self.closed.emit()

    def focus_first(self) -> None:
        """To the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
