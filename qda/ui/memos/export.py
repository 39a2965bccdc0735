"""Writing the memos listed to a file, by the report of memos."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from qda.errors import KnownError
from qda.i18n import _
from qda.ui.preferences import documents_folder

if TYPE_CHECKING:
    from qda.coding.memo_sorting import MemoBook, MemoWish
    from qda.ui.desk import Desk


def options_of(wish: "MemoWish", book: "MemoBook") -> dict[str, str]:
    """The options of the report that mean this wish."""
    pile = book.pile(wish.pile) if wish.pile else None
    options = {
        "memos": ",".join(wish.kinds),
        "words": wish.words.strip(),
        "code": wish.code,
        "case": wish.case,
        "coder": wish.coder,
        "pile": pile.guid if pile else "",
        "order": wish.order if wish.order != "pile" or pile else "oldest",
    }
    return {name: value for name, value in options.items() if value}


def ask_export(desk: "Desk", wish: "MemoWish", book: "MemoBook", parent: QWidget) -> None:
    """Asks for a file and writes the memos wanted; private ones are left out."""
    from qda.reports.registry import report_kind
    from qda.ui.reports.words import FORMATS

    kind = report_kind("memos")
    filters = {f"{_(FORMATS[name])} (*.{name})": name for name in kind.formats}
    start = documents_folder() / f"{_('Memos')}.{kind.formats[0]}"
    chosen, used = QFileDialog.getSaveFileName(parent, _("Export memos"), str(start), ";;".join(filters))
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix[1:].lower() not in kind.formats:
        path = path.with_name(f"{path.name}.{filters.get(used, kind.formats[0])}")
    export(desk, wish, book, path)


def export(desk: "Desk", wish: "MemoWish", book: "MemoBook", path: Path) -> None:
    """Writes the memos wanted to ``path``, whose suffix is the format."""
    from qda.reports.registry import render, report_kind

    kind = report_kind("memos")
    try:
        render(kind.build(desk.project, options_of(wish, book)), path, name=kind.name, formats=kind.formats)
    except KnownError as problem:
        desk.refused.emit(problem.sentence)
        return
    desk.told.emit(_("Written: {path}").format(path=path))
