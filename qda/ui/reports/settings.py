"""The settings of a report: its language, what goes into it, the format; from the options of its row."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.reports.registry import Option, ReportKind
from qda.reports.scope import is_common
from qda.reports.study_words import ALL_MEMOS, MEMO_KINDS, NO_MEMOS
from qda.ui.fonts import px
from qda.ui.reports.one_of import KINDS as ONE_OF
from qda.ui.reports.one_of import OneOf
from qda.ui.reports.part_fields import CommonFields, alive
from qda.ui.reports.words import FORMATS, LANGUAGES
from qda.ui.surfaces import Line, section, small

if TYPE_CHECKING:
    from qda.models import Project

_YES: Final = ("yes", "no")


class SettingsPanel(QWidget):
    """What can be chosen for one report. ``changed``: an option; ``format_changed``: the format."""

    changed = Signal()
    format_changed = Signal(str)

    def __init__(
        self,
        kind: ReportKind,
        chosen: Mapping[str, str],
        parent: QWidget | None = None,
        *,
        project: "Project | None" = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._project = project
        self._values = dict(chosen) if project is None else alive(project, chosen)
        self.setObjectName("report_settings")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(px(16), px(4), px(16), px(12))
        self._box.setSpacing(px(6))
        for option in kind.options:
            if not is_common(option):
                self._option(option)
        if project is not None:
            self._common = CommonFields(project, kind, self._values, self._set, self)
            for fold in self._common.folds():
                self._line()
                self._box.addWidget(fold)
        self._formats()

    @property
    def options(self) -> dict[str, str]:
        """The options as chosen; those left at their default are left out."""
        known = {option.name: option.default for option in self._kind.options}
        return {name: value for name, value in self._values.items() if name in known and value != known[name]}

    @property
    def format(self) -> str:
        """The chosen format."""
        return self._values.get("format", self._kind.formats[0])

    def _set(self, name: str, value: str) -> None:
        if self._values.get(name) != value:
            self._values[name] = value
            self.changed.emit()

    def _line(self) -> None:
        if self._box.count():
            self._box.addSpacing(px(6))
            self._box.addWidget(Line(self))
            self._box.addSpacing(px(4))

    def _head(self, title: str) -> None:
        self._line()
        self._box.addWidget(section(title, self))

    def _option(self, option: Option) -> None:
        if option.name == "memos":
            self._memos(option)
        elif option.choices == _YES or option.kind == "flag":
            self._flag(option)
        elif option.choices:
            self._choice(option)
        elif option.kind in ONE_OF and self._project is not None:
            self._one_of(option, self._project)
        else:
            self._text(option)

    def _choice(self, option: Option) -> None:
        title = _("Language") if option.kind == "language" else _(option.title)
        self._head(title)
        group = QButtonGroup(self)
        now = self._values.get(option.name) or option.default
        for value in option.choices:
            words = (
                _(LANGUAGES[value])
                if option.kind == "language" and value in LANGUAGES
                else option.label(value)
            )
            button = QRadioButton(words, self)
            button.setObjectName(f"{option.name}_{value}")
            button.setAccessibleName(f"{_(option.title)}: {words}")
            button.setChecked(value == now)
            button.clicked.connect(lambda _on, name=option.name, value=value: self._set(name, value))
            group.addButton(button)
            self._box.addWidget(button)

    def _flag(self, option: Option) -> None:
        last = self._box.itemAt(self._box.count() - 1)
        above = last.widget() if last is not None else None
        if option.title.startswith("Count "):
            self._head(_("Counts"))
        elif not isinstance(above, QCheckBox):  # flags stand together, each with its own words
            self._line()
        check = QCheckBox(_(option.title), self)
        check.setObjectName(option.name)
        check.setAccessibleName(_(option.title))
        check.setChecked((self._values.get(option.name) or option.default) != "no")
        check.toggled.connect(lambda on, name=option.name: self._set(name, "yes" if on else "no"))
        self._box.addWidget(check)

    def _one_of(self, option: Option, project: "Project") -> None:
        self._head(_(option.title))
        choice = OneOf(project, option, self._values.get(option.name, ""), self)
        self._values[option.name] = choice.guid
        choice.chosen.connect(lambda guid: self._set(option.name, guid))
        self._box.addWidget(choice)

    def _text(self, option: Option) -> None:
        self._head(_(option.title))
        field = QLineEdit(self._values.get(option.name) or option.default, self)
        field.setObjectName(option.name)
        field.setAccessibleName(_(option.title))
        field.editingFinished.connect(lambda: self._set(option.name, field.text().strip()))
        self._box.addWidget(field)

    def _memos(self, option: Option) -> None:
        self._head(_("Memos"))
        chosen = set((self._values.get("memos") or option.default).split(","))
        self._checks: dict[str, QCheckBox] = {}
        for kind, words in MEMO_KINDS.items():
            check = QCheckBox(_(words), self)
            check.setObjectName(f"memos_{kind}")
            check.setAccessibleName(_("Memos: {kind}").format(kind=_(words)))
            check.setChecked(kind in chosen or ALL_MEMOS in chosen)
            check.toggled.connect(self._memos_chosen)
            self._checks[kind] = check
            self._box.addWidget(check)
        self._box.addWidget(small(_("Private memos never go out."), self, wrap=True))

    def _memos_chosen(self) -> None:
        on = [kind for kind, check in self._checks.items() if check.isChecked()]
        self._set("memos", ",".join(on) or NO_MEMOS)

    def _formats(self) -> None:
        self._head(_("Format"))
        grid = QGridLayout()
        grid.setSpacing(px(8))
        group = QButtonGroup(self)
        for at, name in enumerate(self._kind.formats):
            button = FormatButton(name, self)
            button.setChecked(name == self.format)
            button.clicked.connect(lambda _on, name=name: self._format_chosen(name))
            group.addButton(button)
            grid.addWidget(button, at // 2, at % 2)
        self._box.addLayout(grid)

    def _format_chosen(self, name: str) -> None:
        self._values["format"] = name
        self.format_changed.emit(name)


class FormatButton(QPushButton):
    """A format: in words; its suffix is the tool tip."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = _(FORMATS.get(name, name))
        self.setObjectName(f"format_{name}")
        self.setAccessibleName(f"{words} ({name})")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setText(words)
        self.setToolTip(f".{name}")
        self.setMinimumHeight(px(30))
