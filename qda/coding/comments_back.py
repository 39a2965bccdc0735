"""Comments of a coded transcript on their way back: what would arrive, and taking it in.

Comments of our own form are codings again, and those that nobody touched change nothing. What others wrote
becomes a memo of its author on the very words; what finds no place becomes a memo on the document. Nothing is
ever deleted: what is missing in the file is only told.
"""

from collections.abc import Collection
from typing import Final

from qda.coding import comments_back_taking as taking
from qda.coding.comments_back_arrivals import STATE_WORDS, STATES, Arrival, Missing, Plan, State, short
from qda.coding.comments_back_form import CommentedFile
from qda.coding.comments_back_own import of_record
from qda.coding.comments_back_places import likeness, mapped
from qda.coding.comments_back_planning import Planning
from qda.coding.material import sources
from qda.errors import KnownError
from qda.i18n import _, ngettext
from qda.models import Project

__all__ = ("STATES", "STATE_WORDS", "Arrival", "Missing", "Plan", "State", "planned", "take", "told")

_LEAST_LIKE: Final = 0.2  # of a document's words, in whole paragraphs


def planned(project: Project, file: CommentedFile, *, source: str | None = None) -> Plan:
    """What a file would bring; nothing is changed.

    :raises KnownError: it is not known which document the file belongs to.
    """
    found = _sources(project, file, source)
    mapping = mapped(project, file, found)
    return Planning(project, file, mapping, found).plan()


def take(
    project: Project,
    plan: Plan,
    *,
    chosen: Collection[int] | None = None,
    progress: taking.Progress | None = None,
) -> int:
    """Takes what is ``chosen`` (numbers of arrivals; None: all that are wanted) as one act; how many came.

    ``progress`` hears how many are done, and says False to stop; then nothing has changed.
    """
    numbers = [n for n, one in enumerate(plan.arrivals) if (one.wanted if chosen is None else n in chosen)]
    return taking.take(project, plan.arrivals, numbers, name=plan.name, progress=progress)


def told(plan: Plan) -> list[str]:
    """What arrives, in sentences."""
    counts = plan.counts()
    lines = [f"{_(STATE_WORDS[state])}: {counts[state]}" for state in STATES if counts[state]]
    if plan.missing:
        n = len(plan.missing)
        lines.append(
            ngettext(
                "{n} comment is missing in the file; its coding stays.",
                "{n} comments are missing in the file; their codings stay.",
                n,
            ).format(n=n)
        )
        lines += [f"    {one.title} ({one.author}; {one.cited})" for one in plan.missing]
    lines += [
        f"    {_(STATE_WORDS[one.state])}: {one.author}, {one.cited or '–'}: {short(one.body or one.path)}"
        for one in plan.arrivals
        if one.state in ("unplaced", "code")
    ]
    return lines or [_("There is nothing to take over.")]


# -- which documents -----------------------------------------------------------------------------------------


def _sources(project: Project, file: CommentedFile, wanted: str | None) -> tuple[str, ...]:
    """The documents of a file, in its order: as told, by its records, else by the words."""
    rows = sources(project)
    known = [guid for record in file.records if (guid := of_record(record, rows))]
    if wanted:
        return tuple(dict.fromkeys([wanted, *(known if len(known) > 1 else ())]))
    if known:
        return tuple(dict.fromkeys(known))
    best = max(((likeness(project, file, row.guid), row.guid) for row in rows), default=(0.0, ""))
    if best[0] < _LEAST_LIKE:
        raise KnownError(
            _("“{name}” is like no document of the study. Say to which one it belongs.").format(
                name=file.name
            )
        )
    return (best[1],)
