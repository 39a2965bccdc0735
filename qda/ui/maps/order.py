"""From a map as it is shown to what the automatic orders ask for: sizes of boxes, lines with their words."""

from qda.figures.code_map import CodeMapFigure
from qda.figures.code_map_layout import badge_text, face_box
from qda.figures.code_map_tidy import Join, Size
from qda.figures.painting import Look


def sizes_of(figure: CodeMapFigure, look: Look) -> dict[str, Size]:
    """The size of each box in pixels of the drawings."""
    unit = look.px(1)
    faces = {box.guid: face_box(box.face, look) for box in figure.boxes}
    return {guid: (face.width / unit, face.height / unit) for guid, face in faces.items()}


def joins_of(figure: CodeMapFigure, look: Look) -> list[Join]:
    """The lines, with the room that their words take."""
    unit = look.px(1)
    joins = []
    for link in figure.links:
        text = badge_text(link, look)
        words = (text.size.width() / unit, text.size.height() / unit) if text else (0.0, 0.0)
        joins.append(Join(link.start, link.end, bool(link.shape), words))
    return joins
