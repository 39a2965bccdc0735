"""Characters of a PDF with their places, as pdfium sees them, joined to pieces of lines.

Places are points of the page, x to the right and y upward, turned so that most of the page's text runs
level; text in another direction is left out. All limits are counted here, and every handle is closed.
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from qda.errors import KnownError
from qda.i18n import _

MAX_PAGES: Final = 3_000
MAX_CHARACTERS: Final = 6_000_000
_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD
_SECURITY: Final = 5  # FPDF_ERR_SECURITY
_HYPHENS: Final = frozenset((0x02, 0xFFFE))
_BLANKS: Final = frozenset((0x20, 0x09, 0xA0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x202F))
_NOTHING: Final = frozenset((0x0A, 0x0D, 0x200B, 0xFEFF, 0xFFFF, 0x2060))
_BOLD_NAME: Final = re.compile(r"bold|black|heavy|demi(?!light)|[^a-z]bd\b|cmbx|-b(?:i|ol)?$", re.IGNORECASE)
_ITALIC_NAME: Final = re.compile(r"ital|obliq|cmti|cmsl|slant", re.IGNORECASE)
_PRIVATE: Final = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→", 0xF0DF: "←", 0xF06F: "o"}
_ITALIC_FLAG: Final = 1 << 6
_FORCE_BOLD_FLAG: Final = 1 << 18
_HALF: Final = re.compile("[\ud800-\udfff]")
_UNKNOWN: Final = "\ufffd"
_STROKED: Final = 2  # a text that is filled and stroked looks bold


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks: size in points, weight, and its direction in quarter turns."""

    size: float
    bold: bool
    italic: bool
    turn: int  # -1: askew
    base: float = 0.0  # the baseline of level text
    clip: tuple[float, float, float, float] | None = None  # left, bottom, right, top of what is shown of it


@dataclass(slots=True)
class Fragment:
    """A run of characters on one baseline without a wide gap.

    ``runs`` are (text, bold, italic, raised) in order. ``hyphen`` is true where pdfium took the last sign
    for a line-end hyphen (it is in the text as "-"), ``blank`` where a written blank follows.
    """

    x0: float
    x1: float
    y: float
    size: float
    order: int
    runs: list[tuple[str, bool, bool, bool]] = field(default_factory=list)
    word: float = 0.0  # where the first word ends
    word_closed: bool = False
    hyphen: bool = False
    blank: bool = False

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(run[0] for run in self.runs)


@dataclass(slots=True)
class Page:
    """The fragments of a page in the order of its content; ``width`` and ``height`` as it is read."""

    fragments: list[Fragment]
    pictures: bool = False  # no text, but something else


@dataclass(slots=True)
class Print:
    """A PDF as characters: ``unreadable`` counts those that no one can name, of ``characters``."""

    pages: list[Page]
    characters: int = 0
    unreadable: int = 0


_BLANK_GAP: Final = 0.17  # so many sizes of the font between two signs are a blank
_FAR: Final = 100_000.0  # points; nothing is printed beyond
_NO_LOOK: Final = Look(10.0, False, False, 0)
_Glyph = tuple[str, float, float, float, Look, bool, bool]  # sign, left, right, baseline, look, hyphen, shown


def read_print(data: bytes) -> Print:
    """All pages; KnownError where the file is encrypted, damaged or too large."""
    import pypdfium2  # noqa: F401 - starts the library
    from pypdfium2 import raw

    with _opened(raw, data) as document:
        count = raw.FPDF_GetPageCount(document)
        if count < 1:
            raise KnownError(_("The PDF is damaged: it holds no pages."))
        if count > MAX_PAGES:
            raise KnownError(_("The PDF has more than {count} pages.").format(count=MAX_PAGES))
        whole = Print([])
        for index in range(count):
            whole.pages.append(_page(raw, document, index, whole))
    return whole


@contextmanager
def _opened(raw: Any, data: bytes) -> Iterator[Any]:
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if raw.FPDF_GetLastError() in (_PASSWORD, _SECURITY):
            raise KnownError(_("The PDF is protected by a password; save it without one first."))
        raise KnownError(_("The PDF is damaged and can't be opened."))
    try:
        yield document
    finally:
        raw.FPDF_CloseDocument(document)


def _page(raw: Any, document: Any, index: int, whole: Print) -> Page:
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        return Page([], pictures=True)
    try:
        text = raw.FPDFText_LoadPage(page)
        if not text:
            return Page([], pictures=True)
        try:
            count = max(raw.FPDFText_CountChars(text), 0)
            whole.characters += count
            if whole.characters > MAX_CHARACTERS:
                raise KnownError(_("The PDF holds too much text for a transcript."))
            glyphs = list(_glyphs(raw, text, count, _bounds(raw, page)))
        finally:
            raw.FPDFText_ClosePage(text)
        pictures = not glyphs and raw.FPDFPage_CountObjects(page) > 0
        fragments = _fragments(_level(glyphs))
        whole.unreadable += sum(part.text.count(_UNKNOWN) for part in fragments)
        return Page(fragments, pictures)
    finally:
        raw.FPDF_ClosePage(page)


def _bounds(raw: Any, page: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what is printed; some programs write a whole document past each page."""
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        return -_FAR, -_FAR, _FAR, _FAR
    south, north = sorted((box.bottom, box.top))
    return max(box.left - 1, -_FAR), max(south - 1, -_FAR), min(box.right + 1, _FAR), min(north + 1, _FAR)


def _glyphs(raw: Any, text: Any, count: int, bounds: tuple[float, float, float, float]) -> Iterator[_Glyph]:
    """Every sign on the page but ends of lines; blanks that pdfium added have no place.

    This runs for every sign of a document: it asks pdfium as little as can be.
    """
    box = raw.FS_RECTF()
    at_box = ctypes.byref(box)
    unicode_of, box_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, _addresses(raw)
    west, south, east, north = bounds
    looks: dict[int, Look] = {}
    fonts: dict[int, tuple[str, int]] = {}
    signs: dict[int, str] = {}
    for index in range(count):
        code = unicode_of(text, index)
        sign = signs.get(code)
        if sign is None:
            sign = signs[code] = _sign(code)
        address = object_of(text, index)
        if not address:
            if sign == " ":
                yield sign, 0.0, 0.0, 0.0, _NO_LOOK, False, True
            continue
        look = looks.get(address)
        if look is None:
            look = looks[address] = _look(raw, text, index, address, fonts)
        if not sign or not box_of(text, index, at_box):
            continue
        left, right, x, y = box.left, box.right, box.left, look.base
        if look.turn:
            left, right, x, y, base = _turned(raw, text, index, box, look.turn)
        else:
            base = y
        if west <= x <= east and south <= y <= north and right <= _FAR:
            shown = look.clip is None or _is_shown(x, y, look, look.clip)
            yield sign, left, max(left, right), base, look, code in _HYPHENS, shown


def _addresses(raw: Any) -> Any:
    """The function that tells which object of the page a sign belongs to, as a plain number."""
    made = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    return made(ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0)


def _sign(code: int) -> str:
    """The sign as it is stored: ligatures apart, blanks alike, nothing for what nobody sees."""
    if code in _BLANKS:
        return " "
    if code in _HYPHENS:
        return "-"
    if code == 0:
        return _UNKNOWN
    if code in _NOTHING or code < 0x20 or 0x7F <= code < 0xA0 or code > 0x10FFFF:
        return ""
    sign = chr(code)
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", sign)
    if 0xE000 <= code < 0xF900:
        return _PRIVATE.get(code, _UNKNOWN)
    return sign


def _is_shown(x: float, y: float, look: Look, clip: tuple[float, float, float, float]) -> bool:
    """False for a sign that lies outside of what its clipping path leaves."""
    west, south, east, north = clip
    reach = 0.6 * look.size if look.turn == 0 else 0.0
    return west - 1 <= x <= east + 1 and south - 0.3 * look.size <= y and y + reach <= north + 1


def _look(raw: Any, text: Any, index: int, address: int, fonts: dict[int, tuple[str, int]]) -> Look:
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    origin = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    size = raw.FPDFText_GetFontSize(text, index)
    turn = 0
    if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        scale = math.hypot(matrix.c, matrix.d)
        size *= scale if math.isfinite(scale) and scale else 1.0
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        turn = round(quarters) % 4 if abs(quarters - round(quarters)) < 0.05 else -1
    size = abs(size) if math.isfinite(size) else 10.0
    name, flags = _font(raw, origin, fonts)
    bold = bool(_BOLD_NAME.search(name)) or bool(flags & _FORCE_BOLD_FLAG)
    bold = bold or raw.FPDFTextObj_GetTextRenderMode(origin) == _STROKED
    italic = bool(_ITALIC_NAME.search(name)) or bool(flags & _ITALIC_FLAG)
    raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    return Look(min(max(size, 1.0), 500.0), bold, italic, turn, y.value, _clip(raw, origin))


def _clip(raw: Any, origin: Any) -> tuple[float, float, float, float] | None:
    """The rectangle that a text is cut to, where it is one."""
    path = raw.FPDFPageObj_GetClipPath(origin)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    if count != 1:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    points: set[tuple[float, float]] = set()
    for index in range(min(raw.FPDFClipPath_CountPathSegments(path, 0), 6)):
        segment = raw.FPDFClipPath_GetPathSegment(path, 0, index)
        if not segment or not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            return None
        points.add((round(x.value, 1), round(y.value, 1)))
    wide, high = {point[0] for point in points}, {point[1] for point in points}
    if len(points) != 4 or len(wide) != 2 or len(high) != 2:
        return None
    return min(wide), min(high), max(wide), max(high)


def _font(raw: Any, origin: Any, fonts: dict[int, tuple[str, int]]) -> tuple[str, int]:
    """The font's name without the prefix of a subset, and its flags; ``fonts`` are those of this page."""
    font = raw.FPDFTextObj_GetFont(origin)
    if not font:
        return "", 0
    key = ctypes.addressof(font.contents)
    if key not in fonts:
        buffer = ctypes.create_string_buffer(256)
        length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
        name = buffer.value.decode("latin-1") if 0 < length <= 256 else ""
        fonts[key] = name.split("+", 1)[-1], max(raw.FPDFFont_GetFlags(font), 0)
    return fonts[key]


def _turned(raw: Any, text: Any, index: int, box: Any, turn: int) -> tuple[float, float, float, float, float]:
    """Left and right of a sign as if its text ran level, its true place, and its baseline as if level."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    at, up = x.value, y.value
    if turn == 1:
        return up, max(box.top, up), at, up, -at
    if turn == 2:
        return -at, max(-box.left, -at), at, up, -up
    if turn == 3:
        return -up, max(-box.bottom, -up), at, up, at
    return at, max(box.right, at), at, up, up


def _level(glyphs: list[_Glyph]) -> list[_Glyph]:
    """The signs that are shown and run in the direction of most."""
    shown = [glyph for glyph in glyphs if glyph[6]]
    if 2 * len(shown) >= len(glyphs):
        glyphs = shown
    turns = Counter(glyph[4].turn for glyph in glyphs if glyph[4] is not _NO_LOOK)
    turns.pop(-1, None)
    if not turns:
        return []
    main = turns.most_common(1)[0][0]
    return [glyph for glyph in glyphs if glyph[4].turn == main or glyph[4] is _NO_LOOK]


def _fragments(glyphs: list[_Glyph]) -> list[Fragment]:
    made: list[Fragment] = []
    current: Fragment | None = None
    blanks, written = 0, False
    end = 0.0
    place = (math.nan, math.nan)
    for sign, left, right, base, look, hyphen, _shown in glyphs:
        if sign == " ":
            blanks += 1
            if look is not _NO_LOOK:  # not added by pdfium
                written = True
                if current is not None and abs(base - current.y) < 0.5 * current.size and right > end:
                    end = min(right, end + 2 * look.size)
            continue
        ligature = place == (left, base)  # several letters of one glyph
        place = (left, base)
        if current is None or not (ligature or _continues(current, end, left, base, look)):
            if current is not None:
                current.blank = written
            blanks = 0
            current = Fragment(left, right, base, look.size, len(made))
            made.append(current)
        elif not blanks and left - end > _BLANK_GAP * look.size:  # pdfium sees no blank between lone signs
            blanks = 1
        _add(current, " " * blanks + sign, look, raised=_is_raised(current, base, look))
        if not blanks and not current.word_closed:
            current.word = max(current.word, right)
        current.word_closed = current.word_closed or blanks > 0
        blanks, written = 0, False
        end = current.x1 = max(current.x1, right)
        current.hyphen = hyphen
    if current is not None:
        current.blank = written
    return _mended(made)


def _mended(made: list[Fragment]) -> list[Fragment]:
    """Halves of signs put together, lone signs of unknown picture fonts as bullets."""
    for part in made:
        if part.text == _UNKNOWN:
            part.runs = [("•", *part.runs[0][1:])]
        elif _HALF.search(part.text):
            part.runs = [(_paired(run[0]), *run[1:]) for run in part.runs]
    return made


def _paired(text: str) -> str:
    """Two halves of a sign become one; a lone half is unknown."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _continues(current: Fragment, end: float, left: float, base: float, look: Look) -> bool:
    size = max(current.size, look.size)
    raised = look.size < 0.85 * current.size and abs(base - current.y) < 0.6 * size
    level = abs(base - current.y) < 0.2 * size or raised
    return level and left > end - 0.8 * size and left - end < 1.0 * size


def _is_raised(current: Fragment, base: float, look: Look) -> bool:
    return look.size < 0.85 * current.size and base - current.y > 0.15 * current.size


def _add(current: Fragment, text: str, look: Look, *, raised: bool) -> None:
    if current.runs:
        before, bold, italic, was_raised = current.runs[-1]
        if (bold, italic, was_raised) == (look.bold, look.italic, raised):
            current.runs[-1] = (before + text, bold, italic, raised)
            return
    current.runs.append((text, look.bold, look.italic, raised))
