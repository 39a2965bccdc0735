"""Citations of a finished text: which documents and which places they name, and which are of literature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from qda.coding.quotations.names import Names, looks_like_code
from qda.coding.quotations.signs import quotations

Unit = Literal["paragraph", "line"]
Kind = Literal["study", "same", "unknown", "literature"]

_NUMBER: Final = r"\d{1,6}(?:\.\d{1,4})?"
_DASH: Final = r"\s*(?:[-–—−‑‐]|bis|to)\s*"
_RANGE: Final = rf"{_NUMBER}(?:{_DASH}{_NUMBER}|\s*ff?\b\.?)?"
_PARAGRAPH: Final = (
    r"Abs(?:atz|ätze|ätzen|chn(?:itt)?|s)?\b\.?|[Pp]ara(?:graph)?s?\b\.?|Pos(?:ition)?\b\.?|¶+|§{1,2}|"
    r"Turns?\b\.?"
)
_LINE: Final = r"Z(?:eilen?|l|n)?\b\.?|[Ll]ines?\b\.?|[Ll]l?\.|Ln\b\.?"
_UNIT: Final = rf"(?:{_PARAGRAPH}|{_LINE})"
_LIST: Final = rf"{_RANGE}(?:\s*(?:,|und|and|u\.|&|\+|/|sowie)\s*(?:{_UNIT}\s*)?{_RANGE})*"
_ITEM: Final = re.compile(
    rf"(?P<name>.*?)(?P<join>[\s,:;/]*)(?:(?<![^\W\d_])(?P<unit>{_UNIT})\s*)(?P<list>{_LIST})|"
    rf"(?P<plain>.+?)(?P<colon>\s*:\s*|,\s*|\s*/\s*|\s+)(?P<numbers>{_LIST})"
)
_BARE: Final = re.compile(rf"(?:{_UNIT}\s*){_LIST}")
_RANGES: Final = re.compile(rf"({_NUMBER})(?:{_DASH}({_NUMBER})|\s*(ff?)\b\.?)?")
_LEADING: Final = re.compile(
    r"(?:vgl|cf|s(?:iehe)?|see|z\.\s?B|bspw|e\.\s?g|so|auch|also|etwa|ähnlich|dazu|hierzu|aus|from|in|zit(?:iert)?|"
    r"nach|alle|both|hier|ausführlich|insb(?:es)?|u\.\s?a|and|und|sowie|oder|or)\b\.?[\s,:]*",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(
    r"[,;.]?\s*\b(?:eig(?:ene|\.)|Hervorh|Herv\b|Anm|Übers|emphasis|my |meine|own |transl|translated|Auslass|"
    r"Einfüg|Erg(?:änz|\.)|übersetzt|sprachlich|geglättet)[^;]*$",
    re.IGNORECASE,
)
_SAME: Final = re.compile(
    rf"(?:ebd|ebenda|ibid|ib(?=\.)|a\.\s?a\.\s?O|op\.\s?cit)\b\.?[\s,:]*(?P<rest>(?:{_UNIT}\s*)?(?:{_LIST})?)",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)[a-z]?(?!\d)|\bo\.\s?J\.|\bn\.\s?d\.")
_TIME: Final = re.compile(r"#?\b\d{1,2}:\d{2}(?::\d{2})?(?:[-.]\d{1,3})?\b#?")
_PAGED: Final = re.compile(r"(?:^|[\s,])(?:S|Seite|p|pp|page)\.?$")
_OTHER: Final = re.compile(
    r"(?:Kap|Abb|Tab|Anh|Anl|Art|Satz|Nr|Fn|Anm|Fu(?:ß|ss)n|Buch|Bd|Chap|Fig|Table|Sect|App|SGB|BGB|GG|Vers|Str)\w*\b",
)
_MARKS: Final = re.compile(r"[„“”«»\"]|‚(?=\w)|(?<=\w)‘")
_CODE_NAME: Final = re.compile(r"[^\W\d_]+[ .-]{0,2}\d+|[^\W\d_]{2,}\.? [^\W\d_]")  # K7, Interview K
_PAGE: Final = re.compile(r"(?:\bS|\bpp?|\bSp|\bBl|\bKap|\bch)\.\s*\d|:\s*\d|\bArt\.|§|\bet al\b")
_PIECES: Final = re.compile(r"(?<=[\w.])\.\s+(?=[A-ZÄÖÜ(])|;\s*(?=[Vv]gl|[Ss]iehe|[Cc]f|[Ss]ee)")
_BRACKETS: Final = re.compile(r"\((?:[^()]|\([^()]*\)){1,300}\)|\[[^\[\]]{1,300}\]")
_NOTE_MARK: Final = re.compile(r"\[(\d{1,4})\]")
_LONGEST: Final = 80  # characters of a citation without brackets
_HALF_OPEN: Final = 8  # numbers that "34 ff." reaches beyond 34


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of paragraphs or lines, both ends included."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Item:
    """One document in a citation: no ``sources`` where it names none, no ``ranges`` where it gives no place.

    ``unit`` is none where it does not say what it counts.
    """

    sources: frozenset[str]
    ranges: tuple[Range, ...] = ()
    unit: Unit | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation at its place in a paragraph; ``written`` with its brackets.

    ``same``: it names what the one before named ("ebd."); ``unknown``: a document that the study does not
    have.
    """

    kind: Kind
    written: str
    start: int
    stop: int
    items: tuple[Item, ...] = ()
    note: bool = False

    @property
    def sources(self) -> frozenset[str]:
        """All documents that it names."""
        return frozenset[str]().union(*(item.sources for item in self.items))

    @property
    def placed(self) -> bool:
        """Whether it says where."""
        return any(item.ranges for item in self.items)


class Citations:
    """Finds the citations of a study's documents; ``template`` is how the study itself cites."""

    def __init__(self, names: Names, template: str = "") -> None:
        self._names = names
        self._template = _template_pattern(template) if template else None

    def in_text(self, text: str) -> list[Citation]:
        """The citations in brackets, in their order; those behind a dash at the end, and cells of tables."""
        found = [
            made
            for match in _BRACKETS.finditer(text)
            if not _NOTE_MARK.fullmatch(match[0])
            for made in self._bracket(match[0][1:-1], match.start(), text)
        ]
        if not found or "\t" in text:
            found += self._unbracketed(text, [(one.start, one.stop) for one in found])
        return sorted(found, key=lambda one: one.start)

    def in_note(self, text: str) -> list[Citation]:
        """The citations of a note: in brackets, or the note itself."""
        found: list[Citation] = []
        for piece in _PIECES.split(text):
            made = self.read(piece.strip().rstrip("."))
            if made is not None:
                found.append(replace(made, note=True))
        if not any(one.kind in ("study", "same") for one in found):
            bracketed = [replace(one, note=True) for one in self.in_text(text)]
            found = bracketed or found
        return found

    def read(self, inner: str) -> Citation | None:
        """What stands between brackets; none where it is no citation."""
        items: list[Item] = []
        kind: Kind | None = None
        for part in re.split(r"\s*;\s*", inner.strip()):
            made = self._part(part, items)
            if made is None:
                continue
            if isinstance(made, Item):
                items.append(made)
                kind = "study" if kind in (None, "literature", "unknown", "study") else kind
            elif isinstance(made, tuple):
                kind, items = "same", [made[0]]
            elif kind is None or (kind == "literature" and made == "unknown"):
                kind = made
        if kind is None:
            return None
        return Citation(kind, inner, 0, len(inner), tuple(items) if kind in ("study", "same") else ())

    # -- pieces ---------------------------------------------------------------------------------------------

    def _bracket(self, inner: str, at: int, text: str) -> Iterator[Citation]:
        """What stands in a bracket that opens at ``at``; quotations in it have citations beside them."""
        if not _MARKS.search(inner):
            written = text[at : at + len(inner) + 2]
            made = self._placed(inner, at, text)
            if made is not None:
                yield replace(made, written=written, start=at, stop=at + len(written))
            return
        stop = 0
        for start, end in [*_quoted(inner), (len(inner), len(inner))]:
            piece = inner[stop:start]
            kept = piece.strip(" ,;:–-")
            begin = at + 1 + stop + piece.find(kept)
            made = self._placed(kept, begin, text) if kept else None
            if made is not None:
                yield replace(made, written=kept, start=begin, stop=begin + len(kept))
            stop = end

    def _placed(self, inner: str, at: int, text: str) -> Citation | None:
        made = self.read(inner)
        if made is None or made.kind != "study":
            return made
        if not made.placed and not _stands_alone(text, at):
            return None  # a name in brackets, not behind a quotation
        if not any(item.named for item in made.items):
            named = self._before(text[:at])
            if not named and inner.lstrip().startswith("§"):
                return Citation("literature", inner, 0, 0)
            return replace(made, items=tuple(replace(item, sources=named) for item in made.items))
        return made

    def _before(self, text: str) -> frozenset[str]:
        """The documents named before a bracket that gives a place alone: "In Interview B (Abs. 34)"."""
        words = text.split()[-4:]
        for count in range(len(words), 0, -1):
            name = " ".join(words[-count:])
            if count > 1 or len(name) > 1 or name.isupper():
                found = self._names.documents(name)
                if found:
                    return found
        return self._names.last_in(text[-200:])

    def _unbracketed(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Citation]:
        """A citation behind a dash at the end of a paragraph, or alone in a cell of a table."""
        at = 0
        for cell in text.split("\t"):
            begin = at
            at += len(cell) + 1
            if any(start < at and stop > begin for start, stop in taken):
                continue
            dash = re.search(r"[–—]\s*([^–—]{1,80}?[^–—\d]\d{1,5}(?:[–-]\d{1,5})?)\s*\.?\s*$", cell)
            inner, start = (dash[1], dash.start()) if dash else (cell.strip(), 0)
            if (not dash and "\t" not in text) or len(inner) > _LONGEST:
                continue
            made = self.read(inner.rstrip("."))
            if made is not None and made.kind == "study" and (made.placed or not dash):
                yield replace(made, written=inner, start=begin + start, stop=begin + len(cell.rstrip()))

    def _part(self, part: str, before: list[Item]) -> "Item | tuple[Item] | Kind | None":
        part = _TRAILING.sub("", part.strip()).strip(" ,.")
        templated = self._templated(part)
        if templated is not None:
            return templated
        while (lead := _LEADING.match(part)) and not self._names.documents(part) and lead.end() < len(part):
            part = part[lead.end() :]
        same = _SAME.fullmatch(part)
        if same is not None:
            ranges = _ranges(same["rest"])
            return (Item(frozenset(), ranges, _unit(same["rest"]), named=False),)
        if _BARE.fullmatch(part):
            sources = before[-1].sources if before else frozenset()
            return Item(sources, _ranges(part), _unit(part), named=bool(before))
        return self._named(part)

    def _named(self, part: str) -> Item | Kind | None:
        if not re.search(r"[:,;]", part) and (sources := self._names.documents(part)):
            return Item(sources)
        if (timed := _TIME.search(part)) is not None:  # a time says no paragraph
            sources = self._names.documents(part[: timed.start()].strip(" ,:;/("))
            return Item(sources) if sources else None
        match = _ITEM.fullmatch(part)
        if match is not None:
            unit, name = match["unit"], match["name"] if match["unit"] else match["plain"]
            name = name.strip(" ,:;/\t")
            paged = unit is None and _PAGED.search(name) is not None
            sources = self._sources(name, strict=unit is None)
            if sources:
                written = "" if paged else match["list"] or match["numbers"]
                return Item(sources, _ranges(written), _unit(unit or ""))
            if not paged and self._is_unknown(name, part, unit=bool(unit)):
                return "unknown"
        return "literature" if _YEAR.search(part) or (_PAGE.search(part) and len(part) > 4) else None

    def _sources(self, name: str, *, strict: bool) -> frozenset[str]:
        """The documents of a name with more beside it: "B, 12.3.2024", "IP 3, männlich, 45 Jahre"."""
        found = self._names.documents(name)
        first = name.split(",", maxsplit=1)[0]
        if not found and "," in name:
            found = self._names.documents(first)
        return found if found or strict else self._names.last_in(name)

    def _is_unknown(self, name: str, part: str, *, unit: bool) -> bool:
        """Whether somebody meant a document that the study does not have."""
        law = re.search(r"§|\bArt\.", part) is not None and not looks_like_code(name)
        short = len(name) <= _LONGEST // 2 and not _MARKS.search(name) and not _OTHER.match(name)
        if unit and name and short and not law and not _YEAR.search(name):
            return True
        return bool(_CODE_NAME.fullmatch(name)) and looks_like_code(name) and not _YEAR.search(part) and short

    def _templated(self, part: str) -> Item | None:
        """A citation in the study's own manner."""
        match = self._template.fullmatch(part) if self._template is not None else None
        if match is None:
            return None
        groups = match.groupdict()
        found = [
            self._names.documents(groups[key] or "") for key in ("title", "case", "speaker") if key in groups
        ]
        named = [one for one in found if one]
        sources = frozenset.intersection(*named) or named[0] if named else frozenset[str]()
        if found and not named:
            return None
        if groups.get("lines"):
            return Item(sources, _ranges(groups["lines"]), "line", named=bool(named))
        return Item(sources, _ranges(groups.get("paragraph") or ""), "paragraph", named=bool(named))


def _template_pattern(template: str) -> re.Pattern[str]:
    pattern, seen = "", set[str]()
    for part in re.split(r"(\{\w+\})", template):
        name = part.strip("{}")
        if not re.fullmatch(r"\{\w+\}", part):
            pattern += r"\s*".join(re.escape(word) for word in re.split(r"\s+", part))
        elif name in seen:
            pattern += rf"(?P={name})"
        else:
            seen.add(name)
            pattern += rf"(?P<{name}>{_LIST if name in ('paragraph', 'lines') else '.+?'})"
    return re.compile(pattern)


def _ranges(written: str) -> tuple[Range, ...]:
    found = []
    for first, last, follows in _RANGES.findall(written):
        begin = float(first)
        end = float(last) if last else begin
        if last and end < begin and len(last) < len(first):  # 134–36
            end = float(first[: len(first) - len(last)] + last)
        if follows:
            end = begin + (1 if follows == "f" else _HALF_OPEN)
        found.append(Range(begin, max(begin, end)))
    return tuple(found)


def _unit(written: str) -> Unit | None:
    if re.match(_LINE, written):
        return "line"
    return "paragraph" if re.match(_PARAGRAPH, written) else None


def _quoted(inner: str) -> list[tuple[int, int]]:
    """Where quotations stand in a bracket, from mark to mark."""
    return [
        (one.start, one.stop if one.stop >= 0 else len(inner)) for one in quotations([inner], across=False)
    ]


def _stands_alone(text: str, at: int) -> bool:
    """Whether a bracket stands behind a closing mark, or closes the paragraph."""
    return re.search(r"[“”\"«»’‘'.!?…]\s*$", text[:at]) is not None
