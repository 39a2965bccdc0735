"""What is being looked at on the page of pictures: plain data that is kept with the study."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, cast

from qda.coding.crossings import MEASURES
from qda.coding.matrices import Wish

if TYPE_CHECKING:
    from qda.figures.matrix import Mark

PICTURES: Final = ("documents", "cases", "codes", "portrait", "curve")
SHARE: Final = "share"
FORMATS: Final = ("svg", "png", "pdf", "xlsx", "csv", "docx", "html")  # first those of pictures
_USUAL: Final = {"documents": "segments", "cases": "segments", "codes": "cases", "curve": SHARE}


@dataclass(slots=True)
class View:
    """One picture and how it is seen. Rows are shared by all pictures, the rest is each one's own.

    ``measures`` and ``columns`` are by picture; ``source`` is the document of the portrait, ``of`` that of
    the curve (none: all documents).
    """

    picture: str = "cases"
    rows: str = "all"
    codes: list[str] = field(default_factory=list)
    with_children: bool = False
    order: str = "tree"
    empty: bool = True
    measures: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    nearness: str = "overlap"
    mark: str = "number"
    source: str = ""
    without_asked: bool = False
    per_line: int = 0
    of: str = ""
    parts: int = 20

    @property
    def measure(self) -> str:
        """What the cells of the picture show."""
        return self.measures.get(self.picture) or _USUAL.get(self.picture, "cases")

    @property
    def wish(self) -> Wish:
        """The table that is wished for; nonsense is as usual."""
        measure = self.measure if self.measure in MEASURES else "segments"
        return Wish.from_data(
            {
                "picture": self.picture,
                "measure": measure,
                "nearness": self.nearness,
                "rows": self.rows,
                "codes": list(self.codes),
                "with_children": self.with_children,
                "order": self.order,
                "columns": self.columns.get(self.picture, "study"),
                "empty": self.empty,
                "sources": [self.of] if self.of else [],
                "parts": self.parts,
                "interviewer": not self.without_asked,
            }
        )

    @property
    def shown_mark(self) -> "Mark":
        """How cells are told: of a curve by what it shows."""
        if self.picture == "curve":
            return "curve" if self.measure == SHARE else "bars"
        return cast("Mark", self.mark)

    def written(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read(written: str) -> View:
    """What was kept; what cannot be read is as usual."""
    try:
        data: object = json.loads(written) if written else {}
    except json.JSONDecodeError:
        data = {}
    view = View()
    if not isinstance(data, Mapping):
        return view
    kept: Mapping[str, Any] = data
    for one in fields(View):
        value = kept.get(one.name)
        if type(value) is type(getattr(view, one.name)):
            setattr(view, one.name, value)
    if view.picture not in PICTURES:
        view.picture = "cases"
    return view
