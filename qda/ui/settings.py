"""The settings: they take effect at once; there is nothing to confirm."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from qda.i18n import _
from qda.ui.dialogs import heading
from qda.ui.fonts import READING_FACES, px
from qda.ui.preferences import READING_SIZES
from qda.ui.surfaces import small

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

_APPLY_MS: Final = 0


class SettingsDialog(QDialog):
    """Language, spelling, theme, reading face and size, one's sign."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._kept = window.preferences
        self.setObjectName("settings")
        self.setWindowTitle(_("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(460))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(14))
        box.addWidget(heading(_("Settings")))
        form = QFormLayout()
        form.setHorizontalSpacing(px(20))
        form.setVerticalSpacing(px(10))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._add_language(form)
        self._add_look(form)
        self._add_coder(form)
        self.where = QCheckBox(_("Say where I was when a study is opened"), self)
        self.where.setObjectName("set_where")
        self.where.setAccessibleName(self.where.text())
        self.where.setChecked(self._kept.where_on_opening)
        self.where.toggled.connect(self._set_where)
        form.addRow("", self.where)
        box.addLayout(form)
        words = _("These settings belong to this computer, not to a study. They take effect at once.")
        box.addWidget(small(words, self, wrap=True))
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("close")
        close.setAccessibleName(_("Close"))
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    def _choice(
        self, form: QFormLayout, name: str, label: str, rows: tuple[tuple[str, str], ...], chosen: str
    ) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(label)
        for key, words in rows:
            box.addItem(words, key)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        name_label = QLabel(label, self)
        name_label.setBuddy(box)
        form.addRow(name_label, box)
        return box

    def _add_language(self, form: QFormLayout) -> None:
        # The names of the languages stand in themselves, so that a wrong choice finds its way back.
        rows = (("system", _("As the system")), ("de", "Deutsch"), ("en", "English"))
        self.language = self._choice(form, "set_language", _("Language"), rows, self._kept.language)
        self.language.activated.connect(self._set_language)
        spellings = (("kode", "Kode, kodieren"), ("code", "Code, codieren"))
        label = _("Spelling in German")
        self.spelling = self._choice(form, "set_spelling", label, spellings, self._kept.spelling)
        self.spelling.activated.connect(self._set_spelling)

    def _add_look(self, form: QFormLayout) -> None:
        themes = (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))
        self.theme = self._choice(form, "set_theme", _("Theme"), themes, self._kept.theme)
        self.theme.activated.connect(self._set_theme)
        there = set(QFontDatabase.families())
        faces = tuple((f, f) for f in READING_FACES if f in there)
        first = (("", _("As drawn ({face})").format(face=faces[0][0] if faces else _("serif"))),)
        extra = tuple((f, f) for f in _READABLE if f in there)
        label = _("Reading face")
        self.face = self._choice(form, "set_face", label, (*first, *faces, *extra), self._kept.reading_face)
        self.face.activated.connect(self._set_face)
        sizes = tuple(
            (str(size), _("{n} %").format(n=size))
            for size in sorted({*READING_SIZES, self._kept.reading_size})
        )
        self.size_box = self._choice(
            form, "set_size", _("Size of transcripts"), sizes, str(self._kept.reading_size)
        )
        self.size_box.activated.connect(self._set_size)

    def _add_coder(self, form: QFormLayout) -> None:
        self.coder = QLineEdit(self._kept.coder, self)
        self.coder.setObjectName("set_coder")
        self.coder.setAccessibleName(_("Your sign in new studies"))
        self.coder.setMaxLength(40)
        self.coder.editingFinished.connect(self._set_coder)
        words = QLabel(_("Your sign in new studies"), self)
        words.setBuddy(self.coder)
        form.addRow(words, self.coder)

    # -- taking effect ---------------------------------------------------------------------------------------

    def _set_language(self) -> None:
        self._kept.language = self.language.currentData()
        self._anew("language")

    def _set_spelling(self) -> None:
        self._kept.spelling = self.spelling.currentData()
        self._anew("spelling")

    def _set_theme(self) -> None:
        self._window.use_theme(self.theme.currentData())

    def _set_face(self) -> None:
        self._kept.reading_face = self.face.currentData()
        self._anew("face")

    def _set_size(self) -> None:
        self._kept.reading_size = int(self.size_box.currentData())
        self._window.size_transcripts()

    def _set_where(self, on: bool) -> None:
        self._kept.where_on_opening = on

    def _set_coder(self) -> None:
        self._kept.coder = " ".join(self.coder.text().split())

    def _anew(self, focus: str) -> None:
        """The window is built anew; the dialog comes back in its words, at the same field."""
        window = self._window

        def build() -> None:
            window.rebuild()
            again = SettingsDialog(window)
            again.open()
            getattr(again, focus).setFocus()

        self.accept()
        QTimer.singleShot(_APPLY_MS, window, build)


_READABLE: Final = (
    "Georgia",
    "Source Serif 4",
    "Literata",
    "Palatino Linotype",
    "Atkinson Hyperlegible",
    "Inter",
)
