"""A code map as a picture: what it shows, as plain data, and how it reads as text.

Boxes stand where a person put them; lines are relations with their evidence, or plain ones with a label. The
same data feeds the canvas in the window, the files and the report. It is laid out in
:mod:`qda.figures.code_map_layout`, painted in :mod:`qda.figures.code_map_paint`, and put in order by
:mod:`qda.figures.code_map_tidy`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qda.i18n import _, ngettext

if TYPE_CHECKING:
    from qda.figures.code_map_layout import MapPicture
    from qda.figures.painting import Look


@dataclass(frozen=True, slots=True)
class Face:
    """What a box shows. ``kind``: code, case, memo, segment, relation …, or "text" for words of one's own.

    ``note`` stands above the title in small letters (the kind, the type of a memo), ``words`` below it (a
    passage, the beginning of a memo), ``place`` and ``subline`` below these, ``remark`` is what was written
    about it on this map. ``count`` stands at the right of the title.
    """

    kind: str
    title: str = ""
    note: str = ""
    words: str = ""
    place: str = ""
    subline: str = ""
    remark: str = ""
    colour: int = 0
    in_vivo: bool = False
    strong: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A thing at its place: ``x`` and ``y`` are its middle, in pixels of the drawings (base face 13)."""

    guid: str
    face: Face
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two boxes (GUIDs). ``status`` is its relation's, empty on a plain line.

    ``label``: the type of the relation, or the words on a plain line; ``badge``: lines of evidence, cases
    first. ``shape`` of the far end: "head", "bar" or "" for none; ``both``: a head at the near end too.
    """

    guid: str
    start: str
    end: str
    label: str = ""
    badge: tuple[str, ...] = ()
    status: str = ""
    shape: str = ""
    both: bool = False

    @property
    def is_relation(self) -> bool:
        """Whether it stands for a relation of a model."""
        return bool(self.status)


@dataclass(frozen=True)
class CodeMapFigure:
    """A map to be painted; links whose ends are not shown must have been left out."""

    name: str
    boxes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()

    @cached_property
    def by_guid(self) -> dict[str, Box]:
        """The boxes."""
        return {box.guid: box for box in self.boxes}

    def arrange(self, *, width: float, look: "Look") -> "MapPicture":
        """The map as wide as ``width`` at most: a larger one is made smaller as a whole."""
        from qda.figures.code_map_layout import picture

        return picture(self, width=width, look=look)

    def width_mm(self, *, least: float = 80.0) -> float:
        """How wide the map is on paper at its own size."""
        from qda.figures.code_map_layout import natural_size
        from qda.figures.painting import PRINT_UNITS, ensure_gui, print_look

        ensure_gui()
        return max(least, natural_size(self, print_look()).width() / PRINT_UNITS * 25.4)


def describe(figure: CodeMapFigure) -> str:
    """The map in words: its things, then its lines."""
    if not figure.boxes:
        return _("Nothing lies on this map yet.")
    n, k = len(figure.boxes), len(figure.links)
    head = _("{things}, {lines}.").format(
        things=ngettext("{n} thing", "{n} things", n).format(n=n),
        lines=ngettext("{n} line", "{n} lines", k).format(n=k),
    )
    things = "; ".join(describe_box(box) for box in figure.boxes)
    lines = "; ".join(describe_link(figure, link) for link in figure.links)
    return " ".join(part for part in (head, f"{things}.", f"{lines}." if lines else "") if part)


def describe_box(box: Box) -> str:
    """A thing in one line."""
    face = box.face
    parts = (kind_name(face.kind), face.title, face.note, face.words, face.place, face.subline, face.remark)
    return ", ".join(" ".join(part.split()) for part in dict.fromkeys(parts) if part)


def describe_link(figure: CodeMapFigure, link: Link) -> str:
    """A line in one sentence: from, what it says, to, evidence."""
    names = figure.by_guid
    start, end = short_name(names[link.start]), short_name(names[link.end])
    between = link.label or (_("leads to") if link.shape else _("goes with"))
    words = f"{start} – {between} – {end}"
    if not link.is_relation and not link.label:
        words = f"{start} → {end}" if link.shape else f"{start} – {end}"
    return ", ".join((words, *link.badge))


def short_name(box: Box) -> str:
    """How a thing is called in a sentence."""
    face = box.face
    words = " ".join((face.title or face.words or face.place).split())
    return words if len(words) <= 60 else f"{words[:58].rstrip()}…"


def kind_name(kind: str) -> str:
    """What sort of thing it is, as people say it."""
    names = {
        "code": _("Code"),
        "case": _("Case"),
        "memo": _("Memo"),
        "segment": _("Passage"),
        "relation": _("Relation"),
        "source": _("Document"),
        "text": _("Own words"),
        "model": _("Model"),
        "placement": _("Placement"),
        "evidence": _("Evidence"),
        "property": _("Property"),
        "concept": _("Sensitizing concept"),
        "coding": _("Coding"),
        "project": _("Study"),
    }
    return names.get(kind, kind)
