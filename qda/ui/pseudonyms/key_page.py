"""Where the clear names go: a key file with a passphrase, or nowhere. And opening a key that is there."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.pseudonyms.controls import button, refusal, refuse, sentence
from qda.ui.surfaces import on_paper, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUFFIX = ".qdakey"


class KeyFields(QWidget):
    """Path and passphrase; twice for a file that is not there yet."""

    changed = Signal()

    def __init__(self, prefix: str, parent: QWidget | None = None, *, new: bool) -> None:
        super().__init__(parent)
        self._new = new
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(1, 1)
        self.path = self._field(grid, 0, f"{prefix}_path", _("&Key file"))
        self.path.setMinimumWidth(px(360))
        grid.addWidget(button(self, f"{prefix}_choose", _("Choose…"), self._choose), 0, 2)
        self.passphrase = self._field(grid, 1, f"{prefix}_passphrase", _("&Passphrase"), secret=True)
        self.again = self._field(grid, 2, f"{prefix}_again", _("&Once more"), secret=True)
        self._show = QCheckBox(_("&Show"), self)
        self._show.setObjectName(f"{prefix}_show")
        self._show.setAccessibleName(_("Show the passphrase"))
        self._show.toggled.connect(self._shown)
        grid.addWidget(self._show, 1, 2)
        self.path.textChanged.connect(self._there)
        self._there()

    def _field(
        self, grid: QGridLayout, row: int, name: str, words: str, *, secret: bool = False
    ) -> QLineEdit:
        label = QLabel(words, self)
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(words.replace("&", ""))
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.textChanged.connect(self.changed)
        label.setBuddy(field)
        label.setObjectName(f"{name}_label")
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1)
        return field

    @property
    def file(self) -> Path | None:
        """The file, with its ending."""
        words = self.path.text().strip()
        if not words:
            return None
        path = Path(words).expanduser()
        return path if path.suffix == _SUFFIX else path.with_name(f"{path.name}{_SUFFIX}")

    def _there(self) -> None:
        twice = self._new and not (self.file is not None and self.file.exists())
        self.again.setVisible(twice)
        label = self.findChild(QLabel, f"{self.again.objectName()}_label")
        if label is not None:
            label.setVisible(twice)

    def _shown(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.again.setEchoMode(mode)

    def _choose(self) -> None:
        kinds = _("Keys (*{suffix});;All files (*)").format(suffix=_SUFFIX)
        start = self.path.text() or str(Path.home())
        if self._new:
            path, _kind = QFileDialog.getSaveFileName(
                self,
                _("Key file"),
                start,
                kinds,
                options=QFileDialog.Option.DontConfirmOverwrite,  # names are added to a key
            )
        else:
            path, _kind = QFileDialog.getOpenFileName(self, _("Key file"), start, kinds)
        if path:
            self.path.setText(path)
            self.passphrase.setFocus()

    def problem(self) -> str:
        """What is missing, as a sentence."""
        if self.file is None:
            return _("Choose where the key file is to lie.") if self._new else _("Choose a key file.")
        if not self.passphrase.text().strip():
            return _("The key file needs a passphrase.")
        if not self.again.isHidden() and self.passphrase.text() != self.again.text():
            return _("The two passphrases are not the same.")
        return ""

    def forget(self) -> None:
        """Takes the passphrases out of the fields."""
        for field in (self.passphrase, self.again):
            field.clear()
        self._show.setChecked(False)


class Page(QWidget):
    """A page of sentences with its buttons below."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = on_paper(QWidget())
        self.box = QVBoxLayout(inside)
        self.box.setContentsMargins(px(24), px(20), px(24), px(16))
        self.box.setSpacing(px(10))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(on_paper(scrolled(inside)), 1)
        self.inside = inside
        foot = QWidget(self)
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(px(16), px(10), px(16), px(10))
        self.foot.setSpacing(px(8))
        self.foot.addStretch(1)
        outer.addWidget(foot)

    def indented(self, widget: QWidget) -> None:
        """Adds it below its radio button."""
        row = QHBoxLayout()
        row.setContentsMargins(px(24), 0, 0, 0)
        row.addWidget(widget)
        self.box.addLayout(row)


class KeyPage(Page):
    """Before replacing: where the clear names go."""

    replace_wanted = Signal(object)  # (Path, passphrase), or None for no key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened: tuple[Path, str] | None = None
        self._title = heading("", self.inside)
        self._title.setObjectName("key_title")
        self.box.addWidget(self._title)
        self.box.addWidget(
            sentence(
                self.inside,
                "key_why",
                _(
                    "The key tells who stands behind each pseudonym. It is an encrypted file of its own and "
                    "never part of the study: keep the two apart. Without the passphrase nobody can read it; "
                    "nobody can help, either, if it is forgotten."
                ),
            )
        )
        self._unseen = sentence(self.inside, "key_unseen")
        self.box.addWidget(self._unseen)
        self.open_one = self._radio("key_opened", _("Into the opened key"))
        self.new_one = self._radio("key_file", _("Put the clear names into a key &file"))
        self.fields = KeyFields("key", self.inside, new=True)
        self.indented(self.fields)
        self.without = self._radio("key_none", _("&Without a key"))
        self._warning = sentence(
            self.inside,
            "key_warning",
            _(
                "Then nobody can look up later who was meant, and the same person in a later transcript may "
                "become somebody else. After a purge this cannot be made good."
            ),
            quiet=True,
        )
        self.indented(self._warning)
        self._refusal = refusal(self.inside, "key_refusal")
        self.box.addWidget(self._refusal)
        self.box.addStretch(1)
        self.foot.addWidget(button(self, "key_back", _("Back"), self.back_wanted.emit))
        self.go = button(self, "key_go", _("Replace"), self._go, default=True)
        self.foot.addWidget(self.go)
        self.fields.changed.connect(lambda: refuse(self._refusal, ""))

    def _radio(self, name: str, words: str) -> QRadioButton:
        radio = QRadioButton(words, self.inside)
        radio.setObjectName(name)
        radio.setAccessibleName(words.replace("&", ""))
        radio.toggled.connect(self._chosen)
        self.box.addWidget(radio)
        return radio

    def begin(
        self, count: int, opened: tuple[Path, str] | None, start: Path, unseen: "Sequence[str]"
    ) -> None:
        """Asks for this many replacements; ``opened``: the key in use; ``unseen``: names never looked at."""
        n = count
        self._title.setText(
            ngettext("{n} place will be replaced", "{n} places will be replaced", n).format(n=n)
        )
        words = ngettext("Replace {n} place", "Replace {n} places", n).format(n=n)
        self.go.setText(words)
        self.go.setAccessibleName(words)
        self._unseen.setVisible(bool(unseen))
        if unseen:
            self._unseen.setText(
                _("From the key, and not looked at in these texts yet: {names}.").format(
                    names=", ".join(unseen)
                )
            )
        self._opened = opened
        self.open_one.setVisible(opened is not None)
        if opened is not None:
            self.open_one.setText(_("Into the &opened key “{name}”").format(name=opened[0].name))
            self.open_one.setAccessibleName(self.open_one.text().replace("&", ""))
        if not self.fields.path.text():
            self.fields.path.setText(str(start))
        (self.open_one if opened is not None else self.new_one).setChecked(True)
        self._chosen()
        self.running(False)
        refuse(self._refusal, "")
        (self.go if opened is not None else self.fields.passphrase).setFocus()

    def _chosen(self) -> None:
        if hasattr(self, "_refusal"):
            self.fields.setEnabled(self.new_one.isChecked())
            self._warning.setEnabled(self.without.isChecked())
            refuse(self._refusal, "")

    def _go(self) -> None:
        if not self.go.isEnabled():
            return
        if self.without.isChecked():
            self.replace_wanted.emit(None)
            return
        if self.open_one.isChecked() and self._opened is not None:
            self.replace_wanted.emit(self._opened)
            return
        if problem := self.fields.problem():
            refuse(self._refusal, problem)
            return
        self.replace_wanted.emit((self.fields.file, self.fields.passphrase.text()))

    def running(self, on: bool) -> None:
        """While it is being done nothing can be pressed twice."""
        self.go.setEnabled(not on)
        self.inside.setEnabled(not on)
        if on:
            self.go.setText(_("Replacing …"))

    def refuse(self, words: str) -> None:
        """It could not be done."""
        refuse(self._refusal, words)


class OpenKeyPage(Page):
    """Opens a key that is there, so that names stay the same over all transcripts."""

    open_wanted = Signal(object, str)  # Path, passphrase

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box.addWidget(heading(_("Open a key file"), self.inside))
        self.box.addWidget(
            sentence(
                self.inside,
                "open_key_why",
                _(
                    "Names in the key become what they became before. It stays open until the study is "
                    "closed; new names are added to it."
                ),
            )
        )
        self.fields = KeyFields("open_key", self.inside, new=False)
        self.box.addWidget(self.fields)
        self._refusal = refusal(self.inside, "open_key_refusal")
        self.box.addWidget(self._refusal)
        self.box.addStretch(1)
        self.foot.addWidget(button(self, "open_key_back", _("Back"), self.back_wanted.emit))
        self.go = button(self, "open_key_go", _("Open"), self._go, default=True)
        self.foot.addWidget(self.go)
        self.fields.changed.connect(lambda: refuse(self._refusal, ""))

    def begin(self, start: Path | None) -> None:
        """Asks anew."""
        if start is not None and not self.fields.path.text():
            self.fields.path.setText(str(start))
        self.running(False)
        refuse(self._refusal, "")
        (self.fields.passphrase if self.fields.path.text() else self.fields.path).setFocus()

    def _go(self) -> None:
        if not self.go.isEnabled():
            return
        if problem := self.fields.problem():
            refuse(self._refusal, problem)
            return
        self.open_wanted.emit(self.fields.file, self.fields.passphrase.text())

    def running(self, on: bool) -> None:
        """While the key is being opened."""
        self.go.setEnabled(not on)

    def refuse(self, words: str) -> None:
        """It could not be opened."""
        refuse(self._refusal, words)
