"""All reports into a folder: which ones, in which formats, where."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _, ngettext
from qda.reports.registry import FORMATS, ReportKind
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.reports import words
from qda.ui.surfaces import LinkButton, section, small

_NAME = Qt.ItemDataRole.UserRole
_COLUMNS = 3


class AllReportsDialog(QDialog):
    """Chooses; ``chosen`` brings the names of the reports, the formats and the folder."""

    chosen = Signal(list, list, object)

    def __init__(
        self,
        kinds: Sequence[ReportKind],
        *,
        formats: Sequence[str],
        folder: Path,
        left_out: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("all_reports_dialog")
        self.setWindowTitle(_("All reports into a folder"))
        self.setMinimumWidth(px(520))
        self._kinds = tuple(kinds)
        self._beside = folder.parent
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(10))
        box.addWidget(heading(_("All reports into a folder"), self))
        box.addWidget(small(_("Each with the settings that it had last."), self, wrap=True))
        box.addLayout(self._list_part(left_out))
        box.addWidget(section(_("Formats"), self))
        box.addLayout(self._formats_part(formats))
        box.addWidget(section(_("Into the folder"), self))
        box.addLayout(self._folder_part(folder))
        self.told = small("", self, wrap=True)
        self.told.setObjectName("all_told")
        box.addWidget(self.told)
        box.addWidget(self._buttons())
        self._tell()
        self.list.setFocus()

    def _list_part(self, left_out: Sequence[str]) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(section(_("Reports"), self), 1)
        for text, name, state in (
            (_("All"), "all_of_them", Qt.CheckState.Checked),
            (_("None"), "none_of_them", Qt.CheckState.Unchecked),
        ):
            link = LinkButton(text, name, self)
            link.clicked.connect(lambda _on=False, state=state: self._check_all(state))
            head.addWidget(link)
        self.list = QListWidget(self)
        self.list.setObjectName("all_list")
        self.list.setAccessibleName(_("Reports"))
        self.list.setMinimumHeight(px(220))
        by_name = {kind.name: kind for kind in self._kinds}
        for _title, names in words.grouped(list(by_name)):
            for name in names:
                item = QListWidgetItem(_(by_name[name].title), self.list)
                item.setData(_NAME, name)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                on = name not in left_out
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda _item: self._tell())
        box.addLayout(head)
        box.addWidget(self.list)
        return box

    def _formats_part(self, formats: Sequence[str]) -> QGridLayout:
        grid = QGridLayout()
        self._formats: dict[str, QCheckBox] = {}
        there = [name for name in FORMATS if any(name in kind.formats for kind in self._kinds)]
        for at, name in enumerate(there):
            check = QCheckBox(_(words.FORMATS.get(name, name)), self)
            check.setObjectName(f"all_{name}")
            check.setAccessibleName(f"{check.text()} ({name})")
            check.setChecked(name in formats)
            check.toggled.connect(lambda _on: self._tell())
            self._formats[name] = check
            grid.addWidget(check, at // _COLUMNS, at % _COLUMNS)
        return grid

    def _folder_part(self, folder: Path) -> QHBoxLayout:
        row = QHBoxLayout()
        self.folder = QLineEdit(str(folder), self)
        self.folder.setObjectName("all_folder")
        self.folder.setAccessibleName(_("Into the folder"))
        self.folder.textChanged.connect(lambda _words: self._tell())
        choose = QPushButton(_("Choose…"), self)
        choose.setObjectName("all_choose")
        choose.setAccessibleName(_("Choose the folder"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        return row

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self.save = buttons.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName("all_save")
        self.save.setAccessibleName(_("Save the reports"))
        self.save.setDefault(True)
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("all_cancel")
        cancel.setAccessibleName(_("Cancel"))
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        return buttons

    # -- what is chosen --------------------------------------------------------------------------------------

    @property
    def names(self) -> list[str]:
        """The reports that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [str(item.data(_NAME)) for item in items if item.checkState() == Qt.CheckState.Checked]

    @property
    def formats(self) -> list[str]:
        """The formats that are ticked."""
        return [name for name, check in self._formats.items() if check.isChecked()]

    @property
    def place(self) -> Path:
        """The folder; what is not written from the root on lies where the dialog began."""
        try:
            return self._beside / Path(self.folder.text().strip()).expanduser()
        except RuntimeError:  # nobody of this name has a home
            return self._beside / self.folder.text().strip()

    def _check_all(self, state: Qt.CheckState) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(state)

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("Choose the folder"), self.folder.text())
        if found:
            self.folder.setText(found)

    def _tell(self) -> None:
        """How many files it will be, and which of them are there already."""
        kinds = {kind.name: kind for kind in self._kinds}
        files = [f"{name}.{one}" for name in self.names for one in self.formats if one in kinds[name].formats]
        folder = self.folder.text().strip()
        self.save.setEnabled(bool(files and folder))
        line = ngettext("{n} file", "{n} files", len(files)).format(n=len(files))
        there = sum(_is_there(self.place / one) for one in files) if folder else 0
        if there:
            more = ngettext(
                "{n} of this name is there and will be replaced",
                "{n} of these names are there and will be replaced",
                there,
            )
            line += f" · {more.format(n=there)}"
        self.told.setText(line)

    def _accept(self) -> None:
        self.chosen.emit(self.names, self.formats, self.place)
        self.accept()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no such name is possible; writing tells why
        return False
