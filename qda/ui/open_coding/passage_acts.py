"""Acts on passages and codings of the transcript in view: each is an act of the desk."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from qda.coding import codebook, open_coding, partial, suggested
from qda.coding.references import is_guid
from qda.i18n import _
from qda.ui.navigator.codebook import CodeBook
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.coding.positions import Span
    from qda.ui.desk import Desk
    from qda.ui.suggesting.showing import Taken


_ADDED: Final = ("coding", "insert")


class PassageActs(QObject):
    """What is done to a span of a document or to a coding. Returns GUIDs, "" where it was refused."""

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._book = CodeBook.of(desk)

    @property
    def desk(self) -> "Desk":
        """The desk whose study is worked on."""
        return self._desk

    def code(self, source: str, span: "Span", *codes: str) -> str:
        """Codes a span with codes: their GUIDs, or the names of new ones ("Parent > Child"); one act."""
        place = {"source": source, "start": span.start, "stop": span.stop}
        if len(codes) == 1:
            return self._made(open_coding.code_passage, **place, code=codes[0])
        made = self._made(open_coding.code_several, **place, codes=list(codes))
        if made:
            self._use_several(codes)
        return made

    def code_suggested(self, source: str, span: "Span", codes: Sequence[str], taken: "Taken") -> str:
        """As :meth:`code`, where ``taken`` of the codes were suggested."""
        made = self._made(
            suggested.code_from_suggestions,
            source=source,
            start=span.start,
            stop=span.stop,
            codes=list(codes),
            suggested=list(taken.codes),
            in_vivo=list(taken.in_vivo),
        )
        if made and len(codes) > 1:
            self._use_several(codes)
        return made

    def _use_several(self, given: Sequence[str]) -> None:
        """Notes the codes given just now, the last one last; nothing is read that is large."""
        project = self._desk.project
        change = project.last_change
        new = [row.guid for row in (change.touched if change else ()) if (row.table, row.op) == _ADDED]
        codes = [partial.code_of_coding(project, coding) for coding in new]
        for code in (*codes, *(one for one in given[-1:] if is_guid(one))):
            self._use(code)

    def in_vivo(self, source: str, span: "Span") -> str:
        """Makes the words of a span a code and codes it with that."""
        return self._made(open_coding.code_in_vivo, source=source, start=span.start, stop=span.stop)

    def again(self, source: str, span: "Span") -> str:
        """Codes a span with the code used last."""
        if not self._desk.last_code:
            self._desk.told.emit(_("No code has been used yet."))
            return ""
        return self.code(source, span, self._desk.last_code)

    def _made(self, act: Callable[..., str], **arguments: object) -> str:
        """Codes; where the passage has it all already, that is said, for nothing is seen of it."""
        before = self._desk.project.last_change
        coding = self._used(self._desk.do(act, **arguments) or "")
        if coding and self._desk.project.last_change is before:
            row = self._book.row(self._desk.last_code)
            name = shown_name(row.name, row.origin == "in-vivo").strip("„“”") if row else ""
            self._desk.told.emit(_("The passage has “{name}” already.").format(name=name))
        return coding

    def _used(self, coding: str) -> str:
        if coding:
            self._use(partial.code_of_coding(self._desk.project, coding))
        return coding

    def _use(self, code: str) -> None:
        self._desk.last_code = code
        self._book.used(code)

    def recode(self, coding: str, code: str) -> str:
        """Puts a coded passage under another code."""
        return self._used(self._desk.do(open_coding.recode, coding=coding, code=code) or "")

    def resize(self, coding: str, start: int, stop: int) -> str:
        """Moves the borders of a coding."""
        return self._desk.do(open_coding.resize_coding, coding=coding, start=start, stop=stop) or ""

    def comment(self, coding: str, words: str) -> None:
        """Writes the comment of a coding."""
        self._desk.do(open_coding.comment_coding, coding=coding, comment=words)

    def remove(self, coding: str) -> None:
        """Takes a code off a passage."""
        row = self._book.row(partial.code_of_coding(self._desk.project, coding))
        if self._desk.do(open_coding.remove_coding, coding=coding) and row:
            name = shown_name(row.name, row.origin == "in-vivo").strip("„“”")
            self._desk.told.emit(_("Removed “{name}” from the passage.").format(name=name))

    def choose(self, coding: str, which: codebook.Which) -> None:
        """Makes a coding's passage the typical or the deviating one of its code."""
        place = partial.place_of_coding(self._desk.project, coding)
        code = partial.code_of_coding(self._desk.project, coding)
        if place and code:
            self._desk.do(codebook.choose_passage, code=code, which=which, segment=place.segment)
