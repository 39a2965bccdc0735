"""Small dialogs of the shell: a bug, the list of keys, what this program is."""

import platform
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

import qda
from qda.i18n import _
from qda.ui.commands import MENUS, Command
from qda.ui.fonts import SHEET_TITLE, px, ui_font


def heading(text: str, parent: QWidget | None = None) -> QLabel:
    """The title of a sheet or dialog."""
    label = QLabel(text, parent)
    label.setFont(ui_font(SHEET_TITLE, semibold=True))
    return label


def _closing(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox()
    close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
    close.setObjectName("close")
    close.setAccessibleName(_("Close"))
    close.setDefault(True)
    buttons.rejected.connect(dialog.reject)
    return buttons


class CrashDialog(QDialog):
    """A bug of ours: what happened, where it is kept, and the words for a report."""

    def __init__(self, report: str, kept: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crash")
        self.setWindowTitle(_("Something went wrong"))
        self.setMinimumSize(px(640), px(420))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(12))
        box.addWidget(heading(_("This is a fault of the program, not yours.")))
        words = QLabel(
            _(
                "Everything that was shown as saved is saved. You can go on working; if something looks "
                "wrong, close and open the study again."
            )
        )
        words.setWordWrap(True)
        box.addWidget(words)
        self.report = QPlainTextEdit(report, self, readOnly=True)
        self.report.setObjectName("report")
        self.report.setAccessibleName(_("Report of the fault"))
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        box.addWidget(self.report, 1)
        if kept is not None:
            where = QLabel(_("Kept in {path}").format(path=kept), self)
            where.setProperty("minor", True)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            where.setWordWrap(True)
            box.addWidget(where)
        buttons = _closing(self)
        copy = buttons.addButton(_("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copy")
        copy.setAccessibleName(_("Copy the report"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        box.addWidget(buttons)


def crash_report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """What is needed to find the bug; no text of the study is in it but what the error itself names."""
    lines = "".join(traceback.format_exception(kind, error, trace))
    return f"qda {qda.__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{lines}"


def keep_crash(report: str) -> Path | None:
    """Writes a report beside the settings; none where the disk does not take it."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "last-fault.txt"
        path.write_text(report, encoding="utf-8")
    except OSError:
        return None
    return path


class KeysDialog(QDialog):
    """All keys, from the rows of the commands."""

    def __init__(self, commands: tuple[Command, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle(_("Keys"))
        self.resize(px(560), px(620))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(12))
        box.addWidget(heading(_("Everything by keyboard")))
        hint = QLabel(_("Ctrl+K finds every command by its name and by many other words."))
        hint.setProperty("quiet", True)
        box.addWidget(hint)
        box.addWidget(self._table(commands), 1)
        box.addWidget(_closing(self))

    def _table(self, commands: tuple[Command, ...]) -> QTableWidget:
        menus = {key: _(name).replace("&", "") for key, name in MENUS}
        order = list(menus)
        rows = sorted(
            (c for c in commands if c.key),
            key=lambda c: order.index(c.menu) if c.menu in order else len(order),
        )
        table = QTableWidget(len(rows), 3, self)
        table.setObjectName("keys_table")
        table.setAccessibleName(_("Keys"))
        table.setHorizontalHeaderLabels([_("Command"), _("Menu"), _("Key")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for at, command in enumerate(rows):
            key = QKeySequence(command.key).toString(QKeySequence.SequenceFormat.NativeText)
            for column, words in enumerate((plain(_(command.text)), menus.get(command.menu, ""), key)):
                table.setItem(at, column, QTableWidgetItem(words))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        return table


class AboutDialog(QDialog):
    """What this program is, its version and licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(_("About qda"))
        self.setMinimumWidth(px(420))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(10))
        box.addWidget(heading(f"qda {qda.__version__}"))
        for words in (
            _(
                "Grounded theory on transcripts: open, axial and selective coding, "
                "with the evidence for every statement."
            ),
            _("Your data stay with you: no network connection is ever opened."),
            _("Licence: Apache 2.0. Window: Qt (LGPL)."),
        ):
            line = QLabel(words)
            line.setWordWrap(True)
            box.addWidget(line)
        box.addSpacing(px(8))
        box.addWidget(_closing(self))


def plain(text: str) -> str:
    """A command's text without the mark of its menu key and without dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
