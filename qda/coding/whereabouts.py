""" "Where was I?": the last place, the last memos, the open operational notes, the last act.

An operational note is done when its title begins with "[x]", or when its boxes ("[ ]", "[x]") are all ticked;
all others are open.
"""

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from qda.coding.access import get
from qda.coding.history import history
from qda.coding.memo_queries import memos
from qda.coding.references import MemoRef
from qda.coding.rows import MemoRow, UnitRow
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Memo
from qda.models.material import Source

# Side data that the view of transcripts keeps.
LAST_SOURCE: Final = "open.source"
PLACE: Final = "place:"
_MEMOS: Final = 5
_BOX: Final = re.compile(r"\[([ xX✓]?)\]")
_DONE: Final = "[x] "
_DONE_TITLE: Final = re.compile(r"^\s*\[[xX✓]\]\s*")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the work stood: ``source`` (GUID) with its title, ``place`` as the view keeps it.

    ``memos`` are the last ones, ``open_notes`` operational notes not done, both newest first.
    """

    source: str | None
    title: str
    place: str
    memos: tuple[MemoRow, ...]
    open_notes: tuple[MemoRow, ...]
    last_act: UnitRow | None


def whereabouts(project: Project) -> Whereabouts:
    """All that helps to find back into the work."""
    source = project.setting(LAST_SOURCE)
    with project.read() as db:
        title = db.execute(select(Source.title).where(Source.guid == source)).scalar_one_or_none()
        latest = select(Memo.guid).order_by(Memo.created.desc(), Memo.id.desc()).limit(_MEMOS)
        last = db.execute(latest).scalars().all()
        notes = [
            row.guid
            for row in db.execute(select(Memo.guid, Memo.title, Memo.body).where(Memo.kind == "operational"))
            if not done(row.title, row.body)
        ]
    known = {memo.guid: memo for memo in memos(project, guids={*last, *notes})}
    acts = history(project, limit=1)
    return Whereabouts(
        source if title is not None else None,
        title or "",
        project.setting(PLACE + source) if title is not None else "",
        tuple(known[guid] for guid in last),
        tuple(memo for memo in known.values() if memo.guid in notes),
        acts[0] if acts else None,
    )


def done(title: str, body: str) -> bool:
    """Whether an operational note is done."""
    if _DONE_TITLE.match(title):
        return True
    boxes = _BOX.findall(body)
    return bool(boxes) and all(box.strip() for box in boxes)


def set_note_done(project: Project, *, memo: MemoRef, finished: bool = True) -> str:
    """Ticks an operational note as done ("[x]" before its title), or opens it again."""
    with project.unit(_("Tick note as done") if finished else _("Open note again")) as session:
        row = get(session, Memo, memo)
        if row.kind != "operational":
            raise KnownError(_("Only operational notes can be done."))
        title = _DONE_TITLE.sub("", row.title)
        row.title = f"{_DONE}{title}" if finished else title or _("Untitled")
        return row.guid
