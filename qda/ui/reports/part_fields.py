"""The settings common to all reports, folded: which part of the study, citation and author, pseudonyms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from qda.errors import KnownError
from qda.i18n import N_, _, ngettext
from qda.reports.registry import Option, ReportKind
from qda.reports.scope import is_common
from qda.ui.fonts import px
from qda.ui.reports.folds import Fold, TickList
from qda.ui.surfaces import LinkButton, small

if TYPE_CHECKING:
    from qda.coding.parts import Choice, Choices
    from qda.coding.rows import SegmentRow
    from qda.models import Project

Setter = Callable[[str, str], None]
_LISTS: Final = {
    "documents": N_("Documents"),
    "cases": N_("Cases"),
    "coders": N_("Coded by"),
    "branches": N_("Codes with those below them"),
}
_PAUSE_MS: Final = 400  # after the last tick or letter


def alive(project: "Project", values: Mapping[str, str]) -> dict[str, str]:
    """Kept settings without what is gone from the study meanwhile."""
    named = {name: values[name] for name in _LISTS if values.get(name)}
    if not named:
        return dict(values)
    from qda.coding.parts import part_choices

    known = part_choices(project).guids
    kept = {
        name: ";".join(one for one in written.split(";") if one in known) for name, written in named.items()
    }
    return {**values, **kept}


class CommonFields:
    """Builds the folds into a panel; ``put`` takes what was chosen."""

    def __init__(
        self,
        project: "Project",
        kind: ReportKind,
        values: Mapping[str, str],
        put: Setter,
        parent: QWidget,
    ) -> None:
        self._project = project
        self._options = {option.name: option for option in kind.options if is_common(option)}
        self._values = values
        self._put = put
        self._parent = parent
        self._choices: Choices | None = None
        self._waiting: dict[str, str] = {}
        self._kept: list[CitationField | FileChoice | KeyChoice] = []  # slots alone keep nothing alive
        self._soon = QTimer(parent, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._hand_on)

    def folds(self) -> list[Fold]:
        """The folds that have something to choose; one with a choice of the user's is open."""
        return [fold for fold in (self._part(), self._citing(), self._names()) if fold is not None]

    def _later(self, name: str, value: str) -> None:
        self._waiting[name] = value
        self._soon.start()

    def _hand_on(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for name, value in waiting.items():
            self._put(name, value)

    # -- the part -----------------------------------------------------------------------------------------

    def _known(self) -> "Choices":
        if self._choices is None:
            from qda.coding.parts import part_choices

            self._choices = part_choices(self._project)
        return self._choices

    def _part(self) -> Fold | None:
        names = [name for name in (*_LISTS, "interviewer") if name in self._options]
        if not names:
            return None
        fold = Fold(_("Which part of the study"), "part_of_study", self._parent, strong=True)
        chosen = [name for name in names if self._values.get(name, "") not in ("", "yes")]
        fold.say("" if chosen else _("all"))
        fold.opened.connect(lambda: self._fill_part(fold, names))
        fold.set_open(on=bool(chosen))
        return fold

    def _fill_part(self, fold: Fold, names: Sequence[str]) -> None:
        if fold.content.count():
            return
        for name in names:
            if name == "interviewer":
                fold.content.addWidget(self._flag(self._options[name], fold))
                continue
            written = self._values.get(name, "")
            if self._too_few(name) and not written:
                continue
            ticks = TickList(_(_LISTS[name]), name, self._reader(name), written.split(";"), fold.inside)
            ticks.ticked.connect(lambda found, name=name: self._ticked(fold, name, found))
            fold.content.addWidget(ticks)
            ticks.set_open(on=bool(written))
        fold.content.addWidget(small(_("Nothing ticked means all of them."), fold.inside, wrap=True))

    def _reader(self, name: str) -> "Callable[[], Sequence[Choice]]":
        def read() -> "Sequence[Choice]":
            known = self._known()
            return {
                "documents": known.documents,
                "cases": known.cases,
                "coders": known.coders,
                "branches": known.codes,
            }[name]

        return read

    def _too_few(self, name: str) -> bool:
        return len(self._reader(name)()) < 2

    def _ticked(self, fold: Fold, name: str, found: tuple[str, ...]) -> None:
        self._later(name, ";".join(found))
        some = any(ticks.chosen for ticks in fold.findChildren(TickList))
        fold.say("" if some else _("all"))

    def _flag(self, option: Option, fold: Fold) -> QCheckBox:
        check = QCheckBox(_(option.title), fold.inside)
        check.setObjectName(option.name)
        check.setAccessibleName(_(option.title))
        check.setChecked((self._values.get(option.name) or option.default) != "no")
        check.toggled.connect(lambda on: self._put(option.name, "yes" if on else "no"))
        return check

    # -- citation and author ------------------------------------------------------------------------------

    def _citing(self) -> Fold | None:
        names = [name for name in ("citation", "author", "template") if name in self._options]
        if not names:
            return None
        fold = Fold(_("Citation, author, template"), "citing", self._parent, strong=True)
        fold.opened.connect(lambda: self._fill_citing(fold, names))
        fold.set_open(on=any(self._values.get(name) for name in names))
        return fold

    def _fill_citing(self, fold: Fold, names: Sequence[str]) -> None:
        if fold.content.count():
            return
        if "citation" in names:
            written = self._values.get("citation", "")
            self._kept.append(CitationField(self._project, written, self._later, fold))
        if "author" in names:
            fold.content.addWidget(QLabel(_("Author on the title page"), fold.inside))
            field = QLineEdit(self._values.get("author", ""), fold.inside)
            field.setObjectName("author")
            field.setAccessibleName(_("Author on the title page"))
            field.textEdited.connect(lambda words: self._later("author", words.strip()))
            fold.content.addWidget(field)
        if "template" in names:
            fold.content.addWidget(QLabel(_("Word template"), fold.inside))
            file = FileChoice("template", _("Word template"), _("Word templates (*.docx *.dotx)"), fold)
            file.show(self._values.get("template", ""), _("No template: our own styles"))
            file.take(lambda path: self._put("template", path))
            self._kept.append(file)

    # -- pseudonyms ---------------------------------------------------------------------------------------

    def _names(self) -> Fold | None:
        if "pseudonyms" not in self._options:
            return None
        fold = Fold(_("Pseudonyms"), "pseudonyms_fold", self._parent, strong=True)
        written = self._values.get("pseudonyms", "")
        fold.opened.connect(lambda: self._fill_names(fold, written))
        fold.set_open(on=bool(written))
        return fold

    def _fill_names(self, fold: Fold, written: str) -> None:
        if not fold.content.count():
            self._kept.append(KeyChoice(written, self._put, fold))


class CitationField:
    """The template of a citation, with what a passage of the study looks like by it."""

    def __init__(self, project: "Project", written: str, put: Setter, fold: Fold) -> None:
        from qda.coding.citation import PLACEHOLDERS

        self._project = project
        self._put = put
        self._example: SegmentRow | None = None
        self._asked = False
        title = _("How passages are cited")
        fold.content.addWidget(QLabel(title, fold.inside))
        self.field = QLineEdit(written, fold.inside)
        self.field.setObjectName("citation")
        self.field.setAccessibleName(title)
        self.field.setPlaceholderText(_("as in the study"))
        told = "\n".join(f"{{{name}}}: {_(words)}" for name, words in PLACEHOLDERS)
        self.field.setToolTip(told)
        self.field.setAccessibleDescription(told)
        self.field.textEdited.connect(self._edited)
        self.preview = small("", fold.inside, wrap=True)
        self.preview.setObjectName("citation_preview")
        fold.content.addWidget(self.field)
        fold.content.addWidget(self.preview)
        self._show()

    def _edited(self) -> None:
        if self._show():
            self._put("citation", self.field.text().strip())

    def _show(self) -> bool:
        from qda.coding.citation import checked_template, paragraphs_cited

        try:
            template = checked_template(self.field.text())
        except KnownError as problem:
            self.preview.setText(problem.sentence)
            return False
        one = self._one()
        if one is None:
            self.preview.setText(_("There is no passage to show it with yet."))
        else:
            shown = replace(one, citation=template or one.citation)
            self.preview.setText(_("For instance: ({citation})").format(citation=paragraphs_cited(shown)))
        return True

    def _one(self) -> "SegmentRow | None":
        if not self._asked:
            from qda.coding.parts import example_passage

            self._asked, self._example = True, example_passage(self._project)
        return self._example


class FileChoice:
    """The path of a file, typed or chosen; ``take`` hears of it when it is settled."""

    def __init__(self, name: str, title: str, sorts: str, fold: Fold) -> None:
        self._title, self._sorts, self._fold = title, sorts, fold
        self._heard: Callable[[str], None] = lambda _path: None
        self.field = QLineEdit(fold.inside)
        self.field.setObjectName(name)
        self.field.setAccessibleName(title)
        self.field.editingFinished.connect(self._settled)
        choose = LinkButton(_("Choose…"), f"choose_{name}", fold.inside)
        choose.setAccessibleName(_("Choose: {title}").format(title=title))
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(choose)
        fold.content.addLayout(row)

    def show(self, path: str, without: str) -> None:
        """Shows a path; ``without`` tells what an empty field means."""
        self.field.setText(path)
        self.field.setPlaceholderText(without)

    def take(self, heard: Callable[[str], None]) -> None:
        """Who hears of the path."""
        self._heard = heard

    def _settled(self) -> None:
        self._heard(self.field.text().strip())

    def _choose(self) -> None:
        start = str(Path(self.field.text()).parent) if self.field.text() else ""
        dialog = QFileDialog(self._fold.window(), self._title, start, self._sorts)
        dialog.setObjectName("choose_file_dialog")
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.field.setText(path)
        self._settled()


class KeyChoice:
    """The key whose names a report replaces, and its passphrase, which is kept nowhere."""

    def __init__(self, written: str, put: Setter, fold: Fold) -> None:
        self._put = put
        self._fold = fold
        inside = fold.inside
        fold.content.addWidget(
            small(
                _("Names of a key file are replaced in the report. The study stays as it is."),
                inside,
                wrap=True,
            )
        )
        self._file = FileChoice("pseudonyms", _("Key file"), _("Keys (*.qdakey)"), fold)
        self._file.show(written, _("No key: nothing is replaced"))
        self._file.take(lambda _path: self._chosen())
        self.path = self._file.field
        self.passphrase = QLineEdit(inside)
        self.passphrase.setObjectName("key_passphrase")
        self.passphrase.setAccessibleName(_("Passphrase of the key"))
        self.passphrase.setPlaceholderText(_("Passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._unlock)
        self.open = QPushButton(_("Open the key"), inside)
        self.open.setObjectName("open_key")
        self.open.setAutoDefault(False)
        self.open.clicked.connect(self._unlock)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        line.addWidget(self.passphrase, 1)
        line.addWidget(self.open)
        fold.content.addLayout(line)
        self.told = small("", inside, wrap=True)
        self.told.setObjectName("key_state")
        fold.content.addWidget(self.told)
        self._state()

    def _chosen(self) -> None:
        self._state()
        from qda.reports.pseudonymous import is_unlocked

        written = self.path.text().strip()
        if not written or is_unlocked(written):
            self._put("pseudonyms", written)

    def _unlock(self) -> None:
        from qda.reports.pseudonymous import unlock

        written = self.path.text().strip()
        try:
            n = unlock(written, self.passphrase.text())
        except KnownError as problem:
            self.told.setText(problem.sentence)
            return
        self.passphrase.clear()
        self._state()
        self.told.setText(
            ngettext("The key is open: {n} name.", "The key is open: {n} names.", n).format(n=n)
        )
        self._put("pseudonyms", written)

    def _state(self) -> None:
        from qda.reports.pseudonymous import is_unlocked

        written = self.path.text().strip()
        is_open = bool(written) and is_unlocked(written)
        for widget in (self.passphrase, self.open):
            widget.setVisible(bool(written) and not is_open)
        words = _("The key is open.") if is_open else _("The key is locked.") if written else ""
        self.told.setText(words)
        self._fold.say("")
