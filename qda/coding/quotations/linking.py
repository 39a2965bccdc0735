"""Which citation belongs to which quotation of a finished text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from qda.coding.quotations.citations import Citation, Citations
from qda.coding.quotations.findings import Place
from qda.coding.quotations.signs import Quoted, plain, quotations
from qda.coding.quotations.written import Written

# How sure it is that citation and quotation belong together: "copy" is a paragraph without marks before a
# citation, which may as well be in the author's words.
Link = Literal["sure", "likely", "copy", "none"]

_APPENDIX: Final = re.compile(
    r"^[\W\d]*(?:[A-Z]\W+)?(?:Anhang|Anhänge|Anlage|Appendi|Transkript|Transcript)", re.I
)
_MARK: Final = re.compile(r"\[(\d{1,4})\]")
_SENTENCE: Final = re.compile(r"(?<![\s.]\w)(?<!Dr)(?<!Nr)(?<!Abs)(?<!Prof)(?<!vgl)[.!?]\s+[A-ZÄÖÜ„“»\"(]")
_BLOCK: Final = 12  # paragraphs of one quotation that is set in
_COPY: Final = 8  # words
_NEAR: Final = 40  # characters between a citation and the quotation behind it
_AROUND: Final = 70  # characters
_MARKED: Final = 0.6  # of the letters of a block stand in marks: they are its quotations


@dataclass(frozen=True, slots=True)
class Linked:
    """A quotation with its citation. ``last_part``: where its last paragraph begins in ``text``."""

    text: str
    citation: Citation | None
    link: Link
    place: Place
    order: tuple[int, int, int]
    apart: bool = False
    last_part: int = 0
    before: str = ""
    after: str = ""


def linked(paragraphs: Sequence[Written], citations: Citations) -> list[Linked]:
    """Every quotation in the order of the text."""
    return _Linker(paragraphs, citations).all()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    place: Place
    heading: bool
    set_in: bool
    notes: tuple[str, ...]


def _prepared(paragraphs: Sequence[Written]) -> list[_Paragraph]:
    """The paragraphs of the body, each with the notes behind it.

    What is set in in an appendix is no quotation: transcripts stand there.
    """
    found: list[_Paragraph] = []
    number, above, appendix = 0, "", 0
    for one in paragraphs:
        text = plain(one.text)
        if one.note:
            if found:
                found[-1] = replace(found[-1], notes=(*found[-1].notes, text))
            continue
        if not text.strip():
            continue
        number += 1
        if one.level:
            above = " ".join(text.split())
            if not appendix or one.level <= appendix:
                appendix = one.level if _APPENDIX.search(above) else 0
        place = Place(number, above, one.page)
        found.append(
            _Paragraph(text, place, one.level > 0, one.set_in and not one.level and not appendix, ())
        )
    return found


class _Linker:
    """One pass over a text."""

    def __init__(self, paragraphs: Sequence[Written], citations: Citations) -> None:
        self._citations = citations
        self._body = _prepared(paragraphs)
        self._texts = ["" if one.heading else one.text for one in self._body]
        self._last: Citation | None = None
        self._cited: list[list[Citation]] = []
        self._in_notes: list[list[tuple[str, list[Citation]]]] = []
        for one, text in zip(self._body, self._texts, strict=True):
            self._read(one, text)

    def all(self) -> list[Linked]:
        """Every quotation in the order of the text."""
        found = [*self._blocks()]
        inside = {at for one, first, last in found for at in range(first, last + 1)}
        marked = [one for one in quotations(self._texts) if not inside & {one.first, one.last}]
        done = [one for one, _first, _last in found]
        done += self._marked(marked)
        done += self._copies(marked, inside)
        for at, notes in enumerate(self._in_notes):
            for number, (text, cites) in enumerate(notes):
                done += self._in_note(at, number, text, cites)
        return sorted(done, key=lambda one: one.order)

    # -- citations ------------------------------------------------------------------------------------------

    def _read(self, one: _Paragraph, text: str) -> None:
        """The citations of a paragraph, those of its notes at their marks."""
        notes = {mark[1]: note[mark.end() :] for note in one.notes if (mark := _MARK.match(note))}
        found = self._citations.in_text(text)
        own: list[tuple[str, list[Citation]]] = []
        for mark in _MARK.finditer(text):
            note = notes.pop(mark[1], None)
            if note is not None:
                made = self._citations.in_note(note)
                own.append((note, made))
                found += [
                    replace(cite, written=note.strip(), start=mark.start(), stop=mark.end(), note=True)
                    for cite in made
                ]
        resolved = []
        for cite in sorted(found, key=lambda cite: cite.start):
            whole = self._resolved(cite)
            resolved.append(whole)
            self._last = whole
        self._cited.append(resolved)
        self._in_notes.append(own)

    def _resolved(self, cite: Citation) -> Citation:
        """The citation with what it takes over from the one before."""
        last = self._last
        if cite.kind == "same":
            if last is None or last.kind != "study":
                return replace(cite, kind="literature" if last is None else last.kind, items=())
            own = [item for item in cite.items if item.ranges]
            items = tuple(replace(item, sources=last.sources) for item in own) or last.items
            return replace(cite, kind="study", items=items)
        if cite.kind == "study" and last is not None and last.kind == "study":
            items = tuple(
                item if item.named or item.sources else replace(item, sources=last.sources)
                for item in cite.items
            )
            return replace(cite, items=items)
        return cite

    # -- quotations in marks --------------------------------------------------------------------------------

    def _marked(self, marked: Sequence[Quoted]) -> Iterator[Linked]:
        after: list[Citation | None] = []
        for number, one in enumerate(marked):
            follows = marked[number + 1] if number + 1 < len(marked) else None
            after.append(self._behind(one, follows))
        for number, one in enumerate(marked):
            inner = self._inside(one)
            if inner is not None:
                yield self._made(one, self._texts[one.last][: inner.start], inner, "sure")
                continue
            if one.stop < 0:
                continue
            cite, link = self._linked(marked, after, number)
            yield self._made(one, "", cite, link)

    def _linked(
        self, marked: Sequence[Quoted], after: Sequence[Citation | None], number: int
    ) -> tuple[Citation | None, Link]:
        one, cite = marked[number], after[number]
        if cite is not None:
            return cite, "sure"
        taken = {id(other) for other in after if other is not None}
        for back in self._ahead(one):
            between = self._texts[one.first][back.stop : one.start]
            near = between.rstrip().endswith((":", ",")) or len(between) <= _NEAR
            free = id(back) not in taken
            return back, "sure" if free and near and back.placed else "likely"
        for at in range(number + 1, len(marked)):
            other = marked[at]
            between = self._texts[one.last][one.stop : other.start] if other.first == one.last else ""
            if not between or _SENTENCE.search(between):
                break
            if after[at] is not None:
                return after[at], "likely"
        return None, "none"

    def _behind(self, one: Quoted, follows: Quoted | None) -> Citation | None:
        """The citation behind a quotation, in its sentence."""
        if one.stop < 0:
            return None
        stop = (
            follows.start if follows is not None and follows.first == one.last else len(self._texts[one.last])
        )
        for cite in self._cited[one.last]:
            if one.stop <= cite.start < stop:
                between = self._texts[one.last][one.stop : cite.start]
                return None if _SENTENCE.search(between) else cite
        return None

    def _ahead(self, one: Quoted) -> Iterator[Citation]:
        """The citation before a quotation, in its sentence."""
        before = [cite for cite in self._cited[one.first] if cite.stop <= one.start]
        if before and not _SENTENCE.search(self._texts[one.first][before[-1].stop : one.start]):
            yield before[-1]

    def _inside(self, one: Quoted) -> Citation | None:
        """A citation before the closing mark, or before the place where one is missing."""
        begin = one.start if one.first == one.last else 0
        stop = one.stop if one.stop >= 0 else begin + len(one.text) + 1
        for cite in self._cited[one.last]:
            if (
                begin < cite.start
                and cite.stop <= stop
                and cite.kind in ("study", "unknown")
                and not cite.note
            ):
                rest = self._texts[one.last][cite.stop : stop]
                if one.stop < 0 or not any(c.isalnum() for c in rest):
                    return cite
        return None

    def _made(self, one: Quoted, until: str, cite: Citation | None, link: Link) -> Linked:
        text = one.text
        if until:
            begin = one.start + 1 if one.first == one.last else 0
            text = "\n".join([*one.text.split("\n")[: one.last - one.first], until[begin:]])
        stop = one.stop if one.stop >= 0 else len(self._texts[one.last])
        return Linked(
            _trimmed(text),
            cite,
            link,
            self._body[one.first].place,
            (one.first, 0, one.start),
            before=_tail(self._texts[one.first][: one.start]),
            after=_head(self._texts[one.last][stop:]),
        )

    # -- quotations that are set in -------------------------------------------------------------------------

    def _blocks(self) -> Iterator[tuple[Linked, int, int]]:
        at = 0
        while at < len(self._body):
            if not self._body[at].set_in:
                at += 1
                continue
            last = at
            while (
                not self._of_study(last)
                and last + 1 < len(self._body)
                and self._body[last + 1].set_in
                and last - at < _BLOCK
            ):
                last += 1
            made = self._block(at, last)
            if made is not None:
                yield made, at, last
            at = last + 1

    def _of_study(self, at: int) -> bool:
        return any(cite.kind in ("study", "unknown") for cite in self._cited[at])

    def _block(self, first: int, last: int) -> Linked | None:
        texts = self._texts[first : last + 1]
        letters = sum(map(len, texts))
        in_marks = sum(len(one.text) for one in quotations(texts))
        if in_marks >= _MARKED * (letters - sum(c.stop - c.start for c in self._cited[last])):
            return None
        own = [
            cite
            for cite in self._cited[last]
            if not self._texts[last][cite.stop :].strip(" .,;)\u201d\u201c")
        ]
        cite, link = (own[-1], "sure") if own else self._around(first, last)
        if own:
            texts[-1] = texts[-1][: own[-1].start]
        text = "\n".join(texts)
        return Linked(
            _trimmed(text),
            cite,
            link,
            self._body[first].place,
            (first, 0, 0),
            apart=True,
            last_part=len(text) - len(texts[-1]),
        )

    def _around(self, first: int, last: int) -> "tuple[Citation | None, Link]":
        """The citation that opens the paragraph behind a block, or closes the one before it."""
        if last + 1 < len(self._body):
            for cite in self._cited[last + 1]:
                if not self._texts[last + 1][: cite.start].strip() and not cite.note:
                    return cite, "sure"
        if first and self._cited[first - 1] and self._texts[first - 1].rstrip().endswith(":"):
            cite = self._cited[first - 1][-1]
            if not _SENTENCE.search(self._texts[first - 1][cite.stop :]):
                return cite, "sure"
        return None, "none"

    # -- paragraphs without marks, and notes ----------------------------------------------------------------

    def _copies(self, marked: Sequence[Quoted], inside: set[int]) -> Iterator[Linked]:
        quoted = {at for one in marked for at in range(one.first, one.last + 1)}
        for at, cites in enumerate(self._cited):
            ending = [c for c in cites if not self._texts[at][c.stop :].strip(" .")]
            if at in inside or at in quoted or not ending or ending[-1].kind != "study":
                continue
            text = self._texts[at][: ending[0].start]
            if len(text.split()) >= _COPY and ending[0].placed:
                place = self._body[at].place
                yield Linked(_trimmed(text), ending[0], "copy", place, (at, 0, 0), apart=True)

    def _in_note(self, at: int, number: int, text: str, cites: Sequence[Citation]) -> Iterator[Linked]:
        found = [one for one in quotations([text], across=False) if one.stop >= 0]
        place = replace(self._body[at].place, note=True)
        own = [self._resolved(cite) for cite in self._citations.in_text(text)] or [
            self._resolved(cite) for cite in cites
        ]
        for one in found:
            cite = next((c for c in own if c.start >= one.stop), own[0] if len(own) == 1 else None)
            link: Link = "sure" if cite is not None and cite.start >= one.stop else "likely"
            yield Linked(
                _trimmed(one.text),
                cite,
                link if cite is not None else "none",
                place,
                (at, number + 1, one.start),
                before=_tail(text[: one.start]),
                after=_head(text[one.stop :]),
            )


def _trimmed(text: str) -> str:
    return text.strip(" \t\n–—").strip()


def _tail(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _AROUND else "…" + text[-_AROUND:]


def _head(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _AROUND else text[:_AROUND] + "…"
